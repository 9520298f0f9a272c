"""Charts and the districts' map as plain SVG in the dashboard's look: drawn without a script, sharp at any size.

Each thing that stands for a number holds its words in a `<title>`, which browsers show on hover; the drawing as a whole
says all of them in its label. Here the places are reckoned, `templates/drawing.svg.j2` writes them down, escaped.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from shapely.geometry import Polygon
from shapely.ops import polylabel

from dashboard.charts.axes import round_ticks
from dashboard.charts.layout import apart
from dashboard.charts.theme import ACCENT
from dashboard.maps.classes import HIDDEN_COLOUR
from dashboard.maps.shapes import SHAPES, Shape
from dashboard.metrics.catalogue import Unit
from dashboard.reports import figures
from dashboard.reports.model import Area, Cell, Chart, ChartKind, CityMap
from dashboard.reports.templating import ENVIRONMENT
from dashboard.text import numbers
from dashboard.text.labels import label
from dashboard.text.words import Lang

WIDTH: Final = 400
"""Units across every drawing: about the pixels of a telephone, so that letters stay readable there."""

_LETTER: Final = 5.6
"""About the width of a letter of 11 units."""
_NAME_HEIGHT: Final = 13
_AROUND: Final = 4
"""Room of a district's name: its height, and what its halo takes of the width."""

_Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Bar:
    """A bar of one number; no size where there is none."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    is_unfinished: bool = False


@dataclass(frozen=True)
class Word:
    """A text at a place; `anchor` says which of its ends stands there."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    kind: str = ""


