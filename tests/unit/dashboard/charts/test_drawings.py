"""Network, programme and outline: what is drawn freely."""

import json
from itertools import combinations, pairwise

import pandas as pd
import pytest

from dashboard.charts.layout import apart, around, bow
from dashboard.charts.networks import network_graph, pair_matrix, presence_matrix
from dashboard.charts.outline import district_outline
from dashboard.charts.programme import timetable

HOSTILE = "<b>&\"'"


def nodes(label: str = "Dialog hub") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "label": [label, "iHub", "Time Hub", "City hub"],
            "size": [4, 2, 1, 1],
            "group": ["hub", "hub", "coworking", "hub"],
        }
    )


def links(text: str = "3 зустрічі") -> pd.DataFrame:
    return pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [3, 1], "text": [text, text]})


GROUPS = {"hub": "хаб", "coworking": "коворкінг"}


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_names_stand_on_lines_of_their_own_inside_the_drawing(count: int) -> None:
    places = around([str(number) for number in range(count)])
    assert len(places) == count
    for is_right in (True, False):
        heights = sorted(y for x, y in places.values() if (x > 0) is is_right)
        steps = [above - below for below, above in pairwise(heights)]
        assert all(step >= 2 / (count / 2 + 1) for step in steps)
    assert all(0.3 <= abs(x) <= 1 and abs(y) < 1 for x, y in places.values())


def test_neighbours_around_stand_side_by_side() -> None:
    places = around(["a", "b", "c", "d"])
    assert places["a"][1] > places["b"][1] > 0 > places["c"][1] or places["a"][0] > 0 > places["c"][0]
    assert places["b"][1] == places["c"][1] < places["a"][1] == places["d"][1]


