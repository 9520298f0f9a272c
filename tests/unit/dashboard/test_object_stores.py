"""A store behind an fsspec URL: read like a folder, held to the same hashes, never written to a disk."""

from __future__ import annotations

import builtins
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from dashboard.errors import DamagedSnapshot, NoArchive, NoObjectStore, NothingPublished, UnreachableStore
from dashboard.places import is_url, place_of
from dashboard.settings import Settings, archive_of
from dashboard.store import current_id, open_last_good, open_store
from etl.contract import TABLES
from etl.publish import list_ids, publish

FIRST, SECOND = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (15, 16))


def put(store: Path, at: datetime) -> str:
    tables = {name: table.empty() for name, table in TABLES.items()}
    tables["cities"] = TABLES["cities"].conform(
        pd.DataFrame(
            [["kyiv", "Київ", f"Kyiv {at:%d}", "Europe/Kyiv", 50.45, 30.52, 10, "—"]],
            columns=list(TABLES["cities"].column_names),
        )
    )
    return publish(tables, store, at, date(2026, 11, 15), "test").snapshot_id


@pytest.fixture
def local(tmp_path: Path) -> Path:
    put(tmp_path, FIRST)
    return tmp_path


def copied(store: Path, url: str) -> None:
    files = MemoryFileSystem()
    for path in store.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            files.pipe_file(f"{url}/{path.relative_to(store)}", path.read_bytes())


@pytest.fixture
def url(local: Path) -> Iterator[str]:
    """The same store in fsspec's memory."""
    name = f"memory://store-{uuid4().hex}"
    copied(local, name)
    yield name
    MemoryFileSystem().rm(name, recursive=True)


def name_of(store: Path | str) -> str:
    return str(open_last_good(store).table("cities")["name_en"].iloc[0])


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_url_reads_as_the_folder_does(local: Path, url: str, kind: str) -> None:
    opened = open_store(url if kind == "memory" else f"file://{local}")
    assert opened.snapshot_id == current_id(local)
    for name in TABLES:
        pd.testing.assert_frame_equal(opened.table(name), open_store(local).table(name))


def test_a_new_snapshot_is_seen_through_a_place_that_was_listed_before(local: Path, url: str) -> None:
    assert name_of(url) == "Kyiv 15"
    put(local, SECOND)
    copied(local, url)
    assert name_of(url) == "Kyiv 16"


@pytest.mark.parametrize("damage", ["altered", "shorter", "missing"])
def test_a_damaged_snapshot_gives_way_to_the_one_before(local: Path, url: str, damage: str) -> None:
    second = put(local, SECOND)
    copied(local, url)
    files, path = MemoryFileSystem(), f"{url}/snapshots/{second}/cities.parquet"
    content = files.cat_file(path)
    if damage == "missing":
        files.rm_file(path)
    else:
        files.pipe_file(path, content[:-1] + (b"!" if damage == "altered" else b""))
    with pytest.raises(DamagedSnapshot, match=r"cities\.parquet"):
        open_store(url)
    shown = open_last_good(url)
    assert shown.snapshot_id == list_ids(local)[0]
    assert shown.instead_of is not None


def test_what_is_altered_after_it_was_hashed_is_not_read_again(url: str) -> None:
    opened = open_store(url)
    path = f"{url}/snapshots/{opened.snapshot_id}/cities.parquet"
    files = MemoryFileSystem()
    files.pipe_file(path, files.cat_file(path)[:-1] + b"!")
    # What was hashed is what is read, whatever lies there by now.
    assert len(opened.table("cities")) == 1
    with pytest.raises(DamagedSnapshot):
        open_store(url)


def test_an_empty_object_store_has_nothing_published() -> None:
    with pytest.raises(NothingPublished, match="civicspace load"):
        open_last_good(f"memory://nothing-{uuid4().hex}")


def test_nothing_is_written_to_a_disk(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> object:
        raise AssertionError(f"a file is opened: {args}")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    assert name_of(url) == "Kyiv 15"


class OfTheLibraryError(Exception):
    """Of no kind that Python knows, as the library for S3 raises them."""


@pytest.mark.parametrize("kind", [ConnectionError, OfTheLibraryError])
def test_an_object_store_that_does_not_answer_is_not_called_damaged(
    url: str, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def silent(*_: object, **__: object) -> bytes:
        raise kind("https://user:secret@host")

    monkeypatch.setattr(MemoryFileSystem, "cat_file", silent)
    with pytest.raises(UnreachableStore, match="does not answer") as caught:
        open_last_good(url)
    assert kind is ConnectionError or "secret" not in f"{caught.value.__cause__}"


@pytest.mark.parametrize("address", ["nosuchkind://bucket/store", "abfs://container/store"])
def test_a_kind_that_nothing_reads_is_told_with_what_to_install(address: str) -> None:
    with pytest.raises(NoObjectStore, match=r"civicspace\[objects\]"):
        open_store(address)


def test_secrets_of_an_address_are_in_no_error() -> None:
    with pytest.raises(NoObjectStore) as caught:
        open_store("nosuchkind://user:secret@host/store")
    assert "secret" not in f"{caught.value} {caught.value.text.uk}"


@pytest.mark.parametrize(("text", "is_one"), [("s3://b/s", True), ("/srv/store", False), ("c:store", False)])
def test_what_is_an_address(text: str, is_one: bool) -> None:
    assert is_url(text) is is_one


def test_a_path_is_no_address() -> None:
    assert not is_url(Path("memory://x"))


def test_a_digest_is_of_the_size_that_was_stated(local: Path, url: str) -> None:
    content = (local / "current").read_bytes()
    for place in (place_of(local), place_of(url)):
        assert place.digest("current", len(content)) == hashlib.sha256(content).hexdigest()
        assert place.digest("current", len(content) + 1) is None
        assert place.folders("snapshots") == [current_id(local)]
        assert place.folders("nothing") == []


def test_editions_of_an_object_store_need_a_folder() -> None:
    settings = Settings.from_mapping({"CIVICSPACE_STORE": "s3://bucket/store"})
    assert settings.store == "s3://bucket/store"
    with pytest.raises(NoArchive, match="CIVICSPACE_ARCHIVE"):
        _ = settings.editions_in


def test_editions_lie_in_the_folder_that_was_named_or_in_the_store() -> None:
    named = {"CIVICSPACE_STORE": "s3://bucket/store", "CIVICSPACE_ARCHIVE": "/srv/editions"}
    assert Settings.from_mapping(named).editions_in == Path("/srv/editions")
    assert Settings.from_mapping({"CIVICSPACE_STORE": "/srv/store"}).editions_in == Path("/srv/store")
    assert archive_of("/srv/store", Path("/srv/editions")) == Path("/srv/editions")
