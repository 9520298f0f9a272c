"""Where a writer is cut short: every step that changes the disk, and what the writers of a store are.

Run as a program it kills writers: `python -m tests.unit.etl.failpoints STORE OUT WRITER` copies the store into OUT once
for every step of the writer, and lets a process of its own die there.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dashboard.store
from etl import disk, publish
from etl.contract import TABLES, THEMES, Manifest, from_records

FIRST = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 1)

# Every table is written alike; with three of them there are fewer steps to die in.
FEW_TABLES = {name: TABLES[name] for name in ("cities", "themes", "sources")}

Step = tuple[str, int]
_WRITES = ("write_through", "stream_through")


def tables(*themes: str) -> dict[str, pd.DataFrame]:
    made = {name: table.empty() for name, table in TABLES.items()}
    rows = [
        {"city_id": "kyiv", "theme_id": theme, "name_uk": theme, "name_en": theme, "rank": rank}
        for rank, theme in enumerate(themes, start=1)
    ]
    return made | {"themes": from_records(THEMES, rows)}


def put(store: Path, theme: str, hours: int) -> Manifest:
    return publish.publish(tables(theme), store, FIRST + timedelta(hours=hours), DAY, "1.0")


def old_store(store: Path) -> None:
    """Two snapshots, `older` and `old`, the second in use, with return slips each."""
    for hours, theme in enumerate(("older", "old")):
        slips = store / "slips" / put(store, theme, hours).snapshot_id
        slips.mkdir(parents=True)
        (slips / "slip.xlsx").write_bytes(b"slip")


def _publish(store: Path) -> None:
    put(store, "new", 2)


def _replace(store: Path) -> None:
    # As erasing does: whichever still holds what has to go. Both hold the same instant, so their order tells nothing.
    for manifest in publish.list_snapshots(store):
        if publish.read_tables(store, manifest)["themes"]["theme_id"].tolist() == ["old"]:
            publish.replace(tables("new"), store, manifest)


def _prune(store: Path) -> None:
    publish.prune(store, [publish.list_ids(store)[0]])


def _rollback(store: Path) -> None:
    publish.rollback(store, publish.list_ids(store)[0])


WRITERS: Mapping[str, Callable[[Path], None]] = {
    "publish": _publish,
    "replace": _replace,
    "prune": _prune,
    "rollback": _rollback,
}
SERVED: Mapping[str, tuple[str, str]] = {
    "publish": ("old", "new"),
    "replace": ("old", "new"),
    "prune": ("old", "old"),
    "rollback": ("old", "older"),
}
"""What is served before each writer and after it."""


class PowerCut(BaseException):
    """The machine stops here."""


def cut_power(_path: Path) -> None:
    raise PowerCut


def fill_disk(path: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def kill(_path: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def failing(nth: int, fail: Callable[[Path], None]) -> Iterator[list[str]]:
    """Let the nth step on the disk, from 0, fail instead of being done; yields the names of the steps reached.

    Of a file that is being written then, half has found room.
    """
    reached: list[str] = []
    numbers = count()  # tables are written by several threads
    with pytest.MonkeyPatch.context() as patch:
        for module in (publish, dashboard.store):
            patch.setattr(module, "TABLES", FEW_TABLES)
        for name in disk.STEPS:
            true_step = getattr(disk, name)

            def step(path: Path, *rest: Any, _name: str = name, _true: Callable[..., Any] = true_step) -> Any:
                number = next(numbers)
                reached.append(_name)
                if number == nth:
                    if _name in _WRITES:
                        _true(path, *rest)
                        os.truncate(path, path.stat().st_size // 2)
                    fail(path)
                return _true(path, *rest)

            patch.setattr(disk, name, step)
        yield reached


def steps_of(writer: str, store: Path) -> list[str]:
    """The steps a writer takes when nothing fails."""
    with failing(-1, cut_power) as reached:
        WRITERS[writer](store)
    return reached


def main(old: Path, out: Path, writer: str) -> None:
    """Kill the writer at each of its steps; print how many there were."""
    shutil.copytree(old, out / "all")
    steps = len(steps_of(writer, out / "all"))
    for nth in range(steps):
        store = out / str(nth)
        shutil.copytree(old, store)
        child = os.fork()
        if child == 0:
            with failing(nth, kill):
                WRITERS[writer](store)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            raise RuntimeError(f"step {nth} of {writer} was not killed")
    sys.stdout.write(json.dumps(steps))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
