"""Proposals: filled-in project questionnaires, by theme and stage. They count projects, not people."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, TEXT, shaped
from etl.contract import PROPOSAL_STAGES

BY_THEME_AND_STAGE: Final = {
    "theme_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "stage": TEXT,
    "proposals_count": COUNT,
}
LISTING: Final = {
    "proposal_id": TEXT,
    "title": TEXT,
    "event_id": TEXT,
    "theme_id": TEXT,
    "stage": TEXT,
    "district_code": TEXT,
    "submitted_on": DAY,
    "month": DAY,
    "origin": TEXT,
    "source_id": TEXT,
}


def by_theme_and_stage(selection: Selection) -> pd.DataFrame:
    """Proposals of the selected months.

    Returns:
        One row per chosen theme and stage, by rank and the contract's order, also where there is none:
        ``BY_THEME_AND_STAGE``. Where no themes are chosen, the last rows, whose ``theme_id`` is missing, are
        proposals without a theme.
    """
    themes = selection.themes[["theme_id", "name_uk", "name_en"]]
    if not selection.filters.themes:
        themes = pd.concat([themes, pd.DataFrame({"theme_id": [None]})], ignore_index=True).astype(TEXT)
    keys = themes.merge(pd.DataFrame({"stage": pd.Series(PROPOSAL_STAGES, dtype=TEXT)}), how="cross")
    counted = selection.proposals.groupby(["theme_id", "stage"], dropna=False).size().rename("proposals_count")
    frame = keys.merge(counted.reset_index(), on=["theme_id", "stage"], how="left")
    return shaped(frame.fillna({"proposals_count": 0}), BY_THEME_AND_STAGE)


def listing(selection: Selection) -> pd.DataFrame:
    """Every proposal of the selected months.

    Returns:
        One row per proposal, in time: ``LISTING``.
    """
    return shaped(selection.proposals.sort_values(["month", "submitted_on", "proposal_id"]), LISTING)
