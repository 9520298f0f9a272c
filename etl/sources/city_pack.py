"""City packs: a folder of text files per city → its districts, spaces, themes and public facts.

``data/cities/README.md`` says which files and fields a pack has. A pack is used whole or not at all:
``PackError`` carries every problem found in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from etl import contract
from etl.geo import district_of_points
from etl.sources.pack_checks import NAMED, alias_map, boundaries, check_pack, check_together, points
from etl.sources.pack_files import ANNOTATIONS_FILE, BOUNDARIES_FILE, LANDMARKS_FILE, PackFiles, Row, read_files
from etl.sources.pack_problems import PackError, PackProblem
from etl.transform.text import fold

_ORIGIN = "fact"


@dataclass(frozen=True)
class CityPack:
    """One city as its pack states it."""

    city_id: str
    timezone: str
    """IANA time zone."""
    tables: Mapping[str, pd.DataFrame]
    """Conforming frames: cities, districts, landmarks, themes, networks, spaces, events, event_themes,
    event_organisations, event_spaces, annotations, facts."""
    district_aliases: Mapping[str, str]
    """Folded name → district code; names of other cities' districts are not in it."""
    theme_aliases: Mapping[str, str]
    """Folded name → theme id."""
    space_aliases: Mapping[str, str]
    """Folded name → space id."""
    network_aliases: Mapping[str, str]
    """Folded name → network id."""
    districts_geo: gpd.GeoDataFrame
    """One row per district: ``district_code``, ``geometry``; EPSG:4326."""
    placeholder_points: tuple[tuple[float, float], ...]
    """(latitude, longitude) of points that stand for "somewhere in the city" or "online"."""
    source: Mapping[str, object]
    """The pack's row of the table ``sources``."""


def load_pack(folder: Path) -> CityPack:
    """Read and check one city's folder; the folder's name is the city's id.

    Raises:
        PackError: something in the pack is wrong; carries every problem found.
    """
    pack, problems = _read_checked(folder)
    if problems:
        raise PackError(problems)
    return _build(pack)


def load_packs(root: Path) -> tuple[CityPack, ...]:
    """Read every city's folder under the root, in the order of their ids, and check them against each other.

    Raises:
        PackError: something in one of the packs is wrong, packs contradict each other, or there is no pack.
    """
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    folders = [folder for folder in folders if not folder.name.startswith(".")]
    if not folders:
        raise PackError([PackProblem(root.name, "no_packs")])
    read = [_read_checked(folder) for folder in folders]
    problems = [problem for _, found in read for problem in found]
    problems += check_together([pack for pack, found in read if not found])
    if problems:
        raise PackError(problems)
    return tuple(_build(pack) for pack, _ in read)


def _read_checked(folder: Path) -> tuple[PackFiles, list[PackProblem]]:
    pack, problems = read_files(folder)
    problems += check_pack(pack)
    return pack, sorted(problems, key=lambda problem: (problem.file, problem.row or 0))


