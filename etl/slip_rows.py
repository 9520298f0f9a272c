"""Many rows of a worksheet from few: what is written of each kind of row once is repeated in the finished workbook.

A cell costs a writer of workbooks some ten microseconds, for it may be of any kind and style. The remarks of a slip are
many and say one of a few things, so each of these is written by that writer, once, and its row is copied with another
number. Only what the format itself says is relied on (ECMA-376, part 1, 18.3.1): where rows begin and end, and that a
row and its cells bear the row's number.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

_ROW: Final = re.compile(r'<row r="(\d+)"[^>]*>.*?</row>', re.DOTALL)
_NUMBERED: Final = re.compile(r'(<row r="|<c r="[A-Z]+)\d+')
_SPANS: Final = re.compile(r' spans="[^"]*"')
_SIZE: Final = re.compile(r'(<dimension ref="A1:[A-Z]+)\d+')
_ROW_NUMBER: Final = "\0"
_STATED: Final = "\1"
"""No text of a workbook can hold these two."""


def repeated(book: bytes, part: str, column: str, lines: Sequence[int], stated: Iterable[int]) -> bytes:
    """A workbook in which the rows below a sheet's header stand as often, and in the order, that is wanted.

    Args:
        book: an XLSX workbook.
        part: name of the sheet's part in its package. Its first row is the header, and none of its rows is blank.
        column: letter of the column that holds a number of its own in each row; in ``book`` it is 0 everywhere.
        lines: which row of the sheet each of the new ones repeats; 0 for the first below the header.
        stated: the number that each new row has in that column.

    Returns:
        The workbook, the same bytes for the same arguments.
    """
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as found, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for member in found.infolist():
            content = found.read(member)
            if member.filename == part:
                content = _sheet(content.decode(), column, lines, stated).encode()
            made.writestr(member, content, compresslevel=1)
    return sink.getvalue()


def _sheet(text: str, column: str, lines: Sequence[int], stated: Iterable[int]) -> str:
    header, *rows = _ROW.finditer(text)
    kinds = [_kind(row.group(), column) for row in rows]
    first = int(header.group(1)) + 1
    body = "".join(
        kinds[line].replace(_ROW_NUMBER, str(number)).replace(_STATED, str(own))
        for number, (line, own) in enumerate(zip(lines, stated, strict=True), start=first)
    )
    head = _SIZE.sub(rf"\g<1>{first + len(lines) - 1}", text[: header.end()], count=1)
    return head + body + text[rows[-1].end() :]


def _kind(row: str, column: str) -> str:
    numbered = _NUMBERED.sub(rf"\g<1>{_ROW_NUMBER}", _SPANS.sub("", row, count=1))
    own = re.compile(rf'(<c r="{column}{_ROW_NUMBER}"[^>]*><v>)0(?=</v>)')
    return own.sub(rf"\g<1>{_STATED}", numbered, count=1)
