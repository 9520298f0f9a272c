"""One small city: two square districts, three spaces, one known meet-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import Result
from rich.console import Console
from shapely.geometry import box, mapping
from typer.testing import CliRunner

import civicspace
from etl.commands import edge
from etl.contract import TABLES, from_records
from etl.sources.city_pack import CityPack
from etl.sources.raw import RAW_COLUMNS, Dataset
from etl.transform.events import EventCity
from etl.transform.places import Gazetteer
from etl.transform.text import fold

WEST, EAST = "UA-WEST", "UA-EAST"
SQUARES = {WEST: box(30.0, 50.0, 30.5, 51.0), EAST: box(30.5, 50.0, 31.0, 51.0)}
PACK_SOURCE = "pack000000000000"

RowsOf = Callable[..., pd.DataFrame]
Run = Callable[..., Result]

EVENTS = "Код події,Назва події,Дата,Простір\nA-1,Лекція,14.02.2026,Dialog hub\n"
SIGN_UPS = "Код події,ПІБ,Ел. пошта\nA-1,Анна Тиха,anna@example.org\n"


def folded(aliases: Mapping[str, str]) -> dict[str, str]:
    return {fold(alias): identifier for alias, identifier in aliases.items()}


DISTRICTS = folded({"Оболонський": WEST, "Оболонь": WEST, "Печерський": EAST, "Pecherskyi": EAST})
SPACES = folded({"Вона хаб": "kyiv-vona-khab", "Hub 4.0": "kyiv-hub-4-0", "Dialog hub": "kyiv-dialog-hub"})
THEMES = folded({"Екологія": "ecology", "довкілля": "ecology", "Освіта, навчання": "education"})


@pytest.fixture
def districts_geo() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"district_code": list(SQUARES)}, geometry=list(SQUARES.values()), crs="EPSG:4326")


@pytest.fixture
def gazetteer(districts_geo: gpd.GeoDataFrame) -> Gazetteer:
    return Gazetteer(
        city_id="kyiv",
        city_names=frozenset({"київ", "kyiv"}),
        district_aliases=DISTRICTS,
        space_aliases=SPACES,
        space_districts={"kyiv-vona-khab": EAST},
        districts_geo=districts_geo,
        placeholder_points=((50.4501, 30.5234),),
    )


@pytest.fixture
def city(gazetteer: Gazetteer) -> EventCity:
    return EventCity(gazetteer, THEMES, ZoneInfo("Europe/Kyiv"))


@pytest.fixture
def rows() -> RowsOf:
    """Stacked rows of a data set, as `etl.transform.rows.stack` makes them; rows are numbered from 2."""

    def make(dataset: Dataset, *records: Mapping[str, str], columns: tuple[str, ...] = ()) -> pd.DataFrame:
        names = ["city_id", "origin", "source_id", "sheet", *(columns or RAW_COLUMNS[dataset])]
        names += ["of_event_code", "of_event_title", "of_event_starts"]
        base = {"city_id": "kyiv", "origin": "own", "source_id": "s1", "sheet": "-"}
        frame = pd.DataFrame([base | record for record in records], columns=names, dtype="str")
        return frame.assign(row=pd.Series(range(2, 2 + len(records)), dtype="int64"))

    return make


@pytest.fixture
def pack_tables() -> dict[str, pd.DataFrame]:
    return small_pack_tables()


def small_pack_tables() -> dict[str, pd.DataFrame]:
    """The pack's tables, conforming to the contract."""
    of_pack = {"city_id": "kyiv", "origin": "fact", "source_id": PACK_SOURCE}
    space = {**of_pack, "kind": "hub", "district_check": "none", "location_status": "unknown"}
    records: dict[str, list[dict[str, object]]] = {
        "cities": [
            {
                "city_id": "kyiv",
                "name_uk": "Київ",
                "name_en": "Kyiv",
                "timezone": "Europe/Kyiv",
                "lat_deg": 50.5,
                "lon_deg": 30.5,
                "zoom": 10,
                "attribution": "© OpenStreetMap contributors",
            }
        ],
        "districts": [
            {
                "district_code": code,
                "city_id": "kyiv",
                "name_uk": code,
                "name_en": code,
                "area_km2": 1.0,
                "geometry_geojson": str(mapping(shape)),
            }
            for code, shape in SQUARES.items()
        ],
        "landmarks": [],
        "themes": [
            {"city_id": "kyiv", "theme_id": name, "name_uk": name, "name_en": name, "rank": rank}
            for rank, name in enumerate(("ecology", "education"), start=1)
        ],
        "networks": [{**of_pack, "network_id": "kyiv-vcentrihub", "name_uk": "VcentriHUB"}],
        "spaces": [
            {**space, "space_id": "kyiv-vona-khab", "name_uk": "Вона хаб"},
            {**space, "space_id": "kyiv-hub-4-0", "name_uk": "Hub 4.0"},
            {**space, "space_id": "kyiv-dialog-hub", "name_uk": "Dialog hub", "capacity_count": 70},
        ],
        "events": [
            {
                **of_pack,
                "event_id": "kyiv-hub-meetup-2",
                "title": "Друга зустріч хабів",
                "is_workshop": False,
                "starts_on": "2023-02-14",
                "ends_on": "2023-02-14",
                "date_precision": "day",
                "place_status": "space",
                "space_id": "kyiv-dialog-hub",
                "format": "experience_exchange",
                "status": "held",
                "is_attendance_recorded": False,
            }
        ],
        "event_themes": [],
        "event_organisations": [],
        "event_spaces": [
            {
                "event_id": "kyiv-hub-meetup-2",
                "space_id": "kyiv-dialog-hub",
                "role": "host",
                "origin": "fact",
                "source_id": PACK_SOURCE,
            }
        ],
        "facts": [],
        "annotations": [],
    }
    return {name: from_records(TABLES[name], found) for name, found in records.items()}


