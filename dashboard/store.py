"""Opens one published snapshot, read-only. The only room of the dashboard that knows where data lies.

Layout: ``STORE/current`` holds the id of the snapshot in force; ``STORE/snapshots/<id>/`` holds
``manifest.json``, its hash in ``manifest.sha256``, and one ``<table>.parquet`` per table of the contract. ``STORE`` is
a folder, or the fsspec URL of an object store.

Every byte is held to its hash when a snapshot is opened, so that damage is met before a figure is shown: on the
demonstration that takes a few milliseconds, and a gigabyte takes about a second.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Final, Self, TypeVar, cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.errors import (
    Bilingual,
    DamagedSnapshot,
    NothingPublished,
    UnreachableStore,
    WrongContract,
)
from dashboard.places import Place, is_url, place_of
from etl.contract import ADDED, CONTRACT_VERSION, TABLES, ContractError, Manifest

_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_MISSING: Final = Bilingual("файлу немає", "the file is missing")
_ALTERED: Final = Bilingual("вміст змінено після публікації", "the content was altered after publishing")
_UNREADABLE: Final = Bilingual("не вдалося прочитати", "it cannot be read")

_TYPES: Final = {pa.int64(): pd.Int64Dtype()}.get

_BATCH: Final = 500_000
"""Rows that are read at a time."""

T = TypeVar("T")


class Snapshot:
    """One snapshot, read table by table when first asked for. Safe to share between threads.

    Every caller gets its own shallow copy of a table: with copy-on-write nobody can change another's.
    """

    def __init__(
        self,
        manifest: Manifest,
        read: Callable[[str], pd.DataFrame],
        instead_of: DamagedSnapshot | None = None,
        read_coded: Callable[[str, Sequence[str]], Iterator[pd.DataFrame]] | None = None,
    ) -> None:
        self.manifest = manifest
        self.instead_of = instead_of
        """The damage of the snapshot in force, when this one is shown in its place."""
        self._read = read
        self._read_coded = read_coded or (lambda name, columns: iter([_coded(self.table(name)[list(columns)])]))
        self._tables: dict[str, pd.DataFrame] = {}
        self._memory: dict[str, object] = {}
        self._lock = RLock()

    @classmethod
    def from_frames(cls, manifest: Manifest, frames: Mapping[str, pd.DataFrame]) -> Self:
        """A snapshot held in memory; a table that ``frames`` lacks is empty.

        Raises:
            ContractError: a frame does not have its table's columns.
        """
        conforming = {name: TABLES[name].conform(frame) for name, frame in frames.items()}
        return cls(manifest, lambda name: conforming[name] if name in conforming else TABLES[name].empty())

    @property
    def snapshot_id(self) -> str:
        return self.manifest.snapshot_id

    @property
    def as_of_on(self) -> date:
        """The day the data speaks for; its month is unfinished."""
        return date.fromisoformat(self.manifest.as_of_on)

    def table(self, name: str) -> pd.DataFrame:
        """One table of the contract, with its columns and types.

        Raises:
            KeyError: the contract has no such table.
            DamagedSnapshot: the table's file is missing, altered or unreadable.
        """
        with self._lock:
            if name not in self._tables:
                if name not in TABLES:
                    raise KeyError(f"no table {name!r}; the contract has {', '.join(TABLES)}")
                self._tables[name] = self._read(name)
            return self._tables[name].copy(deep=False)

    def coded(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Some columns of a table, for tables of many rows: some rows at a time, at least once; nothing is kept.

        Texts are categories, each time others: a number a row instead of a text.

        Raises:
            DamagedSnapshot: the table's file is missing, altered or unreadable.
        """
        return self._read_coded(name, columns)

    def remember(self, key: str, build: Callable[[], T]) -> T:
        """What ``build`` returned when ``key`` was first asked for: work done once for all visitors."""
        with self._lock:
            if key not in self._memory:
                self._memory[key] = build()
            return cast("T", self._memory[key])


def current_id(store: Path | str) -> str:
    """Id of the snapshot in force; one small file is read.

    Raises:
        NothingPublished: no snapshot is in force.
        DamagedSnapshot: the pointer does not hold an id.
        UnreachableStore: the object store does not answer.
        NoObjectStore: nothing installed reads such a store.
    """
    return _current_id(store, place_of(store))


