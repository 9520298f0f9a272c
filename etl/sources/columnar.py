"""Regular delimited text read by columns, many times faster than line by line; what is not regular is left to others.

The records, their lines and their fields are found by where quotes, separators and line ends stand. Only when every
quote opens or closes a cell, as `csv.reader` in its strict mode demands, is the text taken: then each record lies where
that reader would see it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from etl.sources.tabular import Row

_QUOTE, _LINE_END, _RETURN = ord('"'), ord("\n"), ord("\r")
_BLOCK_BYTES: Final = 4_000_000
_FEW: Final = 10
_MOST_IRREGULAR: Final = 0.1
"""Share of records with another number of fields from which on reading line by line is no slower."""

Positions = np.ndarray[Any, np.dtype[np.int64]]
_TEXT: Final = pd.StringDtype("pyarrow", na_value=np.nan)


@dataclass(frozen=True)
class Columns(Sequence[Row]):
    """Rows that are kept by columns: cells without outer blanks. As a sequence it gives rows one by one."""

    numbers: Positions
    cells: tuple[pa.ChunkedArray, ...]

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        at = index % len(self)
        return int(self.numbers[at]), [_trimmed(column.slice(at, 1))[0].as_py() for column in self.cells]

    def __iter__(self) -> Iterator[Row]:
        columns = [_trimmed(column).to_pylist() for column in self.cells]
        return ((int(number), list(row)) for number, row in zip(self.numbers, zip(*columns, strict=True), strict=True))

    def texts(self, index: int) -> pd.Series:
        """One column, missing where a cell is blank."""
        found = _trimmed(self.cells[index])
        filled: pd.Series = pc.if_else(pc.equal(found, ""), None, found).to_pandas(types_mapper=lambda _type: _TEXT)
        return filled

    def longest(self) -> int:
        """Characters of the longest cell."""
        return max((pc.max(pc.utf8_length(column)).as_py() or 0 for column in self.cells), default=0)


def read_columns(
    body: bytes, separator: str, width: int, first_line: int, fits: Callable[[Sequence[str]], bool]
) -> tuple[Columns, list[int]] | None:
    """Read the lines below a header.

    Args:
        body: the text below the header, in UTF-8.
        separator: between fields.
        width: the header's number of fields, blank ones at its end included.
        first_line: number of the body's first line.
        fits: whether fields of another number make a row of this table all the same.

    Returns:
        The rows, and the numbers of lines that are broken; None for a text that has to be read line by line.
    """
    found = _records(body, separator)
    if found is None or width < 2:
        return None
    is_row = found.fields == width
    others = np.flatnonzero(~is_row & (found.ends > found.starts))
    if len(others) > max(_FEW, _MOST_IRREGULAR * len(is_row)):
        return None
    broken: list[int] = []
    fitting: list[tuple[int, list[str]]] = []
    for at in others:
        fields = _fields(body[found.starts[at] : found.ends[at]], separator)
        if fields is None:
            return None
        if fits(fields):
            fitting.append((int(found.lines[at]), [*fields, *[""] * width][:width]))
        elif "".join(fields).strip():
            broken.append(first_line + int(found.lines[at]))
    table = _parsed(body, found, is_row, separator, width)
    if table is None or table.num_rows != int(is_row.sum()):
        return None
    return _without_blanks(found.lines[is_row], table, fitting, first_line), broken


@dataclass(frozen=True)
class _Records:
    starts: Positions
    ends: Positions
    """Without the line's end."""
    lines: Positions
    """First line of each, from 0."""
    fields: Positions
    spans_lines: bool


