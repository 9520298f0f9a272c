"""Holds the tables of a snapshot to the contract before they are published; nothing that fails is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
import pyarrow.compute as pc

from etl.contract import REFERENCES, TABLES, Table
from etl.tables import Tables

_SHOWN_PER_VIOLATION = 3


class ChecksError(ValueError):
    """Tables break the contract. ``violations`` lists every breach; none holds a value of a person."""

    def __init__(self, violations: tuple[str, ...]) -> None:
        super().__init__("\n".join(violations))
        self.violations = violations


def check(tables: Mapping[str, pd.DataFrame]) -> None:
    """Hold all tables to the contract: columns, types, missing values, vocabularies, keys, references, accounts.

    Raises:
        ChecksError: lists every violation, each with its table and column.
    """
    missing = [f"table {name} is missing" for name in TABLES if name not in tables]
    unexpected = [f"table {name} is not in the contract" for name in tables if name not in TABLES]
    if missing or unexpected:
        raise ChecksError((*missing, *unexpected))
    sources = tables["sources"]
    # A column that is missing is named by `_shape`.
    referred = {
        (to, column): _values(tables, to, column) for _, _, to, column in REFERENCES if _has(tables, to, column)
    }
    violations = [
        *(text for name in TABLES for text in _table(tables, name, referred)),
        *_accounts(sources),
    ]
    if violations:
        raise ChecksError(tuple(violations))


def schema(table: Table) -> pandera.DataFrameSchema:
    """The pandera schema of one table: exact columns and types, nullability, vocabularies, unique key."""
    return pandera.DataFrameSchema(
        {
            column.name: pandera.Column(
                table.dtypes[column.name],
                checks=pandera.Check.isin(column.values) if column.values else None,
                nullable=column.nullable,
            )
            for column in table.columns
        },
        unique=list(table.key),
        strict=True,
        ordered=True,
    )


def _has(tables: Mapping[str, pd.DataFrame], name: str, column: str) -> bool:
    # A long table is made with the contract's schema.
    return (isinstance(tables, Tables) and tables.is_long(name)) or column in tables[name]


def _values(tables: Mapping[str, pd.DataFrame], name: str, column: str) -> pd.Index:
    """All values of a column that others refer to."""
    if isinstance(tables, Tables) and tables.is_long(name):
        values = pd.Index(np.concatenate([piece[column].to_numpy() for piece in tables.pieces(name)]))
    else:
        values = pd.Index(tables[name][column].dropna())
    distinct: pd.Index = values.unique()
    return distinct


def _table(
    tables: Mapping[str, pd.DataFrame], name: str, referred: Mapping[tuple[str, str], pd.Index]
) -> Iterator[str]:
    """Breaches of one table; a long one is looked at piece by piece."""
    table = TABLES[name]
    references = [each[1:] for each in REFERENCES if each[0] == name and each[2:] in referred]
    dangling: Counter[tuple[str, str, str]] = Counter()
    if isinstance(tables, Tables) and tables.is_long(name):

        def counted() -> Iterator[pa.Table]:
            for piece in tables.pieces(name):
                dangling.update({each: _missing(piece[each[0]], referred[each[1:]]) for each in references})
                yield piece

        # Each piece is made anew whenever it is asked for, so it is asked for once.
        yield from _pieces(table, counted())
    else:
        frame = tables[name]
        yield from _shape(table, frame)
        for each in references:
            if each[0] in frame:
                dangling[each] = int((~frame[each[0]].dropna().isin(referred[each[1:]])).sum())
    for (column, to, other), count in dangling.items():
        if count:
            yield f"{name}.{column}: {count} rows refer to no row of {to}.{other}"


def _missing(column: pa.ChunkedArray, known: pd.Index) -> int:
    """How many of a column's values are not among those that are known."""
    stated = column.drop_null()
    if not len(known):
        return len(stated)
    if pa.types.is_integer(stated.type):
        # A table of hashes of all people would be made anew for every piece.
        values, numbers = np.sort(known.to_numpy()), stated.to_numpy()
        return int((values[np.searchsorted(values, numbers).clip(max=len(values) - 1)] != numbers).sum())
    return len(stated) - int(pc.sum(pc.is_in(stated, value_set=pa.array(known, stated.type))).as_py() or 0)


def _pieces(table: Table, pieces: Iterable[pa.Table]) -> Iterator[str]:
    """Breaches of the pieces of a long table: the same as `_shape` holds a frame to, and the order of the key."""
    breaches: Counter[str] = Counter()
    last = table.arrow_schema().empty_table().select(list(table.key))
    for piece in pieces:
        if piece.schema != table.arrow_schema():
            yield f"{table.name}: {piece.schema.to_string()} is not the contract's schema"
            return
        for column in table.columns:
            values = piece[column.name]
            if not column.nullable:
                breaches[f"{column.name}: not_nullable"] += values.null_count
            if column.values:
                distinct = pc.value_counts(values.drop_null())
                others = (each["counts"] for each in distinct.to_pylist() if each["values"] not in column.values)
                breaches[f"{column.name}: isin({list(column.values)})"] += sum(others)
            elif pa.types.is_string(values.type):
                # An empty text passes for a present one everywhere after this point.
                breaches[f"{column.name}: empty text, where missing is meant"] += (
                    pc.sum(pc.equal(pc.binary_length(values), 0)).as_py() or 0
                )
        keys = pa.concat_tables([last, piece.select(list(table.key))])
        is_in_order = _is_ascending(keys)
        breaches[f"rows are not in the order of {', '.join(table.key)}, or one of them comes twice"] += not is_in_order
        last = keys.slice(max(keys.num_rows - 1, 0))
    for breach, cases in breaches.items():
        if cases:
            yield f"{table.name}.{breach} ({cases} cases)"


def _is_ascending(keys: pa.Table) -> bool:
    """Whether each row's key comes after that of the row before it."""
    is_after = np.zeros(max(keys.num_rows - 1, 0), dtype=bool)
    is_same = ~is_after
    for column in keys.columns:
        last, this = column.slice(0, len(is_after)), column.slice(1)
        is_after |= is_same & pc.greater(this, last).fill_null(False).to_numpy()
        is_same &= pc.equal(this, last).fill_null(False).to_numpy()
    return bool(is_after.all())


def _shape(table: Table, frame: pd.DataFrame) -> Iterator[str]:
    try:
        schema(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        for (column, breach), rows in cases.groupby(["column", "check"], dropna=False, sort=True):
            at = rows["index"].dropna().unique()
            where = f"; first rows {[int(row) for row in at[:_SHOWN_PER_VIOLATION]]}" if len(at) else ""
            yield f"{table.name}.{column}: {breach} ({len(rows)} cases{where})"
    for column in table.columns:
        # An empty text passes for a present one everywhere after this point.
        if column.name in frame and frame[column.name].dtype == "str" and (frame[column.name] == "").any():
            yield f"{table.name}.{column.name}: empty text, where missing is meant"


def _accounts(sources: pd.DataFrame) -> Iterator[str]:
    names = ["rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count"]
    if not {"source_id", *names} <= set(sources):
        return  # named by _shape
    read, loaded, duplicate, rejected = (sources[name] for name in names)
    wrong = (read != loaded + duplicate + rejected).fillna(True)
    for source_id in sources.loc[wrong, "source_id"]:
        yield f"sources {source_id}: rows read differ from loaded + duplicate + rejected"
