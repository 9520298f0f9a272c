"""Dates and times as people and tools write them: ISO, day first, or with Ukrainian month names.

Every function takes any text and gives a value or None; none raises. A text is read only when everything in it that
is a number belongs to the date: «12-17 червня 2017» is a range and no date, «14.02.2026, каб. 5» is neither.
Years have four digits and lie between 1900 and 2199.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.transform.rows import over_distinct
from etl.transform.text import clean, unmix

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "січень січня",
            "лютий лютого",
            "березень березня",
            "квітень квітня",
            "травень травня",
            "червень червня",
            "липень липня",
            "серпень серпня",
            "вересень вересня",
            "жовтень жовтня",
            "листопад листопада",
            "грудень грудня",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)"
_YEAR: Final = r"(?P<year>(?:19|20|21)[0-9]{2})(?![0-9])"
_DAY: Final = r"(?<![0-9])(?P<day>[0-9]{1,2})"

_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![0-9]){_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})(?![0-9])",
        rf"{_DAY}(?P<mark>[./-])(?P<month>[0-9]{{1,2}})(?P=mark){_YEAR}",
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_MONTH} (?P<day>[0-9]{{1,2}}),? {_YEAR}",
        rf"{_DAY} {_MONTH}",
    )
)
_MONTH_ALONE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})",
        rf"(?P<month>[0-9]{{1,2}})[./-]{_YEAR}",
        rf"{_MONTH},? {_YEAR}",
        rf"{_YEAR} {_MONTH}",
    )
)
_YEAR_WORD: Final = re.compile(r"(?<=[0-9]) ?(?:року|рік|р)(?!\w)\.?")

_TIME: Final = re.compile(
    r"(?<![0-9:.])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?![0-9:])"
    r"(?: ?(?P<half>am|pm)(?!\w))?"
)
_SPOKEN_TIMES: Final = (
    # Not «0.25», which may be a quarter past midnight or a quarter of a day, as spreadsheets count.
    re.compile(r"(?P<hour>0[0-9]|[1-9][0-9]?)\.(?P<minute>[0-9]{2})"),
    re.compile(r"(?P<hour>[0-9]{1,2}) ?год[а-яі.]*(?: ?(?P<minute>[0-9]{1,2}) ?хв[а-яі.]*)?"),
    re.compile(r"(?P<hour>[0-9]{1,2}) ?(?P<half>am|pm)"),
)
_ZONE_HOURS: Final = {"z": 0, "utc": 0, "gmt": 0, "eet": 2, "eest": 3}
_ZONE: Final = re.compile(
    r"\(?(?:(?P<name>z|utc|gmt|eet|eest)|(?:utc ?|gmt ?)?"
    r"(?P<offset>(?<=[ct] )[+-][0-9]{1,2}|(?<=[ct])[+-][0-9]{1,2}(?::[0-9]{2})?|\+[0-9]{2}:?[0-9]{2}|-[0-9]{4}))\)?"
)
"""A bare «-12:00» is no zone: after a time it is the end of a meeting."""
_DAY_FIRST_INSTANT: Final = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4}),? ([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")

_DAY_FIRST_TO_ISO: Final = (
    (r"^([0-9]{2})\.([0-9]{2})\.([0-9]{4}),? ([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)$", r"\3-\2-\1 \4"),
    (r"^([0-9]{2})\.([0-9]{2})\.([0-9]{4}),? ([0-9]:[0-9]{2}(?::[0-9]{2})?)$", r"\3-\2-\1 0\4"),
)
_PLAIN_ISO: Final = (
    r"^(?:19|20|21)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?Z?$"
)
"""Any day but 29 February, whose year has to be looked at."""

_SERIAL: Final = re.compile(r"(?P<days>0|[34567][0-9]{4})(?P<part>\.[0-9]{1,15})?")
_CLOCK_LIKE: Final = re.compile(r"0|0\.[0-5][0-9]")
_SERIAL_START: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall time: spreadsheets know no zones
_FIRST_SERIAL: Final = 36_526
_LAST_SERIAL: Final = 73_051
_DAYS_FROM_1900_TO_1904: Final = 1_462

_Flags = np.ndarray[Any, np.dtype[np.bool_]]
_Moments = np.ndarray[Any, np.dtype[np.datetime64]]

_BETWEEN: Final = re.compile(r" ?(?:\.\.+|[-–—]| по | до ) ?")
_DAY_ALONE: Final = re.compile(r"(?:з|від)? ?(?P<day>[0-9]{1,2})\.?")
_DAY_AND_MONTH: Final = re.compile(r"(?:з|від)? ?(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.?")


def parse_date(text: str, *, default_year: int | None = None) -> date | None:
    """The one day a text names, or None. A time beside it is passed over, and its zone is not applied.

    Args:
        text: such as ``2026-02-14``, ``14.02.2026 09:05``, ``27/09/2021``, «субота, 14 листопада 2020 19:15»,
            «Квітень 26, 2023, 13:04 (EEST)», «станом на 1 жовтня 2019 року», ``2025-07-20T06:58:05.842Z``.
        default_year: the year of «3 березня»; without it such a text names no day.
    """
    found = _find_date(_plain(text), default_year)
    if found is None:
        return None
    day, rest = found
    return None if _has_digit(_ZONE.sub("", _TIME.sub("", rest))) else day


def parse_instant(text: str, tz: tzinfo) -> datetime | None:
    """Local wall time in ``tz``, without a zone; None when the text lacks a day or a time.

    An offset, ``Z``, ``GMT+3`` or ``EEST`` is converted to ``tz``. A text without a zone is local; an hour that a
    change of the clocks left out gives None. With any other zone name the hour is not known, and the text gives None.
    """
    moment = _moment(text)
    if moment is None or not 1900 <= moment.year < 2200:
        return None
    if moment.tzinfo:
        return moment.astimezone(tz).replace(tzinfo=None)
    return None if clock_trouble(moment, tz) == "nonexistent_time" else moment


def clock_trouble(local: datetime, tz: tzinfo) -> str | None:
    """What a change of the clocks has done to a local time.

    Returns:
        ``nonexistent_time`` in the hour that was left out, ``ambiguous_time`` in the one that came twice, else None.
    """
    before, after = (local.replace(tzinfo=tz, fold=fold).utcoffset() for fold in (0, 1))
    if before is None or after is None or before == after:
        return None
    return "nonexistent_time" if before < after else "ambiguous_time"


def clock_troubles(texts: pd.Series, tz: tzinfo) -> pd.Series:
    """``clock_trouble`` of each text that is a local time, as text; missing for any other."""

    def of(text: str) -> str | None:
        moment = _moment(text)
        if moment is None or moment.tzinfo or not 1900 <= moment.year < 2200:
            return None
        return clock_trouble(moment, tz)

    distinct = texts.dropna().unique()
    found = pd.Series([of(str(text)) for text in distinct], index=distinct, dtype="str")
    return found.reindex(texts).set_axis(texts.index)


def _moment(text: str) -> datetime | None:
    """The instant a text names, with the zone it names."""
    trimmed = text.strip()
    day_first = _DAY_FIRST_INSTANT.fullmatch(trimmed)
    if day_first:
        day, month, year, hour, minute, second = (int(part or 0) for part in day_first.groups())
        return _combine(_date(year, month, day), _time(hour, minute, second))
    if trimmed[4:5] == "-" and len(trimmed) > 10:
        try:
            return datetime.fromisoformat(trimmed)
        except ValueError:
            pass  # not ISO after all: read as written by hand
    return _spoken_instant(_plain(text))


def parse_time(text: str) -> time | None:
    """The one time of day a text is, or None: ``18:00``, ``18:00:00``, ``18.00``, «о 18 год», ``6 PM``."""
    plain = _plain(text).removeprefix("о ").removeprefix("об ").strip(" .,")
    for pattern in (_TIME, *_SPOKEN_TIMES):
        match = pattern.fullmatch(plain)
        if match:
            return _time_of(match)
    return None


def parse_month(text: str) -> date | None:
    """First day of the month a text names, or None: «жовтень 2025», ``10.2025``, ``2025-10``, or a day in it."""
    plain = _plain(text).strip(" .,()")
    for pattern in _MONTH_ALONE:
        match = pattern.fullmatch(plain)
        if match:
            return _date(int(match["year"]), _month_of(match), 1)
    day = parse_date(text)
    return day.replace(day=1) if day else None


def parse_range(text: str, *, default_year: int | None = None) -> tuple[date, date] | None:
    """First and last day a text names, or None; a single day is both.

    Reads «12-17 червня 2017 року», «28 червня – 3 липня 2018», ``12.06-17.06.2017``, ``2017-06-12..2017-06-17``.
    An end before its start, or more than a year after it, is no range.
    """
    single = parse_date(text, default_year=default_year)
    if single:
        return single, single
    plain = _plain(text)
    for mark in _BETWEEN.finditer(plain):
        end = parse_date(plain[mark.end() :], default_year=default_year)
        start = _start_of_range(plain[: mark.start()].strip(), end) if end else None
        if start and end and timedelta(0) <= end - start <= timedelta(days=366):
            return start, end
    return None


def from_serial(text: str, *, is_1904: bool = False) -> str:
    """A day that a spreadsheet left as a number, as ISO 8601; any other text as it is.

    Days are counted from 1900, or from 1904 in workbooks of old Macs: ``46067`` is 2026-02-14, ``46067.75`` its
    evening, ``0.75`` 18:00. Numbers stand for days of the years 2000 to 2099. ``0.25`` could be 00:25 and stays.
    """
    match = _SERIAL.fullmatch(text)
    if match is None or _CLOCK_LIKE.fullmatch(text):
        return text
    days = float(text) + (_DAYS_FROM_1900_TO_1904 if is_1904 and match["days"] != "0" else 0)
    if days < 1:
        return (_SERIAL_START + timedelta(seconds=round(days * 86_400))).time().isoformat()
    if not _FIRST_SERIAL <= days < _LAST_SERIAL:
        return text
    moment = _SERIAL_START + timedelta(seconds=round(days * 86_400))
    return moment.isoformat() if match["part"] else moment.date().isoformat()


def serials(texts: pd.Series, *, is_1904: bool = False) -> pd.Series:
    """``from_serial`` of each text; missing stays missing."""
    array = pa.array(texts, from_pandas=True)
    # Nearly no column has any, and this is asked of every column of days and times of every file.
    if array.null_count == len(array) or not pc.any(pc.match_substring_regex(array, f"^{_SERIAL.pattern}$")).as_py():
        return texts
    return over_distinct(texts, lambda text: from_serial(text, is_1904=is_1904))


def dates(texts: pd.Series, *, default_year: int | None = None) -> pd.Series:
    """``parse_date`` of each text, as datetime64[us]; missing stays missing, unreadable becomes missing."""
    return _over_distinct(texts, lambda text: parse_date(text, default_year=default_year))


def instants(texts: pd.Series, tz: tzinfo) -> pd.Series:
    """``parse_instant`` of each text, as datetime64[us]; missing stays missing, unreadable becomes missing.

    Texts in the forms that tools write are read at once, for they are nearly all and each is another; what stands
    near a change of the clocks, or is written in any other way, is left to the full rule.
    """
    codes, distinct = pd.factorize(texts)
    words = distinct.to_numpy(dtype=object)
    found = np.full(len(words) + 1, np.datetime64("NaT"), dtype="datetime64[us]")
    is_plain, plain = _plain_moments(words, tz)
    found[:-1][is_plain] = plain
    for at in (~is_plain).nonzero()[0].tolist():
        moment = parse_instant(str(words[at]), tz)
        if moment is not None:
            found[at] = np.datetime64(moment, "us")
    # A missing text has the code -1, which takes the last.
    return pd.Series(found[codes], index=texts.index)


def _plain_moments(words: np.ndarray[Any, np.dtype[Any]], tz: tzinfo) -> tuple[_Flags, _Moments]:
    """Which texts are plain and far from any change of the clocks, and the local times that these are."""
    array = pa.array(words, pa.string(), from_pandas=True)
    for form, iso in _DAY_FIRST_TO_ISO:
        array = pc.replace_substring_regex(array, form, iso)
    is_plain = _flags(pc.match_substring_regex(array, _PLAIN_ISO))
    bare = array.filter(pa.array(is_plain))
    is_utc = _flags(pc.ends_with(bare, "Z"))
    moments = pc.cast(pc.utf8_rtrim(bare, "Z"), pa.timestamp("us")).to_numpy(zero_copy_only=False)
    shift, is_settled = _shifts(moments, tz)
    local = moments + np.where(is_utc, shift, 0).astype("timedelta64[us]")
    is_plain[is_plain] = is_settled
    return is_plain, local[is_settled]


def _shifts(moments: _Moments, tz: tzinfo) -> tuple[np.ndarray[Any, np.dtype[np.int64]], _Flags]:
    """The zone's offset in microseconds on the day of each moment, and whether it is the same for days around."""
    days, day_of = np.unique(moments.astype("datetime64[D]"), return_inverse=True)
    noons = [datetime.combine(day, time(12)) for day in days.tolist()]
    around = timedelta(days=2)
    offsets = [[(noon + by).replace(tzinfo=tz).utcoffset() for by in (-around, around)] for noon in noons]
    same = np.array([before == after for before, after in offsets], dtype=bool)
    shift = [(before or timedelta(0)) // timedelta(microseconds=1) for before, _ in offsets]
    return np.array(shift, dtype=np.int64)[day_of], same[day_of]


def _flags(values: pa.Array) -> _Flags:
    found: _Flags = values.to_numpy(zero_copy_only=False).astype(bool)
    return found


def months(texts: pd.Series) -> pd.Series:
    """``parse_month`` of each text, as datetime64[us]; missing stays missing, unreadable becomes missing."""
    return _over_distinct(texts, parse_month)


def _over_distinct(texts: pd.Series, parse: Callable[[str], date | None]) -> pd.Series:
    distinct = texts.dropna().unique()
    values = pd.Series([parse(str(text)) for text in distinct], index=distinct, dtype="datetime64[us]")
    # Not Series.map, which takes an empty mapping for one of numbers.
    return values.reindex(texts).set_axis(texts.index)


def _plain(text: str) -> str:
    return _YEAR_WORD.sub("", unmix(clean(text)).lower())


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _find_date(plain: str, default_year: int | None) -> tuple[date, str] | None:
    """The first date in a text, and the text without it."""
    match = next(chain.from_iterable(pattern.finditer(plain) for pattern in _DATES), None)
    year = (match.groupdict().get("year") or default_year) if match else None
    if match is None or year is None:
        return None
    day = _date(int(year), _month_of(match), int(match["day"]))
    return (day, f"{plain[: match.start()]} {plain[match.end() :]}") if day else None


def _spoken_instant(plain: str) -> datetime | None:
    found = _find_date(plain, None)
    at = _TIME.search(found[1]) if found else None
    if found is None or at is None:
        return None
    day, rest = found
    zone = rest[at.end() :].strip(" .,")
    local = _combine(day, _time_of(at))
    if local is None or _has_digit(rest[: at.start()]):
        return None
    if not zone:
        return local
    match = _ZONE.fullmatch(zone)
    return local.replace(tzinfo=_zone_of(match)) if match else None


def _zone_of(match: re.Match[str]) -> timezone:
    if match["name"]:
        return timezone(timedelta(hours=_ZONE_HOURS[match["name"]]))
    digits = match["offset"][1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    size = timedelta(hours=min(hours, 23), minutes=min(minutes, 59))
    return timezone(-size if match["offset"][0] == "-" else size)


def _start_of_range(text: str, end: date) -> date | None:
    alone = _DAY_ALONE.fullmatch(text)
    if alone:
        return _date(end.year, end.month, int(alone["day"]))
    dotted = _DAY_AND_MONTH.fullmatch(text)
    start = (
        _date(end.year, int(dotted["month"]), int(dotted["day"])) if dotted else parse_date(text, default_year=end.year)
    )
    if start and start > end and not re.search("[0-9]{4}", text):
        return _date(start.year - 1, start.month, start.day)  # «30 грудня – 2 січня 2018»
    return start


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(hour: int, minute: int, second: int = 0) -> time | None:
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _combine(day: date | None, at: time | None) -> datetime | None:
    return datetime.combine(day, at) if day and at is not None else None


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return _MONTHS[groups["name"]] if groups.get("name") else int(groups["month"])


def _time_of(match: re.Match[str]) -> time | None:
    groups = match.groupdict()
    hour, half = int(groups["hour"]), groups.get("half")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return _time(hour, int(groups.get("minute") or 0), int(groups.get("second") or 0))
