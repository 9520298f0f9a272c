from __future__ import annotations

from datetime import date

import pytest

from dashboard.filters import Filters
from dashboard.metrics.findings import KINDS
from dashboard.ui.evidence import HERE, shown_by

MONTH = date(2026, 10, 1)
FILTERS = Filters("kyiv", workshops=False)


def of(kind: str, figure_id: str = "events_count", subject_id: str = "x") -> dict[str, str]:
    return {"kind": kind, "figure_id": figure_id, "subject_id": subject_id}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_finding_leads_somewhere_and_keeps_the_filters(kind: str) -> None:
    shown = shown_by(of(kind), FILTERS, MONTH)
    assert shown.page
    assert (shown.filters.city, shown.filters.workshops) == ("kyiv", False)


def test_a_change_is_shown_by_its_own_figure_over_the_year() -> None:
    shown = shown_by(of("change", "registrations_count"), FILTERS, MONTH)
    assert shown.page == "participation"
    assert shown.choices == {"figure": "registrations_count"}
    assert (shown.filters.start, shown.filters.end) == (date(2025, 10, 1), MONTH)


def test_what_no_other_page_draws_is_shown_below() -> None:
    assert shown_by(of("change", "reported_visitors_count"), FILTERS, MONTH).page == HERE
    assert shown_by(of("highest", "active_spaces_count"), FILTERS, MONTH).page == "map"


def test_a_district_a_theme_and_a_space_are_filtered_by() -> None:
    assert shown_by(of("leading_district", subject_id="UA1"), FILTERS, MONTH).filters.districts == ("UA1",)
    assert shown_by(of("theme_share_change", subject_id="ecology"), FILTERS, MONTH).filters.themes == ("ecology",)
    assert shown_by(of("leading_space", subject_id="s1"), FILTERS, MONTH).filters.space == "s1"
