"""Events one by one: the list and the calendar."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.counts import protected, summary
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, TEXT, looked_up, shaped
from etl.contract import LISTED_ORIGINS

LISTING: Final = {
    "event_id": TEXT,
    "title": TEXT,
    "series_name": TEXT,
    "parent_event_id": TEXT,
    "month": DAY,
    "starts_on": DAY,
    "starts_at": DAY,
    "ends_on": DAY,
    "ends_at": DAY,
    "date_precision": TEXT,
    "status": TEXT,
    "format": TEXT,
    "theme_ids": TEXT,
    "place_status": TEXT,
    "space_id": TEXT,
    "space_name_uk": TEXT,
    "space_name_en": TEXT,
    "venue_name": TEXT,
    "district_code": TEXT,
    "is_workshop": FLAG,
    "is_session": FLAG,
    "is_attendance_recorded": FLAG,
    "offered_seats_count": COUNT,
    "stated_registrations_count": COUNT,
    "origin": TEXT,
    "source_id": TEXT,
}
BY_DAY: Final = {
    "starts_on": DAY,
    "events_count": COUNT,
    "public_events_count": COUNT,
    "planned_events_count": COUNT,
    "cancelled_events_count": COUNT,
}


def listing(selection: Selection, disclosure: Disclosure, *, with_sessions: bool = False) -> pd.DataFrame:
    """Every selected event: held, planned and cancelled.

    Returns:
        One row per event (and session, when asked for), in time: ``LISTING`` and the columns of
        ``counts.protected``; ``theme_ids`` are joined by spaces; ``offered_seats_count`` are the event's seats,
        whether or not attendance was recorded. Sign-ups for planned and cancelled events are in
        ``registrations_count`` too. ``events_count`` and ``sessions_count`` tell which of the two a held row is.
    """
    frames = [selection.events, selection.others]
    frames += [selection.sessions] if with_sessions else []
    events = pd.concat(frames)
    if not with_sessions:
        events = events[~events["is_session"]]
    listed = events.sort_values(["starts_on", "starts_at", "event_id"], ignore_index=True)
    keys = listed.drop(columns="seats_count").assign(offered_seats_count=listed["seats_count"])
    counted = summary(selection, ["event_number"], keys, disclosure, with_others=True)
    spaces = selection.city_spaces.set_index("space_id")
    frame = counted.assign(
        theme_ids=looked_up(counted["event_number"], _themes_together(selection.event_themes)),
        space_name_uk=looked_up(counted["space_id"], spaces["name_uk"]),
        space_name_en=looked_up(counted["space_id"], spaces["name_en"]),
    )
    return protected(frame, LISTING, disclosure, people=("stated_registrations_count",))


def by_day(selection: Selection) -> pd.DataFrame:
    """Events of each day, for a calendar (no people are counted).

    Returns:
        One row per day with an event: ``BY_DAY``. ``events_count`` are those of the lists held, without
        sessions; ``public_events_count`` are those that only public sources name; a
        multi-day event counts on its first day. Events of which the day is not known are left out.
    """
    events = pd.concat([selection.events, selection.others])
    dated = events[~events["is_session"] & events["date_precision"].isin(["minute", "day"])]
    is_public = ~dated["origin"].isin(LISTED_ORIGINS)
    dated = dated.assign(status=dated["status"].mask(is_public, "public"))
    frame = pd.DataFrame(
        {
            "events_count": dated["status"] == "held",
            "public_events_count": dated["status"] == "public",
            "planned_events_count": dated["status"] == "planned",
            "cancelled_events_count": dated["status"] == "cancelled",
        }
    )
    return shaped(frame.groupby(dated["starts_on"]).sum().reset_index(), BY_DAY)


def _themes_together(event_themes: pd.DataFrame) -> pd.Series[str]:
    """The themes of each event, joined by spaces, by the event's number."""
    together: dict[int, str] = {}
    for number, theme_id in zip(event_themes["event_number"].tolist(), event_themes["theme_id"].tolist(), strict=True):
        together[number] = f"{together[number]} {theme_id}" if number in together else theme_id
    return pd.Series(together, dtype=TEXT)
