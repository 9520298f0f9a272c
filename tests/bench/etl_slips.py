"""Return slips as a script would write them: one workbook per list, cell by cell, limited as those of a load."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import xlsxwriter

from etl.issues import REASONS
from etl.slips import MAX_REPETITIONS

HEADERS: Final = ("Row", "Column", "Outcome", "Reason", "What to do", "Code")
COLUMNS: Final = {"unknown_event": "event", "unknown_district": "home", "unread_cell": "signed_up"}
"""What each code is about."""


def write_slip(folder: Path, name: str, remarks: Iterable[tuple[int, str]]) -> None:
    """Write the slip of one list.

    Args:
        folder: where slips lie.
        name: the list's.
        remarks: number of the row, and code; repetitions at the end.
    """
    with xlsxwriter.Workbook(folder / f"{name}.xlsx", {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet.write_row(0, 0, HEADERS, bold)
        sheet.set_column(0, len(HEADERS) - 1, 24)
        sheet.freeze_panes(1, 0)
        repeated = 0
        at = 1
        for row, code in remarks:
            reason = REASONS[code]
            repeated += reason.outcome == "duplicate"
            if repeated > MAX_REPETITIONS:
                continue
            sheet.write_number(at, 0, row)
            texts = (COLUMNS.get(code, ""), reason.outcome, reason.reason_en, reason.fix_en, code)
            sheet.write_row(at, 1, texts, wrapped)
            at += 1
        if repeated > MAX_REPETITIONS:
            sheet.write_string(at, 0, f"{repeated - MAX_REPETITIONS} more repetitions")
        sheet.autofilter(0, 0, at - 1, len(HEADERS) - 1)
