"""The files of an inbox, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class InboxFile:
    """One file to be read: its path below the inbox with ``/``, what kind of data it holds, and how to get it."""

    path: str
    origin: str
    read: Callable[[], bytes] = field(repr=False)
    size: int | None = None
    """Bytes, where they are known without reading."""
    refusal: tuple[str, str] | None = None
    """Why it is not read at all, in Ukrainian and in English."""


@dataclass(frozen=True)
class FileAccount:
    """What became of one file: rows read = loaded + duplicate + rejected."""

    path: str
    source_id: str
    city_id: str | None
    kind: str
    origin: str
    format: str
    encoding: str | None = None
    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    unknown_columns: tuple[str, ...] = ()
    refusal: tuple[str, str] | None = None
    """Why the whole file was refused, in Ukrainian and in English."""
    copy_of: str | None = None
    """Path of the file that holds the same bytes; a copy is not read, and is not part of the snapshot."""
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Code of a remark → rows it was made about."""
