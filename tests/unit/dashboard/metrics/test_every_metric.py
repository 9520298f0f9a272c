"""What holds for every metric: columns, types, no rows of people, catalogue, inputs left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from dashboard.metrics import (
    breakdown,
    cities,
    cohorts,
    completeness,
    contrast,
    districts,
    events,
    facts,
    findings,
    freshness,
    gaps,
    groups,
    loads,
    months,
    network,
    network_spaces,
    overview,
    paths,
    people,
    proposals,
    reach,
    representation,
    returns,
    rhythm,
    shared_people,
    space_groups,
    spaces,
    themes,
    workshops,
)
from dashboard.metrics.catalogue import FIGURES, SUPPORTING
from dashboard.metrics.disclosure import HIDDEN, Disclosure
from dashboard.metrics.selection import Selection
from dashboard.settings import Role
from dashboard.store import Snapshot

Metric = Callable[[Snapshot, Selection, Disclosure], pd.DataFrame]
OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


def cut(selection: Selection, dimension: str, figure_id: str, disclosure: Disclosure) -> tuple[str, tuple[str, ...]]:
    """A dimension and two of its parts, the rest and what has none."""
    return dimension, breakdown.parts(selection, dimension, figure_id, disclosure, 2)


METRICS: dict[str, Metric] = {
    "freshness": lambda _, s, _d: freshness.by_space_month(s),
    "months": lambda _, s, d: months.by_month(s, d),
    "districts": lambda _, s, d: districts.by_district(s, d),
    "districts_by_month": lambda _, s, d: districts.by_month(s, d),
    "districts_compared": lambda _, s, d: districts.compared(s, "events_count", OCTOBER, SEPTEMBER, d),
    "reach": lambda _, s, _d: reach.by_district(s),
    "reach_areas": lambda _, s, _d: reach.areas(s),
    "neighbours": lambda _, s, _d: reach.neighbours(s, "a"),
    "representation": lambda _, s, d: representation.by_district(s, d),
    "theme_gaps": lambda _, s, _d: gaps.by_district_and_theme(s),
    "evenness": lambda _, s, _d: districts.evenness_by_month(s),
    "themes": lambda _, s, d: themes.by_theme(s, d),
    "themes_by_month": lambda _, s, d: themes.by_month(s, d),
    "themes_by_district": lambda _, s, _d: themes.by_district(s),
    "theme_changes": lambda _, s, d: themes.changes(s, OCTOBER, SEPTEMBER, d),
    "groups": lambda _, s, d: groups.by_group(s, d),
    "groups_by_month": lambda _, s, d: groups.by_month(s, d),
    "groups_by_theme": lambda _, s, d: groups.by_theme(s, d),
    "rhythm": lambda _, s, d: rhythm.by_hour(s, d),
    "people_by_month": lambda _, s, d: people.by_month(s, d),
    "people_in_period": lambda _, s, d: people.in_period(s, d),
    "people_by_home": lambda _, s, d: people.by_home(s, d),
    "spaces": lambda _, s, d: spaces.by_space(s, d),
    "spaces_activity": lambda _, s, _d: spaces.activity_by_month(s),
    "spaces_by_month": lambda _, s, d: spaces.by_month(s, d),
    "space_details": lambda _, s, _d: spaces.details(s, "a"),
    "spaces_location": lambda _, s, _d: spaces.location_statuses(s),
    "returns": lambda _, s, d: returns.by_month(s, d),
    "returns_missing": lambda _, s, _d: returns.missing(s),
    "meetups": lambda _, s, _d: network.meetups(s),
    "meetup_attendance": lambda _, s, _d: network.attendance(s),
    "links": lambda _, s, _d: network.links(s),
    "mentoring": lambda _, s, _d: network.mentoring(s),
    "growth": lambda _, s, _d: network.growth(s),
    "city_in_period": lambda _, s, d: cities.in_period(s, d),
    "city_by_month": lambda _, s, d: cities.by_month(s, d),
    "city_themes": lambda _, s, d: cities.theme_shares(s, d),
    "network_in_brief": lambda _, s, _d: network.in_brief(s),
    "newcomers": lambda _, s, _d: network.newcomers_by_year(s),
    "network_spaces": lambda _, s, _d: network_spaces.by_space(s),
    "network_months": lambda _, s, _d: network_spaces.by_month(s),
    "network_unknown": lambda _, s, _d: network_spaces.unknown(s),
    "space_groups": lambda _, s, _d: space_groups.members(s),
    "space_partition": lambda _, s, _d: space_groups.partition(s),
    "space_group_themes": lambda _, s, _d: space_groups.themes(s),
    "shared_people": lambda _, s, d: shared_people.links(s, d),
    "events": lambda _, s, d: events.listing(s, d),
    "events_by_day": lambda _, s, _d: events.by_day(s),
    "workshops": lambda _, s, d: workshops.listing(s, d),
    "workshop_sessions": lambda _, s, d: workshops.sessions(s, "w", d),
    "workshop_organisations": lambda _, s, _d: workshops.organisations(s, "w"),
    "workshop_goals": lambda _, s, d: workshops.goals(s, "w", d),
    "proposals": lambda _, s, _d: proposals.by_theme_and_stage(s),
    "proposals_listing": lambda _, s, _d: proposals.listing(s),
    "breakdown_by_space": lambda _, s, d: breakdown.by_part(s, *cut(s, "space", "registrations_count", d), d),
    "breakdown_by_month": lambda _, s, d: breakdown.by_month(s, *cut(s, "theme", "participants_count", d), d),
    "breakdown_by_quarter": lambda _, s, d: breakdown.by_quarter(s, *cut(s, "kind", "events_count", d), d),
    "breakdown_of_groups": lambda _, s, d: breakdown.by_month(s, *cut(s, "group", "attendances_count", d), d),
    "breakdown_of_groups_by_quarter": lambda _, s, d: breakdown.by_quarter(
        s, *cut(s, "group", "attendances_count", d), d
    ),
    "breakdown_shares": lambda _, s, d: breakdown.shares(
        breakdown.by_month(s, *cut(s, "network", "events_count", d), d), "events_count"
    ),
    "breakdown_ranks": lambda _, s, d: breakdown.ranks(
        breakdown.by_month(s, *cut(s, "district", "events_count", d), d), "events_count"
    ),
    "cohorts": lambda _, s, d: cohorts.by_first_month(s, d),
    "between_visits": lambda _, s, d: cohorts.between_visits(s, d),
    "paths_of_spaces": lambda _, s, d: paths.between_spaces(s, d),
    "paths_of_themes": lambda _, s, d: paths.between_themes(s, d),
    "totals": lambda _, s, d: contrast.totals(s, d),
    "sides": lambda _, s, d: contrast.sides(contrast.totals(s, d), contrast.totals(s, d)),
    "account": lambda n, s, d: completeness.account(n, s.filters.city, d),
    "reasons": lambda n, s, d: completeness.reasons(n, s.filters.city, d),
    "remarks": lambda n, s, d: completeness.remarks(n, s.filters.city, d),
    "gaps": lambda _, s, d: completeness.gaps(s, d),
    "loads": lambda n, s, d: loads.listing([n], n.snapshot_id, s.filters.city, d),
    "rejects_by_load": lambda n, s, d: loads.rejects_by_load([n], s.filters.city, d),
    "rejects_by_month": lambda n, s, d: loads.rejects_by_month(n, s.filters.city, d),
    "facts": lambda n, s, _d: facts.by_subject(n, s.filters.city),
    "contradictions": lambda n, s, _d: facts.contradictions(n, s.filters.city),
    "overview": lambda _, s, d: overview.month_overview(s, OCTOBER, d),
    "findings": lambda _, s, d: findings.month_findings(s, OCTOBER, d),
}
STRUCTURE = {
    "lat_deg",
    "group_rank",
    "lon_deg",
    "area_km2",
    "rank",
    "weekday",
    "hour",
    "row",
    "radius_km",
    "value_number",
    "months_since",
    "months_between",
}
"""Numbers that place or describe a row and are no figures."""

WINDOW = ("2025-10", "2026-11")


@pytest.fixture(scope="module", params=METRICS.values(), ids=METRICS)
def frames(request, full_scene, empty_scene) -> dict[str, pd.DataFrame]:
    """One metric's frames: over everything for both roles, over nothing selected, over an empty city."""
    metric: Metric = request.param
    snapshot, everything = full_scene.snapshot(), full_scene.select(*WINDOW)
    before = {name: value.copy() for name, value in vars(everything).items() if isinstance(value, pd.DataFrame)}
    made = {
        "full": metric(snapshot, everything, Disclosure(Role.ANALYST)),
        "public": metric(snapshot, everything, Disclosure(Role.PUBLIC, 5)),
        "nothing": metric(
            snapshot,
            full_scene.select(*WINDOW, kinds=("coworking",), themes=("culture",), groups=("artist",)),
            Disclosure(Role.PUBLIC, 5),
        ),
        "empty": metric(empty_scene.snapshot(), empty_scene.select(*WINDOW), Disclosure(Role.ANALYST)),
    }
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(everything, name), frame)  # the input is left as it was
    return made


