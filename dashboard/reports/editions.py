"""Editions: what one freezes, whether the data say something else by now, what differs and why.

An edition covers a whole city, one month and one role, in both languages. It is compared as it was disclosed: nothing
here sees a number that the role does not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self

from pydantic import TypeAdapter

from dashboard.errors import Bilingual, EditionError
from dashboard.filters import Filters, add_months
from dashboard.metrics.catalogue import FIGURES, SUPPORTING
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import figures
from dashboard.reports.build import measure, tell
from dashboard.reports.model import Cell, Change, Edition, Report, Table
from dashboard.reports.tables import shown
from dashboard.settings import Role
from dashboard.store import Snapshot
from dashboard.text import dates
from dashboard.text.editions import say
from dashboard.text.report import say as say_in_report
from dashboard.text.words import LANGS, Lang

_REFERENCE: Final = re.compile(
    r"(?P<city>[a-z][a-z0-9_-]*)/(?P<month>20[0-9]{2}-(?:0[1-9]|1[0-2]))(?:/(?P<role>public|analyst))?/(?P<number>[1-9][0-9]{0,5})"
)
_MOST_FILES: Final = 12


@dataclass(frozen=True)
class _Place:
    """Where a number stands in a report, whatever the order of its rows."""

    section: str
    figure_id: str
    month: date
    row: str | None = None
    detail: str | None = None
    occurrence: int = 1
    """Which of the rows of one name and detail."""

    def called(self, lang: Lang) -> str:
        heading = say_in_report(self.section, lang)
        detail = "" if self.detail is None else f" ({self.detail})"
        return heading if self.row is None else f"{heading}: {self.row}{detail}"


@dataclass(frozen=True, order=True)
class Reference:
    """What an edition is called: ``kyiv/2026-10/public/1``."""

    city_id: str
    month: date
    role: Role
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a reference; where it names no role, the public one is meant.

        Raises:
            EditionError: it is not written like one.
        """
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise EditionError(
                Bilingual(f"{text!r} не є позначкою випуску.", f"{text!r} is no reference of an edition."),
                Bilingual(
                    "Позначку пишуть так: kyiv/2026-10/1 або kyiv/2026-10/analyst/1; перелік: civicspace report list.",
                    "It is written like kyiv/2026-10/1 or kyiv/2026-10/analyst/1; see: civicspace report list.",
                ),
            )
        month = date.fromisoformat(f"{found['month']}-01")
        return cls(found["city"], month, Role(found["role"] or Role.PUBLIC), int(found["number"]))

    def __str__(self) -> str:
        return f"{self.city_id}/{self.month:%Y-%m}/{self.role}/{self.number}"


@dataclass(frozen=True)
class Input:
    """One file that the data were read from."""

    source_id: str
    """First 16 hexadecimal digits of the content's SHA-256."""
    name: str
    kind: str


@dataclass(frozen=True)
class Content:
    """What an edition freezes: the report in every language, and what it was made from."""

    reports: Mapping[Lang, Report]
    inputs: tuple[Input, ...]
    """By name."""
    definitions: Mapping[str, str]
    """Hash of what the catalogue says of each figure shown, by figure."""

    @property
    def report(self) -> Report:
        """The report in the first language: for whatever is the same in all."""
        return self.reports[LANGS[0]]


@dataclass(frozen=True)
class Imprint:
    """What an edition says of itself; frozen with it."""

    reference: Reference
    issued_at: datetime
    """The instant, in UTC."""
    issued_on: date
    """The day in the city."""
    snapshot_id: str
    as_of_on: date
    code_version: str
    min_group_size: int
    is_demo: bool
    is_unfinished: bool
    inputs: tuple[Input, ...]
    definitions: Mapping[str, str]
    data_sha256: str
    """Hash of the reports in all languages."""
    changes_count: int
    why: Mapping[Lang, tuple[str, ...]]


def content(snapshot: Snapshot, city_id: str, month: date, disclosure: Disclosure) -> Content:
    """What an edition issued from this snapshot would freeze.

    Raises:
        KeyError: the snapshot has no such city.
    """
    numbers = measure(snapshot, Filters(city_id, month=month), disclosure)
    reports = {lang: tell(numbers, lang) for lang in LANGS}
    sources = snapshot.table("sources")
    of_city = sources[(sources["city_id"] == city_id) | sources["city_id"].isna()]
    return Content(
        reports=reports,
        inputs=tuple(
            sorted(
                (
                    Input(row["source_id"], row["file_name"], row["kind"])
                    for row in of_city[["source_id", "file_name", "kind"]].to_dict("records")
                ),
                key=lambda each: (each.name, each.source_id),
            )
        ),
        definitions=definitions_of(reports[LANGS[0]]),
    )


