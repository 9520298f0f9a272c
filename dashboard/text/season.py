"""Words for what is usual of a figure: the band, its level, and the months that lie outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from dashboard.text.words import Lang, Words

Method = Literal["none", "level", "season"]
"""What the band rests on: nothing, the level alone, or level and season."""

RANGE: Final = Words("звичні межі", "usual range")
LEVEL: Final = Words("звичний рівень", "usual level")
MARKED: Final = Words("незвичний місяць", "unusual month")
NONE_MARKED: Final = Words("Жоден місяць не виходить за звичні межі.", "No month lies outside the usual range.")

_NOTES: Final[Mapping[Method, Words]] = {
    "none": Words(
        "Завершених місяців із даними менш як 12, тому сказати, що тут звично, ще не можна.",
        "There are fewer than 12 finished months with data, too few to say what is usual here.",
    ),
    "level": Words(
        "Смуга — звичні межі за сусідніми місяцями. Пору року ще не враховано: завершених місяців із даними менш як "
        "24, тож незвичним може здатися звичайне літо. Це не прогноз.",
        "The band is the usual range by the months around. The season is not considered yet: there are fewer than 24 "
        "finished months with data, so that an ordinary summer may look unusual. It is no forecast.",
    ),
    "season": Words(
        "Смуга — звичні межі з огляду на сусідні місяці, пору року й довжину місяця. Це не прогноз.",
        "The band is the usual range, considering the months around, the season and the length of the month. It is no "
        "forecast.",
    ),
}
_COUNTS: Final = {"high": Words("незвично багато", "unusually many"), "low": Words("незвично мало", "unusually few")}
_LEVELS: Final = {
    "high": Words("незвично високе значення", "unusually high"),
    "low": Words("незвично низьке значення", "unusually low"),
}
_REASONS: Final = {
    "workshop": Words("того місяця була міська майстерня", "a city workshop was held in that month"),
    "few_data": Words("але даних за цей місяць мало", "but the month has few data"),
    "gaps": Words("але записи за цей місяць неповні", "but the month’s records are incomplete"),
}


def note(method: Method, lang: Lang) -> str:
    """What the band shows and what it rests on."""
    return _NOTES[method].say(lang)


def marked(mark: str, reason: str, lang: Lang, *, is_count: bool = True) -> str:
    """Why a month is marked: «незвично багато: того місяця була міська майстерня».

    Args:
        mark: ``high`` or ``low``.
        reason: one of `dashboard.metrics.season.REASONS`.
        lang: the language.
        is_count: the figure counts something; a share or an index is high or low, not many or few.

    Raises:
        KeyError: there is no such mark or reason.
    """
    side = (_COUNTS if is_count else _LEVELS)[mark].say(lang)
    if reason == "unusual":
        return side
    joint = ": " if reason == "workshop" else ", "
    return side + joint + _REASONS[reason].say(lang)
