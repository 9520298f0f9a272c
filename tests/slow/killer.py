"""Kills loads at random moments: `python -m tests.slow.killer STORE SEED KILLS`.

A process that has imported everything forks one load after another, each as of another day so that each has something
to publish, and kills it at a random moment: half of them anywhere, half once publishing has begun. After each kill the
store must open whole; the next load has to clean up. Prints how the loads ended.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from typer.testing import CliRunner

import civicspace
from dashboard.store import open_last_good
from etl import publish
from etl.contract import TABLES

FIRST = date(2026, 3, 1)


def load(store: Path, day: date) -> int:
    result = CliRunner().invoke(civicspace.app, ["load", "--store", str(store), "--as-of", day.isoformat()])
    return result.exit_code


def begin(store: Path, day: date, told: int) -> int:
    """Fork a load that tells when it begins to publish; its process id."""
    child = os.fork()
    if child:
        return child
    true_publish = publish.publish

    def telling(*args: object) -> object:
        os.write(told, b"p")
        return true_publish(*args)  # type: ignore[arg-type]

    publish.publish = telling  # type: ignore[assignment]
    os._exit(load(store, day))


def opens_whole(store: Path) -> str:
    snapshot = open_last_good(store)
    if snapshot.instead_of is not None:
        raise AssertionError("the snapshot in use is damaged")
    for name in TABLES:
        snapshot.table(name)
    return snapshot.snapshot_id


def durations(store: Path, day: date) -> tuple[float, float]:
    """Seconds that a load takes, and those of them from the beginning of its publishing on."""
    listen, tell = os.pipe()
    started = time.monotonic()
    child = begin(store, day, tell)
    os.close(tell)
    os.read(listen, 1)
    publishing = time.monotonic()
    os.waitpid(child, 0)
    os.close(listen)
    return time.monotonic() - started, time.monotonic() - publishing


def main(store: Path, seed: int, kills: int) -> None:
    """Kill so many loads; raise when one left anything that is not as it should be."""
    chance = random.Random(seed)  # noqa: S311 - which moment, not which secret
    if load(store, FIRST) != 0:
        raise AssertionError("the first load failed")
    whole_s, publishing_s = durations(store, FIRST + timedelta(days=1))
    ended: Counter[str] = Counter()
    for number in range(1, kills + 1):
        before = opens_whole(store)
        listen, tell = os.pipe()
        child = begin(store, FIRST + timedelta(days=number + 1), tell)
        os.close(tell)
        if number % 2:
            os.read(listen, 1)
            time.sleep(chance.random() * publishing_s)
        else:
            time.sleep(chance.random() * whole_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(listen)
        after = opens_whole(store)
        served = "new" if after != before else "old"
        ended["not killed in time" if status == 0 else f"{served} one served"] += 1
    if load(store, FIRST + timedelta(days=kills + 2)) != 0:
        raise AssertionError("the load after the kills failed")
    hidden = {path.name for path in store.rglob(".*")} - {".lock"}
    damaged = [each for each in publish.list_ids(store) if not publish.is_whole(store, each)]
    if hidden or damaged:
        raise AssertionError(f"left over: {hidden}; damaged: {damaged}")
    sys.stdout.write(json.dumps(ended))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
