"""The month as a document: what its files cost, and what visitors feel while one is made.

    python -m tests.bench.report --store STORE --months 6

Works on a copy of the store. Three questions: every format of one month, by the command; several months in one process
and on all cores; the pages of an app for visitors who come and go, before and while somebody in the same app issues
one edition after another and takes each as PDF. Loopback only, bounded in count and time; needs Chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import psutil
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect, sync_playwright

from dashboard.filters import months_with_data
from dashboard.store import open_store
from tests.bench.process_tree import Cost, run
from tests.bench.sessions import Seen, crowd
from tests.e2e.serving import (
    CHROMIUM,
    CHROMIUM_OPTIONS,
    PATIENCE_MS,
    free_port,
    running,
    serve_command,
    wait_until_drawn,
)

CITY: Final = "kyiv"
VISITORS: Final = 4
THINK_S: Final = 3.0
MOST_MONTHS: Final = 12
MOST_SECONDS: Final = 300.0


def newest_months(store: Path, count: int) -> list[str]:
    """The last finished months that have data, the newest first, as the command line and the address write them."""
    snapshot = open_store(store)
    ended = [month for month in months_with_data(snapshot, CITY) if month < snapshot.as_of_on.replace(day=1)]
    return [f"{month:%Y-%m}" for month in sorted(ended, reverse=True)[:count]]


@contextmanager
def _copied(store: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="civicspace-bench-") as folder:
        copy = Path(folder) / "store"
        copy.mkdir()
        shutil.copytree(store / "snapshots", copy / "snapshots")
        shutil.copy(store / "current", copy)
        yield copy


def issued(store: Path, *options: str) -> Cost:
    """What it costs to issue editions by the command and to write their files.

    Raises:
        SystemExit: the command failed.
    """
    with _copied(store) as copy:
        out = copy.parent / "out"
        command = [
            sys.executable,
            "-m",
            "civicspace",
            "report",
            "--store",
            str(copy),
            "--city",
            CITY,
            "--out",
            str(out),
        ]
        cost = run([*command, *options], os.environ)
        if cost.exit_code:
            raise SystemExit(cost.output)
        return cost


def felt(store: Path, months: list[str], seconds: float) -> tuple[Seen, Seen, int]:
    """What visitors see without and with somebody who issues editions, and how many that one took."""
    with _copied(store) as copy, tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with running(serve_command("--port", str(port), "--store", str(copy)), port, Path(folder) / "log") as server:
            process = psutil.Process(server.pid)
            asyncio.run(crowd(port, process, VISITORS, THINK_S, seconds / 3))  # everything has been asked for once
            alone = asyncio.run(crowd(port, process, VISITORS, THINK_S, seconds))
            taken: list[int] = []
            is_over = threading.Event()
            director = threading.Thread(target=_direct, args=(port, months, taken, is_over))
            director.start()
            beside = asyncio.run(crowd(port, process, VISITORS, THINK_S, seconds))
            is_over.set()
            director.join()
            return alone, beside, len(taken)


def _direct(port: int, months: list[str], taken: list[int], is_over: threading.Event) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        page = browser.new_page()
        for month in months:
            page.goto(f"http://127.0.0.1:{port}/?city={CITY}&month={month}")
            wait_until_drawn(page)
            if is_over.is_set():
                break
            try:
                with page.expect_download(timeout=90_000) as waiting:
                    page.locator(".st-key-document_issue").get_by_role("button").click()
            except PlaywrightTimeoutError:
                break
            taken.append(waiting.value.path().stat().st_size)
        browser.close()


def _line(name: str, cost: Cost) -> str:
    return f"{name:<34}{cost.wall_s:7.1f} s{cost.cpu_s:8.1f} s CPU{cost.peak_bytes / 2**20:8.0f} MB at the most\n"


def main() -> None:
    """Measure and say."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--store", type=Path, required=True)
    options.add_argument("--months", type=int, default=6)
    options.add_argument("--seconds", type=float, default=60.0)
    given = options.parse_args()
    count, seconds = min(given.months, MOST_MONTHS), min(given.seconds, MOST_SECONDS)
    months = newest_months(given.store, count)

    sys.stdout.write(_line("one month, every format", issued(given.store, "--month", months[0])))
    span = f"{months[-1]}..{months[0]}"
    in_one = issued(given.store, "--months", span, "--jobs", "1")
    on_all = issued(given.store, "--months", span)
    sys.stdout.write(_line(f"{count} months, one process", in_one))
    sys.stdout.write(_line(f"{count} months, {os.cpu_count()} cores", on_all))
    sys.stdout.write(f"all cores to one process: {on_all.wall_s / in_one.wall_s:.2f}\n")

    alone, beside, taken = felt(given.store, months, seconds)
    before, during = (np.percentile(seen.later_s, (50, 95)) for seen in (alone, beside))
    sys.stdout.write(
        f"pages for {VISITORS} visitors, p50 and p95: {before[0]:.2f} and {before[1]:.2f} s; "
        f"while {taken} editions are made: {during[0]:.2f} and {during[1]:.2f} s "
        f"(ratio {during[0] / before[0]:.2f} and {during[1] / before[1]:.2f}); "
        f"errors: {len(alone.errors) + len(beside.errors)}\n"
    )


if __name__ == "__main__":
    main()
