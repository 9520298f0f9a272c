"""The counts of events and people that most metrics share, by whatever they are counted by.

``summary`` counts exactly and stays within the metrics; ``protected`` makes its frame fit for a role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, NUMBER, shaped

PEOPLE: Final = (
    "registrations_count",
    "attendances_count",
    "no_shows_count",
    "attendance_base_count",
    "participations_count",
    "identified_participations_count",
    "participants_count",
    "seat_attendances_count",
    "lead_registrations_count",
)
"""Columns of a summary that count people."""

COUNTS: Final[Mapping[str, str]] = {
    "events_count": COUNT,
    "sessions_count": COUNT,
    "recorded_events_count": COUNT,
    "seat_events_count": COUNT,
    "seats_count": COUNT,
    **dict.fromkeys(PEOPLE, COUNT),
    "median_lead_days": NUMBER,
}
"""Columns of a summary before it is protected."""

RATIOS: Final = (
    Ratio("attendance_rate_pct", "attendances_count", "attendance_base_count"),
    Ratio("no_show_rate_pct", "no_shows_count", "attendance_base_count"),
    Ratio("attendance_coverage_pct", "recorded_events_count", "events_count"),
    Ratio("contact_coverage_pct", "identified_participations_count", "participations_count"),
    Ratio("seat_use_pct", "seat_attendances_count", "seats_count"),
    Ratio("seat_coverage_pct", "seat_events_count", "events_count"),
    Ratio("lead_coverage_pct", "lead_registrations_count", "registrations_count"),
)
"""Columns of a summary that are computed from what may be shown."""

_DEPENDENT: Final = {"median_lead_days": "lead_registrations_count"}


def protected(
    frame: pd.DataFrame,
    own: Mapping[str, str],
    disclosure: Disclosure,
    *,
    people: Sequence[str] = (),
    ratios: Sequence[Ratio] = (),
    adds_up_within: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Shape a frame with a summary's columns and make it fit for a role.

    Args:
        frame: has the columns ``own`` and ``COUNTS``.
        own: columns beside the summary, with their types; they come first.
        disclosure: who looks.
        people: those of ``own`` that count people.
        ratios: to compute beside ``RATIOS``.
        adds_up_within: see ``disclosure.protect``.

    Returns:
        ``own``, ``COUNTS``, the names of ``RATIOS`` and ``ratios`` (float64), and the companions
        ``<column>_is_hidden`` of every people, ratio and median column.
    """
    return protect(
        shaped(frame, {**own, **COUNTS}),
        disclosure,
        people=(*people, *PEOPLE),
        ratios=(*RATIOS, *ratios),
        dependent=_DEPENDENT,
        adds_up_within=adds_up_within,
    )


def summary(selection: Selection, by: Sequence[str], keys: pd.DataFrame) -> pd.DataFrame:
    """Exact counts of held events, sessions and their registrations for every row of ``keys``.

    Args:
        selection: the rows to count; events, sessions and registrations have the columns ``by``.
        by: names of the columns to count by; a missing value is a group of its own.
        keys: has the columns ``by``, each combination once, and any others, which are kept.

    Returns:
        ``keys`` with the columns ``COUNTS``; 0 where nothing was counted.
    """
    names = list(by)
    sessions = of_events(selection.sessions, selection.registrations, names)["events_count"]
    counted = (
        keys.merge(of_events(selection.events, selection.registrations, names).reset_index(), on=names, how="left")
        .merge(sessions.rename("sessions_count").reset_index(), on=names, how="left")
        .merge(of_registrations(selection.registrations, names).reset_index(), on=names, how="left")
    )
    whole = [name for name, dtype in COUNTS.items() if dtype == COUNT]
    return counted.fillna(dict.fromkeys(whole, 0))


def of_registrations(registrations: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count people by the columns ``by``, which become the index; a missing value is a group of its own.

    Columns (Int64): those of ``PEOPLE`` that registrations tell; and ``median_lead_days`` (float64).
    No row for a group without registrations.
    """
    keys = list(by)
    flags = pd.DataFrame(
        {
            "registrations_count": True,
            "attendances_count": registrations["is_attended"],
            "no_shows_count": registrations["is_no_show"],
            "attendance_base_count": registrations["is_attended"] | registrations["is_no_show"],
            "participations_count": registrations["is_participation"],
            "identified_participations_count": registrations["is_participation"] & registrations["person_id"].notna(),
            "lead_registrations_count": registrations["lead_days"].notna(),
        },
        index=registrations.index,
    ).astype("int64")
    groups = [registrations[key] for key in keys]
    counts = flags.groupby(groups, dropna=False).sum()
    medians = registrations["lead_days"].groupby(groups, dropna=False).median()
    return (
        counts.assign(participants_count=people(registrations, keys))
        .fillna({"participants_count": 0})
        .astype("Int64")
        .assign(median_lead_days=medians.astype("float64"))
    )


def people(registrations: pd.DataFrame, by: Sequence[str]) -> pd.Series[int]:
    """Distinct people who took part, by the columns ``by``; no row for a group without any."""
    took_part = registrations[registrations["is_participation"] & registrations["person_id"].notna()]
    distinct = took_part.loc[:, [*by, "person_id"]].drop_duplicates()
    return distinct.groupby(list(by), dropna=False).size().astype("Int64")


def people_in_all(registrations: pd.DataFrame) -> int:
    """Distinct people who took part."""
    return int(registrations.loc[registrations["is_participation"], "person_id"].nunique())


def of_events(events: pd.DataFrame, registrations: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count events by the columns ``by``, which become the index; a missing value is a group of its own.

    Columns (Int64): ``events_count``; ``recorded_events_count``, those where it was noted who came;
    ``seat_events_count``, those of the latter that offered a known number of seats; their ``seats_count``,
    and ``seat_attendances_count`` (people). No row for a group without events.
    """
    has_seats = events["is_attendance_recorded"] & (events["seats_count"] > 0).fillna(value=False).astype(bool)
    attended = registrations.loc[registrations["is_attended"], "event_number"].value_counts()
    attendances = events["event_number"].map(attended).astype("Int64").fillna(0)
    counted = pd.DataFrame(
        {
            "events_count": 1,
            "recorded_events_count": events["is_attendance_recorded"],
            "seat_events_count": has_seats,
            "seats_count": events["seats_count"].fillna(0).where(has_seats, 0),
            "seat_attendances_count": attendances.where(has_seats, 0),
        },
        index=events.index,
    ).astype("int64")
    return counted.groupby([events[key] for key in by], dropna=False).sum().astype("Int64")
