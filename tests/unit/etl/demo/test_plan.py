from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pandas as pd
import phonenumbers
import pytest
import shapely

from etl.contract import EVENT_FORMATS, PARTICIPANT_GROUPS, PROPOSAL_STAGES, REGISTRATION_STATUSES, SPACE_KINDS
from etl.demo.city import DemoCity, DemoScale
from etl.demo.plan import CityPlan, plan
from etl.demo.words import MEETUP_SERIES
from etl.issues import REASONS

FRAMES = (
    "spaces",
    "people",
    "events",
    "event_rows",
    "lists",
    "registrations",
    "returns",
    "meetups",
    "sessions",
    "proposals",
)


def counted(a_plan: CityPlan) -> pd.DataFrame:
    lines = a_plan.registrations
    starts_at = a_plan.events["starts_at"].to_numpy()[lines["event_no"]]
    return lines.assign(starts_at=starts_at).loc[lines["fate"] == "counted"]


def test_the_same_arguments_give_the_same_plan(city: DemoCity, small_plan: CityPlan) -> None:
    again = plan(city, seed=11, months=12, until=small_plan.until)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(small_plan, name))


def test_another_seed_gives_another_plan(city: DemoCity, small_plan: CityPlan) -> None:
    other = plan(city, seed=6, months=12, until=small_plan.until)
    assert not other.registrations.equals(small_plan.registrations)


@pytest.mark.parametrize(("seed", "months"), [(1, 0), (-1, 1)])
def test_arguments_out_of_range_are_refused(city: DemoCity, seed: int, months: int) -> None:
    with pytest.raises(ValueError, match=r"it must be \d or more"):
        plan(city, seed=seed, months=months, until=date(2026, 2, 18))


@pytest.mark.parametrize(
    ("until", "months", "start"),
    [
        (date(2026, 2, 1), 1, date(2026, 2, 1)),
        (date(2026, 2, 28), 1, date(2026, 2, 1)),
        (date(2026, 2, 18), 3, date(2025, 12, 1)),
    ],
)
def test_the_month_of_the_last_day_is_the_last_month(city: DemoCity, until: date, months: int, start: date) -> None:
    assert plan(city, 1, months, until).start == start


def test_a_city_of_one_district_one_theme_and_two_spaces_can_be_invented(city: DemoCity) -> None:
    least = dataclasses.replace(
        city,
        districts=city.districts[:1],
        themes=city.themes[:1],
        scale=DemoScale(spaces=2, events=30, registrations=60),
    )
    tiny = plan(least, seed=1, months=1, until=date(2026, 2, 18))
    assert len(tiny.spaces) == 2
    assert set(tiny.spaces["stated_place"]) <= {"point", "address", "district"}


def test_the_plan_has_the_scale_of_the_city_for_its_part_of_thirty_months(small_plan: CityPlan) -> None:
    assert len(small_plan.spaces) == 16
    assert len(small_plan.events) == round(1_500 * 12 / 30)
    assert len(counted(small_plan)) == pytest.approx(20_000 * 12 / 30, rel=0.03)


def test_words_are_of_the_contract(small_plan: CityPlan) -> None:
    assert set(small_plan.spaces["kind"]) <= set(SPACE_KINDS)
    assert set(small_plan.events["format"]) <= set(EVENT_FORMATS)
    assert {"experience_exchange", "partnership", "mentoring", "expert_support"} <= set(small_plan.events["format"])
    assert set(small_plan.registrations["status"]) <= set(REGISTRATION_STATUSES)
    assert set(small_plan.registrations["participant_group"]) == set(PARTICIPANT_GROUPS)
    assert set(small_plan.proposals["stage"]) <= set(PROPOSAL_STAGES)


def test_fates_other_than_counted_are_reasons_of_the_intake(small_plan: CityPlan) -> None:
    for name in ("event_rows", "registrations", "returns"):
        assert set(getattr(small_plan, name)["fate"]) - {"counted"} <= set(REASONS)


