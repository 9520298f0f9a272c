"""The edge that every command of the dashboard shares: options, exit codes, what is said, where errors are caught."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from dashboard.errors import ArchiveBusy, Bilingual, CivicspaceError, SettingsError
from dashboard.filters import Filters, known_values, months_with_data
from dashboard.metrics.disclosure import Disclosure
from dashboard.settings import Language, Role, Settings, archive_of
from dashboard.store import Snapshot

REPOSITORY: Final = Path(__file__).resolve().parents[2]
DEFAULT_STORE: Final = str(REPOSITORY / ".civicspace")
USAGE, REFUSED, BUSY, IN_PART = 2, 4, 5, 6

Store = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="CIVICSPACE_STORE",
        help="Тека сховища або адреса сховища об’єктів, як-от s3://… / folder of the store, or an object store's URL.",
    ),
]
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


@contextmanager
def told(lang: Language) -> Iterator[None]:
    """Turn what may go wrong into a sentence and an exit code."""
    try:
        yield
    except SettingsError as error:
        stop(lang, error.text, error.remedy, code=USAGE)
    except ArchiveBusy as error:
        stop(lang, error.text, error.remedy, code=BUSY)
    except CivicspaceError as error:
        stop(lang, error.text, error.remedy, code=REFUSED)
    except OSError as error:
        stop(lang, of_disk(error), code=REFUSED)


def of_disk(error: OSError) -> Bilingual:
    """What the operating system says of a file."""
    text = f"{error.filename}: {error.strerror}"
    return Bilingual(text, text)


def stop(lang: Language, *texts: Bilingual, code: int) -> NoReturn:
    """Say the texts and end with the exit code."""
    typer.echo(" ".join(text.in_language(lang) for text in texts), err=True)
    raise typer.Exit(code)


def settings() -> Settings:
    """The settings of this process's environment.

    Raises:
        SettingsError: a setting is unknown or not allowed.
    """
    return Settings.from_mapping(os.environ, default_store=Path(DEFAULT_STORE))


def editions_of(store: str) -> Path:
    """Folder below which the editions of a store are kept, by this process's environment.

    Raises:
        NoArchive: the store is an object store and no folder is named.
    """
    return archive_of(store, settings().archive)


def disclosure(role: Role) -> Disclosure:
    """What the role may see, by this process's environment."""
    return Disclosure(role, settings().min_group_size)


def chosen(snapshot: Snapshot, city: str | None, month: str | None, lang: Language) -> Filters:
    """The city and month that were asked for, if there is something to show of them."""
    filters = chosen_city(snapshot, city, month, lang)
    months = months_with_data(snapshot, filters.city)
    wanted = filters.month or filters.resolved(snapshot).month
    if wanted not in months:
        stop(lang, nothing_for(filters.city, f"{wanted:%Y-%m}", months), code=REFUSED)
    return filters


def chosen_city(snapshot: Snapshot, city: str | None, month: str | None, lang: Language) -> Filters:
    """The city and month that were asked for, if they can be asked for at all."""
    asked = {name: value for name, value in (("city", city), ("month", month)) if value is not None}
    known = known_values(snapshot)
    filters, problems = Filters.from_query(asked, known)
    for problem in problems:
        of = f" ({', '.join(known.cities)})" if problem.parameter == "city" else ""
        name = f"--{problem.parameter} {problem.value}: "
        stop(lang, Bilingual(f"{name}{problem.text.uk}{of}.", f"{name}{problem.text.en}{of}."), code=USAGE)
    return filters


def nothing_for(city: str, what: str, months: tuple[date, ...]) -> Bilingual:
    """That a city has no data for a month or span, and for which it has."""
    span = f"{months[0]:%Y-%m} … {months[-1]:%Y-%m}" if months else "—"
    return Bilingual(
        f"{city}: за {what} нічого немає. Місяці з даними: {span}.",
        f"{city}: there is nothing for {what}. Months with data: {span}.",
    )


def write_whole(path: Path, data: bytes) -> None:
    """Write aside and put in place at once: who opens the file sees all of it or the one before."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def print_json(answer: Mapping[str, Any]) -> None:
    """Print the answer for machines."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
