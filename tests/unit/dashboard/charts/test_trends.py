import json
import math
from datetime import date

import pandas as pd
import pytest

from dashboard.charts.trends import rank_lines, small_multiples, sparkline, trend_lines, trend_shares

NAMES = {"culture": "Культура", "ecology": "Екологія"}


def frame(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["month", "key", "value"]).assign(month=lambda f: pd.to_datetime(f["month"]))


def two_themes() -> pd.DataFrame:
    return frame(
        ("2026-08-01", "culture", 10),
        ("2026-09-01", "culture", 1200),
        ("2026-10-01", "culture", 30),
        ("2026-08-01", "ecology", 5),
        ("2026-10-01", "ecology", 7),
    )


def gaps(values) -> list[bool]:
    return [math.isnan(value) for value in values]


def test_a_line_per_key_in_the_order_of_the_names_with_ukrainian_months() -> None:
    figure = trend_lines(two_themes(), names=NAMES, lang="uk")
    assert [trace.name for trace in figure.data] == ["Культура", "Екологія"]
    assert [month.replace("\u00a0", " ") for month in figure.data[0].x] == [
        "серпень 2026",
        "вересень 2026",
        "жовтень 2026",
    ]
    assert figure.data[0].hovertext[1] == "Культура: <b>1\u202f200</b>"
    assert figure.layout.separators == ",\u202f"


def test_keys_without_a_name_are_not_drawn() -> None:
    figure = trend_lines(two_themes(), names={"ecology": "Ecology"}, lang="en")
    assert [trace.name for trace in figure.data] == ["Ecology"]


def test_a_missing_month_is_a_gap_and_is_not_bridged() -> None:
    figure = trend_lines(two_themes(), names=NAMES, lang="uk")
    assert gaps(figure.data[0].y) == [False, False, False]
    assert gaps(figure.data[1].y) == [False, True, False]
    assert not figure.data[1].connectgaps


def test_a_month_that_no_key_has_is_a_gap_too() -> None:
    figure = trend_lines(frame(("2026-08-01", "culture", 1), ("2026-10-01", "culture", 2)), names=NAMES, lang="uk")
    assert gaps(figure.data[0].y) == [False, True, False]


def test_a_hidden_value_is_nowhere_in_the_figure() -> None:
    hidden = two_themes().assign(is_hidden=[False, True, False, False, False])
    figure = trend_lines(hidden, names=NAMES, lang="uk")
    assert gaps(figure.data[0].y) == [False, True, False]
    assert "1200" not in figure.to_json()
    assert "200" not in figure.data[0].hovertext[1]


def test_the_unfinished_month_is_dotted_and_said_in_words() -> None:
    figure = trend_lines(two_themes(), names=NAMES, lang="uk", unfinished_month=date(2026, 10, 1))
    solid, dotted = figure.data[0], figure.data[1]
    assert gaps(solid.y) == [False, False, True]
    assert gaps(dotted.y) == [True, False, False]
    assert dotted.line.dash == "dot"
    assert figure.layout.annotations[0].text == "місяць триває"


def test_a_finished_month_is_not_marked() -> None:
    figure = trend_lines(two_themes(), names=NAMES, lang="uk", unfinished_month=date(2026, 11, 1))
    assert not figure.layout.annotations
    assert all(trace.line.dash is None for trace in figure.data)


def test_one_line_needs_no_legend_but_two_do() -> None:
    assert not trend_lines(two_themes(), names={"culture": "Культура"}, lang="uk").layout.showlegend
    assert trend_lines(two_themes(), names=NAMES, lang="uk").layout.showlegend


def test_shares_stack_and_are_written_in_percent() -> None:
    figure = trend_shares(frame(("2026-10-01", "culture", 60), ("2026-10-01", "ecology", 40)), names=NAMES, lang="en")
    assert figure.layout.barmode == "stack"
    assert figure.data[1].hovertext == ("Екологія: <b>40%</b>",)
    assert figure.layout.yaxis.ticktext[-1] == "100%"


def test_small_multiples_share_one_scale_and_say_the_last_value() -> None:
    panels = two_themes().rename(columns={"key": "panel"})
    figure = small_multiples(panels, names=NAMES, lang="uk")
    assert {trace.yaxis for trace in figure.data} == {"y"}
    assert [trace.xaxis for trace in figure.data] == ["x", "x", "x2", "x2"]
    assert [note.text for note in figure.layout.annotations] == ["Культура <b>30</b>", "Екологія <b>7</b>"]


def test_small_multiples_have_an_axis_for_each_row_and_column_under_its_last_panel() -> None:
    names = {key: key for key in "abc"}
    three = frame(*((f"2026-{month:02}-01", key, 9 * month) for key in names for month in (9, 10)))
    layout = small_multiples(three.rename(columns={"key": "panel"}), names=names, lang="uk").layout
    assert (layout.xaxis.anchor, layout.xaxis2.anchor) == ("y2", "y")
    assert layout.yaxis.range == layout.yaxis2.range
    assert layout.yaxis.domain[0] > layout.yaxis2.domain[1]
    assert layout.xaxis.domain[1] < layout.xaxis2.domain[0]


def test_a_panel_draws_no_point_that_is_not_seen() -> None:
    months = [f"{year}-{month:02}-01" for year in (2025, 2026) for month in range(1, 13)]
    figure = small_multiples(
        frame(*((month, "culture", 5.0) for month in months)).rename(columns={"key": "panel"}), names=NAMES, lang="uk"
    )
    line, points = figure.data
    assert (line.mode, len(line.x), len(line.hovertext)) == ("lines", 24, 24)
    assert (points.mode, list(points.x), list(points.y)) == ("markers", [line.x[-1]], [5.0])


