"""What a load reads: the inbox, the lists that ship, and the day it speaks for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from etl.accounts import InboxFile
from etl.commands.edge import REPOSITORY, UsageError, spoken
from etl.demo.write import MARKER
from etl.executors import Workers, cluster, processes
from etl.sources.city_pack import CityPack
from etl.sources.names import written
from etl.words import Language, say

CITIES: Final = REPOSITORY / "data" / "cities"
ALONE_BELOW_BYTES: Final = 2_000_000
"""Starting other processes takes about as long as reading this much."""
PUBLIC_LISTS: Final = REPOSITORY / "data" / "lists"


def inbox_files(folder: Path) -> list[InboxFile]:
    """Every file below the inbox, but for those that programs leave behind; read only when asked.

    Symbolic links are not followed: each is a file that is refused.
    """
    marked = {path.parent for path in folder.rglob(MARKER)}
    found = []
    for path in sorted(folder.rglob("*")):
        names = path.relative_to(folder).parts
        is_left_over = any(name.startswith((".", "~$")) for name in names) or path.name in {"Thumbs.db", "desktop.ini"}
        if is_left_over or path.name == MARKER or not (path.is_symlink() or path.is_file()):
            continue
        origin = "own" if marked.isdisjoint(path.parents) else "demo"
        shown = "/".join(map(written, names))
        if path.is_symlink():
            # It could lead to any file of the machine, and be another one the next moment.
            found.append(InboxFile(shown, origin, bytes, refusal=(say(Language.UK, "link"), say(Language.EN, "link"))))
        else:
            found.append(InboxFile(shown, origin, path.read_bytes, path.stat().st_size))
    return found


@contextmanager
def workers_for(files: Sequence[InboxFile], jobs: int = 0, address: str | None = None) -> Iterator[Workers]:
    """Who reads an inbox: a cluster where one is named, else ``jobs`` processes, or one per core.

    It is this process alone where starting others would not pay.
    """
    size = sum(file.size or 0 for file in files)
    count = jobs or len(os.sched_getaffinity(0))
    chosen = cluster(address) if address else processes(count if size >= ALONE_BELOW_BYTES else 1)
    with chosen as workers:
        yield workers


def public_lists() -> list[InboxFile]:
    """The lists of public events that ship with the product."""
    return [InboxFile(path.name, "public_list", path.read_bytes) for path in sorted(PUBLIC_LISTS.glob("*.csv"))]


def known(city: str | None, packs: Sequence[CityPack]) -> None:
    """Refuse a city that has no pack.

    Raises:
        UsageError: names the cities there are.
    """
    ids = [pack.city_id for pack in packs]
    if city is not None and city not in ids:
        raise spoken(UsageError, "unknown_city", city=city, known=", ".join(ids))


def today(packs: Sequence[CityPack]) -> datetime:
    """The present instant, by the clock of the first city."""
    return datetime.now(ZoneInfo(packs[0].timezone))


def code_version() -> str:
    """Version of the program; ``source`` when it is not installed."""
    try:
        return version("civicspace")
    except PackageNotFoundError:
        return "source"
