from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform import places
from etl.transform.places import Gazetteer

RowsOf = Callable[..., pd.DataFrame]


def texts(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    "text",
    [
        "Оболонський",
        "оболонський район",
        "Оболонський р-н",
        "Оболонського району",
        "в Оболонському районі"[2:],
        "м.Київ, Оболонський р-н, вулиця Печерська, 19",
        "М.КИЇВ ОБОЛОНСЬКИЙ Р-Н",
        "Оболонська РДА",
        "Оболонське УП",
        "Оболонський район міста",
        "Оболонcький",  # a Latin c
        "Оболонь",
    ],
)
def test_a_district_is_known_in_every_spelling(text: str, gazetteer: Gazetteer) -> None:
    found = places.districts(texts(text), gazetteer)
    assert found["district_code"].tolist() == ["UA-WEST"]
    assert found["stated"].tolist() == ["district"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Бровари", "outside_city"),
        ("м. Львів, Печерський район", "outside_city"),
        ("Київська область", "outside_city"),
        ("інше місто", "outside_city"),
        ("Київ", "city"),
        ("м. Київ", "city"),
        ("Болонський", "unknown"),
        ("вул. Печерська, 5", "unknown"),
        ("Оболонський чи Печерський район, Оболонський район, Печерський район", "unknown"),
        ("", "unknown"),
        ("?", "unknown"),
    ],
)
def test_what_names_no_district_of_the_city_gets_none(text: str, stated: str, gazetteer: Gazetteer) -> None:
    found = places.districts(texts(text), gazetteer)
    assert found["district_code"].isna().all()
    assert found["stated"].tolist() == [stated]


def test_a_missing_district_stays_missing(gazetteer: Gazetteer) -> None:
    found = places.districts(texts(None), gazetteer)
    assert found.isna().all(axis=None)


def test_no_texts_give_no_rows_but_all_columns(gazetteer: Gazetteer) -> None:
    found = places.districts(texts(), gazetteer)
    assert list(found) == ["district_code", "stated"]
    assert found.empty


def test_a_lost_apostrophe_does_not_lose_the_district(gazetteer: Gazetteer) -> None:
    solomian = replace(gazetteer, district_aliases={"соломянський": "UA-S"})
    found = places.districts(texts("Солом?янському", "Солом`янська РДА", "Соломянського"), solomian)
    assert found["district_code"].tolist() == ["UA-S"] * 3


@pytest.mark.parametrize("text", ["Вона хаб", "вона  ХАБ", "Вонa хаб"])
def test_a_space_is_known_by_its_name(text: str, gazetteer: Gazetteer) -> None:
    assert places.spaces(texts(text), gazetteer).tolist() == ["kyiv-vona-khab"]


def test_a_misspelt_space_is_known_only_where_a_near_match_is_asked_for(gazetteer: Gazetteer) -> None:
    misspelt = texts("Dialog hubb")
    assert places.spaces(misspelt, gazetteer).tolist() == ["kyiv-dialog-hub"]
    assert places.spaces(misspelt, gazetteer, near=False).isna().all()


@pytest.mark.parametrize("text", ["Hub 4.1", "Hub 5.0", "Диалог"])
def test_another_number_or_another_word_is_another_space(text: str, gazetteer: Gazetteer) -> None:
    assert places.spaces(texts(text), gazetteer).isna().all()


def test_two_equally_near_spaces_mean_neither(gazetteer: Gazetteer) -> None:
    twins = replace(gazetteer, space_aliases={"творчий простір обa": "a", "творчий простір обb": "b"})
    assert places.spaces(texts("творчий простір обc"), twins).isna().all()


def points(rows: RowsOf, *pairs: tuple[str | None, str | None]) -> pd.DataFrame:
    return rows(Dataset.SPACES, *({"lat": lat, "lon": lon} for lat, lon in pairs))


