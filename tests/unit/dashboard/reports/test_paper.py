import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from dashboard.metrics.catalogue import FIGURES
from dashboard.reports import figures, grids
from dashboard.reports.grids import Grid, Number
from dashboard.reports.model import Edition, Report
from dashboard.reports.paper import render
from dashboard.reports.tables import neutral, plain
from dashboard.settings import Role
from dashboard.text.words import LANGS, Lang

from .conftest import CANARIES, EVIL, OCTOBER

Editions = Callable[..., Edition]
Unpacked = Callable[[bytes], dict[str, bytes]]


@cache
def made(edition: Edition) -> bytes:
    return render(edition)


def read(edition: Edition) -> Any:
    return Document(io.BytesIO(made(edition)))


def texts(document: Any) -> list[str]:
    return [spaced(paragraph.text) for paragraph in document.paragraphs]


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def tables(document: Any) -> dict[str, list[list[str]]]:
    """Cells of every table, by its title."""
    found = {}
    for table in document.tables:
        title = table._tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        found[title] = [[cell.text for cell in row.cells] for row in table.rows]
    return found


def of_report(report: Report) -> list[Grid]:
    found = (
        grids.districts,
        grids.themes,
        grids.spaces,
        grids.gaps,
        grids.account,
        grids.reasons,
        grids.trend,
    )
    return [make(report) for make in found]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("role", list(Role))
def test_every_table_holds_every_number_of_the_model(edition_of: Editions, role: Role, lang: Lang) -> None:
    edition = edition_of(role, lang)
    found = tables(read(edition))
    changes = grids.changes(edition)
    assert changes is not None
    for grid in [*of_report(edition.report), changes]:
        cells = found[grid.title][1:]
        assert len(cells) == len(grid.rows)
        for row, values in zip(cells, grid.rows, strict=True):
            for text, value in zip(row, values, strict=True):
                if isinstance(value, Number):
                    assert text == neutral(figures.written(value.figure_id, value.cell, lang))
                elif isinstance(value, str):
                    assert text == value


@pytest.mark.parametrize("lang", LANGS)
def test_figures_stand_beside_the_earlier_months(edition_of: Editions, lang: Lang) -> None:
    report = edition_of(Role.ANALYST, lang).report
    found = tables(read(edition_of(Role.ANALYST, lang)))
    title = {"uk": "Показники, жовтень\u00a02026", "en": "Figures, October\u00a02026"}[lang]
    for cells, row in zip(found[title][1:], report.figures, strict=True):
        assert cells[0].split("\n")[0] == figures.name(row.figure_id, lang)
        assert cells[1] == figures.written(row.figure_id, row.cell, lang)
        for text, then in zip(cells[2:], row.comparisons, strict=True):
            lines = [figures.written(row.figure_id, then.cell, lang)]
            if then.change is not None:
                lines.append(figures.change(row.figure_id, then.change, then.change_pct, lang))
            assert text == "\n".join(lines)


def test_an_unfinished_month_is_compared_with_nothing(report_of: Callable[..., Report], edition_of: Editions) -> None:
    report = report_of(month=date(2026, 11, 1))
    document = read(replace(edition_of(number=None), report=report))
    assert {len(row) for row in tables(document)["Показники, листопад\u00a02026"]} == {2}
    assert "Місяць ще не завершено" in document.sections[0].header.paragraphs[1].text


@pytest.mark.parametrize("lang", LANGS)
def test_sentences_sources_and_definitions_are_there(edition_of: Editions, lang: Lang) -> None:
    edition = edition_of(lang=lang)
    report = edition.report
    document = read(edition)
    of_style = {(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs}
    assert {("List Bullet", finding.text) for finding in report.findings} <= of_style
    assert {("List Bullet", why) for why in edition.why} <= of_style
    assert {("Heading 3", FIGURES[figure_id].name(lang)) for figure_id in report.definitions} <= of_style
    assert any(report.sources.boundaries in text for style, text in of_style if style == "List Bullet")


def test_its_parts_have_headings(edition_of: Editions) -> None:
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in read(edition_of()).paragraphs
        if paragraph.style.name in ("Title", "Heading 1", "Heading 2")
    ]
    assert [(style, spaced(text)) for style, text in headings] == [
        ("Title", "Київ, жовтень 2026"),
        ("Heading 1", "Головне за місяць"),
        ("Heading 1", "Показники"),
        ("Heading 1", "Райони"),
        ("Heading 1", "Теми"),
        ("Heading 1", "Найактивніші простори"),
        ("Heading 1", "Простори без подій: 1"),
        ("Heading 1", "Що змінилося після випуску 1 і чому"),
        ("Heading 1", "Підпис"),
        ("Heading 1", "Додаток. На чому стоять ці числа"),
        ("Heading 2", "Наскільки дані місяця повні"),
        ("Heading 2", "Облік прочитаних рядків за весь час"),
        ("Heading 2", "Чому рядки відхилено, злито або позначено"),
        ("Heading 2", "Джерела"),
        ("Heading 2", "Визначення показників"),
        ("Heading 2", "Показники за 13 місяців"),
    ]