def _current_id(store: Path | str, place: Place) -> str:
    try:
        text = place.read("current").decode("utf-8").strip()
    except FileNotFoundError:
        raise NothingPublished(store) from None
    except (OSError, UnicodeDecodeError) as error:
        if is_url(store) and isinstance(error, OSError):
            raise UnreachableStore(store) from error
        raise DamagedSnapshot("current", "current", _UNREADABLE) from error
    # The id becomes part of a path, so anything but a plain name is refused.
    if not _ID.fullmatch(text):
        raise DamagedSnapshot("current", "current", _UNREADABLE)
    return text


def open_store(store: Path | str) -> Snapshot:
    """Open the snapshot in force and hold all of it to its hashes; tables are read when they are asked for.

    Args:
        store: a folder, or the fsspec URL of an object store.

    Raises:
        NothingPublished: no snapshot is in force.
        WrongContract: it follows another version of the contract.
        DamagedSnapshot: a part of it is missing, altered or unreadable.
        UnreachableStore, NoObjectStore: as for `current_id`.
    """
    place = place_of(store)
    return _open(place, _current_id(store, place))


def open_last_good(store: Path | str) -> Snapshot:
    """Open the snapshot in force or, when it is damaged, the one before it that is whole.

    Of several that are whole it is the newest of those older than the damaged one, for these were in force before it;
    failing that the newest. ``instead_of`` of the snapshot then says what is damaged.

    Raises:
        NothingPublished, WrongContract, UnreachableStore, NoObjectStore: as for `open_store`.
        DamagedSnapshot: it is damaged and there is no other that is whole.
    """
    place = place_of(store)
    try:
        return _open(place, _current_id(store, place))
    except DamagedSnapshot as error:
        damage = error
    try:
        kept = [name for name in place.folders("snapshots") if _ID.fullmatch(name)]
    except OSError:
        raise damage from None
    others = sorted({*kept} - {damage.snapshot_id}, reverse=True)
    for snapshot_id in sorted(others, key=lambda name: name > damage.snapshot_id):
        try:
            return _open(place_of(store), snapshot_id, damage)
        except (DamagedSnapshot, WrongContract):
            continue
    raise damage


def open_kept(store: Path | str) -> tuple[Snapshot | DamagedSnapshot | WrongContract, ...]:
    """All snapshots that the store keeps, the oldest first; one that cannot be read as its error.

    They are told of, not shown: only the manifest is read, and a table is held to its hash when it is asked for.

    Raises:
        UnreachableStore, NoObjectStore: as for `current_id`.
    """
    place = place_of(store)
    try:
        ids = sorted(name for name in place.folders("snapshots") if _ID.fullmatch(name))
    except OSError as error:
        raise UnreachableStore(store) from error
    return tuple(_told(place, snapshot_id) for snapshot_id in ids)


def _told(place: Place, snapshot_id: str) -> Snapshot | DamagedSnapshot | WrongContract:
    folder = f"snapshots/{snapshot_id}"
    try:
        manifest = _read_manifest(place, folder, snapshot_id)
    except DamagedSnapshot as error:
        return error
    if manifest.contract_version != CONTRACT_VERSION:
        return WrongContract(snapshot_id, manifest.contract_version, CONTRACT_VERSION)
    return Snapshot(manifest, lambda name: _read_table(place, folder, manifest, name))


def _open(place: Place, snapshot_id: str, instead_of: DamagedSnapshot | None = None) -> Snapshot:
    folder = f"snapshots/{snapshot_id}"
    manifest = _read_manifest(place, folder, snapshot_id)
    if manifest.contract_version != CONTRACT_VERSION:
        raise WrongContract(snapshot_id, manifest.contract_version, CONTRACT_VERSION)
    for name in TABLES:
        if name not in manifest.tables:
            if name in ADDED:
                continue
            raise DamagedSnapshot(snapshot_id, name, _MISSING)
        _check_table(place, folder, manifest, name)
    return Snapshot(
        manifest,
        lambda name: _read_table(place, folder, manifest, name),
        instead_of,
        lambda name, columns: _read_coded(place, folder, manifest, name, columns),
    )


