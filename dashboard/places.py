"""Where a store lies: a folder of this machine, or an object store behind an fsspec URL. Both are only read.

Names are paths below the store with ``/`` between their parts. What an object store hands out is never put on disk.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from dashboard.errors import NoObjectStore, UnreachableStore

_BETWEEN: Final = "://"


class Place(Protocol):
    """What the store needs of wherever it lies. Every method raises OSError; a missing file is FileNotFoundError."""

    def read(self, name: str) -> bytes:
        """All of one file."""

    def digest(self, name: str, size: int) -> str | None:
        """SHA-256 of one file, hexadecimal; None where it does not have the size."""

    def folders(self, name: str) -> list[str]:
        """Names of the folders in a folder; none where it is missing."""


class Folder:
    """A store in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes:
        return (self._root / name).read_bytes()

    def digest(self, name: str, size: int) -> str | None:
        with (self._root / name).open("rb") as file:
            # The size costs nothing, and the content is hashed without keeping it in memory.
            if os.fstat(file.fileno()).st_size != size:
                return None
            return hashlib.file_digest(file, "sha256").hexdigest()

    def folders(self, name: str) -> list[str]:
        return [path.name for path in (self._root / name).glob("*") if path.is_dir()]


class Objects:
    """A store behind an fsspec URL.

    A file that was hashed is kept in memory, packed as it is, until it is read: it comes over the network once.
    """

    def __init__(self, files: Any, root: str) -> None:
        self._files = files
        self._root = root.rstrip("/")
        self._hashed: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        kept = self._hashed.pop(name, None)
        return self._fetched(name) if kept is None else kept

    def digest(self, name: str, size: int) -> str | None:
        content = self._fetched(name)
        if len(content) != size:
            return None
        self._hashed[name] = content
        return hashlib.sha256(content).hexdigest()

    def folders(self, name: str) -> list[str]:
        # Listings are remembered by the library, and another process publishes.
        self._files.invalidate_cache()
        try:
            with _asked():
                entries = self._files.ls(f"{self._root}/{name}", detail=True)
        except FileNotFoundError:
            return []
        return [str(entry["name"]).rstrip("/").rsplit("/", 1)[-1] for entry in entries if entry["type"] == "directory"]

    def _fetched(self, name: str) -> bytes:
        with _asked():
            content: bytes = self._files.cat_file(f"{self._root}/{name}")
        return content


@contextmanager
def _asked() -> Iterator[None]:
    """What goes wrong with an object store is an OSError, whatever the library that reads it raises.

    That of S3 raises its own kinds when nobody answers. Only the kind is told: the text may repeat an address.
    """
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - every library has its own
        raise OSError(type(error).__name__) from None


def is_url(store: Path | str) -> bool:
    """Whether a store is named by an fsspec URL, such as ``s3://bucket/store``, and not by a folder."""
    return isinstance(store, str) and _BETWEEN in store


def place_of(store: Path | str) -> Place:
    """The place that a folder or an fsspec URL names; nothing is read yet.

    Raises:
        NoObjectStore: the URL's kind is unknown, or the package that reads it is not installed.
        UnreachableStore: the object store cannot be spoken to.
    """
    if not is_url(store):
        return Folder(Path(store))
    url = str(store)
    try:
        # An extra of the package: most stores are folders.
        from fsspec.core import url_to_fs  # noqa: PLC0415
    except ImportError as error:
        raise NoObjectStore(url, "fsspec") from error
    try:
        files, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise NoObjectStore(url, str(error)) from error
    except OSError as error:
        raise UnreachableStore(url) from error
    return Objects(files, root)
