"""The report's tables as rows of typed values: one statement of them for every format that has cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.filters import add_months
from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Unit
from dashboard.reports import figures
from dashboard.reports.model import Account, Cell, Column, Edition, Gap, Report, Table
from dashboard.text import files as words
from dashboard.text import pages as page_words
from dashboard.text.report import say
from dashboard.text.words import Lang


@dataclass(frozen=True)
class Number:
    """One number of a figure."""

    figure_id: str
    cell: Cell
    is_change: bool = False
    """Whether it says how much more or less the figure is; of percentages in percentage points."""


@dataclass(frozen=True)
class Percent:
    """How much more or less a number is, in percent of what it was."""

    value: float


Value = str | date | int | Number | Percent | None
"""What a cell of a grid may hold: a text, the first day of a month, a count, a number of a figure, nothing."""


@dataclass(frozen=True)
class Heading:
    """What stands over a column: a text, or a month, or a figure, of a month where one is named."""

    text: str | None = None
    month: date | None = None
    figure_id: str | None = None


@dataclass(frozen=True)
class Grid:
    """One table. Every row has as many values as there are headings."""

    key: str
    title: str
    note: str | None
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]


def unit_of(figure_id: str) -> Unit:
    """What one of the figure is.

    Raises:
        KeyError: the catalogue has no such figure.
    """
    return FIGURES[figure_id].unit if figure_id in FIGURES else SUPPORTING[figure_id].unit


def findings(report: Report) -> Grid:
    """A row per number that a sentence rests on; a sentence without any has a row of its own."""
    lang = report.lang

    def rows() -> Iterator[tuple[Value, ...]]:
        for finding in report.findings:
            for stated in finding.rests_on:
                yield (
                    finding.text,
                    figures.name(stated.figure_id, lang),
                    stated.subject or report.city,
                    stated.month,
                    Number(stated.figure_id, stated.cell),
                    _unit(stated.figure_id, lang),
                )
            if not finding.rests_on:
                yield (finding.text, None, None, None, None, None)

    return Grid(
        "findings",
        say("findings", lang),
        None if report.findings else say("findings.none", lang),
        (
            Heading(words.say("col.finding", lang)),
            Heading(say("figure", lang)),
            Heading(words.say("col.subject", lang)),
            Heading(words.say("col.month", lang)),
            Heading(words.say("col.value", lang)),
            Heading(words.say("col.unit", lang)),
        ),
        tuple(rows()),
    )


def month_figures(report: Report) -> Grid:
    """The month's figures, with what they rest on."""
    lang = report.lang
    return Grid(
        "figures",
        say("figures", lang),
        None,
        (
            Heading(say("figure", lang)),
            Heading(words.say("col.value", lang)),
            Heading(words.say("col.unit", lang)),
            Heading(words.say("col.base", lang)),
            Heading(words.say("col.base_value", lang)),
            Heading(words.say("col.coverage", lang)),
        ),
        tuple(
            (
                figures.name(row.figure_id, lang),
                Number(row.figure_id, row.cell),
                _unit(row.figure_id, lang),
                figures.name(row.base_id, lang) if row.base_id else None,
                Number(row.base_id, row.base) if row.base_id else None,
                Number(row.coverage_id, Cell(row.coverage_pct)) if row.coverage_id else None,
            )
            for row in report.figures
        ),
    )


def comparisons(report: Report) -> Grid:
    """A row per figure and earlier month; none for an unfinished month."""
    lang = report.lang
    return Grid(
        "comparisons",
        words.say("figures.comparisons", lang),
        say("figures.note.unfinished", lang) if report.is_unfinished else " ".join(report.circumstances) or None,
        (
            Heading(say("figure", lang)),
            Heading(words.say("col.month", lang)),
            Heading(words.say("col.value", lang)),
            Heading(words.say("col.unit", lang)),
            Heading(words.say("col.change", lang)),
            Heading(words.say("col.change_unit", lang)),
            Heading(words.say("col.change_pct", lang)),
        ),
        tuple(
            (
                figures.name(row.figure_id, lang),
                then.month,
                Number(row.figure_id, then.cell),
                _unit(row.figure_id, lang),
                Number(row.figure_id, Cell(then.change), is_change=True),
                _unit_of_change(row.figure_id, lang),
                # Of a percentage a change in percent would be misread as one in points.
                None if then.change_pct is None or unit_of(row.figure_id) is Unit.PERCENT else Percent(then.change_pct),
            )
            for row in report.figures
            for then in row.comparisons
        ),
    )


def trend(report: Report) -> Grid:
    """The thirteen months that end with this one, a column each."""
    lang = report.lang
    length = max((len(row.trend) for row in report.figures), default=0)
    months = [add_months(report.month, back) for back in range(1 - length, 1)]
    return Grid(
        "trend",
        words.say("figures.trend", lang),
        say("figures.note.unfinished", lang) if report.is_unfinished else None,
        (
            Heading(say("figure", lang)),
            Heading(words.say("col.unit", lang)),
            *(Heading(month=month) for month in months),
        ),
        tuple(
            (
                figures.name(row.figure_id, lang),
                _unit(row.figure_id, lang),
                *(Number(row.figure_id, cell) for cell in row.trend),
            )
            for row in report.figures
        ),
    )


def districts(report: Report) -> Grid:
    """Figures by district."""
    return _by_thing("districts", say("district", report.lang), report.districts, report.lang)


def themes(report: Report) -> Grid:
    """Figures by theme."""
    return _by_thing("themes", say("theme", report.lang), report.themes, report.lang)


