"""Figures on screen: their names, definitions and how they are written, all from the catalogue."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Unit
from dashboard.reports import figures
from dashboard.reports.figures import name
from dashboard.reports.model import Cell
from dashboard.text.words import Lang
from dashboard.ui.blocks import Column, Written
from dashboard.ui.view import View

__all__ = ["column", "decimals", "definition", "name", "rests_on_residents", "value", "written"]

_WRITTEN: Final[dict[Unit, Written]] = {
    Unit.PERCENT: "percent",
    Unit.POINTS: "number",
    Unit.PER_1000: "number",
    Unit.INDEX: "number",
    Unit.DAYS: "number",
    Unit.THEMES: "number",
    Unit.INDEX_100: "count",
    Unit.KM2: "number",
}


def definition(figure_id: str, lang: Lang) -> str:
    """What the figure counts and what it leaves out; nothing for a count that figures rest on."""
    if figure_id not in FIGURES:
        return ""
    figure = FIGURES[figure_id]
    return f"{figure.sentence(lang)} {figure.leaves_out(lang)}"


def written(figure_id: str) -> Written:
    """How the figure's values are written in a table."""
    unit = FIGURES[figure_id].unit if figure_id in FIGURES else SUPPORTING[figure_id].unit
    return _WRITTEN.get(unit, "count")


def decimals(figure_id: str) -> int:
    """How many decimals the figure is written with."""
    return figures.entry(figure_id).decimals


def rests_on_residents(figure_id: str) -> bool:
    """Whether the figure sets something beside how many people live there."""
    return figures.entry(figure_id).unit in (Unit.PER_1000, Unit.INDEX_100)


def value(figure_id: str, number: float, lang: Lang, *, is_hidden: bool = False) -> str:
    """One value in words: hidden and missing ones said, percentages with their sign."""
    return figures.written(figure_id, Cell(None if pd.isna(number) else float(number), is_hidden), lang)


def column(view: View, figure_id: str) -> Column:
    """The figure as a column of a table."""
    as_what = written(figure_id)
    # Rounded once: a count of 66.47 that is first made 66.5 would be written as 67.
    digits = 0 if as_what == "count" else max(1, decimals(figure_id))
    return Column(figure_id, name(figure_id, view.lang), as_what, digits)
