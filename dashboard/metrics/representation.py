"""Representation: where those who sign up live, beside where the city's residents live.

All of it is worked out from what ``people.by_home`` publishes, so the public learns nothing else: it sees whole months
of the whole city, and no index where any district is hidden.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics import people
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, looked_up, shaped

_PEOPLE: Final = ("home_registrations_count", "home_participants_count", "all_home_registrations_count")
BY_DISTRICT: Final = {
    "district_code": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "population_count": COUNT,
    "population_on": DAY,
    "population_source": TEXT,
    "population_share_pct": NUMBER,
    **dict.fromkeys(_PEOPLE, COUNT),
    "total_registrations_count": COUNT,
}
_TOTAL: Final = "total_registrations_count"


def by_district(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Who comes compared with who lives here, by home district.

    Only districts with a known population are set beside one another: shares are of their residents and of the
    registrations that name one of them.

    Returns:
        One row per district of the city, by name: ``BY_DISTRICT``, ``home_share_pct``, ``representation_index`` (100:
        as often as residents), ``home_participants_per_1000``, ``home_coverage_pct`` (registrations that name such a
        district, of all) and companions. Shares and index are missing for a district without a population, and hidden
        where any district with one is. Without districts no rows.
    """
    homes = people.by_home(selection, disclosure)
    homes = homes[homes["home_status"] == "district"].rename(
        columns={
            "home_district_code": "district_code",
            **{name: f"home_{name}" for name in ("registrations_count", "participants_count")},
            **{name + HIDDEN: f"home_{name}{HIDDEN}" for name in ("registrations_count", "participants_count")},
        }
    )
    about = selection.city_districts.set_index("district_code")
    is_known = homes["population_count"].notna()
    hidden = bool((homes["home_registrations_count" + HIDDEN] & is_known).any())
    named = homes.loc[is_known, "home_registrations_count"].sum() if not hidden else pd.NA
    residents = homes.loc[is_known, "population_count"].sum()
    frame = homes.assign(
        population_on=looked_up(homes["district_code"], about["population_on"]),
        population_source=looked_up(homes["district_code"], about["population_source"]),
        population_share_pct=homes["population_count"].astype(NUMBER) / residents * 100 if residents else np.nan,
        all_home_registrations_count=pd.Series(named, index=homes.index, dtype=COUNT),
        **{"all_home_registrations_count" + HIDDEN: hidden},
    ).sort_values("name_uk")
    companions = {name + HIDDEN: FLAG for name in (*_PEOPLE, _TOTAL)}
    shown = protect(
        shaped(frame, {**BY_DISTRICT, **companions}),
        disclosure,
        people=(*_PEOPLE, _TOTAL),
        ratios=(
            Ratio("home_participants_per_1000", "home_participants_count", "population_count", 1000.0),
            Ratio("home_share_pct", "home_registrations_count", "all_home_registrations_count"),
            Ratio("home_coverage_pct", "all_home_registrations_count", _TOTAL),
        ),
    )
    has_none = shown["population_count"].isna()
    share = shown["home_share_pct"].mask(has_none)
    return shown.assign(
        home_share_pct=share,
        representation_index=share / shown["population_share_pct"] * 100,
        **{
            name + HIDDEN: shown["home_share_pct" + HIDDEN] & ~has_none
            for name in ("home_share_pct", "representation_index")
        },
    )
