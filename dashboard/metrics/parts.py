"""People by what they are themselves: their participant group, where they live.

Such a part cuts through the lists of events, so it is no sum of their blocks. The public is told of it for the
whole city only, month by month, and of a month either so that the parts tell nothing about small lists, or not at
all; the parts of a period are added up from those of its months.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from dashboard.filters import Filters
from dashboard.metrics.counts import of_classes, rows_of_shown_lists, zero_where_nobody
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
from dashboard.metrics.selection import Selection

COUNTED: Final = ("registrations_count", "attendances_count", "participants_count")
"""What is told of a part."""
_NOT_FOR_PUBLIC: Final = ("no_shows_count", "attendance_base_count")
"""Told of a part beside the others, these would give away what is left of a small list."""
_COLUMNS: Final = tuple(name + end for name in (*COUNTED, *_NOT_FOR_PUBLIC) for end in ("", HIDDEN))
_CLASSES: Final = frozenset({"participant_group", "home_status", "home_district_code"})
"""Columns of registrations that make parts; with any other column beside them the parts are not told."""
_OF_ROWS: Final = {"took_part": "is_participation", "missed": "is_no_show", "attendances_count": "is_attended"}


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
    cells = selection.months.merge(keys[classes].drop_duplicates(), how="cross")
    registrations = selection.registrations
    took_part = rows_of_shown_lists(selection, disclosure)
    cells = _with_counts(cells, registrations, took_part, classes)
    lists = _lists_of(registrations)
    is_hidden = np.zeros(len(cells), dtype=bool)
    for month, rows in cells.groupby("month").indices.items():
        table = [cells[name].to_numpy(dtype="float64")[rows] for name in COUNTED]
        hidden = rows_to_hide(table, disclosure)
        if _tells_of_lists(table, hidden, lists[lists["month"] == month], disclosure):
            hidden[:] = True
        is_hidden[rows] = hidden
    shown = took_part.merge(cells.loc[~is_hidden, ["month", *classes]], on=["month", *classes])
    people = shown.groupby(by, dropna=False)["person_id"].nunique().rename("distinct")
    groups = cells.assign(is_hidden=is_hidden).groupby(by, dropna=False, sort=False)
    counted = pd.DataFrame(index=groups.size().index)
    for name in COUNTED:
        of_cells = blocks(cells[name].to_numpy(dtype="float64"), disclosure)
        value = np.where(is_hidden, disclosure.min_group_size / 2, of_cells.value)
        least = np.where(is_hidden, 0, of_cells.least)
        added = cells[by].assign(value=value, least=least).groupby(by, dropna=False, sort=False).sum()
        found = Blocks(np.asarray(added["value"], np.float64), np.asarray(added["least"], np.float64))
        if name == "participants_count":
            distinct = np.asarray(people.reindex(counted.index).fillna(0), np.float64)
            found = Blocks(np.where(distinct > 0, distinct, found.value), distinct)
        values, hidden = published(found, disclosure)
        counted[name] = pd.Series(values, index=counted.index).astype("Int64")
        counted[name + HIDDEN] = hidden
    return counted


def _with_counts(
    cells: pd.DataFrame, registrations: pd.DataFrame, took_part: pd.DataFrame, classes: list[str]
) -> pd.DataFrame:
    names = ["month", *classes]
    grouped = registrations.groupby(names, dropna=False)
    counted = pd.DataFrame(
        {
            "registrations_count": grouped.size(),
            "attendances_count": grouped["is_attended"].sum(),
            "participants_count": took_part.groupby(names, dropna=False)["person_id"].nunique(),
        }
    )
    return cells.merge(counted.reset_index(), on=names, how="left").fillna(dict.fromkeys(COUNTED, 0))


def _lists_of(registrations: pd.DataFrame) -> pd.DataFrame:
    """How many took part, came and did not come, by list, and how many are left: ``rest``."""
    grouped = registrations.groupby(["month", "event_number"])
    lists = pd.DataFrame({name: grouped[column].sum() for name, column in _OF_ROWS.items()}).reset_index()
    return lists.assign(rest=grouped.size().to_numpy() - lists["took_part"] - lists["missed"])


def _tells_of_lists(table: Sequence[Numbers], hidden: Flags, lists: pd.DataFrame, disclosure: Disclosure) -> bool:
    """Whether the parts of a month give its totals so exactly that a small block of one of its lists is narrowed.

    The totals can be worked out from the lists and from the parts, each to within their rounding. A small block
    keeps every value as long as what the parts give reaches far enough beyond what the lists give, both ways.
    """
    exact = {name: lists[name].to_numpy(dtype="float64") for name in ("took_part", "missed", "rest")}
    came = lists["attendances_count"].to_numpy() > 0
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
