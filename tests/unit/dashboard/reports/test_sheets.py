import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.reports import grids
from dashboard.reports.grids import Grid, Number, Percent, Value
from dashboard.reports.model import Edition, Report
from dashboard.reports.sheets import heading_text, render
from dashboard.reports.tables import neutral, rounded, shown
from dashboard.settings import Role
from dashboard.text.files import say
from dashboard.text.words import LANGS, Lang

from .conftest import CANARIES, EVIL, OCTOBER

HEAD = 5
"""The row of a table's headings, counted from 1."""

Editions = Callable[..., Edition]


@cache
def made(edition: Edition) -> bytes:
    return render(edition)


def read(edition: Edition) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made(edition)))


def tables(edition: Edition) -> dict[str, Grid]:
    report = edition.report
    of_report = (
        grids.findings,
        grids.month_figures,
        grids.comparisons,
        grids.trend,
        grids.districts,
        grids.themes,
        grids.spaces,
        grids.silent,
        grids.gaps,
        grids.account,
        grids.reasons,
        grids.definitions,
    )
    found = [*(make(report) for make in of_report), grids.changes(edition)]
    return {grid.key: grid for grid in found if grid is not None}


def expected(value: Value, lang: Lang) -> object:
    match value:
        case Number(_, cell) if cell.is_hidden:
            return {"uk": "приховано", "en": "hidden"}[lang]
        case Number(figure_id, cell):
            return shown(figure_id, cell)
        case Percent(percent):
            return rounded(percent, 0)
        case date():
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell knows no zone
        case str():
            return neutral(value)
        case _:
            return value


