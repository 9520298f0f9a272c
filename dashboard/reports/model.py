"""The month's report as data: what it says, in one language, for one role; how it looks is a renderer's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.metrics.disclosure import Disclosure
from dashboard.text.words import Lang


@dataclass(frozen=True)
class Cell:
    """One number as the role may see it."""

    value: float | None
    """Missing where it is not known, or hidden."""
    is_hidden: bool = False


@dataclass(frozen=True)
class Comparison:
    """An earlier month's value, and the change since then."""

    month: date
    cell: Cell
    change: float | None
    change_pct: float | None


@dataclass(frozen=True)
class FigureRow:
    """One figure of the month."""

    figure_id: str
    cell: Cell
    comparisons: tuple[Comparison, ...]
    """With the month before and the same month a year ago; none for an unfinished month."""
    base_id: str | None
    base: Cell
    coverage_id: str | None
    coverage_pct: float | None
    trend: tuple[Cell, ...]
    """The thirteen months that end with this one."""


@dataclass(frozen=True)
class Column:
    """One column of a table: a figure, of an earlier month where one is named."""

    figure_id: str
    month: date | None = None


@dataclass(frozen=True)
class Row:
    """One row of a table, by name; ``detail`` tells rows of like names apart."""

    name: str
    detail: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Figures by district, theme or space; the first column is what the rows are ordered by."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Gap:
    """How many of the rows that a figure needs lack something."""

    gap: str
    missing: Cell
    all: Cell
    share: Cell


@dataclass(frozen=True)
class Reason:
    """Why rows were left out, merged or flagged."""

    outcome: str
    """What became of the rows."""
    text: str
    rows: Cell


@dataclass(frozen=True)
class Account:
    """What became of every row of every file about the city."""

    files_count: int
    refused_count: int
    read: Cell
    loaded: Cell
    duplicate: Cell
    rejected: Cell
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Population:
    """Districts whose population one source states for one day; no source where it is not known."""

    source: str | None
    on: date | None
    districts: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """Where the data come from."""

    files: tuple[tuple[str, int], ...]
    """What a kind of source is called, and how many files of it there are."""
    populations: tuple[Population, ...]
    boundaries: str


@dataclass(frozen=True)
class Report:
    """One month of one city."""

    city_id: str
    city: str
    month: date
    lang: Lang
    disclosure: Disclosure
    restrictions: tuple[str, ...]
    """What was chosen, when not everything."""
    snapshot_id: str
    created_at: str
    code_version: str
    as_of_on: date
    is_demo: bool
    is_unfinished: bool
    findings: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    districts: Table
    themes: Table
    spaces: Table
    silent_spaces: tuple[str, ...]
    gaps: tuple[Gap, ...]
    account: Account
    sources: Sources
    definitions: tuple[str, ...]
    """Ids of every figure that the report shows, in the catalogue's order."""

    @property
    def file_name(self) -> str:
        return f"civicspace-{self.city_id}-{self.month:%Y-%m}-{self.lang}.html"
