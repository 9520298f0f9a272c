"""A real server and a real browser. Every request that is not to the server is refused and remembered."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 30_000

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_healthy(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def serving(store: Path, log: Path, *options: str) -> Iterator[str]:
    """Run `civicspace serve` on a free loopback port until the block ends; gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CIVICSPACE_")}
    with (
        log.open("w") as output,
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "civicspace", "serve", "--port", str(port), "--store", str(store), *options],
            cwd=REPOSITORY,
            env=clean,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            deadline = time.monotonic() + 60
            while not _is_healthy(url):
                if server.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"the server did not start:\n{log.read_text()}")
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


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
    """Somebody at a browser."""

    page: Page
    url: str
    foreign_requests: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.url + path)
        self.wait()

    def wait(self) -> None:
        """Until the script has run and nothing on the page is still being drawn."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=PATIENCE_MS)
        expect(self.page.locator("[data-stale=true]")).to_have_count(0)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def expect_in_url(self, pattern: str) -> None:
        expect(self.page).to_have_url(re.compile(pattern))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a browser window on a server; at the end no foreign request may have been tried."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_window(url: str, width: int = 1440, height: int = 900, **options: object) -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        visitor = Visitor(context.new_page(), url)
        visitors.append(visitor)

        def guard(route: Route) -> None:
            if route.request.url.startswith((url, "data:", "blob:")):
                route.continue_()
            else:
                visitor.foreign_requests.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        return visitor

    yield open_window
    tried = [request for visitor in visitors for request in visitor.foreign_requests]
    for context in contexts:
        context.close()
    assert tried == []
