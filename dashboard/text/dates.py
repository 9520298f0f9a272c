"""How days, months, spans and hours are written, with Ukrainian cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from babel.dates import get_month_names

from dashboard.text.words import Lang

_NOMINATIVE: Final[Mapping[Lang, Mapping[int, str]]] = {
    lang: get_month_names("wide", "stand-alone", locale=lang) for lang in ("uk", "en")
}
_GENITIVE: Final[Mapping[Lang, Mapping[int, str]]] = {
    lang: get_month_names("wide", "format", locale=lang) for lang in ("uk", "en")
}
_LOCATIVE_UK: Final = [
    "січні", "лютому", "березні", "квітні", "травні", "червні",
    "липні", "серпні", "вересні", "жовтні", "листопаді", "грудні",
]  # fmt: skip
_SHORT: Final[Mapping[Lang, list[str]]] = {
    "uk": ["січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_WEEKDAYS: Final[Mapping[Lang, list[str]]] = {
    "uk": ["понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_WEEKDAYS_SHORT: Final[Mapping[Lang, list[str]]] = {
    "uk": ["пн", "вт", "ср", "чт", "пт", "сб", "нд"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
_EN_DASH: Final = "–"
_NBSP: Final = "\u00a0"


def month_name(month: date, lang: Lang) -> str:
    """Nominative: «жовтень 2026», "October 2026"."""
    return f"{_NOMINATIVE[lang][month.month]}{_NBSP}{month.year}"


def month_genitive(month: date, lang: Lang) -> str:
    """Genitive, for «з жовтня 2026», «до жовтня 2026»; English has one form."""
    return f"{_GENITIVE[lang][month.month]}{_NBSP}{month.year}"


def month_locative(month: date, lang: Lang) -> str:
    """When: «у жовтні 2026», "in October 2026"."""
    if lang == "en":
        return f"in {month_name(month, lang)}"
    return f"у{_NBSP}{_LOCATIVE_UK[month.month - 1]}{_NBSP}{month.year}"


def month_short(month: date, lang: Lang, *, with_year: bool = True) -> str:
    """For axes and narrow columns: «жов 2026», «жов»."""
    short = _SHORT[lang][month.month - 1]
    return f"{short}{_NBSP}{month.year}" if with_year else short


def weekday_name(weekday: int, lang: Lang) -> str:
    """Name of a weekday; 0 is Monday, as in `date.weekday()`."""
    return _WEEKDAYS[lang][weekday]


def weekday_short(weekday: int, lang: Lang) -> str:
    """Short name of a weekday: «пн»; 0 is Monday."""
    return _WEEKDAYS_SHORT[lang][weekday]


def format_date(day: date, lang: Lang) -> str:
    """«14 лютого 2026», "14 February 2026"."""
    return f"{format_day(day, lang)}{_NBSP}{day.year}"


def format_day(day: date, lang: Lang) -> str:
    """A day without its year: «14 лютого»."""
    return f"{day.day}{_NBSP}{_GENITIVE[lang][day.month]}"


def format_date_short(day: date, lang: Lang) -> str:
    """For tables: «14.02.2026», "14 Feb 2026"."""
    if lang == "uk":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    return f"{day.day}{_NBSP}{_SHORT['en'][day.month - 1]}{_NBSP}{day.year}"


def format_time(instant: datetime) -> str:
    """Hour and minute: "18:30"."""
    return f"{instant:%H:%M}"


def format_instant(instant: datetime, lang: Lang) -> str:
    """«14 лютого 2026, 18:30»."""
    return f"{format_date(instant, lang)}, {format_time(instant)}"


def format_days(first: date, last: date, lang: Lang) -> str:
    """A span of days, its common part said once: «12–17 червня 2017», «28 лютого – 3 березня 2026»."""
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return format_date(first, lang)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_EN_DASH}{format_date(last, lang)}"
    if first.year == last.year:
        return f"{format_day(first, lang)} {_EN_DASH} {format_date(last, lang)}"
    return f"{format_date(first, lang)} {_EN_DASH} {format_date(last, lang)}"


def format_months(first: date, last: date, lang: Lang) -> str:
    """A span of months: «січень – жовтень 2026», «листопад 2025 – жовтень 2026»."""
    if (first.year, first.month) == (last.year, last.month):
        return month_name(first, lang)
    start = _NOMINATIVE[lang][first.month] if first.year == last.year else month_name(first, lang)
    return f"{start} {_EN_DASH} {month_name(last, lang)}"
