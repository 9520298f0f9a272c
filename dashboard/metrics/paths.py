"""Paths: where people whose visit was here went next, between spaces and between themes; counts only.

These tables cut through the lists of events in ways for which there are no published blocks (docs/adr/0011): they are
for analysts alone, and empty for the public.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics import visits
from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, TEXT, shaped

PATHS: Final = {"from_part": TEXT, "to_part": TEXT, "path_people_count": COUNT, "path_base_count": COUNT}
_PEOPLE: Final = ("path_people_count", "path_base_count")
_SHARE: Final = Ratio("path_share_pct", "path_people_count", "path_base_count")


def between_spaces(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People whose next visit after one in a space was in the same or another space.

    Visits elsewhere than in a listed space are passed over, not counted as a next visit.

    Returns:
        One row per pair of spaces that somebody went between, most people first: ``PATHS``, ``path_share_pct`` and
        companions. ``path_people_count``: distinct people with at least one such step; ``path_base_count``: all who
        visited the first one. A person may have stepped to several, so shares add up to more than 100, or to less:
        some have no next visit. For the public no rows.
    """
    ordered = visits.in_order(selection)
    return _paths(ordered[ordered["space_id"].notna()], ordered[["event_number", "space_id"]], disclosure)


def between_themes(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People whose next visit after one of a theme was of the same or another theme.

    An event with two themes is a step from or to both. Visits to events without a theme are passed over.

    Returns:
        As ``between_spaces``, with themes for spaces.
    """
    themed = selection.event_themes[["event_number", "theme_id"]]
    themed = themed[themed["theme_id"].isin(selection.themes["theme_id"])]
    ordered = visits.in_order(selection)
    return _paths(ordered[ordered["event_number"].isin(themed["event_number"])], themed, disclosure)


def _paths(ordered: pd.DataFrame, parts: pd.DataFrame, disclosure: Disclosure) -> pd.DataFrame:
    """Paths of visits between the parts of their events; ``parts``: the event's number, then its part."""
    frame = _counted(ordered, parts.set_axis(["event_number", "part"], axis="columns")) if disclosure.is_open else None
    return protect(
        shaped(pd.DataFrame() if frame is None else frame, PATHS), disclosure, people=_PEOPLE, ratios=(_SHARE,)
    )


def _counted(ordered: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    parts = parts.drop_duplicates()
    here = ordered[["person_id", "event_number"]].merge(parts, on="event_number")
    base = here.groupby("part")["person_id"].nunique()
    steps = visits.with_next(ordered)[["person_id", "event_number", "next_event_number"]]
    steps = steps.merge(parts.rename(columns={"part": "from_part"}), on="event_number")
    to = parts.rename(columns={"part": "to_part", "event_number": "next_event_number"})
    steps = steps.merge(to, on="next_event_number")
    counted = steps.groupby(["from_part", "to_part"])["person_id"].nunique().rename("path_people_count").reset_index()
    return counted.assign(path_base_count=counted["from_part"].map(base)).sort_values(
        ["path_people_count", "from_part", "to_part"], ascending=[False, True, True]
    )
