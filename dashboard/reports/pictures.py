"""A chart as a picture, PNG or SVG, that can stand alone: with its title, what it is about and its source on it.

Drawn by plotly itself in Chromium without a window, which ends when the pictures are made: the start takes a second
or two, each picture about a quarter of a second. It loads nothing from anywhere.
"""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Final, Literal

import plotly.graph_objects as go

from dashboard.charts.bars import first_rows
from dashboard.charts.markup import escape
from dashboard.charts.theme import INK, dressed
from dashboard.errors import ChromiumFailed
from dashboard.reports import pdf
from dashboard.text.words import Lang

Form = Literal["png", "svg"]
"""What a picture can be."""

MIMES: Final[Mapping[Form, str]] = {"png": "image/png", "svg": "image/svg+xml"}

_WIDTH_PX: Final = 1200
_HEIGHT_PX: Final = 450
_SCALE: Final = 2
_SLIDE_PX: Final = (880, 370)
_EDGE_PX: Final = 24
_TITLE_PX: Final = 26
_SUBTITLE_PX: Final = 17
_SOURCE_PX: Final = 14
_QUIET: Final = "#45525f"
_LETTER: Final = 0.56
"""The width of a letter in its height, on the wide side: what is wrapped by it is never cut."""
_PATIENCE_S: Final = 60
_ONE_AT_A_TIME: Final = Lock()


def headed(figure: go.Figure, *, title: str, subtitle: str, source: str) -> go.Figure:
    """A copy of a chart on a page of its own, with title and subtitle above and the source below.

    Args:
        figure: the chart; its height is that of the drawing alone.
        title: what it finds.
        subtitle: what it is about; empty for none.
        source: where the data come from.
    """
    made = dressed(figure, dark=False)
    above = [
        *_lines(title, _TITLE_PX, INK, bold=True),
        *(_lines(subtitle, _SUBTITLE_PX, _QUIET) if subtitle else []),
    ]
    below = _lines(source, _SOURCE_PX, _QUIET)
    top = _EDGE_PX + sum(height for _, height in above) + _EDGE_PX // 2
    bottom = sum(height for _, height in below) + _EDGE_PX
    sides = {side: made.layout.margin[side] for side in "lrtb"}
    height = int(made.layout.height or _HEIGHT_PX)
    made.update_layout(
        width=_WIDTH_PX,
        height=height + top + bottom,
        margin={
            "l": sides["l"] + _EDGE_PX,
            "r": sides["r"] + _EDGE_PX,
            "t": sides["t"] + top,
            "b": sides["b"] + bottom,
        },
        paper_bgcolor="#ffffff",
        title={
            "text": "<br>".join(text for text, _ in above),
            "font": {"size": _TITLE_PX},
            "automargin": False,
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1 - _EDGE_PX / (height + top + bottom),
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": _EDGE_PX},
        },
    )
    return made.add_annotation(
        text="<br>".join(text for text, _ in below),
        align="left",
        showarrow=False,
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-sides["l"],
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-sides["b"],
    )


def bare(figure: go.Figure, lang: Lang) -> go.Figure:
    """A copy of a chart alone, for a slide that has its title: as wide as a slide's letters are large.

    Of long bars as many rows as can be read from the back of a hall; the last line says how many more there are.
    """
    made = dressed(first_rows(figure, _SLIDE_PX[1], lang), dark=False)
    height = max(int(made.layout.height or _HEIGHT_PX), _SLIDE_PX[1])
    return made.update_layout(width=round(height * _SLIDE_PX[0] / _SLIDE_PX[1]), height=height)


def render(drawn: Sequence[go.Figure], form: Form, chromium: str | None = None) -> list[bytes]:
    """Figures as pictures, each as large as it says.

    Args:
        drawn: the figures.
        form: the kind of picture.
        chromium: path or name of the browser, where it has none of the usual names.

    Raises:
        NoChromium: no browser was found.
        ChromiumFailed: the browser drew nothing, or not in time.
    """
    program = pdf.find(chromium)
    # The library asks for a loop of its own, and a thread that serves a page may have one already.
    with _ONE_AT_A_TIME, ThreadPoolExecutor(1) as worker:
        try:
            return worker.submit(asyncio.run, _made(drawn, form, program)).result()
        except Exception as error:
            raise ChromiumFailed(program, str(error)) from error


async def _made(drawn: Sequence[go.Figure], form: Form, program: Path) -> list[bytes]:
    # Some megabytes that a server needs only when somebody asks for a picture.
    import kaleido  # noqa: PLC0415

    async with kaleido.Kaleido(mathjax=False, path=str(program), timeout=_PATIENCE_S) as press:
        made = []
        for figure in drawn:
            asked = {
                "format": form,
                "width": figure.layout.width or _WIDTH_PX,
                "height": figure.layout.height or _HEIGHT_PX,
                "scale": _SCALE if form == "png" else 1,
            }
            made.append(bytes(await press.calc_fig(figure.to_plotly_json(), opts=asked)))
        return made


def _lines(text: str, size_px: int, colour: str, *, bold: bool = False) -> list[tuple[str, int]]:
    """A text as lines that fit, each with the pixels it takes."""
    letters = int((_WIDTH_PX - 2 * _EDGE_PX) / (size_px * _LETTER))
    parts = textwrap.wrap(text.replace("\n", " "), letters)
    style = f"font-size:{size_px}px;color:{colour}{';font-weight:bold' if bold else ''}"
    return [(f"<span style='{style}'>{escape(part)}</span>", round(size_px * 1.3)) for part in parts]