def definitions_of(report: Report) -> dict[str, str]:
    """Hash of what the catalogue says by now of each figure that a report shows; of those it no longer has, nothing."""
    return {figure_id: _definition(figure_id) for figure_id in report.definitions if figure_id in FIGURES}


def is_defined_so(definitions: Mapping[str, str]) -> bool:
    """Whether the catalogue still says of these figures what it said when they were hashed."""
    return all(figure_id in FIGURES and _definition(figure_id) == said for figure_id, said in definitions.items())


def editions(
    new: Content, number: int, issued_on: date, old: Content | None, reason: str | None
) -> Mapping[Lang, Edition]:
    """The edition in every language, with what differs from the one before and why.

    Args:
        new: what is frozen.
        number: its number; the one before had one less.
        issued_on: the day of issue.
        old: what the edition before had frozen; None for the first, and where it can no longer be read.
        reason: why, in the words of whoever issues it.
    """
    return {
        lang: Edition(
            report=new.reports[lang],
            number=number,
            issued_on=issued_on,
            changes=() if old is None else changes(old.reports[lang], new.reports[lang]),
            why=_why(number, old, new, lang, reason),
        )
        for lang in LANGS
    }


def is_same(old: Content, new: Content) -> bool:
    """Whether an edition of the new content would say what the old one says.

    What a newer program shows besides (another sentence, chart or figure) makes no edition: the numbers are the same.
    """
    return (
        not _redefined(old, new)
        and not _other_parts(old.report, new.report)
        and not any(changes(old.reports[lang], new.reports[lang]) for lang in LANGS)
    )


def changes(old: Report, new: Report) -> tuple[Change, ...]:
    """Every number that is another now, as finely as it is shown; in the order of the new report.

    A figure or a column that only one of the two reports has is no change; a row that only one of them has is.
    """
    before, after = dict(_stated(old)), dict(_stated(new))
    shared = _columns(old) & _columns(new)
    found = []
    for place in [*after, *(place for place in before if place not in after)]:
        was, now = before.get(place), after.get(place)
        is_shared = (place.section, place.figure_id, place.month) in shared
        if is_shared and _as_shown(place.figure_id, was) != _as_shown(place.figure_id, now):
            found.append(Change(place.called(new.lang), place.figure_id, place.month, was, now))
    told = {(change.figure_id, change.month, change.before, change.after) for change in found}
    said_before, said = dict(_said(old)), dict(_said(new))
    for place, now in said.items():
        was = said_before.get(place)
        is_other = was is not None and _as_shown(place.figure_id, was) != _as_shown(place.figure_id, now)
        # A sentence repeats numbers of the tables: each is told once.
        if is_other and (place.figure_id, place.month, was, now) not in told:
            found.append(Change(place.called(new.lang), place.figure_id, place.month, was, now))
    return tuple(found)


def why(old: Content, new: Content, lang: Lang, reason: str | None) -> tuple[str, ...]:
    """Why the new content differs, as far as the store knows: never more than what is published of the files."""
    before, after = (
        {each.source_id: each.name for each in old.inputs},
        {each.source_id: each.name for each in new.inputs},
    )
    came = {after[source_id] for source_id in after.keys() - before.keys()}
    went = {before[source_id] for source_id in before.keys() - after.keys()}
    was, now = old.report, new.report
    redefined = [figures.name(figure_id, lang) for figure_id in _redefined(old, new)]
    told = [
        *([] if reason is None else [_stated_reason(reason, lang)]),
        *(
            say(f"why.files.{key}", lang, list=_listed(names, lang))
            for key, names in (("changed", came & went), ("added", came - went), ("gone", went - came))
            if names
        ),
        *([say("why.definitions", lang, list=", ".join(redefined))] if redefined else []),
        *(
            [say("why.code", lang, old=was.code_version, new=now.code_version)]
            if was.code_version != now.code_version
            else []
        ),
        *(
            [say("why.finished", lang, as_of=dates.format_date(now.as_of_on, lang))]
            if was.is_unfinished and not now.is_unfinished
            else []
        ),
        *(
            [say("why.groups", lang, old=was.disclosure.min_group_size, new=now.disclosure.min_group_size)]
            if was.disclosure != now.disclosure
            else []
        ),
    ]
    parts = [say(f"part.{part}", lang) for part in _other_parts(was, now) if part in ("silent", "gaps")]
    return (
        *(told or [say("why.unknown", lang)]),
        *([say("why.parts", lang, list=", ".join(parts))] if parts else []),
    )


