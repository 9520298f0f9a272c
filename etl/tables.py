"""The tables of a snapshot; those that may be very long are made piece by piece, when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

ROWS_AT_ONCE: Final = 122_880
"""Rows of a piece, which is also a row group of the Parquet file."""


@dataclass(frozen=True)
class Long:
    """A table that is not kept as a frame: how many rows it has, and what makes a frame of some of them."""

    rows: int
    between: Callable[[int, int], pd.DataFrame]


class Tables(Mapping[str, pd.DataFrame]):
    """Tables by name, each a frame that conforms to the contract; a long one is made anew whenever it is asked for."""

    def __init__(self, frames: Mapping[str, pd.DataFrame | Long]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, name: str) -> pd.DataFrame:
        found = self._frames[name]
        return found.between(0, found.rows) if isinstance(found, Long) else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def rows(self, name: str) -> int:
        """How many rows a table has."""
        found = self._frames[name]
        return found.rows if isinstance(found, Long) else len(found)

    def is_long(self, name: str) -> bool:
        """Whether a table is made piece by piece."""
        return isinstance(self._frames[name], Long)

    def pieces(self, name: str) -> Iterator[pd.DataFrame]:
        """A table piece by piece; one piece without rows for an empty one."""
        found = self._frames[name]
        for start in range(0, self.rows(name), ROWS_AT_ONCE) or (0,):
            end = min(start + ROWS_AT_ONCE, self.rows(name))
            yield found.between(start, end) if isinstance(found, Long) else found.iloc[start:end]


def pieces(tables: Mapping[str, pd.DataFrame], name: str) -> Iterator[pd.DataFrame]:
    """One of some tables piece by piece, whatever keeps them."""
    return (tables if isinstance(tables, Tables) else Tables(tables)).pieces(name)
