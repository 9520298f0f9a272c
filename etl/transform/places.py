"""Texts and coordinates of places → districts and spaces of one city."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd
from rapidfuzz import fuzz, process

from etl import geo
from etl.transform.numbers import parse_number
from etl.transform.rows import join_remarks, over_distinct, remarks
from etl.transform.text import fold

NEAR_MATCH: Final = 92
"""Least likeness (0–100) at which a misspelt name of a space is taken for the listed one."""

_FEWEST_LETTERS_TO_BE_NEAR: Final = 6
_NUMBERS: Final = re.compile(r"\d+")
_COMMA: Final = re.compile(r"[,;()]| - ")
_DISTRICT_WORD: Final = re.compile(r"\b(?:район\w*|р ?н|рда|уп|raion|rayon|district)\b")
_NOISE: Final = re.compile(
    r"\b(?:район\w*|р ?н|рда|уп|raion|rayon|district|м|місто|міста|місті|г|город|города|city|the|of|україна|ukraine)\b"
)
_ENDING: Final = re.compile(r"(ськ|цьк|зьк|ск|цк)(?:ий|ого|ому|им|ім|ом|а|ої|ій|у|ою|е|ая|ой|ое)$")
_OUTSIDE: Final = re.compile(
    r"\b(?:інше місто|інша область|інший населений пункт|област\w*|обл|за межами|за містом|передміст\w*|село|смт|"
    r"another city|other city|outside|abroad|за кордоном|oblast|region)\b"
)
_ONLINE: Final = re.compile(r"\b(?:online|on line|онлайн\w*|zoom|зум|google meet|webinar|вебінар\w*)\b")
_OFFLINE: Final = re.compile(r"\b(?:offline|офлайн\w*|оффлайн\w*)\b")
_UNKNOWN_VENUE: Final = frozenset({"", "tbd", "tba", "уточнюється", "буде повідомлено", "невідомо", "n a"})
_OF_UKRAINE: Final = frozenset({"ua", "ukr", "ukraine", "україна", "украина"})

# Regional centres and the towns around the three shipped cities: a home there is outside the city, not a misspelling.
_TOWNS: Final = (
    "Київ, Львів, Житомир, Вінниця, Дніпро, Донецьк, Запоріжжя, Івано-Франківськ, Кропивницький, Луганськ, Луцьк, "
    "Миколаїв, Одеса, Полтава, Рівне, Суми, Тернопіль, Ужгород, Харків, Херсон, Хмельницький, Черкаси, Чернівці, "
    "Чернігів, Сімферополь, Севастополь, Маріуполь, Кривий Ріг, Кременчук, Біла Церква, Бровари, Бориспіль, Буча, "
    "Ірпінь, Гостомель, Вишневе, Боярка, Васильків, Вишгород, Обухів, Українка, Фастів, Софіївська Борщагівка, "
    "Петропавлівська Борщагівка, Крюківщина, Чабани, Коцюбинське, Ворзель, Бердичів, Коростишів, Коростень, "
    "Новогуйвинське, Звягель, Малин, Радомишль, Дубляни, Пустомити, Городок, Стрий, Дрогобич, Сокільники, Жовква, "
    "Kyiv, Lviv, Zhytomyr, Kharkiv, Odesa, Dnipro, Brovary, Irpin, Bucha, Boryspil"
)
TOWNS: Final = frozenset("".join(fold(town).split()) for town in _TOWNS.split(", "))


@dataclass(frozen=True, kw_only=True)
class DistrictNames:
    """What texts about districts of one city are resolved against. A district is never sought outside its city."""

    city_names: frozenset[str]
    """Folded names of the city itself."""
    district_aliases: Mapping[str, str]
    """Folded alias → district_code."""


@dataclass(frozen=True, kw_only=True)
class Gazetteer(DistrictNames):
    """What the texts of one city about places are resolved against."""

    city_id: str
    space_aliases: Mapping[str, str]
    """Folded alias → space_id."""
    space_districts: Mapping[str, str]
    """space_id → district_code, where it is known."""
    districts_geo: gpd.GeoDataFrame
    placeholder_points: tuple[tuple[float, float], ...]


def districts(texts: pd.Series, gazetteer: DistrictNames) -> pd.DataFrame:
    """The district that each text states.

    Args:
        texts: anything from «Оболонь» to «м.Київ, Оболонський р-н, вул. Озерна, 1», or missing.
        gazetteer: the city.

    Returns:
        On the same index, ``district_code`` and ``stated``: ``district``, ``outside_city``, ``city`` (only the city
        is named), ``unknown`` or missing. A near miss is not guessed at.
    """
    aliases = _district_forms(gazetteer.district_aliases)
    towns = TOWNS - gazetteer.city_names
    own_name = re.compile(rf"\b(?:{'|'.join(sorted(gazetteer.city_names))})\b")

    def of(text: str) -> str | None:
        parts = [fold(part) for part in _COMMA.split(text)]
        if towns.intersection(_plain(part) for part in parts):
            return "outside_city"
        # Only the part that says «район» can name one in an address: streets bear the same names.
        said = [part for part in parts if _DISTRICT_WORD.search(part)] or [fold(text), *parts]
        found = {aliases[form] for part in said for form in _forms(own_name.sub(" ", part)) if form in aliases}
        if len(found) == 1:
            return found.pop()
        if _OUTSIDE.search(fold(text)):
            return "outside_city"
        if gazetteer.city_names.intersection((*parts, *map(_plain, parts))):
            return "city"
        return "unknown"

    found = over_distinct(texts, of)
    is_code = found.isin(list(gazetteer.district_aliases.values()))
    return pd.DataFrame(
        {"district_code": found.where(is_code), "stated": found.mask(is_code, "district")}, index=texts.index
    ).astype("str")


def points(rows: pd.DataFrame, gazetteer: Gazetteer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coordinates that can be used.

    Args:
        rows: address, ``lat`` and ``lon`` as text.
        gazetteer: the city.

    Returns:
        On the same index, ``lat_deg``, ``lon_deg`` (missing unless the point lies in the city), ``district_code`` of
        the point and ``is_outside``; and remarks: ``unread_cell``, ``placeholder_point``, ``swapped_point``,
        ``outside_city``.
    """
    found = pd.DataFrame(
        {"lat_deg": _degrees(rows["lat"], 90), "lon_deg": _degrees(rows["lon"], 180)}, index=rows.index
    )
    stated = rows["lat"].notna() | rows["lon"].notna()
    is_read = found.notna().all(axis=1)
    placeholder = is_read & geo.is_placeholder(found, gazetteer.placeholder_points)
    code = geo.district_of_points(found, gazetteer.districts_geo)
    turned = found.rename(columns={"lat_deg": "lon_deg", "lon_deg": "lat_deg"})[["lat_deg", "lon_deg"]]
    turned_code = geo.district_of_points(turned.where(code.isna()), gazetteer.districts_geo)
    swapped = turned_code.notna() & ~placeholder
    found = found.where(~swapped, turned)
    code = code.where(~swapped, turned_code).mask(placeholder)
    outside = is_read & code.isna() & ~placeholder
    return (
        found.where(code.notna()).assign(district_code=code.astype("str"), is_outside=outside),
        join_remarks(
            [
                remarks(rows, stated & ~is_read, "unread_cell", "lat"),
                remarks(rows, placeholder, "placeholder_point", "lat"),
                remarks(rows, swapped, "swapped_point", "lat"),
                remarks(rows, outside, "outside_city", "lat"),
            ]
        ),
    )


