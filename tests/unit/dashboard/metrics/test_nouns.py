"""People, themes, districts, rhythm, spaces, returns, events, proposals, completeness and facts."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.metrics import (
    completeness,
    districts,
    events,
    facts,
    groups,
    people,
    proposals,
    returns,
    rhythm,
    spaces,
    themes,
)


def test_new_and_returning_people_add_up(scene, analyst) -> None:
    scene.event("a", "2026-08-01")
    scene.event("b", "2026-09-01")
    scene.event("b2", "2026-09-20")
    scene.register("a", [1, 2])
    scene.register("b", [2, 3, 4])
    scene.register("b2", [3])
    september = people.by_month(scene.select("2026-08", "2026-09"), analyst).iloc[1]
    assert september["participants_count"] == 3
    assert (september["new_participants_count"], september["returning_participants_count"]) == (2, 1)


def test_in_the_first_month_of_lists_new_is_not_told(scene, analyst) -> None:
    scene.event("a", "2026-08-01")
    scene.register("a", [1, 2])
    august = people.by_month(scene.select("2026-08", "2026-08"), analyst).iloc[0]
    assert august["participants_count"] == 2
    assert pd.isna(august["new_participants_count"])
    assert people.in_period(scene.select("2026-08", "2026-09"), analyst)["new_participants_count"].isna().all()


def test_people_of_a_period_are_counted_once(scene, analyst) -> None:
    for event, on in (("a", "2026-07-01"), ("b", "2026-08-01"), ("c", "2026-09-01")):
        scene.event(event, on)
    scene.register("a", [1])
    scene.register("b", [1, 2])
    scene.register("c", [1, 2, 3])
    row = people.in_period(scene.select("2026-08", "2026-09"), analyst).iloc[0]
    assert row[["participants_count", "new_participants_count", "returning_participants_count"]].tolist() == [3, 2, 1]


def test_homes_have_every_district_outside_and_not_stated(scene, analyst) -> None:
    scene.event("a", "2026-10-01")
    scene.register("a", [1], home_status="district", home_district_code="D2")
    scene.register("a", [2], home_status="outside_city")
    scene.register("a", [3, 4])
    frame = people.by_home(scene.select("2026-10", "2026-10", districts=("D1",)), analyst)
    assert frame["registrations_count"].tolist() == [0, 1, 1, 2]
    assert frame["registrations_share_pct"].tolist() == [0, 25, 25, 50]


def test_an_event_of_two_themes_is_in_both_shares_and_one_without_in_none(scene, analyst) -> None:
    scene.event("a", "2026-10-01", themes=["ecology", "culture"])
    scene.event("b", "2026-10-02", themes=["ecology"])
    scene.event("c", "2026-10-03")
    frame = themes.by_theme(scene.select("2026-10", "2026-10"), analyst)
    assert frame["theme_id"].fillna("-").tolist() == ["ecology", "culture", "-"]
    assert frame["events_count"].tolist() == [2, 1, 1]
    assert frame["theme_share_pct"].iloc[:2].tolist() == [100, 50]
    assert pd.isna(frame["theme_share_pct"].iloc[2])


def test_people_are_counted_by_the_themes_of_their_event(scene, analyst) -> None:
    scene.event("a", "2026-10-01", themes=["ecology", "culture"])
    scene.event("b", "2026-10-02", themes=["ecology"])
    scene.register("a", [1, 2])
    scene.register("b", [2, 3])
    frame = themes.by_theme(scene.select("2026-10", "2026-10"), analyst)
    assert frame["registrations_count"].tolist() == [4, 2, 0]
    assert frame["participants_count"].tolist() == [3, 2, 0]
    assert frame["theme_registrations_share_pct"].tolist() == [100, 50, 0]


def test_a_themes_share_changes_in_points(scene, analyst) -> None:
    scene.event("a", "2026-09-01", themes=["ecology"])
    scene.event("b", "2026-09-02", themes=["culture"])
    scene.event("c", "2026-10-01", themes=["ecology"])
    selection = scene.select("2026-08", "2026-11")
    frame = themes.changes(selection, date(2026, 10, 1), date(2026, 9, 1), analyst)
    assert frame["theme_share_change_pp"].tolist() == [50, -50]
    assert frame["events_change_count"].tolist() == [0, -1]
    before_data = themes.changes(selection, date(2026, 10, 1), date(2026, 8, 1), analyst)
    assert before_data["theme_share_change_pp"].isna().all()
    unfinished = themes.changes(selection, date(2026, 11, 1), date(2026, 10, 1), analyst)
    assert unfinished["previous_events_count"].isna().all()


def test_variety_is_two_for_two_equal_themes_and_one_for_a_single(scene, analyst) -> None:
    scene.event("a", "2026-10-01", themes=["ecology"])
    scene.event("b", "2026-10-01", themes=["culture"])
    scene.event("c", "2026-10-01", themes=["ecology"], district_code="D2")
    frame = districts.by_district(scene.select("2026-10", "2026-10"), analyst).set_index("district_code")
    assert frame.loc["D1", "theme_variety"] == pytest.approx(2)
    assert frame.loc["D2", "theme_variety"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("places", "expected"), [(["D1", "D2"], 1.0), (["D1", "D1"], 0.0), (["D1", "D1", "D1", "D2"], 0.8113), ([], None)]
)
def test_evenness_is_over_all_districts_of_the_city(scene, places, expected) -> None:
    for number, district in enumerate(places):
        scene.event(f"e{number}", "2026-10-01", district_code=district)
    scene.event("nowhere", "2026-10-01", district_code=None)
    row = districts.evenness_by_month(scene.select("2026-10", "2026-10")).iloc[0]
    assert row["located_events_count"] == len(places)
    assert (
        pd.isna(row["district_evenness"])
        if expected is None
        else row["district_evenness"] == pytest.approx(expected, abs=1e-4)
    )


def test_what_has_no_district_has_its_own_row_unless_districts_are_chosen(scene, analyst) -> None:
    scene.event("a", "2026-10-01")
    scene.event("b", "2026-10-01", district_code=None)
    frame = districts.by_district(scene.select("2026-10", "2026-10"), analyst)
    assert frame["district_code"].fillna("-").tolist() == ["D1", "D2", "-"]
    assert frame["events_count"].tolist() == [1, 0, 1]
    chosen = districts.by_district(scene.select("2026-10", "2026-10", districts=("D1",)), analyst)
    assert chosen["district_code"].tolist() == ["D1"]


def test_weekday_and_hour(scene, analyst) -> None:
    scene.event("a", "2026-10-05", at="18:30", recorded=True)  # a Monday
    scene.event("day", "2026-10-06")
    scene.register("a", range(6), "attended")
    selection = scene.select("2026-10", "2026-10")
    frame = rhythm.by_hour(selection, analyst)
    assert len(frame) == 168
    busy = frame[frame["events_count"] > 0]
    assert busy[["weekday", "hour", "attendances_count"]].to_numpy().tolist() == [[0, 18, 6]]
    assert rhythm.untimed_events_count(selection) == 1


def test_a_space_is_silent_only_when_open_without_event_and_without_report(scene, analyst) -> None:
    scene.space("active")
    scene.space("reports")
    scene.space("reports_none")
    scene.space("silent")
    scene.space("closed", closed_on=date(2026, 9, 30))
    scene.space("last_day", closed_on=date(2026, 10, 1))
    scene.space("later", opened_on=date(2026, 11, 1))
    scene.event("e", "2026-10-01", space_id="active")
    scene.returned("reports", "2026-10", 2, 30)
    scene.returned("reports_none", "2026-10", 0, 0)
    selection = scene.select("2026-10", "2026-10")
    frame = spaces.by_space(selection, analyst)
    assert set(frame.loc[frame["is_silent"], "space_id"]) == {"reports_none", "silent", "last_day"}
    assert set(frame.loc[frame["is_active"], "space_id"]) == {"active", "reports"}
    counts = spaces.activity_by_month(selection).iloc[0]
    assert counts[["open_spaces_count", "active_spaces_count", "silent_spaces_count"]].tolist() == [5, 2, 3]


def test_reported_visitors_stay_apart_and_know_no_themes(scene, analyst) -> None:
    scene.space("a")
    scene.event("e", "2026-10-01", space_id="a", themes=["ecology"])
    scene.returned("a", "2026-10", 2, 30)
    everything = spaces.by_space(scene.select("2026-10", "2026-10"), analyst).iloc[0]
    assert everything["reported_visitors_count"] == 30
    assert pd.isna(everything["registrations_count"])
    themed = scene.select("2026-10", "2026-10", themes=("ecology",))
    assert pd.isna(spaces.by_space(themed, analyst).iloc[0]["reported_visitors_count"])
    assert returns.by_month(themed, analyst)["reported_visitors_count"].isna().all()


def test_a_return_is_missed_only_from_a_space_that_once_reported(scene, analyst) -> None:
    scene.space("a")
    scene.space("never")
    scene.returned("a", "2026-08", 1, 10)
    scene.returned("a", "2026-10", 1, 10)
    selection = scene.select("2026-07", "2026-11")
    absent = returns.missing(selection)
    assert list(zip(absent["space_id"], absent["month"].dt.month, strict=True)) == [("a", 9)]
    frame = returns.by_month(selection, analyst)
    assert frame["expected_returns_count"].tolist() == [0, 1, 1, 1, 0]
    assert frame["returns_coverage_pct"].fillna(-1).tolist() == [-1, 100, 0, 100, -1]


def test_the_list_of_events_has_planned_ones_with_their_sign_ups(full_scene, analyst) -> None:
    frame = events.listing(full_scene.select("2026-10", "2026-11"), analyst).set_index("event_id")
    assert frame.loc["y", "status"] == "planned"
    assert (frame.loc["y", "registrations_count"], frame.loc["y", "participants_count"]) == (7, 0)
    assert frame.loc["f13", "theme_ids"].split() == ["culture", "ecology"]
    assert frame.loc["e13", "offered_seats_count"] == 40
    assert "w1" not in frame.index
    assert "w1" in set(events.listing(full_scene.select("2026-10", "2026-11"), analyst, with_sessions=True)["event_id"])


def test_the_calendar_counts_by_day(full_scene) -> None:
    frame = events.by_day(full_scene.select("2026-10", "2026-11")).set_index("starts_on")
    assert frame.loc["2026-10-21"].tolist() == [0, 0, 0, 1]
    assert frame.loc["2026-11-28"].tolist() == [0, 0, 1, 0]


def test_proposals_by_theme_and_stage_are_a_whole_table(full_scene) -> None:
    frame = proposals.by_theme_and_stage(full_scene.select("2026-10", "2026-10"))
    assert len(frame) == 3 * 5
    assert frame["proposals_count"].sum() == 1
    assert proposals.listing(full_scene.select("2026-09", "2026-09")).empty


def test_a_proposal_without_a_day_belongs_to_its_events_month(scene) -> None:
    scene.event("w", "2026-10-05", is_workshop=True)
    scene.add("proposals", proposal_id="p", event_id="w", title="Сквер", stage="idea")
    assert len(proposals.listing(scene.select("2026-10", "2026-10"))) == 1
    assert len(proposals.listing(scene.select("2026-09", "2026-09"))) == 0


def test_the_account_adds_up(full_scene, analyst) -> None:
    frame = completeness.account(full_scene.snapshot(), "kyiv", analyst)
    assert frame["is_total"].tolist() == [False, True]
    read = frame["rows_loaded_count"] + frame["rows_duplicate_count"] + frame["rows_rejected_count"]
    assert (frame["rows_read_count"] == read).all()


def test_remarks_about_rows_are_not_for_the_public(full_scene, analyst, public) -> None:
    assert len(completeness.remarks(full_scene.snapshot(), "kyiv", analyst)) == 1
    assert completeness.remarks(full_scene.snapshot(), "kyiv", public).empty
    assert completeness.reasons(full_scene.snapshot(), "kyiv", public)["rows_count_is_hidden"].all()


def test_gaps_are_counted_of_all(full_scene, analyst) -> None:
    frame = completeness.gaps(full_scene.select("2026-10", "2026-10"), analyst).set_index("gap")
    assert frame.loc["registrations_without_contact", "missing_count"] == 1
    assert frame.loc["events_without_district", "missing_count"] == 1
    assert frame.loc["events_without_district", "all_count"] == 4
    assert frame.loc["spaces_without_point", "gap_pct"] == pytest.approx(200 / 3)


def test_contradicting_facts_stand_side_by_side(full_scene) -> None:
    snapshot = full_scene.snapshot()
    frame = facts.contradictions(snapshot, "kyiv")
    assert frame["value"].tolist() == ["70", "80"]
    assert set(frame["subject_name_uk"]) == {"Хаб a"}
    assert facts.by_subject(snapshot, "lviv").empty


def test_chosen_themes_keep_their_people_whatever_their_place_in_the_list(scene, analyst) -> None:
    scene.add("themes", theme_id="cycling", name_uk="ВЕЛО", name_en="cycling", rank=3)
    for number, theme in enumerate(("ecology", "culture", "cycling")):
        scene.event(f"e{number}", "2026-10-01", themes=(theme,), recorded=True)
        scene.register(f"e{number}", range(10 + number), "attended")
    frame = themes.by_theme(scene.select("2026-10", "2026-10", themes=("culture", "cycling")), analyst)
    assert frame["registrations_count"].tolist() == [11, 12]
    assert frame["attendances_count"].tolist() == [11, 12]


def test_events_without_a_district_have_their_variety_too(scene, analyst) -> None:
    for number, theme in enumerate(("ecology", "culture")):
        scene.event(f"e{number}", "2026-10-01", themes=(theme,), district_code=None)
    frame = districts.by_district(scene.select("2026-10", "2026-10"), analyst)
    assert frame.loc[frame["district_code"].isna(), "theme_variety"].tolist() == [pytest.approx(2)]


def test_each_reason_has_its_own_rows_whatever_their_order(scene, analyst) -> None:
    scene.rows["sources"].append(
        {"source_id": "s1", "kind": "inbox", "city_id": "kyiv", "file_name": "a.csv", "format": "f", "origin": "own",
         "rows_read_count": 9, "rows_loaded_count": 3, "rows_duplicate_count": 0, "rows_rejected_count": 6}
    )  # fmt: skip
    for number, (outcome, code) in enumerate([("flagged", "a")] * 4 + [("rejected", "b")] * 2 + [("duplicate", "c")]):
        text = dict.fromkeys(("reason_uk", "reason_en", "fix_uk", "fix_en"), code)
        scene.rows["row_issues"].append(
            {"source_id": "s1", "sheet": "-", "row": number, "column": None, "outcome": outcome, "code": code, **text}
        )
    frame = completeness.reasons(scene.snapshot(), "kyiv", analyst)
    assert list(zip(frame["code"], frame["rows_count"], strict=True)) == [("b", 2), ("c", 1), ("a", 4)]


@pytest.mark.parametrize("role", ["analyst", "public"])
def test_groups_of_events_without_any_list_are_unknown_and_of_no_events_nobody(scene, request, role: str) -> None:
    scene.event("a", "2026-08-01")
    scene.event("b", "2026-09-01")
    scene.register("b", range(6), participant_group="ngo")
    disclosure = request.getfixturevalue(role)
    frame = groups.by_month(scene.select("2026-08", "2026-10"), disclosure)
    ngo = frame[frame["participant_group"] == "ngo"]["registrations_count"]
    assert pd.isna(ngo.iloc[0])
    assert ngo.iloc[1] == (6 if role == "analyst" else 5)
    assert ngo.iloc[2] == 0
    assert not frame["registrations_count_is_hidden"].iloc[0]
    alone = {month: groups.by_group(scene.select(month, month), disclosure) for month in ("2026-08", "2026-10")}
    assert alone["2026-08"]["participants_count"].isna().all()
    assert (alone["2026-10"]["participants_count"] == 0).all()


def test_groups_of_a_theme_without_any_list_are_unknown_and_of_no_events_nobody(scene, analyst) -> None:
    scene.event("a", "2026-10-01", themes=("ecology",))
    selection = scene.select("2026-10", "2026-10")
    counted = ["registrations_count", "participants_count", "total_registrations_count"]
    frame = groups.by_theme(selection, analyst).set_index("theme_id")[counted]
    assert frame.loc["ecology"].isna().all(axis=None)
    assert (frame.loc["culture"] == 0).all(axis=None)
    scene.event("b", "2026-10-02", themes=("ecology",))
    scene.register("b", range(2), participant_group="ngo")
    listed = groups.by_theme(scene.select("2026-10", "2026-10"), analyst).set_index(["theme_id", "participant_group"])
    assert listed.loc[("ecology", "ngo"), counted].tolist() == [2, 2, 2]
    assert listed.loc[("ecology", "artist"), counted].tolist() == [0, 0, 2]


def test_of_nobody_the_public_is_told_that_nothing_is_missing(scene, public) -> None:
    scene.event("a", "2026-10-01")
    empty = completeness.gaps(scene.select("2026-10", "2026-10"), public).set_index("gap")
    of_people = empty[empty.index.str.startswith("registrations_")]
    assert (of_people[["missing_count", "all_count"]] == 0).all(axis=None)
    assert not of_people[["missing_count_is_hidden", "all_count_is_hidden"]].any(axis=None)
    assert of_people["gap_pct"].isna().all()
    scene.register("a", range(3))
    few = completeness.gaps(scene.select("2026-10", "2026-10"), public).set_index("gap")
    assert few.loc[of_people.index, "all_count_is_hidden"].all()
    assert few.loc[of_people.index, "missing_count_is_hidden"].all()
