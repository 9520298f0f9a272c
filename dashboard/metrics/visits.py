"""Visits: who was where on which day, in order, as metrics of people over time read them.

A visit is one person at one event that is no session of a programme: the sessions of a workshop are one visit.
"""

from __future__ import annotations

import pandas as pd

from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import looked_up


def in_order(selection: Selection) -> pd.DataFrame:
    """The visits of everyone whose contact is known, each person's in the order of time.

    Returns:
        One row per visit: ``person_id``, ``event_number``, ``month``, ``starts_on``, ``space_id``. Only for other
        metrics: it names people.
    """
    rows = selection.registrations
    took_part = rows[rows["is_participation"] & rows["person_id"].notna() & ~rows["is_session"]]
    starts_at = selection.events.set_index("event_number")["starts_at"]
    visits = took_part[["person_id", "event_number", "month", "starts_on", "space_id"]].drop_duplicates(
        ["person_id", "event_number"]
    )
    at = looked_up(visits["event_number"], starts_at).astype("datetime64[us]").fillna(visits["starts_on"])
    return visits.assign(at=at).sort_values(["person_id", "starts_on", "at", "event_number"], ignore_index=True)


def with_next(visits: pd.DataFrame) -> pd.DataFrame:
    """Each visit beside its person's next one.

    Args:
        visits: as ``in_order`` gives them.

    Returns:
        The visits that have a next one, with ``next_event_number`` and ``next_starts_on``.
    """
    following = visits.shift(-1)
    has_next = (following["person_id"] == visits["person_id"]).fillna(value=False).astype(bool)
    return visits.assign(next_event_number=following["event_number"], next_starts_on=following["starts_on"])[
        has_next
    ].astype({"next_event_number": "Int64"})
