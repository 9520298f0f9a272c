"""Fixtures shared by all tests: snapshots made once for the whole run, and read only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

REPOSITORY = Path(__file__).resolve().parent.parent
# How long an example takes says something of the machine's load, nothing of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# `--hypothesis-profile=fuzz` runs 200 cases for each reader of files (tests/unit/etl/sources/test_fuzz.py).
settings.register_profile("fuzz", settings.get_profile("house"), max_examples=200)
settings.load_profile("house")

AS_OF = "2026-11-15"
MONTHS = 16


class ByFolder(LoadScopeScheduling):
    """Gives all browser tests to one worker, so that one server serves them; other tests go file by file.

    xdist 3.8 has marks for this (`--dist loadgroup`), but pytest 9.2 keeps no trace of them in a test's id.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "tests/e2e" if nodeid.startswith("tests/e2e/") else nodeid.split("::", 1)[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the slow suite too: hundreds of kills, minutes long")
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew instead of comparing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `--slow` the slow suite is left out; it is not skipped, for no test may be."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow and not config.getoption("--slow"):
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    return ByFolder(config, log)


def civicspace(
    *arguments: str, store: Path, home: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, with a home and a store of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CIVICSPACE_", "XDG_"))}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "civicspace", *arguments],
        cwd=REPOSITORY,
        env={**clean, "HOME": str(home), "CIVICSPACE_STORE": str(store), **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def publish_demo(store: Path, home: Path, *options: str, months: int = MONTHS) -> Path:
    """Write demonstration lists into the store's inbox and publish them as of 15 November 2026."""
    made = civicspace(
        "demo", "--seed", "1", "--months", str(months), "--as-of", AS_OF, *options, store=store, home=home
    )
    assert made.returncode == 0, made.stderr
    loaded = civicspace("load", "--as-of", AS_OF, store=store, home=home)
    assert loaded.returncode == 3, loaded.stderr  # fine, with rejects: the lists hold mistakes on purpose
    return store


def _published_once(tmp_path_factory: pytest.TempPathFactory, name: str, *options: str, months: int = MONTHS) -> Path:
    root = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent  # the workers share one
    store, home = root / name, root / f"{name}-home"
    with FileLock(root / f"{name}.lock"):
        if not (store / "current").exists():
            home.mkdir(exist_ok=True)
            publish_demo(store, home, *options, months=months)
    return store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration lists of 16 months in three cities, published as of 15 November 2026."""
    return _published_once(tmp_path_factory, "demo-store")


@pytest.fixture(scope="session")
def one_city_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only Zhytomyr has lists, of three months; of Kyiv and Lviv only public sources tell."""
    return _published_once(tmp_path_factory, "one-city-store", "--city", "zhytomyr", months=3)
