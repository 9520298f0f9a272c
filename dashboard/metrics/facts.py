"""Public facts: what named sources state, and where they contradict each other."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.shape import NUMBER, TEXT, shaped
from dashboard.store import Snapshot

FACTS: Final = {
    "fact_id": TEXT,
    "subject_kind": TEXT,
    "subject_id": TEXT,
    "subject_name_uk": TEXT,
    "subject_name_en": TEXT,
    "property": TEXT,
    "value": TEXT,
    "value_number": NUMBER,
    "period": TEXT,
    "quote": TEXT,
    "source_url": TEXT,
    "source_on": TEXT,
    "note": TEXT,
    "conflict_id": TEXT,
}


def by_subject(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    """Every fact about a city and what is in it.

    Returns:
        One row per fact, by kind of subject, its name and the property: ``FACTS``. The names are those of the
        space, network or event; for a series, its own; missing for the city.
    """
    return snapshot.remember(f"facts {city_id}", lambda: _by_subject(snapshot, city_id))


def _by_subject(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    facts = snapshot.table("facts")
    facts = facts[facts["city_id"] == city_id].drop(columns="city_id")
    names = pd.concat(
        [
            _names(snapshot, "spaces", "space_id", "name_uk", "name_en"),
            _names(snapshot, "networks", "network_id", "name_uk", "name_en"),
            _names(snapshot, "events", "event_id", "title", "title"),
        ]
    ).drop_duplicates("subject_id")
    named = facts.merge(names, on="subject_id", how="left")
    own_name = named["subject_id"].where(named["subject_kind"] == "series")
    named = named.assign(
        subject_name_uk=named["subject_name_uk"].fillna(own_name),
        subject_name_en=named["subject_name_en"].fillna(own_name),
    )
    order = ["subject_kind", "subject_name_uk", "property", "fact_id"]
    return shaped(named.sort_values(order), FACTS)


def contradictions(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    """Facts that contradict each other, side by side.

    Returns:
        One row per fact that has a ``conflict_id``, by it: ``FACTS``.
    """
    facts = by_subject(snapshot, city_id)
    disputed = facts[facts["conflict_id"].notna()]
    return disputed.sort_values(["conflict_id", "fact_id"], ignore_index=True)


def _names(snapshot: Snapshot, table: str, key: str, uk: str, en: str) -> pd.DataFrame:
    frame = snapshot.table(table)
    return pd.DataFrame(
        {"subject_id": frame[key], "subject_name_uk": frame[uk], "subject_name_en": frame[en].fillna(frame[uk])}
    )
