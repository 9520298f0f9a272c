"""An invented store of any size, written straight as Parquet by the contract: what the bench of the figures reads.

Kyiv's pack with its districts and themes; spaces, events and people that nobody is; three years, the last of them
denser, a month of it unfinished. The same rows and seed give the same store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.contract import CONTRACT_VERSION, PARTICIPANT_GROUPS, SPACE_KINDS, TABLES, Manifest
from etl.sources.city_pack import load_packs

CITY: Final = "kyiv"
AS_OF: Final = "2026-11-15"
_FIRST, _DAYS = pd.Timestamp("2023-11-01"), 1110
_PACKS: Final = Path(__file__).resolve().parents[2] / "data" / "cities"
_PER_EVENT, _PER_PERSON, _SPACES = 40, 4, 240
_CHUNK: Final = 1_000_000
_ROW_GROUP: Final = 122_880
_ID: Final = "20261115T120000Z-00000000"
_Frames = Iterator[pd.DataFrame]


def write_store(store: Path, rows: int, seed: int = 7) -> None:
    """Write a store of so many registrations; where it is there already nothing happens."""
    if (store / "current").exists():
        return
    folder = store / "snapshots" / _ID
    folder.mkdir(parents=True)
    chance = np.random.default_rng(seed)
    pack = next(pack for pack in load_packs(_PACKS) if pack.city_id == CITY)
    small = {name: pack.tables[name] for name in ("cities", "districts", "landmarks", "themes")}
    spaces = _spaces(chance, small["districts"]["district_code"].to_numpy(), _SPACES)
    events = _events(chance, spaces, max(rows // _PER_EVENT, _SPACES))
    themes = _event_themes(chance, events, small["themes"]["theme_id"].to_numpy())
    small |= {"spaces": spaces, "events": events, "event_themes": themes}
    homes = small["districts"]["district_code"].to_numpy()
    people = max(rows // _PER_PERSON, 1)
    described = {}
    for name in TABLES:
        frames: _Frames = iter([small.get(name, TABLES[name].empty())])
        if name == "people":
            frames = _people(people)
        elif name == "registrations":
            frames = _registrations(chance, events, homes, people, rows)
        described[name] = _written(folder / f"{name}.parquet", name, frames)
    manifest = Manifest(
        snapshot_id=_ID,
        contract_version=CONTRACT_VERSION,
        code_version="bench",
        created_at="2026-11-15T12:00:00+00:00",
        as_of_on=AS_OF,
        content_sha256="0" * 64,
        tables=described,
        has_demo=True,
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    (store / "current").write_text(_ID, encoding="utf-8")


def _written(path: Path, name: str, frames: _Frames) -> dict[str, str | int]:
    rows, table = 0, TABLES[name]
    with pq.ParquetWriter(path, table.arrow_schema(), compression="zstd") as writer:
        for frame in frames:
            typed = frame[list(table.column_names)].astype(table.dtypes)
            arrow = pa.Table.from_pandas(typed, schema=table.arrow_schema(), preserve_index=False)
            writer.write_table(arrow, row_group_size=_ROW_GROUP)
            rows += len(frame)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {"rows": rows, "sha256": sha256, "bytes": path.stat().st_size}


def _filled(name: str, rows: int, **columns: Any) -> pd.DataFrame:
    """A frame of one table; columns that are not named are missing."""
    frame = pd.DataFrame({each: columns.get(each, pd.NA) for each in TABLES[name].column_names}, index=range(rows))
    return TABLES[name].conform(frame)


def _spaces(chance: np.random.Generator, districts: np.ndarray[Any, Any], count: int) -> pd.DataFrame:
    numbers = np.arange(count)
    return _filled(
        "spaces",
        count,
        space_id=[f"{CITY}-space-{number:04}" for number in numbers],
        city_id=CITY,
        name_uk=[f"Простір {number}" for number in numbers],
        kind=chance.choice(SPACE_KINDS, count),
        district_code=chance.choice(districts, count),
        district_check="agree",
        lat_deg=50.45 + chance.normal(0, 0.05, count),
        lon_deg=30.52 + chance.normal(0, 0.08, count),
        location_status="point",
        origin="demo",
        source_id="0" * 16,
    )


def _events(chance: np.random.Generator, spaces: pd.DataFrame, count: int) -> pd.DataFrame:
    # More events in later months, and some spaces busier than others.
    days = np.sort((_DAYS * np.sqrt(chance.random(count))).astype("int64"))
    starts_on = (_FIRST + pd.to_timedelta(days, unit="D")).as_unit("us")
    at = pd.to_timedelta(chance.integers(10, 20, count), unit="h")
    at_space = np.minimum((len(spaces) * chance.random(count) ** 2).astype("int64"), len(spaces) - 1)
    is_recorded = chance.random(count) < 0.7
    return _filled(
        "events",
        count,
        event_id=[f"{CITY}-e-{number:08}" for number in chance.permutation(count)],
        city_id=CITY,
        title=[f"Подія {number}" for number in range(count)],
        is_workshop=False,
        starts_on=starts_on,
        starts_at=starts_on + at,
        ends_on=starts_on,
        ends_at=starts_on + at + pd.Timedelta(hours=2),
        date_precision="minute",
        place_status="space",
        space_id=spaces["space_id"].to_numpy()[at_space],
        district_code=spaces["district_code"].to_numpy()[at_space],
        format=chance.choice(["lecture", "training", "discussion", "exhibition"], count),
        seats_count=chance.integers(20, 120, count),
        status=np.where(starts_on <= pd.Timestamp(AS_OF), "held", "planned"),
        is_attendance_recorded=is_recorded,
        origin="demo",
        source_id="0" * 16,
    )


def _event_themes(chance: np.random.Generator, events: pd.DataFrame, themes: np.ndarray[Any, Any]) -> pd.DataFrame:
    first = chance.integers(0, len(themes), len(events))
    second = chance.integers(0, len(themes), len(events))
    has_second = (chance.random(len(events)) < 0.3) & (first != second)
    ids = events["event_id"]
    return TABLES["event_themes"].conform(
        pd.DataFrame(
            {
                "event_id": pd.concat([ids, ids[has_second]], ignore_index=True),
                "theme_id": np.concatenate([themes[first], themes[second[has_second]]]),
            }
        )
    )


def _people(count: int) -> _Frames:
    for start in range(0, count, _CHUNK):
        numbers = np.arange(start + 1, min(start + _CHUNK, count) + 1)
        hashes = [hashlib.sha256(str(number).encode()).hexdigest() for number in numbers]
        yield pd.DataFrame({"person_id": numbers, "pseudonym": hashes, "identity": "email"})


def _registrations(
    chance: np.random.Generator, events: pd.DataFrame, homes: np.ndarray[Any, Any], people: int, rows: int
) -> _Frames:
    """Rows in the order of their events' ids, as a load numbers them."""
    of_event = np.sort(chance.integers(0, len(events), rows))
    ids = events["event_id"].to_numpy()
    recorded, held = events["is_attendance_recorded"].to_numpy(), (events["status"] == "held").to_numpy()
    starts = events["starts_on"].to_numpy()
    for start in range(0, rows, _CHUNK):
        number = of_event[start : start + _CHUNK]
        count = len(number)
        noted = np.where(chance.random(count) < 0.75, "attended", "no_show")
        status = np.where(held[number] & recorded[number], noted, "registered")
        at_home = chance.random(count) < 0.6
        # A few come again and again, most once or twice.
        person = pd.array((people * chance.random(count) ** 1.6).astype("int64") + 1, dtype="Int64")
        person[chance.random(count) < 0.03] = pd.NA
        yield pd.DataFrame(
            {
                "registration_id": np.arange(start + 1, start + count + 1),
                "event_id": ids[number],
                "person_id": person,
                "identity": "email",
                "registered_at": starts[number]
                - pd.to_timedelta(chance.integers(1, 20 * 24, count), unit="h").as_unit("us"),
                "status": status,
                "participant_group": chance.choice(PARTICIPANT_GROUPS, count),
                "home_district_code": pd.Series(chance.choice(homes, count)).where(at_home).astype("str"),
                "home_status": np.where(at_home, "district", "not_stated"),
                "source_id": "0" * 16,
            }
        )
