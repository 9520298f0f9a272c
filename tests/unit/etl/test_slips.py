"""Return slips: the account, the address of every cell, and no value nor formula in any."""

from __future__ import annotations

import dataclasses
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from openpyxl import Workbook

from etl import slips
from etl.accounts import FileAccount
from etl.slips import Occasion, harmless, is_due, slip, slip_path
from etl.words import Language, counted

ACCOUNT = FileAccount(
    path="kyiv/=люди.csv",
    source_id="s1",
    city_id="kyiv",
    kind="inbox",
    origin="own",
    format="registration_list",
    read=25,
    loaded=21,
    duplicate=1,
    rejected=3,
    unknown_columns=("=1+1", "Їжа"),
    reasons={"unknown_event": 3, "unknown_district": 1, "duplicate_row": 1},
)
OCCASION = Occasion(datetime(2026, 2, 14, 18, 5, tzinfo=ZoneInfo("Europe/Kyiv")), "civicspace 0.1.0", "snap-1")


def remark(row: int, code: str, outcome: str, **more: object) -> dict[str, object]:
    return {
        "source_id": "s1",
        "sheet": "-",
        "row": row,
        "outcome": outcome,
        "code": code,
        "column": None,
        "letter": None,
        "suggestion_uk": None,
        "suggestion_en": None,
        "certainty_pct": pd.NA,
    } | more


REMARKS = pd.DataFrame(
    [
        remark(9, "duplicate_row", "duplicate"),
        remark(4, "unknown_district", "flagged", column="+Район", letter="F", suggestion_uk="Оболонський",
               suggestion_en="Obolonskyi", certainty_pct=92),
        remark(7, "unknown_event", "rejected", column="Код події", letter="A"),
        remark(2, "unknown_event", "rejected", column="Код події", letter="A"),
        remark(3, "unknown_event", "rejected", source_id="other"),
    ]
)  # fmt: skip


def arrow(told: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(told, preserve_index=False)


def book(account: FileAccount = ACCOUNT, told: pd.DataFrame = REMARKS, language: Language = Language.UK) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(slip(account, arrow(told), OCCASION, "Київ", language)))


def texts(found: Workbook, sheet: str) -> list[str]:
    return [str(cell.value) for row in found[sheet].iter_rows() for cell in row if cell.value is not None]


def test_the_account_adds_up_in_numbers_and_words() -> None:
    sheet = book()["Звіт"]
    counts = {str(row[0].value): row[1].value for row in sheet.iter_rows(min_row=1, max_row=20, max_col=2)}
    assert counts["Прочитано рядків, з них"] == 25 == 21 + 1 + 3
    assert (counts["завантажено"], counts["повторів"], counts["відхилено"]) == (21, 1, 3)
    assert counts["з них завантажено із зауваженням"] == 1
    assert counts["Коли прочитано"] == datetime(2026, 2, 14, 18, 5)  # noqa: DTZ001 - a cell has no zone
    said = texts(book(), "Звіт")
    assert "З прочитаного (25 рядків) завантажено 21 рядок, повторюють інші 1 рядок, відхилено 3 рядки." in said
    assert {"Київ", "civicspace 0.1.0", "snap-1"} <= set(said)


def test_remarks_have_addresses_reasons_and_proposals_the_worst_first() -> None:
    sheet = book()["Зауваження"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[1] for row in rows] == [2, 7, 4, 9]
    assert rows[0][:5] == ["–", 2, "A", "Код події", "відхилено"]
    assert rows[2][2:5] == ["F", "'+Район", "завантажено із зауваженням"]
    assert rows[2][7:] == ["Оболонський", 0.92, "unknown_district"]
    assert rows[3][7] is None
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:J5"


def test_cells_are_typed_and_none_is_a_formula() -> None:
    found = book()
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d"}
                assert not str(cell.value or "").startswith(("=", "+", "-", "@"))
    assert "'=1+1" in texts(found, "Звіт")


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "＝1", "﹢1", "\t=1", "\r-1", " =1", "\u200b=1", "－1", "＠a"]
)
def test_a_text_that_begins_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["Район", "Фах=1", "", "–", "5 + 5"])
def test_another_text_stays(text: str) -> None:
    assert harmless(text) == text


def test_a_contact_in_the_place_of_a_header_is_not_repeated() -> None:
    assert harmless("anna@example.org") == "…"


def test_english_is_english_throughout() -> None:
    found = book(language=Language.EN)
    assert found.sheetnames == ["Account", "Remarks"]
    said = " ".join([*texts(found, "Account"), *texts(found, "Remarks")])
    assert "Of what was read (25 rows), 21 rows loaded, 1 row repeated others, 3 rows rejected." in said
    assert "Obolonskyi" in said
    assert not set("ієґї") & set(
        said.replace("люди", "").replace("Їжа", "").replace("Київ", "").replace("Код події", "")
    )


def test_a_refused_file_is_told_why_and_nothing_else() -> None:
    refused = dataclasses.replace(ACCOUNT, refusal=("забагато рядків", "too many rows"), reasons={}, read=0)
    found = book(refused, REMARKS.iloc[:0])
    assert found.sheetnames == ["Звіт"]
    assert "забагато рядків" in texts(found, "Звіт")


