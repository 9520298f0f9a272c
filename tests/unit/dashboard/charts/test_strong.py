from __future__ import annotations

import plotly.graph_objects as go
import pytest

from dashboard.charts.theme import MUTED, PALETTE, STRONG, accent, dressed


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("dark", "least"), [(False, 4.5), (True, 7.0)])
def test_strong_colours_stand_out_from_the_page(dark: bool, least: float) -> None:
    page = 0.0 if dark else 1.0
    for colour in STRONG[dark]:
        high, low = sorted((luminance(colour), page), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= least
    assert len(set(STRONG[dark])) == len(PALETTE)


def test_every_usual_colour_gives_way_and_the_given_figure_stays() -> None:
    bar = go.Bar(x=[1], y=[1], marker={"color": PALETTE[1], "line": {"color": accent(0.5)}})
    figure = go.Figure([bar, go.Bar(x=[1], y=[2], marker_color=MUTED)])
    before = figure.to_json()
    strong = dressed(figure, dark=False, high_contrast=True)
    assert strong.data[0].marker.color == STRONG[False][1]
    assert strong.data[0].marker.line.color == "rgba(27,58,115,0.5)"
    assert MUTED not in strong.to_json()
    assert figure.to_json() == before
    assert dressed(figure, dark=False).data[0].marker.color == PALETTE[1]
