"""`civicspace map`, and lists that are checked and loaded by what a person confirmed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.commands import edge
from tests.unit.etl.conftest import Run

LIST = "Хто прийшов;Куди вам писати;Ким є\nАнна Тиха;anna@example.org;студент\nБорис;b@example.org;студент\n"


@pytest.fixture
def people(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list that nobody knows, in an inbox with event A-1."""
    monkeypatch.chdir(tmp_path)
    path = inbox / "вечір.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_is_drafted_confirmed_checked_and_loaded(run: Run, people: Path) -> None:
    beside = people.with_name("вечір.csv.mapping.toml")
    drafted = run("map", str(people))
    assert drafted.exit_code == 0, drafted.stderr
    assert "anna" not in drafted.output
    text = beside.read_text(encoding="utf-8")
    assert "confirmed = false" in text

    loaded = run("load", "--as-of", "2026-03-01", "--json")
    assert loaded.exit_code == edge.WITH_REJECTS
    refused = {each["path"]: each["refusal"]["uk"] for each in json.loads(loaded.stdout)["files"] if each["refusal"]}
    assert "не підтверджено" in refused["kyiv/вечір.csv.mapping.toml"]
    assert "заголовки не розпізнано" in refused["kyiv/вечір.csv"]

    confirmed = text.replace("confirmed = false", "confirmed = true").replace('# event = "…"', 'event = "A-1"')
    beside.write_text(confirmed, encoding="utf-8")
    checked = json.loads(run("check", str(people), "--json").stdout)
    assert (checked["format"], checked["read"], checked["loaded"]) == ("registration_list (mapping)", 2, 2)
    again = json.loads(run("load", "--as-of", "2026-03-01", "--json").stdout)
    assert [each["path"] for each in again["files"] if each["refusal"]] == []
    assert again["snapshot"]["rows"]["registrations"] == 2  # Anna signed up in another list too


def test_a_draft_never_takes_the_place_of_a_file(run: Run, people: Path, tmp_path: Path) -> None:
    beside = people.with_name("вечір.csv.mapping.toml")
    beside.write_text("моє", encoding="utf-8")
    assert run("map", str(people)).exit_code == edge.REFUSED
    assert beside.read_text(encoding="utf-8") == "моє"
    assert run("map", str(people), "--out", str(tmp_path / "чернетка.toml")).exit_code == 0
    assert "confirmed = false" in (tmp_path / "чернетка.toml").read_text(encoding="utf-8")


def test_a_draft_can_be_looked_at_alone(run: Run, people: Path) -> None:
    shown = run("map", str(people), "--out", "-", "--lang", "en", "--city", "kyiv", "--list", "registrations")
    assert shown.exit_code == 0
    assert '"Куди вам писати" = "person_email"' in shown.stdout
    assert "certainty" in shown.stdout
    said = json.loads(run("map", str(people), "--out", "-", "--json").stdout)
    assert said["mapping"] is None
    assert said["proposal"]["kind"] == "registrations"
    assert list(people.parent.glob("*.toml")) == []


def test_a_list_that_is_known_needs_no_mapping(run: Run, inbox: Path) -> None:
    result = run("map", str(inbox / "події.csv"))
    assert result.exit_code == 0
    assert "відповідність не потрібна" in result.stdout
    assert list(inbox.glob("*.toml")) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("/nowhere.csv",), edge.USAGE), (("{letter}",), edge.REFUSED), (("{letter}", "--city", "odesa"), edge.USAGE)],
)
def test_what_cannot_be_drafted_is_refused(arguments: tuple[str, ...], code: int, run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "лист.txt"
    letter.write_text("anna@example.org, доброго дня!\n", encoding="utf-8")
    result = run("map", *(argument.format(letter=letter) for argument in arguments))
    assert result.exit_code == code
    assert "anna" not in result.output


def test_a_mapping_that_is_wrong_or_without_a_list_is_told(run: Run, inbox: Path, tmp_path: Path) -> None:
    (inbox / "події.csv.mapping.toml").write_text('confirmed = true\nlist = "подїї"\n', encoding="utf-8")
    (inbox / "нема.mapping.toml").write_text(
        'confirmed = true\nlist = "events"\n[columns]\n"Що" = "title"\n"Коли" = "starts"\n', encoding="utf-8"
    )
    result = run("load", "--as-of", "2026-03-01", "--json")
    assert result.exit_code == edge.WITH_REJECTS
    refused = {each["path"]: each["refusal"]["en"] for each in json.loads(result.stdout)["files"] if each["refusal"]}
    assert refused.keys() == {"kyiv/події.csv", "kyiv/події.csv.mapping.toml", "kyiv/нема.mapping.toml"}
    assert "allowed: registrations | events" in refused["kyiv/події.csv"]
    assert "is not there" in refused["kyiv/нема.mapping.toml"]


def test_slips_of_a_load_lie_with_their_snapshot(run: Run, inbox: Path, tmp_path: Path) -> None:
    (inbox / "чужі.csv").write_text("Код події,ПІБ,Ел. пошта\nA-9,Анна Тиха,anna@example.org\n", encoding="utf-8")
    said = json.loads(run("load", "--as-of", "2026-03-01", "--json").stdout)
    folder = tmp_path / "store" / "slips" / said["snapshot"]["snapshot_id"]
    written = {each["path"]: each["slip"] for each in said["files"] if each["slip"]}
    assert written == {"kyiv/чужі.csv": str(folder / "kyiv" / "чужі.csv – зауваження.xlsx")}
    assert [path for path in folder.rglob("*") if path.is_file()] == [Path(written["kyiv/чужі.csv"])]
    assert not list((tmp_path / "store" / "slips").glob(".*"))

    again = run("load", "--as-of", "2026-03-01", "--lang", "en")
    assert f"Return slips: 1, in {folder}" in again.stdout
    assert [path.name for path in folder.rglob("*.xlsx")] == ["чужі.csv – remarks.xlsx"]

    (inbox / "чужі.csv").unlink()
    clean = json.loads(run("load", "--as-of", "2026-03-01", "--json").stdout)
    assert not any(each["slip"] for each in clean["files"])
    assert not (tmp_path / "store" / "slips" / clean["snapshot"]["snapshot_id"]).exists()
