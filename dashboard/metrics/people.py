"""Participants: distinct people, who is new and who came back, and where they live."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics import counts
from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, TEXT, looked_up, shaped

_COUNTED: Final = {
    "participants_count": COUNT,
    "new_participants_count": COUNT,
    "returning_participants_count": COUNT,
}
BY_MONTH: Final = {"month": DAY, **_COUNTED}
IN_PERIOD: Final = _COUNTED
BY_HOME: Final = {
    "home_status": TEXT,
    "home_district_code": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "population_count": COUNT,
    "registrations_count": COUNT,
    "participants_count": COUNT,
    "total_registrations_count": COUNT,
}
_NEW_SHARE: Final = Ratio("new_participants_share_pct", "new_participants_count", "participants_count")


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Distinct participants of each month.

    Returns:
        One row per month: ``BY_MONTH``, ``new_participants_share_pct`` and companions. New: the person's
        first participation in the city, whatever the filters, lies in that month. All missing before the
        first month with registrations; new and returning also in that month itself, when everyone is new.
    """
    frame = exact_by_month(selection)
    return protect(shaped(frame, BY_MONTH), disclosure, people=tuple(_COUNTED), ratios=(_NEW_SHARE,))


def exact_by_month(selection: Selection) -> pd.DataFrame:
    """Unprotected ``BY_MONTH``, for other metrics."""
    registrations = selection.registrations
    is_new = registrations["first_month"] == registrations["month"]
    months = selection.months
    everyone = looked_up(months["month"], counts.people(registrations, ["month"])).fillna(0).astype(COUNT)
    new = looked_up(months["month"], counts.people(registrations[is_new], ["month"])).fillna(0).astype(COUNT)
    first = selection.span.first_people_month
    is_known = months["month"] >= pd.Timestamp(first) if first else pd.Series(data=False, index=months.index)
    is_told_apart = is_known & (months["month"] != pd.Timestamp(first or selection.start))
    return months.assign(
        participants_count=everyone.where(is_known),
        new_participants_count=new.where(is_told_apart),
        returning_participants_count=(everyone - new).where(is_told_apart),
    )


def in_period(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Distinct participants of all selected months together; new ones had their first participation in them.

    Returns:
        One row: ``IN_PERIOD``, ``new_participants_share_pct`` and companions; zeros when nobody came.
        New and returning are missing where the period holds the first month with registrations.
    """
    registrations = selection.registrations
    everyone = counts.people_in_all(registrations)
    new = counts.people_in_all(registrations[registrations["first_month"] >= selection.start_at])
    first = selection.span.first_people_month
    is_told_apart = first is not None and first < selection.start
    frame = pd.DataFrame(
        {
            "participants_count": [everyone],
            "new_participants_count": [new if is_told_apart else pd.NA],
            "returning_participants_count": [everyone - new if is_told_apart else pd.NA],
        }
    )
    return protect(shaped(frame, IN_PERIOD), disclosure, people=tuple(_COUNTED), ratios=(_NEW_SHARE,))


def by_home(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Where those who signed up live, as they stated it.

    Returns:
        One row per district of the city (all of them, whatever districts are chosen for events that is),
        then one for outside the city and one for not stated: ``BY_HOME``, ``registrations_share_pct`` of all,
        and companions. ``home_district_code`` and the names are missing in the last two.
    """
    keys = ["home_status", "home_district_code"]
    registrations = selection.registrations
    districts = selection.city_districts.rename(columns={"district_code": "home_district_code"})
    rows = pd.concat(
        [
            districts[["home_district_code", "name_uk", "name_en", "population_count"]].assign(home_status="district"),
            pd.DataFrame({"home_status": ["outside_city", "not_stated"]}),
        ],
        ignore_index=True,
    ).astype({"home_district_code": TEXT})
    counted = counts.of_registrations(registrations, keys)[["registrations_count", "participants_count"]]
    frame = rows.merge(counted.reset_index(), on=keys, how="left").fillna(
        {"registrations_count": 0, "participants_count": 0}
    )
    return protect(
        shaped(frame.assign(total_registrations_count=len(registrations)), BY_HOME),
        disclosure,
        people=("registrations_count", "participants_count", "total_registrations_count"),
        ratios=(Ratio("registrations_share_pct", "registrations_count", "total_registrations_count"),),
        adds_up_within=(),
    )