def test_a_line_begins_and_ends_at_its_nodes_and_bends_to_the_middle() -> None:
    points = bow((1.0, 0.6), (1.0, -0.6))
    assert (points[0], points[-1]) == ((1.0, 0.6), (1.0, -0.6))
    assert 0 < points[len(points) // 2][0] < 1


def test_groups_differ_by_colour_and_by_shape() -> None:
    figure = network_graph(nodes(), links(), names=GROUPS, lang="uk")
    hub, coworking = [trace for trace in figure.data if trace.name in GROUPS.values()]
    assert hub.marker.color != coworking.marker.color
    assert hub.marker.symbol != coworking.marker.symbol
    assert hub.customdata == ("a", "b", "d")
    assert figure.layout.showlegend


def test_more_meetings_make_a_wider_line_and_a_link_within_a_group_has_its_colour() -> None:
    figure = network_graph(nodes(), links(), names=GROUPS, lang="uk")
    thin, wide = sorted((trace for trace in figure.data if trace.mode == "lines"), key=lambda trace: trace.line.width)
    assert thin.line.width < wide.line.width
    hub = next(trace for trace in figure.data if trace.name == "хаб")
    assert wide.line.color == hub.marker.color  # a and b are hubs
    assert thin.line.color != hub.marker.color  # b is one, c is none
    assert figure.layout.xaxis.range[0] < -2 < 2 < figure.layout.xaxis.range[1]  # room for the names


def test_names_are_written_outwards_and_whole() -> None:
    figure = network_graph(nodes("Хаб «Орієнтир»: Корольовський район 2"), links(), names=GROUPS, lang="uk")
    sides = {
        text: side
        for trace in figure.data
        if trace.text
        for text, side in zip(trace.text, trace.textposition, strict=True)
    }
    assert sides["\u00a0\u00a0Хаб «Орієнтир»:<br>\u00a0\u00a0Корольовський район 2"] == "middle right"
    assert sides["City hub\u00a0\u00a0"] == "middle left"


def test_a_pair_stands_once_below_the_diagonal() -> None:
    pairs = pd.DataFrame({"one": ["a", "c", "x"], "other": ["b", "a", "a"], "count": [3, 1, 9]})
    figure = pair_matrix(pairs, names={"a": "Хаб А", "b": "Хаб Б", "c": "Хаб В"}, lang="uk")
    assert figure.data[0].z == ([None, None, None], [3.0, None, None], [1.0, None, None])
    assert figure.data[0].hovertext[2][1] == "Хаб В<br>Хаб Б: <b>0</b>"
    assert figure.data[0].hovertext[1][2] == ""
    assert figure.layout.xaxis.ticktext == ("1", "2", "3")
    assert figure.layout.yaxis.ticktext[1] == "Хаб Б  <b>2</b>"


def test_a_presence_fills_its_cell_and_absence_says_nothing() -> None:
    frame = pd.DataFrame({"row": ["a", "b"], "column": ["m2", "zz"], "text": ["господар", "?"], "is_strong": True})
    figure = presence_matrix(frame, rows={"a": "Хаб А", "b": "Хаб Б"}, columns={"m1": "1.05", "m2": "2.05"}, lang="uk")
    assert figure.data[0].z == ([None, 1.0], [None, None])
    assert figure.data[0].hovertext == (["", "Хаб А<br>2.05: <b>господар</b>"], ["", ""])


def sessions(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["place", "starts_at", "ends_at"], dtype="str")
    return frame.assign(**{name: pd.to_datetime("2017-06-12 " + frame[name]) for name in ("starts_at", "ends_at")})


def test_sessions_at_the_same_time_stand_side_by_side_by_place() -> None:
    day = timetable(sessions(("Сад", "12:00", "13:00"), ("Шатро", "10:00", "11:30"), ("Сад", "11:00", "12:00")))
    assert day.places == (("Шатро", 1), ("Сад", 1))
    assert day.times == ("10:00", "11:00", "11:30", "12:00")
    assert [(slot.session, slot.column, slot.row, slot.row_end) for slot in day.slots] == [
        (1, 0, 0, 2),
        (2, 1, 1, 3),
        (0, 1, 3, 4),
    ]
    assert day.starts == {0, 1, 3}


def test_sessions_that_overlap_at_one_place_take_two_columns_and_others_do_not() -> None:
    day = timetable(sessions(("Сад", "10:00", "12:00"), ("Сад", "11:00", "13:00"), ("Двір", "10:00", "11:00")))
    assert day.places == (("Двір", 1), ("Сад", 2))
    assert [slot.column for slot in day.slots] == [0, 1, 2]
    after = timetable(sessions(("Сад", "10:00", "12:00"), ("Сад", "12:00", "13:00")))
    assert after.places == (("Сад", 1),)


def test_a_session_without_an_end_is_short_and_one_without_hours_is_told_apart() -> None:
    day = timetable(sessions(("Сад", None, None), ("Сад", "10:00", None)))
    assert day.untimed == (0,)
    assert day.times == ("10:00",)
    assert timetable(sessions()).slots == ()


def square(left: float) -> str:
    ring = [[left, 50.0], [left + 1, 50.0], [left + 1, 51.0], [left, 51.0], [left, 50.0]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def districts(label: str = "Подільський") -> pd.DataFrame:
    two = {"type": "MultiPolygon", "coordinates": [json.loads(square(left))["coordinates"] for left in (32.0, 34.0)]}
    return pd.DataFrame(
        {
            "label": [label, "Печерський"],
            "value_text": ["12", "приховано"],
            "colour": ["#c9dff0", "#0f4f8a"],
            "geometry_geojson": [square(30.0), json.dumps(two)],
        }
    )


def test_districts_are_filled_outlines_with_name_and_value() -> None:
    figure = district_outline(districts(), lang="uk")
    first, second = figure.data
    assert first.fill == "toself"
    assert first.name == "Подільський: 12"
    assert (len(first.x), len(second.x)) == (5, 11)
    assert figure.layout.annotations[0].text == "Подільський<br><b>12</b>"
    assert 30.0 < figure.layout.annotations[0].x < 31.0


def test_the_drawing_is_not_stretched() -> None:
    axis = district_outline(districts(), lang="uk").layout.yaxis
    assert axis.scaleanchor == "x"
    assert axis.scaleratio == pytest.approx(1.58, abs=0.01)


def test_labels_that_overlap_go_apart_by_the_shorter_way_and_no_further() -> None:
    beside, above = [(0.0, 0.0), (8.0, 1.0)], [(0.0, 0.0), (1.0, 3.0)]
    assert apart(beside, [(10.0, 4.0)] * 2) == [(-1.0, 0.0), (9.0, 1.0)]
    assert apart(above, [(10.0, 4.0)] * 2) == [(0.0, -0.5), (1.0, 3.5)]
    assert apart([(0.0, 0.0), (10.0, 0.0)], [(10.0, 4.0)] * 2) == [(0.0, 0.0), (10.0, 0.0)]
    assert apart([], []) == []


def test_a_crowd_of_labels_finds_room() -> None:
    places = apart([(number * 0.3, -number * 0.2) for number in range(10)], [(60.0, 34.0)] * 10)
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(x - other_x) > 59.9 or abs(y - other_y) > 33.9


def test_names_of_districts_do_not_lie_over_one_another() -> None:
    near = districts().assign(geometry_geojson=[square(30.0), square(30.2)])
    one, other = district_outline(near, lang="uk").layout.annotations
    assert (other.x - one.x, other.y - one.y) == pytest.approx((0.236, 0), abs=0.001)


def test_labels_can_be_left_out() -> None:
    assert not district_outline(districts(), lang="uk", show_labels=False).layout.annotations


@pytest.mark.parametrize(
    "figure",
    [
        network_graph(nodes().iloc[:0], links(), names=GROUPS, lang="uk"),
        pair_matrix(pd.DataFrame(columns=["one", "other", "count"]), names={"a": "А"}, lang="uk"),
        presence_matrix(pd.DataFrame(columns=["row", "column"]), rows={"a": "А"}, columns={}, lang="uk"),
        district_outline(districts().iloc[:0], lang="uk"),
    ],
)
def test_without_rows_the_words_stand_in_place_of_the_chart(figure) -> None:
    assert figure.layout.annotations[0].text == "немає даних"


@pytest.mark.parametrize(
    "figure",
    [
        network_graph(nodes(HOSTILE), links(HOSTILE), names={**GROUPS, "hub": HOSTILE}, lang="uk"),
        pair_matrix(
            pd.DataFrame({"one": ["a"], "other": ["b"], "count": [1]}), names={"a": HOSTILE, "b": HOSTILE}, lang="uk"
        ),
        presence_matrix(
            pd.DataFrame({"row": ["a"], "column": ["m"], "text": [HOSTILE], "is_strong": [False]}),
            rows={"a": HOSTILE},
            columns={"m": "1.05"},
            lang="uk",
        ),
        district_outline(districts(HOSTILE).assign(value_text=HOSTILE), lang="uk"),
    ],
)
def test_user_text_cannot_bring_markup_into_the_figure(figure) -> None:
    said = repr(figure.to_plotly_json()).replace("\\'", "'")
    assert HOSTILE not in said
    assert "&lt;b&gt;&amp;\"'" in said
