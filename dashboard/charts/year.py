"""A year at a glance: a small panel of columns for each figure, and the line without axes that stands in a tile."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.markup import escape, wrap
from dashboard.charts.theme import ACCENT, MUTED, framed, nothing
from dashboard.text.dates import month_name, month_short
from dashboard.text.numbers import HIDDEN, NO_DATA, Unit, format_value
from dashboard.text.words import Lang, Words

_COLUMNS: Final = 2
_GAP: Final = 0.06
_TITLE_PX: Final = 64
_TITLE_WIDTH: Final = 22
"""Letters of a name in one line: two panels stand beside each other on a phone too."""
_PANEL_PX: Final = 86
_AXIS_PX: Final = 24
_BETWEEN_PX: Final = 14
_WIDTH: Final = 120
_HEIGHT: Final = 32
_EDGE: Final = 4
_UNFINISHED: Final = Words("ще триває", "not over yet")


def year_columns(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    unfinished_month: date | None = None,
) -> go.Figure:
    """A column per month for each figure, each figure on a scale of its own that begins at 0, two panels a row.

    The last full month stands out and its value is said beside the name; the month that still goes on is only
    outlined. A hidden or missing value has no column and says so on hover.

    Args:
        frame: one row per figure and month. Columns: `key`, `month`, `value`, `is_hidden`, `value_text` (the value in
            words).
        names: what each figure is called, in reading order.
        lang: language of months, numbers and hover texts.
        unfinished_month: the month that still goes on.
    """
    keys = [key for key in names if key in set(frame["key"])]
    if not keys or frame["value"].isna().all():
        return nothing(lang)
    rows = math.ceil(len(keys) / _COLUMNS)
    row_px = _TITLE_PX + _PANEL_PX + _AXIS_PX + _BETWEEN_PX
    layout: dict[str, Any] = {"annotations": [], "margin": {"t": 0, "b": 0, "l": 4, "r": 4}, "bargap": 0.25}
    traces = []
    for number, key in enumerate(keys):
        row, column = divmod(number, _COLUMNS)
        mark = "" if number == 0 else str(number + 1)
        left = column * (1 + _GAP) / _COLUMNS
        right = left + (1 - _GAP) / _COLUMNS
        top = 1 - row / rows
        part = frame.loc[frame["key"] == key].sort_values("month")
        months = [pd.Timestamp(month).date() for month in part["month"]]
        shown = [
            math.nan if hidden or pd.isna(value) else float(value)
            for value, hidden in zip(part["value"], part["is_hidden"], strict=True)
        ]
        said = list(part["value_text"])
        full = [place for place, month in enumerate(months) if unfinished_month is None or month < unfinished_month]
        latest = full[-1] if full else None
        layout[f"xaxis{mark}"] = {
            "domain": [left, right],
            "anchor": f"y{mark}",
            "tickmode": "array",
            "tickvals": [0, len(months) - 1],
            "ticktext": [month_short(month, lang, with_year=False) for month in (months[0], months[-1])],
            "range": [-0.6, len(months) - 0.4],
            "showline": True,
        }
        layout[f"yaxis{mark}"] = {
            "domain": [top - (_TITLE_PX + _PANEL_PX) / row_px / rows, top - _TITLE_PX / row_px / rows],
            "anchor": f"x{mark}",
            "visible": False,
            "rangemode": "tozero",
        }
        title = wrap(names[key], _TITLE_WIDTH)
        if latest is not None:
            title += f"<br><b>{said[latest]}</b> · {month_name(months[latest], lang)}"
        # It stands on its panel, so that a name of two lines needs no more room between the others.
        layout["annotations"].append(_title(title, left, top - _TITLE_PX / row_px / rows))
        traces.append(
            {
                "type": "bar",
                "x": list(range(len(months))),
                "y": shown,
                "xaxis": f"x{mark}",
                "yaxis": f"y{mark}",
                "marker": {
                    "color": [_colour(place, latest, len(full)) for place in range(len(months))],
                    "line": {"color": ACCENT, "width": [0 if place in full else 1.5 for place in range(len(months))]},
                },
                "hovertext": [
                    f"{escape(names[key])}<br>{month_name(month, lang)}: <b>{text}</b>"
                    + ("" if place in full else f", {_UNFINISHED.say(lang)}")
                    for place, (month, text) in enumerate(zip(months, said, strict=True))
                ],
                "hoverinfo": "text",
            }
        )
    return framed(traces, layout, height=row_px * rows, lang=lang)


def spark_svg(values: Sequence[float], *, is_open_end: bool = False) -> str:
    """A line without axes as SVG, legible on light and dark; its last point is marked.

    Args:
        values: the values in order of time; NaN where hidden or missing, which leaves a gap.
        is_open_end: the last value is of a month that still goes on: its point is hollow.

    Returns:
        The drawing; empty where fewer than two values are known.
    """
    known = [value for value in values if not math.isnan(value)]
    if len(known) < 2:
        return ""
    low, high = min(0.0, *known), max(known)
    step = (_WIDTH - 2 * _EDGE) / (len(values) - 1)
    places = [
        None
        if math.isnan(value)
        else (
            round(_EDGE + place * step, 1),
            round(_HEIGHT - _EDGE - (value - low) / ((high - low) or 1.0) * (_HEIGHT - 2 * _EDGE), 1),
        )
        for place, value in enumerate(values)
    ]
    lines, run = [], []
    for place in [*places, None]:
        if place is not None:
            run.append(f"{place[0]},{place[1]}")
            continue
        if len(run) > 1:
            lines.append(f"<polyline points='{' '.join(run)}' fill='none' stroke='{ACCENT}' stroke-width='2'/>")
        run = []
    end = places[-1]
    inside = "none" if is_open_end else ACCENT
    dot = "" if end is None else f"<circle cx='{end[0]}' cy='{end[1]}' r='3' fill='{inside}' stroke='{ACCENT}'/>"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{_WIDTH}' height='{_HEIGHT}' "
        f"viewBox='0 0 {_WIDTH} {_HEIGHT}'>{''.join(lines)}{dot}</svg>"
    )


def spark_alt(name: str, values: Sequence[float], hidden: Sequence[bool], first: date, unit: Unit, lang: Lang) -> str:
    """A tile's line in words: «Події від жов 2025: 4; 5; приховано; 9»."""
    said = [
        HIDDEN.say(lang) if is_hidden else NO_DATA.say(lang) if math.isnan(value) else format_value(value, unit, lang)
        for value, is_hidden in zip(values, hidden, strict=True)
    ]
    since = Words("від", "since").say(lang)
    return f"{name} {since} {month_short(first, lang)}: {'; '.join(said)}"


def _title(text: str, x: float, y: float) -> dict[str, Any]:
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
    }


def _colour(place: int, latest: int | None, full_count: int) -> str:
    if place >= full_count:
        return "rgba(0,0,0,0)"
    return ACCENT if place == latest else MUTED
