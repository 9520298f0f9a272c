from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics import districts, groups, workshops
from dashboard.metrics.disclosure import Blocks, Disclosure, Ratio, blocks, protect, published, rows_to_hide
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
    frame = protect(people(0, 1, 4, 7, None), ANALYST, people=["n"])
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


def numbers(*values: float) -> np.ndarray:
    return np.array(values, dtype="float64")


def told(*exact: int, k: int = 5) -> list[float | None]:
    """One sum of blocks as the public sees it."""
    found = blocks(numbers(*exact), closed_from(k))
    shown, _ = published(Blocks(numbers(found.value.sum()), numbers(found.least.sum())), closed_from(k))
    return [None if np.isnan(value) else value for value in shown]


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ((12, 12), 20),  # 10 and 10: a total says no more than its parts
        ((12, 4), 15),  # 10 and half of 5
        ((12, 1), 15),  # whatever is hidden counts the same
        ((4, 4), None),  # two hidden ones might be two people
        ((1, 1, 1, 1), None),
        ((1, 1, 1, 1, 1), 15),  # five hidden ones are at least five people
        ((4, 4, 4, 4, 4), 15),
        ((0, 3), None),
        ((0, 0), 0),
    ],
)
def test_a_sum_is_made_of_what_is_published(exact: tuple[int, ...], shown: int | None) -> None:
    assert told(*exact) == [shown]


@pytest.mark.parametrize("k", [3, 5, 10])
def test_a_sum_is_the_same_whatever_a_hidden_block_holds(k: int) -> None:
    sums = {tuple(told(hidden, 33, 21, k=k)) for hidden in range(1, k)}
    assert len(sums) == 1
    assert tuple(told(0, 33, 21, k=k)) == tuple(told(33, 21, k=k))


@pytest.mark.parametrize(("k", "base"), [(2, 5), (5, 5), (6, 6), (10, 10)])
def test_numbers_are_rounded_to_no_less_than_the_threshold(k: int, base: int) -> None:
    assert closed_from(k).base == base
    assert shown(protect(people(k, 10 * base + 1), closed_from(k), people=["n"])) == [base, 10 * base]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((3, 40, 20, 0), (True, False, True, False)),  # the smallest that is not small goes with it
        ((0, 5, 40), (False, False, False)),
        ((3, 2, 40), (True, True, True)),  # a row must go that is bounded by nothing
        ((1, 1, 8, 9), (True, True, True, False)),
        ((2, 1, 0), (True, True, True)),  # there is none
        ((0, 0), (False, False)),
    ],
)
def test_rows_are_hidden_until_the_small_ones_are_unknown(counts: tuple[int, ...], hidden: tuple[bool, ...]) -> None:
    assert tuple(rows_to_hide([numbers(*counts)], closed_from())) == hidden


def test_a_row_is_hidden_for_any_of_its_counts() -> None:
    signed_up, came = numbers(30, 20, 50), numbers(3, 18, 40)
    assert rows_to_hide([signed_up, came], closed_from()).tolist() == [True, True, False]


def test_an_analyst_is_hidden_no_row() -> None:
    assert not rows_to_hide([numbers(3, 40)], ANALYST).any()


@pytest.mark.parametrize(("cells", "largest"), [(2, 30), (3, 18), (4, 12)])
def test_no_small_row_can_be_told_from_another_by_who_replays_the_choice_of_rows(cells: int, largest: int) -> None:
    """Every table there can be, grouped by what the public sees of it and of its total.

    Who replays the rule on a table alone may rule out values at the edge, where others would have hidden more rows.
    """
    by_view: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for table in itertools.product(range(largest + 1), repeat=cells):
        hidden = rows_to_hide([numbers(*table)], closed_from())
        rounded, _ = published(blocks(numbers(*table, sum(table)), closed_from()), closed_from())
        seen = [None if flag else count for count, flag in zip(rounded, [*hidden, False], strict=True)]
        by_view.setdefault((*seen[:-1], -1 if np.isnan(rounded[-1]) else rounded[-1]), []).append(table)
    for view, alike in by_view.items():
        if view[-1] + 2 > largest:  # larger tables than those listed may look the same
            continue
        for row in range(cells):
            values = {table[row] for table in alike}
            if view[row] is None and values & {1, 2, 3, 4}:
                assert len(values) >= 4, (view, alike)
                assert len(values & {1, 2, 3, 4}) >= 2, (view, alike)


def test_nothing_is_changed_in_the_frame_given() -> None:
    frame = people(3, 40)
    before = frame.copy()
    protect(frame, closed_from(), people=["n"])
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
