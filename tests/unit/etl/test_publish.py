from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import publish
from etl.contract import TABLES, THEMES, from_records
from etl.publish import PublishError, StoreBusyError

FIRST = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
LATER = FIRST + timedelta(hours=1)
DAY = date(2026, 11, 1)


def tables(*themes: str) -> dict[str, pd.DataFrame]:
    made = {name: table.empty() for name, table in TABLES.items()}
    rows = [
        {"city_id": "kyiv", "theme_id": theme, "name_uk": theme, "name_en": theme, "rank": rank}
        for rank, theme in enumerate(themes, start=1)
    ]
    return made | {"themes": from_records(THEMES, rows)}


def themes_in_use(store: Path) -> list[str]:
    current = publish.current_id(store)
    assert current is not None
    found: list[str] = publish.read_tables(store, publish.verify(store, current))["themes"]["theme_id"].tolist()
    return found


def test_what_is_published_reads_back(tmp_path: Path) -> None:
    manifest = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    assert manifest.snapshot_id == f"20261101T093000Z-{manifest.content_sha256[:8]}"
    assert publish.read_manifest(tmp_path, manifest.snapshot_id) == manifest
    assert manifest.tables["themes"]["rows"] == 1
    assert not manifest.has_demo
    for name, frame in publish.read_tables(tmp_path, manifest).items():
        pd.testing.assert_frame_equal(frame, TABLES[name].conform(tables("ecology")[name]))


def test_equal_content_is_not_published_again(tmp_path: Path) -> None:
    first = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    assert publish.publish(tables("ecology"), tmp_path, LATER, DAY, "1.0") == first
    assert len(publish.list_snapshots(tmp_path)) == 1


def test_another_day_or_other_content_is(tmp_path: Path) -> None:
    first = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    second = publish.publish(tables("ecology"), tmp_path, LATER, DAY + timedelta(days=1), "1.0")
    third = publish.publish(tables("energy"), tmp_path, LATER, DAY, "1.0")
    assert first.content_sha256 == second.content_sha256 != third.content_sha256
    assert [kept.snapshot_id for kept in publish.list_snapshots(tmp_path)] == sorted(
        {first.snapshot_id, second.snapshot_id, third.snapshot_id}
    )
    assert publish.current_id(tmp_path) == third.snapshot_id


def test_a_damaged_snapshot_is_seen_and_published_anew(tmp_path: Path) -> None:
    first = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    with (tmp_path / "snapshots" / first.snapshot_id / "themes.parquet").open("ab") as file:
        file.write(b"!")
    with pytest.raises(PublishError, match=r"themes\.parquet"):
        publish.verify(tmp_path, first.snapshot_id)
    assert publish.publish(tables("ecology"), tmp_path, LATER, DAY, "1.0").snapshot_id != first.snapshot_id


def test_a_missing_table_is_seen(tmp_path: Path) -> None:
    first = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    (tmp_path / "snapshots" / first.snapshot_id / "events.parquet").unlink()
    with pytest.raises(PublishError, match=r"events\.parquet"):
        publish.verify(tmp_path, first.snapshot_id)


def test_rollback_goes_back_to_a_whole_snapshot_only(tmp_path: Path) -> None:
    first = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    second = publish.publish(tables("energy"), tmp_path, LATER, DAY, "1.0")
    publish.rollback(tmp_path, first.snapshot_id)
    assert themes_in_use(tmp_path) == ["ecology"]
    (tmp_path / "snapshots" / second.snapshot_id / "events.parquet").unlink()
    with pytest.raises(PublishError, match="damaged"):
        publish.rollback(tmp_path, second.snapshot_id)
    assert themes_in_use(tmp_path) == ["ecology"]


@pytest.mark.parametrize("snapshot_id", ["20200101T000000Z-00000000", "../elsewhere", ".hidden"])
def test_an_unknown_snapshot_is_refused(snapshot_id: str, tmp_path: Path) -> None:
    publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    with pytest.raises(PublishError, match="civicspace snapshots list"):
        publish.rollback(tmp_path, snapshot_id)


def test_an_empty_store_has_no_snapshots(tmp_path: Path) -> None:
    assert publish.list_snapshots(tmp_path / "none") == ()
    assert publish.current_id(tmp_path / "none") is None


def test_the_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    (tmp_path / ".writer").write_text("PID 1, since morning")
    with FileLock(tmp_path / ".lock"), pytest.raises(StoreBusyError, match="PID 1, since morning"):
        publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")


def test_a_writer_may_publish_while_it_holds_the_store(tmp_path: Path) -> None:
    with publish.writing(tmp_path, "load"):
        publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
        assert (tmp_path / ".writer").read_text() == "load"
    assert not (tmp_path / ".writer").exists()


def test_left_overs_of_a_dead_writer_are_removed(tmp_path: Path) -> None:
    left_over = tmp_path / "snapshots" / ".20200101T000000Z-00000000.tmp"
    left_over.mkdir(parents=True)
    (left_over / "events.parquet").write_bytes(b"half")
    publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    assert not left_over.exists()


def test_replacing_keeps_the_instant_and_follows_with_current(tmp_path: Path) -> None:
    first = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    second = publish.publish(tables("energy"), tmp_path, LATER, DAY, "1.0")
    other = publish.replace(tables("culture"), tmp_path, first)
    assert (other.created_at, other.as_of_on) == (first.created_at, first.as_of_on)
    assert publish.current_id(tmp_path) == second.snapshot_id
    current = publish.replace(tables("cycling"), tmp_path, second)
    assert publish.current_id(tmp_path) == current.snapshot_id
    assert [kept.snapshot_id for kept in publish.list_snapshots(tmp_path)] == sorted(
        [other.snapshot_id, current.snapshot_id]
    )


class PowerCut(BaseException):
    """The machine stops here."""


STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "replace"),
    (Path, "rename"),
    (Path, "mkdir"),
    (publish, "_differences"),
)


@pytest.fixture(scope="module")
def old_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("old")
    publish.publish(tables("old"), store, FIRST, DAY, "1.0")
    return store


@settings(max_examples=25, deadline=None)
@given(step=st.sampled_from(STEPS), nth=st.integers(min_value=1, max_value=24), after=st.booleans())
def test_a_reader_sees_the_old_snapshot_or_the_new_one_wherever_a_writer_dies(
    step: tuple[Any, str], nth: int, *, after: bool, old_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = tmp_path_factory.mktemp("stores") / "store"
    shutil.copytree(old_store, store)
    owner, name = step
    calls = 0
    true_step: Callable[..., Any] = getattr(owner, name)

    def fail(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth and not after:
            raise PowerCut
        result = true_step(*args, **kwargs)
        if calls == nth:
            raise PowerCut
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, fail)
        try:
            publish.publish(tables("new"), store, LATER, DAY, "1.0")
            allowed = [["new"]]
        except PowerCut:
            allowed = [["old"], ["new"]]
    assert themes_in_use(store) in allowed
    publish.publish(tables("newer"), store, LATER, DAY, "1.0")
    assert themes_in_use(store) == ["newer"]
    assert not list(store.glob("snapshots/.*"))
