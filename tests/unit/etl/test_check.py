"""`civicspace check`: one file against the city and the published snapshot."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from etl.commands import edge
from tests.unit.etl.conftest import SIGN_UPS, Run

WRONG = "Код події,ПІБ,Ел. пошта\nA-9,Анна Тиха,anna@example.org\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, where slips are written unless told otherwise."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def cells(path: Path, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return list(book[sheet].iter_rows(values_only=True))


def test_a_check_tells_what_would_become_of_a_file_and_publishes_nothing(
    run: Run, inbox: Path, tmp_path: Path, here: Path
) -> None:
    outside = tmp_path / "чужі.csv"
    outside.write_text(WRONG, encoding="utf-8")
    before = sorted((tmp_path / "store").rglob("*"))
    result = run("check", str(outside), "--city", "kyiv", "--lang", "en")
    assert result.exit_code == edge.WITH_REJECTS
    assert "read 1, loaded 0, duplicate 0, rejected 1" in result.stdout
    assert "the list of events has no such event" in result.stdout
    assert sorted((tmp_path / "store").rglob("*")) == before
    assert [path.name for path in here.iterdir()] == ["чужі.csv – remarks.xlsx"]
    assert str(here / "чужі.csv – remarks.xlsx") in result.stdout
    remark = cells(here / "чужі.csv – remarks.xlsx", "Remarks")[1]
    assert remark[:5] == ("–", 2, "A", "Код події", "rejected")


def test_a_file_with_nothing_wrong_gets_no_slip(run: Run, inbox: Path, here: Path) -> None:
    run("load", "--as-of", "2026-03-01")
    result = run("check", str(inbox / "люди.csv"), "--json")
    assert result.exit_code == 0, result.stderr
    said = json.loads(result.stdout)
    assert (said["path"], said["loaded"], said["remarks"], said["slip"]) == ("kyiv/люди.csv", 1, [], None)
    assert not list(here.iterdir())


def test_events_of_other_files_are_known_once_they_are_published(run: Run, inbox: Path) -> None:
    unpublished = run("check", str(inbox / "люди.csv"), "--lang", "en")
    assert unpublished.exit_code == edge.WITH_REJECTS
    assert "There is no snapshot yet" in unpublished.stdout
    run("load", "--as-of", "2026-03-01")
    published = run("check", str(inbox / "люди.csv"), "--lang", "en")
    assert published.exit_code == 0
    assert "in the snapshot already" in published.stdout
    assert "Only a full load" in published.stdout


def test_other_names_of_spaces_are_those_of_the_inbox(run: Run, inbox: Path) -> None:
    (inbox / "простори.csv").write_text(
        "Назва простору,Інші назви,Район\nТиха Зала,Зала на Подолі,Подільський\n", encoding="utf-8"
    )
    run("load", "--as-of", "2026-03-01")
    month = inbox / "звіт.csv"
    month.write_text("Простір,Місяць,Кількість відвідувачів\nЗала на Подолі,02.2026,7\n", encoding="utf-8")
    assert run("check", str(month)).exit_code == 0
    month.write_text("Простір,Місяць,Кількість відвідувачів\nЗала на Печерську,02.2026,7\n", encoding="utf-8")
    assert run("check", str(month)).exit_code == edge.WITH_REJECTS


def test_a_corrected_list_takes_the_place_of_its_published_events(run: Run, inbox: Path) -> None:
    run("load", "--as-of", "2026-03-01")
    events = "Код події,Назва події,Дата,Простір\nA-1,Нова лекція,15.02.2026,Dialog hub\n"
    (inbox / "події.csv").write_text(events, encoding="utf-8")
    said = json.loads(run("check", str(inbox / "події.csv"), "--json").stdout)
    assert (said["loaded"], said["duplicate"], said["rejected"]) == (1, 0, 0)


def test_what_is_no_list_is_refused_with_a_slip(run: Run, tmp_path: Path, here: Path) -> None:
    letter = tmp_path / "лист.txt"
    letter.write_text("Доброго дня!\n", encoding="utf-8")
    result = run("check", str(letter), "--city", "kyiv")
    assert result.exit_code == edge.REFUSED
    assert "заголовки не розпізнано" in result.stdout
    said = " ".join(str(cell) for row in cells(here / "лист.txt – зауваження.xlsx", "Звіт") for cell in row if cell)
    assert "заголовки не розпізнано" in said
    assert "Добр" not in said


def test_the_slip_goes_where_it_is_told_but_never_into_the_inbox(run: Run, inbox: Path, tmp_path: Path) -> None:
    (inbox / "чужі.csv").write_text(WRONG, encoding="utf-8")
    assert run("check", str(inbox / "чужі.csv"), "--out", str(inbox)).exit_code == edge.USAGE
    assert run("check", str(inbox / "чужі.csv"), "--out", str(tmp_path / "листи")).exit_code == edge.WITH_REJECTS
    assert [path.name for path in (tmp_path / "листи").iterdir()] == ["чужі.csv – зауваження.xlsx"]


def test_a_near_name_is_proposed_and_not_applied(run: Run, inbox: Path) -> None:
    run("load", "--as-of", "2026-03-01")
    people = inbox / "люди 2.csv"
    people.write_text(
        "Код події,ПІБ,Ел. пошта,Район проживання\nA-1,Анна Тиха,anna@example.org,Голосіівскьий\n", encoding="utf-8"
    )
    result = run("check", str(people))
    assert result.exit_code == 0
    assert "можливо: Голосіївський" in result.stdout
    said = json.loads(run("check", str(people), "--json").stdout)
    assert [remark["code"] for remark in said["remarks"]] == ["unknown_district"]
    assert said["remarks"][0]["letter"] == "D"
    assert 75 <= said["remarks"][0]["certainty_pct"] < 100
    assert "anna" not in result.output


def test_a_check_leaves_out_the_erased(run: Run, inbox: Path) -> None:
    more = inbox / "ще.csv"
    more.write_text(SIGN_UPS + "A-1,Борис Рудий,borys@example.org\n", encoding="utf-8")
    run("load", "--as-of", "2026-03-01")
    assert run("erase", stdin="anna@example.org\n\n").exit_code == 0
    said = json.loads(run("check", str(more), "--json").stdout)
    assert (said["read"], said["loaded"], said["rejected"]) == (1, 1, 0)
