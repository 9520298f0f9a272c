"""Every figure that every page asks for, on a store of any size, beside plain pandas and DuckDB over bare Parquet.

    python -m tests.bench.figures --rows 1000000 --filters 6

Pages are run by Streamlit's own test runner, and what is timed is what they compute: `first` where nothing of these
filters was kept, `warm` where somebody asked for the same before. Choosing the rows, which several figures of a page
share, stands apart. Drawing is not in it. Times are processor time of the one process, so that what else the machine
does counts little; ratios are within the run.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from streamlit.testing.v1 import AppTest

from dashboard.filters import Filters, add_months, known_values
from dashboard.metrics import districts, months, spaces, themes
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection, select
from dashboard.settings import Role, Settings
from dashboard.store import Snapshot, open_store
from dashboard.ui import cache, runtime
from tests.bench.figures_store import CITY, write_store

PAGES: Final = ("overview", "map", "participation", "events", "network", "data")
_REPOSITORY: Final = Path(__file__).resolve().parents[2]
_SCRIPT: Final = _REPOSITORY / "dashboard" / "ui" / "main.py"
_SELECTION: Final = "choosing rows"
_COUNTED: Final = "registrations_count, attendances_count, participants_count"

Query = dict[str, list[str]]
_Times = dict[str, list[float]]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000, help="registrations of the store")
    parser.add_argument("--store", type=Path, help="where the store is, or is to be written")
    parser.add_argument("--filters", type=int, default=6, help="how many random choices of filters each page is asked")
    parser.add_argument("--pages", nargs="*", choices=PAGES, default=list(PAGES))
    parser.add_argument("--role", type=Role, default=Role.ANALYST)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--alone", action="store_true", help="leave out pandas and DuckDB, which need more memory")
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args(arguments)
    store = asked.store or Path(tempfile.gettempdir()) / f"civicspace-figures-{asked.rows}"
    write_store(store, asked.rows)
    found: dict[str, Any] = {"rows": asked.rows, "disk_mb": _megabytes(store)}
    with _took(found, "opening_s"):
        snapshot = open_store(store)
    with _took(found, "joining_s"):
        select(snapshot, Filters(CITY))
    found["memory_mb"] = _peak_mb()
    queries = _queries(snapshot, asked.filters, random.Random(asked.seed))  # noqa: S311 - filters, not secrets
    found["beside"] = {} if asked.alone else _beside(snapshot, store, queries)
    del snapshot
    first, warm = _pages(store, asked.role, asked.pages, queries)
    found["selection"] = _summary(first.pop(_SELECTION), warm.pop(_SELECTION, []))
    found["figures"] = {name: _summary(first[name], warm[name]) for name in sorted(first, key=lambda n: -max(first[n]))}
    found["all"] = _summary([t for each in first.values() for t in each], [t for each in warm.values() for t in each])
    found["peak_mb"] = _peak_mb()
    _print(found)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def _queries(snapshot: Snapshot, count: int, chance: random.Random) -> list[Query]:
    """The whole city first, then random choices of one to three kinds of filter."""
    known = known_values(snapshot)
    of = {name: sorted(known.of(name, CITY)) for name in ("district", "theme", "kind", "group", "space")}
    queries: list[Query] = [{"city": [CITY]}]
    for _ in range(count - 1):
        query: Query = {"city": [CITY], "part": ["all"]}
        for name in chance.sample(sorted(of), chance.randint(1, 2)):
            query[name] = chance.sample(of[name], 1 if name == "space" else chance.randint(1, 3))
        if chance.random() < 0.5:
            start = chance.randint(0, 20)
            first = pd.Timestamp("2023-11-01").date()
            query["start"] = [f"{add_months(first, start):%Y-%m}"]
            query["end"] = [f"{add_months(first, start + chance.randint(2, 14)):%Y-%m}"]
        queries.append(query)
    return queries


def _pages(store: Path, role: Role, pages: Sequence[str], queries: Sequence[Query]) -> tuple[_Times, _Times]:
    runtime.configure(Settings(store=store, role=role))
    cache.warm()
    # As the server does after its start (`ui/warming.py`).
    gc.collect()
    gc.freeze()
    first: _Times = defaultdict(list)
    warm: _Times = defaultdict(list)
    with _recorded(first, warm):
        for query in queries:
            for page in pages:
                app = AppTest.from_file(_SCRIPT, default_timeout=600)
                for name, values in query.items():
                    app.query_params[name] = values
                app.run()
                if page != PAGES[0]:
                    app.switch_page(str(_REPOSITORY / "pages" / f"{page}.py")).run()
                if app.exception:
                    raise RuntimeError(f"{page} {query}: {app.exception[0].message}")
    cache.clear()
    return first, warm


@contextmanager
def _recorded(first: _Times, warm: _Times) -> Iterator[None]:
    """Write down what every computed result costs, what it asks for in turn taken off."""
    kept = cache.computed
    nested: list[float] = []

    def computed(compute: Callable[[], Any], name: str, *key: Hashable) -> Any:
        was_made = False

        def made() -> Any:
            nonlocal was_made
            was_made = True
            return compute()

        nested.append(0.0)
        begun = time.thread_time()
        result = kept(made, name, *key)
        took = time.thread_time() - begun
        own = took - nested.pop()
        if nested:
            nested[-1] += took
        (first if was_made else warm)[name].append(own * 1000)
        return result

    kept_selected = cache.selected

    def selected(select: Callable[[], Selection], *key: Hashable) -> Selection:
        was_made = False

        def made() -> Selection:
            nonlocal was_made
            was_made = True
            return select()

        begun = time.thread_time()
        result = kept_selected(made, *key)
        (first if was_made else warm)[_SELECTION].append((time.thread_time() - begun) * 1000)
        return result

    cache.computed, cache.selected = computed, selected
    try:
        yield
    finally:
        cache.computed, cache.selected = kept, kept_selected


def _beside(snapshot: Snapshot, store: Path, queries: Sequence[Query]) -> dict[str, dict[str, float]]:
    """The same counts of people by month, theme, district and space: ours, pandas in memory, DuckDB on bare Parquet."""
    folder = store / "snapshots" / snapshot.snapshot_id
    joined = _joined(folder)
    disclosure = Disclosure(Role.ANALYST)
    ours: dict[str, Callable[[Selection], pd.DataFrame]] = {
        "month": lambda selection: months.by_month(selection, disclosure),
        "theme_id": lambda selection: themes.by_theme(selection, disclosure),
        "district_code": lambda selection: districts.by_district(selection, disclosure),
        "space_id": lambda selection: spaces.by_space(selection, disclosure),
    }
    times: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in ours}
    for query in queries:
        filters = Filters.from_query(query, known_values(snapshot))[0].resolved(snapshot)
        for by, metric in ours.items():
            results = {}
            for who, count in (
                ("ours", partial(_by_us, metric, snapshot, filters)),
                ("pandas", partial(_by_pandas, joined, filters, by)),
                ("duckdb", partial(_by_duckdb, folder, filters, by)),
            ):
                begun = time.process_time()
                results[who] = count()
                times[by][who].append((time.process_time() - begun) * 1000)
            _same(results, by)
    return {
        by: {who: float(np.median(each)) for who, each in of.items()}
        | {f"{who}_ratio": float(np.median(of[who]) / np.median(of["ours"])) for who in ("pandas", "duckdb")}
        for by, of in times.items()
    }


def _by_us(metric: Callable[[Selection], pd.DataFrame], snapshot: Snapshot, filters: Filters) -> pd.DataFrame:
    return metric(select(snapshot, filters))


def _same(results: dict[str, pd.DataFrame], by: str) -> None:
    """All three must count the same, or there is nothing to compare."""
    names = _COUNTED.split(", ")
    counted = {
        who: frame.dropna(subset=[by]).set_index(by)[names].fillna(0).astype("int64").query("registrations_count > 0")
        for who, frame in results.items()
    }
    for who in ("pandas", "duckdb"):
        pd.testing.assert_frame_equal(
            counted["ours"].sort_index(), counted[who].sort_index(), check_index_type=False, check_names=False
        )


def _joined(folder: Path) -> pd.DataFrame:
    """What somebody at home in pandas keeps in memory: registrations with their event's and space's columns."""
    events = pq.read_table(
        folder / "events.parquet",
        columns=["event_id", "starts_on", "status", "district_code", "space_id", "is_attendance_recorded"],
    ).to_pandas()
    kinds = pq.read_table(folder / "spaces.parquet", columns=["space_id", "kind"]).to_pandas()
    rows = pq.read_table(
        folder / "registrations.parquet", columns=["event_id", "person_id", "status", "participant_group"]
    ).to_pandas()
    events = events.rename(columns={"status": "event_status"}).merge(kinds, on="space_id", how="left")
    events = events.assign(month=events["starts_on"].dt.to_period("M").dt.to_timestamp())
    joined = rows.merge(events, on="event_id")
    joined.attrs["themes"] = pq.read_table(folder / "event_themes.parquet").to_pandas()
    return joined


def _by_pandas(joined: pd.DataFrame, filters: Filters, by: str) -> pd.DataFrame:
    themes_of = joined.attrs["themes"]
    mask = (joined["event_status"] == "held") & joined["month"].between(
        pd.Timestamp(filters.start), pd.Timestamp(filters.end)
    )
    for column, values in (
        ("district_code", filters.districts),
        ("kind", filters.kinds),
        ("participant_group", filters.groups),
        ("space_id", (filters.space,) if filters.space else ()),
    ):
        if values:
            mask &= joined[column].isin(values)
    if filters.themes:
        mask &= joined["event_id"].isin(themes_of.loc[themes_of["theme_id"].isin(filters.themes), "event_id"])
    rows = joined[mask]
    if by == "theme_id":
        chosen = themes_of[themes_of["theme_id"].isin(filters.themes)] if filters.themes else themes_of
        rows = rows.merge(chosen, on="event_id")
    took_part = rows[
        ((rows["status"] == "attended") | ((rows["status"] == "registered") & ~rows["is_attendance_recorded"]))
        & rows["person_id"].notna()
    ]
    grouped = rows.groupby(by)
    counted = pd.DataFrame(
        {
            "registrations_count": grouped.size(),
            "attendances_count": (rows["status"] == "attended").groupby(rows[by]).sum(),
            "participants_count": took_part.groupby(by)["person_id"].nunique(),
        }
    )
    return counted.reset_index()


def _by_duckdb(folder: Path, filters: Filters, by: str) -> pd.DataFrame:
    where = ["e.status = 'held'", "date_trunc('month', e.starts_on) between $start and $end"]
    values: dict[str, Any] = {"start": filters.start, "end": filters.end}
    for column, chosen in (
        ("e.district_code", filters.districts),
        ("s.kind", filters.kinds),
        ("r.participant_group", filters.groups),
        ("e.space_id", (filters.space,) if filters.space else ()),
    ):
        if chosen:
            name = column.replace(".", "_")
            where.append(f"{column} in (select unnest(${name}))")
            values[name] = list(chosen)
    theme = "t.theme_id in (select unnest($themes))" if filters.themes else "true"
    if filters.themes:
        values["themes"] = list(filters.themes)
        where.append(f"e.event_id in (select event_id from '{folder}/event_themes.parquet' t where {theme})")  # noqa: S608 - our own folder
    joined = (
        f"join '{folder}/event_themes.parquet' t on t.event_id = e.event_id and {theme}" if by == "theme_id" else ""
    )
    key = {"month": "date_trunc('month', e.starts_on)", "theme_id": "t.theme_id"}.get(by, f"e.{by}")
    query = f"""
        select {key} as {by}, count(*) as registrations_count,
            count(*) filter (r.status = 'attended') as attendances_count,
            count(distinct r.person_id) filter (
                r.status = 'attended' or (r.status = 'registered' and not e.is_attendance_recorded)
            ) as participants_count
        from '{folder}/registrations.parquet' r join '{folder}/events.parquet' e on r.event_id = e.event_id
            join '{folder}/spaces.parquet' s on s.space_id = e.space_id {joined}
        where {" and ".join(where)} group by 1
    """  # noqa: S608 - our own folder and names
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '3GB'; set threads = 2")
        return connection.execute(query, values).df()


def _summary(first: Sequence[float], warm: Sequence[float]) -> dict[str, float]:
    summary = {"asked": len(first)}
    for name, times in (("first", first), ("warm", warm)):
        if times:
            summary |= {f"{name}_p50_ms": float(np.median(times)), f"{name}_p95_ms": float(np.quantile(times, 0.95))}
    return summary


@contextmanager
def _took(found: dict[str, Any], name: str) -> Iterator[None]:
    begun = time.process_time()
    yield
    found[name] = time.process_time() - begun


def _megabytes(store: Path) -> float:
    return sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) / 1e6


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _print(found: dict[str, Any]) -> None:
    def say(line: str) -> None:
        sys.stdout.write(line + "\n")

    heads = ("opening_s", "joining_s", "disk_mb", "memory_mb", "peak_mb")
    say(f"{found['rows']:,} registrations: " + ", ".join(f"{name} {found[name]:.2f}" for name in heads))
    say(f"{'figure':58} {'asked':>5} {'p50':>8} {'p95':>8} {'warm p95':>8}   ms of processor time")
    for name, each in [*found["figures"].items(), ("all", found["all"]), (_SELECTION, found["selection"])]:
        first = f"{each['first_p50_ms']:8.1f} {each['first_p95_ms']:8.1f}" if each["asked"] else f"{'':17}"
        say(f"{name:58} {each['asked']:5} {first} {each.get('warm_p95_ms', float('nan')):8.2f}")
    for by, each in found["beside"].items():
        say(
            f"by {by:14} ours {each['ours']:8.1f} ms, pandas {each['pandas']:8.1f} (×{each['pandas_ratio']:.2f}), "
            f"DuckDB {each['duckdb']:8.1f} (×{each['duckdb_ratio']:.2f})"
        )


if __name__ == "__main__":
    main()
