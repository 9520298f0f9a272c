"""Calendars (iCalendar, RFC 5545): events as rows, recurring ones as one row per occurrence.

People are never read: neither who is invited nor who organises, whose address stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr
from icalendar import Event
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from etl.issues import RowIssue
from etl.sources.encoding import decode
from etl.sources.layout import Field, Layout, need
from etl.sources.limits import Limits, keep_within
from etl.sources.raw import Dataset, SourceError
from etl.sources.tabular import Grid, Row, check_rows
from etl.transform.dates import clock_trouble
from etl.transform.ids import digest

_HEADER: Final = (
    "UID",
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DURATION",
    "LOCATION",
    "GEO latitude",
    "GEO longitude",
    "CATEGORIES",
    "STATUS",
    "RRULE",
)
_READ: Final = frozenset(
    {*_HEADER[:6], "GEO", "CATEGORIES", "STATUS", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "DTSTAMP", "SEQUENCE"}
)
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_MOMENT: Final = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})(?P<utc>Z)?)?"
)
_RULE: Final = re.compile(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?:INTERVAL|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST)=[-+,A-Z0-9]+)*"
)
_AFTER_LAST_STAMP: Final = timedelta(days=366)
"""An event that recurs without end is read for a year after the calendar was saved."""
_BROKEN: Final = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError)
"""What icalendar raises for an event that is damaged."""
_STATUSES: Final = {"CANCELLED": "cancelled", "CONFIRMED": "held", "TENTATIVE": "planned"}


def is_calendar(content: bytes) -> bool:
    """Whether bytes are a calendar."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


@dataclass(frozen=True)
class _When:
    """A day, or an instant of a zone; without a zone local to whoever reads it."""

    day: date
    at: time | None = None
    zone: tzinfo | None = None

    @property
    def local(self) -> datetime:
        return datetime.combine(self.day, self.at or time())

    def moved(self, local: datetime) -> _When:
        return _When(local.date(), None if self.at is None else local.time(), self.zone)

    @property
    def trouble(self) -> str | None:
        return None if self.at is None or self.zone is None else clock_trouble(self.local, self.zone)

    @property
    def text(self) -> str:
        if self.at is None or self.trouble == "nonexistent_time":
            return self.day.isoformat()
        return self.local.replace(tzinfo=self.zone).isoformat()


@dataclass(frozen=True)
class _Entry:
    """One event of a file: where it begins, and what it says."""

    line: int
    uid: str
    starts: _When | None
    ends: _When | None
    recurs_from: _When | None
    """Start of the occurrence that this event replaces."""
    rule: str
    more: tuple[_When, ...]
    without: frozenset[datetime]
    cells: tuple[str, ...]
    """Texts of the header from SUMMARY on, but for start and end."""


def read_calendar(content: bytes, limits: Limits) -> tuple[tuple[Grid, ...], str]:
    """Read a calendar, and its encoding.

    Single events are the rows of the sheet ``-``, numbered by the line they begin in. A recurring event is a sheet of
    its own, ``RRULE`` with its line, and a row per occurrence: up to the last one, or for a year after the calendar was
    saved when it recurs without end.

    Raises:
        SourceError: no event is in it, or there are too many.
    """
    numbers, lines, encoding = _unfolded(content)
    blocks = list(_blocks(numbers, lines))
    keep_within("max_calendar_events", len(blocks), limits)
    if not blocks:
        raise SourceError("у календарі немає подій", "the calendar has no events")
    entries: list[_Entry] = []
    issues: list[RowIssue] = []
    names: dict[str, None] = {}
    stamps: list[datetime] = []
    for line, block in blocks:
        event = _event(block)
        if event is None:
            issues.append(RowIssue("-", line, "broken_line"))
            continue
        names |= dict.fromkeys(str(name) for name in event if name not in _READ)
        stamps += [stamp.local for stamp in _moments(event, "DTSTAMP")]
        entries.append(_entry(line, event))
    header = (*_HEADER, *names)
    newest = max(stamps or [entry.starts.local for entry in entries if entry.starts], default=None)
    replaced = {(entry.uid, entry.recurs_from.local) for entry in entries if entry.recurs_from}
    single = [entry for entry in entries if not _recurs(entry)]
    rows = [(entry.line, _row(entry, entry.starts, len(header))) for entry in single]
    issues += [RowIssue("-", entry.line, code) for entry in single if (code := entry.starts and entry.starts.trouble)]
    grids = [Grid("-", (), header, tuple(rows), issues=tuple(issues))]
    spent = 0
    for entry in entries:
        if newest and _recurs(entry):
            grid, days = _occurrences(entry, replaced, newest + _AFTER_LAST_STAMP, header, limits)
            spent += days
            keep_within("max_recurrence_days", spent, limits)
            grids.append(grid)
    for grid in grids:
        check_rows(grid.rows, header, limits)
    return tuple(grid for grid in grids if grid.rows or grid.issues), encoding


