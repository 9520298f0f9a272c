"""Holds the tables of a snapshot to the contract before they are published; nothing that fails is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import pandas as pd
import pandera.pandas as pa

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


def schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of one table: exact columns and types, nullability, vocabularies, unique key."""
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                table.dtypes[column.name],
                checks=pa.Check.isin(column.values) if column.values else None,
                nullable=column.nullable,
            )
            for column in table.columns
        },
        unique=list(table.key),
        strict=True,
        ordered=True,
    )


def _pieces(tables: Mapping[str, pd.DataFrame], name: str) -> Iterable[pd.DataFrame]:
    return tables.pieces(name) if isinstance(tables, Tables) and tables.is_long(name) else (tables[name],)


def _has(tables: Mapping[str, pd.DataFrame], name: str, column: str) -> bool:
    return all(column in piece for piece in islice(_pieces(tables, name), 1))


def _values(tables: Mapping[str, pd.DataFrame], name: str, column: str) -> pd.Index:
    """All values of a column that others refer to."""
    found = [pd.Index(piece[column].dropna().unique()) for piece in _pieces(tables, name)]
    values: pd.Index = found[0].append(found[1:])
    return values


def _table(
    tables: Mapping[str, pd.DataFrame], name: str, referred: Mapping[tuple[str, str], pd.Index]
) -> Iterator[str]:
    """Breaches of one table, looked at piece by piece."""
    table = TABLES[name]
    dangling: Counter[tuple[str, str, str]] = Counter()
    before: tuple[object, ...] | None = None
    for piece in _pieces(tables, name):
        yield from _shape(table, piece)
        for _, column, to, other in (each for each in REFERENCES if each[0] == name):
            if column in piece and (to, other) in referred:
                stated = piece[column].dropna()
                dangling[column, to, other] += int((~stated.isin(referred[to, other])).sum())
        if len(piece) and set(table.key) <= set(piece):
            ends = [tuple(piece[list(table.key)].iloc[at]) for at in (0, -1)]
            if before is not None and not before < ends[0]:
                yield f"{name}: rows are not in the order of {', '.join(table.key)}, or one of them comes twice"
            before = ends[1]
    for (column, to, other), count in dangling.items():
        if count:
            yield f"{name}.{column}: {count} rows refer to no row of {to}.{other}"


def _shape(table: Table, frame: pd.DataFrame) -> Iterator[str]:
    try:
        schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
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
