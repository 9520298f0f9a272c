"""The month's report as a workbook: one sheet per table, numbers as numbers, days as days, no formula anywhere."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import xlsxwriter

from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Unit
from dashboard.reports import figures, grids, lines
from dashboard.reports.grids import Grid, Heading, Number, Percent, Value, unit_of
from dashboard.reports.model import Edition
from dashboard.reports.tables import neutral, rounded, shown
from dashboard.reports.zips import rezipped
from dashboard.text import dates, numbers
from dashboard.text import files as words
from dashboard.text.report import say
from dashboard.text.words import Lang

_HEAD_ROW: Final = 4
"""Above it stand the title, what edition it is, a note and the way back to the contents."""

_A4: Final = 9
_NARROWEST: Final = 9
_WIDEST: Final = 44
_WIDEST_OF_MANY: Final = 30
_MANY: Final = 7
"""From so many columns on none is wider than ``_WIDEST_OF_MANY``, or the printed page could not be read."""

_TEXT_WIDTH: Final = 120
_LINE: Final = 13.5
"""Height of one line of text, in points."""

_FONT: Final = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_LOCALES: Final[Mapping[Lang, str]] = {"uk": "[$-422]", "en": "[$-809]"}
"""Keeps months in the report's language, whatever the reader's program speaks."""

_HEADER_FONT: Final = '&"Arial,Regular"&9 '
_HEADER_LENGTH: Final = 255
"""What a workbook's page header may hold, its codes included."""


