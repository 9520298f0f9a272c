"""What must hold between the rows and files of a city pack, and between packs."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import geopandas as gpd
import pandas as pd

from etl.geo import CRS, district_of_points, is_placeholder
from etl.sources.pack_files import ANNOTATIONS_FILE, BOUNDARIES_FILE, CITY_FILE, LANDMARKS_FILE, PackFiles, Row
from etl.sources.pack_problems import PackProblem
from etl.transform.text import fold

AREA_TOLERANCE: Final = 0.25
"""Share of the boundary's area by which the stated area may differ: generalising a boundary moves it by less."""

_EQUAL_AREA_CRS: Final = "EPSG:6933"
_KEYS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("districts.csv", ("district_code",)),
    ("themes.csv", ("theme_id",)),
    ("themes.csv", ("rank",)),
    ("networks.csv", ("network_id",)),
    ("spaces.csv", ("space_id",)),
    ("events.csv", ("event_id",)),
    ("event_spaces.csv", ("event_id", "space_id")),
    ("facts.csv", ("fact_id",)),
    (ANNOTATIONS_FILE, ("starts_on", "kind", "text_uk")),
    (BOUNDARIES_FILE, ("district_code",)),
    (LANDMARKS_FILE, ("name_uk",)),
)
_PREFIXED: Final = (
    ("networks.csv", "network_id"),
    ("spaces.csv", "space_id"),
    ("events.csv", "event_id"),
    ("facts.csv", "fact_id"),
    ("facts.csv", "conflict_id"),
)
NAMED: Final[Mapping[str, str]] = {
    "districts.csv": "district_code",
    "themes.csv": "theme_id",
    "networks.csv": "network_id",
    "spaces.csv": "space_id",
}
"""Tables whose records are found by name, with their ids."""

_REFERENCES: Final = (
    ("spaces.csv", "network_id", "networks.csv", "network_id"),
    ("events.csv", "space_id", "spaces.csv", "space_id"),
    ("events.csv", "themes", "themes.csv", "theme_id"),
    ("event_spaces.csv", "event_id", "events.csv", "event_id"),
    ("event_spaces.csv", "space_id", "spaces.csv", "space_id"),
    (BOUNDARIES_FILE, "district_code", "districts.csv", "district_code"),
)
_SUBJECTS: Final[Mapping[str, tuple[str, str]]] = {
    "space": ("spaces.csv", "space_id"),
    "network": ("networks.csv", "network_id"),
    "event": ("events.csv", "event_id"),
    "series": ("events.csv", "series_name"),
}


@dataclass(frozen=True)
class Claim:
    """One record's claim to one name."""

    alias: str
    """The name, folded."""
    record_id: str
    row: int
    field: str
    name: str


def claims(rows: Iterable[Row], id_field: str) -> Iterator[Claim]:
    """The names that records go by: Ukrainian, English and aliases; rows without an id claim nothing."""
    for row in rows:
        if row[id_field] is None:
            continue
        for field in ("name_uk", "name_en", "aliases"):
            for name in _values(row, field):
                yield Claim(fold(name), row[id_field], row.number, field, name)


def alias_map(rows: Iterable[Row], id_field: str) -> dict[str, str]:
    """Folded name → id."""
    return {claim.alias: claim.record_id for claim in claims(rows, id_field)}


def boundaries(rows: Sequence[Row]) -> gpd.GeoDataFrame:
    """One row per district: ``district_code``, ``geometry``; EPSG:4326, sorted by code."""
    usable = sorted((row for row in rows if row["geometry"] is not None), key=lambda row: str(row["district_code"]))
    return gpd.GeoDataFrame(
        {"district_code": pd.Series([row["district_code"] for row in usable], dtype="str")},
        geometry=[row["geometry"] for row in usable],
        crs=CRS,
    )


def points(rows: Sequence[Row]) -> pd.DataFrame:
    """``lat_deg``, ``lon_deg`` of each row in order; missing where the row gives not both."""
    both = [row["lat_deg"] is not None and row["lon_deg"] is not None for row in rows]
    return pd.DataFrame(
        {
            field: [row[field] if has_both else None for row, has_both in zip(rows, both, strict=True)]
            for field in ("lat_deg", "lon_deg")
        },
        dtype="float64",
    )


def area_differs(stated_km2: float, boundary_km2: float) -> bool:
    """Whether a stated area is too far from its boundary's to be the same district."""
    return abs(stated_km2 - boundary_km2) > AREA_TOLERANCE * boundary_km2


def check_pack(pack: PackFiles) -> list[PackProblem]:
    """Every problem between the rows and files of one pack; none is reported for a file that is missing."""
    checks = (
        _check_timezone,
        _check_keys,
        _check_prefixes,
        _check_aliases,
        _check_references,
        _check_named_districts,
        _check_populations,
        _check_boundaries,
        _check_spaces,
        _check_events,
        _check_annotations,
        _check_facts,
    )
    return [problem for check in checks for problem in check(pack)]


