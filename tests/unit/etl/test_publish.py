from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from etl import publish
from etl.checks import ChecksError
from etl.contract import TABLES
from etl.lock import StoreBusyError
from etl.publish import PublishError
from tests.unit.etl.failpoints import DAY, FIRST, put, tables

LATER = FIRST + timedelta(hours=1)


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
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == [first.snapshot_id]


@pytest.mark.parametrize("error", [ChecksError, KeyboardInterrupt])
def test_what_does_not_pass_the_check_is_not_published(tmp_path: Path, error: type[BaseException]) -> None:
    def refuse(found: Mapping[str, pd.DataFrame]) -> None:
        raise error(tuple(found["themes"]["theme_id"]))

    first = publish.publish(tables("ecology"), tmp_path, FIRST, DAY, "1.0")
    with pytest.raises(error, match="energy"):
        publish.publish(tables("energy"), tmp_path, LATER, DAY, "1.0", refuse)
    assert publish.current_id(tmp_path) == first.snapshot_id
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == [first.snapshot_id]


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


@pytest.mark.parametrize("text", ['{"as_of_on": "2026-11-02"', "[]", '{"tables": 1}', "\\xff"])
def test_a_manifest_that_was_changed_is_seen(text: str, tmp_path: Path) -> None:
    first = put(tmp_path, "ecology", 0)
    path = tmp_path / "snapshots" / first.snapshot_id / "manifest.json"
    path.write_bytes(text.encode("latin-1").replace(b"\\xff", b"\xff"))
    with pytest.raises(PublishError):
        publish.verify(tmp_path, first.snapshot_id)
    assert not publish.is_whole(tmp_path, first.snapshot_id)
    assert publish.list_ids(tmp_path) == (first.snapshot_id,)


def test_one_digit_of_a_manifest_is_enough(tmp_path: Path) -> None:
    first = put(tmp_path, "ecology", 0)
    path = tmp_path / "snapshots" / first.snapshot_id / "manifest.json"
    path.write_text(path.read_text().replace('"as_of_on": "2026-11-01"', '"as_of_on": "2026-11-02"'))
    with pytest.raises(PublishError, match="manifest"):
        publish.verify(tmp_path, first.snapshot_id)


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe", b"../../elsewhere", b"20261101T093000Z-0000000g"])
def test_a_damaged_pointer_points_nowhere_and_is_mended_by_the_next_load(pointer: bytes, tmp_path: Path) -> None:
    put(tmp_path, "ecology", 0)
    (tmp_path / "current").write_bytes(pointer)
    assert publish.current_id(tmp_path) is None
    second = put(tmp_path, "ecology", 1)
    assert publish.current_id(tmp_path) == second.snapshot_id


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


def days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.fixture
def four(tmp_path: Path) -> Path:
    """Four snapshots, a day apart, the last in use."""
    for day in range(4):
        put(tmp_path, f"theme-{day}", 24 * day)
    return tmp_path


@pytest.mark.parametrize(("keep", "gone"), [(1, 3), (3, 1), (4, 0), (5, 0)])
def test_the_newest_are_kept(keep: int, gone: int, four: Path) -> None:
    ids = publish.list_ids(four)
    assert publish.surplus(four, keep, days(0), FIRST + days(10)) == ids[:gone]
    publish.prune(four, ids[:gone])
    assert publish.list_ids(four) == ids[gone:]
    assert not list(four.rglob(".*.tmp"))


def test_the_one_in_use_is_kept_however_old(four: Path) -> None:
    ids = publish.list_ids(four)
    publish.rollback(four, ids[0])
    assert publish.surplus(four, 1, days(0), FIRST + days(10)) == ids[1:3]
    with pytest.raises(PublishError, match="in use"):
        publish.prune(four, ids[:2])
    assert publish.list_ids(four) == ids


def test_only_what_is_older_goes(four: Path) -> None:
    ids = publish.list_ids(four)
    now = FIRST + days(10)
    assert publish.surplus(four, 1, days(9) - timedelta(seconds=1), now) == ids[:2]
    assert publish.surplus(four, 1, days(9), now) == ids[:1]
    assert publish.surplus(four, 1, days(9) + timedelta(seconds=1), now) == ids[:1]
    assert publish.surplus(four, 1, days(10), now) == ()


def test_a_damaged_one_is_not_what_is_kept(four: Path) -> None:
    ids = publish.list_ids(four)
    (four / "snapshots" / ids[3] / "events.parquet").write_bytes(b"")
    publish.rollback(four, ids[0])
    assert publish.surplus(four, 1, days(0), FIRST + days(10)) == (ids[1], ids[3])


def test_slips_go_with_their_snapshot(four: Path) -> None:
    ids = publish.list_ids(four)
    for snapshot_id in ids:
        (four / "slips" / snapshot_id).mkdir(parents=True)
        (four / "slips" / snapshot_id / "slip.xlsx").write_bytes(b"slip")
    publish.prune(four, ids[:1])
    assert sorted(path.name for path in (four / "slips").iterdir()) == list(ids[1:])
    publish.remove_slips(four)
    assert not (four / "slips").exists()


@pytest.mark.parametrize("keep", [0, -1])
def test_none_cannot_be_kept(keep: int, four: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        publish.surplus(four, keep, days(0), FIRST)


def test_no_snapshots_leave_nothing_to_prune(tmp_path: Path) -> None:
    assert publish.surplus(tmp_path, 1, days(0), FIRST) == ()
    publish.prune(tmp_path, ())


@pytest.mark.parametrize("pending", ["", "..", "20261101T", "current"])
def test_only_an_id_is_taken_for_what_was_never_shown(pending: str, tmp_path: Path) -> None:
    first = put(tmp_path, "ecology", 0)
    (tmp_path / ".pending").write_text(pending)
    with publish.writing(tmp_path, "anybody"):
        assert publish.list_ids(tmp_path) == (first.snapshot_id,)
    assert not (tmp_path / ".pending").exists()
