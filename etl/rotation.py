"""A new key in the place of the old one, in steps that can be taken up again wherever they were cut short.

Beside the key's file lies ``….new`` until the new key is in force, then ``….old`` until everything was made anew.
Where ``….old`` lies and differs, a change was begun and not finished: the next `begin` takes it up.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl import disk
from etl.identity import KEY_BYTES, IdentityError, Key, read_key, write_key


@dataclass(frozen=True)
class Rotation:
    """A change of keys under way."""

    path: Path
    old: Key
    new: Key
    is_taken_up: bool
    """An earlier change was cut short once the new key was in force; this one finishes it."""


def begin(path: Path, make: Callable[[int], bytes]) -> Rotation:
    """Write a new key beside the old one, which stays in force.

    Raises:
        IdentityError: a key cannot be used (see `etl.identity.read_key`), or written.
    """
    key = read_key(path)
    if _old(path).exists() and read_key(_old(path)) != key:
        return Rotation(path, read_key(_old(path)), key, is_taken_up=True)
    try:
        for left_over in (_old(path), _new(path)):
            disk.remove_file(left_over)
        write_key(_new(path), make(KEY_BYTES).hex())
    except OSError as error:
        raise _unusable(path, error) from error
    return Rotation(path, key, read_key(_new(path)), is_taken_up=False)


def put_in_force(rotation: Rotation) -> None:
    """Make the new key the key, in one step; the old one is kept aside.

    Raises:
        IdentityError: the files cannot be written.
    """
    if rotation.is_taken_up:
        return
    path = rotation.path
    try:
        os.link(path, _old(path))
        disk.move(_new(path), path)
        disk.sync(path.parent)
    except OSError as error:
        raise _unusable(path, error) from error


def abandon(rotation: Rotation) -> None:
    """Forget a new key that never came in force."""
    if not rotation.is_taken_up and _new(rotation.path).exists():
        disk.remove_file(_new(rotation.path))
        disk.remove_file(_old(rotation.path))


def forget_old(rotation: Rotation) -> None:
    """Remove the old key: what was made with it can be tied to nobody any more."""
    disk.remove_file(_old(rotation.path))


def former_key(path: Path) -> Key | None:
    """The key before the last change, where it was kept.

    Raises:
        IdentityError: it is there and cannot be used.
    """
    return read_key(_old(path)) if _old(path).exists() else None


def carried_over(
    marks: frozenset[str], before: pd.DataFrame, after: pd.DataFrame, rotation: Rotation
) -> frozenset[str]:
    """Marks of the erased under the new key, for those who stand in the inbox.

    Who stands there no more cannot be marked anew, for nothing but the old key knows them.

    Args:
        marks: marks under the old key.
        before: the rows of people in the inbox under the old key, as `etl.pipeline.sign_ups` returns them.
        after: the same rows under the new key.
        rotation: the change.
    """
    found = set()
    for column in ("email_key", "phone_key"):
        pairs = pd.DataFrame({"old": before[column], "new": after[column]}).dropna().drop_duplicates()
        found |= {
            rotation.new.mark(new) for old, new in pairs.itertuples(index=False) if rotation.old.mark(old) in marks
        }
    return frozenset(found)


def _new(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _old(path: Path) -> Path:
    return path.with_name(f"{path.name}.old")


def _unusable(path: Path, error: OSError) -> IdentityError:
    return IdentityError(
        f"біля файлу ключа {path} не вдалося записати: {error.strerror}; ключ лишився попередній",
        f"beside the key file {path} nothing could be written: {error.strerror}; the key is the former one",
    )
