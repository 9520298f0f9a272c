"""The tables of a snapshot; those that may be very long are made piece by piece, when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd
import pyarrow as pa

from etl.contract import TABLES

ROWS_AT_ONCE: Final = 122_880
"""Rows of a piece, which is also a row group of the Parquet file."""


@dataclass(frozen=True)
class Long:
    """A table that is not kept as a frame: how many rows it has, and what makes an Arrow table of some of them.

    These have the contract's Arrow schema and the order of the table's key.
    """

    rows: int
    between: Callable[[int, int], pa.Table]


class Tables(Mapping[str, pd.DataFrame]):
    """Tables by name, each a frame that conforms to the contract; a long one is made anew whenever it is asked for."""

    def __init__(self, frames: Mapping[str, pd.DataFrame | Long]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, name: str) -> pd.DataFrame:
        found = self._frames[name]
        if isinstance(found, Long):
            return TABLES[name].conform(found.between(0, found.rows).to_pandas())
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._frames

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def is_long(self, name: str) -> bool:
        """Whether a table is made piece by piece."""
        return isinstance(self._frames[name], Long)

    def pieces(self, name: str) -> Iterator[pa.Table]:
        """A table in Arrow, piece by piece; one piece without rows for an empty one."""
        found = self._frames[name]
        schema = TABLES[name].arrow_schema()
        rows = found.rows if isinstance(found, Long) else len(found)
        for start in range(0, rows, ROWS_AT_ONCE) or (0,):
            end = min(start + ROWS_AT_ONCE, rows)
            if isinstance(found, Long):
                yield found.between(start, end)
            else:
                # Without pandas' own metadata, which names library versions, equal rows give equal bytes.
                some = pa.Table.from_pandas(found.iloc[start:end], schema=schema, preserve_index=False)
                yield some.replace_schema_metadata(None)


def pieces(tables: Mapping[str, pd.DataFrame], name: str) -> Iterator[pa.Table]:
    """One of some tables piece by piece, whatever keeps them."""
    return (tables if isinstance(tables, Tables) else Tables(tables)).pieces(name)
