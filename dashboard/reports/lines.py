"""What a file says besides its tables: which edition it is, what to mind, where the data come from."""

from __future__ import annotations

from datetime import date, datetime

from dashboard.reports.model import Edition, Report
from dashboard.settings import Role
from dashboard.text import dates, numbers
from dashboard.text import files as words
from dashboard.text.report import say


def title(report: Report) -> str:
    """«Київ, жовтень 2026»."""
    return say("title", report.lang, city=report.city, month=dates.month_name(report.month, report.lang))


def edition_name(edition: Edition) -> str:
    """«випуск 2 від 14 листопада 2026»; a draft says that it is one."""
    lang = edition.report.lang
    if edition.number is None or edition.issued_on is None:
        return words.say("draft", lang)
    return words.say("edition", lang, number=edition.number, day=dates.format_date(edition.issued_on, lang))


def about(edition: Edition) -> str:
    """City, month and edition on one line."""
    report = edition.report
    return words.say(
        "about",
        report.lang,
        city=report.city,
        month=dates.month_name(report.month, report.lang),
        edition=edition_name(edition),
    )


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def warnings(report: Report) -> tuple[str, ...]:
    """What has to stand on every page, in few words; nothing where there is nothing to warn of."""
    lang = report.lang
    said = (
        (report.is_demo, say("demo", lang)),
        (report.disclosure.role is not Role.PUBLIC, words.say("internal", lang)),
        (report.is_unfinished, words.say("unfinished", lang)),
        (bool(report.restrictions), say("restricted", lang)),
    )
    return tuple(text for is_so, text in said if is_so)


def notices(report: Report) -> tuple[str, ...]:
    """What has to be minded, in whole sentences."""
    lang = report.lang
    is_public = report.disclosure.role is Role.PUBLIC
    as_of = dates.format_date(report.as_of_on, lang)
    said = [say("public", lang, most=report.disclosure.min_group_size - 1) if is_public else say("analyst", lang)]
    if report.is_demo:
        said.insert(0, f"{say('demo', lang)}. {say('demo.text', lang)}")
    if report.is_unfinished:
        said.append(say("unfinished", lang, as_of=as_of))
    if report.restrictions:
        said.append(f"{say('restricted', lang)}: {'; '.join(report.restrictions)}.")
    return tuple(said)


def as_of(report: Report) -> str:
    """The day that the data speak for."""
    return say("as_of", report.lang, as_of=dates.format_date(report.as_of_on, report.lang))


def sources(report: Report) -> tuple[str, ...]:
    """Where the data come from."""
    lang, given = report.lang, report.sources
    populations = (
        say("sources.population.none", lang, districts=", ".join(each.districts))
        if each.source is None
        else say(
            "sources.population",
            lang,
            source=each.source,
            on="—" if each.on is None else dates.format_date(each.on, lang),
            districts=", ".join(each.districts),
        )
        for each in given.populations
    )
    return (
        *(
            say("sources.files", lang, kind=kind, count=numbers.format_count(count, lang))
            for kind, count in given.files
        ),
        *populations,
        say("sources.boundaries", lang, attribution=given.boundaries),
        say(
            "sources.snapshot",
            lang,
            snapshot=report.snapshot_id,
            created=f"{dates.format_instant(datetime.fromisoformat(report.created_at), lang)} UTC",
            version=report.code_version,
        ),
    )


def why(edition: Edition) -> str | None:
    """Why the edition differs from the one before; None where nothing is said of it."""
    return words.say("changes.why", edition.report.lang, why=" ".join(edition.why)) if edition.why else None


def dated(edition: Edition) -> date:
    """The day that a file says it was made: the edition's, a draft's the one that the data speak for."""
    return edition.issued_on or edition.report.as_of_on
