"""Paths: where people whose visit was here went next, between spaces and between themes; counts only.

These tables cut through the lists of events in ways for which there are no published blocks (docs/adr/0011): they are
for analysts alone, and empty for the public.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics import visits
from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.rows import Array, distinct
from dashboard.metrics.selection import Selection, numbers_of
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
    numbers = numbers_of(parts)
    # The parts of an event stand together: where they begin, and how many there are.
    in_order = np.argsort(numbers, kind="stable")
    codes = codes[in_order]
    counts = np.bincount(numbers, minlength=len(selection.rows.counts))
    starts = np.cumsum(counts) - counts
    ordered = visits.in_order(selection)
    ordered = ordered.where(counts[ordered.events] > 0)
    visit, here = _repeated(ordered.events, starts, counts)
    base = _people(ordered.people[visit], codes[here], len(names))
    has_next = np.flatnonzero(ordered.has_next)
    step, origin = _repeated(ordered.events[has_next], starts, counts)
    again, target = _repeated(ordered.events[has_next + 1][step], starts, counts)
    pairs = codes[origin][again] * len(names) + codes[target]
    counted = _people(ordered.people[has_next][step][again], pairs, len(names) ** 2)
    found = np.flatnonzero(counted)
    frame = pd.DataFrame(
        {
            "from_part": names[found // max(1, len(names))],
            "to_part": names[found % max(1, len(names))],
            "path_people_count": counted[found],
            "path_base_count": base[found // max(1, len(names))],
        }
    )
    return frame.sort_values(["path_people_count", "from_part", "to_part"], ascending=[False, True, True])


def _repeated(events: Array, starts: Array, counts: Array) -> tuple[Array, Array]:
    """Events repeated for each of their parts: the place of each in ``events``, and that of the part."""
    sizes = counts[events]
    place = np.repeat(np.arange(len(events)), sizes)
    return place, np.repeat(starts[events] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def _people(people: Array, codes: Array, groups: int) -> Array:
    """Distinct people of each group."""
    order = np.argsort(codes.astype("uint16") if groups <= np.iinfo("uint16").max else codes, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=groups))])
    return distinct(people[order], bounds)
