"""The month's report as a Word document: the texts and tables of the page, in styles that a clerk can change."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from dashboard.metrics.catalogue import FIGURES
from dashboard.reports import figures, grids, lines, stationery
from dashboard.reports.drawings import Drawings
from dashboard.reports.grids import Grid, Heading, Number, Percent, Value
from dashboard.reports.model import ChartKind, Edition, FigureRow
from dashboard.reports.slides.notes import values
from dashboard.reports.stationery import TEXT_WIDTH_MM, WIDE_TEXT_WIDTH_MM
from dashboard.reports.tables import neutral, plain
from dashboard.reports.zips import rezipped
from dashboard.text import dates, numbers
from dashboard.text import files as words
from dashboard.text.report import say
from dashboard.text.words import Lang

_SIGNED: Final = ("post", "signature", "name", "date")
_LETTER_MM: Final = 1.8
"""About what a letter of a table takes, so that no word has to be broken."""
_MARGIN: Final = 2
"""What stands beside a cell's text, in letters."""
_LONGEST: Final = 34
"""No column asks for the room of more letters."""

_MOST_ROWS_KEPT: Final = 15
"""Tables of so many rows stand on one page whole."""

_COVERED_PCT: Final = 99.95
"""From here on a coverage would be written as 100 %, and says nothing."""


def render(edition: Edition) -> bytes:
    """The edition as a DOCX file, A4.

    Every paragraph has a style, heads of tables stand on each of their pages, and rows are not cut. The header says on
    every page what the report is about, which edition it is, and what to mind.
    """
    report = edition.report
    lang = report.lang
    document = stationery.blank(lang)
    _describe(document, edition)
    stationery.header_and_footer(
        document,
        upper=lines.about(edition),
        warnings=" · ".join(lines.warnings(report)),
        lower=report.snapshot_id,
        pages=words.say("page", lang, page="{page}", pages="{pages}"),
    )
    writer = _Writer(document, edition, Drawings(document, lang, lines.dated(edition)))
    writer.front()
    writer.body()
    writer.signature()
    stationery.next_part(document)
    writer.annex()
    stationery.next_part(document, is_wide=True)
    writer.trend()
    out = io.BytesIO()
    document.save(out)
    return rezipped(out.getvalue(), lines.dated(edition))


def _describe(document: Document, edition: Edition) -> None:
    report = edition.report
    made = datetime.combine(lines.dated(edition), time())
    properties = document.core_properties
    properties.title = plain(lines.title(report))[:255]
    properties.subject = words.say("subject", report.lang)
    properties.author = properties.last_modified_by = "civicspace"
    properties.keywords = plain(lines.about(edition))[:255]
    properties.comments = plain(" ".join(lines.warnings(report)))[:255]
    properties.category = ""
    properties.language = {"uk": "uk-UA", "en": "en-GB"}[report.lang]
    properties.created = properties.modified = made
    properties.revision = 1


@dataclass(frozen=True)
class _Column:
    """How a column is set: the letters of its longest word and its longest text, and on which side its values stand."""

    least: int
    most: int
    is_number: bool


