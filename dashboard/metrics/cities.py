"""Cities side by side: the figures that mean the same in each, and why the others do not stand there.

One city's rows come from its own ``Selection``; nothing is added up over cities.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.metrics import contrast, months, network, themes
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import HIDDEN, Disclosure
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, shaped

COMPARABLE: Final = (
    "participants_per_1000",
    "attendance_rate_pct",
    "seat_use_pct",
    "median_lead_days",
    "theme_variety",
    "spaces_per_meetup",
)
"""Rates, means and indices: what does not grow with the city or with the number of its lists."""

LEFT_OUT: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "events_count",
            "sessions_count",
            "cancelled_events_count",
            "registrations_count",
            "attendances_count",
            "participants_count",
            "active_spaces_count",
            "silent_spaces_count",
            "meetups_count",
            "space_links_count",
            "proposals_count",
        ),
        "size",
    ),
    **dict.fromkeys(("new_participants_count", "returning_participants_count"), "history"),
    **dict.fromkeys(("reported_visitors_count", "reported_events_count"), "returns"),
    "no_show_rate_pct": "same",
    "district_evenness": "districts",
}
"""Monthly figure → why cities are not compared by it: ``size`` (it grows with the city and with the lists sent in),
``history`` (it depends on how long lists have been kept), ``returns`` (spaces report it themselves, not all do),
``same`` (it says the same as another), ``districts`` (it depends on how many districts there are)."""

IN_PERIOD: Final = {
    "figure_id": TEXT,
    "value": NUMBER,
    "value_is_hidden": FLAG,
    "base_id": TEXT,
    "base_count": NUMBER,
    "base_count_is_hidden": FLAG,
}
BY_MONTH: Final = {"month": DAY, "is_unfinished": FLAG, **IN_PERIOD}
THEMES: Final = {
    "theme_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "rank": COUNT,
    "theme_share_pct": NUMBER,
    "events_count": COUNT,
    "themed_events_count": COUNT,
}


def in_period(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """The comparable figures of one city over all selected months.

    Returns:
        One row per figure of ``COMPARABLE``: ``IN_PERIOD``. ``base_count`` is what the value rests on, which one,
        says ``base_id``; for participants per 1,000 residents that is the population, missing where that of some
        district is not known, and then so is the value, as it is before the city has lists of people.
    """
    row = contrast.totals(selection, disclosure).iloc[0]
    present = network.attendance(selection)
    meetups = present["event_id"].nunique()
    themed = themes.themed_events(selection)
    variety = themes.variety(themed.assign(all=0), "all")
    known = {str(name): value for name, value in row.items()} | {
        "theme_variety": variety.iloc[0] if len(variety) else float("nan"),
        "themed_events_count": themed["event_number"].nunique(),
        "spaces_per_meetup": len(present) / meetups if meetups else float("nan"),
        "meetups_count": meetups,
    }
    first = selection.span.first_people_month
    if first is None or first > selection.end:
        # No list is not nobody.
        known["participants_per_1000"] = float("nan")
    return shaped(pd.DataFrame([_record(figure_id, known) for figure_id in COMPARABLE]), IN_PERIOD)


def by_month(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """The comparable figures of one city month by month.

    Returns:
        One row per month and figure of ``COMPARABLE``: ``BY_MONTH``; values as in ``months.by_month``.
    """
    rows = [
        {"month": row["month"], "is_unfinished": row["is_unfinished"], **_record(figure_id, row)}
        for row in months.by_month(selection, disclosure).to_dict("records")
        for figure_id in COMPARABLE
    ]
    return shaped(pd.DataFrame(rows), BY_MONTH)


def theme_shares(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """What part of one city's themed events each theme has; no people are counted.

    Returns:
        One row per theme of the city, by rank: ``THEMES``. ``theme_share_pct`` is missing where no event has a
        theme.
    """
    frame = themes.by_theme(selection, disclosure)
    return shaped(frame[frame["theme_id"].notna()], THEMES)


def _record(figure_id: str, row: Mapping[Any, Any]) -> dict[str, object]:
    base_id = FIGURES[figure_id].base_id
    return {
        "figure_id": figure_id,
        "value": _number(row.get(figure_id)),
        "value_is_hidden": bool(row.get(figure_id + HIDDEN, False)),
        "base_id": base_id,
        "base_count": _number(row.get(base_id)),
        "base_count_is_hidden": bool(row.get(f"{base_id}{HIDDEN}", False)),
    }


def _number(value: Any) -> float:
    return float("nan") if value is None or pd.isna(value) else float(value)
