"""Editions of small invented cities, for the tests of every format of a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports.build import build
from dashboard.reports.model import Cell, Change, Edition, Report, draft
from dashboard.settings import Role
from dashboard.text.words import Lang

OCTOBER = date(2026, 10, 1)
EVIL = '＝<b>&"x"]]>\x00\x0b\ud800\t\'=1'
"""A name that is a formula, markup and what no XML file may hold."""

CANARIES = ("canary-pseudonym", "canary@example.org", "Канарчук", "+380500000077", "canary-folder")


@pytest.fixture(scope="session")
def report_of(full_scene: Any) -> Callable[..., Report]:
    """The report on October of the full scene, or another month of it; made once for each."""
    made: dict[tuple[Role, Lang, date], Report] = {}

    def report(role: Role = Role.PUBLIC, lang: Lang = "uk", month: date = OCTOBER) -> Report:
        key = (role, lang, month)
        if key not in made:
            made[key] = build(full_scene.snapshot(), Filters("kyiv", month=month), Disclosure(role, 5), lang)
        return made[key]

    return report


@pytest.fixture(scope="session")
def edition_of(report_of: Callable[..., Report]) -> Callable[..., Edition]:
    """The second edition of a report, with what changed and why; a draft where no number is given."""

    def edition(role: Role = Role.PUBLIC, lang: Lang = "uk", number: int | None = 2, **of_report: Any) -> Edition:
        report = replace(report_of(role, lang), **of_report)
        if number is None:
            return draft(report)
        if number == 1:
            return Edition(report, 1, date(2026, 11, 14), (), ())
        changes = (
            Change("Показники", "events_count", OCTOBER, Cell(3.0), Cell(4.0)),
            Change("Райони: Район D1", "participants_count", OCTOBER, Cell(None, is_hidden=True), Cell(35.0)),
            Change("Простори: Хаб c", "attendance_rate_pct", OCTOBER, None, Cell(45.45)),
        )
        return Edition(report, number, date(2026, 11, 14), changes, ("Надійшли файли: a.csv.", "Інша версія."))

    return edition


@pytest.fixture(scope="session")
def evil_edition(edition_of: Callable[..., Edition]) -> Edition:
    """An edition in which every text that comes from outside is evil."""
    edition = edition_of()
    report = edition.report

    def renamed(table: Any) -> Any:
        return replace(table, rows=tuple(replace(row, name=EVIL, detail=row.detail and EVIL) for row in table.rows))

    sources = report.sources
    return replace(
        edition,
        changes=tuple(replace(change, place=EVIL) for change in edition.changes),
        why=(EVIL,),
        report=replace(
            report,
            city=EVIL,
            restrictions=(EVIL,),
            snapshot_id=EVIL,
            code_version=EVIL,
            findings=tuple(
                replace(
                    finding,
                    text=EVIL,
                    rests_on=tuple(replace(stated, subject=EVIL) for stated in finding.rests_on),
                )
                for finding in report.findings
            ),
            districts=renamed(report.districts),
            themes=renamed(report.themes),
            spaces=renamed(report.spaces),
            silent_spaces=(EVIL,),
            charts=tuple(
                replace(
                    chart,
                    title=EVIL,
                    subtitle=EVIL,
                    labels=tuple(EVIL for _ in chart.labels),
                    series=tuple(replace(series, name=EVIL) for series in chart.series),
                )
                for chart in report.charts
            ),
            account=replace(report.account, reasons=tuple(replace(each, text=EVIL) for each in report.account.reasons)),
            sources=replace(
                sources,
                files=tuple((EVIL, count) for _, count in sources.files),
                populations=tuple(
                    replace(each, source=each.source and EVIL, districts=(EVIL,)) for each in sources.populations
                ),
                boundaries=EVIL,
            ),
        ),
    )


@pytest.fixture(scope="session")
def canary_edition(full_scene: Any) -> Callable[[Role], Edition]:
    """An edition made from a snapshot with a canary wherever personal data or a path may have come in."""
    scene = type(full_scene)()
    pseudonym, mail, name, phone, folder = CANARIES
    scene.space("a", lat_deg=50.4, lon_deg=30.5, location_status="point")
    scene.event("e", "2026-10-10", space_id="a", themes=("ecology",), recorded=True, title=f"Зустріч {mail} {phone}")
    scene.register("e", range(1, 30), "attended")
    scene.rows["people"] += [
        {"person_id": person, "pseudonym": f"{pseudonym}-{person}", "identity": "email"} for person in range(1, 30)
    ]
    scene.add("event_organisations", event_id="e", role="organiser", name=name)
    scene.add("proposals", proposal_id="p", event_id="e", title=f"Проєкт {name}", stage="idea")
    scene.rows["sources"].append(
        {
            "source_id": "s1",
            "kind": "inbox",
            "city_id": "kyiv",
            "file_name": f"{folder}/{name}.csv",
            "format": "people",
            "origin": "own",
            "rows_read_count": 29,
            "rows_loaded_count": 29,
            "rows_duplicate_count": 0,
            "rows_rejected_count": 0,
            "unknown_columns": mail,
        }
    )
    made: dict[Role, Edition] = {}

    def edition(role: Role) -> Edition:
        if role not in made:
            made[role] = draft(build(scene.snapshot(), Filters("kyiv"), Disclosure(role, 5), "uk"))
        return made[role]

    return edition


@pytest.fixture(scope="session")
def unpacked() -> Callable[[bytes], dict[str, bytes]]:
    """Every file in a zip file, and in zip files within it, by its name."""

    def files(content: bytes, prefix: str = "") -> Iterator[tuple[str, bytes]]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.comment == b""
            for info in archive.infolist():
                data = archive.read(info)
                assert info.extra == b""
                yield f"{prefix}{info.filename}", data
                if zipfile.is_zipfile(io.BytesIO(data)):
                    yield from files(data, f"{prefix}{info.filename}/")

    return lambda content: dict(files(content))
