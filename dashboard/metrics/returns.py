"""Monthly returns: what spaces report of themselves, kept apart from what lists of people prove."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics.disclosure import HIDDEN, Blocks, Disclosure, Ratio, blocks, protect, published
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, TEXT, looked_up, shaped

BY_MONTH: Final = {
    "month": DAY,
    "reported_events_count": COUNT,
    "reported_visitors_count": COUNT,
    "reporting_spaces_count": COUNT,
    "expected_returns_count": COUNT,
    "received_returns_count": COUNT,
}
_VISITORS_HIDDEN: Final = "reported_visitors_count" + HIDDEN
MISSING: Final = {"space_id": TEXT, "name_uk": TEXT, "name_en": TEXT, "month": DAY}


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What the selected spaces reported for each month.

    Returns:
        One row per month: ``BY_MONTH``, ``returns_coverage_pct`` (received of expected) and companions.
        The reported sums are missing where no return came, and where themes or participant groups are
        chosen, which returns do not know. A return is expected for every finished month in which a space
        was open, from the first month it ever reported.
    """
    return protect(
        shaped(counted_by_month(selection, disclosure), {**BY_MONTH, _VISITORS_HIDDEN: FLAG}),
        disclosure,
        people=("reported_visitors_count",),
        ratios=(Ratio("returns_coverage_pct", "received_returns_count", "expected_returns_count"),),
    )


def reported(selection: Selection, by: str, disclosure: Disclosure) -> pd.DataFrame:
    """What returns that can be set beside the lists report, by one column, which becomes the index.

    Returns:
        ``reported_events_count``, ``reported_visitors_count`` (missing where none was stated) and the companion of
        the latter; one return is one block.
    """
    sent = selection.comparable_returns
    visitors = blocks(sent["visitors_count"].to_numpy(dtype="float64", na_value=np.nan), disclosure)
    grouped = sent.assign(value=visitors.value, least=visitors.least).groupby(by)
    sums = grouped[["events_count", "value", "least"]].sum(min_count=1)
    shown, hidden = published(Blocks(sums["value"].to_numpy(), sums["least"].to_numpy()), disclosure)
    return pd.DataFrame(
        {
            "reported_events_count": sums["events_count"],
            "reported_visitors_count": pd.Series(shown, index=sums.index),
            _VISITORS_HIDDEN: hidden,
        }
    )


def counted_by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """``BY_MONTH`` with the visitors as the role may know them, for other metrics."""
    grouped = selection.returns.groupby("month")
    sums = reported(selection, "month", disclosure)
    due = _due(selection)
    months = selection.months
    return months.assign(
        **{str(name): looked_up(months["month"], sums[name]) for name in sums.columns},
        reporting_spaces_count=looked_up(months["month"], grouped["space_id"].nunique()).fillna(0),
        expected_returns_count=looked_up(months["month"], due.groupby("month").size()).fillna(0),
        received_returns_count=looked_up(months["month"], due[due["is_received"]].groupby("month").size()).fillna(0),
    )


def missing(selection: Selection) -> pd.DataFrame:
    """Returns that were expected and did not come (see ``by_month``).

    Returns:
        One row per space and month, by name and month: ``MISSING``.
    """
    due = _due(selection)
    absent = due[~due["is_received"]]
    return shaped(absent.sort_values(["name_uk", "month"]), MISSING)


def _due(selection: Selection) -> pd.DataFrame:
    """One row per expected return: the columns of ``MISSING`` and ``is_received``."""
    spaces = selection.spaces[["space_id", "name_uk", "name_en", "opened_on", "closed_on", "first_return_month"]]
    # A space that never sent one owes none.
    pairs = selection.months.merge(spaces[spaces["first_return_month"].notna()], how="cross")
    due = pairs[
        (pairs["month"] >= pairs["first_return_month"])
        & (pairs["month"] < pd.Timestamp(selection.span.unfinished_month))
        & ~(pairs["closed_on"] < pairs["month"])
    ]
    received = selection.returns[["space_id", "month"]].drop_duplicates()
    marked = due.merge(received, on=["space_id", "month"], how="left", indicator="found")
    return due.assign(is_received=(marked["found"] == "both").to_numpy())
