"""Registrations in memory: some small numbers a row, in the order of their events, and what each list adds up to.

Nothing here is shown: metrics ask it for sums of lists, distinct people and medians, by groups of events or of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from etl.contract import HOME_STATUSES, PARTICIPANT_GROUPS

Array = np.ndarray[Any, np.dtype[Any]]

ATTENDED, NO_SHOW, TOOK_PART, HAS_CONTACT, HAS_LEAD, HAS_TIME = (1 << bit for bit in range(6))
"""What became of a sign-up and what is known of it: flags of ``Rows.flags``. ``TOOK_PART``: came, or signed up where
nobody noted who came. ``HAS_LEAD``: the days from sign-up to event are known and not negative."""
_FLAGS: Final = 64
NEVER: Final = np.iinfo("int32").max
"""The month of what never was, after all others."""
_OF_ROWS: Final = ("people", "flags", "groups", "home_statuses", "homes", "lead_days")
_RUNS: Final = 5_000
"""Up to so many groups are counted one by one, more of them by sorting all rows."""


@dataclass(frozen=True)
class Rows:
    """Registrations of a city, or some of them: the rows of an event lie together, events in the order of months."""

    starts: Array
    """Of each event, by number: its first row."""
    counts: Array
    people: Array
    """Number of the person who took part, from 1; 0 where nobody did or the contact is unknown."""
    flags: Array
    groups: Array
    """Place of the participant group in the contract's order."""
    home_statuses: Array
    """Place of the home's status in the contract's order."""
    homes: Array
    """Place of the home district in ``home_codes``, from 1; 0 where there is none."""
    lead_days: Array
    """Days from sign-up to event; -1 where unknown."""
    person_ids: Array
    """Of each number of a person, the id; the first is nobody's."""
    first_months: Array
    """Of each number of a person: year × 12 + month of the first participation in the city, whatever was chosen."""
    home_codes: tuple[str, ...]
    lists: dict[int, Array] = field(init=False)
    """How many rows of each event, by number, have a flag; and how many name who took part."""

    def __post_init__(self) -> None:
        alone = (ATTENDED, NO_SHOW, TOOK_PART, HAS_CONTACT, HAS_LEAD, HAS_TIME)
        found = {flag: self._by_event(self.flags & flag != 0) for flag in alone}
        object.__setattr__(self, "lists", {**found, TOOK_PART | HAS_CONTACT: self._by_event(self.people > 0)})

    def __len__(self) -> int:
        return len(self.people)

    def kept(self, mask: Array) -> Rows:
        """The rows where the mask, as long as there are rows, is true."""
        before = np.concatenate([[0], np.cumsum(mask)])
        return replace(
            self,
            starts=before[self.starts],
            counts=before[self.starts + self.counts] - before[self.starts],
            **{name: getattr(self, name)[mask] for name in _OF_ROWS},
        )

    def in_order(self, numbers: Array) -> Array:
        """Numbers of events in the order in which their rows lie."""
        ordered: Array = numbers[np.argsort(self.starts[numbers], kind="stable")]
        return ordered

    def places(self, numbers: Array) -> Array | slice:
        """Where the rows of events lie, one event after the other: as a slice where nothing lies between them."""
        numbers = numbers[self.counts[numbers] > 0]
        if not len(numbers):
            return slice(0, 0)
        starts, counts = self.starts[numbers], self.counts[numbers]
        if (starts[1:] == starts[:-1] + counts[:-1]).all():
            return slice(int(starts[0]), int(starts[-1] + counts[-1]))
        return np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())

    def _by_event(self, mask: Array) -> Array:
        before = np.concatenate([[0], np.cumsum(mask, dtype="int32")])
        counted: Array = before[self.starts + self.counts] - before[self.starts]
        return counted

    def classes(self, names: Sequence[str]) -> tuple[Array, pd.DataFrame]:
        """What people are themselves: a class for each row, and what each class is, in the order of their numbers.

        Args:
            names: ``participant_group``, ``home_status`` or ``home_district_code``, or several of them.
        """
        known: dict[str, tuple[Array, Sequence[str | None]]] = {
            "participant_group": (self.groups, PARTICIPANT_GROUPS),
            "home_status": (self.home_statuses, HOME_STATUSES),
            "home_district_code": (self.homes, (None, *self.home_codes)),
        }
        codes: Array = np.zeros(1, dtype="int16")
        for name in names:
            of_rows, values = known[name]
            codes = codes * np.int16(len(values)) + of_rows
        index = pd.MultiIndex.from_product([known[name][1] for name in names], names=list(names))
        return codes, index.to_frame(index=False).astype("str")

    def frame(self, numbers: Array) -> pd.DataFrame:
        """The rows of some events, for metrics that need them one by one, in the order of their events.

        Columns: ``event_number``, ``person_id`` (of those who took part) and ``first_month``, ``participant_group``,
        ``home_status``, ``home_district_code``, ``is_attended``, ``is_no_show``, ``is_participation``, ``lead_days``.
        """
        numbers = self.in_order(numbers)
        place = self.places(numbers)
        people, flags, lead_days = self.people[place], self.flags[place], self.lead_days[place]
        columns = {
            "event_number": np.repeat(numbers, self.counts[numbers]),
            "person_id": pd.Series(self.person_ids[people], dtype="Int64").mask(people == 0),
            "first_month": _days_of_months(self.first_months[people]),
            "participant_group": _texts(self.groups[place], PARTICIPANT_GROUPS),
            "home_status": _texts(self.home_statuses[place], HOME_STATUSES),
            "home_district_code": _texts(self.homes[place] - 1, self.home_codes),
            "is_attended": flags & ATTENDED != 0,
            "is_no_show": flags & NO_SHOW != 0,
            "is_participation": flags & TOOK_PART != 0,
            "lead_days": np.where(lead_days < 0, np.nan, lead_days),
        }
        return pd.DataFrame(columns)


