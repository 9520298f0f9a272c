from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from dashboard import archive
from dashboard.errors import ArchiveBusy, DamagedEdition, EditionError, OutdatedEdition
from dashboard.reports import editions
from dashboard.reports.editions import Content, Reference
from dashboard.reports.formats import FORMATS, Format
from dashboard.reports.model import Cell, Edition, Report
from dashboard.settings import Role
from dashboard.text.words import LANGS

OCTOBER = date(2026, 10, 1)
AT = datetime(2026, 11, 15, 1, 30, tzinfo=ZoneInfo("Europe/Kyiv"))
FIRST, SECOND = (Reference("kyiv", OCTOBER, Role.PUBLIC, number) for number in (1, 2))


@pytest.fixture(scope="module")
def content(frozen: Callable[[Role], Content]) -> Content:
    return frozen(Role.PUBLIC)


@pytest.fixture(scope="module")
def corrected(content: Content) -> Content:
    def more(report: Report) -> Report:
        first, *others = report.figures
        return replace(report, figures=(replace(first, cell=Cell(99.0)), *others), snapshot_id="20261201T000000Z-x")

    return replace(content, reports={lang: more(report) for lang, report in content.reports.items()})


class Plain(Format):
    """A format that writes what it was given, and counts how often it was asked."""

    def render(self, edition: Edition, chromium: str | None = None) -> bytes:  # noqa: ARG002 - a renderer's
        asked.append(edition.stem)
        return f"{edition.stem} {len(asked)}".encode()


asked: list[str] = []


@pytest.fixture
def plain() -> Iterator[Plain]:
    asked.clear()
    yield Plain("plain", "txt", "text/plain", "none")
    asked.clear()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- issuing ------------------------------------------------------------------------------------------


def test_an_edition_is_filed_with_what_it_was_made_from(tmp_path: Path, content: Content) -> None:
    imprint = archive.issue(tmp_path, content, AT).imprint
    assert imprint.reference == FIRST
    assert (imprint.issued_at, imprint.issued_on) == (datetime(2026, 11, 14, 23, 30, tzinfo=UTC), date(2026, 11, 15))
    assert (imprint.snapshot_id, imprint.code_version) == ("20261115T000000Z-abcdef01", "0")
    assert (imprint.min_group_size, imprint.changes_count, imprint.why["uk"]) == (5, 0, ())
    assert [(each.source_id, each.name) for each in imprint.inputs] == [("s1", "a.csv")]
    assert (
        imprint
        == archive.read_imprint(tmp_path, FIRST)
        == archive.newest_edition(tmp_path, "kyiv", OCTOBER, Role.PUBLIC)
    )
    folder = tmp_path / "editions/kyiv/2026-10/public/1"
    assert {path.name for path in folder.iterdir()} == {
        "edition.json",
        "report.uk.json",
        "report.en.json",
        "SHA256SUMS",
    }


def test_what_is_read_back_is_what_was_frozen(tmp_path: Path, content: Content) -> None:
    archive.issue(tmp_path, content, AT)
    for lang in LANGS:
        edition = archive.read_edition(tmp_path, FIRST, lang)
        assert edition == Edition(content.reports[lang], 1, AT.date(), (), ())


def test_the_same_data_are_the_same_edition_and_not_a_byte_is_written(tmp_path: Path, content: Content) -> None:
    first = archive.issue(tmp_path, content, AT)
    before = everything(tmp_path)
    again = archive.issue(tmp_path, content, AT.replace(year=2027), "із примхи")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.imprint == first.imprint
    assert everything(tmp_path) == before


def test_a_correction_is_the_next_edition_and_says_what_changed_and_why(
    tmp_path: Path, content: Content, corrected: Content
) -> None:
    archive.issue(tmp_path, content, AT)
    before = everything(tmp_path / "editions/kyiv/2026-10/public/1")
    issued = archive.issue(tmp_path, corrected, AT, "уточнено")
    assert (issued.is_new, issued.imprint.reference, issued.imprint.changes_count) == (True, SECOND, 1)
    edition = archive.read_edition(tmp_path, SECOND, "uk")
    assert (edition.number, edition.why) == (2, ("Пояснення: уточнено.",))
    assert [(change.before, change.after) for change in edition.changes] == [
        (content.report.figures[0].cell, Cell(99.0))
    ]
    assert everything(tmp_path / "editions/kyiv/2026-10/public/1") == before


def test_a_correction_taken_back_is_a_third_edition(tmp_path: Path, content: Content, corrected: Content) -> None:
    for each in (content, corrected):
        archive.issue(tmp_path, each, AT)
    newest = archive.read_imprint(tmp_path, SECOND)
    assert archive.would_differ(tmp_path, newest, content)
    assert not archive.would_differ(tmp_path, newest, corrected)
    assert archive.issue(tmp_path, content, AT).imprint.reference.number == 3


