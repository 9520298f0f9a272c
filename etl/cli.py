"""The command line of the ETL: demo, load, check, city. Others stand in `etl.commands`.

An entry point: it reads the environment and the clock and hands them down.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.markup import escape

from etl import checks, publish
from etl.commands import edge
from etl.commands.edge import (
    DEFAULT_STORE,
    REFUSED,
    REPOSITORY,
    WITH_REJECTS,
    AsOf,
    City,
    Inbox,
    Json,
    Lang,
    RefusedError,
    Store,
    UsageError,
    command,
    new_table,
    print_json,
    progress,
    spoken,
    summary,
)
from etl.commands.inbox import CITIES, code_version, inbox_files, known, public_lists, today
from etl.demo.city import demo_city
from etl.demo.write import write_demo
from etl.identity import KEY_BYTES, Key, load_key
from etl.issues import REASONS
from etl.pipeline import Bundle, FileAccount, InboxFile, build
from etl.sources.city_pack import load_pack, load_packs
from etl.words import Language, say

_REMARKS_SHOWN: Final = 200

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


# --- demo, load, check ----------------------------------------------------------------------------


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
            folder, cities, seed, months, day.date(), lambda _done, done, total: tell("demo", done, total)
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
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Прочитати всі списки й опублікувати знімок. / Read all lists and publish one snapshot."""
    packs = load_packs(CITIES)
    known(city, packs)
    folder = inbox or store / "inbox"
    if not folder.is_dir():
        raise spoken(RefusedError, "no_inbox", path=folder)
    key = load_key(os.environ, Path.home(), (REPOSITORY, store))
    created_at = datetime.now(UTC)
    day = today(packs) if as_of is None else as_of
    with publish.writing(store, f"PID {os.getpid()}, {created_at:%Y-%m-%d %H:%M:%S} UTC"):
        with progress(lang) as tell:
            bundle = build(inbox_files(folder), packs, public_lists(), key, day.date(), city, tell)
        if all(account.kind != "inbox" or account.refusal or account.copy_of for account in bundle.accounts):
            _print_refusals(bundle.accounts, lang)
            raise spoken(RefusedError, "no_readable_file", path=folder)
        checks.check(bundle.tables)
        manifest = publish.publish(bundle.tables, store, created_at, day.date(), code_version())
    is_new = manifest.created_at == created_at.isoformat()
    if json_:
        print_json({"snapshot": summary(manifest), "is_new": is_new, **_accounts_json(bundle.accounts)})
    else:
        said = "published" if is_new else "unchanged"
        edge.out.print(say(lang, said, id=manifest.snapshot_id, day=manifest.as_of_on))
        if manifest.has_demo:
            edge.out.print(say(lang, "has_demo"))
        _print_accounts(bundle.accounts, lang)
    has_rejects = any(account.rejected or account.refusal for account in bundle.accounts)
    return WITH_REJECTS if has_rejects else 0


