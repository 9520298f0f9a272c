"""Coordinates → district. Points are degrees in WGS 84 (EPSG:4326)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import pandas as pd

CRS: Final = "EPSG:4326"
PLACEHOLDER_REACH_DEG: Final = 0.0002
"""Within some 20 m of a placeholder a point is the placeholder, rounded."""


def district_of_points(points: pd.DataFrame, districts: gpd.GeoDataFrame) -> pd.Series:
    """The district that each point lies in.

    Args:
        points: ``lat_deg``, ``lon_deg``; either may be missing.
        districts: ``district_code``, ``geometry``; EPSG:4326.

    Returns:
        District code on the points' index; missing for a point outside all districts or without coordinates. A point
        on a border between two belongs to the lower code. Empty for no points.

    Raises:
        ValueError: the districts have another reference system.
    """
    if districts.crs is None or districts.crs.to_epsg() != 4326:
        raise ValueError(f"districts are in {districts.crs}; expected {CRS}: call to_crs('{CRS}') before")
    known = points.dropna(subset=["lat_deg", "lon_deg"])
    if known.empty:
        return pd.Series(None, index=points.index, dtype="str", name="district_code")
    located = gpd.GeoDataFrame(
        {"point": known.index}, geometry=gpd.points_from_xy(known["lon_deg"], known["lat_deg"]), crs=CRS
    )
    joined = located.sjoin(districts[["district_code", "geometry"]], predicate="intersects")
    codes: pd.Series = joined.groupby("point")["district_code"].min()
    return codes.reindex(points.index).astype("str").rename("district_code")


def is_placeholder(points: pd.DataFrame, placeholders: Sequence[tuple[float, float]]) -> pd.Series:
    """Whether a point stands for "not known": zero, or one of the places a tool puts what it cannot locate.

    Args:
        points: ``lat_deg``, ``lon_deg``; either may be missing.
        placeholders: (latitude, longitude) of the known ones.

    Returns:
        True or false on the points' index; false without coordinates.
    """
    found = pd.Series(data=False, index=points.index)
    for lat, lon in ((0.0, 0.0), *placeholders):
        near_lat = (points["lat_deg"] - lat).abs() <= PLACEHOLDER_REACH_DEG
        near_lon = (points["lon_deg"] - lon).abs() <= PLACEHOLDER_REACH_DEG
        found |= near_lat & near_lon
    return found
