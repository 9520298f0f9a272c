"""The second step of a load: rows of people of all parts → one registration per event and person.

Rows are put together by their person's pseudonym, so that a bucket of people is settled without any other bucket.
`settle_bucket` is a plain function of its rows and may run anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.packed import (
    KEY_BYTES,
    NO_GROUP,
    NO_HOME,
    OUTSIDE,
    STATUSES,
    Ints,
    key_values,
)

LATEST: Final = np.iinfo(np.int64).max
"""In the place of a time that is not stated."""

BUCKET: Final = pa.schema(
    {
        "event": pa.int32(),
        "person": pa.binary(KEY_BYTES),
        "is_phone": pa.bool_(),
        "identity": pa.int8(),
        "place": pa.int32(),
        "row": pa.int64(),
        "registered_at": pa.timestamp("us"),
        "status": pa.int8(),
        "participant_group": pa.int8(),
        "home": pa.int16(),
    }
)
"""Rows whose person is known. ``event`` and ``place``: numbers in the order of events' ids and of files and sheets."""

_FACTS: Final = {
    "event": np.int32,
    "person": np.int32,
    "identity": np.int8,
    "registered_at": np.int64,
    "status": np.int8,
    "participant_group": np.int8,
    "home": np.int16,
    "place": np.int32,
}

Columns = dict[str, "np.ndarray[Any, Any]"]


@dataclass(frozen=True)
class Settled:
    """What became of one bucket."""

    facts: Columns
    """One entry per event and person, in the order of people: ``event``, ``person`` (number within the bucket, in the
    order of pseudonyms),
    ``identity``, ``registered_at`` (microseconds, `LATEST` for none), ``status``, ``participant_group``, ``home``,
    ``place``."""
    pseudonyms: np.ndarray[Any, np.dtype[np.bytes_]]
    """Of each person."""
    is_phone: np.ndarray[Any, np.dtype[np.bool_]]
    """Whether the pseudonym was made from a phone."""
    repeats: tuple[Ints, Ints]
    """``place`` and ``row`` of rows that repeat another one."""


def settle_bucket(rows: pa.Table) -> Settled:
    """One registration per event and person; the others are repetitions.

    The strongest status stays (attended, no-show, registered, waitlisted, cancelled), and with it how surely its row
    is the person's; group, home and the earliest time of sign-up come from whichever row states them, in that order.

    Args:
        rows: `BUCKET`, in any order.
    """
    person, pseudonyms, is_phone = _people(rows)
    columns: Columns = {name: rows[name].to_numpy() for name in ("event", "identity", "place", "row", "status")}
    columns |= {name: rows[name].to_numpy() for name in ("participant_group", "home")}
    columns["person"] = person
    columns["registered_at"] = moments(rows["registered_at"])
    both = columns["event"].astype(np.int64) * (len(pseudonyms) + 1) + person
    order = np.argsort(both, kind="stable")
    ordered = both[order]
    is_alone = np.ones(len(order), dtype=bool)
    is_alone[1:] &= ordered[1:] != ordered[:-1]
    is_alone[:-1] &= ordered[:-1] != ordered[1:]
    alone = order[is_alone]
    several, repeats = _several(columns, order[~is_alone], both)
    facts = {
        name: np.concatenate([columns[name][alone], several[name]]).astype(dtype) for name, dtype in _FACTS.items()
    }
    by_person = np.argsort(facts["person"], kind="stable")
    facts = {name: column[by_person] for name, column in facts.items()}
    return Settled(facts, pseudonyms, is_phone, (columns["place"][repeats].astype(np.int64), columns["row"][repeats]))


def moments(column: pa.ChunkedArray) -> Ints:
    """Times as microseconds; `LATEST` for none."""
    found: Ints = column.cast(pa.int64()).fill_null(LATEST).to_numpy()
    return found


