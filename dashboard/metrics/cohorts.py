"""People over time: cohorts by the month of the first visit, and the months between visits.

These tables cut through the lists of events in ways for which there are no published blocks (docs/adr/0011): they are
for analysts alone, and empty for the public.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from dashboard.filters import add_months
from dashboard.metrics import visits
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio, protect
from dashboard.metrics.rows import Array, Runs, each_once, month_numbers
from dashboard.metrics.selection import Selection, numbers_of
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
    last = min(selection.end, add_months(selection.span.unfinished_month, -1))
    months = [month.date() for month in selection.months["month"] if month.date() <= last]
    if first is None or not months:
        return pd.DataFrame()
    rows = selection.rows
    began = months_between(date(1, 1, 1), months[0]) + 12
    held = pd.concat([selection.events[["event_number", "month"]], selection.sessions[["event_number", "month"]]])
    place = month_numbers(held["month"]) - began
    held, place = held[place < len(months)], place[place < len(months)]
    runs = Runs.of(rows, numbers_of(held), place, len(months))
    people = runs.taken(rows.people)
    # Each person once a month, and the months of each in their order.
    active = each_once((people.astype("int64") * len(months) + runs.codes)[people > 0])
    people, month = active // len(months), active % len(months)
    cohort = rows.first_months[people] - began
    begun_here = np.zeros(len(rows.first_months), dtype=bool)
    begun_here[people[(month == cohort) & (cohort > months_between(months[0], first))]] = True
    size = np.bincount(rows.first_months[np.flatnonzero(begun_here)] - began, minlength=len(months))
    is_again = begun_here[people] & (month > cohort)
    people, month, cohort = people[is_again], month[is_again], cohort[is_again]
    came = _table(cohort, month - cohort, len(months))
    is_first_return = np.diff(people, prepend=0) != 0
    returned = _table(cohort[is_first_return], (month - cohort)[is_first_return], len(months)).cumsum(axis=1)
    records = [
        (pd.Timestamp(month), since, size[number], came[number, since], returned[number, since])
        for number, month in enumerate(months)
        if size[number]
        for since in range(1, len(months) - number)
    ]
    return pd.DataFrame(records, columns=list(COHORTS))


def _table(cohort: Array, since: Array, months: int) -> Array:
    """How many there are of each cohort and number of months since."""
    return np.bincount(cohort * months + since, minlength=months * months).reshape(months, months)


def _waits(selection: Selection) -> pd.DataFrame:
    ordered = visits.in_order(selection)
    months = np.empty(len(selection.rows.counts), dtype="int64")
    months[numbers_of(selection.events)] = month_numbers(selection.events["starts_on"])
    of_visits = months[ordered.events]
    has_next = ordered.has_next
    counted = np.bincount((np.append(of_visits[1:], 0) - of_visits)[has_next]) if has_next.any() else np.array([], int)
    return pd.DataFrame(
        {
            "months_between": range(len(counted)),
            "next_visits_count": counted,
            "all_next_visits_count": counted.sum(),
        }
    )
