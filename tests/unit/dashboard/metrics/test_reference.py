"""The product's numbers equal those of ``reference``, on small cities made at random and on the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.filters import Filters
from dashboard.metrics import (
    breakdown,
    cohorts,
    completeness,
    contrast,
    districts,
    events,
    findings,
    formats,
    gaps,
    groups,
    months,
    network,
    network_spaces,
    paths,
    people,
    representation,
    returns,
    shared_people,
    space_groups,
    spaces,
    themes,
    workshops,
)
from dashboard.metrics.catalogue import FIGURES, SUPPORTING
from dashboard.metrics.disclosure import HIDDEN, Disclosure
from dashboard.metrics.season import DAYS_OF_MONTH, LEAST_MONTHS, LEAST_MONTHS_FOR_SEASON, usual
from dashboard.metrics.selection import Selection, select, select_month
from dashboard.settings import Role
from dashboard.store import Snapshot, open_store
from etl.contract import TABLES as CONTRACT
from tests.unit.dashboard.metrics import reference, reference_tables
from tests.unit.dashboard.metrics.reference import COUNTS, SCALARS, City, World, rows
from tests.unit.dashboard.metrics.reference_tables import TABLES
from tests.unit.dashboard.metrics.small_cities import CITIES, FILTERS, MONTHS, built

ANALYST: Final = Disclosure(Role.ANALYST)
CASES: Final = 200 if settings.get_current_profile_name() == "fuzz" else 4
few: Final = settings(
    max_examples=CASES, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
"""Not made smaller where one fails: that takes minutes, and the message names the number."""

_OF_LISTS: Final = {
    "events_count", "sessions_count", "cancelled_events_count", "recorded_events_count", "seat_events_count",
    "seats_count", "open_spaces_count", "active_spaces_count", "silent_spaces_count", "themed_events_count",
    "located_events_count", "meetups_count", "space_links_count", "proposals_count",
}  # fmt: skip
"""Missing, not 0, before the first month of the city's lists."""
_SUMMARIES: Final = {"events_count", "sessions_count", "recorded_events_count", "seat_events_count", "seats_count"}
"""Those of them that are missing in every table, not in that of months alone."""
_OF_PEOPLE: Final = {
    "registrations_count", "attendances_count", "no_shows_count", "attendance_base_count", "participations_count",
    "identified_participations_count", "participants_count", "seat_attendances_count", "lead_registrations_count",
}  # fmt: skip
"""Missing before the first month with people."""


def city_of(snapshot: Snapshot, city_id: str) -> City:
    return City({name: rows(snapshot.table(name)) for name in CONTRACT}, city_id, snapshot.as_of_on)


def compare(frame: pd.DataFrame, world_of: Callable[[Mapping[str, Any]], World], but: set[str] = frozenset()) -> None:
    """Every number of every row against its reference; ``but``: columns that are about something else here."""
    names = [name for name in SCALARS if name in frame and name not in but]
    assert names
    for row in frame.to_dict("records"):
        world = world_of(row)
        for name in names:
            assert not row.get(name + HIDDEN), name
            is_listed, has_people = world.is_told(world.city.first_month), world.is_told(world.city.first_people_month)
            is_known = (name not in _SUMMARIES or is_listed) and (name not in _OF_PEOPLE or has_people)
            if name not in COUNTS and not (is_listed and has_people):
                continue  # ratios of what is not known are tested by their parts
            expect(row[name], reference.of(name, world) if is_known else None, f"{name} of {world.only or world.start}")


def expect(found: Any, expected: float | None, what: str) -> None:
    if expected is None:
        assert pd.isna(found), f"{what}: {found}, not unknown"
    else:
        assert not pd.isna(found), f"{what}: unknown, not {expected}"
        assert float(found) == pytest.approx(expected), what


def check_months(selection: Selection, world: World) -> None:
    frame = months.by_month(selection, ANALYST)
    for row in frame.to_dict("records"):
        month = row["month"]
        alone = world.during(month.date(), month.date())
        is_listed = alone.city.first_month is not None and month >= alone.city.first_month
        has_people = alone.city.first_people_month is not None and month >= alone.city.first_people_month
        assert row["is_unfinished"] == (month >= alone.city.unfinished_month)
        for name in SCALARS:
            if name not in frame:
                continue
            is_known = (name not in _OF_LISTS or is_listed) and (name not in _OF_PEOPLE or has_people)
            if name not in COUNTS and not (is_listed and has_people):
                continue  # ratios of what is not known are tested by their parts
            expect(row[name], reference.of(name, alone) if is_known else None, f"{name} in {month:%Y-%m}")


