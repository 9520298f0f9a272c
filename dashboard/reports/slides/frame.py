"""The empty deck: its size, theme, master and layouts, so that what a speaker adds looks like the rest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import lru_cache, partial
from typing import Final

from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.util import Inches

from dashboard.charts.theme import INK, MUTED, ON_ACCENT, PALETTE
from dashboard.reports.templating import ENVIRONMENT
from dashboard.text.slides import say
from dashboard.text.words import Lang

FONT: Final = "Arial"
"""On every Windows and macOS; elsewhere a font of the same widths takes its place. It has ґ, є, і, ї and ʼ."""

DEEP: Final = "#0b3d6e"
PALE: Final = "#eef3f8"
_ACCENTS: Final = (*PALETTE[:5], MUTED)
_COLOURS: Final = {
    "dk1": INK,
    "lt1": ON_ACCENT,
    "dk2": DEEP,
    "lt2": PALE,
    **{f"accent{place}": colour for place, colour in enumerate(_ACCENTS, start=1)},
    "hlink": PALETTE[0],
    "folHlink": PALETTE[3],
}
THEMED: Final = {
    INK: MSO_THEME_COLOR.TEXT_1,
    ON_ACCENT: MSO_THEME_COLOR.BACKGROUND_1,
    DEEP: MSO_THEME_COLOR.TEXT_2,
    PALE: MSO_THEME_COLOR.BACKGROUND_2,
    **{colour: MSO_THEME_COLOR(MSO_THEME_COLOR.ACCENT_1 + place) for place, colour in enumerate(_ACCENTS)},
}
"""The colours that are the theme's: who restyles the theme restyles what is drawn in them."""

TITLE_PT: Final = 28
BODY_PT: Final = 18
CAPTION_PT: Final = 14
FOOTER_PT: Final = 12
_LOCALES: Final = {"uk": "uk-UA", "en": "en-GB"}
_NUMBER_FIELD: Final = "{5D1A4C7E-2B63-4C0F-9A51-6E7B0C3D9F12}"
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Box:
    """A place on a page, in English Metric Units."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def inches(cls, x: float, y: float, width: float, height: float) -> Box:
        return cls(Inches(x), Inches(y), Inches(width), Inches(height))


WIDTH: Final = Inches(13 + 1 / 3)
HEIGHT: Final = Inches(7.5)
TITLE: Final = Box.inches(0.5, 0.3, 12.33, 0.98)
SUBTITLE: Final = Box.inches(0.5, 1.34, 12.33, 0.38)
CONTENT: Final = Box.inches(0.5, 1.85, 12.33, 4.5)
CAPTION: Final = Box.inches(0.5, 6.4, 12.33, 0.5)
UNCAPTIONED: Final = Box.inches(0.5, 1.85, 12.33, 5.0)
"""The room to draw in where no caption stands under it."""
BODY: Final = Box.inches(0.5, 1.55, 12.33, 5.3)
_BOXES: Final = {
    "bar": Box(0, 0, WIDTH, Inches(0.14)),
    "title": TITLE,
    "subtitle": SUBTITLE,
    "caption": CAPTION,
    "body": BODY,
    "footer": Box.inches(0.5, 6.98, 11.2, 0.34),
    "number": Box.inches(11.83, 6.98, 1.0, 0.34),
    "cover_title": Box.inches(0.9, 0.6, 11.5, 1.5),
    "cover_subtitle": Box.inches(0.9, 2.25, 11.5, 1.6),
    "cover_notices": Box.inches(0.9, 4.15, 11.5, 2.6),
    "notes": Box.inches(0.75, 4.3, 6.0, 4.9),
    "notes_number": Box.inches(0.75, 9.4, 6.0, 0.3),
}


class Layout(IntEnum):
    """The deck's layouts, by their place."""

    COVER = 0
    SHOWN = 1
    """A title, a line that says what is shown, room to draw in, and a caption."""
    TEXT = 2


class Holder(IntEnum):
    """Placeholders, by their number."""

    TITLE = 0
    TEXT = 1
    """The subtitle of a cover, the line under a title, the text of a page."""
    FOOTER = 11
    NUMBER = 12
    SMALL = 13
    """The notices of a cover, the caption under a drawing."""


def blank(lang: Lang) -> Deck:
    """A deck of 16 by 9 without pages, in our theme."""
    return Presentation(io.BytesIO(_template(lang)))