@pytest.mark.parametrize(("number", "is_there"), [(None, False), (1, False), (2, True)])
def test_only_a_later_edition_has_changes(edition_of: Editions, number: int | None, is_there: bool) -> None:
    assert any("Що змінилося" in text for text in texts(read(edition_of(number=number)))) is is_there


def test_an_edition_in_which_nothing_changed_says_so(edition_of: Editions) -> None:
    assert "Жодне число не змінилося." in texts(read(replace(edition_of(), changes=())))


def test_the_header_says_on_every_page_what_it_is(edition_of: Editions) -> None:
    document = read(edition_of(Role.ANALYST, is_demo=True))
    header = [spaced(paragraph.text) for paragraph in document.sections[0].header.paragraphs]
    assert header[0] == "Київ, жовтень 2026, випуск 2 від 14 листопада 2026"
    assert header[1] == "Демонстраційні дані · Для службового користування. Не оприлюднювати"
    assert not document.sections[0].different_first_page_header_footer
    assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])


def test_a_public_header_of_real_data_warns_of_nothing(edition_of: Editions) -> None:
    header = read(edition_of()).sections[0].header
    assert [spaced(paragraph.text) for paragraph in header.paragraphs] == [
        "Київ, жовтень 2026, випуск 2 від 14 листопада 2026"
    ]


