from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from etl.checks import ChecksError, check, schema
from etl.contract import REGISTRATIONS, SOURCES, TABLES, from_records
from etl.sources.city_pack import CityPack


@pytest.fixture
def tables(pack_tables: Mapping[str, pd.DataFrame], pack: CityPack) -> dict[str, pd.DataFrame]:
    empty = {name: table.empty() for name, table in TABLES.items()}
    return {**empty, **pack_tables, "sources": from_records(SOURCES, [pack.source])}


def violations(tables: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    with pytest.raises(ChecksError) as caught:
        check(tables)
    return caught.value.violations


def test_what_keeps_the_contract_passes(tables: dict[str, pd.DataFrame]) -> None:
    check(tables)


def test_empty_tables_pass() -> None:
    check({name: table.empty() for name, table in TABLES.items()})


def test_every_table_must_be_there_and_no_other(tables: dict[str, pd.DataFrame]) -> None:
    del tables["events"]
    assert violations({**tables, "extra": pd.DataFrame()}) == (
        "table events is missing",
        "table extra is not in the contract",
    )


@pytest.mark.parametrize(
    ("column", "value", "breach"),
    [
        ("kind", "palace", "spaces.kind"),
        ("name_uk", None, "spaces.name_uk"),
        ("name_uk", "", "spaces.name_uk: empty text"),
        ("network_id", "kyiv-nothing", "spaces.network_id: 3 rows refer to no row of networks.network_id"),
        ("space_id", "kyiv-one", "spaces.space_id"),
    ],
)
def test_a_breach_is_named(column: str, value: str | None, breach: str, tables: dict[str, pd.DataFrame]) -> None:
    tables["spaces"] = tables["spaces"].assign(**{column: pd.Series([value] * 3, dtype="str")})
    assert any(text.startswith(breach) for text in violations(tables))


def test_all_breaches_are_named_at_once(tables: dict[str, pd.DataFrame]) -> None:
    tables["spaces"] = tables["spaces"].assign(kind="palace", network_id="kyiv-nothing")
    assert len(violations(tables)) == 2


@pytest.mark.parametrize("change", [-1, 1])
def test_an_account_that_does_not_add_up_is_named(change: int, tables: dict[str, pd.DataFrame]) -> None:
    sources = tables["sources"]
    tables["sources"] = sources.assign(rows_loaded_count=sources["rows_loaded_count"] + change)
    assert violations(tables) == ("sources pack000000000000: rows read differ from loaded + duplicate + rejected",)


@pytest.mark.parametrize("change", ["missing", "unexpected", "type"])
def test_columns_are_held_to_the_contract_both_ways(change: str, tables: dict[str, pd.DataFrame]) -> None:
    themes = tables["themes"]
    tables["themes"] = {
        "missing": themes.drop(columns="rank"),
        "unexpected": themes.assign(e_mail="x"),
        "type": themes.assign(rank=themes["rank"].astype("float64")),
    }[change]
    assert violations(tables)


def test_a_violation_holds_no_value(tables: dict[str, pd.DataFrame]) -> None:
    tables["spaces"] = tables["spaces"].assign(kind="anna@example.org")
    assert not any("anna" in text for text in violations(tables))


def test_a_schema_has_every_column_and_the_key() -> None:
    made = schema(REGISTRATIONS)
    assert tuple(made.columns) == REGISTRATIONS.column_names
    assert made.unique == ["registration_id"]
