"""A day's programme as a page element: a grid of places and hours, on a phone a list in order of time."""

from __future__ import annotations

import html
from typing import Final

import pandas as pd

from dashboard.charts.programme import Timetable, timetable
from dashboard.text import dates
from dashboard.text.pages import say
from dashboard.text.words import Lang

STYLE: Final = """
<style>
  .cs-day { display: grid; gap: 0.3rem; align-items: stretch; }
  .cs-day p, .cs-day h4 { margin: 0; padding: 0; line-height: 1.3; }
  .cs-day h4 { font-size: 1rem; font-weight: 600; align-self: end; padding-bottom: 0.2rem; }
  .cs-hour { font-variant-numeric: tabular-nums; font-size: 0.95rem; padding-top: 0.35rem; }
  .cs-line { border-top: 1px solid rgba(123, 135, 148, 0.45); }
  .cs-session { border: 1px solid rgba(123, 135, 148, 0.45); border-left: 0.4rem solid #7b8794;
                border-radius: 0.4rem; padding: 0.35rem 0.6rem; font-size: 0.95rem; min-width: 0;
                overflow-wrap: anywhere; background: rgba(123, 135, 148, 0.08); }
  .cs-session strong { display: block; font-weight: 600; }
  .cs-session .cs-where { display: none; }
  .cs-untimed { margin-top: 0.6rem; }
  @media (max-width: 700px) {
    .cs-day { display: block; }
    .cs-day h4, .cs-hour, .cs-line { display: none; }
    .cs-session { margin-bottom: 0.5rem; }
    .cs-session .cs-where { display: block; }
  }
</style>
"""


def day_html(sessions: pd.DataFrame, *, lang: Lang) -> str:
    """One day's sessions as HTML, with its style; every text of the data is escaped.

    Args:
        sessions: one row per session. Columns: `title`, `place`, `starts_at`, `ends_at` (may be missing), `theme`
            (name, may be missing), `colour` (of its theme).
        lang: language of the words added.
    """
    day = timetable(sessions)
    columns = sum(width for _, width in day.places)
    rows = sessions.to_dict("records")
    parts = [*_heads(day), *_hours(day)]
    for slot in day.slots:
        place = f"grid-column:{slot.column + 2};grid-row:{slot.row + 2}/{slot.row_end + 2}"
        parts.append(_session({str(key): value for key, value in rows[slot.session].items()}, place))
    grid = f"grid-template-columns:3.4rem repeat({max(columns, 1)},minmax(0,1fr))"
    untimed = "".join(_session({str(key): value for key, value in rows[number].items()}, "") for number in day.untimed)
    later = (
        f"<div class='cs-untimed'><p><strong>{html.escape(say('workshop.untimed', lang))}</strong></p>{untimed}</div>"
        if untimed
        else ""
    )
    return f"{STYLE}<div class='cs-day' style='{grid}'>{''.join(parts)}</div>{later}"


def _heads(day: Timetable) -> list[str]:
    heads, column = [], 2
    for place, width in day.places:
        style = f"grid-row:1;grid-column:{column}/{column + width}"
        heads.append(f"<h4 aria-hidden='true' style='{style}'>{html.escape(place)}</h4>")
        column += width
    return heads


def _hours(day: Timetable) -> list[str]:
    """The hour beside each row in which something begins, and a line across; every session says its own hours too."""
    return [
        f"<div class='cs-line' aria-hidden='true' style='grid-row:{row + 2};grid-column:1/-1'></div>"
        f"<p class='cs-hour' aria-hidden='true' style='grid-row:{row + 2};grid-column:1'>{day.times[row]}</p>"
        for row in sorted(day.starts)
    ]


def _session(row: dict[str, object], style: str) -> str:
    start, end = row["starts_at"], row["ends_at"]
    hours = ""
    if isinstance(start, pd.Timestamp) and not pd.isna(start):
        until = f"–{dates.format_time(end)}" if isinstance(end, pd.Timestamp) and not pd.isna(end) else ""
        hours = f"<span>{dates.format_time(start)}{until}</span>"
    theme = f"<span>{html.escape(str(row['theme']))}</span>" if isinstance(row["theme"], str) else ""
    about = " · ".join(part for part in (hours, theme) if part)
    return (
        f"<div class='cs-session' style='border-left-color:{row['colour']};{style}'>"
        f"<strong>{html.escape(str(row['title']))}</strong>{about}"
        f"<span class='cs-where'>{html.escape(str(row['place']))}</span></div>"
    )
