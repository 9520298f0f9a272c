"""The command `civicspace report`: issues editions, writes and sends their files, lists and compares editions.

An entry point: it reads the environment and the clock and hands them down.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

from dashboard import archive
from dashboard.commands.edge import (
    DEFAULT_STORE,
    IN_PART,
    REFUSED,
    USAGE,
    City,
    ForRole,
    Json,
    Lang,
    Month,
    Store,
    chosen,
    chosen_city,
    editions_of,
    nothing_for,
    print_json,
    settings,
    stop,
    told,
)
from dashboard.commands.making import Made, Order, make_all, put_files
from dashboard.errors import Bilingual, EditionError, MailError
from dashboard.filters import data_span, months_with_data
from dashboard.metrics.disclosure import Disclosure
from dashboard.outbox import send_edition
from dashboard.places import is_url
from dashboard.reports import editions, figures, mail
from dashboard.reports.editions import Imprint, Reference
from dashboard.reports.formats import FORMATS
from dashboard.reports.mail import Attachment
from dashboard.reports.model import Cell, Change, Report
from dashboard.settings import Language, MailSettings, Role, Settings
from dashboard.store import Snapshot, open_store
from dashboard.text import dates
from dashboard.text.editions import say

app = typer.Typer()
report_app = typer.Typer(
    invoke_without_command=True,
    help=(
        "Випустити звіт за місяць і записати його файли. / Issue the month's report and write its files.\n\n"
        "Випуск не змінюється: доки дані ті самі, це той самий випуск, а коли інші – наступний. / An edition never "
        "changes: while the data are the same it is the same edition, when they are others it is the next one."
    ),
)
app.add_typer(report_app, name="report")

_MONTH: Final = "20[0-9]{2}-(?:0[1-9]|1[0-2])"
_SPAN: Final = re.compile(rf"({_MONTH})\.\.({_MONTH})")

Formats = Annotated[
    str | None,
    typer.Option("--format", help=f"Формати через кому; типово всі / formats, all by default: {','.join(FORMATS)}."),
]
Out = Annotated[Path, typer.Option("--out", help="Тека для файлів / folder for the files.")]
Named = Annotated[str, typer.Argument(metavar="EDITION", help="Як-от / like kyiv/2026-10/1.")]


@report_app.callback()
def issue(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: typer.Context,
    out: Out = Path(),
    city: City = None,
    month: Month = None,
    months: Annotated[str | None, typer.Option("--months", help="Місяці, як-от 2025-01..2025-12 / months.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="Усі місяці року / all months of a year.")] = None,
    lang: Lang = "uk",
    role: ForRole = Role.PUBLIC,
    format_: Formats = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Чому дані змінено / why the data changed.")] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, help="Скільки процесів; типово за ядрами / processes, default: cores."),
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Надіслати поштою / send by e-mail.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Надіслати й тим, хто випуск уже має / also to who has the edition.")
    ] = False,
    schedule: Annotated[
        bool, typer.Option("--schedule", help="Показати, як робити це щодня / show how to do it every day.")
    ] = False,
    store: Store = DEFAULT_STORE,
    json_: Json = False,
) -> None:
    """Issue editions and write their files."""
    if context.invoked_subcommand is not None:
        return
    if schedule:
        typer.echo(_schedule(store, out, lang), nl=False)
        return
    with told(lang):
        set_up = settings()
        formats = _formats(format_, role, lang)
        password = _password(set_up) if send else None
        kept_in = editions_of(store)
        snapshot = open_store(store)
        city_id, wanted = _wanted(snapshot, city, (month, months, year), lang)
        orders = [
            Order(
                store=store,
                archive=kept_in,
                city_id=city_id,
                month=each,
                disclosure=Disclosure(role, set_up.min_group_size),
                lang=lang,
                formats=formats,
                out=out,
                ordered_at=datetime.now(UTC),
                reason=reason,
                chromium=set_up.chromium,
            )
            for each in wanted
        ]
        made = _made(orders, snapshot, jobs or os.cpu_count() or 1, lang)
        problems = [problem for each in made for problem in each.problems]
        if json_:
            print_json({"editions": [_record(each.imprint, each) for each in made if each.imprint is not None]})
        else:
            _tell(made, reason, lang)
        if send and set_up.mail is not None:
            problems += _sent(kept_in, made, formats, lang, set_up.mail, password, again=again)
    _end(problems, lang, has_any=any(each.imprint is not None for each in made))


@report_app.command("list")
def list_(
    city: City = None,
    role: Annotated[Role | None, typer.Option("--role", help="Лише для цієї ролі / for this role alone.")] = None,
    lang: Lang = "uk",
    store: Store = DEFAULT_STORE,
    json_: Json = False,
) -> None:
    """Перелік випусків. / All editions, the newest month first."""
    with told(lang):
        listing = archive.list_editions(editions_of(store), city_id=city, role=role)
    damaged = [str(reference) for reference in listing.damaged]
    if json_:
        print_json({"editions": [_record(imprint) for imprint in listing.imprints], "damaged": damaged})
    elif not listing.imprints and not damaged:
        typer.echo(say("cli.none", lang))
    else:
        keys = ("reference", "issued_on", "as_of_on", "changes_count", "why")
        table = Table(
            *(Column(say(f"list.{key}", lang), no_wrap=key in {"reference", "issued_on", "as_of_on"}) for key in keys),
            box=SIMPLE_HEAD,
            pad_edge=False,
        )
        for imprint in listing.imprints:
            table.add_row(
                str(imprint.reference),
                dates.format_date_short(imprint.issued_on, lang),
                dates.format_date_short(imprint.as_of_on, lang),
                str(imprint.changes_count),
                escape(" ".join(imprint.why[lang])),
            )
        Console(highlight=False).print(table)
    _end([_damaged(name) for name in damaged], lang, has_any=bool(listing.imprints))


@report_app.command("diff")
def diff(
    before: Named,
    after: Annotated[
        str | None, typer.Argument(metavar="EDITION", help="Типово – дані сьогодні / default: the data today.")
    ] = None,
    lang: Lang = "uk",
    store: Store = DEFAULT_STORE,
    json_: Json = False,
) -> None:
    """Чим відрізняються два випуски. / What differs between two editions of one month."""
    with told(lang):
        old = Reference.parse(before)
        kept_in = editions_of(store)
        was = archive.read_edition(kept_in, old, lang).report
        now = _today(store, old, lang) if after is None else _other(kept_in, old, Reference.parse(after), lang)
        found = editions.changes(was, now)
    if json_:
        print_json({"before": str(old), "after": after, "changes": [_change(change) for change in found]})
        return
    typer.echo(f"{old} → {after or say('cli.now', lang)}")
    if not found:
        typer.echo(say("cli.no_changes", lang))
        return
    table = Table(*(say(f"diff.{key}", lang) for key in ("place", "figure", "month", "before", "after")))
    for change in found:
        cells = [
            say("diff.none", lang) if cell is None else figures.written(change.figure_id, cell, lang)
            for cell in (change.before, change.after)
        ]
        name = figures.name(change.figure_id, lang)
        table.add_row(escape(change.place), name, dates.month_name(change.month, lang), *cells)
    Console(highlight=False).print(table)


@report_app.command("get")
def get(
    edition: Named, out: Out = Path(), lang: Lang = "uk", format_: Formats = None, store: Store = DEFAULT_STORE
) -> None:
    """Записати файли випуску, що вже є. / Write the files of an edition that is there."""
    with told(lang):
        reference = Reference.parse(edition)
        kept_in = editions_of(store)
        archive.read_imprint(kept_in, reference)
        files, problems = put_files(
            kept_in, reference, _formats(format_, reference.role, lang), lang, out, settings().chromium
        )
    for path in files:
        typer.echo(path)
    _end(problems, lang, has_any=bool(files))


def _formats(named: str | None, role: Role, lang: Language) -> tuple[str, ...]:
    """The formats that were asked for; where none was, all that the role has."""
    served = [name for name, form in FORMATS.items() if form.serves(role)]
    asked = served if named is None else [each.strip() for each in named.split(",")]
    for each in asked:
        if each not in FORMATS:
            text = f"--format {each}: {', '.join(FORMATS)}."
            stop(lang, Bilingual(text, text), code=USAGE)
    return tuple(form for form in FORMATS if form in asked)


def _wanted(
    snapshot: Snapshot, city: str | None, asked: tuple[str | None, str | None, int | None], lang: Language
) -> tuple[str, Sequence[date]]:
    """The city and the months that were asked for; of many, those that have ended and have data."""
    month, months, year = asked
    if sum(each is not None for each in asked) > 1:
        names = "--month, --months, --year"
        stop(lang, Bilingual(f"Щось одне: {names}.", f"One of these: {names}."), code=USAGE)
    if months is None and year is None:
        filters = chosen(snapshot, city, month, lang)
        return filters.city, [filters.month or filters.resolved(snapshot).month or snapshot.as_of_on.replace(day=1)]
    span = _SPAN.fullmatch(f"{year}-01..{year}-12" if months is None else months)
    if span is None:
        name = f"--year {year}" if months is None else f"--months {months}"
        text = Bilingual(f"{name}: пишуть так: 2025-01..2025-12.", f"{name}: written like 2025-01..2025-12.")
        stop(lang, text, code=USAGE)
    city_id = chosen_city(snapshot, city, None, lang).city
    first, last = (date.fromisoformat(f"{each}-01") for each in span.groups())
    known, unfinished = months_with_data(snapshot, city_id), data_span(snapshot, city_id).unfinished_month
    ended = [each for each in known if first <= each <= last and each < unfinished]
    if not ended:
        stop(lang, nothing_for(city_id, span.group(), known), code=REFUSED)
    return city_id, ended


def _made(orders: Sequence[Order], snapshot: Snapshot, jobs: int, lang: Language) -> list[Made]:
    """What became of the orders, by month; a bar tells how far it is, where somebody looks."""
    err = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        results = make_all(orders, snapshot, jobs)
        tracked = progress.track(results, total=len(orders), description=say("cli.months", lang))
        return sorted(tracked, key=lambda each: each.month)


def _tell(made: Sequence[Made], reason: str | None, lang: Language) -> None:
    """Paths on the output, for whoever goes on with them; the rest beside it."""
    for each in made:
        imprint = each.imprint
        if imprint is None:
            continue
        day = dates.format_date(imprint.issued_on, lang)
        lines = [say("cli.issued" if each.is_new else "cli.same", lang, reference=imprint.reference, day=day)]
        if each.is_new and imprint.reference.number > 1:
            lines += [say("cli.changed", lang, count=imprint.changes_count), *imprint.why[lang]]
        if not each.is_new and reason is not None:
            lines.append(say("cli.reason", lang))
        if imprint.is_unfinished:
            lines.append(say("cli.unfinished", lang))
        typer.echo(" ".join(lines), err=True)
        for path in each.files:
            typer.echo(path)


def _password(set_up: Settings) -> str | None:
    """The mail server's password.

    Raises:
        MailError: no mail server is set.
        OSError: the password's file cannot be read.
    """
    if set_up.mail is None:
        raise MailError(
            Bilingual("Поштовий сервер не вказано.", "No mail server is set."),
            Bilingual("Задайте CIVICSPACE_MAIL_HOST, _FROM і _TO.", "Set CIVICSPACE_MAIL_HOST, _FROM and _TO."),
        )
    if set_up.mail.password_file is not None:
        return set_up.mail.password_file.read_text(encoding="utf-8").strip()
    return set_up.mail.password


def _sent(
    store: Path,
    made: Sequence[Made],
    formats: Sequence[str],
    lang: Language,
    mail_settings: MailSettings,
    password: str | None,
    *,
    again: bool,
) -> list[Bilingual]:
    """Send every edition that was made with all its files; an edition that lacks one is not sent."""
    problems: list[Bilingual] = []
    post = mail.post_by(mail_settings, password)
    for each in made:
        if each.imprint is None or each.problems:
            continue
        reference = each.imprint.reference
        attachments = [
            Attachment(
                archive.file_name(reference, FORMATS[form], lang),
                FORMATS[form].mime,
                archive.file_of(store, reference, FORMATS[form], lang),
            )
            for form in formats
        ]
        sent = send_edition(
            store,
            archive.read_edition(store, reference, lang),
            attachments,
            mail_settings,
            post=post,
            sleep=time.sleep,
            now=lambda: datetime.now(UTC),
            again=again,
        )
        typer.echo(f"{reference}: {say('cli.sent', lang, sent=sent.sent_count)}", err=True)
        if sent.already_count:
            typer.echo(say("cli.already", lang, count=sent.already_count), err=True)
        problems += sent.problems
    return problems


def _today(store: str, like: Reference, lang: Language) -> Report:
    """What an edition like this one would say today."""
    content = editions.content(
        open_store(store), like.city_id, like.month, Disclosure(like.role, settings().min_group_size)
    )
    return content.reports[lang]


def _other(store: Path, old: Reference, new: Reference, lang: Language) -> Report:
    if (old.city_id, old.month, old.role) != (new.city_id, new.month, new.role):
        raise EditionError(
            Bilingual(
                f"{old} і {new}: порівнюють випуски одного міста, місяця й ролі.",
                f"{old} and {new}: editions of one city, month and role are compared.",
            ),
            Bilingual("Перелік: civicspace report list.", "See: civicspace report list."),
        )
    return archive.read_edition(store, new, lang).report


def _end(problems: Sequence[Bilingual], lang: Language, *, has_any: bool) -> None:
    """Say what went wrong; the exit code tells whether all of it did."""
    for problem in problems:
        typer.echo(problem.in_language(lang), err=True)
    if problems:
        raise typer.Exit(IN_PART if has_any else REFUSED)


def _damaged(name: str) -> Bilingual:
    return Bilingual(*(say("cli.damaged", lang, reference=name) for lang in ("uk", "en")))


def _record(imprint: Imprint, made: Made | None = None) -> dict[str, Any]:
    """An imprint for machines."""
    return {
        "edition": str(imprint.reference),
        "issued_at": imprint.issued_at.isoformat(),
        "snapshot_id": imprint.snapshot_id,
        "as_of_on": imprint.as_of_on.isoformat(),
        "code_version": imprint.code_version,
        "data_sha256": imprint.data_sha256,
        "is_unfinished": imprint.is_unfinished,
        "is_demo": imprint.is_demo,
        "changes_count": imprint.changes_count,
        "why": dict(imprint.why),
    } | ({} if made is None else {"is_new": made.is_new, "files": [str(path) for path in made.files]})


def _change(change: Change) -> dict[str, Any]:
    def cell(of: Cell | None) -> dict[str, Any] | None:
        return None if of is None else {"value": of.value, "is_hidden": of.is_hidden}

    return {
        "place": change.place,
        "figure": change.figure_id,
        "month": f"{change.month:%Y-%m}",
        "before": cell(change.before),
        "after": cell(change.after),
    }


def _schedule(store: str, out: Path, lang: Language) -> str:
    """How this installation does it every day, ready to be copied."""
    command = Path(sys.argv[0]).resolve()
    place = store if is_url(store) else Path(store).resolve()
    return say(
        "schedule",
        lang,
        command=command if command.name == "civicspace" else f"{sys.executable} -m civicspace",
        store=place,
        environment=f"CIVICSPACE_STORE={place} ",
        out=out.resolve(),
    )
