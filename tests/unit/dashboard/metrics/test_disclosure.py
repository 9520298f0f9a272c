from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics import districts, groups, workshops
from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.settings import Role

ANALYST = Disclosure(Role.ANALYST)


def closed_from(min_group_size: int = 5) -> Disclosure:
    return Disclosure(Role.PUBLIC, min_group_size)


def people(*counts: int | None, **more: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"n": pd.array(counts, dtype="Int64"), **more})


def shown(frame: pd.DataFrame, column: str = "n") -> list[object]:
    return [None if pd.isna(value) else value for value in frame[column]]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, 0), (1, None), (4, None), (5, 5), (6, 5), (7, 5), (8, 10), (12, 10), (13, 15), (100, 100), (None, None)],
)
def test_the_public_sees_no_small_count_and_multiples_of_five(count: int | None, expected: int | None) -> None:
    frame = protect(people(count), closed_from(), people=["n"])
    assert shown(frame) == [expected]
    assert frame["n_is_hidden"].tolist() == [count is not None and expected is None]


@pytest.mark.parametrize("k", [2, 3, 5, 10])
def test_the_threshold_below_at_and_above(k: int) -> None:
    frame = protect(people(k - 1, k, k + 1), closed_from(k), people=["n"])
    assert frame["n_is_hidden"].tolist() == [True, False, False]
    assert frame["n"].iloc[1] > 0


def test_an_analyst_sees_every_count() -> None:
    frame = protect(people(0, 1, 4, 7, None), ANALYST, people=["n"], adds_up_within=())
    assert shown(frame) == [0, 1, 4, 7, None]
    assert not frame["n_is_hidden"].any()


def test_a_rate_is_computed_from_what_is_shown_and_hidden_with_its_counts() -> None:
    frame = people(3, 7, 0, 8, all=pd.array([20, 20, 20, 3], dtype="Int64"))
    closed = protect(frame, closed_from(), people=["n", "all"], ratios=[Ratio("pct", "n", "all")])
    assert shown(closed, "pct") == [None, 25.0, 0.0, None]
    assert closed["pct_is_hidden"].tolist() == [True, False, False, True]
    open_ = protect(frame, ANALYST, people=["n", "all"], ratios=[Ratio("pct", "n", "all")])
    assert shown(open_, "pct")[:3] == [15.0, 35.0, 0.0]


def test_a_rate_of_nothing_is_missing_and_not_hidden() -> None:
    frame = protect(
        people(0, all=pd.array([0], dtype="Int64")), closed_from(), people=["n"], ratios=[Ratio("pct", "n", "all")]
    )
    assert shown(frame, "pct") == [None]
    assert not frame["pct_is_hidden"].any()


def test_a_median_is_hidden_with_the_count_it_rests_on() -> None:
    frame = protect(people(4, 5, median=[2.5, 3.5]), closed_from(), people=["n"], dependent={"median": "n"})
    assert shown(frame, "median") == [None, 3.5]
    assert frame["median_is_hidden"].tolist() == [True, False]


def test_one_hidden_cell_of_a_table_with_a_total_takes_the_next_smallest_with_it() -> None:
    frame = protect(people(3, 40, 20, 0), closed_from(), people=["n"], adds_up_within=())
    assert shown(frame) == [None, 40, None, 0]


def test_two_hidden_cells_hide_each_other() -> None:
    assert shown(protect(people(3, 2, 40), closed_from(), people=["n"], adds_up_within=())) == [None, None, 40]


def test_without_a_hidden_cell_nothing_more_is_hidden() -> None:
    assert shown(protect(people(0, 5, 40), closed_from(), people=["n"], adds_up_within=())) == [0, 5, 40]


def test_each_table_in_a_frame_is_looked_at_alone() -> None:
    frame = people(3, 40, 30, 20, month=["a", "a", "b", "b"])
    assert shown(protect(frame, closed_from(), people=["n"], adds_up_within=["month"])) == [None, None, 30, 20]


