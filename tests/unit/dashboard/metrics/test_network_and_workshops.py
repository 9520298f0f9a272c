from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.metrics import network, network_spaces, shared_people, space_groups, workshops


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


def test_the_network_in_brief_compares_full_years_alone(meetings) -> None:
    meetings.event("old", "2025-01-10", format="experience_exchange")
    meetings.event("running", "2026-11-02", format="experience_exchange")
    meetings.meet("old", "b", "host")
    for space in "ab":
        meetings.meet("running", space)
    row = network.in_brief(meetings.select("2024-12", "2026-11")).iloc[0]
    assert (row["meetups_count"], row["recent_meetups_count"]) == (4, 2)
    assert (row["spaces_per_meetup"], row["previous_spaces_per_meetup"]) == (2.0, 1.0)
    assert (row["space_links_count"], row["possible_links_count"], row["space_links_share_pct"]) == (3, 3, 100.0)
    nothing = network.in_brief(meetings.select("2026-10", "2026-10")).iloc[0]
    assert (nothing["meetups_count"], nothing["possible_links_count"]) == (0, 0)
    assert pd.isna(nothing["spaces_per_meetup"])
    assert pd.isna(nothing["space_links_share_pct"])


def test_newcomers_of_each_year_and_of_years_without_any(meetings) -> None:
    meetings.space("d")
    meetings.event("first", "2024-05-10", format="experience_exchange")
    meetings.meet("first", "d")
    frame = network.newcomers_by_year(meetings.select("2024-01", "2026-11"))
    assert frame["year_starts_on"].dt.year.tolist() == [2024, 2025, 2026]
    assert frame["newcomers_count"].tolist() == [1, 0, 3]
    assert frame["spaces_so_far_count"].tolist() == [1, 1, 4]
    assert frame["meetups_count"].tolist() == [1, 0, 2]
    assert frame["is_unfinished"].tolist() == [False, False, True]


def test_the_state_of_mentoring_is_what_was_said_last(meetings) -> None:
    meetings.event("m3", "2026-10-10", format="experience_exchange")
    meetings.meet("m3", "a", mentoring="offers")
    meetings.meet("m3", "b", mentoring="offers")
    frame = network.mentoring(meetings.select("2026-08", "2026-10")).set_index("space_id")
    assert frame["state"].to_dict() == {"a": "offers", "b": "offers"}
    assert frame.loc["a", ["requests_count", "offers_count"]].tolist() == [1, 1]
    before = network.mentoring(meetings.select("2026-08", "2026-09")).set_index("space_id")
    assert before["state"].to_dict() == {"a": "requests", "b": "offers"}


def test_of_every_space_the_strongest_links_stay() -> None:
    pairs = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("c", "d")]
    frame = pd.DataFrame(pairs, columns=["space_id", "other_space_id"], index=[10, 11, 12, 13, 14])
    kept = network.strongest(frame, 1)
    assert list(zip(kept["space_id"], kept["other_space_id"], strict=True)) == pairs[:3]
    assert len(network.strongest(frame, 3)) == 5
    assert network.strongest(frame.iloc[:0], 1).empty


@pytest.fixture
def two_circles(scene):
    """a, b, c meet one another thrice and so do d, e, f; once a and d meet. g meets nobody."""
    for space in "abcdefg":
        scene.space(space, kind="library" if space == "d" else "hub")
    for number in range(3):
        for circle in ("abc", "def"):
            event = f"{circle}{number}"
            scene.event(event, f"2026-0{number + 5}-10", format="experience_exchange")
            for space in circle:
                scene.meet(event, space)
    scene.event("all", "2026-09-10", format="experience_exchange")
    scene.meet("all", "a")
    scene.meet("all", "d")
    scene.event("alone", "2026-09-11", format="experience_exchange")
    scene.meet("alone", "g")
    scene.event("talk", "2026-09-12", space_id="a", themes=("ecology", "culture"))
    scene.event("walk", "2026-09-13", space_id="b", themes=("culture",))
    scene.event("film", "2026-09-14", space_id="e", themes=("ecology",))
    return scene


def test_groups_are_those_who_meet_one_another_more_often(two_circles) -> None:
    selection = two_circles.select("2026-05", "2026-10")
    frame = space_groups.members(selection)
    found = {rank: "".join(sorted(part["space_id"])) for rank, part in frame.groupby("group_rank")}
    assert found == {1: "abc", 2: "def", 3: "g"}
    assert frame.iloc[0][["space_id", "meetups_count"]].tolist() == ["a", 4]
    row = space_groups.partition(selection).iloc[0]
    # 18 meetings together within the groups and 1 between them; each circle has 19 of the 38 ends.
    assert row["modularity"] == pytest.approx(18 / 19 - 2 * (19 / 38) ** 2)
    assert (row["space_groups_count"], row["spaces_count"]) == (3, 7)


def test_a_group_has_the_themes_of_its_spaces_own_events(two_circles) -> None:
    frame = space_groups.themes(two_circles.select("2026-05", "2026-10"))
    assert frame[["group_rank", "theme_id", "events_count"]].to_numpy().tolist() == [
        [1, "culture", 2],
        [1, "ecology", 1],
        [2, "ecology", 1],
    ]


def test_without_meetings_there_are_no_groups(scene) -> None:
    row = space_groups.partition(scene.select("2026-05", "2026-10")).iloc[0]
    assert row["space_groups_count"] == 0
    assert pd.isna(row["modularity"])


@pytest.fixture
def visits(scene):
    for space in "abc":
        scene.space(space)
        scene.event(space, "2026-10-10", space_id=space)
    scene.register("a", [1, 2, 3, None])
    scene.register("a", [4], "no_show")
    scene.register("b", [2, 3, 4])
    scene.register("c", [9])
    scene.event("again", "2026-10-11", space_id="a")
    scene.register("again", [2])
    return scene


def test_spaces_are_linked_by_the_people_who_took_part_in_both(visits, analyst) -> None:
    frame = shared_people.links(visits.select("2026-10", "2026-10"), analyst)
    assert frame[["space_id", "other_space_id", "shared_participants_count"]].to_numpy().tolist() == [["a", "b", 2]]


def test_the_public_is_told_of_no_shared_people(visits, public) -> None:
    assert shared_people.links(visits.select("2026-10", "2026-10"), public).empty


def test_a_networks_spaces_with_what_is_known_and_what_is_not(scene) -> None:
    scene.add("networks", network_id="n", name_uk="Мережа")
    scene.space("a", network_id="n", address="вул. Садова, 1", capacity_count=40, opened_on=date(2025, 1, 1))
    scene.space("b", None, network_id="n", origin="fact", location_status="unknown")
    scene.space("alone")
    for number, day in enumerate(("2026-08-01", "2026-08-02", "2026-10-03")):
        scene.event(f"e{number}", day, space_id="a")
    selection = scene.select("2026-08", "2026-10")
    frame = network_spaces.by_space(selection).set_index("space_id")
    assert frame.index.tolist() == ["a", "b"]
    assert frame.loc["a", ["events_count", "active_months_count", "meetups_count"]].tolist() == [3, 2, 0]
    assert frame.loc["b", ["events_count", "active_months_count"]].isna().all()
    assert frame.loc["a", "last_event_on"] == pd.Timestamp("2026-10-03")
    unknown = network_spaces.unknown(selection).set_index("what")["unknown_spaces_count"]
    assert unknown.to_dict() == {"district": 1, "address": 1, "point": 2, "opened": 1, "capacity": 1, "events": 1}
    by_month = network_spaces.by_month(selection)
    assert by_month["events_count"].tolist() == [2, 1]
