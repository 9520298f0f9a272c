"""Return slips: what became of a list, row by row, as a workbook for whoever sent it.

A slip repeats nothing of the list but names of its file, sheets and headers: the sender finds the cell by its address.
"""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from etl import contacts
from etl.accounts import FileAccount
from etl.issues import REASONS
from etl.slip_rows import repeated
from etl.transform.ids import digest
from etl.transform.text import clean
from etl.words import Language, counted, say

MAX_REMARKS: Final = 100_000
"""Most remarks on one slip: more than anybody corrects before sending the list again."""

MAX_REPETITIONS: Final = 1_000
"""Most repetitions that one slip names by their rows. Nobody corrects them, and all are counted; in a large file they
are most of the remarks, and a slip with all of them takes longer to write than the file to read."""

_OUTCOMES: Final = ("rejected", "flagged", "duplicate")
"""What the sender has to act upon comes first."""
_FORMULA_STARTS: Final = ("=", "+", "-", "@")
_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\u0000-\u001f\u007f]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST_NAME: Final = 100
"""Letters; a Cyrillic one takes two of the 255 bytes that a file's name may have."""

_ACCOUNT_WIDTHS: Final = (34, 44, 38, 10, 20)
_LINE_PT: Final = 13.5
_WIDTH_OF_LETTER: Final = 1.1
"""Cyrillic letters are wider than the digits in which a column's width is stated."""

_REMARK_COLUMNS: Final = (
    ("sheet", 14),
    ("row", 8),
    ("letter", 10),
    ("header", 22),
    ("outcome", 17),
    ("reason", 36),
    ("fix", 32),
    ("suggestion", 22),
    ("certainty", 10),
    ("code", 20),
)
_WIDTHS: Final = dict(_REMARK_COLUMNS)
_AT: Final = {key: column for column, (key, _) in enumerate(_REMARK_COLUMNS)}
_ROW_LETTER: Final = xl_col_to_name(_AT["row"])
_REMARKS_PART: Final = "xl/worksheets/sheet2.xml"
_REASON_COLUMNS: Final = ("outcome", "reason", "fix", "rows", "code")


@dataclass(frozen=True)
class Occasion:
    """On what occasion lists were read."""

    read_at: datetime
    """Local time."""
    read_by: str
    """Name and version of the program."""
    snapshot_id: str | None = None
    """The snapshot they are in; None for a check, which publishes nothing."""


def is_due(account: FileAccount) -> bool:
    """Whether a file gets a slip: it was refused, or rows of it were rejected or loaded with a remark."""
    if account.kind != "inbox" or account.copy_of:
        return False
    told = any(REASONS[code].outcome != "duplicate" for code in account.reasons)
    return account.refusal is not None or told


def slip_path(path: str, language: Language) -> PurePosixPath:
    """Where the slip of a file lies below the folder of slips: as the file below the inbox, its names made safe.

    Two files never share a slip: a name that had to be changed ends in digits that stand for the one it was.
    """
    *folders, name = (_safe(part) for part in PurePosixPath(path).parts)
    return PurePosixPath(*folders, say(language, "slip.name", name=name))


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula, also once the slip is saved as CSV.

    What begins with ``=``, ``+``, ``-`` or ``@`` in any width gets an apostrophe before it. Control characters are
    left out and a contact, which only a table without a header has in its place, is not repeated.
    """
    if contacts.holds(text):
        return "…"
    shown = clean(text)
    return f"'{shown}" if unicodedata.normalize("NFKC", shown).lstrip().startswith(_FORMULA_STARTS) else shown


def slip(
    account: FileAccount, remarks: pa.Table, occasion: Occasion, city_name: str | None, language: Language
) -> bytes:
    """The workbook for one file.

    Args:
        account: what became of the file.
        remarks: `Bundle.table_of` the file; those of other files are passed over.
        occasion: when and by whom it was read.
        city_name: the city it is about, in ``language``; None where that is not known.
        language: of all words.

    Returns:
        An XLSX workbook: the account, and unless the file was refused every remark with the address of its cell. The
        same bytes for the same arguments.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    told = _ordered(remarks.filter(pc.equal(remarks["source_id"], account.source_id)))
    shown = _shown(told)
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": say(language, "slip.title"), "created": occasion.read_at.replace(tzinfo=None)})
        writer = _Writer(book, language)
        writer.write_account(account, told, occasion, city_name, shown.num_rows)
        lines = writer.write_remarks(shown) if shown.num_rows else []
    content = buffer.getvalue()
    return repeated(content, _REMARKS_PART, _ROW_LETTER, lines, shown["row"].to_pylist()) if lines else content


