"""The counts of events and people that most metrics share, by whatever they are counted by.

``summary`` counts exactly and stays within the metrics; ``protected`` makes its frame fit for a role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, NUMBER, looked_up, shaped

_Array = np.ndarray[Any, np.dtype[Any]]

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
_NOTED: Final = ("attendances_count", "no_shows_count", "attendance_base_count", "seat_attendances_count")
"""Those that need somebody to have noted who came."""

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

EVENT_COLUMNS: Final = ("is_attendance_recorded", "seats_count", "has_registrations")
"""What a summary reads of events and sessions, beside their number."""
REGISTRATION_COLUMNS: Final = ("is_attended", "is_no_show", "is_participation", "person_id", "lead_days")
"""What a summary reads of registrations, beside the number of their event."""

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
        ``keys`` with the columns ``COUNTS``; 0 where nothing was counted. People are missing, not 0, where
        something was held and no list of it is known; attendances where nobody noted who came.
    """
    names = list(by)
    sessions = of_events(selection.sessions, selection.registrations, names)["events_count"]
    counted = (
        keys.merge(of_events(selection.events, selection.registrations, names).reset_index(), on=names, how="left")
        .merge(sessions.rename("sessions_count").reset_index(), on=names, how="left")
        .merge(of_registrations(selection.registrations, names).reset_index(), on=names, how="left")
    )
    whole = [name for name, dtype in COUNTS.items() if dtype == COUNT]
    counted = counted.fillna(dict.fromkeys(whole, 0))
    held = pd.concat([selection.events, selection.sessions])
    listed = _rows_of(held[held["has_registrations"]], names, keys)
    recorded = _rows_of(held[held["is_attendance_recorded"]], names, keys)
    is_held = counted["events_count"] + counted["sessions_count"] > 0
    unknown = {name: is_held & ~(recorded if name in _NOTED else listed) for name in PEOPLE}
    return counted.assign(**{name: counted[name].mask(flags) for name, flags in unknown.items()})


def _rows_of(frame: pd.DataFrame, names: list[str], keys: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of ``keys`` have a row of ``frame``."""
    found = keys[names].merge(frame[names].drop_duplicates(), on=names, how="left", indicator="found")
    return (found["found"] == "both").set_axis(keys.index)


def of_registrations(registrations: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count people by the columns ``by``, which become the index; a missing value is a group of its own.

    Columns (Int64): those of ``PEOPLE`` that registrations tell; and ``median_lead_days`` (float64).
    No row for a group without registrations.
    """
    groups = _Groups(registrations, by)
    attended = registrations["is_attended"].to_numpy()
    no_show = registrations["is_no_show"].to_numpy()
    took_part = registrations["is_participation"].to_numpy()
    has_contact = registrations["person_id"].notna().to_numpy()
    lead_days = registrations["lead_days"]
    return groups.frame(
        {
            "registrations_count": groups.total(np.ones(len(registrations))),
            "attendances_count": groups.total(attended),
            "no_shows_count": groups.total(no_show),
            "attendance_base_count": groups.total(attended | no_show),
            "participations_count": groups.total(took_part),
            "identified_participations_count": groups.total(took_part & has_contact),
            "participants_count": groups.distinct(registrations["person_id"], took_part & has_contact),
            "lead_registrations_count": groups.total(lead_days.notna().to_numpy()),
        }
    ).assign(median_lead_days=groups.median(lead_days))


def people(registrations: pd.DataFrame, by: Sequence[str]) -> pd.Series[int]:
    """Distinct people who took part, by the columns ``by``, which become the index."""
    groups = _Groups(registrations, by)
    is_counted = (registrations["is_participation"] & registrations["person_id"].notna()).to_numpy()
    return groups.frame({"participants_count": groups.distinct(registrations["person_id"], is_counted)})[
        "participants_count"
    ]


def people_in_all(registrations: pd.DataFrame) -> int:
    """Distinct people who took part."""
    return int(registrations.loc[registrations["is_participation"], "person_id"].nunique())


def of_events(events: pd.DataFrame, registrations: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count events by the columns ``by``, which become the index; a missing value is a group of its own.

    Columns (Int64): ``events_count``; ``recorded_events_count``, those where it was noted who came;
    ``seat_events_count``, those of the latter that offered a known number of seats; their ``seats_count``,
    and ``seat_attendances_count`` (people). No row for a group without events.
    """
    groups = _Groups(events, by)
    recorded = events["is_attendance_recorded"].to_numpy()
    seats = events["seats_count"].to_numpy(dtype="float64", na_value=0)
    has_seats = recorded & (seats > 0)
    by_event = registrations.loc[registrations["is_attended"], "event_number"].value_counts()
    attendances = looked_up(events["event_number"], by_event).fillna(0).to_numpy(dtype="float64")
    return groups.frame(
        {
            "events_count": groups.total(np.ones(len(events))),
            "recorded_events_count": groups.total(recorded),
            "seat_events_count": groups.total(has_seats),
            "seats_count": groups.total(np.where(has_seats, seats, 0)),
            "seat_attendances_count": groups.total(np.where(has_seats, attendances, 0)),
        }
    )


class _Groups:
    """Rows numbered by group once, so that many columns are added up without looking at the keys again."""

    def __init__(self, frame: pd.DataFrame, by: Sequence[str]) -> None:
        self._by = list(by)
        keys = frame[self._by]
        self._codes = keys.groupby(self._by, dropna=False).ngroup().to_numpy()
        _, first_rows = np.unique(self._codes, return_index=True)
        self._keys = keys.iloc[first_rows]

    def total(self, values: _Array) -> pd.Series[int]:
        """Sum of whole numbers or flags in each group."""
        sums = np.bincount(self._codes, weights=values, minlength=len(self._keys))
        return pd.Series(sums.astype("int64"))

    def distinct(self, ids: pd.Series[int], is_counted: _Array) -> pd.Series[int]:
        """Distinct ids among the counted rows of each group."""
        numbers = ids.to_numpy(dtype="int64", na_value=-1)[is_counted]
        # Both numbers in one: telling apart single integers is much faster than telling apart pairs.
        pairs = pd.Series(numbers * len(self._keys) + self._codes[is_counted]).drop_duplicates()
        return pd.Series(np.bincount(pairs % len(self._keys), minlength=len(self._keys)))

    def median(self, values: pd.Series[float]) -> _Array:
        """Median of the known values of each group, in the order of ``frame``."""
        medians = pd.Series(values.to_numpy()).groupby(self._codes).median()
        return medians.reindex(range(len(self._keys))).to_numpy(dtype="float64")

    def frame(self, columns: Mapping[str, pd.Series[int]]) -> pd.DataFrame:
        """The columns (Int64), indexed by the groups' keys."""
        index = pd.Index(self._keys[self._by[0]]) if len(self._by) == 1 else pd.MultiIndex.from_frame(self._keys)
        return pd.DataFrame(dict(columns)).astype("Int64").set_axis(index)
