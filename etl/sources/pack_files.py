"""The files of a city pack: which there are, which fields they have, and their text as typed values."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import shapely

from etl import contract
from etl.sources.pack_problems import PackProblem


class CellKind(StrEnum):
    """Type of a field."""

    TEXT = "text"
    LIST = "list"
    DISTRICT_CODE = "district_code"
    THEME_ID = "theme_id"
    SLUG = "slug"
    DATE = "date"
    COUNT = "count"
    NUMBER = "number"
    POSITIVE = "positive"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """One field of a table; ``values`` are the choices, or the lowest and highest value of a number."""

    name: str
    kind: CellKind = CellKind.TEXT
    values: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table or one feature of a GeoJSON file, with its number in the file.

    Cells hold ``str``, ``tuple[str, ...]``, ``date``, ``int``, ``float`` or ``bool`` by their field's kind,
    and ``None`` for a blank; a blank list is an empty tuple.
    """

    number: int
    cells: Mapping[str, Any]

    def __getitem__(self, field: str) -> Any:
        return self.cells[field]


@dataclass(frozen=True)
class PackFiles:
    """The files of one pack as read; a file that is missing or unreadable is absent from ``tables``.

    Features have the cells of their properties and ``geometry`` (shapely, or ``None`` when invalid).
    """

    city_id: str
    city: Mapping[str, Any]
    tables: Mapping[str, tuple[Row, ...]]
    sha256: str


CITY_FILE: Final = "city.toml"
SOURCES_FILE: Final = "SOURCES.md"
BOUNDARIES_FILE: Final = "districts.geojson"
LANDMARKS_FILE: Final = "river.geojson"
ANNOTATIONS_FILE: Final = "annotations.csv"


def _required(name: str, kind: CellKind = CellKind.TEXT, values: tuple[str, ...] = ()) -> Field:
    return Field(name, kind, values, is_required=True)


_LATITUDE: Final = ("-90", "90")
_LONGITUDE: Final = ("-180", "180")

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "districts.csv": (
        _required("district_code", CellKind.DISTRICT_CODE),
        _required("name_uk"),
        _required("name_en"),
        Field("aliases", CellKind.LIST),
        Field("population_count", CellKind.COUNT),
        Field("population_on", CellKind.DATE),
        Field("population_source"),
        _required("area_km2", CellKind.POSITIVE),
    ),
    "themes.csv": (
        _required("theme_id", CellKind.THEME_ID),
        _required("name_uk"),
        _required("name_en"),
        _required("rank", CellKind.COUNT, ("1", "99")),
        Field("aliases", CellKind.LIST),
    ),
    "networks.csv": (
        _required("network_id", CellKind.SLUG),
        _required("name_uk"),
        Field("name_en"),
        Field("aliases", CellKind.LIST),
        Field("operator"),
        _required("sources", CellKind.LIST),
    ),
    "spaces.csv": (
        _required("space_id", CellKind.SLUG),
        _required("name_uk"),
        Field("name_en"),
        Field("aliases", CellKind.LIST),
        _required("kind", CellKind.CHOICE, contract.SPACE_KINDS),
        Field("network_id"),
        Field("district"),
        Field("address"),
        Field("lat_deg", CellKind.NUMBER, _LATITUDE),
        Field("lon_deg", CellKind.NUMBER, _LONGITUDE),
        Field("capacity_count", CellKind.COUNT),
        Field("opened_on", CellKind.DATE),
        Field("closed_on", CellKind.DATE),
        _required("sources", CellKind.LIST),
    ),
    "events.csv": (
        _required("event_id", CellKind.SLUG),
        _required("title"),
        Field("series_name"),
        _required("is_workshop", CellKind.FLAG),
        _required("starts_on", CellKind.DATE),
        _required("ends_on", CellKind.DATE),
        _required("date_precision", CellKind.CHOICE, ("day", "month", "year")),
        _required("place_status", CellKind.CHOICE, contract.PLACE_STATUSES),
        Field("space_id"),
        Field("venue_name"),
        Field("district"),
        _required("format", CellKind.CHOICE, contract.EVENT_FORMATS),
        _required("status", CellKind.CHOICE, contract.EVENT_STATUSES),
        Field("themes", CellKind.LIST),
        Field("organisers", CellKind.LIST),
        Field("partners", CellKind.LIST),
        Field("funders", CellKind.LIST),
        _required("sources", CellKind.LIST),
    ),
    "event_spaces.csv": (
        _required("event_id"),
        _required("space_id"),
        _required("role", CellKind.CHOICE, contract.SPACE_ROLES),
        Field("mentoring", CellKind.CHOICE, contract.MENTORING),
        _required("sources", CellKind.LIST),
    ),
    "facts.csv": (
        _required("fact_id", CellKind.SLUG),
        _required("subject_kind", CellKind.CHOICE, contract.FACT_SUBJECTS),
        Field("subject_id"),
        _required("property", CellKind.CHOICE, contract.FACT_PROPERTIES),
        _required("value"),
        Field("value_number", CellKind.NUMBER),
        Field("period"),
        Field("quote"),
        _required("source_url"),
        Field("source_on"),
        Field("note"),
        Field("conflict_id", CellKind.SLUG),
    ),
}
"""Fields of each table. All tables are required; each must have exactly these columns, in any order."""