def add_page(deck: Deck, layout: Layout, footer: str) -> Page:
    """A new page with the placeholders of its layout, among them footer and number."""
    page = deck.slides.add_slide(deck.slide_layouts[layout])
    for holder in deck.slide_layouts[layout].placeholders:
        place = holder.placeholder_format.idx
        if place not in (Holder.FOOTER, Holder.NUMBER):
            continue
        page.shapes.clone_placeholder(holder)
        text = page.placeholders[place].text_frame
        if place == Holder.FOOTER:
            text.text = footer
        else:
            paragraph = page.placeholders[place].element.find(f"{qn('p:txBody')}/{qn('a:p')}")
            field = etree.SubElement(paragraph, qn("a:fld"), id=_NUMBER_FIELD, type="slidenum")
            etree.SubElement(field, qn("a:t")).text = str(len(deck.slides))
    return page


def close_page(page: Page) -> None:
    """Put caption, footer and number after what is drawn, as they are read; an empty placeholder goes."""
    tree = page.shapes.element
    for holder in sorted(page.placeholders, key=lambda each: -each.placeholder_format.idx):
        place = holder.placeholder_format.idx
        if place == Holder.SMALL and not holder.text_frame.text:
            tree.remove(holder.element)
        elif place in (Holder.SMALL, Holder.FOOTER, Holder.NUMBER):
            tree.append(holder.element)


def finish(deck: Deck, *, title: str, subject: str, at: datetime, revision: int, lang: Lang) -> bytes:
    """The deck as a file that states what it is, who made it and when, and names the language of every text."""
    core = deck.core_properties
    core.title, core.subject, core.author, core.last_modified_by = title, subject, "civicspace", "civicspace"
    core.created = core.modified = at.replace(tzinfo=None, microsecond=0)
    core.revision, core.language = revision, _LOCALES[lang]
    for page in deck.slides:
        for element in (page.element, page.notes_slide.element):
            for run in list(element.iter(qn("a:r"), qn("a:fld"))):
                _properties(run).set("lang", _LOCALES[lang])
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _properties(run: etree._Element) -> etree._Element:
    found = run.find(qn("a:rPr"))
    if found is None:
        found = etree.Element(qn("a:rPr"))
        run.insert(0, found)
    return found


@lru_cache
def _template(lang: Lang) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in _parts(lang):
            made.writestr(zipfile.ZipInfo(name, _OLDEST), text)
    return out.getvalue()


def _parts(lang: Lang) -> Iterator[tuple[str, str]]:
    """Every part of a deck without pages, by its name in the file."""
    layouts = [layout.name.lower() for layout in Layout]
    numbered = list(enumerate(layouts, start=1))
    constants = {
        "layouts": layouts,
        "width": WIDTH,
        "height": HEIGHT,
        "boxes": _BOXES,
        "colours": {name: colour.removeprefix("#") for name, colour in _COLOURS.items()},
        "font": FONT,
        "locale": _LOCALES[lang],
        "title_pt": TITLE_PT,
        "body_pt": BODY_PT,
        "caption_pt": CAPTION_PT,
        "footer_pt": FOOTER_PT,
        "number_field": _NUMBER_FIELD,
        "say": partial(say, lang=lang),
    }

    def made(template: str, **values: object) -> str:
        return ENVIRONMENT.get_template(f"deck/{template}.xml.j2").render(**constants, **values).lstrip()

    def related(*relations: tuple[str, str]) -> str:
        return made("relationships", relations=relations)

    yield "[Content_Types].xml", made("content_types")
    yield "_rels/.rels", related(("officeDocument", "ppt/presentation.xml"))
    yield "ppt/presentation.xml", made("presentation")
    yield (
        "ppt/_rels/presentation.xml.rels",
        related(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("theme", "theme/theme1.xml"),
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("tableStyles", "tableStyles.xml"),
        ),
    )
    yield "ppt/presProps.xml", made("presentation_properties")
    yield "ppt/viewProps.xml", made("view_properties")
    yield "ppt/tableStyles.xml", made("table_styles")
    yield "ppt/slideMasters/slideMaster1.xml", made("master")
    yield (
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        related(
            *(("slideLayout", f"../slideLayouts/slideLayout{number}.xml") for number, _ in numbered),
            ("theme", "../theme/theme1.xml"),
        ),
    )
    for number, layout in numbered:
        yield f"ppt/slideLayouts/slideLayout{number}.xml", made("layout", layout=layout)
        yield (
            f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels",
            related(("slideMaster", "../slideMasters/slideMaster1.xml")),
        )
    yield "ppt/notesMasters/notesMaster1.xml", made("notes_master")
    yield "ppt/notesMasters/_rels/notesMaster1.xml.rels", related(("theme", "../theme/theme2.xml"))
    yield "ppt/theme/theme1.xml", made("theme")
    yield "ppt/theme/theme2.xml", made("theme")
