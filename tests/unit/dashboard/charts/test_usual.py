import math
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.usual import alt_band, outside, trend_band

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11")


def frame(**columns: Any) -> pd.DataFrame:
    """Five months: one of them unusual, the last unfinished."""
    months = pd.DataFrame(
        {
            "month": pd.to_datetime([f"{month}-01" for month in MONTHS]),
            "value": [100.0, 110.0, 1500.0, 90.0, 40.0],
            "value_is_hidden": False,
            "is_unfinished": [False] * 4 + [True],
            "usual_level": [100.0, 101.0, 102.0, 103.0, math.nan],
            "usual_low": [80.0, 81.0, 82.0, 83.0, math.nan],
            "usual_high": [120.0, 121.0, 122.0, 123.0, math.nan],
            "mark": pd.array([None, None, "high", None, None], dtype="str"),
            "reason": pd.array([None, None, "workshop", None, None], dtype="str"),
        }
    )
    return months.assign(**columns)


def traces(figure: Any) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data if trace.name}


def test_band_level_value_and_marked_month_stand_in_the_legend() -> None:
    figure = trend_band(frame(), name="Події", lang="uk")
    assert list(traces(figure)) == ["звичні межі", "звичний рівень", "Події", "незвичний місяць"]
    band, marked = traces(figure)["звичні межі"], traces(figure)["незвичний місяць"]
    assert band.fill == "tonexty"
    assert list(band.y) == [80, 81, 82, 83]
    assert list(marked.y) == [1500]
    assert marked.marker.symbol == ("triangle-up",)


def test_why_a_month_is_marked_is_said_in_words() -> None:
    texts = traces(trend_band(frame(), name="Події", lang="uk"))["Події"].hovertext
    assert texts[2] == (
        "Події: <b>1\u202f500</b> (звично 82–122)<br>незвично багато: того місяця була міська майстерня"
    )
    assert texts[1] == "Події: <b>110</b> (звично 81–121)"
    assert texts[4] == "Події: <b>40</b>"


def test_a_share_is_high_and_not_many() -> None:
    said = [text.replace("\u00a0", " ") for text in outside(frame(), lang="en", unit="percent")]
    assert said == [
        "September 2026 — 1,500% (usually 82%–122%), unusually high: a city workshop was held in that month"
    ]


def test_without_unusual_months_none_is_marked() -> None:
    calm = frame(mark=pd.array([None] * 5, dtype="str"))
    assert "незвичний місяць" not in traces(trend_band(calm, name="Події", lang="uk"))
    assert alt_band("Події", calm, lang="uk").endswith("Жоден місяць не виходить за звичні межі.")


def test_without_a_band_there_is_the_line_alone() -> None:
    bare = frame(usual_low=math.nan, usual_high=math.nan, usual_level=math.nan, mark=pd.array([None] * 5, dtype="str"))
    figure = trend_band(bare, name="Події", lang="uk")
    assert list(traces(figure)) == ["Події"]
    assert not figure.layout.showlegend
    assert "звичні межі" not in alt_band("Події", bare, lang="uk")


def test_a_hidden_value_is_nowhere_in_the_figure() -> None:
    hidden = frame(value_is_hidden=[False, True, False, False, False])
    figure = trend_band(hidden, name="Учасники", lang="uk")
    assert math.isnan(traces(figure)["Учасники"].y[1])
    assert traces(figure)["Учасники"].hovertext[1].startswith("Учасники: <b>приховано</b>")
    assert "110" not in figure.to_json()


def test_the_unfinished_month_is_dotted() -> None:
    figure = trend_band(frame(), name="Події", lang="uk")
    assert math.isnan(traces(figure)["Події"].y[4])
    assert [trace.y[4] for trace in figure.data if trace.line.dash == "dot"] == [40]
    assert figure.layout.annotations[0].text == "місяць триває"


def test_the_alternative_text_names_the_unusual_months() -> None:
    said = alt_band("Події", frame(), lang="uk").replace("\u00a0", " ")
    assert "Поза звичними межами: вересень 2026 — 1\u202f500 (звично 82–122), незвично багато" in said


@pytest.mark.parametrize("given", [frame().iloc[:0], frame(value=math.nan)])
def test_of_nothing_the_words_say_so(given: pd.DataFrame) -> None:
    figure = trend_band(given, name="Події", lang="uk")
    assert figure.layout.annotations[0].text == "немає даних"
    assert not figure.data


def test_names_cannot_bring_markup_and_the_frame_stays() -> None:
    given = frame()
    before = given.copy(deep=True)
    assert "<script>" not in trend_band(given, name="<script>", lang="en").to_json()
    pd.testing.assert_frame_equal(given, before)
