"""Charts of any page as they go into a presentation: with finding and source, and as data where that can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.theme import ACCENT
from dashboard.metrics.catalogue import FIGURES, SUPPORTING
from dashboard.reports.model import Cell, Chart, ChartKind, Series
from dashboard.reports.shown import Table
from dashboard.text.dates import month_short
from dashboard.text.words import Lang

_MOST_SERIES: Final = 3
_MOST_MONTHS: Final = 25
_MOST_BARS: Final = 14
"""Beyond these a chart of the program that shows the slides could not be read: a picture of ours can."""


@dataclass(frozen=True, eq=False)
class Exhibit:
    """A chart of a page."""

    name: str
    """By which it is kept."""
    page: str
    """What the page is called."""
    title: str
    subtitle: str
    alt: str
    source: str
    figure: go.Figure
    chart: Chart | None
    """The same as data, where a chart of the slides' own program can show it."""


def native(figure: go.Figure, table: Table | None, title: str, subtitle: str, lang: Lang) -> Chart | None:
    """A chart as data; None where it is neither lying bars of one kind nor a few lines over months.

    Args:
        figure: the chart.
        table: its numbers; the figure's own values are looked for in them, so that nothing is said that is not drawn.
        title: what it finds.
        subtitle: what it is about.
        lang: language of the months.
    """
    traces = list(figure.data)
    if table is None or not traces or not table.rows:
        return None
    if len(traces) == 1 and traces[0].type == "bar" and traces[0].orientation == "h":
        return _bars(traces[0], table, title, subtitle)
    if all(trace.type == "scatter" and trace.name and "lines" in (trace.mode or "") for trace in traces):
        return _lines(traces, table, title, subtitle, lang)
    return None


def _bars(trace: Any, table: Table, title: str, subtitle: str) -> Chart | None:
    values = list(trace.x)
    place = _column(values, table)
    if place is None or len(values) > _MOST_BARS:
        return None
    colour = trace.marker.color if isinstance(trace.marker.color, str) else ACCENT
    return Chart(
        chart_id="exhibit",
        kind=ChartKind.BARS,
        figure_id=table.names[place],
        title=title,
        subtitle=subtitle,
        labels=tuple(str(row[0]) for row in table.rows),
        series=(Series(table.headings[place], colour, tuple(_cell(row[place]) for row in table.rows)),),
    )


def _lines(traces: Sequence[Any], table: Table, title: str, subtitle: str, lang: Lang) -> Chart | None:
    if "month" not in table.written or len(traces) > _MOST_SERIES:
        return None
    at = table.written.index("month")
    months = sorted({row[at] for row in table.rows})  # type: ignore[type-var]
    if len(months) > _MOST_MONTHS or any(len(trace.y) != len(months) for trace in traces):
        return None
    found = []
    for trace in traces:
        of_line = _rows_of(trace, table, months, at)
        if of_line is None:
            return None
        found.append(of_line)
    figure_ids = {figure_id for figure_id, _ in found}
    if len(figure_ids) != 1:
        return None
    return Chart(
        chart_id="exhibit",
        kind=ChartKind.MONTHS,
        figure_id=figure_ids.pop(),
        title=title,
        subtitle=subtitle,
        labels=tuple(month_short(month, lang) for month in months),  # type: ignore[arg-type]
        series=tuple(
            Series(str(trace.name), str(trace.line.color or ACCENT), cells)
            for trace, (_, cells) in zip(traces, found, strict=True)
        ),
    )


def _rows_of(trace: Any, table: Table, months: Sequence[object], at: int) -> tuple[str, tuple[Cell, ...]] | None:
    """The figure and the cells of one line: the rows, one a month, that have its name or are all there are."""
    rows = [row for row in table.rows if str(trace.name) in map(str, row)] or list(table.rows)
    by_month = {row[at]: row for row in rows}
    if len(by_month) != len(rows) or set(by_month) != set(months):
        return None
    ordered = [by_month[month] for month in months]
    line = Table(table.names, table.headings, table.written, tuple(ordered))
    place = _column(list(trace.y), line)
    return None if place is None else (table.names[place], tuple(_cell(row[place]) for row in ordered))


def _column(values: Sequence[Any], table: Table) -> int | None:
    """The figure's column that holds just these values in their order."""
    if len(values) != len(table.rows):
        return None
    for place, name in enumerate(table.names):
        if name not in FIGURES and name not in SUPPORTING:
            continue
        cells = [_cell(row[place]) for row in table.rows]
        if all(_is_same(value, cell) for value, cell in zip(values, cells, strict=True)):
            return place
    return None


def _is_same(value: Any, cell: Cell) -> bool:
    # A drawing has a gap, or nothing, where a cell has no number.
    is_missing = value is None or value != value  # noqa: PLR0124 - what is no number differs from itself
    if cell.value is None:
        return is_missing or value == 0
    return not is_missing and abs(float(value) - cell.value) < 1e-9 * max(1.0, abs(cell.value))


def _cell(value: object) -> Cell:
    if isinstance(value, int | float):
        return Cell(float(value))
    return Cell(None, is_hidden=isinstance(value, str))
