"""The map of districts as a picture: for files and slides, where no map can be moved."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.outline import district_outline
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.numbers import Unit
from dashboard.ui import blocks, figures
from dashboard.ui.blocks import Column
from dashboard.ui.view import View


def line(view: View, frame: pd.DataFrame, figure_id: str) -> None:
    """The line under the map: its source, data, picture, link, and the way into the presentation.

    Args:
        view: the view.
        frame: one row per district: `label`, `colour`, `geometry_geojson` and the figure with its companion.
        figure_id: what the districts are coloured by.
    """
    hidden = frame.get(figure_id + HIDDEN, default=pd.Series(data=False, index=frame.index))
    data = frame.assign(
        value=frame[figure_id].astype("float64"),
        is_hidden=hidden,
        value_text=[
            figures.value(figure_id, value, view.lang, is_hidden=bool(is_hidden))
            for value, is_hidden in zip(frame[figure_id].astype("float64"), hidden, strict=True)
        ],
    )
    units: dict[str, Unit] = {"percent": "percent", "number": "number"}
    unit = units.get(figures.written(figure_id), "count")
    name = figures.name(figure_id, view.lang)
    blocks.kept(
        view,
        "districts",
        lambda: district_outline(data, lang=view.lang),
        alt=alt_text(name, data, lang=view.lang, unit=unit),
        title=headlines.ranked(figure_id, name, data, view.lang, unit=unit),
        subtitle=headlines.about(name, dates.month_name(view.month, view.lang)),
        table=(data, (Column("label", view.say("col.district")), figures.column(view, figure_id))),
    )
