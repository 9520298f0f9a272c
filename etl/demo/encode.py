"""Rows → bytes of a file, the same bytes each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

_MADE_AT: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's own clock has no zone


@dataclass(frozen=True)
class Dialect:
    """How a tool writes CSV."""

    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\r\n"
    quotes_text: bool = False
    """Every text is quoted, numbers are not."""


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]], dialect: Dialect) -> bytes:
    """A CSV file; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=dialect.delimiter,
        lineterminator=dialect.line_end,
        quoting=csv.QUOTE_NONNUMERIC if dialect.quotes_text else csv.QUOTE_MINIMAL,
    )
    writer.writerow(header)
    writer.writerows(rows)
    text = out.getvalue()
    if dialect.encoding == "cp1251":
        text = text.replace("ʼ", "’")  # the code page has no letter apostrophe
    return text.encode(dialect.encoding)


def workbook_bytes(sheets: Sequence[tuple[str, Iterable[Sequence[Any]]]]) -> bytes:
    """An XLSX workbook of named sheets; days are date cells, None is an empty cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": _MADE_AT})
        as_day = book.add_format({"num_format": "dd.mm.yyyy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write(sheet, (number, column), value, as_day)
    return out.getvalue()


def _write(sheet: Any, cell: tuple[int, int], value: Any, as_day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(*cell, value, as_day)
    elif isinstance(value, (int, float)):
        sheet.write_number(*cell, value)
    else:
        sheet.write_string(*cell, value)
