"""Rows of people as they wait between the steps of a load: numbers and pseudonyms, no text of any cell.

A row is some ninety bytes. What its numbers stand for is kept beside the rows, once for each part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.contract import HOME_STATUSES, IDENTITY_STRENGTHS, PARTICIPANT_GROUPS
from etl.identity import KEY_COLUMNS

STATUSES: Final = ("attended", "no_show", "registered", "waitlisted", "cancelled")
"""Strongest first: a row's number is its status's place here."""
GROUPS: Final = tuple(sorted(PARTICIPANT_GROUPS))
SURETIES: Final = IDENTITY_STRENGTHS
NOT_STATED: Final = "not_stated"
NO_GROUP: Final = GROUPS.index(NOT_STATED)
OUTSIDE: Final = 32_001
"""In the place of a district's number; those of districts are smaller."""
NO_HOME: Final = 32_002
KEY_BYTES: Final = 32

Ints = np.ndarray[Any, np.dtype[np.int64]]

SCHEMA: Final = pa.schema(
    {
        "at": pa.int32(),
        "row": pa.int64(),
        "asked": pa.int32(),
        **{name: pa.binary(KEY_BYTES) for name in KEY_COLUMNS},
        "registered_at": pa.timestamp("us"),
        "status": pa.int8(),
        "participant_group": pa.int8(),
        "home": pa.int16(),
    }
)
"""``at``: number of the file and sheet, ``asked``: number of what is said of the event, both within the part."""

ASKED: Final = ("city_id", "event_code", "event_title", "event_starts")


@dataclass(frozen=True)
class Packed:
    """The rows of people of one part."""

    rows: pa.Table
    """`SCHEMA`, in the order of the e-mails' pseudonyms; rows without one at the end."""
    places: tuple[tuple[str, str], ...]
    """Of each ``at``: ``source_id`` and sheet."""
    asked: pd.DataFrame
    """Of each ``asked``: `ASKED`."""


def pack(rows: pd.DataFrame, districts: Sequence[str]) -> Packed:
    """Put cleaned rows into numbers.

    Args:
        rows: `ASKED`, ``at`` (number of its place in ``places``), ``row``, `KEY_COLUMNS` in hexadecimal,
            ``registered_at``, ``status``, ``participant_group``, ``home_district_code``, ``home_status``.
        districts: codes of the districts of all cities, sorted.

    Returns:
        The rows; ``places`` are for the caller to add.
    """
    asked, said = _numbered(rows[list(ASKED)])
    home = pd.Index(districts).get_indexer(pd.Index(rows["home_district_code"]))
    elsewhere = np.where(rows["home_status"] == "outside_city", OUTSIDE, NO_HOME)
    table = pa.table(
        {
            "at": rows["at"].to_numpy(),
            "row": rows["row"].to_numpy(),
            "asked": asked,
            **{name: packed_keys(rows[name]) for name in KEY_COLUMNS},
            "registered_at": pa.Array.from_pandas(rows["registered_at"], type=pa.timestamp("us")),
            "status": _places(rows["status"], STATUSES),
            "participant_group": _places(rows["participant_group"], GROUPS),
            "home": np.where(home >= 0, home, elsewhere),
        }
    ).cast(SCHEMA)
    return Packed(table.take(_order(table["email_key"])).combine_chunks(), (), said)


def packed_keys(keys: pd.Series) -> pa.Array:
    """Hexadecimal pseudonyms as bytes; missing stays missing."""
    texts = pa.array(keys, pa.large_string(), from_pandas=True)
    is_known = texts.is_valid()
    known = texts.drop_null()
    chunks = known.chunks if isinstance(known, pa.ChunkedArray) else [known]
    values = np.zeros((len(keys), KEY_BYTES), dtype=np.uint8)
    content = b"".join(bytes.fromhex("".join(chunk.to_pylist())) for chunk in chunks)
    values[is_known.to_numpy(zero_copy_only=False)] = np.frombuffer(content, dtype=np.uint8).reshape(-1, KEY_BYTES)
    valid = pa.array(keys.notna()).buffers()[1]
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(KEY_BYTES), len(keys), [valid, pa.py_buffer(values)])


def key_values(keys: pa.ChunkedArray | pa.Array) -> np.ndarray[Any, np.dtype[np.bytes_]]:
    """Pseudonyms as bytes that sort as their hexadecimal texts do; of a missing one the bytes mean nothing."""
    whole = keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], keys.type)
    if not len(whole):
        return np.array([], dtype=f"S{KEY_BYTES}")
    values = np.frombuffer(whole.buffers()[1], dtype=f"S{KEY_BYTES}", count=whole.offset + len(whole))
    return values[whole.offset :]


def hexadecimal(keys: np.ndarray[Any, np.dtype[np.bytes_]]) -> list[str]:
    """Pseudonyms as they are stored."""
    text = np.ascontiguousarray(keys).tobytes().hex()
    return [text[start : start + 2 * KEY_BYTES] for start in range(0, len(text), 2 * KEY_BYTES)]


def homes(home: Ints, districts: Sequence[str]) -> tuple[pa.Array, pa.Array]:
    """``home_district_code`` and ``home_status`` of homes' numbers."""
    is_district = home < OUTSIDE
    code = pa.DictionaryArray.from_arrays(
        pa.array(np.where(is_district, home, 0), pa.int32(), mask=~is_district),
        pa.array([*districts, ""] if not len(districts) else list(districts), pa.string()),
    )
    status = np.where(is_district, 0, np.where(home == OUTSIDE, 1, 2))
    return code, pa.DictionaryArray.from_arrays(pa.array(status, pa.int8()), pa.array(HOME_STATUSES))


def _places(texts: pd.Series, words: Sequence[str]) -> Ints:
    found: Ints = pd.Index(words).get_indexer(pd.Index(texts))
    return found


def numbered(said: pd.DataFrame) -> Ints:
    """Number of each row's combination of values; combinations are numbered as they come up."""
    number = np.zeros(len(said), dtype=np.int64)
    for name in said:
        codes, distinct = pd.factorize(said[name])
        number = pd.factorize(number * (len(distinct) + 1) + codes + 1)[0]
    return number


def _numbered(said: pd.DataFrame) -> tuple[Ints, pd.DataFrame]:
    """Number of each row's combination of texts, and the combinations."""
    number = numbered(said)
    first = np.unique(number, return_index=True)[1]
    return number, said.iloc[first].reset_index(drop=True)


def _order(keys: pa.ChunkedArray) -> Ints:
    is_missing = keys.is_null().to_numpy()
    # The first eight bytes are enough to find all rows whose pseudonym starts with given ones.
    start = key_values(keys).astype("S8").view(">u8").astype(np.uint64) if len(keys) else np.array([], dtype=np.uint64)
    order: Ints = np.lexsort((start, is_missing))
    return order
