"""Issues editions and makes their files: one month here, many months in processes of their own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

from dashboard import archive
from dashboard.commands.edge import of_disk, write_whole
from dashboard.errors import Bilingual, CivicspaceError
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports.editions import Imprint, Reference
from dashboard.reports.formats import FORMATS
from dashboard.store import Snapshot, open_store
from dashboard.text.words import Lang


@dataclass(frozen=True)
class Order:
    """One edition to issue, and the files wanted of it."""

    store: str
    """Folder or URL of the store that the edition is made from."""
    archive: Path
    """Folder below which editions are kept."""
    city_id: str
    month: date
    disclosure: Disclosure
    lang: Lang
    formats: tuple[str, ...]
    out: Path
    ordered_at: datetime
    """The instant that becomes the edition's date, if there is a new one."""
    reason: str | None
    chromium: str | None
    """The browser that prints, where it has no usual name."""


@dataclass(frozen=True)
class Made:
    """What became of an order."""

    month: date
    imprint: Imprint | None = None
    """None where no edition could be issued."""
    is_new: bool = False
    files: tuple[Path, ...] = ()
    problems: tuple[Bilingual, ...] = ()


def make(order: Order, snapshot: Snapshot) -> Made:
    """Issue the edition, or take the newest one where it says the same, and put its files into their folder.

    A format that cannot be made is a problem told; the others are made nevertheless.

    Raises:
        CivicspaceError: the edition cannot be issued.
        OSError: the archive cannot be written.
    """
    issued = archive.issue_month(
        order.archive, snapshot, order.city_id, order.month, order.disclosure, order.ordered_at, order.reason
    )
    files, problems = put_files(
        order.archive, issued.imprint.reference, order.formats, order.lang, order.out, order.chromium
    )
    return Made(order.month, issued.imprint, issued.is_new, files, problems)


def put_files(
    store: Path, reference: Reference, formats: Sequence[str], lang: Lang, out: Path, chromium: str | None
) -> tuple[tuple[Path, ...], tuple[Bilingual, ...]]:
    """Files of an edition in a folder, which is made where it is missing, and what could not be made."""
    out.mkdir(parents=True, exist_ok=True)
    # Two threads: while Chromium, a process of its own, prints, the others are made.
    with ThreadPoolExecutor(2) as threads:
        results = list(
            threads.map(partial(_put_file, store, reference, lang=lang, out=out, chromium=chromium), formats)
        )
    return (
        tuple(result for result in results if isinstance(result, Path)),
        tuple(result for result in results if isinstance(result, Bilingual)),
    )


def _put_file(
    store: Path, reference: Reference, format_id: str, *, lang: Lang, out: Path, chromium: str | None
) -> Path | Bilingual:
    form = FORMATS[format_id]
    path = out / archive.file_name(reference, form, lang)
    try:
        write_whole(path, archive.file_of(store, reference, form, lang, chromium=chromium))
    except CivicspaceError as error:
        return _named(format_id, Bilingual(f"{error.text.uk} {error.remedy.uk}", f"{error.text.en} {error.remedy.en}"))
    except OSError as error:
        return _named(format_id, of_disk(error))
    return path


def make_all(orders: Sequence[Order], snapshot: Snapshot, jobs: int) -> Iterator[Made]:
    """What becomes of every order, as soon as it is known; where an edition cannot be issued, the others still are.

    Args:
        orders: what is wanted.
        snapshot: the store's open snapshot; other processes open it again.
        jobs: how many processes to use; with one the work is done here.
    """
    if jobs == 1 or len(orders) == 1:
        yield from (_tried(order, snapshot) for order in orders)
        return
    # Not by fork: this process may have threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(orders)), mp_context=context) as processes:
        months = {processes.submit(_made_elsewhere, order): order.month for order in orders}
        try:
            for future in as_completed(months):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    yield Made(months[future], problems=(_killed(months[future]),))
        finally:
            processes.shutdown(cancel_futures=True)


def _made_elsewhere(order: Order) -> Made:
    return _tried(order, None)


def _tried(order: Order, snapshot: Snapshot | None) -> Made:
    """As `make`; an error becomes a problem, for it could not leave a process whole."""
    try:
        return make(order, snapshot or _opened(order.store))
    except CivicspaceError as error:
        told = Bilingual(f"{error.text.uk} {error.remedy.uk}", f"{error.text.en} {error.remedy.en}")
    except OSError as error:
        told = of_disk(error)
    return Made(order.month, problems=(_named(f"{order.month:%Y-%m}", told),))


@cache
def _opened(store: str) -> Snapshot:
    return open_store(store)


def _named(name: str, text: Bilingual) -> Bilingual:
    return Bilingual(f"{name}: {text.uk}", f"{name}: {text.en}")


def _killed(month: date) -> Bilingual:
    return _named(
        f"{month:%Y-%m}",
        Bilingual(
            "система зупинила процес, найімовірніше через брак пам’яті. Спробуйте з --jobs 1.",
            "the system stopped the process, most likely for want of memory. Try --jobs 1.",
        ),
    )
