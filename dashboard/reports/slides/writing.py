"""Titles, paragraphs and large numbers on a slide."""

from __future__ import annotations

from typing import Any, Final

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide as Page
from pptx.util import Inches, Pt

from dashboard.charts.theme import INK
from dashboard.reports.slides.frame import BODY_PT, DEEP, PALE, TITLE, TITLE_PT, Box, Holder
from dashboard.reports.slides.ink import bare, fill, plain, write
from dashboard.reports.slides.measure import height, largest
from dashboard.reports.slides.plan import Card, Cards, Cover, Text
from dashboard.text.slides import say
from dashboard.text.words import Lang

_TITLE_SIZES: Final = (TITLE_PT, 26, 24, 22, 20)
_VALUE_SIZES: Final = (96, 80, 66, 60, 54, 48, 40, 32, 28)
_GAP: Final = Inches(0.3)
_PADDING: Final = Inches(0.25)
_PADDING_ABOVE: Final = Inches(0.1)
_TEXT_HEIGHT: Final = Inches(1.5)
_MOST_ACROSS: Final = 2


def cover(page: Page, title: str, content: Cover) -> None:
    """Fill the first slide."""
    page.placeholders[Holder.TITLE].text_frame.text = plain(title)
    page.placeholders[Holder.TEXT].text_frame.text = "\n".join(map(plain, content.subtitle))
    page.placeholders[Holder.SMALL].text_frame.text = "\n".join(map(plain, content.notices))


def headed(page: Page, title: str, subtitle: str | None, caption: str | None) -> None:
    """Write the title, in a smaller type where it is long, the line under it and the caption."""
    heading = page.placeholders[Holder.TITLE].text_frame
    heading.text = plain(title)
    points = largest(title, TITLE.width, TITLE.height, _TITLE_SIZES, bold=True)
    if points != TITLE_PT:
        heading.paragraphs[0].runs[0].font.size = Pt(points)
    if subtitle is not None:
        page.placeholders[Holder.TEXT].text_frame.text = plain(subtitle)
    if caption is not None:
        page.placeholders[Holder.SMALL].text_frame.text = plain(caption)


def paragraphs(page: Page, content: Text) -> None:
    """Write paragraphs, their heads in bold."""
    frame = page.placeholders[Holder.TEXT].text_frame
    for place, each in enumerate(content.paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if each.head is not None:
            head = paragraph.add_run()
            head.text = f"{plain(each.head)}. "
            head.font.bold = True
        paragraph.add_run().text = plain(each.text)


def cards(page: Page, content: Cards, box: Box, lang: Lang) -> None:
    """Large numbers in a grid, and the text beneath."""
    room = box.height - (_TEXT_HEIGHT + _GAP if content.text else 0)
    across = min(len(content.cards), _MOST_ACROSS) or 1
    down = -(-len(content.cards) // across)
    width = (box.width - _GAP * (across - 1)) // across
    tall = (room - _GAP * (down - 1)) // max(down, 1)
    for place, card in enumerate(content.cards):
        row, column = divmod(place, across)
        left, top = box.x + column * (width + _GAP), box.y + row * (tall + _GAP)
        shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, tall)
        _card(shape, card, width - 2 * _PADDING, tall - 2 * _PADDING_ABOVE, lang)
    if content.text:
        top = box.y + room + _GAP
        text = page.shapes.add_textbox(box.x, top, box.width, _TEXT_HEIGHT)
        is_short = height(content.text, box.width, BODY_PT) <= _TEXT_HEIGHT
        said = content.text if is_short else say("list.long", lang)
        write(bare(text.text_frame), said, BODY_PT, colour=INK, is_first=True)


def _card(shape: Any, card: Card, width: int, room: int, lang: Lang) -> None:
    shape.name = say("card", lang, name=plain(card.name))
    fill(shape, PALE)
    shape.line.fill.background()
    shape.shadow.inherit = False
    frame = bare(shape.text_frame, MSO_ANCHOR.MIDDLE)
    frame.margin_left = frame.margin_right = _PADDING
    left = room - sum(height(text, width, BODY_PT) for text in (card.name, *card.lines))
    points = largest(card.value, width, max(left, 0), _VALUE_SIZES, bold=True)
    write(frame, card.name, BODY_PT, colour=INK, is_first=True)
    write(frame, card.value, points, bold=True, colour=DEEP)
    for line in card.lines:
        write(frame, line, BODY_PT, colour=INK)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