@pytest.mark.parametrize(
    ("lang", "said"), [("uk", "сторінка 1 із 1"), ("en", "page 1 of 1")]
)  # Word works the fields out
def test_the_footer_counts_pages(edition_of: Editions, lang: Lang, said: str) -> None:
    footer = read(edition_of(lang=lang)).sections[0].footer.paragraphs[0]
    assert [field.get(qn("w:instr")).strip() for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "".join(each.text for each in footer._p.iter(qn("w:t"))).endswith(said)


def test_a_draft_says_that_it_is_one(edition_of: Editions) -> None:
    document = read(edition_of(number=None))
    assert any(text.startswith("Чернетка, не випуск") for text in texts(document))
    assert "чернетка, не випуск" in document.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("is_so", [True, False])
def test_notices_stand_under_the_title(edition_of: Editions, is_so: bool) -> None:
    restrictions = ("райони: Оболонський",) if is_so else ()
    said = " ".join(texts(read(edition_of(is_demo=is_so, is_unfinished=is_so, restrictions=restrictions))))
    for text in ("Демонстраційні дані. Події", "Місяць ще тривав", "Звіт охоплює лише вибране: райони: Оболонський."):
        assert (text in said) is is_so
    assert "Для оприлюднення" in said


@pytest.mark.parametrize(("lang", "language"), [("uk", "uk-UA"), ("en", "en-GB")])
def test_it_speaks_its_language(edition_of: Editions, lang: Lang, language: str) -> None:
    document = read(edition_of(lang=lang))
    spoken = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == language
    assert document.core_properties.language == language


def test_tables_repeat_their_heads_and_cut_no_row(edition_of: Editions) -> None:
    for table in read(edition_of()).tables:
        assert table.style.style_id == "ReportTable"
        marks = [[child.tag for child in row._tr.trPr] for row in table.rows]
        assert all(qn("w:cantSplit") in mark for mark in marks)
        assert [qn("w:tblHeader") in mark for mark in marks] == [True, *[False] * (len(marks) - 1)]
        assert table._tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_nothing_looks_but_as_its_style_says(edition_of: Editions) -> None:
    document = read(edition_of())
    body = document.element.body
    assert not list(body.iter(qn("w:rPr")))
    allowed = {qn("w:pStyle"), qn("w:keepNext"), qn("w:sectPr")}
    assert {child.tag for properties in body.iter(qn("w:pPr")) for child in properties} <= allowed
    known = {style.style_id for style in document.styles}
    used = {each.get(qn("w:val")) for each in body.iter(qn("w:pStyle"))}
    assert used <= known


def test_it_is_signed_by_hand(edition_of: Editions) -> None:
    lines = [paragraph.text for paragraph in read(edition_of()).paragraphs if paragraph.style.name == "Signature"]
    assert lines == ["Посада: \t", "Підпис: \t", "Ім’я та прізвище: \t", "Дата: \t"]


def test_charts_are_native_and_hold_the_models_numbers(edition_of: Editions, unpacked: Unpacked) -> None:
    edition = edition_of()
    files = unpacked(made(edition))
    drawn = edition.report.charts
    assert drawn
    ordered = sorted(drawn, key=lambda chart: not chart.chart_id.startswith("trend."))
    for place, chart in enumerate(ordered, start=1):
        book = openpyxl.load_workbook(io.BytesIO(files[f"word/embeddings/chart{place}.xlsx"]))
        rows = list(book.active.iter_rows(min_row=2, values_only=True))
        assert [list(row[1:]) for row in rows] == [
            [series.cells[at].value for series in chart.series] for at in range(len(chart.labels))
        ]
        xml = etree.fromstring(files[f"word/charts/chart{place}.xml"])
        assert not list(xml.iter("{*}schemeClr"))
        relation = etree.fromstring(files[f"word/charts/_rels/chart{place}.xml.rels"])[0]
        external = next(xml.iter("{*}externalData"))
        assert set(external.attrib.values()) == {relation.get("Id")}
        assert relation.get("Target") == f"../embeddings/chart{place}.xlsx"
    alts = [each.get("descr") for each in read(edition).element.body.iter(qn("wp:docPr"))]
    assert [alt.startswith(chart.title) for alt, chart in zip(alts, ordered, strict=True)] == [True] * len(ordered)


def test_captions_are_numbered(edition_of: Editions) -> None:
    captions = [
        "".join(each.text for each in paragraph._p.iter(qn("w:t")))
        for paragraph in read(edition_of()).paragraphs
        if paragraph.style.name == "Caption"
    ]
    for name in ("Таблиця", "Рисунок"):
        numbers = [int(re.fullmatch(rf"{name} (\d+)\. .+", text)[1]) for text in captions if text.startswith(name)]  # type: ignore[index]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers


def test_a_month_without_anything_is_a_document(report_of: Callable[..., Report], edition_of: Editions) -> None:
    report = report_of()
    empty = replace(
        report,
        findings=(),
        figures=(),
        charts=(),
        silent_spaces=(),
        gaps=(),
        spaces=replace(report.spaces, rows=()),
        account=replace(report.account, reasons=()),
    )
    said = texts(read(replace(edition_of(number=None), report=empty)))
    for text in (
        "Жоден простір не провів подій.",
        "Таких немає.",
        "Цього місяця числа не дають підстав щось виокремити.",
    ):
        assert text in said


def test_evil_names_are_text_and_no_formula_in_a_table(evil_edition: Edition) -> None:
    document = read(evil_edition)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert neutral(EVIL) in cells
    assert not [cell for cell in cells if cell.startswith(("=", "＝", "+1", "@"))]
    assert any(plain(EVIL) in paragraph.text for paragraph in document.paragraphs)


def test_the_same_edition_is_the_same_bytes_and_carries_its_own_day(edition_of: Editions) -> None:
    edition = edition_of()
    assert render(edition) == made(edition)
    properties = read(edition).core_properties
    assert properties.created.replace(tzinfo=None) == datetime(2026, 11, 14)  # noqa: DTZ001 - properties know no zone
    assert properties.modified == properties.created
    assert (properties.author, properties.last_modified_by) == ("civicspace", "civicspace")
    assert read(edition_of(number=None)).core_properties.created.date() == edition.report.as_of_on
    assert edition.report.month == OCTOBER


def test_nothing_of_the_tools_template_is_left(edition_of: Editions, unpacked: Unpacked) -> None:
    files = unpacked(made(edition_of()))
    assert not [name for name in files if "thumbnail" in name or "customXml" in name or "Effects" in name]
    assert not [name for name, content in files.items() if b"python-docx" in content or b"Macintosh" in content]


@pytest.mark.parametrize("role", list(Role))
def test_nothing_personal_and_no_path_is_in_any_byte(
    canary_edition: Callable[[Role], Edition], unpacked: Unpacked, role: Role
) -> None:
    files = unpacked(made(canary_edition(role)))
    assert "Хаб a".encode() in files["word/document.xml"]
    for content in files.values():
        for canary in (*CANARIES, str(Path.cwd()), str(Path.home())):
            assert canary.encode() not in content
