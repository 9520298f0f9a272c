"""A figure month by month against what is usual for it: a line, a band, and the months outside of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.alt import alt_trend
from dashboard.charts.axes import month_axis, month_categories, month_range, value_axis
from dashboard.charts.markup import escape
from dashboard.charts.theme import ACCENT, FAINT, MUTED, PALETTE, framed, legend_below, nothing
from dashboard.charts.trends import above_axis, marker_sizes, unfinished_mark
from dashboard.text import season
from dashboard.text.dates import month_name
from dashboard.text.numbers import Unit, format_value
from dashboard.text.words import Lang, Words

_MARK: Final = PALETTE[3]
_SYMBOLS: Final = {"high": "triangle-up", "low": "triangle-down"}
_USUALLY: Final = Words("звично", "usually")
_OUTSIDE: Final = Words("Поза звичними межами", "Outside the usual range")
_AXIS_PX: Final = 44
_PLOT_PX: Final = 260
_TOP_PX: Final = 28


def trend_band(frame: pd.DataFrame, *, name: str, lang: Lang, unit: Unit = "count") -> go.Figure:
    """The value as a line, what is usual as a band with its level, and each month outside it marked.

    A missing and a hidden value are gaps. The unfinished month is dotted, said in words, and has no band.

    Args:
        frame: what `dashboard.metrics.season.by_month` returns.
        name: what the figure is called.
        lang: language of months, numbers, legend and hover texts.
        unit: what the values are.
    """
    shown = _shown(frame)
    if shown["value"].isna().all():
        return nothing(lang)
    months = [month.date() for month in shown["month"]]
    places = month_categories(months, lang)
    values = shown["value"].tolist()
    unfinished = next((place for place, is_it in enumerate(shown["is_unfinished"]) if is_it), None)
    common = {"type": "scatter", "cliponaxis": False, "hoverinfo": "skip"}
    band = shown["usual_low"].notna().tolist()
    has_band = any(band)

    def where_band(column: str) -> dict[str, Any]:
        kept = [place for place, is_in in enumerate(band) if is_in]
        return {"x": [places[place] for place in kept], "y": [shown[column].iloc[place] for place in kept]}

    names = [name]
    traces: list[dict[str, Any]] = []
    if has_band:
        names += [season.RANGE.say(lang), season.LEVEL.say(lang)]
        edge = {**common, "mode": "lines", "line": {"width": 0, "color": MUTED}}
        traces += [
            {**edge, **where_band("usual_high"), "showlegend": False},
            {**edge, **where_band("usual_low"), "fill": "tonexty", "fillcolor": FAINT, "name": names[1]},
            {
                **common,
                **where_band("usual_level"),
                "mode": "lines",
                "line": {"width": 1.5, "color": MUTED, "dash": "dash"},
                "name": names[2],
            },
        ]
    solid = [math.nan if place == unfinished else value for place, value in enumerate(values)]
    texts = [_said(row, name, unit, lang) for row in shown.to_dict("records")]
    line = {"color": ACCENT, "width": 2.5}
    traces.append(
        {
            **common,
            "x": places,
            "y": solid,
            "mode": "lines+markers",
            "name": escape(name),
            "line": line,
            "marker": {"color": ACCENT, "size": marker_sizes(solid)},
            "hovertext": texts,
            "hoverinfo": "x+text",
        }
    )
    if unfinished is not None and not math.isnan(values[unfinished]):
        is_ending = [place in {unfinished - 1, unfinished} for place in range(len(values))]
        traces.append(
            {
                **common,
                "x": places,
                "y": [value if is_end else math.nan for value, is_end in zip(values, is_ending, strict=True)],
                "mode": "lines+markers",
                "line": {**line, "dash": "dot"},
                "marker": {
                    "symbol": "circle-open",
                    "color": ACCENT,
                    "size": [8 if place == unfinished else 0 for place in range(len(values))],
                },
                "hovertext": texts,
                "hoverinfo": ["x+text" if place == unfinished else "skip" for place in range(len(values))],
                "showlegend": False,
            }
        )
    marked = [place for place, mark in enumerate(shown["mark"]) if mark in _SYMBOLS]
    if marked:
        names.append(season.MARKED.say(lang))
        traces.append(
            {
                **common,
                "x": [places[place] for place in marked],
                "y": [values[place] for place in marked],
                "mode": "markers",
                "name": names[-1],
                "marker": {
                    "color": _MARK,
                    "size": 13,
                    "symbol": [_SYMBOLS[shown["mark"].iloc[place]] for place in marked],
                },
            }
        )
    legend, legend_px = legend_below(names, plot_px=_PLOT_PX, gap_px=_AXIS_PX)
    everything = [*values, *shown["usual_high"].tolist()]
    layout: dict[str, Any] = {
        "hovermode": "x unified",
        "legend": legend,
        "showlegend": len(names) > 1,
        "margin": {"b": _AXIS_PX + legend_px, "t": _TOP_PX},
        "title": above_axis(name),
        "xaxis": month_axis(months, lang),
        "yaxis": value_axis(everything, unit, lang),
        **unfinished_mark(unfinished, len(months), lang),
    }
    return framed(traces, layout, height=_TOP_PX + _PLOT_PX + _AXIS_PX + legend_px, lang=lang)


def alt_band(title: str, frame: pd.DataFrame, *, lang: Lang, unit: Unit = "count") -> str:
    """Title, span, highest, lowest and last value, and every month outside the band with its reason.

    Args:
        title: what the chart shows.
        frame: what `dashboard.metrics.season.by_month` returns.
        lang: language of the sentences.
        unit: what the values are.
    """
    line = frame.assign(key="", is_hidden=frame["value_is_hidden"])
    said = alt_trend(title, line, names={"": title}, lang=lang, unit=unit)
    months = list(outside(frame, lang=lang, unit=unit))
    if months:
        return f"{said} {_OUTSIDE.say(lang)}: {'; '.join(months)}."
    return f"{said} {season.NONE_MARKED.say(lang)}" if frame["usual_low"].notna().any() else said


def outside(frame: pd.DataFrame, *, lang: Lang, unit: Unit = "count") -> Iterator[str]:
    """Each month outside the band in words: «квітень 2026 — 3 870 (звично 2 608–3 733), незвично багато»."""
    for row in frame[frame["mark"].notna()].to_dict("records"):
        value, why = format_value(row["value"], unit, lang), _why(row, unit, lang)
        yield f"{month_name(row['month'], lang)} — {value} ({_usually(row, unit, lang)}), {why}"


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """All months of the frame's span, hidden values missing."""
    if frame.empty:
        return frame
    months = month_range(list(frame["month"]))
    whole = frame.set_index("month").reindex(months).rename_axis("month").reset_index()
    is_hidden = whole["value_is_hidden"].eq(other=True)
    return whole.assign(value=whole["value"].mask(is_hidden), is_unfinished=whole["is_unfinished"].eq(other=True))


def _said(row: dict[Any, Any], name: str, unit: Unit, lang: Lang) -> str:
    value = format_value(row["value"], unit, lang, is_hidden=bool(row["value_is_hidden"]))
    said = f"{escape(name)}: <b>{value}</b>"
    if pd.isna(row["usual_low"]):
        return said
    said += f" ({_usually(row, unit, lang)})"
    return said if pd.isna(row["mark"]) else f"{said}<br>{_why(row, unit, lang)}"


def _usually(row: dict[Any, Any], unit: Unit, lang: Lang) -> str:
    low, high = (format_value(row[name], unit, lang) for name in ("usual_low", "usual_high"))
    return f"{_USUALLY.say(lang)} {low}–{high}"


def _why(row: dict[Any, Any], unit: Unit, lang: Lang) -> str:
    return season.marked(row["mark"], row["reason"], lang, is_count=unit == "count")
