"""Months, overview and findings."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.metrics import findings, months, overview
from dashboard.metrics.catalogue import MONTHLY
from dashboard.metrics.selection import select_month

OCTOBER = date(2026, 10, 1)


def of(frame: pd.DataFrame, month: str) -> pd.Series:
    return frame.set_index("month").loc[pd.Timestamp(f"{month}-01")]


def test_events_sessions_and_cancelled_are_counted_apart(full_scene, analyst) -> None:
    october = of(months.by_month(full_scene.select("2026-10", "2026-10"), analyst), "2026-10")
    assert (october["events_count"], october["sessions_count"], october["cancelled_events_count"]) == (4, 1, 1)


def test_attendance_rate_is_over_events_where_somebody_noted_who_came(scene, analyst) -> None:
    scene.event("noted", "2026-10-01", recorded=True)
    scene.event("unnoted", "2026-10-02")
    scene.register("noted", range(3), "attended")
    scene.register("noted", [9], "no_show")
    scene.register("noted", [10], "cancelled")
    scene.register("unnoted", range(20, 40))
    october = of(months.by_month(scene.select("2026-10", "2026-10"), analyst), "2026-10")
    assert october["attendance_rate_pct"] == 75
    assert october["no_show_rate_pct"] == 25
    assert october["attendance_base_count"] == 4
    assert october["recorded_events_count"] == 1
    assert october["attendance_coverage_pct"] == 50
    assert october["registrations_count"] == 25
    assert october["participants_count"] == 23


def test_without_records_there_is_no_rate(scene, analyst) -> None:
    scene.event("unnoted", "2026-10-02")
    scene.register("unnoted", range(5))
    october = of(months.by_month(scene.select("2026-10", "2026-10"), analyst), "2026-10")
    assert pd.isna(october["attendance_rate_pct"])
    assert pd.isna(october["attendances_count"])


def test_seat_use_needs_both_seats_and_records(scene, analyst) -> None:
    scene.event("both", "2026-10-01", recorded=True, seats_count=10)
    scene.event("no_seats", "2026-10-02", recorded=True)
    scene.event("no_records", "2026-10-03", seats_count=100)
    scene.register("both", range(12), "attended")
    scene.register("no_seats", range(5), "attended")
    october = of(months.by_month(scene.select("2026-10", "2026-10"), analyst), "2026-10")
    assert october["seat_use_pct"] == 120
    assert october["seat_events_count"] == 1


def test_people_without_contact_are_registrations_but_not_participants(scene, analyst) -> None:
    scene.event("e", "2026-10-01")
    scene.register("e", [1, 1, 2, None, None])
    october = of(months.by_month(scene.select("2026-10", "2026-10"), analyst), "2026-10")
    assert (october["registrations_count"], october["participants_count"]) == (5, 2)
    assert october["contact_coverage_pct"] == 60


def test_before_the_data_begin_there_is_no_zero(scene, analyst) -> None:
    scene.event("e", "2026-08-01")
    scene.event("f", "2026-10-01")
    scene.register("f", range(5))
    frame = months.by_month(scene.select("2026-07", "2026-10"), analyst).set_index("month")
    assert frame["events_count"].tolist() == [pd.NA, 1, 0, 1]
    assert frame["registrations_count"].isna().tolist() == [True, True, True, False]
    assert frame["new_participants_count"].isna().all()


def test_a_population_that_is_not_known_is_not_zero(make_scene, analyst) -> None:
    known, unknown = make_scene(), make_scene()
    unknown.district("D3", population=None)
    for scene in (known, unknown):
        scene.event("e", "2026-10-01")
        scene.register("e", range(40))
    rate = of(months.by_month(known.select("2026-10", "2026-10"), analyst), "2026-10")["participants_per_1000"]
    assert rate == 2
    row = of(months.by_month(unknown.select("2026-10", "2026-10"), analyst), "2026-10")
    assert pd.isna(row["participants_per_1000"])


def test_the_running_month_is_unfinished_and_the_last_one_is_not(full_scene, analyst) -> None:
    frame = months.by_month(full_scene.select("2026-10", "2026-11"), analyst)
    assert frame["is_unfinished"].tolist() == [False, True]


def test_the_overview_has_every_monthly_figure_beside_its_comparisons(full_scene, analyst) -> None:
    selection = select_month(full_scene.snapshot(), Filters(city="kyiv"))
    frame = overview.month_overview(selection, OCTOBER, analyst)
    assert frame["figure_id"].tolist() == [figure.id for figure in MONTHLY]
    row = frame.set_index("figure_id").loc["reported_visitors_count"]
    assert (row["value"], row["previous"], row["year_ago"]) == (113, 112, 101)
    assert row["previous_change"] == 1
    assert row["year_ago_change_pct"] == pytest.approx(12 / 101 * 100)
    assert (row["base_count"], row["coverage_pct"]) == (1, 100)


def test_percentages_change_in_points(full_scene, analyst) -> None:
    selection = select_month(full_scene.snapshot(), Filters(city="kyiv"))
    row = overview.month_overview(selection, OCTOBER, analyst).set_index("figure_id").loc["attendance_rate_pct"]
    assert row["previous_change"] == pytest.approx(row["value"] - row["previous"])
    assert pd.isna(row["previous_change_pct"])


def test_an_unfinished_month_is_compared_with_nothing(full_scene, analyst) -> None:
    november = date(2026, 11, 1)
    selection = select_month(full_scene.snapshot(), Filters(city="kyiv"), november)
    frame = overview.month_overview(selection, november, analyst)
    assert frame["is_unfinished"].all()
    assert frame[["previous", "year_ago", "previous_change", "year_ago_change"]].isna().all(axis=None)
    kinds = set(findings.month_findings(selection, november, analyst)["kind"])
    assert not kinds & {"change", "highest", "lowest", "theme_share_change", "silent_spaces"}


def test_a_year_ago_before_the_data_is_missing(scene, analyst) -> None:
    scene.event("e", "2026-09-01")
    scene.event("f", "2026-10-01")
    selection = select_month(scene.snapshot(), Filters(city="kyiv"))
    row = overview.month_overview(selection, OCTOBER, analyst).set_index("figure_id").loc["events_count"]
    assert (row["value"], row["previous"]) == (1, 1)
    assert pd.isna(row["year_ago"])


def test_a_selection_without_the_year_before_is_refused(full_scene, analyst) -> None:
    with pytest.raises(ValueError, match="not within"):
        overview.month_overview(full_scene.select("2026-01", "2026-10"), OCTOBER, analyst)


def grown(make_scene, before: int, now: int):
    scene = make_scene()
    people = iter(range(10_000))
    for number, size in [("2025-09", before), ("2025-10", before), ("2026-10", now)]:
        scene.event(f"e{number}", f"{number}-05", recorded=True)
        scene.register(f"e{number}", [next(people) for _ in range(size)], "attended")
    return select_month(scene.snapshot(), Filters(city="kyiv"))


@pytest.mark.parametrize(
    ("before", "now", "is_found"),
    [(50, 55, True), (50, 54, False), (49, 70, False), (60, 49, False), (70, 50, True)],
)
def test_a_change_is_told_from_ten_percent_and_fifty_people(make_scene, analyst, before, now, is_found) -> None:
    frame = findings.month_findings(grown(make_scene, before, now), OCTOBER, analyst)
    changes = frame[(frame["kind"] == "change") & (frame["figure_id"] == "participants_count")]
    assert len(changes) == is_found
    if is_found:
        assert changes.iloc[0]["compared_with"] == "year_ago"


def test_the_weightiest_finding_comes_first(full_scene, analyst) -> None:
    frame = findings.month_findings(select_month(full_scene.snapshot(), Filters(city="kyiv")), OCTOBER, analyst)
    assert frame["weight"].is_monotonic_decreasing
    assert set(frame["kind"]) <= set(findings.KINDS)
    assert {"change", "silent_spaces", "meetup"} <= set(frame["kind"])


def test_the_public_learns_no_exact_number_of_people_from_findings(full_scene, public) -> None:
    frame = findings.month_findings(select_month(full_scene.snapshot(), Filters(city="kyiv")), OCTOBER, public)
    told = frame[frame["figure_id"].isin(["participants_count", "registrations_count", "reported_visitors_count"])]
    told = told[~told["kind"].isin(["low_coverage", "missing_returns"])]
    assert len(told) > 0
    assert (told[["value", "base_value"]].fillna(0) % 5 == 0).all(axis=None)


def kept_for_years(make_scene, last: int, *, years: int = 3, workshop: bool = False):
    """Twenty events a month, a few more or less, and `last` of them in October 2026."""
    scene = make_scene()
    months_back = years * 12
    for number in range(months_back + 1):
        year, rest = divmod(2026 * 12 + 9 - months_back + number, 12)
        for each in range(last if number == months_back else 20 + number % 3):
            is_workshop = workshop and number == months_back and each == 0
            scene.event(f"e{number}-{each}", f"{year}-{rest + 1:02d}-05", is_workshop=is_workshop)
    return scene.select(f"{2026 - years}-10", "2026-11")


@pytest.mark.parametrize(
    ("last", "side"),
    [(4, 0), (6, -1), (21, 0), (60, 1)],
    ids=["too few to tell", "few", "usual", "many"],
)
def test_a_month_outside_its_usual_range_is_told_with_the_level(make_scene, analyst, last: int, side: int) -> None:
    frame = findings.month_findings(kept_for_years(make_scene, last), OCTOBER, analyst)
    found = frame[(frame["kind"] == "unusual") & (frame["figure_id"] == "events_count")]
    assert len(found) == abs(side)
    if side:
        row = found.iloc[0]
        assert (row["value"], row["compared_with"], row["reason"]) == (last, "usual", "unusual")
        assert row["change"] * side > 0
        assert not row["usual_low"] <= last <= row["usual_high"]
        assert row["usual_low"] <= row["base_value"] <= row["usual_high"]
        # The same number is not told twice.
        rest = frame[(frame["kind"] != "unusual") & (frame["figure_id"] == "events_count")]
        assert not set(rest["kind"]) & {"change", "highest", "lowest"}


def test_without_a_known_season_no_month_is_called_unusual(make_scene, analyst) -> None:
    frame = findings.month_findings(kept_for_years(make_scene, 60, years=1), OCTOBER, analyst)
    assert set(frame["kind"]) & {"change", "highest"}
    assert "unusual" not in set(frame["kind"])


def test_a_workshop_in_an_unusual_month_is_said(make_scene, analyst) -> None:
    frame = findings.month_findings(kept_for_years(make_scene, 60, workshop=True), OCTOBER, analyst)
    assert frame.loc[frame["kind"] == "unusual", "reason"].unique().tolist() == ["workshop"]


@pytest.mark.parametrize("role", ["analyst", "public"])
def test_a_month_is_the_same_among_more_months(full_scene, request, role: str) -> None:
    disclosure = request.getfixturevalue(role)
    more = months.by_month(full_scene.select("2025-06", "2026-11"), disclosure)
    fewer = months.by_month(full_scene.select("2026-09", "2026-10"), disclosure)
    of_both = more[more["month"].isin(fewer["month"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_both, fewer)