def spaces(texts: pd.Series, gazetteer: Gazetteer, *, near: bool = True) -> pd.Series:
    """The listed space that each text names.

    Args:
        texts: name of a space as written, or missing.
        gazetteer: the city.
        near: also take the one listed name that is at least `NEAR_MATCH` alike and has the same numbers in it.

    Returns:
        ``space_id`` on the same index; missing where no space, or more than one, is meant.
    """
    aliases = gazetteer.space_aliases

    def of(text: str) -> str | None:
        folded = fold(text)
        if folded in aliases or not near or len(folded) < _FEWEST_LETTERS_TO_BE_NEAR:
            return aliases.get(folded)
        alike = process.extract(folded, list(aliases), scorer=fuzz.ratio, score_cutoff=NEAR_MATCH, limit=None)
        # «Бібліотека № 12» is as like № 13 as a misprint is like the right name.
        numbers = _NUMBERS.findall(folded)
        best: dict[str, float] = {}
        for alias, score, _ in alike:
            if _NUMBERS.findall(alias) == numbers:
                best[aliases[alias]] = max(score, best.get(aliases[alias], 0.0))
        top = [space_id for space_id, score in best.items() if score == max(best.values())]
        return top[0] if len(top) == 1 else None

    return over_distinct(texts, of)


