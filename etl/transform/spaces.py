"""Lists of spaces → ``spaces`` and ``networks`` of one city."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.contract import NETWORKS, SPACES
from etl.transform import places, vocabulary
from etl.transform.dates import dates
from etl.transform.ids import named_id
from etl.transform.numbers import counts
from etl.transform.places import Gazetteer
from etl.transform.rows import ADDRESS, Result, join_remarks, over_distinct, over_pack, remarks, settle
from etl.transform.text import clean, fold

_CONTENT = (
    *("name_uk", "name_en", "kind", "network_id", "stated_district", "address", "lat_deg", "lon_deg"),
    *("capacity_count", "opened_on", "closed_on"),
)


def spaces(
    rows: pd.DataFrame, gazetteer: Gazetteer, pack: Mapping[str, pd.DataFrame], network_aliases: Mapping[str, str]
) -> tuple[Result, dict[str, str]]:
    """Read a city's lists of spaces and lay them over those that ship with its pack.

    Args:
        rows: stacked rows of the data set ``spaces``, one city.
        gazetteer: the city, with the aliases of its pack's spaces.
        pack: the pack's ``spaces`` and ``networks``.
        network_aliases: folded alias → network_id.

    Returns:
        ``spaces`` and ``networks`` (the pack's among them), and the aliases of all spaces: folded → space_id. An
        alias that two spaces claim means neither, unless it is the pack's.
    """
    named = rows[rows["name"].notna()]
    space_id = places.spaces(named["name"], gazetteer, near=False)
    point, point_remarks = places.points(named, gazetteer)
    stated = places.districts(named["district"], gazetteer)
    kind = vocabulary.ids(named["kind"], vocabulary.SPACE_KINDS)
    capacity = counts(named["capacity"])
    opened, closed = dates(named["opened_on"]), dates(named["closed_on"])
    read = named.assign(
        space_id=space_id.where(space_id.notna(), _new_ids(named)),
        name_uk=over_distinct(named["name"], clean),
        name_en=over_distinct(named["name_en"], clean),
        kind=kind,
        network_id=_network_ids(named, network_aliases),
        stated_district=stated["district_code"],
        point_district=point["district_code"],
        address=over_distinct(named["address"], clean),
        lat_deg=point["lat_deg"],
        lon_deg=point["lon_deg"],
        capacity_count=capacity,
        opened_on=opened,
        closed_on=closed,
    )
    kept, settled = settle(read, ["space_id"], _CONTENT)
    known = pack["spaces"].rename(columns={"district_code": "stated_district"})
    taken, stays, repeats = over_pack(kept, known, ["space_id"])
    conflict = (
        taken["stated_district"].notna()
        & taken["point_district"].notna()
        & (taken["stated_district"] != taken["point_district"])
    )
    table = pd.concat([_finish(taken), stays.rename(columns={"stated_district": "district_code"})], ignore_index=True)
    said = (named["kind"].notna() & kind.isna(), "kind"), (named["capacity"].notna() & capacity.isna(), "capacity")
    days = (
        (named["opened_on"].notna() & opened.isna(), "opened_on"),
        (named["closed_on"].notna() & closed.isna(), "closed_on"),
    )
    result = Result(
        {"spaces": SPACES.conform(table), "networks": _networks(taken, pack["networks"])},
        taken[ADDRESS],
        join_remarks(
            [
                remarks(rows, rows["name"].isna(), "missing_value", "name"),
                settled,
                repeats,
                point_remarks,
                remarks(named, stated["stated"].isin(["unknown", "city"]), "unknown_district", "district"),
                remarks(named, stated["stated"] == "outside_city", "outside_city", "district"),
                remarks(taken, conflict, "district_conflict", "district"),
                *(remarks(named, mask, "unread_cell", field) for mask, field in (*said, *days)),
            ]
        ),
    )
    return result, _aliases(taken, gazetteer.space_aliases)


def _new_ids(named: pd.DataFrame) -> pd.Series:
    pairs = zip(named["city_id"], named["name"], strict=True)
    return pd.Series([named_id(city_id, name) for city_id, name in pairs], index=named.index, dtype="str")


def _network_ids(named: pd.DataFrame, aliases: Mapping[str, str]) -> pd.Series:
    known = over_distinct(named["network"], lambda text: aliases.get(fold(text)))
    city = named["city_id"].iloc[0] if len(named) else ""
    return known.where(known.notna(), over_distinct(named["network"], lambda text: named_id(city, text)))


def _finish(taken: pd.DataFrame) -> pd.DataFrame:
    """District, its check and the status of the location, from what is stated and what the point says."""
    stated, by_point = taken["stated_district"], taken["point_district"]
    check = pd.Series("none", index=taken.index, dtype="str")
    for mask, value in (
        (stated.notna(), "stated_only"),
        (by_point.notna(), "point_only"),
        (stated.notna() & by_point.notna(), "conflict"),
        (stated.notna() & (stated == by_point), "agree"),
    ):
        check = check.mask(mask, value)
    district = stated.where(stated.notna(), by_point)
    status = pd.Series("unknown", index=taken.index, dtype="str")
    for mask, value in (
        (district.notna(), "district"),
        (taken["address"].notna(), "address"),
        (taken["lat_deg"].notna(), "point"),
    ):
        status = status.mask(mask, value)
    return taken.assign(
        kind=taken["kind"].fillna("other"), district_code=district, district_check=check, location_status=status
    )[list(SPACES.column_names)]


def _networks(taken: pd.DataFrame, pack: pd.DataFrame) -> pd.DataFrame:
    """The pack's networks, and those that only lists name."""
    new = taken[taken["network"].notna() & ~taken["network_id"].isin(pack["network_id"])]
    first = new.sort_values(["network_id", "network", *ADDRESS]).drop_duplicates("network_id")
    made = pd.DataFrame(
        {
            "network_id": first["network_id"],
            "city_id": first["city_id"],
            "name_uk": over_distinct(first["network"], clean),
            "name_en": None,
            "operator": None,
            "origin": first["origin"],
            "source_id": first["source_id"],
        }
    )
    return NETWORKS.conform(pd.concat([pack, made.astype("str")], ignore_index=True))


def _aliases(taken: pd.DataFrame, pack: Mapping[str, str]) -> dict[str, str]:
    claimed: dict[str, set[str]] = {}
    for space_id, *names in taken[["space_id", "name_uk", "name_en", "aliases"]].itertuples(index=False):
        for text in names:
            for alias in () if pd.isna(text) else (text, *text.split(";")):
                claimed.setdefault(fold(alias), set()).add(space_id)
    own = {alias: ids.pop() for alias, ids in claimed.items() if alias and len(ids) == 1}
    return {**own, **pack}