@dataclass(frozen=True)
class Mark:
    """What belongs to one label: its bars, its words, and the field that answers to the pointer."""

    title: str
    field: Bar
    bars: tuple[Bar, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Grid:
    """A line across the plot at a round number."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class ChartDrawing:
    """A chart with everything at its place."""

    height: float
    said: str
    grid: tuple[Grid, ...]
    words: tuple[Word, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Outline:
    """A district: its outline as an SVG path."""

    title: str
    path: str
    colour: str


@dataclass(frozen=True)
class Pin:
    """A space: its shape, and where its middle lies."""

    title: str
    x: float
    y: float
    shape: Shape


@dataclass(frozen=True)
class MapDrawing:
    """A map with everything at its place."""

    height: float
    said: str
    areas: tuple[Outline, ...]
    lines: tuple[str, ...]
    names: tuple[Word, ...]
    pins: tuple[Pin, ...]


_MARGIN_LEFT: Final = 34
_MARGIN_TOP: Final = 20
_PLOT_HEIGHT: Final = 96
_AXIS_HEIGHT: Final = 30
_STUB: Final = 5
"""Height of the grey stub that stands for a hidden number."""

_EARLIER: Final = 0.42
_COMPARED: Final = 0.6
"""How much of its colour an earlier month's column, and a bar to compare with, have."""

_NAME_WIDTH: Final = 132
_NAME_LETTERS: Final = 23
_VALUE_WIDTH: Final = 66

_MOST_MAP_HEIGHT: Final = 430
_MAP_MARGIN: Final = 5
_PIN: Final = 8


def chart(shown: Chart, lang: Lang, *, is_unfinished: bool = False) -> Markup:
    """A chart as an `<svg>` element, without its titles.

    Args:
        shown: the chart.
        lang: language of the values.
        is_unfinished: whether the last of the months is not over; its column is then an outline.
    """
    months = shown.kind is ChartKind.MONTHS
    drawing = _months(shown, lang, is_unfinished=is_unfinished) if months else _bars(shown, lang)
    return _drawn("chart", drawing=drawing, width=WIDTH)


def city_map(shown: CityMap, lang: Lang) -> Markup:
    """A map as an `<svg>` element, without its titles and legend."""
    return _drawn("city_map", drawing=_map(shown, lang), width=WIDTH, river=ACCENT, pin=_PIN)


def shape(kind: str) -> Markup:
    """The shape of a kind of space as a small `<svg>` for a legend.

    Raises:
        KeyError: there is no such kind.
    """
    return _drawn("shape", shape=SHAPES[kind])


def has_hidden(shown: Chart) -> bool:
    """Whether a number of the chart is hidden, so that a legend should say what a grey stub means."""
    return any(cell.is_hidden for series in shown.series for cell in series.cells)


def _drawn(macro: str, **values: object) -> Markup:
    module = ENVIRONMENT.get_template("drawing.svg.j2").module
    return Markup(getattr(module, macro)(**values))  # noqa: S704 - the macro has escaped it


def _months(shown: Chart, lang: Lang, *, is_unfinished: bool) -> ChartDrawing:
    largest = max(_numbers(shown), default=0.0)
    ticks = round_ticks(largest, whole=figures.entry(shown.figure_id).decimals == 0)
    bottom = _MARGIN_TOP + _PLOT_HEIGHT
    step = (WIDTH - _MARGIN_LEFT - 4) / max(len(shown.labels), 1)
    width = step * 0.72 / max(len(shown.series), 1)
    said_at = _places_with_words(shown)
    previous_year = ""
    marks, words = [], []
    for place, text in enumerate(shown.labels):
        left = _MARGIN_LEFT + place * step
        is_last = place == len(shown.labels) - 1
        bars, values = [], []
        for number, series in enumerate(shown.series):
            cell = series.cells[place]
            height = _PLOT_HEIGHT * max(cell.value or 0.0, 0.0) / ticks[-1]
            bars.append(
                Bar(
                    x=_to(left + step * 0.14 + number * width),
                    y=_to(bottom - (_STUB if cell.is_hidden else height)),
                    width=_to(width),
                    height=_to(_STUB if cell.is_hidden else height),
                    colour=_colour(series.colour, cell, 1.0 if is_last else _EARLIER),
                    is_unfinished=is_last and is_unfinished and not cell.is_hidden,
                )
            )
            if place in said_at and number == 0:
                values.append(
                    Word(
                        _to(left + step / 2),
                        _to(bottom - height - 4),
                        figures.written(shown.figure_id, cell, lang),
                        kind="now" if is_last else "value",
                    )
                )
        month, _, year = text.replace("\u00a0", " ").partition(" ")
        words.append(Word(_to(left + step / 2), bottom + 12, month, kind="tick"))
        if year != previous_year:
            words.append(Word(_to(left + step / 2), bottom + 24, year, kind="tick"))
        previous_year = year
        field = Bar(_to(left), 0, _to(step), bottom, "none")
        marks.append(Mark(_said(shown, place, lang), field, tuple(bars), tuple(values)))
    grid = []
    for tick in ticks:
        y = _to(bottom - _PLOT_HEIGHT * tick / ticks[-1])
        grid.append(Grid(_MARGIN_LEFT, y, WIDTH - _MARGIN_LEFT))
        words.append(Word(_MARGIN_LEFT - 5, y + 3.5, _tick(shown.figure_id, tick, ticks[1], lang), "end", "tick"))
    return ChartDrawing(bottom + _AXIS_HEIGHT, _all_said(marks), tuple(grid), tuple(words), tuple(marks))


def _places_with_words(shown: Chart) -> set[int]:
    """Where a column has its number over it: the first, the last and the largest, if that is not next to those."""
    if not shown.series:
        return set()
    cells = shown.series[0].cells
    last = len(cells) - 1
    ends = {0, last}
    largest = max(range(len(cells)), key=lambda place: cells[place].value or 0.0, default=0)
    if all(abs(largest - end) > 1 for end in ends):
        ends.add(largest)
    return {place for place in ends if cells and cells[place].value is not None}


def _bars(shown: Chart, lang: Lang) -> ChartDrawing:
    largest = max(_numbers(shown), default=0.0)
    room = WIDTH - _NAME_WIDTH - _VALUE_WIDTH
    thick = 13 if len(shown.series) == 1 else 11
    y = 2.0
    marks = []
    for place, name in enumerate(shown.labels):
        lines = textwrap.wrap(name, _NAME_LETTERS, max_lines=2, placeholder="…") or [""]
        height = max(len(lines) * 12, thick * len(shown.series)) + 7
        bars, words = [], []
        top = y + (height - thick * len(shown.series)) / 2
        for number, series in enumerate(shown.series):
            cell = series.cells[place]
            length = room * max(cell.value or 0.0, 0.0) / largest if largest else 0.0
            length = _STUB if cell.is_hidden else length
            at = top + number * thick
            bars.append(
                Bar(
                    _NAME_WIDTH,
                    _to(at),
                    _to(length),
                    thick - 2,
                    _colour(series.colour, cell, _COMPARED if number else 1.0),
                )
            )
            words.append(
                Word(
                    _to(_NAME_WIDTH + length + 5),
                    _to(at + thick - 3.2),
                    figures.written(shown.figure_id, cell, lang),
                    "start",
                    "value small" if number else "now",
                )
            )
        first = y + height / 2 + 4 - (len(lines) - 1) * 6
        words += [Word(_NAME_WIDTH - 7, _to(first + row * 12), line, "end") for row, line in enumerate(lines)]
        marks.append(Mark(_said(shown, place, lang), Bar(0, _to(y), WIDTH, height, "none"), tuple(bars), tuple(words)))
        y += height
    return ChartDrawing(_to(y + 2), _all_said(marks), (), (), tuple(marks))


def tint(colour: str, share: float) -> str:
    """A colour let through by white: solid, so that no line of the grid shines through."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * share):02x}" for channel in channels)


def series_colour(shown: Chart, place: int) -> str:
    """The colour that a legend gives a series of bars: the later ones are what the first is compared with."""
    return tint(shown.series[place].colour, _COMPARED if place else 1.0)


def _colour(colour: str, cell: Cell, share: float) -> str:
    return HIDDEN_COLOUR if cell.is_hidden else tint(colour, share)


def _numbers(shown: Chart) -> Iterator[float]:
    return (cell.value for series in shown.series for cell in series.cells if cell.value is not None)


def _said(shown: Chart, place: int, lang: Lang) -> str:
    """A label with its numbers in words, a line each where there are several."""
    values = [(series.name, figures.written(shown.figure_id, series.cells[place], lang)) for series in shown.series]
    name = shown.labels[place]
    if len(values) == 1:
        return f"{name}: {values[0][1]}"
    return "\n".join([name, *(f"{series}: {value}" for series, value in values)])


def _all_said(marks: Sequence[Mark]) -> str:
    return "; ".join(mark.title.replace("\n", ", ") for mark in marks)


def _tick(figure_id: str, tick: float, step: float, lang: Lang) -> str:
    decimals = max(0, -math.floor(math.log10(step)))
    write = numbers.format_percent if figures.entry(figure_id).unit is Unit.PERCENT else numbers.format_number
    return write(tick, lang, decimals=decimals)


def _map(shown: CityMap, lang: Lang) -> MapDrawing:
    corners = [point for area in shown.areas for polygon in area.polygons for ring in polygon for point in ring]
    if not corners:
        return MapDrawing(0, "", (), (), (), ())
    longitudes, latitudes = zip(*corners, strict=True)
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    # Near enough for one city: a degree of longitude is shorter than one of latitude by the cosine of the latitude.
    narrowing = math.cos(math.radians((south + north) / 2))
    across, along = (east - west) * narrowing or 1e-9, north - south or 1e-9
    scale = min((WIDTH - 2 * _MAP_MARGIN) / across, (_MOST_MAP_HEIGHT - 2 * _MAP_MARGIN) / along)
    indent = (WIDTH - across * scale) / 2

    def at(point: tuple[float, float]) -> tuple[float, float]:
        longitude, latitude = point
        return _to(indent + (longitude - west) * narrowing * scale), _to(_MAP_MARGIN + (north - latitude) * scale)

    room = [(len(area.name) * _LETTER + _AROUND, _NAME_HEIGHT) for area in shown.areas]
    places = apart([at(_middle(area)) for area in shown.areas], room)
    outlines, names = [], []
    for area, (x, y) in zip(shown.areas, places, strict=True):
        value = figures.written(shown.figure_id, area.cell, lang)
        path = "".join(_path(map(at, ring)) + "z" for polygon in area.polygons for ring in polygon)
        outlines.append(Outline(f"{area.name}: {value}", path, area.colour))
        names.append(Word(_to(x), _to(y + 3), area.name, kind="district"))
    pins = tuple(
        Pin(f"{point.name} ({label('space_kind', point.kind, lang)})", *at(place), SHAPES[point.kind])
        for point in shown.points
        for place in [(point.longitude_deg, point.latitude_deg)]
    )
    return MapDrawing(
        height=_to(along * scale + 2 * _MAP_MARGIN),
        said="; ".join(outline.title for outline in outlines),
        areas=tuple(outlines),
        lines=tuple(_path(map(at, line)) for line in shown.lines),
        names=tuple(names),
        pins=pins,
    )


def _middle(area: Area) -> tuple[float, float]:
    """The point of a district that lies deepest in its largest part."""
    parts = [Polygon(polygon[0], polygon[1:]) for polygon in area.polygons]
    point = polylabel(max(parts, key=lambda part: part.area), tolerance=0.002)
    return point.x, point.y


def _path(points: Iterable[tuple[float, float]]) -> str:
    """Straight lines from point to point; what falls on the same tenth of a unit is said once."""
    seen: list[tuple[float, float]] = []
    for point in points:
        if not seen or point != seen[-1]:
            seen.append(point)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in seen)


def _to(number: float) -> float:
    return round(number, 1)
