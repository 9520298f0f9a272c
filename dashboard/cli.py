"""The command line of the dashboard: serve, report, figures.

An entry point: it reads the environment and hands it down. Errors are caught here and nowhere else.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
import uvicorn
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dashboard.errors import Bilingual, CivicspaceError, SettingsError
from dashboard.filters import Filters, known_values, months_with_data
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.overview import month_overview
from dashboard.metrics.selection import select_month
from dashboard.reports import catalogue, figures
from dashboard.reports.build import build
from dashboard.reports.html import render
from dashboard.reports.model import Cell, draft
from dashboard.settings import Language, Role, Settings
from dashboard.store import Snapshot, open_store
from dashboard.text.dates import month_name
from dashboard.text.report import say

REPOSITORY: Final = Path(__file__).resolve().parent.parent
DEFAULT_STORE: Final = REPOSITORY / ".civicspace"
USAGE, REFUSED = 2, 4

app = typer.Typer()

Host = Annotated[str, typer.Option(help="Адреса, на якій слухати / address to listen on.")]
Port = Annotated[int, typer.Option(help="Порт / port.", min=1, max=65535)]
Public = Annotated[bool, typer.Option("--public", help="Кожен відвідувач бачить лише публічне / public role for all.")]
Store = Annotated[Path, typer.Option("--store", envvar="CIVICSPACE_STORE", help="Тека сховища / folder of the store.")]
City = Annotated[
    str | None, typer.Option("--city", envvar="CIVICSPACE_CITY", help="Місто; типово – перше / default: the first.")
]
Month = Annotated[
    str | None,
    typer.Option("--month", help="Місяць, як-от 2026-10; типово – останній завершений / default: last finished one."),
]
Lang = Annotated[Language, typer.Option("--lang", envvar="CIVICSPACE_LANG", help="Мова / language.")]
ForRole = Annotated[
    Role, typer.Option("--role", help="Для кого: public – без малих груп / for whom: public hides small groups.")
]
Json = Annotated[bool, typer.Option("--json", help="Відповідь для машини / answer for machines.")]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address; a name other than localhost counts as reachable."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8501, public: Public = False, store: Store = DEFAULT_STORE) -> None:
    """Показати знімок у браузері. / Show the published snapshot in the browser.

    On a loopback address the visitor is an analyst and sees exact numbers. Any other address needs --public:
    every visitor then has the public role, and numbers about small groups are hidden.
    """
    if not public and not is_loopback(host):
        typer.echo(
            f"Адресу {host} видно іншим машинам, а входу ще немає. Додайте --public (малі групи буде приховано) "
            f"або слухайте 127.0.0.1.\n"
            f"Other machines can reach {host} and there is no login yet. Add --public (small groups are hidden) "
            f"or listen on 127.0.0.1.",
            err=True,
        )
        raise typer.Exit(USAGE)
    os.environ["CIVICSPACE_STORE"] = str(store.resolve())
    os.environ["CIVICSPACE_ROLE"] = "public" if public else "analyst"
    os.chdir(REPOSITORY)  # Streamlit reads its configuration from the working directory
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"civicspace: http://{shown}:{port}  (Ctrl+C — зупинити / stop)")
    uvicorn.run("app:app", app_dir=str(REPOSITORY), host=host, port=port, log_level="warning")


@app.command()
def report(
    out: Annotated[Path, typer.Option("--out", help="Тека для файлу / folder for the file.")] = Path(),
    city: City = None,
    month: Month = None,
    lang: Lang = "uk",
    role: ForRole = Role.PUBLIC,
    store: Store = DEFAULT_STORE,
) -> None:
    """Записати звіт за місяць одним файлом HTML. / Write the month's report as one HTML file."""
    with _told(lang):
        snapshot = open_store(store)
        filters = _chosen(snapshot, city, month, lang)
        made = build(snapshot, filters, _disclosure(role), lang)
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{draft(made).stem}.html"
        _write_whole(path, render(made))
    typer.echo(path)


