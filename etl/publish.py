"""Snapshots: written whole beside the others, verified, then switched to in one step.

A store is a folder: ``snapshots/<snapshot_id>/`` with ``<table>.parquet``, ``manifest.json`` and its hash, and the
file ``current`` with the id of the snapshot in use. A reader sees the old one or the new one, never a half of each.
What a writer that was killed leaves (hidden files ending in ``.tmp``, and a finished snapshot that nobody was ever
shown, named in ``.pending``) is removed by the next writer.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl import disk
from etl.contract import CONTRACT_VERSION, TABLES, Manifest
from etl.errors import SpokenError
from etl.lock import held
from etl.tables import ROWS_AT_ONCE, pieces

_SNAPSHOTS: Final = "snapshots"
_SLIPS: Final = "slips"
_MANIFEST: Final = "manifest.json"
_MANIFEST_HASH: Final = "manifest.sha256"
_ID: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
_AT_ONCE: Final = 2
"""Most of the time of writing goes into packing, which goes on beside other work."""
_ID_TIME: Final = "%Y%m%dT%H%M%SZ"


Check = Callable[[Mapping[str, pd.DataFrame]], None]
"""Raises when tables may not be published."""


def unchecked(_tables: Mapping[str, pd.DataFrame]) -> None:
    """For tables that were checked before."""


class PublishError(SpokenError):
    """A snapshot cannot be written, found or trusted. Says which, and what to do."""


@contextmanager
def writing(store: Path, holder: str) -> Iterator[None]:
    """Hold the store for writing; enter again at will within one thread. See `etl.lock.held`.

    Left-overs of a writer that died are removed on entry.

    Raises:
        StoreBusyError: another process holds the store.
    """
    with held(store, holder, lambda: _remove_left_overs(store)):
        yield


def publish(
    tables: Mapping[str, pd.DataFrame],
    store: Path,
    created_at: datetime,
    as_of_on: date,
    code_version: str,
    check: Check = unchecked,
) -> Manifest:
    """Write the tables as a new snapshot and switch to it.

    When the snapshot in use has the same content for the same day, nothing is written and its manifest is returned.

    Args:
        tables: every table of the contract, conforming to it.
        store: the store's folder; made when missing.
        created_at: the instant of publishing, with a zone.
        as_of_on: the day the data speaks for.
        code_version: version of the program.
        check: holds the tables to the contract while they are written.

    Returns:
        The manifest of the snapshot that is in use afterwards.

    Raises:
        Exception: what ``check`` raises; the store stays as it was.
        PublishError: what was written does not read back as it was meant, or a snapshot of this id exists.
        StoreBusyError: another process is writing.
    """
    with writing(store, f"publish {created_at.isoformat()}"):
        manifest = _write(tables, store, created_at, as_of_on, code_version, check)
        _switch(store, manifest.snapshot_id)
        disk.remove_file(store / ".pending")
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
        # From here on the new one stays, whatever happens: the old one may be gone already.
        disk.remove_file(store / ".pending")
        _discard(store, old.snapshot_id)
    return new


def surplus(store: Path, keep: int, older_than: timedelta, now: datetime) -> tuple[str, ...]:
    """Which snapshots `prune` removes, oldest first; never the one in use.

    Those that stay besides it: the newest ``keep`` that are whole, and all that are not older than ``older_than``.

    Args:
        store: the store's folder.
        keep: how many whole snapshots to keep, at least 1; a damaged one does not count.
        older_than: only snapshots created longer ago than this go.
        now: the present instant, with a zone.

    Raises:
        ValueError: ``keep`` is below 1.
    """
    if keep < 1:
        raise ValueError(f"keep at least 1 snapshot, not {keep}")
    stay = {current_id(store)}
    wanted = keep
    for snapshot_id in reversed(list_ids(store)):
        is_old = now - datetime.strptime(snapshot_id[:16], _ID_TIME).replace(tzinfo=UTC) > older_than
        counts = wanted > 0 and is_whole(store, snapshot_id)
        if counts or not is_old:
            stay.add(snapshot_id)
        wanted -= counts
    return tuple(snapshot_id for snapshot_id in list_ids(store) if snapshot_id not in stay)


def prune(store: Path, snapshot_ids: Sequence[str]) -> None:
    """Remove snapshots, and the return slips of their files.

    Raises:
        PublishError: one of them is in use, or is no id; nothing is removed.
        StoreBusyError: another process is writing.
    """
    with writing(store, "prune"):
        if current_id(store) in snapshot_ids:
            raise PublishError(
                "знімок, який саме показано, не вилучають; спершу перейдіть до іншого: civicspace snapshots rollback",
                "the snapshot in use is not removed; go to another first: civicspace snapshots rollback",
            )
        for folder in [_folder(store, snapshot_id) for snapshot_id in snapshot_ids]:
            _discard(store, folder.name)


def _discard(store: Path, snapshot_id: str) -> None:
    disk.discard_folder(store / _SLIPS / snapshot_id)
    disk.discard_folder(_folder(store, snapshot_id))


def remove_slips(store: Path) -> None:
    """Remove the return slips of all snapshots; a load writes them anew.

    Raises:
        StoreBusyError: another process is writing.
    """
    with writing(store, "slips"):
        disk.discard_folder(store / _SLIPS)


def current_id(store: Path) -> str | None:
    """Id of the snapshot in use; ``None`` when nothing is published, or the file that says so is damaged."""
    try:
        stated = (store / "current").read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return stated if _ID.fullmatch(stated) else None


def list_ids(store: Path) -> tuple[str, ...]:
    """Ids of all snapshots kept, whole or not, oldest first; empty for a store without any."""
    root = store / _SNAPSHOTS
    if not root.is_dir():
        return ()
    return tuple(sorted(folder.name for folder in root.iterdir() if folder.is_dir() and _ID.fullmatch(folder.name)))


def list_snapshots(store: Path) -> tuple[Manifest, ...]:
    """Manifests of all snapshots kept, oldest first; those whose manifest cannot be read are left out."""
    found = []
    for snapshot_id in list_ids(store):
        with suppress(PublishError):
            found.append(read_manifest(store, snapshot_id))
    return tuple(found)


def read_manifest(store: Path, snapshot_id: str) -> Manifest:
    """The manifest of one snapshot.

    Raises:
        PublishError: there is no such snapshot, or its manifest cannot be read.
    """
    path = _folder(store, snapshot_id) / _MANIFEST
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**{field.name: stated[field.name] for field in fields(Manifest) if field.name in stated})
    except FileNotFoundError as error:
        raise PublishError(
            f"знімка {snapshot_id} у {store} немає; перелік: civicspace snapshots list",
            f"there is no snapshot {snapshot_id} in {store}; see: civicspace snapshots list",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise PublishError(
            f"опис знімка {snapshot_id} не читається; поверніться до іншого знімка",
            f"the manifest of snapshot {snapshot_id} cannot be read; roll back to another",
        ) from error


def read_tables(store: Path, manifest: Manifest, names: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """Tables of one snapshot, conforming to the contract: those named, or all."""
    folder = _folder(store, manifest.snapshot_id)
    wanted = tuple(names) or tuple(manifest.tables)
    return {name: TABLES[name].conform(pd.read_parquet(folder / f"{name}.parquet")) for name in wanted}


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


def is_whole(store: Path, snapshot_id: str) -> bool:
    """Whether a snapshot is there, undamaged."""
    try:
        verify(store, snapshot_id)
    except PublishError:
        return False
    return True


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
    tables: Mapping[str, pd.DataFrame],
    store: Path,
    created_at: datetime,
    as_of_on: date,
    code_version: str,
    check: Check = unchecked,
) -> Manifest:
    """Write and verify a snapshot without switching to it."""
    # Its name depends on its content, which is known when all is written.
    aside = disk.aside(store / _SNAPSHOTS / "new")
    disk.make_folder(aside)
    try:
        described = _all_written(tables, aside, check)
    except (Exception, KeyboardInterrupt):
        disk.remove_folder(aside)
        raise
    # The same files under other names are the same content.
    sources = tables["sources"]
    nameless = pa.BufferOutputStream()
    write_parquet(pieces({"sources": sources.assign(file_name="")}, "sources"), "sources", nameless)
    described["sources"]["content_sha256"] = hashlib.sha256(nameless.getvalue()).hexdigest()
    content_sha256 = _content_sha256(described)
    instant = created_at.astimezone(UTC)
    snapshot_id = f"{instant:%Y%m%dT%H%M%SZ}-{content_sha256[:8]}"
    for written in (current_id(store), snapshot_id):
        if written and _holds(store, written, content_sha256, as_of_on):
            disk.remove_folder(aside)
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
        account=_account(sources),
    )
    folder = _folder(store, manifest.snapshot_id)
    if folder.exists():
        disk.remove_folder(aside)
        raise PublishError(
            f"знімок {manifest.snapshot_id} уже є; спробуйте за секунду",
            f"snapshot {manifest.snapshot_id} exists already; try again in a second",
        )
    stated = json.dumps(asdict(manifest), indent=2, ensure_ascii=False).encode()
    disk.write_through(aside / _MANIFEST, stated)
    disk.write_through(aside / _MANIFEST_HASH, hashlib.sha256(stated).hexdigest().encode())
    differences = _differences(aside, manifest)
    if differences:
        raise PublishError(
            f"записане не читається назад ({', '.join(differences)}); перевірте диск",
            f"what was written does not read back ({', '.join(differences)}); check the disk",
        )
    disk.sync(aside)
    # Until it is switched to, nobody has been shown this snapshot, and the next writer may remove it.
    disk.replace_file(store / ".pending", manifest.snapshot_id.encode("ascii"))
    disk.move(aside, folder)
    disk.sync(folder.parent)
    return manifest


def _holds(store: Path, snapshot_id: str, content_sha256: str, as_of_on: date) -> bool:
    """Whether a whole, undamaged snapshot of this content and day is kept under this id."""
    if not is_whole(store, snapshot_id):
        return False
    manifest = read_manifest(store, snapshot_id)
    return (manifest.content_sha256, manifest.as_of_on) == (content_sha256, as_of_on.isoformat())


def _all_written(tables: Mapping[str, pd.DataFrame], folder: Path, check: Check) -> dict[str, dict[str, str | int]]:
    """Write all tables into a folder, some at once, while they are checked; see `_written`."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        checked = pool.submit(check, tables)
        written = {name: pool.submit(_written, tables, name, folder) for name in TABLES}
        try:
            checked.result()
            return {name: future.result() for name, future in written.items()}
        except BaseException:
            # What is not begun yet is for nobody.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _written(tables: Mapping[str, pd.DataFrame], name: str, folder: Path) -> dict[str, str | int]:
    """Write a table into a folder; how many rows and bytes it has, and their hash."""
    path = folder / f"{name}.parquet"
    rows = 0

    def write(file: BinaryIO) -> None:
        nonlocal rows
        rows = write_parquet(pieces(tables, name), name, file)

    sha256 = disk.stream_through(path, write)
    return {"rows": rows, "sha256": sha256, "bytes": path.stat().st_size}


