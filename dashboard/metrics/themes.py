"""Themes: how much happens and who comes, by theme; shares, their change, and variety."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics.counts import (
    EVENT_COLUMNS,
    in_all,
    of_registrations,
    protected,
    summary,
    zero_where_nobody,
)
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio
from dashboard.metrics.grouping import Groups, with_numbers
from dashboard.metrics.indices import hill_number
from dashboard.metrics.selection import Selection, numbers_of
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, looked_up, shaped

_THEME: Final = {"theme_id": TEXT, "name_uk": TEXT, "name_en": TEXT, "rank": COUNT}
_TOTALS: Final = {"themed_events_count": COUNT, "total_registrations_count": COUNT}
BY_THEME: Final = {**_THEME, **_TOTALS}
BY_MONTH: Final = {"month": DAY, "is_unfinished": FLAG, **_THEME, **_TOTALS}
BY_DISTRICT: Final = {"district_code": TEXT, "theme_id": TEXT, "events_count": COUNT}
CHANGES: Final = {
    **_THEME,
    "events_count": COUNT,
    "previous_events_count": COUNT,
    "events_change_count": COUNT,
    "theme_share_pct": NUMBER,
    "previous_theme_share_pct": NUMBER,
    "theme_share_change_pp": NUMBER,
    "registrations_count": COUNT,
    "previous_registrations_count": COUNT,
    "registrations_count_is_hidden": FLAG,
    "previous_registrations_count_is_hidden": FLAG,
    "participants_count": COUNT,
    "previous_participants_count": COUNT,
    "participants_count_is_hidden": FLAG,
    "previous_participants_count_is_hidden": FLAG,
}
_PEOPLE: Final = ("total_registrations_count",)
_TOTAL: Final = {
    "total_registrations_count": "registrations_count",
    "total_registrations_count" + HIDDEN: "registrations_count" + HIDDEN,
}
_SHARES: Final = (
    Ratio("theme_share_pct", "events_count", "themed_events_count"),
    Ratio("theme_registrations_share_pct", "registrations_count", "total_registrations_count"),
)


def by_theme(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Events and people of the selected months by theme.

    Returns:
        One row per chosen theme, by rank; where no themes are chosen, a last row of events without a
        theme, whose ``theme_id`` is missing: ``BY_THEME``, the columns of ``counts.protected``, and
        ``theme_share_pct`` (of the events that have a theme), ``theme_registrations_share_pct`` (of all
        registrations of the selection). An event with two themes counts in both rows, so shares may add
        up to more than 100. ``theme_share_pct`` is missing in the row without theme.
    """
    keys = selection.themes[list(_THEME)]
    if not selection.filters.themes:
        keys = pd.concat([keys, pd.DataFrame({"theme_id": [None]})], ignore_index=True).astype(_THEME)
    counted = summary(_by_theme(selection), ["theme_id"], keys, disclosure)
    themed = len(each_event(themed_events(selection)[["event_number"]]))
    everyone = in_all(selection, disclosure, with_participants=False).iloc[0]
    frame = counted.assign(
        themed_events_count=pd.Series(themed, index=counted.index, dtype=COUNT).where(counted["theme_id"].notna()),
        **{name: everyone[of] for name, of in _TOTAL.items()},
    )
    return protected(frame, BY_THEME, disclosure, people=_PEOPLE, ratios=_SHARES)


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Events and people by theme and month.

    Returns:
        One row per month and chosen theme, by month and rank, also where nothing happened: ``BY_MONTH``
        and the rest as in ``by_theme``.
    """
    keys = selection.months.merge(selection.themes[list(_THEME)], how="cross")
    counted = summary(_by_theme(selection), ["month", "theme_id"], keys, disclosure)
    themed = each_event(themed_events(selection)[["event_number", "month"]])["month"].value_counts()
    everyone = of_registrations(selection, ["month"], disclosure, with_participants=False)
    frame = counted.assign(
        is_unfinished=counted["month"] >= pd.Timestamp(selection.span.unfinished_month),
        themed_events_count=looked_up(counted["month"], themed).fillna(0),
        **{name: looked_up(counted["month"], everyone[of]) for name, of in _TOTAL.items()},
    )
    frame = zero_where_nobody(frame, list(_TOTAL))
    return protected(frame, BY_MONTH, disclosure, people=_PEOPLE, ratios=_SHARES)


def by_district(selection: Selection) -> pd.DataFrame:
    """Held events by district and theme (no people are counted).

    Returns:
        One row per chosen district and theme, also where nothing happened: ``BY_DISTRICT``.
    """
    keys = selection.districts[["district_code"]].merge(selection.themes[["theme_id"]], how="cross")
    groups = Groups(with_district(themed_events(selection), selection), ["district_code", "theme_id"])
    counted = groups.keys.assign(events_count=groups.sizes)
    frame = keys.merge(counted, on=["district_code", "theme_id"], how="left")
    return shaped(frame.fillna({"events_count": 0}), BY_DISTRICT)


def changes(selection: Selection, month: date, base_month: date, disclosure: Disclosure) -> pd.DataFrame:
    """Each theme in one month beside another.

    Returns:
        One row per chosen theme, by rank: ``CHANGES``. Changes are differences of what may be shown: of
        counts, and of shares in percentage points. The ``previous_`` and change columns are missing where
        the base month lies before the data begin, or either month is unfinished.

    Raises:
        ValueError: one of the months is outside the selection.
    """
    span = selection.span
    is_comparable = (
        span.first_month is not None
        and base_month >= span.first_month
        and not span.is_unfinished(month)
        and not span.is_unfinished(base_month)
    )
    now, base = (by_theme(selection.between(each, each), disclosure) for each in (month, base_month))
    return beside(now, base, is_comparable=is_comparable)


def beside(now: pd.DataFrame, base: pd.DataFrame, *, is_comparable: bool) -> pd.DataFrame:
    """``changes`` out of two frames of ``by_theme`` for the same filters; what has no theme is left out."""
    frame = now[now["theme_id"].notna()].reset_index(drop=True)
    before = base.set_index("theme_id").reindex(frame["theme_id"]).reset_index(drop=True)
    names = ("events_count", "theme_share_pct", "registrations_count", "participants_count")
    previous = before[list(names)]
    frame = frame.assign(
        **{
            f"previous_{name}": previous[name] if is_comparable else previous[name].mask(previous[name].notna())
            for name in names
        },
        **{
            f"previous_{name}{HIDDEN}": before[name + HIDDEN] & is_comparable
            for name in ("registrations_count", "participants_count")
        },
    )
    frame = frame.assign(
        events_change_count=frame["events_count"] - frame["previous_events_count"],
        theme_share_change_pp=frame["theme_share_pct"] - frame["previous_theme_share_pct"],
    )
    return shaped(frame, CHANGES)


def variety(themed: pd.DataFrame, by: str) -> pd.Series[float]:
    """Variety of themes (Hill number of order 1) of events with themes, by one column.

    Args:
        themed: one row per event and theme: ``theme_id`` and the column ``by``.
        by: name of the column to group by, which becomes the index.
    """
    groups = Groups(themed, [by, "theme_id"])
    return pd.Series(groups.sizes).groupby(pd.Index(groups.keys[by])).agg(hill_number).astype("float64")


def themed_events(selection: Selection) -> pd.DataFrame:
    """Held events, no sessions, repeated for each chosen theme.

    Returns:
        One row per event and theme, those of an event together: the rows of ``Selection.event_themes``.
    """
    is_event = np.zeros(len(selection.rows.counts), dtype=bool)
    is_event[numbers_of(selection.events)] = True
    pairs = selection.event_themes
    return pairs[pairs["is_chosen"].to_numpy(dtype=bool) & is_event[numbers_of(pairs)]]


def with_district(themed: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """``themed_events`` with the ``district_code`` of each, and its number."""
    place = np.zeros(len(selection.rows.counts), dtype="int64")
    place[numbers_of(selection.events)] = np.arange(len(selection.events))
    at = place[numbers_of(themed)]
    names = with_numbers(selection.events, ["district_code"])
    return themed.assign(**{name: selection.events[name].array.take(at) for name in names})


def each_event(themed: pd.DataFrame) -> pd.DataFrame:
    """One row of each event out of a frame where the rows of an event lie together."""
    numbers = numbers_of(themed)
    return themed[np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)]]


def _by_theme(selection: Selection) -> Selection:
    """The selection with its events and sessions repeated for each of their themes."""
    columns = ["event_number", "month", *EVENT_COLUMNS]
    events, sessions = (
        selection.themed(frame[columns], with_none=True) for frame in (selection.events, selection.sessions)
    )
    return replace(selection, events=events, sessions=sessions)
