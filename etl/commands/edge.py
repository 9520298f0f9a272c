"""The edge that every command of the ETL shares: options, exit codes, what is said, and where errors are caught."""

from __future__ import annotations

import functools
import json
import os
import re
import socket
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, ParamSpec

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from etl import checks
from etl.contract import Manifest
from etl.demo.write import DemoError
from etl.errors import SpokenError
from etl.lock import StoreBusyError
from etl.sources.limits import LimitError
from etl.sources.pack_problems import PackError
from etl.transform.text import fold
from etl.words import Language, counted, say

REPOSITORY: Final = Path(__file__).resolve().parents[2]
DEFAULT_STORE: Final = REPOSITORY / ".civicspace"

INTERNAL, USAGE, WITH_REJECTS, REFUSED, BUSY = 1, 2, 3, 4, 5
INTERRUPTED: Final = 130
"""As shells have it for Ctrl-C: 128 and the number of the signal."""
_YES: Final = ("так", "т", "yes", "y")
_DAY_FORMAT: Final = "%Y-%m-%d"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
"""With one slash: a path has swallowed the other. One letter before the colon is a disk of Windows."""

Store = Annotated[Path, typer.Option("--store", envvar="CIVICSPACE_STORE", help="Тека сховища / folder of the store.")]
Lang = Annotated[Language, typer.Option("--lang", envvar="CIVICSPACE_LANG", help="Мова повідомлень / language.")]
Json = Annotated[bool, typer.Option("--json", help="Відповідь для машини / answer for machines.")]
City = Annotated[str | None, typer.Option("--city", help="Місто файлів поза текою міста / city of files in none.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=[_DAY_FORMAT], help="На який день дані; типово – сьогодні / default: today."),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        min=0,
        envvar="CIVICSPACE_JOBS",
        help="Скільки процесів читає списки; 0 – за кількістю ядер / how many processes; 0 for one per core.",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", envvar="CIVICSPACE_CLUSTER", help="Адреса планувальника Dask / of a Dask scheduler."),
]
Inbox = Annotated[
    Path | None, typer.Option("--inbox", help="Тека зі списками; типово – inbox у сховищі / default: inbox in store.")
]

_P = ParamSpec("_P")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class UsageError(SpokenError):
    """The command was called wrongly."""


class RefusedError(SpokenError):
    """Nothing is done, for a reason."""


def spoken(kind: type[SpokenError], key: str, **values: object) -> SpokenError:
    """An error of this kind that says a message of `etl.words` in both languages."""
    return kind(say(Language.UK, key, **values), say(Language.EN, key, **values))


def command(function: Callable[_P, int]) -> Callable[_P, None]:
    """Turn a function that returns an exit code into a command that catches what may go wrong."""

    @functools.wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        language = Language(str(kwargs.get("lang", Language.UK)))
        try:
            _refuse_address(kwargs.get("store"))
            code = function(*args, **kwargs)
        except KeyboardInterrupt:
            err.print(say(language, "interrupted"), soft_wrap=True)
            code = INTERRUPTED
        except Exception as error:  # noqa: BLE001 - the edge: what is not meant to be read must not reach the screen
            lines, code = _told(error, language)
            for line in lines:
                err.print(escape(line), soft_wrap=True)
        raise typer.Exit(code)

    return run


def _refuse_address(store: object) -> None:
    """Refuse an address such as ``s3://…``, which would be taken for the name of a folder.

    Raises:
        UsageError: always, for an address.
    """
    if isinstance(store, Path) and _ADDRESS.match(str(store)):
        raise spoken(UsageError, "store_is_address", store=store)


def _told(error: Exception, language: Language) -> tuple[list[str], int]:
    """What is said of an error, and the exit code."""
    match error:
        case SpokenError():
            code = {UsageError: USAGE, LimitError: USAGE, StoreBusyError: BUSY}.get(type(error), REFUSED)
            return [error.reason_uk if language is Language.UK else error.reason_en], code
        case checks.ChecksError():
            return [say(language, "checks_failed"), *error.violations], REFUSED
        case PackError():
            return list(error.messages(language.value)), REFUSED
        case DemoError():
            return [str(error)], REFUSED
        case OSError():
            return [say(language, "disk", path=error.filename or "", why=error.strerror or "")], REFUSED
        case _:
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(last.filename).name}:{last.lineno}"
            return [say(language, "internal", kind=type(error).__name__, place=place)], INTERNAL


def holder(now: datetime) -> str:
    """Who writes to the store, for whoever else tries: process, machine, and since when."""
    return f"PID {os.getpid()}, {socket.gethostname()}, {now:%Y-%m-%d %H:%M:%S} UTC"


@contextmanager
def progress(lang: Language) -> Iterator[Callable[[str, int, int, int], None]]:
    """A bar of files and rows on the error stream, where somebody looks at it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rows]}"))
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        tasks = {}

        def tell(stage: str, done: int, total: int, rows: int = 0) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(say(lang, stage), total=total, rows="")
            said = counted(lang, rows, "slip.row_forms") if rows else ""
            progress.update(tasks[stage], completed=done, total=total, rows=said)

        yield tell


def asked(question: str) -> str:
    """The answer to a question, asked on the error stream: an answer to --json is then all that is printed."""
    typer.echo(f"{question}: ", err=True, nl=False)
    return sys.stdin.readline().strip()


def confirm(lang: Language) -> None:
    """Ask whether to go on.

    Raises:
        RefusedError: the answer is no, or there is none.
    """
    if fold(asked(say(lang, "ask_sure"))) not in _YES:
        raise spoken(RefusedError, "not_sure")


def print_json(answer: Mapping[str, object]) -> None:
    """Print the answer for machines."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def summary(manifest: Manifest) -> dict[str, object]:
    """A manifest for machines, its tables as numbers of rows."""
    return {name: value for name, value in asdict(manifest).items() if name != "tables"} | {
        "rows": {name: described["rows"] for name, described in manifest.tables.items()}
    }


def new_table(lang: Language, title_key: str, *columns: str, title: str | None = None) -> Table:
    """An empty table for the screen: its columns, and its title unless given, are named by `etl.words`."""
    table = Table(
        title=title or say(lang, title_key),
        box=SIMPLE_HEAD,
        title_justify="left",
        pad_edge=False,
        collapse_padding=True,
    )
    for column in columns:
        is_number = column.startswith("rows") or column in {"files", "bytes", "events", "registrations", "row"}
        table.add_column(
            say(lang, column),
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=column in {"snapshot", "created", "as_of"},
        )
    return table
