"""Participants: distinct people, who is new and who came back, and where they live."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics import counts
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Numbers, Ratio, blocks, is_too_small, protect, published
from dashboard.metrics.parts import by_part, is_of_whole_city
from dashboard.metrics.rows import Array
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, TEXT, looked_up, shaped

_COUNTED: Final = {
    "participants_count": COUNT,
    "new_participants_count": COUNT,
    "returning_participants_count": COUNT,
}
_COMPANIONS: Final = {name + HIDDEN: FLAG for name in _COUNTED}
_EVERYONE: Final = ["participants_count", "participants_count" + HIDDEN]
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
        The public is told new and returning of the whole city alone, and both or neither.
    """
    frame = shaped(_counted_by_month(selection, disclosure), {**BY_MONTH, **_COMPANIONS})
    return protect(frame, disclosure, people=tuple(_COUNTED), ratios=(_NEW_SHARE,))


def _counted_by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """``BY_MONTH`` and companions, as the role may know them."""
    frame = told_apart_by_month(selection, disclosure)
    month = frame["month"]
    counted = counts.of_registrations(selection, ["month"], disclosure)
    people = {name: looked_up(month, counted[name]) for name in _EVERYONE}
    frame = counts.zero_where_nobody(frame.assign(**people), _EVERYONE)
    is_known = _is_known(month, selection)
    unknown = {name: pd.NA if name == "participants_count" else False for name in _EVERYONE}
    return frame.assign(**{name: frame[name].where(is_known, unknown[name]) for name in _EVERYONE})


def _is_known(month: pd.Series[pd.Timestamp], selection: Selection) -> pd.Series[bool]:
    first = selection.span.first_people_month
    return month >= pd.Timestamp(first) if first else pd.Series(data=False, index=month.index)


def told_apart_by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """New and returning participants of each month and their companions, as ``by_month`` tells them."""
    months = selection.months
    month = months["month"]
    all_, new = counts.people_by_month(selection, disclosure)
    returning = all_ - new
    first = selection.span.first_people_month
    is_told_apart = _is_known(month, selection) & (month != pd.Timestamp(first or selection.start))
    return months.assign(**_told_apart(new, returning, is_told_apart, selection, disclosure))


def _told_apart(
    new: Array,
    returning: Array,
    is_told_apart: pd.Series[bool],
    selection: Selection,
    disclosure: Disclosure,
) -> dict[str, pd.Series]:
    """New and returning participants and their companions: one of them small, and neither is shown."""
    exact: dict[str, Numbers] = {
        "new_participants_count": new.astype("float64"),
        "returning_participants_count": returning.astype("float64"),
    }
    is_small = np.logical_or.reduce([is_too_small(part, disclosure) for part in exact.values()])
    is_hidden = is_told_apart & (is_small | (not disclosure.is_open and not is_of_whole_city(selection)))
    columns: dict[str, pd.Series] = {}
    for name, part in exact.items():
        shown, _ = published(blocks(part, disclosure), disclosure)
        columns[name] = pd.Series(shown, index=is_told_apart.index, dtype=COUNT).where(is_told_apart & ~is_hidden)
        columns[name + HIDDEN] = is_hidden
    return columns


def in_period(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Distinct participants of all selected months together; new ones had their first participation in them.

    Returns:
        One row: ``IN_PERIOD``, ``new_participants_share_pct`` and companions; zeros when nobody came.
        New and returning are missing where the period holds the first month with registrations. The public is
        told them of the whole city alone, where they are told of every month: the new ones added up, and the rest.
    """
    everyone = counts.in_all(selection, disclosure).reset_index(drop=True)[_EVERYONE]
    first = selection.span.first_people_month
    is_told_apart = first is not None and first < selection.start
    hidden = False
    if not disclosure.is_open:
        months = told_apart_by_month(selection, disclosure)
        new = months["new_participants_count"].sum(skipna=False)
        hidden = bool(months["new_participants_count" + HIDDEN].any())
    else:
        _, new = counts.people_in_all(selection, disclosure)
    rest = everyone["participants_count"].iloc[0] - new
    if not disclosure.is_open and is_told_apart and not hidden:
        hidden = bool(pd.isna(rest) or 0 != rest < disclosure.min_group_size)
    frame = everyone.assign(
        new_participants_count=pd.array([new if is_told_apart and not hidden else pd.NA], dtype=COUNT),
        returning_participants_count=pd.array([rest if is_told_apart and not hidden else pd.NA], dtype=COUNT),
        **{name + HIDDEN: is_told_apart and hidden for name in list(_COUNTED)[1:]},
    )
    shown = shaped(frame, {**IN_PERIOD, **_COMPANIONS})
    return protect(shown, disclosure, people=tuple(_COUNTED), ratios=(_NEW_SHARE,))


def by_home(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Where those who signed up live, as they stated it.

    Returns:
        One row per district of the city (all of them, whatever districts are chosen for events that is),
        then one for outside the city and one for not stated: ``BY_HOME``, ``registrations_share_pct`` of all,
        and companions. ``home_district_code`` and the names are missing in the last two.
    """
    everyone = counts.in_all(selection, disclosure, with_participants=False).iloc[0]
    frame = counted_by_home(selection, disclosure).assign(
        total_registrations_count=everyone["registrations_count"],
        **{"total_registrations_count" + HIDDEN: everyone["registrations_count" + HIDDEN]},
    )
    people = ("registrations_count", "participants_count", "total_registrations_count")
    return protect(
        shaped(frame, {**BY_HOME, **{name + HIDDEN: FLAG for name in people}}),
        disclosure,
        people=people,
        ratios=(Ratio("registrations_share_pct", "registrations_count", "total_registrations_count"),),
    )


def counted_by_home(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People by where they live, as the role may know them, for other metrics (see ``parts.by_part``)."""
    keys = ["home_status", "home_district_code"]
    districts = selection.city_districts.rename(columns={"district_code": "home_district_code"})
    rows = pd.concat(
        [
            districts[["home_district_code", "name_uk", "name_en", "population_count"]].assign(home_status="district"),
            pd.DataFrame({"home_status": ["outside_city", "not_stated"]}),
        ],
        ignore_index=True,
    ).astype({"home_district_code": TEXT})
    return by_part(selection, keys, rows, disclosure)