def test_few_lines_are_left_out(small_plan: CityPlan) -> None:
    rejected = small_plan.registrations["fate"].isin(["broken_line", "unknown_event"])
    assert 0.001 < rejected.mean() < 0.005


def test_every_point_lies_in_its_district(city: DemoCity, small_plan: CityPlan) -> None:
    for space in small_plan.spaces.itertuples():
        assert shapely.contains_xy(city.districts[space.district].geometry, space.lon_deg, space.lat_deg)


def test_single_spaces_have_a_placeholder_a_conflict_and_no_place_at_all(small_plan: CityPlan) -> None:
    spaces = small_plan.spaces
    assert (spaces["stated_place"] == "placeholder").sum() == 1
    assert ((spaces["district"] != spaces["stated_district"]) & (spaces["stated_district"] >= 0)).sum() == 1
    nothing = spaces.loc[spaces["stated_place"] == "nothing"]
    assert len(nothing) == 1
    assert not small_plan.events["space_no"].isin(nothing.index).any()


def test_names_of_spaces_are_unique(small_plan: CityPlan) -> None:
    assert small_plan.spaces["name_uk"].is_unique
    assert small_plan.spaces["alias"].is_unique


def test_the_municipal_network_stands_in_several_districts(small_plan: CityPlan) -> None:
    first = small_plan.spaces.loc[small_plan.spaces["sender"] == 0]
    assert first["district"].nunique() > 1


def test_nothing_happens_in_a_space_before_it_opens_or_after_it_closes(small_plan: CityPlan) -> None:
    events = small_plan.events.loc[small_plan.events["space_no"] >= 0]
    held_on = events["starts_at"].dt.normalize()
    opened = small_plan.spaces["opened_on"].to_numpy()[events["space_no"]]
    closed = small_plan.spaces["closed_on"].fillna(pd.Timestamp.max.floor("D")).to_numpy()[events["space_no"]]
    assert ((held_on >= opened) & (held_on <= closed)).all()


def test_the_network_grows_and_some_space_closes(small_plan: CityPlan) -> None:
    start = pd.Timestamp(small_plan.start)
    assert (small_plan.spaces["opened_on"] < start).any()
    assert (small_plan.spaces["opened_on"] > start).any()
    assert 1 <= small_plan.spaces["closed_on"].notna().sum() <= 2


def test_what_starts_after_the_last_day_is_planned_and_at_most_three_weeks_ahead(small_plan: CityPlan) -> None:
    events = small_plan.events
    after = events["starts_at"] >= pd.Timestamp(small_plan.until) + pd.Timedelta(days=1)
    assert after.any()
    assert set(events.loc[after, "status"]) <= {"planned", "cancelled"}
    assert "planned" not in set(events.loc[~after, "status"])
    assert events["starts_at"].max() < pd.Timestamp(small_plan.until) + pd.Timedelta(days=22)


def test_codes_and_titles_with_their_day_are_unique(small_plan: CityPlan) -> None:
    assert small_plan.events["event_code"].is_unique
    assert small_plan.events["event_code"].iloc[0] == "DEMO-SML-00001"
    assert not small_plan.events.assign(day=small_plan.events["starts_at"].dt.date).duplicated(["title", "day"]).any()


def test_a_person_is_counted_once_for_an_event(small_plan: CityPlan) -> None:
    assert not counted(small_plan).duplicated(["event_no", "person_no"]).any()


def test_nobody_signs_up_after_the_start_or_after_the_last_day(small_plan: CityPlan) -> None:
    lines = counted(small_plan)
    assert (lines["registered_at"] < lines["starts_at"]).all()
    assert (lines["registered_at"] < pd.Timestamp(small_plan.until) + pd.Timedelta(days=1)).all()


def test_only_held_events_have_people_who_came(small_plan: CityPlan) -> None:
    lines = counted(small_plan)
    status = small_plan.events["status"].to_numpy()[lines["event_no"]]
    came = lines["status"] == "attended"
    assert set(status[came]) == {"held"}
    assert came.equals(lines["checked_in_at"].notna())