def check_together(packs: Sequence[PackFiles]) -> list[PackProblem]:
    """Every problem between packs that have none of their own: a theme under two names, a district in two cities."""
    problems: list[PackProblem] = []
    themes: dict[str, tuple[str, str]] = {}
    cities: dict[str, str] = {}
    for pack in packs:
        for row in _rows(pack, "themes.csv"):
            for field in ("name_uk", "name_en"):
                name, owner = themes.setdefault(f"{row['theme_id']}.{field}", (row[field], pack.city_id))
                if name != row[field]:
                    problems.append(
                        _problem(pack, "themes.csv", "theme_differs", row, field, row[field], f"{name} ({owner})")
                    )
        for row in _rows(pack, "districts.csv"):
            code = row["district_code"]
            if cities.setdefault(code, pack.city_id) != pack.city_id:
                problems.append(
                    _problem(pack, "districts.csv", "duplicate_id", row, "district_code", f"{code} ({cities[code]})")
                )
    return problems


def _rows(pack: PackFiles, file: str) -> tuple[Row, ...]:
    return pack.tables.get(file, ())


def _values(row: Row, field: str) -> tuple[str, ...]:
    """A cell as zero or more values, whether it holds a list or one."""
    cell = row[field]
    if isinstance(cell, tuple):
        return cell
    return () if cell is None else (cell,)


def _problem(
    pack: PackFiles,
    file: str,
    code: str,
    row: Row | None = None,
    field: str | None = None,
    value: object = None,
    allowed: str | None = None,
) -> PackProblem:
    return PackProblem(
        f"{pack.city_id}/{file}",
        code,
        row=row.number if row else None,
        field=field,
        value=None if value is None else str(value),
        allowed=allowed,
    )


def _check_timezone(pack: PackFiles) -> Iterator[PackProblem]:
    name = pack.city.get("timezone")
    if name is None:
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield _problem(pack, CITY_FILE, "bad_timezone", None, "timezone", name, "Europe/Kyiv, …")


def _check_keys(pack: PackFiles) -> Iterator[PackProblem]:
    for file, fields in _KEYS:
        seen: set[tuple[object, ...]] = set()
        for row in _rows(pack, file):
            key = tuple(row[field] for field in fields)
            if None in key:
                continue
            if key in seen:
                yield _problem(pack, file, "duplicate_id", row, ", ".join(fields), ", ".join(map(str, key)))
            seen.add(key)


def _check_prefixes(pack: PackFiles) -> Iterator[PackProblem]:
    for file, field in _PREFIXED:
        for row in _rows(pack, file):
            if row[field] is not None and not row[field].startswith(f"{pack.city_id}-"):
                yield _problem(pack, file, "bad_value", row, field, row[field], f"{pack.city_id}-…")


def _check_aliases(pack: PackFiles) -> Iterator[PackProblem]:
    for file, id_field in NAMED.items():
        owners: dict[str, str] = {}
        for claim in claims(_rows(pack, file), id_field):
            place = f"{pack.city_id}/{file}"
            if not claim.alias:
                yield PackProblem(place, "empty_alias", claim.row, claim.field, claim.name)
            elif owners.setdefault(claim.alias, claim.record_id) != claim.record_id:
                value = f"{claim.name} ({owners[claim.alias]})"
                yield PackProblem(place, "alias_taken", claim.row, claim.field, value)


def _check_references(pack: PackFiles) -> Iterator[PackProblem]:
    for file, field, target, target_field in _REFERENCES:
        if target not in pack.tables:
            continue
        known = {row[target_field] for row in pack.tables[target]}
        for row in _rows(pack, file):
            for value in _values(row, field):
                if value not in known:
                    yield _problem(pack, file, "unknown_reference", row, field, value, _listed(known))


def _check_named_districts(pack: PackFiles) -> Iterator[PackProblem]:
    if "districts.csv" not in pack.tables:
        return
    districts = pack.tables["districts.csv"]
    known = alias_map(districts, "district_code")
    allowed = _listed(row["name_uk"] for row in districts)
    for file in ("spaces.csv", "events.csv"):
        for row in _rows(pack, file):
            name = row["district"]
            if name is not None and fold(name) not in known:
                yield _problem(pack, file, "unknown_reference", row, "district", name, allowed)


def _check_populations(pack: PackFiles) -> Iterator[PackProblem]:
    for row in _rows(pack, "districts.csv"):
        has_count = row["population_count"] is not None
        has_source = row["population_source"] is not None
        if has_count != has_source or (row["population_on"] is not None and not has_count):
            field = "population_source" if has_count else "population_count"
            yield _problem(pack, "districts.csv", "population_without_source", row, field)