def _why(number: int, old: Content | None, new: Content, lang: Lang, reason: str | None) -> tuple[str, ...]:
    if old is not None:
        return why(old, new, lang, reason)
    stated = () if reason is None or number == 1 else (_stated_reason(reason, lang),)
    return stated if number == 1 else (*stated, say("why.incomparable", lang, old=number - 1))


def _stated_reason(reason: str, lang: Lang) -> str:
    return say("why.reason", lang, reason=reason.rstrip(" ."))


def data_hash(reports: Mapping[Lang, Report]) -> str:
    """SHA-256 of the reports in all languages."""
    written = {lang: _REPORT.dump_python(reports[lang], mode="json") for lang in LANGS}
    return _hash(json.dumps(written, ensure_ascii=False, sort_keys=True))


def _definition(figure_id: str) -> str:
    figure = FIGURES[figure_id]
    return _hash(
        "\n".join(
            part
            for lang in LANGS
            for part in (figure.name(lang), figure.sentence(lang), figure.leaves_out(lang), figure.formula(lang))
        )
    )


def _redefined(old: Content, new: Content) -> list[str]:
    """The figures that both show and the catalogue defines otherwise by now."""
    return [
        figure_id
        for figure_id, said in new.definitions.items()
        if figure_id in old.definitions and said != old.definitions[figure_id]
    ]


def _other_parts(old: Report, new: Report) -> list[str]:
    """What the reports state otherwise besides the numbers that `changes` lists."""
    gaps = [[(gap.gap, gap.missing, gap.all) for gap in report.gaps] for report in (old, new)]
    different = {
        "silent": sorted(old.silent_spaces) != sorted(new.silent_spaces),
        "gaps": gaps[0] != gaps[1],
        "unfinished": old.is_unfinished != new.is_unfinished,
        "groups": old.disclosure != new.disclosure,
        "demo": old.is_demo != new.is_demo,
    }
    return [part for part, is_other in different.items() if is_other]


def _stated(report: Report) -> Iterator[tuple[_Place, Cell]]:
    """Every number of the figures and tables, and where it stands."""
    for row in report.figures:
        months = [add_months(report.month, back) for back in range(1 - len(row.trend), 1)]
        yield _Place("figures", row.figure_id, report.month), row.cell
        for month, cell in zip(months[:-1], row.trend[:-1], strict=True):
            yield _Place("figures", row.figure_id, month), cell
        if row.base_id is not None:
            yield _Place("figures", row.base_id, report.month), row.base
        if row.coverage_id is not None:
            yield _Place("figures", row.coverage_id, report.month), Cell(row.coverage_pct)
    for section, table in _tables(report).items():
        seen: Counter[tuple[str, str | None]] = Counter()
        for each in table.rows:
            name = (each.name, each.detail)
            seen[name] += 1
            for column, cell in zip(table.columns, each.cells, strict=True):
                yield _Place(section, column.figure_id, column.month or report.month, *name, seen[name]), cell


def _said(report: Report) -> Iterator[tuple[_Place, Cell]]:
    """Every number that a sentence rests on."""
    for finding in report.findings:
        for stated in finding.rests_on:
            yield _Place("findings", stated.figure_id, stated.month, stated.subject), stated.cell


def _columns(report: Report) -> set[tuple[str, str, date]]:
    """What the report has room for, whether or not a row stands there; of figures that the catalogue knows."""
    room = {(place.section, place.figure_id, place.month) for place, _ in _stated(report)} | {
        (section, column.figure_id, column.month or report.month)
        for section, table in _tables(report).items()
        for column in table.columns
    }
    return {column for column in room if column[1] in FIGURES or column[1] in SUPPORTING}


def _tables(report: Report) -> Mapping[str, Table]:
    # All spaces, though pages show the busiest: the open data hold every one.
    return {"districts": report.districts, "themes": report.themes, "spaces.all": report.every_space}


def _as_shown(figure_id: str, cell: Cell | None) -> tuple[object, ...]:
    return () if cell is None else (shown(figure_id, cell), cell.is_hidden)


def _listed(names: set[str], lang: Lang) -> str:
    first = sorted(names)[:_MOST_FILES]
    more = len(names) - len(first)
    return ", ".join(first) + (say("why.more", lang, count=more) if more else "")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_REPORT: Final = TypeAdapter(Report)
