"""Names of the things of one city in one language, by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.store import Snapshot
from dashboard.text.pages import say
from dashboard.text.words import Lang


@dataclass(frozen=True)
class Names:
    """Names by id; dictionaries keep the order in which things are listed."""

    lang: Lang
    cities: Mapping[str, str]
    districts: Mapping[str, str]
    themes: Mapping[str, str]
    networks: Mapping[str, str]
    spaces: Mapping[str, str]

    @property
    def district_codes(self) -> list[str]:
        return list(self.districts)

    @property
    def theme_ids(self) -> list[str]:
        return list(self.themes)

    @property
    def network_ids(self) -> list[str]:
        return list(self.networks)

    def district(self, code: str | None) -> str:
        return self.districts.get(code or "", say("none.district", self.lang))

    def theme(self, theme_id: str) -> str:
        return self.themes.get(theme_id, theme_id)

    def network(self, network_id: str) -> str:
        return self.networks.get(network_id, network_id)

    def space(self, space_id: str) -> str:
        return self.spaces.get(space_id, space_id)


def names_of(snapshot: Snapshot, city: str, lang: Lang) -> Names:
    """Read the names of a city's districts, themes, networks and spaces; English falls back to Ukrainian."""

    def column(table: str, key: str, order: str) -> dict[str, str]:
        frame = snapshot.table(table)
        frame = frame[frame["city_id"] == city] if table != "cities" else frame
        name = frame["name_uk"] if lang == "uk" else frame["name_en"].fillna(frame["name_uk"])
        frame = frame.assign(name=name, sort=frame.get(order, name)).sort_values("sort")
        return dict(zip(frame[key], frame["name"], strict=True))

    def read() -> Names:
        return Names(
            lang=lang,
            cities=column("cities", "city_id", "name"),
            districts=column("districts", "district_code", "name"),
            themes=column("themes", "theme_id", "rank"),
            networks=column("networks", "network_id", "name"),
            spaces=column("spaces", "space_id", "name"),
        )

    return snapshot.remember(f"names {city} {lang}", read)
