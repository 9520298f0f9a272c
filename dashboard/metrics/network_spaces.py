"""The spaces of each network: what is known of them, when they held events, and what is not known.

Spaces and events are counted here, not people, so nothing needs to be hidden.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics import network
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, TEXT, looked_up, shaped

SPACES: Final = {
    "network_id": TEXT,
    "space_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "kind": TEXT,
    "district_code": TEXT,
    "address": TEXT,
    "location_status": TEXT,
    "capacity_count": COUNT,
    "opened_on": DAY,
    "closed_on": DAY,
    "origin": TEXT,
    "is_listed": FLAG,
    "events_count": COUNT,
    "active_months_count": COUNT,
    "first_event_on": DAY,
    "last_event_on": DAY,
    "meetups_count": COUNT,
}
BY_MONTH: Final = {"network_id": TEXT, "space_id": TEXT, "month": DAY, "events_count": COUNT}
UNKNOWN: Final = {"network_id": TEXT, "what": TEXT, "unknown_spaces_count": COUNT, "spaces_count": COUNT}
WHAT_MAY_BE_UNKNOWN: Final = ("district", "address", "point", "opened", "capacity", "events")
"""What is asked of a space, in the order in which it is told."""


def by_space(selection: Selection) -> pd.DataFrame:
    """Every space of the city's networks, whatever the filters, with what it did in the selected months.

    Returns:
        One row per space, by network and name: ``SPACES``. ``events_count`` and the months and days are of held
        events of the lists, without sessions, that pass the filters; of a space that no list of the city knows
        (``is_listed``) they are missing: nobody here knows what happens in it. ``meetups_count``: the meet-ups it
        was at.
    """
    spaces = selection.city_spaces[selection.city_spaces["network_id"].notna()]
    events = selection.events.groupby("space_id")
    ids = spaces["space_id"]
    counted = {
        "events_count": events.size(),
        "active_months_count": events["month"].nunique(),
        "meetups_count": network.attendance(selection)["space_id"].value_counts(),
    }
    numbers = {name: looked_up(ids, values).fillna(0).astype(COUNT) for name, values in counted.items()}
    frame = spaces.assign(
        **{name: values.where(spaces["is_listed"] | (name == "meetups_count")) for name, values in numbers.items()},
        first_event_on=looked_up(ids, events["starts_on"].min()),
        last_event_on=looked_up(ids, events["starts_on"].max()),
    )
    return shaped(frame.sort_values(["network_id", "name_uk", "space_id"]), SPACES)


def by_month(selection: Selection) -> pd.DataFrame:
    """In which months the spaces of the networks held events.

    Returns:
        One row per space and month with an event: ``BY_MONTH``.
    """
    events = selection.events[selection.events["network_id"].notna()]
    counted = events.groupby(["network_id", "space_id", "month"]).size().rename("events_count")
    return shaped(counted.reset_index(), BY_MONTH)


def unknown(selection: Selection) -> pd.DataFrame:
    """What is not known of the spaces of each network.

    Returns:
        One row per network and each of ``WHAT_MAY_BE_UNKNOWN``, also where nothing is missing: ``UNKNOWN``.
    """
    spaces = by_space(selection)
    missing = pd.DataFrame(
        {
            "network_id": spaces["network_id"],
            "district": spaces["district_code"].isna(),
            "address": spaces["address"].isna(),
            "point": spaces["location_status"] != "point",
            "opened": spaces["opened_on"].isna(),
            "capacity": spaces["capacity_count"].isna(),
            "events": spaces["events_count"].isna(),
        }
    )
    each = missing.melt("network_id", var_name="what", value_name="is_unknown")
    counted = each.groupby(["network_id", "what"])["is_unknown"].agg(["sum", "size"]).reset_index()
    counted = counted.rename(columns={"sum": "unknown_spaces_count", "size": "spaces_count"})
    order = {what: place for place, what in enumerate(WHAT_MAY_BE_UNKNOWN)}
    return shaped(counted.sort_values(["network_id", "what"], key=lambda column: column.replace(order)), UNKNOWN)
