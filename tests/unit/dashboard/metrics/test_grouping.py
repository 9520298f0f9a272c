"""Rows by group, with and without numbers beside texts; events by chosen themes; what a selection remembers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.grouping import Groups, numbered, with_numbers

EVENTS = pd.DataFrame(
    {
        "district_code": pd.Series(["b", None, "a", "b", None], dtype="str"),
        "month": pd.to_datetime(["2026-10-01", "2026-10-01", "2026-09-01", "2026-09-01", "2026-10-01"]),
    }
)


@pytest.mark.parametrize("frame", [EVENTS, numbered(EVENTS, ["district_code"])])
def test_a_missing_value_is_a_group_of_its_own(frame: pd.DataFrame) -> None:
    groups = Groups(frame, ["district_code"])
    found = dict(zip(groups.keys["district_code"].fillna("none"), groups.sum(np.arange(5)), strict=True))
    assert found == {"none": 5, "a": 2, "b": 3}
    wanted = pd.DataFrame({"district_code": pd.Series(["b", "c", None], dtype="str")})
    assert groups.sizes[groups.places(wanted)[[0, 2]]].tolist() == [2, 2]
    assert groups.places(wanted)[1] == -1


@pytest.mark.parametrize("frame", [EVENTS, numbered(EVENTS, ["district_code"])])
def test_groups_of_two_columns_are_those_of_pandas(frame: pd.DataFrame) -> None:
    groups = Groups(frame, ["month", "district_code"])
    expected = EVENTS.groupby(["month", "district_code"], dropna=False).size()
    found = pd.Series(groups.sizes, index=groups.index)
    assert found.sort_index().tolist() == expected.tolist()
    assert groups.places(EVENTS).tolist() == groups.codes.tolist()


def test_numbers_that_do_not_fit_a_table_are_told_apart_by_sorting() -> None:
    frame = pd.DataFrame({"weekday": [1, 1, 2], "part": ["x", "x", "y"], "part_number": [900_000, 900_000, 0]})
    groups = Groups(frame, ["weekday", "part"])
    assert sorted(groups.sizes.tolist()) == [1, 2]


def test_without_columns_all_are_one_group_and_nobody_is_none() -> None:
    one, none = Groups(EVENTS, []), Groups(EVENTS.iloc[:0], [])
    row = pd.DataFrame(index=[0])
    assert (one.sizes.tolist(), one.places(row).tolist()) == ([5], [0])
    assert (none.sizes.tolist(), none.places(row).tolist()) == ([], [-1])


def test_only_numbers_that_there_are_go_along() -> None:
    assert with_numbers(EVENTS, ["month", "district_code", "month"]) == ["month", "district_code"]
    assert with_numbers(numbered(EVENTS, ["district_code"]), ["district_code"]) == ["district_code", "district_number"]


def test_a_selection_of_other_rows_remembers_nothing(full_scene) -> None:
    selection = full_scene.select("2026-10", "2026-10")
    assert selection.remember("asked", lambda: 1) == 1
    assert selection.remember("asked", lambda: 2) == 1
    assert replace(selection, events=selection.events.iloc[:1]).remember("asked", lambda: 3) == 3


def test_an_event_stands_once_for_each_of_its_chosen_themes(full_scene) -> None:
    selection = full_scene.select("2026-10", "2026-10")
    columns = ["event_number", "event_id"]
    pairs = selection.event_themes[["event_number", "theme_id"]]
    expected = selection.events[columns].merge(pairs, on="event_number", how="left")
    for with_none in (True, False):
        found = selection.themed(selection.events[columns], with_none=with_none)
        rows = expected if with_none else expected.dropna()
        assert len(rows)
        pd.testing.assert_frame_equal(
            found[["event_id", "theme_id"]].reset_index(drop=True),
            rows[["event_id", "theme_id"]].reset_index(drop=True),
        )
