"""Events as a calendar (iCalendar, RFC 5545) for phones and mail programs. It names no people and counts none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
from icalendar import Calendar, Event

from dashboard.text.labels import label
from dashboard.text.pages import say
from dashboard.text.words import Lang

_PRODUCT: Final = "-//civicspace//events//UK"
_STATUSES: Final = {"held": "CONFIRMED", "planned": "CONFIRMED", "cancelled": "CANCELLED"}
_DATED: Final = ("minute", "day")


def dated(events: pd.DataFrame) -> pd.DataFrame:
    """The events that a calendar can hold: those of which the day is known."""
    return events[events["date_precision"].isin(_DATED)]


def to_ics(events: pd.DataFrame, *, name: str, timezone: str, made_at: datetime, lang: Lang) -> bytes:
    """The events of a list, in its order, as a calendar in UTF-8.

    An event whose hours are known stands at them in the city's time zone, any other on its whole days. A cancelled
    one is marked as cancelled, in its title too; an invented one says so.

    Args:
        events: one row per event. Columns: `event_id`, `title`, `status`, `origin`, `date_precision`, `starts_on`,
            `ends_on` (days), `starts_at`, `ends_at` (local times, may be missing), `place`, `series_name`, `themes`
            (names joined by ", "; the three may be missing). Those without a known day are left out (``dated``).
        name: what the calendar is called.
        timezone: IANA name of the city's time zone.
        made_at: the instant the data were published, with its time zone.
        lang: language of what is said beside the events' own words.

    Returns:
        The file; a calendar without events for no rows.
    """
    zone = ZoneInfo(timezone)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", timezone)
    for row in dated(events).to_dict("records"):
        calendar.add_component(_event({str(key): value for key, value in row.items()}, zone, made_at, lang))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(row: dict[str, Any], zone: ZoneInfo, made_at: datetime, lang: Lang) -> Event:
    is_cancelled = row["status"] == "cancelled"
    start, end = _span(row, zone)
    event = Event()
    event.add("uid", f"{row['event_id']}@civicspace")
    event.add("dtstamp", made_at)
    event.add("summary", say("ics.cancelled", lang, title=row["title"]) if is_cancelled else row["title"])
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    event.add("status", _STATUSES[row["status"]])
    if isinstance(row["place"], str):
        event.add("location", row["place"])
    if isinstance(row["themes"], str):
        event.add("categories", row["themes"].split(", "))
    said = [label("event_status", row["status"], lang), label("origin", row["origin"], lang)]
    if isinstance(row["series_name"], str):
        said.insert(0, row["series_name"])
    event.add("description", "\n".join(said))
    return event


def _span(row: dict[str, Any], zone: ZoneInfo) -> tuple[date | datetime, date | datetime | None]:
    starts_at, ends_at = row["starts_at"], row["ends_at"]
    has_end = not pd.isna(ends_at)
    if not pd.isna(starts_at) and (has_end or row["starts_on"] == row["ends_on"]):
        start = starts_at.to_pydatetime().replace(tzinfo=zone)
        return start, ends_at.to_pydatetime().replace(tzinfo=zone) if has_end and ends_at > starts_at else None
    # The end of whole days is the first day after them (RFC 5545, 3.6.1).
    return row["starts_on"].date(), row["ends_on"].date() + timedelta(days=1)
