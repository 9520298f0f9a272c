"""A picture of every page in every size, theme and language.

`python -m tests.e2e.screenshots OUT [--url URL]` writes OUT/<page>-<width>-<theme>-<lang>.png. Without `--url` it
serves the store named by CIVICSPACE_STORE or, where nothing is published there, the demonstration.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import publish_demo
from tests.e2e.serving import CHROMIUM, CHROMIUM_OPTIONS, PATIENCE_MS, serving, wait_until_drawn

PATHS: Final = {
    name: f"/{name}"
    for name in ("map", "participation", "events", "network", "cities", "presentation", "editions", "data")
} | {"overview": "/"}
SIZES: Final = ((1440, 900), (1920, 1080), (390, 844))
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
LOCALES: Final = {"uk": "uk-UA", "en": "en-GB"}


def main(arguments: list[str]) -> int:
    """Take all pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.screenshots", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--url", help="a server that already runs")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    with _server(asked.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        for size, theme, lang in product(SIZES, THEMES, LOCALES):
            _take(browser, url, size, theme, lang, asked.out)
        browser.close()
    return 0


@contextmanager
def _server(url: str | None) -> Iterator[str]:
    if url:
        yield url.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Path(os.environ.get("CIVICSPACE_STORE", folder / "store"))
        if not (store / "current").exists():
            store = folder / "store"
            publish_demo(store, folder)
        with serving(store, folder / "server.log") as started:
            yield started


def _take(
    browser: Browser, url: str, size: tuple[int, int], theme: Literal["light", "dark"], lang: str, out: Path
) -> None:
    width, height = size
    for name, path in PATHS.items():
        # A window for each picture: what one page left open or scrolled must not show in another's.
        with browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, locale=LOCALES[lang]
        ) as context:
            page = context.new_page()
            page.goto(f"{url}{path}?lang={lang}")
            _grow(page, width, height)
            picture = out / f"{name}-{width}-{theme}-{lang}.png"
            page.screenshot(path=picture)
            sys.stdout.write(f"{picture}\n")


def _grow(page: Page, width: int, height: int) -> None:
    """Make the window as high as the page: Streamlit scrolls inside it, so a full-page picture would be one screen."""
    wait_until_drawn(page)
    for _ in range(2):  # charts that come into view may make the page higher still
        needed = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, needed)})
        wait_until_drawn(page)
    for frame in page.locator("iframe[title^=streamlit_folium]").all():
        expect(frame.content_frame.locator(".leaflet-interactive").first).to_be_attached()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
