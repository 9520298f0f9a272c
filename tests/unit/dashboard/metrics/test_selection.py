from __future__ import annotations

from datetime import datetime, time

import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.metrics.selection import numbers_of, select, select_month


@pytest.fixture
def city(make_scene):
    scene = make_scene()
    scene.add("networks", network_id="n1", name_uk="Мережа", name_en="Network")
    scene.space("a", network_id="n1")
    scene.space("b", district="D2", kind="library")
    scene.event("ea", "2026-09-30", space_id="a", themes=["ecology", "culture"])
    scene.event("eb", "2026-10-01", space_id="b", district_code="D2", themes=["culture"])
    scene.event("venue", "2026-10-31", district_code=None, place_status="venue")
    scene.event("w", "2026-10-05", is_workshop=True)
    scene.event("w1", "2026-10-06", is_workshop=True, parent_event_id="w")
    scene.event("off", "2026-10-07", status="cancelled")
    scene.event("year", "2026-01-01", date_precision="year")
    for event in ("ea", "eb", "w1", "off"):
        scene.register(event, [1, 2])
        scene.register(event, [3], participant_group="ngo")
    return scene


def ids(frame: pd.DataFrame) -> set[str]:
    return set(frame["event_id"])


def test_months_are_whole_and_both_ends_belong(city) -> None:
    assert ids(city.select("2026-10", "2026-10").events) == {"eb", "venue", "w"}
    assert ids(city.select("2026-09", "2026-09").events) == {"ea"}
    assert ids(city.select("2026-08", "2026-08").events) == set()


def test_sessions_and_what_was_not_held_stand_apart(city) -> None:
    selection = city.select("2026-01", "2026-10")
    assert ids(selection.sessions) == {"w1"}
    assert ids(selection.others) == {"off", "year"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"districts": ("D1",)}, {"ea", "w"}),
        ({"districts": ("D2",)}, {"eb"}),
        ({"themes": ("ecology",)}, {"ea"}),
        ({"themes": ("ecology", "culture")}, {"ea", "eb"}),
        ({"kinds": ("library",)}, {"eb"}),
        ({"networks": ("n1",)}, {"ea"}),
        ({"space": "a"}, {"ea"}),
        ({"groups": ("ngo",)}, {"ea", "eb", "venue", "w"}),
        ({"workshops": False}, {"ea", "eb", "venue"}),
        ({"districts": ("D2",), "networks": ("n1",)}, set()),
    ],
)
def test_each_filter_restricts_events(city, filters, expected) -> None:
    assert ids(city.select("2026-09", "2026-10", **filters).events) == expected


def test_groups_restrict_registrations(city) -> None:
    assert len(city.select("2026-09", "2026-10").registrations) == 9
    assert set(city.select("2026-09", "2026-10", groups=("ngo",)).registrations["participant_group"]) == {"ngo"}


def test_registrations_follow_their_events(city) -> None:
    assert len(city.select("2026-09", "2026-10", districts=("D2",)).registrations) == 3
    assert len(city.select("2026-09", "2026-10", workshops=False).registrations) == 6
    chosen = city.select("2026-09", "2026-10")
    assert chosen.rows.counts[numbers_of(chosen.others)].sum() == 3


def test_spaces_are_chosen_by_what_they_are_not_by_what_happened(city) -> None:
    assert set(city.select("2026-08", "2026-08").spaces["space_id"]) == {"a", "b"}
    assert set(city.select("2026-10", "2026-10", kinds=("library",)).spaces["space_id"]) == {"b"}


def test_participation_is_coming_or_signing_up_where_nobody_noted(make_scene) -> None:
    scene = make_scene()
    scene.event("noted", "2026-10-01", recorded=True)
    scene.event("unnoted", "2026-10-02")
    for status in ("attended", "no_show", "cancelled", "waitlisted"):
        scene.register("noted", [1], status)
    for status in ("registered", "cancelled", "waitlisted"):
        scene.register("unnoted", [2], status)
    rows = scene.select("2026-10", "2026-10").registrations
    took_part = rows[rows["is_participation"]]
    assert sorted(zip(took_part["person_id"], took_part["is_attended"], strict=True)) == [(1, True), (2, False)]


def test_first_participation_is_of_the_whole_city_whatever_the_filters(make_scene) -> None:
    scene = make_scene()
    scene.event("before", "2026-08-01", district_code="D2")
    scene.event("now", "2026-10-01")
    scene.register("before", [1])
    scene.register("before", [2], "cancelled")
    scene.register("now", [1, 2])
    rows = scene.select("2026-10", "2026-10", districts=("D1",)).registrations.set_index("person_id")
    assert rows["first_month"].to_dict() == {1: pd.Timestamp("2026-08-01"), 2: pd.Timestamp("2026-10-01")}


