"""Rows of a frame numbered by group, for sums over many columns of hundreds of thousands of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

Array = np.ndarray[Any, np.dtype[Any]]

NUMBERS: Final = {
    name: name.removesuffix("_id").removesuffix("_code") + "_number"
    for name in ("district_code", "space_id", "kind", "network_id", "format", "theme_id", "part")
}
"""Columns of texts, and the column that numbers these texts where a frame has it: telling texts apart takes longer
than all that is counted by them. A missing text has -1."""


def numbered(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The frame with the columns of ``NUMBERS`` for some of its columns of texts."""
    return frame.assign(**{NUMBERS[name]: pd.factorize(frame[name])[0].astype("int32") for name in names})


def with_numbers(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Names of columns, each once, and after them of the columns that number them."""
    numbers = [NUMBERS[name] for name in names if name in NUMBERS and NUMBERS[name] in frame]
    return list(dict.fromkeys([*names, *numbers]))


class Groups:
    """The rows of a frame by the values of some columns; a missing value is one of its own.

    Without columns all rows are one group, and none where there are no rows.
    """

    def __init__(self, frame: pd.DataFrame, by: Sequence[str]) -> None:
        self.by = list(by)
        self.codes = _codes(frame, self.by)
        first_rows = np.zeros(int(self.codes.max(initial=-1)) + 1, dtype="int64")
        first_rows[self.codes[::-1]] = np.arange(len(self.codes))[::-1]
        self.keys = frame[self.by].iloc[first_rows]
        """The values of each group."""

    def sum(self, values: Array) -> Array:
        """Sum of numbers in each group."""
        return np.bincount(self.codes, weights=values, minlength=len(self.keys))

    @property
    def sizes(self) -> Array:
        """How many rows each group has."""
        return np.bincount(self.codes, minlength=len(self.keys))

    @property
    def index(self) -> pd.Index:
        """The values of each group, as an index."""
        return _index(self.keys)

    def indexed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame with one row a group, indexed by the groups' values."""
        return frame.set_axis(self.index)

    def places(self, keys: pd.DataFrame) -> Array:
        """The group of each row of a frame with the same columns, -1 where there is none."""
        return self.index.get_indexer(_index(keys[self.by]))


def _index(keys: pd.DataFrame) -> pd.Index:
    match len(keys.columns):
        case 0:
            return pd.RangeIndex(len(keys))
        case 1:
            only: pd.Index = pd.Index(keys.iloc[:, 0])
            return only
        case _:
            return pd.MultiIndex.from_frame(keys)


def _codes(frame: pd.DataFrame, by: Sequence[str]) -> Array:
    codes: Array = np.zeros(len(frame), dtype="int64")
    size = 1
    for name in by:
        number = NUMBERS.get(name, name)
        of_rows = frame[number].to_numpy() if number != name and number in frame else pd.factorize(frame[name])[0]
        width = int(of_rows.max(initial=-1)) + 2
        codes, size = codes * width + of_rows + 1, size * width
    if size > max(10 * len(codes), 100_000):
        return np.unique(codes, return_inverse=True)[1]
    is_there = np.zeros(size, dtype=bool)
    is_there[codes] = True
    in_order: Array = (np.cumsum(is_there) - 1)[codes]
    return in_order
