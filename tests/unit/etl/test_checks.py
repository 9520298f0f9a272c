from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pytest

from etl.checks import ChecksError, check, schema
from etl.contract import PEOPLE, REGISTRATIONS, SOURCES, TABLES, from_records
from etl.sources.city_pack import CityPack
from etl.tables import Long, Tables


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


PIECE = pa.table(
    {"person_id": [1, 2, 3], "pseudonym": ["a", "b", "c"], "identity": ["email", "phone", "email"]},
    schema=PEOPLE.arrow_schema(),
)


def long(tables: Mapping[str, pd.DataFrame], people: pa.Table) -> Tables:
    return Tables({**tables, "people": Long(people.num_rows, lambda start, end: people.slice(start, end - start))})


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_a_long_table_that_keeps_the_contract_passes(rows: int, tables: dict[str, pd.DataFrame]) -> None:
    check(long(tables, PIECE.slice(0, rows)))


@pytest.mark.parametrize("at_once", [1, 2, 3])
@pytest.mark.parametrize(
    ("column", "values", "breach"),
    [
        ("person_id", [1, 3, 2], "people.rows are not in the order of person_id"),
        ("person_id", [1, 2, 2], "people.rows are not in the order of person_id"),
        ("person_id", [1, None, 3], "people.person_id: not_nullable (1 cases)"),
        ("pseudonym", ["a", "", "c"], "people.pseudonym: empty text, where missing is meant (1 cases)"),
        ("pseudonym", [None, "b", None], "people.pseudonym: not_nullable (2 cases)"),
        ("identity", ["email", "name", "phone"], "people.identity: isin(['email', 'phone']) (1 cases)"),
    ],
)
def test_a_breach_of_a_long_table_is_named(
    column: str,
    values: list[object],
    breach: str,
    at_once: int,
    tables: dict[str, pd.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("etl.tables.ROWS_AT_ONCE", at_once)
    schema = PEOPLE.arrow_schema()
    broken = PIECE.set_column(schema.get_field_index(column), schema.field(column), [values])
    assert any(text.startswith(breach) for text in violations(long(tables, broken)))


def test_a_long_table_of_another_schema_is_named(tables: dict[str, pd.DataFrame]) -> None:
    assert any(
        "is not the contract's schema" in text for text in violations(long(tables, PIECE.drop_columns("identity")))
    )


@pytest.mark.parametrize(("person_id", "breaches"), [(1, 0), (3, 0), (4, 1), (0, 1), (None, 0)])
def test_a_long_table_refers_to_what_is_there(
    person_id: int | None, breaches: int, tables: dict[str, pd.DataFrame]
) -> None:
    row = {
        "registration_id": 1, "event_id": "kyiv-e1", "person_id": person_id, "identity": "email", "registered_at": None,
        "status": "attended", "participant_group": "ngo", "home_status": "not_stated", "source_id": "s1",
    }  # fmt: skip
    made = pa.Table.from_pylist([row], schema=REGISTRATIONS.arrow_schema())
    people = Long(3, lambda start, end: PIECE.slice(start, end - start))
    both = Tables({**tables, "people": people, "registrations": Long(1, lambda _start, _end: made)})
    said = [text for text in violations(both) if text.startswith("registrations.")]
    assert ("registrations.person_id: 1 rows refer to no row of people.person_id" in said) == bool(breaches)
    assert "registrations.source_id: 1 rows refer to no row of sources.source_id" in said
    assert not any("home_district_code" in text for text in said)