def _check_table(place: Place, folder: str, manifest: Manifest, name: str) -> None:
    """Hold one table's file to its size and its hash."""
    part, stated = f"{name}.parquet", manifest.tables[name]
    try:
        is_same = place.digest(f"{folder}/{part}", int(stated["bytes"])) == stated["sha256"]
    except FileNotFoundError:
        raise DamagedSnapshot(manifest.snapshot_id, part, _MISSING) from None
    except OSError as error:
        raise DamagedSnapshot(manifest.snapshot_id, part, _UNREADABLE) from error
    if not is_same:
        raise DamagedSnapshot(manifest.snapshot_id, part, _ALTERED)


def _read_manifest(place: Place, folder: str, snapshot_id: str) -> Manifest:
    try:
        content = place.read(f"{folder}/manifest.json")
        stated = _stated_hash(place, folder)
        if stated is not None and stated != hashlib.sha256(content).hexdigest().encode():
            raise DamagedSnapshot(snapshot_id, "manifest.json", _ALTERED)
        manifest = Manifest(**json.loads(content))
        date.fromisoformat(manifest.as_of_on)
    except FileNotFoundError:
        raise DamagedSnapshot(snapshot_id, "manifest.json", _MISSING) from None
    except (OSError, ValueError, TypeError) as error:
        raise DamagedSnapshot(snapshot_id, "manifest.json", _UNREADABLE) from error
    if manifest.snapshot_id != snapshot_id:
        raise DamagedSnapshot(snapshot_id, "manifest.json", _ALTERED)
    return manifest


def _stated_hash(place: Place, folder: str) -> bytes | None:
    """The manifest's hash; None where an early version of the program wrote none."""
    try:
        return place.read(f"{folder}/manifest.sha256")
    except FileNotFoundError:
        return None


def _read_table(place: Place, folder: str, manifest: Manifest, name: str) -> pd.DataFrame:
    if name in ADDED and name not in manifest.tables:
        return TABLES[name].empty()
    part = f"{name}.parquet"
    try:
        arrow = pq.read_table(pa.BufferReader(_content(place, folder, manifest, part)))
        return TABLES[name].conform(arrow.to_pandas(types_mapper=_TYPES))
    except (pa.ArrowException, ContractError) as error:
        raise DamagedSnapshot(manifest.snapshot_id, part, _UNREADABLE) from error


def _read_coded(
    place: Place, folder: str, manifest: Manifest, name: str, columns: Sequence[str]
) -> Iterator[pd.DataFrame]:
    names = list(columns)
    empty = _coded(TABLES[name].empty()[names])
    if name in ADDED and name not in manifest.tables:
        yield empty
        return
    part = f"{name}.parquet"
    texts = [each for each in names if TABLES[name].dtypes[each] == "str"]
    try:
        content = pa.BufferReader(_content(place, folder, manifest, part))
        file = pq.ParquetFile(content, read_dictionary=texts)
        for batch in file.iter_batches(_BATCH, columns=names):
            yield _coded(batch.to_pandas(types_mapper=_TYPES)[names])
        if not file.metadata.num_rows:
            yield empty
    except (pa.ArrowException, KeyError) as error:
        raise DamagedSnapshot(manifest.snapshot_id, part, _UNREADABLE) from error


def _coded(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [str(name) for name, dtype in frame.dtypes.items() if dtype == "str"]
    return frame.astype(dict.fromkeys(texts, "category"))


def _content(place: Place, folder: str, manifest: Manifest, part: str) -> bytes:
    """The bytes of one table's file, held to their hash once more: what was checked is what is read."""
    try:
        content = place.read(f"{folder}/{part}")
    except FileNotFoundError:
        raise DamagedSnapshot(manifest.snapshot_id, part, _MISSING) from None
    except OSError as error:
        raise DamagedSnapshot(manifest.snapshot_id, part, _UNREADABLE) from error
    if hashlib.sha256(content).hexdigest() != manifest.tables[part.removesuffix(".parquet")]["sha256"]:
        raise DamagedSnapshot(manifest.snapshot_id, part, _ALTERED)
    return content
