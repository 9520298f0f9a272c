import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dashboard import cli
from dashboard.errors import NothingPublished

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, full_scene: Any) -> Run:
    """The command line over a store that holds the full scene."""
    for name in list(os.environ):
        if name.startswith("CIVICSPACE_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(cli, "open_store", lambda _store: full_scene.snapshot())
    return lambda *arguments, **env: CliRunner(env=env).invoke(cli.app, arguments)


def nothing_published(store: Path) -> None:
    raise NothingPublished(store)


# --- serve ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_only_this_machine_reaches_a_loopback_address(host: str) -> None:
    assert cli.is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "8.8.8.8", "hub.example.org", "localhost.org", ""])  # noqa: S104
def test_others_reach_any_other_address(host: str) -> None:
    assert not cli.is_loopback(host)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """What would have been served, with what the environment then held."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setenv("CIVICSPACE_ROLE", "")
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "mimalloc")
    monkeypatch.setenv("CIVICSPACE_STORE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        cli.os,
        "execv",
        lambda _, command: calls.append({"command": command, "role": os.environ["CIVICSPACE_ROLE"], "cwd": Path.cwd()}),
    )
    return calls


@pytest.mark.parametrize("host", ["0.0.0.0", "hub.example.org"])  # noqa: S104
def test_an_open_address_is_refused_without_public(host: str, served: list[dict[str, Any]]) -> None:
    result = CliRunner().invoke(cli.app, ["serve", "--host", host])
    assert result.exit_code == 2
    assert "--public" in result.stderr
    assert served == []


@pytest.mark.parametrize(
    ("arguments", "role"),
    [
        (["--host", "127.0.0.1"], "analyst"),
        (["--host", "127.0.0.1", "--public"], "public"),
        (["--host", "0.0.0.0", "--public"], "public"),  # noqa: S104
    ],
)
def test_who_is_served_what(arguments: list[str], role: str, served: list[dict[str, Any]]) -> None:
    result = CliRunner().invoke(cli.app, ["serve", "--port", "8600", *arguments])
    assert result.exit_code == 0
    (call,) = served
    command = list(call["command"])
    assert command[:4] == [sys.executable, "-m", "uvicorn", "app:app"]
    assert [command[command.index(name) + 1] for name in ("--host", "--port")] == [arguments[1], "8600"]
    assert (call["role"], call["cwd"]) == (role, cli.REPOSITORY)


# --- a city and a month ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--city", "odesa"), 2, "--city odesa: такого значення немає (kyiv)."),
        (("--month", "2026-13"), 2, "--month 2026-13: місяць пишуть так: 2026-10."),
        (("--month", "10.2026", "--lang", "en"), 2, "--month 10.2026: a month is written like 2026-10."),
        (("--month", "2026-11"), 4, "kyiv: за 2026-11 нічого немає. Місяці з даними: 2025-09 … 2026-10."),
        (("--month", "2025-08", "--lang", "en"), 4, "Months with data: 2025-09 … 2026-10."),
        (("--lang", "de"), 2, "de"),
        (("--role", "director"), 2, "director"),
    ],
)
def test_what_is_refused(
    arguments: tuple[str, ...], code: int, said: str, run: Run, monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("figures", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("month", ["2025-09", "2026-10"])
def test_the_first_and_the_last_month_are_not_refused(month: str, run: Run) -> None:
    assert run("figures", "--month", month).exit_code == 0


def test_a_city_without_data_is_refused(run: Run, empty_scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "open_store", lambda _store: empty_scene.snapshot())
    result = run("figures")
    assert result.exit_code == 4
    assert "Місяці з даними: —." in result.stderr


def test_without_a_snapshot_nothing_is_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "open_store", nothing_published)
    result = run("figures", "--lang", "en")
    assert result.exit_code == 4
    assert "civicspace load" in result.stderr


def test_a_wrong_setting_is_a_wrong_call(run: Run) -> None:
    result = run("figures", CIVICSPACE_MIN_GROUP_SIZE="1")
    assert result.exit_code == 2
    assert "CIVICSPACE_MIN_GROUP_SIZE" in result.stderr


# --- figures --------------------------------------------------------------------------------------


def test_figures_as_a_table(run: Run) -> None:
    result = run("figures", COLUMNS="160")
    assert result.exit_code == 0
    assert "kyiv, жовтень 2026" in result.stdout.replace("\u00a0", " ")
    assert "Частка відвідування" in result.stdout
    assert "Частка теми" not in result.stdout


def test_figures_for_machines(run: Run) -> None:
    answer = json.loads(run("figures", "--json").stdout)
    assert (answer["city"], answer["month"], answer["role"]) == ("kyiv", "2026-10", "public")
    assert answer["is_unfinished"] is False
    assert {"id", "name", "unit", "definition", "value", "previous", "year_ago", "base", "coverage_pct"} <= set(
        answer["figures"][0]
    )


def test_an_unfinished_month_is_marked(run: Run, scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.event("e", "2026-11-03")
    monkeypatch.setattr(cli, "open_store", lambda _store: scene.snapshot())
    assert json.loads(run("figures", "--json", "--month", "2026-11").stdout)["is_unfinished"] is True
    assert "місяць триває" in run("figures", "--month", "2026-11").stdout


def test_small_groups_are_for_analysts_alone(run: Run) -> None:
    def new_participants(role: str) -> dict[str, Any]:
        figures = json.loads(run("figures", "--json", "--role", role).stdout)["figures"]
        return next(record for record in figures if record["id"] == "new_participants_count")

    exact, shown = new_participants("analyst"), new_participants("public")
    assert 0 < exact["value"] < 5
    assert (shown["value"], shown["value_is_hidden"]) == (None, True)


def test_definitions_need_no_snapshot(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "open_store", nothing_published)
    told = run("figures", "--definitions", "--lang", "en")
    assert told.exit_code == 0
    assert "How many events were held" in told.stdout
    records = json.loads(run("figures", "--definitions", "--json").stdout)["figures"]
    assert "value" not in records[0]
    assert run("figures", "--markdown").stdout.startswith("# The figures\n")
