"""Memory that is free again is given back to the system, where other processes and the page cache can use it."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

import pyarrow as pa

# Only glibc keeps what is freed to itself, and only glibc has this.
_TRIM: Final[Any] = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


def give_back() -> None:
    """Give back what this process holds and does not use. Some milliseconds."""
    pa.default_memory_pool().release_unused()
    if _TRIM is not None:
        _TRIM(0)
