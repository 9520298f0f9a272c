"""The report says what the month's page says: both read the same figures, and nothing is lost on either way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import figures
from dashboard.reports.build import build
from dashboard.settings import Role
from dashboard.store import open_store
from dashboard.text.pages import say
from tests.app.conftest import Run

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize("role", list(Role))
def test_figures_districts_and_sentences_of_the_report_are_those_on_screen(
    run: Run, one_city_store: Path, role: Role
) -> None:
    report = build(open_store(one_city_store), Filters("zhytomyr", month=OCTOBER), Disclosure(role), "uk")
    app = run(one_city_store, "overview", role=role, city="zhytomyr", month="2026-10")

    def shown(*columns: str) -> dict[str, list[str]]:
        frame = next(each.value for each in app.dataframe if set(columns) <= set(each.value.columns))
        return {row[0]: [str(cell) for cell in row[1:]] for row in frame[list(columns)].values.tolist()}

    on_screen = shown(say("col.figure", "uk"), "жовтень\u00a02026", "вересень\u00a02026", "жовтень\u00a02025")
    in_report = {
        figures.name(row.figure_id, "uk"): [
            figures.written(row.figure_id, cell, "uk") for cell in (row.cell, *(then.cell for then in row.comparisons))
        ]
        for row in report.figures
    }
    assert on_screen == in_report

    events = figures.name("events_count", "uk")
    known = {row.name: f"{row.cells[0].value:g}" for row in report.districts.rows if row.id is not None}
    assert {name: f"{float(cell):g}" for name, (cell,) in shown(say("col.district", "uk"), events).items()} == known

    said = "\n".join(element.value for element in app.markdown).replace("\\", "")
    assert report.findings
    for finding in report.findings[:6]:
        assert finding.text in said
