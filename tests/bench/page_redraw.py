"""From a visit to the last chart, and from a filter to the last change on the page, in a browser.

    python -m tests.bench.page_redraw --store STORE

Each page is opened at its bare address, come to again from another one by its link, and then the switch of workshops
is turned to and fro, so that only the first redraw is of filters that nobody chose before. What is timed ends with the
last change of the page that is followed by a second without any; of a page that is opened also with the last change in
a chart or in the map.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.ui.view import HOME
from tests.e2e.serving import CHROMIUM, CHROMIUM_OPTIONS, serving, wait_until_drawn

PAGES = ("overview", "map", "participation", "events", "network", "cities")
_ROUNDS = 6
_QUIET_MS = 1000
_WATCH = """
window.changed = performance.now();
window.drawn = 0;
new MutationObserver((changes) => {
    window.changed = performance.now();
    const isChart = (change) => change.target.closest?.("[data-testid=stPlotlyChart]");
    if (window !== window.top || changes.some(isChart)) window.drawn = performance.timeOrigin + performance.now();
})
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
document.addEventListener("click", () => { window.clicked = performance.now(); }, true);
"""


def _settled(page: Page) -> float:
    """When the page changed last, in milliseconds of its own clock."""
    wait_until_drawn(page)
    page.wait_for_function(f"performance.now() - window.changed > {_QUIET_MS}", timeout=60_000)
    changed: float = page.evaluate("window.changed")
    return changed


def _drawn(page: Page) -> float:
    """When a chart or the map changed last, in milliseconds of the page's own clock."""
    drawn: float = max(frame.evaluate("window.drawn") for frame in page.frames)
    return drawn - float(page.evaluate("performance.timeOrigin"))


def measured(browser: Browser, url: str, name: str) -> tuple[float, float, float, list[float]]:
    """Seconds until the charts, then all of a page stands after a reload; after a click on its link; of each redraw."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(_WATCH)
    page.goto(f"{url}/{'' if name == HOME else name}?city=kyiv")
    _settled(page)
    page.reload()
    opened = _settled(page) / 1000
    charted = _drawn(page) / 1000
    links = page.locator(".st-key-navigation a")
    links.nth(int(name == HOME)).click()
    _settled(page)
    links.nth(PAGES.index(name)).click()
    page.wait_for_timeout(100)  # until the browser has told the server
    turned = (_settled(page) - page.evaluate("window.clicked")) / 1000
    switch = page.locator("[class*=st-key-w_workshops] label").first
    taken = []
    for _ in range(_ROUNDS):
        switch.click()
        page.wait_for_timeout(100)  # until the browser has told the server
        taken.append((_settled(page) - page.evaluate("window.clicked")) / 1000)
    page.close()
    return charted, opened, turned, taken


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--store", type=Path, required=True)
    given = options.parse_args()
    expect.set_options(timeout=60_000)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        with serving(given.store, Path(folder) / "log") as url:
            measured(browser, url, PAGES[0])  # the server's first minute is its own
            heads = ("page", "charts s", "opened s", "turned to s", "redraw s", "new choice", "seen before")
            sys.stdout.write("{:16}{:>9}{:>9}{:>12}{:>9}{:>11}{:>12}\n".format(*heads))
            for name in PAGES:
                charted, opened, turned, taken = measured(browser, url, name)
                middle = (statistics.median(part) for part in (taken, taken[:1], taken[1:]))
                row = "{:16}{:9.2f}{:9.2f}{:12.2f}{:9.2f}{:11.2f}{:12.2f}\n"
                sys.stdout.write(row.format(name, charted, opened, turned, *middle))
        browser.close()


if __name__ == "__main__":
    main()
