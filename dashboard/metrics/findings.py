"""What stands out in a month, as data: only what the numbers justify, never small bases, never causes.

Findings are made from frames that are already fit for the role, so they cannot tell what those hide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.filters import add_months
from dashboard.metrics import districts, months, overview, season, spaces, themes
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, NUMBER, TEXT, is_known, records, rows_by, shaped

_Row = Mapping[str, Any]
Metric = Callable[[Selection, Disclosure], pd.DataFrame]
Ask = Callable[[Metric, date, date], pd.DataFrame]
"""Answers what a metric says of some months, from the first to the last, for one choice of filters and one role."""

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
    "usual_low": NUMBER,
    "usual_high": NUMBER,
    "reason": TEXT,
    "weight": NUMBER,
}
KINDS: Final = (
    "unusual",
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
_MOST_UNUSUAL: Final = 2
_MOST_CHANGES: Final = 3
"""Counts of people move together: more of their changes would crowd out what else stands out."""
_LEAST_CHANGE_PCT: Final = 10.0
_LEAST_CHANGE_PP: Final = 5.0
_LEAST_EVENTS: Final = 20
_LEAST_LEAD_PEOPLE: Final = 20
_LEAST_COVERAGE_PCT: Final = 70.0
_MONTHS_FOR_RECORD: Final = 12
_TOLD_REASONS: Final = ("workshop", "unusual")
"""Months outside the usual range with few data or incomplete records justify no sentence."""


def month_findings(selection: Selection, month: date, disclosure: Disclosure) -> pd.DataFrame:
    """What stands out in one month.

    Args:
        selection: holds the month and the twelve before it (``selection.select_month``); what is usual rests on all
            of its months up to that one.
        month: first day of the month.
        disclosure: who looks.

    Returns:
        One row per finding, the weightiest first: ``FINDINGS``. ``kind`` is one of ``KINDS``:

        * ``unusual``: a watched count outside its usual range (see ``season``), where its season is known and its base
          carries it; two at most.
          ``base_value`` is its usual level, ``usual_low`` and ``usual_high`` what is usual for this month (whole
          numbers, on the other side of the value), ``change`` the value less the level, ``reason`` one of those of
          ``season`` that are kept: a workshop, or nothing known. Neither change nor record of such a figure is told.
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

        An unfinished month is not held against others. Nothing found: no rows.

    Raises:
        ValueError: the selection does not hold the month and the twelve before it.
    """

    def ask(metric: Metric, start: date, end: date) -> pd.DataFrame:
        return metric(selection.between(start, end), disclosure)

    return asked(ask, month, selection.start)


def asked(ask: Ask, month: date, start: date) -> pd.DataFrame:
    """``month_findings`` out of what other metrics say, for those who have asked them for it already.

    No later month is asked about: what is told of a month stays so when others follow, and editions with it.

    Args:
        ask: answers the metrics.
        month: first day of the month.
        start: first of the months that what is usual rests on; twelve before ``month``, or earlier.
    """
    history = ask(months.by_month, start, month)
    by_month = history[history["month"] >= pd.Timestamp(add_months(month, -12))]
    figures = rows_by(overview.from_months(by_month, month), "figure_id")
    now = _of_month(by_month, month)
    unusual = _weightiest(_unusual(history, month), _MOST_UNUSUAL)
    told = {found["figure_id"] for found in unusual}
    changes = _weightiest((found for found in _changes(figures) if found["figure_id"] not in told), _MOST_CHANGES)
    told |= {found["figure_id"] for found in changes}
    found = [
        *unusual,
        *changes,
        *(record for record in _records(by_month, now) if record["figure_id"] not in told),
        *_themes(ask, month, figures),
        *_districts(ask(districts.by_district, month, month)),
        *_spaces(ask(spaces.by_space, month, month), now),
        *_coverage(figures, now),
    ]
    frame = pd.DataFrame([{name: finding.get(name) for name in FINDINGS} for finding in found])
    if not frame.empty:
        frame = frame.sort_values("weight", ascending=False, kind="stable")
    return shaped(frame, FINDINGS)


def _of_month(by_month: pd.DataFrame, month: date) -> _Row:
    return rows_by(by_month[by_month["month"] == pd.Timestamp(month)], "month")[pd.Timestamp(month)]


def _weightiest(found: Iterator[_Row], most: int) -> list[_Row]:
    return sorted(found, key=lambda finding: -float(finding["weight"]))[:most]


def _unusual(history: pd.DataFrame, month: date) -> Iterator[_Row]:
    for figure_id, least in _WATCHED.items():
        usual = season.of_months(history, figure_id)
        if season.method(usual) != "season":
            continue
        row = next(iter(records(usual[usual["month"] == pd.Timestamp(month)])), None)
        if row is None or row["reason"] not in _TOLD_REASONS or max(row["value"], row["usual_level"]) < least:
            continue
        value, low, high = row["value"], round(row["usual_low"]), round(row["usual_high"])
        # Rounded, the range must not reach the value that lies outside of it.
        low, high = (max(low, value + 1), high) if row["mark"] == "low" else (low, min(high, value - 1))
        apart = abs(value - (low if row["mark"] == "low" else high))
        yield {
            "kind": "unusual",
            "figure_id": figure_id,
            "subject_kind": "city",
            "value": value,
            "compared_with": "usual",
            "base_value": round(row["usual_level"]),
            "change": value - row["usual_level"],
            "usual_low": low,
            "usual_high": high,
            "reason": row["reason"],
            "weight": 60 + min(apart / max(high - low, 1), 1.0) * 20,
        }


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


def _records(by_month: pd.DataFrame, now: _Row) -> Iterator[_Row]:
    if now["is_unfinished"]:
        return
    earlier = by_month.loc[by_month["month"] < now["month"], list(_WATCHED)]
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


def _themes(ask: Ask, month: date, figures: Mapping[str, _Row]) -> Iterator[_Row]:
    now = _of_themes(ask, month)
    if _themed_count(now) < _LEAST_EVENTS:
        return
    leader = _leader(now, "events_count")
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
    against = _against(figures["events_count"])
    if against is None:
        return
    base = _of_themes(ask, add_months(month, -1 if against == "previous" else -12))
    if _themed_count(base) < _LEAST_EVENTS:
        return
    changes = themes.beside(now, base, is_comparable=True)
    for theme in records(changes[changes["theme_share_change_pp"].abs() >= _LEAST_CHANGE_PP]):
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


def _of_themes(ask: Ask, month: date) -> pd.DataFrame:
    rows = ask(themes.by_theme, month, month)
    return rows[rows["theme_id"].notna()]


def _themed_count(of_themes: pd.DataFrame) -> int:
    """Events with a theme: the same in every row."""
    return 0 if of_themes.empty else int(of_themes["themed_events_count"].iloc[0])


def _districts(of_districts: pd.DataFrame) -> Iterator[_Row]:
    rows = of_districts[of_districts["district_code"].notna()]
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


def _spaces(of_spaces: pd.DataFrame, now: _Row) -> Iterator[_Row]:
    rows = of_spaces[(of_spaces["participants_count"] >= _LEAST_LEAD_PEOPLE).fillna(value=False).astype(bool)]
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
    value = rows[column].fillna(0)
    first = rows[((value > 0) & (value == value.max())).to_numpy(dtype=bool)]
    return records(first)[0] if len(first) == 1 else None