def test_no_shows_stand_only_where_somebody_came(small_plan: CityPlan) -> None:
    lines = counted(small_plan)
    recorded = lines.loc[lines["status"] == "attended", "event_no"].unique()
    missed = lines.loc[lines["status"] == "no_show", "event_no"]
    assert len(missed) > 0
    assert missed.isin(recorded).all()


def test_people_cannot_be_taken_for_real_ones(small_plan: CityPlan) -> None:
    people = small_plan.people
    assert people["email"].str.fullmatch(r"[a-z.]+7\d{5}@example\.(?:org|com|net)").all()
    assert people["email"].is_unique
    assert people["phone"].dropna().is_unique
    assert people["phone"].dropna().str.startswith("+380927").all()
    sample = people["phone"].dropna().iloc[:50]
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(phone)) for phone in sample)


def test_many_come_once_and_some_often(small_plan: CityPlan) -> None:
    visits = counted(small_plan)["person_no"].value_counts()
    assert (visits == 1).mean() > 0.3
    assert visits.max() >= 10


def test_every_full_month_has_new_and_returning_people(small_plan: CityPlan) -> None:
    lines = counted(small_plan)
    monthly = lines.assign(month=lines["starts_at"].dt.to_period("M")).drop_duplicates(["month", "person_no"])
    first = monthly.groupby("person_no")["month"].transform("min")
    is_new = (first == monthly["month"]).groupby(monthly["month"]).mean()
    later = is_new.loc[(is_new.index > is_new.index[0]) & (is_new.index <= pd.Period(small_plan.until, "M"))]
    assert later.between(0.05, 0.95).all()


def test_most_live_near(small_plan: CityPlan) -> None:
    lines = counted(small_plan)
    place = small_plan.events["district"].to_numpy()[lines["event_no"]]
    home = lines["home_district"].to_numpy()
    known = (home >= 0) & (place >= 0)
    near = {gap: (np.abs(home - place)[known] == gap).mean() for gap in (0, 1, 2)}
    assert near[0] > near[1] > near[2] > 0


def test_evenings_weekends_and_a_summer_dip(small_plan: CityPlan) -> None:
    starts_at = small_plan.events["starts_at"]
    workdays = starts_at.loc[starts_at.dt.day_of_week < 5]
    assert (workdays.dt.hour >= 16).mean() > 0.6
    monthly = starts_at.dt.to_period("M").value_counts()
    assert monthly[pd.Period("2025-07")] < 0.75 * monthly[pd.Period("2025-05")]
    saturdays = (starts_at.dt.day_of_week == 5).sum()
    assert saturdays > (starts_at.dt.day_of_week == 0).sum()


def test_energy_is_a_winter_theme_and_cycling_a_summer_one(small_plan: CityPlan) -> None:
    regular = small_plan.events.loc[~small_plan.events["is_workshop"]]
    main = regular["themes"].map(lambda themes: themes[0])
    is_winter = regular["starts_at"].dt.month.isin([12, 1, 2])
    is_summer = regular["starts_at"].dt.month.isin([6, 7, 8])
    assert (main[is_winter] == 0).mean() > (main[is_summer] == 0).mean()
    assert (main[is_winter] == 1).mean() < (main[is_summer] == 1).mean()


def test_days_without_light_are_winter_days_with_cancellations_and_fewer_visitors(small_plan: CityPlan) -> None:
    events = small_plan.events
    dark = events.loc[events["is_blackout"]]
    assert len(dark) > 0
    assert set(dark["starts_at"].dt.month) <= {11, 12, 1, 2}
    is_cancelled = events["status"] == "cancelled"
    assert is_cancelled[events["is_blackout"]].mean() > is_cancelled[~events["is_blackout"]].mean()
    lines = counted(small_plan)
    noted = lines.loc[lines["status"].isin(["attended", "no_show"])]
    came = noted["status"] == "attended"
    is_dark = events["is_blackout"].to_numpy()[noted["event_no"]]
    assert came[is_dark].mean() < came[~is_dark].mean()


