"""How figures go from month to month."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.axes import month_axis, month_categories, month_range, value_axis
from dashboard.charts.markup import escape, wrap
from dashboard.charts.theme import (
    ACCENT,
    FAINT,
    accent,
    colours,
    framed,
    legend_below,
    nothing,
    symbols,
)
from dashboard.text.numbers import HIDDEN, Unit, format_value
from dashboard.text.words import Lang, Words

UNFINISHED: Final = Words("місяць триває", "month unfinished")
_FEW_MONTHS: Final = 13
_AXIS_PX: Final = 44
_PLOT_PX: Final = 240
_TOP_PX: Final = 28
_PANEL_PX: Final = 130
_PANEL_TITLE_PX: Final = 46


def trend_lines(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    unit: Unit = "count",
    line_colours: Mapping[str, str] | None = None,
    y_title: str | None = None,
    unfinished_month: date | None = None,
) -> go.Figure:
    """One line per key over months; a single line is filled to the base.

    A missing month, a missing value and a hidden value are gaps, never zeros and never bridged.

    Args:
        frame: one row per month and key. Columns: `month` (first of the month), `key`, `value` (in `unit`),
            optionally `is_hidden`.
        names: what each key is called, in the legend's order; keys it does not name are not drawn.
        lang: language of months, numbers and hover texts.
        unit: what the values are.
        line_colours: a colour per key; by default by place in `names`.
        y_title: what the values are, said above the value axis.
        unfinished_month: the month that still goes on: its segment is dotted and it is marked in words.
    """
    wide = _wide(frame, names)
    if wide.empty:
        return nothing(lang)
    months = [month.date() for month in wide.index]
    categories = month_categories(months, lang)
    unfinished = _place(months, unfinished_month)
    of_key, shape = line_colours or colours(names), symbols(names)
    is_single = wide.shape[1] == 1
    traces: list[dict[str, Any]] = []
    for key in wide.columns:
        values = wide[key].tolist()
        style = {"color": of_key[key], "width": 2.5}
        common = {
            "type": "scatter",
            "name": escape(names[key]),
            "legendgroup": key,
            "x": categories,
            "cliponaxis": False,
        }
        written = [f"{escape(names[key])}: <b>{format_value(value, unit, lang)}</b>" for value in values]
        solid = [math.nan if place == unfinished else value for place, value in enumerate(values)]
        traces.append(
            {
                **common,
                "y": solid,
                "mode": "lines+markers",
                "line": style,
                "marker": {"symbol": shape[key], "color": of_key[key], "size": _marker_sizes(solid)},
                "fill": "tozeroy" if is_single else "none",
                "fillcolor": accent(0.12) if of_key[key] == ACCENT else FAINT,
                "hovertext": written,
                "hoverinfo": "x+text",
                "showlegend": not is_single,
            }
        )
        if unfinished is not None and not math.isnan(values[unfinished]):
            around = [
                value if place in {unfinished - 1, unfinished} else math.nan for place, value in enumerate(values)
            ]
            traces.append(
                {
                    **common,
                    "y": around,
                    "mode": "lines+markers",
                    "line": {**style, "dash": "dot"},
                    "marker": {
                        "symbol": f"{shape[key]}-open",
                        "color": of_key[key],
                        "size": [8 if place == unfinished else 0 for place in range(len(values))],
                    },
                    "hovertext": written,
                    "hoverinfo": ["x+text" if place == unfinished else "skip" for place in range(len(values))],
                    "showlegend": False,
                }
            )
    legend, legend_px = _legend(wide, names)
    below = 0 if is_single else legend_px
    layout: dict[str, Any] = {
        "hovermode": "x unified",
        "legend": legend,
        "showlegend": not is_single,
        "margin": {"b": _AXIS_PX + below, "t": _TOP_PX},
        "xaxis": month_axis(months, lang),
        "yaxis": value_axis(wide.to_numpy().ravel().tolist(), unit, lang),
        **_unfinished_mark(unfinished, len(months), lang),
    }
    if y_title:
        layout["title"] = _above_axis(y_title)
    return framed(traces, layout, height=_TOP_PX + _PLOT_PX + _AXIS_PX + below, lang=lang)


def trend_shares(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    bar_colours: Mapping[str, str] | None = None,
    unfinished_month: date | None = None,
) -> go.Figure:
    """What each key's share was, month by month, as columns that stack up to 100 %.

    Columns rather than areas: an area would bridge a missing month.

    Args:
        frame: one row per month and key. Columns: `month`, `key`, `value` (percent of the month),
            optionally `is_hidden`; a hidden share is left out, so its column stays lower.
        names: what each key is called, in the order of stacking from below.
        lang: language of months, numbers and hover texts.
        bar_colours: a colour per key; by default by place in `names`.
        unfinished_month: the month that still goes on, marked in words.
    """
    wide = _wide(frame, names)
    if wide.empty:
        return nothing(lang)
    months = [month.date() for month in wide.index]
    of_key = bar_colours or colours(names)
    traces = [
        {
            "type": "bar",
            "name": escape(names[key]),
            "x": month_categories(months, lang),
            "y": wide[key].tolist(),
            "marker": {"color": of_key[key]},
            "hovertext": [
                f"{escape(names[key])}: <b>{format_value(v, 'percent', lang)}</b>" for v in wide[key].tolist()
            ],
            "hoverinfo": "x+text",
        }
        for key in wide.columns
    ]
    legend, legend_px = _legend(wide, names)
    layout = {
        "barmode": "stack",
        "bargap": 0.12,
        "hovermode": "x unified",
        "legend": legend,
        "showlegend": True,
        "margin": {"b": _AXIS_PX + legend_px, "t": _TOP_PX},
        "xaxis": month_axis(months, lang),
        "yaxis": value_axis([100.0], "percent", lang),
        **_unfinished_mark(_place(months, unfinished_month), len(months), lang),
    }
    return framed(traces, layout, height=_TOP_PX + _PLOT_PX + _AXIS_PX + legend_px, lang=lang)


def small_multiples(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    unit: Unit = "count",
    panel_colours: Mapping[str, str] | None = None,
) -> go.Figure:
    """One small line per panel, two panels a row, all on one scale, the last value in words beside each name.

    Args:
        frame: one row per panel and month. Columns: `panel`, `month`, `value` (in `unit`), optionally `is_hidden`.
        names: what each panel is called, in reading order.
        lang: language of months, numbers and hover texts.
        unit: what the values are.
        panel_colours: a colour per panel; by default one colour for all.
    """
    wide = _wide(frame.rename(columns={"panel": "key"}), names)
    if wide.empty:
        return nothing(lang)
    months = [month.date() for month in wide.index]
    categories = month_categories(months, lang)
    columns, gap = 2, 0.06
    rows = math.ceil(wide.shape[1] / columns)
    title_share, gap_share = _PANEL_TITLE_PX / _PANEL_PX / rows, 0.06 / rows
    x_axis = {**month_axis(months, lang, most=3), "showgrid": False}
    y_axis = value_axis(wide.to_numpy().ravel().tolist(), unit, lang)
    layout: dict[str, Any] = {"annotations": [], "margin": {"t": 8, "b": _AXIS_PX}}
    traces = []
    for number, key in enumerate(wide.columns):
        row, column = divmod(number, columns)
        mark = "" if number == 0 else str(number + 1)
        left = column * (1 + gap) / columns
        top = 1 - row / rows
        is_last_row = number + columns >= wide.shape[1]
        layout[f"xaxis{mark}"] = {
            **x_axis,
            "domain": [left, left + (1 - gap) / columns],
            "anchor": f"y{mark}",
            "showticklabels": is_last_row,
        }
        layout[f"yaxis{mark}"] = {
            **y_axis,
            "domain": [max(0.0, top - 1 / rows + gap_share), top - title_share],
            "anchor": f"x{mark}",
            "tickvals": [0, y_axis["tickvals"][-1]],
            "ticktext": [y_axis["ticktext"][0], y_axis["ticktext"][-1]],
            "showticklabels": column == 0,
        }
        values = wide[key].tolist()
        colour = (panel_colours or {}).get(key, ACCENT)
        layout["annotations"].append(
            {
                "text": f"{wrap(names[key], 18)} <b>{_last(frame, key, values, unit, lang)}</b>",
                "xref": "paper",
                "yref": "paper",
                "x": left,
                "y": top,
                "xanchor": "left",
                "yanchor": "top",
                "align": "left",
                "showarrow": False,
            }
        )
        traces.append(
            {
                "type": "scatter",
                "x": categories,
                "y": values,
                "xaxis": f"x{mark}",
                "yaxis": f"y{mark}",
                "mode": "lines+markers",
                "line": {"color": colour, "width": 2},
                "marker": {"color": colour, "size": _marker_sizes(values)},
                "hovertext": [
                    f"{escape(names[key])}<br>{month}: <b>{format_value(value, unit, lang)}</b>"
                    for month, value in zip(categories, values, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    return framed(traces, layout, height=8 + _AXIS_PX + _PANEL_PX * rows, lang=lang)


def sparkline(values: Sequence[float], *, lang: Lang, colour: str = ACCENT) -> go.Figure:
    """A line without axes, its last point marked; a missing value is a gap.

    Args:
        values: the values in order of time; NaN where hidden or missing.
        lang: language, for the words when there is nothing.
        colour: colour of the line.
    """
    points = [float(value) if not pd.isna(value) else math.nan for value in values]
    present = [value for value in points if not math.isnan(value)]
    if not present:
        return nothing(lang, height=48)
    trace = {
        "type": "scatter",
        "y": points,
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2},
        "marker": {"color": colour, "size": [7 if size else 0 for size in _marker_sizes(points, every=False)]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    spread = max(present) or 1.0
    layout = {
        "margin": {"l": 4, "r": 6, "t": 6, "b": 6},
        "xaxis": {"visible": False},
        "yaxis": {"visible": False, "range": [min(0.0, *present), spread * 1.1]},
    }
    return framed([trace], layout, height=48, lang=lang)


def _wide(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Months down without gaps, keys across in the order of `names`, hidden values as NaN."""
    shown = frame.loc[frame["key"].isin(list(names)), ["month", "key", "value"]]
    value = shown["value"].astype("float64")
    if "is_hidden" in frame.columns:
        value = value.mask(frame.loc[shown.index, "is_hidden"].astype(bool))
    if shown.empty:
        return pd.DataFrame()
    wide = shown.assign(value=value, month=pd.to_datetime(shown["month"])).pivot(
        index="month", columns="key", values="value"
    )
    return wide.reindex(index=month_range(list(wide.index)), columns=[key for key in names if key in wide.columns])


