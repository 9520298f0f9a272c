"""Disclosure control: what the public role may learn about small groups of people.

An analyst sees every count. What the public sees is made of *blocks*: counts that share no person with one
another and that no filter cuts apart, such as those who came to one event. Of each block the public learns one
thing, and the same thing wherever it looks:

* a block of nobody is 0;
* a block of 1 to ``min_group_size - 1`` people is hidden;
* any other block is rounded to a multiple of ``Disclosure.base``, never down to 0.

Every other number is worked out from these: a sum adds rounded blocks and takes a hidden one for half the
threshold, the mean of what it can be; it is shown where its blocks prove that it counts enough people, and is
hidden otherwise. Ratios are of shown numbers. So no total, filter, period or further edition tells anything
about a block that its own cell does not, however many of them are subtracted from one another.

Where the blocks are the rows of one table (participant groups, homes), ``rows_to_hide`` hides further rows until
even somebody who knows the exact total cannot narrow a small one. Distinct people cannot be added up: they are
counted among blocks that are shown, so that hidden ones leave no trace in them.

Primary and secondary suppression with rounding: Hundepool et al., *Statistical Disclosure Control*, 2012, ch. 4-5.
Totals made of what is published: docs/adr/0011.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.metrics.shape import whole
from dashboard.settings import DEFAULT_MIN_GROUP_SIZE, SMALLEST_MIN_GROUP_SIZE, Role

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

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

    @property
    def base(self) -> int:
        """What counts are rounded to: 5, or the threshold where it is higher.

        Two neighbouring rounded numbers then lie further apart than any group that is too small to be shown.
        """
        return max(ROUND_TO, self.min_group_size)


@dataclass(frozen=True)
class Blocks:
    """What may be known of each of some counts of people; missing counts stay missing."""

    value: Numbers
    """The rounded count; for a hidden one half the threshold."""
    least: Numbers
    """How many people it holds at least, as the public can know."""


@dataclass(frozen=True)
class Ratio:
    """A column to compute from two others: ``part / whole * factor``; missing where the whole is 0."""

    name: str
    part: str
    whole: str
    factor: float = 100.0


def blocks(exact: Numbers, disclosure: Disclosure) -> Blocks:
    """What the role may know of counts that are blocks (see above)."""
    if disclosure.is_open:
        return Blocks(exact, exact)
    threshold = disclosure.min_group_size
    is_small = is_too_small(exact, disclosure)
    value = np.where(is_small, threshold / 2, _rounded(exact, disclosure.base))
    least = np.where(is_small, 1.0, np.minimum(exact, threshold))
    return Blocks(value, least)


def is_too_small(exact: Numbers, disclosure: Disclosure) -> Flags:
    """Which counts are of fewer people than the role may see; never of nobody."""
    return ~np.full(exact.shape, disclosure.is_open) & (exact >= 1) & (exact < disclosure.min_group_size)


def published(found: Blocks, disclosure: Disclosure) -> tuple[Numbers, Flags]:
    """Blocks, or sums of them, as numbers to show (missing where hidden), and which of them are hidden."""
    if disclosure.is_open:
        return found.value, np.zeros(found.value.shape, dtype=bool)
    hidden = (found.value > 0) & (found.least < disclosure.min_group_size)
    return np.where(hidden, np.nan, _rounded(found.value, disclosure.base)), hidden


def protect(
    frame: pd.DataFrame,
    disclosure: Disclosure,
    *,
    people: Sequence[str],
    ratios: Sequence[Ratio] = (),
    dependent: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Make a frame fit for a role.

    Args:
        frame: any frame; not changed.
        disclosure: the role and the threshold.
        people: columns (Int64) that count people. One whose companion ``<column>_is_hidden`` the frame already
            has is fit for the role; each cell of the others is a block of its own.
        ratios: columns to compute, from counts as they may be shown.
        dependent: column → the people column it rests on; hidden where that is hidden.

    Returns:
        The frame with the ratios (float64) and, for each people, ratio and dependent column, its
        ``<column>_is_hidden`` (bool). Both roles get the same columns.

    Raises:
        KeyError: a named column is not in the frame.
    """
    columns: dict[str, Any] = {}
    hidden: dict[str, Flags] = {}
    for name in people:
        if name + HIDDEN in frame:
            hidden[name] = frame[name + HIDDEN].to_numpy(dtype=bool)
            columns[name] = _unseen(frame[name], hidden[name])
            continue
        exact = frame[name].to_numpy(dtype="float64", na_value=np.nan)
        shown, hidden[name] = published(blocks(exact, disclosure), disclosure)
        columns[name] = whole(shown)
    nothing = np.zeros(len(frame), dtype=bool)
    for ratio in ratios:
        part, total = (_numbers(columns.get(name, frame[name])) for name in (ratio.part, ratio.whole))
        share = np.divide(part, total, out=np.full(len(frame), np.nan), where=total != 0) * ratio.factor
        columns[ratio.name] = share
        hidden[ratio.name] = hidden.get(ratio.part, nothing) | hidden.get(ratio.whole, nothing)
    for name, base in (dependent or {}).items():
        columns[name] = _unseen(frame[name], hidden[base])
        hidden[name] = hidden[base]
    return frame.assign(**columns, **{name + HIDDEN: flags for name, flags in hidden.items()})


def _unseen(column: pd.Series, hidden: Flags) -> pd.Series:
    return column.mask(hidden) if hidden.any() else column


def _numbers(column: Any) -> Numbers:
    numbers: Numbers = pd.Series(column).to_numpy(dtype="float64", na_value=np.nan)
    return numbers


def rows_to_hide(columns: Sequence[Numbers], disclosure: Disclosure) -> Flags:
    """Which rows of one table have to be hidden, with all their counts, so that no small count can be narrowed.

    Rows with a small count are hidden, and for each column where there is one, the smallest of the rows that are not
    small in it, as many as it takes: together they leave a small count any number below the threshold, even for
    whoever knows the total. Where no such row is left, all are hidden, those of nobody too.

    Args:
        columns: counts of people, each as long as the table has rows.
        disclosure: the role and the threshold.
    """
    is_small = [is_too_small(column, disclosure) for column in columns]
    hidden: Flags = np.logical_or.reduce(is_small)
    threshold = disclosure.min_group_size
    for column, small in zip(columns, is_small, strict=True):
        if not small.any():
            continue
        is_large = column >= threshold

        def is_unknown(column: Numbers = column, small: Flags = small, is_large: Flags = is_large) -> bool:
            larger = int((is_large & hidden).sum())
            # The most that one small count can be, and the least that the other hidden ones must be beside it.
            return larger > 0 and column[hidden].sum() >= (threshold - 1) + (small.sum() - 1) + larger * threshold

        while not is_unknown():
            left = is_large & ~hidden
            if not left.any():
                return np.ones_like(hidden)
            hidden[np.where(left, column, np.inf).argmin()] = True
    return hidden


def _rounded(exact: Numbers, base: int) -> Numbers:
    nearest = np.floor(exact / base + 0.5) * base
    return np.where((exact > 0) & (nearest == 0), base, nearest)
