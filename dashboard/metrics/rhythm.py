"""Rhythm: on which weekdays and at which hours events begin and people come."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.metrics import counts
from dashboard.metrics.disclosure import HIDDEN, Disclosure, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, FLAG, shaped

BY_HOUR: Final = {
    "weekday": COUNT,
    "hour": COUNT,
    "events_count": COUNT,
    "sessions_count": COUNT,
    "registrations_count": COUNT,
    "attendances_count": COUNT,
}
_HELD: Final = ("events_count", "sessions_count")
_PEOPLE: Final = ("registrations_count", "attendances_count")


def by_hour(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Held events and sessions by the weekday and hour they begin.

    Returns:
        168 rows, by ``weekday`` (0 is Monday) and ``hour`` (0 to 23): ``BY_HOUR`` and companions. People are
        those of events and sessions. What has no hour is left out; ``untimed_events_count`` counts it. A
        multi-day event counts where its first day begins.
    """
    columns = ["event_number", "starts_at", "is_session"]
    events = pd.concat([selection.events[columns], selection.sessions[columns]])
    timed = events[events["starts_at"].notna()]
    at = timed["starts_at"].dt
    timed = timed.assign(weekday=at.day_of_week, hour=at.hour)
    by_time = replace(selection, events=timed[~timed["is_session"]], sessions=timed[timed["is_session"]])
    people = counts.of_registrations(by_time, ["weekday", "hour"], disclosure, with_participants=False)
    held = timed["is_session"].astype("int64").groupby([timed["weekday"], timed["hour"]]).agg(["size", "sum"])
    rows = pd.MultiIndex.from_product([range(7), range(24)], names=["weekday", "hour"])
    counted = [*_PEOPLE, *(name + HIDDEN for name in _PEOPLE)]
    frame = pd.DataFrame(index=rows).assign(
        events_count=(held["size"] - held["sum"]),
        sessions_count=held["sum"],
        **{name: people[name] for name in counted},
    )
    frame = counts.zero_where_nobody(frame, [*_HELD, *counted]).reset_index()
    return protect(shaped(frame, {**BY_HOUR, **{name + HIDDEN: FLAG for name in _PEOPLE}}), disclosure, people=_PEOPLE)


def untimed_events_count(selection: Selection) -> int:
    """Held events and sessions of which only the day or the month is known."""
    return int(selection.events["starts_at"].isna().sum() + selection.sessions["starts_at"].isna().sum())
