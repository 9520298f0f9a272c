"""What became of a sign-up, in the words of any tool → ``registered|cancelled|waitlisted`` and ``yes|no``."""

from __future__ import annotations

import pandas as pd

from etl.sources.layout import Remark, Tidied
from etl.transform.vocabulary import REGISTRATION_STATUSES, answers, ids


def settle(cells: pd.DataFrame) -> Tidied:
    """Settle the columns ``status`` and ``attended``.

    Args:
        cells: ``row``, ``status`` and ``attended`` as the tool or a person wrote them.

    Returns:
        The same frame. ``status``: registered (also where nothing or nothing known is stated), cancelled or
        waitlisted. ``attended``: yes (also for the time of a check-in, or when the status says so), no, or missing
        where nobody noted it. Remarks for texts that are not known: ``unknown_status``, ``unknown_attendance``.
    """
    status = ids(cells["status"], REGISTRATION_STATUSES)
    attended = answers(cells["attended"])
    remarks = (
        *_remarks(cells, "status", status, "unknown_status"),
        *_remarks(cells, "attended", attended, "unknown_attendance"),
    )
    for outcome, answer in (("attended", "yes"), ("no_show", "no")):
        is_stated = status == outcome
        if is_stated.any():
            attended = attended.mask(attended.isna() & is_stated, answer)
            status = status.mask(is_stated, "registered")
    status = status.fillna("registered")
    return Tidied(cells.assign(status=status, attended=attended), remarks)


def _remarks(cells: pd.DataFrame, field: str, known: pd.Series, code: str) -> list[Remark]:
    is_unknown = cells[field].notna().to_numpy() & known.isna().to_numpy()
    return [Remark(row, field, code) for row in cells["row"].to_numpy()[is_unknown].tolist()]
