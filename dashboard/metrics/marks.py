"""Marks: what happened in the months that a chart over time is about; no people are counted."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.filters import months_of
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import DAY, TEXT, shaped

KINDS: Final = ("workshop", "blackout", "opening", "closing", "other")
"""What can be marked."""
MARKS: Final = {
    "month": DAY,
    "starts_on": DAY,
    "ends_on": DAY,
    "kind": TEXT,
    "text_uk": TEXT,
    "text_en": TEXT,
}


def by_month(selection: Selection, stated: pd.DataFrame) -> pd.DataFrame:
    """Workshops, openings and closings of spaces, and what the city's own list of marks states.

    Args:
        selection: whose months, workshops and spaces are looked at.
        stated: the city's rows of the table ``annotations``.

    Returns:
        One row per mark in the order of days: ``MARKS``. A mark of several months stands at the first of them that
        is selected.
    """
    workshops = selection.events.loc[selection.events["is_workshop"], ["starts_on", "ends_on", "title"]]
    spaces = selection.spaces.assign(text_en=selection.spaces["name_en"].fillna(selection.spaces["name_uk"]))
    found = [
        workshops.rename(columns={"title": "text_uk"}).assign(text_en=workshops["title"], kind="workshop"),
        *(
            spaces[[column, "name_uk", "text_en"]]
            .rename(columns={column: "starts_on", "name_uk": "text_uk"})
            .assign(ends_on=spaces[column], kind=kind)
            for column, kind in (("opened_on", "opening"), ("closed_on", "closing"))
        ),
        stated.assign(text_en=stated["text_en"].fillna(stated["text_uk"])),
    ]
    columns = [name for name in MARKS if name != "month"]
    marks = pd.concat([frame[columns] for frame in found], ignore_index=True)
    last = marks["ends_on"].fillna(marks["starts_on"])
    is_within = (marks["starts_on"] < selection.end_at) & (last >= selection.start_at)
    kept = marks[is_within]
    month = months_of(kept["starts_on"].where(kept["starts_on"] >= selection.start_at, selection.start_at))
    return shaped(kept.assign(month=month).sort_values(["month", "starts_on", "kind", "text_uk"]), MARKS)
