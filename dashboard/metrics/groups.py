"""Participant groups: NGOs, artists, students, residents and the others who sign up and come.

The public sees them of the whole city alone (see ``parts``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.metrics.counts import in_all, of_registrations, told, zero_where_nobody
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio, protect
from dashboard.metrics.parts import by_part
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
_TOTAL: Final = {
    "total_registrations_count": "registrations_count",
    "total_registrations_count" + HIDDEN: "registrations_count" + HIDDEN,
}
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
        different groups counts in each. All is missing where something was held and no list of it is known.
    """
    frame = counted(selection, disclosure)
    everyone = in_all(selection, disclosure, with_participants=False).iloc[0]
    frame = frame.assign(**{name: everyone[of] for name, of in _TOTAL.items()})
    return _protected(_known(frame, selection), BY_GROUP, disclosure)


def counted(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People by chosen group, as the role may know them, for other metrics (see ``parts.by_part``)."""
    return by_part(selection, ["participant_group"], _keys(selection), disclosure)


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People by participant group and month.

    Returns:
        One row per month and chosen group, also where there was nobody: ``BY_MONTH`` and the rest as in
        ``by_group``, missing in a month where something was held and no list of it is known.
    """
    keys = selection.months.merge(_keys(selection), how="cross")
    keys = keys.assign(is_unfinished=keys["month"] >= pd.Timestamp(selection.span.unfinished_month))
    frame = by_part(selection, ["month", "participant_group"], keys, disclosure)
    totals = of_registrations(selection, ["month"], disclosure, with_participants=False)
    frame = _known(_with_totals(frame, "month", totals), selection, "month")
    return _protected(frame, BY_MONTH, disclosure)


def by_theme(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People of the selected months by theme of the event and participant group.

    Returns:
        One row per chosen theme and group, by rank, also where there was nobody: ``BY_THEME`` and the rest
        as in ``by_group``; shares are of the theme's registrations. All is missing of a theme with events of which
        no list is known. For the public all else is hidden.
    """
    columns = ["event_number", "has_registrations"]
    themed = replace(
        selection,
        events=selection.themed(selection.events[columns]),
        sessions=selection.themed(selection.sessions[columns]),
    )
    keys = selection.themes[["theme_id"]].merge(_keys(selection), how="cross")
    frame = by_part(themed, ["theme_id", "participant_group"], keys, disclosure)
    totals = of_registrations(themed, ["theme_id"], disclosure, with_participants=False)
    frame = _known(_with_totals(frame, "theme_id", totals), themed, "theme_id")
    return _protected(frame, BY_THEME, disclosure)


def _keys(selection: Selection) -> pd.DataFrame:
    chosen = [group for group in PARTICIPANT_GROUPS if group in (selection.filters.groups or PARTICIPANT_GROUPS)]
    return pd.DataFrame({"participant_group": pd.Series(chosen, dtype=TEXT)})


def _with_totals(frame: pd.DataFrame, key: str, totals: pd.DataFrame) -> pd.DataFrame:
    found = {name: looked_up(frame[key], totals[of]) for name, of in _TOTAL.items()}
    return zero_where_nobody(frame.assign(**found), list(_TOTAL))


def _known(frame: pd.DataFrame, selection: Selection, by: str | None = None) -> pd.DataFrame:
    """Without a single list nobody knows who came: where something was held, or before any list, that is not 0."""
    columns = ["has_registrations"] if by is None else ["has_registrations", by]
    held = pd.concat([selection.events[columns], selection.sessions[columns]])
    listed = held[held["has_registrations"]]
    if by is not None:
        has_event, has_list = (frame[by].isin(rows[by]) for rows in (held, listed))
    else:
        has_event, has_list = (pd.Series(len(rows) > 0, index=frame.index) for rows in (held, listed))
    is_unknown = (has_event & ~has_list) | ~told(frame, selection, is_of_people=True)
    return frame.assign(
        **{name: frame[name].mask(is_unknown) for name in _COUNTED},
        **{name + HIDDEN: frame[name + HIDDEN] & ~is_unknown for name in _COUNTED},
    )


def _protected(frame: pd.DataFrame, dtypes: dict[str, str], disclosure: Disclosure) -> pd.DataFrame:
    companions = {name + HIDDEN: FLAG for name in _COUNTED}
    return protect(shaped(frame, {**dtypes, **companions}), disclosure, people=_COUNTED, ratios=_RATIOS)
