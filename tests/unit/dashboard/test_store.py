from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.errors import DamagedSnapshot, NothingPublished, WrongContract
from dashboard.store import Snapshot, current_id, open_kept, open_last_good, open_store
from etl.contract import TABLES, Manifest


@pytest.fixture
def published(tmp_path: Path, full_scene) -> Callable[..., Path]:
    """Writes the snapshot as it is published; the manifest can be changed on the way."""

    def write(**changes: object) -> Path:
        snapshot: Snapshot = full_scene.snapshot()
        snapshot_id = str(changes.get("snapshot_id", snapshot.snapshot_id))
        folder = tmp_path / "snapshots" / snapshot_id
        folder.mkdir(parents=True)
        tables = {}
        for name, table in TABLES.items():
            path = folder / f"{name}.parquet"
            arrow = pa.Table.from_pandas(snapshot.table(name), schema=table.arrow_schema(), preserve_index=False)
            pq.write_table(arrow, path)
            content = path.read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            tables[name] = {"rows": len(arrow), "sha256": sha256, "bytes": len(content)}
        manifest: Manifest = replace(snapshot.manifest, tables=tables, **changes)
        (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        (tmp_path / "current").write_text(snapshot_id + "\n", encoding="utf-8")
        return tmp_path

    return write


def folder_of(store: Path) -> Path:
    return store / "snapshots" / current_id(store)


def test_what_was_published_is_read_with_its_types(published, full_scene) -> None:
    snapshot = open_store(published())
    for name, table in TABLES.items():
        frame = snapshot.table(name)
        assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == table.dtypes
        pd.testing.assert_frame_equal(frame, full_scene.snapshot().table(name))


def test_nothing_published(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="civicspace load"):
        open_store(tmp_path)


def test_another_contract_is_refused(published) -> None:
    with pytest.raises(WrongContract, match="version 99"):
        open_store(published(contract_version=99))


def test_a_pointer_that_leaves_the_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("../../etc", encoding="utf-8")
    with pytest.raises(DamagedSnapshot):
        open_store(tmp_path)


def test_a_missing_manifest(published) -> None:
    store = published()
    (folder_of(store) / "manifest.json").unlink()
    with pytest.raises(DamagedSnapshot, match=r"manifest\.json"):
        open_store(store)


@pytest.mark.parametrize("text", ["{", "[]", '{"snapshot_id": 1}', '"x"'])
def test_an_unreadable_manifest(published, text: str) -> None:
    store = published()
    (folder_of(store) / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedSnapshot, match=r"manifest\.json"):
        open_store(store)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("at", [0, 1000, -1])
def test_one_flipped_bit_is_found_when_the_store_is_opened(published, at: int) -> None:
    store = published()
    flip(folder_of(store) / "events.parquet", at)
    with pytest.raises(DamagedSnapshot, match=r"events\.parquet.*altered"):
        open_store(store)


@pytest.mark.parametrize("change", [-1, 1])
def test_another_size_is_found(published, change: int) -> None:
    store = published()
    path = folder_of(store) / "events.parquet"
    content = path.read_bytes() + b"!"
    path.write_bytes(content[: len(content) - 1 + change])
    with pytest.raises(DamagedSnapshot, match=r"events\.parquet.*altered"):
        open_store(store)


def test_what_is_altered_while_it_is_open_is_found_when_it_is_read(published) -> None:
    store = published()
    snapshot = open_store(store)
    flip(folder_of(store) / "events.parquet", -1)
    assert len(snapshot.table("spaces")) == 3
    with pytest.raises(DamagedSnapshot, match=r"events\.parquet.*altered"):
        snapshot.table("events")


def test_a_digit_of_the_manifest_is_held_to_its_hash(published) -> None:
    store = published()
    path = folder_of(store) / "manifest.json"
    (folder_of(store) / "manifest.sha256").write_text(hashlib.sha256(path.read_bytes()).hexdigest())
    assert open_store(store).snapshot_id
    path.write_text(path.read_text().replace('"as_of_on": "2026', '"as_of_on": "2025'))
    with pytest.raises(DamagedSnapshot, match=r"manifest\.json.*altered"):
        open_store(store)


IDS = ("20260101T000000Z-aaaaaaaa", "20260201T000000Z-bbbbbbbb", "20260301T000000Z-cccccccc")


@pytest.fixture
def three(published) -> Path:
    """Three snapshots; the second is in force, the third was gone back from."""
    stores = [published(snapshot_id=snapshot_id) for snapshot_id in IDS]
    (stores[0] / "current").write_text(IDS[1])
    return stores[0]


def test_all_that_is_kept_is_told_of_and_what_cannot_be_read_says_why(three: Path) -> None:
    flip(three / "snapshots" / IDS[0] / "manifest.json", 0)
    flip(three / "snapshots" / IDS[2] / "events.parquet", -1)
    first, second, third = open_kept(three)
    assert isinstance(first, DamagedSnapshot)
    assert [each.snapshot_id for each in (first, second, third)] == list(IDS)
    assert isinstance(second, Snapshot)
    assert isinstance(third, Snapshot)  # only what is asked for is held to its hash
    assert len(third.table("spaces")) == 3
    with pytest.raises(DamagedSnapshot, match=r"events\.parquet"):
        third.table("events")


def test_another_contract_is_told_of_and_not_read(published) -> None:
    (kept,) = open_kept(published(contract_version=99))
    assert isinstance(kept, WrongContract)


def test_a_store_that_holds_nothing_keeps_nothing(tmp_path: Path) -> None:
    assert open_kept(tmp_path) == ()


def test_a_whole_snapshot_stands_for_itself(three: Path) -> None:
    snapshot = open_last_good(three)
    assert (snapshot.snapshot_id, snapshot.instead_of) == (IDS[1], None)


@pytest.mark.parametrize("part", [*(f"{name}.parquet" for name in TABLES), "manifest.json"])
def test_damage_anywhere_brings_the_one_before(three: Path, part: str) -> None:
    flip(three / "snapshots" / IDS[1] / part, 0)
    snapshot = open_last_good(three)
    assert snapshot.snapshot_id == IDS[0]
    assert isinstance(snapshot.instead_of, DamagedSnapshot)
    assert (snapshot.instead_of.snapshot_id, snapshot.instead_of.part) == (IDS[1], part)
    assert len(snapshot.table("spaces")) == 3


def test_when_those_before_are_damaged_too_the_newest_whole_one_is_shown(three: Path) -> None:
    for snapshot_id in IDS[:2]:
        flip(three / "snapshots" / snapshot_id / "events.parquet", 5)
    assert open_last_good(three).snapshot_id == IDS[2]


@pytest.mark.parametrize("pointer", [b"", b"\xff", b"../etc", b"20990101T000000Z-dddddddd"])
def test_a_pointer_to_nothing_brings_the_newest(three: Path, pointer: bytes) -> None:
    (three / "current").write_bytes(pointer)
    snapshot = open_last_good(three)
    assert snapshot.snapshot_id == IDS[2]
    assert snapshot.instead_of is not None


def test_damage_everywhere_is_told(three: Path) -> None:
    for snapshot_id in IDS:
        flip(three / "snapshots" / snapshot_id / "events.parquet", 5)
    with pytest.raises(DamagedSnapshot, match=IDS[1]):
        open_last_good(three)


def test_nothing_published_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished):
        open_last_good(tmp_path)


