"""The command `civicspace map`: a first draft of what the columns of an unknown list are."""

from __future__ import annotations

import os
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from etl.commands import edge
from etl.commands.edge import City, Json, Lang, RefusedError, UsageError, command, print_json, spoken
from etl.commands.inbox import CITIES, known
from etl.mapping import KINDS, OF_ONE
from etl.mapping_draft import to_toml
from etl.mapping_proposal import propose
from etl.sources.city_pack import load_packs
from etl.sources.limits import limits_of
from etl.sources.raw import SourceError
from etl.words import Language, say

app = typer.Typer()

ListKind = StrEnum("ListKind", {name.upper(): name for name in KINDS})  # type: ignore[misc] # the kinds are stated once


@app.command("map")
@command
def map_columns(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Файл зі списком / a file with a list.")],
    city: City = None,
    kind: Annotated[
        ListKind | None,
        typer.Option("--list", help="Що це за список; типово – здогад / kind of list; default: guessed."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", help="Куди записати; «-» – на екран; типово – поруч / default: beside FILE.")
    ] = None,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Запропонувати відповідність стовпців для списку. / Propose what the columns of a list are.

    Записує <FILE>.mapping.toml: для кожного стовпця – наш стовпець або ignore, певність і підставу. Перевірте, запишіть
    confirmed = true – і load та check читатимуть список так.

    Writes <FILE>.mapping.toml: for each column one of ours or ignore, the certainty and its grounds. Check it, write
    confirmed = true, and load and check read the list so.

    Коди завершення / exit codes: 0 – гаразд / fine; 4 – не прийнято / refused; 1 – внутрішня помилка / internal error;
    2 – неправильний виклик / wrong use.
    """
    if not file.is_file():
        raise spoken(UsageError, "no_file", path=file)
    packs = load_packs(CITIES)
    known(city, packs)
    target = Path(out) if out else file.with_name(f"{file.name}{OF_ONE}")
    if out != "-" and target.exists():
        raise spoken(RefusedError, "out_exists", path=target)
    aliases = next((pack.district_aliases for pack in packs if pack.city_id == city), None)
    try:
        draft = propose(
            file.name, file.read_bytes(), None if kind is None else kind.value, aliases, limits_of(os.environ)
        )
    except SourceError as error:
        raise RefusedError(error.reason_uk, error.reason_en) from None
    text = None if draft is None else to_toml(draft, lang)
    if text is not None and out != "-":
        target.write_text(text, encoding="utf-8")
    if json_:
        written = None if text is None or out == "-" else str(target)
        print_json({"mapping": written, "proposal": None if draft is None else asdict(draft)})
    elif text is None:
        edge.out.print(say(lang, "map_needless"), soft_wrap=True)
    elif out == "-":
        typer.echo(text, nl=False)
    else:
        edge.out.print(escape(say(lang, "map_written", path=target, list=file)), soft_wrap=True)
    return 0
