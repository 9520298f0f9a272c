"""The words of the month's page that its first version had not, Ukrainian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "where": Words("Де це видно", "Where this shows"),
    "order": Words("Порядок", "Order"),
    "order_events": Words("найбільше подій", "most events"),
    "order_previous": Words("зміна за місяць", "change in a month"),
    "order_year_ago": Words("зміна за рік", "change in a year"),
    "change": Words("проти {month}", "since {month}"),
    "year": Words("Рік за місяцями", "The year by months"),
    "year_subtitle": Words(
        "12 місяців до {month}; кожен показник на своїй шкалі від нуля",
        "12 months to {month}; each figure on a scale of its own from zero",
    ),
    "year_running": Words("{month} ще триває й лише обведений", "{month} is not over yet and is only outlined"),
    "events_month": Words("{name}, кількість за місяць", "{name}, number in the month"),
    "no_lists": Words(
        "Списків подій за цей місяць немає. Районів, тем і просторів тут не показано: невідоме — не нуль.",
        "There are no lists of events for this month. Districts, themes and spaces are not shown here: unknown is not "
        "zero.",
    ),
    "no_active": Words(
        "У списках цього місяця немає подій у відомих просторах.",
        "The lists hold no event of this month in a known space.",
    ),
    "base_located": Words("n = {count} із відомим районом", "n = {count} whose district is known"),
}  # fmt: skip

say: Final = Wordbook(_WORDS).say
