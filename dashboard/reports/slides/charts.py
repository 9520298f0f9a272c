"""Charts that can be edited: drawn by the program that shows the deck, from a workbook within it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from pptx.chart.chart import Chart as Native
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.chart import XL_TICK_LABEL_POSITION as TICKS
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.util import Pt
from xlsxwriter import Workbook

from dashboard.charts.theme import INK, MUTED, ON_ACCENT
from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Unit
from dashboard.reports.model import Chart, ChartKind
from dashboard.reports.slides.frame import BODY_PT, Box
from dashboard.reports.slides.ink import fill, paint, plain
from dashboard.reports.slides.measure import EMU_PER_PT, largest, shortened
from dashboard.reports.zips import rezipped
from dashboard.text.words import Lang

_LOCALES: Final = {"uk": "[$-422]", "en": "[$-809]"}
_SHEET: Final = "Sheet1"
_STROKE: Final = Pt(3)
_LABELS_PT: Final = 16
_SMALLEST_PT: Final = 10
_LEGEND_PT: Final = 34
"""The height of a legend, in points."""
_GAP_PCT: Final = 25
"""What stands between two groups of bars at least, in percent of a bar's height."""
_WIDEST_GAP_PCT: Final = 500
"""More than this the format does not allow."""
_THICKEST_PT: Final = 60
"""The height of a bar, in points, beyond which it would be a block."""
_LOW: Final = 0.1
"""Below this share of the largest value there is no room for a value between a point and the months."""
_STEEP: Final = 0.12
"""From this share of the largest value on, a line falls away from a value that stands beside its point."""
_NAMES_SHARE: Final = 0.42
"""The share of the width that names beside bars may take before they break."""
_LEAST_SHARE: Final = 0.17
"""The share of the width that every program leaves to names, however long they are."""
_FAINTER: Final = 0.62
"""How far bars beside the one that is spoken of are turned to white."""


def number_format(figure_id: str, lang: Lang) -> str:
    """How a figure's values are written, as a spreadsheet's format in the language's manner.

    Raises:
        KeyError: the catalogue has no such figure.
    """
    figure = FIGURES[figure_id] if figure_id in FIGURES else SUPPORTING[figure_id]
    decimals = "." + "0" * figure.decimals if figure.decimals else ""
    percent = {"uk": '"\u00a0%"', "en": '"%"'}[lang] if figure.unit is Unit.PERCENT else ""
    return f"{_LOCALES[lang]}#,##0{decimals}{percent}"


class _Data(CategoryChartData):  # type: ignore[misc] # python-pptx is not typed to us
    """A chart's data, with a workbook that holds plain text and numbers alone and knows no clock."""

    def __init__(self, number_format: str, on: date) -> None:
        super().__init__(number_format=number_format)
        self._on = on

    @property
    def xlsx_blob(self) -> bytes:
        out = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with Workbook(out, options) as book:
            book.set_properties({"author": "civicspace", "created": datetime.combine(self._on, time())})
            sheet = book.add_worksheet(_SHEET)
            shown = book.add_format({"num_format": self.number_format})
            for row, category in enumerate(self.categories, start=1):
                sheet.write_string(row, 0, category.label)
            for column, series in enumerate(self, start=1):
                sheet.write_string(0, column, series.name)
                for row, value in enumerate(series.values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value, shown)
        return rezipped(out.getvalue(), self._on)