def test_each_role_counts_for_itself(tmp_path: Path, content: Content, frozen: Callable[[Role], Content]) -> None:
    archive.issue(tmp_path, content, AT)
    assert archive.issue(tmp_path, frozen(Role.ANALYST), AT).imprint.reference == replace(FIRST, role=Role.ANALYST)
    public = archive.list_editions(tmp_path, role=Role.PUBLIC)
    assert [imprint.reference for imprint in public.imprints] == [FIRST]
    assert len(archive.list_editions(tmp_path).imprints) == 2
    assert archive.list_editions(tmp_path, city_id="lviv").imprints == ()


def test_the_newest_is_named_first_and_ten_comes_after_nine(
    tmp_path: Path, content: Content, corrected: Content
) -> None:
    for number in range(10):
        archive.issue(tmp_path, corrected if number % 2 else content, AT)
    numbers = [imprint.reference.number for imprint in archive.list_editions(tmp_path).imprints]
    assert numbers == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_an_empty_store_has_no_editions(tmp_path: Path) -> None:
    assert archive.list_editions(tmp_path / "none") == archive.Listing((), ())
    assert archive.newest_edition(tmp_path, "kyiv", OCTOBER, Role.PUBLIC) is None
    with pytest.raises(EditionError, match="no edition kyiv/2026-10/public/1"):
        archive.read_imprint(tmp_path, FIRST)


# --- two at once, and a death in the middle -----------------------------------------------------------


def test_two_at_once_issue_one_edition(tmp_path: Path, content: Content) -> None:
    with ThreadPoolExecutor(4) as threads:
        issued = list(threads.map(lambda _: archive.issue(tmp_path, content, AT), range(4)))
    assert sorted(each.is_new for each in issued) == [False, False, False, True]
    assert {each.imprint.reference for each in issued} == {FIRST}


def test_two_corrections_at_once_get_a_number_each(tmp_path: Path, content: Content, corrected: Content) -> None:
    with ThreadPoolExecutor(2) as threads:
        issued = list(threads.map(lambda each: archive.issue(tmp_path, each, AT), (content, corrected)))
    assert sorted(each.imprint.reference.number for each in issued) == [1, 2]


def test_whoever_writes_for_too_long_is_told(tmp_path: Path, content: Content, plain: Format) -> None:
    archive.issue(tmp_path, content, AT)
    with FileLock(tmp_path / "editions/.lock"):
        with pytest.raises(ArchiveBusy):
            archive.issue(tmp_path, content, AT, patience_s=0)
        with pytest.raises(ArchiveBusy):
            archive.file_of(tmp_path, FIRST, plain, "uk", patience_s=0)


class Killed(BaseException):
    """The process is gone."""


