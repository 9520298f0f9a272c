from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from filelock import FileLock
from rich.console import Console

from etl import cli
from etl.commands import edge
from etl.commands import inbox as inboxes
from etl.demo.write import MARKER
from etl.words import Language
from tests.unit.etl.conftest import Run

WRONG = "Код події,ПІБ,Ел. пошта\nA-9,Анна Тиха,anna@example.org\n"


def test_a_load_publishes_and_a_second_one_changes_nothing(run: Run, inbox: Path) -> None:
    first = run("load", "--as-of", "2026-03-01", "--json")
    assert first.exit_code == 0, first.stderr
    said = json.loads(first.stdout)
    assert said["is_new"]
    assert said["totals"] == {"read": 25, "loaded": 25, "duplicate": 0, "rejected": 0}  # 23 of the public list
    again = json.loads(run("load", "--as-of", "2026-03-01", "--json").stdout)
    assert not again["is_new"]
    assert again["snapshot"]["snapshot_id"] == said["snapshot"]["snapshot_id"]


def test_a_load_tells_the_account_in_both_languages(run: Run, inbox: Path) -> None:
    assert "Опубліковано знімок" in run("load", "--as-of", "2026-03-01").stdout
    english = run("load", "--as-of", "2026-03-01", "--lang", "en").stdout
    assert "Nothing has changed" in english
    assert "registration_list" in english


