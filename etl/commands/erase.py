"""The command `civicspace erase`: a person leaves everything that is kept."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.markup import escape

from etl import publish
from etl.commands import edge
from etl.commands.edge import City, Inbox, Json, Lang, Store, command, new_table, print_json
from etl.commands.inbox import CITIES, inbox_files, known
from etl.contacts import hide
from etl.erase import Erased
from etl.erase import erase as erase_person
from etl.identity import key_path, load_key
from etl.pipeline import sign_ups
from etl.rotation import former_key
from etl.sources.city_pack import load_packs
from etl.sources.limits import limits_of
from etl.words import Language, say

app = typer.Typer()


@app.command()
@command
def erase(
    store: Store = edge.DEFAULT_STORE,
    inbox: Inbox = None,
    city: City = None,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Вилучити особу з усього, що зберігається. / Remove a person from everything that is kept.

    Особа зникає з усіх знімків і з листів зауважень, а наступні завантаження пропускають її рядки. Рядки самих файлів у
    теці зі списками лише називаються. Контакти запитуються, а не передаються в команді: там їх побачили б інші.

    The person leaves all snapshots and return slips, and loads to come leave the person's rows out. Rows of the files
    in the inbox are only named. Contacts are asked for and never arguments, which others on the machine can see.
    """
    packs = load_packs(CITIES)
    known(city, packs)
    forbidden = (edge.REPOSITORY, store)
    key = load_key(os.environ, Path.home(), forbidden, make=None)
    in_file = not os.environ.get("CIVICSPACE_KEY")
    former = former_key(key_path(os.environ, Path.home(), forbidden)) if in_file else None
    email, phone = (edge.asked(say(lang, question)) for question in ("ask_email", "ask_phone"))
    limits = limits_of(os.environ)
    folder = inbox or store / "inbox"
    files = inbox_files(folder) if folder.is_dir() else None
    with publish.writing(store, edge.holder(datetime.now(UTC))):
        rows = (
            []
            if files is None
            else [sign_ups(files, packs, each, city, limits=limits) for each in (key, former) if each]
        )
        erased = erase_person(store, key, email or None, phone or None, rows, former)
    if json_:
        print_json(asdict(erased))
    else:
        _print(erased, lang)
        if files is None:
            edge.out.print(escape(say(lang, "erase_no_inbox", path=folder)), soft_wrap=True)
        if phone and not email:
            edge.out.print(say(lang, "erase_both"))
    return 0


def _print(erased: Erased, lang: Language) -> None:
    edge.out.print(say(lang, "erased", **asdict(erased)))
    if erased.unreadable:
        edge.out.print(say(lang, "erased_unreadable", unreadable=erased.unreadable))
    if erased.inbox:
        edge.out.print(say(lang, "erase_inbox"), soft_wrap=True)
        table = new_table(lang, "rows", "file", "sheet", "row")
        for place in erased.inbox:
            table.add_row(escape(hide(place.path)), escape(place.sheet), str(place.row))
        edge.out.print(table)
