from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import headlines
from dashboard.text.numbers import format_value
from dashboard.text.words import LANGS, Lang


def bars(**values: float | None) -> pd.DataFrame:
    return pd.DataFrame({"label": list(values), "value": pd.Series(list(values.values()), dtype="float64")})


def lines(key: str, **values: float) -> pd.DataFrame:
    months = [date(int(name[1:5]), int(name[6:]), 1) for name in values]
    return pd.DataFrame({"month": pd.to_datetime(months), "key": key, "value": list(values.values())})


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_bars_name_what_is_first_and_how_much_it_has() -> None:
    frame = bars(Енергоощадність=20169, Екологія=300)
    assert plain(headlines.ranked("registrations_count", "Реєстрації", frame, "uk")) == (
        "Енергоощадність: найбільше реєстрацій, 20 169"
    )
    assert headlines.ranked("registrations_count", "Registrations", bars(Energy=20169, Bikes=3), "en") == (
        "Energy: most registrations, 20,169"
    )


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (bars(), "Події"),
        (bars(А=None), "Події"),
        (bars(А=4), "Події: А — 4"),
        (bars(А=4, Б=4), "Події: усюди 4"),
        (bars(А=4, Б=4, В=1), "А і Б: найбільше подій, по 4"),
        (bars(А=4, Б=4, В=4, Г=1), "Події: найбільше значення — 4"),
    ],
)
def test_a_shared_first_place_is_told_as_shared(frame: pd.DataFrame, said: str) -> None:
    assert headlines.ranked("events_count", "Події", frame, "uk") == said


def test_where_something_is_hidden_the_sentence_speaks_of_what_is_shown() -> None:
    frame = bars(А=40, Б=20).assign(is_hidden=[False, True])
    assert headlines.ranked("events_count", "Події", frame, "uk") == "Події: найбільше з показаних — А, 40"
    assert headlines.ranked("events_count", "Події", frame.assign(is_hidden=True), "uk") == (
        "Події: усі значення приховано"
    )


def test_a_share_is_told_in_percent_and_only_when_it_is_the_largest_alone() -> None:
    assert plain(headlines.shares("Частка теми", bars(А=31.2, Б=12), "uk")) == "А: найбільша частка, 31 %"
    assert (
        plain(headlines.shares("Частка теми", bars(А=31, Б=31, В=1), "uk")) == "Частка теми: найбільше значення — 31 %"
    )


def test_a_line_stands_beside_the_same_month_a_year_before_and_the_unfinished_month_is_not_told() -> None:
    frame = lines("all", m2025_09=39, m2026_08=50, m2026_09=48, m2026_10=3)
    said = headlines.trend(
        "events_count", "Події", frame, "uk", names={"all": "Події"}, unfinished_month=date(2026, 10, 1)
    )
    assert plain(said) == "Події: 48 у вересні 2026, рік тому — 39"
    said = headlines.trend("events_count", "Events", frame.iloc[:-1], "en", names={"all": "Events"})
    assert plain(said) == "Events: 48 in September 2026, 39 a year before"


def test_a_short_line_tells_its_peak() -> None:
    frame = lines("all", m2026_07=5, m2026_08=50, m2026_09=48)
    said = headlines.trend("events_count", "Події", frame, "uk", names={"all": "Події"})
    assert plain(said) == "Події: найбільше у серпні 2026, 50"


def test_of_several_lines_the_first_of_the_latest_month_is_named() -> None:
    frame = pd.concat([lines("eco", m2026_08=50, m2026_09=48), lines("bike", m2026_08=1, m2026_09=2)])
    said = headlines.trend("events_count", "Події", frame, "uk", names={"eco": "Екологія", "bike": "Велотранспорт"})
    assert plain(said) == "Екологія: найбільше подій у вересні 2026, 48"
    alone = headlines.trend("events_count", "Події", frame, "uk", names={"bike": "Велотранспорт"})
    assert "48" not in alone


def test_an_hour_of_the_week_stands_in_its_case() -> None:
    frame = pd.DataFrame({"weekday": [2, 5], "hour": [18, 9], "value": [41.0, 3.0]})
    assert headlines.weekday_hour("Події", frame, "uk") == "Події: найбільше у середу о 18:00, 41"
    assert headlines.weekday_hour("Events", frame, "en") == "Events: most on Wednesday at 18:00, 41"
    assert headlines.weekday_hour("Події", frame.assign(value=3.0), "uk") == "Події"


def test_a_cell_is_named_by_row_and_column() -> None:
    frame = pd.DataFrame({"a": ["Dialog hub", "iHub"], "b": ["Time Hub", "City hub"], "value": [7.0, 2.0]})
    assert headlines.cells("Зв’язки", frame, "uk", row="a", column="b") == (
        "Зв’язки: найбільше — Dialog hub · Time Hub, 7"
    )


def test_a_subtitle_leaves_out_what_is_not_known() -> None:
    assert headlines.about("Реєстрації", "вересень 2026") == "Реєстрації · вересень 2026"
    assert headlines.span(date(2026, 9, 1), date(2026, 9, 1), "en").replace("\u00a0", " ") == "September 2026"


VALUES = st.lists(st.one_of(st.none(), st.integers(0, 10**7).map(float)), min_size=0, max_size=9)


@given(values=VALUES, hidden=st.lists(st.booleans(), min_size=9, max_size=9), lang=st.sampled_from(LANGS))
def test_every_number_that_is_said_is_one_of_those_drawn(
    values: list[float | None], hidden: list[bool], lang: Lang
) -> None:
    frame = pd.DataFrame(
        {
            "label": [chr(ord("а") + place) for place in range(len(values))],
            "value": pd.Series(values, dtype="float64"),
            "is_hidden": hidden[: len(values)],
            "key": "a",
            "month": pd.date_range("2025-01-01", periods=len(values), freq="MS"),
            "weekday": [place % 7 for place in range(len(values))],
            "hour": 99,
        }
    )
    drawn = {format_value(value, "count", lang) for value in frame.loc[~frame["is_hidden"], "value"].dropna()}
    drawn |= {format_value(value, "percent", lang) for value in frame.loc[~frame["is_hidden"], "value"].dropna()}
    said = (
        headlines.ranked("events_count", "N", frame, lang),
        headlines.ranked("", "N", frame, lang),
        headlines.shares("N", frame, lang),
        headlines.trend("events_count", "N", frame, lang, names={"a": "A"}),
        headlines.weekday_hour("N", frame, lang).replace("99:00", ""),
        headlines.cells("N", frame, lang, row="label", column="key"),
    )
    for text in said:
        bare = re.sub(r"\S+\u00a02025", "", text)
        numbers = re.findall(r"\d[\d\u202f,]*(?:\u00a0?%)?", bare)
        assert {number.rstrip(",") for number in numbers} <= drawn, text