def render(edition: Edition) -> bytes:
    """The edition as an XLSX file.

    The first sheet holds the title, the notices and links to the others; then a sheet per table, with its head
    frozen and filters set; last the definitions, and the notes with the sources. A hidden cell says so; an empty one
    means that there are no data. Texts are never taken for formulas, links or numbers.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    report = edition.report
    book.set_properties(_properties(edition))
    writer = _Writer(book, edition, _formats(book, report.lang))
    found = _grids(edition)
    writer.contents(found)
    for grid in found:
        writer.table(grid)
    writer.texts("sources", _notes(edition, found), say("sources", report.lang), lines.sources(report))
    book.close()
    return rezipped(out.getvalue(), lines.dated(edition))


def _grids(edition: Edition) -> list[Grid]:
    report = edition.report
    changes = grids.changes(edition)
    return [
        grids.findings(report),
        grids.month_figures(report),
        grids.comparisons(report),
        grids.trend(report),
        grids.districts(report),
        grids.themes(report),
        grids.spaces(report),
        grids.silent(report),
        grids.gaps(report),
        grids.account(report),
        grids.reasons(report),
        *([] if changes is None else [changes]),
        grids.definitions(report),
    ]


def _notes(edition: Edition, found: Iterable[Grid]) -> tuple[str, ...]:
    lang = edition.report.lang
    reason = lines.why(edition)
    return (
        *lines.notices(edition.report),
        words.say("hidden.note", lang),
        *(f"{grid.title}. {grid.note}" for grid in found if grid.note),
        *([] if reason is None else [reason]),
    )


def _properties(edition: Edition) -> dict[str, object]:
    report = edition.report
    made = lines.dated(edition)
    return {
        "title": neutral(lines.title(report)),
        "subject": words.say("subject", report.lang),
        "author": "civicspace",
        "keywords": neutral(lines.about(edition)),
        "comments": neutral(" ".join(lines.notices(report))),
        "created": datetime.combine(made, time()),
    }


def _formats(book: Any, lang: Lang) -> Mapping[str, Any]:
    quiet: dict[str, object] = {"font_color": "#5b6775"}
    head = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "bg_color": "#eef2f6"}
    given: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 16},
        "text": {},
        "wrapped": {"text_wrap": True},
        "cell": {"text_wrap": True, "indent": 1},
        "warning": {"bold": True, "font_color": "#a3260f"},
        "quiet": quiet,
        "link": {"font_color": "#0b5cad", "underline": 1},
        "section": {"bold": True, "font_size": 13},
        "head": {**head, "indent": 1},
        "head_first": head,
        "head_number": {**head, "align": "right"},
        "head_month": {**head, "align": "right", "num_format": f"{_LOCALES[lang]}mmm yyyy"},
        "month": {"num_format": f"{_LOCALES[lang]}mmmm yyyy", "align": "left"},
        "hidden": {**quiet, "italic": True, "align": "right"},
        "number.0": {"num_format": "#,##0"},
        "number.1": {"num_format": "#,##0.0"},
        "number.2": {"num_format": "#,##0.00"},
        "change.0": {"num_format": "+#,##0;\u2212#,##0;0"},
        "change.1": {"num_format": "+#,##0.0;\u2212#,##0.0;0.0"},
        "change.2": {"num_format": "+#,##0.00;\u2212#,##0.00;0.00"},
    }
    return {name: book.add_format({**_FONT, **format_}) for name, format_ in given.items()}


@dataclass(frozen=True)
class _Writer:
    """Writes sheets into one workbook."""

    book: Any
    edition: Edition
    formats: Mapping[str, Any]

    @property
    def _lang(self) -> Lang:
        return self.edition.report.lang

    def contents(self, found: Sequence[Grid]) -> None:
        """The first sheet."""
        report = self.edition.report
        sheet = self._sheet("contents")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 62)
        sheet.set_column(2, 2, 10)
        self._text(sheet, 0, 0, lines.title(report), "title")
        sheet.set_row(0, 2 * _LINE)
        about = (say("kind", self._lang), lines.capital(lines.edition_name(self.edition)), lines.as_of(report))
        row = 1
        for text in about:
            self._text(sheet, row, 0, text)
            row += 1
        for text in (*lines.notices(report), words.say("hidden.note", self._lang)):
            sheet.merge_range(row, 0, row, 2, "", self.formats["wrapped"])
            self._text(sheet, row, 0, text, "wrapped")
            sheet.set_row(row, _height([(text, 98)]))
            row += 1
        row += 1
        for column, key in enumerate(("contents.sheet", "contents.about", "contents.rows")):
            self._text(sheet, row, column, words.say(key, self._lang), "head_number" if column == 2 else "head_first")
        for grid in found:
            row += 1
            self._link(sheet, row, grid.key, words.say(f"sheet.{grid.key}", self._lang))
            self._text(sheet, row, 1, grid.title, "wrapped")
            sheet.write_number(row, 2, len(grid.rows), self.formats["number.0"])
        self._link(sheet, row + 1, "sources", words.say("sheet.sources", self._lang))

    def table(self, grid: Grid) -> None:
        """One sheet with one table."""
        sheet = self._sheet(grid.key)
        self._top(sheet, grid.title, grid.note)
        most = _WIDEST if len(grid.headings) < _MANY else _WIDEST_OF_MANY
        widths = [
            _width(heading, [row[column] for row in grid.rows], most, self._lang)
            for column, heading in enumerate(grid.headings)
        ]
        self._head(sheet, grid, widths)
        for place, row in enumerate(grid.rows, start=_HEAD_ROW + 1):
            sheet.set_row(place, _height(zip(row, widths, strict=True)))
            for column, value in enumerate(row):
                self._value(sheet, place, column, value)
        last = _HEAD_ROW + max(len(grid.rows), 1)
        sheet.autofilter(_HEAD_ROW, 0, last, len(grid.headings) - 1)
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        sheet.repeat_rows(_HEAD_ROW)

    def _head(self, sheet: Any, grid: Grid, widths: Sequence[int]) -> None:
        for column, (heading, width) in enumerate(zip(grid.headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            is_text = all(isinstance(row[column], str | date | None) for row in grid.rows)
            if heading.month is not None and heading.figure_id is None:
                self._day(sheet, _HEAD_ROW, column, heading.month, "head_month")
            else:
                text = heading_text(heading, self._lang)
                self._text(
                    sheet, _HEAD_ROW, column, text, ("head" if column else "head_first") if is_text else "head_number"
                )
        # The filter's button takes the room of three letters.
        texts = [
            (heading_text(heading, self._lang), width - 3) for heading, width in zip(grid.headings, widths, strict=True)
        ]
        sheet.set_row(_HEAD_ROW, _height(texts))

    def texts(self, key: str, notes: Sequence[str], title: str, listed: Sequence[str]) -> None:
        """The last sheet: notes, and where the data come from."""
        sheet = self._sheet(key)
        sheet.set_column(0, 0, _TEXT_WIDTH)
        self._top(sheet, words.say(f"sheet.{key}", self._lang), None)
        row = _HEAD_ROW
        for heading, texts in ((words.say("notes", self._lang), notes), (title, listed)):
            self._text(sheet, row, 0, heading, "section")
            sheet.set_row(row, 1.5 * _LINE)
            for text in texts:
                row += 1
                sheet.set_row(row, _height([(text, _TEXT_WIDTH)]))
                self._text(sheet, row, 0, text, "wrapped")
            row += 2

    def _sheet(self, key: str) -> Any:
        sheet = self.book.add_worksheet(words.say(f"sheet.{key}", self._lang))
        sheet.set_default_row(_LINE)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        warnings = " · ".join(lines.warnings(self.edition.report))
        left, right = f"&L{_HEADER_FONT}", f"&R{_HEADER_FONT}&B "
        room = _HEADER_LENGTH - len(left + right) - len(_escaped(warnings))
        sheet.set_header(f"{left}{_escaped(lines.about(self.edition), room)}{right}{_escaped(warnings)}")
        page = words.say("page", self._lang, page="&P", pages="&N")
        sheet.set_footer(f"&L{_HEADER_FONT}{_escaped(self.edition.report.snapshot_id, 100)}&R{_HEADER_FONT}{page}")
        sheet.hide_gridlines(1)
        return sheet

    def _top(self, sheet: Any, title: str, note: str | None) -> None:
        report = self.edition.report
        self._text(sheet, 0, 0, title, "title")
        sheet.set_row(0, 2 * _LINE)
        warnings = lines.warnings(report)
        self._text(sheet, 1, 0, " · ".join((lines.about(self.edition), *warnings)), "warning" if warnings else "text")
        if note:
            self._text(sheet, 2, 0, note, "quiet")
        self._link(sheet, 3, "contents", words.say("contents.back", self._lang))

    def _link(self, sheet: Any, row: int, key: str, text: str) -> None:
        name = words.say(f"sheet.{key}", self._lang)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", self.formats["link"], text)

    def _text(self, sheet: Any, row: int, column: int, text: str, format_: str = "text") -> None:
        sheet.write_string(row, column, neutral(text), self.formats[format_])

    def _day(self, sheet: Any, row: int, column: int, day: date, format_: str) -> None:
        sheet.write_datetime(row, column, datetime.combine(day, time()), self.formats[format_])

    def _value(self, sheet: Any, row: int, column: int, value: Value) -> None:
        match value:
            case None:
                return
            case str():
                self._text(sheet, row, column, value, "cell" if column else "wrapped")
            case date():
                self._day(sheet, row, column, value, "month")
            case Number(figure_id, cell) if cell.is_hidden:
                self._text(sheet, row, column, numbers.HIDDEN.say(self._lang), "hidden")
            case Number(figure_id, cell):
                number = shown(figure_id, cell)
                kind = "change" if value.is_change else "number"
                if number is not None:
                    sheet.write_number(row, column, number, self.formats[f"{kind}.{_decimals(figure_id)}"])
            case Percent(percent):
                sheet.write_number(row, column, rounded(percent, 0), self.formats["change.0"])
            case int():
                sheet.write_number(row, column, value, self.formats["number.0"])


def heading_text(heading: Heading, lang: Lang) -> str:
    """A column's heading; a percentage says so, for its numbers carry no sign."""
    if heading.figure_id is None:
        return heading.text or ""
    name = heading.text or figures.name(heading.figure_id, lang)
    percent = ", %" if unit_of(heading.figure_id) is Unit.PERCENT else ""
    month = "" if heading.month is None else f", {dates.month_short(heading.month, lang)}"
    return f"{name}{percent}{month}"


