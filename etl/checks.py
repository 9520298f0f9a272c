"""Holds the tables of a snapshot to the contract before they are published; nothing that fails is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
import pandera.pandas as pa

from etl.contract import REFERENCES, TABLES, Table

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
    violations = [
        *(text for name, table in TABLES.items() for text in _shape(table, tables[name])),
        *_references(tables),
        *_accounts(tables["sources"]),
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


def _references(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for table, column, referred, referred_column in REFERENCES:
        if column not in tables[table] or referred_column not in tables[referred]:
            continue  # named by _shape
        stated = tables[table][column].dropna()
        dangling = ~stated.isin(tables[referred][referred_column])
        if dangling.any():
            yield f"{table}.{column}: {int(dangling.sum())} rows refer to no row of {referred}.{referred_column}"


def _accounts(sources: pd.DataFrame) -> Iterator[str]:
    names = ["rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count"]
    if not {"source_id", *names} <= set(sources):
        return  # named by _shape
    read, loaded, duplicate, rejected = (sources[name] for name in names)
    wrong = (read != loaded + duplicate + rejected).fillna(True)
    for source_id in sources.loc[wrong, "source_id"]:
        yield f"sources {source_id}: rows read differ from loaded + duplicate + rejected"
