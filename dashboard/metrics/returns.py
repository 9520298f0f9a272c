"""Monthly returns: what spaces report of themselves, kept apart from what lists of people prove."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, TEXT, looked_up, shaped

BY_MONTH: Final = {
    "month": DAY,
    "reported_events_count": COUNT,
    "reported_visitors_count": COUNT,
    "reporting_spaces_count": COUNT,
    "expected_returns_count": COUNT,
    "received_returns_count": COUNT,
}
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
        shaped(exact_by_month(selection), BY_MONTH),
        disclosure,
        people=("reported_visitors_count",),
        ratios=(Ratio("returns_coverage_pct", "received_returns_count", "expected_returns_count"),),
    )


def exact_by_month(selection: Selection) -> pd.DataFrame:
    """Unprotected ``BY_MONTH``, for other metrics."""
    grouped = selection.returns.groupby("month")
    sums = selection.comparable_returns.groupby("month")[["events_count", "visitors_count"]].sum(min_count=1)
    due = _due(selection)
    months = selection.months
    return months.assign(
        reported_events_count=looked_up(months["month"], sums["events_count"]),
        reported_visitors_count=looked_up(months["month"], sums["visitors_count"]),
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
    pairs = selection.months.merge(spaces, how="cross")
    due = pairs[
        (pairs["month"] >= pairs["first_return_month"])
        & (pairs["month"] < pd.Timestamp(selection.span.unfinished_month))
        & ~(pairs["closed_on"] < pairs["month"])
    ]
    received = selection.returns[["space_id", "month"]].drop_duplicates()
    marked = due.merge(received, on=["space_id", "month"], how="left", indicator="found")
    return due.assign(is_received=(marked["found"] == "both").to_numpy())
