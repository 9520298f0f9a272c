"""Who meets whom."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import spring_positions
from dashboard.charts.markup import escape, wrap
from dashboard.charts.theme import MUTED, colours, framed, legend_below, nothing, symbols
from dashboard.text.words import Lang

_WIDTHS: Final = (1.0, 2.5, 4.0, 6.0)
_LARGEST_PX: Final = 30
_SMALLEST_PX: Final = 12


def network_graph(
    nodes: pd.DataFrame, links: pd.DataFrame, *, names: Mapping[str, str], lang: Lang, height: int = 460
) -> go.Figure:
    """Nodes and the links between them; the more two share, the wider the line.

    Args:
        nodes: one row per node. Columns: `id` (customdata when chosen), `label`, `size` (its area), `group`,
            optionally `text` (said on hover under the label).
        links: one row per pair. Columns: `source`, `target`, `weight`, optionally `text` (said on hover).
        names: what each group is called; group sets colour and shape.
        lang: language, for the words when there is nothing.
        height: height in pixels.
    """
    if nodes.empty:
        return nothing(lang)
    places = spring_positions(nodes, links)
    drawn = links.loc[links["source"].isin(places) & links["target"].isin(places)]
    of_group, shape = colours(names), symbols(names)
    groups = [group for group in names if group in set(nodes["group"])]
    traces = [*_lines(drawn, places), *_link_texts(drawn, places)]
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
                "text": [wrap(label, 14) for label in rows["label"]],
                "textposition": "bottom center",
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
    has_legend = len(groups) > 1
    legend, legend_px = (
        legend_below([names[group] for group in groups], plot_px=height, gap_px=4) if has_legend else ({}, 0)
    )
    x_values, y_values = zip(*places.values(), strict=True)
    axis = {"visible": False}
    layout = {
        "legend": {**legend, "itemsizing": "constant"},
        "showlegend": has_legend,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4 + legend_px},
        "xaxis": {**axis, "range": _range(x_values, 0.16)},
        "yaxis": {**axis, "range": _range(y_values, 0.14)},
    }
    return framed(traces, layout, height=height + 8 + legend_px, lang=lang)


def _range(values: tuple[float, ...], margin: float) -> list[float]:
    low, high = min(values), max(values)
    room = (high - low or 1.0) * margin
    return [low - room, high + room]


def _lines(links: pd.DataFrame, places: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """One trace per width: a trace per link would be slow."""
    if links.empty:
        return []
    top = float(links["weight"].max()) or 1.0
    step = [
        min(len(_WIDTHS) - 1, int(weight / top * len(_WIDTHS) - 1e-9)) for weight in links["weight"].astype("float64")
    ]
    traces = []
    for level, width in enumerate(_WIDTHS):
        rows = links.loc[[one == level for one in step]]
        x: list[float | None] = []
        y: list[float | None] = []
        for source, target in zip(rows["source"], rows["target"], strict=True):
            x += [places[source][0], places[target][0], None]
            y += [places[source][1], places[target][1], None]
        line = {"color": MUTED, "width": width}
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": y,
                "line": line,
                "opacity": 0.55,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return traces


def _link_texts(links: pd.DataFrame, places: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """Points in the middle of links that only serve to be hovered over."""
    if "text" not in links.columns or links.empty:
        return []
    middles = [
        ((places[source][0] + places[target][0]) / 2, (places[source][1] + places[target][1]) / 2)
        for source, target in zip(links["source"], links["target"], strict=True)
    ]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [x for x, _ in middles],
            "y": [y for _, y in middles],
            "marker": {"size": 12, "opacity": 0},
            "hovertext": [escape(text) for text in links["text"]],
            "hoverinfo": "text",
            "showlegend": False,
        }
    ]
