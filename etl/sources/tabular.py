"""Bytes of a table file → grids of text cells with the sender's own row numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
import pandas as pd

from etl.issues import RowIssue
from etl.sources.raw import SourceError

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
class Limits:
    """How large a file may be. A file beyond a limit is refused, with the limit named."""

    max_file_bytes: int = 50_000_000
    max_unpacked_bytes: int = 400_000_000
    """All parts of a workbook together, unpacked."""
    max_parts: int = 10_000
    """Parts that a workbook's package holds."""
    max_workbook_seconds: int = 60
    """Processor time that reading one workbook may take."""
    max_workbook_memory_bytes: int = 2_000_000_000
    """Address space of the process that reads workbooks."""
    max_sheets: int = 50
    max_sheet_row: int = 1_048_576
    """Last row that a spreadsheet program can hold."""
    max_sheet_cells: int = 20_000_000
    """Area of a sheet, blank cells included: a stray cell far to the right makes every row wide."""
    max_rows: int = 300_000
    max_columns: int = 500
    max_cell_chars: int = 32_767
    max_depth: int = 60
    """Lists and objects of JSON within each other."""
    max_calendar_events: int = 20_000
    max_occurrences: int = 1_000
    """Occurrences of one event of a calendar that recurs."""
    max_recurrence_days: int = 2_000_000
    """Days that all recurring events of a calendar span together."""


DEFAULT_LIMITS: Final = Limits()


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
    keep_within("рядків", "rows", len(rows), limits.max_rows, "поділіть файл на частини", "split the file")
    check_columns(len(header), limits)
    longest = _longest(rows)
    keep_within(
        "знаків у клітинці",
        "characters in a cell",
        longest,
        limits.max_cell_chars,
        "скоротіть текст або перевірте лапки у файлі",
        "shorten the text or look for a quote left open in the file",
    )


def _longest(rows: Sequence[Row]) -> int:
    if isinstance(rows, ByColumns):
        return rows.longest()
    return max((max(map(len, cells), default=0) for _, cells in rows), default=0)


def check_columns(count: int, limits: Limits) -> None:
    """Hold a sheet to the limit of columns.

    Raises:
        SourceError: the limit is exceeded.
    """
    keep_within(
        "стовпців",
        "columns",
        count,
        limits.max_columns,
        "вилучіть зайві стовпці",
        "delete the columns that are not needed",
    )


def keep_within(what_uk: str, what_en: str, value: int, limit: int, remedy_uk: str, remedy_en: str) -> None:
    """Refuse a file that has more of something than its limit.

    Raises:
        SourceError: ``value`` is above ``limit``.
    """
    if value > limit:
        raise SourceError(
            f"забагато: {what_uk} — {value}, дозволено не більше {limit}; {remedy_uk}",
            f"too large: {value} {what_en}, at most {limit} are allowed; {remedy_en}",
        )