def check(snapshot: Snapshot, city: City, filters: Filters, start: date, end: date) -> None:
    selection = select(snapshot, filters, start, end)
    world = World(city, filters, start, end)
    check_months(selection, world)
    compare(contrast.totals(selection, ANALYST), lambda _: world)
    by_district = districts.by_district(selection, ANALYST).astype({"district_code": object})
    compare(by_district, lambda row: world.cut(district_code=none(row["district_code"])), {"population_count"})
    by_theme = themes.by_theme(selection, ANALYST)
    compare(by_theme, lambda row: world.cut(theme_id=none(row["theme_id"])), {"themed_events_count"})
    listed = {s["space_id"] for s in world.city.of("spaces") if world.is_known_to_the_city(s)}
    by_space = spaces.by_space(selection, ANALYST)
    compare(by_space[by_space["space_id"].isin(listed)], lambda row: world.cut(space_id=row["space_id"]))
    compare(groups.by_group(selection, ANALYST), lambda row: world.cut(participant_group=row["participant_group"]))
    check_tables(selection, snapshot, world)
    compare(formats.by_format(selection, ANALYST), lambda row: world.cut(format=row["format"]))


def none(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


@few
@given(city=CITIES, filters=FILTERS, first=st.integers(0, 4), length=st.integers(0, 3))
def test_a_small_city(make_scene, city, filters, first, length) -> None:
    snapshot = built(make_scene, city).snapshot()
    end = min(first + length, len(MONTHS) - 1)
    check(snapshot, city_of(snapshot, "kyiv"), Filters("kyiv", **filters), MONTHS[first], MONTHS[end])


@cache
def demonstration(store: Path) -> tuple[Snapshot, City]:
    snapshot = open_store(store)
    return snapshot, city_of(snapshot, "zhytomyr")


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"workshops": False},
        {"themes": ("cycling", "ecology")},
        {"kinds": ("library",), "groups": ("student", "ngo")},
        {"districts": "first"},
    ],
    ids=str,
)
def test_the_demonstration(demo_store: Path, filters: dict[str, Any]) -> None:
    snapshot, city = demonstration(demo_store)
    first = sorted(district["district_code"] for district in city.of("districts"))[:1]
    chosen = {name: tuple(first) if value == "first" else value for name, value in filters.items()}
    check(snapshot, city, Filters("zhytomyr", **chosen), date(2026, 6, 1), date(2026, 11, 1))


TABLES_SHOWN: Final[dict[str, tuple[Callable[[Selection, Snapshot], pd.DataFrame], tuple[str, ...]]]] = {
    "themes": (lambda s, _: themes.by_theme(s, ANALYST).dropna(subset=["theme_id"]), ("theme_id",)),
    "theme_changes": (lambda s, _: themes.changes(s, s.end, s.start, ANALYST), ("theme_id",)),
    "groups": (lambda s, _: groups.by_group(s, ANALYST), ("participant_group",)),
    "districts": (lambda s, _: districts.by_district(s, ANALYST), ("district_code",)),
    "homes": (
        lambda s, _: (f := people.by_home(s, ANALYST)).assign(at=f["home_district_code"].fillna(f["home_status"])),
        ("at",),
    ),
    "representation": (lambda s, _: representation.by_district(s, ANALYST), ("district_code",)),
    "cohorts": (lambda s, _: cohorts.by_first_month(s, ANALYST), ("cohort_month", "months_since")),
    "between_visits": (lambda s, _: cohorts.between_visits(s, ANALYST), ("months_between",)),
    "paths_of_spaces": (lambda s, _: paths.between_spaces(s, ANALYST), ("from_part", "to_part")),
    "paths_of_themes": (lambda s, _: paths.between_themes(s, ANALYST), ("from_part", "to_part")),
    "shared_people": (lambda s, _: shared_people.links(s, ANALYST), ("space_id", "other_space_id")),
    "meetups": (lambda s, _: network.meetups(s), ("event_id",)),
    "links": (lambda s, _: network.links(s), ("space_id", "other_space_id")),
    "network_in_brief": (lambda s, _: network.in_brief(s), ()),
    "space_partition": (lambda s, _: space_groups.partition(s), ()),
    "network_spaces": (lambda s, _: network_spaces.by_space(s), ("space_id",)),
    "network_unknown": (lambda s, _: network_spaces.unknown(s), ("network_id", "what")),
    "events": (lambda s, _: events.listing(s, ANALYST), ("event_id",)),
    "events_by_day": (lambda s, _: events.by_day(s), ("starts_on",)),
    "workshops": (lambda s, _: workshops.listing(s, ANALYST), ("event_id",)),
    "data_gaps": (lambda s, _: completeness.gaps(s, ANALYST), ("gap",)),
    "account": (lambda s, n: completeness.account(n, s.filters.city, ANALYST), ("source_id",)),
    "reasons": (
        lambda s, n: completeness.reasons(n, s.filters.city, ANALYST),
        ("outcome", "code", "reason_uk", "fix_uk"),
    ),
    "theme_gaps": (lambda s, _: gaps.by_district_and_theme(s), ("district_code", "theme_id")),
    "missing_returns": (lambda s, _: returns.missing(s), ("space_id", "month")),
}