def _people(rows: pa.Table) -> tuple[Ints, np.ndarray[Any, np.dtype[np.bytes_]], np.ndarray[Any, np.dtype[np.bool_]]]:
    coded = rows["person"].combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.chunk(0) if coded.num_chunks else pa.array([], pa.binary(KEY_BYTES)).dictionary_encode()
    values, codes = key_values(coded.dictionary), coded.indices.to_numpy()
    order = np.argsort(values)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    person = rank[codes]
    is_phone = np.zeros(len(order), dtype=bool)
    is_phone[person] = rows["is_phone"].to_numpy()
    return person, values[order], is_phone


def _several(columns: Columns, at: Ints, both: Ints) -> tuple[Columns, Ints]:
    """Settle the rows that share their event and person with another; and which of them are repetitions."""
    some = {name: column[at] for name, column in columns.items()}
    key = both[at]
    order = np.lexsort(
        (
            some["row"],
            some["place"],
            np.minimum(some["home"], OUTSIDE),
            some["participant_group"],
            some["registered_at"],
            some["identity"],
            some["status"],
            key,
        )
    )
    key = key[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.array([], dtype=int)
    first = {name: column[order][starts] for name, column in some.items()}
    if len(starts):
        first["registered_at"] = np.minimum.reduceat(some["registered_at"][order], starts)
        first["participant_group"] = _first_said(some["participant_group"][order], starts, NO_GROUP)
        first["home"] = _first_said(some["home"][order], starts, NO_HOME)
    is_repeat = np.ones(len(order), dtype=bool)
    is_repeat[starts] = False
    return first, at[order[is_repeat]]


def _first_said(values: Ints, starts: Ints, nothing: int) -> Ints:
    """The first of each run of values that says something."""
    last = len(values)
    at = np.minimum.reduceat(np.where(values != nothing, np.arange(last), last), starts)
    found: Ints = np.where(at < last, values[np.minimum(at, last - 1)], nothing)
    return found


NOBODY: Final = (
    "event",
    "source",
    "place",
    "row",
    "name",
    "registered_at",
    "status",
    "participant_group",
    "home",
)


def settle_nobody(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of which nothing tells who it is: they stay, unless all of a row is repeated.

    With a name a row repeats another when both say the same; without one, when it is the same one of such rows in
    another file: ten anonymous rows of one sheet are ten visitors, and in a second copy of the sheet not ten more.

    Args:
        rows: `NOBODY`: numbers, and ``name``, the name's pseudonym or None.

    Returns:
        Rows that stay, in the order of event, name, what they say and address; and repetitions.
    """
    ranked = rows.assign(_home=np.minimum(rows["home"], OUTSIDE)).sort_values(
        ["event", "status", "registered_at", "participant_group", "_home", "place", "row"], ignore_index=True
    )
    whole_row = ["event", "name", "registered_at", "status", "participant_group", "home"]
    nth = ranked.groupby(["source", *whole_row], dropna=False).cumcount().where(ranked["name"].isna(), 0)
    is_repeat = ranked.assign(_nth=nth).duplicated([*whole_row, "_nth"])
    return ranked[~is_repeat].drop(columns="_home"), ranked[is_repeat].drop(columns="_home")


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of nobody in the order in which they are numbered: that of the words that they say."""
    by_word = np.argsort(np.argsort(np.array(STATUSES)))
    # «district» comes before «not_stated» and this before «outside_city».
    elsewhere = rows["home"].map({NO_HOME: 1, OUTSIDE: 2}).fillna(0)
    ordered = rows.assign(
        _status=by_word[rows["status"].to_numpy(dtype=np.int64)],
        _home=np.minimum(rows["home"], OUTSIDE),
        _else=elsewhere,
    ).sort_values(
        ["event", "name", "registered_at", "_status", "participant_group", "_home", "_else", "place", "row"],
        ignore_index=True,
    )
    return ordered.drop(columns=["_status", "_home", "_else"])
