"""Counting by marks, by digits and by sorting, beside plain pandas; what is chosen of rows, and where it lies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics import rows as of_rows
from dashboard.metrics.rows import ATTENDED, TOOK_PART, Runs, by_class, distinct, flags_of, medians
from etl.contract import PARTICIPANT_GROUPS

FEW, MANY = 5_000, 0
"""How many groups are counted one by one: all of them, and none."""


@pytest.fixture(params=[FEW, MANY])
def limit(request, monkeypatch) -> int:
    monkeypatch.setattr(of_rows, "_RUNS", request.param)
    return int(request.param)


def runs_of(sizes: list[int]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(sizes)])


@pytest.mark.parametrize("people", [5, 400, 100_000])
def test_different_people_of_each_run(limit: int, people: int) -> None:
    """Few people are marked, and of so many that each run has few of them the numbers are sorted."""
    sizes = [300, 0, 1, 500]
    numbers = np.random.default_rng(people).integers(0, people, sum(sizes)).astype("int32")
    expected = pd.Series(numbers).groupby(np.repeat(range(4), sizes)).agg(lambda each: each[each > 0].nunique())
    assert distinct(numbers, runs_of(sizes)).tolist() == expected.reindex(range(4), fill_value=0).tolist()


def test_nobody_is_none_of_them(limit: int) -> None:
    assert distinct(np.array([0, 0, 3, 0, 3], dtype="int32"), np.array([0, 2, 5])).tolist() == [0, 1]
    assert distinct(np.array([], dtype="int32"), np.array([0, 0])).tolist() == [0]


def test_medians_leave_out_what_is_unknown(limit: int) -> None:
    days = np.array([-1, -1, 4, 0, 7, -1, 2, 9, 3], dtype="int32")
    found = medians(days, np.array([0, 2, 2, 3, 5, 9]))
    np.testing.assert_equal(found, [np.nan, np.nan, 4, 3.5, 3])
    assert np.isnan(medians(np.array([], dtype="int32"), np.array([0, 0]))).all()


def test_medians_of_many_rows_are_those_of_pandas(limit: int) -> None:
    sizes = [40, 1, 0, 333]
    days = np.random.default_rng(3).integers(-1, 60, sum(sizes)).astype("int32")
    known = pd.Series(days, dtype="float64").where(days >= 0)
    expected = known.groupby(np.repeat(range(4), sizes)).median().reindex(range(4))
    np.testing.assert_equal(medians(days, runs_of(sizes)), expected.to_numpy())


@pytest.fixture
def selection(make_scene):
    scene = make_scene()
    scene.event("b", "2026-10-02", recorded=True)
    scene.event("a", "2026-09-01", recorded=True)
    scene.event("c", "2026-10-01", recorded=True)
    scene.register("b", [1, 2, 3], "attended")
    scene.register("b", [1, 4], "no_show", participant_group="ngo")
    scene.register("c", [3], "attended", participant_group="ngo")
    scene.register("c", [None], "attended")
    scene.register("a", [9], "attended")
    return scene.select("2026-09", "2026-10")


def numbers(selection, *events: str) -> np.ndarray:
    by_id = selection.events.set_index("event_id")["event_number"]
    return by_id.loc[list(events)].to_numpy(dtype="int64")


def test_rows_lie_by_month_so_that_whole_months_are_slices(selection) -> None:
    rows = selection.rows
    assert rows.places(rows.in_order(numbers(selection, "b", "c"))) == slice(1, 8)
    assert rows.places(rows.in_order(numbers(selection, "a", "b", "c"))) == slice(0, 8)
    apart = rows.places(rows.in_order(numbers(selection, "a", "c")))
    assert apart.tolist() == [0, 6, 7]
    assert rows.places(np.array([], dtype="int64")) == slice(0, 0)


def test_what_is_kept_adds_up_anew(selection) -> None:
    rows = selection.rows
    kept = rows.kept(rows.groups == PARTICIPANT_GROUPS.index("ngo"))
    a, b, c = numbers(selection, "a", "b", "c")
    assert (kept.counts[[a, b, c]].tolist(), rows.counts[[a, b, c]].tolist()) == ([0, 2, 1], [1, 5, 2])
    assert (kept.lists[ATTENDED][[a, b, c]].tolist(), rows.lists[ATTENDED][[a, b, c]].tolist()) == (
        [0, 0, 1],
        [1, 3, 2],
    )
    assert kept.person_ids[kept.people[kept.places(np.array([c]))]].tolist() == [3]


def test_classes_of_rows_within_groups_of_events(selection) -> None:
    rows = selection.rows
    runs = Runs.of(rows, numbers(selection, "b", "c", "a"), np.array([1, 1, 0]), 2)
    codes, values = rows.classes(["participant_group"])
    flagged, people = by_class(runs, rows, codes, len(values))
    ngo, resident = (len(values) + values["participant_group"].tolist().index(name) for name in ("ngo", "resident"))
    assert flagged.sum(axis=1)[[ngo, resident]].tolist() == [3, 4]
    assert flags_of(flagged, TOOK_PART)[[ngo, resident]].tolist() == [1, 4]
    assert people[[ngo, resident]].tolist() == [1, 3]
