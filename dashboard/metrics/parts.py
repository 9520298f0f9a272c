"""People by what they are themselves: their participant group, where they live.

Such a part cuts through the lists of events, so it is no sum of their blocks. The public is told of it for the
whole city only, month by month, and of a month either so that the parts tell nothing about small lists, or not at
all; the parts of a period are added up from those of its months.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from dashboard.filters import Filters
from dashboard.metrics.counts import of_classes, shown_lists, zero_where_nobody
from dashboard.metrics.disclosure import (
    HIDDEN,
    Blocks,
    Disclosure,
    Flags,
    Numbers,
    blocks,
    published,
    rows_to_hide,
)
from dashboard.metrics.rows import (
    ATTENDED,
    NO_SHOW,
    TOOK_PART,
    Array,
    Runs,
    distinct_by_class,
    flagged_by_class,
    flags_of,
)
from dashboard.metrics.selection import Selection

COUNTED: Final = ("registrations_count", "attendances_count", "participants_count")
"""What is told of a part."""
_NOT_FOR_PUBLIC: Final = ("no_shows_count", "attendance_base_count")
"""Told of a part beside the others, these would give away what is left of a small list."""
_COLUMNS: Final = tuple(name + end for name in (*COUNTED, *_NOT_FOR_PUBLIC) for end in ("", HIDDEN))
_CLASSES: Final = frozenset({"participant_group", "home_status", "home_district_code"})
"""Columns of registrations that make parts; with any other column beside them the parts are not told."""
_LEAST: Final = "_least"


def is_of_whole_city(selection: Selection) -> bool:
    """Whether nothing is chosen but months."""
    chosen = selection.filters
    return chosen == Filters(chosen.city, month=chosen.month, start=chosen.start, end=chosen.end)


def by_part(selection: Selection, by: Sequence[str], keys: pd.DataFrame, disclosure: Disclosure) -> pd.DataFrame:
    """Count people by columns of registrations, as the role may know them.

    Args:
        selection: the rows to count.
        by: names of the columns, ``month`` among them where months are to be told apart.
        keys: has the columns ``by``, all combinations there can be, and any others, which are kept.
        disclosure: who looks.

    Returns:
        ``keys`` with ``COUNTED``, ``no_shows_count`` and ``attendance_base_count`` (Int64) and companions; 0 where
        there was nobody. The latter two are hidden from the public, and where anything but months is chosen all is.
    """
    names = list(by)
    if disclosure.is_open:
        classes = [name for name in names if name in _CLASSES]
        counted = of_classes(selection, [name for name in names if name not in _CLASSES], classes)
        counted = counted.assign(**{name: False for name in _COLUMNS if name.endswith(HIDDEN)})
        return zero_where_nobody(keys.merge(counted.reset_index(), on=names, how="left"), _COLUMNS)
    unseen = pd.Series(pd.NA, index=keys.index, dtype="Int64")
    hidden = keys.assign(**{name: True if name.endswith(HIDDEN) else unseen for name in _COLUMNS})
    if not is_of_whole_city(selection) or not set(names) <= {"month", *_CLASSES}:
        return hidden
    counted = _of_months(selection, names, keys, disclosure)
    return hidden.drop(columns=counted.columns).merge(counted.reset_index(), on=names, how="left")


def _of_months(selection: Selection, by: list[str], keys: pd.DataFrame, disclosure: Disclosure) -> pd.DataFrame:
    classes = [name for name in by if name != "month"]
    of_rows, values = selection.rows.classes(classes)
    chosen = keys[classes].drop_duplicates().merge(values.assign(code=range(len(values))), on=classes, how="left")
    # Of a class that no row can have there is nobody: it reads the place behind the last.
    codes = chosen["code"].fillna(len(values)).to_numpy(dtype="int64")
    lists = _Lists(selection, disclosure)
    counted = [_with_nobody(each)[:, codes] for each in lists.by_class(of_rows, len(values))]
    is_hidden = np.zeros((len(selection.months), len(codes)), dtype=bool)
    for month in range(len(is_hidden)):
        table = [each[month].astype("float64") for each in counted]
        hidden = rows_to_hide(table, disclosure)
        is_hidden[month] = hidden | _tells_of_lists(table, hidden, lists.of_month(month), disclosure)
    if "month" in by:
        distinct = np.where(is_hidden, 0, counted[-1])
    else:
        is_unseen = np.zeros((len(is_hidden), len(values) + 1), dtype=bool)
        is_unseen[:, codes] = is_hidden
        people = _with_nobody(lists.people_in_all(of_rows, is_unseen[:, :-1]))[codes]
        distinct = np.broadcast_to(people, is_hidden.shape)
    cells = selection.months.merge(chosen[classes], how="cross")
    blocks_of = {
        name: blocks(each.reshape(-1).astype("float64"), disclosure)
        for name, each in zip(COUNTED, counted, strict=True)
    }
    hidden_value = disclosure.min_group_size / 2
    columns = {
        **{name: np.where(is_hidden.reshape(-1), hidden_value, found.value) for name, found in blocks_of.items()},
        **{name + _LEAST: np.where(is_hidden.reshape(-1), 0, found.least) for name, found in blocks_of.items()},
        "distinct": distinct.reshape(-1),
    }
    groups = cells.assign(**columns).groupby(by, dropna=False, sort=False)
    added, people = groups[list(columns)].sum(), groups["distinct"].max().to_numpy(dtype="float64")
    shown = pd.DataFrame(index=added.index)
    for name in COUNTED:
        found = Blocks(*(added[name + end].to_numpy(dtype="float64") for end in ("", _LEAST)))
        if name == "participants_count":
            found = Blocks(np.where(people > 0, people, found.value), people)
        numbers, hidden = published(found, disclosure)
        shown[name] = pd.Series(numbers, index=added.index).astype("Int64")
        shown[name + HIDDEN] = hidden
    return shown


def _with_nobody(counted: Array) -> Array:
    """Counts by class, and behind the last class that of none."""
    return np.concatenate([counted, np.zeros_like(counted[..., :1])], axis=-1)


class _Lists:
    """The lists of what was held, by the months of the selection."""

    def __init__(self, selection: Selection, disclosure: Disclosure) -> None:
        months = pd.concat([selection.events["month"], selection.sessions["month"]])
        self._rows, self._numbers = selection.rows, selection.held_numbers
        self._months = pd.Index(selection.months["month"]).get_indexer(pd.Index(months))
        is_shown = shown_lists(self._rows, self._numbers, disclosure)
        count = len(selection.months)
        self._all = Runs.of(self._rows, self._numbers, self._months, count)
        self._shown = Runs.of(self._rows, self._numbers[is_shown], self._months[is_shown], count)

    def by_class(self, classes: Array, width: int) -> tuple[Array, Array, Array]:
        """By month and class: all who signed up, those who came, and the people of the lists that may be shown."""
        flagged = flagged_by_class(self._all, classes, width)
        runs = self._shown
        people = distinct_by_class(runs.taken(self._rows.people), runs.bounds, runs.taken(classes), width)
        return flags_of(flagged, 0), flags_of(flagged, ATTENDED), people

    def people_in_all(self, classes: Array, is_unseen: Flags) -> Array:
        """By class: the people of all months together, of the lists that may be shown, without the unseen cells.

        Args:
            classes: the class of each row.
            is_unseen: by month and class.
        """
        runs, width = self._shown, is_unseen.shape[1]
        of_rows = runs.taken(classes).copy()
        for month in np.flatnonzero(is_unseen.any(axis=1)):
            here = of_rows[runs.bounds[month] : runs.bounds[month + 1]]
            here[is_unseen[month][here]] = width
        bounds = runs.bounds[[0, -1]]
        return distinct_by_class(runs.taken(self._rows.people), bounds, of_rows, width + 1)[0, :width]

    def of_month(self, month: int) -> dict[str, Numbers]:
        """How many of each list of a month took part, came and did not come, and how many are left: ``rest``."""
        rows = self._rows
        numbers = self._numbers[self._months == month]
        numbers = numbers[rows.counts[numbers] > 0]
        took_part, missed, attended = (rows.lists[flag][numbers] for flag in (TOOK_PART, NO_SHOW, ATTENDED))
        lists = {"took_part": took_part, "missed": missed, "attended": attended}
        lists["rest"] = rows.counts[numbers] - took_part - missed
        return {name: each.astype("float64") for name, each in lists.items()}


def _tells_of_lists(
    table: Sequence[Numbers], hidden: Flags, lists: Mapping[str, Numbers], disclosure: Disclosure
) -> bool:
    """Whether the parts of a month give its totals so exactly that a small block of one of its lists is narrowed.

    The totals can be worked out from the lists and from the parts, each to within their rounding. A small block
    keeps every value as long as what the parts give reaches far enough beyond what the lists give, both ways.
    """
    exact = {name: lists[name] for name in ("took_part", "missed", "rest")}
    came = lists["attended"] > 0
    if all((values >= disclosure.min_group_size)[values > 0].all() for values in exact.values()):
        return False
    of_lists = {name: _bounds(values, disclosure) for name, values in exact.items()}
    attended = tuple(bound[came].sum() for bound in of_lists["took_part"])
    all_ = tuple(sum(bounds[side].sum() for bounds in of_lists.values()) for side in (0, 1))
    others = (all_[0] - attended[0], all_[1] - attended[1])
    signed_up, attending = (_of_table(column, hidden, disclosure) for column in table[:2])
    neither = (signed_up[0] - attending[1], signed_up[1] - attending[0])
    room = disclosure.min_group_size - 2
    return any(
        parts[1] - known[0] < room or known[1] - parts[0] < room
        for parts, known in ((signed_up, all_), (attending, attended), (neither, others))
    )


def _bounds(exact: Numbers, disclosure: Disclosure) -> tuple[Numbers, Numbers]:
    """Least and greatest that each block may be, as the public can know."""
    threshold, half = disclosure.min_group_size, disclosure.base / 2
    found = blocks(exact, disclosure)
    is_small = (exact >= 1) & (exact < threshold)
    least = np.where(is_small, 1, np.where(exact > 0, np.maximum(threshold, found.value - half), 0))
    most = np.where(is_small, threshold - 1, np.where(exact > 0, found.value + half, 0))
    return np.ceil(least), np.floor(most)


def _of_table(column: Numbers, hidden: Flags, disclosure: Disclosure) -> tuple[float, float]:
    least, most = _bounds(column[~hidden], disclosure)
    return float(least.sum()), float("inf") if hidden.any() else float(most.sum())
