from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform.times import days, spans

RowsOf = Callable[..., pd.DataFrame]
KYIV = ZoneInfo("Europe/Kyiv")
COLUMNS = ["starts_on", "starts_at", "ends_on", "ends_at"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"starts": "14.02.2026"}, ["2026-02-14", None, "2026-02-14", None]),
        (
            {"starts": "14.02.2026", "starts_time": "18:00", "ends_time": "20:00"},
            ["2026-02-14", "2026-02-14 18:00", "2026-02-14", "2026-02-14 20:00"],
        ),
        ({"starts": "12-17 червня 2017 року"}, ["2017-06-12", None, "2017-06-17", None]),
        ({"starts": "12.06.2017", "ends": "17.06.2017"}, ["2017-06-12", None, "2017-06-17", None]),
        (
            {"starts": "2019-10-18T19:00:00+03:00", "duration": "PT47H"},
            ["2019-10-18", "2019-10-18 19:00", "2019-10-20", "2019-10-20 18:00"],
        ),
        # Midnight in Kyiv is the day before in UTC.
        ({"starts": "2026-02-13T22:30:00Z"}, ["2026-02-14", "2026-02-14 00:30", "2026-02-14", None]),
    ],
)
def test_starts_and_ends(stated: dict[str, str], expected: list[str | None], rows: RowsOf) -> None:
    found, remarks = spans(rows(Dataset.EVENTS, stated), KYIV)
    assert found[COLUMNS].iloc[0].tolist() == [pd.Timestamp(day) if day else pd.NaT for day in expected]
    assert remarks.empty


@pytest.mark.parametrize(
    ("stated", "code", "is_left_out"),
    [
        ({}, "missing_value", True),
        ({"starts": "незабаром"}, "unreadable_date", True),
        ({"starts": "31.02.2026"}, "unreadable_date", True),
        ({"starts": "14.02.2026", "starts_time": "увечері"}, "unread_cell", False),
        ({"starts": "14.02.2026", "ends": "колись"}, "unread_cell", False),
        ({"starts": "14.02.2026", "ends": "13.02.2026"}, "ends_before_start", False),
        ({"starts": "14.02.2026", "starts_time": "18:00", "ends_time": "17:59"}, "ends_before_start", False),
    ],
)
def test_what_cannot_be_read_is_told(stated: dict[str, str], code: str, *, is_left_out: bool, rows: RowsOf) -> None:
    found, remarks = spans(rows(Dataset.EVENTS, stated), KYIV)
    assert remarks["code"].tolist() == [code]
    assert found["starts_on"].isna().tolist() == [is_left_out]
    if not is_left_out:
        assert found["ends_on"].tolist() == found["starts_on"].tolist()
        assert found["ends_at"].isna().all()


def test_an_end_at_the_start_is_no_mistake(rows: RowsOf) -> None:
    _, remarks = spans(
        rows(Dataset.EVENTS, {"starts": "14.02.2026", "starts_time": "18:00", "ends_time": "18:00"}), KYIV
    )
    assert remarks.empty


def test_precision(rows: RowsOf) -> None:
    found, _ = spans(rows(Dataset.EVENTS, {"starts": "14.02.2026"}, {"starts": "14.02.2026 18:00"}), KYIV)
    assert found["date_precision"].tolist() == ["day", "minute"]


def test_no_rows_have_all_columns(rows: RowsOf) -> None:
    found, remarks = spans(rows(Dataset.EVENTS), KYIV)
    assert list(found) == [*COLUMNS, "date_precision"]
    assert remarks.empty


def test_a_day_is_the_first_of_a_range() -> None:
    found = days(pd.Series(["12-17 червня 2017", "14.02.2026 10:00", "колись", None], dtype="str"))
    assert found.tolist()[:2] == [pd.Timestamp("2017-06-12"), pd.Timestamp("2026-02-14")]
    assert found.isna().tolist() == [False, False, True, True]


def test_hours_of_clock_changes_are_said_and_not_guessed(rows: RowsOf) -> None:
    found, remarks = spans(
        rows(
            Dataset.EVENTS,
            {"starts": "29.03.2026", "starts_time": "03:30"},
            {"starts": "29.03.2026 03:30"},
            {"starts": "25.10.2026", "starts_time": "03:30"},
            {"starts": "2026-10-25T03:30:00+02:00"},
            {"starts": "25.10.2026", "starts_time": "01:00", "ends_time": "03:30"},
            {"starts": "25.10.2026", "starts_time": "04:00"},
        ),
        KYIV,
    )
    assert remarks[["row", "field", "code"]].sort_values("row").to_numpy().tolist() == [
        [2, "starts_time", "nonexistent_time"],
        [3, "starts_time", "nonexistent_time"],
        [4, "starts_time", "ambiguous_time"],
        [6, "ends_time", "ambiguous_time"],
    ]
    assert found["starts_on"].notna().all()
    assert found["starts_at"].isna().tolist() == [True, True, False, False, False, False]
    assert found["date_precision"].tolist() == ["day", "day", "minute", "minute", "minute", "minute"]