def _decimals(figure_id: str) -> int:
    return (FIGURES[figure_id] if figure_id in FIGURES else SUPPORTING[figure_id]).decimals


def _width(heading: Heading, values: Sequence[Value], most: int, lang: Lang) -> int:
    """A column is as wide as its longest value, a heading's longest word and three more for the filter's button."""
    head = max((len(word) + 3 for word in heading_text(heading, lang).replace("\u00a0", " ").split()), default=0)
    return min(max(*(_length(value, lang) + 1 for value in values), head, _NARROWEST), most)


def _length(value: Value, lang: Lang) -> int:
    match value:
        case str():
            return len(value)
        case date():
            return len(dates.month_name(value, lang))
        case Number(figure_id, cell):
            return len(figures.written(figure_id, cell, lang))
        case _:
            return _NARROWEST


def _height(row: Iterable[tuple[Value, int]]) -> float:
    """How high a row has to be, for not every program finds it out: its longest text in a column so wide."""
    counts = [sum(_lines(part, width) for part in value.split("\n")) for value, width in row if isinstance(value, str)]
    return _LINE * max(counts, default=1)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes, words kept whole."""
    return max(len(textwrap.wrap(text.replace("\u00a0", " "), max(int(width * 1.15), 1))), 1)


def _escaped(text: str, room: int = _HEADER_LENGTH) -> str:
    """A text as it stands in a page header, where ``&`` begins a code; no longer than there is room."""
    text = neutral(text)
    while len(text.replace("&", "&&")) > room:
        text = text[:-1]
    return text.replace("&", "&&")
