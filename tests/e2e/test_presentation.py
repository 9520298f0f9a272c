"""A speaker chooses views, and shows them by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.test_http import get

pytestmark = pytest.mark.browser


def on_screen(deck: Page) -> Locator:
    return deck.locator(".slide.is-on")


def test_a_speaker_orders_the_views_and_shows_them_by_keyboard(visit: Visit, server: str) -> None:
    visitor: Visitor = visit(server, "/presentation?city=kyiv&month=2026-10")
    visitor.page.get_by_text(visitor.say("presentation.order")).click()
    rows = visitor.page.get_by_test_id("stExpanderDetails").get_by_test_id("stMarkdown")
    second = rows.nth(1).inner_text().removeprefix("2. ")
    visitor.page.get_by_role("button", name=visitor.say("presentation.down")).first.click()
    expect(rows.first).to_have_text(f"1. {second}")

    visitor.wait()
    with visitor.page.expect_popup() as waiting:
        visitor.page.get_by_role("link", name=visitor.say("presentation.start")).click()
    deck = waiting.value
    expect(on_screen(deck).get_by_role("heading", level=1)).to_have_text("Київ, жовтень 2026")
    deck.keyboard.press("ArrowRight")
    expect(on_screen(deck).get_by_role("heading", level=2)).to_have_text(second.rsplit(" (", 1)[0])
    expect(on_screen(deck)).to_contain_text("Демонстраційні дані")
    deck.keyboard.press("Space")
    expect(on_screen(deck).locator(".place")).to_have_text(re.compile(r"^3 / "))
    deck.keyboard.press("ArrowLeft")
    expect(on_screen(deck).locator(".place")).to_have_text(re.compile(r"^2 / "))
    deck.keyboard.press("End")
    expect(on_screen(deck)).to_contain_text("OpenStreetMap")
    deck.keyboard.press("ArrowRight")
    expect(on_screen(deck)).to_contain_text("OpenStreetMap")  # there is nothing after the last
    deck.close()


def test_notes_timer_and_dark_room_are_a_key_away(visit: Visit, server: str) -> None:
    deck = visit(server, "/presentation?city=zhytomyr").page
    deck.goto(f"{server}/present?city=zhytomyr&month=2026-10#2")
    notes = on_screen(deck).locator(".notes")
    expect(notes).to_be_hidden()
    deck.keyboard.press("n")
    expect(notes).to_be_visible()
    timer = deck.get_by_role("timer")
    expect(timer).to_be_hidden()
    deck.keyboard.press("t")
    expect(timer).to_have_text(re.compile(r"^0:\d\d$"))
    page_is = "getComputedStyle(document.body).backgroundColor"
    light = deck.evaluate(page_is)
    deck.keyboard.press("d")
    assert deck.evaluate(page_is) != light
    expect(on_screen(deck).locator(".place")).to_have_text(re.compile(r"^2 / "))


def test_nothing_is_cut_on_a_phone(visit: Visit, server: str) -> None:
    deck = visit(server, "/presentation?city=kyiv", width=390, height=844).page
    deck.goto(f"{server}/present?city=kyiv&month=2026-10")
    for _ in range(deck.locator(".slide").count()):
        assert deck.evaluate("document.documentElement.scrollWidth <= innerWidth")
        deck.get_by_role("button", name="Далі").click()


def test_without_scripts_all_slides_stand_one_under_another(visit: Visit, server: str) -> None:
    context = visit(server, "/data").page.context.browser.new_context(java_script_enabled=False)
    deck = context.new_page()
    deck.goto(f"{server}/present?city=kyiv&month=2026-10&view=map.events_count")
    expect(deck.locator(".slide").filter(visible=True)).to_have_count(deck.locator(".slide").count())
    context.close()


def test_the_public_is_shown_what_is_for_the_public(server: str, public_server: str) -> None:
    path = "/present?city=kyiv&month=2026-10"
    (_, _, exact), (_, _, public) = get(server, path), get(public_server, path)
    assert "Для службового користування" in exact
    assert "Для службового користування" not in public
    assert "Для оприлюднення" in public


@pytest.mark.parametrize("query", ["city=atlantis", "month=2026-99", "view=no.such", "lang=xx", "view=&month=1900-01"])
def test_an_address_with_mistakes_shows_what_there_is(server: str, query: str) -> None:
    status, headers, text = get(server, f"/present?{query}")
    assert status == 200
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert "<h1>" in text
