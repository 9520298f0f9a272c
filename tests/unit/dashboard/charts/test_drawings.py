"""Network, programme and outline: what is drawn freely."""

import json

import pandas as pd
import pytest

from dashboard.charts.layout import spring_positions
from dashboard.charts.networks import network_graph
from dashboard.charts.outline import district_outline
from dashboard.charts.programme import session_timeline

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


def test_places_depend_on_the_network_and_not_on_the_order_of_rows() -> None:
    there = spring_positions(nodes(), links())
    back = spring_positions(nodes().iloc[::-1], links().iloc[::-1])
    assert there == back
    assert set(there) == {"a", "b", "c", "d"}


def test_a_node_without_links_stands_below_the_others() -> None:
    places = spring_positions(nodes(), links())
    assert places["d"][1] < min(places[node][1] for node in "abc")


def test_nodes_without_any_links_stand_in_a_row() -> None:
    places = spring_positions(nodes(), links().iloc[:0])
    assert len({y for _, y in places.values()}) == 1
    assert len({x for x, _ in places.values()}) == 4


def test_links_to_unknown_nodes_are_left_out() -> None:
    stray = pd.DataFrame({"source": ["a"], "target": ["zz"], "weight": [1]})
    assert set(spring_positions(nodes(), stray)) == {"a", "b", "c", "d"}


def test_groups_differ_by_colour_and_by_shape() -> None:
    figure = network_graph(nodes(), links(), names=GROUPS, lang="uk")
    hub, coworking = [trace for trace in figure.data if trace.name in GROUPS.values()]
    assert hub.marker.color != coworking.marker.color
    assert hub.marker.symbol != coworking.marker.symbol
    assert hub.customdata == ("a", "b", "d")
    assert figure.layout.showlegend


def test_more_meetings_make_a_wider_line() -> None:
    figure = network_graph(nodes(), links(), names=GROUPS, lang="uk")
    lines = [trace for trace in figure.data if trace.mode == "lines" and trace.x]
    assert sorted(len(trace.x) for trace in lines) == [3, 3]
    assert len({trace.line.width for trace in lines}) == 2


def sessions(title: str = "Відкриття") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "day": pd.to_datetime(["2017-06-13", "2017-06-12", "2017-06-12"]),
            "starts_at": pd.to_datetime(["2017-06-13 23:30", None, "2017-06-12 10:00"]),
            "ends_at": pd.to_datetime(["2017-06-14 01:00", None, "2017-06-12 11:30"]),
            "title": ["Кіно", "Виставка", title],
        }
    )


def test_sessions_stand_under_their_day_in_order_of_time() -> None:
    figure = session_timeline(sessions(), lang="uk")
    assert [note.text.replace("\u00a0", " ") for note in figure.layout.annotations] == [
        "<b>12 червня, понеділок</b>",
        "<b>10:00–11:30</b> Відкриття",
        "<b>час не вказано</b> Виставка",
        "<b>13 червня, вівторок</b>",
        "<b>23:30–01:00</b> Кіно",
    ]


def test_a_session_without_hours_has_no_bar_and_one_past_midnight_ends_with_its_day() -> None:
    bars = session_timeline(sessions(), lang="uk").data[0]
    assert bars.base == (10.0, 23.5)
    assert bars.x == (1.5, 0.5)


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


def test_labels_can_be_left_out() -> None:
    assert not district_outline(districts(), lang="uk", show_labels=False).layout.annotations


@pytest.mark.parametrize(
    "figure",
    [
        network_graph(nodes().iloc[:0], links(), names=GROUPS, lang="uk"),
        session_timeline(sessions().iloc[:0], lang="uk"),
        district_outline(districts().iloc[:0], lang="uk"),
    ],
)
def test_without_rows_the_words_stand_in_place_of_the_chart(figure) -> None:
    assert figure.layout.annotations[0].text == "немає даних"


@pytest.mark.parametrize(
    "figure",
    [
        network_graph(nodes(HOSTILE), links(HOSTILE), names={**GROUPS, "hub": HOSTILE}, lang="uk"),
        session_timeline(sessions(HOSTILE), lang="uk"),
        district_outline(districts(HOSTILE).assign(value_text=HOSTILE), lang="uk"),
    ],
)
def test_user_text_cannot_bring_markup_into_the_figure(figure) -> None:
    said = repr(figure.to_plotly_json()).replace("\\'", "'")
    assert HOSTILE not in said
    assert "&lt;b&gt;&amp;\"'" in said
