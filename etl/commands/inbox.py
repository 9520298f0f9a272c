"""What a load reads: the inbox, the lists that ship, and the day it speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from etl.commands.edge import REPOSITORY, UsageError, spoken
from etl.demo.write import MARKER
from etl.pipeline import InboxFile
from etl.sources.city_pack import CityPack
from etl.sources.names import written

CITIES: Final = REPOSITORY / "data" / "cities"
PUBLIC_LISTS: Final = REPOSITORY / "data" / "lists"


def inbox_files(folder: Path) -> list[InboxFile]:
    """Every file below the inbox, but for those that programs leave behind; read only when asked."""
    marked = {path.parent for path in folder.rglob(MARKER)}
    found = []
    for path in sorted(folder.rglob("*")):
        names = path.relative_to(folder).parts
        is_left_over = any(name.startswith((".", "~$")) for name in names) or path.name in {"Thumbs.db", "desktop.ini"}
        if is_left_over or path.name == MARKER or not path.is_file():
            continue
        is_demo = not marked.isdisjoint(path.parents)
        found.append(InboxFile("/".join(map(written, names)), "demo" if is_demo else "own", path.read_bytes))
    return found


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
