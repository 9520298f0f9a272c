"""The month as open data: a zip file of tables (CSV and JSON), places (GeoJSON) and what describes them.

The description is a Frictionless Data Package, <https://specs.frictionlessdata.io/data-package/>; places follow
RFC 7946.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from shapely import MultiPolygon, Polygon, orient_polygons
from shapely.geometry import mapping

from dashboard.errors import Bilingual, EditionError
from dashboard.metrics.disclosure import ROUND_TO
from dashboard.reports import lines
from dashboard.reports.model import Area, Edition, Report
from dashboard.reports.open_tables import OpenTable, Value, degrees, tables
from dashboard.reports.tables import plain, rows_to_csv
from dashboard.reports.zips import rezipped
from dashboard.settings import Role
from dashboard.text import dates
from dashboard.text import open_data as words
from dashboard.text.words import LANGS, Lang, Words

_CC_BY: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
_ODBL: Final = {
    "name": "ODbL-1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
    "title": "Open Data Commons Open Database License v1.0",
}
_OSM: Final = "https://www.openstreetmap.org/copyright"
_DISTRICTS: Final = "districts.geojson"
_SPACES: Final = "spaces.geojson"


def render(edition: Edition) -> bytes:
    """The edition as a zip file of open data.

    ``data/<table>.csv`` and ``.json``, ``spaces.geojson``, ``districts.geojson``, ``datapackage.json``, ``README.md``,
    ``LICENSE.txt`` and ``SHA256SUMS`` over them all. Descriptions are in both languages.

    Raises:
        EditionError: the edition is not public.
    """
    report = edition.report
    if report.disclosure.role is not Role.PUBLIC:
        raise EditionError(
            *(
                Bilingual(
                    words.say(f"not_public.{part}", "uk", city=report.city, month=dates.month_name(report.month, "uk")),
                    words.say(f"not_public.{part}", "en", city=report.city, month=dates.month_name(report.month, "en")),
                )
                for part in ("text", "remedy")
            )
        )
    found = tables(report)
    files = {
        **{path: content for table in found for path, content in _of_table(table).items()},
        _SPACES: _json(_spaces(report)),
        _DISTRICTS: _json(_districts(report)),
    }
    files["datapackage.json"] = _json(_description(edition, found, files))
    files["README.md"] = _manual(edition, found).encode()
    files["LICENSE.txt"] = "\n\n".join(_licence(edition, lang) for lang in LANGS).encode() + b"\n"
    files["SHA256SUMS"] = "".join(f"{_sha256(files[path])}  {path}\n" for path in sorted(files)).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return rezipped(out.getvalue(), lines.dated(edition))


def _of_table(table: OpenTable) -> dict[str, bytes]:
    names = [column.name for column in table.columns]
    records = [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows]
    return {_path(table, "csv"): rows_to_csv(names, table.rows), _path(table, "json"): _json(records)}


def _path(table: OpenTable, ending: str) -> str:
    return f"data/{table.name}.{ending}"


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- places ---------------------------------------------------------------------------------------


def _spaces(report: Report) -> dict[str, Any]:
    """Every space; one whose place is not known has no geometry."""
    return _collection(
        (
            place.id,
            None
            if place.longitude_deg is None or place.latitude_deg is None
            else {"type": "Point", "coordinates": [degrees(place.longitude_deg), degrees(place.latitude_deg)]},
            {
                "name_uk": plain(place.name_uk),
                "name_en": None if place.name_en is None else plain(place.name_en),
                "kind": place.kind,
                "district_code": place.district_code,
                "location_status": place.location_status,
                "opened_on": None if place.opened_on is None else place.opened_on.isoformat(),
                "closed_on": None if place.closed_on is None else place.closed_on.isoformat(),
                "origin": place.origin,
            },
        )
        for place in report.register.spaces
    )


def _districts(report: Report) -> dict[str, Any]:
    shapes = {area.id: area for area in report.maps[0].areas} if report.maps else {}
    made = _collection(
        (
            each.id,
            None if each.id not in shapes else _geometry(shapes[each.id]),
            {"name_uk": plain(each.name_uk), "name_en": plain(each.name_en)},
        )
        for each in report.register.districts
    )
    return {**made, "attribution": plain(report.sources.boundaries), "license": _ODBL["path"]}


def _geometry(area: Area) -> dict[str, Any]:
    polygons = MultiPolygon([Polygon(outer, inner) for outer, *inner in area.polygons])
    # RFC 7946: outer rings run counterclockwise.
    return dict(mapping(orient_polygons(polygons)))


def _collection(features: Iterable[tuple[str, dict[str, Any] | None, dict[str, Any]]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}
            for key, geometry, properties in features
        ],
    }


# --- what describes them --------------------------------------------------------------------------


def _title(report: Report, lang: Lang) -> str:
    city = report.register.city
    name = report.city if city is None else (city.name_uk if lang == "uk" else city.name_en)
    return words.say("title", lang, city=plain(name), month=dates.month_name(report.month, lang)).replace("\u00a0", " ")


def _both(text: Words) -> str:
    return f"{text.uk} / {text.en}"


def _said(key: str, **values: object) -> str:
    return _both(Words(words.say(key, "uk", **values), words.say(key, "en", **values)))


def _notices(edition: Edition, lang: Lang) -> list[str]:
    report = replace(edition.report, lang=lang)
    return [
        plain(text).replace("\u00a0", " ")
        for text in (
            f"{lines.capital(lines.edition_name(replace(edition, report=report)))}. {lines.as_of(report)}.",
            *lines.notices(report),
            words.say("hidden", lang, k=report.disclosure.min_group_size),
            *([] if lang != edition.report.lang else edition.why),
        )
    ]


def _description(edition: Edition, found: Sequence[OpenTable], files: Mapping[str, bytes]) -> dict[str, Any]:
    report = edition.report
    title = _both(Words(_title(report, "uk"), _title(report, "en")))
    who = plain(report.city)
    return {
        "profile": "data-package",
        "name": f"civicspace-{report.city_id}-{report.month:%Y-%m}",
        "title": title,
        "description": "\n\n".join(" ".join(_notices(edition, lang)) for lang in LANGS),
        "version": "draft" if edition.number is None else str(edition.number),
        "created": f"{lines.dated(edition).isoformat()}T00:00:00Z",
        "keywords": ["civic spaces", "participation", "громадські простори", report.city_id],
        "licenses": [_CC_BY, _ODBL],
        "sources": [
            *({"title": plain(source)} for source in lines.sources(report)),
            {"title": plain(report.sources.boundaries), "path": _OSM},
        ],
        "contributors": [
            {"title": _said("publisher", city=who), "role": "publisher"},
            {"title": f"civicspace {plain(report.code_version)}", "role": "wrangler"},
            {"title": plain(report.sources.boundaries), "path": _OSM, "role": "contributor"},
        ],
        "civicspace": {
            "city_id": report.city_id,
            "month": report.month.isoformat(),
            "edition": edition.number,
            "role": report.disclosure.role.value,
            "min_group_size": report.disclosure.min_group_size,
            "rounded_to": ROUND_TO,
            "as_of_on": report.as_of_on.isoformat(),
            "snapshot_id": plain(report.snapshot_id),
            "is_demo": report.is_demo,
            "is_unfinished": report.is_unfinished,
            "restrictions": [plain(text) for text in report.restrictions],
        },
        "resources": [
            *(_tabular(table, files) for table in found),
            *(_copy(table, files) for table in found),
            _file("spaces-geojson", _SPACES, _said("geo.spaces"), "application/geo+json", files),
            {
                **_file("districts-geojson", _DISTRICTS, _said("geo.districts"), "application/geo+json", files),
                "description": _said("attribution", who=plain(report.sources.boundaries)),
                "licenses": [_ODBL],
            },
        ],
    }


def _file(name: str, path: str, title: str, media_type: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "profile": "data-resource",
        "title": title,
        "format": path.rpartition(".")[2],
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": f"sha256:{_sha256(files[path])}",
    }


def _copy(table: OpenTable, files: Mapping[str, bytes]) -> dict[str, Any]:
    titles = words.TABLES[table.name]
    title = Words(words.say("json", "uk", title=titles.uk), words.say("json", "en", title=titles.en))
    return _file(f"{table.name}-json", _path(table, "json"), _both(title), "application/json", files)


def _tabular(table: OpenTable, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        **_file(table.name, _path(table, "csv"), _both(words.TABLES[table.name]), "text/csv", files),
        "profile": "tabular-data-resource",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.type,
                    "description": _both(words.COLUMNS[column.name]),
                    "constraints": {
                        **({"required": True} if column.is_required else {}),
                        **({"enum": list(column.values)} if column.values else {}),
                    },
                }
                for column in table.columns
            ],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": resource, "fields": [field]}}
                for column, (resource, field) in table.refers.items()
            ],
        },
    }


def _licence(edition: Edition, lang: Lang) -> str:
    report = replace(edition.report, lang=lang)
    name = lines.edition_name(replace(edition, report=report)).replace("\u00a0", " ")
    who = plain(report.sources.boundaries)
    return "\n".join(
        (
            words.say("licence", lang, title=_title(report, lang), edition=name),
            _CC_BY["path"],
            words.say("licence.boundaries", lang, who=who),
            _ODBL["path"],
            words.say("licence.none", lang),
        )
    )


def _manual(edition: Edition, found: Sequence[OpenTable]) -> str:
    """README.md: first in Ukrainian, then in English."""
    return "\n\n---\n\n".join("\n".join(_chapter(edition, found, lang)) for lang in LANGS) + "\n"


def _chapter(edition: Edition, found: Sequence[OpenTable], lang: Lang) -> Iterable[str]:
    yield f"# {_cell(_title(edition.report, lang))}\n"
    for notice in _notices(edition, lang):
        yield f"{_cell(notice)}\n"
    yield f"## {words.say('head.files', lang)}\n"
    yield f"{words.say('files', lang)} {words.say('formula', lang)}\n"
    for table in found:
        yield f"- `{table.name}` — {words.TABLES[table.name].say(lang)} ({len(table.rows)})"
    yield f"- `{_SPACES}` — {words.say('geo.spaces', lang)}"
    yield f"- `{_DISTRICTS}` — {words.say('geo.districts', lang)}\n"
    yield f"## {words.say('head.columns', lang)}\n"
    for name in dict.fromkeys(column.name for table in found for column in table.columns):
        yield f"- `{name}` — {words.COLUMNS[name].say(lang)}"
    yield f"\n## {words.say('head.figures', lang)}\n"
    figure_list = next(table for table in found if table.name == "figure_list")
    names = [column.name for column in figure_list.columns]
    for row in figure_list.rows:
        figure = dict(zip(names, row, strict=True))
        definition = figure[f"definition_{lang}"]
        said = "" if definition is None else f": {_cell(str(definition))}"
        yield f"- `{figure['figure_id']}` ({figure['unit']}) — {_cell(str(figure[f'name_{lang}']))}{said}"
    yield f"\n## {words.say('head.check', lang)}\n"
    yield f"{words.say('check', lang)}\n"
    yield f"## {words.say('head.licence', lang)}\n"
    yield _cell(_licence(edition, lang))


def _cell(text: str) -> str:
    """A text in Markdown: markup in it stays text."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|" else each for each in plain(text))
