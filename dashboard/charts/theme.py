"""The look of every chart, light and dark, a palette, and the frame of a figure.

A chart never states the colour of text or grid: its frame does, so that `dressed` can turn a finished (and
perhaps cached) figure from light to dark. What a chart does colour has a contrast of at least 3 to 1 on both.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.charts.markup import escape
from dashboard.text.numbers import NO_DATA, plotly_separators
from dashboard.text.words import Lang

PALETTE: Final = (
    "#2375c1",
    "#e54b41",
    "#09aa5a",
    "#b9227a",
    "#ad8f08",
    "#8c79f8",
    "#4e6f20",
    "#db708b",
    "#925553",
    "#a289b8",
)
"""Ten colours, found by search: every pair stays apart (CIELAB distance of 16 or more) in normal, deuteranopic,
protanopic and tritanopic sight, each with a contrast of 3 to 1 on white and on the dark page."""

STRONG: Final[Mapping[bool, tuple[str, ...]]] = {
    False: (
        "#1b3a73",
        "#493c3c",
        "#00743f",
        "#2e002c",
        "#6e7c1d",
        "#4d00a3",
        "#081505",
        "#aa4276",
        "#741c08",
        "#aa53ba",
    ),
    True: (
        "#bed6f4",
        "#f17180",
        "#49ff69",
        "#f8f7f8",
        "#ecb800",
        "#8989ff",
        "#4ea935",
        "#d77bae",
        "#e5cdbb",
        "#d18ae0",
    ),
}
"""The palette in high contrast, on white and (True) on black: at least 4.5 to 1 and 7 to 1, every pair 18 or more
apart in the same four kinds of sight. Each stands for the palette's colour in its place, of about the same hue."""

SYMBOLS: Final = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "x",
    "triangle-down",
    "star",
    "hexagon",
    "cross",
    "bowtie",
)
"""Shapes that go with the palette, so that colour never speaks alone."""

ACCENT: Final = PALETTE[0]
MUTED: Final = "#7b8794"
FAINT: Final = "rgba(123,135,148,0.16)"
ON_ACCENT: Final = "#ffffff"
CONFIG: Final[Mapping[str, object]] = {"displayModeBar": False, "responsive": True}
"""For `st.plotly_chart(config=…)` and files: no tool bar; what it offers is on the page in the page's language."""

INK: Final = "#17202b"
_TEXT: Final = {False: INK, True: "#eef2f6"}
_STRONG_INK: Final = {False: "#000000", True: "#ffffff"}
_STRONG_MUTED: Final = {False: "#8c8c8c", True: "#767676"}
_HOVER: Final = {False: "#ffffff", True: "#1a232d"}


def accent(alpha: float) -> str:
    """The first colour of the palette, let through by the background."""
    return f"rgba({_rgb(ACCENT)},{alpha})"


def _rgb(colour: str) -> str:
    return ",".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))


SCALE: Final = ((0.0, accent(0.14)), (1.0, accent(1.0)))
"""From little to much by opacity: little is close to the page, be it light or dark."""


def colours(keys: Iterable[str]) -> dict[str, str]:
    """A colour for each key by its place. Pass the whole list in its fixed order, not what a filter left of it."""
    return {key: PALETTE[place % len(PALETTE)] for place, key in enumerate(keys)}


def symbols(keys: Iterable[str]) -> dict[str, str]:
    """A marker shape for each key by its place, on the same terms as `colours`."""
    return {key: SYMBOLS[place % len(SYMBOLS)] for place, key in enumerate(keys)}


_AXIS: Final[Mapping[str, object]] = {
    "automargin": True,
    "fixedrange": True,
    "gridcolor": "rgba(123,135,148,0.25)",
    "linecolor": MUTED,
    "showgrid": False,
    "showline": False,
    "ticklabeloverflow": "allow",
    "ticks": "",
    "zeroline": False,
}
_SPIKE: Final[Mapping[str, object]] = {"spikecolor": MUTED, "spikedash": "solid", "spikethickness": 1}
_LETTERS: Final[Mapping[str, object]] = {"family": "Source Sans, sans-serif", "size": 14, "color": _TEXT[False]}
_LAYOUT: Final[Mapping[str, object]] = {
    "colorway": list(PALETTE),
    "datarevision": 0,
    "dragmode": False,
    "font": _LETTERS,
    "hoverlabel": {"align": "left", "bgcolor": _HOVER[False], "bordercolor": MUTED, "font": _LETTERS},
    "legend": {"font": {"size": 14}, "itemclick": False, "itemdoubleclick": False},
    "margin": {"l": 4, "r": 8, "t": 8, "b": 8},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
}
_SCATTER: Final[Mapping[str, object]] = {"marker": {"line": {"width": 0}}}
_IS_AXIS: Final = re.compile(r"[xy]axis\d*")


