from __future__ import annotations

import io
from datetime import date
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from dashboard.charts.bars import compare_bars, ranked_bars
from dashboard.charts.trends import trend_lines
from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import show
from dashboard.reports.build import build
from dashboard.reports.exhibits import Exhibit, native
from dashboard.reports.model import Chart, ChartKind, Report, draft
from dashboard.reports.pictures import headed
from dashboard.reports.shown import Imprint, Table, as_csv, as_xlsx
from dashboard.reports.slides.deck import render_views
from dashboard.settings import Role

FRAME = pd.DataFrame({"label": ["Екологія", "Культура"], "value": [12.0, None], "is_hidden": [False, True]})
TABLE = Table(
    ("label", "events_count", "registrations_count"),
    ("Тема", "Події", "Реєстрації"),
    ("text", "count", "count"),
    (("Екологія", 12, 40), ("Культура", "приховано", 3)),
)
SVG = (
    b'<svg class="main-svg" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<text style="fill: rgb(23, 32, 43)">A</text></svg>'
)


def exhibit(chart: Chart | None) -> Exhibit:
    figure = ranked_bars(FRAME, lang="uk")
    return Exhibit("p.k~city.kyiv", "Участь", "Знахідка", "Події", "Опис & ще", "Джерело: списки", figure, chart)


def of_bars() -> Chart | None:
    return native(ranked_bars(FRAME, lang="uk"), TABLE, "Знахідка", "Події", "uk")


def test_bars_are_data_with_the_figure_whose_values_they_draw() -> None:
    chart = of_bars()
    assert chart is not None
    assert (chart.kind, chart.figure_id, chart.labels) == (ChartKind.BARS, "events_count", ("Екологія", "Культура"))
    first, second = chart.series[0].cells
    assert (first.value, second.value, second.is_hidden) == (12.0, None, True)


def test_bars_whose_values_stand_in_no_column_are_no_data() -> None:
    other = Table(TABLE.names, TABLE.headings, TABLE.written, (("Екологія", 13, 40), ("Культура", 1, 3)))
    assert native(ranked_bars(FRAME, lang="uk"), other, "", "", "uk") is None
    assert native(ranked_bars(FRAME, lang="uk"), None, "", "", "uk") is None
    pairs = FRAME.assign(part="now")
    assert native(compare_bars(pairs, names={"now": "Тепер"}, lang="uk"), other, "", "", "uk") is None


def test_a_line_over_months_is_data() -> None:
    months = [date(2026, 8, 1), date(2026, 9, 1)]
    frame = pd.DataFrame({"month": pd.to_datetime(months), "key": "all", "value": [3.0, 5.0]})
    figure = trend_lines(frame, names={"all": "Події"}, lang="uk")
    table = Table(
        ("month", "events_count"), ("Місяць", "Події"), ("month", "count"), tuple(zip(months, (3, 5), strict=True))
    )
    chart = native(figure, table, "", "", "uk")
    assert chart is not None
    assert chart.kind is ChartKind.MONTHS
    assert [cell.value for cell in chart.series[0].cells] == [3.0, 5.0]
    assert [label.replace("\u00a0", " ") for label in chart.labels] == ["сер 2026", "вер 2026"]


@pytest.fixture(scope="module")
def report(full_scene: Any) -> Report:
    return build(full_scene.snapshot(), Filters("kyiv"), Disclosure(Role.ANALYST), "uk")


def test_a_slide_has_the_pages_drawing_in_the_slides_ink(report: Report) -> None:
    text = show.render(draft(report), [exhibit(None)], pictures={"p.k~city.kyiv": SVG}).decode()
    assert "<h2>Знахідка</h2>" in text
    assert 'aria-label="Опис &amp; ще"' in text
    assert "fill: currentColor" in text
    assert 'class="main-svg"' not in text
    assert "Джерело: списки" in text


def test_without_a_picture_a_slide_draws_the_data_or_says_them(report: Report) -> None:
    drawn = show.render(draft(report), [exhibit(of_bars())]).decode()
    assert 'class="slide exhibit"' in drawn
    said = show.render(draft(report), [exhibit(None)]).decode()
    assert "<p>Опис &amp; ще</p>" in said


def test_slides_hold_a_chart_that_can_be_edited_else_a_picture_with_words(report: Report) -> None:
    png = io.BytesIO()

    Image.new("RGB", (40, 20)).save(png, "PNG")
    for chart, kind in ((of_bars(), "chart"), (None, "picture")):
        deck = Presentation(
            io.BytesIO(render_views(draft(report), [exhibit(chart)], {"p.k~city.kyiv": png.getvalue()}))
        )
        page = deck.slides[1]
        shape = next(each for each in page.shapes if each.name == "Знахідка")
        assert getattr(shape, "has_chart", False) is (kind == "chart")
        assert shape._element.xpath("./*/p:cNvPr")[0].get("descr") == "Опис & ще"
        assert "Джерело: списки" in page.notes_slide.notes_text_frame.text


def test_data_are_saved_typed_and_no_text_is_a_formula() -> None:
    table = Table(
        ("label", "events_count", "attendance_rate_pct", "month"),
        ("Назва", "=1+1", "Частка", "Місяць"),
        ("text", "count", "percent", "month"),
        (("=cmd()", 12, 45.5, date(2026, 9, 1)), ("Культура", "приховано", None, None)),
    )
    text = as_csv(table, "демонстраційні дані").decode("utf-8-sig")
    assert text.splitlines()[0] == "Назва,'=1+1,Частка,Місяць,"
    assert text.splitlines()[1] == "'=cmd(),12,45.5,2026-09-01,демонстраційні дані"
    assert "демонстраційні" not in as_csv(table).decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(as_xlsx(table, Imprint("=T", "S", "Джерело", "uk")))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "'=T"
    assert rows[4][:3] == ("'=cmd()", 12, 45.5)
    assert rows[4][3].date() == date(2026, 9, 1)
    assert rows[5] == ("Культура", "приховано", None, None)


def test_a_picture_has_title_subtitle_and_source_on_it_and_the_chart_stays_as_it_is() -> None:
    figure = ranked_bars(FRAME, lang="uk")
    made = headed(figure, title="Перше <b>", subtitle="Друге", source="Третє " * 60)
    assert "Перше &lt;b&gt;" in made.layout.title.text
    assert "Друге" in made.layout.title.text
    assert made.layout.annotations[-1].text.count("<br>") >= 1
    assert made.layout.height > figure.layout.height
    assert figure.layout.title.text is None