def _dying_at(step: int, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> bool:
    """Do something in a process that dies at its n-th step on the disk; whether it came so far."""
    steps = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def step_taken(*arguments: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == step:
                raise Killed
            return function(*arguments)

        return step_taken

    with monkeypatch.context() as patch:
        patch.setattr(archive, "_write_through", counted(archive._write_through))
        patch.setattr(archive, "_sync", counted(archive._sync))
        patch.setattr(Path, "rename", counted(Path.rename))
        patch.setattr(Path, "replace", counted(Path.replace))
        try:
            act()
        except Killed:
            return True
    return False


def test_a_death_at_any_step_of_issuing_leaves_the_whole_edition_or_none(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(1, 20):
        store = tmp_path / f"{step}"
        if not _dying_at(step, monkeypatch, lambda store=store: archive.issue(store, content, AT)):
            assert step > 5
            return
        listing = archive.list_editions(store)
        assert listing.damaged == ()
        has_it = len(listing.imprints) == 1
        again = archive.issue(store, content, AT)
        assert (again.is_new, again.imprint.reference) == (not has_it, FIRST)
        assert not list(store.rglob(".*.tmp"))
    pytest.fail("it never came to an end")


def test_a_death_at_any_step_of_keeping_a_file_leaves_a_whole_file_or_none(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch, plain: Format
) -> None:
    for step in range(1, 20):
        store = tmp_path / f"{step}"
        archive.issue(store, content, AT)
        if not _dying_at(step, monkeypatch, lambda store=store: archive.file_of(store, FIRST, plain, "uk")):
            assert step > 4
            return
        kept = archive.kept_file(store, FIRST, plain, "uk")
        data = archive.file_of(store, FIRST, plain, "uk")
        assert kept in (None, data)
        assert not list(store.rglob(".*.tmp"))
    pytest.fail("it never came to an end")


# --- damage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["edition.json", "report.uk.json", "SHA256SUMS"])
@pytest.mark.parametrize("is_gone", [True, False])
def test_a_damaged_edition_is_refused(tmp_path: Path, content: Content, part: str, is_gone: bool) -> None:
    archive.issue(tmp_path, content, AT)
    path = tmp_path / "editions/kyiv/2026-10/public/1" / part
    text = path.read_text()
    path.unlink() if is_gone else path.write_text(text.replace("0", "1", 3))
    with pytest.raises(DamagedEdition, match="kyiv/2026-10/public/1 is damaged"):
        archive.read_edition(tmp_path, FIRST, "uk")
    with pytest.raises(DamagedEdition):
        archive.issue(tmp_path, content, AT)
    if part != "report.uk.json":
        assert archive.list_editions(tmp_path) == archive.Listing((), (FIRST,))
        path.write_text(text)
        assert archive.list_editions(tmp_path).damaged == ()


def test_an_edition_put_under_another_number_is_refused(tmp_path: Path, content: Content) -> None:
    archive.issue(tmp_path, content, AT)
    series = tmp_path / "editions/kyiv/2026-10/public"
    (series / "1").rename(series / "7")
    with pytest.raises(DamagedEdition):
        archive.read_imprint(tmp_path, replace(FIRST, number=7))


def test_folders_of_others_are_passed_over(tmp_path: Path, content: Content) -> None:
    archive.issue(tmp_path, content, AT)
    for name in ("editions/kyiv/2026-10/public/1 copy", "editions/a/b/c/1", "editions/kyiv/2026-10/public/.2.tmp"):
        (tmp_path / name).mkdir(parents=True)
    assert [imprint.reference for imprint in archive.list_editions(tmp_path).imprints] == [FIRST]


def test_an_edition_of_another_model_of_the_report_is_followed_by_one_that_says_so(
    tmp_path: Path, content: Content, plain: Format
) -> None:
    archive.issue(tmp_path, content, AT)
    data = archive.file_of(tmp_path, FIRST, plain, "uk")
    folder = tmp_path / "editions/kyiv/2026-10/public/1"
    for lang in LANGS:
        (folder / f"report.{lang}.json").write_text("{}")
    sums = "".join(
        f"{archive._hash((folder / name).read_bytes())}  {name}\n"
        for name in ("edition.json", "report.uk.json", "report.en.json")
    )
    (folder / "SHA256SUMS").write_text(sums)
    assert archive.file_of(tmp_path, FIRST, plain, "uk") == data
    with pytest.raises(OutdatedEdition):
        archive.file_of(tmp_path, FIRST, plain, "en")
    imprint = archive.issue(tmp_path, content, AT).imprint
    assert imprint.reference == SECOND
    assert imprint.why["uk"] == ("Випуск 1 зроблено іншою версією програми: порівняти з ним числа вже не можна.",)


# --- files --------------------------------------------------------------------------------------------


def test_a_file_is_made_once_and_then_handed_out_again(tmp_path: Path, content: Content, plain: Format) -> None:
    archive.issue(tmp_path, content, AT)
    assert archive.kept_file(tmp_path, FIRST, plain, "uk") is None
    data = archive.file_of(tmp_path, FIRST, plain, "uk")
    assert data == b"civicspace-kyiv-2026-10-public-1-uk 1"
    assert archive.file_of(tmp_path, FIRST, plain, "uk") == data == archive.kept_file(tmp_path, FIRST, plain, "uk")
    archive.file_of(tmp_path, FIRST, plain, "en")
    assert asked == ["civicspace-kyiv-2026-10-public-1-uk", "civicspace-kyiv-2026-10-public-1-en"]


def test_a_file_that_was_altered_is_refused(tmp_path: Path, content: Content, plain: Format) -> None:
    archive.issue(tmp_path, content, AT)
    archive.file_of(tmp_path, FIRST, plain, "uk")
    (tmp_path / "editions/kyiv/2026-10/public/1/files/civicspace-kyiv-2026-10-public-1-uk.txt").write_text("інше")
    with pytest.raises(DamagedEdition, match=r"files/civicspace-kyiv-2026-10-public-1-uk\.txt"):
        archive.file_of(tmp_path, FIRST, plain, "uk")


def test_no_new_file_is_made_where_figures_are_defined_otherwise_by_now(
    tmp_path: Path, content: Content, plain: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.issue(tmp_path, content, AT)
    data = archive.file_of(tmp_path, FIRST, plain, "uk")
    monkeypatch.setattr(editions, "_definition", lambda _figure_id: "another")
    assert archive.file_of(tmp_path, FIRST, plain, "uk") == data
    with pytest.raises(OutdatedEdition):
        archive.file_of(tmp_path, FIRST, plain, "en")


def test_a_file_is_called_what_the_edition_calls_it(tmp_path: Path, content: Content) -> None:
    archive.issue(tmp_path, content, AT)
    for lang in LANGS:
        edition = archive.read_edition(tmp_path, FIRST, lang)
        assert archive.file_name(FIRST, FORMATS["html"], lang) == f"{edition.stem}.html"
