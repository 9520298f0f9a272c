"""The programme of a day as HTML."""

import pandas as pd

from dashboard.ui.timetable import day_html


def sessions(**of: list) -> pd.DataFrame:
    columns = {
        "title": ["Відкриття", "Виставка"],
        "place": ["Сад", "Двір"],
        "starts_at": pd.to_datetime(["2017-06-12 10:00", None]),
        "ends_at": pd.to_datetime(["2017-06-12 11:30", None]),
        "theme": ["Екологія", None],
        "colour": ["#09aa5a", "#7b8794"],
    }
    return pd.DataFrame({**columns, **of})


def test_a_session_says_its_hours_theme_and_place() -> None:
    text = day_html(sessions(), lang="uk")
    assert "<strong>Відкриття</strong><span>10:00–11:30</span> · <span>Екологія</span>" in text
    assert "<span class='cs-where'>Сад</span>" in text
    assert "grid-column:2;grid-row:2/3" in text
    timed, untimed = text.split("час не вказано")
    assert "Виставка" in untimed
    assert "Виставка" not in timed


def test_where_all_have_hours_nothing_is_said_of_those_without() -> None:
    assert "час не вказано" not in day_html(sessions().iloc[:1], lang="uk")


def test_texts_of_the_data_are_no_markup() -> None:
    hostile = "<script>'"
    text = day_html(sessions(title=[hostile] * 2, place=[hostile] * 2, theme=[hostile] * 2), lang="uk")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
