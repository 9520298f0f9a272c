"""The views that a speaker chose as one HTML file: a slide at a time on a projector, by keys or by touch.

Nothing else is loaded, so it runs with no network, from the server or from disk. Without scripts all slides stand one
under another, and so they are printed, a page each.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import segno
from markupsafe import Markup, escape

from dashboard.charts.theme import INK
from dashboard.reports import svg
from dashboard.reports.exhibits import Exhibit
from dashboard.reports.model import Chart, CityMap, Edition, Finding, Report
from dashboard.reports.slides import plan
from dashboard.reports.slides.plan import Cards, Cover, Drawing, Slide, View
from dashboard.reports.templating import ENVIRONMENT, fonts, part
from dashboard.text.show import say

_INK: Final = f"rgb({', '.join(str(int(INK[start : start + 2], 16)) for start in (1, 3, 5))})"
"""How a picture names the colour of text, which here is the page's, be it light or dark."""


def views(report: Report) -> Mapping[str, View]:
    """What of a report can be shown, by id: findings, charts, maps. A chart that a finding shows is there once.

    An id says what a view is about, so that a kept address shows the same of another month's data.
    """
    found: dict[str, View] = {}
    for finding in report.findings:
        name = f"{finding.kind}.{finding.rests_on[0].figure_id}"
        same = sum(each == name or each.startswith(f"{name}.") for each in found)
        found[f"{name}.{same + 1}" if same else name] = finding
    texts = {finding.text for finding in report.findings}
    found |= {chart.chart_id: chart for chart in report.charts if chart.title not in texts}
    return found | {f"map.{each.figure_id}": each for each in report.maps}


def title(view: View, report: Report) -> str:
    """What a view is called in a list: what it says, and what it is."""
    if isinstance(view, Exhibit):
        return f"{view.title} ({view.page})"
    kind = "map" if isinstance(view, CityMap) else "chart" if isinstance(view, Chart) else "finding"
    text = view.text if isinstance(view, Finding) else view.title
    return f"{text} ({say(f'kind.{kind}', report.lang)})"


@dataclass(frozen=True)
class _Shown:
    """A slide with its drawing made."""

    slide: Slide
    kind: str
    drawing: Markup | None


def render(
    edition: Edition,
    chosen: Sequence[View],
    live_url: str | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The presentation as an HTML document in the report's language. Every text is escaped.

    Args:
        edition: what the views are of.
        chosen: the views in their order.
        live_url: where the audience finds the same on their phones; no code is drawn where there is none.
        pictures: SVG by the name of a page's chart; one that is not there is drawn from its data, or said in words.

    Raises:
        ValueError: a view is none of the report's.
    """
    report = edition.report
    shown = [_drawn(slide, report, pictures or {}) for slide in plan.chosen(edition, chosen)]
    script, style = part("show.js"), part("show.css")
    code = None
    if live_url is not None:
        drawing = segno.make(live_url, error="m").svg_inline(scale=8, omitsize=True, border=2, light="#ffffff")
        code = Markup(drawing)  # noqa: S704 - a drawing of squares; the address itself is no part of its text
    text = ENVIRONMENT.get_template("show.html.j2").render(
        report=report,
        title=plan.title(report),
        footer=plan.footer(edition),
        shown=shown,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        fonts=fonts(),
        style=style,
        code=code,
        live_url=live_url,
        shape=svg.shape,
        say=partial(say, lang=report.lang),
    )
    return text.encode()


def _drawn(slide: Slide, report: Report, pictures: Mapping[str, bytes]) -> _Shown:
    content = slide.content
    if isinstance(content, Exhibit):
        return _exhibit(slide, content, report, pictures.get(content.name))
    if isinstance(content, Drawing):
        drawing = svg.chart(content.chart, report.lang, is_unfinished=report.is_unfinished)
        return _Shown(slide, "chart", drawing)
    if isinstance(content, CityMap):
        return _Shown(slide, "map", svg.city_map(content, report.lang))
    return _Shown(
        slide, "cover" if isinstance(content, Cover) else "cards" if isinstance(content, Cards) else "text", None
    )


def _exhibit(slide: Slide, content: Exhibit, report: Report, picture: bytes | None) -> _Shown:
    if picture is not None:
        drawing = picture.decode().replace(_INK, "currentColor").replace('class="main-svg" ', "", 1)
        start = f'<svg class="drawing picture" role="img" aria-label="{escape(content.alt)}" '
        return _Shown(slide, "picture", Markup(drawing.replace("<svg ", start, 1)))  # noqa: S704 - plotly's, escaped
    if content.chart is not None:
        return _Shown(slide, "exhibit", svg.chart(content.chart, report.lang, is_unfinished=False))
    return _Shown(slide, "words", None)
