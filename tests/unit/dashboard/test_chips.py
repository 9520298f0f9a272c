from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.filters import Filters
from dashboard.text.finder import Entry
from dashboard.text.names import Names
from dashboard.ui import finder
from dashboard.ui.chips import causes, chips

NAMES = Names(
    lang="uk",
    cities={"kyiv": "Київ"},
    districts={"UA1": "Оболонський", "UA2": "Подільський"},
    themes={"ecology": "Екологія"},
    networks={"vcentri": "VcentriHUB"},
    spaces={"s1": "Вона хаб"},
)
BARE = Filters(city="kyiv")
FULL = Filters(
    city="kyiv",
    districts=("UA1", "UA2"),
    themes=("ecology",),
    kinds=("hub",),
    networks=("vcentri",),
    groups=("ngo",),
    space="s1",
    workshops=False,
)


def test_every_choice_has_a_chip_that_lifts_it_alone() -> None:
    found = chips(FULL, NAMES, "uk")
    assert [chip.name for chip in found] == [
        "Оболонський",
        "Подільський",
        "Екологія",
        "хаб",
        "VcentriHUB",
        "громадські організації",
        "Вона хаб",
        "без багатоденних майстерень",
    ]
    assert found[0].without == replace(FULL, districts=("UA2",))
    assert found[-2].without == replace(FULL, space=None)
    assert found[-1].without == replace(FULL, workshops=True)


def test_nothing_on_has_no_chip() -> None:
    assert chips(BARE, NAMES, "uk") == []


def test_one_filter_that_empties_is_named() -> None:
    now = replace(BARE, districts=("UA1", "UA2"), themes=("ecology",))
    found, is_enough = causes(now, NAMES, "uk", lambda filters: not filters.themes)
    assert ([chip.name for chip in found], is_enough) == (["Екологія"], True)
    assert found[0].without == replace(now, themes=())


def test_two_filters_of_which_either_would_do() -> None:
    now = replace(BARE, districts=("UA1",), themes=("ecology",))
    found, is_enough = causes(now, NAMES, "uk", lambda filters: not (filters.themes and filters.districts))
    assert ([chip.key for chip in found], is_enough) == (["districts", "themes"], True)


def test_two_filters_that_each_empty_it() -> None:
    now = replace(BARE, districts=("UA1",), themes=("ecology",))
    found, is_enough = causes(now, NAMES, "uk", lambda filters: not filters.themes and not filters.districts)
    assert ([chip.key for chip in found], is_enough) == (["districts", "themes"], False)


@pytest.mark.parametrize("now", [BARE, replace(BARE, themes=("ecology",))])
def test_no_filter_is_blamed_for_a_month_that_has_nothing(now: Filters) -> None:
    assert causes(now, NAMES, "uk", lambda _: False) == ([], True)


@pytest.mark.parametrize(
    ("entry", "page", "filters"),
    [
        (Entry("page", "data", "Дані"), "data", FULL),
        (Entry("district", "UA2", ""), "events", replace(BARE, districts=("UA2",), workshops=False)),
        (Entry("theme", "ecology", ""), "events", replace(BARE, themes=("ecology",), workshops=False)),
        (Entry("space", "s1", ""), "map", replace(BARE, space="s1", workshops=False)),
    ],
)
def test_what_is_found_is_all_that_is_filtered_by(entry: Entry, page: str, filters: Filters) -> None:
    assert finder.target(entry, FULL, "events", {"events", "map"}) == (page, filters)


def test_a_page_without_filters_gives_way_to_the_map() -> None:
    assert finder.target(Entry("theme", "ecology", ""), BARE, "data", {"events", "map"})[0] == "map"
