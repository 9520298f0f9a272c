import io
import zipfile
from datetime import datetime, time, timedelta

import openpyxl
import pytest

from etl.sources.raw import SourceError
from etl.sources.tabular import Limits
from etl.sources.workbook import read_workbook

HEADER = ["Простір", "Місяць"]


def is_header(cells: object) -> bool:
    return list(cells)[:2] == HEADER if isinstance(cells, tuple) else False


def book(*sheets: list[list[object]]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"Аркуш {number}")
        for row in rows:
            sheet.append(row)
    return workbook


def packed(workbook: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Хаб ", "Хаб"),
        ("NA", "NA"),
        ("0671234567", "0671234567"),
        (380671234567, "380671234567"),
        (380671234567.0, "380671234567"),
        (50.4501, "50.4501"),
        (0.1 + 0.2, "0.3"),
        (-1.5, "-1.5"),
        (0, "0"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime.fromisoformat("2026-02-14"), "2026-02-14"),
        (datetime.fromisoformat("2026-02-14T09:05"), "2026-02-14T09:05:00"),
        (time(18, 0), "18:00"),
        (time(18, 0, 5), "18:00:05"),
        (timedelta(hours=26, minutes=30), "26:30"),
    ],
)
def test_cells_become_text(value: object, text: str) -> None:
    (grid,) = read_workbook(packed(book([HEADER, [value, "x"]])), is_header, Limits())
    assert grid.rows == ((2, (text, "x")),)


def test_rows_keep_the_number_that_the_sheet_shows() -> None:
    rows: list[list[object]] = [["Звіт"], [], HEADER, [None, "A"], [], [None, None], ["Б"]]
    (grid,) = read_workbook(packed(book(rows)), is_header, Limits())
    assert grid.above == ((1, ("Звіт",)),)
    assert grid.rows == ((4, ("", "A")), (7, ("Б", "")))


def test_every_sheet_that_holds_anything_is_a_grid() -> None:
    grids = read_workbook(packed(book([HEADER, ["А", "1"]], [], [["нотатка"]])), is_header, Limits())
    assert [(grid.sheet, bool(grid.header), len(grid.rows)) for grid in grids] == [
        ("Аркуш 1", True, 1),
        ("Аркуш 3", False, 0),
    ]


def test_a_stray_cell_far_below_is_reached_and_nothing_is_lost() -> None:
    workbook = book([HEADER, ["А", "1"]])
    workbook.worksheets[0]["A40000"] = "Б"
    (grid,) = read_workbook(packed(workbook), is_header, Limits())
    assert grid.rows == ((2, ("А", "1")), (40000, ("Б", "")))


def test_rows_of_a_sheet_are_counted_up_to_the_limit() -> None:
    workbook = book([HEADER])
    workbook.worksheets[0]["A100"] = "Б"
    assert read_workbook(packed(workbook), is_header, Limits(max_sheet_row=100))
    with pytest.raises(SourceError, match="100 rows of a sheet, at most 99"):
        read_workbook(packed(workbook), is_header, Limits(max_sheet_row=99))


def test_a_stray_cell_far_to_the_right_is_refused() -> None:
    workbook = book([HEADER])
    workbook.worksheets[0]["XFD2"] = "Б"
    with pytest.raises(SourceError, match="16384 columns, at most 500"):
        read_workbook(packed(workbook), is_header, Limits())


def test_cells_of_a_sheet_are_counted_up_to_the_limit() -> None:
    content = packed(book([HEADER, ["А", "1"]]))
    assert read_workbook(content, is_header, Limits(max_sheet_cells=4))
    with pytest.raises(SourceError, match="4 cells of a sheet, at most 3"):
        read_workbook(content, is_header, Limits(max_sheet_cells=3))


def test_sheets_are_counted_up_to_the_limit() -> None:
    content = packed(book([HEADER], [HEADER]))
    assert len(read_workbook(content, is_header, Limits(max_sheets=2))) == 2
    with pytest.raises(SourceError, match="2 sheets, at most 1"):
        read_workbook(content, is_header, Limits(max_sheets=1))


def test_the_unpacked_size_is_checked_before_reading() -> None:
    content = packed(book([HEADER]))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = sum(part.file_size for part in package.infolist())
    assert read_workbook(content, is_header, Limits(max_unpacked_bytes=size))
    with pytest.raises(SourceError, match="bytes in the unpacked workbook"):
        read_workbook(content, is_header, Limits(max_unpacked_bytes=size - 1))


def test_a_damaged_workbook_is_refused() -> None:
    content = packed(book([HEADER]))
    for damaged in (content[:200], b"PK\x03\x04" + b"x" * 50):
        with pytest.raises(SourceError, match="cannot be opened") as refusal:
            read_workbook(damaged, is_header, Limits())
        assert refusal.value.__suppress_context__


def test_entities_in_a_workbook_are_refused() -> None:
    source = io.BytesIO(packed(book([HEADER])))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text.partition(b"?>")[2]
            new.writestr(part, text)
    with pytest.raises(SourceError, match="cannot be opened"):
        read_workbook(target.getvalue(), is_header, Limits())


def test_another_package_is_no_workbook() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("word/document.xml", "x")
    with pytest.raises(SourceError, match="no XLSX or ODS workbook"):
        read_workbook(content.getvalue(), is_header, Limits())
