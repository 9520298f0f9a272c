"""What a report shows besides tables: sentences with the numbers they rest on, charts and maps, all as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, shape

from dashboard.charts.theme import ACCENT, MUTED
from dashboard.filters import add_months
from dashboard.maps.classes import classify
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import HIDDEN
from dashboard.reports import figures
from dashboard.reports.model import (
    Area,
    Cell,
    Chart,
    ChartKind,
    CityMap,
    FigureRow,
    Finding,
    LegendEntry,
    Point,
    Series,
    Stated,
    Table,
)
from dashboard.text import dates
from dashboard.text.findings import sentence
from dashboard.text.names import Names
from dashboard.text.numbers import Unit
from dashboard.text.report import say
from dashboard.text.words import Lang

_Row = Mapping[str, Any]

MAPPED: Final[Mapping[str, Unit]] = {"events_count": "count", "participants_per_1000": "number"}
"""The figures that the report has a map of, and how their classes are written."""

_TRENDS: Final = ("events_count", "participants_count", "registrations_count", "active_spaces_count")
_RECORDS: Final = ("highest", "lowest")
_BACK: Final[Mapping[object, int]] = {"previous": 1, "year_ago": 12}
_SAID: Final[Mapping[str, str]] = {
    "districts_without_events": "empty_districts_count",
    "missing_returns": "missing_returns_count",
}
"""What a finding's value is, where it is not the figure that the finding is about."""
_BASES: Final[Mapping[str, tuple[str, bool]]] = {
    "leading_theme": ("events_count", False),
    "leading_district": ("located_events_count", True),
    "districts_without_events": ("districts_count", True),
    "silent_spaces": ("open_spaces_count", True),
    "meetup": ("meetups_count", True),
    "missing_returns": ("expected_returns_count", True),
}
"""What a finding's second number is, and whether it is the whole city's."""


def tell(finding: _Row, by_month: pd.DataFrame, month: date, names: Names) -> Finding:
    """One finding as a sentence that keeps its numbers.

    Args:
        finding: one row of `dashboard.metrics.findings.month_findings`.
        by_month: what `dashboard.metrics.months.by_month` returns: the month and those before it.
        month: the month that the finding is about.
        names: names in the report's language.

    Raises:
        KeyError: the kind of finding is not known.
    """
    of_subject: Mapping[str, Callable[[str], str]] = {
        "district": names.district,
        "theme": names.theme,
        "space": names.space,
    }
    name = of_subject.get(finding["subject_kind"])
    subject = None if name is None else name(finding["subject_id"])
    kind, figure_id, value, base = (finding[key] for key in ("kind", "figure_id", "value", "base_value"))
    said: list[tuple[str, str | None, date, float]] = [(_SAID.get(kind, figure_id), subject, month, value)]
    if finding["compared_with"] in _BACK:
        said.append((figure_id, subject, add_months(month, -_BACK[finding["compared_with"]]), base))
    elif kind == "unusual":
        # Two such findings say two levels: what they are levels of keeps them apart.
        of_figure = figures.name(figure_id, names.lang)
        bounds = {"usual_low": finding["usual_low"], "usual_high": finding["usual_high"], "usual_level": base}
        said += [(each_id, of_figure, month, bound) for each_id, bound in bounds.items()]
    elif kind in _RECORDS:
        before = by_month[by_month["month"] < pd.Timestamp(month)]
        reached = before.loc[before[figure_id] == base, "month"].max().date()
        said.append((figure_id, subject, reached, base))
    elif kind in _BASES:
        base_id, is_citys = _BASES[kind]
        said.append((base_id, None if is_citys else subject, month, base))
    elif kind == "low_coverage":
        said = [(str(FIGURES[figure_id].coverage_id), subject, month, value)]
    return Finding(
        kind=kind,
        text=sentence(finding, names.lang, names),
        rests_on=tuple(Stated(each_id, whose, when, Cell(float(number))) for each_id, whose, when, number in said),
    )


def charts(
    month: date,
    figure_rows: Sequence[FigureRow],
    districts: Table,
    themes: Table,
    spaces: Table,
    findings: Sequence[Finding],
    lang: Lang,
) -> tuple[Chart, ...]:
    """The report's charts; what has no number in it has no chart.

    Thirteen months of four figures, events by district, shares of themes beside the earlier month that can be
    compared, events of the busiest spaces. A chart's title is the finding about what it shows, if there is one.
    """
    drawn = [
        *(trend(row, month, findings, lang) for row in figure_rows if row.figure_id in _TRENDS),
        _bars("districts", districts, month, _told(findings, "leading_district"), lang),
        _bars("themes", themes, month, _told(findings, "leading_theme"), lang),
        _bars("spaces", spaces, month, None, lang),
    ]
    return tuple(chart for chart in drawn if any(cell.value for series in chart.series for cell in series.cells))