def _records(body: bytes, separator: str) -> _Records | None:
    data = np.frombuffer(body, dtype=np.uint8)
    mark = ord(separator)
    if not len(data) or body.count(b"\r") != body.count(b"\r\n"):
        return None
    quotes = np.flatnonzero(data == _QUOTE)
    if not _is_regular(data, quotes, mark):
        return None
    line_ends = np.flatnonzero(data == _LINE_END)
    marks = np.flatnonzero(data == mark)
    outer_ends = line_ends
    if len(quotes):
        outer_ends = line_ends[np.searchsorted(quotes, line_ends) % 2 == 0]
        marks = marks[np.searchsorted(quotes, marks) % 2 == 0]
    after = outer_ends + 1
    starts = np.concatenate([[0], after])
    stops = np.concatenate([outer_ends, [len(data)]])
    if starts[-1] == len(data):
        starts, stops = starts[:-1], stops[:-1]
    has_return = (stops > starts) & (data[np.maximum(stops - 1, 0)] == _RETURN)
    until = np.searchsorted(marks, stops)
    return _Records(
        starts,
        stops - has_return,
        np.searchsorted(line_ends, starts),
        np.diff(until, prepend=0) + 1,
        spans_lines=len(outer_ends) < len(line_ends),
    )


def _is_regular(data: np.ndarray[Any, np.dtype[np.uint8]], quotes: Positions, mark: int) -> bool:
    """Whether each odd quote opens a cell and each even one closes it, or both stand for a quote within a cell."""
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[opening[opening > 0] - 1]
    behind = data[closing[closing < len(data) - 1] + 1]
    return bool(
        np.isin(before, (mark, _LINE_END, _QUOTE)).all() and np.isin(behind, (mark, _LINE_END, _RETURN, _QUOTE)).all()
    )


def _fields(record: bytes, separator: str) -> list[str] | None:
    if b"\n" in record:
        return None  # which of its lines are rows by themselves has to be looked at
    try:
        return next(csv.reader((record.decode(),), delimiter=separator, skipinitialspace=True, strict=True), [])
    except csv.Error:
        return None


def _parsed(
    body: bytes, found: _Records, is_row: np.ndarray[Any, np.dtype[np.bool_]], separator: str, width: int
) -> pa.Table | None:
    options = pa.csv.ConvertOptions(
        column_types={f"c{index}": pa.string() for index in range(width)}, strings_can_be_null=False
    )
    try:
        return pa.csv.read_csv(
            pa.BufferReader(_regular(body, found, is_row)),
            pa.csv.ReadOptions(
                use_threads=False, block_size=_BLOCK_BYTES, column_names=[f"c{index}" for index in range(width)]
            ),
            pa.csv.ParseOptions(delimiter=separator, newlines_in_values=found.spans_lines, ignore_empty_lines=False),
            options,
        )
    except pa.ArrowInvalid:
        return None


def _regular(body: bytes, found: _Records, is_row: np.ndarray[Any, np.dtype[np.bool_]]) -> bytes:
    """The text of the rows alone."""
    if is_row.all():
        return body
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_row, [False]]).astype(np.int8)))
    next_start = np.concatenate([found.starts, [len(body)]])
    return b"".join(body[found.starts[begin] : next_start[end]] for begin, end in edges.reshape(-1, 2))


def _without_blanks(
    lines: Positions, table: pa.Table, fitting: Sequence[tuple[int, list[str]]], first_line: int
) -> Columns:
    if fitting:
        more = pa.table(
            [pa.array(column, pa.string()) for column in zip(*(fields for _, fields in fitting), strict=True)],
            names=table.column_names,
        )
        lines = np.concatenate([lines, [line for line, _ in fitting]])
        order = np.argsort(lines, kind="stable")
        lines, table = lines[order], pa.concat_tables([table, more]).take(order)
    is_blank = pc.equal(_trimmed(table.column(0)), "")
    for column in table.columns[1:]:
        if not pc.any(is_blank).as_py():
            break
        is_blank = pc.and_(is_blank, pc.equal(_trimmed(column), ""))
    if pc.any(is_blank).as_py():
        table, lines = table.filter(pc.invert(is_blank)), lines[~is_blank.to_numpy()]
    return Columns(lines + first_line, tuple(table.columns))


def _trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.utf8_trim_whitespace(column)