@dataclass(frozen=True)
class Runs:
    """The rows of some events in the order of the events' groups."""

    place: Array | slice
    bounds: Array
    """Where in ``place`` each group begins, and the end."""

    @classmethod
    def of(cls, rows: Rows, numbers: Array, codes: Array, groups: int) -> Runs:
        """Args: numbers of events, each as often as it has groups; the groups' codes from 0; how many groups."""
        order = np.lexsort((rows.starts[numbers], codes))
        sizes = np.bincount(codes, weights=rows.counts[numbers], minlength=groups)
        return cls(rows.places(numbers[order]), np.concatenate([[0], np.cumsum(sizes)]).astype("int64"))

    @property
    def codes(self) -> Array:
        """The group of every row."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))


def distinct(people: Array, bounds: Array) -> Array:
    """How many different people there are in each run; nobody, 0, is none of them.

    Args:
        people: numbers of people, the rows of one run together.
        bounds: where each run begins, and the end.
    """
    size = int(people.max(initial=0)) + 1
    runs = len(bounds) - 1
    if runs > _RUNS:
        keys = each_once(np.repeat(np.arange(runs), np.diff(bounds)) * size + people)
        return np.bincount(keys[keys % size != 0] // size, minlength=runs)
    counted = np.zeros(runs, dtype="int64")
    seen = np.zeros(size, dtype=bool)
    for run in np.flatnonzero(np.diff(bounds)):
        those = people[bounds[run] : bounds[run + 1]]
        # A mark for each person is fast as long as looking through all marks is.
        if size < 100 * len(those):
            seen[those] = True
            counted[run] = np.count_nonzero(seen[1:])
            seen[:] = False
        else:
            in_order = np.sort(those)
            counted[run] = np.count_nonzero(_is_first(in_order) & (in_order > 0))
    return counted


def medians(days: Array, bounds: Array) -> Array:
    """Median of the known days, which are not negative, in each run; missing where there are none."""
    runs = len(bounds) - 1
    if runs > _RUNS:
        return _medians_of_many(days, bounds)
    found = np.full(runs, np.nan)
    for run in np.flatnonzero(np.diff(bounds)):
        ends = np.bincount(days[bounds[run] : bounds[run + 1]] + 1)[1:].cumsum()
        if len(ends) and ends[-1]:
            found[run] = np.searchsorted(ends, [(ends[-1] - 1) // 2, ends[-1] // 2], side="right").mean()
    return found


def _medians_of_many(days: Array, bounds: Array) -> Array:
    runs, width = len(bounds) - 1, int(days.max(initial=0)) + 1
    keys = (np.repeat(np.arange(runs), np.diff(bounds)) * width + days)[days >= 0]
    keys.sort()
    sizes = np.bincount(keys // width, minlength=runs)
    starts = np.cumsum(sizes) - sizes
    # The two in the middle, which are one and the same of an odd number.
    middle = np.stack([starts + (sizes - 1) // 2, starts + sizes // 2])[:, sizes > 0]
    found = np.full(runs, np.nan)
    found[sizes > 0] = (keys[middle] % width).mean(axis=0)
    return found


def by_class(runs: Runs, rows: Rows, classes: Array, width: int) -> tuple[Array, Array]:
    """Rows counted by group of their event and by a class of their own.

    Args:
        runs: the rows and their groups.
        rows: of which they are.
        classes: the class of each row of ``rows``, below ``width``.
        width: how many classes there are.

    Returns:
        One row per group and class, group by group: how many rows have each value of ``Rows.flags``; and the number
        of different people.
    """
    of_rows, flags, people = (column[runs.place] for column in (classes, rows.flags, rows.people))
    flagged = np.zeros((len(runs.bounds) - 1, width, _FLAGS), dtype="int64")
    participants = np.zeros((len(runs.bounds) - 1, width), dtype="int64")
    for run in np.flatnonzero(np.diff(runs.bounds)):
        here = slice(runs.bounds[run], runs.bounds[run + 1])
        found = np.bincount(of_rows[here] * np.int32(_FLAGS) + flags[here], minlength=width * _FLAGS)
        flagged[run] = found.reshape(width, _FLAGS)
        # Small whole numbers are put in order by their digits, which takes no comparing.
        order = np.argsort(of_rows[here].astype("uint16"), kind="stable")
        bounds = np.concatenate([[0], np.cumsum(flagged[run].sum(axis=1))])
        participants[run] = distinct(people[here][order], bounds)
    return flagged.reshape(-1, _FLAGS), participants.reshape(-1)


def flags_of(counted: Array, flag: int) -> Array:
    """How many of the rows that ``by_class`` counted have all of a flag's bits."""
    having = [value for value in range(_FLAGS) if value & flag == flag]
    total: Array = counted[:, having].sum(axis=1)
    return total


def each_once(numbers: Array) -> Array:
    """The different numbers in their order, which is much faster to tell by sorting than by hashing."""
    in_order = np.sort(numbers)
    once: Array = in_order[_is_first(in_order)]
    return once


def _is_first(in_order: Array) -> Array:
    return np.concatenate([[True], in_order[1:] != in_order[:-1]])[: len(in_order)]


def month_numbers(days: pd.Series[pd.Timestamp]) -> Array:
    """Year × 12 + month of days, counted from 0; a number after all others where the day is missing."""
    numbers = days.dt.year * 12 + days.dt.month - 1
    return numbers.fillna(NEVER).to_numpy(dtype="int32")


def _days_of_months(numbers: Array) -> Array:
    months = np.where(numbers == NEVER, np.datetime64("NaT"), (numbers - np.int64(1970 * 12)).astype("datetime64[M]"))
    days: Array = months.astype("datetime64[us]")
    return days


def _texts(codes: Array, values: Sequence[str]) -> pd.Categorical:
    numbers: np.ndarray[Any, np.dtype[np.int64]] = codes.astype("int64")
    return pd.Categorical.from_codes(numbers, categories=pd.Index(list(values), dtype="str"))
