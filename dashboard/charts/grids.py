"""Numbers on a grid: weekday by hour, rows by columns. Much is strong, little is faint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.markup import escape, shorten, wrap
from dashboard.charts.theme import MUTED, ON_ACCENT, SCALE, framed, nothing
from dashboard.text.dates import weekday_name, weekday_short
from dashboard.text.numbers import Unit, format_count, format_value
from dashboard.text.words import Lang

_STRONG_SHARE: Final = 0.86
"""Cells above this share of the highest are dark enough for white text on a light page."""
_FEW_COLUMNS: Final = 8


def weekday_hour_heatmap(frame: pd.DataFrame, *, lang: Lang, unit: Unit = "count") -> go.Figure:
    """When things happen: hours across, weekdays down from Monday.

    Args:
        frame: one row per weekday and hour. Columns: `weekday` (0 is Monday), `hour` (0–23), `value` (in `unit`),
            optionally `is_hidden`. Cells without a row stay empty.
        lang: language of weekdays, numbers and hover texts.
        unit: what the values are.
    """
    if frame.empty:
        return nothing(lang)
    hours = list(range(min(8, int(frame["hour"].min())), max(21, int(frame["hour"].max())) + 1))
    cells = _cells(frame, "weekday", "hour", list(range(7)), hours)
    hover = [
        [
            f"{weekday_name(weekday, lang)}, {hour}:00–{hour + 1}:00: <b>{_written(cells, row, column, unit, lang)}</b>"
            for column, hour in enumerate(hours)
        ]
        for row, weekday in enumerate(range(7))
    ]
    ticks = [column for column, hour in enumerate(hours) if hour % 3 == 0]
    layout = {
        "margin": {"t": 4, "b": 28},
        "xaxis": {"tickvals": ticks, "ticktext": [f"{hours[column]}:00" for column in ticks], "tickangle": 0},
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(7)),
            "ticktext": [weekday_short(weekday, lang) for weekday in range(7)],
        },
    }
    return framed([_heatmap(cells, hover, gap=2), *_hidden_marks(cells)], layout, height=270, lang=lang)


def month_calendar(frame: pd.DataFrame, *, lang: Lang) -> go.Figure:
    """A month as a calendar: weeks down, weekdays across from Monday, a stronger colour for a fuller day.

    Args:
        frame: one row for every day of the month, in order. Columns: `day` (timestamp), `value` (a count), `text`
            (said on hover).
        lang: language of weekdays, numbers and hover texts.
    """
    if frame.empty:
        return nothing(lang)
    first = int(frame["day"].iloc[0].weekday())
    places = [divmod(first + number, 7) for number in range(len(frame))]
    weeks = places[-1][0] + 1
    counts = frame["value"].to_numpy(dtype="float64")
    shown = pd.DataFrame(
        {"row": [week for week, _ in places], "column": [day for _, day in places], "value": counts}
    ).loc[counts > 0]
    cells = _cells(shown, "row", "column", range(weeks), range(7))
    hover = [["" for _ in range(7)] for _ in range(weeks)]
    texts = [["" for _ in range(7)] for _ in range(weeks)]
    for (week, day), count, text in zip(places, counts, frame["text"], strict=True):
        hover[week][day] = escape(text)
        texts[week][day] = f"<b>{format_count(count, lang)}</b>" if count else ""
    numbers = [
        {
            "text": f"{at.day}",
            "x": day - 0.46,
            "y": week - 0.46,
            "xanchor": "left",
            "yanchor": "top",
            "showarrow": False,
            "font": {"size": 11},
            "bgcolor": "rgba(255,255,255,0.8)",
            "borderpad": 1,
        }
        for (week, day), at in zip(places, frame["day"], strict=True)
    ]
    layout = {
        "annotations": numbers,
        "margin": {"t": 28, "b": 4, "l": 4, "r": 4},
        "xaxis": {
            "tickvals": list(range(7)),
            "ticktext": [weekday_short(weekday, lang) for weekday in range(7)],
            "side": "top",
            "range": [-0.5, 6.5],
        },
        "yaxis": {"visible": False, "range": [weeks - 0.5, -0.5]},
    }
    return framed([_heatmap(cells, hover, gap=3), *_texts(cells, texts)], layout, height=40 + 58 * weeks, lang=lang)


def matrix(
    frame: pd.DataFrame,
    *,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    lang: Lang,
    unit: Unit = "count",
    show_values: bool = True,
    empty_text: str | None = None,
) -> go.Figure:
    """Rows by columns, such as spaces by meet-ups or themes by stages.

    Args:
        frame: one row per filled cell. Columns: `row`, `column`, `value` (in `unit`), optionally `is_hidden`,
            `text` (said on hover instead of the value).
        rows: what each row is called, from the top.
        columns: what each column is called, from the left.
        lang: language of numbers and hover texts.
        unit: what the values are.
        show_values: write the values into the cells; only done for up to eight columns, more would not be legible.
        empty_text: what the hover text of an empty cell says instead of «немає даних».
    """
    shown = frame.loc[frame["row"].isin(list(rows)) & frame["column"].isin(list(columns))]
    if shown.empty:
        return nothing(lang)
    cells = _cells(shown, "row", "column", list(rows), list(columns))
    said = _said(shown, rows, columns)
    hover = [
        [
            f"{escape(row_name)}<br>{escape(column_name)}: "
            f"<b>{said.get((row, column)) or _written(cells, row_place, column_place, unit, lang, empty_text)}</b>"
            for column_place, (column, column_name) in enumerate(columns.items())
        ]
        for row_place, (row, row_name) in enumerate(rows.items())
    ]
    is_wide = len(columns) > _FEW_COLUMNS
    called = [wrap(name, 20, 3) for name in rows.values()]
    row_px = max(38, 4 + 17 * max(name.count("<br>") + 1 for name in called))
    layout = {
        "margin": {"t": 4, "b": 8},
        "xaxis": {
            "tickvals": list(range(len(columns))),
            "ticktext": [shorten(name, 14) if is_wide else wrap(name, 12, 3) for name in columns.values()],
            "autotickangles": [-90] if is_wide else [0, -90],
            "side": "top",
        },
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(len(rows))),
            "ticktext": called,
        },
    }
    traces = [_heatmap(cells, hover, gap=3), *_hidden_marks(cells)]
    if show_values and not is_wide:
        traces += _texts(
            cells,
            [["" if value is None else format_value(value, unit, lang) for value in row] for row in cells.values],
        )
    return framed(traces, layout, height=110 + row_px * len(rows), lang=lang)


def cohort_grid(
    frame: pd.DataFrame, *, rows: Mapping[str, str], months: int, lang: Lang, axis_title: str, hover: str
) -> go.Figure:
    """Cohorts down, months since across, a percentage in each cell; what has not come yet stays empty.

    Args:
        frame: one row per filled cell. Columns: `row`, `months_since` (from 1), `value` (percent), `text` (said on
            hover beside the value).
        rows: what each cohort is called, from the top.
        months: how many months across.
        lang: language of numbers and hover texts.
        axis_title: what the months across are.
        hover: pattern of a hover text, with `{row}`, `{months}`, `{value}` and `{text}`.
    """
    shown = frame.loc[frame["row"].isin(list(rows)) & (frame["months_since"] <= months)]
    if shown.empty:
        return nothing(lang)
    across = list(range(1, months + 1))
    cells = _cells(shown, "row", "months_since", list(rows), across)
    texts_of = {
        (row, since): text for row, since, text in zip(shown["row"], shown["months_since"], shown["text"], strict=True)
    }
    hovers = [
        [
            hover.format(
                row=escape(name),
                months=since,
                value=format_value(cells.values[place][since - 1], "percent", lang),
                text=escape(texts_of[row, since]),
            )
            if (row, since) in texts_of
            else ""
            for since in across
        ]
        for place, (row, name) in enumerate(rows.items())
    ]
    texts = [["" if value is None else format_count(value, lang) for value in row] for row in cells.values]
    layout = {
        "margin": {"t": 44, "b": 4},
        "title": {
            "text": escape(axis_title),
            "font": {"size": 13},
            "xref": "container",
            "x": 0,
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 4, "l": 4},
        },
        "xaxis": {"tickvals": list(range(months)), "ticktext": [str(since) for since in across], "side": "top"},
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(len(rows))),
            "ticktext": [escape(name) for name in rows.values()],
        },
    }
    written = [{**trace, "textfont": {**trace["textfont"], "size": 12}} for trace in _texts(cells, texts)]
    return framed([_heatmap(cells, hovers, gap=2), *written], layout, height=56 + 26 * len(rows), lang=lang)


class _Cells:
    """A grid's values, row by row, None where nothing is shown, and which cells are hidden."""

    def __init__(self, values: list[list[float | None]], hidden: list[list[bool]]) -> None:
        self.values = values
        self.hidden = hidden

    @property
    def top(self) -> float:
        return max((value for row in self.values for value in row if value is not None), default=1.0) or 1.0


