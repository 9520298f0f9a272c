from __future__ import annotations

import pandas as pd
import pytest
import shapely

from etl.demo.city import DemoCity, DemoScale, demo_city

GEOMETRY = '{"type":"Polygon","coordinates":[[[30,50],[30.1,50],[30.1,50.1],[30,50.1],[30,50]]]}'


def tables(city_id: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    cities = pd.DataFrame({"city_id": [city_id], "name_uk": ["Місто"], "timezone": ["Europe/Kyiv"]})
    districts = pd.DataFrame(
        {
            "city_id": [city_id, "elsewhere"],
            "district_code": ["D1", "D9"],
            "name_uk": ["Перший", "Чужий"],
            "name_en": ["First", "Other"],
            "geometry_geojson": [GEOMETRY, GEOMETRY],
        }
    )
    themes = pd.DataFrame(
        {
            "city_id": [city_id, city_id],
            "theme_id": ["b", "a"],
            "name_uk": ["Друга", "Перша"],
            "rank": [2, 1],
        }
    )
    return cities, districts, themes


def test_a_known_city_has_its_own_scale_and_code() -> None:
    city = demo_city("kyiv", *tables("kyiv"))
    assert (city.code, city.scale) == ("KYV", DemoScale(spaces=60, events=4_000, registrations=120_000))


def test_any_other_city_gets_a_small_one() -> None:
    city = demo_city("lutsk", *tables("lutsk"))
    assert (city.code, city.scale.spaces) == ("LUT", 8)
    assert city.block >= 3


def test_only_the_citys_own_districts_and_themes_in_their_order_are_taken() -> None:
    city = demo_city("kyiv", *tables("kyiv"))
    assert [district.district_code for district in city.districts] == ["D1"]
    assert [theme.theme_id for theme in city.themes] == ["a", "b"]
    assert shapely.contains_xy(city.districts[0].geometry, 30.05, 50.05)


def test_an_unknown_city_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"no city 'lviv'.*kyiv"):
        demo_city("lviv", *tables("kyiv"))


def test_a_city_without_districts_is_refused(city: DemoCity) -> None:
    with pytest.raises(ValueError, match="at least one district"):
        DemoCity("x", "X", "Місто", "Europe/Kyiv", (), city.themes, city.scale, city.towns, 3)
