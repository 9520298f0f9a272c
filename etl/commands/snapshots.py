"""The command `civicspace snapshots`: what is published, and what is done with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from etl import publish
from etl.commands import edge
from etl.commands.edge import Json, Lang, Store, command, new_table, print_json, summary
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
        table = new_table(lang, "snapshots", "snapshot", "created", "as_of", "events", "registrations", "in_use")
        for manifest in kept:
            table.add_row(
                manifest.snapshot_id,
                f"{datetime.fromisoformat(manifest.created_at):%Y-%m-%d %H:%M}",
                manifest.as_of_on,
                *(str(manifest.tables[name]["rows"]) for name in ("events", "registrations")),
                "✓" if manifest.snapshot_id == in_use else "",
            )
        edge.out.print(table)
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
    asked = [snapshot_id] if snapshot_id else [manifest.snapshot_id for manifest in publish.list_snapshots(store)]
    whole = [publish.verify(store, each).snapshot_id for each in asked]
    if json_:
        print_json({"whole": whole})
    for each in () if json_ else whole:
        edge.out.print(say(lang, "whole", id=each))
    return 0


@snapshots_app.command("rollback")
@command
def snapshots_rollback(
    snapshot_id: SnapshotId, store: Store = edge.DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False
) -> int:
    """Повернутися до збереженого знімка. / Go back to a snapshot that is kept."""
    manifest = publish.rollback(store, snapshot_id)
    if json_:
        print_json({"current": manifest.snapshot_id})
    else:
        edge.out.print(say(lang, "rolled_back", id=manifest.snapshot_id))
    return 0
