"""What people do with the pages, in a real browser on a real server, with every other host refused."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote_plus

import pytest
from icalendar import Calendar
from playwright.sync_api import WebSocket, expect

from dashboard.metrics.catalogue import FIGURES
from dashboard.text.dates import month_name
from dashboard.text.labels import label
from dashboard.text.words import Lang
from tests.e2e.conftest import Visit, Visitor

pytestmark = pytest.mark.browser

PATHS = {
    "overview": "/",
    "map": "/map",
    "participation": "/participation",
    "events": "/events",
    "network": "/network",
    "cities": "/cities",
    "presentation": "/presentation",
    "editions": "/editions",
    "data": "/data",
}
OBOLON = "UA80000000000551439"
SEPTEMBER, OCTOBER = (month_name(date(2026, month, 1), "uk") for month in (9, 10))


def digits(text: str) -> int:
    """The number that a text writes, whatever signs group it."""
    return int(re.sub(r"\D", "", text))


# --- every page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PATHS)
def test_a_first_visit_to_a_deep_link_goes_through_the_main_script(visit: Visit, server: str, page: str) -> None:
    visitor: Visitor = visit(server, f"{PATHS[page]}?city=lviv&lang=en", lang="en")
    visitor.sees_page(page)
    visitor.sees("Demonstration data.")
    expect(visitor.navigation).to_have_text([visitor.say(f"page.{name}") for name in PATHS])
    expect(visitor.page.get_by_role("radio", name="English")).to_be_checked()
    expect(visitor.page.get_by_role("combobox", name="City")).to_have_value("Lviv")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    # What would stand here had Streamlit run the page's file past the script.
    expect(visitor.page.get_by_test_id("stSidebarNav")).to_have_count(0)
    expect(visitor.sidebar.get_by_role("link")).to_have_count(0)


def test_a_phone_shows_every_page_without_scrolling_sideways(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, width=390, height=844)
    for page in PATHS:
        visitor.go_to(page)
        expect(visitor.page.get_by_role("heading", level=1)).to_be_in_viewport()
        sideways = visitor.page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
        assert (page, sideways) == (page, 0)


# --- filters and the address -----------------------------------------------------------------------------


def test_a_theme_goes_into_the_address_and_stays(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map")
    visitor.has_not_in_address("theme=")
    visitor.sees_filters()

    visitor.choose("filter.theme", "Екологія")
    visitor.has_in_address(r"/map\?.*theme=ecology")
    visitor.sees_filters("Екологія")

    visitor.page.reload()
    visitor.wait()
    visitor.has_in_address("theme=ecology")
    visitor.sees_filters("Екологія")

    visitor.go_to("events")
    visitor.has_in_address(r"/events\?.*theme=ecology")
    visitor.sees_filters("Екологія")
    themes = visitor.table("events-2026-10")[visitor.say("col.theme")]
    assert len(themes)
    assert themes.str.contains("Екологія").all()


def test_back_and_forward_restore_page_and_filters(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map")
    visitor.choose("filter.theme", "Екологія")
    visitor.has_in_address(r"/map\?.*theme=ecology")
    visitor.go_to("events")
    visitor.choose("filter.theme", "Велотранспорт")
    visitor.has_in_address(r"/events\?.*theme=cycling")
    visitor.sees_filters("Велотранспорт", "Екологія")

    visitor.page.go_back()
    visitor.sees_filters("Екологія")
    visitor.has_not_in_address("cycling")

    visitor.page.go_back()
    visitor.sees_page("map")
    visitor.sees_filters("Екологія")

    visitor.page.go_back()
    visitor.sees_filters()
    visitor.has_not_in_address("theme=")
    visitor.page.go_forward()
    visitor.sees_filters("Екологія")

    visitor.page.go_forward()
    visitor.sees_page("events")
    visitor.sees_filters("Екологія")


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_same_link_shows_the_same_in_a_fresh_window_in_the_other_language(
    visit: Visit, server: str, lang: Lang
) -> None:
    other: Lang = "en" if lang == "uk" else "uk"
    query = f"?city=kyiv&month=2026-09&district={OBOLON}"
    here: Visitor = visit(server, f"/{query}&lang={lang}", lang=lang)
    there: Visitor = visit(server, f"/{query}&lang={other}", lang=other)
    for figure_id in ("events_count", "participants_count", "attendances_count"):
        values = [
            digits(visitor.tile(FIGURES[figure_id].name(visitor.lang)).locator(".cs-value").inner_text())
            for visitor in (here, there)
        ]
        assert values[0] == values[1] > 0
    for visitor in (here, there):
        expect(visitor.page.locator("html")).to_have_attribute("lang", visitor.lang)
        visitor.sees_filters("Оболонський" if visitor.lang == "uk" else "Obolonskyi")


def test_the_language_is_one_click_away_and_keeps_the_filters(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/participation?city=kyiv&theme=cycling")
    visitor.sees_page("participation")
    fold = visitor.page.locator("[data-testid=stSidebar] button").first
    expect(fold).to_have_attribute("aria-label", "Згорнути бічну панель")
    visitor.page.get_by_role("radio", name="English").click()
    visitor.lang = "en"
    visitor.sees_page("participation")
    visitor.has_in_address("lang=en")
    visitor.has_in_address("theme=cycling")
    visitor.sees_filters("Cycling")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    expect(fold).to_have_attribute("aria-label", "Collapse sidebar")
    visitor.page.get_by_role("radio", name="Українська").click()
    visitor.lang = "uk"
    visitor.sees_page("participation")
    visitor.has_not_in_address("lang=en")


def test_another_city_has_no_district_of_the_former(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, f"/map?city=kyiv&district={OBOLON}")
    visitor.sees_filters("Оболонський")
    visitor.choose("filter.city", "Львів")
    visitor.has_in_address("city=lviv")
    visitor.has_not_in_address("district=")
    visitor.sees_filters()
    assert "Оболонський" not in visitor.options("filter.district")
    assert "Личаківський" in visitor.options("filter.district")


def test_filters_are_lifted_with_one_click(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, f"/events?city=kyiv&district={OBOLON}&theme=ecology&workshops=0")
    visitor.sees_filters("Оболонський", "Екологія", visitor.say("filter.workshops.off"))
    visitor.page.get_by_role("button", name=visitor.say("filter.reset")).click()
    visitor.sees_filters()
    visitor.has_in_address(r"/events\?city=kyiv$")


def test_a_link_with_unknown_values_says_so(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map?city=kyiv&district=UA99&theme=ecology")
    visitor.sees(visitor.say("filter.unknown", list="district=UA99"))
    visitor.sees_filters("Екологія")
    visitor.has_not_in_address("UA99")


# --- the month -------------------------------------------------------------------------------------------


def test_the_month_before_is_one_click_or_key_away(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/")
    visitor.sees(OCTOBER)  # the last full month: the data speak for 15 November
    october = visitor.tile("Події").locator(".cs-value").inner_text()
    expect(visitor.tile("Події")).to_contain_text("проти вересня 2026")
    expect(visitor.tile("Події")).to_contain_text("проти жовтня 2025")

    visitor.page.get_by_role("button", name=visitor.say("overview.previous")).click()
    visitor.sees(SEPTEMBER)
    visitor.has_in_address("month=2026-09")
    expect(visitor.tile("Події").locator(".cs-value")).not_to_have_text(october)

    visitor.page.keyboard.press("ArrowRight")
    visitor.sees(OCTOBER)
    expect(visitor.tile("Події").locator(".cs-value")).to_have_text(october)


def test_an_unfinished_month_is_marked_and_compared_with_nothing(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/?month=2026-11")
    visitor.sees(visitor.say("overview.unfinished"))
    expect(visitor.page.locator(".cs-tiles")).not_to_contain_text("проти")


def test_the_month_stands_beside_the_other_cities(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/")
    visitor.sees_section("overview.cities")
    cities = visitor.table("cities-2026-10")
    assert set(cities[visitor.say("col.city")]) == {"Київ", "Львів", "Житомир"}
    assert (cities["Події"].map(digits) > 0).all()


def test_the_month_becomes_a_draft_that_says_it_is_a_demonstration(visit: Visit, public_server: str) -> None:
    visitor: Visitor = visit(public_server, "/")
    visitor.page.get_by_role("button", name=visitor.say("overview.document.draft")).click()
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=visitor.say("overview.document.draft.download")).click()
    assert waiting.value.suggested_filename == "civicspace-kyiv-2026-10-public-draft-uk.html"
    text = waiting.value.path().read_text()
    assert "2026" in text
    assert re.search("демонстраційн", text, re.IGNORECASE)
    assert not re.search(r"""(src|href)=["']?https?://(?!www\.w3\.org)[^"']+\.(js|css|woff2?|png)""", text)


# --- the map ---------------------------------------------------------------------------------------------


def test_the_map_is_drawn_and_a_click_on_a_district_filters(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map?city=kyiv")
    districts = visitor.map.locator("path.leaflet-interactive")
    expect(districts).to_have_count(10)
    expect(visitor.map.locator(".leaflet-tile-pane")).to_be_attached()
    expect(visitor.map.locator(".leaflet-marker-pane").get_by_role("button").first).to_be_visible()
    visitor.sees("© OpenStreetMap")
    legend = visitor.page.locator(".cs-legend")
    expect(legend).to_contain_text(FIGURES["events_count"].name("uk"))
    expect(legend).to_contain_text(label("space_kind", "coworking", "uk"))

    # A district's name lets clicks through to the district under it.
    name = visitor.map.locator(".civic-label span").filter(has_text="Голосіївський")
    name.click(force=True)
    visitor.has_in_address(r"district=UA\d+")
    visitor.sees_filters("Голосіївський")
    spaces = visitor.table("map-spaces-2026-10")
    assert set(spaces[visitor.say("col.district")]) == {"Голосіївський"}
    expect(districts).to_have_count(10)  # the others stay on the map

    visitor.sidebar.get_by_role("button", name=visitor.say("filter.reset")).click()
    visitor.has_not_in_address("district=")
    visitor.sees_filters()
    visitor.wait()
    name.click(force=True)  # the same place again
    visitor.sees_filters("Голосіївський")


def test_a_map_that_loads_says_nothing_to_the_server(visit: Visit, server: str) -> None:
    """A message sent by itself names the page it comes from, and would call back a visitor who has just left it."""
    visitor: Visitor = visit(server)
    sent: list[object] = []

    def remember(frame: str | bytes) -> None:
        sent.append(frame)

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", remember)

    visitor.page.on("websocket", listen)
    visitor.open("/map?city=kyiv")
    expect(visitor.map.locator("path.leaflet-interactive")).to_have_count(10)
    visitor.page.wait_for_timeout(1_000)  # the map waits 250 ms before it speaks
    assert len(sent) == 1


def test_the_map_is_coloured_by_the_figure_that_was_asked_for(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map?city=kyiv")
    name = FIGURES["participants_count"].name("uk")
    visitor.choose("map.figure", name)
    expect(visitor.page.locator(".cs-legend")).to_contain_text(name)
    table = visitor.table("map-districts-2026-10")
    assert list(table.columns[:2]) == [visitor.say("col.district"), name]
    assert table[name].astype(int).is_monotonic_decreasing


def test_a_space_has_a_profile_with_what_public_sources_say(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map?city=kyiv&space=kyiv-vcentri-shevchenkivskyi")
    visitor.sees("вул. Володимирська, 51-Б")
    facts = visitor.table("facts_kyiv-vcentri-shevchenkivskyi")
    assert "3 березня 2020 року" in set(facts[visitor.say("col.value")])
    assert facts[visitor.say("col.source")].str.startswith("http").all()


def test_months_go_by_on_the_map_without_loading_it_anew(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map?city=kyiv")
    expect(visitor.map.locator("path.civic-district")).to_have_count(10)
    loads: list[str] = []
    visitor.page.on("framenavigated", lambda frame: loads.append(frame.url))
    visitor.page.get_by_role("slider", name=visitor.say("map.month")).press("ArrowLeft")
    visitor.has_in_address("month=2026-09")
    visitor.page.get_by_role("radio", name=visitor.say("map.reach.on")).click()
    expect(visitor.map.locator(".leaflet-shadow-pane path[stroke-dasharray]")).to_have_count(2)
    visitor.wait()
    assert [url for url in loads if "folium" in url] == []


def test_list_and_map_choose_the_same_by_keyboard(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/map?city=kyiv")
    district = visitor.map.get_by_role("button", name="Дарницький")
    district.focus()
    district.press("Enter")
    visitor.sees_filters("Дарницький")
    expect(visitor.map.get_by_role("button", name="Дарницький")).to_have_attribute("aria-pressed", "true")
    expect(visitor.map.get_by_role("button", name="Оболонський")).to_have_attribute("aria-pressed", "false")
    visitor.page.get_by_role("combobox", name=visitor.say("map.list.space")).press("ArrowDown")
    visitor.page.get_by_role("option").first.click()
    visitor.has_in_address("space=")
    visitor.page.get_by_role("button", name=visitor.say("map.profile.close")).press("Enter")
    visitor.has_not_in_address("space=")


# --- participation ---------------------------------------------------------------------------------------


def test_participation_is_drawn_of_the_figure_that_was_asked_for(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/participation?city=kyiv")
    registrations, participants = FIGURES["registrations_count"], FIGURES["participants_count"]
    visitor.sees(registrations.sentence("uk"))
    before = visitor.table("trend")
    visitor.page.get_by_role("radio", name=participants.name("uk"), exact=True).click()
    visitor.sees(participants.sentence("uk"))
    visitor.has_in_address("figure=participants_count")
    after = visitor.table("trend")
    assert registrations.name("uk") in before
    assert participants.name("uk") in after
    assert after[participants.name("uk")].astype(float).sum() < before[registrations.name("uk")].astype(float).sum()
    visitor.sees_section("participation.themes")
    visitor.page.get_by_role("radio", name=visitor.say("closer.all"), exact=True).click()
    visitor.has_in_address("part=all")
    for key in ("groups", "people", "rhythm", "homes"):
        visitor.sees_section(f"participation.{key}")
    visitor.page.get_by_role("radio", name=visitor.say("participation.cut.space"), exact=True).click()
    visitor.has_in_address("cut=space")
    visitor.page.get_by_role("radio", name=visitor.say("participation.drawn.places"), exact=True).click()
    visitor.has_in_address("drawn=places")
    visitor.page.reload()
    visitor.wait()
    visitor.has_in_address("cut=space")
    expect(
        visitor.page.get_by_role("radio", name=visitor.say("participation.drawn.places"), exact=True)
    ).to_be_checked()
    visitor.page.go_back()
    visitor.wait()
    expect(visitor.page.get_by_role("radio", name=visitor.say("participation.drawn.each"), exact=True)).to_be_checked()
    expect(visitor.page.get_by_role("radio", name=visitor.say("participation.cut.space"), exact=True)).to_be_checked()


def test_a_multi_day_workshop_can_be_taken_out_of_the_trend(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/participation?city=zhytomyr")
    name = FIGURES["registrations_count"].name("uk")
    before = visitor.table("themes_total")[name].astype(float).sum()
    visitor.sidebar.get_by_text(visitor.say("filter.workshops"), exact=True).click()
    visitor.has_in_address("workshops=0")
    visitor.sees_filters(visitor.say("filter.workshops.off"))
    visitor.wait()
    assert visitor.table("themes_total")[name].astype(float).sum() < before


# --- events ----------------------------------------------------------------------------------------------


def test_a_search_with_another_apostrophe_finds(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/events?city=kyiv")
    everything = visitor.table("events-2026-10")
    place = visitor.say("col.place")
    name = everything[place][everything[place].str.contains("’", na=False)].iloc[0]
    count = int((everything[place] == name).sum())
    search = visitor.page.get_by_role("textbox", name=visitor.say("events.search"))
    for apostrophe in ("'", "ʼ", "’"):
        search.fill(name.replace("’", apostrophe).upper())
        search.press("Enter")
        visitor.has_in_address(rf"q=[^&]*{quote_plus(apostrophe)}")
        visitor.sees(visitor.say("events.found", count=count, all=len(everything)))
    visitor.wait()
    assert set(visitor.table("events-2026-10")[place]) == {name}

    search.fill("такого немає ніде")
    search.press("Enter")
    visitor.sees(visitor.say("events.found", count=0, all=len(everything)))


def test_a_day_is_chosen_by_key_an_event_opened_and_its_calendar_taken_along(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/events?city=kyiv&month=2026-10&day=2026-10-13")
    days = visitor.page.get_by_role("radiogroup", name=visitor.say("events.day.choose")).get_by_role("radio")
    expect(days).to_have_count(31)
    expect(days.nth(12)).to_be_checked()
    days.nth(12).press("ArrowRight")
    visitor.page.keyboard.press("Space")
    visitor.has_in_address("day=2026-10-14")
    listed = visitor.table("events-2026-10")
    assert set(listed[visitor.say("col.date")].str[:10]) == {"2026-10-14"}
    assert digits(days.nth(13).inner_text().split()[1]) == len(listed)

    visitor.page.locator(".st-key-day").get_by_role("button").first.click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_contain_text(listed[visitor.say("col.title")].iloc[0])
    expect(dialog).to_contain_text(FIGURES["registrations_count"].name("uk"))
    visitor.has_in_address("event=kyiv-")
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    visitor.has_not_in_address("event=")
    visitor.wait()

    with visitor.page.expect_download() as waiting:
        # By mouse: a closed dialog gives the focus back to what opened it, at a moment of its own.
        visitor.page.locator(".st-key-save_ics").get_by_role("button").click()
    calendar = Calendar.from_ical(waiting.value.path().read_bytes())
    assert "демонстраційні дані" in calendar["X-WR-CALNAME"]
    assert len(calendar.walk("VEVENT")) == len(listed)


def test_a_workshop_shows_its_programme_goals_and_proposals(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/events?city=kyiv")
    visitor.sees_section("events.workshops")
    days, sessions = (int(visitor.metric(f"workshop.{key}")) for key in ("days_count", "programme_sessions_count"))
    radios = visitor.page.get_by_role("radiogroup", name=visitor.say("workshop.day")).get_by_role("radio")
    expect(radios).to_have_count(days)
    expect(visitor.page.get_by_text("8 червня, понеділок")).to_be_attached()
    radios.nth(1).click()
    expect(visitor.page.get_by_text("9 червня, вівторок")).to_be_attached()
    expect(visitor.page.get_by_text("8 червня, понеділок")).to_have_count(0)

    programme = visitor.table("programme")
    assert len(programme) == sessions
    assert programme[visitor.say("col.date")].nunique() == days
    goals = visitor.table("goals")
    assert len(goals) == 6
    assert (
        goals[[visitor.say("col.measure"), visitor.say("col.value"), visitor.say("col.definition")]]
        .notna()
        .all(axis=None)
    )
    proposals = visitor.table("proposals")
    assert len(proposals) == int(visitor.metric("workshop.proposals_count")) > 0
    assert proposals[[visitor.say("col.theme"), visitor.say("col.stage")]].notna().all(axis=None)


# --- the network -----------------------------------------------------------------------------------------


def test_the_network_page_tells_growth_meetings_and_networks(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/network?city=kyiv")
    card = visitor.page.locator(".st-key-network_card")
    expect(card).to_contain_text("VcentriHUB")
    expect(card).to_contain_text("Департамент суспільних комунікацій КМДА")
    expect(card).to_contain_text(visitor.say("network.unknown.capacity"))
    for key in ("growth", "newcomers_by_year", "links", "groups", "mentoring", "cards"):
        visitor.sees_section(f"network.{key}")
    growth = visitor.table("growth")
    spaces = growth[visitor.say("network.all_spaces")].astype(int)
    assert spaces.iloc[-1] > spaces.iloc[0]
    assert (growth[visitor.say("network.newcomers")].astype(int) <= spaces).all()
    assert growth[visitor.say("network.so_far")].astype(int).is_monotonic_increasing
    visitor.page.get_by_role("radio", name=visitor.say("network.links.presence")).click()
    visitor.has_in_address("links=presence")
    attendance = visitor.table("presence")
    last = growth[visitor.say("col.date")].max()
    assert (attendance[visitor.say("col.date")] == last).sum() == spaces[growth[visitor.say("col.date")] == last].sum()


def test_a_phone_reads_who_meets_whom_as_a_list_and_a_wide_screen_as_a_drawing(visit: Visit, server: str) -> None:
    phone: Visitor = visit(server, "/network?city=zhytomyr", width=390, height=844)
    expect(phone.page.locator(".st-key-links_narrow").get_by_role("listitem").first).to_be_visible()
    expect(phone.page.locator(".st-key-links_wide")).to_be_hidden()
    phone.page.set_viewport_size({"width": 1440, "height": 900})
    expect(phone.page.locator(".st-key-links_wide")).to_be_visible()
    expect(phone.page.locator(".st-key-links_narrow")).to_be_hidden()


# --- the cities ------------------------------------------------------------------------------------------


def test_cities_stand_side_by_side_and_what_is_not_known_is_no_zero(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/?city=kyiv")
    visitor.page.get_by_role("link", name=visitor.say("overview.cities.more")).click()
    visitor.sees_page("cities")
    figures = visitor.table("cities").set_index(visitor.say("col.figure"))
    per_resident = figures.loc[FIGURES["participants_per_1000"].name("uk")]
    assert per_resident["Львів"] == visitor.say("value.none")
    assert "n = " in per_resident["Київ"].replace("\u00a0", " ")
    visitor.choose("col.figure", FIGURES["attendance_rate_pct"].name("uk"))
    visitor.has_in_address("compared=attendance_rate_pct")


# --- the data --------------------------------------------------------------------------------------------

ROWS = ("rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")


def test_the_account_adds_up_as_it_is_shown(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/data?city=kyiv")
    visitor.unfold("data.account")
    read, loaded, duplicate, rejected = (digits(visitor.metric(f"data.{name}")) for name in ROWS)
    assert read == loaded + duplicate + rejected
    assert min(loaded, duplicate, rejected) > 0
    files = visitor.table("account")[[visitor.say(f"data.{name}") for name in ROWS]].astype(int)
    files.columns = list(ROWS)
    parts = files[list(ROWS[1:])]
    assert (files["rows_read_count"] == parts.sum(axis="columns")).all()
    assert tuple(files.sum()) == (read, loaded, duplicate, rejected)


def test_every_remark_has_its_address_in_the_file(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/data?city=zhytomyr")
    remarks = visitor.table("remarks", "part_reasons")
    for key in ("col.file", "col.row", "col.reason", "col.fix"):
        assert remarks[visitor.say(key)].notna().all()
    reasons = visitor.table("reasons", "part_reasons")
    assert len(remarks) == reasons[visitor.say("col.rows")].astype(int).sum()


# --- the public ------------------------------------------------------------------------------------------


def test_the_public_is_told_what_it_does_not_see(visit: Visit, public_server: str) -> None:
    visitor: Visitor = visit(public_server, "/data?city=zhytomyr")
    visitor.sees(visitor.say("banner.public", k=5))
    visitor.sees(visitor.say("data.account"))
    visitor.unfold("data.reasons")
    # An analyst's rows: single remarks could be counted one by one.
    visitor.does_not_see(visitor.say("data.remarks"))
    expect(visitor.page.locator(".st-key-save_remarks")).to_have_count(0)


def test_the_public_gets_no_small_number_in_a_file(visit: Visit, server: str, public_server: str) -> None:
    path = "/events?city=kyiv&month=2026-10"
    name = FIGURES["registrations_count"].name("uk")
    exact = visit(server, path).table("events-2026-10")[name].dropna()
    shown = visit(public_server, path).table("events-2026-10")[name].dropna()
    assert exact.astype(int).between(1, 4).any()  # there is something to hide
    assert (shown == "приховано").any()
    numbers = shown[shown != "приховано"].astype(int)
    assert (numbers % 5 == 0).all()


def test_an_analyst_is_not_told_that_numbers_are_hidden(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/data?city=zhytomyr")
    visitor.does_not_see(visitor.say("banner.public", k=5))
    visitor.unfold("data.reasons")
    visitor.sees(visitor.say("data.remarks"))
