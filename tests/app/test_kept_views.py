"""Views that are kept for the presentation are made anew by running their page, for the server's role."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.metrics.disclosure import Disclosure
from dashboard.settings import Role, Settings
from dashboard.ui import basket, cache, present, runtime

pytestmark = pytest.mark.filterwarnings("default::UserWarning")
MONTHS = "start.2025-10~end.2026-10"


@pytest.fixture(autouse=True)
def _store(demo_store: Path) -> None:
    runtime.configure(Settings(store=demo_store, role=Role.ANALYST))
    cache.clear()


def made(name: str, role: Role = Role.ANALYST) -> present.Exhibit | None:
    kept = basket.parse(name)
    assert kept is not None
    return present.exhibit(cache.snapshot(), kept, Disclosure(role), "uk")


def test_a_kept_view_is_the_pages_own_with_its_filters() -> None:
    everything = made(f"participation.themes_total~city.kyiv~{MONTHS}")
    ecology = made(f"participation.themes_total~city.kyiv~{MONTHS}~theme.ecology")
    assert everything is not None
    assert ecology is not None
    assert len(everything.figure.data[0].x) > len(ecology.figure.data[0].x)
    assert "Екологія" in ecology.subtitle
    assert "Екологія" not in everything.subtitle


def test_the_calendar_of_a_month_is_a_view_too() -> None:
    calendar = made("events.calendar~city.kyiv~month.2026-10")
    assert calendar is not None
    assert "жовтень" in calendar.subtitle
    assert sum(value or 0 for row in calendar.figure.data[0].z for value in row) > 0


def test_the_public_is_shown_the_public_numbers_of_the_same_view() -> None:
    name = f"participation.groups~city.kyiv~{MONTHS}"
    exact, public = made(name), made(name, Role.PUBLIC)
    assert exact is not None
    assert public is not None
    assert list(exact.figure.data[0].x) != list(public.figure.data[0].x)


@pytest.mark.parametrize(
    "name", ["participation.no_such~city.kyiv", "atlantis.themes_total~city.kyiv", "presentation.themes~city.kyiv"]
)
def test_what_no_page_shows_is_no_view(name: str) -> None:
    assert made(name) is None


def test_a_presentation_leaves_out_what_cannot_be_shown_and_keeps_the_order() -> None:
    snapshot = cache.snapshot()
    kept = basket.parse("participation.themes_total~city.kyiv~start.2025-10~end.2026-10")
    assert kept is not None
    filters = present.Filters("kyiv")
    disclosure = Disclosure(Role.ANALYST)
    report = present.report_on(snapshot, filters, disclosure, "uk")
    names = ["nothing~city.kyiv", "map.events_count", kept.name, "participation.no_such~city.kyiv"]
    assert list(present.views_of(snapshot, report, names, disclosure)) == ["map.events_count", kept.name]
