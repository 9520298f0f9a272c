"""City packs: what a pack yields, every problem that is told, and the three packs that ship."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from etl import contract
from etl.contract import FACT_PROPERTIES
from etl.sources.city_pack import CityPack, district_check, load_pack, load_packs
from etl.sources.pack_checks import area_differs
from etl.sources.pack_files import CITY_FIELDS, FIELDS
from etl.sources.pack_problems import EXPLANATIONS, PackError, PackProblem
from etl.transform.text import fold

SHIPPED = Path(__file__).resolve().parents[4] / "data" / "cities"

WEST, EAST = "UA00000000000000001", "UA00000000000000002"


def square(west: float, south: float, side: float = 0.1) -> dict[str, object]:
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def boundaries(*features: tuple[str, object]) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "attribution": "a map",
            "features": [
                {"type": "Feature", "properties": {"district_code": code}, "geometry": geometry}
                for code, geometry in features
            ],
        }
    )


# A square of 0.1° at the equator has some 123 km².
GOOD: Mapping[str, str] = {
    "SOURCES.md": "Somebody.",
    "city.toml": """name_uk = "Місто"
name_en = "Misto"
timezone = "Europe/Kyiv"
lat_deg = 0.05
lon_deg = 0.1
zoom = 11
attribution = "a map"
placeholder_points = [[0.07, 0.07]]
""",
    "districts.csv": f"""district_code,name_uk,name_en,aliases,population_count,population_on,population_source,area_km2
{WEST},Західний,Zakhidnyi,Западный; Захід,1000,2020-01-01,office,123
{EAST},Східний,Skhidnyi,,,,,123
""",
    "districts.geojson": boundaries((WEST, square(0, 0)), (EAST, square(0.1, 0))),
    "themes.csv": """theme_id,name_uk,name_en,rank,aliases
ecology,Екологія,Ecology,1,довкілля
energy,Енергоощадність,Energy saving,2,
""",
    "networks.csv": """network_id,name_uk,name_en,aliases,operator,sources
misto-net,Мережа,,Net,,https://a.example
""",
    "spaces.csv": """space_id,name_uk,name_en,aliases,kind,network_id,district,address,lat_deg,lon_deg,capacity_count,opened_on,closed_on,sources
misto-one,Перший,First,Один,hub,misto-net,захід,"Street, 1",0.05,0.05,40,2020-03-03,,https://a.example
misto-two,Другий,,,coworking,,,,,,,,,https://a.example
""",  # noqa: E501 - a row is one line
    "events.csv": """event_id,title,series_name,is_workshop,starts_on,ends_on,date_precision,place_status,space_id,venue_name,district,format,status,themes,organisers,partners,funders,sources
misto-meet,Зустріч,Зустрічі,no,2023-02-14,2023-02-14,day,space,misto-one,,,experience_exchange,held,ecology; energy,Рада,A; B,,https://a.example
misto-shop,Майстерня,,yes,2018-06-01,2018-06-30,month,venue,,Площа,Східний,city_workshop,held,,,,,https://a.example
""",  # noqa: E501 - a row is one line
    "event_spaces.csv": """event_id,space_id,role,mentoring,sources
misto-meet,misto-one,host,offers,https://a.example
misto-meet,misto-two,participant,,https://a.example
""",
    "facts.csv": """fact_id,subject_kind,subject_id,property,value,value_number,period,quote,source_url,source_on,note,conflict_id