def draw(
    page: Page, chart: Chart, marked: tuple[str, ...], box: Box, *, lang: Lang, on: date, is_open_end: bool
) -> Any:
    """Put a chart on a page.

    Args:
        page: the slide.
        chart: what to draw; cells without a value are left open.
        marked: labels whose values stand out.
        box: where.
        lang: language of the numbers.
        on: the day that the workbook within is dated.
        is_open_end: the last label is a month that was not over.

    Returns:
        The shape that holds the chart.
    """
    data = _Data(number_format(chart.figure_id, lang), on)
    is_trend = chart.kind is ChartKind.MONTHS
    if is_trend:
        # A month stands above its year: side by side they would not fit under a point.
        data.categories = [plain(label).replace("\u00a0", "\n") for label in chart.labels]
        points = names = _LABELS_PT
    else:
        points, names = _fitting(chart, box)
        data.categories = [_name(label, chart, box) for label in chart.labels]
    for series in chart.series:
        data.add_series(plain(series.name), [cell.value for cell in series.cells])
    kind = XL_CHART_TYPE.LINE_MARKERS if is_trend else XL_CHART_TYPE.BAR_CLUSTERED
    shape = page.shapes.add_chart(kind, box.x, box.y, box.width, box.height, data)
    native = shape.chart
    _dress(native, names, has_legend=len(chart.series) > 1)
    if is_trend:
        _lines(native, chart, marked, points, is_open_end=is_open_end)
    else:
        _bars(native, chart, marked, points, _group(chart, box))
    return shape


def _dress(native: Native, points: int, *, has_legend: bool) -> None:
    native.has_title = False
    native.font.size = Pt(points)
    paint(native.font.color, INK)
    native.has_legend = has_legend
    if has_legend:
        native.legend.position = XL_LEGEND_POSITION.TOP
        native.legend.include_in_layout = False
        native.legend.font.size = Pt(BODY_PT)
    values = native.value_axis
    values.minimum_scale = 0
    values.has_major_gridlines = False
    values.visible = False
    labels = native.category_axis
    labels.major_tick_mark = XL_TICK_MARK.NONE
    labels.has_major_gridlines = False
    labels.tick_label_position = TICKS.LOW
    labels.tick_labels.font.size = Pt(points)
    paint(labels.format.line.color, MUTED)
    _upright(labels)
    # python-pptx numbers the axes of bars below zero, which the format does not allow.
    for number in native.element.iter(qn("c:axId"), qn("c:crossAx")):
        number.set("val", number.get("val").lstrip("-"))


def _fitting(chart: Chart, box: Box) -> tuple[int, int]:
    """The sizes of type in which no bar's value touches the next one's, and no name the next one."""
    group = _group(chart, box)
    values = max(_SMALLEST_PT, min(BODY_PT, int(group / (len(chart.series) + _GAP_PCT / 100))))
    sizes = range(BODY_PT, _SMALLEST_PT - 1, -1)
    width = round(box.width * _NAMES_SHARE)
    return values, min(int(largest(label, width, round(group * EMU_PER_PT), sizes)) for label in chart.labels)


def _name(label: str, chart: Chart, box: Box) -> str:
    """What stands beside a bar; a name too long for its room in the smallest type is cut, or it would cover others."""
    room = round(_group(chart, box) * EMU_PER_PT)
    return shortened(plain(label), round(box.width * _LEAST_SHARE), room, _SMALLEST_PT)


def _group(chart: Chart, box: Box) -> float:
    """The height that a label's bars and the gap after them have, in points."""
    legend = _LEGEND_PT if len(chart.series) > 1 else 0
    return (box.height / EMU_PER_PT - legend) / len(chart.labels)


def _upright(axis: Any) -> None:
    """Labels break into lines rather than turn."""
    for body in axis._element.iter(qn("a:bodyPr")):  # noqa: SLF001 - python-pptx has no name for it
        body.set("rot", "0")
        body.set("vert", "horz")