def write_parquet(some: Iterable[pa.Table], name: str, sink: BinaryIO | pa.NativeFile) -> int:
    """Write a table as a Parquet file, one row group for each piece; returns its number of rows."""
    rows = 0
    with pq.ParquetWriter(sink, TABLES[name].arrow_schema(), compression="zstd") as writer:
        for piece in some:
            writer.write_table(piece, row_group_size=ROWS_AT_ONCE)
            rows += piece.num_rows
    return rows


def _content_sha256(described: Mapping[str, Mapping[str, str | int]]) -> str:
    hashes = {name: table.get("content_sha256", table["sha256"]) for name, table in described.items()}
    content = "\n".join(f"{name} {hashes[name]}" for name in sorted(hashes))
    return hashlib.sha256(content.encode()).hexdigest()


def _account(sources: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Rows of each file by what became of them, and of all files together."""
    names = ("read", "loaded", "duplicate", "rejected")
    files = sources[sources["kind"] != "city_pack"]
    counts = {name: [int(rows) for rows in files[f"rows_{name}_count"]] for name in names}
    total = {name: sum(rows) for name, rows in counts.items()}
    by_file = {
        str(source_id): {name: counts[name][index] for name in names}
        for index, source_id in enumerate(files["source_id"])
    }
    return {"total": total, **by_file}


def _differences(folder: Path, manifest: Manifest) -> list[str]:
    found = []
    try:
        hashed = (folder / _MANIFEST_HASH).read_bytes()
        if hashlib.sha256((folder / _MANIFEST).read_bytes()).hexdigest().encode() != hashed:
            found.append(f"{_MANIFEST} SHA-256")
    except FileNotFoundError:
        found.append(f"{_MANIFEST_HASH} –")
    if set(manifest.tables) != set(TABLES) and manifest.contract_version == CONTRACT_VERSION:
        found.append(f"{_MANIFEST} tables")
    for name, stated in manifest.tables.items():
        path = folder / f"{name}.parquet"
        if not path.exists():
            found.append(f"{path.name} –")
        elif disk.sha256(path) != stated["sha256"]:
            found.append(f"{path.name} SHA-256")
        elif pq.read_metadata(path).num_rows != stated["rows"]:
            found.append(f"{path.name} {stated['rows']} rows")
    return found


def _switch(store: Path, snapshot_id: str) -> None:
    if current_id(store) != snapshot_id:
        disk.replace_file(store / "current", snapshot_id.encode("ascii"))


def _remove_left_overs(store: Path) -> None:
    pending = store / ".pending"
    if pending.exists():
        never_shown = pending.read_text(encoding="ascii", errors="replace")
        # The id becomes part of a path that is removed, so anything but an id is left alone.
        if _ID.fullmatch(never_shown) and never_shown != current_id(store):
            _discard(store, never_shown)
        disk.remove_file(pending)
    for folder in (store / _SNAPSHOTS, store / _SLIPS, store):
        for left_over in disk.left_overs(folder):
            if left_over.is_dir():
                disk.remove_folder(left_over)
            else:
                disk.remove_file(left_over)


def _folder(store: Path, snapshot_id: str) -> Path:
    if "/" in snapshot_id or snapshot_id.startswith("."):
        raise PublishError(
            f"{snapshot_id!r} не є позначкою знімка; перелік: civicspace snapshots list",
            f"{snapshot_id!r} is no id of a snapshot; see: civicspace snapshots list",
        )
    return store / _SNAPSHOTS / snapshot_id
