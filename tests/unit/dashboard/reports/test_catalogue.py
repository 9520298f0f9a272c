import json
from pathlib import Path
from typing import Any

from dashboard.filters import Filters
from dashboard.metrics.catalogue import FIGURES, SUPPORTING
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.overview import month_overview
from dashboard.metrics.selection import select_month
from dashboard.reports import catalogue

REPOSITORY = Path(__file__).resolve().parents[4]


def test_the_manual_page_is_up_to_date() -> None:
    """Make it anew with `civicspace figures --markdown > docs/figures.md`."""
    assert (REPOSITORY / "docs" / "figures.md").read_text(encoding="utf-8") == catalogue.markdown()


def test_the_manual_page_has_every_figure_once() -> None:
    lines = catalogue.markdown().splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == [*FIGURES, "Supporting counts and shares"]
    for figure_id in SUPPORTING:
        assert sum(line.startswith(f"| `{figure_id}` |") for line in lines) == 1


def test_definitions_are_in_the_language_asked_for() -> None:
    uk, en = catalogue.definitions("uk"), catalogue.definitions("en")
    assert [record["id"] for record in uk] == [record["id"] for record in en] == list(FIGURES)
    assert uk[0]["name"] == "Події"
    assert en[0]["name"] == "Events"
    assert "value" not in uk[0]


def test_the_months_values(full_scene: Any, public: Disclosure) -> None:
    window = select_month(full_scene.snapshot(), Filters("kyiv"))
    records = {record["id"]: record for record in catalogue.of_month(month_overview(window, window.end, public), "uk")}
    assert list(records) == list(FIGURES)
    events = records["events_count"]
    assert (events["value"], events["previous"], events["year_ago"]) == (4.0, 3.0, 3.0)
    assert events["coverage_id"] is None
    assert records["attendances_count"]["base_id"] == "recorded_events_count"
    theme = records["theme_share_pct"]
    assert (theme["is_monthly"], theme["value"], theme["value_is_hidden"]) == (False, None, False)
    json.dumps(list(records.values()), allow_nan=False)
