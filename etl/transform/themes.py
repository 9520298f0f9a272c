"""Texts of themes → ids of a city's controlled list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from etl.transform.rows import ADDRESS, join_remarks, over_distinct, remarks
from etl.transform.text import fold

_BETWEEN: Final = re.compile(r"[;|\n]")


def theme_ids(texts: pd.Series, aliases: Mapping[str, str]) -> pd.Series:
    """The theme that each text names; missing where the text is missing or the list has no such theme."""
    return over_distinct(texts, lambda text: aliases.get(fold(text)))


def event_themes(rows: pd.DataFrame, aliases: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Themes of events.

    Args:
        rows: address, ``event_id``, ``themes`` (several separated by ``;``, else by commas).
        aliases: folded alias → theme_id.

    Returns:
        The contract's ``event_themes`` (each theme of an event once), and remarks: ``unknown_theme``.
    """

    def parts(text: str) -> list[str]:
        split = _BETWEEN.split(text)
        # A theme's own name may hold a comma, so commas separate only where the whole is no theme.
        return split if len(split) > 1 or fold(text) in aliases else text.split(",")

    named = rows.dropna(subset=["themes"])
    said = named[[*ADDRESS, "event_id"]].assign(theme=named["themes"].map(parts)).explode("theme", ignore_index=True)
    said["theme"] = said["theme"].astype("str")
    said = said[said["theme"].str.strip() != ""]
    said["theme_id"] = theme_ids(said["theme"], aliases)
    found = said.dropna(subset=["theme_id"])[["event_id", "theme_id"]].drop_duplicates(ignore_index=True)
    unknown = remarks(said, said["theme_id"].isna(), "unknown_theme", "themes")
    return found, join_remarks([unknown.drop_duplicates(ADDRESS)])
