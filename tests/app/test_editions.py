"""Editions on the pages: who issues, who sees which, what the month's page offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import archive
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import editions, pdf
from dashboard.reports.editions import Content, Reference
from dashboard.reports.formats import FORMATS
from dashboard.reports.model import Cell, Report
from dashboard.settings import Role, Settings
from dashboard.store import open_store
from dashboard.text.pages import say
from dashboard.ui import document, runtime, state
from dashboard.ui import editions as page
from tests.app.conftest import Run
from tests.app.test_pages import is_whole, text_of

pytestmark = pytest.mark.xdist_group("app")

OCTOBER = date(2026, 10, 1)
AT = datetime(2026, 11, 15, 12, tzinfo=UTC)


@pytest.fixture
def store(one_city_store: Path, tmp_path: Path) -> Path:
    """The published data with an archive of its own: other tests read the same data."""
    for name in ("current", "snapshots"):
        (tmp_path / name).symlink_to(one_city_store / name)
    return tmp_path


@pytest.fixture(scope="module")
def content(one_city_store: Path) -> Callable[[Role], Content]:
    """What an edition of Zhytomyr's October freezes."""
    snapshot = open_store(one_city_store)
    made = {role: editions.content(snapshot, "zhytomyr", OCTOBER, Disclosure(role)) for role in Role}
    return made.__getitem__


def other(content: Content) -> Content:
    def alter(report: Report) -> Report:
        first, *others = report.figures
        return replace(report, figures=(replace(first, cell=Cell(1234.0)), *others), snapshot_id="20260101T000000Z-x")

    return replace(content, reports={lang: alter(report) for lang, report in content.reports.items()})


def issue(app: AppTest) -> None:
    """Press the button that issues."""
    next(button for button in app.button if button.label == say("editions.issue.button", "uk")).click().run()


def downloads(app: AppTest) -> list[str]:
    """The labels of the buttons that hand out editions and drafts."""
    buttons = [element.proto for element in app.get("download_button")]
    return [button.label for button in buttons if button.label != say("table.download", "uk")]


def issued(app: AppTest) -> list[str]:
    (table,) = (table for table in app.dataframe if say("editions.number", "uk") in table.value)
    return [str(row) for row in table.value[say("editions.number", "uk")]]


# --- the page -----------------------------------------------------------------------------------------


def test_an_analyst_issues_and_asked_again_gets_the_same(run: Run, store: Path) -> None:
    app = run(store, "editions", city="zhytomyr")
    is_whole(app)
    assert say("editions.none", "uk") in [info.value for info in app.info]
    app.selectbox(key=state.widget(state.W_EDITION_MONTH, "uk", "zhytomyr")).set_value(OCTOBER)
    issue(app)
    is_whole(app)
    reference = Reference("zhytomyr", OCTOBER, Role.PUBLIC, 1)
    assert [each.value for each in app.success] == [say("editions.issued.first", "uk", reference=reference)]
    assert len(issued(app)) == 1
    issue(app)
    assert not app.success
    assert any(info.value.startswith("Нового випуску немає") for info in app.info)
    assert len(archive.list_editions(store).imprints) == 1


def test_the_newest_edition_says_what_changed_and_why(
    run: Run, store: Path, content: Callable[[Role], Content]
) -> None:
    archive.issue(store, other(content(Role.PUBLIC)), AT)
    archive.issue(store, content(Role.PUBLIC), AT, "список виправлено")
    app = run(store, "editions", city="zhytomyr")
    is_whole(app)
    assert [float(number) for number in issued(app)] == [2.0, 1.0]
    assert "список виправлено" in text_of(app)
    (changes,) = (table.value for table in app.dataframe if say("editions.before", "uk") in table.value)
    assert changes[say("editions.before", "uk")].tolist() == ["1\u202f234"]
    key = state.widget(state.W_EDITION, "uk", "zhytomyr")
    app.selectbox(key=key).set_value("zhytomyr/2026-10/public/1").run()
    is_whole(app)
    assert "список виправлено" not in text_of(app)


def test_the_public_sees_public_editions_and_issues_none(
    run: Run, store: Path, content: Callable[[Role], Content]
) -> None:
    for role in Role:
        archive.issue(store, content(role), AT)
    analyst = run(store, "editions", city="zhytomyr")
    assert len(issued(analyst)) == 2
    assert say("editions.issue", "uk") in [each.value for each in analyst.header]
    public = run(store, "editions", role=Role.PUBLIC, city="zhytomyr")
    is_whole(public)
    assert len(issued(public)) == 1
    assert say("editions.issue", "uk") not in [each.value for each in public.header]
    assert say("editions.issue.button", "uk") not in [button.label for button in public.button]
    choices = public.selectbox(key=state.widget(state.W_EDITION, "uk", "zhytomyr")).options
    assert choices == [f"жовтень\u00a02026, випуск 1, {say('editions.role.public', 'uk')}"]
    assert say("editions.role.analyst", "uk") not in text_of(public)


