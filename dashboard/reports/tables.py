"""A table as a file: CSV that spreadsheet programs open right, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
from typing import Final

import pandas as pd

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame's columns as headers and its rows, UTF-8 with byte order mark; missing cells are empty.

    Numbers keep a decimal point; dates are ISO 8601; a text that looks like a formula is made text.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([neutral(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat(sep=" ")
    return neutral(value) if isinstance(value, str) else value