def test_a_june_holds_one_workshop_of_six_days_that_everybody_comes_to(small_plan: CityPlan) -> None:
    workshops = small_plan.events.loc[small_plan.events["is_workshop"]]
    assert len(workshops) == 1
    workshop = workshops.iloc[0]
    assert workshop["starts_at"].month == 6
    assert (workshop["ends_at"].normalize() - workshop["starts_at"].normalize()).days == 5
    assert workshop["space_no"] == -1
    assert workshop["venue"] is not None
    assert small_plan.sessions["starts_at"].dt.date.nunique() == 6
    assert small_plan.sessions["venue"].nunique() > 1
    assert not small_plan.sessions.duplicated(["title", "starts_at", "venue"]).any()
    lines = counted(small_plan)
    groups = set(lines.loc[lines["event_no"] == workshops.index[0], "participant_group"])
    assert groups >= set(PARTICIPANT_GROUPS) - {"artisan", "other", "municipal"}
    assert small_plan.proposals["title"].is_unique


def test_without_a_whole_june_week_there_is_no_workshop(city: DemoCity) -> None:
    short = plan(city, seed=1, months=1, until=date(2026, 6, 10))
    assert not short.events["is_workshop"].any()
    assert short.sessions.empty
    assert short.proposals.empty


def test_meetups_are_monthly_and_grow(small_plan: CityPlan) -> None:
    meetups = small_plan.events.loc[small_plan.events["series"] == MEETUP_SERIES]
    held = meetups.loc[meetups["status"] == "held"]
    assert held["starts_at"].dt.to_period("M").is_unique
    sizes = small_plan.meetups.groupby("event_no").size()
    assert sizes.index.isin(held.index).all()
    assert sizes.iloc[0] in (3, 4)
    assert sizes.iloc[-1] > 10
    hosts = small_plan.meetups.loc[small_plan.meetups["role"] == "host"]
    assert hosts["event_no"].is_unique
    assert not small_plan.meetups.duplicated(["event_no", "space_no"]).any()
    assert set(small_plan.meetups["mentoring"].dropna()) == {"requests", "offers"}


def test_returns_are_of_full_months_and_some_are_missing(small_plan: CityPlan) -> None:
    returns = small_plan.returns
    assert returns["month"].max() == pd.Timestamp(2026, 1, 1)
    own = returns.loc[returns["fate"] == "counted"]
    assert not own.duplicated(["month", "space_no"]).any()
    assert len(own) < 16 * 11


def test_the_month_of_the_last_day_is_returned_when_it_is_full(city: DemoCity) -> None:
    ended = plan(city, seed=1, months=1, until=date(2026, 2, 28))
    unfinished = plan(city, seed=1, months=1, until=date(2026, 2, 27))
    assert set(ended.returns["month"]) == {pd.Timestamp(2026, 2, 1)}
    assert unfinished.returns.empty


def test_a_first_copy_of_a_list_repeats_part_of_it_as_it_stood_then(small_plan: CityPlan) -> None:
    early = small_plan.early_registrations()
    list_no = small_plan.events["list_no"].to_numpy()[early["event_no"]]
    early_at = small_plan.lists["early_at"].to_numpy()[list_no]
    assert 0 < len(early) < len(small_plan.registrations)
    assert (early["registered_at"] <= early_at).all()
    ahead = small_plan.events["starts_at"].to_numpy()[early["event_no"]] > early_at
    assert ahead.any()
    assert set(early.loc[ahead, "status"]) <= {"registered", "waitlisted"}
    assert early.loc[ahead, "checked_in_at"].isna().all()
    assert "none" not in set(early["contact"])


def test_every_contact_habit_occurs(small_plan: CityPlan) -> None:
    assert set(counted(small_plan)["contact"]) == {"both", "email", "phone", "none"}


def test_a_line_with_a_phone_is_of_a_person_who_has_one(small_plan: CityPlan) -> None:
    lines = small_plan.registrations
    with_phone = lines.loc[lines["contact"].isin(["both", "phone"]), "person_no"]
    assert small_plan.people["phone"].loc[with_phone].notna().all()
