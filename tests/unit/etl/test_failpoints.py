"""A writer that is cut short anywhere leaves the old version served, and the next writer cleans up and works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import dashboard.store
from dashboard.store import open_store
from etl import disk, publish
from tests.unit.etl import failpoints
from tests.unit.etl.failpoints import FEW_TABLES, SERVED, WRITERS, PowerCut, cut_power, failing, fill_disk, steps_of

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _few_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (publish, dashboard.store):
        monkeypatch.setattr(module, "TABLES", FEW_TABLES)
    # Waiting for the disk shows nothing here: no test cuts the machine's own power.
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    failpoints.old_store(tmp_path / "old")
    return tmp_path / "old"


def served(store: Path) -> str:
    snapshot = open_store(store)
    for name in FEW_TABLES:
        snapshot.table(name)
    publish.verify(store, snapshot.snapshot_id)
    (theme,) = snapshot.table("themes")["theme_id"]
    return str(theme)


def is_clean(store: Path) -> bool:
    hidden = {path.name for path in store.rglob(".*")}
    with_slips = {path.name for path in store.glob("slips/*")}
    return hidden <= {".lock"} and with_slips <= set(publish.list_ids(store))


def next_writer_works(store: Path, writer: str) -> None:
    before = publish.list_ids(store)
    with publish.writing(store, "next"):
        pass
    assert is_clean(store)
    assert all(publish.is_whole(store, snapshot_id) for snapshot_id in publish.list_ids(store)), before
    # The same again, to the end: what was half done is finished, nothing is there twice.
    if not (writer == "prune" and len(publish.list_ids(store)) == 1):
        WRITERS[writer](store)
    assert served(store) == SERVED[writer][1]
    assert len(publish.list_ids(store)) == {"publish": 3, "replace": 2, "prune": 1, "rollback": 2}[writer]
    assert is_clean(store)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("fail", [cut_power, fill_disk])
def test_wherever_a_writer_fails_one_whole_version_is_served(
    writer: str, fail: Callable[[Path], None], old: Path, tmp_path: Path
) -> None:
    shutil.copytree(old, tmp_path / "all")
    steps = steps_of(writer, tmp_path / "all")
    assert served(tmp_path / "all") == SERVED[writer][1]
    for nth in range(len(steps)):
        store = tmp_path / str(nth)
        shutil.copytree(old, store)
        with failing(nth, fail) as reached, pytest.raises((PowerCut, OSError)):
            WRITERS[writer](store)
        assert reached[: nth + 1] == steps[: nth + 1]
        assert served(store) in SERVED[writer]
        assert is_clean(store) or (store / ".pending").exists(), steps[nth]
        next_writer_works(store, writer)


@pytest.mark.parametrize(
    "writer", ["publish", *(pytest.param(name, marks=pytest.mark.slow) for name in ("replace", "prune", "rollback"))]
)
def test_wherever_a_writer_is_killed_one_whole_version_is_served(writer: str, old: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.unit.etl.failpoints", str(old), str(out), writer],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    count = json.loads(done.stdout)
    assert count >= {"publish": 16, "replace": 16, "prune": 4, "rollback": 3}[writer]
    for nth in range(count):
        assert served(out / str(nth)) in SERVED[writer]
        next_writer_works(out / str(nth), writer)


def test_every_step_that_changes_the_disk_can_fail() -> None:
    """What publishing does to the disk, it does through `etl.disk`: otherwise these tests would look past it."""
    source = (REPOSITORY / "etl" / "publish.py").read_text(encoding="utf-8")
    for call in (
        ".write_text",
        ".write_bytes",
        ".unlink(",
        ".rename(",
        ".mkdir(",
        ".rmdir(",
        "shutil",
        "import os",
        ".open(",
    ):
        assert call not in source
    assert all(callable(getattr(disk, name)) for name in disk.STEPS)
