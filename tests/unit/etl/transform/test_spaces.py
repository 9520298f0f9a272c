from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform.places import Gazetteer
from etl.transform.rows import Result
from etl.transform.spaces import spaces

RowsOf = Callable[..., pd.DataFrame]
NETWORKS = {"vcentrihub": "kyiv-vcentrihub"}


@pytest.fixture
def read(
    rows: RowsOf, gazetteer: Gazetteer, pack_tables: Mapping[str, pd.DataFrame]
) -> Callable[..., tuple[Result, dict[str, str]]]:
    def run(*records: Mapping[str, str]) -> tuple[Result, dict[str, str]]:
        return spaces(rows(Dataset.SPACES, *records), gazetteer, pack_tables, NETWORKS)

    return run


Read = Callable[..., tuple[Result, dict[str, str]]]


def space(result: Result, space_id: str) -> dict[str, object]:
    table = result.tables["spaces"]
    (found,) = table[table["space_id"] == space_id].to_dict("records")
    return {str(name): None if pd.isna(value) else value for name, value in found.items()}


def test_no_list_leaves_the_packs_spaces(read: Read) -> None:
    result, aliases = read()
    assert len(result.tables["spaces"]) == 3
    assert result.loaded.empty
    assert aliases["вона хаб"] == "kyiv-vona-khab"


def test_a_new_space(read: Read) -> None:
    result, aliases = read(
        {
            "name": "Тиха Зала",
            "aliases": "Тиха; Quiet hall",
            "kind": "бібліотека",
            "network": "Мережа зал",
            "district": "Оболонь",
            "lat": "50.5",
            "lon": "30.2",
            "capacity": "40",
            "opened_on": "01.02.2020",
        }
    )
    found = space(result, "kyiv-tykha-zala")
    assert found["kind"] == "library"
    assert found["network_id"] == "kyiv-merezha-zal"
    assert (found["district_code"], found["district_check"], found["location_status"]) == ("UA-WEST", "agree", "point")
    assert found["capacity_count"] == 40
    assert found["opened_on"] == pd.Timestamp("2020-02-01")
    assert "kyiv-merezha-zal" in result.tables["networks"]["network_id"].tolist()
    assert aliases["quiet hall"] == aliases["тиха"] == "kyiv-tykha-zala"
    assert result.remarks.empty


@pytest.mark.parametrize(
    ("stated", "district", "check", "status", "codes"),
    [
        ({}, None, "none", "unknown", []),
        ({"district": "Оболонь"}, "UA-WEST", "stated_only", "district", []),
        ({"address": "вул. Тиха, 1"}, None, "none", "address", []),
        ({"lat": "50.5", "lon": "30.7"}, "UA-EAST", "point_only", "point", []),
        ({"district": "Оболонь", "lat": "50.5", "lon": "30.7"}, "UA-WEST", "conflict", "point", ["district_conflict"]),
        ({"lat": "0", "lon": "0"}, None, "none", "unknown", ["placeholder_point"]),
        ({"lat": "47.3", "lon": "8.5"}, None, "none", "unknown", ["outside_city"]),
        ({"district": "Нірвана"}, None, "none", "unknown", ["unknown_district"]),
        ({"capacity": "понад 30"}, None, "none", "unknown", ["unread_cell"]),
    ],
)
def test_what_is_known_of_the_place(
    stated: dict[str, str], district: str | None, check: str, status: str, codes: list[str], read: Read
) -> None:
    result, _ = read({"name": "Тиха Зала", **stated})
    found = space(result, "kyiv-tykha-zala")
    assert (found["district_code"], found["district_check"], found["location_status"]) == (district, check, status)
    assert result.remarks["code"].tolist() == codes


def test_a_citys_own_row_completes_the_packs_space(read: Read) -> None:
    result, _ = read({"name": "Dialog hub", "address": "вул. Тиха, 1"})
    found = space(result, "kyiv-dialog-hub")
    assert (found["address"], found["capacity_count"], found["origin"]) == ("вул. Тиха, 1", 70, "own")
    assert (found["kind"], found["location_status"]) == ("hub", "address")
    assert len(result.tables["spaces"]) == 3


def test_the_demonstration_invents_nothing_about_a_real_space(read: Read) -> None:
    result, _ = read({"name": "Dialog hub", "address": "вул. Тиха, 1", "origin": "demo"})
    found = space(result, "kyiv-dialog-hub")
    assert (found["address"], found["origin"]) == (None, "fact")
    assert result.remarks["code"].tolist() == ["duplicate_row"]


def test_a_row_without_a_name_is_left_out(read: Read) -> None:
    result, _ = read({"address": "вул. Тиха, 1"})
    assert result.remarks[["field", "code"]].to_numpy().tolist() == [["name", "missing_value"]]
    assert result.loaded.empty


def test_an_alias_of_two_spaces_means_neither_but_the_packs_stays(read: Read) -> None:
    _, aliases = read({"name": "Зала А", "aliases": "Зала; Вона хаб"}, {"name": "Зала Б", "aliases": "Зала"})
    assert "зала" not in aliases
    assert aliases["вона хаб"] == "kyiv-vona-khab"
