"""How the columns of an export are known by their headers, and taken into a raw table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd
import pyarrow as pa

from etl.issues import RowIssue
from etl.sources.names import shown
from etl.sources.raw import RAW_COLUMNS, Dataset, RawTable
from etl.sources.tabular import ByColumns, Grid
from etl.transform.dates import serials
from etl.transform.text import fold

Columns = Mapping[str, tuple[int, ...]]
"""Field → the columns it is read from."""


def letter(index: int) -> str:
    """Name of a column, from 0, as spreadsheet programs write it: ``A``, ``Z``, ``AA``."""
    name = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        name, index = chr(ord("A") + rest) + name, index - 1
    return name


def _key(words: str) -> str:
    return words.replace(" ", "")


class Header:
    """The cells of one row, folded once for all layouts that are tried on it."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.words = tuple(fold(cell) for cell in cells)
        self.places: dict[str, list[int]] = {}
        for index, words in enumerate(self.words):
            if words:
                self.places.setdefault(_key(words), []).append(index)


@dataclass(frozen=True)
class Field:
    """One column that an export may have, under any of its names.

    Headers are compared without case, apostrophes, punctuation and blanks, earlier names first. ``question`` is
    searched in the folded words of headers that no name took. A joined field takes every column that fits and puts
    the texts one after another.
    """

    name: str
    headers: tuple[str, ...] = ()
    question: re.Pattern[str] | None = None
    is_joined: bool = False
    feeds: str = ""
    """The raw field it becomes, where that has another name."""

    @property
    def raw_name(self) -> str:
        return self.feeds or self.name

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(_key(fold(header)) for header in self.headers)

    def is_in(self, header: Header) -> bool:
        """Whether any column of a header could be this field."""
        if any(key in header.places for key in self.keys):
            return True
        return self.question is not None and any(map(self.question.search, header.words))


@dataclass(frozen=True)
class Remark:
    """Something about one row that its sender should know: the row, the raw field, the code of the reason."""

    row: int
    field: str
    code: str


@dataclass(frozen=True)
class Tidied:
    """Raw fields as far as the export has them, with ``row``; and remarks."""

    frame: pd.DataFrame
    remarks: tuple[Remark, ...] = ()


def as_they_are(cells: pd.DataFrame) -> Tidied:
    """The fields of an export that already are raw fields."""
    return Tidied(cells)


