"""Whom a store keeps out: marks of the erased, and the fingerprint of the key that all its pseudonyms were made with.

Both stand in ``STORE/identity.json``. A mark is a keyed hash of a pseudonym: without the key it can be tied neither to
a person nor to a row of an older copy of the data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from etl import disk
from etl.errors import SpokenError
from etl.identity import Key

_FILE: Final = "identity.json"


class ErasedError(SpokenError):
    """The list of the erased cannot be used with this key, or cannot be read."""


def is_made_with(store: Path, key: Key) -> bool:
    """Whether this store's pseudonyms were made with this key; so is a store that says nothing of its key."""
    stated = _stated(store)
    return stated is None or stated[0] == key.fingerprint


def erased(store: Path, key: Key) -> frozenset[str]:
    """Marks of everybody erased from this store; empty for a new one.

    Raises:
        ErasedError: the store was made with another key, or the list is damaged.
    """
    stated = _stated(store)
    if stated is None:
        return frozenset()
    if stated[0] != key.fingerprint:
        raise ErasedError(
            f"дані в {store} зроблено з іншим ключем: з цим ті самі люди стали б іншими, а вилучені повернулися б; "
            "поверніть попередній файл ключа або змініть ключ: civicspace rotate-key",
            f"the data in {store} was made with another key: with this one the same people would become others, and "
            "the erased would come back; restore the former key file, or change the key: civicspace rotate-key",
        )
    return stated[1]


def has_erased(store: Path) -> bool:
    """Whether anybody was erased from this store.

    Raises:
        ErasedError: the list is damaged.
    """
    stated = _stated(store)
    return stated is not None and bool(stated[1])


def keep_out(store: Path, key: Key, marks: Iterable[str]) -> None:
    """Write the list anew, in one step. Call it while the store is held for writing."""
    said = {"key": key.fingerprint, "erased": sorted(marks)}
    disk.replace_file(store / _FILE, json.dumps(said, indent=1).encode())


def _stated(store: Path) -> tuple[str, frozenset[str]] | None:
    try:
        said = json.loads((store / _FILE).read_bytes())
        return str(said["key"]), frozenset(map(str, said["erased"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ErasedError(
            f"файл {store / _FILE} пошкоджено: без нього вилучені люди повернулися б; відновіть його з резервної копії",
            f"the file {store / _FILE} is damaged: without it the erased would come back; restore it from a backup",
        ) from error
