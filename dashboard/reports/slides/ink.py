"""Text and colour on a slide."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.text.text import TextFrame
from pptx.util import Pt

from dashboard.charts.theme import INK, ON_ACCENT
from dashboard.reports.slides.frame import THEMED

_EVEN: Final = 0.207
"""The luminance on which ink and white stand out alike."""


def plain(text: str) -> str:
    """The text on one line, without characters that no file of this kind may hold."""
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)


def describe(shape: Any, alt: str) -> None:
    """Say in words what a shape shows, for those who hear the slide."""
    shape.element.xpath("./*/p:cNvPr")[0].set("descr", plain(alt))


def paint(colour: Any, hexadecimal: str) -> None:
    """Set a colour: the theme's where it has that one, else the very colour."""
    if hexadecimal in THEMED:
        colour.theme_color = THEMED[hexadecimal]
    else:
        colour.rgb = RGBColor.from_string(hexadecimal.removeprefix("#").upper())


def fill(shape: Any, hexadecimal: str) -> None:
    """Fill a shape, a cell or a chart's bar with one colour."""
    shape.fill.solid()
    paint(shape.fill.fore_color, hexadecimal)


def legible_on(hexadecimal: str) -> str:
    """Ink or white, whichever stands out more on a colour (relative luminance after WCAG 2)."""
    channels = [int(hexadecimal[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if luminance > _EVEN else ON_ACCENT


def bare(frame: TextFrame, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> TextFrame:
    """A text frame without margins whose lines break at its width."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor
    return frame


def write(
    frame: TextFrame,
    text: str,
    points: float,
    *,
    bold: bool = False,
    colour: str | None = None,
    align: PP_ALIGN | None = None,
    is_first: bool = False,
) -> None:
    """Add a paragraph to a frame, or fill its first one."""
    paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
    run = paragraph.add_run()
    run.text = plain(text)
    run.font.size = Pt(points)
    if bold:
        run.font.bold = True
    if colour is not None:
        paint(run.font.color, colour)
    if align is not None:
        paragraph.alignment = align
