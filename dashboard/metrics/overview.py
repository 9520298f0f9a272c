"""The month in figures: each beside the month before and the same month a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.filters import add_months
from dashboard.metrics import months
from dashboard.metrics.catalogue import MONTHLY, Figure, Unit
from dashboard.metrics.disclosure import HIDDEN, Disclosure
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import FLAG, NUMBER, TEXT, rows_by, shaped

_Row = Mapping[str, Any]

OVERVIEW: Final = {
    "figure_id": TEXT,
    "value": NUMBER,
    "value_is_hidden": FLAG,
    "previous": NUMBER,
    "previous_is_hidden": FLAG,
    "previous_change": NUMBER,
    "previous_change_pct": NUMBER,
    "year_ago": NUMBER,
    "year_ago_is_hidden": FLAG,
    "year_ago_change": NUMBER,
    "year_ago_change_pct": NUMBER,
    "base_id": TEXT,
    "base_count": NUMBER,
    "base_count_is_hidden": FLAG,
    "coverage_id": TEXT,
    "coverage_pct": NUMBER,
    "is_unfinished": FLAG,
}


def month_overview(selection: Selection, month: date, disclosure: Disclosure) -> pd.DataFrame:
    """Every monthly figure of one month with its two comparisons.

    Args:
        selection: holds the month and the twelve before it (``selection.select_month``).
        month: first day of the month.
        disclosure: who looks.

    Returns:
        One row per figure, in the catalogue's order: ``OVERVIEW``. ``*_change``: difference of what is shown,
        in percentage points for percentages; ``*_change_pct``: relative, missing for percentages and against 0.
        ``base_count`` and ``coverage_pct``: what the value rests on and how complete that is; which ones, say
        ``base_id`` and ``coverage_id``, missing where the figure needs none. An unfinished month has no
        comparisons; nor is there one before the data begin.

    Raises:
        ValueError: the selection does not hold the month and the twelve before it.
    """
    window = selection.between(add_months(month, -12), month)
    return from_months(months.by_month(window, disclosure), month)


def from_months(by_month: pd.DataFrame, month: date) -> pd.DataFrame:
    """The overview of one month out of a frame of ``months.by_month`` that holds it."""
    rows = rows_by(by_month, "month")
    now = rows[pd.Timestamp(month)]
    is_unfinished = bool(now["is_unfinished"])
    previous = {} if is_unfinished else rows.get(pd.Timestamp(add_months(month, -1)), {})
    year_ago = {} if is_unfinished else rows.get(pd.Timestamp(add_months(month, -12)), {})
    records = [_record(figure, now, previous, year_ago, is_unfinished=is_unfinished) for figure in MONTHLY]
    return shaped(pd.DataFrame(records), OVERVIEW)


def _record(figure: Figure, now: _Row, previous: _Row, year_ago: _Row, *, is_unfinished: bool) -> dict[str, object]:
    value = _number(now, figure.id)
    before, last_year = _number(previous, figure.id), _number(year_ago, figure.id)
    is_share = figure.unit is Unit.PERCENT
    return {
        "figure_id": figure.id,
        "value": value,
        "value_is_hidden": _is_hidden(now, figure.id),
        "previous": before,
        "previous_is_hidden": _is_hidden(previous, figure.id),
        "previous_change": value - before,
        "previous_change_pct": float("nan") if is_share else _relative(value, before),
        "year_ago": last_year,
        "year_ago_is_hidden": _is_hidden(year_ago, figure.id),
        "year_ago_change": value - last_year,
        "year_ago_change_pct": float("nan") if is_share else _relative(value, last_year),
        "base_id": figure.base_id,
        "base_count": _number(now, figure.base_id),
        "base_count_is_hidden": _is_hidden(now, figure.base_id),
        "coverage_id": figure.coverage_id,
        "coverage_pct": _number(now, figure.coverage_id),
        "is_unfinished": is_unfinished,
    }


def _number(row: _Row, name: str | None) -> float:
    value = row.get(name) if name is not None else None
    return float("nan") if value is None or pd.isna(value) else float(value)


def _is_hidden(row: _Row, name: str | None) -> bool:
    return name is not None and bool(row.get(name + HIDDEN, False))


def _relative(value: float, base: float) -> float:
    return (value - base) / base * 100 if base else float("nan")
