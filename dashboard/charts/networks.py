"""Who meets whom: as lines between names, as pairs on a grid, and who was where."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import Place, around, bow
from dashboard.charts.markup import escape, wrap
from dashboard.charts.theme import MUTED, ON_ACCENT, SCALE, colours, framed, legend_below, nothing, symbols
from dashboard.text.numbers import format_count
from dashboard.text.words import Lang

_WIDTHS: Final = (1.2, 2.4, 4.0, 6.0)
_LARGEST_PX: Final = 26
_SMALLEST_PX: Final = 10
_NAME_PX: Final = 40
"""Height of a name beside the graph: two lines."""
_NAME_WIDTH: Final = 24
_NAME_ROOM: Final = 1.15
"""Width kept for names on each side, of the oval's half width."""
_CELL_PX: Final = 27
_LETTER_PX: Final = 7
_ROW_NAME_WIDTH: Final = 44
_STRONG_SHARE: Final = 0.86
"""Cells above this share of the highest are dark enough for white text on a light page."""
_ROOMY: Final = 3
"""How many signs a cell holds at the usual size."""


def network_graph(nodes: pd.DataFrame, links: pd.DataFrame, *, names: Mapping[str, str], lang: Lang) -> go.Figure:
    """Nodes around an oval with their names beside them, and the links between: the stronger, the wider.

    A link within a group has the group's colour, one between groups is grey.

    Args:
        nodes: one row per node, in the order in which they stand around, group by group. Columns: `id`
            (customdata when chosen), `label`, `size` (its area), `group`, optionally `text` (said on hover under
            the label).
        links: one row per pair. Columns: `source`, `target`, `weight`; those with unknown nodes are left out.
        names: what each group is called; group sets colour and shape.
        lang: language, for the words when there is nothing.
    """
    if nodes.empty:
        return nothing(lang)
    places = around(nodes["id"].tolist())
    of_group, shape = colours(names), symbols(names)
    groups = [group for group in names if group in set(nodes["group"])]
    group_of = dict(zip(nodes["id"], nodes["group"], strict=True))
    drawn = links.loc[links["source"].isin(places) & links["target"].isin(places)]
    traces = _lines(drawn, places, group_of, of_group)
    largest = max(float(nodes["size"].max()), 1.0)
    for group in groups:
        rows = nodes.loc[nodes["group"] == group]
        said = rows["text"].tolist() if "text" in rows.columns else [None] * len(rows)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": escape(names[group]),
                "x": [places[node][0] for node in rows["id"]],
                "y": [places[node][1] for node in rows["id"]],
                "customdata": rows["id"].tolist(),
                "text": [_beside(label, places[node]) for label, node in zip(rows["label"], rows["id"], strict=True)],
                "textposition": ["middle right" if places[node][0] > 0 else "middle left" for node in rows["id"]],
                "marker": {
                    "color": of_group[group],
                    "symbol": shape[group],
                    "opacity": 1,
                    "size": [
                        max(_SMALLEST_PX, _LARGEST_PX * math.sqrt(max(size, 0.0) / largest))
                        for size in rows["size"].astype("float64")
                    ],
                },
                "hovertext": [
                    f"<b>{escape(label)}</b>" + ("" if pd.isna(text) else f"<br>{escape(text)}")
                    for label, text in zip(rows["label"], said, strict=True)
                ],
                "hoverinfo": "text",
                "cliponaxis": False,
            }
        )
    height = max(220, math.ceil(len(nodes) / 2) * _NAME_PX)
    has_legend = len(groups) > 1
    legend, legend_px = (
        legend_below([names[group] for group in groups], plot_px=height, gap_px=4) if has_legend else ({}, 0)
    )
    axis = {"visible": False}
    layout = {
        "legend": {**legend, "itemsizing": "constant"},
        "showlegend": has_legend,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4 + legend_px},
        "xaxis": {**axis, "range": [-1 - _NAME_ROOM, 1 + _NAME_ROOM]},
        "yaxis": {**axis, "range": [-1.04, 1.04]},
    }
    return framed(traces, layout, height=height + 8 + legend_px, lang=lang)


def pair_matrix(pairs: pd.DataFrame, *, names: Mapping[str, str], lang: Lang) -> go.Figure:
    """Every pair once, on the grid below the diagonal; rows have names and numbers, columns the same numbers.

    Args:
        pairs: one row per pair, either way round. Columns: `one`, `other`, `count`.
        names: what each is called, in order; others are left out.
        lang: language of numbers and hover texts.
    """
    place = {key: number for number, key in enumerate(names)}
    known = pairs.loc[pairs["one"].isin(list(names)) & pairs["other"].isin(list(names))]
    if known.empty:
        return nothing(lang)
    size = len(names)
    values: list[list[float | None]] = [[None] * size for _ in range(size)]
    for one, other, count in zip(known["one"], known["other"], known["count"], strict=True):
        row, column = sorted((place[one], place[other]), reverse=True)
        values[row][column] = float(count)
    called = [escape(name) for name in names.values()]
    hover = [
        [
            ""
            if column >= row
            else f"{called[row]}<br>{called[column]}: <b>{format_count(values[row][column] or 0, lang)}</b>"
            for column in range(size)
        ]
        for row in range(size)
    ]
    texts = [["" if value is None else format_count(value, lang) for value in row] for row in values]
    columns = [f"{number + 1}" for number in range(size)]
    rows = [f"{_row_name(name)}  <b>{number}</b>" for number, name in enumerate(names.values(), start=1)]
    return _grid(values, hover, rows, columns, texts=texts, lang=lang)