OPTIONAL_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    ANNOTATIONS_FILE: (
        _required("starts_on", CellKind.DATE),
        Field("ends_on", CellKind.DATE),
        _required("kind", CellKind.CHOICE, contract.ANNOTATION_KINDS),
        _required("text_uk"),
        Field("text_en"),
        _required("sources", CellKind.LIST),
    ),
}
"""Fields of the tables that a pack may do without."""

CITY_FIELDS: Final[tuple[Field, ...]] = (
    _required("name_uk"),
    _required("name_en"),
    _required("timezone"),
    _required("lat_deg", CellKind.NUMBER, _LATITUDE),
    _required("lon_deg", CellKind.NUMBER, _LONGITUDE),
    _required("zoom", CellKind.COUNT, ("1", "18")),
    _required("attribution"),
)
"""Fields of ``city.toml``, beside ``placeholder_points``, a list of [latitude, longitude]."""

_BOUNDARY_FIELDS: Final = (_required("district_code", CellKind.DISTRICT_CODE),)
_LANDMARK_FIELDS: Final = (_required("name_uk"), _required("name_en"), Field("note"))
_REQUIRED_FILES: Final = (CITY_FILE, SOURCES_FILE, BOUNDARIES_FILE, *FIELDS)
_KNOWN_FILES: Final = (*_REQUIRED_FILES, LANDMARKS_FILE, *OPTIONAL_FIELDS)


def read_files(folder: Path) -> tuple[PackFiles, list[PackProblem]]:
    """Read every file of a pack's folder; what could not be read is in the problems, never raised."""
    city_id = folder.name
    problems: list[PackProblem] = []
    if not re.fullmatch(r"[a-z][a-z0-9]*", city_id):
        problems.append(PackProblem(city_id, "bad_city_id", value=city_id, allowed="[a-z][a-z0-9]*"))
    present = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    problems += [
        PackProblem(f"{city_id}/{name}", "missing_file", allowed=", ".join(_KNOWN_FILES))
        for name in _REQUIRED_FILES
        if name not in present
    ]
    problems += [
        PackProblem(f"{city_id}/{name}", "unknown_file", allowed=", ".join(_KNOWN_FILES))
        for name in sorted(present)
        if name not in _KNOWN_FILES and not name.startswith(".")
    ]
    # The page of sources speaks to people: a word mended there must not make the data another one.
    contents = {
        name: present[name].read_bytes() for name in sorted(_KNOWN_FILES) if name in present and name != SOURCES_FILE
    }
    digest = hashlib.sha256()
    city: Mapping[str, Any] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    for name, content in contents.items():
        digest.update(f"{name}:{hashlib.sha256(content).hexdigest()}\n".encode())
        file = f"{city_id}/{name}"
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(PackProblem(file, "not_utf8"))
            continue
        if name == CITY_FILE:
            city = _read_city(text, file, problems)
        else:
            rows = (
                _read_features(text, file, problems)
                if name.endswith(".geojson")
                else _read_table(text, file, {**FIELDS, **OPTIONAL_FIELDS}[name], problems)
            )
            if rows is not None:
                tables[name] = rows
    return PackFiles(city_id, city, tables, digest.hexdigest()), problems


