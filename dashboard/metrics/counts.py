"""The counts of events and people that most metrics share, by whatever they are counted by.

People are counted as the role may know them. The public's blocks (see ``disclosure``) are the parts of one event's
list: those who took part, those who did not come, the rest. Every filter but that of participant groups leaves a
list whole or leaves it out; of chosen groups the public is shown no numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.metrics.disclosure import HIDDEN, Blocks, Disclosure, Ratio, blocks, protect, published
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, FLAG, NUMBER, TEXT, shaped

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
) -> pd.DataFrame:
    """Shape a frame with a summary's columns and make it fit for a role.

    Args:
        frame: has the columns ``own``, ``COUNTS`` and the companions that ``summary`` made.
        own: columns beside the summary, with their types; they come first.
        disclosure: who looks.
        people: those of ``own`` that count people.
        ratios: to compute beside ``RATIOS``.

    Returns:
        ``own``, ``COUNTS``, the names of ``RATIOS`` and ``ratios`` (float64), and the companions
        ``<column>_is_hidden`` of every people, ratio and median column.
    """
    companions = {name + HIDDEN: FLAG for name in (*people, *PEOPLE) if name + HIDDEN in frame or name in PEOPLE}
    return protect(
        shaped(frame, {**own, **COUNTS, **companions}),
        disclosure,
        people=(*people, *PEOPLE),
        ratios=(*RATIOS, *ratios),
        dependent=_DEPENDENT,
    )


def summary(selection: Selection, by: Sequence[str], keys: pd.DataFrame, disclosure: Disclosure) -> pd.DataFrame:
    """Counts of held events, sessions and their registrations for every row of ``keys``, people as the role may know.

    Args:
        selection: the rows to count; events, sessions and registrations have the columns ``by``.
        by: names of the columns to count by; a missing value is a group of its own.
        keys: has the columns ``by``, each combination once, and any others, which are kept.
        disclosure: who looks.

    Returns:
        ``keys`` with the columns ``COUNTS`` and the companions of ``PEOPLE``; 0 where nothing was counted. People
        are missing, not 0, where something was held and no list of it is known; attendances where nobody noted who
        came.
    """
    names = list(by)
    # What is known of a row is looked up by its place, so rows chosen out of more have to be numbered anew.
    keys = keys.reset_index(drop=True)
    sessions = selection.sessions.groupby(names, dropna=False).size()
    events = of_events(selection.events, selection, names, disclosure)
    people_counted = of_registrations(selection, names, disclosure)
    counted = (
        keys.merge(events.reset_index(), on=names, how="left")
        .merge(sessions.rename("sessions_count").reset_index(), on=names, how="left")
        .merge(people_counted.reset_index(), on=names, how="left")
    )
    whole = [name for name, dtype in COUNTS.items() if dtype == COUNT]
    companions = [name + HIDDEN for name in PEOPLE]
    counted = zero_where_nobody(counted, [*whole, *companions])
    held = pd.concat([selection.events, selection.sessions])
    listed = _rows_of(held[held["has_registrations"]], names, keys)
    recorded = _rows_of(held[held["is_attendance_recorded"]], names, keys)
    is_held = counted["events_count"] + counted["sessions_count"] > 0
    unknown = {name: is_held & ~(recorded if name in _NOTED else listed) for name in PEOPLE}
    return counted.assign(
        **{name: counted[name].mask(flags) for name, flags in unknown.items()},
        **{name + HIDDEN: counted[name + HIDDEN] & ~flags for name, flags in unknown.items()},
    )


def zero_where_nobody(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Counts that no row was found for are 0, and nothing is hidden in them."""
    counts = frame.fillna({name: 0 for name in columns if not name.endswith(HIDDEN)})
    flags = {name: frame[name].eq(other=True) for name in columns if name.endswith(HIDDEN)}
    return counts.assign(**flags)


