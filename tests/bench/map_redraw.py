"""From a click on a filter to the redrawn map, in a browser, with 1,000 invented spaces.

    python -m tests.bench.map_redraw --store STORE

Beside the page «Карта просторів» runs `naive_map.py` over the same snapshot in the same browser: the ratio holds from
machine to machine, the seconds do not. STORE holds a published snapshot; it is read, and copied with more spaces.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pandas as pd
from playwright.sync_api import Browser, expect, sync_playwright

from dashboard.store import open_last_good
from etl.contract import TABLES
from etl.publish import publish
from tests.e2e.serving import CHROMIUM, CHROMIUM_OPTIONS, free_port, running, serving

CITY = "kyiv"
KINDS = ("hub", "coworking", "library", "youth_centre")
_WATCH = """
() => {
    const shape = () => document.querySelector("iframe[title^=streamlit_folium]")?.contentDocument
        ?.querySelector("path.leaflet-interactive");
    window.began = (before) => {
        const start = performance.now();
        window.took = null;
        const look = () => {
            const found = shape();
            if (found && found !== before) { window.took = performance.now() - start; return; }
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    };
    document.addEventListener("click", () => window.began(shape()), true);
}
"""
"""Counts from the click until the first district of the map is another element: drawn anew, or in a new frame."""


def crowded(store: Path, folder: Path, count: int) -> Path:
    """A store with the snapshot of another and invented spaces, `count` of them with a point in the city."""
    snapshot = open_last_good(store)
    tables = {name: snapshot.table(name) for name in TABLES}
    chance = Random(20_261_101)  # noqa: S311 - invented places
    spaces = tables["spaces"]
    there = spaces[(spaces["city_id"] == CITY) & spaces["lat_deg"].notna()].to_dict("records")
    invented = []
    for number in range(count - len(there)):
        near = chance.choice(there)
        invented.append(
            near
            | {
                "space_id": f"{CITY}-invented-{number:04d}",
                "name_uk": f"Вигаданий простір {number}",
                "kind": chance.choice(KINDS),
                "lat_deg": near["lat_deg"] + chance.uniform(-0.02, 0.02),
                "lon_deg": near["lon_deg"] + chance.uniform(-0.03, 0.03),
            }
        )
    tables["spaces"] = TABLES["spaces"].conform(pd.concat([spaces, pd.DataFrame(invented).astype(spaces.dtypes)]))
    publish(tables, folder, datetime.now(UTC), snapshot.as_of_on, "bench")
    return folder


@contextmanager
def naive(snapshot: Path, assets: str, log: Path) -> Iterator[str]:
    """The page that does not care, until the block ends; gives its address."""
    port = free_port()
    script = Path(__file__).with_name("naive_map.py")
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(script), "--server.address=127.0.0.1"),
        *(f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"),
        *("--", str(snapshot), assets),
    ]
    with running(command, port, log):
        yield f"http://127.0.0.1:{port}"


def redraws(browser: Browser, url: str, rounds: int) -> tuple[list[float], int]:
    """Seconds of each redraw as districts are chosen and let go, and how often the map was loaded anew."""
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url) if "folium" in frame.url else None)
    page.goto(url)
    paths = page.frame_locator("iframe[title^=streamlit_folium]").locator("path.leaflet-interactive")
    expect(paths.first).to_be_attached(timeout=120_000)
    page.wait_for_timeout(8_000)  # until the rest of the page is there
    page.evaluate(_WATCH)
    loads.clear()
    taken = []
    pills = page.get_by_test_id("stButtonGroup").filter(has_text="Дарницький").first.get_by_role("button")
    for number in range(rounds):
        pill = pills.filter(has_text=("Дарницький", "Подільський", "Печерський", "Деснянський")[number // 2 % 4])
        pill.click()
        page.wait_for_function("window.took !== null", timeout=60_000)
        taken.append(page.evaluate("window.took") / 1000)
        page.wait_for_timeout(2_500)  # so that the rest of the page is there before the next click
    page.close()
    return taken, len(loads)


def said(name: str, taken: list[float], loads: int) -> str:
    """One line of the outcome."""
    middle, first, again = (statistics.median(part) for part in (taken, taken[::2], taken[1::2]))
    return (
        f"{name}: median {middle:.2f} s (a new choice {first:.2f}, one seen before {again:.2f}), "
        f"worst {max(taken):.2f} s of {len(taken)}; the map was loaded anew {loads} times"
    )


def main() -> None:
    """Measure both pages and print a line for each, and the ratio of their medians."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--store", type=Path, required=True)
    options.add_argument("--spaces", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=16)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        store = crowded(given.store, folder / "store", given.spaces)
        snapshot = store / "snapshots" / (store / "current").read_text().strip()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        with serving(store, folder / "log") as ours, naive(snapshot, ours, folder / "naive") as theirs:
            own = redraws(browser, f"{ours}/map?city={CITY}", given.rounds)
            other = redraws(browser, theirs, given.rounds)
        browser.close()
    sys.stdout.write(f"{said('civicspace', *own)}\n{said('naive page', *other)}\n")
    ratio = statistics.median(own[0]) / statistics.median(other[0])
    sys.stdout.write(f"median, civicspace to naive page: {ratio:.2f}\n")


if __name__ == "__main__":
    main()
