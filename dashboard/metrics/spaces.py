"""Spaces: what each does, which are open, active or silent, and what is known of their place."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics import returns
from dashboard.metrics.counts import COUNTS, PEOPLE, protected, summary
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Flags
from dashboard.metrics.grouping import Groups
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, is_known, looked_up, shaped

BY_SPACE: Final = {
    "space_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "kind": TEXT,
    "network_id": TEXT,
    "network_name_uk": TEXT,
    "network_name_en": TEXT,
    "district_code": TEXT,
    "district_check": TEXT,
    "address": TEXT,
    "lat_deg": NUMBER,
    "lon_deg": NUMBER,
    "location_status": TEXT,
    "capacity_count": COUNT,
    "opened_on": DAY,
    "closed_on": DAY,
    "origin": TEXT,
    "is_open": FLAG,
    "is_active": FLAG,
    "is_silent": FLAG,
    "last_event_on": DAY,
    "reported_events_count": COUNT,
    "reported_visitors_count": COUNT,
}
BY_MONTH: Final = {
    "month": DAY,
    "is_unfinished": FLAG,
    "is_known": FLAG,
    "reported_events_count": COUNT,
    "reported_visitors_count": COUNT,
}
DETAILS: Final = {"detail": TEXT, "is_known": FLAG}
_DETAILS: Final = {
    "district": "district_code",
    "address": "address",
    "point": "lat_deg",
    "capacity": "capacity_count",
    "opened": "opened_on",
}


def by_space(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What each selected space did in the selected months.

    Returns:
        One row per space, by name: the columns ``BY_SPACE`` and those of ``counts.protected``.
        ``is_open``: open on some day of the months, and known to a list of the city (of a space that only public
        sources name nobody knows whether it is silent); ``is_active``: hosted a held event, or its monthly
        return reports one; ``is_silent``: open, not active. ``last_event_on``: within the months.
        ``reported_*``: sums of its monthly returns, missing where it sent none. Without spaces no rows.
    """
    spaces = selection.spaces.sort_values(["name_uk", "space_id"], ignore_index=True)
    networks = selection.networks.set_index("network_id")
    counted = summary(selection, ["space_id"], spaces, disclosure)
    ids = counted["space_id"]
    reported = returns.reported(selection, "space_id", disclosure)
    status = statuses(selection).set_index("space_id")
    # Of a space that only public sources name nobody here knows what happens in it.
    numbers = [name for name in COUNTS if name != "median_lead_days"]
    counted = counted.assign(
        **{name: counted[name].mask(~counted["is_listed"]) for name in numbers},
        **{name + HIDDEN: counted[name + HIDDEN] & counted["is_listed"] for name in PEOPLE},
    )
    frame = counted.assign(
        network_name_uk=looked_up(counted["network_id"], networks["name_uk"]),
        network_name_en=looked_up(counted["network_id"], networks["name_en"]),
        **{name: looked_up(ids, status[name]) for name in ("is_open", "is_active", "is_silent")},
        last_event_on=looked_up(ids, selection.events.groupby("space_id")["starts_on"].max()),
        **{str(name): looked_up(ids, reported[name]) for name in reported.columns},
    )
    return protected(frame, BY_SPACE, disclosure, people=("reported_visitors_count",))


def statuses(selection: Selection) -> pd.DataFrame:
    """Whether each selected space was open, active or silent in the selected months (see ``by_space``).

    Returns:
        One row per space: ``space_id``, ``district_code``, ``is_open``, ``is_active``, ``is_silent``.
    """
    is_open, is_active = _activity(selection)
    spaces = selection.spaces[["space_id", "district_code"]].reset_index(drop=True)
    rows = spaces.assign(is_open=np.logical_or.reduce(is_open), is_active=np.logical_or.reduce(is_active))
    return rows.assign(is_silent=rows["is_open"] & ~rows["is_active"])


def activity_by_month(selection: Selection) -> pd.DataFrame:
    """How many selected spaces were open, active and silent in each month (no people are counted).

    Returns:
        One row per month: ``month``, ``open_spaces_count``, ``active_spaces_count``,
        ``silent_spaces_count`` (Int64).
    """
    is_open, is_active = _activity(selection)
    found = {"open": is_open, "active": is_active, "silent": is_open & ~is_active}
    return selection.months.assign(
        **{f"{name}_spaces_count": pd.array(flags.sum(axis=1), dtype=COUNT) for name, flags in found.items()}
    )


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What the selected spaces did month by month; meant for one space.

    Returns:
        One row per month: ``BY_MONTH`` and the columns of ``counts.protected``. ``is_known``: a list names an event
        of theirs in the month, or a monthly return came; of other months nobody knows whether anything happened.
        ``reported_*``: as in ``by_space``.
    """
    counted = summary(selection, ["month"], selection.months, disclosure)
    month = counted["month"]
    reported = returns.reported(selection, "month", disclosure)
    told = pd.concat([frame["month"] for frame in (selection.events, selection.sessions, selection.returns)])
    frame = counted.assign(
        is_unfinished=month >= pd.Timestamp(selection.span.unfinished_month),
        is_known=month.isin(told),
        **{str(name): looked_up(month, reported[name]) for name in reported.columns},
    )
    return protected(frame, BY_MONTH, disclosure, people=("reported_visitors_count",))


def details(selection: Selection, space_id: str) -> pd.DataFrame:
    """What is known of a space beside its name, and what nobody has stated.

    Returns:
        One row per detail: ``DETAILS``; none for an unknown space.
    """
    rows = selection.city_spaces[selection.city_spaces["space_id"] == space_id].to_dict("records")
    known = [{"detail": name, "is_known": is_known(row[column])} for row in rows for name, column in _DETAILS.items()]
    return shaped(pd.DataFrame(known), DETAILS)


def location_statuses(selection: Selection) -> pd.DataFrame:
    """How well the places of the selected spaces are known.

    Returns:
        One row per status that occurs: ``location_status``, ``spaces_count`` (Int64).
    """
    counted = selection.spaces.groupby("location_status").size().rename("spaces_count")
    return counted.reset_index().astype({"location_status": TEXT, "spaces_count": COUNT})


def _activity(selection: Selection) -> tuple[Flags, Flags]:
    """Which spaces, in their order, were open and which were active in each month, a row each."""
    spaces, months = selection.spaces, selection.months["month"]
    month, next_month = (each.to_numpy()[:, np.newaxis] for each in (months, months + pd.offsets.MonthBegin(1)))
    opened_on, closed_on = (spaces[name].to_numpy() for name in ("opened_on", "closed_on"))
    is_open = spaces["is_listed"].to_numpy(dtype=bool) & ~(opened_on >= next_month) & ~(closed_on < month)
    sent = selection.comparable_returns
    reported = sent[(sent["events_count"] > 0).fillna(value=False).astype(bool)]
    is_active = np.zeros(is_open.shape, dtype=bool)
    for frame in (selection.events, selection.sessions, reported):
        keys = Groups(frame, ["month", "space_id"]).keys
        at = (
            pd.Index(months).get_indexer(pd.Index(keys["month"])),
            pd.Index(spaces["space_id"]).get_indexer(keys["space_id"]),
        )
        is_known = (at[0] >= 0) & (at[1] >= 0)
        is_active[at[0][is_known], at[1][is_known]] = True
    return is_open, is_active