def _cells(frame: pd.DataFrame, row: str, column: str, rows: Sequence[Any], columns: Sequence[Any]) -> _Cells:
    places = {
        (row_key, column_key): (row_place, column_place)
        for row_place, row_key in enumerate(rows)
        for column_place, column_key in enumerate(columns)
    }
    cells = _Cells([[None] * len(columns) for _ in rows], [[False] * len(columns) for _ in rows])
    hidden = frame["is_hidden"].tolist() if "is_hidden" in frame.columns else [False] * len(frame)
    for row_key, column_key, value, is_hidden in zip(
        frame[row].tolist(), frame[column].tolist(), frame["value"].tolist(), hidden, strict=True
    ):
        row_place, column_place = places[row_key, column_key]
        cells.hidden[row_place][column_place] = bool(is_hidden)
        if not is_hidden and not pd.isna(value):
            cells.values[row_place][column_place] = float(value)
    return cells


def _said(frame: pd.DataFrame, rows: Mapping[str, str], columns: Mapping[str, str]) -> dict[tuple[str, str], str]:
    if "text" not in frame.columns:
        return {}
    return {
        (row, column): escape(text)
        for row, column, text in zip(frame["row"], frame["column"], frame["text"], strict=True)
        if not pd.isna(text) and row in rows and column in columns
    }


