"""The command `civicspace snapshots`: what prune takes away and leaves, and what verify says of damage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl import publish
from etl.commands import edge
from tests.unit.etl.conftest import Run
from tests.unit.etl.failpoints import put


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Three snapshots of November 2026, the last in use."""
    for day in range(3):
        put(tmp_path / "store", f"theme-{day}", 24 * day)
    return tmp_path / "store"


def test_prune_says_what_goes_and_asks(run: Run, store: Path) -> None:
    ids = publish.list_ids(store)
    for answer in ("ні\n", "", "\n"):
        refused = run("snapshots", "prune", "--keep", "1", stdin=answer)
        assert refused.exit_code == edge.REFUSED
        assert ids[0] in refused.stdout
        assert ids[2] not in refused.stdout
    assert publish.list_ids(store) == ids
    done = run("snapshots", "prune", "--keep", "1", "--lang", "en", stdin="yes\n")
    assert done.exit_code == 0, done.stderr
    assert "Snapshots removed: 2." in done.stdout
    assert publish.list_ids(store) == ids[2:]


def test_prune_can_go_unasked_and_tell_machines(run: Run, store: Path) -> None:
    ids = publish.list_ids(store)
    (store / "snapshots" / ids[0] / "manifest.json").write_bytes(b"?")
    assert "пошкоджено" in run("snapshots", "prune", "--keep", "1", stdin="").stdout
    said = run("snapshots", "prune", "--keep", "2", "--yes", "--json")
    assert json.loads(said.stdout) == {"removed": [ids[0]]}
    assert json.loads(run("snapshots", "prune", "--keep", "2", "--yes", "--json").stdout) == {"removed": []}


def test_prune_never_takes_the_one_in_use(run: Run, store: Path) -> None:
    ids = publish.list_ids(store)
    assert run("snapshots", "rollback", ids[0]).exit_code == 0
    assert run("snapshots", "prune", "--keep", "1", "--yes").exit_code == 0
    assert publish.list_ids(store) == (ids[0], ids[2])
    assert publish.current_id(store) == ids[0]


@pytest.mark.parametrize("arguments", [(), ("--keep", "0"), ("--keep", "1", "--older-than", "-1")])
def test_prune_wants_to_know_how_many(arguments: tuple[str, ...], run: Run, store: Path) -> None:
    assert run("snapshots", "prune", *arguments, "--yes").exit_code == edge.USAGE
    assert len(publish.list_ids(store)) == 3


def test_what_is_young_stays(run: Run, store: Path) -> None:
    assert run("snapshots", "prune", "--keep", "1", "--older-than", "100000", "--yes").exit_code == 0
    assert len(publish.list_ids(store)) == 3


def test_verify_names_all_that_is_damaged_and_list_goes_on(run: Run, store: Path) -> None:
    ids = publish.list_ids(store)
    assert run("snapshots", "verify").exit_code == 0
    (store / "snapshots" / ids[0] / "events.parquet").write_bytes(b"")
    (store / "snapshots" / ids[1] / "manifest.json").write_bytes(b"\xff")
    result = run("snapshots", "verify", "--lang", "en")
    assert result.exit_code == edge.REFUSED
    assert (ids[0] in result.stderr, ids[1] in result.stderr, ids[2] in result.stdout) == (True, True, True)
    said = json.loads(run("snapshots", "verify", "--json").stdout)
    assert said == {"whole": [ids[2]], "damaged": list(ids[:2])}
    assert run("snapshots", "list").exit_code == 0
