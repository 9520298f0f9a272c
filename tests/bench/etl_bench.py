"""A load beside scripts that do the same work with pandas, Polars and DuckDB, in one run on one machine.

    python -m tests.bench.etl_bench --rows 100000 --rows 1000000

Every script reads the same files and must come to the same facts and the same account, or the bench fails. What counts
are the ratios within a run: the seconds are those of this machine at this hour.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from tests.bench import etl_dialects as told
from tests.bench.etl_inbox import write_inbox
from tests.bench.process_tree import Cost, run

LOADS: Final = {"civicspace": []}
RIVALS: Final = ("pandas", "polars", "duckdb")
_FINE: Final = (0, 3)

_DIGEST: Final = """
    select count(*), sum(hash(event, person, status, identity, "group", home, signed_up::timestamp)::hugeint)
    from ({facts})
"""
_OF_SNAPSHOT: Final = """
    select upper(replace(event_id, 'kyiv-', '')) as event, pseudonym as person, status, r.identity,
        participant_group as "group", coalesce(home_district_code, nullif(home_status, 'not_stated')) as home,
        registered_at as signed_up
    from '{folder}/registrations.parquet' r join '{folder}/people.parquet' using (person_id)
"""
_REMARKS: Final = """
    select code, count(*) from '{issues}'
    where code in ('broken_line', 'unknown_event', 'unknown_district', 'unread_cell', 'duplicate_row')
    group by code order by code
"""
_OF_LISTS: Final = "('eventbrite', 'google_forms', 'luma', 'pretix_positions', 'registration_list')"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, action="append", help="size of the inbox; may be repeated")
    parser.add_argument("--only", action="append", choices=[*LOADS, *RIVALS], help="run only these")
    parser.add_argument("--inbox", type=Path, help="an inbox that `etl_inbox` has written")
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args(arguments)
    wanted = asked.only or [*LOADS, *RIVALS]
    figures = []
    for rows in asked.rows or [100_000]:
        with _inbox(asked.inbox, rows) as (inbox, scratch):
            figures += _compare(inbox, scratch, rows, wanted)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0 if all(figure["is_equal"] for figure in figures) else 1


@contextmanager
def _inbox(given: Path | None, rows: int) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(prefix="civicspace-bench-") as scratch:
        inbox = given or Path(scratch) / "inbox"
        if given is None:
            write_inbox(rows, inbox)
        yield inbox, Path(scratch)


def _compare(inbox: Path, scratch: Path, rows: int, wanted: Sequence[str]) -> list[dict[str, object]]:
    size = sum(path.stat().st_size for path in inbox.rglob("*") if path.is_file())
    print(f"{rows:,} rows, {size / 1e6:.0f} MB")  # noqa: T201
    print(f"{'':<12}{'wall s':>9}{'ratio':>8}{'CPU s':>9}{'peak MB':>9}  facts")  # noqa: T201
    figures: list[dict[str, object]] = []
    for name in wanted:
        out = scratch / name
        out.mkdir()
        cost = _load(inbox, out, LOADS[name]) if name in LOADS else _rival(name, inbox, out)
        if cost.exit_code not in _FINE:
            raise SystemExit(f"{name} failed:\n{cost.output[-2000:]}")
        result = _of_snapshot(out) if name in LOADS else _of_rival(out)
        is_equal = not figures or result == figures[0]["result"]
        figures.append(
            {
                "rows": rows, "name": name, "wall_s": cost.wall_s, "cpu_s": cost.cpu_s,
                "peak_mb": cost.peak_bytes / 1e6, "result": result, "is_equal": is_equal,
            }
        )  # fmt: skip
        ratio = cost.wall_s / float(str(figures[0]["wall_s"]))
        print(  # noqa: T201
            f"{name:<12}{cost.wall_s:>9.1f}{ratio:>8.2f}{cost.cpu_s:>9.1f}{cost.peak_bytes / 1e6:>9.0f}"
            f"  {'equal' if is_equal else 'DIFFERENT'}",
            flush=True,
        )
    return figures


def _environ() -> dict[str, str]:
    return {**os.environ, "CIVICSPACE_KEY": told.key().decode()}


def _load(inbox: Path, out: Path, options: Sequence[str]) -> Cost:
    command = [sys.executable, "-m", "civicspace", "load", "--store", str(out), "--inbox", str(inbox)]
    return run([*command, "--as-of", told.AS_OF, "--lang", "en", *options], _environ())


def _rival(name: str, inbox: Path, out: Path) -> Cost:
    return run([sys.executable, "-m", f"tests.bench.etl_{name}", str(inbox), str(out)], _environ())


def _of_snapshot(out: Path) -> str:
    folder = out / "snapshots" / (out / "current").read_text(encoding="ascii").strip()
    facts = _OF_SNAPSHOT.format(folder=folder)
    account = duckdb.sql(f"""
        select sum(rows_read_count), sum(rows_loaded_count), sum(rows_duplicate_count), sum(rows_rejected_count)
        from '{folder}/sources.parquet' where kind = 'inbox' and format in {_OF_LISTS}
    """).fetchall()[0]  # noqa: S608 - a folder of our own
    return _said(facts, [int(rows) for rows in account], f"{folder}/row_issues.parquet")


def _of_rival(out: Path) -> str:
    account = json.loads((out / "account.json").read_text(encoding="utf-8"))
    return _said(f"from '{out}/facts.parquet'", list(account.values()), f"{out}/issues.parquet")


def _said(facts: str, account: Sequence[int], issues: str) -> str:
    count, digest = duckdb.sql(_DIGEST.format(facts=facts)).fetchall()[0]
    told_of = duckdb.sql(_REMARKS.format(issues=issues)).fetchall()
    return f"{count} facts {digest}, account {list(account)}, remarks {dict(told_of)}"


if __name__ == "__main__":
    sys.exit(main())
