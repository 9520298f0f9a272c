"""What the intake makes of the demonstration files is what the plan meant, to the row."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from etl.accounts import InboxFile
from etl.demo.city import demo_city
from etl.demo.files import city_files
from etl.demo.plan import CityPlan, plan
from etl.identity import Key
from etl.pipeline import Bundle, build
from etl.sources.city_pack import load_pack

ZHYTOMYR = Path(__file__).resolve().parents[4] / "data" / "cities" / "zhytomyr"
UNTIL = date(2026, 2, 18)


@pytest.fixture(scope="module")
def told() -> tuple[CityPlan, Bundle]:
    """Nine months with a June in them, as planned and as loaded."""
    pack = load_pack(ZHYTOMYR)
    city = demo_city(pack.city_id, *(pack.tables[name] for name in ("cities", "districts", "themes")))
    planned = plan(city, seed=3, months=9, until=UNTIL)
    inbox = [
        InboxFile(f"zhytomyr/{name}", "demo", lambda content=content: content) for name, content in city_files(planned)
    ]
    return planned, build(inbox, [pack], [], Key(bytes(range(1, 41))), UNTIL)


def demo_rows(bundle: Bundle, table: str) -> pd.DataFrame:
    frame = bundle.tables[table]
    if "origin" in frame:
        return frame.loc[frame["origin"] == "demo"]
    return frame.loc[frame["event_id"].isin(demo_rows(bundle, "events")["event_id"])]


def counted(planned: CityPlan) -> pd.DataFrame:
    return planned.registrations.loc[planned.registrations["fate"] == "counted"]


def test_no_file_is_refused_and_every_row_is_accounted_for(told: tuple[CityPlan, Bundle]) -> None:
    _, bundle = told
    assert [account.path for account in bundle.accounts if account.refusal] == []
    assert all(a.read == a.loaded + a.duplicate + a.rejected for a in bundle.accounts)


def test_events_are_those_of_the_plan(told: tuple[CityPlan, Bundle]) -> None:
    planned, bundle = told
    loaded = demo_rows(bundle, "events").sort_values("event_id", ignore_index=True)
    whole = loaded.loc[loaded["parent_event_id"].isna()].reset_index(drop=True)
    meant = planned.events.reset_index(drop=True)
    codes = [district.district_code for district in planned.city.districts]
    assert whole["event_id"].tolist() == [f"zhytomyr-{code.lower()}" for code in meant["event_code"]]
    for column in ("title", "starts_at", "ends_at", "format", "status", "is_workshop"):
        assert whole[column].tolist() == meant[column].tolist(), column
    assert whole["seats_count"].equals(meant["seats_count"])
    assert whole["district_code"].dropna().tolist() == [codes[at] for at in meant["district"] if at >= 0]
    assert len(loaded) - len(whole) == len(planned.sessions)


def test_registrations_are_those_of_the_plan(told: tuple[CityPlan, Bundle]) -> None:
    planned, bundle = told
    loaded, meant = demo_rows(bundle, "registrations"), counted(planned)
    for column in ("status", "participant_group"):
        assert Counter(loaded[column]) == Counter(meant[column])
    assert Counter(loaded["home_status"]) == Counter(meant["home"].replace("outside", "outside_city"))
    per_event = meant["event_no"].map("zhytomyr-" + planned.events["event_code"].str.lower())
    assert Counter(loaded["event_id"]) == Counter(per_event)


def test_people_are_those_of_the_plan(told: tuple[CityPlan, Bundle]) -> None:
    planned, bundle = told
    lines = counted(planned)
    with_email = set(lines.loc[lines["contact"].isin(["both", "email"]), "person_no"])
    tied = set(planned.registrations.loc[planned.registrations["contact"] == "both", "person_no"])
    by_phone = set(lines.loc[lines["contact"] == "phone", "person_no"])
    assert len(bundle.tables["people"]) == len(with_email | (by_phone & tied)) + len(by_phone - tied)


def test_spaces_returns_meetups_and_proposals_are_those_of_the_plan(told: tuple[CityPlan, Bundle]) -> None:
    planned, bundle = told
    spaces = demo_rows(bundle, "spaces")
    returns = planned.returns.loc[planned.returns["fate"] == "counted"]
    assert set(spaces["name_uk"]) == set(planned.spaces["name_uk"])
    assert Counter(spaces["district_check"])["conflict"] == 1
    loaded = demo_rows(bundle, "monthly_returns")
    assert len(loaded) == len(returns)
    assert loaded["visitors_count"].sum() == returns["visitors_count"].sum()
    assert len(demo_rows(bundle, "event_spaces")) == len(planned.meetups)
    assert Counter(demo_rows(bundle, "proposals")["stage"]) == Counter(planned.proposals["stage"])


@pytest.mark.parametrize("reason", ["broken_line", "unknown_event", "unreadable_number", "unknown_space"])
def test_lines_are_left_out_for_the_reason_they_were_made_for(told: tuple[CityPlan, Bundle], reason: str) -> None:
    planned, bundle = told
    sent = (planned.registrations, planned.early_registrations(), planned.event_rows, planned.returns)
    assert (bundle.tables["row_issues"]["code"] == reason).sum() == sum(
        (lines["fate"] == reason).sum() for lines in sent
    )