def test_a_missing_table(published) -> None:
    store = published()
    (folder_of(store) / "events.parquet").unlink()
    with pytest.raises(DamagedSnapshot, match=r"events\.parquet.*missing"):
        open_store(store)


def test_a_table_that_joined_later_is_empty_in_an_older_snapshot_and_guarded_in_a_newer(published) -> None:
    store = published()
    manifest = folder_of(store) / "manifest.json"
    stated = json.loads(manifest.read_text(encoding="utf-8"))
    (folder_of(store) / "annotations.parquet").unlink()
    with pytest.raises(DamagedSnapshot, match=r"annotations\.parquet.*missing"):
        open_store(store)
    del stated["tables"]["annotations"]
    manifest.write_text(json.dumps(stated), encoding="utf-8")
    pd.testing.assert_frame_equal(open_store(store).table("annotations"), TABLES["annotations"].empty())
    del stated["tables"]["events"]
    manifest.write_text(json.dumps(stated), encoding="utf-8")
    with pytest.raises(DamagedSnapshot, match="events"):
        open_store(store)


def test_an_unknown_table_is_a_mistake_of_ours(full_scene) -> None:
    with pytest.raises(KeyError, match="visitors"):
        full_scene.snapshot().table("visitors")


def test_a_change_by_one_reader_is_not_seen_by_another(full_scene) -> None:
    snapshot = full_scene.snapshot()
    mine = snapshot.table("spaces")
    mine["name_uk"] = "?"
    mine.loc[0, "kind"] = "?"
    theirs = snapshot.table("spaces")
    assert "?" not in {*theirs["name_uk"], *theirs["kind"]}


def test_many_threads_read_each_table_once(full_scene) -> None:
    reads = []
    source: Snapshot = full_scene.snapshot()

    def read(name: str) -> pd.DataFrame:
        reads.append(name)
        return source.table(name)

    snapshot = Snapshot(source.manifest, read)
    with ThreadPoolExecutor(8) as pool:
        sizes = list(pool.map(lambda _: len(snapshot.table("events")), range(40)))
    assert len(set(sizes)) == 1
    assert reads == ["events"]


def test_what_is_remembered_is_built_once(full_scene) -> None:
    snapshot = Snapshot(full_scene.snapshot().manifest, full_scene.snapshot().table)
    assert snapshot.remember("k", lambda: [1]) is snapshot.remember("k", lambda: [2])


def test_texts_of_chosen_columns_are_categories(published, full_scene) -> None:
    columns = ["status", "person_id", "event_id"]
    for snapshot in (open_store(published()), full_scene.snapshot()):
        (coded,) = snapshot.coded("registrations", columns)
        assert list(coded.columns) == columns
        assert coded["person_id"].dtype == "Int64"
        for name in ("status", "event_id"):
            assert coded[name].dtype == "category"
            assert coded[name].astype("str").tolist() == snapshot.table("registrations")[name].tolist()


def test_chosen_columns_of_an_empty_table_are_there(make_scene) -> None:
    (coded,) = make_scene().snapshot().coded("registrations", ["event_id", "registered_at"])
    assert coded.empty
    assert list(coded.columns) == ["event_id", "registered_at"]


def test_chosen_columns_come_some_rows_at_a_time(published, full_scene, monkeypatch) -> None:
    monkeypatch.setattr("dashboard.store._BATCH", 3)
    batches = list(open_store(published()).coded("registrations", ["person_id"]))
    assert max(map(len, batches)) == 3
    whole = pd.concat(batches, ignore_index=True)
    pd.testing.assert_frame_equal(whole, full_scene.snapshot().table("registrations")[["person_id"]])


def test_chosen_columns_too_are_held_to_their_hash(published) -> None:
    store = published()
    snapshot = open_store(store)
    flip(folder_of(store) / "registrations.parquet", 8)
    with pytest.raises(DamagedSnapshot, match=r"registrations\.parquet"):
        next(snapshot.coded("registrations", ["event_id"]))