def _legend(wide: pd.DataFrame, names: Mapping[str, str]) -> tuple[dict[str, Any], int]:
    return legend_below([names[key] for key in wide.columns], plot_px=_PLOT_PX, gap_px=_AXIS_PX)


def _place(months: Sequence[date], month: date | None) -> int | None:
    wanted = None if month is None else (month.year, month.month)
    return next((place for place, one in enumerate(months) if (one.year, one.month) == wanted), None)


def _marker_sizes(values: Sequence[float], *, every: bool = True) -> list[int]:
    """Markers where a line alone would not show a value: at its end and between two gaps; everywhere when few."""
    if every and len(values) <= _FEW_MONTHS:
        return [6] * len(values)
    is_gap = [True, *(math.isnan(value) for value in values), True]
    last = max((place for place, gap in enumerate(is_gap) if not gap), default=0)
    return [
        6 if place == last or (is_gap[place - 1] and is_gap[place + 1]) else 0 for place in range(1, len(values) + 1)
    ]


def _last(frame: pd.DataFrame, panel: str, values: Sequence[float], unit: Unit, lang: Lang) -> str:
    """The last month's value in words; hidden is said where the frame says so."""
    if "is_hidden" in frame.columns:
        rows = frame.loc[frame["panel"] == panel].sort_values("month")
        if bool(rows["is_hidden"].iloc[-1]):
            return HIDDEN.say(lang)
    return format_value(values[-1], unit, lang)


def _above_axis(title: str) -> dict[str, Any]:
    place = {"xref": "container", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom"}
    return {"text": escape(title), "font": {"size": 13}, "pad": {"b": 6, "l": 4}, **place}


def _unfinished_mark(place: int | None, count: int, lang: Lang) -> dict[str, Any]:
    """A faint band over the unfinished month, and its words above the plot."""
    if place is None:
        return {}
    is_right_half = place * 2 >= count
    return {
        "shapes": [
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": place - 0.5,
                "x1": place + 0.5,
                "y0": 0,
                "y1": 1,
                "fillcolor": FAINT,
                "line": {"width": 0},
                "layer": "below",
            }
        ],
        "annotations": [
            {
                "text": UNFINISHED.say(lang),
                "xref": "x",
                "yref": "paper",
                "x": place + (0.5 if is_right_half else -0.5),
                "y": 1,
                "xanchor": "right" if is_right_half else "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 13},
            }
        ],
    }
