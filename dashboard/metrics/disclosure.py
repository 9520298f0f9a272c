"""Disclosure control: what the public role may learn about small groups of people.

An analyst sees every count. To the public role

* a count of 1 to ``min_group_size - 1`` people is missing, and its companion ``<column>_is_hidden`` is true;
* every other count is rounded to the nearest multiple of 5 (never down to 0), totals too, each on its own, so
  that subtracting shown numbers gives a hidden one only to within several people; zero stays zero;
* where the cells of a table add up to a total that is shown elsewhere and exactly one of them is hidden,
  the next smallest is hidden as well, and more of them where the total would still give a hidden one away;
  a table whose total is itself hidden is hidden whole, with its zeros;
* rates, shares and per-resident figures are computed from what is left, never from the exact counts, and
  are hidden when either of their counts is; a median is hidden with the count it rests on.

This is the usual small-number control of statistical offices (primary and secondary cell suppression with
rounding; Hundepool et al., *Statistical Disclosure Control*, 2012, ch. 4-5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.settings import DEFAULT_MIN_GROUP_SIZE, SMALLEST_MIN_GROUP_SIZE, Role

_Numbers = np.ndarray[Any, np.dtype[np.float64]]
_Flags = np.ndarray[Any, np.dtype[np.bool_]]

ROUND_TO: Final = 5
HIDDEN: Final = "_is_hidden"
"""Ending of the companion column that tells hidden from unknown."""


@dataclass(frozen=True)
class Disclosure:
    """Who looks, and from how many people on a count may be shown to the public.

    Raises:
        ValueError: ``min_group_size`` is below 2.
    """

    role: Role
    min_group_size: int = DEFAULT_MIN_GROUP_SIZE

    def __post_init__(self) -> None:
        if self.min_group_size < SMALLEST_MIN_GROUP_SIZE:
            raise ValueError(f"min_group_size is {self.min_group_size}; it must be at least {SMALLEST_MIN_GROUP_SIZE}")

    @property
    def is_open(self) -> bool:
        """Whether exact counts may be shown."""
        return self.role is Role.ANALYST


@dataclass(frozen=True)
class Ratio:
    """A column to compute from two others: ``part / whole * factor``; missing where the whole is 0."""

    name: str
    part: str
    whole: str
    factor: float = 100.0


def protect(
    frame: pd.DataFrame,
    disclosure: Disclosure,
    *,
    people: Sequence[str],
    ratios: Sequence[Ratio] = (),
    dependent: Mapping[str, str] | None = None,
    adds_up_within: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Make a frame fit for a role.

    Args:
        frame: any frame; not changed.
        disclosure: the role and the threshold.
        people: columns (Int64) that count people.
        ratios: columns to compute, from counts as they may be shown.
        dependent: column → the people column it rests on; hidden where that is hidden.
        adds_up_within: columns whose equal values bound one table with a shown total; an empty sequence
            when the whole frame is one such table; None when no total is shown.

    Returns:
        The frame with the ratios (float64) and, for each people, ratio and dependent column, its
        ``<column>_is_hidden`` (bool). Both roles get the same columns.

    Raises:
        KeyError: a named column is not in the frame.
    """
    columns: dict[str, pd.Series] = {}
    hidden: dict[str, _Flags] = {}
    nothing = np.zeros(len(frame), dtype=bool)
    for name in people:
        exact = frame[name].to_numpy(dtype="float64", na_value=np.nan)
        hidden[name] = nothing
        if not disclosure.is_open:
            hidden[name] = _hidden_cells(frame, exact, disclosure.min_group_size, adds_up_within)
            exact = np.where(hidden[name], np.nan, _rounded(exact))
        columns[name] = pd.Series(exact, index=frame.index).astype("Int64")
    shown = frame.assign(**columns)
    for ratio in ratios:
        part = shown[ratio.part].to_numpy(dtype="float64", na_value=np.nan)
        whole = shown[ratio.whole].to_numpy(dtype="float64", na_value=np.nan)
        share = np.divide(part, whole, out=np.full(len(frame), np.nan), where=whole != 0) * ratio.factor
        columns[ratio.name] = pd.Series(share, index=frame.index)
        hidden[ratio.name] = hidden.get(ratio.part, nothing) | hidden.get(ratio.whole, nothing)
    for name, base in (dependent or {}).items():
        columns[name] = frame[name].mask(hidden[base])
        hidden[name] = hidden[base]
    return frame.assign(**columns, **{name + HIDDEN: flags for name, flags in hidden.items()})


def _rounded(exact: _Numbers) -> _Numbers:
    # Python and numpy round halves to even; with whole numbers and a step of 5 there are no halves.
    nearest = np.round(exact / ROUND_TO) * ROUND_TO
    return np.where((exact > 0) & (nearest == 0), ROUND_TO, nearest)


def _hidden_cells(
    frame: pd.DataFrame, exact: _Numbers, min_group_size: int, adds_up_within: Sequence[str] | None
) -> _Flags:
    small = (exact >= 1) & (exact < min_group_size)
    if adds_up_within is None or not small.any():
        return small
    if not adds_up_within:
        return _hidden_in_table(exact, small, min_group_size)
    tables = frame.groupby(list(adds_up_within), dropna=False, sort=False).ngroup().to_numpy()
    hidden = small.copy()
    for table in np.unique(tables[small]):
        rows = np.flatnonzero(tables == table)
        hidden[rows] = _hidden_in_table(exact[rows], small[rows], min_group_size)
    return hidden


def _hidden_in_table(exact: _Numbers, small: _Flags, min_group_size: int) -> _Flags:
    """The small cells of one table, and as many of the next smallest as it takes to keep them unknown."""
    if np.nansum(exact) < min_group_size:
        # Everyone in the table is in the small cells: even its zeros would tell where they are not.
        return ~np.isnan(exact) & small.any()
    hidden = small.copy()
    others = np.flatnonzero(~small & (exact > 0))
    for cell in others[np.argsort(exact[others], kind="stable")]:
        if not _can_be_told(exact, small, hidden, min_group_size):
            break
        hidden[cell] = True
    return hidden


def _can_be_told(exact: _Numbers, small: _Flags, hidden: _Flags, min_group_size: int) -> bool:
    """Whether the shown cells and the rounded total leave only one value for a small cell.

    Who knows these rules knows that a shown count stands for all within 2 of it, a small cell for 1 to
    ``min_group_size - 1``, and a cell hidden besides for no less than the threshold and no more than the
    smallest that is shown. If the hidden cells can only add up to their least or their most, each is known.
    """
    if hidden.sum() == 1:
        return True
    slack = ROUND_TO // 2
    shown = _rounded(exact[~hidden & (exact > 0)])
    total = _rounded(np.nansum(exact, keepdims=True))[0]
    most = total + slack - np.maximum(shown - slack, min_group_size).sum()
    least = max(total - slack, min_group_size) - (shown + slack).sum()
    small_count, other_count = small.sum(), (hidden & ~small).sum()
    ceiling = shown.min() + slack if shown.size else most
    return bool(
        most <= small_count + other_count * min_group_size
        or least >= small_count * (min_group_size - 1) + other_count * ceiling
    )
