"""Person → pseudonym: a keyed hash of the contact, made right after a file is read.

Raw names, e-mails and phones enter here and go no further. No error, log line or stored value repeats one.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.contacts import e164, email_address, email_addresses, phone_numbers
from etl.errors import SpokenError
from etl.transform.rows import at_once
from etl.transform.text import fold, fold_all

KEY_BYTES: Final = 32
"""Shortest key that is taken; HMAC-SHA-256 gains nothing from a longer one."""

KEY_COLUMNS: Final = ("email_key", "phone_key", "name_key")
_PERSON_COLUMNS: Final = ("person_name", "person_email", "person_phone")

_WELL_KNOWN: Final = ("changeme", "change-me", "secret", "password", "example", "civicspace", "test", "key")
_FEWEST_DISTINCT_BYTES: Final = 8
_BLOCK_BYTES: Final = 64
"""Of SHA-256."""


class IdentityError(SpokenError):
    """The key for pseudonyms cannot be used. Says why and what to do, never what the key is."""


@dataclass(frozen=True)
class Key:
    """The secret that pseudonyms are made with."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < KEY_BYTES:
            raise IdentityError(
                f"ключ має {len(self.secret)} байтів, а треба щонайменше {KEY_BYTES}; зробіть: openssl rand -hex 32",
                f"the key has {len(self.secret)} bytes; at least {KEY_BYTES} are needed: openssl rand -hex 32",
            )
        text = self.secret.lower()
        repeats_a_word = any(not text.replace(word.encode(), b"").strip(b"-_. 0123456789") for word in _WELL_KNOWN)
        if len(set(self.secret)) < _FEWEST_DISTINCT_BYTES or repeats_a_word:
            raise IdentityError(
                "такий ключ загальновідомий; зробіть свій: openssl rand -hex 32",
                "the key is a well-known default; make one with: openssl rand -hex 32",
            )

    def email(self, text: str) -> str | None:
        """Pseudonym of an e-mail address, hexadecimal; ``None`` when the text is none."""
        address = email_address(text)
        return self._hash("email", address) if address else None

    def phone(self, text: str) -> str | None:
        """Pseudonym of a phone number (Ukrainian unless it names a country); ``None`` when the text is none."""
        number = e164(text)
        return self._hash("phone", number) if number else None

    def name(self, text: str, *, fewest_words: int = 1) -> str | None:
        """Hash of a name, whatever its order, case and apostrophe; ``None`` of fewer words. It stays in the pipeline.

        It shows that a row without contact repeats, or that its person stands in another list of the same event.
        """
        words = sorted(fold(text).split())
        return self._hash("name", " ".join(words)) if len(words) >= fewest_words else None

    def emails(self, texts: pa.StringArray) -> pa.StringArray:
        """`email` of each text."""
        return self._hashes("email", email_addresses(texts))

    def phones(self, texts: pa.StringArray) -> pa.StringArray:
        """`phone` of each text."""
        return self._hashes("phone", phone_numbers(texts))

    def names(self, texts: pa.StringArray, *, fewest_words: int = 1) -> pa.StringArray:
        """`name` of each text."""
        words = (sorted(folded.split()) for folded in fold_all(texts))
        known = (" ".join(found) if len(found) >= max(fewest_words, 1) else None for found in words)
        return self._hashes("name", pa.array(known, pa.string()))

    def full_names(self, texts: pa.StringArray) -> pa.StringArray:
        """`name` of each text, of two words or more."""
        return self.names(texts, fewest_words=2)

    def mark(self, pseudonym: str) -> str:
        """What is kept of somebody erased: not the pseudonym, which older copies of the data hold."""
        return self._hash("erased", pseudonym)

    @property
    def fingerprint(self) -> str:
        """Tells two keys apart and says nothing of either."""
        return self._hash("fingerprint", "")[:16]

    def _hash(self, what: str, value: str) -> str:
        return hmac.digest(self.secret, f"{what}:{value}".encode(), hashlib.sha256).hex()

    def _hashes(self, what: str, values: pa.StringArray) -> pa.StringArray:
        """`_hash` of each value that is there, made once for equal ones; what the key does is done once for all.

        Both halves of HMAC are spelled out (RFC 2104): copies of Python's own HMAC objects cost twice as much.
        """
        coded = values.dictionary_encode()
        secret = self.secret if len(self.secret) <= _BLOCK_BYTES else hashlib.sha256(self.secret).digest()
        inner, outer = (
            hashlib.sha256(bytes(byte ^ pad for byte in secret.ljust(_BLOCK_BYTES, b"\0"))) for pad in (0x36, 0x5C)
        )
        inner.update(f"{what}:".encode())
        digests = []
        for value in coded.dictionary.cast(pa.binary()).to_pylist():
            of_value, made = inner.copy(), outer.copy()
            of_value.update(value)
            made.update(of_value.digest())
            digests.append(made.digest())
        text = b"".join(digests).hex().encode()
        offsets = np.arange(len(digests) + 1, dtype=np.int32) * 2 * KEY_BYTES
        hexadecimal = pa.StringArray.from_buffers(len(digests), pa.py_buffer(offsets), pa.py_buffer(text))
        return hexadecimal.take(coded.indices)


