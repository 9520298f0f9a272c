"""WCAG 2.2 AA by axe-core on every page in light and dark, the languages, the presentation, the report on paper.

Nothing is excluded: what Streamlit does wrong is mended in `dashboard/ui/style.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import html as report_html
from dashboard.reports.build import build
from dashboard.reports.model import draft
from dashboard.settings import Role
from dashboard.store import open_store
from dashboard.text.everywhere import say
from dashboard.ui.view import PAGE_SPANS
from tests.e2e.conftest import Visit, Visitor

pytestmark = pytest.mark.browser

OBOLON: Final = "UA80000000000551439"
_RUN: Final = """
() => axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}).then((found) => found.violations
  .filter((violation) => ["serious", "critical"].includes(violation.impact))
  .flatMap((violation) => violation.nodes.map((node) => [violation.id, node.target.join(" "), node.failureSummary])))
"""


def violations(page: Page) -> list[Any]:
    """What axe finds of serious or critical impact: rule, selector, what it says."""
    page.evaluate(AXE_SCRIPT)
    found: list[Any] = page.evaluate(_RUN)
    return found


def check(page: Page, where: str) -> None:
    assert (where, violations(page)) == (where, [])


@pytest.mark.parametrize(("scheme", "background"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(16, 22, 29)")])
def test_every_page(visit: Visit, server: str, scheme: Literal["light", "dark"], background: str) -> None:
    visitor: Visitor = visit(server, "/data?city=kyiv")
    visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for name in PAGE_SPANS:
        visitor.go_to(name)
        expect(visitor.page.get_by_test_id("stApp")).to_have_css("background-color", background)
        check(visitor.page, f"{name} {scheme}")


def test_english_high_contrast_the_search_and_files(
    visit: Visit, server: str, demo_store: Path, tmp_path: Path
) -> None:
    visitor: Visitor = visit(
        server, f"/data?city=kyiv&lang=en&contrast=more&theme=ecology&district={OBOLON}", lang="en"
    )
    expect(visitor.page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
    check(visitor.page, "data, high contrast")
    visitor.go_to("events")
    check(visitor.page, "events, high contrast")
    # By keyboard alone: a district by its Latin spelling, half typed, and there by Enter.
    visitor.page.keyboard.press("/")
    box = visitor.page.get_by_role("searchbox", name=say("find.box", "en"))
    expect(box).to_be_focused()
    box.press_sequentially("podil")
    first = visitor.page.get_by_role("dialog").locator(".st-key-found").get_by_role("button").first
    expect(first).to_contain_text("Podilskyi")
    check(visitor.page, "search")
    first.press("Enter")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    visitor.has_in_address("contrast=more")
    visitor.has_not_in_address(OBOLON)
    visitor.sees_filters("Podilskyi")
    # And a chip lifts it again, by keyboard.
    visitor.main.get_by_role("button", name=f"{say('chip.lift', 'en')} Podilskyi").press("Enter")
    visitor.has_not_in_address("district=")
    visitor.sees_filters()

    visitor.page.goto(f"{server}/present?city=kyiv")
    check(visitor.page, "presentation")
    report = build(open_store(demo_store), Filters("kyiv"), Disclosure(Role.PUBLIC, 5), "uk")
    file = tmp_path / "report.html"
    file.write_bytes(report_html.render(draft(report)))
    visitor.page.set_content(file.read_text(encoding="utf-8"))
    check(visitor.page, "report")
