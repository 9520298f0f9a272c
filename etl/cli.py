"""The command line of the ETL: demo, load, check, snapshots, city, erase.

An entry point: it reads the environment and the clock and hands them down. Errors are caught here and nowhere else.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Final, NoReturn, ParamSpec
from zoneinfo import ZoneInfo

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from etl import checks, publish
from etl.contract import Manifest
from etl.demo.city import demo_city
from etl.demo.write import MARKER, DemoError, write_demo
from etl.erase import erase as erase_person
from etl.errors import SpokenError
from etl.identity import KEY_BYTES, Key, load_key
from etl.issues import REASONS
from etl.pipeline import Bundle, FileAccount, InboxFile, build
from etl.sources.city_pack import CityPack, load_pack, load_packs
from etl.sources.pack_problems import PackError
from etl.words import Language, say

REPOSITORY: Final = Path(__file__).resolve().parent.parent
CITIES: Final = REPOSITORY / "data" / "cities"
PUBLIC_LISTS: Final = REPOSITORY / "data" / "lists"

INTERNAL, USAGE, WITH_REJECTS, REFUSED = 1, 2, 3, 4
_REMARKS_SHOWN: Final = 200
_DAY_FORMAT: Final = "%Y-%m-%d"

app = typer.Typer(
    no_args_is_help=True,
    # Local variables and messages of an error may hold a person's data.
    pretty_exceptions_enable=False,
    help="Громадські простори міста: від списків до знімка даних. / A city's civic spaces: from lists to a snapshot.",
    epilog=(
        "Коди завершення / exit codes: 0 – гаразд / fine; 1 – внутрішня помилка / internal error; "
        "2 – неправильний виклик / wrong use; 3 – гаразд, але частину рядків відхилено / fine, but some rows were "
        "rejected; 4 – не прийнято, нічого не опубліковано / refused, nothing was published."
    ),
)
snapshots_app = typer.Typer(no_args_is_help=True, help="Опубліковані знімки / published snapshots.")
city_app = typer.Typer(no_args_is_help=True, help="Дані про місто / a city's own data.")
app.add_typer(snapshots_app, name="snapshots")
app.add_typer(city_app, name="city")

Store = Annotated[Path, typer.Option("--store", envvar="CIVICSPACE_STORE", help="Тека сховища / folder of the store.")]
Lang = Annotated[Language, typer.Option("--lang", envvar="CIVICSPACE_LANG", help="Мова повідомлень / language.")]
Json = Annotated[bool, typer.Option("--json", help="Відповідь для машини / answer for machines.")]
City = Annotated[str | None, typer.Option("--city", help="Місто файлів поза текою міста / city of files in none.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=[_DAY_FORMAT], help="На який день дані; типово – сьогодні / default: today."),
]
Inbox = Annotated[
    Path | None, typer.Option("--inbox", help="Тека зі списками; типово – inbox у сховищі / default: inbox in store.")
]
SnapshotId = Annotated[str, typer.Argument(metavar="SNAPSHOT_ID", help="Позначка знімка / id of the snapshot.")]

DEFAULT_STORE: Final = REPOSITORY / ".civicspace"
_P = ParamSpec("_P")
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


class _UsageError(SpokenError):
    """The command was called wrongly."""


class _RefusedError(SpokenError):
    """Nothing is done, for a reason."""


def _spoken(kind: type[SpokenError], key: str, **values: object) -> SpokenError:
    return kind(say(Language.UK, key, **values), say(Language.EN, key, **values))


def _command(function: Callable[_P, int]) -> Callable[_P, None]:
    """Turn a function that returns an exit code into a command that catches what may go wrong."""

    @functools.wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        language = Language(str(kwargs.get("lang", Language.UK)))
        try:
            code = function(*args, **kwargs)
        except _UsageError as error:
            _fail(language, error, USAGE)
        except SpokenError as error:
            _fail(language, error, REFUSED)
        except checks.ChecksError as error:
            _complain([say(language, "checks_failed"), *error.violations], REFUSED)
        except PackError as error:
            _complain(error.messages(language.value), REFUSED)
        except DemoError as error:
            _complain([str(error)], REFUSED)
        except OSError as error:
            _complain([say(language, "disk", path=error.filename or "", why=error.strerror or "")], REFUSED)
        except Exception as error:  # noqa: BLE001 - the edge: whatever it is, its text must not reach the screen
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(last.filename).name}:{last.lineno}"
            _complain([say(language, "internal", kind=type(error).__name__, place=place)], INTERNAL)
        else:
            raise typer.Exit(code)

    return run


def _fail(language: Language, error: SpokenError, code: int) -> NoReturn:
    _complain([error.reason_uk if language is Language.UK else error.reason_en], code)


def _complain(lines: Sequence[str], code: int) -> NoReturn:
    for line in lines:
        _err.print(escape(line), soft_wrap=True)
    raise typer.Exit(code) from None


# --- demo, load, check ----------------------------------------------------------------------------


@app.command()
@_command
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
    _known(city, packs)
    tables = ("cities", "districts", "themes")
    cities = [
        demo_city(pack.city_id, *(pack.tables[name] for name in tables))
        for pack in packs
        if city in (None, pack.city_id)
    ]
    folder = inbox or store / "inbox"
    day = _today(packs) if until is None else until
    with _progress(lang) as tell:
        written = write_demo(
            folder, cities, seed, months, day.date(), lambda _done, done, total: tell("demo", done, total)
        )
    if json_:
        _print_json({"inbox": str(folder), "files": len(written), "seed": seed, "months": months})
    else:
        _out.print(escape(say(lang, "demo_written", files=len(written), path=folder)), soft_wrap=True)
    return 0


@app.command()
@_command
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
    _known(city, packs)
    folder = inbox or store / "inbox"
    if not folder.is_dir():
        raise _spoken(_RefusedError, "no_inbox", path=folder)
    key = load_key(os.environ, Path.home(), (REPOSITORY, store))
    created_at = datetime.now(UTC)
    day = _today(packs) if as_of is None else as_of
    with publish.writing(store, f"PID {os.getpid()}, {created_at:%Y-%m-%d %H:%M:%S} UTC"):
        with _progress(lang) as tell:
            bundle = build(inbox_files(folder), packs, _public_lists(), key, day.date(), city, tell)
        if all(account.kind != "inbox" or account.refusal or account.copy_of for account in bundle.accounts):
            _print_refusals(bundle.accounts, lang)
            raise _spoken(_RefusedError, "no_readable_file", path=folder)
        checks.check(bundle.tables)
        manifest = publish.publish(bundle.tables, store, created_at, day.date(), _code_version())
    is_new = manifest.created_at == created_at.isoformat()
    if json_:
        _print_json({"snapshot": _summary(manifest), "is_new": is_new, **_accounts_json(bundle.accounts)})
    else:
        said = "published" if is_new else "unchanged"
        _out.print(say(lang, said, id=manifest.snapshot_id, day=manifest.as_of_on))
        if manifest.has_demo:
            _out.print(say(lang, "has_demo"))
        _print_accounts(bundle.accounts, lang)
    has_rejects = any(account.rejected or account.refusal for account in bundle.accounts)
    return WITH_REJECTS if has_rejects else 0


@app.command()
@_command
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
    _known(city, packs)
    if not file.is_file():
        raise _spoken(_UsageError, "no_file", path=file)
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
    with _progress(lang) as tell:
        bundle = build(files, packs, _public_lists(), key, _today(packs).date(), city, tell)
    account = next(account for account in bundle.accounts if account.path == path)
    if account.copy_of:
        account = next(original for original in bundle.accounts if original.path == account.copy_of)
    if json_:
        issues = bundle.tables["row_issues"]
        told = issues[issues["source_id"] == account.source_id].drop(columns="source_id")
        _print_json({**_account_json(account), "remarks": json.loads(told.to_json(orient="records"))})
    else:
        _print_checked(bundle, account, path, lang)
    if account.refusal:
        return REFUSED
    return WITH_REJECTS if account.rejected else 0


# --- snapshots, city, erase -----------------------------------------------------------------------


@snapshots_app.command("list")
@_command
def snapshots_list(store: Store = DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False) -> int:
    """Перелік знімків. / All snapshots kept, oldest first."""
    kept, in_use = publish.list_snapshots(store), publish.current_id(store)
    if json_:
        _print_json({"current": in_use, "snapshots": [_summary(manifest) for manifest in kept]})
    elif not kept:
        _out.print(say(lang, "no_snapshots"))
    else:
        table = _table(lang, "snapshots", "snapshot", "created", "as_of", "events", "registrations", "in_use")
        for manifest in kept:
            table.add_row(
                manifest.snapshot_id,
                f"{datetime.fromisoformat(manifest.created_at):%Y-%m-%d %H:%M}",
                manifest.as_of_on,
                *(str(manifest.tables[name]["rows"]) for name in ("events", "registrations")),
                "✓" if manifest.snapshot_id == in_use else "",
            )
        _out.print(table)
    return 0


@snapshots_app.command("show")
@_command
def snapshots_show(
    snapshot_id: SnapshotId, store: Store = DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False
) -> int:
    """Опис одного знімка. / What one snapshot holds."""
    manifest = publish.read_manifest(store, snapshot_id)
    if json_:
        _print_json({**asdict(manifest)})
        return 0
    table = _table(lang, "snapshot", "table", "rows", "bytes", title=manifest.snapshot_id)
    for name, described in manifest.tables.items():
        table.add_row(name, str(described["rows"]), str(described["bytes"]))
    _out.print(table)
    _out.print(f"{say(lang, 'as_of')} {manifest.as_of_on}; SHA-256 {manifest.content_sha256}", soft_wrap=True)
    return 0


@snapshots_app.command("verify")
@_command
def snapshots_verify(
    snapshot_id: Annotated[str | None, typer.Argument(help="Типово – усі / default: all.")] = None,
    store: Store = DEFAULT_STORE,
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Перевірити, чи знімки цілі. / Hold snapshots to the hashes and counts in their manifests."""
    asked = [snapshot_id] if snapshot_id else [manifest.snapshot_id for manifest in publish.list_snapshots(store)]
    whole = [publish.verify(store, each).snapshot_id for each in asked]
    if json_:
        _print_json({"whole": whole})
    for each in () if json_ else whole:
        _out.print(say(lang, "whole", id=each))
    return 0


