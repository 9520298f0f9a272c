"""How this process holds memory: what is asked for it alone, and what it gives back.

Set by the program, so that nobody needs variables of the environment.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

import pyarrow as pa

_ARENA_MAX: Final = -8
"""glibc's name of the setting: M_ARENA_MAX."""
_ARENAS: Final = 2

# Only glibc keeps what is freed to itself, and only glibc has these.
_C: Final[Any] = ctypes.CDLL(None) if sys.platform == "linux" else None
_TRIM: Final[Any] = getattr(_C, "malloc_trim", None)
_OPTION: Final[Any] = getattr(_C, "mallopt", None)


def be_frugal() -> None:
    """To be called once, before anything is read.

    Arrow's own allocator keeps some megabytes for each thread that ever read a file, for a few numbers that stay, so
    it is told to use the system's (`civicspace serve` tells it before it is imported, which saves another 20 MB). And
    every thread that draws a page would get an arena of its own, none of which another thread fills.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    if _OPTION is not None:
        _OPTION(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give back to the system what this process holds and does not use. Some milliseconds."""
    pa.default_memory_pool().release_unused()
    if _TRIM is not None:
        _TRIM(0)
