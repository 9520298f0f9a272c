from __future__ import annotations

import pytest

from dashboard.ui.basket import Kept, parse


def test_a_name_says_page_chart_and_filters_in_letters_that_no_address_rewrites() -> None:
    kept = Kept("participation", "rhythm", {"city": ("kyiv",), "theme": ("culture", "ecology"), "start": ("2025-10",)})
    assert kept.name == "participation.rhythm~city.kyiv~theme.culture~theme.ecology~start.2025-10"
    assert parse(kept.name) == kept


@pytest.mark.parametrize("value", ["a~b", "a.b", "ґ є", "a,b;c=d&e", "%7E"])
def test_any_value_comes_back_as_it_was(value: str) -> None:
    kept = Kept("map", "districts", {"city": ("kyiv",), "figure": (value,)})
    assert parse(kept.name) == kept


@pytest.mark.parametrize("name", ["", "map.events_count", "trend.events_count~x", "../x.y~city.kyiv", "a.b~theme.x"])
def test_what_is_no_pages_view_is_not_read_as_one(name: str) -> None:
    assert parse(name) is None


def test_what_is_neither_filter_nor_choice_is_passed_over() -> None:
    assert parse("map.districts~city.kyiv~role.analyst~events_count.12") == Kept(
        "map", "districts", {"city": ("kyiv",)}
    )
