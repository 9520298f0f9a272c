"""How things compare: bars in the frame's own order, each label above its bar so that a phone shows it whole.

The order is the caller's: sorting here could give away where a hidden value stands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.markup import escape, wrap
from dashboard.charts.theme import ACCENT, MUTED, colours, copied, framed, legend_below, nothing
from dashboard.text.dates import format_date, month_short
from dashboard.text.numbers import HIDDEN, Unit, format_count, format_value, is_missing
from dashboard.text.plurals import counted
from dashboard.text.show import say
from dashboard.text.words import Lang

_BAR_PX: Final = 15
_LABEL_PX: Final = 29
_LABEL_WIDTH: Final = 44
_LINE_PX: Final = 17
_MOST_DATES: Final = 5
_EDGE_PX: Final = 4
_ROOM_FOR_TEXT: Final = 1.3
"""A bar's value stands beyond its end: the axis is longer than the longest bar by this much."""


def ranked_bars(
    frame: pd.DataFrame,
    *,
    lang: Lang,
    unit: Unit = "count",
    colour: str = ACCENT,
) -> go.Figure:
    """One bar per row, first row on top, its value written at the end.

    A hidden value has no bar but the word «приховано», a missing one «немає даних».

    Args:
        frame: one row per bar. Columns: `label`, `value` (in `unit`), optionally `is_hidden`, `value_text` (written
            instead of the value), `key` (handed back as customdata when a bar is chosen), `colour`.
        lang: language of numbers and hover texts.
        unit: what the values are.
        colour: colour of the bars where the frame has none.
    """
    if frame.empty:
        return nothing(lang)
    labels = frame["label"].tolist()
    texts = value_texts(frame, unit, lang)
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": _shown(frame).tolist(),
        "y": list(range(len(frame))),
        "width": _width(1, labels),
        "marker": {"color": frame["colour"].tolist() if "colour" in frame.columns else colour},
        "hovertext": [f"{escape(label)}: <b>{text}</b>" for label, text in zip(labels, texts, strict=True)],
        "hoverinfo": "text",
    }
    if "key" in frame.columns:
        trace["customdata"] = frame["key"].tolist()
    top = _highest(_shown(frame))
    notes = [*_row_labels(labels, 1), *_end_texts(_shown(frame).fillna(0.0).tolist(), range(len(frame)), texts)]
    return _rows_figure([trace], notes, labels, 1, top, lang)


def compare_bars(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    unit: Unit = "count",
    part_colours: Mapping[str, str] | None = None,
) -> go.Figure:
    """Two or more bars per label side by side, such as this month and a year ago.

    Args:
        frame: one row per label and part. Columns: `label`, `part`, `value` (in `unit`), optionally `is_hidden`,
            `value_text`.
        names: what each part is called, from the top bar down.
        lang: language of numbers and hover texts.
        unit: what the values are.
        part_colours: a colour per part; by default the accent for the first and grey tones of the palette after it.
    """
    shown = frame.loc[frame["part"].isin(list(names))]
    if shown.empty:
        return nothing(lang)
    labels = list(dict.fromkeys(shown["label"]))
    parts = [part for part in names if part in set(shown["part"])]
    of_part = part_colours or dict(zip(names, [ACCENT, MUTED, *colours(names).values()], strict=False))
    row_of = {label: row for row, label in enumerate(labels)}
    traces, notes = [], _row_labels(labels, len(parts))
    for number, part in enumerate(parts):
        rows = shown.loc[shown["part"] == part]
        shift = (number - (len(parts) - 1) / 2) * _width(len(parts), labels)
        places = [row_of[label] + shift for label in rows["label"]]
        texts = value_texts(rows, unit, lang)
        width = _width(len(parts), labels) * 0.9
        traces.append(_part_trace(rows, _shown(rows), places, names[part], of_part[part], width, texts))
        notes.extend(_end_texts(_shown(rows).fillna(0.0).tolist(), places, texts))
    return _rows_figure(
        traces, notes, labels, len(parts), _highest(_shown(shown)), lang, [names[part] for part in parts]
    )


def stacked_bars(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    unit: Unit = "count",
    part_colours: Mapping[str, str] | None = None,
) -> go.Figure:
    """One bar per label, made of parts; a hidden or missing part is left out.

    Args:
        frame: one row per label and part. Columns: `label`, `part`, `value` (in `unit`), optionally `is_hidden`,
            `value_text`.
        names: what each part is called, from the left.
        lang: language of numbers and hover texts.
        unit: what the values are.
        part_colours: a colour per part; by default by place in `names`.
    """
    shown = frame.loc[frame["part"].isin(list(names))]
    if shown.empty:
        return nothing(lang)
    labels = list(dict.fromkeys(shown["label"]))
    row_of = {label: row for row, label in enumerate(labels)}
    of_part = part_colours or colours(names)
    parts = [part for part in names if part in set(shown["part"])]
    traces = []
    for part in parts:
        rows = shown.loc[shown["part"] == part]
        texts = value_texts(rows, unit, lang)
        places = [row_of[label] for label in rows["label"]]
        lengths = _shown(rows).fillna(0.0)
        traces.append(_part_trace(rows, lengths, places, names[part], of_part[part], _width(1, labels), texts))
    longest = _highest(_shown(shown).groupby(shown["label"], sort=False).sum())
    return _rows_figure(
        traces, _row_labels(labels, 1), labels, 1, longest / _ROOM_FOR_TEXT, lang, [names[part] for part in parts]
    )


