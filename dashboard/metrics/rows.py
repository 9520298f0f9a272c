"""Registrations in memory: some small numbers a row, in the order of their events, and what each list adds up to.

Nothing here is shown: metrics ask it for sums of lists, distinct people and medians, by groups of events or of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
_LONG_PIECE: Final = 100
"""Pieces of so many rows on average are copied one by one; of shorter ones each row's place is worked out."""
_AT_ONCE: Final = 1_024
"""Of so many short pieces at once: their places then stay near the processor, which is twice as fast."""
_ROWS_AT_ONCE: Final = 1 << 17
_CELLS: Final = 1 << 17
"""Up to so many days of groups are counted; of more the rows are sorted."""


@dataclass(frozen=True)
class Rows:
    """Registrations of a city, or some of them: the rows of an event lie together, events in the order of months."""

    order: Array
    """Numbers of all events, in the order in which their rows lie."""
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
    """Of each number of a person: year × 12 + month of the first participation in the city, whatever was chosen.
    People are numbered in the order of these months, the first, nobody, apart."""
    home_codes: tuple[str, ...]
    lists: dict[int, Array] = field(init=False)
    """How many rows of each event, by number, have a flag; and how many name who took part."""
    rank: Array = field(init=False)
    """Of each event, by number: its place in ``order``."""

    def __post_init__(self) -> None:
        rank = np.empty(len(self.order), dtype="int64")
        rank[self.order] = np.arange(len(self.order))
        object.__setattr__(self, "rank", rank)
        alone = (ATTENDED, NO_SHOW, TOOK_PART, HAS_CONTACT, HAS_LEAD, HAS_TIME)
        found = {flag: self._by_event(self.flags & flag != 0) for flag in alone}
        object.__setattr__(self, "lists", {**found, TOOK_PART | HAS_CONTACT: self._by_event(self.people > 0)})

    def __len__(self) -> int:
        return len(self.people)

    def kept(self, mask: Array) -> Rows:
        """The rows where the mask, as long as there are rows, is true."""
        counts = self._by_event(mask)
        starts = np.empty_like(counts)
        starts[self.order] = np.cumsum(counts[self.order]) - counts[self.order]
        places = np.flatnonzero(mask)
        return replace(self, starts=starts, counts=counts, **{name: getattr(self, name)[places] for name in _OF_ROWS})

    def in_order(self, numbers: Array, codes: Array | None = None) -> Array:
        """Numbers of events in the order in which their rows lie; where they have codes, by these before."""
        size = max(1, len(self.order))
        ranks = self.rank[numbers]
        # Whole numbers are put in order much faster than their places are.
        ordered: Array = self.order[np.sort(ranks if codes is None else codes * size + ranks) % size]
        return ordered

    def taken(self, column: Array, numbers: Array) -> Array:
        """What a column holds of the rows of events, one event after the other.

        Args:
            column: as long as there are rows.
            numbers: of the events; a part of the column itself is returned where nothing lies between their rows.
        """
        numbers = numbers[self.counts[numbers] > 0]
        starts = self.starts[numbers]
        ends = starts + self.counts[numbers]
        is_apart = starts[1:] != ends[:-1]
        starts, ends = starts[np.append(True, is_apart)[: len(starts)]], ends[np.append(is_apart, True)[: len(ends)]]
        sizes = ends - starts
        if len(sizes) == 1:
            return column[starts[0] : ends[0]]
        if sizes.sum() >= _LONG_PIECE * len(sizes):
            pieces = [column[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
            return np.concatenate([column[:0], *pieces])
        bounds = np.concatenate([[0], np.cumsum(sizes)])
        moved = starts - bounds[:-1]
        found = np.empty(bounds[-1], dtype=column.dtype)
        for first in range(0, len(sizes), _AT_ONCE):
            last = min(first + _AT_ONCE, len(sizes))
            start, end = bounds[first], bounds[last]
            places = np.repeat(moved[first:last], sizes[first:last])
            places += np.arange(start, end)
            # No place lies outside; "clip" spares a copy that only refusing such places needs.
            np.take(column, places, out=found[start:end], mode="clip")
        return found

    def first_of(self, months: Array) -> Array:
        """The lowest number of somebody whose first participation lies in each of some months or after it."""
        return np.searchsorted(self.first_months[1:], months) + 1

    def _by_event(self, mask: Array) -> Array:
        before = np.zeros(len(mask) + 1, dtype="int32" if len(mask) <= NEVER else "int64")
        np.cumsum(mask, out=before[1:])
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
        taken = {name: self.taken(getattr(self, name), numbers) for name in _OF_ROWS}
        people, flags, lead_days = (taken[name] for name in ("people", "flags", "lead_days"))
        columns = {
            "event_number": np.repeat(numbers, self.counts[numbers]),
            "person_id": pd.Series(self.person_ids[people], dtype="Int64").mask(people == 0),
            "first_month": _days_of_months(self.first_months[people]),
            "participant_group": _texts(taken["groups"], PARTICIPANT_GROUPS),
            "home_status": _texts(taken["home_statuses"], HOME_STATUSES),
            "home_district_code": _texts(taken["homes"] - 1, self.home_codes),
            "is_attended": flags & ATTENDED != 0,
            "is_no_show": flags & NO_SHOW != 0,
            "is_participation": flags & TOOK_PART != 0,
            "lead_days": np.where(lead_days < 0, np.nan, lead_days),
        }
        return pd.DataFrame(columns)


@dataclass(frozen=True)
class Runs:
    """The rows of some events in the order of the events' groups."""

    rows: Rows
    numbers: Array
    """The events, group by group, in each in the order in which their rows lie."""
    bounds: Array
    """Where among the rows each group begins, and the end."""

    @classmethod
    def of(cls, rows: Rows, numbers: Array, codes: Array, groups: int) -> Runs:
        """Args: numbers of events, each as often as it has groups; the groups' codes from 0; how many groups."""
        sizes = np.bincount(codes, weights=rows.counts[numbers], minlength=groups)
        bounds = np.concatenate([[0], np.cumsum(sizes)]).astype("int64")
        return cls(rows, rows.in_order(numbers, codes.astype("int64")), bounds)

    def taken(self, column: Array) -> Array:
        """What a column of ``rows`` holds of these."""
        return self.rows.taken(column, self.numbers)

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
    counted: Array = distinct_since(people, bounds, np.ones((1, len(bounds) - 1), dtype="int64"))[0]
    return counted


def distinct_since(people: Array, bounds: Array, since: Array) -> Array:
    """How many different people of certain numbers there are in each run.

    Args:
        people: numbers of people, the rows of one run together.
        bounds: where each run begins, and the end.
        since: for each run, a column, one or more lowest numbers that count.

    Returns:
        As many rows and columns as ``since``.
    """
    runs = len(bounds) - 1
    size = int(people.max(initial=0)) + 1
    if runs > _RUNS:
        keys = each_once(np.repeat(np.arange(runs), np.diff(bounds)) * size + people)
        at, those = keys // size, keys % size
        return np.stack([np.bincount(at[those >= lowest[at]], minlength=runs) for lowest in since])
    counted = np.zeros(since.shape, dtype="int64")
    seen = np.zeros(size, dtype=bool)
    for run in np.flatnonzero(np.diff(bounds)):
        those = people[bounds[run] : bounds[run + 1]]
        end = int(those.max()) + 1
        # A mark for each person is fast as long as looking through all marks is.
        if end < 100 * len(those):
            seen[those] = True
            counted[:, run] = [np.count_nonzero(seen[lowest:end]) for lowest in since[:, run]]
            seen[:end] = False
        else:
            in_order = np.sort(those)
            once = in_order[_is_first(in_order)]
            counted[:, run] = [np.count_nonzero(once >= lowest) for lowest in since[:, run]]
    return counted


def medians(days: Array, codes: Array, groups: int) -> Array:
    """Median of the known days, which are not negative, in each group; missing where there are none.

    Args:
        days: of each row.
        codes: the group of each row, from 0.
        groups: how many groups there are.
    """
    width = int(days.max(initial=0)) + 2
    if groups * width > _CELLS:
        return _medians_of_many(days, codes, groups)
    counted = np.zeros(groups * width, dtype="int64")
    for here in _some(0, len(days)):
        counted += np.bincount(codes[here] * np.int32(width) + days[here] + 1, minlength=len(counted))
    ends = counted.reshape(groups, width)[:, 1:].cumsum(axis=1)
    # The two in the middle, which are one and the same of an odd number.
    lower, upper = (
        (ends <= middle[:, np.newaxis]).sum(axis=1) for middle in ((ends[:, -1] - 1) // 2, ends[:, -1] // 2)
    )
    return np.where(ends[:, -1] > 0, (lower + upper) / 2, np.nan)


def _medians_of_many(days: Array, codes: Array, groups: int) -> Array:
    width = int(days.max(initial=0)) + 1
    keys = (codes.astype("int64") * width + days)[days >= 0]
    keys.sort()
    sizes = np.bincount(keys // width, minlength=groups)
    starts = np.cumsum(sizes) - sizes
    middle = np.stack([starts + (sizes - 1) // 2, starts + sizes // 2])[:, sizes > 0]
    found = np.full(groups, np.nan)
    found[sizes > 0] = (keys[middle] % width).mean(axis=0)
    return found


def flagged_by_class(runs: Runs, classes: Array, width: int) -> Array:
    """Rows counted by group of their event and by a class of their own.

    Args:
        runs: the rows and their groups.
        classes: the class of each row of ``runs.rows``, below ``width``.
        width: how many classes there are.

    Returns:
        By group and class: how many rows have each value of ``Rows.flags`` (see ``flags_of``).
    """
    of_rows, flags = runs.taken(classes), runs.taken(runs.rows.flags)
    flagged = np.zeros((len(runs.bounds) - 1, width * _FLAGS), dtype="int64")
    for run in np.flatnonzero(np.diff(runs.bounds)):
        for here in _some(runs.bounds[run], runs.bounds[run + 1]):
            values = of_rows[here] * np.int32(_FLAGS) + flags[here]
            flagged[run] += np.bincount(values, minlength=width * _FLAGS)
    return flagged.reshape(-1, width, _FLAGS)


def distinct_by_class(people: Array, bounds: Array, classes: Array, width: int) -> Array:
    """Different people by run and by class of the row.

    Args:
        people: numbers of people, the rows of one run together.
        bounds: where each run begins, and the end.
        classes: the class of each row, below ``width``.
        width: how many classes there are.
    """
    counted = np.zeros((len(bounds) - 1, width), dtype="int64")
    for run in np.flatnonzero(np.diff(bounds)):
        here = slice(bounds[run], bounds[run + 1])
        counted[run] = _people_of_classes(people[here], classes[here], width)
    return counted


def _people_of_classes(people: Array, classes: Array, width: int) -> Array:
    counted = np.zeros(width, dtype="int64")
    sizes = np.bincount(classes, minlength=width)
    there = np.flatnonzero(sizes)
    size = int(people.max()) + 1
    if len(there) * size < 10 * len(people):
        # A mark for each person in each class that there is.
        place = np.zeros(width, dtype="int64")
        place[there] = np.arange(len(there)) * size
        seen = np.zeros(len(there) * size, dtype=bool)
        for here in _some(0, len(people)):
            seen[place[classes[here]] + people[here]] = True
        counted[there] = np.count_nonzero(seen.reshape(-1, size)[:, 1:], axis=1)
        return counted
    # Small whole numbers are put in order by their digits, which takes no comparing.
    order = np.argsort(classes.astype("uint16"), kind="stable")
    return distinct(people[order], np.concatenate([[0], np.cumsum(sizes)]))


def _some(start: int, end: int) -> Iterator[slice]:
    """The rows from one to another, some at once: what is worked out of them then stays near the processor."""
    return (slice(first, min(first + _ROWS_AT_ONCE, end)) for first in range(start, end, _ROWS_AT_ONCE))


def flags_of(flagged: Array, flag: int) -> Array:
    """How many of the rows that ``flagged_by_class`` counted have all of a flag's bits; of flag 0 all."""
    having = [value for value in range(_FLAGS) if value & flag == flag]
    total: Array = flagged[..., having].sum(axis=-1)
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
