"""Changing the key: the steps of it, and the command, also when it is cut short."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from etl import cli, publish, rotation
from etl.commands import edge, erase, rotate_key
from etl.identity import IdentityError, Key, load_key, read_key
from etl.sources.city_pack import CityPack
from tests.unit.etl.conftest import Run

OLD = "0123456789abcdef" * 4


def make(count: int) -> bytes:
    return bytes(range(count))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "identity.key"
    file.write_text(OLD)
    file.chmod(0o600)
    return file


def files(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def test_the_new_key_is_in_force_only_when_it_is_put_there(path: Path) -> None:
    old = read_key(path)
    change = rotation.begin(path, make)
    assert (change.old, read_key(path), change.is_taken_up) == (old, old, False)
    assert (path.parent / "identity.key.new").stat().st_mode & 0o777 == 0o600
    rotation.put_in_force(change)
    assert read_key(path) == change.new != old
    assert rotation.former_key(path) == old
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in path.parent.iterdir())
    rotation.forget_old(change)
    assert files(path) == {"identity.key"}
    assert rotation.former_key(path) is None


def test_a_change_that_is_given_up_leaves_the_old_key_alone(path: Path) -> None:
    change = rotation.begin(path, make)
    rotation.abandon(change)
    assert (read_key(path), files(path)) == (change.old, {"identity.key"})


@pytest.mark.parametrize("left", [("new",), ("new", "old")])
def test_a_change_that_was_killed_before_it_took_force_begins_anew(left: tuple[str, ...], path: Path) -> None:
    for end in left:
        shutil.copy2(path, path.with_name(f"identity.key.{end}"))
    change = rotation.begin(path, make)
    assert not change.is_taken_up
    rotation.put_in_force(change)
    assert read_key(path) == Key(make(32).hex().encode())


def test_a_change_that_was_killed_afterwards_is_taken_up(path: Path) -> None:
    first = rotation.begin(path, make)
    rotation.put_in_force(first)
    second = rotation.begin(path, lambda _count: pytest.fail("no third key"))
    assert (second.old, second.new, second.is_taken_up) == (first.old, first.new, True)
    rotation.put_in_force(second)
    rotation.abandon(second)
    assert read_key(path) == first.new


def test_a_key_that_others_read_is_not_changed(path: Path) -> None:
    path.chmod(0o644)
    with pytest.raises(IdentityError, match="chmod 600"):
        rotation.begin(path, make)
    assert files(path) == {"identity.key"}


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _small_city(pack: CityPack, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (cli, erase, rotate_key):
        monkeypatch.setattr(module, "load_packs", lambda _folder: (pack,))
    for module in (cli, rotate_key):
        monkeypatch.setattr(module, "public_lists", list)


@pytest.fixture
def loaded(run: Run, inbox: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two snapshots, of three people of whom the third is erased."""
    made_once = tmp_path_factory.getbasetemp() / "loaded"
    if made_once.exists():
        for name in ("store", "home"):
            shutil.copytree(made_once / name, tmp_path / name, dirs_exist_ok=True)
        return tmp_path / "store"
    people = "Код події,ПІБ,Ел. пошта\nA-1,Анна Тиха,anna@example.org\nA-1,Борис,borys@example.org\n"
    (inbox / "люди.csv").write_text(people + "A-1,Віра,vira@example.org\n", encoding="utf-8")
    for day in ("2026-03-01", "2026-03-02"):
        assert run("load", "--as-of", day).exit_code == 0
    assert run("erase", stdin="vira@example.org\n\n").exit_code == 0
    for name in ("store", "home"):
        shutil.copytree(tmp_path / name, made_once / name)
    return tmp_path / "store"


def key_of(store: Path) -> Key:
    return load_key({}, store.parent / "home", (), make=None)


def people(store: Path) -> list[set[str]]:
    return [set(publish.read_tables(store, each)["people"]["pseudonym"]) for each in publish.list_snapshots(store)]


def named(key: Key, *names: str) -> set[str | None]:
    return {key.email(f"{name}@example.org") for name in names}


