"""Counting by marks, by digits and by sorting, beside plain pandas; what is chosen of rows, and where it lies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics import rows as of_rows
from dashboard.metrics.rows import (
    ATTENDED,
    TOOK_PART,
    Runs,
    distinct,
    distinct_by_class,
    distinct_since,
    flagged_by_class,
    flags_of,
    medians,
)
from etl.contract import PARTICIPANT_GROUPS

FEW, MANY = 5_000, 0
"""How many groups, and days of groups, are counted one by one: all of them, and none."""


@pytest.fixture(params=[FEW, MANY])
def limit(request, monkeypatch) -> int:
    monkeypatch.setattr(of_rows, "_RUNS", request.param)
    monkeypatch.setattr(of_rows, "_CELLS", request.param)
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
    days = np.array([-1, 4, 0, -1, -1, 7, 2, 9, 3], dtype="int32")
    codes = np.array([0, 2, 3, 4, 0, 3, 4, 4, 4], dtype="int32")
    np.testing.assert_equal(medians(days, codes, 5), [np.nan, np.nan, 4, 3.5, 3])
    assert np.isnan(medians(np.array([], dtype="int32"), np.array([], dtype="int32"), 1)).all()


def test_medians_of_many_rows_are_those_of_pandas(limit: int) -> None:
    chance = np.random.default_rng(3)
    codes = chance.permutation(np.repeat([0, 1, 3], [40, 1, 333])).astype("int32")
    days = chance.integers(-1, 60, len(codes)).astype("int32")
    known = pd.Series(days, dtype="float64").where(days >= 0)
    expected = known.groupby(codes).median().reindex(range(4))
    np.testing.assert_equal(medians(days, codes, 4), expected.to_numpy())


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


def test_rows_lie_by_month_so_that_whole_months_are_not_copied(selection) -> None:
    rows = selection.rows
    for events, place in (("bc", slice(1, 8)), ("abc", slice(0, 8))):
        taken = rows.taken(rows.flags, rows.in_order(numbers(selection, *events)))
        assert np.shares_memory(taken, rows.flags)
        assert taken.tolist() == rows.flags[place].tolist()
    assert rows.taken(rows.flags, np.array([], dtype="int64")).tolist() == []


@pytest.mark.parametrize("piece", [0, 1_000])
def test_rows_that_do_not_lie_together_are_copied_piece_by_piece_or_one_by_one(selection, monkeypatch, piece) -> None:
    monkeypatch.setattr(of_rows, "_LONG_PIECE", piece)
    rows = selection.rows
    for events, places in (("ac", [0, 6, 7]), ("ca", [6, 7, 0]), ("aa", [0, 0])):
        assert rows.taken(np.arange(8), numbers(selection, *events)).tolist() == places


def test_within_a_month_rows_lie_by_district_and_space(make_scene) -> None:
    scene = make_scene()
    for event, space in (("a", "s2"), ("b", "s1"), ("c", "s2")):
        scene.event(event, "2026-10-01", space_id=space, recorded=True)
        scene.register(event, [1], "attended")
    selection = scene.select("2026-10", "2026-10")
    rows = selection.rows
    assert rows.in_order(numbers(selection, "c", "b", "a")).tolist() == numbers(selection, "b", "a", "c").tolist()
    together = rows.in_order(numbers(selection, "c", "b", "a"), np.array([0, 1, 0]))
    assert together.tolist() == numbers(selection, "a", "c", "b").tolist()


def test_people_are_counted_from_a_number_on(limit: int) -> None:
    people, bounds = np.array([3, 1, 3, 0, 2, 9], dtype="int32"), np.array([0, 3, 6, 6])
    since = np.array([[2, 3, 1], [1, 1, 1]])
    assert distinct_since(people, bounds, since).tolist() == [[1, 1, 0], [2, 2, 0]]


def test_who_first_came_in_a_month_is_numbered_after_who_came_before(selection) -> None:
    rows = selection.rows
    ids = rows.person_ids[rows.first_of(np.array([2026 * 12 + 9])).item() :].tolist()
    assert sorted(ids) == [1, 2, 3]
    assert rows.first_of(np.array([0, 2030 * 12])).tolist() == [1, 5]


def test_what_is_kept_adds_up_anew(selection) -> None:
    rows = selection.rows
    kept = rows.kept(rows.groups == PARTICIPANT_GROUPS.index("ngo"))
    a, b, c = numbers(selection, "a", "b", "c")
    assert (kept.counts[[a, b, c]].tolist(), rows.counts[[a, b, c]].tolist()) == ([0, 2, 1], [1, 5, 2])
    assert (kept.lists[ATTENDED][[a, b, c]].tolist(), rows.lists[ATTENDED][[a, b, c]].tolist()) == (
        [0, 0, 1],
        [1, 3, 2],
    )
    assert kept.person_ids[kept.taken(kept.people, np.array([c]))].tolist() == [3]


def test_classes_of_rows_within_groups_of_events(selection) -> None:
    rows = selection.rows
    runs = Runs.of(rows, numbers(selection, "b", "c", "a"), np.array([1, 1, 0]), 2)
    codes, values = rows.classes(["participant_group"])
    flagged = flagged_by_class(runs, codes, len(values))
    ngo, resident = (values["participant_group"].tolist().index(name) for name in ("ngo", "resident"))
    assert flags_of(flagged, 0)[1, [ngo, resident]].tolist() == [3, 4]
    assert flags_of(flagged, TOOK_PART)[1, [ngo, resident]].tolist() == [1, 4]
    people = distinct_by_class(runs.taken(rows.people), runs.bounds, runs.taken(codes), len(values))
    assert people[1, [ngo, resident]].tolist() == [1, 3]


@pytest.mark.parametrize("people", [5, 100_000])
def test_different_people_of_each_class(people: int) -> None:
    """Of few people each is marked in each class; of many the rows are put in the order of their classes."""
    random = np.random.default_rng(people)
    numbers, classes = random.integers(0, people, 900).astype("int32"), random.integers(0, 7, 900).astype("int16")
    bounds = np.array([0, 500, 500, 900])
    runs = np.repeat(range(3), np.diff(bounds))
    found = pd.Series(numbers).groupby([runs, classes]).agg(lambda each: each[each > 0].nunique())
    expected = found.reindex(pd.MultiIndex.from_product([range(3), range(9)]), fill_value=0)
    assert distinct_by_class(numbers, bounds, classes, 9).tolist() == expected.to_numpy().reshape(3, 9).tolist()