@dataclass(frozen=True)
class Layout:
    """One export: its columns, those by which it is recognised, and what makes raw fields of them."""

    format: str
    dataset: Dataset
    fields: tuple[Field, ...]
    needs: tuple[frozenset[str], ...]
    """Of each set the export has at least one field."""
    tidy: Callable[[pd.DataFrame], Tidied] = as_they_are
    event: Mapping[str, str] | None = None
    """What a mapping says of the event that the whole list is about."""
    without: tuple[str, ...] = ()
    """Headers that belong to something else."""

    def take(self, header: Header) -> Columns | None:
        """Which columns of a header are which fields; None when this is not the header of such an export."""
        if not all(any(field.is_in(header) for field in fields) for fields in self._needed):
            return None
        if any(_key(fold(name)) in header.places for name in self.without):
            return None
        taken: dict[str, tuple[int, ...]] = {}
        free = {index for indexes in header.places.values() for index in indexes}
        for field in self.fields:
            named = [index for key in field.keys for index in header.places.get(key, ()) if index in free]
            self._give(field, named, taken, free)
        for field in self.fields:
            if field.question and (field.is_joined or field.name not in taken):
                asked = [index for index in sorted(free) if field.question.search(header.words[index])]
                self._give(field, asked, taken, free)
        return taken if all(not need.isdisjoint(taken) for need in self.needs) else None

    @cached_property
    def _needed(self) -> tuple[tuple[Field, ...], ...]:
        return tuple(tuple(field for field in self.fields if field.name in need) for need in self.needs)

    @staticmethod
    def _give(field: Field, indexes: list[int], taken: dict[str, tuple[int, ...]], free: set[int]) -> None:
        chosen = indexes if field.is_joined else indexes[:1]
        if chosen:
            taken[field.name] = (*taken.get(field.name, ()), *chosen)
            free.difference_update(chosen)

    def read(self, grid: Grid, columns: Columns, context: Mapping[str, str]) -> tuple[RawTable, tuple[RowIssue, ...]]:
        """Make the raw table of a grid; only the columns taken are read.

        Returns:
            The table, and issues: a broken line for each of the grid's, then the remarks on rows.
        """
        tidied = self.tidy(_without_serials(self._cells(grid, columns), self.fields, grid.is_1904))
        wanted = ["row", *RAW_COLUMNS[self.dataset]]
        frame = side_by_side({name: tidied.frame.get(name) for name in wanted}, tidied.frame.index)
        first = {
            field.raw_name: columns[field.name][0]
            for field in reversed(self.fields)
            if field.name in columns and field.raw_name in wanted
        }
        headers = {name: grid.header[index] for name, index in first.items()}
        used = {index for indexes in columns.values() for index in indexes}
        table = RawTable(
            dataset=self.dataset,
            format=self.format,
            sheet=grid.sheet,
            frame=frame,
            headers=headers,
            unknown_columns=tuple(shown(cell) for i, cell in enumerate(grid.header) if i not in used and cell.strip()),
            context=context,
            letters={name: letter(index) for name, index in first.items()},
        )
        broken = (RowIssue(grid.sheet, number, "broken_line") for number in grid.broken)
        remarked = (RowIssue(grid.sheet, r.row, r.code, headers.get(r.field)) for r in tidied.remarks)
        return table, (*broken, *grid.issues, *remarked)

    def _cells(self, grid: Grid, columns: Columns) -> pd.DataFrame:
        """Column ``row`` and every field of the layout; a field that the export lacks is missing throughout."""
        if isinstance(grid.rows, ByColumns):
            return self._by_columns(grid.rows, columns)
        missing = _texts([None] * len(grid.rows))
        cells = {"row": pd.Series([number for number, _ in grid.rows], dtype="int64")}
        for field in self.fields:
            indexes = columns.get(field.name, ())
            if len(indexes) == 1:
                (index,) = indexes
                cells[field.name] = _texts([row[index].strip() or None for _, row in grid.rows])
            elif indexes:
                joined = (" ".join(filter(None, (row[i].strip() for i in indexes))) for _, row in grid.rows)
                cells[field.name] = _texts([text or None for text in joined])
            else:
                cells[field.name] = missing
        return pd.DataFrame(cells)

    def _by_columns(self, rows: ByColumns, columns: Columns) -> pd.DataFrame:
        cells: dict[str, pd.Series | None] = {"row": pd.Series(rows.numbers)}
        for field in self.fields:
            texts_of = [rows.texts(index) for index in columns.get(field.name, ())]
            if not texts_of:
                cells[field.name] = None
                continue
            first, *others = texts_of
            for texts in others:
                joined = first.str.cat(texts, sep=" ")
                first = joined.where(joined.notna(), first_known(first, texts))
            cells[field.name] = first
        return side_by_side(cells, pd.RangeIndex(len(rows.numbers)))


_IN_TIME: Final = frozenset(
    {
        *("starts", "starts_time", "ends", "ends_time", "event_starts", "date", "month"),
        *("registered_at", "opened_on", "closed_on", "submitted_on"),
    }
)
"""Raw fields that are days or times, which a spreadsheet may have left as numbers."""


def _without_serials(cells: pd.DataFrame, fields: Sequence[Field], is_1904: bool) -> pd.DataFrame:
    """Numbers that spreadsheets keep for days and times, as text."""
    in_time = [field.name for field in fields if field.raw_name in _IN_TIME]
    return cells.assign(**{name: serials(cells[name], is_1904=is_1904) for name in in_time})


def _texts(texts: list[str | None]) -> pd.Series:
    return pd.Series(texts, dtype="str")


def side_by_side(columns: Mapping[str, pd.Series | None], index: pd.Index) -> pd.DataFrame:
    """A frame of columns that stand in the same order, as they are; None for one of missing texts.

    Lists are many and small: to look for each column whether its index is that of the others takes longer than to
    read it.
    """
    missing = pd.array(pa.nulls(len(index), pa.large_string()), dtype="str")
    arrays = {name: missing if column is None else column.array for name, column in columns.items()}
    return pd.DataFrame(arrays, index=index, copy=False)


def first_known(preferred: pd.Series, fallback: pd.Series) -> pd.Series:
    """The preferred text, or where it is missing the other."""
    if fallback.isna().all():
        return preferred  # most exports have one of both columns
    return preferred.where(preferred.notna(), fallback)


def need(*names: str) -> frozenset[str]:
    """Fields of which an export has at least one."""
    return frozenset(names)


PERSON_FIELDS: Final = ("person_name", "person_email", "person_phone")
