"""The command `civicspace check`: what would become of one file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Final

import pandas as pd
import typer
from rich.markup import escape

from etl import publish
from etl.accounts import FileAccount, InboxFile
from etl.commands import edge
from etl.commands.accounts import account_json, print_refusals
from etl.commands.edge import (
    DEFAULT_STORE,
    REFUSED,
    REPOSITORY,
    WITH_REJECTS,
    City,
    Inbox,
    Json,
    Lang,
    Store,
    UsageError,
    command,
    new_table,
    print_json,
    progress,
    spoken,
)
from etl.commands.inbox import CITIES, code_version, inbox_files, known, public_lists, today, workers_for
from etl.commands.return_slips import write_slip
from etl.contract import CONTRACT_VERSION
from etl.erased import erased, has_erased
from etl.identity import KEY_BYTES, Key, load_key
from etl.issues import REASONS
from etl.known import TABLES_NEEDED, with_published
from etl.mapping import names_for
from etl.pipeline import Bundle, build
from etl.slips import Occasion
from etl.sources.city_pack import load_packs
from etl.sources.limits import limits_of
from etl.words import Language, say

_REMARKS_SHOWN: Final = 200

app = typer.Typer()


@app.command()
@command
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Файл зі списком / a file with a list.")],
    store: Store = DEFAULT_STORE,
    inbox: Inbox = None,
    city: City = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Тека для листа зауважень; типово – поточна / default: this one."),
    ] = None,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Сказати, що буде з одним файлом, і написати лист зауважень. / Say what would become of one file.

    Нічого не публікується й не додається до сховища. Файл звіряється з містом і чинним знімком; повтори в інших
    файлах покаже лише load. Зауваження записуються книгою XLSX; якщо їх немає, книги немає. Відповідність стовпців
    (див. map) береться з файлу поруч зі списком.

    Nothing is published or added to the store. The file is checked against the city and the published snapshot;
    repetitions of other files are found by load alone. Remarks are written as an XLSX workbook; without any there is
    none. A mapping of columns (see map) is taken from beside the list.

    Коди завершення / exit codes: 0 – гаразд / fine; 3 – частину рядків відхилено / some rows were rejected;
    4 – файл не прийнято / the file was refused; 1 – внутрішня помилка / internal error; 2 – неправильний виклик /
    wrong use.
    """
    packs = load_packs(CITIES)
    known(city, packs)
    if not file.is_file():
        raise spoken(UsageError, "no_file", path=file)
    folder = inbox or store / "inbox"
    slips = out or Path.cwd()
    if out is not None and folder.resolve() in (out.resolve(), *out.resolve().parents):
        raise spoken(UsageError, "out_in_inbox", path=out)
    limits = limits_of(os.environ)
    now = today(packs)
    path = _path_below(file, folder, city)
    # Of the file's own city alone, where that is known: each city costs its time.
    of_city = [pack for pack in packs if pack.city_id in (path.split("/", 1)[0], city)] or packs
    published = _published(store)
    snapshot_packs = with_published(of_city, published) if published else of_city
    files = [*_with_mapping(file, path), *_lists_of_spaces(folder, path, published)]
    key, kept_out = _key(store)
    with progress(lang) as tell, workers_for(files) as workers:
        lists = [] if published else public_lists()
        bundle = build(
            *(files, snapshot_packs, lists, key, now.date(), city, tell, kept_out), workers=workers, limits=limits
        )
    account = next(account for account in bundle.accounts if account.path == path)
    written = write_slip(slips, account, bundle, Occasion(now, f"civicspace {code_version()}"), packs, lang)
    if json_:
        told = bundle.remarks_of(account.source_id).drop(columns="source_id")
        remarks = json.loads(_with_reasons(told).to_json(orient="records"))
        print_json({**account_json(account), "remarks": remarks, "slip": str(written) if written else None})
    else:
        _print_checked(bundle, account, lang)
        _print_bounds(account, published, lang)
        if written:
            edge.out.print(escape(say(lang, "slip_written", path=written)), soft_wrap=True)
    if account.refusal:
        return REFUSED
    return WITH_REJECTS if account.rejected else 0


