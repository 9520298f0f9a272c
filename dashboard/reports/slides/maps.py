"""The city's districts as shapes that can be moved, coloured and copied one by one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide as Page
from pptx.util import Inches, Pt
from shapely import LineString, MultiLineString, Polygon
from shapely import box as rectangle
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from dashboard.charts.theme import INK, ON_ACCENT
from dashboard.reports import figures
from dashboard.reports.model import Area, CityMap
from dashboard.reports.slides.frame import BODY_PT, Box
from dashboard.reports.slides.ink import bare, describe, fill, legible_on, paint, plain, write
from dashboard.reports.slides.measure import height
from dashboard.text.slides import say
from dashboard.text.words import Lang

_WATER: Final = "#4a90c8"
_DOT: Final = Inches(0.09)
_TAG: Final = Inches(0.32)
_TAG_PT: Final = 14
_LIST_WIDTH: Final = 0.44
"""The share of the width that the list takes."""
_GAP: Final = Inches(0.35)
_LEGEND_HEIGHT: Final = Inches(0.34)
_LEGEND_PT: Final = 16
_LEGEND_COLUMNS: Final = 3
_SWATCH: Final = Inches(0.26)
_ROW_HEIGHT: Final = Inches(0.4)
_ROW_PADDING: Final = Inches(0.04)
_CELL_MARGIN: Final = Inches(0.1)
_SMALLEST_PT: Final = 8

_Point = tuple[float, float]


@dataclass(frozen=True)
class _Projection:
    """Degrees to places on the slide: a degree of longitude is as much shorter as the city's latitude makes it."""

    west: float
    north: float
    squeeze: float
    scale: float
    x: float
    y: float

    def __call__(self, point: _Point) -> _Point:
        return (
            self.x + (point[0] - self.west) * self.squeeze * self.scale,
            self.y + (self.north - point[1]) * self.scale,
        )


