from datetime import date

import pandas as pd
import pytest

from dashboard.charts.axes import month_axis, month_range, round_ticks, value_axis
from dashboard.charts.markup import escape, shorten, wrap
from dashboard.charts.theme import PALETTE, SYMBOLS, colours, copied, dressed, framed, legend_below, nothing, symbols


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("page", ["#ffffff", "#10161d"])
@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_stands_out_on_light_and_on_dark(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3.0


def test_a_key_keeps_its_colour_and_shape_by_its_place() -> None:
    assert colours(["a", "b"]) == {"a": PALETTE[0], "b": PALETTE[1]}
    assert symbols(["a", "b"]) == {"a": SYMBOLS[0], "b": SYMBOLS[1]}
    assert colours(map(str, range(11)))["10"] == PALETTE[0]


def test_a_dark_figure_is_a_copy_and_only_the_colours_of_the_page_differ() -> None:
    light = framed([], {}, height=100, lang="uk")
    dark = dressed(light, dark=True)
    assert light.layout.font.color == "#17202b"
    assert dark.layout.font.color == "#eef2f6"
    assert dark.layout.height == 100
    assert dressed(dark, dark=False) == light


def test_the_page_shines_through() -> None:
    figure = framed([], {}, height=100, lang="uk")
    assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_a_figure_needs_no_second_drawing_in_the_browser() -> None:
    figure = framed([], {}, height=100, lang="uk")
    for made in (
        figure,
        copied(figure),
        *(dressed(figure, dark=True, high_contrast=strong) for strong in (True, False)),
    ):
        assert "template" not in made.to_dict()["layout"]
        assert made.layout.datarevision == 0


def test_the_usual_look_gives_way_to_a_charts_own_on_every_axis() -> None:
    own = {"margin": {"b": 44}, "yaxis": {"showgrid": True}, "xaxis3": {"fixedrange": False}}
    sizes = {"type": "scatter", "marker": {"size": [1, 2]}}
    figure = framed([sizes, {"type": "bar"}], own, height=100, lang="uk")
    assert figure.layout.margin.to_plotly_json() == {"l": 4, "r": 8, "t": 8, "b": 44}
    assert (figure.layout.yaxis.showgrid, figure.layout.xaxis.showgrid) == (True, False)
    assert (figure.layout.xaxis3.fixedrange, figure.layout.xaxis3.spikethickness) == (False, 1)
    assert figure.data[0].marker.to_plotly_json() == {"size": [1, 2], "line": {"width": 0}}
    assert figure.data[1].to_plotly_json() == {"type": "bar"}
    assert sizes == {"type": "scatter", "marker": {"size": [1, 2]}}


def test_nothing_is_said_in_the_language() -> None:
    assert nothing("uk").layout.annotations[0].text == "немає даних"
    assert nothing("en").layout.annotations[0].text == "no data"


def test_a_legend_takes_more_rows_for_longer_names() -> None:
    _, short = legend_below(["а", "б"], plot_px=100, gap_px=10)
    _, long = legend_below(["Громадський простір", "Міська культура"], plot_px=100, gap_px=10)
    assert short < long


@pytest.mark.parametrize(
    ("maximum", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (10, [0, 5, 10]),
        (11, [0, 5, 10, 15]),
        (100, [0, 50, 100]),
        (1234, [0, 500, 1000, 1500]),
        (float("nan"), [0, 1]),
    ],
)
def test_ticks_of_counts_are_round_whole_and_reach_the_maximum(maximum: float, ticks: list[float]) -> None:
    assert round_ticks(maximum) == ticks


def test_ticks_of_numbers_may_be_fractions() -> None:
    assert round_ticks(0.35, whole=False) == [0, 0.1, 0.2, 0.3, 0.4]


def test_a_value_axis_is_written_in_the_language() -> None:
    assert value_axis([0.35], "number", "uk")["ticktext"] == ["0,0", "0,1", "0,2", "0,3", "0,4"]
    assert value_axis([3000, float("nan")], "count", "en")["ticktext"] == ["0", "1,000", "2,000", "3,000"]


def months(count: int) -> list[date]:
    return [month.date() for month in pd.date_range("2025-01-01", periods=count, freq="MS")]


@pytest.mark.parametrize(("count", "ticks"), [(1, 1), (7, 7), (8, 4), (14, 7), (15, 5), (30, 5), (42, 7), (43, 4)])
def test_months_have_no_more_ticks_than_a_phone_holds(count: int, ticks: int) -> None:
    assert len(month_axis(months(count), "uk")["ticktext"]) == ticks


def test_the_year_stands_under_the_first_tick_and_under_each_january() -> None:
    axis = month_axis(months(14), "uk")
    assert axis["ticktext"] == ["січ<br>2025", "бер", "тра", "лип", "вер", "лис", "січ<br>2026"]
    assert month_axis(months(2), "en")["ticktext"] == ["Jan<br>2025", "Feb"]


def test_a_month_range_has_no_gaps() -> None:
    found = month_range([pd.Timestamp(2026, 1, 1), pd.Timestamp(2025, 11, 1)])
    assert [month.month for month in found] == [11, 12, 1]
    assert len(month_range([])) == 0


def test_markup_is_made_harmless_and_quotes_stay() -> None:
    assert escape("<b>&\"'") == "&lt;b&gt;&amp;\"'"


@pytest.mark.parametrize(
    ("text", "short"), [("абв", "абв"), ("абвг", "абвг"), ("абвгд", "абв…"), ("<<<<<", "&lt;&lt;&lt;…")]
)
def test_text_is_cut_before_it_is_escaped(text: str, short: str) -> None:
    assert shorten(text, 4) == short


def test_text_is_wrapped_at_blanks_and_a_long_word_stays_whole() -> None:
    assert wrap("Молодіжний центр Подолу", 16) == "Молодіжний центр<br>Подолу"
    assert wrap("implemented", 9) == "implemented"
    assert wrap("раз два три", 4, 2) == "раз<br>два…"
