"""Paths: where people whose visit was here went next, between spaces and between themes; counts only.

These tables cut through the lists of events in ways for which there are no published blocks (docs/adr/0011): they are
for analysts alone, and empty for the public.
"""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics import visits
from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.rows import Array, each_once
from dashboard.metrics.selection import Selection, numbers_of
from dashboard.metrics.shape import COUNT, TEXT, shaped

PATHS: Final = {"from_part": TEXT, "to_part": TEXT, "path_people_count": COUNT, "path_base_count": COUNT}
_PEOPLE: Final = ("path_people_count", "path_base_count")
_AT_ONCE: Final = 1 << 16
"""Visits of some people at once: what is worked out of them then stays near the processor."""
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
    placed = selection.events.loc[selection.events["space_id"].notna(), ["event_number", "space_id"]]
    return _paths(selection, placed, disclosure)


def between_themes(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """People whose next visit after one of a theme was of the same or another theme.

    An event with two themes is a step from or to both. Visits to events without a theme are passed over.

    Returns:
        As ``between_spaces``, with themes for spaces.
    """
    themed = selection.event_themes[["event_number", "theme_id"]]
    themed = themed[themed["theme_id"].isin(selection.themes["theme_id"])]
    return _paths(selection, themed, disclosure)


def _paths(selection: Selection, parts: pd.DataFrame, disclosure: Disclosure) -> pd.DataFrame:
    """Paths of visits between the parts of their events; ``parts``: the event's number, then its part."""
    frame = pd.DataFrame()
    if disclosure.is_open:
        frame = _counted(selection, parts.set_axis(["event_number", "part"], axis="columns").drop_duplicates())
    return protect(shaped(frame, PATHS), disclosure, people=_PEOPLE, ratios=(_SHARE,))


def _counted(selection: Selection, parts: pd.DataFrame) -> pd.DataFrame:
    codes, names = pd.factorize(parts["part"], sort=True)
    place = parts.groupby("event_number").cumcount().to_numpy()
    # Row by row the first part of every event, the second where it has one, and so on; -1 where it has none.
    of_events = np.full((int(place.max(initial=0)) + 1, len(selection.rows.counts)), -1, dtype="int32")
    of_events[place, numbers_of(parts)] = codes
    ordered = visits.in_order(selection)
    size = max(1, len(names))
    base, counted = np.zeros(size, dtype="int64"), np.zeros(size * size, dtype="int64")
    for some in ordered.by_people(_AT_ONCE):
        placed = some.where(of_events[0][some.events] >= 0)
        people, at = placed.people, of_events[:, placed.events].astype("int64")
        base += _people([(people, here) for here in at], size)
        steps = np.flatnonzero(placed.has_next)
        pairs = product(at[:, steps], at[:, steps + 1])
        counted += _people(
            [
                (people[steps], np.where((origin >= 0) & (target >= 0), origin * size + target, -1))
                for origin, target in pairs
            ],
            size * size,
        )
    found = np.flatnonzero(counted)
    frame = pd.DataFrame(
        {
            "from_part": names[found // size],
            "to_part": names[found % size],
            "path_people_count": counted[found],
            "path_base_count": base[found // size],
        }
    )
    return frame.sort_values(["path_people_count", "from_part", "to_part"], ascending=[False, True, True])


def _people(rows: list[tuple[Array, Array]], groups: int) -> Array:
    """Distinct people of each group, of people and the groups they are in; group -1 is none."""
    found = each_once(np.concatenate([(people * groups + codes)[codes >= 0] for people, codes in rows]))
    return np.bincount(found % groups, minlength=groups)