def _lines(native: Native, chart: Chart, marked: tuple[str, ...], points: int, *, is_open_end: bool) -> None:
    for series, drawn in zip(chart.series, native.plots[0].series, strict=True):
        drawn.smooth = False
        drawn.format.line.width = _STROKE
        paint(drawn.format.line.color, series.colour)
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 8
        fill(drawn.marker.format, series.colour)
        paint(drawn.marker.format.line.color, series.colour)
        labels = drawn.data_labels
        labels.show_value = True
        labels.position = XL_LABEL_POSITION.ABOVE
        labels.font.size = Pt(points)
        values = [cell.value for cell in series.cells]
        for place, label in enumerate(chart.labels):
            if values[place] is None:
                continue
            point, is_marked = drawn.points[place], label in marked
            if is_marked:
                _marker(point, 14, series.colour, series.colour)
            where = beside_line(values, place)
            if is_marked or where != XL_LABEL_POSITION.ABOVE:
                _label(point, points + 2 * is_marked, where, is_bold=is_marked)
        if is_open_end and values[-1] is not None:
            last = drawn.points[len(values) - 1]
            _marker(last, 14, ON_ACCENT, series.colour)
            last.format.line.dash_style = MSO_LINE.SQUARE_DOT


def _marker(point: Any, size: int, inside: str, around: str) -> None:
    """Draw a point's marker; its piece of the line is said again, for a point takes nothing over from its series."""
    point.marker.style = XL_MARKER_STYLE.CIRCLE
    point.marker.size = size
    fill(point.marker.format, inside)
    paint(point.marker.format.line.color, around)
    point.format.line.width = _STROKE
    paint(point.format.line.color, around)


def beside_line(values: Sequence[float | None], place: int) -> XL_LABEL_POSITION:
    """Where a point's value is clear of the line: beside it on a steep slope, below it in a valley, else above."""
    value = values[place] or 0.0
    before, after = (
        values[at] if 0 <= at < len(values) and values[at] is not None else None for at in (place - 1, place + 1)
    )
    largest_value = max((each for each in values if each is not None), default=0.0)
    if before is not None and after is not None:
        steep = _STEEP * largest_value
        if before > value > after and value - after > steep:
            return XL_LABEL_POSITION.RIGHT
        if before < value < after and value - before > steep:
            return XL_LABEL_POSITION.LEFT
    is_valley = sum(each - value for each in (before, after) if each is not None) > 0
    is_low = value < _LOW * largest_value
    return XL_LABEL_POSITION.BELOW if is_valley and not is_low else XL_LABEL_POSITION.ABOVE


def _bars(native: Native, chart: Chart, marked: tuple[str, ...], points: int, group: float) -> None:
    native.category_axis.reverse_order = True
    plot = native.plots[0]
    gap = round((group / _THICKEST_PT - len(chart.series)) * 100)
    plot.gap_width = min(max(gap, _GAP_PCT), _WIDEST_GAP_PCT)
    plot.overlap = 0
    plot.vary_by_categories = False
    for series, drawn in zip(chart.series, plot.series, strict=True):
        fill(drawn.format, series.colour)
        drawn.invert_if_negative = False
        labels = drawn.data_labels
        labels.show_value = True
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(points)
    if not set(marked) & set(chart.labels):
        return
    for series, drawn in zip(chart.series, plot.series, strict=True):
        for place, label in enumerate(chart.labels):
            if label not in marked:
                fill(drawn.points[place].format, _faint(series.colour))
            elif series.cells[place].value is not None:
                _label(drawn.points[place], points, XL_LABEL_POSITION.OUTSIDE_END, is_bold=True)


def _faint(colour: str) -> str:
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(each + (255 - each) * _FAINTER):02x}" for each in channels)


def _label(point: Any, points: int, where: XL_LABEL_POSITION, *, is_bold: bool) -> None:
    """Give a point's value a place and a type of its own; it stays a value that follows the workbook, not a text."""
    label = point.data_label
    label.font.size = Pt(points)
    label.font.bold = is_bold
    label.position = where
    element = label._get_or_add_dLbl()  # noqa: SLF001 - python-pptx has no name for it
    for name in ("c:showLegendKey", "c:showVal", "c:showCatName", "c:showSerName", "c:showPercent", "c:showBubbleSize"):
        shown = element.find(qn(name))
        if shown is not None:
            shown.set("val", "1" if name == "c:showVal" else "0")