def event_places(rows: pd.DataFrame, gazetteer: Gazetteer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Where events were held.

    Args:
        rows: address and the raw columns ``space``, ``venue``, ``address``, ``place_city``, ``place_country``,
            ``district``, ``lat``, ``lon``, ``is_online`` (``yes``, ``no`` or missing).
        gazetteer: the city.

    Returns:
        On the same index ``place_status``, ``space_id``, ``venue_name``, ``district_code`` as in the contract's
        ``events``; and remarks. The district is the stated one, else the point's, else the space's; an event online
        or outside the city has none.
    """
    space_id = spaces(rows["space"], gazetteer)
    space_id = space_id.where(space_id.notna(), spaces(rows["venue"], gazetteer, near=False))
    unlisted = rows["space"].notna() & space_id.isna()
    venue = rows["space"].where(unlisted, rows["venue"])
    folded = over_distinct(venue, fold).fillna("")
    city_names = list(gazetteer.city_names)
    is_named = venue.notna() & ~folded.isin([*_UNKNOWN_VENUE, *city_names])

    point, point_remarks = points(rows, gazetteer)
    stated = districts(rows["district"], gazetteer)
    is_online = (rows["is_online"] == "yes") | (
        folded.str.contains(_ONLINE) & ~folded.str.contains(_OFFLINE) & space_id.isna()
    )
    abroad = rows["place_country"].notna() & ~over_distinct(rows["place_country"], fold).isin(list(_OF_UKRAINE))
    other_city = over_distinct(rows["place_city"], fold)
    elsewhere = other_city.notna() & ~other_city.isin(city_names)
    is_outside = (abroad | elsewhere | point["is_outside"] | (stated["stated"] == "outside_city")) & space_id.isna()
    is_place = is_named | rows["address"].notna() | point["lat_deg"].notna()

    status = pd.Series("unknown", index=rows.index, dtype="str")
    for mask, value in (
        (stated["district_code"].notna() | is_place, "venue"),
        (is_outside, "outside_city"),
        (space_id.notna(), "space"),
        (is_online, "online"),
    ):
        status = status.mask(mask, value)

    own_district = space_id.map(dict(gazetteer.space_districts)).astype("str")
    district = stated["district_code"]
    for other in (point["district_code"], own_district):
        district = district.where(district.notna(), other)
    in_city = status.isin(["space", "venue", "unknown"])
    conflict = (
        in_city
        & stated["district_code"].notna()
        & point["district_code"].notna()
        & (stated["district_code"] != point["district_code"])
    )
    # A tool's own point for "online" says nothing of the place, so it calls for no remark.
    of_places = point_remarks[~_among(point_remarks, rows[is_online])]
    said_outside = _among(rows, of_places[of_places["code"] == "outside_city"])
    return (
        pd.DataFrame(
            {
                "place_status": status,
                "space_id": space_id,
                "venue_name": venue.where(is_named & ~is_online & space_id.isna()),
                "district_code": district.where(in_city),
            },
            index=rows.index,
        ),
        join_remarks(
            [
                of_places,
                remarks(rows, (status == "outside_city") & ~said_outside, "outside_city", "place_city"),
                remarks(rows, stated["stated"].isin(["unknown", "city"]), "unknown_district", "district"),
                remarks(rows, conflict, "district_conflict", "district"),
                remarks(rows, unlisted & ~is_online, "unlisted_space", "space"),
            ]
        ),
    )


def _among(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Whether a row's address is among the addresses of other rows."""
    address = ["source_id", "sheet", "row"]
    others_at = pd.MultiIndex.from_frame(others[address])
    return pd.Series(pd.MultiIndex.from_frame(rows[address]).isin(others_at), index=rows.index)


def _degrees(texts: pd.Series, most: int) -> pd.Series:
    numbers = {text: parse_number(str(text)) for text in texts.dropna().unique()}
    found = texts.map(numbers).astype("float64")
    return found.where(found.abs() <= most)


def _district_forms(aliases: Mapping[str, str]) -> dict[str, str]:
    """Every form of every alias → district_code; a form that two districts share names neither."""
    meant: dict[str, set[str]] = {}
    for alias, code in aliases.items():
        for form in _forms(alias):
            meant.setdefault(form, set()).add(code)
    return {form: codes.pop() for form, codes in meant.items() if len(codes) == 1}


def _forms(folded: str) -> set[str]:
    """Spellings under which a district's name is compared: as it is, without words beside it, in its first case."""
    plain = _plain(folded)
    return {form for form in (folded, plain, _nominative(plain)) if form}


def _plain(folded: str) -> str:
    """Without «район», «м.» and the like, and in one word: a lost apostrophe may have left a blank."""
    return "".join(_NOISE.sub(" ", folded).split())


def _nominative(plain: str) -> str:
    return _ENDING.sub(r"\1ий", plain)