def _key(store: Path) -> tuple[Key, frozenset[str]]:
    """The key, and marks of the erased, whose rows a load would leave out."""
    if has_erased(store):
        key = load_key(os.environ, Path.home(), (REPOSITORY, store), make=None)
        return key, erased(store, key)
    # People need only be told apart within this run, so the lasting key is neither needed nor made.
    return Key(os.urandom(KEY_BYTES)), frozenset()


def _path_below(file: Path, inbox: Path, city: str | None) -> str:
    """The file's path as a load would see it."""
    if inbox.resolve() in file.resolve().parents:
        return file.resolve().relative_to(inbox.resolve()).as_posix()
    return f"{city}/{file.name}" if city else file.name


def _with_mapping(file: Path, path: str) -> list[InboxFile]:
    """The file, and the mapping that lies beside it."""
    beside = ((file.parent / Path(name).name, name) for name in names_for(path))
    mapping = next(((at, name) for at, name in beside if at.is_file()), None)
    files = [InboxFile(path, "own", file.read_bytes, file.stat().st_size)]
    return files if mapping is None else [*files, InboxFile(mapping[1], "own", mapping[0].read_bytes)]


def _published(store: Path) -> dict[str, pd.DataFrame] | None:
    """What is needed of the snapshot in use; None when there is none that this program reads."""
    snapshot_id = publish.current_id(store)
    if snapshot_id is None:
        return None
    manifest = publish.read_manifest(store, snapshot_id)
    if manifest.contract_version != CONTRACT_VERSION:
        return None
    return publish.read_tables(store, replace(manifest, tables={name: manifest.tables[name] for name in TABLES_NEEDED}))


def _lists_of_spaces(inbox: Path, but: str, published: dict[str, pd.DataFrame] | None) -> list[InboxFile]:
    """The inbox's lists of spaces: a snapshot does not keep the other names they give them."""
    if published is None or not inbox.is_dir():
        return []
    sources = published["sources"]
    names = set(sources.loc[sources["format"].str.contains("spaces"), "file_name"])
    return [file for file in inbox_files(inbox) if Path(file.path).name in names and file.path != but]


def _with_reasons(told: pd.DataFrame) -> pd.DataFrame:
    words = {
        name: told["code"].map({code: getattr(reason, name) for code, reason in REASONS.items()})
        for name in ("reason_uk", "reason_en", "fix_uk", "fix_en")
    }
    return told.assign(**words)


def _print_bounds(account: FileAccount, published: dict[str, pd.DataFrame] | None, lang: Language) -> None:
    """What this check could not see."""
    if published is None:
        edge.out.print(say(lang, "no_snapshot_yet"), soft_wrap=True)
    else:
        sources = published["sources"]
        for name in sources.loc[sources["source_id"] == account.source_id, "file_name"]:
            edge.out.print(escape(say(lang, "same_as_loaded", name=name)), soft_wrap=True)
    edge.out.print(say(lang, "only_load_finds"), soft_wrap=True)


def _print_checked(bundle: Bundle, account: FileAccount, lang: Language) -> None:
    if account.refusal:
        print_refusals([account], lang)
        return
    edge.out.print(escape(say(lang, "file_account", **asdict(account))), soft_wrap=True)
    if account.unknown_columns:
        said = say(lang, "unknown_columns", columns=" | ".join(account.unknown_columns))
        edge.out.print(escape(said), soft_wrap=True)
    told = bundle.remarks_of(account.source_id)
    if told.empty:
        return
    table = new_table(lang, "reasons", "sheet", "row", "column", "outcome", "reason", "fix")
    columns = ["sheet", "row", "column", "outcome", "code", f"suggestion_{lang.value}", "certainty_pct"]
    uk = lang is Language.UK
    for sheet, row, column, outcome, code, name, pct in told[columns].head(_REMARKS_SHOWN).itertuples(index=False):
        reason = REASONS[code]
        fix = reason.fix_uk if uk else reason.fix_en
        fix = fix if pd.isna(name) else say(lang, "meant", fix=fix, name=name, pct=pct)
        header = "" if pd.isna(column) else escape(column)
        said = reason.reason_uk if uk else reason.reason_en
        table.add_row(escape(sheet), str(row), header, say(lang, outcome), said, escape(fix))
    edge.out.print(table)
    if len(told) > _REMARKS_SHOWN:
        edge.out.print(say(lang, "more", count=len(told) - _REMARKS_SHOWN))