def _written(cells: _Cells, row: int, column: int, unit: Unit, lang: Lang, empty_text: str | None = None) -> str:
    if empty_text is not None and cells.values[row][column] is None and not cells.hidden[row][column]:
        return escape(empty_text)
    return format_value(cells.values[row][column], unit, lang, is_hidden=cells.hidden[row][column])


def _heatmap(cells: _Cells, hover: list[list[str]], *, gap: int) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "z": cells.values,
        "zmin": 0,
        "zmax": cells.top,
        "colorscale": [list(stop) for stop in SCALE],
        "showscale": False,
        "hoverongaps": True,
        "hovertext": hover,
        "hoverinfo": "text",
        "xgap": gap,
        "ygap": gap,
    }


def _texts(cells: _Cells, texts: list[list[str]]) -> list[dict[str, Any]]:
    """Texts in the cells: white on strong ones, the page's own colour on the others."""
    traces = []
    for is_strong in (True, False):
        places = [
            (row, column)
            for row, values in enumerate(cells.values)
            for column, value in enumerate(values)
            if ((value or 0.0) > cells.top * _STRONG_SHARE) is is_strong
            and texts[row][column]
            and not cells.hidden[row][column]
        ]
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [column for _, column in places],
                "y": [row for row, _ in places],
                "text": [texts[row][column] for row, column in places],
                "textfont": {"color": ON_ACCENT} if is_strong else {},
                "hoverinfo": "skip",
            }
        )
    return traces


def _hidden_marks(cells: _Cells) -> list[dict[str, Any]]:
    """A small cross where a value is hidden; its hover text is the cell's."""
    places = [
        (row, column) for row, flags in enumerate(cells.hidden) for column, is_hidden in enumerate(flags) if is_hidden
    ]
    if not places:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [column for _, column in places],
            "y": [row for row, _ in places],
            "marker": {"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": MUTED}},
            "hoverinfo": "skip",
        }
    ]
