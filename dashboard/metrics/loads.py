"""Loads: the snapshots that the store keeps, and how the rejected rows change from load to load and with the data.

A load publishes one snapshot, which holds what became of every row of every file. How the numbers of two loads differ
tells of single rows, which are single people: they are for analysts alone (docs/adr/0011).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.errors import DamagedSnapshot, WrongContract
from dashboard.filters import months_of
from dashboard.metrics import completeness
from dashboard.metrics.disclosure import HIDDEN, Disclosure, protect
from dashboard.metrics.shape import COUNT, DAY, FLAG, TEXT, shaped
from dashboard.store import Snapshot

Kept = Snapshot | DamagedSnapshot | WrongContract
"""A snapshot that the store keeps, or why it cannot be read."""

STATES: Final = ("shown", "kept", "damaged", "other_contract")
"""What can be said of a snapshot: it is shown; it could be; a file of it is not as it was published; another version of
the program wrote it."""
_ROWS: Final = ("rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")
LOADS: Final = {
    "snapshot_id": TEXT,
    "created_at": TEXT,
    "as_of_on": DAY,
    "code_version": TEXT,
    "state": TEXT,
    "files_count": COUNT,
    **dict.fromkeys(_ROWS, COUNT),
}
_REASON: Final = ["code", "reason_uk", "reason_en"]
BY_LOAD: Final = {"snapshot_id": TEXT, **dict.fromkeys(_REASON, TEXT), "rows_count": COUNT}
BY_MONTH: Final = {"month": DAY, **dict.fromkeys(_REASON, TEXT), "rows_count": COUNT}


def listing(kept: Sequence[Kept], shown_id: str, city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """The snapshots that the store keeps, and what became of the city's rows in the load that made each.

    Args:
        kept: of the store (`dashboard.store.open_kept`).
        shown_id: the snapshot that the pages show.
        city_id: the city whose rows are counted, with the files about several cities.
        disclosure: the role; the public is told no number of rows.

    Returns:
        One row per snapshot, the newest first: ``LOADS`` and companions of the numbers of rows. ``created_at`` is an
        ISO 8601 instant in UTC. Of a snapshot that cannot be read only ``snapshot_id`` and ``state`` are known; of one
        with a damaged table the numbers are missing.
    """
    rows = []
    for each in kept:
        row: dict[str, object] = dict.fromkeys(LOADS)
        row |= {"snapshot_id": each.snapshot_id, "state": _state(each, shown_id)}
        if isinstance(each, Snapshot):
            manifest = each.manifest
            row |= {"created_at": manifest.created_at, "as_of_on": manifest.as_of_on}
            row |= {"code_version": manifest.code_version}
            try:
                account = completeness.account(each, city_id, disclosure)
                row |= {"files_count": int((~account["is_total"]).sum())}
                total = account[account["is_total"]].iloc[0]
                row |= {name: total[name] for name in _ROWS}
            except DamagedSnapshot:
                row["state"] = "damaged"
        rows.append(row)
    frame = pd.DataFrame(rows, columns=list(LOADS)).sort_values("snapshot_id", ascending=False)
    hidden = {name + HIDDEN: not disclosure.is_open for name in _ROWS}
    frame = frame.assign(as_of_on=pd.to_datetime(frame["as_of_on"]), **hidden)
    return protect(shaped(frame, {**LOADS, **dict.fromkeys(hidden, FLAG)}), disclosure, people=_ROWS)


def rejects_by_load(kept: Sequence[Kept], city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """How many rows each load rejected for which reason.

    Returns:
        One row per readable snapshot and reason that any of them has, by snapshot and code: ``BY_LOAD`` and companion;
        0 where the load had none. None for the public.
    """
    found = []
    for each in kept:
        try:
            if isinstance(each, Snapshot) and disclosure.is_open:
                found.append((each.snapshot_id, _rejected(each, city_id)))
        except DamagedSnapshot:
            continue
    rejected = [rows.assign(snapshot_id=snapshot_id) for snapshot_id, rows in found]
    keys = [snapshot_id for snapshot_id, _ in found]
    return _filled(pd.concat(rejected) if rejected else pd.DataFrame(), "snapshot_id", keys, BY_LOAD, disclosure)


def rejects_by_month(snapshot: Snapshot, city_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """How many rows were rejected for which reason, by the last month that their file tells of.

    A rejected row has no day of its own that could be trusted: it stands in the month in which the data end that were
    loaded from its file (day of the event, month of a return).

    Returns:
        One row per month and reason, by month and code, months without a reject between the first and the last
        included: ``BY_MONTH`` and companion. Files of which nothing with a day was loaded stand under a missing month.
        None for the public.
    """
    rejected = _rejected(snapshot, city_id) if disclosure.is_open else pd.DataFrame()
    if rejected.empty:
        return _filled(rejected, "month", [], BY_MONTH, disclosure)
    last = rejected["source_id"].map(_last_months(snapshot)).astype(DAY)
    known = last.dropna()
    months: list[Any] = [] if known.empty else list(pd.date_range(known.min(), known.max(), freq="MS"))
    if last.isna().any():
        months.append(pd.NaT)
    return _filled(rejected.assign(month=last), "month", months, BY_MONTH, disclosure)


def _state(each: Kept, shown_id: str) -> str:
    match each:
        case Snapshot():
            return "shown" if each.snapshot_id == shown_id else "kept"
        case DamagedSnapshot():
            return "damaged"
        case WrongContract():
            return "other_contract"


def _rejected(snapshot: Snapshot, city_id: str) -> pd.DataFrame:
    issues = snapshot.table("row_issues")
    sources = snapshot.table("sources")
    of_city = sources.loc[(sources["city_id"] == city_id) | sources["city_id"].isna(), "source_id"]
    return issues[(issues["outcome"] == "rejected") & issues["source_id"].isin(of_city)]


def _last_months(snapshot: Snapshot) -> pd.Series[pd.Timestamp]:
    """The last month that each file tells of, by its id."""
    events = snapshot.table("events")[["event_id", "source_id", "starts_on"]]
    registrations = pd.concat(
        [batch.drop_duplicates().astype("str") for batch in snapshot.coded("registrations", ["event_id", "source_id"])]
    )
    returns = snapshot.table("monthly_returns")[["source_id", "month"]]
    days = pd.concat(
        [
            events[["source_id", "starts_on"]],
            registrations.merge(events[["event_id", "starts_on"]], on="event_id")[["source_id", "starts_on"]],
            returns.rename(columns={"month": "starts_on"}),
        ]
    )
    last = days.groupby("source_id")["starts_on"].max()
    return months_of(last)


def _filled(
    rejected: pd.DataFrame, key: str, keys: Sequence[Any], dtypes: dict[str, str], disclosure: Disclosure
) -> pd.DataFrame:
    """Rows by key and reason, those that never met counted as 0."""
    companion = {"rows_count" + HIDDEN: FLAG}
    if rejected.empty:
        return protect(shaped(rejected, {**dtypes, **companion}), disclosure, people=("rows_count",))
    counted = rejected.groupby([key, "code"], dropna=False).size().rename("rows_count").reset_index()
    reasons = rejected[_REASON].drop_duplicates("code")
    grid = pd.DataFrame({key: pd.Series(keys, dtype=counted[key].dtype)}).merge(reasons, how="cross")
    frame = grid.merge(counted, on=[key, "code"], how="left")
    frame = frame.assign(rows_count=frame["rows_count"].fillna(0), **dict.fromkeys(companion, False))
    frame = frame.sort_values([key, "code"], na_position="last")
    return protect(shaped(frame, {**dtypes, **companion}), disclosure, people=("rows_count",))
