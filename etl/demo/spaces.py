"""Invented spaces and networks: where they are, since when, and how each keeps its lists."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import shapely

from etl.demo.chance import Floats, apportion, objects, shares, stream
from etl.demo.city import DemoCity, DemoDistrict
from etl.demo.people import transliterate
from etl.demo.words import KIND_NAMES, MUNICIPAL_HUB, NETWORK_KINDS, NETWORK_NAMES, SPACE_NAMES, STREET

TOOLS: Final = ("google_forms", "pretix", "eventbrite", "luma", "none")
SHEETS: Final = ("cp1251", "utf8", "xlsx")
"""How a sender keeps its list of events: CSV in Windows-1251 with semicolons, CSV in UTF-8 with BOM, a workbook."""

_SPACES_PER_NETWORK: Final = 12
_NETWORK_SHARE: Final = 0.45
"""Share of the spaces that belong to some network."""

_INDEPENDENT_KINDS: Final = ("hub", "coworking", "library", "youth_centre", "business_hub", "culture_centre", "other")
_KIND_WEIGHTS: Final = (34.0, 20.0, 12.0, 10.0, 10.0, 9.0, 5.0)
_CAPACITIES: Final = (20, 30, 40, 50, 60, 80, 100, 120, 150)


def invent_spaces(city: DemoCity, seed: int, start: date, until: date) -> pd.DataFrame:
    """The city's spaces, municipal network first.

    Args:
        city: the city.
        seed: seed of the demonstration.
        start: first day of the period; about half of the spaces are older.
        until: last day of the period; the network grows up to it.

    Returns:
        One row a space, by ``space_no`` (the index, from 0): ``name_uk``, ``name_en`` (missing for some), ``alias``
        (the name without its kind), ``kind``, ``network`` (missing for independent ones), ``sender`` (who sends its
        lists: position of the first space of the network, or its own), ``sender_name``, ``district`` (position in
        ``city.districts``), ``stated_district`` (what its list says: another one in a single case, -1 for nothing),
        ``address``, ``lat_deg``, ``lon_deg`` (WGS 84), ``stated_place`` (what its list says of the place: point,
        placeholder, address, district or nothing), ``capacity_count`` (missing for some), ``opened_on``, ``closed_on``,
        ``tool`` (see `TOOLS`), ``sheet`` (see `SHEETS`), ``has_presence`` (its forms have a column for who came),
        ``size`` (weight of its share of events; 0 for a space without any).
    """
    rng = stream(seed, city.city_id, "spaces")
    count = city.scale.spaces
    network = _networks(count)
    kind = [
        NETWORK_KINDS[number] if number >= 0 else str(rng.choice(_INDEPENDENT_KINDS, p=shares(_KIND_WEIGHTS)))
        for number in network
    ]
    names = [SPACE_NAMES[number % len(SPACE_NAMES)] for number in rng.permutation(max(count, len(SPACE_NAMES)))[:count]]
    district = _districts(rng, city, network)
    repeat = ["" if turn == 0 else f" {turn + 1}" for turn in pd.Series(district).groupby(district).cumcount()]
    points = np.array([_point_inside(rng, city.districts[position]) for position in district]).reshape(-1, 2)
    senders = [network.index(number) if number >= 0 else space for space, number in enumerate(network)]
    frame = pd.DataFrame(
        {
            "name_uk": [
                f"{MUNICIPAL_HUB}: {city.districts[place].name_uk} район{again}"
                if number == 0
                else f"{KIND_NAMES[what][0]} «{name}»"
                for number, what, name, place, again in zip(network, kind, names, district, repeat, strict=True)
            ],
            "name_en": [
                f"Orientyr Hub: {city.districts[place].name_en}{again}"
                if number == 0
                else f"{transliterate(name).title()} {KIND_NAMES[what][1]}"
                for number, what, name, place, again in zip(network, kind, names, district, repeat, strict=True)
            ],
            "alias": [
                f"Орієнтир {city.districts[place].name_uk}{again}" if number == 0 else name
                for number, name, place, again in zip(network, names, district, repeat, strict=True)
            ],
            "kind": kind,
            "network": objects([NETWORK_NAMES[number] if number >= 0 else None for number in network]),
            "sender": senders,
            "district": district,
            "stated_district": district,
            "address": [f"{STREET}, {number}" for number in rng.permutation(np.arange(1, 4 * count + 1))[:count]],
            "lat_deg": points[:, 1].round(5),
            "lon_deg": points[:, 0].round(5),
            "stated_place": rng.choice(("point", "address", "district"), size=count, p=(0.84, 0.11, 0.05)).astype(
                object
            ),
            "capacity_count": pd.array(
                np.where(rng.random(count) < 0.9, rng.choice(_CAPACITIES, size=count), -1), dtype="Int64"
            ),
            "size": rng.gamma(2.2, 1.0, size=count) + 0.15,
        }
    ).rename_axis("space_no")
    frame["capacity_count"] = frame["capacity_count"].mask(frame["capacity_count"] < 0)
    frame["name_en"] = frame["name_en"].mask(rng.random(count) < 0.35)
    frame = _single_out(frame, city)
    frame = _lifetimes(rng, frame, start, until)
    frame = _habits(rng, frame)
    frame["sender_name"] = [
        frame["network"].iloc[sender] if network[sender] >= 0 else frame["name_uk"].iloc[sender] for sender in senders
    ]
    return frame


def _networks(count: int) -> list[int]:
    """Network of each space (position in `NETWORK_NAMES`, -1 for independent), networks first."""
    networks = min(len(NETWORK_NAMES), max(1, round(count / _SPACES_PER_NETWORK)))
    sizes = apportion(np.linspace(1.5, 1, networks), round(count * _NETWORK_SHARE))
    members = [number for number, size in enumerate(sizes) for _ in range(size)]
    return members + [-1] * (count - len(members))


def _districts(rng: np.random.Generator, city: DemoCity, network: list[int]) -> list[int]:
    """District of each space: municipal hubs one to a district while there are districts, others unevenly."""
    places = len(city.districts)
    weights = shares(rng.uniform(0.4, 1.8, size=places))
    drawn = rng.choice(places, size=len(network), p=weights)
    order = rng.permutation(places)
    municipal = network.count(0)
    drawn[: min(municipal, places)] = order[: min(municipal, places)]
    return [int(place) for place in drawn]


def _point_inside(rng: np.random.Generator, district: DemoDistrict) -> Floats:
    """A point (longitude, latitude) inside the district, off its edge where there is room: rivers run along edges."""
    area = district.geometry
    for inset_deg in (0.006, 0.002):
        inner = area.buffer(-inset_deg)
        if not inner.is_empty:
            area = inner
            break
    west, south, east, north = area.bounds
    while True:
        candidates = rng.uniform((west, south), (east, north), size=(64, 2))
        inside = candidates[shapely.contains_xy(area, candidates[:, 0], candidates[:, 1])]
        if len(inside):
            return np.asarray(inside[0], dtype=np.float64)


def _single_out(frame: pd.DataFrame, city: DemoCity) -> pd.DataFrame:
    """Give single spaces the troubles that real lists have: a placeholder point, a wrong district, nothing at all.

    A handful of spaces keeps clear of them.
    """
    out = frame.copy()
    last = len(out) - 1
    if last < 4:
        return out
    out.loc[last, "stated_place"] = "placeholder"
    if len(city.districts) > 1:
        out.loc[last - 1, "stated_place"] = "point"
        out.loc[last - 1, "stated_district"] = (out["district"].iloc[last - 1] + 1) % len(city.districts)
    out.loc[last - 2, "stated_place"] = "nothing"
    out.loc[last - 2, "stated_district"] = -1
    out.loc[last - 2, "size"] = 0.0
    return out


def _lifetimes(rng: np.random.Generator, frame: pd.DataFrame, start: date, until: date) -> pd.DataFrame:
    """Days of opening and closing: the first half is older than the period, the rest opens during it."""
    count = len(frame)
    first, last = np.datetime64(start, "D"), np.datetime64(until, "D")
    span = int((last - first).astype(int))
    is_older = rng.random(count) < 0.5
    is_older[np.unique(frame["sender"])] = True  # whoever sends lists exists from the start
    is_older[frame.index[frame["network"].isna()][::2]] = False
    is_older[:1] = True
    opened = np.where(
        is_older,
        first - rng.integers(60, 1_800, size=count).astype("timedelta64[D]"),
        first + (rng.random(count) * span * 0.85).astype(int).astype("timedelta64[D]"),
    )
    out = frame.assign(
        opened_on=pd.to_datetime(opened), closed_on=pd.Series(pd.NaT, index=frame.index).astype("datetime64[us]")
    )
    old_independent = out.index[is_older & frame["network"].isna() & (frame["size"] > 0)]
    for number, space in enumerate(old_independent[:2]):
        out.loc[space, "closed_on"] = pd.Timestamp(first + np.timedelta64(int(span * (0.45 + 0.3 * number)), "D"))
    return out


def _habits(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """How each sender keeps its lists; all spaces of a network do as their network does."""
    senders = np.unique(frame["sender"])
    is_idle = frame["size"] == 0
    independent = [int(space) for space in frame.index[frame["network"].isna() & ~is_idle]]
    tool = dict.fromkeys((int(sender) for sender in senders), "google_forms")
    tool |= dict.fromkeys((int(space) for space in frame.index[is_idle]), "none")
    shuffled = [int(sender) for sender in rng.permutation(independent)]
    quotas = {
        "pretix": max(1, len(shuffled) // 6),
        "eventbrite": max(1, len(shuffled) // 7),
        "luma": max(1, len(shuffled) // 9),
        "none": max(1, len(shuffled) // 9),
    }
    for name, quota in quotas.items():
        for _ in range(min(quota, len(shuffled))):
            tool[shuffled.pop()] = name
    sheet = {int(sender): SHEETS[number % len(SHEETS)] for number, sender in enumerate(senders)}
    presence = {int(sender): number % 5 != 2 for number, sender in enumerate(senders)}
    return frame.assign(
        tool=frame["sender"].map(tool), sheet=frame["sender"].map(sheet), has_presence=frame["sender"].map(presence)
    )