@snapshots_app.command("rollback")
@_command
def snapshots_rollback(
    snapshot_id: SnapshotId, store: Store = DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False
) -> int:
    """Повернутися до збереженого знімка. / Go back to a snapshot that is kept."""
    manifest = publish.rollback(store, snapshot_id)
    if json_:
        _print_json({"current": manifest.snapshot_id})
    else:
        _out.print(say(lang, "rolled_back", id=manifest.snapshot_id))
    return 0


@city_app.command("check")
@_command
def city_check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Тека міста / the city's folder.")],
    lang: Lang = Language.UK,
    json_: Json = False,
) -> int:
    """Перевірити дані про місто. / Check a city's folder; errors name file and field."""
    pack = load_pack(folder)
    counts = {name: len(pack.tables[name]) for name in ("districts", "spaces", "themes")}
    if json_:
        _print_json({"city": pack.city_id, **counts})
    else:
        _out.print(say(lang, "pack_fine", city=pack.city_id, **counts))
    return 0


@app.command()
@_command
def erase(store: Store = DEFAULT_STORE, lang: Lang = Language.UK, json_: Json = False) -> int:
    """Вилучити особу з усіх знімків. / Remove a person from every snapshot kept.

    Контакти запитуються, а не передаються в команді: там їх побачили б інші.
    Contacts are asked for and never arguments, which others on the machine can see.
    """
    key = load_key(os.environ, Path.home(), (REPOSITORY, store), make=None)
    email, phone = (_asked(say(lang, question)) for question in ("ask_email", "ask_phone"))
    erased = erase_person(store, key, email or None, phone or None)
    if json_:
        _print_json(asdict(erased))
        return 0
    _out.print(say(lang, "erased", **asdict(erased)))
    if phone and not email:
        _out.print(say(lang, "erase_both"))
    _out.print(say(lang, "erase_inbox"))
    return 0


