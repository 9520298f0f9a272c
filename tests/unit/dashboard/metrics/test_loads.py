"""The snapshots that a store keeps, and rejected rows from load to load and by the months of their files."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.errors import Bilingual, DamagedSnapshot, WrongContract
from dashboard.metrics import loads
from dashboard.metrics.disclosure import Disclosure
from dashboard.settings import Role
from dashboard.store import Snapshot
from tests.unit.dashboard.conftest import Scene

ANALYST, PUBLIC = Disclosure(Role.ANALYST), Disclosure(Role.PUBLIC, 5)
DAMAGED = DamagedSnapshot("20260102T000000Z-b", "manifest.json", Bilingual("немає", "missing"))
OTHER = WrongContract("20260101T000000Z-a", 99, 1)


def source(scene: Scene, source_id: str, rejected: dict[str, int], city: str | None = "kyiv") -> None:
    count = sum(rejected.values())
    own = {"source_id": source_id, "kind": "inbox", "city_id": city, "file_name": f"{source_id}.csv", "format": "f"}
    numbers = {"rows_loaded_count": 2, "rows_duplicate_count": 1, "rows_rejected_count": count}
    scene.rows["sources"].append({**own, "origin": "own", **numbers, "rows_read_count": 3 + count})
    for code, rows in rejected.items():
        for row in range(rows):
            text = {"reason_uk": f"{code} uk", "reason_en": f"{code} en", "fix_uk": "", "fix_en": ""}
            place = {"source_id": source_id, "sheet": "-", "row": row, "column": None}
            scene.rows["row_issues"].append({**place, "outcome": "rejected", "code": code, **text})


def snapshot(scene: Scene, snapshot_id: str) -> Snapshot:
    made = scene.snapshot()
    manifest = replace(made.manifest, snapshot_id=snapshot_id)
    return Snapshot(manifest, made.table)


@pytest.fixture
def two() -> tuple[Snapshot, Snapshot]:
    before, now = Scene(), Scene()
    source(before, "s1", {"bad_date": 4, "no_event": 1})
    source(now, "s1", {"bad_date": 1})
    source(now, "s2", {"broken": 2}, city=None)
    source(now, "s3", {"broken": 9}, city="lviv")
    return snapshot(before, "20260103T000000Z-c"), snapshot(now, "20260104T000000Z-d")


def test_snapshots_the_newest_first_with_what_became_of_the_rows(two) -> None:
    frame = loads.listing([OTHER, DAMAGED, *two], two[1].snapshot_id, "kyiv", ANALYST)
    assert frame["state"].tolist() == ["shown", "kept", "damaged", "other_contract"]
    assert frame["files_count"].tolist() == [2, 1, pd.NA, pd.NA]
    assert frame["rows_read_count"].tolist() == [9, 8, pd.NA, pd.NA]
    assert frame["rows_rejected_count"].tolist() == [3, 5, pd.NA, pd.NA]
    assert frame["as_of_on"].notna().tolist() == [True, True, False, False]


def test_the_public_is_told_of_snapshots_and_of_no_rows(two) -> None:
    frame = loads.listing(two, two[0].snapshot_id, "kyiv", PUBLIC)
    assert frame["state"].tolist() == ["kept", "shown"]
    assert frame["rows_read_count"].isna().all()
    assert frame["rows_read_count_is_hidden"].all()


def test_a_damaged_table_is_told_and_the_others_are_counted(two) -> None:
    def broken(name: str) -> pd.DataFrame:
        raise DamagedSnapshot("20260104T000000Z-d", name, Bilingual("", ""))

    bad = Snapshot(two[1].manifest, broken)
    assert loads.listing([two[0], bad], "x", "kyiv", ANALYST)["state"].tolist() == ["damaged", "kept"]
    assert set(loads.rejects_by_load([two[0], bad], "kyiv", ANALYST)["snapshot_id"]) == {two[0].snapshot_id}


def test_reasons_load_by_load(two) -> None:
    frame = loads.rejects_by_load([DAMAGED, *two], "kyiv", ANALYST)
    wide = frame.pivot(index="code", columns="snapshot_id", values="rows_count")
    assert wide.to_dict("list") == {"20260103T000000Z-c": [4, 0, 1], "20260104T000000Z-d": [1, 2, 0]}
    assert loads.rejects_by_load(two, "kyiv", PUBLIC).empty
    assert loads.rejects_by_load([], "kyiv", ANALYST).empty


def test_a_rejected_row_stands_in_the_last_month_of_its_file() -> None:
    scene = Scene()
    source(scene, "events", {"a": 1})
    source(scene, "people", {"a": 2, "b": 1})
    source(scene, "return", {"b": 4})
    source(scene, "nothing", {"a": 8})
    scene.event("e1", "2026-06-30", source_id="events")
    scene.event("e2", "2026-08-01", source_id="other")
    scene.register("e1", [1], source_id="people")
    scene.register("e2", [2], source_id="people")
    scene.add("monthly_returns", space_id="s", month=pd.Timestamp("2026-09-01").date(), source_id="return")
    frame = loads.rejects_by_month(scene.snapshot(), "kyiv", ANALYST)
    told = [(f"{row.month:%Y-%m}" if not pd.isna(row.month) else None, row.code, row.rows_count)
            for row in frame.itertuples()]  # fmt: skip
    assert told == [
        ("2026-06", "a", 1),
        ("2026-06", "b", 0),
        ("2026-07", "a", 0),
        ("2026-07", "b", 0),
        ("2026-08", "a", 2),
        ("2026-08", "b", 1),
        ("2026-09", "a", 0),
        ("2026-09", "b", 4),
        (None, "a", 8),
        (None, "b", 0),
    ]
    assert loads.rejects_by_month(scene.snapshot(), "kyiv", PUBLIC).empty
    assert loads.rejects_by_month(scene.snapshot(), "lviv", ANALYST).empty