@app.command()
@command
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Файл зі списком / a file with a list.")],
    store: Store = DEFAULT_STORE,
    inbox: Inbox = None,
    city: City = None,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Сказати, що буде з одним файлом; нічого не записувати. / Say what would become of one file; write nothing.

    Події й простори, на які посилається файл, шукаються також серед інших файлів теки зі списками.
    Events and spaces that the file refers to are sought among the other files of the inbox too.
    """
    packs = load_packs(CITIES)
    known(city, packs)
    if not file.is_file():
        raise spoken(UsageError, "no_file", path=file)
    folder = inbox or store / "inbox"
    others = inbox_files(folder) if folder.is_dir() else []
    if folder.resolve() in file.resolve().parents:
        path = file.resolve().relative_to(folder.resolve()).as_posix()
    else:
        path = f"{city}/{file.name}" if city else file.name
    checked = InboxFile(path, "own", file.read_bytes)
    files = [*(other for other in others if other.path != path), checked]
    # People need only be told apart within this run, so the lasting key is neither needed nor made.
    key = Key(os.urandom(KEY_BYTES))
    with progress(lang) as tell:
        bundle = build(files, packs, public_lists(), key, today(packs).date(), city, tell)
    account = next(account for account in bundle.accounts if account.path == path)
    if account.copy_of:
        account = next(original for original in bundle.accounts if original.path == account.copy_of)
    if json_:
        issues = bundle.tables["row_issues"]
        told = issues[issues["source_id"] == account.source_id].drop(columns="source_id")
        print_json({**_account_json(account), "remarks": json.loads(told.to_json(orient="records"))})
    else:
        _print_checked(bundle, account, path, lang)
    if account.refusal:
        return REFUSED
    return WITH_REJECTS if account.rejected else 0


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


# --- answers --------------------------------------------------------------------------------------


def _account_json(account: FileAccount) -> dict[str, object]:
    refusal = None if account.refusal is None else dict(zip(("uk", "en"), account.refusal, strict=True))
    return {**asdict(account), "refusal": refusal}


def _accounts_json(accounts: Sequence[FileAccount]) -> dict[str, object]:
    names = ("read", "loaded", "duplicate", "rejected")
    return {
        "totals": {name: sum(getattr(account, name) for account in accounts) for name in names},
        "files": [_account_json(account) for account in accounts],
    }


def _print_refusals(accounts: Sequence[FileAccount], lang: Language) -> None:
    for account in accounts:
        if account.refusal:
            why = account.refusal[0 if lang is Language.UK else 1]
            edge.out.print(escape(say(lang, "refused", path=account.path, why=why)), soft_wrap=True)


def _print_accounts(accounts: Sequence[FileAccount], lang: Language) -> None:
    """Rows by city and format, then how often each remark was made, then refused files and copies."""
    names = ("files", "rows_read", "rows_loaded", "rows_duplicate", "rows_rejected")
    table = new_table(lang, "account", "city", "format", *names)
    groups: dict[tuple[str, str], Counter[str]] = {}
    total: Counter[str] = Counter()
    for account in accounts:
        if account.copy_of or account.refusal:
            continue
        counts = Counter(
            files=1,
            rows_read=account.read,
            rows_loaded=account.loaded,
            rows_duplicate=account.duplicate,
            rows_rejected=account.rejected,
        )
        groups.setdefault((account.city_id or "–", account.format), Counter()).update(counts)
        total.update(counts)
    for (city_id, kind), counts in sorted(groups.items()):
        table.add_row(city_id, escape(kind), *(str(counts[name]) for name in names))
    table.add_section()
    table.add_row(say(lang, "total"), "", *(str(total[name]) for name in names))
    edge.out.print(table)

    made: Counter[str] = Counter()
    for account in accounts:
        made.update(account.reasons)
    if made:
        reasons = new_table(lang, "reasons", "outcome", "reason", "rows")
        for code, rows in sorted(made.items(), key=lambda item: (REASONS[item[0]].outcome, -item[1])):
            said = REASONS[code].reason_uk if lang is Language.UK else REASONS[code].reason_en
            reasons.add_row(say(lang, REASONS[code].outcome), said, str(rows))
        edge.out.print(reasons)
    _print_refusals(accounts, lang)
    for account in accounts:
        if account.copy_of:
            edge.out.print(escape(say(lang, "copy", path=account.path, of=account.copy_of)), soft_wrap=True)


def _print_checked(bundle: Bundle, account: FileAccount, path: str, lang: Language) -> None:
    if account.path != path:
        edge.out.print(escape(say(lang, "copy", path=path, of=account.path)), soft_wrap=True)
    if account.refusal:
        _print_refusals([account], lang)
        return
    edge.out.print(escape(say(lang, "file_account", **asdict(account))), soft_wrap=True)
    if account.unknown_columns:
        said = say(lang, "unknown_columns", columns=" | ".join(account.unknown_columns))
        edge.out.print(escape(said), soft_wrap=True)
    issues = bundle.tables["row_issues"]
    told = issues[issues["source_id"] == account.source_id].sort_values(["sheet", "row"])
    if told.empty:
        return
    table = new_table(lang, "reasons", "sheet", "row", "column", "outcome", "reason", "fix")
    columns = ["sheet", "row", "column", "outcome", f"reason_{lang.value}", f"fix_{lang.value}"]
    for sheet, row, column, outcome, reason, fix in told[columns].head(_REMARKS_SHOWN).itertuples(index=False):
        header = "" if not isinstance(column, str) else escape(column)
        table.add_row(escape(sheet), str(row), header, say(lang, outcome), reason, fix)
    edge.out.print(table)
    if len(told) > _REMARKS_SHOWN:
        edge.out.print(say(lang, "more", count=len(told) - _REMARKS_SHOWN))


def main() -> None:
    """Run the command line."""
    app()