def _part_trace(
    rows: pd.DataFrame,
    lengths: pd.Series[float],
    places: Sequence[float],
    name: str,
    colour: str,
    width: float,
    texts: Sequence[str],
) -> dict[str, Any]:
    """The bars of one part, one per label."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(name),
        "x": lengths.tolist(),
        "y": list(places),
        "width": width,
        "marker": {"color": colour},
        "hovertext": [
            f"{escape(label)}<br>{escape(name)}: <b>{text}</b>"
            for label, text in zip(rows["label"], texts, strict=True)
        ],
        "hoverinfo": "text",
    }


def growth_bars(meetings: pd.DataFrame, *, names: tuple[str, str], lang: Lang) -> go.Figure:
    """How many spaces came to each meeting, and how many of them for the first time.

    Args:
        meetings: one row per meeting in order of time. Columns: `date`, `spaces_count`, `newcomers_count`.
        names: what all spaces and the newcomers are called.
        lang: language of dates and numbers.
    """
    if meetings.empty:
        return nothing(lang)
    days = [day.date() for day in pd.to_datetime(meetings["date"])]
    traces = []
    for column, name, colour, width in (
        ("spaces_count", names[0], MUTED, 0.8),
        ("newcomers_count", names[1], ACCENT, 0.8),
    ):
        counts = meetings[column].astype("float64").tolist()
        trace: dict[str, Any] = {
            "type": "bar",
            "name": escape(name),
            "x": list(range(len(days))),
            "y": counts,
            "width": width,
            "marker": {"color": colour},
            "hovertext": [
                f"{format_date(day, lang)}<br>{escape(name)}: <b>{format_count(count, lang)}</b>"
                for day, count in zip(days, counts, strict=True)
            ],
            "hoverinfo": "text",
        }
        if column == "spaces_count":
            trace |= {
                "text": [format_count(count, lang) for count in counts],
                "textposition": "outside",
                "textangle": 0,
                "cliponaxis": False,
            }
        traces.append(trace)
    every = math.ceil(len(days) / _MOST_DATES)
    places = range(0, len(days), every)
    legend, legend_px = legend_below(names, plot_px=240, gap_px=44)
    layout = {
        "barmode": "overlay",
        "legend": legend,
        "showlegend": True,
        "margin": {"t": 20, "b": 44 + legend_px},
        "xaxis": {
            "range": [-0.6, len(days) - 0.4],
            "tickvals": list(places),
            "ticktext": [_tick(days, place, lang) for place in places],
            "tickangle": 0,
        },
        "yaxis": {"visible": False, "rangemode": "tozero"},
    }
    return framed(traces, layout, height=304 + legend_px, lang=lang)


def value_texts(frame: pd.DataFrame, unit: Unit, lang: Lang) -> list[str]:
    """What is written for each row: its `value_text`, else its value; hidden and missing in words. Escaped."""
    hidden = frame["is_hidden"].tolist() if "is_hidden" in frame.columns else [False] * len(frame)
    given = frame["value_text"].tolist() if "value_text" in frame.columns else [None] * len(frame)
    return [
        HIDDEN.say(lang) if is_hidden else format_value(value, unit, lang) if pd.isna(text) else escape(text)
        for value, is_hidden, text in zip(frame["value"].tolist(), hidden, given, strict=True)
    ]


def _shown(frame: pd.DataFrame) -> pd.Series[float]:
    """Values that may be drawn: hidden ones are missing."""
    values = frame["value"].astype("float64")
    return values.mask(frame["is_hidden"].astype(bool)) if "is_hidden" in frame.columns else values


def _highest(values: pd.Series[float]) -> float:
    top = values.max()
    return 1.0 if is_missing(top) or top <= 0 else float(top)


def _wrapped(label: str) -> str:
    """A label in as many lines as it takes to stand whole on a phone."""
    return wrap(label, _LABEL_WIDTH, lines=max(1, len(label)))


def _row_px(parts: int, labels: Sequence[str]) -> int:
    """Height of a row: its bars, and above them as many lines as the longest label takes."""
    lines = max((_wrapped(label).count("<br>") + 1 for label in labels), default=1)
    return _BAR_PX * parts + _LABEL_PX + _LINE_PX * (lines - 1)


def _width(parts: int, labels: Sequence[str]) -> float:
    """Width of one bar in units of a row that holds a label and `parts` bars."""
    return _BAR_PX / _row_px(parts, labels)


def _row_labels(labels: Sequence[str], parts: int) -> list[dict[str, Any]]:
    return [
        {
            "text": _wrapped(label),
            "hovertext": escape(label),
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": row - _width(parts, labels) * parts / 2,
            "yanchor": "bottom",
            "showarrow": False,
            "align": "left",
        }
        for row, label in enumerate(labels)
    ]


def _end_texts(ends: Sequence[float], places: Sequence[float] | range, texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "text": text,
            "x": end,
            "xanchor": "left",
            "xshift": 3 if end else 0,
            "y": place,
            "yanchor": "middle",
            "showarrow": False,
        }
        for end, place, text in zip(ends, places, texts, strict=True)
    ]


def _rows_figure(
    traces: Sequence[Any],
    notes: Sequence[Any],
    labels: Sequence[str],
    parts: int,
    longest: float,
    lang: Lang,
    legend_names: Sequence[str] = (),
) -> go.Figure:
    row_px, rows = _row_px(parts, labels), len(labels)
    plot_px = rows * row_px + 2 * _EDGE_PX
    legend, legend_px = legend_below(legend_names, plot_px=plot_px, gap_px=8) if legend_names else ({}, 0)
    label_share = 0.5 + (row_px - _BAR_PX * parts - 8) / 2 / row_px
    layout = {
        "annotations": list(notes),
        "barmode": "stack" if parts == 1 else "overlay",
        "legend": legend,
        "showlegend": bool(legend_names),
        "margin": {"t": _EDGE_PX, "b": _EDGE_PX + legend_px, "l": 2, "r": _EDGE_PX},
        "xaxis": {"visible": False, "range": [0, longest * _ROOM_FOR_TEXT]},
        "yaxis": {"visible": False, "range": [rows - 1 + 0.5, -label_share]},
    }
    return framed(traces, layout, height=plot_px + 2 * _EDGE_PX + legend_px, lang=lang)


def first_rows(figure: go.Figure, height: int, lang: Lang) -> go.Figure:
    """A copy of lying bars with as many rows from the top as fit a height, and how many more there are.

    Args:
        figure: a chart; one that holds no lying bars, or is no higher, comes back as it is.
        height: pixels that the rows may take.
        lang: language of what is said of the others.
    """
    traces = list(figure.data)
    own = figure.layout.height or 0
    if own <= height or not traces or any(each.type != "bar" or each.orientation != "h" for each in traces):
        return figure
    bottom, top = figure.layout.yaxis.range
    rows = round(bottom + 0.5)
    legend_px = (figure.layout.margin.b or _EDGE_PX) - _EDGE_PX
    around_px = 4 * _EDGE_PX + legend_px
    row_px = (own - around_px) / rows
    # What is said of the others takes less than a row.
    kept = max(1, math.floor((height - around_px) / row_px - 0.6))
    if kept >= rows:
        return figure
    made = copied(figure)
    end = kept - 0.5
    for trace in made.data:
        of_row = [place < end for place in trace.y]
        for name in ("x", "y", "customdata", "hovertext"):
            values = trace[name]
            if values is not None and not isinstance(values, str):
                trace[name] = [value for value, is_kept in zip(values, of_row, strict=True) if is_kept]
        if trace.marker.color is not None and not isinstance(trace.marker.color, str):
            trace.marker.color = [each for each, is_kept in zip(trace.marker.color, of_row, strict=True) if is_kept]
    notes = [note for note in made.layout.annotations if note.yref == "paper" or note.y < end]
    more = {
        "text": f"<i>{say('more_rows', lang, count=counted(rows - kept, say('more_rows.forms', lang), lang))}</i>",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": kept - 0.1,
        "yanchor": "middle",
        "showarrow": False,
    }
    made.layout.annotations = [*notes, more]
    made.layout.yaxis.range = [kept + 0.1, top]
    made.layout.xaxis.range = [
        0,
        max(_highest(pd.Series(trace.x, dtype="float64")) for trace in made.data) * _ROOM_FOR_TEXT,
    ]
    return made.update_layout(height=round(row_px * (kept + 0.6)) + around_px)


def _tick(days: Sequence[Any], place: int, lang: Lang) -> str:
    """Day and month, and the year where it begins."""
    day = days[place]
    text = f"{day.day} {month_short(day, lang, with_year=False)}"
    is_new_year = place == 0 or all(other.year != day.year for other in days[:place])
    return f"{text}<br>{day.year}" if is_new_year else text
