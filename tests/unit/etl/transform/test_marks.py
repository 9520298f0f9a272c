"""Marks on the axes of time: what is read, what is left out and why, and what the pack states beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ANNOTATIONS, from_records
from etl.sources.raw import Dataset
from etl.transform.marks import marks

BLACKOUT = {"kind": "відключення", "starts_on": "10.10.2025", "ends_on": "12.10.2025", "text": "Тривалі відключення"}
PACK = {
    "annotations": from_records(
        ANNOTATIONS,
        [
            {
                "city_id": "kyiv",
                "starts_on": pd.Timestamp("2025-09-01"),
                "kind": "other",
                "text_uk": "Початок року",
                "origin": "fact",
                "source_id": "pack",
            }
        ],
    )
}


def test_a_mark_is_read_beside_those_of_the_pack(rows) -> None:
    found = marks(rows(Dataset.ANNOTATIONS, {**BLACKOUT, "text_en": "Power cuts"}), PACK).tables["annotations"]
    assert list(found["kind"]) == ["other", "blackout"]
    row = found.iloc[1]
    assert (str(row["starts_on"].date()), str(row["ends_on"].date())) == ("2025-10-10", "2025-10-12")
    assert (row["text_uk"], row["text_en"], row["origin"]) == ("Тривалі відключення", "Power cuts", "own")
    assert pd.isna(found.iloc[0]["text_en"])


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": None}, "missing_value", "kind"),
        ({"starts_on": None}, "missing_value", "starts_on"),
        ({"text": None}, "missing_value", "text"),
        ({"kind": "свято врожаю"}, "unknown_mark", "kind"),
        ({"starts_on": "колись"}, "unreadable_date", "starts_on"),
        ({"ends_on": "потім"}, "unreadable_date", "ends_on"),
        ({"ends_on": "09.10.2025"}, "mark_ends_before_start", "ends_on"),
    ],
)
def test_a_row_that_is_no_mark_is_left_out_with_its_reason(rows, change, code, field) -> None:
    result = marks(rows(Dataset.ANNOTATIONS, {**BLACKOUT, **change}), PACK)
    assert list(zip(result.remarks["code"], result.remarks["field"], strict=True)) == [(code, field)]
    assert list(result.tables["annotations"]["kind"]) == ["other"]
    assert result.loaded.empty


@pytest.mark.parametrize("ends_on", [None, "10.10.2025", "11.10.2025"])
def test_a_mark_of_one_day_or_more_is_none_of_these(rows, ends_on) -> None:
    result = marks(rows(Dataset.ANNOTATIONS, {**BLACKOUT, "ends_on": ends_on}), PACK)
    assert result.remarks.empty
    assert len(result.loaded) == 1


def test_the_same_mark_twice_is_one(rows) -> None:
    result = marks(rows(Dataset.ANNOTATIONS, BLACKOUT, BLACKOUT), PACK)
    assert list(result.tables["annotations"]["kind"]) == ["other", "blackout"]
    assert list(result.remarks["code"]) == ["duplicate_row"]


def test_no_rows_leave_those_of_the_pack(rows) -> None:
    assert len(marks(rows(Dataset.ANNOTATIONS), PACK).tables["annotations"]) == 1
