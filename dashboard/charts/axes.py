"""Axes whose ticks are written here, in the language: plotly's own are English."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.text.dates import month_name, month_short
from dashboard.text.numbers import Unit, format_number, format_percent
from dashboard.text.words import Lang

_MONTH_STEPS: Final = (1, 2, 3, 6, 12)
_MOST_MONTH_TICKS: Final = 7


def round_ticks(maximum: float, *, wanted: int = 4, whole: bool = True) -> list[float]:
    """Evenly spaced round numbers from 0 to the first that is not below the maximum.

    Args:
        maximum: the greatest value to be shown; not finite or not positive gives the ticks of 1.
        wanted: about how many steps.
        whole: no step smaller than 1.
    """
    top = maximum if math.isfinite(maximum) and maximum > 0 else 1.0
    raw = top / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)
    if whole:
        step = max(1.0, step)
    return [round(step * index, 10) for index in range(math.ceil(round(top / step, 9)) + 1)]


def value_axis(values: Iterable[float], unit: Unit, lang: Lang) -> dict[str, Any]:
    """An axis of values from 0 to a round number, with ticks in the language."""
    present = [value for value in values if not pd.isna(value)]
    ticks = round_ticks(max(present, default=0.0), whole=unit == "count")
    return {
        "range": [0, ticks[-1] * 1.04],
        "showgrid": True,
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [_tick(tick, ticks[1], unit, lang) for tick in ticks],
    }


def _tick(tick: float, step: float, unit: Unit, lang: Lang) -> str:
    decimals = max(0, -math.floor(math.log10(step)))
    return (format_percent if unit == "percent" else format_number)(tick, lang, decimals=decimals)


def month_range(months: Sequence[pd.Timestamp | date]) -> pd.DatetimeIndex:
    """Every first of the month from the earliest to the latest given; none for none."""
    if not len(months):
        return pd.DatetimeIndex([])
    return pd.date_range(min(months), max(months), freq="MS")


def month_categories(months: Iterable[date], lang: Lang) -> list[str]:
    """The months' full names: the places on a month axis and the heads of its hover boxes."""
    return [month_name(month, lang) for month in months]


def month_axis(months: Sequence[date], lang: Lang, *, most: int = _MOST_MONTH_TICKS) -> dict[str, Any]:
    """A horizontal axis of months: few enough ticks for a phone, the year under the first and each January's tick.

    Steps fall on January, so that years can be compared by eye; `months` is a full range without gaps.
    """
    step = next((step for step in _MONTH_STEPS if len(months) <= step * most), _MONTH_STEPS[-1])
    ticks = [(place, month) for place, month in enumerate(months) if (month.month - 1) % step == 0]
    labels = []
    for number, (_, month) in enumerate(ticks):
        short = month_short(month, lang, with_year=False)
        has_year = number == 0 or ticks[number - 1][1].year != month.year
        labels.append(f"{short}<br>{month.year}" if has_year else short)
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": month_categories(months, lang),
        "range": [-0.5, len(months) - 0.5],
        "tickmode": "array",
        "tickvals": [place for place, _ in ticks],
        "ticktext": labels,
        "tickangle": 0,
    }
