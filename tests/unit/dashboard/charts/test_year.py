from __future__ import annotations

import math
from datetime import date

import pandas as pd

from dashboard.charts.year import spark_alt, spark_svg, year_columns


def frame(*values: float | None, hidden: int | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "key": "events_count",
            "month": pd.date_range("2026-08-01", periods=len(values), freq="MS"),
            "value": pd.Series(values, dtype="float64"),
            "is_hidden": [place == hidden for place in range(len(values))],
            "value_text": ["приховано" if place == hidden else f"{value:.0f}" for place, value in enumerate(values)]
            if None not in values
            else "немає даних",
        }
    )


def drawn(data: pd.DataFrame, unfinished: date | None = None):
    return year_columns(
        data,
        names={"events_count": "Події <b>"},
        lang="uk",
        unfinished_month=unfinished,
    )


def test_the_last_full_month_stands_out_and_is_said() -> None:
    figure = drawn(frame(3, 9, 2), date(2026, 10, 1))
    bars = figure.data[0]
    assert len({*bars.marker.color}) == 3
    assert "<b>9</b> · вересень\u00a02026" in figure.layout.annotations[0].text
    assert "Події &lt;b&gt;" in figure.layout.annotations[0].text
    assert bars.hovertext[2].endswith("ще триває")
    assert not bars.hovertext[1].endswith("ще триває")
    assert list(bars.marker.line.width) == [0, 0, 1.5]


def test_what_is_hidden_has_no_column_and_says_so() -> None:
    bars = drawn(frame(3, 9, hidden=1)).data[0]
    assert math.isnan(bars.y[1])
    assert "приховано" in bars.hovertext[1]


def test_nothing_is_said_where_there_is_nothing() -> None:
    assert not drawn(frame(None, None)).data
    assert not drawn(frame()).data


def test_a_line_leaves_a_gap_where_a_value_is_missing() -> None:
    assert spark_svg([1, 2, 3]).count("<polyline") == 1
    assert spark_svg([1, 2, math.nan, 3, 4]).count("<polyline") == 2
    assert spark_svg([1, math.nan]) == ""
    assert "<circle" not in spark_svg([1, 2, math.nan])


def test_the_point_of_an_unfinished_month_is_hollow() -> None:
    assert "fill='none' stroke" in spark_svg([1, 2], is_open_end=True).rsplit("<circle", 1)[1]
    assert "fill='none' stroke" not in spark_svg([1, 2]).rsplit("<circle", 1)[1]


def test_a_line_is_told_in_words_and_hidden_values_are_not() -> None:
    said = spark_alt("Події", [4, math.nan, 7], [False, True, False], date(2026, 8, 1), "count", "uk")
    assert said.replace("\u00a0", " ") == "Події від сер 2026: 4; приховано; 7"
