"""The command `civicspace snapshots`: what is published, and what is done with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from etl import publish
from etl.commands import edge
from etl.commands.edge import REFUSED, Json, Lang, Store, command, confirm, new_table, print_json, summary
from etl.publish import PublishError
from etl.words import Language, say

app = typer.Typer()
snapshots_app = typer.Typer(no_args_is_help=True, help="Опубліковані знімки / published snapshots.")
app.add_typer(snapshots_app, name="snapshots")

SnapshotId = Annotated[str, typer.Argument(metavar="SNAPSHOT_ID", help="Позначка знімка / id of the snapshot.")]


@snapshots_app.command("list")
@command
def snapshots_list(store: Store = edge.DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False) -> int:
    """Перелік знімків. / All snapshots kept, oldest first."""
    kept, in_use = publish.list_snapshots(store), publish.current_id(store)
    if json_:
        print_json({"current": in_use, "snapshots": [summary(manifest) for manifest in kept]})
    elif not kept:
        edge.out.print(say(lang, "no_snapshots"))
    else:
        table = new_table(lang, "snapshots", "snapshot", "created", "as_of", "events", "registrations")
        for manifest in kept:
            table.add_row(
                manifest.snapshot_id,
                f"{datetime.fromisoformat(manifest.created_at):%Y-%m-%d %H:%M}",
                manifest.as_of_on,
                *(str(manifest.tables[name]["rows"]) for name in ("events", "registrations")),
            )
        edge.out.print(table)
        edge.out.print(say(lang, "in_use", id=in_use or "-"))
    return 0


@snapshots_app.command("show")
@command
def snapshots_show(
    snapshot_id: SnapshotId, store: Store = edge.DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False
) -> int:
    """Опис одного знімка. / What one snapshot holds."""
    manifest = publish.read_manifest(store, snapshot_id)
    if json_:
        print_json({**asdict(manifest)})
        return 0
    table = new_table(lang, "snapshot", "table", "rows", "bytes", title=manifest.snapshot_id)
    for name, described in manifest.tables.items():
        table.add_row(name, str(described["rows"]), str(described["bytes"]))
    edge.out.print(table)
    edge.out.print(f"{say(lang, 'as_of')} {manifest.as_of_on}; SHA-256 {manifest.content_sha256}", soft_wrap=True)
    return 0


@snapshots_app.command("verify")
@command
def snapshots_verify(
    snapshot_id: Annotated[str | None, typer.Argument(help="Типово – усі / default: all.")] = None,
    store: Store = edge.DEFAULT_STORE,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Перевірити, чи знімки цілі. / Hold snapshots to the hashes and counts in their manifests."""
    asked_for = [snapshot_id] if snapshot_id else publish.list_ids(store)
    whole, damaged = [], []
    for each in asked_for:
        try:
            whole.append(publish.verify(store, each).snapshot_id)
        except PublishError as error:
            damaged.append((each, error))
    if json_:
        print_json({"whole": whole, "damaged": [each for each, _ in damaged]})
    else:
        for each in whole:
            edge.out.print(say(lang, "whole", id=each))
    for _, why in damaged:
        edge.err.print(why.reason_uk if lang is Language.UK else why.reason_en, soft_wrap=True)
    return REFUSED if damaged else 0


@snapshots_app.command("rollback")
@command
def snapshots_rollback(
    snapshot_id: SnapshotId, store: Store = edge.DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False
) -> int:
    """Повернутися до збереженого знімка. / Go back to a snapshot that is kept."""
    with publish.writing(store, edge.holder(datetime.now(UTC))):
        manifest = publish.rollback(store, snapshot_id)
    if json_:
        print_json({"current": manifest.snapshot_id})
    else:
        edge.out.print(say(lang, "rolled_back", id=manifest.snapshot_id))
    return 0


@snapshots_app.command("prune")
@command
def snapshots_prune(
    keep: Annotated[int, typer.Option("--keep", min=1, help="Скільки цілих лишити / how many whole ones to keep.")],
    older_than: Annotated[
        int, typer.Option("--older-than", min=0, metavar="DAYS", help="Лише старші за стільки днів / only older.")
    ] = 0,
    store: Store = edge.DEFAULT_STORE,
    is_sure: Annotated[bool, typer.Option("--yes", help="Не перепитувати / do not ask.")] = False,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Вилучити давні знімки, крім чинного. / Remove old snapshots, never the one in use."""
    now = datetime.now(UTC)
    with publish.writing(store, edge.holder(now)):
        gone = publish.surplus(store, keep, timedelta(days=older_than), now)
        if gone and not json_:
            edge.out.print(say(lang, "prune_plan", count=len(gone)))
            for each in gone:
                edge.out.print(f"  {each}" + ("" if publish.is_whole(store, each) else f" ({say(lang, 'damaged')})"))
        if gone and not is_sure:
            confirm(lang)
        publish.prune(store, gone)
    if json_:
        print_json({"removed": gone})
    else:
        edge.out.print(say(lang, "pruned", count=len(gone)) if gone else say(lang, "nothing_to_prune"))
    return 0
