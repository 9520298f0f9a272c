"""What a command costs with all its children: wall time, processor time and peak memory."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    peak = [0]
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(child.pid, peak, is_over), daemon=True)
    watcher.start()
    output, _ = child.communicate()
    wall = time.perf_counter() - begun
    is_over.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peak[0], child.returncode, output)


def _watch(pid: int, peak: list[int], is_over: threading.Event) -> None:
    while not is_over.wait(_EVERY_SECONDS):
        peak[0] = max(peak[0], sum(map(_memory, _tree(pid))))


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
