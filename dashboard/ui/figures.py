"""Figures on screen: their names, definitions and how they are written, all from the catalogue."""

from __future__ import annotations

from typing import Final

from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Unit
from dashboard.text import numbers
from dashboard.text.words import Lang
from dashboard.ui.blocks import Column, Written
from dashboard.ui.view import View

_WRITTEN: Final[dict[Unit, Written]] = {
    Unit.PERCENT: "percent",
    Unit.POINTS: "number",
    Unit.PER_1000: "number",
    Unit.INDEX: "number",
    Unit.DAYS: "number",
    Unit.THEMES: "number",
}


def name(figure_id: str, lang: Lang) -> str:
    """The figure's name."""
    if figure_id in FIGURES:
        return FIGURES[figure_id].name(lang)
    return SUPPORTING[figure_id].name.in_language(lang)


def definition(figure_id: str, lang: Lang) -> str:
    """What the figure counts and what it leaves out."""
    figure = FIGURES[figure_id]
    return f"{figure.sentence(lang)} {figure.leaves_out(lang)}"


def written(figure_id: str) -> Written:
    """How the figure's values are written in a table."""
    unit = FIGURES[figure_id].unit if figure_id in FIGURES else SUPPORTING[figure_id].unit
    return _WRITTEN.get(unit, "count")


def decimals(figure_id: str) -> int:
    """How many decimals the figure is written with."""
    return FIGURES[figure_id].decimals if figure_id in FIGURES else SUPPORTING[figure_id].decimals


def value(figure_id: str, number: float, lang: Lang, *, is_hidden: bool = False) -> str:
    """One value in words: hidden and missing ones said, percentages with their sign."""
    if is_hidden:
        return numbers.HIDDEN.say(lang)
    if written(figure_id) == "percent":
        return numbers.format_percent(number, lang, decimals=decimals(figure_id))
    return numbers.format_number(number, lang, decimals=decimals(figure_id))


def column(view: View, figure_id: str) -> Column:
    """The figure as a column of a table."""
    return Column(figure_id, name(figure_id, view.lang), written(figure_id))
