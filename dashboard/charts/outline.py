"""The city's districts as a plain drawing, for files and for screens without a map."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
from shapely.geometry import MultiPolygon, shape
from shapely.ops import polylabel

from dashboard.charts.layout import apart
from dashboard.charts.markup import escape, wrap
from dashboard.charts.theme import INK, MUTED, framed, nothing
from dashboard.text.words import Lang

_NARROWEST: Final = 340
"""Width that the drawing has on a phone, px: labels have room there, and so wherever the drawing is larger."""
_LETTER, _LINE, _AROUND = 6, 15, 4
"""Width of a letter and height of a line of a label, and what is around its text, px."""


def district_outline(frame: pd.DataFrame, *, lang: Lang, height: int = 460, show_labels: bool = True) -> go.Figure:
    """Districts filled with the colour of their class, north up, without a basemap.

    Args:
        frame: one row per district. Columns: `label`, `value_text` (both said on hover), `colour` (of its class),
            `geometry_geojson` (Polygon or MultiPolygon, WGS 84).
        lang: language, for the words when there is nothing.
        height: height in pixels.
        show_labels: write name and value into the district.
    """
    if frame.empty:
        return nothing(lang)
    traces: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    sizes: list[tuple[float, float]] = []
    latitudes: list[float] = []
    longitudes: list[float] = []
    for district in frame.to_dict("records"):
        geometry = shape(json.loads(district["geometry_geojson"]))
        polygons = list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]
        x: list[float | None] = []
        y: list[float | None] = []
        for polygon in polygons:
            longitude, latitude = polygon.exterior.xy
            x += [*longitude, None]
            y += [*latitude, None]
            latitudes += latitude
            longitudes += longitude
        label, value = district["label"], district["value_text"]
        traces.append(
            {
                "type": "scatter",
                "x": x[:-1],
                "y": y[:-1],
                "mode": "lines",
                "fill": "toself",
                "fillcolor": district["colour"],
                "line": {"color": MUTED, "width": 1},
                "hoveron": "fills",
                "name": f"{escape(label)}: {escape(value)}",
                "hoverinfo": "name",
                "hoverlabel": {"namelength": -1},
            }
        )
        if show_labels:
            centre = polylabel(max(polygons, key=lambda polygon: polygon.area), tolerance=0.002)
            sizes.append(_size([*wrap(label, 16).split("<br>"), escape(value)]))
            notes.append(
                {
                    "text": f"{wrap(label, 16)}<br><b>{escape(value)}</b>",
                    "x": centre.x,
                    "y": centre.y,
                    "showarrow": False,
                    "bgcolor": "rgba(255,255,255,0.72)",
                    "borderpad": 1,
                    "font": {"size": 11, "color": INK},
                }
            )
    # A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    shorter = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
    across = (max(longitudes) - min(longitudes)) * shorter
    pixels = min(height / (max(latitudes) - min(latitudes)), _NARROWEST / across)
    places = apart([(note["x"] * shorter * pixels, note["y"] * pixels) for note in notes], sizes)
    for note, (right, up) in zip(notes, places, strict=True):
        note |= {"x": right / shorter / pixels, "y": up / pixels}
    layout = {
        "annotations": notes,
        "margin": {"l": 2, "r": 2, "t": 2, "b": 2},
        "xaxis": {"visible": False},
        "yaxis": {"visible": False, "scaleanchor": "x", "scaleratio": 1 / shorter},
    }
    return framed(traces, layout, height=height, lang=lang)


def _size(lines: Sequence[str]) -> tuple[float, float]:
    return max(len(html.unescape(line)) for line in lines) * _LETTER + _AROUND, len(lines) * _LINE + _AROUND
