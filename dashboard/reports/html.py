"""The month's report as one HTML file: nothing else is loaded, it is complete without scripts, and prints on A4.

Charts and maps are SVG of our own, and a short script adds what a screen can do: values under the pointer or the arrow
keys, another figure on the map, tables sorted by a click. plotly.js would add 4.9 MB to every file and draw nothing
where scripts are forbidden, as they are in most mail programs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from dashboard.filters import add_months
from dashboard.maps.classes import HIDDEN_COLOUR
from dashboard.metrics.catalogue import FIGURES
from dashboard.reports import figures, svg
from dashboard.reports.model import Cell, Chart, CityMap, Edition, FigureRow, Finding, Report, Table
from dashboard.reports.templating import ENVIRONMENT, fonts, part
from dashboard.settings import Role
from dashboard.text import dates, numbers
from dashboard.text import pages as page_words
from dashboard.text.hyphens import hyphenated
from dashboard.text.labels import label
from dashboard.text.report import say
from dashboard.text.words import Lang

_BAR_WIDTH: Final = 4
_BAR_GAP: Final = 1
_BAR_HEIGHT: Final = 22


def render(edition: Edition) -> bytes:
    """The edition as an HTML document in UTF-8, in its language. Every text is escaped."""
    return document(edition, has_script=True)


def document(edition: Edition, *, has_script: bool) -> bytes:
    """The edition's document with its script, or without one, as it is printed."""
    report = edition.report
    lang = report.lang
    script = part("month.js") if has_script else None
    text = ENVIRONMENT.get_template("month.html.j2").render(
        edition=edition,
        report=report,
        catalogue=FIGURES,
        headlines=figures.headlines(report),
        findings=told(report),
        untold=partial(untold, report),
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
        soft=partial(hyphenated, lang=lang),
        draw_chart=partial(svg.chart, lang=lang, is_unfinished=report.is_unfinished),
        draw_map=partial(svg.city_map, lang=lang),
        draw_shape=svg.shape,
        has_hidden=svg.has_hidden,
        series_colour=svg.series_colour,
        hidden=numbers.HIDDEN.say(lang),
        hidden_colour=HIDDEN_COLOUR,
        kinds_of=partial(_kinds, lang=lang),
        bars=bars,
        trend_text=partial(_trend_text, report),
        bar_height=_BAR_HEIGHT,
        shares=shares,
        css_text=css_text,
        fonts=fonts(),
        style=part("month.css"),
        script=script,
        script_source="'none'" if script is None else f"'sha256-{_digest(script)}'",
    )
    return text.encode()


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def told(report: Report) -> list[tuple[Finding, Chart | None]]:
    """The findings in their order, each with the chart that shows it, if there is one."""
    by_title = {chart.title: chart for chart in report.charts}
    return [(finding, by_title.get(finding.text)) for finding in report.findings]


def untold(report: Report, chart_id: str) -> list[Chart]:
    """Charts, by the beginning of their ids, that stand at no finding."""
    texts = {finding.text for finding in report.findings}
    return [chart for chart in report.charts if chart.chart_id.startswith(chart_id) and chart.title not in texts]


def _kinds(shown: CityMap, lang: Lang) -> list[tuple[str, str]]:
    """The kinds of the spaces on a map, and what they are called."""
    return [(kind, label("space_kind", kind, lang)) for kind in dict.fromkeys(point.kind for point in shown.points)]


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