def _unfolded(content: bytes) -> tuple[list[int], list[str], str]:
    """Lines put together again, each with the number of its first. They are cut by octets, also within a letter."""
    numbers: list[int] = []
    parts: list[list[bytes]] = []
    for number, line in enumerate(_LINE_END.split(content), start=1):
        if line[:1] in {b" ", b"\t"} and parts:
            parts[-1].append(line[1:])
        else:
            numbers.append(number)
            parts.append([line])
    text, encoding = decode(b"\n".join(b"".join(part) for part in parts))
    return numbers, text.split("\n"), encoding


def _blocks(numbers: Sequence[int], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each event with the number of its first line; without its end when another begins before."""
    begun: int | None = None
    for index, line in enumerate(lines):
        word = line.strip().upper()
        if word in {"BEGIN:VEVENT", "END:VEVENT"} and begun is not None:
            yield numbers[begun], "\r\n".join(lines[begun : index + (word == "END:VEVENT")])
            begun = None
        if word == "BEGIN:VEVENT":
            begun = index
    if begun is not None:
        yield numbers[begun], "\r\n".join(lines[begun:])


def _event(block: str) -> Event | None:
    if not block.rstrip().upper().endswith("END:VEVENT"):
        return None
    try:
        found = Event.from_ical(block)
    except _BROKEN:
        return None
    return found if isinstance(found, Event) else None


def _entry(line: int, event: Event) -> _Entry:
    starts, ends = _first(event, "DTSTART"), _first(event, "DTEND")
    if ends and ends.at is None:
        ends = _When(max(ends.day - timedelta(days=1), date.min + timedelta(days=1)))  # the day after the last
    lat, _, lon = _raw(event, "GEO").partition(";")
    return _Entry(
        line=line,
        uid=_raw(event, "UID"),
        starts=starts,
        ends=ends,
        recurs_from=_first(event, "RECURRENCE-ID"),
        rule=_raw(event, "RRULE").upper(),
        more=tuple(_moments(event, "RDATE")),
        without=frozenset(_as_of(moment, starts) for moment in _moments(event, "EXDATE")),
        cells=(
            _text(event, "SUMMARY"),
            _raw(event, "DURATION"),
            _text(event, "LOCATION"),
            lat,
            lon,
            _categories(event),
            _STATUSES.get(_raw(event, "STATUS").upper(), _raw(event, "STATUS")),
        ),
    )


def _values(event: Event, name: str) -> list[object]:
    found = event.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def _raw(event: Event, name: str) -> str:
    """A property as it is written, of several the first."""
    for value in _values(event, name):
        written = value.to_ical() if hasattr(value, "to_ical") else value
        return written.decode("utf-8", "replace") if isinstance(written, bytes) else str(written)
    return ""


def _text(event: Event, name: str) -> str:
    found = _values(event, name)
    return " ".join(str(found[0]).split()) if found else ""


def _categories(event: Event) -> str:
    words = [str(word) for value in _values(event, "CATEGORIES") for word in getattr(value, "cats", [value])]
    return "; ".join(word.strip() for word in words if word.strip())


def _first(event: Event, name: str) -> _When | None:
    return next(iter(_moments(event, name)), None)


def _moments(event: Event, name: str) -> list[_When]:
    """Days and instants of a property; what is none, or in a zone that is not known, is passed over."""
    found: list[_When] = []
    for value in _values(event, name):
        written = value.to_ical() if hasattr(value, "to_ical") else b""
        text = written.decode("utf-8", "replace") if isinstance(written, bytes) else str(written)
        params = getattr(value, "params", {})
        zone_name = str(params.get("TZID", "")) if hasattr(params, "get") else ""
        for part in text.split(","):
            moment = _moment(part.partition("/")[0], zone_name)
            if moment:
                found.append(moment)
    return found


def _moment(text: str, zone_name: str) -> _When | None:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    zone = _zone("UTC" if match["utc"] else zone_name)
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"] is None:
            return _When(day) if 1900 <= day.year < 2200 else None
        at = time(int(match["hour"]), int(match["minute"]), min(int(match["second"]), 59))
    except ValueError:
        return None
    if (zone is None and zone_name) or not 1900 <= day.year < 2200:
        return None
    return _When(day, at, zone)


def _zone(name: str) -> tzinfo | None:
    """A zone of tzdata, also by the name that Windows gives it; what a calendar says of a zone itself is not used."""
    words = name.strip('"').split("/")
    for known in (WINDOWS_TO_OLSON.get(name.strip('"'), ""), "/".join(words), "/".join(words[-2:])):
        try:
            return ZoneInfo(known)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _as_of(moment: _When, starts: _When | None) -> datetime:
    """Local time of a moment in the zone of an event's start."""
    if moment.zone is None or starts is None or starts.zone is None:
        return moment.local
    return moment.local.replace(tzinfo=moment.zone).astimezone(starts.zone).replace(tzinfo=None)


def _recurs(entry: _Entry) -> bool:
    return bool(entry.starts and not entry.recurs_from and (entry.rule or entry.more))


def _row(entry: _Entry, starts: _When | None, width: int, series: str = "") -> list[str]:
    title, duration, location, *others = entry.cells
    ends = _moved_end(entry, starts)
    # Codes that programs make often hold the address of whoever made the event.
    code = f"ics-{digest(entry.uid, *_of_occurrence(entry, starts, series))}" if entry.uid else ""
    cells = [code, title, starts.text if starts else "", ends, duration, location, *others, series]
    return [*cells, *([""] * (width - len(cells)))]


def _of_occurrence(entry: _Entry, starts: _When | None, series: str) -> tuple[str, ...]:
    original = entry.recurs_from or (starts if series else None)
    return (original.local.isoformat(),) if original else ()


def _moved_end(entry: _Entry, starts: _When | None) -> str:
    if entry.ends is None or starts is None or entry.starts is None:
        return entry.ends.text if entry.ends else ""
    return entry.ends.moved(entry.ends.local + (starts.local - entry.starts.local)).text


def _occurrences(
    entry: _Entry, replaced: set[tuple[str, datetime]], horizon: datetime, header: Sequence[str], limits: Limits
) -> tuple[Grid, int]:
    """A recurring event as a grid of its own, and how many days it spans."""
    sheet = f"RRULE {entry.line}"
    starts = entry.starts
    if starts is None:
        raise ValueError("an event that recurs has a start")
    found, days, code = _expand(entry, starts, horizon, limits)
    issues = [RowIssue(sheet, 1, code)] if code else []
    moments = sorted({*found, *(_as_of(moment, starts) for moment in entry.more)})
    kept = [local for local in moments if local not in entry.without and (entry.uid, local) not in replaced]
    rows: list[Row] = []
    for number, local in enumerate(kept, start=1):
        moved = starts.moved(local)
        rows.append((number, _row(entry, moved, len(header), series=entry.cells[0] or entry.uid)))
        if moved.trouble:
            issues.append(RowIssue(sheet, number, moved.trouble))
    return Grid(sheet, (), tuple(header), tuple(rows), issues=tuple(issues)), days


def _expand(entry: _Entry, starts: _When, horizon: datetime, limits: Limits) -> tuple[list[datetime], int, str | None]:
    """Starts of all occurrences of a rule, the days it spans, and a remark."""
    parts = dict(part.partition("=")[::2] for part in entry.rule.split(";") if part)
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    rule = ";".join(f"{name}={value}" for name, value in sorted(parts.items(), key=lambda part: part[0] != "FREQ"))
    if not entry.rule:
        return [starts.local], 0, None
    last = _moment(until, "") if until else None
    if not _RULE.fullmatch(rule) or (until and last is None) or (count and not count.isdecimal()):
        return [starts.local], 0, "unread_recurrence"
    end = horizon if last is None else _as_of(last, starts)
    if last is not None and last.at is None:
        end = datetime.combine(last.day, time.max)
    end = min(max(end, starts.local), starts.local + timedelta(days=limits.max_recurrence_days))
    most = int(count[:9]) if count else limits.max_occurrences + 1
    try:
        found = list(
            islice(
                rrulestr(f"{rule};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=starts.local),
                min(most, limits.max_occurrences + 1),
            )
        )
    except _BROKEN:
        return [starts.local], 0, "unread_recurrence"
    if len(found) > limits.max_occurrences:
        return found[: limits.max_occurrences], (end - starts.local).days, "endless_recurrence"
    is_cut = not until and (not count or len(found) < most)
    return found or [starts.local], (end - starts.local).days, "endless_recurrence" if is_cut else None


CALENDAR: Final = Layout(
    format="icalendar",
    dataset=Dataset.EVENTS,
    fields=(
        Field("event_code", ("UID",)),
        Field("title", ("SUMMARY",)),
        Field("starts", ("DTSTART",)),
        Field("ends", ("DTEND",)),
        Field("duration", ("DURATION",)),
        Field("venue", ("LOCATION",)),
        Field("lat", ("GEO latitude",)),
        Field("lon", ("GEO longitude",)),
        Field("themes", ("CATEGORIES",)),
        Field("status", ("STATUS",)),
        Field("series", ("RRULE",)),
    ),
    needs=(need("title"), need("starts")),
)