def test_everything_is_made_anew_and_the_old_is_forgotten(run: Run, loaded: Path) -> None:
    old = key_of(loaded)
    result = run("rotate-key", stdin="так\n")
    assert result.exit_code == 0, result.stderr
    new = key_of(loaded)
    assert new != old
    assert people(loaded) == [named(new, "anna", "borys")]
    assert "Вилучено знімків: 2" in result.stdout
    assert {each.name for each in (loaded.parent / "home" / ".config" / "civicspace").iterdir()} == {"identity.key"}
    # The erased stay away under the new key too.
    again = run("load", "--json")
    assert json.loads(again.stdout)["erased_rows"] == 1
    assert people(loaded)[-1] == named(new, "anna", "borys")


def test_nothing_happens_without_consent(run: Run, loaded: Path) -> None:
    old, before = key_of(loaded), publish.list_ids(loaded)
    for answer in ("ні\n", "\n", ""):
        result = run("rotate-key", stdin=answer)
        assert result.exit_code == edge.REFUSED
    assert (key_of(loaded), publish.list_ids(loaded)) == (old, before)


def test_the_former_key_and_its_snapshots_may_be_kept_and_people_erased_from_both(run: Run, loaded: Path) -> None:
    old = key_of(loaded)
    assert run("rotate-key", "--yes", "--keep-old").exit_code == 0
    new = key_of(loaded)
    assert people(loaded) == [named(old, "anna", "borys")] * 2 + [named(new, "anna", "borys")]
    erased = json.loads(run("erase", "--json", stdin="anna@example.org\n\n").stdout)
    assert (erased["people"], erased["snapshots"]) == (3, 3)
    assert people(loaded) == [named(old, "borys")] * 2 + [named(new, "borys")]
    assert run("rotate-key", "--yes").exit_code == 0
    assert key_of(loaded) == new
    assert people(loaded) == [named(new, "borys")]


def test_a_failure_before_the_new_key_takes_force_changes_nothing(
    run: Run, loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, before = key_of(loaded), publish.list_ids(loaded)

    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(rotate_key, "build", fail)
    assert run("rotate-key", "--yes").exit_code == edge.REFUSED
    assert (key_of(loaded), publish.list_ids(loaded)) == (old, before)
    assert {each.name for each in (loaded.parent / "home" / ".config" / "civicspace").iterdir()} == {"identity.key"}


@pytest.mark.parametrize("step", ["keep_out", "publish.publish", "publish.prune", "rotation.forget_old"])
def test_a_failure_afterwards_is_mended_by_running_it_again(
    step: str, run: Run, loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = key_of(loaded)
    module, _, name = step.rpartition(".")
    owner = getattr(rotate_key, module) if module else rotate_key

    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device", "x")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        assert run("rotate-key", "--yes").exit_code == edge.REFUSED
    new = key_of(loaded)
    assert new != old
    if step == "keep_out":  # until then a load would bring the erased back under the new key
        refused = run("load", "--lang", "en")
        assert refused.exit_code == edge.REFUSED
        assert "rotate-key" in refused.stderr
    assert publish.current_id(loaded) is not None
    result = run("rotate-key", "--yes")
    assert result.exit_code == 0, result.stderr
    assert "перервано" in result.stdout or step == "rotation.forget_old"
    assert key_of(loaded) == new
    assert people(loaded) == [named(new, "anna", "borys")]


def test_marks_of_people_who_are_in_no_list_any_more_are_told(run: Run, loaded: Path, inbox: Path) -> None:
    (inbox / "люди.csv").write_text("Код події,ПІБ,Ел. пошта\nA-1,Анна Тиха,anna@example.org\n", encoding="utf-8")
    assert "Позначок вилучених осіб не перенесено: 1" in run("rotate-key", "--yes").stdout


def test_a_lost_key_brings_nobody_back_unasked(run: Run, loaded: Path) -> None:
    shutil.rmtree(loaded.parent / "home" / ".config")
    assert run("load").exit_code == edge.REFUSED  # with a key just made
    refused = run("rotate-key", "--yes", "--lang", "en")
    assert refused.exit_code == edge.REFUSED
    assert "--forget-erased" in refused.stderr
    assert run("rotate-key", "--yes", "--forget-erased").exit_code == 0
    assert people(loaded) == [named(key_of(loaded), "anna", "borys", "vira")]


def test_a_key_in_the_environment_cannot_be_changed(run: Run, loaded: Path) -> None:
    result = run("rotate-key", "--yes", CIVICSPACE_KEY=OLD)
    assert result.exit_code == edge.USAGE
    assert "CIVICSPACE_KEY_FILE" in result.stderr
