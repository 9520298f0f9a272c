"""A small invented city on three square districts, and one plan of it."""

from __future__ import annotations

from datetime import date

import pytest
import shapely

from etl.demo.city import DemoCity, DemoDistrict, DemoScale, DemoTheme
from etl.demo.plan import CityPlan, plan

UNTIL = date(2026, 2, 18)
MONTHS = 12


def square(west: float) -> shapely.Polygon:
    return shapely.box(west, 50.0, west + 0.1, 50.1)


SMALL = DemoCity(
    city_id="smallville",
    code="SML",
    name_uk="Мале",
    timezone="Europe/Kyiv",
    districts=(
        DemoDistrict("D1", "Солом’янський", "Solomianskyi", square(30.0)),
        DemoDistrict("D2", "Подільський", "Podilskyi", square(30.1)),
        DemoDistrict("D3", "Лівий", "Livyi", square(30.2)),
    ),
    themes=(DemoTheme("energy", "Енергоощадність"), DemoTheme("cycling", "Велотранспорт"), DemoTheme("x", "Інше")),
    scale=DemoScale(spaces=16, events=1_500, registrations=20_000),
    towns=("Бровари",),
    block=7,
)


@pytest.fixture(scope="session")
def city() -> DemoCity:
    return SMALL


@pytest.fixture(scope="session")
def small_plan() -> CityPlan:
    return plan(SMALL, seed=11, months=MONTHS, until=UNTIL)
