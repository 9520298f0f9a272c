"""A real server and a real browser. Every request that is not to the server is refused and remembered."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FrameLocator,
    Locator,
    Page,
    Route,
    WebSocket,
    expect,
)
from playwright.sync_api import (
    TimeoutError as PlaywrightTimeoutError,
)

from dashboard.text.everywhere import say as say_everywhere
from dashboard.text.pages import say
from dashboard.text.words import Lang
from tests.e2e.serving import CHROMIUM, CHROMIUM_OPTIONS, PATIENCE_MS, serving, wait_until_drawn

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": list(CHROMIUM_OPTIONS)}


@pytest.fixture(scope="session")
def server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration, served to an analyst."""
    with serving(demo_store, tmp_path_factory.mktemp("server") / "server.log") as url:
        yield url


@pytest.fixture(scope="session")
def public_server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration, served to the public."""
    with serving(demo_store, tmp_path_factory.mktemp("server") / "public.log", "--public") as url:
        yield url


@dataclass
class Visitor:
    """Somebody at a browser, who finds things on the page by the words on them."""

    page: Page
    url: str
    lang: Lang
    foreign_requests: list[str] = field(default_factory=list)
    script_errors: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to an address of the server and wait for the page."""
        self.page.goto(self.url + path)
        self.wait()

    def wait(self) -> None:
        wait_until_drawn(self.page)

    def say(self, key: str, **values: object) -> str:
        return say(key, self.lang, **values)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def navigation(self) -> Locator:
        return self.page.locator(".st-key-navigation").get_by_role("link")

    @property
    def sidebar(self) -> Locator:
        return self.page.get_by_test_id("stSidebar")

    @property
    def map(self) -> FrameLocator:
        return self.page.frame_locator("iframe[title^=streamlit_folium]")

    def go_to(self, page: str) -> None:
        """Click the page's name in the navigation."""
        self.navigation.get_by_text(self.say(f"page.{page}"), exact=True).click()
        self.sees_page(page)
        self.wait()

    def sees_page(self, page: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.say(f"page.{page}"))

    def sees(self, text: str) -> None:
        expect(self.main.get_by_text(text).filter(visible=True).first).to_be_visible()

    def does_not_see(self, text: str) -> None:
        expect(self.main.get_by_text(text)).to_have_count(0)

    def sees_filters(self, *names: str) -> None:
        """The chips name just these filters; there is no chip when there are none."""
        lift = say_everywhere("chip.lift", self.lang)
        chips = self.main.get_by_role("button", name=lift)
        expect(chips).to_have_count(len(names))
        for name in names:
            expect(self.main.get_by_role("button", name=f"{lift} {name}", exact=True)).to_be_visible()

    def unfold(self, key: str) -> None:
        """Open a fold by its words."""
        self.main.locator("summary").filter(has_text=self.say(key)).click()

    def sees_section(self, key: str) -> None:
        expect(self.main.get_by_role("heading", name=self.say(key), exact=True)).to_be_visible()

    def has_in_address(self, pattern: str) -> None:
        expect(self.page).to_have_url(re.compile(pattern))

    def has_not_in_address(self, pattern: str) -> None:
        expect(self.page).not_to_have_url(re.compile(pattern))

    def choose(self, key: str, option: str) -> None:
        """Pick one option of a list, by the list's label."""
        self._unfold(key)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")
        self.wait()

    def options(self, key: str) -> list[str]:
        """All options of a list."""
        self._unfold(key)
        # The first, «all of them», stands before the rest is there.
        expect(self.page.get_by_role("option").nth(1)).to_be_attached()
        found = self.page.get_by_role("option").all_inner_texts()
        self.page.keyboard.press("Escape")
        return found

    def _unfold(self, key: str) -> None:
        box = self.page.get_by_role("combobox", name=self.say(key), exact=True)
        # A list closes when the page moves under it, and charts that are still being drawn move it.
        for _ in range(10):
            box.press("ArrowDown")
            try:
                self.page.get_by_role("option").first.wait_for(timeout=2_000)
            except PlaywrightTimeoutError:
                continue
            return
        pytest.fail(f"the list {self.say(key)!r} does not stay open")

    def metric(self, key: str) -> str:
        """The number under a label."""
        return (
            self.page.get_by_test_id("stMetric")
            .filter(has_text=self.say(key))
            .locator("[data-testid=stMetricValue]")
            .inner_text()
        )

    def tile(self, name: str) -> Locator:
        """The overview's tile of a figure, by the figure's name."""
        return self.page.locator(".cs-tile").filter(has=self.page.get_by_text(name, exact=True))

    def table(self, key: str, fold_key: str | None = None) -> pd.DataFrame:
        """A table as its file says it: on screen it is a drawing, so the saved CSV is what can be read.

        The key is the one that the page gives the table; the fold that it lies in is opened first. Where the fold
        has another key than the table, that is given too.
        """
        self.wait()
        fold = self.page.locator(f".st-key-fold_{fold_key or key}-{self.lang}")
        place = self.page.locator(f".st-key-save_{key}")
        expect(fold.locator("details").or_(place).first).to_be_attached()
        if fold.locator("details:not([open])").count():
            fold.locator("summary").click()
        expect(place).to_be_attached()
        with self.page.expect_download() as waiting:
            # By keyboard: an opening fold moves the button away from under a mouse.
            place.get_by_role("button", name=self.say("table.download")).press("Enter")
        return pd.read_csv(io.BytesIO(waiting.value.path().read_bytes()), encoding="utf-8-sig", dtype="str")


Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Mapping[Lang, BrowserContext]]:
    """A browser profile for each language; all tests share its cache, and each opens a page of its own."""
    contexts: dict[Lang, BrowserContext] = {
        "uk": browser.new_context(locale="uk-UA"),
        "en": browser.new_context(locale="en-GB"),
    }
    yield contexts
    for context in contexts.values():
        context.close()


