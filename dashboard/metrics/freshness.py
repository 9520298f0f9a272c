"""What each space sent for each month: lists of people, events alone, totals alone, or nothing."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics import returns
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import DAY, TEXT, shaped

STATES: Final = ("lists", "events", "totals", "awaited", "silent", "closed")
"""From the fullest to none: a held event with a list of registrations; a held event without one; a monthly return
alone; nothing though a return was expected; nothing, and nothing was expected; the space was not open."""
BY_SPACE_MONTH: Final = {"space_id": TEXT, "month": DAY, "state": TEXT}


def by_space_month(selection: Selection) -> pd.DataFrame:
    """What is known of each space for each month of the selection.

    Returns:
        One row per space that the city's lists or returns know and per month, by space and month:
        ``BY_SPACE_MONTH``, ``state`` one of ``STATES``. It says nothing of how many people came, so it is the same
        for every role. Empty where no list knows a space.
    """
    spaces = selection.spaces[selection.spaces["is_listed"]]
    pairs = spaces[["space_id", "opened_on", "closed_on"]].merge(selection.months[["month"]], how="cross")
    if pairs.empty:
        return shaped(pairs, BY_SPACE_MONTH)
    key = pd.MultiIndex.from_frame(pairs[["space_id", "month"]])
    events = selection.events.dropna(subset=["space_id"])
    next_month = pairs["month"] + pd.offsets.MonthBegin(1)
    conditions = [
        _has(events[events["has_registrations"]], key),
        _has(events, key),
        _has(selection.returns, key),
        _has(returns.missing(selection), key),
        ((pairs["opened_on"] >= next_month) | (pairs["closed_on"] < pairs["month"])).to_numpy(dtype=bool),
    ]
    state = np.select(conditions, ["lists", "events", "totals", "awaited", "closed"], default="silent")
    frame = pairs.assign(state=state).sort_values(["space_id", "month"])
    return shaped(frame, BY_SPACE_MONTH)


def _has(rows: pd.DataFrame, key: pd.MultiIndex) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether rows hold each pair of space and month."""
    return key.isin(pd.MultiIndex.from_frame(rows[["space_id", "month"]]))
