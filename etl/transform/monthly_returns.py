"""Spaces' own totals for a month → ``monthly_returns`` of one city."""

from __future__ import annotations

import pandas as pd

from etl.contract import MONTHLY_RETURNS
from etl.transform import places
from etl.transform.dates import months
from etl.transform.numbers import counts
from etl.transform.places import Gazetteer
from etl.transform.rows import ADDRESS, Result, join_remarks, remarks, settle

_COUNTS = ("events_count", "visitors_count")


def monthly_returns(rows: pd.DataFrame, gazetteer: Gazetteer) -> Result:
    """Read the monthly returns of a city's spaces.

    Args:
        rows: stacked rows of the data set ``monthly_returns``, one city.
        gazetteer: the city, with all its spaces.

    Returns:
        ``monthly_returns``, one row per space and month. A row without a listed space, a month or any count is left
        out, as is one with a count that cannot be read: half a return would pass for a whole one.
    """
    space_id = places.spaces(rows["space"], gazetteer)
    month = months(rows["month"])
    read = {name: counts(rows[name]) for name in _COUNTS}
    unread = {name: rows[name].notna() & read[name].isna() for name in _COUNTS}
    blank = rows["events_count"].isna() & rows["visitors_count"].isna()
    rejected = {
        ("missing_value", "space"): rows["space"].isna(),
        ("missing_value", "month"): rows["month"].isna(),
        ("unknown_space", "space"): rows["space"].notna() & space_id.isna(),
        ("unreadable_date", "month"): rows["month"].notna() & month.isna(),
        ("missing_value", "visitors_count"): blank,
        **{("unreadable_number", name): unread[name] for name in _COUNTS},
    }
    is_return = ~pd.concat(list(rejected.values()), axis=1).any(axis=1)
    resolved = rows.assign(space_id=space_id, month=month, **read)[is_return]
    kept, settled = settle(resolved, ["space_id", "month"], _COUNTS)
    return Result(
        {"monthly_returns": MONTHLY_RETURNS.conform(kept[list(MONTHLY_RETURNS.column_names)])},
        kept[ADDRESS],
        join_remarks([*(remarks(rows, mask, *what) for what, mask in rejected.items()), settled]),
    )