@pytest.fixture
def pack(pack_tables: dict[str, pd.DataFrame], districts_geo: gpd.GeoDataFrame) -> CityPack:
    return small_pack(pack_tables, districts_geo)


def small_pack(pack_tables: dict[str, pd.DataFrame], districts_geo: gpd.GeoDataFrame) -> CityPack:
    """The pack these tables make."""
    return CityPack(
        city_id="kyiv",
        timezone="Europe/Kyiv",
        tables=pack_tables,
        district_aliases=DISTRICTS,
        theme_aliases=THEMES,
        space_aliases=SPACES,
        network_aliases=folded({"VcentriHUB": "kyiv-vcentrihub"}),
        districts_geo=districts_geo,
        placeholder_points=((50.4501, 30.5234),),
        source={
            "kind": "city_pack",
            "city_id": "kyiv",
            "origin": "fact",
            "source_id": PACK_SOURCE,
            "file_name": "kyiv",
            "format": "city_pack",
            "rows_read_count": 6,
            "rows_loaded_count": 6,
            "rows_duplicate_count": 0,
            "rows_rejected_count": 0,
        },
    )


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "store" / "inbox" / "kyiv"
    folder.mkdir(parents=True)
    (folder / "події.csv").write_text(EVENTS, encoding="utf-8")
    (folder / "люди.csv").write_text(SIGN_UPS, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a store and a home of its own, on a terminal wide enough not to break sentences."""
    monkeypatch.setattr(edge, "out", Console(width=200, highlight=False))

    def call(*arguments: str, stdin: str | None = None, **environ: str) -> Result:
        env = {"CIVICSPACE_STORE": str(tmp_path / "store"), "HOME": str(tmp_path / "home")}
        empty = dict.fromkeys(("CIVICSPACE_KEY", "CIVICSPACE_KEY_FILE", "CIVICSPACE_LANG", "XDG_CONFIG_HOME"))
        return CliRunner().invoke(civicspace.app, list(arguments), input=stdin, env={**empty, **env, **environ})

    return call
