"""Fixtures shared by all tests: one demonstration snapshot, made once for the whole run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from filelock import FileLock

REPOSITORY = Path(__file__).resolve().parent.parent
AS_OF = "2026-11-15"
MONTHS = 16


def civicspace(
    *arguments: str, store: Path, home: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, with a home and a store of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CIVICSPACE_")}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "civicspace", *arguments],
        cwd=REPOSITORY,
        env={**clean, "HOME": str(home), "CIVICSPACE_STORE": str(store), **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demonstration lists of 16 months published as of 15 November 2026; read only."""
    root = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent  # the workers share one
    store, home = root / "demo-store", root / "home"
    with FileLock(root / "demo-store.lock"):
        if not (store / "current").exists():
            home.mkdir(exist_ok=True)
            made = civicspace("demo", "--seed", "1", "--months", str(MONTHS), "--as-of", AS_OF, store=store, home=home)
            assert made.returncode == 0, made.stderr
            loaded = civicspace("load", "--as-of", AS_OF, store=store, home=home)
            assert loaded.returncode == 3, loaded.stderr  # fine, with rejects: the lists hold mistakes on purpose
    return store