def draw(page: Page, city_map: CityMap, frame: Box, *, alt: str, lang: Lang) -> None:
    """Put a map on a page, with its districts by value beside it and its legend beneath.

    Args:
        page: the slide.
        city_map: the districts, in the classes of one figure.
        frame: where all of it goes.
        alt: what a screen reader says of the map.
        lang: language of words and numbers.
    """
    ordered = sorted(city_map.areas, key=lambda area: (area.cell.value is None, -(area.cell.value or 0.0), area.name))
    width = round(frame.width * (1 - _LIST_WIDTH)) - _GAP
    _districts(page, city_map, ordered, Box(frame.x, frame.y, width, frame.height), alt=alt, lang=lang)
    x, beside = frame.x + width + _GAP, frame.width - width - _GAP
    legend = -(-len(_entries(city_map, lang)) // _LEGEND_COLUMNS) * _LEGEND_HEIGHT
    listed = _list(page, city_map, ordered, Box(x, frame.y, beside, frame.height - legend - _GAP), lang)
    _legend(page, city_map, Box(x, frame.y + listed + _GAP, beside, legend), lang)


def _districts(page: Page, city_map: CityMap, ordered: list[Area], place: Box, *, alt: str, lang: Lang) -> None:
    project, bounds = _projection(city_map, place)
    drawn = []
    for area in ordered:
        rings = [[project(point) for point in ring] for part in area.polygons for ring in part]
        shape = _freeform(page, rings, is_closed=True)
        shape.name = plain(area.name)
        describe(shape, f"{area.name}: {figures.written(city_map.figure_id, area.cell, lang)}")
        fill(shape, area.colour)
        paint(shape.line.color, ON_ACCENT)
        shape.line.width = Pt(1.5)
        drawn.append(shape)
    for line in city_map.lines:
        for part in _within(line, bounds):
            river = _freeform(page, [[project(point) for point in part]], is_closed=False)
            river.name = say("map.river", lang)
            paint(river.line.color, _WATER)
            river.line.width = Pt(2)
            drawn.append(river)
    if city_map.points:
        dots = [_dot(page, *project((each.longitude_deg, each.latitude_deg)), each.name) for each in city_map.points]
        spaces = page.shapes.add_group_shape(dots)
        spaces.name = say("map.spaces", lang)
        drawn.append(spaces)
    for number, area in enumerate(ordered, start=1):
        tag = _oval(page, *project(_middle(area)), _TAG)
        tag.name = say("map.number", lang, name=plain(area.name))
        fill(tag, ON_ACCENT)
        tag.line.fill.background()
        text = bare(tag.text_frame, MSO_ANCHOR.MIDDLE)
        text.word_wrap = False
        write(text, f"{number}", _TAG_PT, bold=True, colour=INK, align=PP_ALIGN.CENTER, is_first=True)
        drawn.append(tag)
    # Grouped at the end: a group measures itself again with everything that is put into it.
    group = page.shapes.add_group_shape(drawn)
    group.name = plain(city_map.title)
    describe(group, alt)


def _projection(city_map: CityMap, place: Box) -> tuple[Callable[[_Point], _Point], BaseGeometry]:
    """The widest view of all districts that the place has room for, in its middle; and the districts' bounds."""
    points = [point for area in city_map.areas for part in area.polygons for ring in part for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(place.width / ((east - west) * squeeze), place.height / (north - south))
    x = place.x + (place.width - (east - west) * squeeze * scale) / 2
    y = place.y + (place.height - (north - south) * scale) / 2
    return _Projection(west, north, squeeze, scale, x, y), rectangle(west, south, east, north)


def _freeform(page: Page, paths: Sequence[Sequence[_Point]], *, is_closed: bool) -> Any:
    """One shape of several paths; python-pptx's own builder takes time by the square of their points."""
    xs, ys = ([round(point[axis]) for path in paths for point in path] for axis in (0, 1))
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top
    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    shape.shadow.inherit = False
    kind = "" if is_closed else ' fill="none"'
    steps = []
    for path in paths:
        places = [f'<a:pt x="{round(x) - left}" y="{round(y) - top}"/>' for x, y in path]
        steps += [f"<a:moveTo>{places[0]}</a:moveTo>", *(f"<a:lnTo>{each}</a:lnTo>" for each in places[1:])]
        steps += ["<a:close/>"] * is_closed
    geometry = etree.fromstring(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="l" t="t" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{kind}>{"".join(steps)}</a:path></a:pathLst></a:custGeom>'
    )
    preset = shape.element.find(f".//{qn('a:prstGeom')}")
    preset.getparent().replace(preset, geometry)
    return shape


def _middle(area: Area) -> _Point:
    """A place well within the district's largest part."""
    parts = [Polygon(rings[0], rings[1:]) for rings in area.polygons]
    largest = max(parts, key=lambda part: part.area)
    found = polylabel(largest, tolerance=max(largest.bounds[2] - largest.bounds[0], 1e-6) / 50)
    return found.x, found.y


def _within(line: tuple[_Point, ...], bounds: BaseGeometry) -> Iterator[list[_Point]]:
    cut = LineString(line).intersection(bounds)
    parts = cut.geoms if isinstance(cut, MultiLineString) else [cut]
    return ([(x, y) for x, y in part.coords] for part in parts if isinstance(part, LineString) and not part.is_empty)


def _dot(page: Page, x: float, y: float, name: str) -> Any:
    dot = _oval(page, x, y, _DOT)
    dot.name = plain(name)
    fill(dot, INK)
    paint(dot.line.color, ON_ACCENT)
    dot.line.width = Pt(0.75)
    return dot


def _oval(page: Page, x: float, y: float, size: int) -> Any:
    shape = page.shapes.add_shape(MSO_SHAPE.OVAL, round(x) - size // 2, round(y) - size // 2, size, size)
    shape.shadow.inherit = False
    return shape


def _list(page: Page, city_map: CityMap, ordered: list[Area], place: Box, lang: Lang) -> int:
    """The districts from much to little, each beside the colour that it has on the map; how high the list is."""
    number, value = Inches(0.55), Inches(1.95)
    points, rows = _rows(ordered, place.width - number - value - 2 * _CELL_MARGIN, place.height)
    shape = page.shapes.add_table(len(ordered), 3, place.x, place.y, place.width, sum(rows))
    shape.name = say("map.list", lang)
    describe(shape, say("map.list", lang))
    table = shape.table
    table.first_row = table.horz_banding = False
    for column, width in zip(table.columns, (number, place.width - number - value, value), strict=True):
        column.width = width
    for at, area in enumerate(ordered):
        table.rows[at].height = rows[at]
        written = (f"{at + 1}", area.name, figures.written(city_map.figure_id, area.cell, lang))
        aligned = (PP_ALIGN.CENTER, PP_ALIGN.LEFT, PP_ALIGN.RIGHT)
        for place_in_row, (text, align) in enumerate(zip(written, aligned, strict=True)):
            cell = table.cell(at, place_in_row)
            cell.margin_top = cell.margin_bottom = 0
            cell.margin_left = cell.margin_right = _CELL_MARGIN
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            is_number = place_in_row == 0
            fill(cell, area.colour if is_number else ON_ACCENT)
            ink = legible_on(area.colour) if is_number else INK
            bold = place_in_row != 1
            write(cell.text_frame, text, points, bold=bold, colour=ink, align=align, is_first=True)
    return sum(rows)


def _rows(ordered: Sequence[Area], width: int, room: int) -> tuple[int, list[int]]:
    """The largest type in which the names fit beneath each other, and how high each row is."""

    def needed(points: int) -> list[int]:
        return [height(area.name, width, points) + _ROW_PADDING for area in ordered]

    sizes = range(BODY_PT, _SMALLEST_PT, -2)
    points = next((size for size in sizes if sum(needed(size)) <= room), _SMALLEST_PT)
    rows = needed(points)
    spare = max(0, room - sum(rows)) // max(len(rows), 1)
    return points, [max(row, min(_ROW_HEIGHT, row + spare)) for row in rows]


def _entries(city_map: CityMap, lang: Lang) -> list[tuple[str | None, str]]:
    """The classes with their colours, and the dots, which have none."""
    entries: list[tuple[str | None, str]] = [(entry.colour, entry.label) for entry in city_map.legend]
    return [*entries, *([(None, say("map.dots", lang))] if city_map.points else [])]


def _legend(page: Page, city_map: CityMap, place: Box, lang: Lang) -> None:
    entries = _entries(city_map, lang)
    drawn = []
    step = place.width // _LEGEND_COLUMNS
    for at, (colour, label) in enumerate(entries):
        row, column = divmod(at, _LEGEND_COLUMNS)
        left, top = place.x + column * step, place.y + row * _LEGEND_HEIGHT
        middle = top + _LEGEND_HEIGHT // 2
        if colour is None:
            drawn.append(_dot(page, left + _SWATCH / 2, middle, label))
        else:
            swatch = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, middle - _SWATCH // 2, _SWATCH, _SWATCH)
            swatch.name = label
            fill(swatch, colour)
            swatch.line.fill.background()
            swatch.shadow.inherit = False
            drawn.append(swatch)
        text = page.shapes.add_textbox(left + _SWATCH + _DOT, top, step - _SWATCH - _DOT, _LEGEND_HEIGHT)
        write(bare(text.text_frame, MSO_ANCHOR.MIDDLE), label, _LEGEND_PT, colour=INK, is_first=True)
        drawn.append(text)
    group = page.shapes.add_group_shape(drawn)
    group.name = say("map.legend", lang)
    describe(group, f"{say('map.legend', lang)}: {'; '.join(label for _, label in entries)}")
