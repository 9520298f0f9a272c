"""Snapshots: written whole beside the others, verified, then switched to in one step.

A store is a folder: ``snapshots/<snapshot_id>/<table>.parquet`` and ``manifest.json``, and the file ``current`` with
the id of the snapshot in use. A reader sees the old snapshot or the new one, never a half of each.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from etl.contract import CONTRACT_VERSION, TABLES, Manifest
from etl.errors import SpokenError

_SNAPSHOTS: Final = "snapshots"
_MANIFEST: Final = "manifest.json"
_ROW_GROUP_ROWS: Final = 122_880


class PublishError(SpokenError):
    """A snapshot cannot be written, found or trusted. Says which, and what to do."""


class StoreBusyError(PublishError):
    """Another process is writing to the store; says which."""


@contextmanager
def writing(store: Path, holder: str) -> Iterator[None]:
    """Hold the store for writing; enter again at will within one thread.

    Left-overs of a writer that died are removed on entry.

    Args:
        store: the store's folder; made when missing.
        holder: who writes and since when, told to whoever else tries.

    Raises:
        StoreBusyError: another process holds the store.
    """
    store.mkdir(parents=True, exist_ok=True)
    note = store / ".writer"
    lock = FileLock(store / ".lock", timeout=0, is_singleton=True)
    try:
        lock.acquire()
    except Timeout as error:
        by = note.read_text(encoding="utf-8").strip() if note.exists() else "?"
        raise StoreBusyError(
            f"у сховище {store} саме пише інший процес ({by}); спробуйте, коли він закінчить",
            f"the store {store} is being written to by another process ({by}); try again when it has finished",
        ) from error
    try:
        if lock.lock_counter == 1:
            note.write_text(holder, encoding="utf-8")
            _remove_left_overs(store)
        yield
    finally:
        if lock.lock_counter == 1:
            note.unlink(missing_ok=True)
        lock.release()


def publish(
    tables: Mapping[str, pd.DataFrame], store: Path, created_at: datetime, as_of_on: date, code_version: str
) -> Manifest:
    """Write the tables as a new snapshot and switch to it.

    When the snapshot in use has the same content for the same day, nothing is written and its manifest is returned.

    Args:
        tables: every table of the contract, conforming to it.
        store: the store's folder; made when missing.
        created_at: the instant of publishing, with a zone.
        as_of_on: the day the data speaks for.
        code_version: version of the program.

    Returns:
        The manifest of the snapshot that is in use afterwards.

    Raises:
        PublishError: what was written does not read back as it was meant, or a snapshot of this id exists.
        StoreBusyError: another process is writing.
    """
    with writing(store, f"publish {created_at.isoformat()}"):
        manifest = _write(tables, store, created_at, as_of_on, code_version)
        _switch(store, manifest.snapshot_id)
    return manifest


def replace(tables: Mapping[str, pd.DataFrame], store: Path, old: Manifest) -> Manifest:
    """Write tables in the place of a snapshot: same instant, day and version, other content, hence another id.

    The old snapshot is removed at the end; ``current`` follows when it pointed there.

    Raises:
        PublishError: as for `publish`.
    """
    with writing(store, f"replace {old.snapshot_id}"):
        was_current = current_id(store) == old.snapshot_id
        new = _write(
            tables,
            store,
            datetime.fromisoformat(old.created_at),
            date.fromisoformat(old.as_of_on),
            old.code_version,
        )
        if new.snapshot_id == old.snapshot_id:
            return new
        if was_current:
            _switch(store, new.snapshot_id)
        shutil.rmtree(_folder(store, old.snapshot_id))
    return new


def current_id(store: Path) -> str | None:
    """Id of the snapshot in use; ``None`` when nothing is published."""
    try:
        return (store / "current").read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def list_snapshots(store: Path) -> tuple[Manifest, ...]:
    """Manifests of all snapshots kept, oldest first; empty for a store without any."""
    root = store / _SNAPSHOTS
    if not root.is_dir():
        return ()
    found = sorted(folder.name for folder in root.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    return tuple(read_manifest(store, snapshot_id) for snapshot_id in found)


def read_manifest(store: Path, snapshot_id: str) -> Manifest:
    """The manifest of one snapshot.

    Raises:
        PublishError: there is no such snapshot, or its manifest cannot be read.
    """
    path = _folder(store, snapshot_id) / _MANIFEST
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**{field.name: stated[field.name] for field in fields(Manifest)})
    except FileNotFoundError as error:
        raise PublishError(
            f"знімка {snapshot_id} у {store} немає; перелік: civicspace snapshots list",
            f"there is no snapshot {snapshot_id} in {store}; see: civicspace snapshots list",
        ) from error
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise PublishError(
            f"опис знімка {snapshot_id} не читається; поверніться до іншого знімка",
            f"the manifest of snapshot {snapshot_id} cannot be read; roll back to another",
        ) from error


def read_tables(store: Path, manifest: Manifest) -> dict[str, pd.DataFrame]:
    """All tables of one snapshot, conforming to the contract."""
    folder = _folder(store, manifest.snapshot_id)
    return {name: TABLES[name].conform(pd.read_parquet(folder / f"{name}.parquet")) for name in manifest.tables}


def verify(store: Path, snapshot_id: str) -> Manifest:
    """Read a snapshot back and hold it to its manifest: every table there, each hash and row count right.

    Raises:
        PublishError: lists everything that differs.
    """
    manifest = read_manifest(store, snapshot_id)
    differences = _differences(_folder(store, snapshot_id), manifest)
    if differences:
        raise PublishError(
            f"знімок {snapshot_id} пошкоджено: {', '.join(differences)}",
            f"snapshot {snapshot_id} is damaged: {', '.join(differences)}",
        )
    return manifest


def rollback(store: Path, snapshot_id: str) -> Manifest:
    """Switch to a snapshot that is kept, after verifying it.

    Raises:
        PublishError: there is no such snapshot, it is damaged, or it is of another contract version.
        StoreBusyError: another process is writing.
    """
    with writing(store, f"rollback to {snapshot_id}"):
        manifest = verify(store, snapshot_id)
        if manifest.contract_version != CONTRACT_VERSION:
            raise PublishError(
                f"знімок {snapshot_id} має версію даних {manifest.contract_version}, "
                f"а ця програма читає {CONTRACT_VERSION}; натомість завантажте списки знову",
                f"snapshot {snapshot_id} has contract version {manifest.contract_version}, "
                f"this program reads {CONTRACT_VERSION}; load the inbox again instead",
            )
        _switch(store, snapshot_id)
    return manifest


def _write(
    tables: Mapping[str, pd.DataFrame], store: Path, created_at: datetime, as_of_on: date, code_version: str
) -> Manifest:
    """Write and verify a snapshot without switching to it."""
    encoded = {name: _parquet(tables[name], name) for name in TABLES}
    described: dict[str, dict[str, str | int]] = {
        name: {"rows": len(tables[name]), "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in encoded.items()
    }
    content = "\n".join(f"{name} {described[name]['sha256']}" for name in sorted(described))
    content_sha256 = hashlib.sha256(content.encode()).hexdigest()
    instant = created_at.astimezone(UTC)
    snapshot_id = f"{instant:%Y%m%dT%H%M%SZ}-{content_sha256[:8]}"
    for written in (current_id(store), snapshot_id):
        if written and _holds(store, written, content_sha256, as_of_on):
            return read_manifest(store, written)
    manifest = Manifest(
        snapshot_id=snapshot_id,
        contract_version=CONTRACT_VERSION,
        code_version=code_version,
        created_at=instant.isoformat(),
        as_of_on=as_of_on.isoformat(),
        content_sha256=content_sha256,
        tables=described,
        has_demo=any((tables[name]["origin"] == "demo").any() for name, t in TABLES.items() if "origin" in t.dtypes),
    )
    folder = _folder(store, manifest.snapshot_id)
    if folder.exists():
        raise PublishError(
            f"знімок {manifest.snapshot_id} уже є; спробуйте за секунду",
            f"snapshot {manifest.snapshot_id} exists already; try again in a second",
        )
    aside = folder.with_name(f".{manifest.snapshot_id}.tmp")
    aside.mkdir(parents=True)
    for name, data in encoded.items():
        _write_through(aside / f"{name}.parquet", data)
    _write_through(aside / _MANIFEST, json.dumps(asdict(manifest), indent=2, ensure_ascii=False).encode())
    differences = _differences(aside, manifest)
    if differences:
        raise PublishError(
            f"записане не читається назад ({', '.join(differences)}); перевірте диск",
            f"what was written does not read back ({', '.join(differences)}); check the disk",
        )
    _sync(aside)
    aside.rename(folder)
    _sync(folder.parent)
    return manifest


def _holds(store: Path, snapshot_id: str, content_sha256: str, as_of_on: date) -> bool:
    """Whether a whole, undamaged snapshot of this content and day is kept under this id."""
    folder = _folder(store, snapshot_id)
    if not (folder / _MANIFEST).exists():
        return False
    manifest = read_manifest(store, snapshot_id)
    same = (manifest.content_sha256, manifest.as_of_on) == (content_sha256, as_of_on.isoformat())
    return same and not _differences(folder, manifest)


def _parquet(frame: pd.DataFrame, name: str) -> bytes:
    # Without pandas' own metadata, which names library versions, equal rows give equal bytes.
    table = pa.Table.from_pandas(frame, schema=TABLES[name].arrow_schema(), preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(None), sink, compression="zstd", row_group_size=_ROW_GROUP_ROWS)
    return bytes(sink.getvalue())


def _differences(folder: Path, manifest: Manifest) -> list[str]:
    found = []
    for name, stated in manifest.tables.items():
        path = folder / f"{name}.parquet"
        if not path.exists():
            found.append(f"{path.name} –")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != stated["sha256"]:
            found.append(f"{path.name} SHA-256")
        elif pq.read_metadata(path).num_rows != stated["rows"]:
            found.append(f"{path.name} {stated['rows']} rows")
    return found


def _switch(store: Path, snapshot_id: str) -> None:
    if current_id(store) == snapshot_id:
        return
    aside = store / ".current.tmp"
    _write_through(aside, snapshot_id.encode("ascii"))
    os.replace(aside, store / "current")  # noqa: PTH105 - the one step that readers see, named as what it is
    _sync(store)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the folder's entries themselves survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_left_overs(store: Path) -> None:
    for folder in (store / _SNAPSHOTS).glob(".*.tmp"):
        shutil.rmtree(folder)


def _folder(store: Path, snapshot_id: str) -> Path:
    if "/" in snapshot_id or snapshot_id.startswith("."):
        raise PublishError(
            f"{snapshot_id!r} не є позначкою знімка; перелік: civicspace snapshots list",
            f"{snapshot_id!r} is no id of a snapshot; see: civicspace snapshots list",
        )
    return store / _SNAPSHOTS / snapshot_id