def slip_of(task: tuple[FileAccount, pa.Table, Occasion, str | None, Language]) -> bytes:
    """`slip`, as a task for `etl.executors.Workers`."""
    return slip(*task)


def _ordered(told: pa.Table) -> pa.Table:
    rank = pc.index_in(told["outcome"], value_set=pa.array(_OUTCOMES))
    order = [(name, "ascending") for name in ("rank", "sheet", "row", "code")]
    return told.append_column("rank", rank).sort_by(order)


def _shown(told: pa.Table) -> pa.Table:
    """Remarks that are named by their rows, in this order: repetitions stand at the end."""
    is_repeat = pc.equal(told["outcome"], "duplicate").to_numpy()
    return told.filter(pa.array(~is_repeat | (is_repeat.cumsum() <= MAX_REPETITIONS))).slice(0, MAX_REMARKS)


def _safe(name: str) -> str:
    safe = _NOT_IN_NAMES.sub("_", contacts.hide(unicodedata.normalize("NFC", name))).strip(" .").lstrip("-=+@~")
    safe = clean(safe)[:_LONGEST_NAME]
    if not safe or _RESERVED.match(safe):
        safe = f"_{safe}"
    return safe if safe == name else f"{safe}-{digest(name)[:6]}"


def _height_pt(*cells: tuple[str, int]) -> float:
    """Height of a row in which texts are wrapped at widths in characters; not every program finds it by itself."""
    lines = max(math.ceil(_WIDTH_OF_LETTER * len(text) / width) for text, width in (*cells, ("–", 1)))
    return _LINE_PT * lines


@dataclass(frozen=True)
class _Line:
    """What a remark says: texts with their columns and styles."""

    height_pt: float
    texts: tuple[tuple[int, str, Any], ...]
    certainty: float | None


