"""The few ways in which a store is changed on the disk, each one step that either lasts or leaves things as they were.

Everything that writes to a store goes through these functions, called by their module's name: a test that makes one
of them fail, or the process die in it, has met every point where publishing can be cut short.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

STEPS: Final = ("make_folder", "write_through", "stream_through", "move", "sync", "remove_file", "remove_folder")
"""Names of all functions here that change the disk."""

_ASIDE: Final = ".tmp"


def aside(path: Path) -> Path:
    """Where something is made, or put before it is removed: beside its place, hidden, found by `left_overs`."""
    return path.with_name(f".{path.name.lstrip('.')}{_ASIDE}")


def left_overs(folder: Path) -> list[Path]:
    """What a process that died has left aside in a folder; empty for a folder that is not there."""
    return sorted(folder.glob(f".*{_ASIDE}"))


def sha256(path: Path) -> str:
    """Hash of a file, which is read a little at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_folder(path: Path) -> None:
    """Make a folder and those above it."""
    path.mkdir(parents=True, exist_ok=True)


def write_through(path: Path, data: Any) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def stream_through(path: Path, write: Callable[[BinaryIO], None]) -> str:
    """Let a file be written piece by piece and wait until it is on the disk.

    Returns:
        SHA-256 of what was handed over to be written; what lies on the disk then has to have it too.
    """
    with path.open("wb") as file:
        hashed = _Hashed(file)
        write(hashed)
        file.flush()
        os.fsync(file.fileno())
    return hashed.sha256.hexdigest()


class _Hashed(io.BufferedIOBase, BinaryIO):
    """Hands on what is written to it, and hashes that."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.sha256.update(data)
        return self._file.write(data)


def move(path: Path, target: Path) -> None:
    """Give a file or folder another name, in one step; a file there is replaced."""
    path.replace(target)


def sync(folder: Path) -> None:
    """Make the folder's entries themselves survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_file(path: Path) -> None:
    """Remove a file; nothing happens when it is not there."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove a folder and all in it; nothing happens when it is not there."""
    shutil.rmtree(path, ignore_errors=not path.exists())


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in the place of another: a reader sees the old bytes or the new ones."""
    new = aside(path)
    write_through(new, data)
    move(new, path)
    sync(path.parent)


def discard_folder(path: Path) -> None:
    """Remove a folder so that nobody meets a half of it."""
    if path.exists():
        gone = aside(path)
        move(path, gone)
        remove_folder(gone)
