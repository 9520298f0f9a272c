"""Links between spaces by the people who take part in events of both.

Such a number cuts through the lists of two events at a time and is no sum of published blocks (docs/adr/0011), so
it is for analysts alone.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics.disclosure import Disclosure, protect
from dashboard.metrics.rows import Runs, each_once
from dashboard.metrics.selection import Selection, numbers_of
from dashboard.metrics.shape import COUNT, TEXT, looked_up, shaped

LINKS: Final = {
    "space_id": TEXT,
    "other_space_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "other_name_uk": TEXT,
    "other_name_en": TEXT,
    "shared_participants_count": COUNT,
}


def links(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Pairs of spaces whose events and sessions had the same people.

    Returns:
        One row per pair, the one with most people first: ``LINKS`` and ``shared_participants_count_is_hidden``.
        ``space_id`` sorts before ``other_space_id``. For any role but the analyst's, no rows.
    """
    frame = _pairs(selection) if disclosure.is_open else pd.DataFrame(columns=list(LINKS), dtype=TEXT)
    names = selection.city_spaces.set_index("space_id")[["name_uk", "name_en"]]
    frame = frame.assign(
        **{
            f"{prefix}{name}": looked_up(frame[f"{prefix}space_id"], names[name])
            for prefix in ("", "other_")
            for name in ("name_uk", "name_en")
        }
    ).sort_values(["shared_participants_count", "name_uk", "other_name_uk"], ascending=[False, True, True])
    return protect(shaped(frame, LINKS), disclosure, people=("shared_participants_count",))


def _pairs(selection: Selection) -> pd.DataFrame:
    held = pd.concat([frame[["event_number", "space_id"]] for frame in (selection.events, selection.sessions)])
    held = held[held["space_id"].notna()]
    codes, spaces = pd.factorize(held["space_id"], sort=True)
    rows = selection.rows
    runs = Runs.of(rows, numbers_of(held), codes, len(spaces))
    people, at = runs.taken(rows.people), runs.codes
    size = max(1, len(spaces))
    visits = each_once((people.astype("int64") * size + at)[people > 0])
    people, at = visits // size, visits % size
    shared = np.zeros(size * size, dtype="int64")
    # A person's spaces stand together in their order: each is paired with the next, the one after it, and so on.
    here, apart = np.arange(len(visits)), 1
    while len(here):
        here = here[here + apart < len(visits)]
        here = here[people[here] == people[here + apart]]
        shared += np.bincount(at[here] * size + at[here + apart], minlength=size * size)
        apart += 1
    found = np.flatnonzero(shared)
    return pd.DataFrame(
        {
            "space_id": spaces[found // size],
            "other_space_id": spaces[found % size],
            "shared_participants_count": shared[found],
        }
    )
