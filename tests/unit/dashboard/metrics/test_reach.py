"""Areas and distances against those that a ruler gives."""

from __future__ import annotations

import json
import math

import pytest
from shapely.geometry import shape

from dashboard.metrics import reach

METRES_PER_DEGREE = 111_320.0
"""Of latitude; of longitude at 50.5° it is less by the cosine."""


@pytest.fixture
def town(make_scene):
    """One district of about 35 by 56 km around 50.5° N, 30.5° E."""
    made = make_scene(districts=())
    ring = [[30.25, 50.25], [30.75, 50.25], [30.75, 50.75], [30.25, 50.75], [30.25, 50.25]]
    made.district("D1")
    made.rows["districts"][0]["geometry_geojson"] = json.dumps({"type": "Polygon", "coordinates": [ring]})
    return made


def located(scene, space_id: str, lat: float, lon: float, **row) -> None:
    scene.space(space_id, lat_deg=lat, lon_deg=lon, location_status="point", **row)


def of_district(scene, **filters):
    return reach.by_district(scene.select("2026-10", "2026-10", **filters)).iloc[0]


def test_one_space_covers_the_area_of_its_circles(town) -> None:
    located(town, "a", 50.5, 30.5)
    row = of_district(town)
    assert row["within_1km_km2"] == pytest.approx(math.pi, rel=2e-3)
    assert row["within_2km_km2"] == pytest.approx(4 * math.pi, rel=2e-3)
    assert row["within_2km_pct"] == pytest.approx(4 * row["within_1km_pct"], rel=1e-3)
    assert row["within_1km_pct"] == pytest.approx(
        math.pi / (0.5 * 0.5 * METRES_PER_DEGREE**2 * math.cos(math.radians(50.5)) / 1e6) * 100, rel=1e-2
    )


def test_what_two_spaces_cover_together_counts_once(town) -> None:
    located(town, "a", 50.5, 30.5)
    alone = of_district(town)
    located(town, "b", 50.5, 30.5)
    assert of_district(town)["within_1km_km2"] == pytest.approx(alone["within_1km_km2"])
    located(town, "c", 50.6, 30.5)
    assert of_district(town)["within_1km_km2"] == pytest.approx(2 * alone["within_1km_km2"], rel=1e-3)


def test_a_circle_counts_only_inside_the_district_and_from_beyond_it_too(town) -> None:
    located(town, "a", 50.5, 30.75, district=None)
    row = of_district(town)
    assert row["within_1km_km2"] == pytest.approx(math.pi / 2, rel=1e-2)
    assert row["located_spaces_count"] == 0


def test_the_nearest_space_of_two_counts(town) -> None:
    located(town, "a", 50.5, 30.5)
    far = of_district(town)["nearest_space_median_m"]
    assert 10_000 < far < 25_000
    located(town, "b", 50.6, 30.6)
    assert of_district(town)["nearest_space_median_m"] < far


def test_spaces_without_a_point_reach_nowhere_and_are_counted_beside(town) -> None:
    town.space("a")
    town.space("b", district=None, location_status="unknown")
    frame = reach.by_district(town.select("2026-10", "2026-10"))
    assert frame["unlocated_spaces_count"].tolist() == [1, 1]
    assert frame["located_spaces_count"].tolist() == [0, 0]
    assert frame["within_1km_pct"].iloc[0] == 0
    assert math.isnan(frame["nearest_space_median_m"].iloc[0])
    assert reach.areas(town.select("2026-10", "2026-10")).empty
    assert len(reach.by_district(town.select("2026-10", "2026-10", districts=("D1",)))) == 1


@pytest.mark.parametrize(
    ("opened", "closed", "is_there"),
    [
        (None, None, True),
        ("2026-10-31", None, True),
        ("2026-11-01", None, False),
        (None, "2026-10-01", True),
        (None, "2026-09-30", False),
    ],
)
def test_only_spaces_open_in_the_month_reach(town, opened, closed, is_there) -> None:
    located(town, "a", 50.5, 30.5, opened_on=opened, closed_on=closed)
    assert of_district(town)["located_spaces_count"] == int(is_there)


def test_areas_come_back_in_degrees_the_wider_first(town) -> None:
    located(town, "a", 50.5, 30.5)
    frame = reach.areas(town.select("2026-10", "2026-10"))
    assert frame["radius_km"].tolist() == [2, 1]
    assert set(frame["crs"]) == {"EPSG:32636"}
    west, south, east, north = shape(json.loads(frame["geometry_geojson"].iloc[1])).bounds
    assert (north - south) * METRES_PER_DEGREE == pytest.approx(2000, rel=1e-2)
    assert (east - west) * METRES_PER_DEGREE * math.cos(math.radians(50.5)) == pytest.approx(2000, rel=1e-2)


def test_neighbours_stand_by_distance_without_the_space_itself(town) -> None:
    located(town, "a", 50.5, 30.5)
    located(town, "near", 50.51, 30.5)
    located(town, "far", 50.6, 30.5)
    town.space("nowhere")
    selection = town.select("2026-10", "2026-10", space="a")
    frame = reach.neighbours(selection, "a")
    assert frame["space_id"].tolist() == ["near", "far"]
    assert frame["distance_m"].iloc[0] == pytest.approx(0.01 * METRES_PER_DEGREE, rel=5e-3)
    assert reach.neighbours(selection, "a", most=1)["space_id"].tolist() == ["near"]
    assert reach.neighbours(selection, "nowhere").empty
