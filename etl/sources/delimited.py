"""Delimited text: its separator, and its lines, each with its exact physical number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from etl.sources.columnar import read_columns
from etl.sources.limits import Limits, keep_within
from etl.sources.tabular import HEAD_ROWS, Grid, IsHeader, Row, check_columns, check_rows, is_blank, without_blank_end

BY_COLUMNS_FROM: Final = 20_000
"""Characters of a text from which on reading it by columns pays."""
_SEPARATORS: Final = (",", ";", "\t")
_HEAD_CHARACTERS: Final = 100_000
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def read_delimited(text: str, is_header: IsHeader, limits: Limits) -> Grid:
    """Read delimited text as one grid.

    The separator is the one with which a header is recognised; between several, the one that gives most of the
    first lines the header's number of fields, then the one that gives more fields. A line with another number of
    fields than the header is broken; blank fields beyond the last header are passed over.

    Raises:
        SourceError: a limit is exceeded, or too many quotes are left open.
    """
    head = _best_head(_first_lines(text), is_header)
    if head.header is None:
        return Grid("-", tuple((record.first, record.fields) for record in head.above), separator=head.separator)
    header = without_blank_end(head.header.fields)
    check_columns(len(header), limits)
    rows, broken = _rows(text, head.header, head.separator, len(header), limits)
    check_rows(rows, header, limits)
    return Grid(
        sheet="-",
        above=tuple((record.first, record.fields) for record in head.above),
        header=header,
        rows=rows,
        broken=tuple(broken),
        separator=head.separator,
    )


def _first_lines(text: str) -> list[str]:
    top = text[:_HEAD_CHARACTERS]
    lines = list(io.StringIO(top, newline=""))
    if len(top) < len(text) and len(lines) <= 2 * HEAD_ROWS:
        return list(io.StringIO(text, newline=""))
    return lines[: 2 * HEAD_ROWS]


def _rows(text: str, header: _Record, separator: str, least: int, limits: Limits) -> tuple[Sequence[Row], list[int]]:
    """Rows below the header, and the numbers of broken lines."""
    slow = _Body([], separator, least=least, most=len(header.fields), limits=limits)
    if len(text) >= BY_COLUMNS_FROM:
        below = _below(text, header.last)
        found = read_columns(below.encode(), separator, len(header.fields), header.last + 1, slow.fits)
        if found:
            return found
    slow.lines = list(io.StringIO(text, newline=""))
    slow.read(header.last)
    return tuple(slow.rows), slow.broken


def _below(text: str, lines: int) -> str:
    """The text after its first lines."""
    start = 0
    for match in islice(_LINE_END.finditer(text), lines):
        start = match.end()
    return text[start:] if start else ""


@dataclass(frozen=True)
class _Record:
    first: int
    last: int
    """Physical lines, from 1."""
    fields: list[str]


@dataclass(frozen=True)
class _Head:
    separator: str
    above: list[_Record]
    header: _Record | None
    alike: float
    """Share of the first lines below the header that have its number of fields."""
    width: int


def _separators(lines: Sequence[str]) -> list[str]:
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip("\r\n")) == len("sep=") + 1:
        return [lines[0][4]]  # a line that Excel itself writes and obeys
    top = "".join(lines[:HEAD_ROWS])
    seen = [separator for separator in _SEPARATORS if separator in top]
    return sorted(seen, key=top.count, reverse=True) or [_SEPARATORS[0]]


def _best_head(lines: Sequence[str], is_header: IsHeader) -> _Head:
    heads = []
    for separator in _separators(lines):
        heads.append(_head(lines, separator, is_header))
        if heads[-1].alike > 0.5:
            return heads[-1]  # no other separator could give most lines a header's number of fields
    return max(heads, key=lambda head: (head.header is not None, head.alike, head.width))


def _head(lines: Sequence[str], separator: str, is_header: IsHeader) -> _Head:
    records = list(_lenient(lines[: 2 * HEAD_ROWS], separator))
    at = next((i for i, record in enumerate(records[:HEAD_ROWS]) if is_header(record.fields)), None)
    if at is None:
        width = max((len(record.fields) for record in records), default=0)
        return _Head(separator, records[:HEAD_ROWS], None, 0.0, width)
    header = records[at]
    body = [record for record in records[at + 1 :] if not is_blank(record.fields)]
    alike = sum(len(record.fields) == len(header.fields) for record in body) / max(len(body), 1)
    return _Head(separator, records[:at], header, alike, len(header.fields))


def _lenient(lines: Sequence[str], separator: str) -> Iterator[_Record]:
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    last = 0
    try:
        for fields in reader:
            yield _Record(last + 1, reader.line_num, fields)
            last = reader.line_num
    except csv.Error:
        return  # a field too long for the head of a table: what stands above it decides


@dataclass
class _Body:
    """Reads lines below the header; nothing of them goes missing from ``rows`` and ``broken`` but blank lines.

    ``csv.reader`` is strict: a quote left open, which would swallow the lines after it, is mostly an error there.
    Then only the line that opened it is broken, and reading goes on behind it.
    """

    lines: Sequence[str]
    separator: str
    least: int
    most: int
    limits: Limits
    rows: list[Row] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    open_quotes: int = 0

    def read(self, start: int) -> None:
        position = start
        while position < len(self.lines):
            position = self._read_until_trouble(position)
            keep_within("max_open_quotes", self.open_quotes, self.limits)

    def _read_until_trouble(self, start: int) -> int:
        """Read records from a line on; return the line to go on from, or the number of lines when all are read."""
        remaining = map(self.lines.__getitem__, range(start, len(self.lines)))
        reader = csv.reader(remaining, delimiter=self.separator, skipinitialspace=True, strict=True)
        first = start
        try:
            for fields in reader:
                last = start + reader.line_num
                if self.fits(fields):
                    self.rows.append((first + 1, fields))
                elif not is_blank(fields):
                    self.broken.append(first + 1)
                    if self._swallowed_rows(first, last):
                        return first + 1
                first = last
        except csv.Error:
            last = start + reader.line_num
            self.broken.append(first + 1)
            return first + 1 if self._swallowed_rows(first, last) else last
        return len(self.lines)

    def _swallowed_rows(self, first: int, last: int) -> bool:
        """Whether a broken record over several lines holds lines that are whole rows by themselves."""
        swallowed = self.lines[first + 1 : last]
        self.open_quotes += bool(swallowed)
        return any(self._is_row(line) for line in swallowed)

    def _is_row(self, line: str) -> bool:
        if line.count('"') % 2:
            return False  # the end of a quoted cell, not a row
        try:
            records = list(csv.reader((line,), delimiter=self.separator, skipinitialspace=True, strict=True))
        except csv.Error:
            return False
        return bool(records) and self.fits(records[0])

    def fits(self, fields: Sequence[str]) -> bool:
        """Whether these are the fields of a row of this table."""
        return len(fields) >= self.least and is_blank(fields[self.most :]) and not is_blank(fields)
