"""Participant groups: NGOs, artists, students, residents and the others who sign up and come."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics import counts
from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, TEXT, looked_up, shaped
from etl.contract import PARTICIPANT_GROUPS

_COUNTED: Final = (
    "registrations_count",
    "attendances_count",
    "no_shows_count",
    "attendance_base_count",
    "participants_count",
    "total_registrations_count",
)
_COUNTS: Final = dict.fromkeys(_COUNTED, COUNT)
BY_GROUP: Final = {"participant_group": TEXT, **_COUNTS}
BY_MONTH: Final = {"month": DAY, "is_unfinished": FLAG, "participant_group": TEXT, **_COUNTS}
BY_THEME: Final = {"theme_id": TEXT, "participant_group": TEXT, **_COUNTS}
_RATIOS: Final = (
    Ratio("group_share_pct", "registrations_count", "total_registrations_count"),
    Ratio("attendance_rate_pct", "attendances_count", "attendance_base_count"),
)


def by_group(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People of the selected months by participant group.

    Returns:
        One row per chosen group, in the contract's order: ``BY_GROUP``, ``group_share_pct`` (of the
        registrations of all chosen groups), ``attendance_rate_pct`` and companions. A person who named
        different groups counts in each.
    """
    registrations = selection.registrations
    frame = _counted(registrations, [], _keys(selection)).assign(total_registrations_count=len(registrations))
    return _protected(frame, BY_GROUP, disclosure, ())


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People by participant group and month.

    Returns:
        One row per month and chosen group, also where there was nobody: ``BY_MONTH`` and the rest as in
        ``by_group``.
    """
    registrations = selection.registrations
    keys = selection.months.merge(_keys(selection), how="cross")
    frame = _counted(registrations, ["month"], keys)
    totals = registrations.groupby("month").size()
    frame = frame.assign(
        total_registrations_count=looked_up(frame["month"], totals).fillna(0),
        is_unfinished=frame["month"] >= pd.Timestamp(selection.span.unfinished_month),
    )
    return _protected(frame, BY_MONTH, disclosure, ("month",))


def by_theme(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People of the selected months by theme of the event and participant group.

    Returns:
        One row per chosen theme and group, by rank, also where there was nobody: ``BY_THEME`` and the rest
        as in ``by_group``; shares are of the theme's registrations.
    """
    pairs = selection.event_themes[["event_number", "theme_id"]]
    registrations = selection.registrations.merge(pairs, on="event_number")
    keys = selection.themes[["theme_id"]].merge(_keys(selection), how="cross")
    frame = _counted(registrations, ["theme_id"], keys)
    totals = registrations.groupby("theme_id").size()
    frame = frame.assign(total_registrations_count=looked_up(frame["theme_id"], totals).fillna(0))
    return _protected(frame, BY_THEME, disclosure, ("theme_id",))


def _keys(selection: Selection) -> pd.DataFrame:
    chosen = [group for group in PARTICIPANT_GROUPS if group in (selection.filters.groups or PARTICIPANT_GROUPS)]
    return pd.DataFrame({"participant_group": pd.Series(chosen, dtype=TEXT)})


def _counted(registrations: pd.DataFrame, by: list[str], keys: pd.DataFrame) -> pd.DataFrame:
    names = [*by, "participant_group"]
    counted = counts.of_registrations(registrations, names)
    frame = keys.merge(counted.reset_index(), on=names, how="left")
    return frame.fillna(dict.fromkeys(set(_COUNTED) & set(counted.columns), 0))


def _protected(
    frame: pd.DataFrame, dtypes: dict[str, str], disclosure: Disclosure, within: tuple[str, ...]
) -> pd.DataFrame:
    return protect(shaped(frame, dtypes), disclosure, people=_COUNTED, ratios=_RATIOS, adds_up_within=within)