def test_a_point_in_the_city_gives_its_district(rows: RowsOf, gazetteer: Gazetteer) -> None:
    found, remarks = places.points(points(rows, ("50,5", "30,7")), gazetteer)
    assert found[["lat_deg", "lon_deg", "district_code"]].to_numpy().tolist() == [[50.5, 30.7, "UA-EAST"]]
    assert remarks.empty


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("0", "0", "placeholder_point"),
        ("50.4501", "30.5234", "placeholder_point"),
        ("47.37", "8.54", "outside_city"),
        ("північ", "30.7", "unread_cell"),
        ("500", "30.7", "unread_cell"),
        ("50.5", None, "unread_cell"),
    ],
)
def test_a_point_that_says_nothing_is_not_used(
    lat: str, lon: str | None, code: str, rows: RowsOf, gazetteer: Gazetteer
) -> None:
    found, remarks = places.points(points(rows, (lat, lon)), gazetteer)
    assert found[["lat_deg", "lon_deg", "district_code"]].isna().all(axis=None)
    assert remarks["code"].tolist() == [code]


def test_a_point_beside_the_placeholder_is_a_place(rows: RowsOf, gazetteer: Gazetteer) -> None:
    found, remarks = places.points(points(rows, ("50.4504", "30.5234")), gazetteer)
    assert found["district_code"].tolist() == ["UA-EAST"]
    assert remarks.empty


def test_exchanged_coordinates_are_put_right(rows: RowsOf, gazetteer: Gazetteer) -> None:
    found, remarks = places.points(points(rows, ("30.7", "50.5")), gazetteer)
    assert found[["lat_deg", "lon_deg", "district_code"]].to_numpy().tolist() == [[50.5, 30.7, "UA-EAST"]]
    assert remarks["code"].tolist() == ["swapped_point"]


@pytest.mark.parametrize(
    ("stated", "status", "district", "codes"),
    [
        ({"space": "Вона хаб"}, "space", "UA-EAST", []),
        ({"venue": "Вона хаб"}, "space", "UA-EAST", []),
        ({"space": "Вона хаб", "district": "Оболонь"}, "space", "UA-WEST", []),
        ({"space": "Кав’ярня"}, "venue", None, ["unlisted_space"]),
        ({"venue": "Кав’ярня", "district": "Оболонь"}, "venue", "UA-WEST", []),
        ({"venue": "Кав’ярня", "district": "Нірвана"}, "venue", None, ["unknown_district"]),
        ({"venue": "Кав’ярня", "lat": "50.5", "lon": "30.7"}, "venue", "UA-EAST", []),
        (
            {"venue": "Кав’ярня", "district": "Оболонь", "lat": "50.5", "lon": "30.7"},
            "venue",
            "UA-WEST",
            ["district_conflict"],
        ),
        ({"venue": "Kyiv", "lat": "50.4501", "lon": "30.5234"}, "unknown", None, ["placeholder_point"]),
        ({}, "unknown", None, []),
        ({"venue": "Онлайн"}, "online", None, []),
        ({"is_online": "yes", "lat": "-8.5211", "lon": "179.1962"}, "online", None, []),
        ({"venue": "Facebook HQ, Online", "place_country": "us"}, "online", None, []),
        ({"venue": "Zurich online and offline", "place_country": "ch"}, "outside_city", None, ["outside_city"]),
        ({"venue": "NovoCampus", "lat": "47.45", "lon": "8.56"}, "outside_city", None, ["outside_city"]),
        ({"venue": "Замок", "place_city": "Львів", "place_country": "ua"}, "outside_city", None, ["outside_city"]),
        ({"venue": "Замок", "place_city": "Київ", "place_country": "UA"}, "venue", None, []),
    ],
)
def test_where_an_event_was_held(
    stated: dict[str, str], status: str, district: str | None, codes: list[str], rows: RowsOf, gazetteer: Gazetteer
) -> None:
    found, remarks = places.event_places(rows(Dataset.EVENTS, stated), gazetteer)
    assert found["place_status"].tolist() == [status]
    assert [code if isinstance(code, str) else None for code in found["district_code"]] == [district]
    assert remarks["code"].tolist() == codes
