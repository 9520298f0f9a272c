"""What a published snapshot knows of a city, laid over its pack: so that one file can be checked without the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from etl.sources.city_pack import CityPack
from etl.transform.text import fold

TABLES_NEEDED: Final = (
    "networks",
    "spaces",
    "events",
    "event_themes",
    "event_organisations",
    "event_spaces",
    "sources",
)
_OF_EVENTS: Final = ("event_themes", "event_organisations", "event_spaces")
_OF_CITIES: Final = ("networks", "spaces", "events")


def with_published(packs: Sequence[CityPack], tables: Mapping[str, pd.DataFrame]) -> list[CityPack]:
    """Packs whose spaces, networks and events are those of a snapshot.

    Spaces are known by their names; other names that lists gave them are not part of a snapshot.

    Args:
        packs: all city packs.
        tables: `TABLES_NEEDED` of a snapshot.
    """
    return [_of_city(pack, tables) for pack in packs]


def _of_city(pack: CityPack, tables: Mapping[str, pd.DataFrame]) -> CityPack:
    own = {name: tables[name][tables[name]["city_id"] == pack.city_id] for name in _OF_CITIES}
    events = own["events"]["event_id"]
    own |= {name: tables[name][tables[name]["event_id"].isin(events)] for name in _OF_EVENTS}
    names = {
        fold(name): space_id
        for space_id, *both in own["spaces"][["space_id", "name_en", "name_uk"]].itertuples(index=False)
        for name in both
        if pd.notna(name)
    }
    networks = {
        fold(name): network_id
        for network_id, name in own["networks"][["network_id", "name_uk"]].itertuples(index=False)
    }
    return replace(
        pack,
        tables={**pack.tables, **{name: frame.reset_index(drop=True) for name, frame in own.items()}},
        space_aliases={**names, **pack.space_aliases},
        network_aliases={**networks, **pack.network_aliases},
    )
