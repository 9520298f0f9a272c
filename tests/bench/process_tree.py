"""What a command costs with all its children: wall time, processor time and peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_EVERY_SECONDS: Final = 0.1


@dataclass(frozen=True)
class Cost:
    """Of one run. ``peak_bytes`` is the largest sum of the processes' proportional shares of memory."""

    wall_s: float
    cpu_s: float
    peak_bytes: int
    exit_code: int
    output: str


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> Cost:
    """Run a command to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    child = subprocess.Popen(  # noqa: S603 - our own scripts
        arguments, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    seen = _Seen()
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(child.pid, seen, is_over), daemon=True)
    watcher.start()
    output, _ = child.communicate()
    wall = time.perf_counter() - begun
    is_over.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # The system adds up only processes that somebody waited for; those that a server of processes started it forgets.
    return Cost(wall, max(cpu, sum(seen.cpu_s.values())), seen.peak_bytes, child.returncode, output)


@dataclass
class _Seen:
    peak_bytes: int = 0
    cpu_s: dict[int, float] = field(default_factory=dict)
    """Processor time of each process when it was last looked at."""


def _watch(pid: int, seen: _Seen, is_over: threading.Event) -> None:
    while not is_over.wait(_EVERY_SECONDS):
        tree = _tree(pid)
        seen.peak_bytes = max(seen.peak_bytes, sum(map(_memory, tree)))
        seen.cpu_s |= {one: spent for one in tree if (spent := _cpu_s(one))}


def _cpu_s(pid: int) -> float:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0  # it has ended
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _tree(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue  # it has ended
    return found


def _memory(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0  # it has ended
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)