@contextmanager
def _visiting(windows: Mapping[Lang, BrowserContext]) -> Iterator[Visit]:
    """Pages opened in the block; at its end no foreign request was tried and no script of a page has failed."""
    visitors: list[Visitor] = []

    def open_page(url: str, path: str = "/", *, lang: Lang = "uk", width: int = 1440, height: int = 900) -> Visitor:
        page = windows[lang].new_page()
        page.set_viewport_size({"width": width, "height": height})
        visitor = Visitor(page, url, lang)
        visitors.append(visitor)
        own = (f"{url}/", f"{url.replace('http', 'ws', 1)}/", "data:", "blob:")

        def guard(route: Route) -> None:
            if route.request.url.startswith(own):
                route.fallback()
            else:
                visitor.foreign_requests.append(route.request.url)
                route.abort()

        def watch(socket: WebSocket) -> None:  # a socket cannot be refused here, but it can be seen
            if not socket.url.startswith(own):
                visitor.foreign_requests.append(socket.url)

        page.route("**/*", guard)
        page.on("websocket", watch)
        page.on("pageerror", lambda error: visitor.script_errors.append(str(error)))
        visitor.open(path)
        return visitor

    yield open_page
    for visitor in visitors:
        visitor.page.close()
    assert [request for visitor in visitors for request in visitor.foreign_requests] == []
    assert [error for visitor in visitors for error in visitor.script_errors] == []


@pytest.fixture
def visit(windows: Mapping[Lang, BrowserContext]) -> Iterator[Visit]:
    """Open a page of a server: `visit(server, "/map?city=kyiv", lang="en")`."""
    with _visiting(windows) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def read(windows: Mapping[Lang, BrowserContext], server: str) -> Iterator[Callable[[str], Visitor]]:
    """A page of the analyst's server for looking only, opened once for all tests of a module: `read("/data")`."""
    with _visiting(windows) as open_page:
        yield cache(lambda path: open_page(server, path))
