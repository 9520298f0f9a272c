import io
import subprocess
import zipfile
from datetime import datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl.sources import workbook as workbook_module
from etl.sources.limits import Limits
from etl.sources.raw import SourceError
from etl.sources.tabular import Grid
from etl.sources.workbook import read_workbook
from tests.unit.etl.sources.books import open_document

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


def grid_of(content: bytes, limits: Limits | None = None) -> Grid:
    (grid,) = read_workbook(content, is_header, limits or Limits())
    return grid


def test_an_open_document_is_read_with_its_types_and_merged_cells() -> None:
    value = '<table:table-cell office:value-type="{0}" office:{1}="{2}"><text:p>показано</text:p></table:table-cell>'
    merged = '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Б</text:p>'
    content = open_document(
        [
            HEADER,
            ["А", value.format("date", "date-value", "2026-02-14")],
            ["А", value.format("date", "date-value", "2026-02-14T18:00:00")],
            ["А", value.format("float", "value", "380671234567")],
            ["А", value.format("float", "value", "2967360.5")],
            [merged + "</table:table-cell>", "1"],
            ["<table:covered-table-cell/>", "2"],
        ]
    )
    assert [cells for _, cells in grid_of(content).rows] == [
        ("А", "2026-02-14"),
        ("А", "2026-02-14T18:00:00"),
        ("А", "380671234567"),
        ("А", "2967360.5"),
        ("Б", "1"),
        ("Б", "2"),
    ]


def test_rows_under_a_merged_cell_have_its_text_where_they_hold_anything() -> None:
    workbook = book([["Звіт"], HEADER, ["А", "1"], [None, "2"], [None, None], [None, "3"]])
    workbook.worksheets[0].merge_cells("A3:A5")
    assert grid_of(packed(workbook)).rows == ((3, ("А", "1")), (4, ("А", "2")), (6, ("", "3")))


def test_a_heading_over_all_columns_is_no_value_of_all_columns() -> None:
    workbook = book([HEADER, ["Лютий", None], ["А", "1"]])
    workbook.worksheets[0].merge_cells("A2:B2")
    assert grid_of(packed(workbook)).rows == ((2, ("Лютий", "")), (3, ("А", "1")))


def test_a_header_of_two_rows_is_put_together() -> None:
    workbook = book([["Простір", "Час"], [None, "Місяць"], ["А", "1"]])
    workbook.worksheets[0].merge_cells("A1:A2")
    grid = grid_of(packed(workbook))
    assert grid.header == ("Простір", "Місяць")
    assert grid.rows == ((3, ("А", "1")),)


def test_a_table_away_from_the_corner_keeps_its_rows_and_columns() -> None:
    workbook = book([])
    sheet = workbook.worksheets[0]
    for address, value in {"C3": "Простір", "D3": "Місяць", "C4": "А", "D5": "2"}.items():
        sheet[address] = value
    sheet.merge_cells("C4:C5")
    (grid,) = read_workbook(packed(workbook), lambda cells: tuple(cells)[2:4] == tuple(HEADER), Limits())
    assert grid.rows == ((4, ("", "", "А", "")), (5, ("", "", "А", "2")))


def test_days_of_an_old_mac_are_days() -> None:
    workbook = book([HEADER, [datetime.fromisoformat("2026-02-14T10:00"), 44605]])
    workbook.epoch = CALENDAR_MAC_1904
    grid = grid_of(packed(workbook))
    assert grid.is_1904
    assert grid.rows == ((2, ("2026-02-14T10:00:00", "44605")),)
    assert not grid_of(packed(book([HEADER]))).is_1904


def test_a_far_cell_is_refused_and_the_next_workbook_is_read() -> None:
    workbook = book([HEADER])
    workbook.worksheets[0]["XFD1048576"] = "x"
    content = packed(workbook)
    assert len(content) < 6000
    with pytest.raises(SourceError, match=r"CIVICSPACE_MAX_WORKBOOK_MEMORY_BYTES|cells of a sheet") as refusal:
        read_workbook(content, is_header, Limits())
    assert "МБ пам’яті" in refusal.value.reason_uk
    assert grid_of(packed(book([HEADER, ["А", "1"]]))).rows


def test_a_bomb_of_cells_runs_out_of_its_time() -> None:
    rows = b"<row>" + b"<c><v>1</v></c>" * 400 + b"</row>"
    content = rebuilt(packed(book([HEADER])), {"xl/worksheets/sheet1.xml": sheet_of(rows * 6_000)})
    with pytest.raises(SourceError, match=r"within 1 s; .*CIVICSPACE_MAX_WORKBOOK_SECONDS"):
        read_workbook(content, is_header, Limits(max_workbook_seconds=1))
    assert grid_of(packed(book([HEADER, ["А", "1"]]))).rows


def test_a_bomb_is_refused_by_its_unpacked_size_without_being_unpacked() -> None:
    content = rebuilt(packed(book([HEADER])), {"xl/bomb.xml": b" " * 30_000_000})
    assert len(content) < 50_000
    with pytest.raises(SourceError, match="bytes in the unpacked workbook, at most 20000000"):
        read_workbook(content, is_header, Limits(max_unpacked_bytes=20_000_000))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "xl\\..\\..\\x", "a/../b"])
def test_a_package_with_paths_out_of_it_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="lead out of it"):
        read_workbook(rebuilt(packed(book([HEADER])), {name: b"x"}), is_header, Limits())


def test_parts_are_counted_up_to_the_limit() -> None:
    content = packed(book([HEADER]))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = len(package.infolist())
    assert read_workbook(content, is_header, Limits(max_parts=parts))
    with pytest.raises(SourceError, match="parts in the workbook"):
        read_workbook(content, is_header, Limits(max_parts=parts - 1))


def test_a_reader_that_is_killed_is_started_again() -> None:
    assert grid_of(packed(book([HEADER])))
    workbook_module._reader.stop()
    assert grid_of(packed(book([HEADER])))


def test_the_reader_writes_no_files_and_gets_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    workbook_module._reader.stop()
    started: dict[str, object] = {}
    popen = subprocess.Popen

    def watched(*arguments: object, **options: object) -> object:
        started.update(options)
        return popen(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", watched)
    assert grid_of(packed(book([HEADER])))
    assert started["env"] == {}
    assert started["stderr"] == subprocess.DEVNULL


def sheet_of(rows: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="' + space + b'"><sheetData>' + rows + b"</sheetData></worksheet>"


def rebuilt(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with parts put in or in the place of others."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for name, text in parts.items():
            new.writestr(name, text)
    return target.getvalue()
