"""Links between spaces by the people who take part in events of both.

Such a number cuts through the lists of two events at a time and is no sum of published blocks (docs/adr/0011), so
it is for analysts alone.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.disclosure import Disclosure, protect
from dashboard.metrics.selection import Selection
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
    taken = selection.registrations
    taken = taken[taken["is_participation"] & taken["person_id"].notna() & taken["space_id"].notna()]
    if not disclosure.is_open:
        taken = taken.iloc[:0]
    # As texts: two spaces make one pair, in the order of their ids, which categories do not have.
    visits = taken[["person_id", "space_id"]].drop_duplicates().astype({"space_id": TEXT})
    pairs = visits.merge(visits.rename(columns={"space_id": "other_space_id"}), on="person_id")
    pairs = pairs[pairs["space_id"] < pairs["other_space_id"]]
    frame = pairs.groupby(["space_id", "other_space_id"]).size().rename("shared_participants_count").reset_index()
    names = selection.city_spaces.set_index("space_id")[["name_uk", "name_en"]]
    frame = frame.assign(
        **{
            f"{prefix}{name}": looked_up(frame[f"{prefix}space_id"], names[name])
            for prefix in ("", "other_")
            for name in ("name_uk", "name_en")
        }
    ).sort_values(["shared_participants_count", "name_uk", "other_name_uk"], ascending=[False, True, True])
    return protect(shaped(frame, LINKS), disclosure, people=("shared_participants_count",))
