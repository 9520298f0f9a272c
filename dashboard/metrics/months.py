"""Months: every figure of the city, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from dashboard.metrics import districts, network, people, returns, spaces, themes
from dashboard.metrics.counts import COUNTS, protected, summary
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Ratio
from dashboard.metrics.districts import PER_RESIDENT
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, looked_up
from etl.contract import LISTED_ORIGINS

_LISTED: Final = {
    "cancelled_events_count": COUNT,
    "open_spaces_count": COUNT,
    "active_spaces_count": COUNT,
    "silent_spaces_count": COUNT,
    "themed_events_count": COUNT,
    "theme_variety": NUMBER,
    "located_events_count": COUNT,
    "district_evenness": NUMBER,
    "meetups_count": COUNT,
    "spaces_per_meetup": NUMBER,
    "space_links_count": COUNT,
    "proposals_count": COUNT,
}
_REPORTED: Final = {
    "reported_events_count": COUNT,
    "reported_visitors_count": COUNT,
    "reporting_spaces_count": COUNT,
    "expected_returns_count": COUNT,
    "received_returns_count": COUNT,
}
BY_MONTH: Final = {
    "month": DAY,
    "is_unfinished": FLAG,
    "has_workshop": FLAG,
    **_LISTED,
    "new_participants_count": COUNT,
    "returning_participants_count": COUNT,
    "population_count": COUNT,
    **_REPORTED,
}
_PEOPLE: Final = ("new_participants_count", "returning_participants_count", "reported_visitors_count")
_RATIOS: Final = (
    PER_RESIDENT,
    Ratio("new_participants_share_pct", "new_participants_count", "participants_count"),
    Ratio("returns_coverage_pct", "received_returns_count", "expected_returns_count"),
    Ratio("theme_coverage_pct", "themed_events_count", "events_count"),
    Ratio("district_coverage_pct", "located_events_count", "events_count"),
)
_OF_EVENTS: Final = ("events_count", "sessions_count", "recorded_events_count", "seat_events_count", "seats_count")


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Every monthly figure of the selection.

    Returns:
        One row per month, also where nothing happened: ``BY_MONTH``, the columns of ``counts.protected``,
        ``participants_per_1000``, ``new_participants_share_pct``, ``returns_coverage_pct``,
        ``theme_coverage_pct``, ``district_coverage_pct`` and companions. Before the first month of the city's
        lists what lists tell is missing, not 0; before the first month with registrations so is what they
        tell. ``is_unfinished``: the month was still running when the data were gathered; ``has_workshop``: a
        multi-day workshop began in it. A month's row is the same whatever other months are selected.
    """
    months = selection.months
    month = months["month"]
    themed = themes.themed_events(selection)
    others = selection.others[selection.others["origin"].isin(LISTED_ORIGINS)]
    cancelled = others[(others["status"] == "cancelled") & ~others["is_session"]]
    # Each of these has one row per month in the same order, so their columns stand side by side.
    activity = spaces.activity_by_month(selection)
    evenness = districts.evenness_by_month(selection)
    growth = network.growth(selection)
    new = people.told_apart_by_month(selection, disclosure)
    reported = returns.counted_by_month(selection, disclosure)
    keys = months.assign(
        is_unfinished=month >= pd.Timestamp(selection.span.unfinished_month),
        has_workshop=month.isin(selection.events.loc[selection.events["is_workshop"], "month"]),
        cancelled_events_count=_per_month(month, cancelled),
        themed_events_count=_per_month(month, themes.each_event(themed[["event_number", "month"]])),
        theme_variety=looked_up(month, themes.variety(themed, "month")),
        proposals_count=_per_month(month, selection.proposals),
        population_count=selection.districts["population_count"].sum(min_count=max(1, len(selection.districts))),
        **{name: activity[name] for name in ("open_spaces_count", "active_spaces_count", "silent_spaces_count")},
        **{name: evenness[name] for name in ("located_events_count", "district_evenness")},
        **{name: growth[name] for name in ("meetups_count", "spaces_per_meetup", "space_links_count")},
        **{name: new[name] for name in _with_companions(_PEOPLE[:2])},
        **{name: reported[name] for name in (*_REPORTED, *_with_companions(_PEOPLE[2:]))},
    )
    frame = summary(selection, ["month"], keys, disclosure)
    of_people = [name for name in COUNTS if name not in _OF_EVENTS]
    frame = _known_from(frame, selection.span.first_month, [*_OF_EVENTS, *_LISTED])
    frame = _known_from(frame, selection.span.first_people_month, of_people)
    return protected(frame, BY_MONTH, disclosure, people=_PEOPLE, ratios=_RATIOS)


def _per_month(month: pd.Series[pd.Timestamp], rows: pd.DataFrame) -> pd.Series[int]:
    return looked_up(month, rows["month"].value_counts()).fillna(0).astype(COUNT)


def _known_from(frame: pd.DataFrame, first: date | None, columns: list[str]) -> pd.DataFrame:
    is_known = frame["month"] >= pd.Timestamp(first) if first else pd.Series(data=False, index=frame.index)
    if is_known.all():
        return frame
    flags = [name + HIDDEN for name in columns if name + HIDDEN in frame]
    return frame.assign(
        **{name: frame[name].where(is_known) for name in columns},
        **{name: frame[name] & is_known for name in flags},
    )


def _with_companions(names: Sequence[str]) -> list[str]:
    return [*names, *(name + HIDDEN for name in names)]
