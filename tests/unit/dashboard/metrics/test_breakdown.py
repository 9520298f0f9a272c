"""Breakdowns by any dimension, shares and places, two sides beside each other."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.metrics import breakdown, contrast, themes
from dashboard.metrics.breakdown import NONE, REST
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection


def values(frame: pd.DataFrame, column: str) -> dict[str, object]:
    return {row["part"]: None if pd.isna(row[column]) else row[column] for row in frame.to_dict("records")}


def cut(
    metric: Callable[..., pd.DataFrame],
    selection: Selection,
    dimension: str,
    figure_id: str,
    disclosure: Disclosure,
    most: int = breakdown.MOST,
) -> pd.DataFrame:
    """A breakdown by the parts that are the greatest by the figure."""
    found = breakdown.parts(selection, dimension, figure_id, disclosure, most)
    return metric(selection, dimension, found, disclosure)


@pytest.fixture
def spaces(scene):
    """Space a has three events, b two, c and d one each; one event is at a venue."""
    scene.add("networks", network_id="n", name_uk="Мережа")
    for space, count, network in (("a", 3, "n"), ("b", 2, "n"), ("c", 1, None), ("d", 1, None)):
        scene.space(space, network_id=network, kind="library" if space == "d" else "hub")
        for number in range(count):
            scene.event(f"{space}{number}", f"2026-09-{number + 1:02d}", space_id=space)
            scene.register(f"{space}{number}", range(10))
    scene.event("venue", "2026-09-09", space_id=None)
    scene.register("venue", range(20, 30))
    return scene


def test_all_that_is_not_told_apart_is_the_rest_and_its_people_are_counted_once(spaces, analyst) -> None:
    frame = cut(breakdown.by_part, spaces.select("2026-09", "2026-09"), "space", "events_count", analyst, 3)
    assert values(frame, "events_count") == {"a": 3, "b": 2, REST: 2, NONE: 1}
    assert values(frame, "participants_count") == {"a": 10, "b": 10, REST: 10, NONE: 10}


@pytest.mark.parametrize(
    ("most", "parts"), [(3, ["a", "b", REST]), (4, ["a", "b", "c", "d"]), (5, ["a", "b", "c", "d"])]
)
def test_there_is_a_rest_only_where_the_parts_are_too_many(spaces, analyst, most, parts) -> None:
    frame = cut(breakdown.by_part, spaces.select("2026-09", "2026-09"), "space", "events_count", analyst, most)
    assert list(frame["part"]) == [*parts, NONE]


def test_by_network_and_kind(spaces, analyst) -> None:
    september = spaces.select("2026-09", "2026-09")
    networks = cut(breakdown.by_part, september, "network", "registrations_count", analyst)
    assert values(networks, "registrations_count") == {"n": 50, NONE: 30}
    kinds = cut(breakdown.by_part, september, "kind", "registrations_count", analyst)
    assert values(kinds, "registrations_count") == {"hub": 60, "library": 10, NONE: 10}


def test_themes_by_month_are_those_of_themes(full_scene, analyst, public) -> None:
    for who in (analyst, public):
        selection = full_scene.select("2026-01", "2026-11")
        found = cut(breakdown.by_month, selection, "theme", "registrations_count", who)
        expected = themes.by_month(selection, who).rename(columns={"theme_id": "part"})
        columns = ["month", "part", *breakdown.FIGURES]
        both = found[columns].merge(expected[columns], on=["month", "part"], suffixes=("", "_expected"))
        assert len(both) == len(expected)
        for name in breakdown.FIGURES:
            pd.testing.assert_series_equal(both[name], both[f"{name}_expected"], check_names=False)


def test_an_event_of_two_themes_is_once_in_the_rest(scene, analyst) -> None:
    scene.add("themes", theme_id="art", name_uk="ART", name_en="art", rank=3)
    scene.event("a", "2026-09-01", themes=("ecology",))
    scene.event("b", "2026-09-02", themes=("ecology",))
    scene.event("c", "2026-09-03", themes=("culture", "art"))
    frame = cut(breakdown.by_part, scene.select("2026-09", "2026-09"), "theme", "events_count", analyst, 2)
    assert values(frame, "events_count") == {"ecology": 2, REST: 1}


def test_events_have_no_group_and_the_public_is_told_of_no_group_in_one_district(full_scene, analyst, public) -> None:
    whole = full_scene.select("2026-01", "2026-10")
    with pytest.raises(ValueError, match="cannot be cut"):
        cut(breakdown.by_part, whole, "group", "events_count", analyst)
    frame = cut(breakdown.by_part, whole, "group", "registrations_count", analyst)
    assert frame["events_count"].isna().all()
    assert frame["registrations_count"].is_monotonic_decreasing
    narrow = full_scene.select("2026-01", "2026-10", districts=("D1",))
    hidden = cut(breakdown.by_month, narrow, "group", "registrations_count", public)
    assert hidden["registrations_count_is_hidden"].all()
    assert hidden["registrations_count"].isna().all()


def test_people_of_a_quarter_are_counted_once_and_a_part_of_one_is_marked(scene, analyst) -> None:
    scene.space("a")
    for month in ("07", "08", "09", "10"):
        scene.event(month, f"2026-{month}-01", space_id="a")
        scene.register(month, [1, 2])
    frame = cut(breakdown.by_quarter, scene.select("2026-06", "2026-10"), "space", "participants_count", analyst)
    assert list(frame["month"].dt.strftime("%Y-%m")) == ["2026-06", "2026-07", "2026-10"]
    assert frame["participants_count"].fillna(-1).tolist() == [-1, 2, 2]
    assert list(frame["is_unfinished"]) == [True, False, True]


def test_shares_add_up_to_a_hundred_and_a_hidden_part_has_none() -> None:
    frame = pd.DataFrame(
        {
            "month": pd.to_datetime(["2026-09-01"] * 3 + ["2026-10-01"]),
            "is_unfinished": False,
            "part": ["a", "b", "c", "a"],
            "registrations_count": pd.array([30, 10, None, 0], dtype="Int64"),
        }
    )
    shares = breakdown.shares(frame, "registrations_count")["part_share_pct"]
    assert shares[:2].tolist() == [75.0, 25.0]
    assert shares[2:].isna().all()
    with pytest.raises(ValueError, match="do not add up"):
        breakdown.shares(frame, "participants_count")


def test_no_place_is_held_twice_and_nothing_has_no_place() -> None:
    frame = pd.DataFrame(
        {
            "month": pd.to_datetime(["2026-09-01"] * 6),
            "is_unfinished": False,
            "part": ["a", "b", "c", "d", REST, NONE],
            "events_count": pd.array([2, 5, 2, 0, 90, 80], dtype="Int64"),
        }
    )
    assert values(breakdown.ranks(frame, "events_count"), "rank") == {"a": 2, "b": 1, "c": 3, "d": None}


# --- two sides -------------------------------------------------------------------------------------------


def test_two_sides_have_their_difference_and_what_they_rest_on(scene, analyst) -> None:
    scene.event("old", "2026-07-01")
    scene.event("a", "2026-08-01", recorded=True)
    scene.event("b", "2026-09-01", recorded=True)
    scene.register("old", [1])
    scene.register("a", [1, 2, 3, 4], "attended")
    scene.register("b", [1, 2, 5], "attended")
    scene.register("b", [6], "no_show")
    first = contrast.totals(scene.select("2026-09", "2026-09"), analyst)
    second = contrast.totals(scene.select("2026-08", "2026-08"), analyst)
    frame = contrast.sides(first, second).set_index("figure_id")
    attendances, rate = frame.loc["attendances_count"], frame.loc["attendance_rate_pct"]
    assert (attendances["first"], attendances["second"], attendances["difference"]) == (3, 4, -1)
    assert attendances["difference_pct"] == -25
    assert (rate["first"], rate["first_base"], rate["second"], rate["second_base"]) == (75, 4, 100, 4)
    assert (rate["difference"], pd.isna(rate["difference_pct"])) == (-25, True)
    assert frame.loc["new_participants_count", "first"] == 1


def test_what_is_to_be_minded_of_a_period(scene) -> None:
    scene.space("a", opened_on=pd.Timestamp("2026-02-01").date(), closed_on=pd.Timestamp("2026-03-01").date())
    scene.event("w", "2026-02-03", is_workshop=True)
    february = contrast.circumstances(scene.select("2026-02", "2026-02"))
    assert february == contrast.Circumstances(
        28, weekend_days_count=8, workshops_count=1, opened_count=1, closed_count=0
    )
    march = contrast.circumstances(scene.select("2026-03", "2026-03"))
    assert march == contrast.Circumstances(31, weekend_days_count=9, workshops_count=0, opened_count=0, closed_count=1)
