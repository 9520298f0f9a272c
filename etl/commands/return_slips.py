"""Where return slips are written: the current folder or one that is named, or the store's folder of a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa

from etl import disk
from etl.accounts import FileAccount
from etl.commands import edge
from etl.executors import HERE, Workers
from etl.pipeline import Bundle
from etl.slips import Occasion, is_due, slip_of, slip_path
from etl.sources.city_pack import CityPack
from etl.words import Language, say

_SLIPS: Final = "slips"


def slips_folder(store: Path, snapshot_id: str) -> Path:
    """The folder of a snapshot's slips; it goes when the snapshot goes."""
    return store / _SLIPS / snapshot_id


def write_slip(
    folder: Path, account: FileAccount, bundle: Bundle, occasion: Occasion, packs: Sequence[CityPack], lang: Language
) -> Path | None:
    """Write the slip of one file into a folder; None when it needs none.

    Raises:
        OSError: the folder cannot be written to.
    """
    if not is_due(account):
        return None
    target = folder / slip_path(account.path, lang).name
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes(slip_of(_task(account, bundle, occasion, packs, lang)))
    return target


def write_slips(
    store: Path, bundle: Bundle, occasion: Occasion, packs: Sequence[CityPack], lang: Language, workers: Workers = HERE
) -> dict[str, Path]:
    """Write the slips of a load, in the place of those that its snapshot had before.

    A disk that cannot be written to is told and stops nothing: the snapshot is published by then.

    Returns:
        Path of a file below the inbox → its slip.
    """
    folder = slips_folder(store, occasion.snapshot_id or "")
    due = {account.path: account for account in bundle.accounts if is_due(account)}
    aside = disk.aside(folder.with_name(f"{folder.name}.new"))
    tasks = (_task(account, bundle, occasion, packs, lang) for account in due.values())
    try:
        disk.remove_folder(aside)
        for path, content in zip(due, workers.each(slip_of, tasks, is_small=True), strict=True):
            target = aside / slip_path(path, lang)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        disk.discard_folder(folder)
        if due:
            disk.move(aside, folder)
    except OSError as error:
        edge.err.print(say(lang, "slips_failed", why=error.strerror or ""), soft_wrap=True)
        return {}
    return {path: folder / slip_path(path, lang) for path in due}


def _task(
    account: FileAccount, bundle: Bundle, occasion: Occasion, packs: Sequence[CityPack], lang: Language
) -> tuple[FileAccount, pa.Table, Occasion, str | None, Language]:
    names = {pack.city_id: str(pack.tables["cities"].iloc[0][f"name_{lang.value}"]) for pack in packs}
    return account, bundle.table_of(account.source_id), occasion, names.get(account.city_id or ""), lang