def rows(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("role", list(Role))
def test_every_table_is_a_sheet_with_every_value(edition_of: Editions, role: Role, lang: Lang) -> None:
    edition = edition_of(role, lang)
    book = read(edition)
    found = tables(edition)
    assert set(book.sheetnames) == {say(f"sheet.{key}", lang) for key in ("contents", *found, "sources")}
    for key, grid in found.items():
        sheet = book[say(f"sheet.{key}", lang)]
        assert sheet["A1"].value == grid.title
        assert rows(sheet) == [[expected(value, lang) for value in row] for row in grid.rows]
        heads = [cell.value for cell in sheet[HEAD]]
        assert heads == [
            datetime(each.month.year, each.month.month, 1)  # noqa: DTZ001 - a cell knows no zone
            if each.month and not each.figure_id
            else heading_text(each, lang)
            for each in grid.headings
        ]


def test_figures_stand_as_the_model_has_them(edition_of: Editions) -> None:
    edition = edition_of(Role.ANALYST)
    book = read(edition)
    assert [row[1] for row in rows(book["Показники"])] == [
        shown(row.figure_id, row.cell) for row in edition.report.figures
    ]
    assert [row[2:] for row in rows(book["13 місяців"])] == [
        [shown(row.figure_id, cell) for cell in row.trend] for row in edition.report.figures
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_are_numbers_and_months_are_days(edition_of: Editions, lang: Lang) -> None:
    book = read(edition_of(Role.ANALYST, lang))
    sheet = book[say("sheet.trend", lang)]
    assert sheet["C5"].is_date
    assert {sheet.cell(6, column).data_type for column in range(3, 16)} == {"n"}
    formats = {row[0].value: row[2].number_format for row in sheet.iter_rows(min_row=6)}
    events, rate = {"uk": ("Події", "Частка відвідування"), "en": ("Events", "Attendance rate")}[lang]
    assert (formats[events], formats[rate]) == ("#,##0", "#,##0.0")


def test_a_percentage_says_so(edition_of: Editions) -> None:
    book = read(edition_of())
    units = {row[0]: row[2] for row in rows(book["Показники"])}
    assert (units["Частка відвідування"], units["Події"]) == ("%", "події")
    heads = [cell.value for cell in book["Теми"][HEAD]]
    assert heads[1:3] == ["Події", "Частка теми, %"]
    changes = {row[0]: row[5:] for row in rows(book["Порівняння"])}
    assert changes["Частка відвідування"] == ["в. п.", None]
    assert changes["Реєстрації"][0] == "реєстрації"


def test_hidden_is_said_and_unknown_is_empty(edition_of: Editions) -> None:
    edition = edition_of()
    grid = grids.spaces(edition.report)
    told = {row[0]: row[2:] for row in rows(read(edition)["Простори"])}
    column = next(at for at, head in enumerate(grid.headings[2:]) if head.figure_id == "participants_count")
    assert told["Хаб b"][column] == "приховано"
    assert told["Хаб a"][0] == 2
    assert any(value is None for row in rows(read(edition)["Райони"]) for value in row)


@pytest.mark.parametrize("lang", LANGS)
def test_sheets_are_set_up_for_reading_and_for_paper(edition_of: Editions, lang: Lang) -> None:
    book = read(edition_of(lang=lang, is_demo=True))
    for name in book.sheetnames:
        sheet = book[name]
        assert len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert {"uk": "Демонстраційні дані", "en": "Demonstration data"}[lang] in sheet.oddHeader.right.text
        assert "&P" in sheet.oddFooter.right.text or "&[Page]" in sheet.oddFooter.right.text
    for key in tables(edition_of(lang=lang)):
        sheet = book[say(f"sheet.{key}", lang)]
        assert sheet.freeze_panes == "B6"
        assert sheet.auto_filter.ref.startswith("A5:")
        assert sheet.print_title_rows == "$5:$5"


@pytest.mark.parametrize("lang", LANGS)
def test_the_contents_link_to_every_other_sheet_and_back(edition_of: Editions, lang: Lang) -> None:
    book = read(edition_of(lang=lang))
    first, *others = book.sheetnames
    links = [link for row in book[first].iter_rows() for link in [row[0].hyperlink] if link]
    assert [link.location for link in links] == [f"'{name}'!A1" for name in others]
    for name in others:
        assert book[name]["A4"].hyperlink.location == f"'{first}'!A1"


def text_of(sheet: Worksheet) -> str:
    cells = (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    return " ".join(cells).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("number", "said", "unsaid"),
    [(2, "Випуск 2 від 14 листопада 2026", "Чернетка"), (None, "Чернетка, не випуск", "Випуск 2")],
)
def test_the_edition_is_named(edition_of: Editions, number: int | None, said: str, unsaid: str) -> None:
    text = text_of(read(edition_of(number=number))["Зміст"])
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(("number", "is_there"), [(None, False), (1, False), (2, True)])
def test_only_a_later_edition_has_changes(edition_of: Editions, number: int | None, is_there: bool) -> None:
    assert ("Зміни" in read(edition_of(number=number)).sheetnames) is is_there


def test_an_edition_in_which_nothing_changed_says_so(edition_of: Editions) -> None:
    sheet = read(replace(edition_of(), changes=()))["Зміни"]
    assert sheet["A3"].value == "Жодне число не змінилося."
    assert rows(sheet) == []


@pytest.mark.parametrize("role", list(Role))
def test_an_internal_workbook_says_so_on_every_page(edition_of: Editions, role: Role) -> None:
    book = read(edition_of(role))
    said = ["Для службового користування" in str(sheet.oddHeader.right.text) for sheet in book]
    assert said == [role is Role.ANALYST] * len(said)
    notices = text_of(book["Зміст"])
    assert ("Не оприлюднювати" in notices) is (role is Role.ANALYST)
    assert ("Для оприлюднення" in notices) is (role is Role.PUBLIC)


@pytest.mark.parametrize("is_so", [True, False])
def test_demonstration_data_an_unfinished_month_and_a_choice_say_so(edition_of: Editions, is_so: bool) -> None:
    restrictions = ("райони: Оболонський",) if is_so else ()
    book = read(edition_of(is_demo=is_so, is_unfinished=is_so, restrictions=restrictions))
    for text in ("Демонстраційні дані", "Місяць ще", "Звіт охоплює лише вибране"):
        assert (text in text_of(book["Зміст"])) is is_so
        assert (text in text_of(book["Примітки й джерела"])) is is_so
    for text in ("Демонстраційні дані", "Місяць ще не завершено", "Звіт охоплює лише вибране"):
        assert (text in str(book["Райони"]["A2"].value)) is is_so


def test_an_unfinished_month_is_compared_with_nothing(report_of: Callable[..., Report], edition_of: Editions) -> None:
    report = report_of(month=date(2026, 11, 1))
    sheet = read(replace(edition_of(number=None), report=report))["Порівняння"]
    assert rows(sheet) == []
    assert "не завершений" in str(sheet["A3"].value)


def test_an_empty_month_is_a_workbook(report_of: Callable[..., Report], edition_of: Editions) -> None:
    bare = replace(report_of(), findings=(), silent_spaces=(), charts=(), maps=(), gaps=(), restrictions=())
    empty = replace(bare, spaces=replace(bare.spaces, rows=()), themes=replace(bare.themes, rows=()), figures=())
    book = read(replace(edition_of(number=None), report=empty))
    assert book["Простори"]["A3"].value == "Жоден простір не провів подій."
    assert rows(book["Теми"]) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_is_a_formula_a_link_or_a_number(evil_edition: Edition, lang: Lang) -> None:
    edition = replace(evil_edition, report=replace(evil_edition.report, lang=lang))
    book = read(edition)
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in texts} == {"s", "n", "d"}
    internal = re.compile(r"'[^']+'!A1")
    assert all(cell.hyperlink is None or internal.fullmatch(cell.hyperlink.location) for cell in texts)
    assert book[say("sheet.districts", lang)]["A6"].value == neutral(EVIL)
    assert not [cell for cell in texts if str(cell.value).startswith(("=", "＝"))]


def test_numbers_written_as_text_stay_text(edition_of: Editions) -> None:
    edition = edition_of(silent_spaces=("007", "http://example.org", "1e5", "TRUE", "=1+1", "-5"))
    sheet = read(edition)["Простори без подій"]
    assert [cell.value for cell in sheet["A"][HEAD:]] == ["007", "http://example.org", "1e5", "TRUE", "'=1+1", "'-5"]
    assert {cell.data_type for cell in sheet["A"][HEAD:]} == {"s"}
    assert not [cell for cell in sheet["A"][HEAD:] if cell.hyperlink]


def test_an_ampersand_in_a_name_is_no_code_of_the_page_header(edition_of: Editions) -> None:
    book = read(edition_of(city="A&D&Bб" + "&" * 300))
    for sheet in book:
        assert len(sheet.oddHeader.left.text) < 255
        assert "A&&D&&Bб" in sheet.oddHeader.left.text


def test_the_same_edition_is_the_same_bytes_and_carries_its_own_day(edition_of: Editions) -> None:
    edition = edition_of()
    assert render(edition) == made(edition)
    properties = read(edition).properties
    assert properties.created.replace(tzinfo=UTC) == datetime(2026, 11, 14, tzinfo=UTC)
    assert properties.modified == properties.created
    assert read(edition_of(number=None)).properties.created.date() == edition.report.as_of_on
    assert (properties.creator, properties.title.replace("\u00a0", " ")) == ("civicspace", "Київ, жовтень 2026")
    assert edition.report.month == OCTOBER


@pytest.mark.parametrize("role", list(Role))
def test_nothing_personal_and_no_path_is_in_any_byte(
    canary_edition: Callable[[Role], Edition], unpacked: Callable[[bytes], dict[str, bytes]], role: Role
) -> None:
    files = unpacked(made(canary_edition(role)))
    assert any("Хаб a".encode() in content for content in files.values())
    for content in files.values():
        for canary in (*CANARIES, str(Path.cwd()), str(Path.home())):
            assert canary.encode() not in content
