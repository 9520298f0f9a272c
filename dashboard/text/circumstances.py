"""What to mind when a month is set beside the one before it: days, Saturdays and Sundays, spaces opened and closed."""

from __future__ import annotations

from datetime import date
from typing import Final, Protocol

from dashboard.text import dates
from dashboard.text.plurals import counted, plural
from dashboard.text.words import Lang, Words

_DAYS: Final = Words("день|дні|днів", "day|days")
_FREE: Final = Words("вихідний|вихідні|вихідних", "Saturday or Sunday|Saturdays and Sundays")
_SPACES: Final = Words("простір|простори|просторів", "space|spaces")
_OPENED: Final = Words("відкрився|відкрилися|відкрилося", "opened|opened")
_CLOSED: Final = Words("закрився|закрилися|закрилося", "closed|closed")


class Circumstances(Protocol):
    """Of some months, as `dashboard.metrics.contrast.circumstances` tells it."""

    @property
    def days_count(self) -> int: ...

    @property
    def weekend_days_count(self) -> int: ...

    @property
    def opened_count(self) -> int: ...

    @property
    def closed_count(self) -> int: ...


def beside(
    month: date, now: Circumstances, earlier: date, before: Circumstances, both: Circumstances, lang: Lang
) -> tuple[str, ...]:
    """A sentence for each way in which two months are not alike; none where they are.

    Args:
        month: first day of the month looked at.
        now: its circumstances.
        earlier: first day of the month that it is compared with.
        before: the circumstances of that month.
        both: those of both together.
        lang: the language.
    """
    said = []
    if (now.days_count, now.weekend_days_count) != (before.days_count, before.weekend_days_count):
        texts = [_calendar(*each, lang) for each in ((month, now), (earlier, before))]
        first = texts[0][0].upper() + texts[0][1:]
        said.append(f"{first}; {texts[1]}.")
    if both.opened_count or both.closed_count:
        said.append(_openings(both, lang))
    return tuple(said)


def _calendar(month: date, found: Circumstances, lang: Lang) -> str:
    days = counted(found.days_count, _DAYS.say(lang), lang)
    free = counted(found.weekend_days_count, _FREE.say(lang), lang)
    name = dates.month_name(month, lang)
    return f"{name} — {days}, із них {free}" if lang == "uk" else f"{name}: {days}, {free} among them"


def _openings(both: Circumstances, lang: Lang) -> str:
    parts = [
        (count, f"{plural(count, verbs.say(lang), lang)}", counted(count, _SPACES.say(lang), lang))
        for count, verbs in ((both.opened_count, _OPENED), (both.closed_count, _CLOSED))
        if count
    ]
    if lang == "uk":
        return f"За ці два місяці {', '.join(f'{verb} {spaces}' for _, verb, spaces in parts)}."
    return f"In these two months {' and '.join(f'{spaces} {verb}' for _, verb, spaces in parts)}."
