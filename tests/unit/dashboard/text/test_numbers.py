import math

import pandas as pd
import pytest

from dashboard.text.numbers import (
    format_change,
    format_change_percent,
    format_change_points,
    format_count,
    format_number,
    format_percent,
    format_value,
    plotly_separators,
)


@pytest.mark.parametrize(
    ("value", "uk", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1\u202f000", "1,000"),
        (1234567, "1\u202f234\u202f567", "1,234,567"),
        (-3, "\u22123", "\u22123"),
        (2.5, "3", "3"),
        (-0.4, "0", "0"),
    ],
)
def test_counts_are_grouped_in_threes(value: float, uk: str, en: str) -> None:
    assert format_count(value, "uk") == uk
    assert format_count(value, "en") == en


@pytest.mark.parametrize(("value", "uk", "en"), [(1234.56, "1\u202f234,6", "1,234.6"), (0.05, "0,1", "0.1")])
def test_numbers_have_the_decimal_sign_of_the_language(value: float, uk: str, en: str) -> None:
    assert format_number(value, "uk") == uk
    assert format_number(value, "en") == en


def test_percent_stands_off_by_a_space_in_ukrainian_only() -> None:
    assert format_percent(45.2, "uk") == "45\u00a0%"
    assert format_percent(45.25, "en", decimals=1) == "45.3%"


@pytest.mark.parametrize(("value", "uk"), [(12, "+12"), (-3, "\u22123"), (0, "0"), (0.4, "0"), (0.5, "+1")])
def test_a_change_carries_its_sign_but_zero_does_not(value: float, uk: str) -> None:
    assert format_change(value, "uk") == uk


def test_changes_in_percent_and_in_points() -> None:
    assert format_change_percent(12.4, "uk") == "+12\u00a0%"
    assert format_change_percent(-3, "en") == "\u22123%"
    assert format_change_points(1.5, "uk") == "+1,5\u00a0в. п."
    assert format_change_points(-1.5, "en") == "\u22121.5\u00a0pp"


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
@pytest.mark.parametrize(
    "write", [format_count, format_number, format_percent, format_change, format_change_percent, format_change_points]
)
def test_a_missing_number_is_said_in_words(write, missing: float | None) -> None:
    assert write(missing, "uk") == "немає даних"
    assert write(missing, "en") == "no data"


def test_a_hidden_value_is_never_written() -> None:
    assert format_value(3, "count", "uk", is_hidden=True) == "приховано"
    assert format_value(3, "count", "en", is_hidden=True) == "hidden"
    assert format_value(3, "count", "en") == "3"


@pytest.mark.parametrize(("unit", "text"), [("count", "3"), ("number", "2,5"), ("percent", "3\u00a0%")])
def test_a_value_is_written_as_its_unit_asks(unit, text: str) -> None:
    assert format_value(2.5, unit, "uk") == text


def test_plotly_takes_the_decimal_sign_first() -> None:
    assert plotly_separators("uk") == ",\u202f"
    assert plotly_separators("en") == ".,"
