"""What can be done with a chart: a link that opens at it, its files, and its way into the presentation."""

from __future__ import annotations

import io

import openpyxl
import pytest
from playwright.sync_api import Locator, expect

from dashboard.text.frame import say
from tests.e2e.conftest import Visit, Visitor

pytestmark = pytest.mark.browser

PAGE = "/participation?city=zhytomyr&start=2026-05&end=2026-10"


def opened(visitor: Visitor, key: str) -> Locator:
    """The place of a chart, with its menu open."""
    place = visitor.page.locator(f".st-key-view_{key}")
    place.get_by_role("button", name=say("keep", visitor.lang)).press("Enter")
    expect(visitor.page.get_by_text(say("link", visitor.lang), exact=True)).to_be_visible()
    return place


def test_a_charts_link_opens_at_this_chart_and_its_workbook_holds_its_numbers(visit: Visit, server: str) -> None:
    visitor = visit(server, PAGE)
    opened(visitor, "rhythm")
    with visitor.page.expect_download() as waiting:
        visitor.page.locator(".st-key-keep_xlsx_rhythm").get_by_role("button").press("Enter")
    sheet = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes())).active
    assert sheet is not None
    assert any(isinstance(cell, int) for cell in next(sheet.iter_rows(min_row=5, values_only=True)))
    link = visitor.page.get_by_test_id("stCode").locator("code").inner_text()
    assert link == f"{server}{PAGE}&lang=uk#rhythm"
    visitor.page.goto("about:blank")
    visitor.page.goto(link)
    visitor.wait()
    expect(visitor.page.locator(".st-key-view_rhythm")).to_be_in_viewport()


def test_a_chart_is_added_kept_over_a_reload_and_shown(visit: Visit, server: str) -> None:
    visitor = visit(server, PAGE)
    opened(visitor, "rhythm")
    visitor.page.get_by_role("button", name=say("add", visitor.lang)).press("Enter")
    visitor.has_in_address("show=participation.rhythm")
    visitor.page.reload()
    visitor.wait()
    visitor.go_to("presentation")
    visitor.has_in_address("show=participation.rhythm")
    href = visitor.page.get_by_role("link", name=visitor.say("presentation.start")).get_attribute("href")
    assert href is not None
    assert "view=participation.rhythm" in href
    visitor.page.goto(server + href)
    expect(visitor.page.locator("svg.picture")).to_have_count(1)
