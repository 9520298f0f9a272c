"""Everything that the two documents name from which the product grew can be found on its screens.

The first is a page of the Kyiv department about the monthly meet-ups of public hubs (14 February 2023), the second a
page of the Zhytomyr city council about the city workshop of 12-17 June 2017. Tables are drawings on screen: what
stands in them is read from the CSV that the button under each table saves; all else is read as text on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from dashboard.metrics.catalogue import FIGURES
from dashboard.text.labels import label
from tests.e2e.conftest import Visitor

Read = Callable[[str], Visitor]

pytestmark = pytest.mark.browser

TEN_HUBS = (
    "Dialog hub",
    "Time Hub",
    "Coach hub",
    "Dance hub / Ivent hub",
    "Вона хаб",
    "iHub",
    "Освітній ХАБ",
    "City hub",
    "Hub 4.0",
    "Media hub",
)
FORMATS = ("experience_exchange", "partnership", "mentoring", "expert_support")
FIVE_THEMES = ("Громадський простір", "Міська культура", "Велотранспорт", "Екологія", "Енергоощадність")
GROUPS = ("ngo", "artist", "artisan", "student", "volunteer", "resident", "municipal")
GOALS = ("involvement", "awareness", "districts", "ngo_support", "cooperation", "exchange")


@pytest.fixture(scope="module")
def workshop(read: Read) -> Visitor:
    """The Zhytomyr workshop of June 2017, chosen among the workshops."""
    visitor = read("/events?city=zhytomyr&lang=uk")
    visitor.choose("events.workshop", next(name for name in visitor.options("events.workshop") if "2017" in name))
    visitor.sees("майданчик біля бібліотеки ім. Олега Ольжича")
    return visitor


def _stated(visitor: Visitor, table: str, key: str, fold_key: str | None = None) -> set[str]:
    """What public sources state about one property, in a table of facts."""
    facts = visitor.table(table, fold_key)
    return set(facts[facts[visitor.say("col.stated")] == label("fact_property", key, "uk")][visitor.say("col.value")])


def _heading(visitor: Visitor, key: str) -> Locator:
    return visitor.main.get_by_text(visitor.say(key), exact=True)


# --- Kyiv: the hubs and their meet-ups -------------------------------------------------------------------


def test_the_municipal_network_with_its_hub_in_obolon(read: Read) -> None:
    visitor = read("/network?city=kyiv")
    assert any("VcentriHUB" in name and "3\u00a0простори" in name for name in visitor.options("col.network"))
    expect(visitor.page.locator(".st-key-network_card")).to_contain_text("VcentriHUB")
    card = visitor.table("network_kyiv-vcentrihub").set_index(visitor.say("col.space"))
    assert card.loc["Vcentri HUB: Оболонь", visitor.say("col.district")] == "Оболонський"
    assert "Департамент суспільних комунікацій КМДА" in _stated(visitor, "facts_network_kyiv-vcentrihub", "operator")
    assert "VcentriHUB" in visitor.options("filter.network")


def test_the_ten_hubs_are_listed_as_of_unknown_location_and_counted(read: Read) -> None:
    visitor = read("/map?city=kyiv")
    unknown = label("location_status", "unknown", "uk")
    for name in TEN_HUBS:
        expect(visitor.main.get_by_role("listitem").filter(has_text=f"{name} — {unknown}")).to_have_count(1)
    listed = visitor.main.get_by_role("listitem").filter(has_text=re.compile(f"— {unknown}$"))
    heading = visitor.main.get_by_role("heading").filter(has_text="Без точки на карті").inner_text()
    assert int(heading.rsplit(" ", 1)[1]) == listed.count() >= len(TEN_HUBS)
    spaces = visitor.table("map-spaces-2026-10").set_index(visitor.say("col.space"))
    assert set(spaces.loc[list(TEN_HUBS), visitor.say("col.location")]) == {unknown}
    for name in TEN_HUBS:  # and nobody invented a point for them
        expect(visitor.map.get_by_role("button", name=name, exact=True)).to_have_count(0)


def test_social_and_business_hubs_and_coworkings_are_kinds_of_space(read: Read) -> None:
    visitor = read("/map?city=kyiv")
    kinds = visitor.options("filter.kind")
    for kind in ("hub", "coworking", "business_hub"):
        assert label("space_kind", kind, "uk") in kinds
        expect(visitor.page.locator(".cs-legend")).to_contain_text(label("space_kind", kind, "uk"))


def test_the_meeting_of_14_february_2023_and_who_came(read: Read) -> None:
    visitor = read("/network?city=kyiv")
    visitor.unfold("network.public")
    meeting = visitor.main.get_by_role("listitem").filter(has_text="14 лютого 2023")
    expect(meeting).to_contain_text("Друга зустріч представників хабів та коворкінгів міста Києва")
    for name in TEN_HUBS:
        expect(meeting).to_contain_text(name)
    counts = _stated(visitor, "facts_series", "spaces_count")
    assert {"лише кілька коворкінгів", "більше десяти"} <= counts  # first a few, now more than ten
    assert _stated(visitor, "facts_series", "frequency") == {"щомісяця"}


def test_meet_ups_are_a_series_that_grows(read: Read) -> None:
    visitor = read("/network?city=kyiv")
    expect(visitor.page.get_by_role("figure", name=visitor.say("network.growth"))).to_be_visible()
    growth = visitor.table("growth").sort_values(visitor.say("col.date"))
    months = growth[visitor.say("col.date")].str[:7]
    assert len(months) >= 16
    assert months.is_unique
    spaces = growth[visitor.say("network.all_spaces")].astype(int)
    assert spaces.head(3).max() < 10 < spaces.tail(3).min()


def test_the_four_formats_of_working_together(read: Read) -> None:
    visitor = read("/network?city=kyiv")
    visitor.page.get_by_test_id("stExpander").filter(has_text=visitor.say("network.formats")).first.click()
    chart = visitor.page.locator(".st-key-chart_formats")
    for name in FORMATS:
        expect(chart).to_contain_text(label("event_format", name, "uk"))


def test_which_spaces_met_which_and_who_asks_for_a_mentor(read: Read) -> None:
    visitor = read("/network?city=kyiv")
    expect(visitor.page.get_by_role("figure", name=visitor.say("network.links"))).to_be_visible()
    pairs = visitor.table("links")
    assert (pairs[visitor.say("network.links.unit.meetings")].astype(int) >= 1).all()
    assert (pairs[visitor.say("col.space")] != pairs[visitor.say("col.other_space")]).all()
    mentoring = visitor.table("mentoring")
    asked, offered = (mentoring[visitor.say(f"network.{key}")].astype(int) for key in ("requests", "offers"))
    assert asked.sum() > 0
    assert offered.sum() > 0
    assert (asked + offered > 0).all()


# --- Zhytomyr and Lviv: the city workshop ----------------------------------------------------------------


def test_the_workshop_of_june_2017_with_its_venue_and_who_stood_behind_it(workshop: Visitor) -> None:
    expect(
        workshop.page.get_by_test_id("stMetric").filter(has_text=workshop.say("workshop.days_count"))
    ).to_contain_text("6")
    for text in (
        "Житомирська міська рада",
        "Deutsche Gesellschaft für Internationale Zusammenarbeit (GIZ) GmbH",
        "Уряд Німеччини; Уряд Швейцарської Конфедерації",
        label("origin", "fact", "uk"),
    ):
        workshop.sees(text)


def test_what_public_sources_state_of_the_workshop(workshop: Visitor) -> None:
    table = "facts_zhytomyr-maisternia-mista-2017"
    facts = workshop.table(table)
    stated = set(facts[workshop.say("col.value")])
    assert "12-17 червня 2017 року" in stated
    assert "громадський простір, міська культура, велотранспорт, екологія та енергоощадність" in stated
    assert "реєстраційна форма" in _stated(workshop, table, "registration_form")
    assert "Анкета опису проекту Майстерня Міста Житомир 2017" in _stated(workshop, table, "questionnaire")
    assert len(_stated(workshop, table, "goal")) == 7
    assert _stated(workshop, table, "participant_group") >= {"митці", "ремісники", "активні студенти", "волонтери"}
    # It has no list of people and no programme among the data: that is said, not filled in.
    workshop.sees(workshop.say("workshop.programme.none"))
    workshop.sees(workshop.say("workshop.proposals.none"))


def test_a_workshop_of_six_days_has_a_programme_by_day_at_a_venue_that_is_no_hub(read: Read) -> None:
    visitor = read("/events?city=zhytomyr")
    visitor.sees("Площа Вигадана, головне шатро")
    days = visitor.page.get_by_role("radiogroup", name=visitor.say("workshop.day")).get_by_role("radio")
    expect(days).to_have_count(6)
    programme = visitor.table("programme")
    assert programme[visitor.say("col.date")].nunique() == 6
    assert programme[visitor.say("col.place")].notna().all()
    themes = programme[visitor.say("col.theme")].dropna().str.cat(sep=", ")
    for theme in FIVE_THEMES:
        assert theme in themes


@pytest.mark.parametrize("city", ["kyiv", "lviv", "zhytomyr"])
def test_the_five_themes_are_themes_of_every_city(read: Read, city: str) -> None:
    visitor = read(f"/participation?city={city}")
    assert set(FIVE_THEMES) <= set(visitor.options("filter.theme"))
    totals = visitor.table("themes_total").set_index(visitor.say("participation.part"))
    events = totals.loc[list(FIVE_THEMES), FIGURES["events_count"].name("uk")].astype(int)
    assert (events > 0).all()


def test_registrations_are_a_figure(read: Read) -> None:
    visitor = read("/participation?city=zhytomyr")
    name = FIGURES["registrations_count"].name("uk")
    expect(visitor.page.get_by_role("radio", name=name, exact=True).first).to_be_checked()
    assert visitor.table("themes_total")[name].astype(int).sum() > 0


def test_proposals_have_a_title_a_theme_and_a_stage_and_belong_to_a_workshop(read: Read) -> None:
    visitor = read("/events?city=zhytomyr")
    expect(visitor.page.get_by_role("figure", name=visitor.say("workshop.proposals"))).to_be_visible()
    proposals = visitor.table("proposals")
    assert proposals[visitor.say("col.title")].notna().all()
    assert set(proposals[visitor.say("col.theme")]) <= set(FIVE_THEMES)
    stages = {label("proposal_stage", stage, "uk") for stage in ("idea", "draft", "in_progress")}
    assert stages <= set(proposals[visitor.say("col.stage")])


def test_the_invited_are_participant_groups(read: Read) -> None:
    visitor = read("/participation?city=zhytomyr&part=who")
    names = {label("participant_group", group, "uk") for group in GROUPS}
    assert names <= set(visitor.options("filter.group"))
    groups = visitor.table("groups").set_index(visitor.say("col.group"))
    assert (groups.loc[list(names), FIGURES["registrations_count"].name("uk")].astype(int) > 0).all()


def test_every_goal_has_a_measure_and_the_measures_definition(read: Read) -> None:
    visitor = read("/events?city=zhytomyr")
    expect(_heading(visitor, "workshop.goals")).to_be_visible()
    goals = visitor.table("goals").set_index(visitor.say("col.goal"))
    assert list(goals.index) == [visitor.say(f"goal.{goal}") for goal in GOALS]
    definitions = {f"{figure.sentence('uk')} {figure.leaves_out('uk')}" for figure in FIGURES.values()}
    assert set(goals[visitor.say("col.definition")]) <= definitions
    assert (goals[visitor.say("col.value")].astype(float) > 0).any()


def test_the_lviv_original_yearly_since_2012(read: Read) -> None:
    visitor = read("/events?city=lviv")
    workshops = visitor.options("events.workshop")
    for year in range(2015, 2020):
        assert any(str(year) in name for name in workshops)
    visitor.choose("events.workshop", next(name for name in workshops if "2017" in name))
    facts = visitor.table("facts_lviv-maisternia-mista-2017")
    stated = set(facts[visitor.say("col.value")])
    assert "понад 15 000 відвідувачів" in stated
    assert "з 2012 року" in stated
    assert "щорічно" in stated


def test_several_cities_stand_side_by_side(read: Read) -> None:
    visitor = read("/")
    assert visitor.options("filter.city") == ["Житомир", "Київ", "Львів"]
    cities = visitor.table("cities-2026-10").set_index(visitor.say("col.city"))
    assert set(cities.index) == {"Житомир", "Київ", "Львів"}
    assert cities[FIGURES["participants_count"].name("uk")].notna().all()


@pytest.mark.parametrize(
    ("city", "property_", "values"),
    [("kyiv", "capacity", ("70", "80")), ("zhytomyr", "first_held", ("2016", "2017"))],
)
def test_sources_that_contradict_each_other_are_both_shown(
    read: Read, city: str, property_: str, values: tuple[str, str]
) -> None:
    stated = _stated(read(f"/data?city={city}"), "contradictions", property_, "part_contradictions")
    for value in values:
        assert any(value in each for each in stated)
