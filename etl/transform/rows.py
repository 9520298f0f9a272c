"""What every table's transform shares: rows that know their address, remarks about them, and settling repeats."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import pyarrow as pa

from etl.sources.raw import RAW_COLUMNS, Dataset, RawTable

ADDRESS: Final = ["source_id", "sheet", "row"]
"""Where a row stands: its file, its sheet, the sender's own row number."""

CONTEXT: Final = ("event_code", "event_title", "event_starts")
_CONTEXT_COLUMNS: Final = tuple(f"of_{name}" for name in CONTEXT)
_REMARK_COLUMNS: Final = (*ADDRESS, "field", "code")
_ORIGIN_ORDER: Final = ("own", "public_list", "fact", "demo")
_UNIT: Final = "\x1f"


@dataclass(frozen=True)
class Part:
    """One table of one file, with what is known of the file."""

    source_id: str
    city_id: str
    origin: str
    table: RawTable


@dataclass(frozen=True)
class Result:
    """What one transform made.

    ``tables``: frames with the contract's columns. ``loaded``: addresses of the rows that went in.
    ``remarks``: address, ``field`` (raw field, or missing) and ``code`` (see ``etl.issues``).
    """

    tables: Mapping[str, pd.DataFrame]
    loaded: pd.DataFrame
    remarks: pd.DataFrame


def stack(parts: Iterable[Part], dataset: Dataset, columns: Sequence[str] = ()) -> pd.DataFrame:
    """Put tables of one data set under each other.

    Args:
        parts: tables of this data set.
        dataset: what they list.
        columns: their columns, where these are not the data set's raw columns.

    Returns:
        One row per row of the tables: ``city_id``, ``origin``, the address, the raw columns, and ``of_event_code``,
        ``of_event_title``, ``of_event_starts``: the event that the file as a whole is about. All columns for no parts.
    """
    fields = list(columns or RAW_COLUMNS[dataset])
    order = ["city_id", "origin", *ADDRESS, *fields, *_CONTEXT_COLUMNS]
    taken = [part for part in parts if len(part.table.frame)]
    if not taken:
        return pd.DataFrame(columns=order, dtype="str").astype({"row": "int64"})
    stacked = pd.concat([part.table.frame[["row", *fields]] for part in taken], ignore_index=True)
    # What is the same for all rows of a part is written once for all parts: files are many and small.
    of_part = pd.DataFrame(
        {
            "city_id": [part.city_id for part in taken],
            "origin": [part.origin for part in taken],
            "source_id": [part.source_id for part in taken],
            "sheet": [part.table.sheet for part in taken],
            **{f"of_{name}": [part.table.context.get(name) for part in taken] for name in CONTEXT},
        },
        dtype="str",
    )
    lengths = [len(part.table.frame) for part in taken]
    repeated = of_part.loc[of_part.index.repeat(lengths)].reset_index(drop=True)
    return pd.concat([repeated, stacked], axis=1)[order].astype(dict.fromkeys(fields, "str"))


def remarks(rows: pd.DataFrame, mask: pd.Series, code: str, field: str | None = None) -> pd.DataFrame:
    """One remark for each row under the mask."""
    if not mask.any():
        return pd.DataFrame()  # by far the most frequent case; `join_remarks` passes over it
    found: pd.DataFrame = rows.loc[mask, ADDRESS].assign(field=field, code=code)
    return found.astype({"field": "str", "code": "str"})


def join_remarks(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All remarks in one frame; the columns stand also when there is none."""
    found = [frame for frame in frames if len(frame)]
    if not found:
        empty = pd.DataFrame(columns=list(_REMARK_COLUMNS), dtype="str")
        return empty.astype({"row": "int64"})
    return pd.concat(found, ignore_index=True)


def settle(rows: pd.DataFrame, key: Sequence[str], content: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep one row per key; the others repeat it or contradict it.

    Of several rows with one key the city's own come before a public list's and these before demonstration data, the
    one with the most filled cells comes first, and between equals the order of their texts decides: never that of
    files or rows.

    Args:
        rows: address, ``origin``, the key's and the content's columns.
        key: columns that identify a record.
        content: columns that must be equal for a row to be a repetition.

    Returns:
        The rows kept, and remarks: ``duplicate_row`` for equal rows, ``same_id_other_content`` for others.
    """
    texts = rows[list(content)].astype("str").fillna("")
    joined = functools.reduce(operator.add, (texts[name] + _UNIT for name in content))
    ranked = rows.assign(
        _origin=rows["origin"].map(_ORIGIN_ORDER.index), _blank=(texts == "").sum(axis=1), _content=joined
    ).sort_values([*key, "_origin", "_blank", "_content", *ADDRESS])
    first = ~ranked.duplicated(list(key))
    same = ranked["_content"] == ranked.groupby(list(key), sort=False)["_content"].transform("first")
    kept = ranked[first].drop(columns=["_origin", "_blank", "_content"]).reset_index(drop=True)
    return kept, join_remarks(
        [remarks(ranked, ~first & same, "duplicate_row"), remarks(ranked, ~first & ~same, "same_id_other_content")]
    )


def over_pack(
    rows: pd.DataFrame, pack: pd.DataFrame, key: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Lay a city's own rows over those that ship with its pack.

    The city's own row takes the place of the pack's; where it leaves a cell blank the pack's value stays. Rows of
    public lists and of the demonstration never change what is publicly known of a real place or event.

    Args:
        rows: one row per key: address, ``origin`` and the table's columns.
        pack: the pack's rows of the same table. Of rows that are no facts (`etl.known`) any takes the place.
        key: the table's key.

    Returns:
        The rows that go in (blanks filled), the pack's rows that stay, and remarks (``duplicate_row``).
    """
    known = pack.set_index(list(key))
    keys = pd.MultiIndex.from_frame(rows[list(key)]) if len(key) > 1 else pd.Index(rows[key[0]])
    facts = known.index[known["origin"] == "fact"]
    is_held = pd.Series(keys.isin(facts), index=rows.index) & (rows["origin"] != "own")
    taken = rows[~is_held]
    merged = taken.set_index(list(key))
    for column in known.columns.intersection(merged.columns).difference(["origin", "source_id"]):
        merged[column] = merged[column].where(merged[column].notna(), known[column].reindex(merged.index))
    stays = pack[~pd.Series(known.index.isin(merged.index), index=pack.index)]
    return (
        merged.reset_index()[rows.columns],
        stays.reset_index(drop=True),
        remarks(rows, is_held, "duplicate_row"),
    )


def over_distinct(texts: pd.Series, resolve: Callable[[str], str | None]) -> pd.Series:
    """Resolve each distinct text once; missing where the text is missing or not resolved."""
    return at_once(texts, lambda distinct: pa.array([resolve(text) for text in distinct.to_pylist()], pa.string()))


def at_once(texts: pd.Series, resolve: Callable[[pa.StringArray], pa.StringArray]) -> pd.Series:
    """As `over_distinct`, with a function that resolves an array of distinct texts."""
    array = pa.array(texts, pa.string(), from_pandas=True)
    whole = pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) and array.num_chunks else array
    if not len(whole):
        return pd.Series([], index=texts.index, dtype="str")
    coded = whole.dictionary_encode()
    found = resolve(coded.dictionary).cast(pa.large_string()).take(coded.indices)
    return pd.Series(pd.array(found, dtype="str"), index=texts.index)
