"""What the demonstration needs to know of a real city: its districts, its themes and how large to make it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import shapely

REFERENCE_MONTHS: Final = 30
"""The length of time that the counts of a `DemoScale` are stated for."""


@dataclass(frozen=True)
class DemoScale:
    """How much is invented for a city over `REFERENCE_MONTHS` months."""

    spaces: int
    events: int
    registrations: int


@dataclass(frozen=True)
class DemoDistrict:
    """One district: code, names without the word «район», and its boundary (shapely, WGS 84)."""

    district_code: str
    name_uk: str
    name_en: str
    geometry: Any


@dataclass(frozen=True)
class DemoTheme:
    """One theme of the city's controlled list."""

    theme_id: str
    name_uk: str


@dataclass(frozen=True)
class DemoCity:
    """One city of the demonstration. Nothing invented in it is ever attached to a real space or event."""

    city_id: str
    code: str
    """Three letters that stand in event codes: DEMO-KYV-00001."""
    name_uk: str
    timezone: str
    districts: tuple[DemoDistrict, ...]
    themes: tuple[DemoTheme, ...]
    scale: DemoScale
    towns: tuple[str, ...]
    """Places outside the city that visitors name as their home."""
    block: int
    """A digit that keeps the people of different cities apart: it stands in their phones and e-mails."""

    def __post_init__(self) -> None:
        if not self.districts or not self.themes:
            raise ValueError(f"city {self.city_id!r}: the demonstration needs at least one district and one theme")


_CODES: Final[Mapping[str, str]] = MappingProxyType({"kyiv": "KYV", "zhytomyr": "ZHY", "lviv": "LVI"})
_SCALES: Final[Mapping[str, DemoScale]] = MappingProxyType(
    {
        "kyiv": DemoScale(spaces=60, events=4_000, registrations=120_000),
        "zhytomyr": DemoScale(spaces=10, events=500, registrations=10_000),
        "lviv": DemoScale(spaces=20, events=1_000, registrations=25_000),
    }
)
_TOWNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "kyiv": ("Бровари", "Ірпінь", "Вишневе", "Бориспіль", "Буча"),
        "zhytomyr": ("Бердичів", "Коростишів", "Новогуйвинське"),
        "lviv": ("Дубляни", "Пустомити", "Городок", "Стрий"),
    }
)
_BLOCKS: Final[Mapping[str, int]] = MappingProxyType({"kyiv": 0, "zhytomyr": 1, "lviv": 2})


def demo_city(city_id: str, cities: pd.DataFrame, districts: pd.DataFrame, themes: pd.DataFrame) -> DemoCity:
    """Take from a city pack's tables what the demonstration uses.

    Args:
        city_id: the city.
        cities: contract table `cities` with a row of the city.
        districts: contract table `districts`; rows of other cities are left aside.
        themes: contract table `themes`; rows of other cities are left aside.

    Raises:
        ValueError: the tables have no such city, or it has no district or no theme.
    """
    of_city = cities.loc[cities["city_id"] == city_id]
    if of_city.empty:
        known = ", ".join(sorted(cities["city_id"]))
        raise ValueError(f"no city {city_id!r} in the table of cities; there are: {known or 'none'}")
    own_districts = districts.loc[districts["city_id"] == city_id].sort_values("district_code")
    own_themes = themes.loc[themes["city_id"] == city_id].sort_values("rank")
    return DemoCity(
        city_id=city_id,
        code=_CODES.get(city_id, city_id[:3].upper()),
        name_uk=str(of_city["name_uk"].iloc[0]),
        timezone=str(of_city["timezone"].iloc[0]),
        districts=tuple(
            DemoDistrict(code, uk, en, shapely.from_geojson(geometry))
            for code, uk, en, geometry in zip(
                own_districts["district_code"],
                own_districts["name_uk"],
                own_districts["name_en"],
                own_districts["geometry_geojson"],
                strict=True,
            )
        ),
        themes=tuple(
            DemoTheme(theme_id, name)
            for theme_id, name in zip(own_themes["theme_id"], own_themes["name_uk"], strict=True)
        ),
        scale=_SCALES.get(city_id, DemoScale(spaces=8, events=300, registrations=6_000)),
        towns=_TOWNS.get(city_id, ("село за містом", "інше місто області")),
        block=_BLOCKS.get(city_id, 3 + zlib.crc32(city_id.encode()) % 7),
    )