class _Writer:
    """Writes the sheets of one slip. Every cell has its type; no text can become a formula, a number or a link."""

    def __init__(self, book: Any, language: Language) -> None:  # xlsxwriter has no types
        self.book = book
        self.language = language
        base = {"font_name": "Liberation Sans", "font_size": 10, "valign": "top"}
        head = {**base, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "border": 1}
        self.plain = book.add_format(base)
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.indented = book.add_format({**base, "indent": 1})
        self.bold = book.add_format({**base, "bold": True})
        self.title = book.add_format({**base, "bold": True, "font_size": 14})
        self.head = book.add_format(head)
        self.middle = book.add_format({**base, "align": "center"})
        self.count = book.add_format({**base, "num_format": "#,##0", "align": "left"})
        self.total = book.add_format({**base, "num_format": "#,##0", "align": "left", "bold": True})
        self.percent = book.add_format({**base, "num_format": "0%", "align": "center"})
        self.moment = book.add_format({**base, "num_format": "dd.mm.yyyy hh:mm", "align": "left"})
        self.outcomes = {
            "rejected": book.add_format({**base, "bg_color": "#F8D7DA", "font_color": "#7A1420", "text_wrap": True}),
            "flagged": book.add_format({**base, "bg_color": "#FFF3CD", "font_color": "#664D03", "text_wrap": True}),
            "duplicate": book.add_format({**base, "bg_color": "#E9ECEF", "font_color": "#343A40", "text_wrap": True}),
        }

    def say(self, key: str, **values: object) -> str:
        return say(self.language, f"slip.{key}", **values)

    def text(self, sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
        sheet.write_string(row, column, harmless(text), style or self.plain)

    def sheet(self, key: str) -> Any:
        sheet = self.book.add_worksheet(self.say(key))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    def write_account(
        self, account: FileAccount, told: pa.Table, occasion: Occasion, city_name: str | None, shown: int
    ) -> None:
        sheet = self.sheet("account")
        for column, width in enumerate(_ACCOUNT_WIDTHS):
            sheet.set_column(column, column, width)
        self.text(sheet, 0, 0, self.say("title"), self.title)
        sheet.freeze_panes(1, 0)
        row = self._about(sheet, account, occasion, city_name)
        if account.refusal:
            uk, en = account.refusal
            self.text(sheet, row, 0, self.say("refused"), self.bold)
            sheet.merge_range(row, 1, row, 4, "", self.wrapped)
            self.text(sheet, row, 1, uk if self.language is Language.UK else en, self.wrapped)
            sheet.set_row(row, 90)
            self._lines(sheet, row + 2, ["to_do_refused"])
            return
        row = self._sums(sheet, row, account, told)
        row = self._lines(sheet, row, ["to_do_1", "to_do_2", "to_do_3", "to_do_4"])
        row = self._reasons(sheet, row, told)
        if account.unknown_columns:
            self.text(sheet, row, 0, self.say("unused"), self.bold)
            for offset, header in enumerate(account.unknown_columns):
                self.text(sheet, row + offset, 1, header)
            row += len(account.unknown_columns) + 1
        if shown < told.num_rows:
            is_full = shown == MAX_REMARKS
            key, most = ("cut", MAX_REMARKS) if is_full else ("cut_repeated", MAX_REPETITIONS)
            self.text(sheet, row, 0, self.say(key, shown=most, more=told.num_rows - shown), self.bold)

    def _about(self, sheet: Any, account: FileAccount, occasion: Occasion, city_name: str | None) -> int:
        """Which file, when, by whom; the row to go on at."""
        lines = {
            "file": account.path,
            "city": city_name or "–",
            "format": account.format,
            "who": occasion.read_by,
            "snapshot": occasion.snapshot_id or self.say("checked"),
        }
        for row, (key, text) in enumerate(lines.items(), start=2):
            self.text(sheet, row, 0, self.say(key), self.bold)
            self.text(sheet, row, 1, text)
        row = 2 + len(lines)
        self.text(sheet, row, 0, self.say("when"), self.bold)
        sheet.write_datetime(row, 1, occasion.read_at.replace(tzinfo=None), self.moment)
        return row + 2

    def _sums(self, sheet: Any, row: int, account: FileAccount, told: pa.Table) -> int:
        """Read = loaded + duplicate + rejected, in numbers and in a sentence; the row to go on at."""
        counts = {"loaded": account.loaded, "duplicate": account.duplicate, "rejected": account.rejected}
        words = {name: counted(self.language, rows, "slip.row_forms") for name, rows in counts.items()}
        self.text(sheet, row, 0, self.say("read"), self.bold)
        sheet.write_number(row, 1, account.read, self.total)
        for offset, (name, rows) in enumerate(counts.items(), start=1):
            self.text(sheet, row + offset, 0, self.say(name), self.indented)
            sheet.write_number(row + offset, 1, rows, self.count)
        flagged = told.filter(pc.equal(told["outcome"], "flagged"))
        with_remark = set(zip(flagged["sheet"].to_pylist(), flagged["row"].to_pylist(), strict=True))
        self.text(sheet, row + 4, 0, self.say("flagged"), self.indented)
        sheet.write_number(row + 4, 1, len(with_remark), self.count)
        read = counted(self.language, account.read, "slip.row_forms")
        self.text(sheet, row + 5, 0, self.say("said", read=read, **words))
        return row + 7

    def _lines(self, sheet: Any, row: int, keys: Sequence[str]) -> int:
        self.text(sheet, row, 0, self.say("to_do"), self.bold)
        for offset, key in enumerate(keys, start=1):
            self.text(sheet, row + offset, 0, self.say(key))
        return row + len(keys) + 2

    def _reasons(self, sheet: Any, row: int, told: pa.Table) -> int:
        """How often each remark was made; the row to go on at."""
        self._head(sheet, row, _REASON_COLUMNS)
        for code, rows in Counter(told["code"].to_pylist()).items():
            row += 1
            reason = REASONS[code]
            uk = self.language is Language.UK
            self.text(sheet, row, 0, self.say(f"is_{reason.outcome}"), self.outcomes[reason.outcome])
            why, fix = (reason.reason_uk, reason.fix_uk) if uk else (reason.reason_en, reason.fix_en)
            self.text(sheet, row, 1, why, self.wrapped)
            self.text(sheet, row, 2, fix, self.wrapped)
            sheet.set_row(row, _height_pt((why, _ACCOUNT_WIDTHS[1]), (fix, _ACCOUNT_WIDTHS[2])))
            sheet.write_number(row, 3, rows, self.count)
            self.text(sheet, row, 4, code)
        return row + 2

    def _head(self, sheet: Any, row: int, columns: Sequence[str]) -> None:
        for column, key in enumerate(columns):
            self.text(sheet, row, column, self.say(key), self.head)

    def write_remarks(self, shown: pa.Table) -> list[int]:
        """Write each thing that is said of a row once, below the header; and which of them each remark says."""
        sheet = self.sheet("remarks")
        self._head(sheet, 0, [key for key, _ in _REMARK_COLUMNS])
        for column, (_, width) in enumerate(_REMARK_COLUMNS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 3)
        sheet.repeat_rows(0)
        said = ("sheet", "letter", "column", "outcome", "code", self._meant, "certainty_pct")
        numbers: dict[tuple[Any, ...], int] = {}
        lines = [
            numbers.setdefault(cells, len(numbers))
            for cells in zip(*(shown[name].to_pylist() for name in said), strict=True)
        ]
        for number, line in enumerate((self._line(*cells) for cells in numbers), start=1):
            sheet.set_row(number, line.height_pt)
            for column, text, style in line.texts:
                sheet.write_string(number, column, text, style)
            sheet.write_number(number, _AT["row"], 0, self.middle)
            if line.certainty is not None:
                sheet.write_number(number, _AT["certainty"], line.certainty, self.percent)
        sheet.autofilter(0, 0, len(lines), len(_REMARK_COLUMNS) - 1)
        return lines

    @property
    def _meant(self) -> str:
        return f"suggestion_{self.language.value}"

    def _line(
        self,
        name: str,
        letter: str | None,
        header: str | None,
        outcome: str,
        code: str,
        meant: str | None,
        certainty: int | None,
    ) -> _Line:
        """What stands in the row of a remark, but for the number of the sender's row."""
        reason = REASONS[code]
        uk = self.language is Language.UK
        why, fix = (reason.reason_uk, reason.fix_uk) if uk else (reason.reason_en, reason.fix_en)
        wrapped = {
            "sheet": "–" if name == "-" else name,
            "header": header or "",
            "outcome": self.say(f"is_{outcome}"),
            "reason": why,
            "fix": fix,
            "suggestion": meant or "",
        }
        styles = dict.fromkeys(wrapped, self.wrapped) | {
            "outcome": self.outcomes[outcome],
            "letter": self.middle,
            "code": self.plain,
        }
        texts = {**wrapped, "letter": letter or "", "code": code}
        return _Line(
            _height_pt(*((text, _WIDTHS[key]) for key, text in wrapped.items())),
            tuple((_AT[key], harmless(text), styles[key]) for key, text in texts.items() if text),
            None if meant is None or certainty is None else certainty / 100,
        )
