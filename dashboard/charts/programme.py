"""The programme of an event that lasts days."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.markup import escape, shorten
from dashboard.charts.theme import ACCENT, FAINT, MUTED, framed, nothing
from dashboard.text.dates import format_day, format_time, weekday_name
from dashboard.text.words import Lang, Words

ALL_DAY: Final = Words("час не вказано", "time not given")
_ROW_PX: Final = 40


def session_timeline(frame: pd.DataFrame, *, lang: Lang) -> go.Figure:
    """Sessions from the first to the last, under the heading of their day, each a bar on the clock.

    A session whose hours are not known has no bar.

    Args:
        frame: one row per session. Columns: `day` (date), `starts_at`, `ends_at` (local instants, may be missing),
            `title`, optionally `text` (said on hover under the title), `key` (customdata when chosen).
        lang: language of days and hover texts.
    """
    if frame.empty:
        return nothing(lang)
    ordered = frame.assign(day=pd.to_datetime(frame["day"])).sort_values(
        ["day", "starts_at"], kind="stable", na_position="last"
    )
    bars: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    row, day_before = 0, None
    for session in ordered.to_dict("records"):
        day = session["day"]
        if day != day_before:
            if row:
                shapes.append(_rule(row))
            notes.append(_note(f"<b>{format_day(day, lang)}, {weekday_name(day.weekday(), lang)}</b>", row, size=15))
            row, day_before = row + 1, day
        clock = _clock(session["starts_at"], session["ends_at"], lang)
        note = _note(f"<b>{clock}</b> {shorten(session['title'], 36)}", row, size=14)
        notes.append({**note, "hovertext": escape(session["title"])})
        if not pd.isna(session["starts_at"]):
            bars.append(_bar(session, row, clock))
        row += 1
    hours = [bar["base"] for bar in bars] + [bar["base"] + bar["length"] for bar in bars]
    low, high = (int(min(hours)), int(-(-max(hours) // 1))) if hours else (9, 18)
    ticks = list(range(low, high + 1, max(1, (high - low) // 5)))
    trace = {
        "type": "bar",
        "orientation": "h",
        "base": [bar["base"] for bar in bars],
        "x": [bar["length"] for bar in bars],
        "y": [bar["row"] for bar in bars],
        "width": 0.28,
        "marker": {"color": [bar["colour"] for bar in bars]},
        "customdata": [bar["key"] for bar in bars],
        "hovertext": [bar["hover"] for bar in bars],
        "hoverinfo": "text",
    }
    layout = {
        "annotations": notes,
        "shapes": shapes,
        "margin": {"t": 26, "b": 4, "l": 4, "r": 4},
        "xaxis": {
            "range": [low - 0.3, high + 0.3],
            "tickvals": ticks,
            "ticktext": [f"{hour}:00" for hour in ticks],
            "showgrid": True,
            "side": "top",
        },
        "yaxis": {"visible": False, "range": [row - 0.4, -0.9]},
    }
    return framed([trace], layout, height=_ROW_PX * row + 50, lang=lang)


def _clock(start: datetime | None, end: datetime | None, lang: Lang) -> str:
    if start is None or pd.isna(start):
        return ALL_DAY.say(lang)
    return format_time(start) if end is None or pd.isna(end) else f"{format_time(start)}–{format_time(end)}"


def _bar(session: dict[Any, Any], row: int, clock: str) -> dict[str, Any]:
    start, end = session["starts_at"], session["ends_at"]
    base = start.hour + start.minute / 60
    known = 0.25 if pd.isna(end) else (end - start).total_seconds() / 3600
    text = session.get("text")
    return {
        "row": row,
        "base": base,
        # A session past midnight ends at the edge of its day.
        "length": min(max(known, 0.25), 24 - base),
        "colour": MUTED if pd.isna(end) else ACCENT,
        "key": session.get("key"),
        "hover": f"<b>{escape(session['title'])}</b><br>{clock}" + ("" if pd.isna(text) else f"<br>{escape(text)}"),
    }


def _note(text: str, row: int, *, size: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": row - 0.15,
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "font": {"size": size},
    }


def _rule(row: int) -> dict[str, Any]:
    place = {"xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": row - 0.78, "y1": row - 0.78}
    return {"type": "line", "line": {"color": FAINT, "width": 2}, **place}
