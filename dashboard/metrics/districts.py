"""Districts: what happens in each, per resident, and how evenly events are spread between them."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics import themes
from dashboard.metrics.counts import protected, summary
from dashboard.metrics.disclosure import Disclosure, Ratio
from dashboard.metrics.indices import pielou_evenness
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, looked_up
from dashboard.metrics.spaces import statuses

_DISTRICT: Final = {
    "district_code": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "area_km2": NUMBER,
    "population_count": COUNT,
    "population_on": DAY,
    "population_source": TEXT,
}
BY_DISTRICT: Final = {
    **_DISTRICT,
    "spaces_count": COUNT,
    "active_spaces_count": COUNT,
    "silent_spaces_count": COUNT,
    "theme_variety": NUMBER,
    "total_events_count": COUNT,
}
BY_MONTH: Final = {"month": DAY, "is_unfinished": FLAG, **_DISTRICT}
PER_RESIDENT: Final = Ratio("participants_per_1000", "participants_count", "population_count", 1000.0)


def by_district(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What happened in each district in the selected months.

    Returns:
        One row per chosen district, by name; where none are chosen, a last row of what has no known
        district, whose ``district_code`` is missing: ``BY_DISTRICT``, the columns of ``counts.protected``,
        ``participants_per_1000`` (missing without a population) and ``events_share_pct``. ``spaces_count``:
        spaces open in the months.
    """
    keys = _keys(selection)
    counted = summary(selection, ["district_code"], keys, disclosure)
    spaces = statuses(selection)
    codes = counted["district_code"].fillna("")

    def spaces_where(flag: str) -> pd.Series[int]:
        chosen = spaces.loc[spaces[flag], "district_code"].fillna("")
        return looked_up(codes, chosen.value_counts()).fillna(0).astype(COUNT)

    frame = counted.assign(
        spaces_count=spaces_where("is_open"),
        active_spaces_count=spaces_where("is_active"),
        silent_spaces_count=spaces_where("is_silent"),
        theme_variety=looked_up(codes, themes.variety(themes.themed_events(selection), "district_code")),
        total_events_count=len(selection.events),
    )
    ratios = (PER_RESIDENT, Ratio("events_share_pct", "events_count", "total_events_count"))
    return protected(frame, BY_DISTRICT, disclosure, ratios=ratios)


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What happened in each district in each month.

    Returns:
        One row per month and district, as in ``by_district``, also where nothing happened: ``BY_MONTH``,
        the columns of ``counts.protected`` and ``participants_per_1000``.
    """
    keys = selection.months.merge(_keys(selection), how="cross")
    counted = summary(selection, ["month", "district_code"], keys, disclosure)
    frame = counted.assign(is_unfinished=counted["month"] >= pd.Timestamp(selection.span.unfinished_month))
    return protected(frame, BY_MONTH, disclosure, ratios=(PER_RESIDENT,))


def evenness_by_month(selection: Selection) -> pd.DataFrame:
    """How evenly held events are spread over the districts (Pielou's J; no people are counted).

    Returns:
        One row per month: ``month``, ``located_events_count`` (Int64, events whose district is known),
        ``district_evenness`` (float64, 0 to 1; missing without such events or with fewer than two districts).
    """
    located = selection.events[selection.events["district_code"].isin(selection.districts["district_code"])]
    table = (
        located.groupby(["month", "district_code"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=selection.months["month"], columns=selection.districts["district_code"].tolist(), fill_value=0)
    )
    return pd.DataFrame(
        {
            "month": selection.months["month"],
            "located_events_count": pd.Series(table.sum(axis=1).to_numpy(), dtype=COUNT),
            "district_evenness": pd.Series([pielou_evenness(row) for row in table.to_numpy()], dtype=NUMBER),
        }
    )


def _keys(selection: Selection) -> pd.DataFrame:
    keys = selection.districts[list(_DISTRICT)].sort_values("name_uk", ignore_index=True)
    if selection.filters.districts:
        return keys
    return pd.concat([keys, pd.DataFrame({"district_code": [None]})], ignore_index=True).astype(_DISTRICT)