def trend(row: FigureRow, month: date, findings: Sequence[Finding], lang: Lang) -> Chart:
    """Thirteen months of a figure; called after the finding about it, if there is one."""
    months = [add_months(month, back) for back in range(1 - len(row.trend), 1)]
    told = (
        finding.text
        for finding in findings
        if finding.kind in ("unusual", "change", *_RECORDS) and finding.rests_on[0].figure_id == row.figure_id
    )
    name = figures.name(row.figure_id, lang)
    first, last = (dates.month_name(each, lang) for each in (months[0], months[-1]))
    return Chart(
        chart_id=f"trend.{row.figure_id}",
        kind=ChartKind.MONTHS,
        figure_id=row.figure_id,
        title=next(told, name),
        subtitle=say("chart.months", lang, name=name, first=first, last=last),
        labels=tuple(dates.month_short(each, lang) for each in months),
        series=(Series(name, ACCENT, row.trend),),
    )


def _bars(chart_id: str, table: Table, month: date, told: str | None, lang: Lang) -> Chart:
    """A table's figure as bars: the share where there is one, with the earliest of its earlier months beside it."""
    place = next((at for at, column in enumerate(table.columns) if column.figure_id == "theme_share_pct"), 0)
    figure_id = table.columns[place].figure_id
    of_figure = [at for at, column in enumerate(table.columns) if column.figure_id == figure_id]
    shown = sorted({place, of_figure[-1]})
    name = figures.name(figure_id, lang)
    # Rows of nothing but zeros would only make the drawing long; the tables have them.
    rows = [row for row in table.rows if any(row.cells[at].value for at in shown)]
    return Chart(
        chart_id=chart_id,
        kind=ChartKind.BARS,
        figure_id=figure_id,
        title=told or say(chart_id, lang),
        subtitle=say("chart.bars", lang, name=name, month=dates.month_name(month, lang)),
        labels=tuple(row.name for row in rows),
        series=tuple(
            Series(
                dates.month_name(table.columns[at].month or month, lang),
                ACCENT if at == place else MUTED,
                tuple(row.cells[at] for row in rows),
            )
            for at in shown
        ),
    )


def _told(findings: Sequence[Finding], kind: str) -> str | None:
    return next((finding.text for finding in findings if finding.kind == kind), None)


def city_map(
    by_district: pd.DataFrame,
    figure_id: str,
    month: date,
    *,
    boundaries: pd.DataFrame,
    landmarks: pd.DataFrame,
    located: pd.DataFrame,
    names: Names,
) -> CityMap:
    """The city's districts in the classes of one figure, the river, and the spaces whose place is known.

    Args:
        by_district: what `dashboard.metrics.districts.by_district` returns.
        figure_id: one of `MAPPED`.
        month: what the figure is about.
        boundaries: the city's rows of the table ``districts``.
        landmarks: the city's rows of the table ``landmarks``.
        located: rows of the table ``spaces``; those without a point are left out.
        names: names in the report's language.
    """
    lang = names.lang
    frame = boundaries[["district_code", "geometry_geojson"]].merge(by_district, on="district_code", how="left")
    hidden = pd.Series(data=False, index=frame.index)
    if figure_id + HIDDEN in frame:
        hidden = frame[figure_id + HIDDEN].fillna(value=False).astype("bool")
    values = frame[figure_id].astype("float64")
    classes = classify(values, lang=lang, unit=MAPPED[figure_id], is_hidden=hidden)
    name = figures.name(figure_id, lang)
    places = located[located["lat_deg"].notna()]
    return CityMap(
        figure_id=figure_id,
        title=say("map.title", lang, name=name),
        subtitle=say("chart.bars", lang, name=name, month=dates.month_name(month, lang)),
        areas=tuple(
            Area(
                names.district(code),
                Cell(None if pd.isna(value) else float(value), bool(is_hidden)),
                colour,
                _polygons(geometry),
                code,
            )
            for code, value, is_hidden, colour, geometry in zip(
                frame["district_code"], values, hidden, classes.colours, frame["geometry_geojson"], strict=True
            )
        ),
        legend=tuple(LegendEntry(entry.colour, entry.label) for entry in classes.legend),
        lines=tuple(line for geometry in landmarks["geometry_geojson"] for line in _lines(geometry)),
        points=tuple(
            Point(names.space(space_id), kind, longitude, latitude)
            for space_id, kind, longitude, latitude in zip(
                places["space_id"], places["kind"], places["lon_deg"], places["lat_deg"], strict=True
            )
        ),
    )


def _polygons(geojson: str) -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
    geometry = shape(json.loads(geojson))
    parts: Sequence[Polygon] = geometry.geoms if isinstance(geometry, MultiPolygon) else (geometry,)
    return tuple(tuple(_ring(ring) for ring in (part.exterior, *part.interiors)) for part in parts)


def _lines(geojson: str) -> Iterator[tuple[tuple[float, float], ...]]:
    geometry = shape(json.loads(geojson))
    if isinstance(geometry, (MultiPolygon, Polygon)):
        geometry = geometry.boundary
    parts: Sequence[LineString] = geometry.geoms if isinstance(geometry, MultiLineString) else (geometry,)
    return (_ring(part) for part in parts)


def _ring(line: LineString) -> tuple[tuple[float, float], ...]:
    return tuple((float(longitude), float(latitude)) for longitude, latitude in line.coords)
