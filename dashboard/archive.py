"""The room that keeps editions: issued once, then only read, each number held to the hash it was filed under.

Layout: ``STORE/editions/<city>/<YYYY-MM>/<role>/<number>/`` holds ``edition.json`` (the imprint), ``report.uk.json``
and ``report.en.json`` (the edition as renderers take it), ``SHA256SUMS`` over the three, and ``files/``: what was
rendered of it so far, each file with its own ``.sha256``. A folder appears whole; nothing in it is written again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from dashboard.errors import ArchiveBusy, Bilingual, DamagedEdition, EditionError, OutdatedEdition
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import editions
from dashboard.reports.editions import Content, Imprint, Reference
from dashboard.reports.formats import Format
from dashboard.reports.model import Edition
from dashboard.settings import Role
from dashboard.store import Snapshot
from dashboard.text.words import LANGS, Lang

FOLDER: Final = "editions"

_IMPRINT: Final = "edition.json"
_REPORTS: Final[dict[Lang, str]] = {lang: f"report.{lang}.json" for lang in LANGS}
_SUMS: Final = "SHA256SUMS"
_FILES: Final = "files"
_PATIENCE_S: Final = 60.0
"""How long to wait for whoever is writing; filing an edition takes milliseconds."""

_imprints: Final = TypeAdapter(Imprint)
_editions: Final = TypeAdapter(Edition)


@dataclass(frozen=True)
class Issued:
    """What became of the wish to issue an edition."""

    imprint: Imprint
    is_new: bool
    """False where the newest edition says all that already."""


@dataclass(frozen=True)
class Listing:
    """The editions of an archive, the newest month first, the public ones first, of each the newest edition first."""

    imprints: tuple[Imprint, ...]
    damaged: tuple[Reference, ...]


def issue(
    store: Path,
    content: Content,
    issued_at: datetime,
    reason: str | None = None,
    *,
    patience_s: float = _PATIENCE_S,
) -> Issued:
    """File the content as the next edition of its city, month and role, unless the newest one says the same.

    Args:
        store: the store's folder.
        content: what is frozen.
        issued_at: the instant, in the city's own time zone, whose day is the edition's date.
        reason: why the data are others now, in the words of whoever issues it.
        patience_s: how long to wait for another writer.

    Raises:
        DamagedEdition: the newest edition is, so that nothing can be compared with it.
        ArchiveBusy: another process has been writing for too long.
    """
    report = content.report
    series = _series(store, report.city_id, report.month, report.disclosure.role)
    with _writing(store, patience_s):
        _remove_left_overs(series)
        newest = newest_edition(store, report.city_id, report.month, report.disclosure.role)
        old = None if newest is None else _content(store, newest)
        if newest is not None and old is not None and editions.is_same(old, content):
            return Issued(newest, is_new=False)
        number = 1 if newest is None else newest.reference.number + 1
        made = editions.editions(content, number, issued_at.date(), old, reason)
        imprint = Imprint(
            reference=Reference(report.city_id, report.month, report.disclosure.role, number),
            issued_at=issued_at.astimezone(UTC),
            issued_on=issued_at.date(),
            snapshot_id=report.snapshot_id,
            as_of_on=report.as_of_on,
            code_version=report.code_version,
            min_group_size=report.disclosure.min_group_size,
            is_demo=report.is_demo,
            is_unfinished=report.is_unfinished,
            inputs=content.inputs,
            definitions=content.definitions,
            data_sha256=editions.data_hash(content.reports),
            changes_count=len(made[LANGS[0]].changes),
            why={lang: edition.why for lang, edition in made.items()},
        )
        parts = {_IMPRINT: _imprints.dump_json(imprint, indent=2) + b"\n"} | {
            name: _editions.dump_json(made[lang]) + b"\n" for lang, name in _REPORTS.items()
        }
        sums = "".join(f"{_hash(data)}  {name}\n" for name, data in parts.items())
        _put_folder(series / f"{number}", {**parts, _SUMS: sums.encode("ascii")})
    return Issued(imprint, is_new=True)


def issue_month(
    store: Path,
    snapshot: Snapshot,
    city_id: str,
    month: date,
    disclosure: Disclosure,
    now: datetime,
    reason: str | None = None,
) -> Issued:
    """As `issue`, of what the snapshot says of a month; ``now`` is an instant in any zone.

    Raises:
        KeyError: the snapshot has no such city.
    """
    zone = ZoneInfo(snapshot.table("cities").set_index("city_id")["timezone"][city_id])
    return issue(store, editions.content(snapshot, city_id, month, disclosure), now.astimezone(zone), reason)


def would_differ(store: Path, newest: Imprint, content: Content) -> bool:
    """Whether issuing the content would make a new edition.

    Raises:
        DamagedEdition: the newest edition is.
    """
    old = _content(store, newest)
    return old is None or not editions.is_same(old, content)


def newest_edition(store: Path, city_id: str, month: date, role: Role) -> Imprint | None:
    """The imprint of the newest edition; None where there is none.

    Raises:
        DamagedEdition: it is missing a part, or a part was altered.
    """
    numbers = _numbers(_series(store, city_id, month, role))
    return read_imprint(store, Reference(city_id, month, role, numbers[-1])) if numbers else None


def list_editions(store: Path, *, city_id: str | None = None, role: Role | None = None) -> Listing:
    """All editions, of one city or role where it is named; what is damaged is named apart."""
    imprints, damaged = [], []
    for reference in sorted(_references(store), key=_by_month):
        if city_id not in (None, reference.city_id) or role not in (None, reference.role):
            continue
        try:
            imprints.append(read_imprint(store, reference))
        except DamagedEdition:
            damaged.append(reference)
    return Listing(tuple(imprints), tuple(damaged))


def read_imprint(store: Path, reference: Reference) -> Imprint:
    """What an edition says of itself.

    Raises:
        EditionError: there is no such edition.
        DamagedEdition: its imprint is missing, altered or unreadable.
    """
    try:
        imprint = _imprints.validate_json(_part(store, reference, _IMPRINT))
    except ValidationError as error:
        raise DamagedEdition(reference, _IMPRINT) from error
    if imprint.reference != reference:
        raise DamagedEdition(reference, _IMPRINT)
    return imprint


def read_edition(store: Path, reference: Reference, lang: Lang) -> Edition:
    """An edition in one language, from what was filed alone.

    Raises:
        EditionError: there is no such edition.
        DamagedEdition: a part of it is missing or altered.
        OutdatedEdition: it was filed by a version of the program whose reports had other parts.
    """
    imprint = read_imprint(store, reference)
    try:
        return _editions.validate_json(_part(store, reference, _REPORTS[lang]))
    except ValidationError as error:
        raise OutdatedEdition(reference, imprint.code_version) from error


def file_of(
    store: Path,
    reference: Reference,
    form: Format,
    lang: Lang,
    *,
    chromium: str | None = None,
    patience_s: float = _PATIENCE_S,
) -> bytes:
    """One file of an edition: the one kept, or a new one, which is kept from then on.

    Args:
        store: the store's folder.
        reference: the edition.
        form: the format.
        lang: the language.
        chromium: the browser that prints, where it has no usual name.
        patience_s: how long to wait for another writer.

    Raises:
        EditionError: there is no such edition, or it or its file is damaged, or this program cannot make the file.
        CivicspaceError: what the renderer raises.
    """
    imprint = read_imprint(store, reference)
    kept = kept_file(store, reference, form, lang)
    if kept is not None:
        return kept
    edition = read_edition(store, reference, lang)
    # Renderers take the definitions from the program: under others they would explain the numbers wrongly.
    if not editions.is_defined_so(imprint.definitions):
        raise OutdatedEdition(reference, imprint.code_version)
    data = form.render(edition, chromium)
    files = _folder(store, reference) / _FILES
    name = file_name(reference, form, lang)
    with _writing(store, patience_s):
        kept = kept_file(store, reference, form, lang)
        if kept is not None:
            return kept
        files.mkdir(exist_ok=True)
        _remove_left_overs(files)
        _put_file(files / f"{name}.sha256", f"{_hash(data)}  {name}\n".encode("ascii"))
        _put_file(files / name, data)
    return data


def kept_file(store: Path, reference: Reference, form: Format, lang: Lang) -> bytes | None:
    """A file of an edition as it was first made; None where it has not been.

    Raises:
        DamagedEdition: it was altered since.
    """
    name = file_name(reference, form, lang)
    path = _folder(store, reference) / _FILES / name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    if _sum_in(path.with_name(f"{name}.sha256"), name) != _hash(data):
        raise DamagedEdition(reference, f"{_FILES}/{name}")
    return data


def is_kept(store: Path, reference: Reference, form: Format, lang: Lang) -> bool:
    """Whether a file of an edition has been made."""
    return (_folder(store, reference) / _FILES / file_name(reference, form, lang)).is_file()


def file_name(reference: Reference, form: Format, lang: Lang) -> str:
    """The name of a file of an edition, as it is handed out."""
    of = f"{reference.city_id}-{reference.month:%Y-%m}-{reference.role}-{reference.number}"
    return f"civicspace-{of}-{lang}.{form.ending}"


def _content(store: Path, imprint: Imprint) -> Content | None:
    """What an edition froze; None where this program cannot read it."""
    try:
        reports = {lang: read_edition(store, imprint.reference, lang).report for lang in LANGS}
    except OutdatedEdition:
        return None
    return Content(reports, imprint.inputs, imprint.definitions)


def _references(store: Path) -> Iterator[Reference]:
    for folder in (store / FOLDER).glob("*/*/*/[1-9]*"):
        try:
            yield Reference.parse("/".join(folder.parts[-4:]))
        except EditionError:
            continue  # somebody's own folder


def _by_month(reference: Reference) -> tuple[int, str, bool, int]:
    return (-reference.month.toordinal(), reference.city_id, reference.role is not Role.PUBLIC, -reference.number)


def _numbers(series: Path) -> list[int]:
    return sorted(int(folder.name) for folder in series.glob("[1-9]*") if folder.name.isdigit())


def _series(store: Path, city_id: str, month: date, role: Role) -> Path:
    return _folder(store, Reference(city_id, month, role, 1)).parent


def _folder(store: Path, reference: Reference) -> Path:
    # The reference becomes a path, so anything but a plain one is refused.
    return store / FOLDER / str(Reference.parse(str(reference)))


def _part(store: Path, reference: Reference, name: str) -> bytes:
    folder = _folder(store, reference)
    if not folder.is_dir():
        raise EditionError(
            Bilingual(f"Випуску {reference} немає.", f"There is no edition {reference}."),
            Bilingual("Перелік: civicspace report list.", "See: civicspace report list."),
        )
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise DamagedEdition(reference, name) from error
    if _sum_in(folder / _SUMS, name) != _hash(data):
        raise DamagedEdition(reference, name)
    return data


def _sum_in(sums: Path, name: str) -> str | None:
    """The hash that a file of hashes states for a name; None where it states none."""
    try:
        lines = sums.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return next((line[:64] for line in lines if line[64:] == f"  {name}"), None)


@contextmanager
def _writing(store: Path, patience_s: float) -> Iterator[None]:
    """Hold the archive for writing; the operating system lets go of the lock when its holder dies."""
    archive = store / FOLDER
    archive.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(archive / ".lock", timeout=patience_s):
            yield
    except Timeout as error:
        raise ArchiveBusy(archive) from error


def _put_folder(folder: Path, parts: dict[str, bytes]) -> None:
    """Write a folder aside and give it its name: it is there whole or not at all."""
    aside = folder.with_name(f".{folder.name}.tmp")
    aside.mkdir(parents=True)
    for name, data in parts.items():
        _write_through(aside / name, data)
    _sync(aside)
    aside.rename(folder)
    _sync(folder.parent)


def _put_file(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{path.name}.tmp")
    _write_through(aside, data)
    aside.replace(path)
    _sync(path.parent)


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


def _remove_left_overs(folder: Path) -> None:
    """What a writer that died has left aside; only whoever holds the lock may ask."""
    for aside in folder.glob(".*.tmp"):
        if aside.is_dir():
            shutil.rmtree(aside)
        else:
            aside.unlink()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
