import csv
import io

import pandas as pd
import pytest

from dashboard.reports.model import Cell
from dashboard.reports.tables import neutral, plain, rounded, rows_to_csv, shown, to_csv

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "﹦1",
    "﹢1",
    "﹣1",
    "﹫a",
    " =1",
    "\u00a0=1",
    "\u2003＝1",
    "\u200b=1",
    "\ufeff=1",
    "\x00=1",
    "\x0b=1",
    " \t =1",
    "\t1",
    "\r1",
    "\n1",
]
HARMLESS = ["", " ", "Хаб", "Хаб =1", "1-2", "'=1", "−1", "–", "5 %", "<b>", "a\tb", "(=1)"]


def cells(content: bytes, delimiter: str = ",") -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert neutral(text) == f"'{plain(text)}"


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_text_stays(text: str) -> None:
    assert neutral(text) == text


def test_what_no_xml_file_may_hold_is_left_out() -> None:
    assert plain("a\x00\x01\x08\x0b\x0c\x1f\ud800\udfff\ufffe\uffffb") == "ab"
    assert plain("a\t\n\r ї\x7f\ud7ff\ue000\ufffd😀") == "a\t\n\r ї\x7f\ud7ff\ue000\ufffd😀"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_a_formula(text: str) -> None:
    assert cells(rows_to_csv(["a"], [[text]]))[1] == [neutral(text).replace("\t =", "\t' =")]


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("text", ["Хаб{}=1", 'Хаб"{}  ＝1', "{}+1", "a{}-1{}@b"])
def test_nor_where_another_separator_cuts_it(separator: str, text: str) -> None:
    content = rows_to_csv(["name", "value"], [[text.replace("{}", separator), -1]])
    for row in cells(content, separator):
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]


def test_a_line_end_within_a_cell_hides_nothing() -> None:
    assert cells(rows_to_csv(["a", "b"], [["Хаб\n=1\r\n@x", 1]]))[1] == ["Хаб\n'=1\r\n'@x", "1"]


def test_headers_are_texts_too() -> None:
    assert cells(to_csv(pd.DataFrame({"=1": [1]})))[0] == ["'=1"]


def test_values_are_written_for_machines() -> None:
    frame = pd.DataFrame(
        {
            "number": [-1.5, None],
            "whole": pd.array([3, None], dtype="Int64"),
            "flag": [True, False],
            "day": pd.to_datetime(["2026-10-01", None]),
            "at": pd.to_datetime(["2026-10-01 18:30", None]),
            "text": ["Хаб", None],
        }
    )
    assert cells(to_csv(frame))[1:] == [
        ["-1.5", "3", "true", "2026-10-01", "2026-10-01 18:30:00", "Хаб"],
        ["", "", "false", "", "", ""],
    ]


def test_an_empty_table_has_its_header() -> None:
    assert cells(to_csv(pd.DataFrame({"a": [], "b": []}))) == [["a", "b"]]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(2.5, 0, 3), (-2.5, 0, -3), (2.4, 0, 2), (0.25, 1, 0.3), (0.05, 1, 0.1), (0.04, 1, 0.0), (45.45454, 1, 45.5)],
)
def test_a_half_is_rounded_away_from_zero(value: float, decimals: int, expected: float) -> None:
    assert rounded(value, decimals) == expected


def test_a_number_is_as_fine_as_it_is_shown() -> None:
    assert shown("attendance_rate_pct", Cell(45.4545)) == 45.5
    assert shown("events_count", Cell(226.0)) == 226
    assert isinstance(shown("events_count", Cell(226.0)), int)


def test_what_is_hidden_or_unknown_has_no_number() -> None:
    assert shown("participants_count", Cell(None, is_hidden=True)) is None
    assert shown("participants_count", Cell(3.0, is_hidden=True)) is None
    assert shown("participants_count", Cell(None)) is None


def test_a_figure_that_is_not_there_has_none() -> None:
    with pytest.raises(KeyError):
        shown("nothing", Cell(1.0))
