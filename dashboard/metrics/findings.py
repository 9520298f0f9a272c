"""What stands out in a month, as data: only what the numbers justify, never small bases, never causes.

Findings are made from frames that are already fit for the role, so they cannot tell what those hide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.filters import add_months
from dashboard.metrics import districts, months, overview, spaces, themes
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, NUMBER, TEXT, is_known, rows_by, shaped

_Row = Mapping[str, Any]

FINDINGS: Final = {
    "kind": TEXT,
    "figure_id": TEXT,
    "subject_kind": TEXT,
    "subject_id": TEXT,
    "value": NUMBER,
    "compared_with": TEXT,
    "base_value": NUMBER,
    "change": NUMBER,
    "change_pct": NUMBER,
    "months_count": COUNT,
    "weight": NUMBER,
}
KINDS: Final = (
    "change",
    "highest",
    "lowest",
    "theme_share_change",
    "leading_theme",
    "leading_district",
    "leading_space",
    "districts_without_events",
    "silent_spaces",
    "meetup",
    "low_coverage",
    "missing_returns",
)

_WATCHED: Final[dict[str, float]] = {
    "participants_count": 50,
    "attendances_count": 50,
    "registrations_count": 50,
    "reported_visitors_count": 50,
    "events_count": 10,
    "active_spaces_count": 10,
}
"""Counts whose changes are told → the least that both months must reach."""
_WATCHED_RATE: Final = "attendance_rate_pct"
_LEAST_RATE_BASE: Final = 50
_MOST_CHANGES: Final = 3
"""Counts of people move together: more of their changes would crowd out what else stands out."""
_LEAST_CHANGE_PCT: Final = 10.0
_LEAST_CHANGE_PP: Final = 5.0
_LEAST_EVENTS: Final = 20
_LEAST_LEAD_PEOPLE: Final = 20
_LEAST_COVERAGE_PCT: Final = 70.0
_MONTHS_FOR_RECORD: Final = 12


def month_findings(selection: Selection, month: date, disclosure: Disclosure) -> pd.DataFrame:
    """What stands out in one month.

    Args:
        selection: holds the month and the twelve before it (``selection.select_month``).
        month: first day of the month.
        disclosure: who looks.

    Returns:
        One row per finding, the weightiest first: ``FINDINGS``. ``kind`` is one of ``KINDS``:

        * ``change``: a watched figure against a year ago, or the month before where there is no year ago
          (``compared_with`` is ``year_ago`` or ``previous``); at least 10 % on counts of 50 people or 10
          events or spaces in both months, at least 5 percentage points for the attendance rate; three at most.
        * ``highest``, ``lowest``: beyond each of the 12 months before (``months_count``); not of a figure whose
          change is told, for that says the same number.
        * ``theme_share_change``: a theme's share of events, at least 5 points, both months with 20 events.
        * ``leading_theme``, ``leading_district`` (by events, when there are 20), ``leading_space`` (by
          participants, when at least 20): none when two share the lead.
        * ``districts_without_events``, ``silent_spaces``, ``meetup`` (most spaces that came to one, with
          ``base_value`` meet-ups in the month): ``value`` of them.
        * ``low_coverage`` of ``figure_id`` (below 70 %), ``missing_returns`` (``value`` of ``base_value``).

        An unfinished month has neither changes nor records. Nothing found: no rows.

    Raises:
        ValueError: the selection does not hold the month and the twelve before it.
    """
    window = selection.between(add_months(month, -12), month)
    by_month = months.by_month(window, disclosure)
    figures = rows_by(overview.from_months(by_month, month), "figure_id")
    now = rows_by(by_month, "month")[pd.Timestamp(month)]
    alone = window.between(month, month)
    changes = sorted(_changes(figures), key=lambda found: -float(str(found["weight"])))[:_MOST_CHANGES]
    changed = {change["figure_id"] for change in changes}
    found = [
        *changes,
        *(record for record in _records(by_month, month) if record["figure_id"] not in changed),
        *_themes(window, month, figures, disclosure),
        *_districts(alone, disclosure),
        *_spaces(alone, now, disclosure),
        *_coverage(figures, now),
    ]
    frame = pd.DataFrame([{name: finding.get(name) for name in FINDINGS} for finding in found])
    if not frame.empty:
        frame = frame.sort_values("weight", ascending=False, kind="stable")
    return shaped(frame, FINDINGS)


def _changes(figures: Mapping[str, _Row]) -> Iterator[_Row]:
    for figure_id, least in _WATCHED.items():
        row = figures[figure_id]
        against = _against(row)
        if against is None or min(row["value"], row[against]) < least:
            continue
        change_pct = row[f"{against}_change_pct"]
        if abs(change_pct) >= _LEAST_CHANGE_PCT:
            yield _change(figure_id, row, against, change_pct, weight=40 + min(abs(change_pct), 100) / 4)
    row = figures[_WATCHED_RATE]
    against = _against(row)
    if against is not None and row["base_count"] >= _LEAST_RATE_BASE:
        change = row[f"{against}_change"]
        if abs(change) >= _LEAST_CHANGE_PP:
            yield _change(_WATCHED_RATE, row, against, None, weight=40 + min(abs(change), 50) / 2)


def _against(row: _Row) -> str | None:
    if not is_known(row["value"]):
        return None
    return next((name for name in ("year_ago", "previous") if is_known(row[name])), None)


def _change(figure_id: str, row: _Row, against: str, change_pct: float | None, *, weight: float) -> _Row:
    return {
        "kind": "change",
        "figure_id": figure_id,
        "subject_kind": "city",
        "value": row["value"],
        "compared_with": against,
        "base_value": row[against],
        "change": row[f"{against}_change"],
        "change_pct": change_pct,
        "weight": weight,
    }


def _records(by_month: pd.DataFrame, month: date) -> Iterator[_Row]:
    at = pd.Timestamp(month)
    now = rows_by(by_month, "month")[at]
    if now["is_unfinished"]:
        return
    earlier = by_month[by_month["month"] < at]
    for figure_id, least in _WATCHED.items():
        before = [float(value) for value in earlier[figure_id].dropna()]
        if not is_known(now[figure_id]) or len(before) < _MONTHS_FOR_RECORD or max(before) < least:
            continue
        value = float(now[figure_id])
        extreme = "highest" if value > max(before) else "lowest" if value < min(before) else None
        if extreme is not None:
            yield {
                "kind": extreme,
                "figure_id": figure_id,
                "subject_kind": "city",
                "value": value,
                "base_value": max(before) if extreme == "highest" else min(before),
                "months_count": len(before),
                "weight": 38.0,
            }


def _themes(window: Selection, month: date, figures: Mapping[str, _Row], disclosure: Disclosure) -> Iterator[_Row]:
    against = _against(figures["events_count"])
    base_month = add_months(month, -1 if against == "previous" else -12)
    if _themed_count(window, month) < _LEAST_EVENTS:
        return
    changes = themes.changes(window, month, base_month, disclosure)
    leader = _leader(changes, "events_count")
    if leader is not None:
        yield {
            "kind": "leading_theme",
            "figure_id": "theme_share_pct",
            "subject_kind": "theme",
            "subject_id": leader["theme_id"],
            "value": leader["theme_share_pct"],
            "base_value": leader["events_count"],
            "weight": 30.0,
        }
    if against is None or _themed_count(window, base_month) < _LEAST_EVENTS:
        return
    for theme in changes[changes["theme_share_change_pp"].abs() >= _LEAST_CHANGE_PP].to_dict("records"):
        yield {
            "kind": "theme_share_change",
            "figure_id": "theme_share_pct",
            "subject_kind": "theme",
            "subject_id": theme["theme_id"],
            "value": theme["theme_share_pct"],
            "compared_with": against,
            "base_value": theme["previous_theme_share_pct"],
            "change": theme["theme_share_change_pp"],
            "weight": 30 + min(abs(theme["theme_share_change_pp"]), 40) / 2,
        }


def _themed_count(window: Selection, month: date) -> int:
    return int(themes.themed_events(window.between(month, month))["event_number"].nunique())


def _districts(alone: Selection, disclosure: Disclosure) -> Iterator[_Row]:
    rows = districts.by_district(alone, disclosure)
    rows = rows[rows["district_code"].notna()]
    if len(rows) < 2 or rows["events_count"].sum() < _LEAST_EVENTS:
        return
    leader = _leader(rows, "events_count")
    if leader is not None:
        yield {
            "kind": "leading_district",
            "figure_id": "events_count",
            "subject_kind": "district",
            "subject_id": leader["district_code"],
            "value": leader["events_count"],
            "base_value": rows["events_count"].sum(),
            "weight": 28.0,
        }
    empty = int((rows["events_count"] == 0).sum())
    if empty:
        yield {
            "kind": "districts_without_events",
            "figure_id": "events_count",
            "subject_kind": "city",
            "value": empty,
            "base_value": len(rows),
            "weight": 26.0,
        }


def _spaces(alone: Selection, now: _Row, disclosure: Disclosure) -> Iterator[_Row]:
    rows = spaces.by_space(alone, disclosure)
    rows = rows[(rows["participants_count"] >= _LEAST_LEAD_PEOPLE).fillna(value=False).astype(bool)]
    leader = _leader(rows, "participants_count")
    if leader is not None:
        yield {
            "kind": "leading_space",
            "figure_id": "participants_count",
            "subject_kind": "space",
            "subject_id": leader["space_id"],
            "value": leader["participants_count"],
            "weight": 24.0,
        }
    if is_known(now["silent_spaces_count"]) and now["silent_spaces_count"] > 0 and not now["is_unfinished"]:
        yield {
            "kind": "silent_spaces",
            "figure_id": "silent_spaces_count",
            "subject_kind": "city",
            "value": now["silent_spaces_count"],
            "base_value": now["open_spaces_count"],
            "weight": 22.0,
        }
    if is_known(now["meetups_count"]) and now["meetups_count"] > 0:
        yield {
            "kind": "meetup",
            "figure_id": "spaces_per_meetup",
            "subject_kind": "city",
            "value": now["spaces_per_meetup"],
            "base_value": now["meetups_count"],
            "weight": 20.0,
        }


def _coverage(figures: Mapping[str, _Row], now: _Row) -> Iterator[_Row]:
    if is_known(now["events_count"]) and now["events_count"] >= _LEAST_EVENTS:
        for figure_id in ("attendance_rate_pct", "participants_count", "district_evenness"):
            coverage = figures[figure_id]["coverage_pct"]
            if coverage < _LEAST_COVERAGE_PCT:
                yield {
                    "kind": "low_coverage",
                    "figure_id": figure_id,
                    "subject_kind": "city",
                    "value": coverage,
                    "weight": 18.0,
                }
    absent = now["expected_returns_count"] - now["received_returns_count"]
    if absent > 0:
        yield {
            "kind": "missing_returns",
            "figure_id": "reported_visitors_count",
            "subject_kind": "city",
            "value": absent,
            "base_value": now["expected_returns_count"],
            "weight": 16.0,
        }


def _leader(rows: pd.DataFrame, column: str) -> _Row | None:
    """The row with the most; None when there is none, or two share the lead."""
    ranked = rows[(rows[column] > 0).fillna(value=False).astype(bool)]
    first = ranked[ranked[column] == ranked[column].max()].to_dict("records")
    return {str(name): value for name, value in first[0].items()} if len(first) == 1 else None
