import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.metrics.disclosure import HIDDEN, Disclosure
from dashboard.reports import figures
from dashboard.reports.build import build
from dashboard.reports.model import Cell, ChartKind, Report
from dashboard.reports.views import MAPPED, city_map
from dashboard.settings import Role
from dashboard.store import Snapshot, open_store
from dashboard.text.names import Names
from dashboard.text.numbers import format_count, format_percent

OCTOBER = date(2026, 10, 1)
SQUARE = {"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51], [30, 50]]]}
HOLED = {
    "type": "MultiPolygon",
    "coordinates": [
        [[[30, 50], [33, 50], [33, 53], [30, 50]], [[31, 50.1], [32, 50.1], [32, 50.5], [31, 50.1]]],
        [[[40, 50], [41, 50], [41, 51], [40, 50]]],
    ],
}
RIVER = {"type": "LineString", "coordinates": [[30, 50], [30.5, 51]]}
NAMES = Names("uk", {}, {"D1": "Перший", "D2": "Другий"}, {}, {}, {"s1": "Хаб"})


@pytest.fixture(scope="module")
def october(full_scene: Any) -> Report:
    return build(full_scene.snapshot(), Filters("kyiv"), Disclosure(Role.ANALYST), "uk")


# --- sentences ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(demo_store: Any) -> Snapshot:
    return open_store(demo_store)


def numbers_in(text: str) -> set[str]:
    """What is written as a number, outside the names in quotation marks."""
    bare = re.sub(r"«[^»]*»|“[^”]*”", "", text)
    return set(re.findall(r"\d+(?:[\u202f,.]\d+)*", bare))


@pytest.mark.parametrize(
    ("city", "role", "lang"),
    [
        ("kyiv", Role.PUBLIC, "uk"),
        ("kyiv", Role.ANALYST, "en"),
        ("zhytomyr", Role.ANALYST, "uk"),
        ("zhytomyr", Role.PUBLIC, "en"),
        ("lviv", Role.PUBLIC, "uk"),
    ],
)
def test_every_number_in_a_sentence_is_one_that_it_rests_on(
    published: Snapshot, city: str, role: Role, lang: Any
) -> None:
    for month in (date(2025, 12, 1), date(2026, 5, 1), OCTOBER, date(2026, 11, 1)):
        report = build(published, Filters(city, month=month), Disclosure(role), lang)
        assert report.findings
        for finding in report.findings:
            values = [stated.cell.value for stated in finding.rests_on]
            known = {
                shown
                for stated in finding.rests_on
                for shown in numbers_in(figures.written(stated.figure_id, stated.cell, lang))
            }
            known |= {format_count(value, lang) for value in values}
            if len(values) == 2 and values[1]:
                change = abs(values[0] - values[1]) / values[1] * 100
                known |= numbers_in(format_percent(change, lang))
            if finding.kind in ("highest", "lowest"):
                known |= {"12", format_count(len(report.figures[0].trend) - 1, lang)}
            named = " ".join(stated.subject or "" for stated in finding.rests_on)
            assert numbers_in(finding.text) - numbers_in(named) <= known, finding


def test_the_numbers_of_a_sentence_are_those_of_the_tables(published: Snapshot) -> None:
    report = build(published, Filters("kyiv", month=OCTOBER), Disclosure(Role.PUBLIC), "uk")
    city = {row.figure_id: row for row in report.figures}
    seen = 0
    for stated in (each for finding in report.findings for each in finding.rests_on):
        if stated.subject is None and stated.figure_id in city:
            row = city[stated.figure_id]
            assert stated.cell.value == row.trend[12 - _months_back(stated.month)].value
            seen += 1
        for table in (report.districts, report.themes, report.spaces):
            for place, column in enumerate(table.columns):
                if (column.figure_id, column.month or OCTOBER) == (stated.figure_id, stated.month):
                    for row in (row for row in table.rows if row.name == stated.subject):
                        assert row.cells[place].value == stated.cell.value
                        seen += 1
    assert seen > 5


def _months_back(month: date) -> int:
    return (OCTOBER.year - month.year) * 12 + OCTOBER.month - month.month


def test_a_record_rests_on_the_last_month_that_had_the_most_until_then(make_scene: Callable[..., Any]) -> None:
    scene = make_scene()
    for number in range(13):
        year, rest = divmod(2025 * 12 + 9 + number, 12)
        # The last month has the most, and too little more than a year ago to be told as a change.
        for each in range(22 if number == 12 else 21 if number in (0, 11) else 20):
            scene.event(f"e{number}-{each}", f"{year}-{rest + 1:02d}-10")
    report = build(scene.snapshot(), Filters("kyiv"), Disclosure(Role.ANALYST), "uk")
    (record,) = [finding for finding in report.findings if finding.kind == "highest"]
    assert [(stated.month, stated.cell) for stated in record.rests_on] == [
        (OCTOBER, Cell(22.0)),
        (date(2026, 9, 1), Cell(21.0)),
    ]


def test_an_unusual_month_rests_on_its_range_and_its_level(make_scene: Callable[..., Any]) -> None:
    scene = make_scene()
    for number in range(37):
        year, rest = divmod(2023 * 12 + 9 + number, 12)
        for each in range(60 if number == 36 else 20 + number % 3):
            scene.event(f"e{number}-{each}", f"{year}-{rest + 1:02d}-10")
    report = build(scene.snapshot(), Filters("kyiv"), Disclosure(Role.PUBLIC), "uk")
    (unusual,) = [finding for finding in report.findings if finding.kind == "unusual"]
    said = {stated.figure_id: stated for stated in unusual.rests_on}
    assert list(said) == ["events_count", "usual_low", "usual_high", "usual_level"]
    assert {stated.month for stated in unusual.rests_on} == {OCTOBER}
    assert said["usual_level"].subject == figures.name("events_count", "uk")
    assert all(format_count(stated.cell.value, "uk") in unusual.text for stated in said.values())
    assert any(chart.title == unusual.text for chart in report.charts)


# --- charts ------------------------------------------------------------------------------------------


def test_a_trend_has_a_label_for_each_of_its_thirteen_months(october: Report) -> None:
    events = next(chart for chart in october.charts if chart.chart_id == "trend.events_count")
    assert events.kind is ChartKind.MONTHS
    assert len(events.labels) == len(events.series[0].cells) == 13
    assert events.series[0].cells == october.figures[0].trend
    assert events.subtitle == "Події, жовтень\u00a02025 – жовтень\u00a02026"


def test_bars_of_themes_have_the_earlier_share_beside_them(october: Report) -> None:
    themes = next(chart for chart in october.charts if chart.chart_id == "themes")
    assert themes.figure_id == "theme_share_pct"
    assert [series.name for series in themes.series] == ["жовтень\u00a02026", "жовтень\u00a02025"]
    assert all(len(series.cells) == len(themes.labels) for series in themes.series)


def test_a_chart_is_called_after_the_finding_about_what_it_shows(published: Snapshot) -> None:
    report = build(published, Filters("kyiv", month=OCTOBER), Disclosure(Role.ANALYST), "uk")
    told = {finding.kind: finding.text for finding in report.findings}
    titles = {chart.chart_id: chart.title for chart in report.charts}
    assert titles["districts"] == told["leading_district"]
    assert titles["trend.events_count"] == next(text for text in told.values() if text.startswith("Відбулося"))
    assert titles["spaces"] == "Найактивніші простори"  # nothing is told of their events


def test_what_has_no_number_has_no_chart(scene: Any) -> None:
    assert build(scene.snapshot(), Filters("kyiv"), Disclosure(Role.PUBLIC), "uk").charts == ()


# --- maps --------------------------------------------------------------------------------------------


def draw(**by_district: list[Any]) -> Any:
    codes = [f"D{number + 1}" for number in range(len(next(iter(by_district.values()))))]
    shapes = [SQUARE, HOLED]
    return city_map(
        pd.DataFrame({"district_code": codes, **by_district}),
        next(iter(by_district)),
        OCTOBER,
        boundaries=pd.DataFrame(
            {"district_code": ["D1", "D2"], "geometry_geojson": [json.dumps(each) for each in shapes]}
        ),
        landmarks=pd.DataFrame({"geometry_geojson": [json.dumps(RIVER)]}),
        located=pd.DataFrame(
            {"space_id": ["s1", "s2"], "kind": ["hub", "hub"], "lat_deg": [50.5, None], "lon_deg": [30.5, None]}
        ),
        names=NAMES,
    )


def test_a_map_has_every_district_with_its_rings_and_the_spaces_whose_place_is_known() -> None:
    made = draw(events_count=[3, 0])
    assert [(area.name, area.cell) for area in made.areas] == [("Перший", Cell(3.0)), ("Другий", Cell(0.0))]
    assert [len(polygon) for polygon in made.areas[1].polygons] == [2, 1]
    assert made.areas[0].polygons[0][0][1] == (31.0, 50.0)
    assert made.lines == (((30.0, 50.0), (30.5, 51.0)),)
    assert [(point.name, point.longitude_deg, point.latitude_deg) for point in made.points] == [("Хаб", 30.5, 50.5)]
    assert made.title == "Події за районами"


def test_a_hidden_value_is_hidden_on_the_map_too_and_a_district_without_a_row_has_no_value() -> None:
    made = draw(**{"participants_per_1000": [None], "participants_per_1000" + HIDDEN: [True]})
    assert [area.cell for area in made.areas] == [Cell(None, is_hidden=True), Cell(None)]
    assert [entry.label for entry in made.legend] == ["немає даних", "приховано"]


def test_the_report_has_a_map_of_each_mapped_figure_and_none_without_districts(
    october: Report, make_scene: Callable[..., Any]
) -> None:
    assert [each.figure_id for each in october.maps] == list(MAPPED)
    bare = make_scene()
    bare.rows["districts"].clear()
    assert build(bare.snapshot(), Filters("kyiv"), Disclosure(Role.PUBLIC), "uk").maps == ()