def _rows_of(frame: pd.DataFrame, names: list[str], keys: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of ``keys`` have a row of ``frame``."""
    found = keys[names].merge(frame[names].drop_duplicates(), on=names, how="left", indicator="found")
    return (found["found"] == "both").set_axis(keys.index)


def of_registrations(selection: Selection, by: Sequence[str], disclosure: Disclosure) -> pd.DataFrame:
    """Count people by the columns ``by`` of registrations, which become the index; a missing value is a group too.

    Columns: those of ``PEOPLE`` that registrations tell (Int64, as the role may know them), their companions, and
    ``median_lead_days`` (float64). No row for a group without registrations.
    """
    registrations = selection.registrations
    if not disclosure.is_open:
        counted = _of_lists(registrations, by, disclosure)
        # Chosen groups cut lists apart, and what is left of them are no blocks.
        is_cut = bool(selection.filters.groups)
        companions = [str(name) for name in counted.columns if str(name).endswith(HIDDEN)]
        return counted.assign(**{name: counted[name] | is_cut for name in companions})
    groups = _Groups(registrations, by)
    attended = registrations["is_attended"].to_numpy()
    no_show = registrations["is_no_show"].to_numpy()
    took_part = registrations["is_participation"].to_numpy()
    has_contact = registrations["person_id"].notna().to_numpy()
    lead_days = registrations["lead_days"]
    columns = {
        "registrations_count": groups.total(np.ones(len(registrations))),
        "attendances_count": groups.total(attended),
        "no_shows_count": groups.total(no_show),
        "attendance_base_count": groups.total(attended | no_show),
        "participations_count": groups.total(took_part),
        "identified_participations_count": groups.total(took_part & has_contact),
        "participants_count": groups.distinct(registrations["person_id"], took_part & has_contact),
        "lead_registrations_count": groups.total(lead_days.notna().to_numpy()),
    }
    flags = {name + HIDDEN: False for name in columns}
    return groups.frame(columns).assign(**flags, median_lead_days=groups.median(lead_days))


def _of_lists(registrations: pd.DataFrame, by: Sequence[str], disclosure: Disclosure) -> pd.DataFrame:
    """``of_registrations`` for those who may not see small groups."""
    lists = _Lists(registrations, by, disclosure)
    columns = {
        "registrations_count": lists.signed_up,
        "attendances_count": lists.came,
        "no_shows_count": lists.missed,
        "attendance_base_count": _together(lists.came, lists.missed),
        "participations_count": lists.took_part,
        "identified_participations_count": lists.identified,
        "lead_registrations_count": lists.timed,
    }
    shown = {name: published(lists.added(found), disclosure) for name, found in columns.items()}
    shown["participants_count"] = lists.people()
    groups = lists.groups
    counted = groups.frame({name: pd.Series(values).astype(COUNT) for name, (values, _) in shown.items()})
    is_large = lists.of_rows(lists.signed_up.least >= disclosure.min_group_size)
    medians = groups.median(registrations["lead_days"].where(is_large), lists.codes_of_rows)
    return counted.assign(**{name + HIDDEN: flags for name, (_, flags) in shown.items()}, median_lead_days=medians)


def in_all(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Everyone together: one row as of ``of_registrations``, of zeros where there is nobody."""
    everyone = replace(selection, registrations=selection.registrations.assign(all=0))
    found = of_registrations(everyone, ["all"], disclosure).reindex([0])
    return zero_where_nobody(found, [name for name in found.columns if name != "median_lead_days"])


def rows_of_shown_lists(registrations: pd.DataFrame, disclosure: Disclosure) -> pd.DataFrame:
    """The rows of those who took part, without the lists that are too small for the role."""
    took_part = registrations[registrations["is_participation"] & registrations["person_id"].notna()]
    if disclosure.is_open or took_part.empty:
        return took_part
    sizes = took_part["event_number"].map(took_part["event_number"].value_counts())
    return took_part[(sizes >= disclosure.min_group_size).astype(bool)]


def of_events(events: pd.DataFrame, selection: Selection, by: Sequence[str], disclosure: Disclosure) -> pd.DataFrame:
    """Count events by the columns ``by``, which become the index; a missing value is a group of its own.

    Columns (Int64): ``events_count``; ``recorded_events_count``, those where it was noted who came;
    ``seat_events_count``, those of the latter that offered a known number of seats; their ``seats_count``,
    and ``seat_attendances_count`` (people, with its companion). No row for a group without events.
    """
    groups = _Groups(events, by)
    registrations = selection.registrations
    recorded = events["is_attendance_recorded"].to_numpy()
    seats = events["seats_count"].to_numpy(dtype="float64", na_value=0)
    has_seats = recorded & (seats > 0)
    # An event that is repeated for each of its themes has its list as often.
    names = list(dict.fromkeys(["event_number", *by]))
    came = registrations.loc[registrations["is_attended"], names]
    attended = came.groupby(names, dropna=False).size().rename("attended")
    found = events[names].merge(attended.reset_index(), on=names, how="left")
    exact = found["attended"].fillna(0).to_numpy(dtype="float64")
    is_cut = bool(selection.filters.groups) and not disclosure.is_open
    seated = blocks(np.where(has_seats, exact, 0), disclosure)
    shown, hidden = published(Blocks(groups.sum(seated.value), groups.sum(seated.least)), disclosure)
    return groups.frame(
        {
            "events_count": groups.total(np.ones(len(events))),
            "recorded_events_count": groups.total(recorded),
            "seat_events_count": groups.total(has_seats),
            "seats_count": groups.total(np.where(has_seats, seats, 0)),
            "seat_attendances_count": pd.Series(shown).astype(COUNT),
        }
    ).assign(**{"seat_attendances_count" + HIDDEN: hidden | is_cut})


def _together(*parts: Blocks) -> Blocks:
    value, least = (np.sum([getattr(part, name) for part in parts], axis=0) for name in ("value", "least"))
    return Blocks(value, least)


class _Lists:
    """The lists of some registrations, one for each event (and theme, where events are repeated for these)."""

    def __init__(self, registrations: pd.DataFrame, by: Sequence[str], disclosure: Disclosure) -> None:
        self._disclosure = disclosure
        self._registrations = registrations
        self._lists = lists = _Groups(registrations, list(dict.fromkeys(["event_number", *by])))
        self.groups = _Groups(lists.keys, by)
        took_part = registrations["is_participation"].to_numpy()
        missed = registrations["is_no_show"].to_numpy()
        self._is_counted = took_part & registrations["person_id"].notna().to_numpy()

        def of(flags: _Array) -> Blocks:
            return blocks(lists.sum(flags), disclosure)

        self.took_part, self.missed = of(took_part), of(missed)
        self.identified = of(self._is_counted)
        self.signed_up = _together(self.took_part, self.missed, of(~took_part & ~missed))
        self.came = self._where(self.took_part, lists.total(registrations["is_attended"].to_numpy()) > 0)
        # How many of a list have a time would tell about the rest of it: a list counts whole or not at all.
        timed = lists.total(registrations["lead_days"].notna().to_numpy())
        self.timed = self._where(self.signed_up, timed * 2 > lists.total(np.ones(len(registrations))))

    @staticmethod
    def _where(found: Blocks, is_counted: pd.Series[bool]) -> Blocks:
        flags = is_counted.to_numpy()
        return Blocks(np.where(flags, found.value, 0), np.where(flags, found.least, 0))

    @property
    def codes_of_rows(self) -> _Array:
        """The group of every registration."""
        return self.of_rows(self.groups.codes)

    def of_rows(self, of_lists: _Array) -> _Array:
        """What is known of a list, for each of its registrations."""
        return of_lists[self._lists.codes]

    def added(self, found: Blocks) -> Blocks:
        """Blocks of lists added up by group."""
        value, least = (self.groups.sum(numbers) for numbers in (found.value, found.least))
        return Blocks(value, least)

    def people(self) -> tuple[_Array, _Array]:
        """Distinct people of the lists that are large enough, and where there is none such though somebody came."""
        is_large = self.identified.least >= self._disclosure.min_group_size
        is_counted = self._is_counted & self.of_rows(is_large)
        ids = self._registrations["person_id"]
        distinct: _Array = self.groups.distinct(ids, is_counted, self.codes_of_rows).to_numpy(dtype="float64")
        # A hidden one needs some number that is not 0; which one is shown to nobody.
        unseen = (distinct == 0) & (self.added(self.identified).least > 0)
        return published(Blocks(np.where(unseen, 1, distinct), distinct), self._disclosure)


class _Groups:
    """Rows numbered by group once, so that many columns are added up without looking at the keys again."""

    def __init__(self, frame: pd.DataFrame, by: Sequence[str]) -> None:
        self._by = list(by)
        keys = frame[self._by]
        self.codes = keys.groupby(self._by, dropna=False).ngroup().to_numpy()
        _, first_rows = np.unique(self.codes, return_index=True)
        found = keys.iloc[first_rows]
        texts = [name for name in self._by if isinstance(found[name].dtype, pd.CategoricalDtype)]
        self.keys = found.astype(dict.fromkeys(texts, TEXT))

    def sum(self, values: _Array) -> _Array:
        """Sum of numbers in each group."""
        return np.bincount(self.codes, weights=values, minlength=len(self.keys))

    def total(self, values: _Array) -> pd.Series[int]:
        """Sum of whole numbers or flags in each group."""
        return pd.Series(self.sum(values).astype("int64"))

    def distinct(self, ids: pd.Series[int], is_counted: _Array, codes: _Array | None = None) -> pd.Series[int]:
        """Distinct ids among the counted rows of each group; ``codes``: the rows' groups, where others than given."""
        of_rows = (self.codes if codes is None else codes)[is_counted]
        numbers = ids.to_numpy(dtype="int64", na_value=-1)[is_counted]
        # Both numbers in one: telling apart single integers is much faster than telling apart pairs.
        pairs = pd.Series(numbers * len(self.keys) + of_rows).drop_duplicates()
        return pd.Series(np.bincount(pairs % len(self.keys), minlength=len(self.keys)))

    def median(self, values: pd.Series[float], codes: _Array | None = None) -> _Array:
        """Median of the known values of each group, in the order of ``frame``; ``codes`` as in ``distinct``."""
        medians = pd.Series(values.to_numpy()).groupby(self.codes if codes is None else codes).median()
        return medians.reindex(range(len(self.keys))).to_numpy(dtype="float64")

    def frame(self, columns: Mapping[str, pd.Series[int]]) -> pd.DataFrame:
        """The columns (Int64), indexed by the groups' keys."""
        index = pd.Index(self.keys[self._by[0]]) if len(self._by) == 1 else pd.MultiIndex.from_frame(self.keys)
        return pd.DataFrame(dict(columns)).astype("Int64").set_axis(index)
