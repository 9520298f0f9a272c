"""Districts beside another month, per resident, beside their residents, and the themes they lack."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest

from dashboard.metrics import districts, gaps, representation, spaces

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def test_a_figure_per_thousand_needs_a_population(make_scene, analyst) -> None:
    scene = make_scene(districts=())
    scene.district("D1", 2000)
    scene.district("D2", None)
    scene.event("a", "2026-10-01")
    scene.event("b", "2026-10-01", district_code="D2")
    scene.register("a", range(4), "attended")
    frame = districts.by_district(scene.select("2026-10", "2026-10"), analyst).set_index("district_code")
    assert frame.loc["D1", "events_per_1000"] == 0.5
    assert frame.loc["D1", "registrations_per_1000"] == 2.0
    assert frame.loc["D2", ["events_per_1000", "registrations_per_1000"]].isna().all()
    assert not frame.loc["D2", "registrations_per_1000_is_hidden"]


def test_returns_proposals_and_cancelled_events_are_told_by_district(scene, analyst, public) -> None:
    scene.space("a", "D2")
    scene.space("nowhere", None)
    scene.returned("a", "2026-10", 3, 42)
    scene.returned("nowhere", "2026-10", 1, 3)
    scene.event("x", "2026-10-02", status="cancelled", district_code="D2")
    scene.add("proposals", proposal_id="p", title="т", stage="idea", district_code="D2", submitted_on=date(2026, 10, 7))
    frame = districts.by_district(scene.select("2026-10", "2026-10"), analyst)
    assert frame["reported_visitors_count"].fillna(-1).tolist() == [-1, 42, 3]
    assert frame["reported_events_count"].fillna(-1).tolist() == [-1, 3, 1]
    assert frame["cancelled_events_count"].tolist() == [0, 1, 0]
    assert frame["proposals_count"].tolist() == [0, 1, 0]
    shown = districts.by_district(scene.select("2026-10", "2026-10"), public)
    assert shown["reported_visitors_count"].fillna(-1).tolist() == [-1, 40, -1]
    assert shown["reported_visitors_count_is_hidden"].tolist() == [False, False, True]


def test_a_month_is_compared_with_another(scene, analyst) -> None:
    scene.event("a", "2026-09-01")
    scene.event("b", "2026-10-01", district_code="D2")
    frame = districts.compared(scene.select("2026-09", "2026-10"), "events_count", OCTOBER, SEPTEMBER, analyst)
    assert frame["district_code"].fillna("-").tolist() == ["D1", "D2", "-"]
    assert frame["change"].tolist() == [-1, 1, 0]
    assert not frame["change_is_hidden"].any()


@pytest.mark.parametrize(("month", "base"), [(OCTOBER, date(2026, 8, 1)), (NOVEMBER, OCTOBER)])
def test_there_is_no_change_before_the_data_nor_in_an_unfinished_month(scene, analyst, month, base) -> None:
    scene.event("a", "2026-09-01")
    frame = districts.compared(scene.select("2026-08", "2026-11"), "events_count", month, base, analyst)
    assert frame["change"].isna().all()
    assert frame["base_value"].isna().all()
    assert not frame["change_is_hidden"].any()


def test_people_are_compared_only_with_months_that_have_lists_of_people(scene, analyst) -> None:
    scene.event("a", "2026-09-01")
    scene.event("b", "2026-10-01")
    scene.register("b", range(6))
    selection = scene.select("2026-09", "2026-10")
    assert districts.compared(selection, "registrations_count", OCTOBER, SEPTEMBER, analyst)["change"].isna().all()
    assert districts.compared(selection, "events_count", OCTOBER, SEPTEMBER, analyst)["change"].notna().all()


def test_a_change_from_or_to_a_hidden_value_is_hidden(scene, public) -> None:
    scene.event("a", "2026-09-01")
    scene.event("b", "2026-10-01")
    scene.register("a", range(3))
    scene.register("b", range(20))
    selection = scene.select("2026-09", "2026-10")
    row = districts.compared(selection, "registrations_count", OCTOBER, SEPTEMBER, public).iloc[0]
    assert row["value"] == 20
    assert row["base_value_is_hidden"]
    assert row["change_is_hidden"]
    assert math.isnan(row["change"])


def live(scene, district: str | None, people: range) -> None:
    home = {"home_status": "district", "home_district_code": district} if district else {}
    scene.register("a", people, **home)


def test_the_index_sets_shares_of_registrations_beside_shares_of_residents(make_scene, analyst) -> None:
    scene = make_scene(districts=())
    for code, population in (("D1", 1000), ("D2", 3000), ("D3", None)):
        scene.district(code, population)
    scene.event("a", "2026-10-01")
    live(scene, "D1", range(10))
    live(scene, "D2", range(10, 20))
    live(scene, "D3", range(20, 40))
    live(scene, None, range(40, 50))
    frame = representation.by_district(scene.select("2026-10", "2026-10"), analyst).set_index("district_code")
    assert frame["home_registrations_count"].tolist() == [10, 10, 20]
    assert frame["representation_index"].fillna(-1).round(1).tolist() == [200, 66.7, -1]
    assert frame["population_share_pct"].fillna(-1).tolist() == [25, 75, -1]
    assert frame["home_coverage_pct"].tolist() == [40, 40, 40]
    assert frame["home_participants_per_1000"].fillna(-1).round(2).tolist() == [10, 3.33, -1]
    assert not frame["representation_index_is_hidden"].any()


def test_where_a_district_is_hidden_no_index_is_shown(scene, public, analyst) -> None:
    scene.event("a", "2026-10-01")
    live(scene, "D1", range(30))
    live(scene, "D2", range(30, 32))
    selection = scene.select("2026-10", "2026-10")
    frame = representation.by_district(selection, public)
    assert frame["representation_index"].isna().all()
    assert frame["representation_index_is_hidden"].all()
    assert representation.by_district(selection, analyst)["representation_index"].notna().all()


def test_the_public_sees_no_homes_of_one_district_alone(scene, public) -> None:
    scene.event("a", "2026-10-01")
    live(scene, "D1", range(30))
    live(scene, "D2", range(30, 60))
    whole = representation.by_district(scene.select("2026-10", "2026-10"), public)
    assert whole["representation_index"].tolist() == [100, 100]
    cut = representation.by_district(scene.select("2026-10", "2026-10", districts=("D1",)), public)
    assert cut["representation_index_is_hidden"].all()


@pytest.mark.parametrize(
    ("here", "elsewhere", "gap"),
    [(0, 12, "absent"), (1, 29, "rare"), (10, 10, "none"), (0, 2, "unclear"), (30, 2, "none")],
)
def test_a_gap_is_what_chance_does_not_explain(scene, here, elsewhere, gap) -> None:
    def hold(count: int, district: str, theme: str) -> None:
        for number in range(count):
            scene.event(f"{district}{theme}{number}", "2026-10-01", district_code=district, themes=[theme])

    hold(here, "D1", "ecology")
    hold(elsewhere, "D2", "ecology")
    hold(20, "D1", "culture")
    hold(5, "D2", "culture")
    frame = gaps.by_district_and_theme(scene.select("2026-10", "2026-10"))
    assert frame.set_index(["district_code", "theme_id"]).loc[("D1", "ecology"), "gap"] == gap
    assert set(frame["gap"]) <= set(gaps.GAPS)
    assert frame["expected_events"].sum() == pytest.approx(frame["events_count"].sum())


def test_a_spaces_months_tell_known_from_unknown(scene, analyst) -> None:
    scene.space("a")
    scene.event("e", "2026-09-01", space_id="a")
    scene.register("e", range(7))
    scene.returned("a", "2026-10", 0, 0)
    frame = spaces.by_month(scene.select("2026-08", "2026-10", space="a"), analyst)
    assert frame["is_known"].tolist() == [False, True, True]
    assert frame["events_count"].fillna(-1).tolist() == [-1, 1, 0]
    assert frame["participants_count"].fillna(-1).tolist() == [-1, 7, 0]
    assert frame["reported_visitors_count"].fillna(-1).tolist() == [-1, -1, 0]


def test_details_tell_what_nobody_stated(scene) -> None:
    scene.space("a", lat_deg=50.4, lon_deg=30.5, location_status="point", capacity_count=40)
    frame = spaces.details(scene.select("2026-10", "2026-10"), "a").set_index("detail")["is_known"]
    assert frame.to_dict() == {"district": True, "address": False, "point": True, "capacity": True, "opened": False}
    nobody = spaces.details(scene.select("2026-10", "2026-10"), "b")
    pd.testing.assert_index_equal(nobody.columns, pd.Index(["detail", "is_known"]))
    assert nobody.empty
