import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.numbers import counts, numbers, parse_count, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("12", 12.0),
        ("2 967 360", 2967360.0),
        ("2\u00a0967\u00a0360", 2967360.0),
        ("2\u202f967\u202f360", 2967360.0),
        ("4 450,90", 4450.9),
        ("50.4501", 50.4501),
        ("-8.5211", -8.5211),
        ("−12 195", -12195.0),
        (" 7 ", 7.0),
    ],
)
def test_numbers_that_are_read(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "-", "понад 1500", "151,1 тис.", "близько 10 тисяч", "1,234,567", "12 34", ">1500", "1e5", "NA", "٣"]
)
def test_texts_that_are_no_numbers(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("12,0", 12), ("1 500", 1500), ("999999999999999", 10**15 - 1)])
def test_counts_that_are_read(text: str, value: int) -> None:
    assert parse_count(text) == value


@pytest.mark.parametrize("text", ["-1", "1,5", "12 осіб", "1000000000000000", "десять"])
def test_texts_that_are_no_counts(text: str) -> None:
    assert parse_count(text) is None


def test_columns_keep_index_and_missing() -> None:
    texts = pd.Series(["5", None, "п’ять"], index=[7, 3, 1], dtype="str")
    assert counts(texts).tolist() == [5, pd.NA, pd.NA]
    assert counts(texts).dtype == "Int64"
    assert numbers(texts).index.tolist() == [7, 3, 1]
    assert numbers(texts).isna().tolist() == [False, True, True]


def test_empty_columns_keep_their_type() -> None:
    none = pd.Series([], dtype="str")
    assert counts(none).dtype == "Int64"
    assert numbers(none).dtype == "float64"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789 ,.-+−"))))
def test_any_text_has_an_answer(text: str) -> None:
    number, count = parse_number(text), parse_count(text)
    assert count is None or count == number
