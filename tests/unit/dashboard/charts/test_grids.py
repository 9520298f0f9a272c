import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.grids import cohort_grid, matrix, month_calendar, weekday_hour_heatmap


def slots(**columns: list) -> pd.DataFrame:
    return pd.DataFrame({"weekday": [0, 6], "hour": [18, 12], "value": [4.0, 7.0], **columns})


def test_monday_is_on_top_and_hours_go_across() -> None:
    figure = weekday_hour_heatmap(slots(), lang="uk")
    assert figure.layout.yaxis.ticktext == ("пн", "вт", "ср", "чт", "пт", "сб", "нд")
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.data[0].z[0][18 - 8] == 4.0
    assert figure.data[0].hovertext[6][12 - 8] == "неділя, 12:00–13:00: <b>7</b>"


@pytest.mark.parametrize(("hour", "first"), [(7, 7), (8, 8), (9, 8)])
def test_the_morning_begins_at_eight_or_earlier(hour: int, first: int) -> None:
    frame = pd.DataFrame({"weekday": [0], "hour": [hour], "value": [1.0]})
    assert weekday_hour_heatmap(frame, lang="uk").data[0].hovertext[0][0].startswith(f"понеділок, {first}:00")


def test_a_hidden_cell_is_crossed_and_its_value_is_nowhere() -> None:
    figure = weekday_hour_heatmap(slots(value=[4.0, 987.0], is_hidden=[False, True]), lang="uk")
    assert figure.data[0].z[6][4] is None
    assert figure.data[0].hovertext[6][4].endswith("<b>приховано</b>")
    assert (figure.data[1].x, figure.data[1].y) == ((4,), (6,))
    assert "987" not in figure.to_json()


def test_without_hidden_cells_there_is_no_cross() -> None:
    assert len(weekday_hour_heatmap(slots(), lang="uk").data) == 1


ROWS = {"culture": "Культура", "ecology": "Екологія"}
STAGES = {"idea": "ідея", "draft": "чернетка"}


def proposals(**columns: list) -> pd.DataFrame:
    return pd.DataFrame(
        {"row": ["culture", "ecology"], "column": ["idea", "draft"], "value": [3.0, 1.0], **columns},
    )


def test_a_matrix_keeps_the_order_of_rows_and_columns() -> None:
    figure = matrix(proposals(), rows=ROWS, columns=STAGES, lang="uk")
    assert figure.data[0].z == ([3.0, None], [None, 1.0])
    assert figure.layout.yaxis.ticktext == ("Культура", "Екологія")


def test_an_empty_cell_says_what_the_page_asks_for() -> None:
    plain = matrix(proposals(), rows=ROWS, columns=STAGES, lang="uk")
    told = matrix(proposals(), rows=ROWS, columns=STAGES, lang="uk", empty_text="не було")
    assert plain.data[0].hovertext[0][1] == "Культура<br>чернетка: <b>немає даних</b>"
    assert told.data[0].hovertext[0][1] == "Культура<br>чернетка: <b>не було</b>"


def test_a_hidden_cell_stays_hidden_when_empty_cells_have_a_text() -> None:
    frame = proposals(is_hidden=[True, False])
    figure = matrix(frame, rows=ROWS, columns=STAGES, lang="uk", empty_text="не було")
    assert figure.data[0].hovertext[0][0].endswith("<b>приховано</b>")


@pytest.mark.parametrize(("columns", "is_written"), [(8, True), (9, False)])
def test_values_are_written_while_they_are_legible(columns: int, is_written: bool) -> None:
    frame = pd.DataFrame({"row": ["r"], "column": ["0"], "value": [1.0]})
    names = {str(number): f"c{number}" for number in range(columns)}
    figure = matrix(frame, rows={"r": "R"}, columns=names, lang="uk")
    assert any(trace.type == "scatter" for trace in figure.data) is is_written


def test_text_is_white_on_strong_cells_only() -> None:
    figure = matrix(proposals(), rows=ROWS, columns=STAGES, lang="uk")
    strong, weak = figure.data[1], figure.data[2]
    assert (strong.text, strong.textfont.color) == (("3",), "#ffffff")
    assert (weak.text, weak.textfont.color) == (("1",), None)


@pytest.mark.parametrize(
    "figure",
    [
        weekday_hour_heatmap(slots().iloc[:0], lang="uk"),
        matrix(proposals(), rows={}, columns=STAGES, lang="uk"),
    ],
)
def test_without_rows_the_words_stand_in_place_of_the_chart(figure) -> None:
    assert figure.layout.annotations[0].text == "немає даних"


def test_user_text_cannot_bring_markup_into_a_matrix() -> None:
    hostile = "<b>&\"'"
    frame = proposals(text=[hostile, None])
    figure = matrix(frame, rows={**ROWS, "culture": hostile}, columns={**STAGES, "idea": hostile}, lang="uk")
    said = repr(figure.to_plotly_json()).replace("\\'", "'")
    assert hostile not in said
    assert "&lt;b&gt;&amp;\"'" in said


def cohort(**change) -> go.Figure:
    frame = pd.DataFrame(
        {
            "row": ["2026-06", "2026-06", "2026-07"],
            "months_since": [1, 2, 1],
            "value": [25.0, 50.0, 0.0],
            "text": ["1 із 4", "2 із 4", "0 із 1"],
        }
    )
    rows = {"2026-06": "чер 2026 · 4", "2026-07": "лип 2026 · 1"}
    hover = "{row}: {months}: {value} ({text})"
    return cohort_grid(
        frame, **{"rows": rows, "months": 2, "lang": "uk", "axis_title": "Місяців", "hover": hover, **change}
    )


def test_what_of_a_cohort_has_not_come_stays_empty_and_is_no_zero() -> None:
    figure = cohort()
    assert [list(row) for row in figure.data[0].z] == [[25.0, 50.0], [0.0, None]]
    assert figure.data[0].hovertext[0][1].replace("\u00a0", " ") == "чер 2026 · 4: 2: 50 % (2 із 4)"
    assert figure.data[0].hovertext[1][1] == ""
    assert list(figure.layout.yaxis.ticktext) == ["чер 2026 · 4", "лип 2026 · 1"]


def test_of_a_cohort_only_the_wanted_months_are_drawn() -> None:
    assert [list(row) for row in cohort(months=1).data[0].z] == [[25.0], [0.0]]
    assert cohort(rows={}).layout.annotations[0].text == "немає даних"


def days(*counts: float) -> pd.DataFrame:
    """The first days of October 2026, which begins on a Thursday."""
    at = pd.date_range("2026-10-01", periods=len(counts), freq="D")
    return pd.DataFrame({"day": at, "value": list(counts), "text": [f"{day.day} <b>" for day in at]})


def test_a_calendar_begins_under_its_weekday_and_an_empty_day_is_no_zero() -> None:
    figure = month_calendar(days(2.0, 0.0, 3.0, 1.0, 4.0), lang="uk")
    assert [list(row) for row in figure.data[0].z] == [[None, None, None, 2.0, None, 3.0, 1.0], [4.0, *[None] * 6]]
    assert figure.data[0].hovertext[0][4] == "2 &lt;b&gt;"
    assert [note.text for note in figure.layout.annotations] == ["1", "2", "3", "4", "5"]
    assert figure.layout.xaxis.ticktext[0] == "пн"
    assert month_calendar(days(), lang="uk").layout.annotations[0].text == "немає даних"
