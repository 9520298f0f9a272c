"""What is told of rows, however many: each word kept once, each remark a few numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.issues import REASONS
from etl.suggestions import no_suggestions
from etl.transform.rows import ADDRESS

Ints = np.ndarray[Any, np.dtype[np.int64]]

_WORD: Final = pa.dictionary(pa.int32(), pa.string())
_SCHEMA: Final = pa.schema(
    {
        "source_id": _WORD,
        "sheet": _WORD,
        "row": pa.int64(),
        "field": _WORD,
        "code": _WORD,
        "suggestion_uk": _WORD,
        "suggestion_en": _WORD,
        "certainty_pct": pa.int64(),
    }
)
_ROW_BITS: Final = 40
OUTCOMES: Final = {code: reason.outcome for code, reason in REASONS.items()}


@dataclass(frozen=True)
class Remarks:
    """Remarks: the address, ``field`` (raw field or header), ``code``, and what may have been meant."""

    table: pa.Table

    @classmethod
    def of(cls, frames: Iterable[pd.DataFrame], suggestions: pd.DataFrame | None = None) -> Remarks:
        """From frames with the address, ``field`` and ``code``, and `etl.suggestions.SUGGESTED` for some of them."""
        found = [frame[[*ADDRESS, "field", "code"]] for frame in frames if len(frame)]
        if not found:
            return cls(_SCHEMA.empty_table())
        whole = pd.concat(found, ignore_index=True)
        meant = no_suggestions() if suggestions is None else suggestions
        whole = whole.merge(meant.drop_duplicates([*ADDRESS, "code"]), on=[*ADDRESS, "code"], how="left")
        return cls(_packed({name: whole[name] for name in _SCHEMA.names}))

    @classmethod
    def at(cls, places: Sequence[tuple[str, str]], at: Ints, row: Ints, code: str, field: str | None = None) -> Remarks:
        """One remark, made about the rows at these places."""
        sources, sheets = ([place[part] for place in places] for part in (0, 1))
        count = len(at)
        nothing = pa.nulls(count, pa.int32())
        same = pa.array(np.zeros(count, dtype=np.int32))
        return cls(
            pa.table(
                {
                    "source_id": _chosen(at, sources),
                    "sheet": _chosen(at, sheets),
                    "row": pa.array(row, pa.int64()),
                    "field": pa.DictionaryArray.from_arrays(same if field else nothing, [field or ""]),
                    "code": pa.DictionaryArray.from_arrays(same, [code]),
                    "suggestion_uk": pa.DictionaryArray.from_arrays(nothing, [""]),
                    "suggestion_en": pa.DictionaryArray.from_arrays(nothing, [""]),
                    "certainty_pct": pa.nulls(count, pa.int64()),
                },
                schema=_SCHEMA,
            )
        )

    @classmethod
    def joined(cls, several: Iterable[Remarks]) -> Remarks:
        """All of them, in this order."""
        tables = [_SCHEMA.empty_table(), *(one.table for one in several if len(one))]
        return cls(pa.concat_tables(tables).unify_dictionaries().combine_chunks())

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def settled(self, loaded: pd.DataFrame) -> Remarks:
        """What is told of each row in the end: why it was left out, else all flags it was loaded with.

        Args:
            loaded: addresses of rows that went in, as far as their remarks do not say so by themselves: a row of a
                list of people is left out when a remark says so.

        Returns:
            Each remark once, in the order of source, sheet, row and code.
        """
        if not len(self):
            return self
        outcome = self.outcomes()
        at, loaded_at = self._addresses(loaded)
        is_left_out = outcome != "flagged"
        is_loaded = np.isin(at, loaded_at)
        is_rejected = np.isin(at, at[outcome == "rejected"]) & ~is_loaded
        is_duplicate = np.isin(at, at[outcome == "duplicate"]) & ~is_loaded & ~is_rejected
        keep = np.where(
            is_left_out,
            ((outcome == "rejected") & is_rejected) | ((outcome == "duplicate") & is_duplicate),
            ~is_rejected & ~is_duplicate,
        )
        kept = self.table.filter(pa.array(keep))
        code, row = _ranks(kept["code"]), kept["row"].to_numpy()
        source, sheet = _ranks(kept["source_id"]), _ranks(kept["sheet"])
        order = np.lexsort((code, row, sheet, source))
        keys = np.stack([source, sheet, row, code])[:, order]
        is_first = np.ones(len(order), dtype=bool)
        is_first[1:] = (np.diff(keys) != 0).any(axis=0)
        return Remarks(kept.take(pa.array(order[is_first])))

    def _addresses(self, loaded: pd.DataFrame) -> tuple[Ints, Ints]:
        """A number for each remark's address, and for each of the addresses."""
        places: dict[tuple[str, str], int] = {}
        mine = [_coded(self.table[name]) for name in ("source_id", "sheet")]
        theirs = [_coded_texts(loaded[name]) for name in ("source_id", "sheet")]
        numbers = []
        for source_id, sheet in (mine, theirs):
            pairs = source_id.numbers * len(sheet.words) + sheet.numbers
            found, inverse = np.unique(pairs, return_inverse=True)
            each = [divmod(pair, len(sheet.words)) for pair in found.tolist()]
            known = [places.setdefault((source_id.words[a], sheet.words[b]), len(places)) for a, b in each]
            numbers.append(np.array(known, dtype=np.int64)[inverse])
        rows = self.table["row"].to_numpy(), loaded["row"].to_numpy(dtype=np.int64)
        return numbers[0] << _ROW_BITS | rows[0], numbers[1] << _ROW_BITS | rows[1]

    def cells(self) -> tuple[Ints, list[tuple[str, str, str | None]]]:
        """Of each remark the number of the column it is about, and these: ``source_id``, sheet, ``field`` or None."""
        source, sheet, field = (_coded(self.table[name]) for name in ("source_id", "sheet", "field"))
        # Room for a missing field, whose number is -1.
        sheets, fields = max(len(sheet.words), 1), len(field.words) + 1
        found, number = np.unique(
            (source.numbers * sheets + sheet.numbers) * fields + field.numbers + 1, return_inverse=True
        )
        words = [None, *field.words]
        return number, [
            (source.words[at // fields // sheets], sheet.words[at // fields % sheets], words[at % fields])
            for at in found.tolist()
        ]

    def outcomes(self) -> np.ndarray[Any, np.dtype[Any]]:
        """Outcome of each remark's reason."""
        codes = _coded(self.table["code"])
        return np.array([REASONS[code].outcome for code in codes.words], dtype=object)[codes.numbers]

    def counts(self) -> dict[str, dict[str, int]]:
        """For each source how many rows each code was told of."""
        pairs = self.table.group_by(["source_id", "code"]).aggregate([([], "count_all")])
        found: dict[str, dict[str, int]] = {}
        for source_id, code, rows in zip(*(pairs[name].to_pylist() for name in pairs.column_names), strict=True):
            found.setdefault(source_id, {})[code] = rows
        return {source_id: dict(sorted(rows.items())) for source_id, rows in found.items()}

    def ended(self) -> dict[tuple[str, str], int]:
        """For each source and outcome but ``flagged`` how many rows ended so."""
        outcome = self.outcomes()
        ended = Remarks(self.table.filter(pa.array(outcome != "flagged")))
        sources = np.array(ended.table["source_id"].cast(pa.string()).to_pylist(), dtype=object)
        rows = pd.DataFrame(
            {
                "source_id": sources,
                "sheet": _coded(ended.table["sheet"]).numbers,
                "row": ended.table["row"].to_numpy(),
                "outcome": outcome[outcome != "flagged"],
            }
        ).drop_duplicates()
        found = rows.groupby(["source_id", "outcome"], as_index=False).size()
        return {(str(at), str(how)): int(count) for at, how, count in found.itertuples(index=False)}

    def slices(self) -> Mapping[str, tuple[int, int]]:
        """Where in settled remarks those of each source begin and end."""
        codes = _coded(self.table["source_id"])
        edges = [0, *(np.flatnonzero(np.diff(codes.numbers)) + 1).tolist(), len(self)]
        return {codes.words[codes.numbers[start]]: (start, end) for start, end in pairwise(edges) if end > start}

    def mapped(self, words: Mapping[str, str]) -> pa.ChunkedArray:
        """For each remark what its code is mapped to."""
        codes = self.table["code"].unify_dictionaries()
        return pa.chunked_array(
            [
                pa.DictionaryArray.from_arrays(
                    chunk.indices, pa.array([words[code] for code in chunk.dictionary.to_pylist()], pa.string())
                )
                for chunk in codes.chunks
            ],
            _WORD,
        )

    def between(self, start: int, end: int) -> Remarks:
        """Some of the remarks."""
        # A slice would take the whole table with it into another process.
        return Remarks(self.table.take(pa.array(np.arange(start, end))))

    def frame(self, start: int, end: int) -> pd.DataFrame:
        """Some of the remarks as a frame of plain texts, with ``outcome``."""
        some = self.between(start, end)
        return frame_of(some.table.append_column("outcome", some.mapped(OUTCOMES)))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table of texts and whole numbers as a frame."""
    return pd.DataFrame({name: _plain(table[name]) for name in table.column_names})


def _packed(columns: Mapping[str, pd.Series]) -> pa.Table:
    return pa.table(
        {
            name: pa.Array.from_pandas(column, type=pa.int64())
            if name in {"row", "certainty_pct"}
            else pa.Array.from_pandas(column.astype("str"), type=pa.string()).dictionary_encode()
            for name, column in columns.items()
        }
    ).cast(_SCHEMA)


def _chosen(at: Ints, words: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(at, pa.int32()), pa.array(words or [""], pa.string()))


@dataclass(frozen=True)
class _Coded:
    """Texts as places in their sorted words; -1 for a missing one."""

    numbers: Ints
    words: Sequence[str]


def _coded(column: pa.ChunkedArray) -> _Coded:
    chunks = column.unify_dictionaries().chunks
    if not chunks:
        return _Coded(np.array([], dtype=np.int64), [])
    words = chunks[0].dictionary.to_pylist()
    # A dictionary may hold a word twice.
    distinct = sorted(set(words))
    place = {word: number for number, word in enumerate(distinct)}
    places = np.array([*(place[word] for word in words), -1], dtype=np.int64)
    indices = [chunk.indices.fill_null(len(words)).to_numpy(zero_copy_only=False) for chunk in chunks]
    return _Coded(places[np.concatenate(indices).astype(np.int64)], distinct)


def _coded_texts(texts: pd.Series) -> _Coded:
    numbers, words = pd.factorize(texts, sort=True)
    return _Coded(numbers.astype(np.int64), [str(word) for word in words])


def _ranks(column: pa.ChunkedArray) -> Ints:
    """Each word's place in the order of the words; missing before all."""
    return _coded(column).numbers


def _plain(column: pa.ChunkedArray) -> pd.Series:
    if not pa.types.is_integer(column.type):
        return pd.Series(pc.cast(column, pa.string()).to_pandas(), dtype="str")
    found: pd.Series = column.to_pandas(integer_object_nulls=True)
    return found.astype("int64" if column.null_count == 0 and len(found) else "Int64")
