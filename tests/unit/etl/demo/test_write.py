from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.demo import write
from etl.demo.city import DemoCity, DemoScale
from etl.demo.plan import CityPlan
from etl.demo.write import MARKER, DemoError, write_demo

UNTIL = date(2026, 2, 18)


@pytest.fixture
def tiny(city: DemoCity) -> DemoCity:
    return dataclasses.replace(city, scale=DemoScale(spaces=6, events=300, registrations=1_500))


def silent(_what: str, _done: int, _total: int) -> None:
    """Nobody listens."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_lie_in_the_citys_folder_under_a_marker(tmp_path: Path, tiny: DemoCity) -> None:
    inbox = tmp_path / "a" / "inbox"
    paths = write_demo(inbox, [tiny], 1, 2, UNTIL, silent)
    assert paths[0] == inbox / MARKER
    assert {path.relative_to(inbox).parts[0] for path in paths[1:]} == {"smallville"}
    assert sorted(paths) == sorted(path for path in inbox.rglob("*") if path.is_file())
    text = paths[0].read_text(encoding="utf-8")
    assert "вигадано" in text
    assert "invented" in text
    assert [path.name for path in inbox.parent.iterdir()] == ["inbox"]


def test_the_same_arguments_give_the_same_bytes_also_over_an_earlier_run(tmp_path: Path, tiny: DemoCity) -> None:
    inbox = tmp_path / "inbox"
    write_demo(inbox, [tiny], 1, 2, UNTIL, silent)
    first = contents(inbox)
    write_demo(inbox, [tiny], 2, 2, UNTIL, silent)
    assert contents(inbox) != first
    write_demo(inbox, [tiny], 1, 2, UNTIL, silent)
    assert contents(inbox) == first


def test_one_city_is_the_same_beside_another(tmp_path: Path, tiny: DemoCity) -> None:
    other = dataclasses.replace(tiny, city_id="another")
    write_demo(tmp_path / "alone", [tiny], 1, 2, UNTIL, silent)
    write_demo(tmp_path / "both", [other, tiny], 1, 2, UNTIL, silent)
    assert contents(tmp_path / "alone" / "smallville") == contents(tmp_path / "both" / "smallville")


def test_an_empty_folder_is_taken(tmp_path: Path, tiny: DemoCity) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_demo(inbox, [tiny], 1, 1, UNTIL, silent)
    assert (inbox / MARKER).is_file()


def test_a_folder_with_files_and_no_marker_is_refused_and_left_as_it_was(tmp_path: Path, tiny: DemoCity) -> None:
    (tmp_path / "kyiv").mkdir()
    (tmp_path / "kyiv" / "наші події.csv").write_text("дані", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(DemoError, match="оберіть порожню теку"):
        write_demo(tmp_path, [tiny], 1, 1, UNTIL, silent)
    assert contents(tmp_path) == before


def test_somebody_elses_file_among_the_demonstration_is_not_deleted(tmp_path: Path, tiny: DemoCity) -> None:
    inbox = tmp_path / "inbox"
    write_demo(inbox, [tiny], 1, 1, UNTIL, silent)
    own = inbox / "smallville" / "наші події.csv"
    own.write_text("дані", encoding="utf-8")
    with pytest.raises(DemoError, match="наші події"):
        write_demo(inbox, [tiny], 1, 1, UNTIL, silent)
    assert own.read_text(encoding="utf-8") == "дані"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path, tiny: DemoCity) -> None:
    inbox = tmp_path / "inbox"
    inbox.write_text("", encoding="utf-8")
    with pytest.raises(DemoError, match="not a folder"):
        write_demo(inbox, [tiny], 1, 1, UNTIL, silent)


def test_an_interrupted_run_leaves_the_earlier_lists_whole(
    tmp_path: Path, tiny: DemoCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox"
    write_demo(inbox, [tiny], 1, 1, UNTIL, silent)
    before = contents(inbox)

    def stops(_plan: CityPlan) -> Iterator[tuple[str, bytes]]:
        yield "one.csv", b"half"
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "city_files", stops)
    with pytest.raises(KeyboardInterrupt):
        write_demo(inbox, [tiny], 2, 1, UNTIL, silent)
    assert contents(inbox) == before
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]


def test_progress_is_told_city_by_city_to_the_end(tmp_path: Path, tiny: DemoCity) -> None:
    told: list[tuple[str, int, int]] = []
    write_demo(tmp_path / "inbox", [tiny], 1, 1, UNTIL, lambda *step: told.append(step))
    assert told == [("Мале", 1, 2), ("inbox", 2, 2)]
