from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from etl.geo import district_of_points, is_placeholder


def points(*pairs: tuple[float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["lat_deg", "lon_deg"], dtype="float64")


def test_a_point_belongs_to_the_district_it_lies_in(districts_geo: gpd.GeoDataFrame) -> None:
    found = district_of_points(points((50.5, 30.2), (50.5, 30.8), (49.9, 30.2), (None, 30.2)), districts_geo)
    assert found.tolist()[:2] == ["UA-WEST", "UA-EAST"]
    assert found.isna().tolist() == [False, False, True, True]


def test_a_point_on_the_border_belongs_to_one(districts_geo: gpd.GeoDataFrame) -> None:
    assert district_of_points(points((50.5, 30.5)), districts_geo).tolist() == ["UA-EAST"]


def test_the_index_stays(districts_geo: gpd.GeoDataFrame) -> None:
    found = district_of_points(points((50.5, 30.2), (0, 0)).set_axis([7, 3]), districts_geo)
    assert found.index.tolist() == [7, 3]


def test_no_points(districts_geo: gpd.GeoDataFrame) -> None:
    assert district_of_points(points(), districts_geo).empty


def test_another_reference_system_is_refused(districts_geo: gpd.GeoDataFrame) -> None:
    with pytest.raises(ValueError, match="to_crs"):
        district_of_points(points((50.5, 30.2)), districts_geo.to_crs("EPSG:3857"))


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (0.0, 0.0, True),
        (50.4501, 30.5234, True),
        (50.45025, 30.5234, True),
        (50.4504, 30.5234, False),
        (50.4501, 30.524, False),
        (None, None, False),
    ],
)
def test_placeholders(lat: float | None, lon: float | None, *, expected: bool) -> None:
    assert is_placeholder(points((lat, lon)), ((50.4501, 30.5234),)).tolist() == [expected]
