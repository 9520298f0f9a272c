"""How large a file may be: the limits, how each is set, and how a file beyond one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Final

from etl.errors import SpokenError
from etl.sources.raw import SourceError

_PREFIX: Final = "CIVICSPACE_MAX_"


@dataclass(frozen=True)
class Limits:
    """How large a file may be. A file beyond a limit is refused, with the limit named (see `variable`)."""

    max_file_bytes: int = 50_000_000
    max_unpacked_bytes: int = 400_000_000
    """All parts of a workbook together, unpacked."""
    max_parts: int = 10_000
    """Parts that a workbook's package holds."""
    max_workbook_seconds: int = 60
    """Processor time that reading one workbook may take."""
    max_workbook_memory_bytes: int = 2_000_000_000
    """Address space of the process that reads workbooks."""
    max_sheets: int = 50
    max_sheet_row: int = 1_048_576
    """Last row that a spreadsheet program can hold."""
    max_sheet_cells: int = 20_000_000
    """Area of a sheet, blank cells included: a stray cell far to the right makes every row wide."""
    max_rows: int = 300_000
    max_columns: int = 500
    max_cell_chars: int = 32_767
    max_open_quotes: int = 1_000
    """Each line with a quote left open costs a second reading of what it swallowed."""
    max_depth: int = 60
    """Lists and objects of JSON within each other."""
    max_calendar_events: int = 20_000
    max_occurrences: int = 1_000
    """Occurrences of one event of a calendar that recurs; further ones are left out, which is remarked."""
    max_recurrence_days: int = 2_000_000
    """Days that all recurring events of a calendar span together."""


DEFAULT_LIMITS: Final = Limits()

_LESS_SHEET: Final = (
    "вилучіть порожні рядки й стовпці навколо таблиці",
    "delete the empty rows and columns around the table",
)
_ONE_SHEET: Final = ("залиште в книзі лише потрібний аркуш", "leave only the sheet that is needed")
_SHORTER_TIME: Final = ("вивантажте коротший проміжок часу", "export a shorter time")
_WORDS: Final[Mapping[str, tuple[str, str, str, str]]] = MappingProxyType(
    {
        "max_file_bytes": ("байтів у файлі", "bytes in the file", "поділіть файл на частини", "split the file"),
        "max_unpacked_bytes": ("байтів у розпакованій книзі", "bytes in the unpacked workbook", *_ONE_SHEET),
        "max_parts": ("частин у книзі", "parts in the workbook", *_ONE_SHEET),
        "max_sheets": ("аркушів", "sheets", "поділіть книгу на частини", "split the workbook"),
        "max_sheet_row": ("рядків аркуша", "rows of a sheet", *_LESS_SHEET),
        "max_sheet_cells": ("клітинок аркуша", "cells of a sheet", *_LESS_SHEET),
        "max_rows": ("рядків", "rows", "поділіть файл на частини", "split the file"),
        "max_columns": ("стовпців", "columns", "вилучіть зайві стовпці", "delete the columns that are not needed"),
        "max_cell_chars": (
            "знаків у клітинці",
            "characters in a cell",
            "скоротіть текст або перевірте лапки у файлі",
            "shorten the text or look for a quote left open in the file",
        ),
        "max_open_quotes": (
            "незакритих лапок",
            "quotes left open",
            "збережіть файл знову як CSV UTF-8",
            "save the file again as CSV UTF-8",
        ),
        "max_depth": (
            "рівнів вкладення JSON",
            "levels of JSON within each other",
            "надішліть простий список записів",
            "send a plain list of records",
        ),
        "max_calendar_events": ("подій у календарі", "events in the calendar", *_SHORTER_TIME),
        "max_recurrence_days": ("днів повторення", "days of recurrence", *_SHORTER_TIME),
    }
)
"""What is too much and what the sender can do; the limits of time and memory have words of their own."""


class LimitError(SpokenError):
    """A limit is set to what is no limit, or one is set that there is none of."""


def variable(name: str) -> str:
    """The environment variable that sets a limit: ``CIVICSPACE_MAX_ROWS`` for ``max_rows``."""
    return f"CIVICSPACE_{name.upper()}"


def limits_of(environ: Mapping[str, str]) -> Limits:
    """The limits with what the environment says of them.

    Raises:
        LimitError: a value is no whole number above 0, or a variable names no limit.
    """
    names = {variable(field.name): field.name for field in fields(Limits)}
    stated = {name: text for name, text in environ.items() if name.startswith(_PREFIX)}
    unknown = ", ".join(sorted(stated.keys() - names.keys()))
    if unknown:
        known = ", ".join(names)
        raise LimitError(f"немає такої межі: {unknown}; є: {known}", f"no such limit: {unknown}; there are: {known}")
    for name, text in stated.items():
        if not (text.isascii() and text.isdecimal() and int(text)):
            raise LimitError(
                f"{name} має бути цілим числом, більшим за 0, а не «{text}»",
                f"{name} must be a whole number above 0, not «{text}»",
            )
    return Limits(**{names[name]: int(text) for name, text in stated.items()})


def keep_within(name: str, value: int, limits: Limits) -> None:
    """Refuse a file that has more of something than its limit.

    Raises:
        SourceError: ``value`` is above the limit of this name.
    """
    limit: int = getattr(limits, name)
    if value > limit:
        what_uk, what_en, remedy_uk, remedy_en = _WORDS[name]
        raise SourceError(
            f"забагато: {what_uk} — {value}, дозволено не більше {limit}; {remedy_uk}"
            f" або підніміть межу {variable(name)}",
            f"too large: {value} {what_en}, at most {limit} are allowed; {remedy_en}, or raise the limit"
            f" {variable(name)}",
        )
