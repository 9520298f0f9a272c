"""Bytes of any kind of file → grids of text. What kind it is, its content says, never its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from etl.sources import calendars, json_documents
from etl.sources.delimited import read_delimited
from etl.sources.encoding import decode
from etl.sources.limits import DEFAULT_LIMITS, Limits, keep_within
from etl.sources.raw import SourceError
from etl.sources.tabular import Grid, IsHeader
from etl.sources.workbook import read_workbook

_BOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_NO_LISTS: Final[Mapping[bytes, str]] = MappingProxyType(
    {
        b"%PDF": "PDF",
        b"{\\rtf": "RTF",
        b"\x1f\x8b": "GZIP",
        b"7z\xbc\xaf\x27\x1c": "7Z",
        b"Rar!": "RAR",
        b"BZh": "BZIP2",
        b"\xfd7zXZ": "XZ",
        b"\x89PNG": "PNG",
        b"\xff\xd8\xff": "JPEG",
        b"GIF8": "GIF",
        b"PAR1": "Parquet",
        b"SQLite format 3": "SQLite",
        b"PK\x05\x06": "ZIP",
    }
)
_IS_MARKUP: Final = re.compile(r"\s*<(?:!doctype|html|\?xml|table)\b", re.IGNORECASE)
_IS_JSON: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")


def read_grids(
    content: bytes, is_header: IsHeader, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[Grid, ...], str | None]:
    """Every table of a file, and the encoding of a text file.

    Raises:
        SourceError: the file is too large, empty or no table.
    """
    keep_within("max_file_bytes", len(content), limits)
    if content.startswith(_BOOKS):
        return read_workbook(content, is_header, limits), None
    kind = next((name for start, name in _NO_LISTS.items() if content.startswith(start)), None)
    if kind:
        raise _no_list(kind)
    if calendars.is_calendar(content):
        return calendars.read_calendar(content, limits)
    text, encoding = decode(content)
    if not text or text.isspace():
        raise empty()
    if _IS_JSON.match(text):
        return json_documents.read_json(text, limits), encoding
    if _IS_MARKUP.match(text):
        raise _no_list("HTML / XML")
    return (read_delimited(text, is_header, limits),), encoding


def empty() -> SourceError:
    """The refusal of a file that holds nothing."""
    return SourceError(
        "у файлі немає жодного рядка; перевірте, чи це той файл", "the file has no rows; check that it is the right one"
    )


def _no_list(kind: str) -> SourceError:
    return SourceError(
        f"це файл {kind}, а не таблиця; надішліть сам перелік як XLSX або CSV UTF-8",
        f"this is a file of the kind {kind}, no table; send the list itself as XLSX or CSV UTF-8",
    )
