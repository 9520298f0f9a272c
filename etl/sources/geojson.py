"""GeoJSON with a place per feature, as maps and portals export it, tags of OpenStreetMap among the properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

import pandas as pd

from etl.issues import RowIssue
from etl.sources.layout import Field, Layout, Tidied, first_known, need
from etl.sources.raw import Dataset, SourceError
from etl.sources.tabular import Grid, is_blank

_LAT: Final = "GeoJSON lat"
_LON: Final = "GeoJSON lon"
_WGS84: Final = re.compile(r"(?:urn:ogc:def:crs:)?(?:OGC:[0-9.]*:?CRS84|EPSG:[0-9.]*:?4326)", re.IGNORECASE)
_LARGEST_PLACE_DEG: Final = 0.02
"""A building or a park is smaller than about 2 km; what is larger is a district."""
_KINDS: Final = {
    "community_centre": "hub",
    "arts_centre": "culture_centre",
    "coworking_space": "coworking",
    "library": "library",
}


def is_geojson(document: Any) -> bool:
    """Whether a document of JSON is GeoJSON."""
    return isinstance(document, dict) and document.get("type") in ("FeatureCollection", "Feature")


def read(document: Any) -> Grid:
    """One row per feature, numbered from 1: its properties and its point; of an area the middle of its extent.

    Features as large as a district are left out with a remark.

    Raises:
        SourceError: coordinates are not in degrees, or the document only holds boundaries.
    """
    _check_crs(document)
    found = document.get("features", [document])
    features = [feature for feature in found if isinstance(feature, dict)] if isinstance(found, list) else []
    properties = [feature.get("properties") or {} for feature in features]
    properties = [record if isinstance(record, dict) else {} for record in properties]
    names = tuple(dict.fromkeys(name for record in properties for name in record))
    rows: list[tuple[int, list[str]]] = []
    too_large: list[RowIssue] = []
    for number, (feature, record) in enumerate(zip(features, properties, strict=True), start=1):
        positions = list(_positions(feature.get("geometry")))
        if _extent(positions) > _LARGEST_PLACE_DEG:
            too_large.append(RowIssue("-", number, "area_not_place"))
            continue
        texts = [*_point(positions), *(_text(record.get(name)) for name in names)]
        if not is_blank(texts):
            rows.append((number, texts))
    if too_large and not rows:
        raise SourceError(
            "у файлі лише межі територій, а не місця; межі районів належать до даних міста (data/cities)",
            "the file only holds boundaries, no places; boundaries of districts belong to a city's data (data/cities)",
        )
    return Grid("-", (), (_LAT, _LON, *names), tuple(rows), issues=tuple(too_large))


def _check_crs(document: dict[str, Any]) -> None:
    crs = document.get("crs")
    name = crs["properties"].get("name") if isinstance(crs, dict) and isinstance(crs.get("properties"), dict) else None
    if crs and not (isinstance(name, str) and _WGS84.fullmatch(name)):
        raise SourceError(
            "координати GeoJSON не в градусах WGS 84; збережіть файл у системі EPSG:4326",
            "the coordinates of the GeoJSON are not degrees of WGS 84; save the file in EPSG:4326",
        )


def _positions(geometry: Any) -> Iterator[tuple[float, float]]:
    """All positions of a geometry: longitude, latitude."""
    waiting = [geometry]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            waiting += [found.get("coordinates"), found.get("geometries")]
        elif isinstance(found, list) and len(found) >= 2 and all(map(_is_number, found[:2])):
            yield float(found[0]), float(found[1])
        elif isinstance(found, list):
            waiting += found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9 and isfinite(value)


def _extent(positions: list[tuple[float, float]]) -> float:
    if not positions:
        return 0.0
    lons, lats = [lon for lon, _ in positions], [lat for _, lat in positions]
    return max(max(lons) - min(lons), max(lats) - min(lats))


def _point(positions: list[tuple[float, float]]) -> tuple[str, str]:
    if not positions:
        return "", ""
    lon, lat = (f"{(min(axis) + max(axis)) / 2:.7f}" for axis in zip(*positions, strict=True))
    return lat, lon


def _text(value: object) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value).strip()
    return ""


def _tidy(cells: pd.DataFrame) -> Tidied:
    street = cells["street"].str.cat(cells["house"], sep=", ")
    return Tidied(
        cells.assign(
            name=first_known(cells["name_uk"], cells["name_any"]),
            address=first_known(cells["address_whole"], first_known(street, cells["street"])),
            kind=first_known(cells["kind_stated"], cells["amenity"].replace(_KINDS)),
        )
    )


GEOJSON_SPACES: Final = Layout(
    format="geojson_spaces",
    dataset=Dataset.SPACES,
    fields=(
        Field("lat", (_LAT,)),
        Field("lon", (_LON,)),
        Field("name_uk", ("name:uk", "Назва простору", "Назва", "name_uk", "Найменування"), feeds="name"),
        Field("name_any", ("name", "title"), feeds="name"),
        Field("name_en", ("name:en", "name_en", "Назва англійською")),
        Field("aliases", ("alt_name", "old_name", "short_name", "Інші назви")),
        Field("kind_stated", ("kind", "Вид", "Вид простору", "Тип", "type"), feeds="kind"),
        Field("amenity", ("amenity", "office"), feeds="kind"),
        Field("network", ("network", "Мережа")),
        Field("district", ("addr:district", "district", "Район")),
        Field("address_whole", ("address", "addr:full", "Адреса"), feeds="address"),
        Field("street", ("addr:street",), feeds="address"),
        Field("house", ("addr:housenumber",), feeds="address"),
        Field("capacity", ("capacity", "Місткість")),
        Field("opened_on", ("start_date", "opening_date", "opened_on", "Працює з", "Відкрито")),
        Field("closed_on", ("end_date", "closed_on", "Закрито")),
    ),
    needs=(need("lat"), need("lon"), need("name_uk", "name_any")),
    tidy=_tidy,
)
