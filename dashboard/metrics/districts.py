"""Districts: what happens in each, per resident, beside another month, and how evenly events are spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from dashboard.filters import DataSpan
from dashboard.metrics import returns, themes
from dashboard.metrics.counts import protected, summary
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio
from dashboard.metrics.grouping import Groups
from dashboard.metrics.indices import pielou_evenness
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, looked_up, shaped
from dashboard.metrics.spaces import statuses
from etl.contract import LISTED_ORIGINS

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
    "cancelled_events_count": COUNT,
    "proposals_count": COUNT,
    "reported_events_count": COUNT,
    "reported_visitors_count": COUNT,
    "total_events_count": COUNT,
}
BY_MONTH: Final = {"month": DAY, "is_unfinished": FLAG, **_DISTRICT}
PER_RESIDENT: Final = Ratio("participants_per_1000", "participants_count", "population_count", 1000.0)
PER_1000: Final[Mapping[str, str]] = {
    "events_count": "events_per_1000",
    "registrations_count": "registrations_per_1000",
    "attendances_count": "attendances_per_1000",
    "participants_count": "participants_per_1000",
    "reported_visitors_count": "reported_visitors_per_1000",
    "spaces_count": "spaces_per_1000",
}
"""What is counted, and the same per 1,000 residents."""
COMPARED: Final = {
    "district_code": TEXT,
    "figure_id": TEXT,
    "value": NUMBER,
    "value_is_hidden": FLAG,
    "base_value": NUMBER,
    "base_value_is_hidden": FLAG,
    "change": NUMBER,
    "change_is_hidden": FLAG,
}
_RATIOS: Final = (
    *(Ratio(name, count, "population_count", 1000.0) for count, name in PER_1000.items()),
    Ratio("events_share_pct", "events_count", "total_events_count"),
)


def by_district(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What happened in each district in the selected months.

    Returns:
        One row per chosen district, by name; where none are chosen, a last row of what has no known
        district, whose ``district_code`` is missing: ``BY_DISTRICT``, the columns of ``counts.protected``,
        those of ``PER_1000`` (missing without a population) and ``events_share_pct``. ``spaces_count``:
        spaces open in the months. ``reported_*``: sums of monthly returns of the district's spaces, missing where
        none came.
    """
    keys = _keys(selection)
    counted = summary(selection, ["district_code"], keys, disclosure)
    spaces = statuses(selection)
    codes = counted["district_code"].fillna("")
    themed = themes.with_district(themes.themed_events(selection), selection)
    themed = themed.assign(district_code=themed["district_code"].fillna(""))

    def spaces_where(flag: str) -> pd.Series[int]:
        chosen = spaces.loc[spaces[flag], "district_code"].fillna("")
        return looked_up(codes, chosen.value_counts()).fillna(0).astype(COUNT)

    others = selection.others
    cancelled = others[
        others["origin"].isin(LISTED_ORIGINS) & (others["status"] == "cancelled") & ~others["is_session"]
    ]
    reported = _reported(selection, disclosure)

    def rows_of(frame: pd.DataFrame) -> pd.Series[int]:
        return looked_up(codes, frame["district_code"].fillna("").value_counts()).fillna(0).astype(COUNT)

    frame = counted.assign(
        spaces_count=spaces_where("is_open"),
        active_spaces_count=spaces_where("is_active"),
        silent_spaces_count=spaces_where("is_silent"),
        theme_variety=looked_up(codes, themes.variety(themed, "district_code")),
        cancelled_events_count=rows_of(cancelled),
        proposals_count=rows_of(selection.proposals),
        **{str(name): looked_up(codes, reported[name]) for name in reported.columns},
        total_events_count=len(selection.events),
    )
    return protected(frame, BY_DISTRICT, disclosure, people=("reported_visitors_count",), ratios=_RATIOS)


def compared(
    selection: Selection, figure_id: str, month: date, base_month: date, disclosure: Disclosure
) -> pd.DataFrame:
    """One figure of each district in a month beside another month.

    Args:
        selection: holds both months.
        figure_id: a column of ``by_district``.
        month: first day of the month.
        base_month: first day of the month that it is compared with.
        disclosure: who looks.

    Returns:
        One row per district, as in ``by_district``: ``COMPARED``. ``change``: difference of what may be shown, in
        percentage points for percentages. It is missing, with ``base_value``, where the base month lies before the
        data begin or either month is unfinished; it is hidden where one of the two values is.

    Raises:
        ValueError: one of the months is outside the selection.
    """
    now, base = (by_district(selection.between(each, each), disclosure) for each in (month, base_month))
    return beside(now, base, figure_id, month, base_month, selection.span)


def beside(
    now: pd.DataFrame, base: pd.DataFrame, figure_id: str, month: date, base_month: date, span: DataSpan
) -> pd.DataFrame:
    """``compared`` out of two frames of ``by_district`` for the same filters, so that one serves many comparisons."""
    hidden, base_hidden = _hidden(now, figure_id), _hidden(base, figure_id)
    value, base_value = now[figure_id].astype(NUMBER), base[figure_id].astype(NUMBER)
    is_of_people = figure_id + HIDDEN in now and not figure_id.startswith("reported_")
    if not _is_comparable(span, month, base_month, is_of_people=is_of_people):
        base_value, base_hidden = base_value.mask(base_value.notna()), base_hidden & False
    frame = now[["district_code"]].assign(
        figure_id=figure_id,
        value=value,
        value_is_hidden=hidden,
        base_value=base_value,
        base_value_is_hidden=base_hidden,
        change=value - base_value,
        change_is_hidden=(hidden & base_value.notna()) | base_hidden,
    )
    return shaped(frame, COMPARED)


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
    groups = Groups(selection.events, ["month", "district_code"])
    counted = groups.keys.assign(events_count=groups.sizes)
    located = counted[counted["district_code"].isin(selection.districts["district_code"])]
    table = (
        located.set_index(["month", "district_code"])["events_count"]
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


def _is_comparable(span: DataSpan, month: date, base_month: date, *, is_of_people: bool) -> bool:
    first = span.first_people_month if is_of_people else span.first_month
    return (
        first is not None
        and base_month >= first
        and not span.is_unfinished(month)
        and not span.is_unfinished(base_month)
    )


def _hidden(frame: pd.DataFrame, name: str) -> pd.Series[bool]:
    return frame.get(name + HIDDEN, default=pd.Series(data=False, index=frame.index))


def _reported(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What monthly returns report, by the district of their space ("" for none)."""
    places = selection.spaces[["space_id", "district_code"]].fillna({"district_code": ""})
    placed = replace(selection, returns=selection.returns.merge(places, on="space_id"))
    return returns.reported(placed, "district_code", disclosure)


def _keys(selection: Selection) -> pd.DataFrame:
    keys = selection.districts[list(_DISTRICT)].sort_values("name_uk", ignore_index=True)
    if selection.filters.districts:
        return keys
    return pd.concat([keys, pd.DataFrame({"district_code": [None]})], ignore_index=True).astype(_DISTRICT)