def _over(usual: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What is usual, with a chart's own in its place, at every depth."""
    made = {**usual, **own}
    for name in usual.keys() & own.keys():
        if isinstance(usual[name], Mapping) and isinstance(own[name], Mapping):
            made[name] = _over(usual[name], own[name])
    return made


def dressed(figure: go.Figure, *, dark: bool, high_contrast: bool = False) -> go.Figure:
    """A copy of a figure for the light or the dark page; the given figure stays as it is.

    In high contrast every colour of the palette, and every shade of its first, gives way to its strong one.
    """
    page = {"font_color": _TEXT[dark], "hoverlabel_bgcolor": _HOVER[dark], "hoverlabel_font_color": _TEXT[dark]}
    if not high_contrast:
        return copied(figure).update_layout(page)
    strong = STRONG[dark]
    text = figure.to_json()
    for usual, other in zip(PALETTE, strong, strict=True):
        text = text.replace(usual, other)
    text = text.replace(accent(1.0)[:-4], f"rgba({_rgb(strong[0])},").replace(MUTED, _STRONG_MUTED[dark])
    made = _bare(pio.from_json(text)).update_layout(page)
    return made.update_layout(font_color=_STRONG_INK[dark], xaxis_linecolor=_STRONG_INK[dark])


def copied(figure: go.Figure) -> go.Figure:
    """A copy of a figure, without the template that plotly gives to a copy."""
    return _bare(go.Figure(figure))


def _bare(figure: go.Figure) -> go.Figure:
    figure.layout.template = None
    return figure


def framed(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], *, height: int, lang: Lang) -> go.Figure:
    """A figure for the light page, with the language's separators.

    The usual look is written out in it and nothing is left to a template. Streamlit hands each chart to Plotly twice,
    the second time as a copy: Plotly takes a copied template for another one, and copied numbers too where no
    `datarevision` says that they are the same, and would draw the whole chart again.

    Args:
        traces: plotly traces as dictionaries.
        layout: what the chart adds to the usual look.
        height: height in pixels; the width is the place's.
        lang: language of the separators.
    """
    base = {**_LAYOUT, "height": height, "separators": plotly_separators(lang), "showlegend": False}
    written = _over(base, layout)
    for name in {"xaxis", "yaxis", *filter(_IS_AXIS.fullmatch, layout)}:
        written[name] = _over({**_AXIS, **_SPIKE} if name[0] == "x" else _AXIS, layout.get(name, {}))
    drawn = [_over(_SCATTER, trace) if trace["type"] == "scatter" else trace for trace in traces]
    return _bare(go.Figure(data=drawn, layout={"template": "none", **written}))


def nothing(lang: Lang, *, height: int = 160) -> go.Figure:
    """What stands in the place of a chart without data: the words «немає даних»."""
    layout = {
        "annotations": [
            {
                "text": escape(NO_DATA.say(lang)),
                "xref": "paper",
                "yref": "paper",
                "x": 0.5,
                "y": 0.5,
                "showarrow": False,
                "font": {"size": 16},
            }
        ],
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    }
    return framed((), layout, height=height, lang=lang)


def legend_below(names: Collection[str], *, plot_px: int, gap_px: int) -> tuple[dict[str, Any], int]:
    """A legend under the plot, and the pixels that it takes on a phone 390 px wide.

    Args:
        names: the entries.
        plot_px: height of the plot alone.
        gap_px: what stands between plot and legend, such as the ticks of an axis.
    """
    phone_px, letter_px, glyph_px, row_px = 360, 8, 48, 22
    # Plotly gives every entry the width of the longest.
    a_row = max(1, phone_px // (letter_px * max(len(name) for name in names) + glyph_px))
    legend = {"orientation": "h", "y": -gap_px / plot_px, "yanchor": "top", "x": 0, "xanchor": "left"}
    return {**legend, "traceorder": "normal"}, math.ceil(len(names) / a_row) * row_px + 12