def test_columns_and_types_never_depend_on_the_rows_or_the_role(frames) -> None:
    expected = frames["full"].dtypes.to_dict()
    assert len(frames["full"].columns) == len(expected)
    assert all(frame.dtypes.to_dict() == expected for frame in frames.values())
    assert "object" not in {str(dtype) for dtype in expected.values()}


def test_no_people_leave(frames) -> None:
    assert not {"person_id", "pseudonym", "registration_id", "registered_at"} & set(frames["full"].columns)


def test_every_number_is_in_the_catalogue(frames) -> None:
    frame = frames["full"]
    if "figure_id" in frame:
        assert set(frame["figure_id"]) <= set(FIGURES)
        return
    numbers = set(frame.select_dtypes("number").columns) - STRUCTURE
    assert {name.removeprefix("previous_") for name in numbers} <= set(FIGURES) | set(SUPPORTING)


def test_the_public_sees_counts_of_people_only_as_multiples_of_five(frames) -> None:
    frame = frames["public"]
    counted = {**FIGURES, **SUPPORTING}
    for name in frame.columns:
        figure = counted.get(name.removeprefix("previous_"))
        if figure is None or not figure.is_people_count:
            continue
        shown = frame[name].dropna()
        if "gap" in frame:  # its counts are of people only where it counts registrations
            shown = shown[frame["gap"].str.startswith("registrations_")]
        assert name + HIDDEN in frame, name
        assert ((shown % 5) == 0).all(), name
        assert not ((shown > 0) & (shown < 5)).any(), name
