import json
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from typer.testing import CliRunner, Result

import civicspace as joined
from dashboard.commands import making, report
from dashboard.errors import NoChromium, NothingPublished
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import editions, formats
from dashboard.reports.editions import Content
from dashboard.reports.model import Cell, Edition, Report
from tests.conftest import civicspace

Run = Callable[..., Result]
CONTENT = editions.content


class Fast(formats.Format):
    """Writes the name of the edition; where the machine lacks what it needs it says so."""

    def render(self, edition: Edition, chromium: str | None = None) -> bytes:
        if self.id == "pdf" and chromium is None:
            raise NoChromium(None)
        return f"{edition.stem}.{self.ending}".encode()


@pytest.fixture(scope="session")
def contents() -> Callable[..., Content]:
    """What editions freeze, each made once for all tests here."""
    return cache(CONTENT)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, full_scene: Any, contents: Callable[..., Content], tmp_path: Path) -> Run:
    """The command line over a store that holds the full scene, with formats that take no time."""
    for name in list(os.environ):
        if name.startswith("CIVICSPACE_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(report, "open_store", lambda _store: full_scene.snapshot())
    monkeypatch.setattr(editions, "content", contents)
    fast = {
        name: Fast(name, each.ending, each.mime, each.module, each.is_for_all) for name, each in formats.FORMATS.items()
    }
    for module in (report, making):
        monkeypatch.setattr(module, "FORMATS", fast)
    store = str(tmp_path / "store")
    return lambda *arguments, **env: CliRunner(env={"CIVICSPACE_STORE": store, **env}).invoke(
        report.app, ["report", *arguments]
    )


def correct(content: Content) -> Content:
    def alter(of: Report) -> Report:
        first, *others = of.figures
        return replace(of, figures=(replace(first, cell=Cell(99.0)), *others))

    return replace(content, reports={lang: alter(of) for lang, of in content.reports.items()})


@pytest.fixture
def corrected(monkeypatch: pytest.MonkeyPatch, contents: Callable[..., Content]) -> Callable[[], None]:
    """From then on the data are others."""
    return lambda: monkeypatch.setattr(editions, "content", lambda *of: correct(contents(*of)))


# --- one month ----------------------------------------------------------------------------------------


def test_an_edition_is_issued_and_its_files_are_told(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    result = run("--city", "kyiv", "--month", "2026-10", "--lang", "uk", "--format", "html,docx", "--out", str(out))
    assert result.exit_code == 0
    names = ["civicspace-kyiv-2026-10-public-1-uk.html", "civicspace-kyiv-2026-10-public-1-uk.docx"]
    assert result.stdout.split() == [str(out / name) for name in names]
    assert "Випуск kyiv/2026-10/public/1: новий." in result.stderr
    assert sorted(each.name for each in out.iterdir()) == sorted(names)


def test_asked_again_it_is_the_same_edition_and_the_same_bytes(run: Run, tmp_path: Path) -> None:
    first = run("--format", "html", "--out", str(tmp_path / "a"))
    again = run("--format", "html", "--out", str(tmp_path / "b"), "--reason", "просто так")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "відтоді нічого не змінилося. Пояснення не записано" in again.stderr
    (one,), (other,) = ((tmp_path / name).iterdir() for name in "ab")
    assert (one.name, one.read_bytes()) == (other.name, other.read_bytes())


def test_a_correction_is_the_next_edition(run: Run, corrected: Callable[[], None]) -> None:
    run("--format", "html")
    corrected()
    result = run("--format", "html", "--lang", "en", "--reason", "a list was corrected")
    assert "Edition kyiv/2026-10/public/2: new. Numbers that changed: 1." in result.stderr
    assert "Stated reason: a list was corrected" in result.stderr


@pytest.mark.parametrize(("role", "has_data"), [("public", True), ("analyst", False)])
def test_open_data_are_made_of_a_public_edition_alone(run: Run, role: str, has_data: bool) -> None:
    result = run("--month", "2026-10", "--role", role, CIVICSPACE_CHROMIUM="chromium")
    assert (".zip" in result.stdout) is has_data
    assert ".xlsx" in result.stdout


def test_an_edition_for_analysts_counts_for_itself(run: Run) -> None:
    run("--format", "html")
    result = run("--month", "2026-10", "--lang", "en", "--role", "analyst", "--format", "html")
    assert result.stdout.strip().endswith("civicspace-kyiv-2026-10-analyst-1-en.html")


def test_an_unfinished_month_says_so(run: Run, make_scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = make_scene()
    scene.event("e", "2026-11-03")
    monkeypatch.setattr(report, "open_store", lambda _store: scene.snapshot())
    result = run("--month", "2026-11", "--format", "html")
    assert result.exit_code == 0
    assert "Місяць ще триває" in result.stderr


def test_a_format_that_cannot_be_made_is_told_and_the_others_are_made(run: Run, tmp_path: Path) -> None:
    result = run("--format", "html,pdf", "--out", str(tmp_path / "out"))
    assert result.exit_code == 6
    assert [each.suffix for each in (tmp_path / "out").iterdir()] == [".html"]
    assert "pdf: " in result.stderr
    assert "apt install chromium" in result.stderr
    assert run("--format", "pdf", CIVICSPACE_CHROMIUM="/opt/chrome").exit_code == 0


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "civicspace-kyiv-2026-10-public-1-uk.html").mkdir(parents=True)
    result = run("--format", "html", "--out", str(tmp_path / "out"))
    assert result.exit_code == 6
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["civicspace-kyiv-2026-10-public-1-uk.html"]


def test_all_formats_are_made_where_none_is_named(run: Run, tmp_path: Path) -> None:
    run("--out", str(tmp_path / "out"), CIVICSPACE_CHROMIUM="/opt/chrome")
    endings = {each.ending for each in formats.FORMATS.values()}
    assert {each.suffix[1:] for each in (tmp_path / "out").iterdir()} == endings


def test_of_an_internal_edition_there_are_no_open_data(run: Run, tmp_path: Path) -> None:
    run("--role", "analyst", "--out", str(tmp_path / "out"), CIVICSPACE_CHROMIUM="/opt/chrome")
    assert {each.suffix for each in (tmp_path / "out").iterdir()} == {".html", ".pdf", ".pptx", ".docx", ".xlsx"}


def test_an_answer_for_machines(run: Run) -> None:
    result = run("--format", "html", "--json")
    (edition,) = json.loads(result.stdout)["editions"]
    assert (edition["edition"], edition["is_new"], edition["snapshot_id"]) == (
        "kyiv/2026-10/public/1",
        True,
        "20261115T000000Z-abcdef01",
    )
    assert len(edition["files"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--city", "odesa"), 2, "--city odesa: такого значення немає (kyiv)."),
        (("--month", "2026-13"), 2, "--month 2026-13: місяць пишуть так: 2026-10."),
        (("--month", "2026-11"), 4, "kyiv: за 2026-11 нічого немає. Місяці з даними: 2025-09 … 2026-10."),
        (("--months", "2026-10"), 2, "--months 2026-10: пишуть так: 2025-01..2025-12."),
        (("--months", "2026-10..2026-09"), 4, "за 2026-10..2026-09 нічого немає"),
        (("--year", "2024"), 4, "за 2024-01..2024-12 нічого немає"),
        (("--year", "26"), 2, "--year 26: пишуть так"),
        (("--month", "2026-10", "--year", "2026"), 2, "Щось одне: --month, --months, --year."),
        (("--format", "html,odt"), 2, "--format odt: html, "),
        (("--send",), 4, "Поштовий сервер не вказано."),
        (("--jobs", "0"), 2, "--jobs"),
        (("--role", "director"), 2, "director"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], code: int, said: str, run: Run, tmp_path: Path) -> None:
    result = run(*arguments)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_snapshot_nothing_is_issued(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_published(store: Path) -> None:
        raise NothingPublished(store)

    monkeypatch.setattr(report, "open_store", nothing_published)
    result = run("--lang", "en")
    assert result.exit_code == 4
    assert "civicspace load" in result.stderr


# --- many months --------------------------------------------------------------------------------------


def test_a_year_is_every_month_that_has_ended_and_has_data(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contents: Callable[..., Content], full_scene: Any
) -> None:
    october = contents(
        full_scene.snapshot(), "kyiv", full_scene.snapshot().as_of_on.replace(month=10, day=1), Disclosure("public")
    )

    def of_month(_snapshot: object, _city: str, month: Any, _disclosure: object) -> Content:
        return replace(october, reports={lang: replace(of, month=month) for lang, of in october.reports.items()})

    monkeypatch.setattr(editions, "content", of_month)
    result = run("--year", "2025", "--format", "html", "--jobs", "1", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0
    months = [f"2025-{month:02}" for month in range(9, 13)]
    assert [Path(line).name for line in result.stdout.split()] == [
        f"civicspace-kyiv-{month}-public-1-uk.html" for month in months
    ]
    span = run("--months", "2025-10..2025-11", "--format", "html", "--jobs", "1", "--json")
    assert [each["edition"] for each in json.loads(span.stdout)["editions"]] == [
        f"kyiv/{month}/public/1" for month in months[1:3]
    ]


def test_one_month_that_fails_does_not_stop_the_others(run: Run, tmp_path: Path, corrected: Callable[[], None]) -> None:
    run("--month", "2026-10", "--format", "html")
    (tmp_path / "store/editions/kyiv/2026-10/public/1/edition.json").write_text("")
    result = run("--months", "2026-09..2026-10", "--format", "html", "--jobs", "1")
    assert result.exit_code == 6
    assert [Path(line).name for line in result.stdout.split()] == ["civicspace-kyiv-2026-09-public-1-uk.html"]
    assert "2026-10: Випуск kyiv/2026-10/public/1 пошкоджено" in result.stderr
    assert run("--month", "2026-10", "--format", "html").exit_code == 4


@pytest.mark.timeout(300)
def test_processes_of_their_own_make_the_same_files_as_one(one_city_store: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    store = tmp_path / "store"
    store.mkdir()
    for name in ("current", "snapshots"):
        (store / name).symlink_to(one_city_store / name)
    span = ("report", "--city", "zhytomyr", "--months", "2026-09..2026-10", "--format", "html,xlsx")
    made = civicspace(*span, "--jobs", "2", "--out", str(tmp_path / "out"), store=store, home=home)
    assert made.returncode == 0, made.stderr
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert len(files) == 4
    for path in (store / "editions").rglob("files/civicspace-*"):
        path.unlink()
    again = civicspace(*span, "--jobs", "1", "--out", str(tmp_path / "again"), store=store, home=home)
    assert again.returncode == 0, again.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == files


# --- list, diff, get ----------------------------------------------------------------------------------


def test_the_list_names_every_edition(run: Run, corrected: Callable[[], None], tmp_path: Path) -> None:
    assert "Випусків немає." in run("list").stdout
    run("--format", "html")
    corrected()
    run("--format", "html")
    run("--format", "html", "--role", "analyst")
    records = json.loads(run("list", "--json").stdout)
    assert [each["edition"] for each in records["editions"]] == [
        "kyiv/2026-10/public/2",
        "kyiv/2026-10/public/1",
        "kyiv/2026-10/analyst/1",
    ]
    assert [each["changes_count"] for each in records["editions"]] == [1, 0, 0]
    public = run("list", "--role", "public", "--city", "kyiv", "--lang", "en", COLUMNS="160")
    assert "kyiv/2026-10/public/2" in public.stdout
    assert "analyst" not in public.stdout
    (tmp_path / "store/editions/kyiv/2026-10/public/1/edition.json").write_text("")
    damaged = run("list")
    assert damaged.exit_code == 6
    assert "Пошкоджено випуск kyiv/2026-10/public/1." in damaged.stderr


def test_two_editions_are_compared_and_one_with_today(run: Run, corrected: Callable[[], None]) -> None:
    run("--format", "html")
    assert "Відмінностей немає." in run("diff", "kyiv/2026-10/1").stdout
    corrected()
    today = run("diff", "kyiv/2026-10/1", COLUMNS="160")
    assert "99" in today.stdout
    run("--format", "html")
    answer = json.loads(run("diff", "kyiv/2026-10/1", "kyiv/2026-10/2", "--json").stdout)
    assert answer["changes"] == [
        {
            "place": "Показники",
            "figure": "events_count",
            "month": "2026-10",
            "before": {"value": 4.0, "is_hidden": False},
            "after": {"value": 99.0, "is_hidden": False},
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("diff", "kyiv/2026-10/2"), "Випуску kyiv/2026-10/public/2 немає."),
        (("diff", "october"), "'october' не є позначкою випуску."),
        (("diff", "kyiv/2026-10/1", "kyiv/2026-10/analyst/1"), "порівнюють випуски одного міста, місяця й ролі"),
        (("get", "kyiv/2026-10/2"), "Випуску kyiv/2026-10/public/2 немає."),
    ],
)
def test_what_cannot_be_compared_or_had(arguments: tuple[str, ...], said: str, run: Run) -> None:
    run("--format", "html")
    result = run(*arguments)
    assert (result.exit_code, said in result.stderr) == (4, True), result.stderr


def test_an_older_edition_can_still_be_had(run: Run, corrected: Callable[[], None], tmp_path: Path) -> None:
    run("--format", "html")
    corrected()
    run("--format", "html")
    result = run("get", "kyiv/2026-10/1", "--lang", "en", "--format", "docx", "--out", str(tmp_path / "old"))
    assert result.stdout.strip() == str(tmp_path / "old" / "civicspace-kyiv-2026-10-public-1-en.docx")


# --- sending ------------------------------------------------------------------------------------------


class Inbox:
    """A mail server's ear."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's
        self.envelopes.append(envelope)
        return "250 taken"


def test_an_edition_is_sent_once_to_each_and_again_when_told(run: Run, tmp_path: Path) -> None:
    inbox = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port, ready_timeout=20)
    server.start()
    try:
        mail = {
            "CIVICSPACE_MAIL_HOST": "127.0.0.1",
            "CIVICSPACE_MAIL_PORT": str(port),
            "CIVICSPACE_MAIL_SECURITY": "none",
            "CIVICSPACE_MAIL_FROM": "civicspace@example.org",
            "CIVICSPACE_MAIL_TO": "olena@example.org, deputy@example.org",
        }
        first = run("--send", "--format", "html,docx", **mail)
        second = run("--send", "--format", "html,docx", **mail)
        third = run("--send", "--again", "--format", "html", **mail)
    finally:
        server.stop()
    assert [result.exit_code for result in (first, second, third)] == [0, 0, 0], first.stderr
    assert "Надіслано листів: 2." in first.stderr
    assert "Надіслано листів: 0." in second.stderr
    assert "Цей випуск уже мають отримувачів: 2" in second.stderr
    assert [envelope.rcpt_tos for envelope in inbox.envelopes] == [["olena@example.org"], ["deputy@example.org"]] * 2
    record = (tmp_path / "store/editions/sent.jsonl").read_text()
    assert len(record.splitlines()) == 4
    assert "example.org" not in record


def test_an_edition_that_lacks_a_file_is_not_sent(run: Run, tmp_path: Path) -> None:
    mail = {
        f"CIVICSPACE_MAIL_{name}": value
        for name, value in {"HOST": "127.0.0.1", "FROM": "a@example.org", "TO": "b@example.org"}.items()
    }
    result = run("--send", "--format", "html,pdf", **mail)
    assert result.exit_code == 6
    assert "Надіслано" not in result.stderr
    assert not (tmp_path / "store/editions/sent.jsonl").exists()


# --- every day ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_how_to_do_it_every_day_can_be_copied(run: Run, lang: str, tmp_path: Path) -> None:
    result = run("--schedule", "--lang", lang, "--out", "reports")
    assert result.exit_code == 0
    assert f"CIVICSPACE_STORE={tmp_path / 'store'}" in result.stdout
    assert f"report --out {tmp_path / 'reports'} --send" in result.stdout
    assert "OnCalendar=" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_command_is_joined_to_the_others() -> None:
    assert "report" in [group.name for group in joined.app.registered_groups]
