"""The tables of the open data package: long and tidy, every column described once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.filters import add_months
from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Unit
from dashboard.reports import figures
from dashboard.reports.grids import unit_of
from dashboard.reports.model import Cell, Named, Report, Table
from dashboard.reports.tables import plain, rounded, shown
from dashboard.text import open_data as words
from dashboard.text import pages as page_words
from etl.contract import LOCATION_STATUSES, ORIGINS, SPACE_KINDS

NONE: Final = "none"
"""Stands where an event has no district or no theme."""

Value = str | date | bool | int | float | None


@dataclass(frozen=True)
class Column:
    """One column; its words stand in `dashboard.text.open_data.COLUMNS`."""

    name: str
    type: str = "string"
    """A type of Table Schema."""
    is_required: bool = True
    values: tuple[str, ...] = ()
    """What may stand in it, where that is a list."""


@dataclass(frozen=True)
class OpenTable:
    """One table. Every row has as many values as there are columns."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: Mapping[str, tuple[str, str]]
    """Column → table and column that it refers to."""
    rows: tuple[tuple[Value, ...], ...]


_MONTH: Final = Column("month", "date")
_FIGURE: Final = Column("figure_id")
_NAMES: Final = (Column("name_uk"), Column("name_en"))
_NUMBER: Final = (
    Column("value", "number", is_required=False),
    Column("is_hidden", "boolean"),
    Column("unit", values=tuple(unit.value for unit in Unit)),
)
_OF_FIGURE: Final = ("figure_list", "figure_id")


def tables(report: Report) -> tuple[OpenTable, ...]:
    """Every table of a report; first the numbers, then the lists they refer to, last the dictionary."""
    numbers = (
        _long("figures", (_MONTH, _FIGURE), _figures(report), {}),
        _bases(report),
        _by_thing("districts", "district_code", report.districts, report.month),
        _by_thing("themes", "theme_id", report.themes, report.month),
        _by_thing("spaces", "space_id", report.every_space, report.month),
        _gaps(report),
        _long("account", (_FIGURE,), _account(report), {}),
    )
    lists = (
        _figure_list(numbers),
        _list("district_list", "district_code", report.register.districts, "none.district"),
        _list("theme_list", "theme_id", report.register.themes, "none.theme"),
        _space_list(report),
        _gap_list(report),
    )
    described = (*numbers, *lists)
    return (*described, _dictionary(described))


def _long(
    name: str,
    key: Sequence[Column],
    cells: Iterable[tuple[tuple[Value, ...], str, Cell]],
    refers: Mapping[str, tuple[str, str]],
) -> OpenTable:
    """A table with one number a row: what it is about, the number, whether it is hidden, its unit."""
    return OpenTable(
        name,
        (*key, *_NUMBER),
        tuple(column.name for column in key),
        {"figure_id": _OF_FIGURE, **refers},
        tuple(
            (*about, figure_id, shown(figure_id, cell), cell.is_hidden, unit_of(figure_id).value)
            for about, figure_id, cell in cells
        ),
    )


def _figures(report: Report) -> Iterator[tuple[tuple[Value, ...], str, Cell]]:
    for row in report.figures:
        for back, cell in zip(range(1 - len(row.trend), 1), row.trend, strict=True):
            yield (add_months(report.month, back),), row.figure_id, cell


def _bases(report: Report) -> OpenTable:
    return OpenTable(
        "bases",
        (
            _MONTH,
            _FIGURE,
            Column("base_id"),
            Column("base_value", "number", is_required=False),
            Column("base_is_hidden", "boolean"),
            Column("coverage_id", is_required=False),
            Column("coverage_pct", "number", is_required=False),
        ),
        ("month", "figure_id"),
        {"figure_id": _OF_FIGURE, "base_id": _OF_FIGURE, "coverage_id": _OF_FIGURE},
        tuple(
            (
                report.month,
                row.figure_id,
                row.base_id,
                shown(row.base_id, row.base),
                row.base.is_hidden,
                row.coverage_id,
                None if row.coverage_id is None else shown(row.coverage_id, Cell(row.coverage_pct)),
            )
            for row in report.figures
            if row.base_id is not None
        ),
    )


