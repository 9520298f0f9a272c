"""The file as a reader opens it: from disk, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.reports.html import render
from dashboard.reports.model import Cell, Column, Report, Row, Table, draft
from tests.e2e.serving import CHROMIUM, CHROMIUM_OPTIONS
from tests.unit.dashboard.reports.test_html import report

pytestmark = pytest.mark.browser

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": list(CHROMIUM_OPTIONS)}


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Open a report from disk; at the end nothing else was asked for and no script has failed."""
    faults: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_file(made: Report, *, width: int = 1440, scripts: bool = True) -> Page:
        path = tmp_path / "report.html"
        path.write_bytes(render(draft(made)))
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert faults == []
    assert set(asked) <= {"file", "data"}


def sorted_by(table: Locator, column: int) -> list[str]:
    table.get_by_role("columnheader").nth(column).get_by_role("button").press("Enter")
    return table.locator("tbody th").all_inner_texts()


@pytest.fixture
def sortable() -> Report:
    rows = (
        Row("В", None, (Cell(1234.0), Cell(2.0))),
        Row("А", None, (Cell(900.0), Cell(None, is_hidden=True))),
        Row("Ґ", None, (Cell(8.0), Cell(-1.5))),
    )
    return replace(report(), themes=Table((Column("events_count"), Column("participants_per_1000")), rows))


def test_values_show_under_the_pointer_and_the_arrow_keys(opened: Opened) -> None:
    page = opened(report())
    tip = page.get_by_role("status")
    drawing = page.locator("svg.drawing").first
    expect(tip).to_be_hidden()
    drawing.locator(".mark").nth(2).hover()
    expect(tip).to_have_text("Хаб: 2")
    page.mouse.move(1, 1)
    expect(tip).to_be_hidden()
    drawing.focus()
    drawing.press("ArrowLeft")
    expect(tip).to_have_text("Хаб: 12")
    drawing.press("ArrowLeft")
    expect(tip).to_have_text("Хаб: 11")
    drawing.press("Escape")
    expect(tip).to_be_hidden()


def test_one_map_is_shown_and_another_can_be_chosen(opened: Opened) -> None:
    page = opened(report())
    maps = page.locator(".maps .figure")
    expect(maps.nth(0)).to_be_visible()
    expect(maps.nth(1)).to_be_hidden()
    page.get_by_role("radio", name="Учасники на 1000 мешканців").check()
    expect(maps.nth(0)).to_be_hidden()
    expect(maps.nth(1)).to_be_visible()


def test_tables_are_sorted_by_any_column_and_what_has_no_number_comes_last(opened: Opened, sortable: Report) -> None:
    table = opened(sortable).get_by_role("table").nth(2)
    assert table.locator("tbody th").all_inner_texts() == ["В", "А", "Ґ"]
    assert sorted_by(table, 1) == ["В", "А", "Ґ"]
    assert sorted_by(table, 1) == ["Ґ", "А", "В"]
    assert sorted_by(table, 2) == ["В", "Ґ", "А"]
    assert sorted_by(table, 2) == ["Ґ", "В", "А"]
    assert sorted_by(table, 0) == ["А", "В", "Ґ"]
    expect(table.get_by_role("columnheader").nth(0)).to_have_attribute("aria-sort", "ascending")
    expect(table.locator("[aria-sort]")).to_have_count(1)


def test_without_scripts_everything_is_there_and_nothing_pretends_to_work(opened: Opened) -> None:
    page = opened(report(), scripts=False)
    for drawing in page.locator("svg.drawing").all():
        expect(drawing).to_be_visible()
    expect(page.locator(".maps .figure")).to_have_count(2)
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.locator("thead [role=button]")).to_have_count(0)
    expect(page.locator("svg.drawing title").first).to_have_text("Хаб: 0")


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_window(opened: Opened, width: int) -> None:
    page = opened(report(text="Молодіжний центр «Карамельний Телескоп»"), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_font_is_ours(opened: Opened) -> None:
    page = opened(report())
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = page.evaluate("[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.weight)")
    assert sorted(loaded) == ["400", "600"]