def test_days_before_are_counted_by_days_and_not_after_the_start(make_scene) -> None:
    scene = make_scene()
    scene.event("e", "2026-10-05", at="18:00")
    for day in (3, 5, 6):
        scene.register("e", [day], registered_at=datetime.combine(pd.Timestamp(2026, 10, day).date(), time(23)))
    rows = scene.select("2026-10", "2026-10").registrations.set_index("person_id")
    assert rows.loc[3, "lead_days"] == 2
    assert rows.loc[5, "lead_days"] == 0
    assert pd.isna(rows.loc[6, "lead_days"])


def test_another_citys_rows_stay_out(make_scene) -> None:
    scene = make_scene(city="lviv")
    scene.event("l", "2026-10-01")
    scene.city = "kyiv"
    scene.event("k", "2026-10-01")
    assert ids(scene.select("2026-10", "2026-10").events) == {"k"}


def test_fewer_months_of_a_selection_are_the_same_as_selecting_them(full_scene) -> None:
    cut = full_scene.select("2025-10", "2026-10").between(*[pd.Timestamp("2026-03-01").date()] * 2)
    direct = full_scene.select("2026-03", "2026-03")
    for name in (
        "events",
        "sessions",
        "others",
        "registrations",
        "event_themes",
        "event_spaces",
        "returns",
        "proposals",
    ):
        pd.testing.assert_frame_equal(getattr(cut, name), getattr(direct, name))
    with pytest.raises(ValueError, match="2026-09"):
        direct.between(pd.Timestamp("2026-03-01").date(), pd.Timestamp("2026-09-01").date())


def test_without_months_the_resolved_filters_say_which(full_scene) -> None:
    selection = select(full_scene.snapshot(), Filters(city="kyiv"))
    assert (f"{selection.start:%Y-%m}", f"{selection.end:%Y-%m}") == ("2025-09", "2026-11")
    month = select_month(full_scene.snapshot(), Filters(city="kyiv"))
    assert (f"{month.start:%Y-%m}", f"{month.end:%Y-%m}") == ("2025-10", "2026-10")


def test_one_event_with_its_sessions(full_scene) -> None:
    selection = full_scene.select("2026-10", "2026-10").of_event("w")
    assert ids(selection.events) | ids(selection.sessions) == {"w", "w1"}
    assert len(selection.registrations) == 29 + 7
    assert selection.proposals["proposal_id"].tolist() == ["p1"]


@pytest.fixture
def out_of_order(make_scene):
    """Events whose ids and rows do not follow their days, with lists of 0 to 3 people."""
    scene = make_scene()
    scene.space("a")
    scene.space("b", district="D2")
    for event, day, space, people in (
        ("z", "2026-08-30", "a", [1]),
        ("m", "2026-10-02", "b", [1, 2, 3]),
        ("c", "2026-09-15", "a", []),
        ("x", "2026-09-01", "b", [4, 5]),
        ("a", "2026-10-20", "a", [2]),
    ):
        scene.event(event, day, space_id=space, district_code="D1" if space == "a" else "D2")
        scene.register(event, people)
    return scene


@pytest.mark.parametrize(
    ("start", "end", "filters", "expected"),
    [
        ("2026-08", "2026-10", {}, [1, 1, 2, 2, 3, 4, 5]),
        ("2026-09", "2026-09", {}, [4, 5]),
        ("2026-09", "2026-10", {}, [1, 2, 2, 3, 4, 5]),
        ("2026-08", "2026-10", {"districts": ("D1",)}, [1, 2]),
        ("2026-08", "2026-10", {"districts": ("D2",)}, [1, 2, 3, 4, 5]),
        ("2026-09", "2026-09", {"districts": ("D1",)}, []),
        ("2026-07", "2026-07", {}, []),
    ],
)
def test_registrations_of_what_is_chosen_wherever_they_lie(
    out_of_order, start: str, end: str, filters: dict[str, tuple[str, ...]], expected: list[int]
) -> None:
    selection = out_of_order.select(start, end, **filters)
    assert sorted(selection.registrations["person_id"]) == expected
    numbers = selection.registrations["event_number"]
    assert numbers.isin(selection.events["event_number"]).all()
    # The rows of an event lie together, and months in their order.
    assert selection.registrations["month"].is_monotonic_increasing
    assert (numbers.diff() != 0).fillna(value=True).sum() == numbers.nunique()


def test_fewer_months_of_what_is_chosen(out_of_order) -> None:
    selection = out_of_order.select("2026-08", "2026-10")
    for first, last, expected in ((8, 8, [1]), (9, 9, [4, 5]), (9, 10, [1, 2, 2, 3, 4, 5])):
        cut = selection.between(pd.Timestamp(2026, first, 1).date(), pd.Timestamp(2026, last, 1).date())
        assert sorted(cut.registrations["person_id"]) == expected
