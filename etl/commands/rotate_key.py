"""The command `civicspace rotate-key`: another key, and everything made anew with it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from etl import checks, publish, rotation
from etl.accounts import InboxFile
from etl.commands import edge
from etl.commands.edge import (
    WITH_REJECTS,
    City,
    Inbox,
    Json,
    Lang,
    RefusedError,
    Store,
    UsageError,
    command,
    print_json,
    progress,
    spoken,
    summary,
)
from etl.commands.inbox import CITIES, code_version, inbox_files, known, public_lists, today, workers_for
from etl.erased import erased, is_made_with, keep_out
from etl.identity import key_path
from etl.pipeline import Bundle, build, sign_ups
from etl.rotation import Rotation
from etl.sources.city_pack import CityPack, load_packs
from etl.sources.limits import limits_of
from etl.words import Language, say

app = typer.Typer()


@app.command("rotate-key")
@command
def rotate_key(
    store: Store = edge.DEFAULT_STORE,
    inbox: Inbox = None,
    city: City = None,
    keep_old: Annotated[
        bool, typer.Option("--keep-old", help="Лишити старі ключ і знімки / keep the former key and snapshots.")
    ] = False,
    forget_erased: Annotated[
        bool, typer.Option("--forget-erased", help="Коли ключ утрачено / when the key is lost.")
    ] = False,
    is_sure: Annotated[bool, typer.Option("--yes", help="Не перепитувати / do not ask.")] = False,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Змінити ключ псевдонімів і зібрати дані заново. / Change the pseudonym key and make the data anew.

    Перервану зміну завершує повторний запуск. / A change that was cut short is finished by running it again.
    """
    packs = load_packs(CITIES)
    known(city, packs)
    folder = inbox or store / "inbox"
    if not folder.is_dir():
        raise spoken(RefusedError, "no_inbox", path=folder)
    if os.environ.get("CIVICSPACE_KEY"):
        raise spoken(UsageError, "rotate_environment")
    path = key_path(os.environ, Path.home(), (edge.REPOSITORY, store))
    limits = limits_of(os.environ)
    now = datetime.now(UTC)
    with publish.writing(store, edge.holder(now)):
        former = publish.list_ids(store)
        if not is_sure:
            edge.err.print(escape(say(lang, "rotate_plan", path=folder, count=len(former))), soft_wrap=True)
            edge.confirm(lang)
        change = rotation.begin(path, secrets.token_bytes)
        try:
            files, day = inbox_files(folder), today(packs).date()
            marks, lost = _marks(store, change, files, packs, city, forget_erased)
            with progress(lang) as tell, workers_for(files) as workers:
                lists = public_lists()
                bundle = build(
                    *(files, packs, lists, change.new, day, city, tell, marks),
                    workers=workers,
                    beside=store,
                    limits=limits,
                )
            _check(bundle, folder)
            rotation.put_in_force(change)
        except BaseException:
            rotation.abandon(change)
            raise
        keep_out(store, change.new, marks)
        manifest = publish.publish(bundle.tables, store, now, day, code_version())
        others = [each for each in publish.list_ids(store) if each != manifest.snapshot_id]
        if not keep_old:
            publish.prune(store, others)
            publish.remove_slips(store)
            rotation.forget_old(change)
    if json_:
        print_json({"snapshot": summary(manifest), "key_file": str(path), "removed": [] if keep_old else others})
    else:
        if change.is_taken_up:
            edge.out.print(say(lang, "rotate_taken_up"))
        edge.out.print(say(lang, "published", id=manifest.snapshot_id, day=manifest.as_of_on))
        edge.out.print(escape(say(lang, "rotated", path=path)), soft_wrap=True)
        edge.out.print(say(lang, "rotate_kept" if keep_old else "pruned", count=len(others)), soft_wrap=True)
        if lost:
            edge.out.print(say(lang, "rotate_lost", count=lost), soft_wrap=True)
    return WITH_REJECTS if any(account.rejected or account.refusal for account in bundle.accounts) else 0


def _check(bundle: Bundle, folder: Path) -> None:
    if all(account.kind != "inbox" or account.refusal or account.copy_of for account in bundle.accounts):
        raise spoken(RefusedError, "no_readable_file", path=folder)
    checks.check(bundle.tables)


def _marks(
    store: Path,
    change: Rotation,
    files: Sequence[InboxFile],
    packs: Sequence[CityPack],
    city: str | None,
    forget_erased: bool,
) -> tuple[frozenset[str], int]:
    """Marks of the erased under the new key, and how many could not be carried over."""
    if is_made_with(store, change.new):
        return erased(store, change.new), 0
    if not is_made_with(store, change.old):
        if not forget_erased:
            raise spoken(RefusedError, "rotate_forgets")
        return frozenset(), 0
    marks = erased(store, change.old)
    if not marks:
        return marks, 0
    before, after = (
        sign_ups(files, packs, key, city, limits=limits_of(os.environ)) for key in (change.old, change.new)
    )
    carried = rotation.carried_over(marks, before, after, change)
    return carried, len(marks) - len(carried)
