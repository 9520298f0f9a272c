"""What one chart shows, as a file: its numbers as CSV and as a workbook, each with where they come from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import pandas as pd
import xlsxwriter

from dashboard.reports.tables import neutral, plain, rows_to_csv
from dashboard.text.frame import say
from dashboard.text.words import Lang

_HEAD_ROW: Final = 3
_NARROWEST: Final = 9
_WIDEST: Final = 60
_NUMBERS: Final = ("count", "number", "percent", "change")
_LOCALES: Final = {"uk": "[$-422]", "en": "[$-809]"}
_FONT: Final = {"font_name": "Arial", "font_size": 10, "valign": "top"}


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart."""

    names: tuple[str, ...]
    """The columns, by the figure's id where there is one."""
    headings: tuple[str, ...]
    written: tuple[str, ...]
    """How each column is written: «count», «number», «percent», «change», «date», «month»; all else is text."""
    rows: tuple[tuple[object, ...], ...]
    """Numbers and days as such, what is hidden in words, what is missing as None."""


@dataclass(frozen=True)
class Imprint:
    """What goes with a chart wherever it goes."""

    title: str
    subtitle: str
    source: str
    """Where the data come from and how old they are."""
    lang: Lang


def as_csv(table: Table, note: str | None = None) -> bytes:
    """The rows as CSV with byte order mark; days are ISO 8601, numbers keep a decimal point, no text is a formula.

    Args:
        table: the numbers.
        note: what stands in a last column of each row, such as that the data are invented; None for no such column.
    """
    more = () if note is None else (note,)
    rows = ([*(_iso(value) for value in row), *more] for row in table.rows)
    return rows_to_csv([*table.headings, *("" for _ in more)], rows)


def as_xlsx(table: Table, imprint: Imprint) -> bytes:
    """The rows as a workbook of one sheet: title, source, then the table with typed cells.

    Texts are never taken for formulas, links or numbers.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = {name: book.add_format({**_FONT, **given}) for name, given in _formats(imprint.lang).items()}
        sheet = book.add_worksheet(say("data", imprint.lang))
        above = ((imprint.title, "title"), (imprint.subtitle, "text"), (imprint.source, "quiet"))
        for place, (text, format_) in enumerate(above):
            sheet.write_string(place, 0, neutral(text), formats[format_])
        for column, heading in enumerate(table.headings):
            sheet.write_string(_HEAD_ROW, column, neutral(heading), formats["head"])
            sheet.set_column(column, column, _width(heading, [row[column] for row in table.rows]))
        for place, row in enumerate(table.rows, start=_HEAD_ROW + 1):
            for column, (value, how) in enumerate(zip(row, table.written, strict=True)):
                _write(sheet, (place, column), value, how, formats)
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        if table.headings:
            sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + max(len(table.rows), 1), len(table.headings) - 1)
    return out.getvalue()


def _formats(lang: Lang) -> dict[str, dict[str, object]]:
    return {
        "title": {"bold": True, "font_size": 14},
        "text": {},
        "quiet": {"font_color": "#5b6775"},
        "head": {"bold": True, "bottom": 2, "text_wrap": True, "bg_color": "#eef2f6"},
        "count": {"num_format": "#,##0"},
        "number": {"num_format": "#,##0.0"},
        "percent": {"num_format": '0.0"\u00a0%"'},
        "change": {"num_format": "+#,##0;\u2212#,##0;0"},
        "date": {"num_format": f"{_LOCALES[lang]}d mmmm yyyy", "align": "left"},
        "month": {"num_format": f"{_LOCALES[lang]}mmmm yyyy", "align": "left"},
    }


def _write(sheet: Any, place: tuple[int, int], value: object, how: str, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool | str):
        sheet.write_string(*place, neutral(str(value)), formats["text"])
    elif isinstance(value, date):
        at = value if isinstance(value, datetime) else datetime.combine(value, time())
        sheet.write_datetime(*place, at, formats[how if how in ("date", "month") else "date"])
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, formats[how if how in _NUMBERS else "text"])
    else:
        sheet.write_string(*place, neutral(plain(str(value))), formats["text"])


def cell(value: Any) -> object:
    """A value of a frame as a plain one: missing as None, numpy's numbers as Python's, days as days."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if value == value.normalize() else value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _width(heading: str, values: Sequence[object]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    word = max((len(part) for part in heading.split()), default=0)
    return min(max(longest, word + 3, _NARROWEST) + 1, _WIDEST)