def presence_matrix(
    frame: pd.DataFrame, *, rows: Mapping[str, str], columns: Mapping[str, str], lang: Lang
) -> go.Figure:
    """Who was where: a filled cell for each presence.

    Args:
        frame: one row per presence. Columns: `row`, `column`, `text` (said on hover), `is_strong` (marked by a
            full colour; the others are paler).
        rows: what each row is called, from the top; others are left out.
        columns: what each column is called, from the left; others are left out.
        lang: language, for the words when there is nothing.
    """
    known = frame.loc[frame["row"].isin(list(rows)) & frame["column"].isin(list(columns))]
    if known.empty:
        return nothing(lang)
    row_at = {key: number for number, key in enumerate(rows)}
    column_at = {key: number for number, key in enumerate(columns)}
    values: list[list[float | None]] = [[None] * len(columns) for _ in rows]
    hover = [["" for _ in columns] for _ in rows]
    for row, column, text, is_strong in zip(
        known["row"], known["column"], known["text"], known["is_strong"], strict=True
    ):
        values[row_at[row]][column_at[column]] = 1.0 if is_strong else 0.5
        hover[row_at[row]][column_at[column]] = (
            f"{escape(rows[row])}<br>{escape(columns[column])}: <b>{escape(text)}</b>"
        )
    return _grid(values, hover, [_row_name(name) for name in rows.values()], list(columns.values()), lang=lang)


def _grid(
    values: list[list[float | None]],
    hover: list[list[str]],
    rows: list[str],
    columns: list[str],
    *,
    lang: Lang,
    texts: list[list[str]] | None = None,
) -> go.Figure:
    trace = {
        "type": "heatmap",
        "z": values,
        "zmin": 0,
        "zmax": max(value for row in values for value in row if value is not None),
        "colorscale": [list(stop) for stop in SCALE],
        "showscale": False,
        "hoverongaps": False,
        "hovertext": hover,
        "hoverinfo": "text",
        "xgap": 2,
        "ygap": 2,
    }
    traces = [trace, *([] if texts is None else _numbers(values, texts))]
    widest = max(len(name) for name in columns)
    # Turned names need their whole length, which Plotly does not give them above few rows.
    head_px = 12 + _LETTER_PX * widest if widest > 3 else 30
    layout = {
        "margin": {"t": head_px, "b": 8},
        "xaxis": {
            "tickvals": list(range(len(columns))),
            "ticktext": columns,
            "tickangle": -90 if widest > 3 else 0,
            "tickfont": {"size": 13},
            "side": "top",
        },
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(len(rows))),
            "ticktext": rows,
            "tickfont": {"size": 13},
        },
    }
    return framed(traces, layout, height=12 + head_px + _CELL_PX * len(rows), lang=lang)


def _numbers(values: list[list[float | None]], texts: list[list[str]]) -> list[dict[str, Any]]:
    """The numbers in the cells: white on strong ones, the page's own colour on the others."""
    cells = [
        (row, column, value)
        for row, of_row in enumerate(values)
        for column, value in enumerate(of_row)
        if value is not None
    ]
    top = max(value for _, _, value in cells)
    widest = max(len(texts[row][column]) for row, column, _ in cells)
    traces = []
    for is_strong in (True, False):
        chosen = [(row, column) for row, column, value in cells if (value > top * _STRONG_SHARE) is is_strong]
        font = {"size": 12 if widest <= _ROOMY else 10}
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [column for _, column in chosen],
                "y": [row for row, _ in chosen],
                "text": [texts[row][column] for row, column in chosen],
                "textfont": {**font, "color": ON_ACCENT} if is_strong else font,
                "hoverinfo": "skip",
            }
        )
    return traces


def _row_name(name: str) -> str:
    return wrap(name, _ROW_NAME_WIDTH, 1)


def _beside(label: str, place: Place) -> str:
    """The label, kept off its mark by two spaces that no markup swallows."""
    gap = "\u00a0\u00a0"
    lines = wrap(label, _NAME_WIDTH).split("<br>")
    return "<br>".join(gap + line if place[0] > 0 else line + gap for line in lines)


def _lines(
    links: pd.DataFrame, places: Mapping[str, Place], group_of: Mapping[str, str], of_group: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One trace per width and colour: a trace per link would be slow."""
    if links.empty:
        return []
    top = float(links["weight"].max()) or 1.0
    lines: dict[tuple[int, str], tuple[list[float | None], list[float | None]]] = {}
    for source, target, weight in zip(links["source"], links["target"], links["weight"].astype("float64"), strict=True):
        level = min(len(_WIDTHS) - 1, int(weight / top * len(_WIDTHS) - 1e-9))
        is_within = group_of[source] == group_of[target]
        x, y = lines.setdefault((level, of_group[group_of[source]] if is_within else MUTED), ([], []))
        for across, up in bow(places[source], places[target]):
            x.append(across)
            y.append(up)
        x.append(None)
        y.append(None)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": colour, "width": _WIDTHS[level], "shape": "spline"},
            "opacity": 0.35 if colour == MUTED else 0.6,
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for (level, colour), (x, y) in sorted(lines.items())
    ]
