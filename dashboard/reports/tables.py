"""Tables as files: CSV that spreadsheet programs open right, and texts and numbers fit for a cell of any file."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import pandas as pd

from dashboard.metrics.catalogue import FIGURES, SUPPORTING
from dashboard.reports.model import Cell

_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold, and so no office document: control characters, halves of pairs, U+FFFE and U+FFFF."""

_FORMULA_STARTS: Final = frozenset("=+-@")
_CONTROL_STARTS: Final = ("\t", "\r", "\n")
_OTHER_SEPARATORS: Final = re.compile("(?<=[;\t\r\n])")


def plain(text: str) -> str:
    """The text without the characters that no XML file may hold; tabs and line ends stay."""
    return _NOT_IN_XML.sub("", text)


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet program would take it for a formula.

    That is a text that begins with ``=``, ``+``, ``-`` or ``@``, in any width, after whatever blanks; or with a tab
    or a line end. What no XML file may hold is left out first, so that it cannot hide the beginning.
    """
    text = plain(text)
    return f"'{text}" if text.startswith(_CONTROL_STARTS) or _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Whether the first character that can be seen begins a formula; full-width and small forms count as plain."""
    first = next((each for each in text if unicodedata.category(each)[0] not in "ZC"), "")
    return unicodedata.normalize("NFKC", first) in _FORMULA_STARTS


def shown(figure_id: str, cell: Cell) -> float | None:
    """A cell's number as finely as it is shown anywhere; whole ones as int; None where it is hidden or not known.

    Raises:
        KeyError: the catalogue has no such figure.
    """
    if cell.is_hidden or cell.value is None:
        return None
    figure = FIGURES[figure_id] if figure_id in FIGURES else SUPPORTING[figure_id]
    return rounded(cell.value, figure.decimals)


def rounded(value: float, decimals: int) -> float:
    """A number with so many decimals, a half away from zero; an int where there are none."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return float(exact) if decimals else int(exact)


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame's columns as headers and its rows, UTF-8 with byte order mark; missing cells are empty.

    Numbers keep a decimal point; dates are ISO 8601; a text that looks like a formula is made text.
    """
    names = [str(name) for name in frame.columns]
    return rows_to_csv(names, ([_value(value) for value in row] for row in frame.itertuples(index=False, name=None)))


def rows_to_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A header and rows as CSV, UTF-8 with byte order mark.

    None is an empty cell, true and false are written so; dates are ISO 8601; no text is a formula, not even where
    a program set to semicolons or tabs cuts it in pieces.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_text(name) for name in names])
    writer.writerows([_written(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _written(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    first, *rest = _OTHER_SEPARATORS.split(neutral(text))
    return "".join([first, *(f"'{part}" if _is_formula(part) else part for part in rest)])


def _value(value: object) -> object:
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat(sep=" ")
    return value