@app.command("figures")
def list_figures(
    city: City = None,
    month: Month = None,
    lang: Lang = "uk",
    role: ForRole = Role.PUBLIC,
    definitions: Annotated[
        bool, typer.Option("--definitions", help="Лише визначення, без чисел / definitions alone, no numbers.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Сторінка docs/figures.md / the page docs/figures.md.")
    ] = False,
    json_: Json = False,
    store: Store = DEFAULT_STORE,
) -> None:
    """Перелічити показники з числами місяця. / List every figure with the month's values."""
    if markdown:
        typer.echo(catalogue.markdown(), nl=False)
        return
    if definitions:
        records = catalogue.definitions(lang)
        if json_:
            _print_json({"figures": records})
        else:
            _print_definitions(records)
        return
    with _told(lang):
        snapshot = open_store(store)
        filters = _chosen(snapshot, city, month, lang)
        window = select_month(snapshot, filters)
        records = catalogue.of_month(month_overview(window, window.end, _disclosure(role)), lang)
    is_unfinished = window.span.is_unfinished(window.end)
    if json_:
        _print_json(
            {
                "city": filters.city,
                "month": f"{window.end:%Y-%m}",
                "is_unfinished": is_unfinished,
                "role": role,
                "snapshot_id": snapshot.snapshot_id,
                "is_demo": snapshot.manifest.has_demo,
                "figures": records,
            }
        )
    else:
        if snapshot.manifest.has_demo:
            typer.echo(f"{say('demo', lang)}.")
        unfinished = f" ({say('is_unfinished', lang)})" if is_unfinished else ""
        _print_values(records, f"{filters.city}, {month_name(window.end, lang)}{unfinished}", lang)


@contextmanager
def _told(lang: Language) -> Iterator[None]:
    """Turn what may go wrong into a sentence and an exit code."""
    try:
        yield
    except SettingsError as error:
        _stop(lang, error.text, error.remedy, code=USAGE)
    except CivicspaceError as error:
        _stop(lang, error.text, error.remedy, code=REFUSED)
    except OSError as error:
        text = f"{error.filename}: {error.strerror}"
        _stop(lang, Bilingual(text, text), code=REFUSED)


def _stop(lang: Language, *texts: Bilingual, code: int) -> NoReturn:
    typer.echo(" ".join(text.in_language(lang) for text in texts), err=True)
    raise typer.Exit(code)


def _disclosure(role: Role) -> Disclosure:
    settings = Settings.from_mapping(os.environ, default_store=DEFAULT_STORE)
    return Disclosure(role, settings.min_group_size)


def _chosen(snapshot: Snapshot, city: str | None, month: str | None, lang: Language) -> Filters:
    """The city and month that were asked for, if there is something to show of them."""
    asked = {name: value for name, value in (("city", city), ("month", month)) if value is not None}
    known = known_values(snapshot)
    filters, problems = Filters.from_query(asked, known)
    for problem in problems:
        of = f" ({', '.join(known.cities)})" if problem.parameter == "city" else ""
        name = f"--{problem.parameter} {problem.value}: "
        _stop(lang, Bilingual(f"{name}{problem.text.uk}{of}.", f"{name}{problem.text.en}{of}."), code=USAGE)
    months = months_with_data(snapshot, filters.city)
    wanted = filters.month or filters.resolved(snapshot).month
    if wanted not in months:
        span = f"{months[0]:%Y-%m} … {months[-1]:%Y-%m}" if months else "—"
        text = Bilingual(
            f"{filters.city}: за {wanted:%Y-%m} нічого немає. Місяці з даними: {span}.",
            f"{filters.city}: there is nothing for {wanted:%Y-%m}. Months with data: {span}.",
        )
        _stop(lang, text, code=REFUSED)
    return filters


def _write_whole(path: Path, text: str) -> None:
    """Write aside and put in place at once: who opens the file sees all of it or the one before."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _print_json(answer: dict[str, Any]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def _print_definitions(records: list[dict[str, Any]]) -> None:
    console = Console(highlight=False)
    for record in records:
        console.print(f"[bold]{escape(record['name'])}[/bold] ({record['id']}, {record['unit']})")
        console.print(escape(f"{record['definition']} {record['leaves_out']}"))
        console.print(escape(f"= {record['formula']}\n"))


def _print_values(records: list[dict[str, Any]], title: str, lang: Language) -> None:
    table = Table(title=title)
    table.add_column(say("figure", lang))
    for key in ("value", "previous", "year_ago", "resting_on", "completeness"):
        table.add_column(say(key, lang), justify="right")
    for record in records:
        if not record["is_monthly"]:
            continue
        values = (_cell(record, name) for name in ("value", "previous", "year_ago"))
        shown = [figures.written(record["id"], cell, lang) for cell in values]
        base = figures.written(record["base_id"], _cell(record, "base"), lang) if record["base_id"] else ""
        coverage = (
            figures.written(record["coverage_id"], Cell(record["coverage_pct"]), lang) if record["coverage_id"] else ""
        )
        table.add_row(escape(FIGURES[record["id"]].name(lang)), *shown, base, coverage)
    Console(highlight=False).print(table)


def _cell(record: dict[str, Any], name: str) -> Cell:
    return Cell(record[name], record[f"{name}_is_hidden"])
