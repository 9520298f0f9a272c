"""Reach: how much of each district lies near a space, by geometry alone. Nothing is said about people.

Distances and areas are measured as the crow flies in the UTM zone of the city (WGS 84 / UTM, EPSG:326xx), where a
length is wrong by less than 0.1 %: Snyder, *Map Projections: A Working Manual*, USGS 1987, ch. 8. A circle is drawn
as a polygon of 128 corners, which lacks 0.04 % of its area.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping, shape

from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, NUMBER, TEXT, shaped

RADII_KM: Final = (1, 2)
GRID_M: Final = 250
_QUADRANT_SEGMENTS: Final = 32
_WGS84: Final = "EPSG:4326"

BY_DISTRICT: Final = {
    "district_code": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "located_spaces_count": COUNT,
    "unlocated_spaces_count": COUNT,
    **{f"within_{radius}km_km2": NUMBER for radius in RADII_KM},
    **{f"within_{radius}km_pct": NUMBER for radius in RADII_KM},
    "nearest_space_median_m": NUMBER,
}
AREAS: Final = {"radius_km": COUNT, "crs": TEXT, "geometry_geojson": TEXT}
NEIGHBOURS: Final = {"space_id": TEXT, "distance_m": NUMBER}


def by_district(selection: Selection) -> pd.DataFrame:
    """How near each district lies to the selected spaces that were open in the selected months.

    Spaces of neighbouring districts count as well, so choose no districts to see them all. A space is open as far as
    is known: it did not open after the months nor close before them.

    Returns:
        One row per chosen district, by name; where none are chosen, a last row of spaces without a known district,
        whose ``district_code`` is missing: ``BY_DISTRICT``. ``located_spaces_count`` and ``unlocated_spaces_count``:
        spaces of the district with and without a point. ``within_*``: area within 1 and 2 km of any space, in km² and
        percent of the district's own; ``nearest_space_median_m``: median distance of a grid of 250 m to the nearest
        space. Shares are 0 and the distance is missing where no space has a point; all three are missing in the last
        row. Without districts only that last row.
    """
    spaces = _open_spaces(selection)
    districts = selection.districts.sort_values("name_uk", ignore_index=True)
    codes = [*districts["district_code"], *([] if selection.filters.districts else [None])]
    is_located = spaces["lat_deg"].notna()
    of_district = spaces["district_code"].fillna("")
    frame = districts.reindex(range(len(codes))).assign(
        district_code=codes,
        located_spaces_count=[int((is_located & (of_district == (code or ""))).sum()) for code in codes],
        unlocated_spaces_count=[int((~is_located & (of_district == (code or ""))).sum()) for code in codes],
        **{name: np.nan for name, dtype in BY_DISTRICT.items() if dtype == NUMBER},
    )
    if len(districts):
        outlines, points = _in_metres(districts["geometry_geojson"], spaces[is_located])
        near = {radius: _within(points, radius) for radius in RADII_KM}
        measured = pd.DataFrame([_measured(outline, points, near) for outline in outlines])
        frame = frame.assign(**{str(name): measured[name].reindex(frame.index) for name in measured.columns})
    return shaped(frame, BY_DISTRICT)


def areas(selection: Selection) -> pd.DataFrame:
    """What lies within 1 and 2 km of the spaces of ``by_district``, beyond the city's borders too.

    Returns:
        One row per radius, the widest first: ``AREAS``. ``geometry_geojson``: WGS 84, in metres measured in the CRS
        that ``crs`` names. No rows without a space that has a point.
    """
    spaces = _open_spaces(selection)
    spaces = spaces[spaces["lat_deg"].notna()]
    if spaces.empty:
        return shaped(pd.DataFrame(), AREAS)
    _, points = _in_metres(selection.city_districts["geometry_geojson"], spaces)
    widest_first = sorted(RADII_KM, reverse=True)
    circles = gpd.GeoSeries([_within(points, radius) for radius in widest_first], crs=points.crs)
    # A corner every 10 m is more than a screen shows.
    drawn = circles.simplify(10).to_crs(_WGS84)
    frame = pd.DataFrame(
        {
            "radius_km": widest_first,
            "crs": points.crs.to_string(),
            "geometry_geojson": [json.dumps(mapping(shapely.set_precision(area, 1e-5))) for area in drawn],
        }
    )
    return shaped(frame, AREAS)


def neighbours(selection: Selection, space_id: str, most: int = 5) -> pd.DataFrame:
    """The spaces nearest to one, among all of the city that were open in the selected months.

    Returns:
        One row per space, the nearest first: ``NEIGHBOURS``, in metres as the crow flies. No rows where the space
        has no point.
    """
    spaces = _open_spaces(selection, selection.city_spaces)
    spaces = spaces[spaces["lat_deg"].notna()]
    own = selection.city_spaces[selection.city_spaces["space_id"] == space_id]
    others = spaces[spaces["space_id"] != space_id]
    if own["lat_deg"].notna().sum() == 0 or others.empty:
        return shaped(pd.DataFrame(), NEIGHBOURS)
    _, points = _in_metres(selection.city_districts["geometry_geojson"], pd.concat([own, others]))
    distances = points.iloc[1:].distance(points.iloc[0])
    frame = pd.DataFrame({"space_id": others["space_id"].to_numpy(), "distance_m": distances.to_numpy()})
    return shaped(frame.nsmallest(most, "distance_m"), NEIGHBOURS)


def _open_spaces(selection: Selection, spaces: pd.DataFrame | None = None) -> pd.DataFrame:
    found = selection.spaces if spaces is None else spaces
    return found[~(found["opened_on"] >= selection.end_at) & ~(found["closed_on"] < selection.start_at)]


def _in_metres(outlines_geojson: Iterable[str], spaces: pd.DataFrame) -> tuple[Any, Any]:
    """Outlines and points (GeoSeries) in the UTM zone of the outlines, or of the points where there are none."""
    outlines = gpd.GeoSeries([shape(json.loads(outline)) for outline in outlines_geojson], crs=_WGS84)
    points = gpd.GeoSeries.from_xy(spaces["lon_deg"], spaces["lat_deg"], crs=_WGS84).reset_index(drop=True)
    crs = _utm((outlines if len(outlines) else points).total_bounds.tobytes())
    return outlines.to_crs(crs), points.to_crs(crs)


@lru_cache(maxsize=32)
def _utm(bounds: bytes) -> Any:
    """The UTM zone of what lies within some bounds; looking it up takes longer than measuring in it."""
    west, south, east, north = np.frombuffer(bounds)
    return gpd.GeoSeries([shapely.box(west, south, east, north)], crs=_WGS84).estimate_utm_crs()


def _within(points: Any, radius_km: int) -> Any:
    return shapely.union_all(points.buffer(radius_km * 1000, quad_segs=_QUADRANT_SEGMENTS).to_numpy())


def _measured(outline: Any, points: Any, near: dict[int, Any]) -> dict[str, float]:
    areas = {radius: outline.intersection(area).area for radius, area in near.items()}
    return {
        **{f"within_{radius}km_km2": area / 1e6 for radius, area in areas.items()},
        **{f"within_{radius}km_pct": area / outline.area * 100 for radius, area in areas.items()},
        "nearest_space_median_m": _median_distance(outline, points),
    }


def _median_distance(outline: Any, points: Any) -> float:
    if points.empty:
        return float("nan")
    _, distances = shapely.STRtree(points.to_numpy()).query_nearest(
        np.array(_grid(outline)), return_distance=True, all_matches=False
    )
    return float(np.median(distances))


@lru_cache(maxsize=256)
def _grid(outline: Any) -> tuple[Any, ...]:
    """Points within an outline, 250 m from one another; they are the same whatever is chosen."""
    west, south, east, north = outline.bounds
    x, y = np.meshgrid(
        np.arange(west + GRID_M / 2, east, GRID_M),
        np.arange(south + GRID_M / 2, north, GRID_M),
    )
    nodes = shapely.points(x.ravel(), y.ravel())
    shapely.prepare(outline)
    inside = nodes[shapely.contains(outline, nodes)]
    # An outline narrower than the grid has no node of its own.
    return tuple(inside) if len(inside) else (outline.representative_point(),)