def _asked(question: str) -> str:
    # On the error stream, so that the answer to --json is all that is printed.
    typer.echo(f"{question}: ", err=True, nl=False)
    return sys.stdin.readline().strip()


# --- files ----------------------------------------------------------------------------------------


def inbox_files(folder: Path) -> list[InboxFile]:
    """Every file below the inbox, but for those that programs leave behind; read only when asked."""
    marked = {path.parent for path in folder.rglob(MARKER)}
    found = []
    for path in sorted(folder.rglob("*")):
        names = path.relative_to(folder).parts
        is_left_over = any(name.startswith((".", "~$")) for name in names) or path.name in {"Thumbs.db", "desktop.ini"}
        if is_left_over or path.name == MARKER or not path.is_file():
            continue
        is_demo = not marked.isdisjoint(path.parents)
        found.append(InboxFile("/".join(names), "demo" if is_demo else "own", path.read_bytes))
    return found


def _public_lists() -> list[InboxFile]:
    return [InboxFile(path.name, "public_list", path.read_bytes) for path in sorted(PUBLIC_LISTS.glob("*.csv"))]


def _known(city: str | None, packs: Sequence[CityPack]) -> None:
    known = [pack.city_id for pack in packs]
    if city is not None and city not in known:
        raise _spoken(_UsageError, "unknown_city", city=city, known=", ".join(known))


