import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.names import shown, written


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Перелік просторів.xlsx", "Перелік просторів.xlsx"),
        ("два\nрядки.csv", "два рядки.csv"),
        ("<b>жирний</b> [red].csv", "<b>жирний</b> [red].csv"),
        ("=cmd|'/C calc'!A1.csv", "=cmd|'/C calc'!A1.csv"),
        ("a\u202evsc.exe", "a�vsc.exe"),
        ("bad\udcff\udcfe.csv", "bad��.csv"),
        ("\x1b[31mчервоне.csv", "�[31mчервоне.csv"),
        ("гості ivan.petrenko@example.org.csv", "гості …"),
        ("Іван 067 123-45-67.csv", "Іван ….csv"),
        ("+380671234567.csv", "….csv"),
        ("Guests - 2026-02-14-10-30-00.csv", "Guests - 2026-02-14-10-30-00.csv"),
        ("14.02.2026 18:00", "14.02.2026 18:00"),
        ("", ""),
    ],
)
def test_names_are_made_fit_to_be_shown(name: str, seen: str) -> None:
    assert shown(name) == seen


def test_a_long_name_keeps_its_start_and_its_end() -> None:
    assert shown("а" * 120) == "а" * 120
    assert shown("а" * 121 + ".csv") == "а" * 59 + "…" + "а" * 55 + ".csv"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Перелік [1] <b>.csv", "Перелік [1] <b>.csv"),
        ("a\udcff.csv", "a\\xff.csv"),
        ("два\nрядки.csv", "два\\nрядки.csv"),
        ("a\u202evsc.exe", "a\\u202evsc.exe"),
    ],
)
def test_a_name_can_be_written_without_becoming_that_of_another_file(name: str, text: str) -> None:
    assert written(name) == text


@given(st.text(st.characters(codec=None)))
def test_any_name_can_be_written_and_stays_as_it_is_then(name: str) -> None:
    seen = shown(name)
    seen.encode()
    assert seen.isprintable()
    assert shown(seen) == seen