def spaces(report: Report) -> Grid:
    """Figures of the busiest spaces, each with its district."""
    lang = report.lang
    made = _by_thing("spaces", say("space", lang), report.spaces, lang)
    note = None if report.spaces.rows else say("spaces.none", lang)
    return Grid(
        made.key,
        made.title,
        note,
        (made.headings[0], Heading(say("district", lang)), *made.headings[1:]),
        tuple((row[0], given.detail, *row[1:]) for row, given in zip(made.rows, report.spaces.rows, strict=True)),
    )


def silent(report: Report) -> Grid:
    """Open spaces without any event."""
    lang = report.lang
    note = say("silent.note" if report.silent_spaces else "silent.none", lang)
    rows = tuple((name,) for name in report.silent_spaces)
    return Grid("silent", say("silent", lang), note, (Heading(say("space", lang)),), rows)


def gaps(report: Report) -> Grid:
    """How complete the month's data are."""
    lang = report.lang
    return Grid(
        "gaps",
        say("gaps", lang),
        None,
        (
            Heading(say("gap", lang)),
            Heading(say("gap.missing", lang)),
            Heading(say("gap.all", lang)),
            Heading(say("gap.pct", lang), figure_id="gap_pct"),
        ),
        tuple(
            (
                page_words.say(f"gap.{gap.gap}", lang),
                say("gap.nothing", lang) if _is_of_nothing(gap) else Number("missing_count", gap.missing),
                Number("all_count", gap.all),
                Number("gap_pct", gap.share),
            )
            for gap in report.gaps
        ),
    )


def _is_of_nothing(gap: Gap) -> bool:
    return gap.all.value == 0 and not gap.all.is_hidden


def account(report: Report) -> Grid:
    """What became of every row of every file about the city."""
    lang = report.lang
    given: Account = report.account
    counts = {
        "rows_read_count": given.read,
        "rows_loaded_count": given.loaded,
        "rows_duplicate_count": given.duplicate,
        "rows_rejected_count": given.rejected,
    }
    return Grid(
        "account",
        say("account", lang),
        None if report.disclosure.is_open else say("account.rounded", lang),
        (Heading(words.say("account.what", lang)), Heading(words.say("account.count", lang))),
        (
            (words.say("account.files", lang), given.files_count),
            (words.say("account.refused", lang), given.refused_count),
            *((figures.name(figure_id, lang), Number(figure_id, cell)) for figure_id, cell in counts.items()),
        ),
    )


def reasons(report: Report) -> Grid:
    """Why rows were left out, merged or flagged."""
    lang = report.lang
    return Grid(
        "reasons",
        say("reason", lang),
        None,
        (Heading(say("reason.outcome", lang)), Heading(say("reason", lang)), Heading(say("reason.rows", lang))),
        tuple((each.outcome, each.text, Number("rows_count", each.rows)) for each in report.account.reasons),
    )


def changes(edition: Edition) -> Grid | None:
    """What differs from the edition before; None for a first edition and a draft."""
    if edition.number is None or edition.number < 2:
        return None
    lang = edition.report.lang

    def value(figure_id: str, cell: Cell | None) -> Value:
        return words.say("changes.missing", lang) if cell is None else Number(figure_id, cell)

    return Grid(
        "changes",
        say("changes", lang, number=edition.number - 1),
        None if edition.changes else say("changes.none", lang),
        (
            Heading(say("changes.place", lang)),
            Heading(say("figure", lang)),
            Heading(say("changes.month", lang)),
            Heading(say("changes.before", lang)),
            Heading(say("changes.after", lang)),
            Heading(words.say("col.unit", lang)),
        ),
        tuple(
            (
                change.place,
                figures.name(change.figure_id, lang),
                change.month,
                value(change.figure_id, change.before),
                value(change.figure_id, change.after),
                _unit(change.figure_id, lang),
            )
            for change in edition.changes
        ),
    )


def definitions(report: Report) -> Grid:
    """Every figure of the report as the catalogue defines it."""
    lang = report.lang
    return Grid(
        "definitions",
        say("definitions", lang),
        None,
        (
            Heading(say("figure", lang)),
            Heading(words.say("col.unit", lang)),
            Heading(words.say("col.definition", lang)),
            Heading(words.say("col.leaves_out", lang)),
            Heading(words.say("col.formula", lang)),
            Heading(words.say("col.source", lang)),
            Heading(words.say("col.id", lang)),
        ),
        tuple(
            (
                figure.name(lang),
                words.unit(figure.unit, lang),
                figure.sentence(lang),
                figure.leaves_out(lang),
                figure.formula(lang),
                figure.formula_source,
                figure.id,
            )
            for figure in (FIGURES[figure_id] for figure_id in report.definitions)
        ),
    )


def _by_thing(key: str, first: str, table: Table, lang: Lang) -> Grid:
    notes = {"districts": "districts.note", "themes": "themes.note"}
    return Grid(
        key,
        say(key, lang),
        say(notes[key], lang) if key in notes else None,
        (Heading(first), *(_heading(column) for column in table.columns)),
        tuple(
            (
                row.name,
                *(Number(column.figure_id, cell) for column, cell in zip(table.columns, row.cells, strict=True)),
            )
            for row in table.rows
        ),
    )


def _heading(column: Column) -> Heading:
    return Heading(figure_id=column.figure_id, month=column.month)


def _unit(figure_id: str, lang: Lang) -> str:
    return words.unit(unit_of(figure_id), lang)


def _unit_of_change(figure_id: str, lang: Lang) -> str:
    found = unit_of(figure_id)
    return words.unit(Unit.POINTS if found is Unit.PERCENT else found, lang)