def _build(pack: PackFiles) -> CityPack:
    """Turn files without problems into the contract's tables."""
    source_id = pack.sha256[:16]
    marks = {"city_id": pack.city_id, "origin": _ORIGIN, "source_id": source_id}
    shapes = boundaries(pack.tables[BOUNDARIES_FILE])
    aliases = {file: alias_map(pack.tables[file], id_field) for file, id_field in NAMED.items()}
    districts = aliases["districts.csv"]
    spaces = _spaces(pack.tables["spaces.csv"], districts, shapes, marks)
    space_districts = {str(space["space_id"]): space["district_code"] for space in spaces}
    events = pack.tables["events.csv"]
    records: dict[str, list[dict[str, object]]] = {
        "cities": [{"city_id": pack.city_id, **_without(pack.city, "placeholder_points")}],
        "districts": _districts(pack),
        "landmarks": [
            {"city_id": pack.city_id, **_without(row.cells, "geometry"), "geometry_geojson": _geojson(row["geometry"])}
            for row in pack.tables.get(LANDMARKS_FILE, ())
        ],
        "themes": [{"city_id": pack.city_id, **_without(row.cells, "aliases")} for row in pack.tables["themes.csv"]],
        "networks": [{**_without(row.cells, "aliases", "sources"), **marks} for row in pack.tables["networks.csv"]],
        "spaces": spaces,
        "events": [_event(row, districts, space_districts, marks) for row in events],
        "event_themes": [
            {"event_id": row["event_id"], "theme_id": theme_id} for row in events for theme_id in row["themes"]
        ],
        "event_organisations": [
            {"event_id": row["event_id"], "role": role, "name": name}
            for row in events
            for role in contract.ORGANISATION_ROLES
            for name in row[f"{role}s"]
        ],
        "event_spaces": [
            {**_without(row.cells, "sources"), "origin": _ORIGIN, "source_id": source_id}
            for row in pack.tables["event_spaces.csv"]
        ],
        "annotations": [{**_without(row.cells, "sources"), **marks} for row in pack.tables.get(ANNOTATIONS_FILE, ())],
        "facts": [{"city_id": pack.city_id, **row.cells} for row in pack.tables["facts.csv"]],
    }
    row_count = sum(len(rows) for file, rows in pack.tables.items() if file.endswith(".csv"))
    return CityPack(
        city_id=pack.city_id,
        timezone=pack.city["timezone"],
        tables={name: contract.from_records(contract.TABLES[name], rows) for name, rows in records.items()},
        district_aliases=districts,
        theme_aliases=aliases["themes.csv"],
        space_aliases=aliases["spaces.csv"],
        network_aliases=aliases["networks.csv"],
        districts_geo=shapes,
        placeholder_points=pack.city["placeholder_points"],
        source={
            "kind": "city_pack",
            **marks,
            "file_name": pack.city_id,
            "format": "city_pack",
            "encoding": "utf-8",
            "rows_read_count": row_count,
            "rows_loaded_count": row_count,
            "rows_duplicate_count": 0,
            "rows_rejected_count": 0,
        },
    )


def _without(cells: Mapping[str, Any], *fields: str) -> dict[str, object]:
    return {name: value for name, value in cells.items() if name not in fields}


def _geojson(geometry: shapely.Geometry) -> str:
    return json.dumps(shapely.geometry.mapping(geometry), separators=(",", ":"))


def _districts(pack: PackFiles) -> list[dict[str, object]]:
    shapes = {row["district_code"]: row["geometry"] for row in pack.tables[BOUNDARIES_FILE]}
    return [
        {
            "city_id": pack.city_id,
            **_without(row.cells, "aliases"),
            "geometry_geojson": _geojson(shapes[row["district_code"]]),
        }
        for row in pack.tables["districts.csv"]
    ]


def _spaces(
    rows: Sequence[Row], districts: Mapping[str, str], shapes: gpd.GeoDataFrame, marks: Mapping[str, object]
) -> list[dict[str, object]]:
    found = district_of_points(points(rows), shapes)
    spaces = []
    for row, by_point in zip(rows, found.where(found.notna(), None).tolist(), strict=True):
        stated = _district_code(row, districts)
        at_point = by_point if isinstance(by_point, str) else None
        spaces.append(
            {
                **_without(row.cells, "aliases", "sources", "district"),
                **marks,
                "district_code": stated or at_point,
                "district_check": district_check(stated, at_point),
                "location_status": _location_status(row, stated),
            }
        )
    return spaces


def district_check(stated: str | None, by_point: str | None) -> str:
    """How the stated district and the one found by coordinates compare, of ``contract.DISTRICT_CHECKS``."""
    if stated is None:
        return "none" if by_point is None else "point_only"
    if by_point is None:
        return "stated_only"
    return "agree" if stated == by_point else "conflict"


def _location_status(row: Row, stated_district: str | None) -> str:
    if row["lat_deg"] is not None:
        return "point"
    if row["address"] is not None:
        return "address"
    return "unknown" if stated_district is None else "district"


def _district_code(row: Row, districts: Mapping[str, str]) -> str | None:
    return None if row["district"] is None else districts[fold(row["district"])]


def _event(
    row: Row, districts: Mapping[str, str], space_districts: Mapping[str, object], marks: Mapping[str, object]
) -> dict[str, object]:
    return {
        **_without(row.cells, "district", "themes", "organisers", "partners", "funders", "sources"),
        **marks,
        "district_code": _district_code(row, districts) or space_districts.get(row["space_id"]),
        "is_attendance_recorded": False,
    }
