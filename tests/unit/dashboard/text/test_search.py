"""The search forgives how a word is typed, and nothing else."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text.search import folded, matches

LETTERS = st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюяʼ’' abcdeiopxy«»-0123", max_size=24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("п'ятниця", "П’ятниця"),
        ("пʼятниця", "п’ятниця"),
        ("пятниця", "п’ятниця"),
        ("п`ятниця", "п’ятниця"),
        ("КИЇВ", "київ"),
        ("Kиїв", "Київ"),  # a Latin K
        ("Кийв".replace("й", "и\u0306"), "кийв"),
        ("Киі\u0308в", "Київ"),
        ("Киïв", "Київ"),  # a Latin ï
        ("ганок", "ґанок"),
        ("еж", "ёж"),
        ("за\u0301мок", "замок"),
        ("Вона  хаб ", "вона хаб"),
        ("ＤＩＡＬＯＧ", "dialog"),
        ("біблі\u00adотека", "бібліотека"),
    ],
)
def test_typed_as_it_may_be_it_is_the_same(typed: str, meant: str) -> None:
    assert folded(typed) == folded(meant)


@pytest.mark.parametrize(("one", "other"), [("кит", "кіт"), ("гай", "гаи"), ("їжа", "іжа"), ("кава", "каша")])
def test_another_word_stays_another(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(LETTERS)
def test_folding_is_done_once_and_knows_no_case_or_composition(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert folded(text.upper()) == once
    assert folded(unicodedata.normalize("NFD", text)) == once


def test_every_word_must_stand_somewhere_in_the_row() -> None:
    rows = pd.DataFrame({"title": ["Кіно у дворі", "Лекція"], "place": ["Хаб «П’ять»", None]})
    assert matches(rows, "п'ять кіно").tolist() == [True, False]
    assert matches(rows, "п'ять лекція").tolist() == [False, False]
    assert matches(rows, "  ").tolist() == [True, True]
    assert matches(rows.iloc[:0], "кіно").empty
