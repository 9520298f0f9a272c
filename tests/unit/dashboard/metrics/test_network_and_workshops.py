from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.metrics import network, workshops


@pytest.fixture
def meetings(scene):
    for space in "abc":
        scene.space(space)
    scene.event("m1", "2026-08-10", space_id="a", format="experience_exchange")
    scene.event("m2", "2026-09-10", space_id="b")
    scene.event("lecture", "2026-09-11", space_id="c")
    scene.meet("m1", "a", "host")
    scene.meet("m2", "a", mentoring="requests")
    scene.meet("m2", "b", "host", mentoring="offers")
    scene.meet("m2", "c")
    scene.meet("lecture", "c", "host")
    return scene


def test_a_meetup_is_an_exchange_or_has_two_spaces(meetings) -> None:
    frame = network.meetups(meetings.select("2026-08", "2026-10"))
    assert frame["event_id"].tolist() == ["m1", "m2"]
    assert frame["spaces_count"].tolist() == [1, 3]
    assert frame["newcomers_count"].tolist() == [1, 2]
    assert frame["spaces_so_far_count"].tolist() == [1, 3]
    assert frame.iloc[1][["requests_count", "offers_count"]].tolist() == [1, 1]


def test_a_newcomer_is_new_in_the_city_and_not_in_the_selection(meetings) -> None:
    frame = network.meetups(meetings.select("2026-09", "2026-09"))
    assert frame["newcomers_count"].tolist() == [2]
    attendance = network.attendance(meetings.select("2026-09", "2026-09")).set_index("space_id")
    assert attendance["is_first"].to_dict() == {"a": False, "b": True, "c": True}


def test_links_are_pairs_that_met(meetings) -> None:
    frame = network.links(meetings.select("2026-08", "2026-10"))
    assert set(zip(frame["space_id"], frame["other_space_id"], strict=True)) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert frame["meetings_count"].tolist() == [1, 1, 1]
    assert frame.iloc[0][["name_uk", "other_name_uk"]].tolist() == ["Хаб a", "Хаб b"]


def test_growth_by_month(meetings) -> None:
    frame = network.growth(meetings.select("2026-08", "2026-10"))
    assert frame["meetups_count"].tolist() == [1, 1, 0]
    assert frame["spaces_per_meetup"].fillna(-1).tolist() == [1, 3, -1]
    assert frame["space_links_count"].tolist() == [0, 3, 0]
    assert frame["spaces_so_far_count"].tolist() == [1, 3, 3]


def test_who_asks_for_mentoring_and_who_offers_it(meetings) -> None:
    frame = network.mentoring(meetings.select("2026-08", "2026-10")).set_index("space_id")
    assert frame[["requests_count", "offers_count"]].to_numpy().tolist() == [[1, 0], [0, 1]]


@pytest.fixture
def workshop(scene):
    scene.event("past", "2026-05-01")
    scene.register("past", [1])
    scene.event("w", "2026-10-05", ends_on=date(2026, 10, 10), is_workshop=True, venue_name="Майданчик", recorded=True)
    scene.event("s2", "2026-10-07", at="12:00", parent_event_id="w", is_workshop=True, venue_name="Сад")
    scene.event("s1", "2026-10-06", at="10:00", parent_event_id="w", is_workshop=True)
    scene.register("w", [1, 2], "attended", participant_group="ngo")
    scene.register("w", [3], "attended", home_status="outside_city")
    scene.register("w", [4], "no_show")
    scene.register("s1", [2, 5])
    for role, name in (("organiser", "Місто"), ("funder", "GIZ"), ("partner", "GIZ")):
        scene.add("event_organisations", event_id="w", role=role, name=name)
    for number, district in enumerate(("D1", "D2", "D2", None)):
        scene.add("proposals", proposal_id=f"p{number}", event_id="w", title="Т", stage="idea", district_code=district)
    return scene


def test_a_workshop_with_its_programme(workshop, analyst) -> None:
    selection = workshop.select("2026-10", "2026-10")
    row = workshops.listing(selection, analyst).iloc[0]
    assert (row["days_count"], row["programme_sessions_count"], row["proposals_count"]) == (6, 2, 4)
    assert (row["registrations_count"], row["all_registrations_count"]) == (4, 6)
    assert (row["participants_count"], row["all_participants_count"]) == (3, 4)
    programme = workshops.sessions(selection, "w", analyst)
    assert programme["event_id"].tolist() == ["s1", "s2"]
    assert programme["venue_name"].fillna("-").tolist() == ["-", "Сад"]
    assert programme["registrations_count"].tolist() == [2, pd.NA]


def test_without_workshops_there_is_none(workshop, analyst) -> None:
    assert workshops.listing(workshop.select("2026-10", "2026-10", workshops=False), analyst).empty


def test_each_goal_has_its_measure(workshop, analyst) -> None:
    frame = workshops.goals(workshop.select("2026-10", "2026-10"), "w", analyst)
    assert frame["value"].tolist() == [4, 3, 2, 2, 2, 1]
    assert frame["goal"].tolist() == list(workshops.GOAL_FIGURES)


def test_goals_of_a_workshop_without_lists_are_unknown_and_not_zero(scene, analyst) -> None:
    scene.event("w", "2017-06-12", is_workshop=True)
    frame = workshops.goals(scene.select("2017-06", "2017-06"), "w", analyst)
    assert frame["value"].isna().all()
    assert not frame["value_is_hidden"].any()


def test_organisations_by_role(workshop) -> None:
    frame = workshops.organisations(workshop.select("2026-10", "2026-10"), "w")
    assert frame.to_numpy().tolist() == [["organiser", "Місто"], ["partner", "GIZ"], ["funder", "GIZ"]]
    assert pd.api.types.is_string_dtype(frame["role"])
