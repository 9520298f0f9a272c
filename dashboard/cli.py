"""The command line of the dashboard: serve, figures. Others stand in `dashboard.commands`.

An entry point: it reads the environment and hands it down. Errors are caught at the commands' edge.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dashboard.commands.edge import (
    DEFAULT_STORE,
    REPOSITORY,
    USAGE,
    City,
    ForRole,
    Json,
    Lang,
    Month,
    Store,
    chosen,
    disclosure,
    print_json,
    told,
)
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.overview import month_overview
from dashboard.metrics.selection import select_month
from dashboard.places import is_url
from dashboard.reports import catalogue, figures
from dashboard.reports.model import Cell
from dashboard.settings import Language, Role, is_loopback
from dashboard.store import open_store
from dashboard.text.dates import month_name
from dashboard.text.report import say

app = typer.Typer()

Host = Annotated[str, typer.Option(help="Адреса, на якій слухати / address to listen on.")]
Port = Annotated[int, typer.Option(help="Порт / port.", min=1, max=65535)]
Public = Annotated[bool, typer.Option("--public", help="Кожен відвідувач бачить лише публічне / public role for all.")]


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
    os.environ["CIVICSPACE_STORE"] = store if is_url(store) else str(Path(store).resolve())
    os.environ["CIVICSPACE_ROLE"] = "public" if public else "analyst"
    # Arrow reads this once, when it is imported (see `dashboard.ui.memory`); whoever sets it knows better.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    os.chdir(REPOSITORY)  # Streamlit reads its configuration from the working directory
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"civicspace: http://{shown}:{port}  (Ctrl+C — зупинити / stop)")
    sys.stdout.flush()
    # The server takes the place of this process: what the other commands have imported would stay in its memory.
    options = ("--app-dir", str(REPOSITORY), "--host", host, "--port", str(port), "--log-level", "warning")
    os.execv(sys.executable, (sys.executable, "-m", "uvicorn", "app:app", *options))  # noqa: S606 - our own command


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
            print_json({"figures": records})
        else:
            _print_definitions(records)
        return
    with told(lang):
        snapshot = open_store(store)
        filters = chosen(snapshot, city, month, lang)
        window = select_month(snapshot, filters)
        records = catalogue.of_month(month_overview(window, window.end, disclosure(role)), lang)
    is_unfinished = window.span.is_unfinished(window.end)
    if json_:
        print_json(
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
