import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.bars import compare_bars, first_rows, growth_bars, ranked_bars, stacked_bars

HOSTILE = "<b>&\"'"
SAFE = "&lt;b&gt;&amp;\"'"


def spaces(**columns: list) -> pd.DataFrame:
    return pd.DataFrame({"label": ["Dialog hub", "iHub", "Вона хаб"], "value": [1200.0, 30.0, 4.0], **columns})


def texts(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_bars_stand_in_the_order_of_the_frame_with_label_and_value() -> None:
    figure = ranked_bars(spaces(), lang="uk")
    assert figure.data[0].y == (0, 1, 2)
    assert texts(figure) == ["Dialog hub", "iHub", "Вона хаб", "1\u202f200", "30", "4"]
    first, last = figure.layout.yaxis.range
    assert first > last


def test_a_hidden_value_has_a_word_and_no_bar() -> None:
    figure = ranked_bars(spaces(is_hidden=[False, False, True]), lang="uk")
    assert texts(figure)[-1] == "приховано"
    assert pd.isna(figure.data[0].x[2])
    assert "4" not in figure.data[0].hovertext[2]


def test_a_missing_value_says_so_and_is_not_a_zero() -> None:
    figure = ranked_bars(spaces(value=[1.0, None, 0.0]), lang="uk")
    assert texts(figure)[-2:] == ["немає даних", "0"]


def test_a_given_text_replaces_the_value_but_not_the_word_for_hidden() -> None:
    frame = spaces(value_text=["близько 1200", None, "4 %"], is_hidden=[False, False, True])
    assert texts(ranked_bars(frame, lang="uk"))[-3:] == ["близько 1200", "30", "приховано"]


def test_keys_come_back_as_customdata() -> None:
    assert ranked_bars(spaces(key=["a", "b", "c"]), lang="uk").data[0].customdata == ("a", "b", "c")
    assert ranked_bars(spaces(), lang="uk").data[0].customdata is None


def test_a_long_label_stands_whole_in_as_many_lines_as_it_takes() -> None:
    name = "Молодіжний центр Подільського району імені дуже довгої назви"
    figure = ranked_bars(pd.DataFrame({"label": [name], "value": [1.0]}), lang="uk")
    assert figure.layout.annotations[0].text.replace("<br>", " ") == name
    short = ranked_bars(pd.DataFrame({"label": ["Хаб"], "value": [1.0]}), lang="uk")
    assert "<br>" not in short.layout.annotations[0].text
    assert figure.layout.height > short.layout.height
    assert max(map(len, figure.layout.annotations[0].text.split("<br>"))) <= 44
    assert name in figure.data[0].hovertext[0]


def parts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["Dialog hub", "Dialog hub", "iHub"],
            "part": ["now", "before", "now"],
            "value": [10.0, 8.0, 3.0],
            "is_hidden": [False, False, True],
        }
    )


NAMES = {"now": "жовтень 2026", "before": "жовтень 2025"}


def test_compared_bars_share_a_row_without_overlapping() -> None:
    figure = compare_bars(parts(), names=NAMES, lang="uk")
    now, before = figure.data
    assert before.y[0] - now.y[0] >= now.width
    assert now.marker.color != before.marker.color
    assert "приховано" in texts(figure)


def test_stacked_bars_leave_a_hidden_part_out() -> None:
    figure = stacked_bars(parts(), names=NAMES, lang="uk")
    assert figure.layout.barmode == "stack"
    assert figure.data[0].x == (10.0, 0.0)
    assert figure.data[0].hovertext[1].endswith("<b>приховано</b>")


def meetings() -> pd.DataFrame:
    days = pd.to_datetime(["2023-01-17", "2023-02-14"])
    return pd.DataFrame({"date": days, "spaces_count": [4, 10], "newcomers_count": [4, 6]})


def test_growth_shows_all_and_newcomers() -> None:
    figure = growth_bars(meetings(), names=("усі", "уперше"), lang="uk")
    everyone, newcomers = figure.data
    assert everyone.y == (4.0, 10.0)
    assert newcomers.y == (4.0, 6.0)
    assert everyone.text == ("4", "10")
    assert figure.layout.xaxis.ticktext == ("17 січ<br>2023", "14 лют")


@pytest.mark.parametrize(
    "figure",
    [
        ranked_bars(spaces().iloc[:0], lang="en"),
        compare_bars(parts().iloc[:0], names=NAMES, lang="en"),
        stacked_bars(parts(), names={}, lang="en"),
        growth_bars(meetings().iloc[:0], names=("a", "b"), lang="en"),
    ],
)
def test_without_rows_the_words_stand_in_place_of_the_chart(figure) -> None:
    assert texts(figure) == ["no data"]


@pytest.mark.parametrize(
    "figure",
    [
        ranked_bars(spaces(label=[HOSTILE] * 3, value_text=[HOSTILE] * 3), lang="uk"),
        compare_bars(parts().assign(label=HOSTILE).iloc[:2], names={"now": HOSTILE, "before": "b"}, lang="uk"),
        stacked_bars(parts().assign(label=HOSTILE).iloc[:2], names={"now": HOSTILE, "before": "b"}, lang="uk"),
        growth_bars(meetings(), names=(HOSTILE, "b"), lang="uk"),
    ],
)
def test_user_text_cannot_bring_markup_into_the_figure(figure) -> None:
    said = repr(figure.to_plotly_json())
    assert HOSTILE not in said.replace("\\'", "'")
    assert SAFE in said.replace("\\'", "'")


@pytest.mark.parametrize(("rows", "is_cut"), [(8, False), (9, False), (10, True), (30, True)])
def test_of_long_bars_as_many_rows_are_kept_as_fit_and_the_others_are_counted(rows: int, is_cut: bool) -> None:
    frame = pd.DataFrame(
        {"label": [f"Хаб {row}" for row in range(rows)], "value": [float(100 - row) for row in range(rows)]}
    )
    whole = ranked_bars(frame, lang="uk")
    height = ranked_bars(frame.head(9), lang="uk").layout.height
    cut = first_rows(whole, height, "uk")
    said = [note.text for note in cut.layout.annotations]
    assert cut.layout.height <= height
    assert any("на сторінці" in text for text in said) is is_cut
    if not is_cut:
        assert cut is whole
        return
    kept = len(cut.data[0].x)
    assert list(cut.data[0].x) == frame["value"].tolist()[:kept]
    assert f"<i>і ще {rows - kept} рядк" in next(text for text in said if "на сторінці" in text).replace("\u00a0", " ")
    assert not any(f"Хаб {kept}" == text for text in said)
    assert len(whole.data[0].x) == rows  # the page's own chart is left as it is


def test_bars_side_by_side_lose_whole_rows_and_a_line_loses_nothing() -> None:
    labels = [label for row in range(20) for label in (f"Район {row}",) * 2]
    frame = pd.DataFrame({"label": labels, "part": ["a", "b"] * 20, "value": [5.0] * 40})
    cut = first_rows(compare_bars(frame, names={"a": "А", "b": "Б"}, lang="en"), 420, "en")
    assert {len(trace.x) for trace in cut.data} == {len(cut.data[0].x)}
    assert 1 <= len(cut.data[0].x) < 20
    line = go.Figure(go.Scatter(x=[1], y=[1]), layout={"height": 900})
    assert first_rows(line, 420, "uk") is line
