"""Cohorts, months between visits, and paths, against tiny cities counted by hand."""

from __future__ import annotations

import pytest

from dashboard.metrics import cohorts, paths


@pytest.fixture
def visitors(scene):
    """Everyone is new in May. Of 1, 2, 3, 4 of June: 1 comes in July and August, 2 in August, 3 and 4 never again."""
    for space in ("a", "b"):
        scene.space(space)
    scene.event("may", "2026-05-05", space_id="a", themes=("ecology",))
    scene.event("june", "2026-06-05", space_id="a", themes=("ecology",))
    scene.event("july", "2026-07-05", space_id="b", themes=("culture",))
    scene.event("august", "2026-08-05", space_id="b", themes=("culture", "ecology"))
    scene.event("november", "2026-11-05", space_id="a", themes=("ecology",))
    scene.register("may", [9])
    scene.register("june", [1, 2, 3, 4, None])
    scene.register("july", [1, 5])
    scene.register("august", [1, 2])
    scene.register("november", [3, 7])
    return scene


def test_of_a_cohort_who_came_again(visitors, analyst) -> None:
    frame = cohorts.by_first_month(visitors.select("2026-05", "2026-11"), analyst)
    june = frame[frame["cohort_month"] == "2026-06-01"]
    # November is unfinished: who comes in it later is not absent, who has come in it is not counted yet.
    assert list(june["months_since"]) == [1, 2, 3, 4]
    assert list(june["cohort_people_count"]) == [4] * 4
    assert list(june["came_again_count"]) == [1, 2, 0, 0]
    assert list(june["came_by_then_count"]) == [1, 2, 2, 2]
    assert list(june["came_again_share_pct"]) == [25, 50, 0, 0]


def test_all_cohorts_together_are_those_that_have_the_month_behind_them(visitors, analyst) -> None:
    frame = cohorts.together(cohorts.by_first_month(visitors.select("2026-05", "2026-11"), analyst))
    # June's four have four months behind them, July's one (person 5) has three.
    assert list(frame["months_since"]) == [1, 2, 3, 4]
    assert list(frame["cohort_people_count"]) == [5, 5, 5, 4]
    assert list(frame["came_by_then_share_pct"]) == [20, 40, 40, 50]
    assert cohorts.together(cohorts.by_first_month(visitors.select("2026-11", "2026-11"), analyst)).empty


def test_neither_the_first_month_of_lists_nor_the_unfinished_one_is_a_cohort(visitors, analyst) -> None:
    frame = cohorts.by_first_month(visitors.select("2026-05", "2026-11"), analyst)
    assert list(frame["cohort_month"].dt.strftime("%m").unique()) == ["06", "07"]


def test_a_cohort_looks_no_further_than_the_period(visitors, analyst) -> None:
    frame = cohorts.by_first_month(visitors.select("2026-05", "2026-07"), analyst)
    assert list(zip(frame["months_since"], frame["came_again_count"], strict=True)) == [(1, 1)]


def test_under_a_filter_a_cohort_is_of_those_who_began_there(visitors, analyst) -> None:
    frame = cohorts.by_first_month(visitors.select("2026-05", "2026-11", themes=("culture",)), analyst)
    assert set(frame["cohort_month"].dt.strftime("%m")) == {"07"}  # person 5; 1 and 2 began elsewhere
    assert set(frame["cohort_people_count"]) == {1}


def test_months_between_visits(visitors, analyst) -> None:
    frame = cohorts.between_visits(visitors.select("2026-05", "2026-11"), analyst)
    # 1: June-July-August, 2: June-August, 3: June-November.
    assert dict(zip(frame["months_between"], frame["next_visits_count"], strict=True)) == {
        0: 0, 1: 2, 2: 1, 3: 0, 4: 0, 5: 1,
    }  # fmt: skip
    assert list(frame["next_visits_share_pct"]) == [0, 50, 25, 0, 0, 25]


def test_two_visits_of_a_day_are_in_the_order_of_their_hours(scene, analyst) -> None:
    for space in ("a", "b"):
        scene.space(space)
    scene.event("late", "2026-09-05", at="18:00", space_id="b")
    scene.event("early", "2026-09-05", at="10:00", space_id="a")
    scene.register("late", [1])
    scene.register("early", [1])
    (row,) = paths.between_spaces(scene.select("2026-09", "2026-09"), analyst).to_dict("records")
    assert (row["from_part"], row["to_part"]) == ("a", "b")


def test_sessions_of_a_programme_are_no_visits_of_their_own(scene, analyst) -> None:
    scene.event("w", "2026-09-05", themes=("ecology",))
    scene.event("s", "2026-09-06", parent_event_id="w", themes=("culture",))
    scene.register("w", [1])
    scene.register("s", [1])
    selection = scene.select("2026-09", "2026-09")
    assert paths.between_themes(selection, analyst).empty
    assert cohorts.between_visits(selection, analyst).empty


def test_paths_between_spaces(visitors, analyst) -> None:
    frame = paths.between_spaces(visitors.select("2026-05", "2026-11"), analyst)
    found = {(row["from_part"], row["to_part"]): row["path_people_count"] for row in frame.to_dict("records")}
    assert found == {("a", "b"): 2, ("b", "b"): 1, ("a", "a"): 1}
    base = {row["from_part"]: row["path_base_count"] for row in frame.to_dict("records")}
    assert base == {"a": 6, "b": 3}  # a: 9, 1, 2, 3, 4, 7; b: 1, 2, 5
    assert list(frame["path_people_count"]) == [2, 1, 1]


def test_an_event_of_two_themes_is_a_step_to_both(visitors, analyst) -> None:
    frame = paths.between_themes(visitors.select("2026-06", "2026-08"), analyst)
    found = {(row["from_part"], row["to_part"]): row["path_people_count"] for row in frame.to_dict("records")}
    # 1: ecology → culture → culture and ecology; 2: ecology → culture and ecology.
    assert found == {
        ("ecology", "culture"): 2,
        ("culture", "culture"): 1,
        ("culture", "ecology"): 1,
        ("ecology", "ecology"): 1,
    }


@pytest.mark.parametrize(
    "metric", [cohorts.by_first_month, cohorts.between_visits, paths.between_spaces, paths.between_themes]
)
def test_the_public_gets_no_row(visitors, public, analyst, metric) -> None:
    selection = visitors.select("2026-05", "2026-11")
    assert metric(selection, public).empty
    assert not metric(selection, analyst).empty