def _today(packs: Sequence[CityPack]) -> datetime:
    return datetime.now(ZoneInfo(packs[0].timezone))


def _code_version() -> str:
    try:
        return version("civicspace")
    except PackageNotFoundError:
        return "source"


@contextmanager
def _progress(lang: Language) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the error stream, where somebody looks at it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_err, transient=True, disable=not _err.is_terminal) as progress:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(say(lang, stage), total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield tell


# --- answers --------------------------------------------------------------------------------------


def _print_json(answer: Mapping[str, object]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def _summary(manifest: Manifest) -> dict[str, object]:
    return {name: value for name, value in asdict(manifest).items() if name != "tables"} | {
        "rows": {name: described["rows"] for name, described in manifest.tables.items()}
    }


def _account_json(account: FileAccount) -> dict[str, object]:
    refusal = None if account.refusal is None else dict(zip(("uk", "en"), account.refusal, strict=True))
    return {**asdict(account), "refusal": refusal}


def _accounts_json(accounts: Sequence[FileAccount]) -> dict[str, object]:
    names = ("read", "loaded", "duplicate", "rejected")
    return {
        "totals": {name: sum(getattr(account, name) for account in accounts) for name in names},
        "files": [_account_json(account) for account in accounts],
    }


def _table(lang: Language, title_key: str, *columns: str, title: str | None = None) -> Table:
    table = Table(title=title or say(lang, title_key), box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        is_number = column.startswith("rows") or column in {"files", "bytes", "events", "registrations", "row"}
        table.add_column(
            say(lang, column), justify="right" if is_number else "left", overflow="fold", no_wrap=column == "snapshot"
        )
    return table


def _print_refusals(accounts: Sequence[FileAccount], lang: Language) -> None:
    for account in accounts:
        if account.refusal:
            why = account.refusal[0 if lang is Language.UK else 1]
            _out.print(escape(say(lang, "refused", path=account.path, why=why)), soft_wrap=True)


def _print_accounts(accounts: Sequence[FileAccount], lang: Language) -> None:
    """Rows by city and format, then how often each remark was made, then refused files and copies."""
    names = ("files", "rows_read", "rows_loaded", "rows_duplicate", "rows_rejected")
    table = _table(lang, "account", "city", "format", *names)
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
    _out.print(table)

    made: Counter[str] = Counter()
    for account in accounts:
        made.update(account.reasons)
    if made:
        reasons = _table(lang, "reasons", "outcome", "reason", "rows")
        for code, rows in sorted(made.items(), key=lambda item: (REASONS[item[0]].outcome, -item[1])):
            said = REASONS[code].reason_uk if lang is Language.UK else REASONS[code].reason_en
            reasons.add_row(say(lang, REASONS[code].outcome), said, str(rows))
        _out.print(reasons)
    _print_refusals(accounts, lang)
    for account in accounts:
        if account.copy_of:
            _out.print(escape(say(lang, "copy", path=account.path, of=account.copy_of)), soft_wrap=True)


def _print_checked(bundle: Bundle, account: FileAccount, path: str, lang: Language) -> None:
    if account.path != path:
        _out.print(escape(say(lang, "copy", path=path, of=account.path)), soft_wrap=True)
    if account.refusal:
        _print_refusals([account], lang)
        return
    _out.print(escape(say(lang, "file_account", **asdict(account))), soft_wrap=True)
    if account.unknown_columns:
        said = say(lang, "unknown_columns", columns=" | ".join(account.unknown_columns))
        _out.print(escape(said), soft_wrap=True)
    issues = bundle.tables["row_issues"]
    told = issues[issues["source_id"] == account.source_id].sort_values(["sheet", "row"])
    if told.empty:
        return
    table = _table(lang, "reasons", "sheet", "row", "column", "outcome", "reason", "fix")
    columns = ["sheet", "row", "column", "outcome", f"reason_{lang.value}", f"fix_{lang.value}"]
    for sheet, row, column, outcome, reason, fix in told[columns].head(_REMARKS_SHOWN).itertuples(index=False):
        header = "" if not isinstance(column, str) else escape(column)
        table.add_row(escape(sheet), str(row), header, say(lang, outcome), reason, fix)
    _out.print(table)
    if len(told) > _REMARKS_SHOWN:
        _out.print(say(lang, "more", count=len(told) - _REMARKS_SHOWN))


def main() -> None:
    """Run the command line."""
    app()
