"""The command `civicspace erase`: a person leaves everything that is kept."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path

import typer

from etl.commands import edge
from etl.commands.edge import Json, Lang, Store, command, print_json
from etl.erase import erase as erase_person
from etl.identity import load_key
from etl.words import Language, say

app = typer.Typer()


@app.command()
@command
def erase(store: Store = edge.DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False) -> int:
    """Вилучити особу з усіх знімків. / Remove a person from every snapshot kept.

    Контакти запитуються, а не передаються в команді: там їх побачили б інші.
    Contacts are asked for and never arguments, which others on the machine can see.
    """
    key = load_key(os.environ, Path.home(), (edge.REPOSITORY, store), make=None)
    email, phone = (_asked(say(lang, question)) for question in ("ask_email", "ask_phone"))
    erased = erase_person(store, key, email or None, phone or None)
    if json_:
        print_json(asdict(erased))
        return 0
    edge.out.print(say(lang, "erased", **asdict(erased)))
    if phone and not email:
        edge.out.print(say(lang, "erase_both"))
    edge.out.print(say(lang, "erase_inbox"))
    return 0


def _asked(question: str) -> str:
    # On the error stream, so that the answer to --json is all that is printed.
    typer.echo(f"{question}: ", err=True, nl=False)
    return sys.stdin.readline().strip()