@dataclass
class _Writer:
    """Writes one document from its beginning to its end."""

    document: Document
    edition: Edition
    drawings: Drawings
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def _lang(self) -> Lang:
        return self.edition.report.lang

    def front(self) -> None:
        """The title, what edition it is, what to mind, and the figures that stand first."""
        report, lang = self.edition.report, self._lang
        self._text(lines.title(report), "Title")
        self._text(say("kind", lang), "Subtitle")
        self._text(f"{lines.capital(lines.edition_name(self.edition))}. {lines.as_of(report)}", "Subtitle")
        for notice in lines.notices(report):
            self._text(notice, "Notice")
        shown = figures.headlines(report)
        if shown:
            self._table(
                lines.title(report),
                [figures.name(row.figure_id, lang) for row in shown],
                [[self._headline(row) for row in shown]],
                [_Column(1, 1, is_number=False)] * len(shown),
            )

    def body(self) -> None:
        """Sentences, figures, districts, themes and spaces."""
        report, lang = self.edition.report, self._lang
        self._text(say("findings", lang), "Heading1")
        for finding in report.findings:
            self._text(finding.text, "ListBullet")
        if not report.findings:
            self._text(say("findings.none", lang))
        self._figures()
        for grid in (grids.districts(report), grids.themes(report), grids.spaces(report)):
            self._text(grid.title, "Heading1")
            self._grid(grid)
            self._charts(grid.key)
        self._text(words.say("silent", lang, count=len(report.silent_spaces)), "Heading1")
        self._text(" · ".join(report.silent_spaces) or say("silent.none", lang))
        if report.silent_spaces:
            self._text(say("silent.note", lang), "Note")
        self._changes()

    def signature(self) -> None:
        """Where to sign."""
        self._text(words.say("sign", self._lang), "Heading1")
        for key in _SIGNED:
            paragraph = self._text(f"{say(f'sign.{key}', self._lang)}: ", "Signature")
            paragraph.add_run("\t")

    def annex(self) -> None:
        """What the numbers rest on."""
        report, lang = self.edition.report, self._lang
        self._text(say("annex", lang), "Heading1")
        for grid in (grids.gaps(report), grids.account(report), grids.reasons(report)):
            self._text(grid.title, "Heading2")
            self._grid(grid)
        self._text(say("sources", lang), "Heading2")
        for source in lines.sources(report):
            self._text(source, "ListBullet")
        self._text(say("definitions", lang), "Heading2")
        for figure in (FIGURES[figure_id] for figure_id in report.definitions):
            self._text(figure.name(lang), "Heading3")
            self._text(figure.sentence(lang), "Note")
            self._text(f"{say('definitions.leaves_out', lang)} {figure.leaves_out(lang)}", "Note")
            formula = f"{say('definitions.formula', lang)} {figure.formula(lang)}."
            self._text(f"{formula} {figure.formula_source}" if figure.formula_source else formula, "Note")

    def trend(self) -> None:
        """Thirteen months of every figure, on a lying sheet."""
        grid = grids.trend(self.edition.report)
        self._text(grid.title, "Heading2")
        # A caption more, and a month's figures would not fit on one sheet.
        self._grid(grid, WIDE_TEXT_WIDTH_MM, has_caption=False)

    def _figures(self) -> None:
        report, lang = self.edition.report, self._lang
        self._text(say("figures", lang), "Heading1")
        months = [then.month for then in report.figures[0].comparisons] if report.figures else []
        headings = [say("figure", lang), *(dates.month_name(month, lang) for month in (report.month, *months))]
        rows = [
            [
                "\n".join(part for part in (figures.name(row.figure_id, lang), self._rests_on(row)) if part),
                figures.written(row.figure_id, row.cell, lang),
                *(
                    "\n".join(
                        [
                            figures.written(row.figure_id, then.cell, lang),
                            *(
                                []
                                if then.change is None
                                else [figures.change(row.figure_id, then.change, then.change_pct, lang)]
                            ),
                        ]
                    )
                    for then in row.comparisons
                ),
            ]
            for row in report.figures
        ]
        title = f"{say('figures', lang)}, {dates.month_name(report.month, lang)}"
        self._caption(title)
        self._table(
            title,
            headings,
            rows,
            [
                _Column(3, 3, is_number=False),
                *(_Column(2, 2, is_number=True) for _ in headings[1:]),
            ],
        )
        if report.is_unfinished:
            self._text(words.say("unfinished", lang), "Note")
        elif months:
            self._text(words.say("figures.note", lang), "Note")
        for text in report.circumstances:
            self._text(text, "Note")
        self._charts("trend.")

    def _charts(self, beginning: str) -> None:
        """The charts whose ids begin so."""
        lang = self._lang
        for chart in self.edition.report.charts:
            if chart.chart_id.startswith(beginning):
                self._caption(chart.subtitle, "chart")
                alt = f"{chart.title} {chart.subtitle}. {values(chart, lang)}."
                is_open_end = self.edition.report.is_unfinished and chart.kind is ChartKind.MONTHS
                self.drawings.add(self._text(""), chart, alt, TEXT_WIDTH_MM, is_open_end=is_open_end)

    def _rests_on(self, row: FigureRow) -> str:
        lang = self._lang
        base = None if row.base_id is None else row.base.value
        coverage = row.coverage_pct
        is_partial = row.cell.value is not None and coverage is not None and coverage < _COVERED_PCT
        said = [
            ""
            if row.base_id is None or base is None
            else say("base", lang, name=figures.name(row.base_id, lang), count=numbers.format_count(base, lang)),
            say("coverage", lang, pct=numbers.format_percent(coverage, lang, decimals=1)) if is_partial else "",
        ]
        return "; ".join(text for text in said if text)

    def _headline(self, row: FigureRow) -> str:
        lang = self._lang
        against = [
            say(
                "against",
                lang,
                change=figures.change(row.figure_id, then.change, then.change_pct, lang),
                month=dates.month_genitive(then.month, lang),
            )
            for then in row.comparisons
            if then.change is not None
        ]
        return "\n".join([figures.written(row.figure_id, row.cell, lang), *against])

    def _changes(self) -> None:
        grid = grids.changes(self.edition)
        if grid is None:
            return
        self._text(grid.title, "Heading1")
        for reason in self.edition.why:
            self._text(reason, "ListBullet")
        self._grid(grid)

    def _grid(self, grid: Grid, width_mm: int = TEXT_WIDTH_MM, *, has_caption: bool = True) -> None:
        if grid.rows:
            if has_caption:
                self._caption(grid.title)
            headings = [self._heading(heading) for heading in grid.headings]
            rows = [[self._value(value) for value in row] for row in grid.rows]
            columns = [
                _column(heading, [row[place] for row in rows], [row[place] for row in grid.rows])
                for place, heading in enumerate(headings)
            ]
            self._table(grid.title, headings, rows, columns, width_mm=width_mm)
        if grid.note:
            self._text(grid.note, "Note")

    def _table(
        self,
        title: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        columns: Sequence[_Column],
        *,
        width_mm: int = TEXT_WIDTH_MM,
    ) -> None:
        table = self.document.add_table(len(rows) + 1, len(headings))
        table.style = self.document.styles.get_by_id(stationery.TABLE_STYLE, WD_STYLE_TYPE.TABLE)
        _prepare(table, title, words.say("table.alt", self._lang, title=title, headings="; ".join(headings)))
        widths = [Mm(each) for each in _widths_mm(columns, width_mm)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        is_whole = len(rows) <= _MOST_ROWS_KEPT
        for place, (row, texts) in enumerate(zip(table.rows, [headings, *rows], strict=True)):
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001 - no name for it
            for cell, text, column, width in zip(row.cells, texts, columns, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                stationery.in_style(paragraph, "TableNumber" if column.is_number else "TableText")
                paragraph.add_run(neutral(text))
                if is_whole and place < len(rows):
                    paragraph.paragraph_format.keep_with_next = True
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001 - as above
        # What follows a table without a paragraph between would be joined to it.
        self._text("", "TableText")

    def _caption(self, title: str, key: str = "table") -> None:
        self._counts[key] += 1
        name = words.say(key, self._lang)
        paragraph = self._text(f"{name} ", "Caption")
        stationery.field(paragraph, f"SEQ {name} \\* ARABIC", str(self._counts[key]))
        paragraph.add_run(f". {plain(title)}")

    def _text(self, text: str, style_id: str | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(plain(text))
        return paragraph if style_id is None else stationery.in_style(paragraph, style_id)

    def _heading(self, heading: Heading) -> str:
        lang = self._lang
        if heading.text is not None:
            return heading.text
        # Over a narrow column a month stands above its year.
        month = "" if heading.month is None else dates.month_short(heading.month, lang).replace("\u00a0", " ")
        name = "" if heading.figure_id is None else figures.name(heading.figure_id, lang)
        return ", ".join(part for part in (name, month) if part)

    def _value(self, value: Value) -> str:
        match value:
            case None:
                return ""
            case str():
                return value
            case date():
                return dates.month_name(value, self._lang)
            case Number(figure_id, cell):
                return figures.written(figure_id, cell, self._lang)
            case Percent(percent):
                return numbers.format_change_percent(percent, self._lang)
            case int():
                return numbers.format_count(value, self._lang)


def _column(heading: str, texts: Sequence[str], values: Sequence[Value]) -> _Column:
    is_number = any(isinstance(value, int | Number | Percent) for value in values)
    cells = [heading, *texts]
    # A no-break space breaks no line, so what it joins is one word.
    least = max(len(word) for cell in cells for word in cell.split(" "))
    most = max(max((len(text) for text in texts), default=0), least)
    return _Column(least + _MARGIN, min(most, max(_LONGEST, least)) + _MARGIN, is_number=is_number)


def _widths_mm(columns: Sequence[_Column], width_mm: float) -> list[float]:
    """Every column gets the room of its longest word, as far as there is any, and what is left by how much they ask."""
    least = sum(column.least for column in columns) * _LETTER_MM
    asked = sum(column.most - column.least for column in columns)
    if least >= width_mm or not asked:
        return [width_mm * column.least * _LETTER_MM / least for column in columns]
    left = width_mm - least
    return [column.least * _LETTER_MM + left * (column.most - column.least) / asked for column in columns]


def _prepare(table: WordTable, title: str, description: str) -> None:
    """Make a table known to who cannot see it, and say which of its rows is the head."""
    properties = table._tblPr  # noqa: SLF001 - python-docx has no name for these
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    properties.append(parse_xml(f'<w:tblLook {nsdecls("w")} w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'))
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = parse_xml(f"<{name} {nsdecls('w')}/>")
        element.set(qn("w:val"), plain(text))
        properties.append(element)
