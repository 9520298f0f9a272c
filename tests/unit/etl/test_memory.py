"""What is free again is the system's again."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from etl.memory import give_back

BLOCK_BYTES = 64_000
BLOCKS = 1_000


def resident_bytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:"))


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what is freed to itself")
def test_what_was_freed_below_something_kept_is_given_back() -> None:
    blocks = [np.ones(BLOCK_BYTES, dtype=np.uint8) for _ in range(BLOCKS)]
    kept = blocks[-1]  # above all others on the heap, which cannot shrink by itself
    blocks.clear()
    before = resident_bytes()
    give_back()
    assert before - resident_bytes() > BLOCKS * BLOCK_BYTES / 2
    assert int(kept.sum()) == BLOCK_BYTES
