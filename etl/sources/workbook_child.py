"""The process that reads workbooks: nobody's files are parsed where people's data and keys are.

Run as a script, it answers one request after another until its input ends. A request is a line of JSON (``size`` of the
workbook in bytes, and ``limits``) and the workbook; the answer is a line of JSON with its own length before it. Limits
of time and memory are the system's: what exceeds them ends this process, and `etl.sources.workbook` starts another.

It imports nothing of ours: it must start fast, and have little to harm.
"""

from __future__ import annotations

import io
import json
import resource
import signal
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

Answer = Mapping[str, object]
Span = tuple[int, int, int]
"""First row, last row and column of cells that are merged, from 0."""

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT_MAIN: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


class _ExceededError(Exception):
    """A limit is exceeded: its name and the number that was found."""

    def __init__(self, name: str, value: int) -> None:
        super().__init__(name)
        self.name = name
        self.value = value


def answer(content: bytes, limits: Mapping[str, int]) -> Answer:
    """What is in a workbook.

    Returns:
        ``sheets``: of each sheet that holds anything its ``name`` and ``rows`` (number from 1, texts), and
        ``is_1904``; or ``exceeded`` and ``value``: a limit and what was found; or ``failed``: ``password`` or
        ``damaged``. No message of a parser is repeated, for it may hold a cell's text.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            _keep("max_sheets", len(names), limits)
            spans = _open_document_spans(content)
            sheets = []
            for name in names:
                rows = list(_rows(book.get_sheet_by_name(name), spans.get(name, ()), limits))
                if rows:
                    sheets.append({"name": name, "rows": rows})
    except _ExceededError as error:
        return {"exceeded": error.name, "value": error.value}
    except PasswordError:
        return {"failed": "password"}
    except (CalamineError, ET.ParseError, OSError, ValueError, OverflowError, KeyError, zipfile.BadZipFile):
        return {"failed": "damaged"}
    return {"sheets": sheets, "is_1904": _is_1904(content)}


def _keep(name: str, value: int, limits: Mapping[str, int]) -> None:
    if value > limits[name]:
        raise _ExceededError(name, value)


def _rows(sheet: CalamineSheet, spans: tuple[Span, ...], limits: Mapping[str, int]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything; cells that a merged cell covers downwards hold its text."""
    if sheet.start is None or sheet.end is None:
        return
    (_, left), (last_row, last_column) = sheet.start, sheet.end
    blank_start = [""] * left
    _keep("max_sheet_row", last_row + 1, limits)
    _keep("max_sheet_cells", (last_row + 1) * (last_column + 1), limits)
    merged = [(top, bottom, left) for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()]
    downwards = sorted(span for span in (*merged, *spans) if span[1] > span[0])
    open_spans: list[tuple[int, int, str]] = []
    for index, cells in enumerate(sheet.iter_rows()):
        texts = [*blank_start, *map(text_of, cells)]
        is_filled = any(texts)
        while downwards and downwards[0][0] <= index:
            _, bottom, column = downwards.pop(0)
            if column < len(texts):
                open_spans.append((bottom, column, texts[column]))
        if not is_filled:
            continue
        open_spans = [span for span in open_spans if span[0] >= index]
        for _, column, text in open_spans:
            texts[column] = texts[column] or text
        while texts and not texts[-1]:
            texts.pop()
        _keep("max_columns", len(texts), limits)
        yield index + 1, texts


def text_of(value: object) -> str:
    """A cell as text: days as ISO 8601, times ``18:00``, whole numbers without a point, true and false in capitals."""
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
            text = _moment(value)
        case date():
            text = value.isoformat()
        case time():
            text = value.isoformat(timespec="seconds" if value.second else "minutes")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            text = f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            text = str(value).strip()
    return text


def _moment(value: datetime) -> str:
    if value.year == 9999:
        return value.replace(microsecond=0).isoformat()
    second = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return second.date().isoformat() if second.time() == time() else second.isoformat()


def _is_1904(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if "xl/workbook.xml" not in package.namelist():
            return False
        root = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - limits of this process hold a bomb
    found = (root.find(f"{space}workbookPr") for space in (_MAIN, _STRICT_MAIN))
    stated = next((element.get("date1904") for element in found if element is not None), None)
    return stated in {"1", "true", "on"}


def _open_document_spans(content: bytes) -> dict[str, tuple[Span, ...]]:
    """Cells of an OpenDocument table that are merged downwards; calamine tells them of other workbooks only."""
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if "content.xml" not in package.namelist():
            return {}
        part = package.read("content.xml")
    spans: dict[str, tuple[Span, ...]] = {}
    for table in ET.fromstring(part).iter(f"{_TABLE}table"):  # noqa: S314 - limits of this process hold a bomb
        found: list[Span] = []
        row_number = 0
        for row in table.iter(f"{_TABLE}table-row"):
            column = 0
            for cell in row:
                height = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
                if height > 1:
                    found.append((row_number, row_number + height - 1, column))
                column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            row_number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        spans[table.get(f"{_TABLE}name", "")] = tuple(found)
    return spans


def _limit(memory_bytes: int, seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    so_far = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CPU, (so_far + seconds, resource.RLIM_INFINITY))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while line := requests.readline():
        _serve(json.loads(line), requests, answers)


def _serve(request: dict[str, Any], requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer one; nothing of it is held while the next is waited for."""
    limits = request["limits"]
    _limit(limits["max_workbook_memory_bytes"], limits["max_workbook_seconds"])
    content = requests.read(request["size"])
    try:
        found = answer(content, limits)
        text = json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except MemoryError:
        text = b'{"failed": "memory"}'
    answers.write(b"%d\n" % len(text))
    answers.write(text)
    answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked; they end this process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)
