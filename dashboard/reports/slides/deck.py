"""The deck: what can be edited is native, what was counted is the model's."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page

from dashboard.reports.exhibits import Exhibit
from dashboard.reports.model import CityMap, Edition
from dashboard.reports.slides import charts, frame, maps, notes, plan
from dashboard.reports.slides.frame import Box
from dashboard.reports.slides.ink import describe, plain
from dashboard.reports.slides.plan import Cards, Cover, Drawing, Slide, Text, View
from dashboard.reports.slides.writing import cards, cover, headed, paragraphs
from dashboard.reports.zips import rezipped
from dashboard.text import report as report_words
from dashboard.text.slides import say
from dashboard.text.words import Lang


def render(edition: Edition) -> bytes:
    """The edition as a deck (PPTX): the month's figures, findings, charts and maps with speaker notes."""
    return _made(edition, plan.whole(edition), {})


def render_views(edition: Edition, views: Sequence[View], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The edition's chosen findings, charts and maps, and charts of pages, as a deck, in their order.

    Args:
        edition: what the views are of.
        views: the views.
        pictures: PNG by the name of the page's chart; one that is not there is said in words.

    Raises:
        ValueError: a view is none of the edition's report.
    """
    return _made(edition, plan.chosen(edition, views), pictures or {})


def _made(edition: Edition, slides: Sequence[Slide], pictures: Mapping[str, bytes]) -> bytes:
    report = edition.report
    at = datetime.fromisoformat(report.created_at)
    if edition.issued_on is not None:
        at = datetime.combine(edition.issued_on, time())
    deck = frame.blank(report.lang)
    foot = plan.footer(edition)
    for slide in slides:
        _drawn(deck, slide, edition, foot, at.date(), pictures)
    made = frame.finish(
        deck,
        title=plan.title(report),
        subject=report_words.say("kind", report.lang),
        at=at,
        revision=edition.number or 1,
        lang=report.lang,
    )
    return rezipped(made, at.date())


def _drawn(deck: Deck, slide: Slide, edition: Edition, foot: str, on: date, pictures: Mapping[str, bytes]) -> None:
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
        elif isinstance(content, Exhibit):
            _exhibit(page, content, room, lang, on, pictures.get(content.name))
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


def _exhibit(page: Page, content: Exhibit, room: Box, lang: Lang, on: date, picture: bytes | None) -> None:
    """A chart that can be edited where the data have such a shape, else a picture, else what it shows in words."""
    if content.chart is not None:
        shape = charts.draw(page, content.chart, (), room, lang=lang, on=on, is_open_end=False)
    elif picture is not None:
        shape = page.shapes.add_picture(io.BytesIO(picture), room.x, room.y)
        scale = min(room.width / shape.width, room.height / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape.left = room.x + (room.width - shape.width) // 2
        shape.top = room.y + (room.height - shape.height) // 2
    else:
        paragraphs(page, Text((plan.Paragraph(None, content.alt),)))
        return
    shape.name = plain(content.title)
    describe(shape, content.alt)