misto-f1,space,misto-one,capacity,до 70,70,,,https://a.example,2023,,misto-c
misto-f2,space,misto-one,capacity,до 80,80,,,https://b.example,,,misto-c
misto-f3,series,Зустрічі,frequency,щомісяця,,,,https://a.example,,,
misto-f4,city,,quote,гарне,,,,https://a.example,,,
""",  # noqa: E501 - a row is one line
}


def write(folder: Path, files: Mapping[str, str | None]) -> Path:
    folder.mkdir(parents=True)
    for name, text in {**GOOD, **files}.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str | None]:
    assert GOOD[file].count(old) >= 1, (file, old)
    return {file: GOOD[file].replace(old, new, 1)}


def problems(root: Path, files: Mapping[str, str | None]) -> tuple[PackProblem, ...]:
    folder = write(root / "misto", files)
    try:
        load_pack(folder)
    except PackError as error:
        return error.problems
    return ()


def told(root: Path, files: Mapping[str, str | None]) -> list[tuple[str, str, int | None, str | None]]:
    return [(p.code, p.file.removeprefix("misto/"), p.row, p.field) for p in problems(root, files)]


@pytest.fixture
def pack(tmp_path: Path) -> CityPack:
    return load_pack(write(tmp_path / "misto", {}))


# --- what a pack yields ---------------------------------------------------------------------------


def test_tables_conform_and_are_the_city_s_share_of_the_contract(pack: CityPack) -> None:
    assert set(pack.tables) == set(contract.TABLES) - {
        "people",
        "registrations",
        "proposals",
        "monthly_returns",
        "sources",
        "row_issues",
    }
    for name, frame in pack.tables.items():
        pd.testing.assert_frame_equal(contract.TABLES[name].conform(frame), frame)


def test_spaces_get_district_check_and_location_status(pack: CityPack) -> None:
    spaces = pack.tables["spaces"].set_index("space_id")
    assert spaces.loc["misto-one", ["district_code", "district_check", "location_status"]].tolist() == [
        WEST,
        "agree",
        "point",
    ]
    assert spaces.loc["misto-two", ["district_check", "location_status"]].tolist() == ["none", "unknown"]
    assert spaces.loc[["misto-two"], ["district_code", "capacity_count", "lat_deg", "opened_on"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("stated", "by_point", "expected"),
    [
        (WEST, WEST, "agree"),
        (WEST, EAST, "conflict"),
        (WEST, None, "stated_only"),
        (None, WEST, "point_only"),
        (None, None, "none"),
    ],
)
def test_district_check(stated: str | None, by_point: str | None, expected: str) -> None:
    assert district_check(stated, by_point) == expected


@pytest.mark.parametrize(
    ("old", "new", "status", "code", "check"),
    [
        ("захід,", "Східний,", "point", EAST, "conflict"),
        ("захід,", ",", "point", WEST, "point_only"),
        ("0.05,0.05", ",", "address", WEST, "stated_only"),
        ('"Street, 1",0.05,0.05', ",,", "district", WEST, "stated_only"),
    ],
)
def test_location_as_stated(tmp_path: Path, old: str, new: str, status: str, code: str, check: str) -> None:
    spaces = load_pack(write(tmp_path / "misto", changed("spaces.csv", old, new))).tables["spaces"]
    assert spaces.loc[0, ["location_status", "district_code", "district_check"]].tolist() == [status, code, check]


def test_events_take_their_space_s_district_and_keep_their_own(pack: CityPack) -> None:
    events = pack.tables["events"].set_index("event_id")
    assert events["district_code"].to_dict() == {"misto-meet": WEST, "misto-shop": EAST}
    assert events["date_precision"].to_dict() == {"misto-meet": "day", "misto-shop": "month"}
    assert events["is_workshop"].to_dict() == {"misto-meet": False, "misto-shop": True}
    assert events.loc["misto-shop", "ends_on"] == pd.Timestamp("2018-06-30")
    assert not events["is_attendance_recorded"].any()


def test_lists_in_cells_become_rows(pack: CityPack) -> None:
    assert pack.tables["event_themes"]["theme_id"].tolist() == ["ecology", "energy"]
    assert pack.tables["event_organisations"][["role", "name"]].to_numpy().tolist() == [
        ["organiser", "Рада"],
        ["partner", "A"],
        ["partner", "B"],
    ]


def test_names_and_aliases_are_keyed_by_their_folded_text(pack: CityPack) -> None:
    assert pack.district_aliases == {
        fold(name): code
        for name, code in [
            ("Західний", WEST),
            ("Zakhidnyi", WEST),
            ("Западный", WEST),
            ("Захід", WEST),
            ("Східний", EAST),
            ("Skhidnyi", EAST),
        ]
    }
    assert pack.theme_aliases[fold("ДОВКІЛЛЯ")] == "ecology"
    assert pack.space_aliases[fold("first")] == "misto-one"
    assert pack.network_aliases[fold("net")] == "misto-net"
    assert fold("Один") not in pack.network_aliases


def test_boundaries_points_and_zone(pack: CityPack) -> None:
    assert pack.districts_geo.crs.to_epsg() == 4326
    assert pack.districts_geo["district_code"].tolist() == [WEST, EAST]
    assert pack.placeholder_points == ((0.07, 0.07),)
    assert pack.timezone == "Europe/Kyiv"


def test_source_accounts_for_every_row(pack: CityPack) -> None:
    sources = contract.from_records(contract.SOURCES, [pack.source])
    rows = sum(text.count("\n") - 1 for name, text in GOOD.items() if name.endswith(".csv"))
    assert sources.loc[0, "rows_read_count"] == sources.loc[0, "rows_loaded_count"] == rows
    assert sources.loc[0, ["kind", "format", "origin", "file_name"]].tolist() == [
        "city_pack",
        "city_pack",
        "fact",
        "misto",
    ]
    assert re.fullmatch("[0-9a-f]{16}", sources.loc[0, "source_id"])
    assert (pack.tables["spaces"]["source_id"] == pack.source["source_id"]).all()


def test_source_id_follows_the_data_and_not_the_page_about_it(tmp_path: Path, pack: CityPack) -> None:
    other_words = load_pack(write(tmp_path / "words" / "misto", {"SOURCES.md": "Somebody else."}))
    other_data = load_pack(write(tmp_path / "data" / "misto", changed("facts.csv", "гарне", "добре")))
    assert other_words.source["source_id"] == pack.source["source_id"]
    assert other_data.source["source_id"] != pack.source["source_id"]


def test_lists_without_rows_give_every_column(tmp_path: Path) -> None:
    headers = {
        name: GOOD[name].split("\n", 1)[0]
        for name in ("networks.csv", "spaces.csv", "events.csv", "event_spaces.csv", "facts.csv")
    }
    pack = load_pack(write(tmp_path / "misto", headers))
    for name in ("networks", "spaces", "events", "event_themes", "event_organisations", "event_spaces", "facts"):
        assert pack.tables[name].empty
        assert list(pack.tables[name].columns) == list(contract.TABLES[name].column_names)


def test_river_becomes_a_landmark(tmp_path: Path) -> None:
    river = {
        "type": "FeatureCollection",
        "attribution": "a map",
        "features": [
            {
                "type": "Feature",
                "properties": {"name_uk": "Ріка", "name_en": "Rika", "note": None},
                "geometry": {"type": "LineString", "coordinates": [[0, 0], [0.1, 0.1]]},
            }
        ],
    }
    landmarks = load_pack(write(tmp_path / "misto", {"river.geojson": json.dumps(river)})).tables["landmarks"]
    assert landmarks["name_uk"].tolist() == ["Ріка"]
    assert json.loads(landmarks.loc[0, "geometry_geojson"])["type"] == "LineString"


# --- problems of files and fields -----------------------------------------------------------------


def test_good_pack_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == ()


@pytest.mark.parametrize("name", sorted(GOOD))
def test_missing_file(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, {name: None}) == [("missing_file", name, None, None)]


def test_missing_folder_lacks_every_file(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(tmp_path / "misto")
    assert {problem.code for problem in caught.value.problems} == {"missing_file"}
    assert len(caught.value.problems) == len(GOOD)


@pytest.mark.parametrize(
    ("name", "codes"), [("spaces_old.csv", ["unknown_file"]), ("River.geojson", ["unknown_file"]), (".DS_Store", [])]
)
def test_unknown_file(tmp_path: Path, name: str, codes: list[str]) -> None:
    assert [code for code, *_ in told(tmp_path, {name: "x"})] == codes


@pytest.mark.parametrize(("name", "is_good"), [("misto", True), ("misto2", True), ("Misto", False), ("misto-2", False)])
def test_city_id(tmp_path: Path, name: str, is_good: bool) -> None:
    files = {file: text.replace("misto-", f"{name}-") for file, text in GOOD.items()}
    folder = write(tmp_path / name, files)
    if is_good:
        assert load_pack(folder).city_id == name
    else:
        with pytest.raises(PackError) as caught:
            load_pack(folder)
        assert "bad_city_id" in {problem.code for problem in caught.value.problems}


def test_encoding(tmp_path: Path) -> None:
    folder = write(tmp_path / "misto", {})
    (folder / "themes.csv").write_bytes(GOOD["themes.csv"].encode("utf-8-sig"))
    assert load_pack(folder).theme_aliases
    (folder / "themes.csv").write_bytes(GOOD["themes.csv"].encode("cp1251"))
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert [(p.code, p.file) for p in caught.value.problems] == [("not_utf8", "misto/themes.csv")]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("themes.csv", "rank,aliases", "rank,alias", [("missing_field", 1, "aliases"), ("unknown_field", 1, "alias")]),
        ("themes.csv", "rank,aliases", "rank,aliases,rank", [("duplicate_field", 1, "rank")]),
        ("themes.csv", "2,\n", "2,,\n", [("broken_line", 3, None)]),
        ("themes.csv", "2,\n", '2,"x\n', [("broken_line", 3, None)]),
        ("themes.csv", "2,\n", "2,\n\n,,,,\n", []),
        ("themes.csv", "Енергоощадність", " ", [("missing_value", 3, "name_uk")]),
        ("themes.csv", "energy", "Energy", [("bad_value", 3, "theme_id")]),
        ("spaces.csv", "misto-two,Другий,,,coworking", "misto-two,Другий,,,caféteria", [("not_allowed", 3, "kind")]),
        ("spaces.csv", "40", "сорок", [("bad_value", 2, "capacity_count")]),
        ("spaces.csv", "40", "-1", [("bad_value", 2, "capacity_count")]),
        ("spaces.csv", "40", "0", []),
        ("spaces.csv", "2020-03-03", "03.03.2020", [("bad_value", 2, "opened_on")]),
        ("spaces.csv", "2020-03-03", "20200303", [("bad_value", 2, "opened_on")]),
        ("spaces.csv", "2020-03-03", "2020-02-30", [("bad_value", 2, "opened_on")]),
        ("spaces.csv", "2020-03-03", "2020-02-29", []),
        ("spaces.csv", ",,https://a.example\n", ",,\n", [("missing_value", 2, "sources")]),
        ("events.csv", "yes", "так", [("bad_value", 3, "is_workshop")]),
        ("districts.csv", WEST, "UA0000000000000001", [("bad_value", 2, "district_code")]),
        ("districts.csv", WEST, "8036100000", [("bad_value", 2, "district_code")]),
        ("districts.csv", WEST, f"{WEST}0", [("bad_value", 2, "district_code")]),
        ("districts.csv", "office,123", "office,0", [("bad_value", 2, "area_km2")]),
        ("city.toml", "zoom = 11", "zoom = 0", [("out_of_range", None, "zoom")]),
        ("city.toml", "zoom = 11", "zoom = 1", []),
        ("city.toml", "zoom = 11", "zoom = 18", []),
        ("city.toml", "zoom = 11", "zoom = 19", [("out_of_range", None, "zoom")]),
        ("city.toml", "zoom = 11", "zoom = 11\ncolour = 1", [("unknown_field", None, "colour")]),
        ("city.toml", "zoom = 11\n", "", [("missing_field", None, "zoom")]),
        ("city.toml", "zoom = 11", "zoom", [("bad_toml", None, None)]),
        ("city.toml", "Europe/Kyiv", "Europe/Lviv", [("bad_timezone", None, "timezone")]),
        ("city.toml", "Europe/Kyiv", "../etc", [("bad_timezone", None, "timezone")]),
        ("city.toml", "Europe/Kyiv", "UTC", []),
        ("city.toml", "lat_deg = 0.05", "lat_deg = 90", []),
        ("city.toml", "lat_deg = 0.05", "lat_deg = 90.1", [("out_of_range", None, "lat_deg")]),
        ("city.toml", "lon_deg = 0.1", "lon_deg = -180.1", [("out_of_range", None, "lon_deg")]),
        ("city.toml", "[[0.07, 0.07]]", "[[90.0, 180]]", []),
        ("city.toml", "[[0.07, 0.07]]", "[[90.1, 180]]", [("bad_value", None, "placeholder_points")]),
        ("city.toml", "[[0.07, 0.07]]", "[0.07]", [("bad_value", None, "placeholder_points")]),
        ("city.toml", "placeholder_points = [[0.07, 0.07]]", "", [("missing_field", None, "placeholder_points")]),
    ],
)
def test_fields_and_cells(
    tmp_path: Path, file: str, old: str, new: str, expected: list[tuple[str, int | None, str | None]]
) -> None:
    found = [(code, row, field) for code, place, row, field in told(tmp_path, changed(file, old, new)) if place == file]
    # A district whose code cannot be read is also a boundary without district: told of the other file.
    assert found == expected


# --- problems between rows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("themes.csv", "2,\n", "1,\n", [("duplicate_id", 3, "rank")]),
        ("spaces.csv", "misto-two", "misto-one", [("duplicate_id", 3, "space_id")]),
        ("event_spaces.csv", "misto-two", "misto-one", [("duplicate_id", 3, "event_id, space_id")]),
        ("facts.csv", "misto-f2", "misto-f1", [("duplicate_id", 3, "fact_id")]),
        ("facts.csv", "misto-f2", "kyiv-f2", [("bad_value", 3, "fact_id")]),
        ("districts.csv", "; Захід", "; Східний", [("alias_taken", 3, "name_uk")]),
        ("districts.csv", "; Захід", "; СХІДНИЙ!", [("alias_taken", 3, "name_uk")]),
        ("districts.csv", "; Захід", "; Західний", []),
        ("districts.csv", "; Захід", "; …", [("empty_alias", 2, "aliases")]),
        ("spaces.csv", "misto-two,Другий,,", "misto-two,Другий,,Один", [("alias_taken", 3, "aliases")]),
        ("themes.csv", "2,\n", "2,довкілля\n", [("alias_taken", 3, "aliases")]),
        ("spaces.csv", "misto-net", "misto-nat", [("unknown_reference", 2, "network_id")]),
        ("spaces.csv", "захід,", "Північний,", [("unknown_reference", 2, "district")]),
        ("events.csv", "Східний", "Північний", [("unknown_reference", 3, "district")]),
        ("events.csv", "misto-one", "misto-six", [("unknown_reference", 2, "space_id")]),
        ("events.csv", "ecology; energy", "ecology; sport", [("unknown_reference", 2, "themes")]),
        ("event_spaces.csv", "misto-meet", "misto-mist", [("unknown_reference", 2, "event_id")]),
        ("event_spaces.csv", "misto-two", "misto-six", [("unknown_reference", 3, "space_id")]),
        ("facts.csv", "misto-one", "misto-six", [("unknown_reference", 2, "subject_id")]),
        ("facts.csv", "Зустрічі", "Вечори", [("unknown_reference", 4, "subject_id")]),
        ("facts.csv", "Зустрічі", "", [("missing_value", 4, "subject_id")]),
        ("facts.csv", "city,,", "city,misto,", [("unknown_reference", 5, "subject_id")]),
        ("facts.csv", "misto-c\nmisto-f2", "\nmisto-f2", [("lone_conflict", 3, "conflict_id")]),
        ("districts.csv", "office", "", [("population_without_source", 2, "population_source")]),
        ("districts.csv", "1000,2020-01-01", ",2020-01-01", [("population_without_source", 2, "population_count")]),
        ("districts.csv", "2020-01-01", "", []),
        ("spaces.csv", "0.05,0.05", "0.05,", [("half_point", 2, "lon_deg")]),
        ("spaces.csv", "0.05,0.05", "0.07,0.07", [("placeholder_point", 2, "lat_deg, lon_deg")]),
        ("spaces.csv", "0.05,0.05", "0.09,0.09", []),
        ("spaces.csv", "0.05,0.05", "0.11,0.05", [("outside_city", 2, "lat_deg, lon_deg")]),
        ("spaces.csv", "0.05,0.05", "91,0.05", [("out_of_range", 2, "lat_deg"), ("half_point", 2, "lat_deg")]),
        ("spaces.csv", "2020-03-03,", "2020-03-03,2020-03-02", [("ends_before_start", 2, "closed_on")]),
        ("spaces.csv", "2020-03-03,", "2020-03-03,2020-03-03", []),
        ("spaces.csv", "2020-03-03,", "2020-03-03,2020-03-04", []),
        ("events.csv", "2023-02-14,day", "2023-02-13,day", [("ends_before_start", 2, "ends_on")]),
        ("events.csv", "2023-02-14,day", "2023-02-15,day", []),
        ("events.csv", "2018-06-01", "2018-06-02", [("precision_mismatch", 3, "starts_on")]),
        ("events.csv", "2018-06-30", "2018-06-29", [("precision_mismatch", 3, "ends_on")]),
        (
            "events.csv",
            "2018-06-30,month",
            "2018-06-30,year",
            [("precision_mismatch", 3, "starts_on"), ("precision_mismatch", 3, "ends_on")],
        ),
        ("events.csv", "2018-06-01,2018-06-30,month", "2018-01-01,2018-12-31,year", []),
        ("events.csv", "space,misto-one", "space,", [("place_mismatch", 2, "space_id")]),
        ("events.csv", "space,misto-one", "unknown,misto-one", [("place_mismatch", 2, "space_id")]),
        ("events.csv", "space,misto-one", "unknown,", []),
        ("events.csv", "Площа", "", [("place_mismatch", 3, "venue_name")]),
        ("events.csv", "venue,,Площа", "online,,Площа", [("place_mismatch", 3, "venue_name")]),
        ("events.csv", "venue,,Площа", "online,,", []),
    ],
)
def test_rows_against_each_other(
    tmp_path: Path, file: str, old: str, new: str, expected: list[tuple[str, int | None, str | None]]
) -> None:
    found = [(code, row, field) for code, place, row, field in told(tmp_path, changed(file, old, new)) if place == file]
    assert found == expected


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    files = {
        **changed("themes.csv", "2,\n", "1,\n"),
        **changed("spaces.csv", "40", "сорок"),
        **changed("city.toml", "Europe/Kyiv", "Mars"),
        "facts.csv": None,
    }
    assert [code for code, *_ in told(tmp_path, files)] == ["bad_timezone", "missing_file", "bad_value", "duplicate_id"]


def test_a_missing_list_is_not_told_again_by_what_refers_to_it(tmp_path: Path) -> None:
    files = {**GOOD, "spaces.csv": None, "themes.csv": None, "districts.csv": None}
    assert {code for code, *_ in told(tmp_path, files)} == {"missing_file"}


# --- geometry -------------------------------------------------------------------------------------

BOW_TIE = {"type": "Polygon", "coordinates": [[[0.1, 0], [0.2, 0.1], [0.2, 0], [0.1, 0.1], [0.1, 0]]]}


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0.1, 0], [0.2, 0]]]},
        {"type": "Point", "coordinates": [0.1, 0]},
        {"type": "Blob", "coordinates": []},
        BOW_TIE,
    ],
)
def test_invalid_geometry(tmp_path: Path, geometry: object) -> None:
    files = {"districts.geojson": boundaries((WEST, square(0, 0)), (EAST, geometry))}
    assert told(tmp_path, files) == [("invalid_geometry", "districts.geojson", 2, "geometry")]


@pytest.mark.parametrize(("south", "is_good"), [(89.8, True), (89.9, True), (89.95, False)])
def test_ring_within_wgs84(tmp_path: Path, south: float, is_good: bool) -> None:
    found = told(tmp_path, {"districts.geojson": boundaries((WEST, square(0, 0)), (EAST, square(0.1, south)))})
    assert (("out_of_range", "districts.geojson", 2, "geometry") not in found) is is_good


@pytest.mark.parametrize(
    ("stated", "expected"), [(74.9, True), (75.0, False), (100.0, False), (125.0, False), (125.1, True)]
)
def test_area_may_differ_by_a_quarter(stated: float, expected: bool) -> None:
    assert area_differs(stated, 100.0) is expected


@pytest.mark.parametrize(("area", "codes"), [("123", []), ("12300", ["area_differs"])])
def test_area_against_boundary(tmp_path: Path, area: str, codes: list[str]) -> None:
    found = told(tmp_path, changed("districts.csv", ",,123", f",,{area}"))
    assert [code for code, *_ in found] == codes


def test_districts_and_boundaries_match(tmp_path: Path) -> None:
    third = "UA00000000000000003"
    files = {"districts.geojson": boundaries((WEST, square(0, 0)), (third, square(0.1, 0)), (WEST, square(0, 0)))}
    assert told(tmp_path, files) == [
        ("missing_boundary", "districts.csv", 3, "district_code"),
        ("unknown_reference", "districts.geojson", 2, "district_code"),
        ("duplicate_id", "districts.geojson", 3, "district_code"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("{", "bad_json", None),
        ("[]", "bad_json", None),
        (GOOD["districts.geojson"].replace("0.2", "NaN"), "bad_json", None),
        (GOOD["districts.geojson"].replace("a map", ""), "missing_field", "attribution"),
        (GOOD["districts.geojson"].replace(f'{{"district_code": "{EAST}"}}', "null"), "bad_json", None),
    ],
)
def test_geojson_form(tmp_path: Path, text: str, code: str, field: str | None) -> None:
    found = problems(tmp_path, {"districts.geojson": text})
    assert (code, field) in {(p.code, p.field) for p in found if p.file == "misto/districts.geojson"}


# --- messages -------------------------------------------------------------------------------------


def test_message_names_place_value_allowed_and_remedy_in_both_languages(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, changed("events.csv", "yes", "так"))
    assert problem.message("uk") == (
        "misto/events.csv, рядок 3, поле is_workshop: значення не читається: «так»; дозволено: yes, no. "
        "Що зробити: запишіть його в указаній формі."
    )
    assert problem.message("en") == (
        "misto/events.csv, row 3, field is_workshop: the value cannot be read: “так”; allowed: yes, no. "
        "Remedy: write it in the form shown."
    )
    assert str(PackError([problem])) == problem.message("en")


def test_messages_of_geometry_speak_of_features() -> None:
    problem = PackProblem("misto/districts.geojson", "invalid_geometry", row=2)
    assert "об’єкт 2" in problem.message("uk")
    assert "feature 2" in problem.message("en")


def test_every_explanation_has_all_its_words() -> None:
    for explanation in EXPLANATIONS.values():
        for text in (explanation.reason_uk, explanation.reason_en, explanation.fix_uk, explanation.fix_en):
            assert text
            assert not text.endswith(".")


def test_unknown_problem_code_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown problem code"):
        PackProblem("misto", "no_such_code")


# --- several packs --------------------------------------------------------------------------------


def two_cities(root: Path, second: Mapping[str, str | None]) -> Path:
    write(root / "misto", {})
    texts = {name: text.replace("misto-", "selo-").replace("UA0", "UA1") for name, text in GOOD.items()}
    write(root / "selo", {**texts, **second})
    return root


def test_packs_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    assert [pack.city_id for pack in load_packs(two_cities(tmp_path, {}))] == ["misto", "selo"]


def test_one_theme_has_one_name_everywhere(tmp_path: Path) -> None:
    root = two_cities(tmp_path, {"themes.csv": GOOD["themes.csv"].replace("Екологія", "Природа")})
    with pytest.raises(PackError) as caught:
        load_packs(root)
    assert [(p.file, p.code, p.row, p.field) for p in caught.value.problems] == [
        ("selo/themes.csv", "theme_differs", 2, "name_uk")
    ]
    assert caught.value.problems[0].allowed == "Екологія (misto)"


def test_other_themes_are_another_city_s_choice(tmp_path: Path) -> None:
    fewer = GOOD["themes.csv"].replace("довкілля", "природа")
    assert len(load_packs(two_cities(tmp_path, {"themes.csv": fewer}))) == 2


def test_a_district_belongs_to_one_city(tmp_path: Path) -> None:
    names = ("districts.csv", "districts.geojson")
    with pytest.raises(PackError) as caught:
        load_packs(two_cities(tmp_path, {name: GOOD[name] for name in names}))
    assert {problem.code for problem in caught.value.problems} == {"duplicate_id"}


def test_problems_of_all_packs_are_told_together(tmp_path: Path) -> None:
    root = two_cities(tmp_path, {"facts.csv": None})
    (root / "misto" / "themes.csv").unlink()
    with pytest.raises(PackError) as caught:
        load_packs(root)
    assert {problem.file for problem in caught.value.problems} == {"misto/themes.csv", "selo/facts.csv"}


def test_a_root_without_folders_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    with pytest.raises(PackError, match="no city's folder"):
        load_packs(tmp_path)


# --- the packs that ship --------------------------------------------------------------------------

SEED_SPACES = (
    "Dialog hub",
    "Time Hub",
    "Coach hub",
    "Dance hub / Ivent hub",
    "Вона хаб",
    "iHub",
    "Освітній ХАБ",
    "City hub",
    "Hub 4.0",
    "Media hub",
)


@pytest.fixture(scope="module")
def shipped() -> dict[str, CityPack]:
    return {pack.city_id: pack for pack in load_packs(SHIPPED)}


def test_three_cities_ship(shipped: dict[str, CityPack]) -> None:
    assert list(shipped) == ["kyiv", "lviv", "zhytomyr"]
    assert {name: len(pack.tables["districts"]) for name, pack in shipped.items()} == {
        "kyiv": 10,
        "lviv": 6,
        "zhytomyr": 2,
    }
    assert all("OpenStreetMap" in pack.tables["cities"].loc[0, "attribution"] for pack in shipped.values())


def test_blank_population_stays_blank(shipped: dict[str, CityPack]) -> None:
    lviv = shipped["lviv"].tables["districts"].set_index("name_uk")
    assert lviv["population_count"].isna().to_dict() == {name: name == "Сихівський" for name in lviv.index}
    assert lviv.loc["Шевченківський", "population_count"] == 144242
    assert pd.isna(lviv.loc["Шевченківський", "population_on"])
    kyiv = shipped["kyiv"].tables["districts"].set_index("name_uk")
    assert kyiv.loc["Солом’янський", "population_count"] == 383093
    assert kyiv["population_on"].eq(pd.Timestamp("2020-01-01")).all()


@pytest.mark.parametrize(
    ("city", "name", "district"),
    [
        ("kyiv", "Оболонь", "Оболонський"),
        ("kyiv", "Голосеевский", "Голосіївський"),
        ("kyiv", "Солом`янський", "Солом’янський"),
        ("kyiv", "Подiльський", "Подільський"),
        ("lviv", "Железнодорожный", "Залізничний"),
        ("zhytomyr", "Королёвский", "Корольовський"),
    ],
)
def test_districts_are_found_by_other_names(shipped: dict[str, CityPack], city: str, name: str, district: str) -> None:
    pack = shipped[city]
    names = pack.tables["districts"].set_index("district_code")["name_uk"]
    assert names[pack.district_aliases[fold(name)]] == district


def test_a_district_is_not_found_in_another_city(shipped: dict[str, CityPack]) -> None:
    assert fold("Сихівський") not in shipped["kyiv"].district_aliases
    shevchenkivskyi = {pack.district_aliases.get(fold("Шевченківський")) for pack in (shipped["kyiv"], shipped["lviv"])}
    assert len(shevchenkivskyi) == 2


def test_ten_spaces_of_the_meet_up_have_no_known_location(shipped: dict[str, CityPack]) -> None:
    tables = shipped["kyiv"].tables
    spaces = tables["spaces"].set_index("name_uk")
    assert (spaces.loc[list(SEED_SPACES), "location_status"] == "unknown").all()
    assert spaces.loc[list(SEED_SPACES), "district_code"].isna().all()
    meetup = tables["event_spaces"].query("event_id == 'kyiv-hub-meetup-2023-02-14'")
    assert set(meetup["space_id"]) == set(spaces.loc[list(SEED_SPACES), "space_id"])
    assert meetup.set_index("role").loc["host", "space_id"] == spaces.loc["Dialog hub", "space_id"]
    assert shipped["kyiv"].space_aliases[fold("Ivent hub")] == shipped["kyiv"].space_aliases[fold("Dance hub")]


def test_network_and_its_three_spaces(shipped: dict[str, CityPack]) -> None:
    tables = shipped["kyiv"].tables
    assert tables["networks"]["name_uk"].tolist() == ["VcentriHUB"]
    inside = tables["spaces"].query("network_id == 'kyiv-vcentrihub'").set_index("name_uk")["location_status"]
    assert inside.to_dict() == {
        "Vcentri HUB: Шевченківський": "address",
        "Vcentri HUB: Оболонь": "district",
        "Vcentri HUB: Голосіїв": "address",
    }


def test_venues_with_points_get_their_district_from_them(shipped: dict[str, CityPack]) -> None:
    tables = shipped["kyiv"].tables
    names = tables["districts"].set_index("district_code")["name_uk"]
    spaces = tables["spaces"].query("location_status == 'point'").set_index("name_uk")
    assert spaces["district_code"].map(names).to_dict() == {
        "1991 Civic Tech Center": "Печерський",
        "LIFT99 Kyiv Hub": "Голосіївський",
    }
    assert (spaces["district_check"] == "point_only").all()


@pytest.mark.parametrize(
    ("city", "conflict", "values"),
    [
        ("kyiv", "kyiv-vcentri-holosiiv-capacity", {"до 70 гостей", "до 80 осіб"}),
        ("kyiv", "kyiv-vcentri-events-2022", {"194 заходи", "115 заходів", "78 заходів"}),
        ("kyiv", "kyiv-meetup-2023-02-spaces", {"більше десяти публічних просторів", "десять названих просторів"}),
        ("zhytomyr", "zhytomyr-maisternia-first", {"уперше — 2017 року", "уперше — у вересні 2016 року"}),
    ],
)
def test_contradictions_are_kept(shipped: dict[str, CityPack], city: str, conflict: str, values: set[str]) -> None:
    facts = shipped[city].tables["facts"]
    assert set(facts.loc[facts["conflict_id"] == conflict, "value"]) == values


def test_capacity_in_dispute_is_missing(shipped: dict[str, CityPack]) -> None:
    assert shipped["kyiv"].tables["spaces"]["capacity_count"].isna().all()


def test_city_workshop_of_the_seed(shipped: dict[str, CityPack]) -> None:
    tables = shipped["zhytomyr"].tables
    event = tables["events"].set_index("event_id").loc["zhytomyr-maisternia-mista-2017"]
    assert (event["starts_on"], event["ends_on"]) == (pd.Timestamp("2017-06-12"), pd.Timestamp("2017-06-17"))
    assert event["is_workshop"]
    assert event["venue_name"] == "майданчик біля бібліотеки ім. Олега Ольжича"
    themes = tables["event_themes"].query("event_id == 'zhytomyr-maisternia-mista-2017'")["theme_id"]
    assert set(themes) == {"public_space", "urban_culture", "cycling", "ecology", "energy"}
    facts = tables["facts"].query("subject_id == 'zhytomyr-maisternia-mista-2017'").groupby("property").size()
    assert facts[["goal", "participant_group", "slogan", "registration_form", "questionnaire"]].tolist() == [
        7,
        6,
        1,
        1,
        1,
    ]


def test_month_alone_is_no_day(shipped: dict[str, CityPack]) -> None:
    events = shipped["lviv"].tables["events"].set_index("event_id")["date_precision"]
    assert events.eq("month").to_dict() == {name: name == "lviv-maisternia-mista-2018" for name in events.index}


def test_first_meeting_without_date_is_a_fact_and_no_event(shipped: dict[str, CityPack]) -> None:
    tables = shipped["kyiv"].tables
    assert tables["events"].query("series_name == 'Зустрічі хабів Києва'")["starts_on"].tolist() == [
        pd.Timestamp("2023-02-14")
    ]
    stated = tables["facts"].query("subject_id == 'Зустрічі хабів Києва'")["property"]
    assert {"first_held", "spaces_count", "frequency", "support", "goal"} <= set(stated)


def test_every_statement_has_its_source(shipped: dict[str, CityPack]) -> None:
    for pack in shipped.values():
        assert pack.tables["facts"]["source_url"].notna().all()


def test_nobody_s_contact_is_in_a_pack() -> None:
    contact = re.compile(r"@|\+38|\b097\b")
    for path in SHIPPED.glob("*/*.csv"):
        assert not contact.search(path.read_text(encoding="utf-8")), path


def test_the_page_for_new_cities_names_every_file_field_and_property() -> None:
    page = (SHIPPED / "README.md").read_text(encoding="utf-8")
    said = set(re.findall(r"[a-z0-9_]+(?:\.[a-z]+)?", page))
    fields = {field.name for listed in (CITY_FIELDS, *FIELDS.values()) for field in listed}
    assert fields | set(FACT_PROPERTIES) | set(FIELDS) | {"placeholder_points", "city.toml"} <= said


# --- marks on the axes of time ----------------------------------------------------------------------

MARKS = """starts_on,ends_on,kind,text_uk,text_en,sources
2025-10-10,2025-10-12,blackout,Тривалі відключення,Long power cuts,https://a.example
2025-09-01,,other,Початок року,,https://a.example
"""


def test_marks_of_a_pack_are_read_and_a_pack_without_them_has_none(tmp_path: Path, pack: CityPack) -> None:
    found = load_pack(write(tmp_path / "inshe" / "misto", {"annotations.csv": MARKS})).tables["annotations"]
    assert list(found["kind"]) == ["other", "blackout"]
    assert list(found["text_en"].fillna("")) == ["", "Long power cuts"]
    assert set(found["origin"]) == {"fact"}
    assert pack.tables["annotations"].empty


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "field"),
    [
        ("blackout", "flood", "not_allowed", 2, "kind"),
        ("2025-10-10", "10.10.2025", "bad_value", 2, "starts_on"),
        ("2025-10-12", "2025-10-09", "ends_before_start", 2, "ends_on"),
        ("Початок року", "", "missing_value", 3, "text_uk"),
        ("2025-09-01,,other,Початок року", "2025-10-10,,blackout,Тривалі відключення", "duplicate_id", 3, None),
        ("text_en,", "text_pl,", "missing_field", 1, "text_en"),
    ],
)
def test_what_is_wrong_with_a_mark_is_told_with_file_row_and_field(tmp_path: Path, old, new, code, row, field) -> None:
    found = problems(tmp_path, {"annotations.csv": MARKS.replace(old, new)})
    wanted = [problem for problem in found if problem.code == code]
    assert [(problem.file, problem.row) for problem in wanted] == [("misto/annotations.csv", row)]
    assert field is None or wanted[0].field == field
    assert "annotations.csv" in wanted[0].message("uk")
    assert wanted[0].explanation.fix_uk
