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
from dashboard.store import Snapshot, current_id, open_store
from etl.contract import TABLES, Manifest


@pytest.fixture
def published(tmp_path: Path, full_scene) -> Callable[..., Path]:
    """Writes the snapshot as it is published; the manifest can be changed on the way."""

    def write(**changes: object) -> Path:
        snapshot: Snapshot = full_scene.snapshot()
        folder = tmp_path / "snapshots" / snapshot.snapshot_id
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
        (tmp_path / "current").write_text(snapshot.snapshot_id + "\n", encoding="utf-8")
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


def test_an_altered_table_is_found_when_it_is_read(published) -> None:
    store = published()
    (folder_of(store) / "events.parquet").write_bytes(b"PAR1")
    snapshot = open_store(store)
    assert len(snapshot.table("spaces")) == 3
    with pytest.raises(DamagedSnapshot, match=r"events\.parquet.*altered"):
        snapshot.table("events")


def test_a_missing_table(published) -> None:
    store = published()
    (folder_of(store) / "events.parquet").unlink()
    with pytest.raises(DamagedSnapshot, match=r"events\.parquet.*missing"):
        open_store(store).table("events")


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
