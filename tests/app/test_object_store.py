"""The pages on a store behind an fsspec URL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from dashboard.settings import Role
from dashboard.ui import cache
from etl import publish
from tests.app.conftest import Run
from tests.app.test_damage import errors
from tests.app.test_pages import text_of


def put(store: Path, url: str) -> None:
    for path in store.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            MemoryFileSystem().pipe_file(f"{url}/{path.relative_to(store)}", path.read_bytes())


@pytest.fixture
def url(bare_store: Path) -> Iterator[str]:
    name = f"memory://{uuid4().hex}"
    put(bare_store, name)
    yield name
    MemoryFileSystem().rm(name, recursive=True)


def test_a_new_snapshot_is_shown_without_a_restart(url: str, run: Run, bare_store: Path, tmp_path: Path) -> None:
    assert "15 November 2026" in text_of(run(url, "data", city="kyiv", lang="en")).replace("\xa0", " ")
    at = datetime(2026, 11, 16, 12, tzinfo=UTC)
    (first,) = publish.list_snapshots(bare_store)
    publish.publish(publish.read_tables(bare_store, first), tmp_path, at, at.date(), "test")
    put(tmp_path, url)
    cache.pointer.clear()  # as after the seconds for which the pointer is taken as read
    assert "16 November 2026" in text_of(run(url, "data", city="kyiv", lang="en")).replace("\xa0", " ")


def test_what_is_open_stays_shown_while_the_store_does_not_answer(
    url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert errors(run(url, "data", city="kyiv", lang="en")) == ""

    def silent(*args: object, **kwargs: object) -> bytes:
        raise ConnectionError

    monkeypatch.setattr(MemoryFileSystem, "cat_file", silent)
    cache.pointer.clear()
    assert errors(run(url, "data", city="kyiv", lang="en")) == ""
    cache.clear()
    assert "does not answer" in text_of(run(url, "data", city="kyiv", lang="en"))


@pytest.mark.parametrize("role", list(Role))
def test_editions_without_a_folder_say_what_to_set_to_those_who_issue(url: str, run: Run, role: Role) -> None:
    page = run(url, "editions", role=role, city="kyiv", lang="en")
    assert not page.exception
    assert ("CIVICSPACE_ARCHIVE" in errors(page)) is (role is Role.ANALYST)
