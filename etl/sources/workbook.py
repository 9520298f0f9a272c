"""XLSX workbooks: every sheet as a grid of text."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from xml.etree.ElementTree import ParseError

import openpyxl

from etl.sources.raw import SourceError
from etl.sources.tabular import (
    HEAD_ROWS,
    Grid,
    IsHeader,
    Limits,
    Row,
    check_columns,
    check_rows,
    keep_within,
    without_blank_end,
)

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl and zipfile raise for a workbook that is damaged, encrypted or made to harm."""


def read_workbook(content: bytes, is_header: IsHeader, limits: Limits) -> tuple[Grid, ...]:
    """Read every sheet that holds anything, in the workbook's order.

    Cells become text: dates ISO 8601 (without a time at midnight), times ``18:00``, whole numbers without a decimal
    point, true and false as TRUE and FALSE; formulas give the value that was last computed.

    Raises:
        SourceError: the file is no readable workbook, or a limit is exceeded.
    """
    try:
        _check_package(content, limits)
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations it does not know; none of them bears on cells.
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return tuple(_sheets(book, is_header, limits))
            finally:
                book.close()
    except SourceError:
        raise
    except _BROKEN:
        # Not chained: openpyxl's messages can hold a cell's text.
        raise SourceError(
            "книгу XLSX не вдалося відкрити: файл пошкоджено; відкрийте його в табличній програмі та збережіть знову",
            "the XLSX workbook cannot be opened: it is damaged; open it in a spreadsheet program and save it again",
        ) from None


def _check_package(content: bytes, limits: Limits) -> None:
    # The sizes that the package states are binding: zipfile stops reading a part there and then finds its sum wrong.
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise SourceError(
            "це архів, але не книга XLSX; збережіть таблицю як XLSX або CSV",
            "a package, but no XLSX workbook; save the table as XLSX or CSV",
        )
    keep_within(
        "байтів у розпакованій книзі",
        "bytes in the unpacked workbook",
        sum(part.file_size for part in parts),
        limits.max_unpacked_bytes,
        "залиште в книзі лише потрібний аркуш",
        "leave only the sheet that is needed",
    )


def _sheets(book: openpyxl.Workbook, is_header: IsHeader, limits: Limits) -> Iterator[Grid]:
    sheets = book.worksheets
    keep_within("аркушів", "sheets", len(sheets), limits.max_sheets, "поділіть книгу на частини", "split the workbook")
    for sheet in sheets:
        # The stated size is often wrong: too small hides rows, too large makes each row as wide as the widest.
        sheet.reset_dimensions()
        rows = list(_filled_rows(sheet.iter_rows(values_only=True), limits))
        if rows:
            yield _grid(sheet.title, rows, is_header, limits)


def _filled_rows(rows: Iterable[Sequence[object]], limits: Limits) -> Iterator[Row]:
    """Rows that hold anything. A stray cell far below costs one step of this loop for each row above it."""
    area = 0
    for number, cells in enumerate(rows, start=1):
        area += len(cells)
        if number > limits.max_sheet_row or area > limits.max_sheet_cells:
            _refuse_area(number, area, limits)
        texts = without_blank_end([_text(cell) for cell in cells])
        if texts:
            check_columns(len(texts), limits)
            yield number, texts


def _refuse_area(number: int, area: int, limits: Limits) -> None:
    remedy = ("вилучіть порожні рядки й стовпці навколо таблиці", "delete the empty rows and columns around the table")
    keep_within("рядків аркуша", "rows of a sheet", number, limits.max_sheet_row, *remedy)
    keep_within("клітинок аркуша", "cells of a sheet", area, limits.max_sheet_cells, *remedy)


def _grid(title: str, rows: list[Row], is_header: IsHeader, limits: Limits) -> Grid:
    at = next((i for i, (_, cells) in enumerate(rows[:HEAD_ROWS]) if is_header(cells)), None)
    if at is None:
        return Grid(title, tuple(rows[:HEAD_ROWS]))
    header = tuple(rows[at][1])
    blank_end = ("",) * len(header)
    body = [(number, (*cells, *blank_end[len(cells) :])) for number, cells in rows[at + 1 :]]
    check_rows(body, header, limits)
    return Grid(title, tuple(rows[:at]), header, tuple(body))


def _text(value: object) -> str:
    match value:
        case None:
            text = ""
        case str():
            text = value.strip()
        case bool():
            text = str(value).upper()
        case float():
            # 15 digits are what a spreadsheet keeps: a phone stays a phone, and 0.1 + 0.2 is 0.3.
            text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
        case datetime():
            second = (value + timedelta(milliseconds=500)).replace(microsecond=0)
            text = second.date().isoformat() if second.time() == time() else second.isoformat()
        case time():
            text = value.isoformat(timespec="seconds" if value.second else "minutes")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            text = f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            text = str(value).strip()
    return text
