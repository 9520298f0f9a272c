"""People over time: cohorts by the month of the first visit, and the months between visits.

These tables cut through the lists of events in ways for which there are no published blocks (docs/adr/0011): they are
for analysts alone, and empty for the public.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from dashboard.filters import add_months
from dashboard.metrics import visits
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, shaped
from dashboard.settings import Role

COHORTS: Final = {
    "cohort_month": DAY,
    "months_since": COUNT,
    "cohort_people_count": COUNT,
    "came_again_count": COUNT,
    "came_by_then_count": COUNT,
}
_PEOPLE: Final = ("cohort_people_count", "came_again_count", "came_by_then_count")
_RATIOS: Final = (
    Ratio("came_again_share_pct", "came_again_count", "cohort_people_count"),
    Ratio("came_by_then_share_pct", "came_by_then_count", "cohort_people_count"),
)
BETWEEN: Final = {"months_between": COUNT, "next_visits_count": COUNT, "all_next_visits_count": COUNT}


def by_first_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Of those who first came in a month, how many came again one, two, … months later.

    A cohort: participants whose first participation in the city, whatever the filters, lies in the month and among
    the selected rows. The first month with registrations is no cohort, for everyone is new in it; nor is an
    unfinished one.

    Returns:
        One row per cohort with people and month since: ``COHORTS``, ``came_again_share_pct``,
        ``came_by_then_share_pct`` and companions. ``came_again_count``: took part in the month ``months_since``
        after the first; ``came_by_then_count``: in it or in a month between. ``months_since`` goes from 1 to the
        last finished month of the selection: what has not ended is nobody's absence. For the public no rows.
    """
    frame = _cohorts(selection) if disclosure.is_open else pd.DataFrame()
    return protect(shaped(frame, COHORTS), disclosure, people=_PEOPLE, ratios=_RATIOS)


def together(cohorts: pd.DataFrame) -> pd.DataFrame:
    """All cohorts as one, month by month since the first.

    Args:
        cohorts: as ``by_first_month`` gives them, to whoever may see them.

    Returns:
        One row per month since that some cohort has behind it: the columns of ``by_first_month`` but
        ``cohort_month``, of those cohorts alone.
    """
    added = cohorts.groupby("months_since")[list(_PEOPLE)].sum().reset_index()
    own = {name: dtype for name, dtype in COHORTS.items() if name != "cohort_month"}
    companions = {name + HIDDEN: cohorts.groupby("months_since")[name + HIDDEN].any().to_numpy() for name in _PEOPLE}
    frame = shaped(added.assign(**companions), {**own, **dict.fromkeys(companions, FLAG)})
    return protect(frame, Disclosure(Role.ANALYST), people=_PEOPLE, ratios=_RATIOS)


def between_visits(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """How many calendar months lie between a visit and the same person's next one.

    Returns:
        One row per number of months from 0 (the same month) to the longest wait, also where there was none:
        ``BETWEEN``, ``next_visits_share_pct`` and companions. Visits with no next one in the selected months are
        not counted: they may be the last, or the next may lie ahead. For the public no rows.
    """
    frame = _waits(selection) if disclosure.is_open else pd.DataFrame()
    ratios = (Ratio("next_visits_share_pct", "next_visits_count", "all_next_visits_count"),)
    return protect(
        shaped(frame, BETWEEN), disclosure, people=("next_visits_count", "all_next_visits_count"), ratios=ratios
    )


def months_between(first: date, last: date) -> int:
    """How many months the second month lies after the first."""
    return (last.year - first.year) * 12 + last.month - first.month


def _cohorts(selection: Selection) -> pd.DataFrame:
    first = selection.span.first_people_month
    if first is None:
        return pd.DataFrame()
    last = min(selection.end, add_months(selection.span.unfinished_month, -1))
    rows = selection.registrations
    took_part = rows[rows["is_participation"] & rows["person_id"].notna() & (rows["month"] <= pd.Timestamp(last))]
    active = took_part[["person_id", "month", "first_month"]].drop_duplicates(["person_id", "month"])
    begun = active[(active["month"] == active["first_month"]) & (active["month"] > pd.Timestamp(first))]
    again = active[active["person_id"].isin(begun["person_id"]) & (active["month"] > active["first_month"])]
    again = again.assign(months_since=_number(again["month"]) - _number(again["first_month"]))
    came = again.groupby(["first_month", "months_since"]).size()
    first_return = (
        again.groupby(["first_month", "person_id"])["months_since"].min().rename("first_return").reset_index()
    )
    returned = first_return.groupby(["first_month", "first_return"]).size()
    records = []
    for month, size in begun["month"].value_counts().sort_index().items():
        cohort = pd.Timestamp(str(month))
        so_far = 0
        for since in range(1, months_between(cohort.date(), last) + 1):
            so_far += int(returned.get((cohort, since), 0))
            records.append((cohort, since, size, int(came.get((cohort, since), 0)), so_far))
    return pd.DataFrame(records, columns=list(COHORTS))


def _waits(selection: Selection) -> pd.DataFrame:
    following = visits.with_next(visits.in_order(selection))
    waits = _number(following["next_starts_on"]) - _number(following["starts_on"])
    counted = waits.value_counts()
    longest = int(waits.max()) if len(waits) else -1
    return pd.DataFrame(
        {
            "months_between": range(longest + 1),
            "next_visits_count": [int(counted.get(months, 0)) for months in range(longest + 1)],
            "all_next_visits_count": len(waits),
        }
    )


def _number(days: pd.Series[pd.Timestamp]) -> pd.Series[int]:
    return days.dt.year * 12 + days.dt.month
