"""Distinct people are never added up: over no pair of dimensions, with a group or without, for neither role."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd
import pytest

from dashboard.filters import Filters
from dashboard.metrics import breakdown, contrast, districts, months, people, spaces, themes
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection, select
from dashboard.settings import Role
from dashboard.store import Snapshot

PEOPLE: Final = 40
MONTHS: Final = (date(2026, 9, 1), date(2026, 10, 1))
CHOICES: Final[dict[str, dict[str, Any]]] = {
    "month": {},
    "theme": {"themes": ("ecology",)},
    "district": {"districts": ("D1",)},
    "kind": {"kinds": ("hub",)},
    "network": {"networks": ("n1",)},
    "space": {"space": "a"},
}
"""A choice along each dimension; of months the last one."""
PARTS: Final = {
    "theme": ("ecology", "culture"),
    "district": ("D1", "D2"),
    "kind": ("hub", "library"),
    "network": ("n1", "n2"),
    "space": ("a", "b"),
}
ROLES: Final = (Disclosure(Role.ANALYST), Disclosure(Role.PUBLIC, 5))


def city(make_scene, *, is_disjoint: bool) -> Snapshot:
    """Two spaces of two districts, kinds and networks; in each, each month, an event of each theme.

    Everybody is everywhere, once as an NGO and once as a student; or everybody is at one event alone.
    """
    scene = make_scene()
    for number, (space, district, kind) in enumerate((("a", "D1", "hub"), ("b", "D2", "library")), start=1):
        scene.add("networks", network_id=f"n{number}", name_uk=f"Мережа {number}")
        scene.space(space, district, kind=kind, network_id=f"n{number}")
    begins = 0
    for month in MONTHS:
        for space, district in (("a", "D1"), ("b", "D2")):
            for theme in ("ecology", "culture"):
                for group in ("ngo", "student"):
                    name = f"{month:%m}{space}{theme}{group}"
                    scene.event(
                        name, f"{month}", themes=(theme,), space_id=space, district_code=district, recorded=True
                    )
                    some = range(begins, begins + PEOPLE) if is_disjoint else range(PEOPLE)
                    scene.register(name, some, "attended", participant_group=group)
                    begins += PEOPLE
    snapshot: Snapshot = scene.snapshot()
    return snapshot


@pytest.fixture(scope="module")
def cities() -> dict[bool, Snapshot]:
    from tests.unit.dashboard.conftest import Scene  # noqa: PLC0415 - the fixture of it is not of a module

    return {is_disjoint: city(Scene, is_disjoint=is_disjoint) for is_disjoint in (False, True)}


def chosen(snapshot: Snapshot, dimension: str, groups: tuple[str, ...]) -> Selection:
    start = MONTHS[-1] if dimension == "month" else MONTHS[0]
    return select(snapshot, Filters("kyiv", groups=groups, **CHOICES[dimension]), start, MONTHS[-1])


def parts_of(selection: Selection, dimension: str, who: Disclosure) -> pd.Series[int]:
    """Participants of each part that has some."""
    if dimension == "month":
        counted = people.by_month(selection, who)
    else:
        counted = breakdown.by_part(selection, dimension, PARTS[dimension], who)
    parts = counted["participants_count"].dropna().astype(int)
    return parts[parts > 0]


@pytest.mark.parametrize(
    ("who", "groups", "is_disjoint"),
    [(ROLES[0], (), False), (ROLES[0], ("ngo",), False), (ROLES[1], (), False), (ROLES[0], (), True)],
    ids=["analyst", "analyst and a group", "public", "nobody twice"],
)
def test_a_total_over_any_pair_is_the_union_and_not_the_sum(
    cities, who: Disclosure, groups: tuple[str, ...], is_disjoint: bool
) -> None:
    several = 0
    for chosen_by in CHOICES:
        selection = chosen(cities[is_disjoint], chosen_by, groups)
        total = int(contrast.totals(selection, who)["participants_count"].iloc[0])
        assert total == selection.registrations["person_id"].nunique()
        for told_by in CHOICES.keys() - {chosen_by}:
            parts = parts_of(selection, told_by, who)
            several += len(parts) > 1
            assert (total == parts.sum()) == (is_disjoint or len(parts) == 1), (chosen_by, told_by)
    assert several >= len(CHOICES)


def test_of_a_chosen_group_the_public_is_told_no_total(cities) -> None:
    hidden = contrast.totals(chosen(cities[False], "theme", ("ngo",)), ROLES[1])
    assert hidden["participants_count"].isna().all()


@pytest.mark.parametrize("who", ROLES, ids=lambda who: who.role.value)
def test_no_table_adds_people_up(cities, who: Disclosure) -> None:
    """Every table that has a total beside its parts, and the whole period beside its months."""
    whole = select(cities[False], Filters("kyiv"), *MONTHS)
    everyone = int(people.in_period(whole, who)["participants_count"].iloc[0])
    assert everyone == PEOPLE
    for frame in (
        months.by_month(whole, who),
        districts.by_district(whole, who),
        themes.by_theme(whole, who),
        spaces.by_space(whole, who),
    ):
        parts = frame["participants_count"].dropna()
        parts = parts[parts > 0]
        assert len(parts) == 2
        assert set(parts) == {PEOPLE}
    quarter = breakdown.by_quarter(whole, "theme", ("ecology",), who)
    by_month = breakdown.by_month(whole, "theme", ("ecology",), who)
    assert quarter["participants_count"].max() == PEOPLE
    assert by_month["participants_count"].sum() == 2 * PEOPLE


def test_shares_of_distinct_people_are_refused(cities) -> None:
    whole = select(cities[False], Filters("kyiv"), *MONTHS)
    frame = breakdown.by_month(whole, "theme", ("ecology", "culture"), ROLES[0])
    with pytest.raises(ValueError, match="do not add up"):
        breakdown.shares(frame, "participants_count")
