"""A damaged snapshot: the pages show the one before it, and say so in both languages."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.settings import Role
from etl import publish
from tests.app.conftest import PAGES, Run
from tests.app.test_pages import text_of


@pytest.fixture
def two(bare_store: Path, tmp_path: Path) -> Path:
    """The bare store of 15 November, and one more snapshot, of 16 November."""
    store = tmp_path / "store"
    shutil.copytree(bare_store, store)
    (first,) = publish.list_snapshots(store)
    at = datetime(2026, 11, 16, 12, tzinfo=UTC)
    publish.publish(publish.read_tables(store, first), store, at, at.date(), "test")
    return store


def errors(app: object) -> str:
    return " ".join(element.value for element in app.error).replace("\xa0", " ")  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", [PAGES[0], PAGES[-1]])
def test_a_flipped_byte_shows_the_last_whole_data_with_a_banner(two: Path, run: Run, page: str) -> None:
    first, second = publish.list_ids(two)
    path = two / "snapshots" / second / "themes.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    ukrainian = run(two, page, city="kyiv")
    assert "Показано дані станом на 15 листопада 2026" in errors(ukrainian)
    assert f"civicspace snapshots rollback {first}" in errors(ukrainian)
    assert "Дані станом на 15 листопада 2026" in text_of(ukrainian).replace("\xa0", " ")
    english = run(two, page, city="kyiv", lang="en")
    assert "as of 15 November 2026" in errors(english)
    assert "civicspace load" in errors(english)
    public = errors(run(two, page, city="kyiv", role=Role.PUBLIC))
    assert "Показано дані станом на 15 листопада 2026" in public
    assert "civicspace" not in public
    assert "parquet" not in public


def test_whole_data_has_no_such_banner(two: Path, run: Run) -> None:
    assert errors(run(two, PAGES[0], city="kyiv")) == ""


def test_the_banner_goes_when_the_lists_are_loaded_again(two: Path, run: Run) -> None:
    first, second = publish.list_ids(two)
    (two / "snapshots" / second / "themes.parquet").write_bytes(b"")
    assert "ІТ-фахівцю" in errors(run(two, PAGES[0], city="kyiv"))
    at = datetime(2026, 11, 16, 13, tzinfo=UTC)
    publish.publish(publish.read_tables(two, publish.read_manifest(two, first)), two, at, at.date(), "test")
    assert errors(run(two, PAGES[0], city="kyiv")) == ""
