"""How figures go from month to month."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.axes import month_axis, month_categories, month_range, value_axis
from dashboard.charts.markup import escape, wrap
from dashboard.charts.theme import (
    ACCENT,
    FAINT,
    MUTED,
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
_PANEL_PX: Final = 84
_PANEL_GAP_PX: Final = 16
_PANEL_NAME_WIDTH: Final = 20
_RANK_NAME_WIDTH: Final = 18
_LINE_PX: Final = 18
_MOST_COLUMNS: Final = 5


def trend_lines(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    unit: Unit = "count",
    line_colours: Mapping[str, str] | None = None,
    y_title: str | None = None,
    unfinished_month: date | None = None,
    marks: Mapping[date, str] | None = None,
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
        marks: short signs at months, such as numbers of notes that stand in a list beside the chart.
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
                "marker": {"symbol": shape[key], "color": of_key[key], "size": marker_sizes(solid)},
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
        **_marked(unfinished_mark(unfinished, len(months), lang), months, marks),
    }
    if y_title:
        layout["title"] = above_axis(y_title)
    return framed(traces, layout, height=_TOP_PX + _PLOT_PX + _AXIS_PX + below, lang=lang)


def trend_shares(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    bar_colours: Mapping[str, str] | None = None,
    unfinished_month: date | None = None,
    marks: Mapping[date, str] | None = None,
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
        marks: short signs at months, as in `trend_lines`.
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
    # Columns fill the plot: what is marked stands above them, and the word of the unfinished month above that.
    top_px = _TOP_PX + (2 * _LINE_PX if marks else 0)
    legend, legend_px = _legend(wide, names)
    layout = {
        "barmode": "stack",
        "bargap": 0.12,
        "hovermode": "x unified",
        "legend": legend,
        "showlegend": True,
        "margin": {"b": _AXIS_PX + legend_px, "t": top_px},
        "xaxis": month_axis(months, lang),
        "yaxis": value_axis([100.0], "percent", lang),
        **_marked(unfinished_mark(_place(months, unfinished_month), len(months), lang), months, marks, is_above=True),
    }
    return framed(traces, layout, height=top_px + _PLOT_PX + _AXIS_PX + legend_px, lang=lang)


def rank_lines(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    column_names: Mapping[date, str],
    line_colours: Mapping[str, str] | None = None,
    unfinished: Collection[date] = (),
) -> go.Figure:
    """Which place each key has in each column of time, the first on top; each line ends at its name.

    Names stand at the right in the order of the last places, one row each, so that they never overlap; a key that
    has no place at the end stands below those that have one, without a line to its name.

    Args:
        frame: one row per column and key. Columns: `month` (first of the column), `key`, `rank` (1 is first, no place
            held twice; missing where there is none).
        names: what each key is called; keys it does not name are not drawn.
        lang: language, for the words when there is nothing.
        column_names: what each column is called, in order of time.
        line_colours: a colour per key; by default by place in `names`.
        unfinished: columns that are not whole, marked by a faint band.
    """
    shown = frame.loc[frame["key"].isin(list(names))]
    if shown["rank"].notna().sum() == 0:
        return nothing(lang)
    wide = shown.assign(rank=shown["rank"].astype("float64")).pivot(index="month", columns="key", values="rank")
    months = [month.date() for month in wide.index]
    last = wide.iloc[-1]
    ordered = [str(key) for key in last.sort_values(kind="stable", na_position="last").index]
    of_key, shape = line_colours or colours(names), symbols(names)
    places = list(range(len(months)))
    traces = [
        {
            "type": "scatter",
            "name": escape(names[key]),
            "x": places,
            "y": wide[key].tolist(),
            "mode": "lines+markers",
            "line": {"color": of_key[key], "width": 2.5},
            "marker": {"color": of_key[key], "symbol": shape[key], "size": 9},
            "hovertext": [
                f"{escape(names[key])}<br>{escape(column_names[month])}: <b>{format_value(rank, 'count', lang)}</b>"
                for month, rank in zip(months, wide[key].tolist(), strict=True)
            ],
            "hoverinfo": "text",
            "cliponaxis": False,
        }
        for key in ordered
    ]
    rows = [_wrapped(names[key], _RANK_NAME_WIDTH) for key in ordered]
    row_px = 10 + _LINE_PX * max(text.count("<br>") + 1 for text in rows)
    step = math.ceil(len(months) / _MOST_COLUMNS)
    bands = [_band(place) for place, month in enumerate(months) if month in unfinished]
    layout = {
        "hovermode": "closest",
        "margin": {"t": 8, "b": _AXIS_PX, "l": 24},
        "shapes": bands,
        "xaxis": {
            "range": [-0.5, len(months) - 0.5],
            "tickmode": "array",
            "tickvals": places[::-step][::-1],
            "ticktext": ["<br>".join(escape(column_names[month]).rsplit(" ", 1)) for month in months[::-step][::-1]],
            "tickangle": 0,
        },
        "yaxis": {
            "range": [len(ordered) + 0.5, 0.5],
            "side": "right",
            "tickmode": "array",
            "tickvals": list(range(1, len(ordered) + 1)),
            "ticktext": rows,
            "showgrid": True,
        },
    }
    return framed(traces, layout, height=8 + _AXIS_PX + row_px * len(ordered), lang=lang)


def small_multiples(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    unit: Unit = "count",
    panel_colours: Mapping[str, str] | None = None,
    unfinished_month: date | None = None,
) -> go.Figure:
    """One small line per panel, two panels a row, all on one scale, the last value in words beside each name.

    Names are never cut: they take as many lines as the longest needs.

    Args:
        frame: one row per panel and month. Columns: `panel`, `month`, `value` (in `unit`), optionally `is_hidden`.
        names: what each panel is called, in reading order.
        lang: language of months, numbers and hover texts.
        unit: what the values are.
        panel_colours: a colour per panel; by default one colour for all.
        unfinished_month: the month that still goes on: its point is hollow, and the value beside the name is that of
            the month before.
    """
    wide = _wide(frame.rename(columns={"panel": "key"}), names)
    if wide.empty:
        return nothing(lang)
    months = [month.date() for month in wide.index]
    categories = month_categories(months, lang)
    columns, gap = 2, 0.06
    rows = math.ceil(wide.shape[1] / columns)
    unfinished = _place(months, unfinished_month)
    until = len(months) if unfinished is None or unfinished == 0 else unfinished
    titles = {
        key: _titled(names[key], _last(frame, key, wide[key].tolist(), until, unit, lang)) for key in wide.columns
    }
    title_px = 10 + _LINE_PX * max(text.count("<br>") + 1 for text in titles.values())
    panel_px = _PANEL_PX + title_px + _PANEL_GAP_PX
    title_share, gap_share = title_px / panel_px / rows, _PANEL_GAP_PX / panel_px / rows
    x_axis = {**month_axis(months, lang, most=3), "showgrid": False}
    y_axis = value_axis(wide.to_numpy().ravel().tolist(), unit, lang)
    layout: dict[str, Any] = {"annotations": [], "margin": {"t": 8, "b": _AXIS_PX}}
    # A column has one axis of months and a row one of values: for each pair of axes Plotly draws what is its own.
    for column in range(min(columns, wide.shape[1])):
        left = column * (1 + gap) / columns
        lowest = (wide.shape[1] - 1 - column) // columns
        layout[_axis("xaxis", column)] = {
            **x_axis,
            "domain": [left, left + (1 - gap) / columns],
            "anchor": _axis("y", lowest),
        }
    for row in range(rows):
        top = 1 - row / rows
        layout[_axis("yaxis", row)] = {
            **y_axis,
            "domain": [max(0.0, top - 1 / rows + gap_share), top - title_share],
            "tickvals": [0, y_axis["tickvals"][-1]],
            "ticktext": [y_axis["ticktext"][0], y_axis["ticktext"][-1]],
        }
    traces = []
    for number, key in enumerate(wide.columns):
        row, column = divmod(number, columns)
        layout["annotations"].append(
            {
                "text": titles[key],
                "xref": "paper",
                "yref": "paper",
                "x": column * (1 + gap) / columns,
                "y": 1 - row / rows - title_share,
                "xanchor": "left",
                "yanchor": "bottom",
                "align": "left",
                "showarrow": False,
            }
        )
        values = wide[key].tolist()
        panel = {
            "type": "scatter",
            "xaxis": _axis("x", column),
            "yaxis": _axis("y", row),
        }
        colour = (panel_colours or {}).get(key, ACCENT)
        traces.append(
            {
                **panel,
                "x": categories,
                "y": values,
                "mode": "lines",
                "line": {"color": colour, "width": 2},
                "hovertext": [
                    f"{escape(names[key])}<br>{month}: <b>{format_value(value, unit, lang)}</b>"
                    for month, value in zip(categories, values, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
        # Points for themselves: in a line Plotly draws one for every month, those of no size too.
        sizes = marker_sizes(values)
        marked = [place for place, size in enumerate(sizes) if size]
        traces.append(
            {
                **panel,
                "x": [categories[place] for place in marked],
                "y": [values[place] for place in marked],
                "mode": "markers",
                "marker": {
                    "color": colour,
                    "size": [sizes[place] for place in marked],
                    "symbol": ["circle-open" if place == unfinished else "circle" for place in marked],
                },
                "hoverinfo": "skip",
            }
        )
    return framed(traces, layout, height=8 + _AXIS_PX + panel_px * rows, lang=lang)


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
        "marker": {"color": colour, "size": [7 if size else 0 for size in marker_sizes(points, every=False)]},
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


def _axis(kind: str, place: int) -> str:
    """What Plotly calls an axis, or the layout of one, by its place."""
    return kind if place == 0 else f"{kind}{place + 1}"


def marker_sizes(values: Sequence[float], *, every: bool = True) -> list[int]:
    """Markers where a line alone would not show a value: at its end and between two gaps; everywhere when few."""
    if every and len(values) <= _FEW_MONTHS:
        return [6] * len(values)
    is_gap = [True, *(math.isnan(value) for value in values), True]
    last = max((place for place, gap in enumerate(is_gap) if not gap), default=0)
    return [
        6 if place == last or (is_gap[place - 1] and is_gap[place + 1]) else 0 for place in range(1, len(values) + 1)
    ]


def _last(frame: pd.DataFrame, panel: str, values: Sequence[float], until: int, unit: Unit, lang: Lang) -> str:
    """The value of the last of the first `until` months in words; hidden is said where the frame says so."""
    if "is_hidden" in frame.columns:
        rows = frame.loc[frame["panel"] == panel].sort_values("month")
        if bool(rows["is_hidden"].iloc[min(until, len(rows)) - 1]):
            return HIDDEN.say(lang)
    return format_value(values[until - 1], unit, lang)


def _titled(name: str, value: str) -> str:
    """A panel's name and its value in as many lines as it takes, the value in bold and never broken."""
    whole = value.replace(" ", "\u00a0")
    return _wrapped(f"{name} {whole}", _PANEL_NAME_WIDTH).removesuffix(whole) + f"<b>{whole}</b>"