def pseudonymise(frame: pd.DataFrame, key: Key) -> pd.DataFrame:
    """Replace who a person is by keyed hashes.

    Args:
        frame: columns ``person_name``, ``person_email``, ``person_phone`` (text or missing) and any others.
        key: the secret to hash with.

    Returns:
        The frame without these columns, with ``email_key`` and ``phone_key`` instead (hexadecimal; missing where no
        cell holds a valid contact; one that stands in another's column is found there), and ``name_key``: of rows
        without contact that of any name, of the others that of a full name, of two words or more. Same rows, same
        order.
    """
    name, email, phone = (frame[column] for column in _PERSON_COLUMNS)
    email_key = _first_found((email, phone, name), key.emails)
    phone_key = _first_found((phone, email, name), key.phones)
    is_unknown = email_key.isna() & phone_key.isna()
    name_key = at_once(name, key.full_names)
    if is_unknown.any():
        name_key = name_key.where(~is_unknown, at_once(name[is_unknown], key.names).reindex(name.index))
    return frame.drop(columns=list(_PERSON_COLUMNS)).assign(email_key=email_key, phone_key=phone_key, name_key=name_key)


def _first_found(columns: Sequence[pd.Series], resolve: Callable[[pa.StringArray], pa.StringArray]) -> pd.Series:
    """What the first column resolves to; where that is nothing, what the next one does."""
    found = at_once(columns[0], resolve)
    for texts in columns[1:]:
        is_missing = found.isna()
        others = at_once(texts[is_missing], resolve) if is_missing.any() else found[:0]
        if others.notna().any():
            found = found.where(~is_missing, others.reindex(found.index))
    return found


def load_key(
    environ: Mapping[str, str],
    home: Path,
    forbidden: Sequence[Path],
    make: Callable[[int], bytes] | None = secrets.token_bytes,
) -> Key:
    """Load the key, or make one on first use.

    ``CIVICSPACE_KEY`` holds the key itself; else it lies in the file that `key_path` names. A new file is readable by
    its owner only.

    Args:
        environ: the environment.
        home: the user's home folder.
        forbidden: folders that are copied, published or backed up with the data, where the key may not lie.
        make: source of random bytes; ``None`` where only the key already in use will do.

    Raises:
        IdentityError: the key is short, a well-known default, in a forbidden folder, readable by others, or the
            file cannot be read or made.
    """
    if stated := environ.get("CIVICSPACE_KEY"):
        return Key(stated.strip().encode())
    path = key_path(environ, home, forbidden)
    if make and not path.exists():
        try:
            write_key(path, make(KEY_BYTES).hex())
        except OSError as error:
            raise _unusable(path, error) from error
    return read_key(path)


def key_path(environ: Mapping[str, str], home: Path, forbidden: Sequence[Path]) -> Path:
    """The key's file: ``CIVICSPACE_KEY_FILE``, else ``civicspace/identity.key`` in ``XDG_CONFIG_HOME`` (``~/.config``).

    Raises:
        IdentityError: it lies in a forbidden folder.
    """
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    path = Path(environ.get("CIVICSPACE_KEY_FILE") or config / "civicspace" / "identity.key").expanduser().resolve()
    for folder in forbidden:
        if path.is_relative_to(folder.resolve()):
            raise IdentityError(
                f"файл ключа {path} лежить у {folder}, поруч із даними, які захищає; "
                "вкажіть інше місце в CIVICSPACE_KEY_FILE",
                f"the key file {path} lies inside {folder}, beside the data it protects; "
                "name another place in CIVICSPACE_KEY_FILE",
            )
    return path


def read_key(path: Path) -> Key:
    """Read a key's file.

    Raises:
        IdentityError: others may read it, it cannot be read, or the key in it is short or a well-known default.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise IdentityError(
                f"файл ключа {path} можуть читати інші; виконайте: chmod 600 {path}",
                f"others may read the key file {path}; run: chmod 600 {path}",
            )
        return Key(path.read_bytes().strip())
    except OSError as error:
        raise _unusable(path, error) from error


def write_key(path: Path, text: str) -> None:
    """Write a new key's file that only its owner reads, and wait until it is on the disk.

    Raises:
        OSError: it cannot be written, or is there already.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Exclusive: of two first runs at once, one makes the key and the other fails rather than overwrite it.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _unusable(path: Path, error: OSError) -> IdentityError:
    return IdentityError(
        f"файлом ключа {path} не можна скористатися: {error.strerror}",
        f"the key file {path} cannot be used: {error.strerror}",
    )
