"""The map of districts as a picture: for files and slides, where no map can be moved."""

from __future__ import annotations

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.outline import district_outline
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.numbers import Unit
from dashboard.ui import blocks, figures
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.city_map import Asked, DistrictColours
from dashboard.ui.view import View


def line(view: View, coloured: DistrictColours, chosen: Asked) -> None:
    """The line under the map: its source, data, picture, link, and the way into the presentation."""
    blocks.kept(view, "districts", view.drawn(_chart, coloured, chosen))


def _chart(view: View, coloured: DistrictColours, chosen: Asked) -> Chart:
    frame = coloured.frame.assign(value_text=coloured.frame["said"])
    unit: Unit = "percent" if figures.written(chosen.shown_id) == "percent" else "number"
    if figures.decimals(chosen.shown_id) == 0 and unit == "number":
        unit = "count"
    figure_id = "" if chosen.is_change else chosen.shown_id
    return Chart(
        lambda: district_outline(frame, lang=view.lang),
        alt=alt_text(coloured.title, frame, lang=view.lang, unit=unit),
        title=headlines.ranked(figure_id, coloured.title, frame, view.lang, unit=unit),
        subtitle=headlines.about(coloured.title, dates.month_name(view.month, view.lang)),
        table=Sheet(
            frame.rename(columns={"is_hidden": "value" + HIDDEN}),
            (Column("label", view.say("col.district")), Column("value", coloured.title, "number")),
        ),
    )
