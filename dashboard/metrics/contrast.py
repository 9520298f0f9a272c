"""Contrast: two periods, districts or themes side by side, with what each number rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from dashboard.metrics import people, spaces
from dashboard.metrics.catalogue import FIGURES, Unit
from dashboard.metrics.counts import protected, summary
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio
from dashboard.metrics.districts import PER_RESIDENT
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, FLAG, NUMBER, TEXT, shaped

COMPARED: Final = (
    "events_count",
    "sessions_count",
    "active_spaces_count",
    "registrations_count",
    "attendances_count",
    "attendance_rate_pct",
    "no_show_rate_pct",
    "participants_count",
    "new_participants_count",
    "participants_per_1000",
    "seat_use_pct",
    "median_lead_days",
)
"""What is set side by side."""

TOTALS: Final = {
    "active_spaces_count": COUNT,
    "new_participants_count": COUNT,
    "returning_participants_count": COUNT,
    "population_count": COUNT,
}
_PEOPLE: Final = ("new_participants_count", "returning_participants_count")
SIDES: Final = {
    "figure_id": TEXT,
    "first": NUMBER,
    "first_is_hidden": FLAG,
    "first_base": NUMBER,
    "first_base_is_hidden": FLAG,
    "second": NUMBER,
    "second_is_hidden": FLAG,
    "second_base": NUMBER,
    "second_base_is_hidden": FLAG,
    "difference": NUMBER,
    "difference_pct": NUMBER,
    "base_id": TEXT,
}

_SATURDAY: Final = 5


@dataclass(frozen=True)
class Circumstances:
    """What to mind when two sides are compared."""

    days_count: int
    weekend_days_count: int
    """Saturdays and Sundays."""
    workshops_count: int
    """Multi-day workshops among the events counted."""
    opened_count: int
    """Spaces of the selection that opened in its months."""
    closed_count: int
    """Spaces of the selection that closed in its months."""


def totals(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """All selected months together, as one side of a comparison.

    Returns:
        One row: ``TOTALS``, the columns of ``counts.protected``, ``participants_per_1000`` and companions. New and
        returning as in ``people.in_period``; ``active_spaces_count``: spaces that were active in some month.
    """
    counted = summary(selection, [], pd.DataFrame(index=[0]), disclosure)
    new = people.in_period(selection, disclosure).iloc[0]
    frame = counted.assign(
        active_spaces_count=int(spaces.statuses(selection)["is_active"].sum()),
        population_count=selection.districts["population_count"].sum(min_count=max(1, len(selection.districts))),
        **{name: pd.array([new[name]], dtype=COUNT) for name in _PEOPLE},
        **{name + HIDDEN: bool(new[name + HIDDEN]) for name in _PEOPLE},
    )
    new_share = Ratio("new_participants_share_pct", "new_participants_count", "participants_count")
    return protected(frame, TOTALS, disclosure, people=_PEOPLE, ratios=(PER_RESIDENT, new_share))


def circumstances(selection: Selection) -> Circumstances:
    """Days, workshops, and spaces that opened or closed in the months of a selection; no people are counted."""
    days = selection.spaces[["opened_on", "closed_on"]]
    last = selection.end_at - pd.Timedelta(days=1)
    within = {name: days[name].between(selection.start_at, selection.end_at, inclusive="left") for name in days}
    return Circumstances(
        days_count=(selection.end_at.date() - selection.start) // timedelta(days=1),
        weekend_days_count=sum(day.weekday() >= _SATURDAY for day in pd.date_range(selection.start, last)),
        workshops_count=int(selection.events["is_workshop"].sum()),
        opened_count=int(within["opened_on"].sum()),
        closed_count=int(within["closed_on"].sum()),
    )


def sides(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Two ``totals`` figure by figure.

    Args:
        first: what is looked at.
        second: what it is compared with.

    Returns:
        One row per figure of ``COMPARED``: ``SIDES``. ``difference``: first less second, of what is shown, in
        percentage points for percentages; ``difference_pct``: of the second, missing for percentages and against 0.
        ``*_base``: the count that the figure rests on; which one, says ``base_id``.
    """
    rows = [dict(frame.iloc[0]) for frame in (first, second)]
    return shaped(pd.DataFrame([_side(figure_id, *rows) for figure_id in COMPARED]), SIDES)


def _side(figure_id: str, first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[str, object]:
    figure = FIGURES[figure_id]
    one, other = _number(first, figure_id), _number(second, figure_id)
    is_share = figure.unit is Unit.PERCENT
    base_id = figure.base_id
    return {
        "figure_id": figure_id,
        "first": one,
        "first_is_hidden": bool(first.get(figure_id + HIDDEN, False)),
        "first_base": _number(first, base_id),
        "first_base_is_hidden": bool(first.get(f"{base_id}{HIDDEN}", False)),
        "second": other,
        "second_is_hidden": bool(second.get(figure_id + HIDDEN, False)),
        "second_base": _number(second, base_id),
        "second_base_is_hidden": bool(second.get(f"{base_id}{HIDDEN}", False)),
        "difference": one - other,
        "difference_pct": (one - other) / other * 100 if other and not is_share else float("nan"),
        "base_id": base_id,
    }


def _number(row: Mapping[Any, Any], name: str | None) -> float:
    value = row.get(name)
    return float("nan") if value is None or pd.isna(value) else float(value)
