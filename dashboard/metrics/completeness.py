"""Completeness: what was loaded from where, what became of every row, and how much is missing."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.metrics import counts, groups, people
from dashboard.metrics.disclosure import (
    HIDDEN,
    Blocks,
    Disclosure,
    Ratio,
    blocks,
    protect,
    published,
    rows_to_hide,
)
from dashboard.metrics.rows import HAS_CONTACT, HAS_TIME
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, FLAG, TEXT, shaped
from dashboard.store import Snapshot
from etl.contract import HOME_STATUSES, PARTICIPANT_GROUPS

_OUTCOMES: Final = ("rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")
_ROWS: Final = ("rows_read_count", *_OUTCOMES)
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
_OF_GAP: Final = ("missing_count", "all_count")
GAPS: Final = {"gap": TEXT, "missing_count": COUNT, "all_count": COUNT}


def account(snapshot: Snapshot, city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """What became of the rows of every file about a city: read = loaded + duplicate + rejected.

    Returns:
        One row per source, by kind and file name, then one for all together (``is_total``, ids missing):
        ``ACCOUNT`` and companions. To the public the row counts are counts of people: a list may hold one
        event's few registrations; what became of the rows of one file are blocks, and read is their sum. Sources
        about several cities are included.
    """
    sources = _sources(snapshot, city_id).sort_values(["kind", "file_name", "source_id"], ignore_index=True)
    outcomes = [blocks(sources[name].to_numpy(dtype="float64"), disclosure) for name in _OUTCOMES]
    value = pd.DataFrame({name: found.value for name, found in zip(_OUTCOMES, outcomes, strict=True)})
    least = pd.DataFrame({name: found.least for name, found in zip(_OUTCOMES, outcomes, strict=True)})
    counted = []
    for numbers in (value, least):
        of_files = numbers.assign(rows_read_count=numbers.sum(axis=1))
        counted.append(pd.concat([of_files, of_files.sum().to_frame().T], ignore_index=True))
    frame = pd.concat([sources.assign(is_total=False), pd.DataFrame({"is_total": [True]})], ignore_index=True)
    columns: dict[str, Any] = {}
    for name in _ROWS:
        shown, hidden = published(Blocks(counted[0][name].to_numpy(), counted[1][name].to_numpy()), disclosure)
        columns |= {name: pd.Series(shown).astype(COUNT), name + HIDDEN: hidden}
    companions = {name + HIDDEN: FLAG for name in _ROWS}
    return protect(shaped(frame.assign(**columns), {**ACCOUNT, **companions}), disclosure, people=_ROWS)


def reasons(snapshot: Snapshot, city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """Why rows were left out, merged or flagged.

    Returns:
        One row per reason, rejected before duplicate before flagged, then by code: ``REASONS`` and companion.
        ``rows_count`` counts as people to the public; the reasons of one outcome are one table.
    """
    issues = _issues(snapshot, city_id)
    keys = ["outcome", "code", "reason_uk", "reason_en", "fix_uk", "fix_en"]
    grouped = issues.groupby(keys)["source_id"]
    frame = pd.DataFrame({"files_count": grouped.nunique(), "rows_count": grouped.size()}).reset_index()
    order = {"rejected": 0, "duplicate": 1, "flagged": 2}
    frame = frame.sort_values(["outcome", "code"], key=lambda column: column.replace(order), ignore_index=True)
    is_hidden = pd.Series(data=False, index=frame.index)
    for rows in frame.groupby("outcome").groups.values():
        is_hidden[rows] = rows_to_hide([frame.loc[rows, "rows_count"].to_numpy(dtype="float64")], disclosure)
    shown, _ = published(blocks(frame["rows_count"].to_numpy(dtype="float64"), disclosure), disclosure)
    frame = frame.assign(rows_count=pd.Series(shown).astype(COUNT), **{"rows_count" + HIDDEN: is_hidden})
    return protect(shaped(frame, {**REASONS, "rows_count" + HIDDEN: FLAG}), disclosure, people=("rows_count",))


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
        ``spaces_without_point``, ``_without_district``, ``_without_capacity``. The public is told the gaps of
        registrations that are a participant group or a home of their own (see ``parts``), and no others of them.
    """
    events, spaces = selection.events, selection.spaces
    is_themed = events["event_number"].isin(selection.event_themes["event_number"])
    found = {
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
    missing = {**_missing_of_people(selection), **{gap: int(flags.sum()) for gap, flags in found.items()}}
    registrations = int(selection.rows.counts[selection.held_numbers].sum())
    of_all = [len(found[gap]) if gap in found else registrations for gap in missing]
    frame = shaped(
        pd.DataFrame({"gap": list(missing), "missing_count": list(missing.values()), "all_count": of_all}), GAPS
    )
    ratios = (Ratio("gap_pct", "missing_count", "all_count"),)
    # Only registrations are people; the rows of events and spaces may be shown to everyone as they are.
    if not disclosure.is_open:
        of_people = frame["gap"].str.startswith("registrations_")
        frame = frame.assign(**{name + HIDDEN: of_people for name in _OF_GAP})
        frame = pd.concat([_told_of_people(selection, frame[of_people], disclosure), frame[~of_people]])
    return protect(frame, disclosure, people=_OF_GAP, ratios=ratios)


def _missing_of_people(selection: Selection) -> dict[str, int]:
    rows, numbers = selection.rows, selection.held_numbers
    registrations = rows.counts[numbers].sum()
    in_order = rows.in_order(numbers)
    groups_of, homes_of = (rows.taken(column, in_order) for column in (rows.groups, rows.home_statuses))
    return {
        "registrations_without_contact": int(registrations - rows.lists[HAS_CONTACT][numbers].sum()),
        "registrations_without_group": int((groups_of == PARTICIPANT_GROUPS.index("not_stated")).sum()),
        "registrations_without_home": int((homes_of == HOME_STATUSES.index("not_stated")).sum()),
        "registrations_without_time": int(registrations - rows.lists[HAS_TIME][numbers].sum()),
    }


def _told_of_people(selection: Selection, frame: pd.DataFrame, disclosure: Disclosure) -> pd.DataFrame:
    """The gaps of registrations as those who may not see small groups are told of them."""
    group = groups.counted(selection, disclosure).set_index("participant_group")
    home = people.counted_by_home(selection, disclosure).set_index("home_status")
    told = {"registrations_without_group": group, "registrations_without_home": home}
    everyone = counts.in_all(selection, disclosure, with_participants=False).iloc[0]
    # Nobody is public (see ``disclosure``), and of nobody nothing is missing.
    is_nobody = not everyone["registrations_count" + HIDDEN] and everyone["registrations_count"] == 0
    columns: dict[str, list[Any]] = {name + end: [] for name in _OF_GAP for end in ("", HIDDEN)}
    for gap in frame["gap"]:
        for end, untold in (("", pd.NA), (HIDDEN, True)):
            columns["all_count" + end].append(everyone["registrations_count" + end])
            is_told = gap in told and "not_stated" in told[gap].index
            missing = told[gap].loc["not_stated", "registrations_count" + end] if is_told else untold
            columns["missing_count" + end].append(everyone["registrations_count" + end] if is_nobody else missing)
    found = pd.DataFrame(columns, index=frame.index).astype({"missing_count": COUNT, "all_count": COUNT})
    return frame[["gap"]].join(found)


def _sources(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    sources = snapshot.table("sources")
    return sources[(sources["city_id"] == city_id) | sources["city_id"].isna()]


def _issues(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    sources = _sources(snapshot, city_id)[["source_id", "file_name"]]
    return snapshot.table("row_issues").merge(sources, on="source_id")
