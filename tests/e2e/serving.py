"""Runs `civicspace serve` for as long as a block lasts, and knows when a page has been drawn."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, expect

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = ("--no-sandbox", "--disable-dev-shm-usage")
PATIENCE_MS = 20_000
START_PATIENCE_S = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_command(*options: str) -> list[str]:
    return [sys.executable, "-m", "civicspace", "serve", *options]


def environment() -> dict[str, str]:
    """The environment without any setting of ours: a developer's own settings must change no test."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CIVICSPACE_")}


@contextmanager
def serving(store: Path, log: Path, *options: str) -> Iterator[str]:
    """Serve a store on a free loopback port until the block ends; gives the server's address.

    Raises:
        RuntimeError: the server did not start; the text holds its log.
    """
    port = free_port()
    with running(serve_command("--port", str(port), "--store", str(store), *options), port, log):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(command: Sequence[str], port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Streamlit server on a loopback port until the block ends.

    Raises:
        RuntimeError: the server did not start; the text holds its log.
    """
    with (
        log.open("w") as output,
        subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=REPOSITORY, env=environment(), stdout=output, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            deadline = time.monotonic() + START_PATIENCE_S
            while not _is_healthy(f"http://127.0.0.1:{port}"):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
                time.sleep(0.2)  # asking without pause would take the processor from the server
            yield server
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_drawn(page: Page) -> None:
    """Until the script has run and nothing on the page is still being drawn."""
    expect(page.locator("[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def _is_healthy(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except OSError:
        return False
