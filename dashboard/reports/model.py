"""The month's report as data: what it says, in one language, for one role; how it looks is a renderer's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
    id: str | None = None
    """Code of the district, id of the theme or space; None for what has none."""


@dataclass(frozen=True)
class Table:
    """Figures by district, theme or space; the first column is what the rows are ordered by."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Stated:
    """One number that a sentence says."""

    figure_id: str
    subject: str | None
    """The district, theme or space by name; None where it is the whole city's."""
    month: date
    cell: Cell


@dataclass(frozen=True)
class Finding:
    """One sentence about the month, and the numbers that it rests on."""

    kind: str
    text: str
    rests_on: tuple[Stated, ...]


class ChartKind(StrEnum):
    """How a chart's series are drawn."""

    MONTHS = "months"
    """Along time, a label per month."""
    BARS = "bars"
    """Lying bars, a label per thing, the largest first."""


@dataclass(frozen=True)
class Series:
    """One line, or one bar per label."""

    name: str
    colour: str
    cells: tuple[Cell, ...]
    """As many as the chart has labels."""


@dataclass(frozen=True)
class Chart:
    """A chart as data."""

    chart_id: str
    kind: ChartKind
    figure_id: str
    title: str
    """The finding, where there is one; else what is shown."""
    subtitle: str
    """What is shown, its unit and the time it is about."""
    labels: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Area:
    """A district on a map: its polygons, each a tuple of rings of (longitude, latitude), the outer ring first."""

    name: str
    cell: Cell
    colour: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
    id: str | None = None
    """The district's code."""


@dataclass(frozen=True)
class LegendEntry:
    """One class of a map."""

    colour: str
    label: str


@dataclass(frozen=True)
class Point:
    """A space on a map; spaces whose place is not known are on none."""

    name: str
    kind: str
    """A value of `etl.contract.SPACE_KINDS`."""
    longitude_deg: float
    latitude_deg: float


@dataclass(frozen=True)
class CityMap:
    """The city's districts coloured by one figure, and its spaces."""

    figure_id: str
    title: str
    subtitle: str
    areas: tuple[Area, ...]
    legend: tuple[LegendEntry, ...]
    lines: tuple[tuple[tuple[float, float], ...], ...]
    """What helps to find one's way, such as the river: (longitude, latitude) along each line."""
    points: tuple[Point, ...]


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
class Named:
    """A city, district or theme: its code or id, and its names."""

    id: str
    name_uk: str
    name_en: str


@dataclass(frozen=True)
class Place:
    """What is public about a space."""

    id: str
    name_uk: str
    name_en: str | None
    kind: str
    """A value of `etl.contract.SPACE_KINDS`."""
    district_code: str | None
    location_status: str
    """A value of `etl.contract.LOCATION_STATUSES`."""
    longitude_deg: float | None
    latitude_deg: float | None
    opened_on: date | None
    closed_on: date | None
    origin: str
    """A value of `etl.contract.ORIGINS`."""


@dataclass(frozen=True)
class Register:
    """Everything of the city that a number may be about, each with its id: what joins the report's data to others."""

    city: Named | None = None
    districts: tuple[Named, ...] = ()
    themes: tuple[Named, ...] = ()
    spaces: tuple[Place, ...] = ()


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
    findings: tuple[Finding, ...]
    figures: tuple[FigureRow, ...]
    districts: Table
    themes: Table
    spaces: Table
    silent_spaces: tuple[str, ...]
    charts: tuple[Chart, ...]
    maps: tuple[CityMap, ...]
    gaps: tuple[Gap, ...]
    account: Account
    sources: Sources
    definitions: tuple[str, ...]
    """Ids of every figure that the report shows, in the catalogue's order."""
    register: Register = Register()
    circumstances: tuple[str, ...] = ()
    """What to mind when the month is set beside the one before it."""
    every_space: Table = Table((), ())
    """Every space with an event in the month, in the order and with the columns of ``spaces``."""


@dataclass(frozen=True)
class Change:
    """One number that an edition states otherwise than the edition before it."""

    place: str
    """Where it stands: the heading of the figures, or of a table, and the row's name."""
    figure_id: str
    month: date
    before: Cell | None
    """None where the earlier edition had no such row."""
    after: Cell | None


@dataclass(frozen=True)
class Edition:
    """A report as it goes out: the one argument of every renderer."""

    report: Report
    number: int | None
    """From 1 for each city, month and role; None for a draft, which is filed nowhere and says so."""
    issued_on: date | None
    changes: tuple[Change, ...]
    """What differs from the edition before; none for the first."""
    why: tuple[str, ...]
    """Why it differs, in the report's language: files that came, changed or went, another version of the program."""

    @property
    def stem(self) -> str:
        """The name of its files, without ending."""
        report = self.report
        number = "draft" if self.number is None else f"{self.number}"
        return f"civicspace-{report.city_id}-{report.month:%Y-%m}-{report.disclosure.role}-{number}-{report.lang}"


def draft(report: Report) -> Edition:
    """The report as a draft."""
    return Edition(report, None, None, (), ())