def test_small_multiples_do_not_say_a_hidden_last_value() -> None:
    panels = two_themes().rename(columns={"key": "panel"}).assign(is_hidden=[False, False, True, False, False])
    figure = small_multiples(panels, names=NAMES, lang="uk")
    assert figure.layout.annotations[0].text == "Культура <b>приховано</b>"


def test_a_sparkline_marks_its_last_value_only() -> None:
    figure = sparkline([3, math.nan, 5, 4, math.nan], lang="uk")
    assert figure.data[0].marker.size == (7, 0, 0, 7, 0)
    assert not figure.layout.xaxis.visible


def test_a_sparkline_of_nothing_says_so() -> None:
    assert sparkline([math.nan], lang="uk").layout.annotations[0].text == "немає даних"


@pytest.mark.parametrize("draw", [trend_lines, trend_shares])
def test_without_rows_the_words_stand_in_place_of_the_chart(draw) -> None:
    figure = draw(frame(), names=NAMES, lang="uk")
    assert figure.layout.annotations[0].text == "немає даних"
    assert not figure.data


@pytest.mark.parametrize("draw", [trend_lines, trend_shares])
def test_names_cannot_bring_markup_into_the_figure(draw) -> None:
    figure = draw(two_themes(), names={"culture": "<b>&\"'", "ecology": "x"}, lang="uk")
    assert figure.data[0].name == "&lt;b&gt;&amp;\"'"
    assert "<b>&" not in json.dumps(figure.to_plotly_json(), default=list)


def test_the_input_frame_stays_as_it_was() -> None:
    given = two_themes()
    before = given.copy(deep=True)
    trend_lines(given, names=NAMES, lang="uk", unfinished_month=date(2026, 10, 1))
    pd.testing.assert_frame_equal(given, before)


LONG = {"a": "Підтримка та психологічна допомога", "b": "Підприємництво та інновації"}


def test_a_panel_says_its_whole_name_and_the_value_of_the_last_whole_month() -> None:
    rows = frame(("2026-09-01", "a", 1200), ("2026-10-01", "a", 3), ("2026-09-01", "b", 1), ("2026-10-01", "b", 2))
    figure = small_multiples(
        rows.rename(columns={"key": "panel"}), names=LONG, lang="uk", unfinished_month=date(2026, 10, 1)
    )
    texts = [note.text for note in figure.layout.annotations]
    assert [text.replace("<br>", " ") for text in texts] == [
        "Підтримка та психологічна допомога <b>1\u202f200</b>",
        "Підприємництво та інновації <b>1</b>",
    ]
    assert list(figure.data[1].marker.symbol) == ["circle", "circle-open"]
    finished = small_multiples(rows.rename(columns={"key": "panel"}), names=LONG, lang="uk")
    assert finished.layout.annotations[0].text.endswith("<b>3</b>")
    assert set(finished.data[1].marker.symbol) == {"circle"}


# --- places and marks ------------------------------------------------------------------------------------


def places(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return frame(*rows).rename(columns={"value": "rank"})


QUARTERS = {date(2026, 4, 1): "II 2026", date(2026, 7, 1): "III 2026", date(2026, 10, 1): "IV 2026"}


def test_lines_of_places_end_at_their_whole_names_one_row_each() -> None:
    rows = places(
        ("2026-04-01", "a", 1), ("2026-04-01", "b", 2), ("2026-04-01", "c", 3),
        ("2026-07-01", "a", None), ("2026-07-01", "b", 1), ("2026-07-01", "c", 2),
        ("2026-10-01", "a", None), ("2026-10-01", "b", 2), ("2026-10-01", "c", 1),
    )  # fmt: skip
    figure = rank_lines(
        rows, names={**LONG, "c": "Екологія"}, lang="uk", column_names=QUARTERS, unfinished=[date(2026, 10, 1)]
    )
    axis = figure.layout.yaxis
    assert [text.replace("<br>", " ") for text in axis.ticktext] == ["Екологія", LONG["b"], LONG["a"]]
    assert list(axis.tickvals) == [1, 2, 3]
    assert axis.range[0] > axis.range[1]  # the first place is on top
    assert gaps(next(trace for trace in figure.data if trace.name == LONG["a"]).y) == [False, True, True]
    assert [(band.x0, band.x1) for band in figure.layout.shapes] == [(1.5, 2.5)]
    assert not any("…" in text for text in axis.ticktext)


def test_no_places_at_all_are_said_in_words() -> None:
    figure = rank_lines(places(("2026-04-01", "a", None)), names=LONG, lang="uk", column_names=QUARTERS)
    assert figure.layout.annotations[0].text == "немає даних"


def test_marks_stand_at_their_months_and_neighbours_at_two_heights() -> None:
    figure = trend_lines(
        two_themes(),
        names=NAMES,
        lang="uk",
        marks={date(2026, 9, 1): "2", date(2026, 8, 1): "1", date(2030, 1, 1): "9"},
    )
    assert [note.text for note in figure.layout.annotations] == ["1", "2"]
    assert [line.x0 for line in figure.layout.shapes] == [0, 1]
    assert len({note.y for note in figure.layout.annotations}) == 2
    assert not trend_lines(two_themes(), names=NAMES, lang="uk").layout.shapes


def test_marks_of_columns_stand_above_them_and_the_unfinished_month_above_these() -> None:
    october = date(2026, 10, 1)
    marked = trend_shares(
        two_themes(), names=NAMES, lang="uk", unfinished_month=october, marks={date(2026, 9, 1): "1", october: "2"}
    )
    heights = {note.text: note.yshift for note in marked.layout.annotations}
    assert heights["1"] < heights["2"] < heights["місяць триває"]
    bare = trend_shares(two_themes(), names=NAMES, lang="uk", unfinished_month=october)
    assert bare.layout.margin.t < marked.layout.margin.t