def _read_table(text: str, file: str, fields: tuple[Field, ...], problems: list[PackProblem]) -> tuple[Row, ...] | None:
    reader = csv.reader(io.StringIO(text), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if not _has_all_fields(header, file, fields, problems):
        return None
    rows: list[Row] = []
    number = 1
    try:
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problems.append(
                    PackProblem(file, "broken_line", row=number, value=str(len(cells)), allowed=f"{len(header)}")
                )
                continue
            by_name = dict(zip(header, cells, strict=True))
            rows.append(Row(number, {f.name: _cell(f, by_name[f.name], file, number, problems) for f in fields}))
    except csv.Error as error:
        problems.append(PackProblem(file, "broken_line", row=number + 1, value=str(error)))
    return tuple(rows)


def _has_all_fields(header: list[str], file: str, fields: tuple[Field, ...], problems: list[PackProblem]) -> bool:
    names = [field.name for field in fields]
    allowed = ", ".join(names)
    found = [PackProblem(file, "missing_field", row=1, field=name) for name in names if name not in header]
    for position, name in enumerate(header):
        if name not in names:
            found.append(PackProblem(file, "unknown_field", row=1, field=name, allowed=allowed))
        elif name in header[:position]:
            found.append(PackProblem(file, "duplicate_field", row=1, field=name))
    problems += found
    return not found


def _read_city(text: str, file: str, problems: list[PackProblem]) -> Mapping[str, Any]:
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(PackProblem(file, "bad_toml", value=str(error)))
        return {}
    names = (*(field.name for field in CITY_FIELDS), "placeholder_points")
    problems += [PackProblem(file, "missing_field", field=name) for name in names if name not in stated]
    problems += [
        PackProblem(file, "unknown_field", field=name, allowed=", ".join(names)) for name in stated if name not in names
    ]
    city = {
        field.name: _cell(field, str(stated[field.name]), file, None, problems)
        for field in CITY_FIELDS
        if field.name in stated
    }
    return {**city, "placeholder_points": _points(stated.get("placeholder_points", []), file, problems)}


def _points(stated: object, file: str, problems: list[PackProblem]) -> tuple[tuple[float, float], ...]:
    points: list[tuple[float, float]] = []
    for point in stated if isinstance(stated, list) else [stated]:
        match point:
            case [int() | float() as lat, int() | float() as lon] if -90 <= lat <= 90 and -180 <= lon <= 180:
                points.append((float(lat), float(lon)))
            case _:
                problems.append(
                    PackProblem(
                        file, "bad_value", field="placeholder_points", value=str(point), allowed="[[50.4501, 30.5234]]"
                    )
                )
    return tuple(points)


def _read_features(text: str, file: str, problems: list[PackProblem]) -> tuple[Row, ...] | None:
    try:
        collection = json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        problems.append(PackProblem(file, "bad_json", value=str(error)))
        return None
    match collection:
        case {"type": "FeatureCollection", "features": [*features]}:
            pass
        case _:
            problems.append(PackProblem(file, "bad_json"))
            return None
    if not collection.get("attribution"):
        problems.append(PackProblem(file, "missing_field", field="attribution"))
    is_boundary = file.endswith(BOUNDARIES_FILE)
    fields = _BOUNDARY_FIELDS if is_boundary else _LANDMARK_FIELDS
    types = ("Polygon", "MultiPolygon") if is_boundary else ("LineString", "MultiLineString")
    rows = []
    for number, feature in enumerate(features, start=1):
        match feature:
            case {"type": "Feature", "properties": {**properties}, "geometry": stated}:
                cells = {f.name: _cell(f, str(properties.get(f.name) or ""), file, number, problems) for f in fields}
                cells["geometry"] = _geometry(stated, types, file, number, problems)
                rows.append(Row(number, cells))
            case _:
                problems.append(PackProblem(file, "bad_json", row=number))
    return tuple(rows)


def _refuse_constant(name: str) -> float:
    """JSON has no NaN and no Infinity, though Python reads them."""
    raise ValueError(name)


def _geometry(stated: object, types: tuple[str, ...], file: str, number: int, problems: list[PackProblem]) -> Any:
    try:
        geometry = shapely.from_geojson(json.dumps(stated))
    except shapely.errors.GEOSException:
        geometry = None
    if geometry is None or geometry.geom_type not in types or geometry.is_empty or not geometry.is_valid:
        said = "" if geometry is None else f"{geometry.geom_type}: {shapely.is_valid_reason(geometry)}"
        problems.append(
            PackProblem(
                file, "invalid_geometry", row=number, field="geometry", value=said or None, allowed=", ".join(types)
            )
        )
        return None
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        problems.append(
            PackProblem(
                file,
                "out_of_range",
                row=number,
                field="geometry",
                value=f"{west}, {south} … {east}, {north}",
                allowed="-180, -90 … 180, 90",
            )
        )
        return None
    return geometry


def _date(text: str) -> date:
    # fromisoformat alone would also take 20230214 and 2023-W07-2.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _matching(pattern: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return check


def _number(text: str) -> float:
    return float(_matching(r"-?[0-9]+(\.[0-9]+)?")(text))


def _positive(text: str) -> float:
    number = _number(text)
    if number <= 0:
        raise ValueError(text)
    return number


def _count(text: str) -> int:
    return int(_matching(r"[0-9]+")(text))


def _flag(text: str) -> bool:
    return {"yes": True, "no": False}[text]


_PARSERS: Final[Mapping[CellKind, tuple[Callable[[str], Any], str]]] = {
    CellKind.TEXT: (str, ""),
    CellKind.CHOICE: (str, ""),
    CellKind.DISTRICT_CODE: (_matching(r"UA[0-9]{17}"), "UA + 17 × 0-9 (КАТОТТГ)"),
    CellKind.THEME_ID: (_matching(r"[a-z][a-z0-9_]*"), "public_space"),
    CellKind.SLUG: (_matching(r"[a-z0-9]+(-[a-z0-9]+)*"), "kyiv-dialog-hub"),
    CellKind.DATE: (_date, "YYYY-MM-DD"),
    CellKind.COUNT: (_count, "0, 1, 2, …"),
    CellKind.NUMBER: (_number, "12.5"),
    CellKind.POSITIVE: (_positive, "> 0"),
    CellKind.FLAG: (_flag, "yes, no"),
}
"""How each kind is read, and how to show its form."""


def _cell(field: Field, text: str, file: str, row: int | None, problems: list[PackProblem]) -> Any:
    text = text.strip()
    if field.kind is CellKind.LIST:
        items = tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
        if field.is_required and not items:
            problems.append(PackProblem(file, "missing_value", row=row, field=field.name))
        return items
    if not text:
        if field.is_required:
            problems.append(PackProblem(file, "missing_value", row=row, field=field.name))
        return None
    parse, form = _PARSERS[field.kind]
    try:
        value = parse(text)
    except (ValueError, KeyError):
        problems.append(PackProblem(file, "bad_value", row=row, field=field.name, value=text, allowed=form))
        return None
    if field.kind is CellKind.CHOICE and value not in field.values:
        code, allowed = "not_allowed", ", ".join(field.values)
    elif isinstance(value, int | float) and field.values and not _is_between(value, field.values):
        code, allowed = "out_of_range", " … ".join(field.values)
    else:
        return value
    problems.append(PackProblem(file, code, row=row, field=field.name, value=text, allowed=allowed))
    return None


def _is_between(value: float, limits: tuple[str, ...]) -> bool:
    lowest, highest = limits
    return float(lowest) <= value <= float(highest)