def test_rejected_rows_and_refused_files_give_another_code(run: Run, inbox: Path) -> None:
    (inbox / "чужі.csv").write_text(WRONG, encoding="utf-8")
    (inbox / "лист.txt").write_text("Доброго дня!\n", encoding="utf-8")
    result = run("load", "--as-of", "2026-03-01")
    assert result.exit_code == edge.WITH_REJECTS
    assert "такої події немає в переліку подій" in result.stdout
    assert "Не прийнято файл kyiv/лист.txt" in result.stdout
    assert "anna" not in result.output
    assert "Анна" not in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("load", "--inbox", "/nowhere"), edge.REFUSED, "civicspace demo"),
        (("load", "--city", "atlantis"), edge.USAGE, "kyiv, lviv, zhytomyr"),
        (("load", "--as-of", "учора"), edge.USAGE, "as-of"),
        (("check", "/nowhere.csv"), edge.USAGE, "/nowhere.csv"),
        (("snapshots", "rollback", "nothing"), edge.REFUSED, "civicspace snapshots list"),
        (("city", "check", "/nowhere"), edge.REFUSED, "city.toml"),
        (("nonsense",), edge.USAGE, "nonsense"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_remedy(
    arguments: tuple[str, ...], code: int, said: str, run: Run
) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert not result.stdout


def test_an_inbox_without_a_readable_file_publishes_nothing(run: Run, inbox: Path, tmp_path: Path) -> None:
    for path in inbox.iterdir():
        path.write_text("Доброго дня!\n", encoding="utf-8")
    assert run("load").exit_code == edge.REFUSED
    assert not (tmp_path / "store" / "current").exists()


def test_a_held_store_is_left_alone(run: Run, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "store" / ".writer").write_text("PID 1")
    with FileLock(tmp_path / "store" / ".lock"):
        result = run("load", "--lang", "en")
    assert result.exit_code == edge.BUSY
    assert "PID 1" in result.stderr


def test_an_internal_error_shows_no_value(run: Run, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("anna@example.org")

    monkeypatch.setattr(cli, "build", fail)
    result = run("load")
    assert result.exit_code == edge.INTERNAL
    assert "RuntimeError" in result.stderr
    assert "anna" not in result.output


def test_a_short_key_is_refused_before_anything_is_read(run: Run, inbox: Path) -> None:
    result = run("load", CIVICSPACE_KEY="short")
    assert result.exit_code == edge.REFUSED
    assert "openssl rand" in result.stderr


def test_snapshots_are_listed_shown_verified_and_gone_back_to(run: Run, inbox: Path) -> None:
    assert "Жодного знімка" in run("snapshots", "list").stdout
    first, second = (
        json.loads(run("load", "--as-of", day, "--json").stdout)["snapshot"]["snapshot_id"]
        for day in ("2026-03-01", "2026-02-01")
    )
    listed = json.loads(run("snapshots", "list", "--json").stdout)
    assert listed["current"] == second
    assert {kept["snapshot_id"] for kept in listed["snapshots"]} == {first, second}
    assert "registrations" in run("snapshots", "show", first).stdout
    assert len(run("snapshots", "verify").stdout.splitlines()) == 2
    assert run("snapshots", "rollback", first).exit_code == 0
    assert json.loads(run("snapshots", "list", "--json").stdout)["current"] == first


def test_erase_asks_for_the_contact_and_says_what_is_left_to_do(run: Run, inbox: Path) -> None:
    run("load", "--as-of", "2026-03-01")
    result = run("erase", stdin="anna@example.org\n\n")
    assert result.exit_code == 0, result.stderr
    assert "Вилучено реєстрацій: 1, осіб: 1, у знімках: 1." in result.stdout
    assert "вилучіть рядки" in result.stdout
    assert json.loads(run("erase", "--json", stdin="anna@example.org\n\n").stdout)["people"] == 0
    assert run("erase", stdin="\n\n").exit_code == edge.REFUSED


def test_erase_without_the_key_is_refused(run: Run) -> None:
    assert run("erase", stdin="anna@example.org\n\n").exit_code == edge.REFUSED


def test_the_shipped_cities_are_fine(run: Run) -> None:
    for folder in sorted(inboxes.CITIES.iterdir()):
        if folder.is_dir():
            assert run("city", "check", str(folder)).exit_code == 0


def test_files_that_programs_leave_behind_are_no_lists(tmp_path: Path) -> None:
    for name in ("kyiv/a.csv", "kyiv/.a.csv.swp", "kyiv/~$a.xlsx", "Thumbs.db", ".cache/b.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [file.path for file in inboxes.inbox_files(tmp_path)] == ["kyiv/a.csv"]


def test_a_marker_makes_demonstration_data_of_its_folder_alone(tmp_path: Path) -> None:
    for name in ("demo/kyiv/a.csv", f"demo/{MARKER}", "kyiv/b.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert {file.path: file.origin for file in inboxes.inbox_files(tmp_path)} == {
        "demo/kyiv/a.csv": "demo",
        "kyiv/b.csv": "own",
    }


def test_help_names_every_exit_code_and_command(run: Run) -> None:
    said = run("--help").stdout
    for part in ("0 –", "1 –", "2 –", "3 –", "4 –", "5 –", "demo", "load", "check", "snapshots", "city", "erase"):
        assert part in said


def test_links_in_the_inbox_are_refused_and_not_followed(run: Run, inbox: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "people.csv").write_text(WRONG, encoding="utf-8")
    (inbox / "file.csv").symlink_to(outside / "people.csv")
    (inbox / "folder").symlink_to(outside)
    (inbox / "broken.csv").symlink_to(outside / "none.csv")
    result = run("load", "--as-of", "2026-03-01", "--lang", "en", "--json")
    assert result.exit_code == edge.WITH_REJECTS
    files = {file["path"]: file for file in json.loads(result.stdout)["files"]}
    assert not any(path.startswith("kyiv/folder/") for path in files)
    for name in ("file.csv", "folder", "broken.csv"):
        assert files[f"kyiv/{name}"]["read"] == 0
        assert "link" in files[f"kyiv/{name}"]["refusal"]["en"]


@pytest.mark.parametrize(
    "command",
    [("load",), ("demo",), ("snapshots", "list"), ("erase",), ("rotate-key",), ("check", "a.csv")],
    ids=" ".join,
)
def test_an_address_is_not_taken_for_a_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*command, "--store", "s3://bucket/store", "--lang", "en")
    assert result.exit_code == edge.USAGE
    assert "a store is a folder, no address" in result.stderr
    assert not list(tmp_path.iterdir())


def test_an_address_in_the_environment_is_no_folder_either(run: Run) -> None:
    result = run("load", CIVICSPACE_STORE="gs://bucket/store")
    assert result.exit_code == edge.USAGE
    assert "сховище для цієї команди – тека, а не адреса" in result.stderr


def test_the_bar_counts_files_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Console(force_terminal=True, width=120, record=True, file=io.StringIO())
    monkeypatch.setattr(edge, "err", screen)
    with edge.progress(Language.EN) as tell:
        tell("read", 1, 2, 0)
        tell("read", 2, 2, 41)
    shown = screen.export_text()
    assert "2/2" in shown
    assert "41 rows" in shown