def _check_boundaries(pack: PackFiles) -> Iterator[PackProblem]:
    if BOUNDARIES_FILE not in pack.tables or "districts.csv" not in pack.tables:
        return
    features = pack.tables[BOUNDARIES_FILE]
    bounded = {row["district_code"] for row in features}
    shapes = boundaries(features)
    areas = dict(zip(shapes["district_code"], shapes.to_crs(_EQUAL_AREA_CRS).area / 1e6, strict=True))
    for row in pack.tables["districts.csv"]:
        code, stated = row["district_code"], row["area_km2"]
        if code is not None and code not in bounded:
            yield _problem(pack, "districts.csv", "missing_boundary", row, "district_code", code)
        if code in areas and stated is not None and area_differs(stated, areas[code]):
            low, high = (share * areas[code] for share in (1 - AREA_TOLERANCE, 1 + AREA_TOLERANCE))
            allowed = f"{low:.2f} … {high:.2f}"
            yield _problem(pack, "districts.csv", "area_differs", row, "area_km2", stated, allowed)


def _check_spaces(pack: PackFiles) -> Iterator[PackProblem]:
    rows = _rows(pack, "spaces.csv")
    places = points(rows)
    placeholders = is_placeholder(places, pack.city.get("placeholder_points", ()))
    features = _rows(pack, BOUNDARIES_FILE)
    # Where a boundary is missing, "in no district" would be said of points that do lie in one.
    is_bounded = bool(features) and all(feature["geometry"] is not None for feature in features)
    districts = district_of_points(places, boundaries(features))
    for row, has_point, in_placeholder, in_district in zip(
        rows, places["lat_deg"].notna(), placeholders, districts.notna(), strict=True
    ):
        value = f"{row['lat_deg']}, {row['lon_deg']}"
        if (row["lat_deg"] is None) != (row["lon_deg"] is None):
            field = "lat_deg" if row["lat_deg"] is None else "lon_deg"
            yield _problem(pack, "spaces.csv", "half_point", row, field)
        elif in_placeholder:
            yield _problem(pack, "spaces.csv", "placeholder_point", row, "lat_deg, lon_deg", value)
        elif has_point and not in_district and is_bounded:
            yield _problem(pack, "spaces.csv", "outside_city", row, "lat_deg, lon_deg", value)
        yield from _check_period(pack, "spaces.csv", row, "opened_on", "closed_on")


def _check_period(pack: PackFiles, file: str, row: Row, first: str, last: str) -> Iterator[PackProblem]:
    if row[first] is not None and row[last] is not None and row[last] < row[first]:
        yield _problem(pack, file, "ends_before_start", row, last, row[last], f"≥ {row[first]}")


def _check_events(pack: PackFiles) -> Iterator[PackProblem]:
    for row in _rows(pack, "events.csv"):
        yield from _check_period(pack, "events.csv", row, "starts_on", "ends_on")
        if row["starts_on"] is not None and row["ends_on"] is not None:
            yield from _check_precision(pack, row)
        needs = {"space_id": row["place_status"] == "space", "venue_name": row["place_status"] == "venue"}
        for field, is_needed in needs.items():
            if row["place_status"] is not None and (row[field] is not None) != is_needed:
                yield _problem(pack, "events.csv", "place_mismatch", row, field, row[field])


def _check_precision(pack: PackFiles, row: Row) -> Iterator[PackProblem]:
    starts_on, ends_on = row["starts_on"], row["ends_on"]
    first, last = starts_on, ends_on
    if row["date_precision"] == "month":
        first = starts_on.replace(day=1)
        last = ends_on.replace(day=calendar.monthrange(ends_on.year, ends_on.month)[1])
    elif row["date_precision"] == "year":
        first, last = date(starts_on.year, 1, 1), date(ends_on.year, 12, 31)
    for field, expected in (("starts_on", first), ("ends_on", last)):
        if row[field] != expected:
            yield _problem(pack, "events.csv", "precision_mismatch", row, field, row[field], str(expected))


def _check_annotations(pack: PackFiles) -> Iterator[PackProblem]:
    for row in _rows(pack, ANNOTATIONS_FILE):
        yield from _check_period(pack, ANNOTATIONS_FILE, row, "starts_on", "ends_on")


def _check_facts(pack: PackFiles) -> Iterator[PackProblem]:
    rows = _rows(pack, "facts.csv")
    conflicts = [row["conflict_id"] for row in rows]
    for row in rows:
        kind, subject = row["subject_kind"], row["subject_id"]
        if kind == "city" and subject is not None:
            yield _problem(pack, "facts.csv", "unknown_reference", row, "subject_id", subject, "—")
        elif kind in _SUBJECTS:
            file, field = _SUBJECTS[kind]
            known = {value for target in _rows(pack, file) for value in _values(target, field)}
            if subject is None:
                yield _problem(pack, "facts.csv", "missing_value", row, "subject_id", None, _listed(known))
            elif file in pack.tables and subject not in known:
                yield _problem(pack, "facts.csv", "unknown_reference", row, "subject_id", subject, _listed(known))
        if row["conflict_id"] is not None and conflicts.count(row["conflict_id"]) == 1:
            yield _problem(pack, "facts.csv", "lone_conflict", row, "conflict_id", row["conflict_id"])


def _listed(values: Iterable[str | None]) -> str:
    return ", ".join(sorted({value for value in values if value})) or "—"
