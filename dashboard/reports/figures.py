"""Figures in files: what they are called and how their values are written, all from the catalogue."""

from __future__ import annotations

from typing import Final

from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Figure, Supporting, Unit
from dashboard.reports.model import Cell, FigureRow, Report
from dashboard.text import numbers
from dashboard.text.report import say
from dashboard.text.words import Lang

_HEADLINES: Final = ("events_count", "participants_count", "attendance_rate_pct", "active_spaces_count")


def headlines(report: Report) -> list[FigureRow]:
    """The figures that stand large at the top of a document."""
    return [row for figure_id in _HEADLINES for row in report.figures if row.figure_id == figure_id]


def name(figure_id: str, lang: Lang) -> str:
    """The figure's name.

    Raises:
        KeyError: the catalogue has no such figure.
    """
    if figure_id in FIGURES:
        return FIGURES[figure_id].name(lang)
    return SUPPORTING[figure_id].name.in_language(lang)


def written(figure_id: str, cell: Cell, lang: Lang) -> str:
    """A value in words: hidden and missing ones said, percentages with their sign."""
    if cell.is_hidden:
        return numbers.HIDDEN.say(lang)
    figure = entry(figure_id)
    if figure.unit is Unit.PERCENT:
        return numbers.format_percent(cell.value, lang, decimals=figure.decimals)
    return numbers.format_number(cell.value, lang, decimals=figure.decimals)


def change(figure_id: str, difference: float, relative_pct: float | None, lang: Lang) -> str:
    """A change: «+98 (+77 %)»; of a percentage in percentage points: «−1,5 в. п.»; «без змін» where there is none."""
    figure = entry(figure_id)
    said = numbers.format_change(difference, lang, decimals=figure.decimals)
    if not said.startswith(("+", numbers.MINUS)):
        return say("unchanged", lang)
    if figure.unit is Unit.PERCENT:
        return numbers.format_change_points(difference, lang, decimals=figure.decimals)
    return said if relative_pct is None else f"{said} ({numbers.format_change_percent(relative_pct, lang)})"


def entry(figure_id: str) -> Figure | Supporting:
    """What the catalogue says of a figure, or of a count that figures rest on.

    Raises:
        KeyError: the catalogue has no such figure.
    """
    return FIGURES[figure_id] if figure_id in FIGURES else SUPPORTING[figure_id]
