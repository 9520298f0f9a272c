import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from frictionless import Package
from shapely.geometry import shape

from dashboard.errors import EditionError
from dashboard.metrics.catalogue import FIGURES
from dashboard.reports.model import Cell, Edition, Report, Table
from dashboard.reports.open_tables import tables
from dashboard.reports.package import render
from dashboard.reports.tables import neutral, plain, shown
from dashboard.settings import Role
from dashboard.text import open_data as words
from dashboard.text.words import LANGS

from .conftest import CANARIES, EVIL, OCTOBER

Editions = Callable[..., Edition]
Unpacked = Callable[[bytes], dict[str, bytes]]


@cache
def made(edition: Edition) -> bytes:
    return render(edition)


def records(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    content = files[f"data/{table}.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def number(text: str) -> float | None:
    return float(text) if text else None


@pytest.fixture(scope="module")
def files(edition_of: Editions, unpacked: Unpacked) -> dict[str, bytes]:
    return unpacked(made(edition_of()))


def unpack(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.mark.parametrize("number", [None, 2])
def test_it_is_a_valid_data_package(
    edition_of: Editions, unpacked: Unpacked, tmp_path: Path, number: int | None
) -> None:
    folder = unpack(unpacked(made(edition_of(number=number))), tmp_path)
    found = Package(str(folder / "datapackage.json")).validate()
    assert found.valid, found.flatten(["title", "type", "note"])
    tabular = [resource for resource in found.tasks if resource.name in words.TABLES]
    assert len(tabular) == len(words.TABLES)


def test_a_value_of_another_type_would_be_found(files: dict[str, bytes], tmp_path: Path) -> None:
    broken = files["data/figures.csv"].replace(b"events_count,4,", b"events_count,four,", 1)
    assert broken != files["data/figures.csv"]
    folder = unpack({**files, "data/figures.csv": broken}, tmp_path)
    types = {each[0] for each in Package(str(folder / "datapackage.json")).validate().flatten(["type"])}
    assert "type-error" in types


def test_figures_of_thirteen_months_are_the_models(edition_of: Editions, files: dict[str, bytes]) -> None:
    found = {(row["month"], row["figure_id"]): row for row in records(files, "figures")}
    report = edition_of().report
    assert len(found) == sum(len(row.trend) for row in report.figures)
    for row in report.figures:
        told = found["2026-10-01", row.figure_id]
        assert number(told["value"]) == shown(row.figure_id, row.cell)
        assert told["is_hidden"] == str(row.cell.is_hidden).lower()
        year_ago = found["2025-10-01", row.figure_id]
        assert number(year_ago["value"]) == shown(row.figure_id, row.trend[0])


@pytest.mark.parametrize(
    ("name", "key"), [("districts", "district_code"), ("themes", "theme_id"), ("spaces", "space_id")]
)
def test_tables_are_the_models(edition_of: Editions, files: dict[str, bytes], name: str, key: str) -> None:
    report = edition_of().report
    table: Table = {"districts": report.districts, "themes": report.themes, "spaces": report.every_space}[name]
    found = {(row["month"], row[key], row["figure_id"]): row for row in records(files, name)}
    assert len(found) == len(table.rows) * len(table.columns)
    for each in table.rows:
        for column, cell in zip(table.columns, each.cells, strict=True):
            row = found[(column.month or report.month).isoformat(), each.id or "none", column.figure_id]
            assert number(row["value"]) == shown(column.figure_id, cell)
            assert row["is_hidden"] == str(cell.is_hidden).lower()


def test_completeness_account_and_bases_are_the_models(edition_of: Editions, files: dict[str, bytes]) -> None:
    report = edition_of().report
    gaps = {(row["gap_id"], row["figure_id"]): row["value"] for row in records(files, "gaps")}
    for gap in report.gaps:
        assert number(gaps[gap.gap, "missing_count"]) == shown("missing_count", gap.missing)
        assert number(gaps[gap.gap, "gap_pct"]) == shown("gap_pct", gap.share)
    account = {row["figure_id"]: number(row["value"]) for row in records(files, "account")}
    assert account["files_count"] == report.account.files_count
    assert account["rows_read_count"] == shown("rows_read_count", report.account.read)
    bases = {row["figure_id"]: row for row in records(files, "bases")}
    for row in report.figures:
        if row.base_id is not None:
            assert number(bases[row.figure_id]["base_value"]) == shown(row.base_id, row.base)


def test_every_table_is_the_same_in_json(edition_of: Editions, files: dict[str, bytes]) -> None:
    for table in tables(edition_of().report):
        told = json.loads(files[f"data/{table.name}.json"])
        names = [column.name for column in table.columns]
        assert told == [
            {
                name: value.isoformat() if isinstance(value, date) else value
                for name, value in zip(names, row, strict=True)
            }
            for row in table.rows
        ]


def test_hidden_is_told_from_unknown(files: dict[str, bytes]) -> None:
    rows = records(files, "spaces")
    assert any(row["value"] == "" and row["is_hidden"] == "true" for row in rows)
    assert any(row["value"] == "" and row["is_hidden"] == "false" for row in rows)
    assert all(row["value"] == "" for row in rows if row["is_hidden"] == "true")


def test_small_groups_are_in_no_file(edition_of: Editions, files: dict[str, bytes]) -> None:
    exact = edition_of(Role.ANALYST).report.every_space
    public = {(row["space_id"], row["figure_id"]): row["value"] for row in records(files, "spaces")}
    small = [
        (row.id, column.figure_id)
        for row in exact.rows
        for column, cell in zip(exact.columns, row.cells, strict=True)
        if column.figure_id == "participants_count" and cell.value is not None and 0 < cell.value < 5
    ]
    assert small
    assert all(public[str(space_id), figure_id] == "" for space_id, figure_id in small)


def test_every_space_is_there_and_not_only_the_busiest(report_of: Callable[..., Report]) -> None:
    spaces = Table(
        report_of().spaces.columns, tuple(replace(report_of().spaces.rows[0], id=f"s{n}") for n in range(12))
    )
    found = next(table for table in tables(replace(report_of(), every_space=spaces)) if table.name == "spaces")
    assert len({row[1] for row in found.rows}) == 12


def test_an_internal_edition_is_refused(edition_of: Editions) -> None:
    with pytest.raises(EditionError) as caught:
        render(edition_of(Role.ANALYST))
    assert "для службового користування (Київ, жовтень\u00a02026)" in caught.value.text.uk
    assert "public" in caught.value.remedy.uk
    assert "internal use (Київ, October\u00a02026)" in caught.value.text.en


def test_the_description_says_what_it_is(edition_of: Editions, files: dict[str, bytes]) -> None:
    told = json.loads(files["datapackage.json"])
    assert (told["name"], told["version"], told["created"]) == (
        "civicspace-kyiv-2026-10",
        "2",
        "2026-11-14T00:00:00Z",
    )
    assert told["title"] == "Громадські простори: Київ, жовтень 2026 / Civic spaces: Kyiv, October 2026"
    assert [licence["name"] for licence in told["licenses"]] == ["CC-BY-4.0", "ODbL-1.0"]
    assert told["civicspace"]["min_group_size"] == 5
    assert told["civicspace"]["is_demo"] is False
    districts = next(each for each in told["resources"] if each["name"] == "districts-geojson")
    assert [licence["name"] for licence in districts["licenses"]] == ["ODbL-1.0"]


def test_a_draft_is_no_version(edition_of: Editions, unpacked: Unpacked) -> None:
    edition = edition_of(number=None)
    told = json.loads(unpacked(made(edition))["datapackage.json"])
    assert told["version"] == "draft"
    assert told["created"].startswith(edition.report.as_of_on.isoformat())


@pytest.mark.parametrize("is_so", [True, False])
def test_notices_are_in_the_description_and_the_manual(edition_of: Editions, unpacked: Unpacked, is_so: bool) -> None:
    edition = edition_of(is_demo=is_so, is_unfinished=is_so, restrictions=("райони: X",) if is_so else ())
    found = unpacked(made(edition))
    for name in ("datapackage.json", "README.md"):
        text = found[name].decode()
        for said in (
            "Демонстраційні дані.",
            "Demonstration data.",
            "Місяць ще тривав",
            "The month was not over",
            "райони: X",
        ):
            assert (said in text) is is_so
    assert json.loads(found["datapackage.json"])["civicspace"]["is_demo"] is is_so


def test_every_column_and_figure_is_in_the_dictionary_in_both_languages(files: dict[str, bytes]) -> None:
    told = json.loads(files["datapackage.json"])
    described = {(row["table"], row["column"]): row for row in records(files, "dictionary")}
    manual = files["README.md"].decode()
    for resource in told["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            row = described[resource["name"], field["name"]]
            assert row["type"] == field["type"]
            assert row["description_uk"]
            assert row["description_en"]
            assert field["description"] == f"{row['description_uk']} / {row['description_en']}"
            assert f"`{field['name']}` — {row['description_uk']}" in manual
            assert f"`{field['name']}` — {row['description_en']}" in manual
    for row in records(files, "figure_list"):
        assert row["name_uk"]
        assert row["name_en"]
        assert bool(row["definition_uk"]) is (row["figure_id"] in FIGURES)
        assert f"`{row['figure_id']}`" in manual


def test_every_word_about_tables_and_columns_is_used(edition_of: Editions) -> None:
    found = tables(edition_of().report)
    assert {table.name for table in found} == set(words.TABLES)
    assert {column.name for table in found for column in table.columns} == set(words.COLUMNS)
    assert all(each.say(lang) for lang in LANGS for each in (*words.TABLES.values(), *words.COLUMNS.values()))


def test_spaces_have_a_point_or_nothing(edition_of: Editions, files: dict[str, bytes]) -> None:
    told = json.loads(files["spaces.geojson"])
    assert told["type"] == "FeatureCollection"
    of_space = {feature["id"]: feature for feature in told["features"]}
    assert of_space["a"]["geometry"] == {"type": "Point", "coordinates": [30.5, 50.4]}
    assert of_space["c"]["geometry"] is None
    assert of_space["c"]["properties"]["location_status"] == "unknown"
    assert len(of_space) == len(edition_of().report.register.spaces)
    assert {tuple(feature) for feature in told["features"]} == {("type", "id", "geometry", "properties")}


def test_districts_run_the_right_way_round_and_name_their_makers(files: dict[str, bytes]) -> None:
    told = json.loads(files["districts.geojson"])
    assert (told["attribution"], told["license"]) == ("OSM", "https://opendatacommons.org/licenses/odbl/1-0/")
    assert [feature["id"] for feature in told["features"]] == ["D1", "D2"]
    for feature in told["features"]:
        polygons = shape(feature["geometry"])
        assert polygons.is_valid
        assert all(polygon.exterior.is_ccw for polygon in polygons.geoms)
        assert feature["properties"]["name_uk"].startswith("Район")


def test_a_city_without_districts_has_none(edition_of: Editions, unpacked: Unpacked) -> None:
    edition = edition_of()
    register = replace(edition.report.register, districts=(), spaces=(), themes=())
    bare = replace(edition.report, maps=(), register=register)
    none = Table(bare.districts.columns, ())
    found = unpacked(made(replace(edition, report=replace(bare, districts=none, themes=none, every_space=none))))
    assert json.loads(found["districts.geojson"])["features"] == []
    assert [row["district_code"] for row in records(found, "district_list")] == ["none"]


def test_checksums_are_of_every_other_file(files: dict[str, bytes]) -> None:
    told = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert set(told) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == found for name, found in told.items())


def test_the_licence_names_the_edition_and_both_terms(files: dict[str, bytes]) -> None:
    text = files["LICENSE.txt"].decode()
    assert "«Громадські простори: Київ, жовтень 2026, випуск 2 від 14 листопада 2026»" in text
    assert "“Civic spaces: Kyiv, October 2026, edition 2 of 14 November 2026”" in text
    assert text.count("https://creativecommons.org/licenses/by/4.0/") == 2
    assert text.count("https://opendatacommons.org/licenses/odbl/1-0/") == 2


def test_evil_names_are_text_everywhere(evil_edition: Edition, unpacked: Unpacked, tmp_path: Path) -> None:
    report = evil_edition.report
    register = replace(
        report.register,
        themes=tuple(replace(each, name_uk=EVIL, name_en=EVIL) for each in report.register.themes),
        spaces=tuple(replace(each, name_uk=EVIL, name_en=EVIL) for each in report.register.spaces),
    )
    found = unpacked(made(replace(evil_edition, report=replace(report, register=register))))
    names = [row["name_uk"] for row in records(found, "space_list")]
    assert names == [neutral(EVIL)] * len(names)
    assert {each["name_uk"] for each in json.loads(found["data/space_list.json"])} == {plain(EVIL)}
    assert "<b>" not in found["README.md"].decode().replace("\\<b\\>", "")
    assert Package(str(unpack(found, tmp_path) / "datapackage.json")).validate().valid
    for content in found.values():
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", content)


def test_no_cell_of_any_csv_begins_a_formula(edition_of: Editions, unpacked: Unpacked) -> None:
    report = edition_of().report
    places = tuple(replace(place, name_uk=";=1+1", name_en="－1") for place in report.register.spaces)
    found = unpacked(made(edition_of(register=replace(report.register, spaces=places))))
    for name, content in found.items():
        if name.endswith(".csv"):
            for separator in ",;\t":
                for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator):
                    assert not [cell for cell in row if re.match(r"\s*[=+@＝＋－＠]", cell)]


def test_the_same_edition_is_the_same_bytes(edition_of: Editions) -> None:
    assert render(edition_of()) == made(edition_of())


def test_numbers_are_as_fine_as_on_screen(report_of: Callable[..., Report]) -> None:
    report = report_of()
    row = replace(report.districts.rows[0], cells=tuple(Cell(12.3456789) for _ in report.districts.columns))
    told = next(
        table
        for table in tables(replace(report, districts=replace(report.districts, rows=(row,))))
        if table.name == "districts"
    )
    assert {line[3] for line in told.rows} == {12, 12.3}
    assert report.month == OCTOBER


def test_nothing_personal_and_no_path_is_in_any_byte(
    canary_edition: Callable[[Role], Edition], unpacked: Unpacked
) -> None:
    found = unpacked(made(canary_edition(Role.PUBLIC)))
    assert "Хаб a".encode() in found["data/space_list.csv"]
    for content in found.values():
        for canary in (*CANARIES, str(Path.cwd()), str(Path.home())):
            assert canary.encode() not in content
