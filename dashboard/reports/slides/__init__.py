"""The month's report as slides: what can be edited is native, what was counted is the model's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from pptx.presentation import Presentation as Deck

from dashboard.reports.model import CityMap, Edition
from dashboard.reports.slides import charts, frame, maps, notes, plan
from dashboard.reports.slides.ink import describe, plain
from dashboard.reports.slides.plan import Cards, Cover, Drawing, Slide, Text, View
from dashboard.reports.slides.writing import cards, cover, headed, paragraphs
from dashboard.reports.zips import rezipped
from dashboard.text import report as report_words
from dashboard.text.slides import say

__all__ = ["View", "render", "render_views"]


def render(edition: Edition) -> bytes:
    """The edition as a deck (PPTX): the month's figures, findings, charts and maps with speaker notes."""
    return _made(edition, plan.whole(edition))


def render_views(edition: Edition, views: Sequence[View]) -> bytes:
    """The edition's chosen findings, charts and maps as a deck, in their order.

    Raises:
        ValueError: a view is none of the edition's report.
    """
    return _made(edition, plan.chosen(edition, views))


def _made(edition: Edition, slides: Sequence[Slide]) -> bytes:
    report = edition.report
    at = datetime.fromisoformat(report.created_at)
    if edition.issued_on is not None:
        at = datetime.combine(edition.issued_on, time())
    deck = frame.blank(report.lang)
    foot = plan.footer(edition)
    for slide in slides:
        _drawn(deck, slide, edition, foot, at.date())
    made = frame.finish(
        deck,
        title=plan.title(report),
        subject=report_words.say("kind", report.lang),
        at=at,
        revision=edition.number or 1,
        lang=report.lang,
    )
    return rezipped(made, at.date())


def _drawn(deck: Deck, slide: Slide, edition: Edition, foot: str, on: date) -> None:
    report, lang, content = edition.report, edition.report.lang, slide.content
    if isinstance(content, Cover):
        page = frame.add_page(deck, frame.Layout.COVER, foot)
        cover(page, slide.title, content)
    elif isinstance(content, Text):
        page = frame.add_page(deck, frame.Layout.TEXT, foot)
        headed(page, slide.title, None, None)
        paragraphs(page, content)
    else:
        page = frame.add_page(deck, frame.Layout.SHOWN, foot)
        headed(page, slide.title, slide.subtitle, slide.caption)
        room = frame.UNCAPTIONED if slide.caption is None else frame.CONTENT
        if isinstance(content, Cards):
            cards(page, content, room, lang)
        elif isinstance(content, CityMap):
            alt = f"{say('map.alt', lang)} {slide.subtitle}. {notes.areas(content, lang)}."
            maps.draw(page, content, room, alt=alt, lang=lang)
        elif isinstance(content, Drawing):
            chart = content.chart
            is_open_end = report.is_unfinished
            shape = charts.draw(page, chart, content.marked, room, lang=lang, on=on, is_open_end=is_open_end)
            shape.name = plain(chart.title)
            describe(shape, f"{chart.subtitle}. {notes.values(chart, lang)}.")
    frame.close_page(page)
    spoken = page.notes_slide.notes_text_frame
    if spoken is not None:
        spoken.text = "\n".join(map(plain, slide.notes))
