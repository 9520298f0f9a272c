"""From organisers' lists to a published snapshot.

In a notebook `load_frames` hands over spaces, events and registrations; see docs/large-inboxes.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etl.frames import Frames, load_frames

__all__ = ["Frames", "load_frames"]


def __getattr__(name: str) -> Any:
    # Readers of the contract alone, such as the dashboard, do not wait for all of the ETL.
    if name in __all__:
        return getattr(import_module("etl.frames"), name)
    raise AttributeError(f"module 'etl' has no attribute {name!r}")
