"""Bytes of a table file → grids of text cells with the sender's own row numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
import pandas as pd

from etl.issues import RowIssue
from etl.sources.limits import Limits, keep_within

IsHeader = Callable[[Sequence[str]], bool]
"""Whether a row is the header of a known list."""

HEAD_ROWS: Final = 25
"""A header stands within this many rows from the top."""

Row = tuple[int, Sequence[str]]


@runtime_checkable
class ByColumns(Protocol):
    """Rows that are kept by columns."""

    numbers: np.ndarray[Any, np.dtype[np.int64]]

    def texts(self, index: int) -> pd.Series: ...

    def longest(self) -> int: ...


@dataclass(frozen=True)
class Grid:
    """One sheet.

    ``header`` is empty when no row is the header of a known list; then ``rows`` is empty too and ``above`` holds the
    top of the sheet. Each of ``rows`` has at least as many cells as ``header``; none is blank throughout.
    """

    sheet: str
    above: tuple[Row, ...]
    header: tuple[str, ...] = ()
    rows: Sequence[Row] = ()
    broken: tuple[int, ...] = ()
    """Numbers of lines that have another number of fields than the header."""
    separator: str | None = None
    is_1904: bool = False
    """Whether days are numbered from 1904 on, as in workbooks that an old Mac made."""
    issues: tuple[RowIssue, ...] = ()
    """What the reader of this kind of file has to say about its rows."""


def is_blank(cells: Sequence[str]) -> bool:
    """Whether no cell holds anything."""
    return not "".join(cells).strip()


def without_blank_end(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last one that holds something."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])


def check_rows(rows: Sequence[Row], header: Sequence[str], limits: Limits) -> None:
    """Hold a sheet to the limits of rows, columns and cell length.

    Raises:
        SourceError: a limit is exceeded.
    """
    keep_within("max_rows", len(rows), limits)
    check_columns(len(header), limits)
    keep_within("max_cell_chars", _longest(rows), limits)


def _longest(rows: Sequence[Row]) -> int:
    if isinstance(rows, ByColumns):
        return rows.longest()
    return max((max(map(len, cells), default=0) for _, cells in rows), default=0)


def check_columns(count: int, limits: Limits) -> None:
    """Hold a sheet to the limit of columns.

    Raises:
        SourceError: the limit is exceeded.
    """
    keep_within("max_columns", count, limits)
