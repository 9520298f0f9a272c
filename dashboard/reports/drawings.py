"""Charts in a Word document that can be edited there: the slides' native charts, brought to the size of a page."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from lxml import etree
from pptx import Presentation

from dashboard.reports.model import Chart, ChartKind
from dashboard.reports.slides import charts
from dashboard.reports.slides.frame import THEMED, Box
from dashboard.reports.stationery import FONT
from dashboard.reports.tables import plain
from dashboard.text.words import Lang

_BLANK_LAYOUT: Final = 6
_SMALLER: Final = 0.56
"""What a size on a slide becomes on a page, where it is read from nearer."""

_SMALLEST_MARKER: Final = 2
_FIRST_RELATION: Final = "rId1"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_COLOURS: Final = {theme.xml_value: colour.removeprefix("#").upper() for colour, theme in THEMED.items()}
"""A document has a theme of its own, so the slides' colours are written out."""


class Drawings:
    """The charts of one document, numbered in order."""

    def __init__(self, document: Document, lang: Lang, on: date) -> None:
        """Begin with none; ``on`` is the day that the workbooks within are dated."""
        self._document = document
        self._lang = lang
        self._on = on
        deck = Presentation()
        self._page = deck.slides.add_slide(deck.slide_layouts[_BLANK_LAYOUT])
        self._count = 0

    def add(self, paragraph: Paragraph, chart: Chart, alt: str, width_mm: float, *, is_open_end: bool) -> None:
        """Append a chart to a paragraph.

        Args:
            paragraph: where it stands.
            chart: what to draw.
            alt: what is read in its place.
            width_mm: how wide it is; how high follows from what is drawn.
            is_open_end: the last label is a month that was not over.
        """
        self._count += 1
        bars = len(chart.labels) * len(chart.series)
        width, height = Mm(width_mm), Mm(55 if chart.kind is ChartKind.MONTHS else 14 + 6 * bars)
        box = Box(0, 0, round(width / _SMALLER), round(height / _SMALLER))
        marked = chart.labels[-1:] if chart.kind is ChartKind.MONTHS else ()
        shape = charts.draw(self._page, chart, marked, box, lang=self._lang, on=self._on, is_open_end=is_open_end)
        key = self._filed(_fitted(shape.chart.part._element), shape.chart.part.chart_workbook.xlsx_part.blob)  # noqa: SLF001 - python-pptx gives only its bytes
        paragraph.add_run()._r.append(self._inline(key, width, height, alt))  # noqa: SLF001 - python-docx knows pictures alone

    def _filed(self, drawing: bytes, workbook: bytes) -> str:
        package = self._document.part.package
        names = f"/word/charts/chart{self._count}.xml", f"/word/embeddings/chart{self._count}.xlsx"
        part = Part(PackURI(names[0]), CONTENT_TYPE.DML_CHART, drawing, package)
        part.relate_to(Part(PackURI(names[1]), CONTENT_TYPE.SML_SHEET, workbook, package), RELATIONSHIP_TYPE.PACKAGE)
        return self._document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)

    def _inline(self, key: str, width: Length, height: Length, alt: str) -> Any:
        drawing = parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{self._count}" name="chart{self._count}"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}">'
            f'<c:chart xmlns:c="{_CHART}" r:id="{key}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
        drawing.find(f".//{qn('wp:docPr')}").set("descr", plain(alt))
        return drawing


def _fitted(drawn: Any) -> bytes:
    """A slide's chart as a part of a document: smaller, in the document's type and colours of its own."""
    made = copy.deepcopy(drawn)
    _shrink(made)
    for element in made.findall(f"{{{_CHART}}}txPr//{{{_DRAWING}}}defRPr"):
        etree.SubElement(element, f"{{{_DRAWING}}}latin").set("typeface", FONT)
    for element in list(made.iter(f"{{{_DRAWING}}}schemeClr")):
        element.tag = f"{{{_DRAWING}}}srgbClr"
        element.set("val", _COLOURS[element.get("val")])
    for element in made.iter(f"{{{_CHART}}}externalData"):
        # The workbook is the first thing that the part is related to.
        element.set(qn("r:id"), _FIRST_RELATION)
    content: bytes = etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _shrink(made: Any) -> None:
    for element in made.iter(f"{{{_DRAWING}}}defRPr", f"{{{_DRAWING}}}rPr"):
        if element.get("sz") is not None:
            element.set("sz", str(round(int(element.get("sz")) * _SMALLER / 100) * 100))
    for element in made.iter(f"{{{_DRAWING}}}ln"):
        if element.get("w") is not None:
            element.set("w", str(round(int(element.get("w")) * _SMALLER)))
    for element in made.iter(f"{{{_CHART}}}size"):
        element.set("val", str(max(_SMALLEST_MARKER, round(int(element.get("val")) * _SMALLER))))