def _wrapped(text: str, width: int) -> str:
    """The text in as many lines as it takes, escaped."""
    return wrap(text, width, lines=max(1, len(text)))


def above_axis(title: str) -> dict[str, Any]:
    """A title at the left, just above the value axis."""
    place = {"xref": "container", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom"}
    return {"text": escape(title), "font": {"size": 13}, "pad": {"b": 6, "l": 4}, **place}


def _band(place: int) -> dict[str, Any]:
    return {
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


def _marked(
    layout: dict[str, Any], months: Sequence[date], marks: Mapping[date, str] | None, *, is_above: bool = False
) -> dict[str, Any]:
    """The layout with a thin line and a sign at each marked month; signs of neighbours stand at two heights.

    Signs stand at the top of the plot, or above it where it is full.
    """
    shapes, notes = list(layout.get("shapes", [])), list(layout.get("annotations", []))
    if is_above and marks:
        notes = [{**note, "yshift": 2 * _LINE_PX} for note in notes]
    before = {"place": -2, "row": 0}
    for month, sign in sorted((marks or {}).items()):
        place = _place(months, month)
        if place is None:
            continue
        row = 1 - before["row"] if place - before["place"] == 1 else 0
        before = {"place": place, "row": row}
        shapes.append(
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": place,
                "x1": place,
                "y0": 0,
                "y1": 1,
                "line": {"width": 1, "color": MUTED, "dash": "dot"},
                "layer": "above" if is_above else "below",
            }
        )
        notes.append(
            {
                "text": escape(sign),
                "xref": "x",
                "yref": "paper",
                "x": place,
                "y": 1 if is_above else 1 - row * 0.08,
                "yshift": row * _LINE_PX if is_above else 0,
                "xanchor": "center" if is_above else "left",
                "xshift": 0 if is_above else 2,
                "yanchor": "bottom" if is_above else "top",
                "showarrow": False,
                "font": {"size": 12},
            }
        )
    return {"shapes": shapes, "annotations": notes} if shapes or notes else {}


def unfinished_mark(place: int | None, count: int, lang: Lang) -> dict[str, Any]:
    """A faint band over the unfinished month, and its words above the plot."""
    if place is None:
        return {}
    is_right_half = place * 2 >= count
    return {
        "shapes": [_band(place)],
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
