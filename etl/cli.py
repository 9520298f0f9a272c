"""The command line of the ETL: demo, load, city. Others stand in `etl.commands`.

An entry point: it reads the environment and the clock and hands them down.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.markup import escape

from etl import checks, publish
from etl.commands import edge
from etl.commands.accounts import accounts_json, print_accounts, print_refusals
from etl.commands.edge import (
    DEFAULT_STORE,
    REPOSITORY,
    WITH_REJECTS,
    AsOf,
    City,
    Cluster,
    Inbox,
    Jobs,
    Json,
    Lang,
    RefusedError,
    Store,
    command,
    print_json,
    progress,
    spoken,
    summary,
)
from etl.commands.inbox import CITIES, code_version, inbox_files, known, public_lists, today, workers_for
from etl.commands.return_slips import slips_folder, write_slips
from etl.demo.city import demo_city
from etl.demo.write import write_demo
from etl.erased import erased, keep_out
from etl.identity import load_key
from etl.pipeline import build
from etl.slips import Occasion
from etl.sources.city_pack import load_pack, load_packs
from etl.sources.limits import limits_of
from etl.words import Language, say

app = typer.Typer(
    no_args_is_help=True,
    # Local variables and messages of an error may hold a person's data.
    pretty_exceptions_enable=False,
    help="Громадські простори міста: від списків до знімка даних. / A city's civic spaces: from lists to a snapshot.",
    epilog=(
        "Коди завершення / exit codes: 0 – гаразд / fine; 1 – внутрішня помилка / internal error; "
        "2 – неправильний виклик / wrong use; 3 – гаразд, але частину рядків відхилено / fine, but some rows were "
        "rejected; 4 – не прийнято, нічого не опубліковано / refused, nothing was published; 5 – сховище "
        "зайняте іншим процесом / another process is writing to the store."
    ),
)
city_app = typer.Typer(no_args_is_help=True, help="Дані про місто / a city's own data.")
app.add_typer(city_app, name="city")


# --- demo, load -----------------------------------------------------------------------------------


@app.command()
@command
def demo(
    store: Store = DEFAULT_STORE,
    inbox: Inbox = None,
    city: Annotated[str | None, typer.Option("--city", help="Лише це місто / only this city.")] = None,
    seed: Annotated[int, typer.Option(help="Зерно випадковості / seed.", min=0)] = 1,
    months: Annotated[int, typer.Option(help="За скільки місяців / how many months.", min=1)] = 30,
    until: AsOf = None,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Записати демонстраційні списки. / Write demonstration lists into the inbox."""
    packs = load_packs(CITIES)
    known(city, packs)
    tables = ("cities", "districts", "themes")
    cities = [
        demo_city(pack.city_id, *(pack.tables[name] for name in tables))
        for pack in packs
        if city in (None, pack.city_id)
    ]
    folder = inbox or store / "inbox"
    day = today(packs) if until is None else until
    with progress(lang) as tell:
        written = write_demo(
            folder, cities, seed, months, day.date(), lambda _done, done, total: tell("demo", done, total, 0)
        )
    if json_:
        print_json({"inbox": str(folder), "files": len(written), "seed": seed, "months": months})
    else:
        edge.out.print(escape(say(lang, "demo_written", files=len(written), path=folder)), soft_wrap=True)
    return 0


@app.command()
@command
def load(
    store: Store = DEFAULT_STORE,
    inbox: Inbox = None,
    as_of: AsOf = None,
    city: City = None,
    jobs: Jobs = 0,
    cluster: Cluster = None,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Прочитати всі списки й опублікувати знімок. / Read all lists and publish one snapshot.

    Для кожного файлу із зауваженнями записується лист (XLSX) у slips/<позначка знімка>/ у теці сховища.
    A return slip (XLSX) for every file with remarks is written to slips/<snapshot id>/ in the store.

    Коди завершення / exit codes: 0 – гаразд / fine; 3 – частину рядків чи файлів відхилено / some rows or files were
    rejected; 4 – не прийнято, нічого не опубліковано / refused, nothing was published; 5 – сховище зайняте / the store
    is busy; 1 – внутрішня помилка / internal error; 2 – неправильний виклик / wrong use.
    """
    packs = load_packs(CITIES)
    known(city, packs)
    folder = inbox or store / "inbox"
    if not folder.is_dir():
        raise spoken(RefusedError, "no_inbox", path=folder)
    key = load_key(os.environ, Path.home(), (REPOSITORY, store))
    limits = limits_of(os.environ)
    created_at = datetime.now(UTC)
    day = today(packs) if as_of is None else as_of
    files = inbox_files(folder)
    with (
        workers_for(files, jobs, cluster) as workers,
        publish.writing(store, edge.holder(created_at)),
        progress(lang) as tell,
    ):
        kept_out = erased(store, key)
        bundle = build(
            *(files, packs, public_lists(), key, day.date(), city, tell, kept_out),
            workers=workers,
            beside=store,
            limits=limits,
        )
        if all(account.kind != "inbox" or account.refusal or account.copy_of for account in bundle.accounts):
            print_refusals(bundle.accounts, lang)
            raise spoken(RefusedError, "no_readable_file", path=folder)

        def vouch(tables: Mapping[str, pd.DataFrame]) -> None:
            checks.check(tables)
            # From here on the store is this key's, and it is not before there is something to publish.
            keep_out(store, key, kept_out)

        manifest = publish.publish(bundle.tables, store, created_at, day.date(), code_version(), vouch)
        read_at = created_at.astimezone(today(packs).tzinfo)
        occasion = Occasion(read_at, f"civicspace {code_version()}", manifest.snapshot_id)
        slips = write_slips(store, bundle, occasion, packs, lang, workers)
    is_new = manifest.created_at == created_at.isoformat()
    if json_:
        rest = {"is_new": is_new, "erased_rows": bundle.erased, **accounts_json(bundle.accounts, slips)}
        print_json({"snapshot": summary(manifest), **rest})
    else:
        said = "published" if is_new else "unchanged"
        edge.out.print(say(lang, said, id=manifest.snapshot_id, day=manifest.as_of_on))
        if manifest.has_demo:
            edge.out.print(say(lang, "has_demo"))
        print_accounts(bundle.accounts, lang)
        if bundle.erased:
            edge.out.print(say(lang, "erased_rows", rows=bundle.erased))
        if slips:
            folder = slips_folder(store, manifest.snapshot_id)
            edge.out.print(escape(say(lang, "slips_written", count=len(slips), path=folder)), soft_wrap=True)
    has_rejects = any(account.rejected or account.refusal for account in bundle.accounts)
    return WITH_REJECTS if has_rejects else 0


# --- city -----------------------------------------------------------------------------------------


@city_app.command("check")
@command
def city_check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Тека міста / the city's folder.")],
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Перевірити дані про місто. / Check a city's folder; errors name file and field."""
    pack = load_pack(folder)
    counts = {name: len(pack.tables[name]) for name in ("districts", "spaces", "themes")}
    if json_:
        print_json({"city": pack.city_id, **counts})
    else:
        edge.out.print(say(lang, "pack_fine", city=pack.city_id, **counts))
    return 0


def main() -> None:
    """Run the command line."""
    app()