def check_tables(selection: Selection, snapshot: Snapshot, world: World) -> None:
    for name, (metric, keys) in TABLES_SHOWN.items():
        frame = metric(selection, snapshot)
        expected = TABLES[name](world)
        found = {key_of(row, keys): row for row in frame.to_dict("records")}
        assert set(found) == set(expected), name
        for key, numbers in expected.items():
            for column, number in numbers.items():
                expect(found[key][column], number, f"{column} of {key} in {name}")
    for workshop in TABLES["workshops"](world):
        goals = workshops.goals(selection, workshop, ANALYST).set_index("figure_id")
        for figure_id, numbers in reference_tables.workshop_goals(world, workshop).items():
            for column, number in numbers.items():
                expect(goals.loc[figure_id, column], number, f"{column} of {figure_id}")


def key_of(row: Mapping[Any, Any], keys: tuple[str, ...]) -> Any:
    found = [None if pd.isna(row[name]) else row[name] for name in keys]
    return tuple(found) if len(found) > 1 else found[0] if found else None


@pytest.mark.parametrize("count", [LEAST_MONTHS, 16, LEAST_MONTHS_FOR_SEASON - 1])
def test_what_is_usual(count: int) -> None:
    """Without a season, written out point by point."""
    chance = np.random.default_rng(count)
    values = 60 + np.arange(count) * 2.0 + chance.normal(0, 6, count)
    values[count // 2] += 80
    calendar = np.arange(count) % 12 + 1
    found = usual(values, np.full(count, DAYS_OF_MONTH), calendar, is_count=False)
    level = reference_tables.usual_level(list(values))
    reach = reference_tables.usual_reach(list(values), level)
    assert found.level == pytest.approx(level, rel=1e-6)
    assert found.low == pytest.approx([at - reach for at in level], rel=1e-6)
    assert found.high == pytest.approx([at + reach for at in level], rel=1e-6)


def test_shares_of_parts(full_scene) -> None:
    selection = full_scene.select("2026-09", "2026-10")
    cut = breakdown.parts(selection, "theme", "registrations_count", ANALYST)
    frame = breakdown.by_month(selection, "theme", cut, ANALYST)
    shares = breakdown.shares(frame, "registrations_count")
    world = World(city_of(full_scene.snapshot(), "kyiv"), Filters("kyiv"), selection.start, selection.end)
    for month in selection.months["month"]:
        alone = world.during(month.date(), month.date())
        counted = {part: alone.cut(theme_id=None if part == breakdown.NONE else part) for part in cut}
        of_parts = {part: reference.of("registrations_count", one) for part, one in counted.items()}
        found = shares[shares["month"] == month].set_index("part")["part_share_pct"]
        for part, number in of_parts.items():
            total = sum(known for known in of_parts.values() if known is not None)
            expect(found[part], reference.ratio(number, total), part)


def test_what_findings_count(demo_store: Path) -> None:
    snapshot, city = demonstration(demo_store)
    selection = select_month(snapshot, Filters("zhytomyr"), date(2026, 10, 1))
    found = findings.month_findings(selection, date(2026, 10, 1), ANALYST).set_index("kind")
    world = World(city, Filters("zhytomyr"), date(2026, 10, 1), date(2026, 10, 1))
    absent = len(TABLES["missing_returns"](world))
    assert ("missing_returns" in found.index) == (absent > 0)
    if absent:
        assert found.loc["missing_returns", "value"] == absent
    empty = sum(not world.cut(district_code=code).events for code in world.district_codes)
    if "districts_without_events" in found.index:
        assert tuple(found.loc["districts_without_events", ["value", "base_value"]]) == (
            empty,
            len(world.district_codes),
        )
    else:
        assert empty == 0 or len(world.events) < 20


IN_OTHER_TESTS: Final = {
    "test_reach.py": {
        "located_spaces_count", "unlocated_spaces_count", "within_1km_km2", "within_2km_km2", "within_1km_pct",
        "within_2km_pct", "nearest_space_median_m", "distance_m",
    },
    "test_reference.py": {
        "usual_level", "usual_low", "usual_high", "usual_season", "part_share_pct", "districts_count",
        "empty_districts_count", "missing_returns_count", "workshop_located_proposals_count",
    },
}  # fmt: skip
"""Numbers whose reference is no function of rows: by geometry, in a series, or as part of another frame."""


def test_every_number_of_the_catalogue_has_a_reference(demo_store: Path) -> None:
    """A figure new to the catalogue gets its reference here: in ``reference``, or as rows in ``reference_tables``."""
    _, city = demonstration(demo_store)
    world = World(city, Filters("zhytomyr"), date(2025, 8, 1), date(2026, 10, 1))
    in_tables = {name for table in TABLES.values() for row in table(world).values() for name in row}
    workshop = next(iter(TABLES["workshops"](world)))
    in_tables |= set(reference_tables.workshop_goals(world, workshop))
    elsewhere = set().union(*IN_OTHER_TESTS.values())
    assert {*FIGURES, *SUPPORTING} - {*SCALARS, *in_tables, *elsewhere} == set()
    assert elsewhere <= {*FIGURES, *SUPPORTING}
