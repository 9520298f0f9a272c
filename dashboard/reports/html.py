"""The month's report as one HTML file: nothing else is loaded, no script runs, it prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from dashboard.filters import add_months
from dashboard.metrics.catalogue import FIGURES
from dashboard.reports import figures
from dashboard.reports.model import Cell, FigureRow, Report, Table
from dashboard.settings import Role
from dashboard.text import dates, numbers
from dashboard.text import pages as page_words
from dashboard.text.report import say

HEADLINES: Final = ("events_count", "participants_count", "attendance_rate_pct", "active_spaces_count")
"""The figures that stand large at the top."""

_BAR_WIDTH: Final = 4
_BAR_GAP: Final = 1
_BAR_HEIGHT: Final = 22

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("dashboard.reports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def render(report: Report) -> str:
    """The report as an HTML document, in its language. Every text is escaped."""
    lang = report.lang
    return _ENVIRONMENT.get_template("month.html.j2").render(
        report=report,
        catalogue=FIGURES,
        headlines=[row for figure_id in HEADLINES for row in report.figures if row.figure_id == figure_id],
        is_public=report.disclosure.role is Role.PUBLIC,
        created_at=datetime.fromisoformat(report.created_at),
        say=partial(say, lang=lang),
        say_on_page=partial(page_words.say, lang=lang),
        name=partial(figures.name, lang=lang),
        written=partial(figures.written, lang=lang),
        change=partial(figures.change, lang=lang),
        count=partial(numbers.format_count, lang=lang),
        percent=partial(numbers.format_percent, lang=lang, decimals=1),
        month_name=partial(dates.month_name, lang=lang),
        month_genitive=partial(dates.month_genitive, lang=lang),
        month_short=partial(dates.month_short, lang=lang),
        day=partial(dates.format_date, lang=lang),
        instant=partial(dates.format_instant, lang=lang),
        bars=bars,
        trend_text=partial(_trend_text, report),
        bar_height=_BAR_HEIGHT,
        shares=shares,
        css_text=css_text,
    )


def bars(trend: Sequence[Cell]) -> list[tuple[int, float]]:
    """Where each bar of a small bar chart begins and how high it is; no height where there is no number."""
    values = [max(cell.value or 0.0, 0.0) for cell in trend]
    largest = max(values, default=0.0)
    return [
        (place * (_BAR_WIDTH + _BAR_GAP), round(value / largest * _BAR_HEIGHT, 1) if largest else 0.0)
        for place, value in enumerate(values)
    ]


def _trend_text(report: Report, row: FigureRow) -> str:
    lang = report.lang
    return say(
        "trend.text",
        lang,
        first=dates.month_name(add_months(report.month, -12), lang),
        last=dates.month_name(report.month, lang),
        values="; ".join(figures.written(row.figure_id, cell, lang) for cell in row.trend),
    )


def shares(table: Table) -> list[float]:
    """Per row, its first cell in percent of the largest one: the length of its bar."""
    values = [row.cells[0].value or 0.0 for row in table.rows]
    largest = max(values, default=0.0)
    return [round(value / largest * 100, 1) if largest else 0.0 for value in values]


def css_text(text: str) -> str:
    """A text as the inside of a CSS string: whatever is no letter or digit is escaped, which CSS undoes."""
    return "".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text)