@pytest.mark.parametrize(("cells", "largest"), [(2, 40), (3, 16), (4, 9)])
def test_no_small_count_can_be_worked_out_from_the_table_and_its_total(cells: int, largest: int) -> None:
    """Every table there can be, grouped by what the public sees of it: a small count always could be another."""
    tables = list(itertools.product(range(largest + 1), repeat=cells))
    frame = people(*itertools.chain.from_iterable(tables), table=np.repeat(range(len(tables)), cells).tolist())
    cells_shown = protect(frame, closed_from(), people=["n"], adds_up_within=["table"])["n"].fillna(-1)
    totals_shown = protect(people(*map(sum, tables)), closed_from(), people=["n"])["n"].fillna(-1)
    by_view: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for table, seen, total in zip(tables, cells_shown.to_numpy().reshape(-1, cells), totals_shown, strict=True):
        by_view.setdefault((*seen, total), []).append(table)
    for view, alike in by_view.items():
        for cell in range(cells):
            values = {table[cell] for table in alike}
            # A larger table than those listed might look the same; that only adds possibilities.
            if view[cell] == -1 and any(0 < value < 5 for value in values) and max(map(max, alike)) < largest - 2:
                assert len(values) > 1, (view, alike)


def test_a_table_whose_total_is_hidden_is_hidden_whole() -> None:
    frame = protect(people(1, 3, 0, None), closed_from(), people=["n"], adds_up_within=())
    assert frame["n_is_hidden"].tolist() == [True, True, True, False]
    assert shown(protect(people(0, 0), closed_from(), people=["n"], adds_up_within=())) == [0, 0]


def test_a_total_that_leaves_only_ones_is_seen() -> None:
    # 40 stands for at most 42 and five times 10 for at least 40: the two hidden ones would be 1 and 1.
    frame = protect(people(1, 1, 8, 8, 8, 8, 8), closed_from(), people=["n"], adds_up_within=())
    assert frame["n_is_hidden"].sum() == 3


def test_nothing_is_changed_in_the_frame_given() -> None:
    frame = people(3, 40)
    before = frame.copy()
    protect(frame, closed_from(), people=["n"], adds_up_within=())
    pd.testing.assert_frame_equal(frame, before)


def test_a_group_of_one_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="min_group_size"):
        Disclosure(Role.PUBLIC, 1)


def test_a_small_participant_group_is_hidden_and_cannot_be_subtracted(scene, public, analyst) -> None:
    scene.event("e", "2026-10-05", recorded=True)
    scene.register("e", range(1, 31), "attended")
    scene.register("e", range(31, 34), "attended", participant_group="artist")
    scene.register("e", range(40, 60), "attended", participant_group="student")
    selection = scene.select("2026-10", "2026-10")
    exact = groups.by_group(selection, analyst).set_index("participant_group")
    closed = groups.by_group(selection, public).set_index("participant_group")
    assert exact.loc["artist", "participants_count"] == 3
    assert closed.loc[["artist", "student"], "participants_count"].isna().all()
    assert closed.loc["resident", "participants_count"] == 30
    assert closed.loc[["artist", "student"], "group_share_pct"].isna().all()


def test_hidden_people_are_hidden_per_resident_too(scene, public) -> None:
    scene.event("e", "2026-10-05", recorded=True)
    scene.register("e", range(1, 5), "attended")
    scene.event("f", "2026-10-05", district_code=None, recorded=True)
    scene.register("f", range(10, 40), "attended")
    frame = districts.by_district(scene.select("2026-10", "2026-10"), public).set_index("district_code")
    assert pd.isna(frame.loc["D1", "participants_per_1000"])
    assert frame.loc["D1", "participants_per_1000_is_hidden"]
    assert frame.loc["D2", "participants_per_1000"] == 0


def test_hidden_goals_of_a_workshop_say_that_they_are_hidden(scene, public) -> None:
    scene.event("w", "2026-10-05", is_workshop=True, recorded=True)
    scene.register("w", range(1, 21), "attended")
    scene.register("w", range(21, 24), "attended", participant_group="ngo")
    goals = workshops.goals(scene.select("2026-10", "2026-10"), "w", public).set_index("goal")
    assert goals.loc["ngo_support", "value_is_hidden"]
    assert pd.isna(goals.loc["ngo_support", "value"])
    assert goals.loc["involvement", "value"] == 25