def test_more_remarks_than_anybody_corrects_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "MAX_REMARKS", 4)
    assert not any("Показано перші" in text for text in texts(book(), "Звіт"))
    monkeypatch.setattr(slips, "MAX_REMARKS", 3)
    assert "Показано перші зауваження: 3; ще є: 1. Виправте їх і перевірте файл знову." in texts(book(), "Звіт")
    assert book()["Зауваження"].max_row == 4


@pytest.mark.parametrize(("most", "rows", "is_said"), [(2, 2, False), (1, 1, True)])
def test_repetitions_above_the_most_are_only_counted(
    monkeypatch: pytest.MonkeyPatch, most: int, rows: int, is_said: bool
) -> None:
    monkeypatch.setattr(slips, "MAX_REPETITIONS", most)
    twice = REMARKS.assign(outcome=["duplicate", "duplicate", *REMARKS["outcome"].iloc[2:]])
    twice = twice[(twice["outcome"] != "duplicate") | (twice.index < 2)]
    book = openpyxl.load_workbook(io.BytesIO(slip(ACCOUNT, arrow(twice), OCCASION, "Київ", Language.EN)))
    outcomes = [row[4] for row in book["Remarks"].iter_rows(min_row=2, values_only=True)]
    assert outcomes.count("duplicate") == rows
    assert len(outcomes) == 2 + rows  # with the two that are no repetitions
    said = [text for (text, *_) in book["Account"].iter_rows(values_only=True)]
    assert ("Repetitions shown: 1; there are 1 more. They need no correction." in said) == is_said


def test_equal_arguments_give_equal_bytes() -> None:
    assert slip(ACCOUNT, arrow(REMARKS), OCCASION, "Київ", Language.UK) == slip(
        ACCOUNT, arrow(REMARKS), OCCASION, "Київ", Language.UK
    )


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"reasons": {"unknown_event": 1}}, True),
        ({"reasons": {"unknown_district": 1}}, True),
        ({"reasons": {"duplicate_row": 9}}, False),
        ({"reasons": {}}, False),
        ({"reasons": {}, "refusal": ("чому", "why")}, True),
        ({"reasons": {"unknown_event": 1}, "copy_of": "kyiv/a.csv"}, False),
        ({"reasons": {"unknown_city": 1}, "kind": "public_list"}, False),
    ],
)
def test_only_a_file_with_something_wrong_gets_a_slip(changes: dict[str, object], due: bool) -> None:
    assert is_due(dataclasses.replace(ACCOUNT, **changes)) is due


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("kyiv/Події/а.csv", "kyiv/Події/а.csv – зауваження.xlsx"),
        ("kyiv/a:b?.csv", r"kyiv/a_b_.csv-[0-9a-f]{6} – зауваження\.xlsx"),
        ("kyiv/CON", r"kyiv/_CON-[0-9a-f]{6} – зауваження\.xlsx"),
        ("kyiv/=а.csv", r"kyiv/а\.csv-[0-9a-f]{6} – зауваження\.xlsx"),
        ("kyiv/" + "ї" * 200, r"kyiv/ї{100}-[0-9a-f]{6} – зауваження\.xlsx"),
        ("../kyiv/а.csv", r"_-[0-9a-f]{6}/kyiv/а\.csv – зауваження\.xlsx"),
    ],
)
def test_names_of_slips_are_safe_everywhere(path: str, name: str) -> None:
    found = str(slip_path(path, Language.UK))
    assert found == name or pd.Series([found]).str.fullmatch(name).all()
    assert len(found.rsplit("/", 1)[-1].encode()) < 255


def test_two_files_never_share_a_slip() -> None:
    assert slip_path("kyiv/a:b.csv", Language.UK) != slip_path("kyiv/a?b.csv", Language.UK)


@pytest.mark.parametrize(
    ("number", "uk", "en"),
    [
        (0, "0 рядків", "0 rows"),
        (1, "1 рядок", "1 row"),
        (2, "2 рядки", "2 rows"),
        (5, "5 рядків", "5 rows"),
        (11, "11 рядків", "11 rows"),
        (21, "21 рядок", "21 rows"),
        (112, "112 рядків", "112 rows"),
    ],
)
def test_a_number_asks_for_its_form(number: int, uk: str, en: str) -> None:
    assert counted(Language.UK, number, "slip.row_forms") == uk
    assert counted(Language.EN, number, "slip.row_forms") == en


@pytest.mark.parametrize("rows", [1, 2, 40])
def test_rows_that_say_the_same_keep_their_cells_and_styles(rows: int) -> None:
    told = pd.DataFrame(
        [
            *(remark(9 + at, "unknown_event", "rejected", column="<Код & «подія»>", letter="A") for at in range(rows)),
            remark(200, "unknown_district", "flagged", column="Район", letter="F", suggestion_uk="Оболонський",
                   suggestion_en="Obolonskyi", certainty_pct=92),
        ]
    )  # fmt: skip
    sheet = book(told=told)["Зауваження"]
    cells = list(sheet.iter_rows(min_row=2))
    assert [row[1].value for row in cells] == [*range(9, 9 + rows), 200]
    assert {row[3].value for row in cells[:-1]} == {"<Код & «подія»>"}
    assert {row[4].fill.fgColor.rgb for row in cells[:-1]} == {"FFF8D7DA"} != {cells[-1][4].fill.fgColor.rgb}
    assert len({sheet.row_dimensions[at].height for at in range(2, 2 + rows)}) == 1
    assert sheet.dimensions == f"A1:J{rows + 2}" == sheet.auto_filter.ref