def test_every_format_is_offered_in_both_languages(run: Run, store: Path, content: Callable[[Role], Content]) -> None:
    archive.issue(store, content(Role.PUBLIC), AT)
    offered = downloads(run(store, "editions", role=Role.PUBLIC, city="zhytomyr"))
    for ending in {form.ending.upper() for form in FORMATS.values()}:
        assert {f"{ending} українською", f"{ending} in English"} <= set(offered)


def test_without_a_browser_that_prints_pdf_is_not_offered(
    run: Run, store: Path, content: Callable[[Role], Content], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "NAMES", ())
    archive.issue(store, content(Role.PUBLIC), AT)
    app = run(store, "editions", city="zhytomyr")
    is_whole(app)
    buttons = {each.proto.label: each.proto.disabled for each in app.get("download_button")}
    assert buttons["PDF українською"]
    assert not buttons["HTML українською"]
    month = run(store, "overview", city="zhytomyr", month="2026-10")
    assert say("overview.document.newest", "uk", number=1, format="HTML") in downloads(month)


def test_of_an_edition_under_other_definitions_only_the_kept_files_are_offered(
    run: Run, store: Path, content: Callable[[Role], Content], monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = archive.issue(store, content(Role.PUBLIC), AT).imprint.reference
    runtime.configure(Settings(store=store, role=Role.ANALYST))
    assert page.file_of(reference, FORMATS["html"], "uk").startswith(b"<!DOCTYPE html>")
    monkeypatch.setattr(editions, "_definition", lambda _figure_id: "another")
    app = run(store, "editions", city="zhytomyr")
    is_whole(app)
    assert downloads(app) == ["HTML українською"]
    assert say("editions.outdated", "uk") in [info.value for info in app.info]


def test_a_damaged_edition_is_told_and_the_others_are_there(
    run: Run, store: Path, content: Callable[[Role], Content]
) -> None:
    for each in (content(Role.PUBLIC), other(content(Role.PUBLIC))):
        archive.issue(store, each, AT)
    (store / "editions/zhytomyr/2026-10/public/2/edition.json").write_text("{}")
    app = run(store, "editions", city="zhytomyr")
    is_whole(app)
    assert [each.value for each in app.error] == [say("editions.damaged", "uk", reference="zhytomyr/2026-10/public/2")]
    assert len(issued(app)) == 1
    month = run(store, "overview", city="zhytomyr", month="2026-10")
    assert any("zhytomyr/2026-10/public/2 пошкоджено" in each.value for each in month.error)


# --- the month ----------------------------------------------------------------------------------------


def test_the_month_offers_the_first_edition_then_the_newest_then_the_next(
    run: Run, store: Path, content: Callable[[Role], Content]
) -> None:
    month = {"city": "zhytomyr", "month": "2026-10"}
    assert downloads(run(store, "overview", **month)) == [say("overview.document.first", "uk", format="PDF")]
    archive.issue(store, content(Role.PUBLIC), AT)
    assert downloads(run(store, "overview", **month)) == [say("overview.document.newest", "uk", number=1, format="PDF")]
    archive.issue(store, other(content(Role.PUBLIC)), AT)
    assert downloads(run(store, "overview", **month)) == [
        say("overview.document.newest", "uk", number=2, format="PDF"),
        say("overview.document.next", "uk", number=3, format="PDF"),
    ]
    public = run(store, "overview", role=Role.PUBLIC, **month)
    assert downloads(public) == [say("overview.document.newest", "uk", number=2, format="PDF")]


def test_one_click_issues_and_hands_out(run: Run, store: Path) -> None:
    app = run(store, "overview", city="zhytomyr", month="2026-10")
    view = app.session_state[state.VIEW]
    data = document._issued_file(view, FORMATS["html"], "uk")
    (imprint,) = archive.list_editions(store).imprints
    assert imprint.reference == Reference("zhytomyr", OCTOBER, Role.PUBLIC, 1)
    assert archive.kept_file(store, imprint.reference, FORMATS["html"], "uk") == data


def test_the_public_gets_a_draft_where_there_is_no_edition(run: Run, store: Path) -> None:
    app = run(store, "overview", role=Role.PUBLIC, city="zhytomyr", month="2026-10")
    assert downloads(app) == []
    assert say("overview.document.draft.none", "uk") in [each.value for each in app.caption]
    app.button(key="b_report").click().run()
    is_whole(app)
    assert downloads(app) == [say("overview.document.draft.download", "uk")]
    assert archive.list_editions(store).imprints == ()


def test_with_filters_on_there_is_a_draft_of_what_they_leave(
    run: Run, store: Path, content: Callable[[Role], Content]
) -> None:
    archive.issue(store, content(Role.PUBLIC), AT)
    app = run(store, "overview", city="zhytomyr", month="2026-10", theme="ecology")
    assert downloads(app) == []
    assert say("overview.document.draft.note", "uk") in [each.value for each in app.caption]