def _by_thing(name: str, key: str, table: Table, month: date) -> OpenTable:
    cells = (
        ((column.month or month, row.id or NONE), column.figure_id, cell)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    lists = {"district_code": "district_list", "theme_id": "theme_list", "space_id": "space_list"}
    return _long(name, (_MONTH, Column(key), _FIGURE), cells, {key: (lists[key], key)})


def _gaps(report: Report) -> OpenTable:
    cells = (
        ((report.month, gap.gap), figure_id, cell)
        for gap in report.gaps
        for figure_id, cell in (("missing_count", gap.missing), ("all_count", gap.all), ("gap_pct", gap.share))
    )
    return _long("gaps", (_MONTH, Column("gap_id"), _FIGURE), cells, {"gap_id": ("gap_list", "gap_id")})


def _account(report: Report) -> Iterator[tuple[tuple[Value, ...], str, Cell]]:
    given = report.account
    yield (), "files_count", Cell(float(given.files_count))
    yield (), "rows_read_count", given.read
    yield (), "rows_loaded_count", given.loaded
    yield (), "rows_duplicate_count", given.duplicate
    yield (), "rows_rejected_count", given.rejected


def _figure_list(numbers: Sequence[OpenTable]) -> OpenTable:
    """Every figure that a table refers to, in the catalogue's order; counts that others rest on have only names."""
    asked: set[Value] = set()
    for table in numbers:
        places = [at for at, column in enumerate(table.columns) if table.refers.get(column.name) == _OF_FIGURE]
        asked.update(row[at] for row in table.rows for at in places)
    texts = [f"{name}_{lang}" for name in ("definition", "leaves_out", "formula") for lang in ("uk", "en")]
    return OpenTable(
        "figure_list",
        (
            _FIGURE,
            Column("unit", values=tuple(unit.value for unit in Unit)),
            Column("decimals_count", "integer"),
            *_NAMES,
            *(Column(name, is_required=False) for name in (*texts, "formula_source")),
        ),
        ("figure_id",),
        {},
        tuple(_figure(figure_id) for figure_id in (*FIGURES, *SUPPORTING) if figure_id in asked),
    )


def _figure(figure_id: str) -> tuple[Value, ...]:
    head = (figure_id, unit_of(figure_id).value)
    names = (figures.name(figure_id, "uk"), figures.name(figure_id, "en"))
    if figure_id in SUPPORTING:
        return (*head, SUPPORTING[figure_id].decimals, *names, *[None] * 7)
    figure = FIGURES[figure_id]
    return (
        *head,
        figure.decimals,
        *names,
        figure.sentence_uk,
        figure.sentence_en,
        figure.leaves_out_uk,
        figure.leaves_out_en,
        figure.formula_uk,
        figure.formula_en,
        figure.formula_source,
    )


def _list(name: str, key: str, listed: Iterable[Named], none: str) -> OpenTable:
    rows = (*listed, Named(NONE, words.say(none, "uk"), words.say(none, "en")))
    return OpenTable(
        name,
        (Column(key), *_NAMES),
        (key,),
        {},
        tuple((each.id, plain(each.name_uk), plain(each.name_en)) for each in rows),
    )


def _space_list(report: Report) -> OpenTable:
    return OpenTable(
        "space_list",
        (
            Column("space_id"),
            Column("name_uk"),
            Column("name_en", is_required=False),
            Column("kind", values=SPACE_KINDS),
            Column("district_code"),
            Column("location_status", values=LOCATION_STATUSES),
            Column("longitude_deg", "number", is_required=False),
            Column("latitude_deg", "number", is_required=False),
            Column("opened_on", "date", is_required=False),
            Column("closed_on", "date", is_required=False),
            Column("origin", values=ORIGINS),
        ),
        ("space_id",),
        {"district_code": ("district_list", "district_code")},
        tuple(
            (
                place.id,
                plain(place.name_uk),
                None if place.name_en is None else plain(place.name_en),
                place.kind,
                place.district_code or NONE,
                place.location_status,
                degrees(place.longitude_deg),
                degrees(place.latitude_deg),
                place.opened_on,
                place.closed_on,
                place.origin,
            )
            for place in report.register.spaces
        ),
    )


def degrees(value: float | None) -> float | None:
    """A coordinate to within a tenth of a metre: more digits say nothing of a house."""
    return None if value is None else rounded(value, 6)


def _gap_list(report: Report) -> OpenTable:
    return OpenTable(
        "gap_list",
        (Column("gap_id"), *_NAMES),
        ("gap_id",),
        {},
        tuple(
            (gap.gap, page_words.say(f"gap.{gap.gap}", "uk"), page_words.say(f"gap.{gap.gap}", "en"))
            for gap in report.gaps
        ),
    )


def _dictionary(described: Sequence[OpenTable]) -> OpenTable:
    columns = tuple(Column(name) for name in ("table", "column", "type", "description_uk", "description_en"))
    made = OpenTable("dictionary", columns, ("table", "column"), {}, ())
    return OpenTable(
        made.name,
        made.columns,
        made.key,
        made.refers,
        tuple(
            (table.name, column.name, column.type, words.COLUMNS[column.name].uk, words.COLUMNS[column.name].en)
            for table in (*described, made)
            for column in table.columns
        ),
    )
