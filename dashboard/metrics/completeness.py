"""Completeness: what was loaded from where, what became of every row, and how much is missing."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.disclosure import Disclosure, Ratio, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, FLAG, TEXT, shaped
from dashboard.settings import Role
from dashboard.store import Snapshot

_ROWS: Final = ("rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")
ACCOUNT: Final = {
    "source_id": TEXT,
    "kind": TEXT,
    "file_name": TEXT,
    "format": TEXT,
    "encoding": TEXT,
    "origin": TEXT,
    **dict.fromkeys(_ROWS, COUNT),
    "unknown_columns": TEXT,
    "refusal_uk": TEXT,
    "refusal_en": TEXT,
    "is_total": FLAG,
}
REASONS: Final = {
    "outcome": TEXT,
    "code": TEXT,
    "reason_uk": TEXT,
    "reason_en": TEXT,
    "fix_uk": TEXT,
    "fix_en": TEXT,
    "files_count": COUNT,
    "rows_count": COUNT,
}
REMARKS: Final = {
    "source_id": TEXT,
    "file_name": TEXT,
    "sheet": TEXT,
    "row": COUNT,
    "column": TEXT,
    "outcome": TEXT,
    "code": TEXT,
    "reason_uk": TEXT,
    "reason_en": TEXT,
    "fix_uk": TEXT,
    "fix_en": TEXT,
}
_OPEN: Final = Disclosure(Role.ANALYST)
GAPS: Final = {"gap": TEXT, "missing_count": COUNT, "all_count": COUNT}


def account(snapshot: Snapshot, city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """What became of the rows of every file about a city: read = loaded + duplicate + rejected.

    Returns:
        One row per source, by kind and file name, then one for all together (``is_total``, ids missing):
        ``ACCOUNT`` and companions. To the public the row counts are counts of people: a list may hold one
        event's few registrations; rounded, they add up only roughly. Sources about several cities are included.
    """
    sources = _sources(snapshot, city_id)
    rows = sources.sort_values(["kind", "file_name", "source_id"])
    total = pd.DataFrame([{**{name: sources[name].sum() for name in _ROWS}, "is_total": True}])
    frame = pd.concat([rows.assign(is_total=False), total], ignore_index=True)
    return protect(shaped(frame, ACCOUNT), disclosure, people=_ROWS)


def reasons(snapshot: Snapshot, city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """Why rows were left out, merged or flagged.

    Returns:
        One row per reason, rejected before duplicate before flagged, then by code: ``REASONS`` and companion.
        ``rows_count`` counts as people to the public, as in ``account``.
    """
    issues = _issues(snapshot, city_id)
    keys = ["outcome", "code", "reason_uk", "reason_en", "fix_uk", "fix_en"]
    grouped = issues.groupby(keys)["source_id"]
    frame = pd.DataFrame({"files_count": grouped.nunique(), "rows_count": grouped.size()}).reset_index()
    order = {"rejected": 0, "duplicate": 1, "flagged": 2}
    frame = frame.sort_values(["outcome", "code"], key=lambda column: column.replace(order))
    return protect(shaped(frame, REASONS), disclosure, people=("rows_count",))


def remarks(snapshot: Snapshot, city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """Every remark about a single row, with its address in the sender's file.

    Returns:
        One row per remark, by file, sheet and row: ``REMARKS``. None for the public: one row is one person.
    """
    issues = _issues(snapshot, city_id)
    if not disclosure.is_open:
        issues = issues.iloc[:0]
    return shaped(issues.sort_values(["file_name", "source_id", "sheet", "row", "code"]), REMARKS)


def gaps(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """How much of what the figures need is missing in the selected rows.

    Returns:
        One row per gap: ``GAPS``, ``gap_pct`` (missing of all) and companions. Gaps of registrations:
        ``registrations_without_contact``, ``_without_group``, ``_without_home``, ``_without_time`` (of
        signing up). Of held events (no sessions): ``events_without_list``, ``_without_attendance``,
        ``_without_district``, ``_without_theme``, ``_without_time``, ``_without_seats``. Of spaces:
        ``spaces_without_point``, ``_without_district``, ``_without_capacity``.
    """
    registrations, events, spaces = selection.registrations, selection.events, selection.spaces
    is_themed = events["event_number"].isin(selection.event_themes["event_number"])
    found = {
        "registrations_without_contact": registrations["person_id"].isna(),
        "registrations_without_group": registrations["participant_group"] == "not_stated",
        "registrations_without_home": registrations["home_status"] == "not_stated",
        "registrations_without_time": registrations["registered_at"].isna(),
        "events_without_list": ~events["has_registrations"],
        "events_without_attendance": ~events["is_attendance_recorded"],
        "events_without_district": events["district_code"].isna(),
        "events_without_theme": ~is_themed,
        "events_without_time": events["starts_at"].isna(),
        "events_without_seats": events["seats_count"].isna(),
        "spaces_without_point": spaces["lat_deg"].isna(),
        "spaces_without_district": spaces["district_code"].isna(),
        "spaces_without_capacity": spaces["capacity_count"].isna(),
    }
    frame = shaped(
        pd.DataFrame(
            {
                "gap": list(found),
                "missing_count": [int(flags.sum()) for flags in found.values()],
                "all_count": [len(flags) for flags in found.values()],
            }
        ),
        GAPS,
    )
    ratios = (Ratio("gap_pct", "missing_count", "all_count"),)
    # Only registrations are people; the rows of events and spaces may be shown to everyone as they are.
    of_people = frame["gap"].str.startswith("registrations_")
    parts = [
        protect(frame[of_people], disclosure, people=("missing_count", "all_count"), ratios=ratios),
        protect(frame[~of_people], _OPEN, people=("missing_count", "all_count"), ratios=ratios),
    ]
    return pd.concat(parts, ignore_index=True)


def _sources(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    sources = snapshot.table("sources")
    return sources[(sources["city_id"] == city_id) | sources["city_id"].isna()]


def _issues(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    sources = _sources(snapshot, city_id)[["source_id", "file_name"]]
    return snapshot.table("row_issues").merge(sources, on="source_id")
