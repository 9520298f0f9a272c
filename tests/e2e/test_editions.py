"""An edition from the click that issues it to the public who downloads it, in a real browser."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard import archive
from tests.e2e.conftest import Visit, Visitor
from tests.e2e.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def archive_store(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with an archive of its own: others look at the same data."""
    store = tmp_path_factory.mktemp("archive")
    for name in ("current", "snapshots"):
        (store / name).symlink_to(demo_store / name)
    return store


@pytest.fixture(scope="module")
def analysts(archive_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(archive_store, tmp_path_factory.mktemp("server") / "analysts.log") as url:
        yield url


@pytest.fixture(scope="module")
def publics(archive_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(archive_store, tmp_path_factory.mktemp("server") / "publics.log", "--public") as url:
        yield url


def saved(visitor: Visitor, button: str) -> tuple[str, bytes]:
    """The name and the bytes of what a button hands out."""
    with visitor.page.expect_download(timeout=90_000) as waiting:
        visitor.page.get_by_role("button", name=button, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_a_director_issues_and_gets_a_pdf_with_one_click_and_the_public_gets_the_same(
    visit: Visit, analysts: str, publics: str, archive_store: Path
) -> None:
    director: Visitor = visit(analysts, "/?city=zhytomyr&month=2026-10")
    name, pdf = saved(director, director.say("overview.document.first", format="PDF"))
    assert name == "civicspace-zhytomyr-2026-10-public-1-uk.pdf"
    assert pdf.startswith(b"%PDF-")

    director.open("/?city=zhytomyr&month=2026-10")
    assert saved(director, director.say("overview.document.newest", number=1, format="PDF")) == (name, pdf)

    citizen: Visitor = visit(publics, "/?city=zhytomyr&month=2026-10")
    assert saved(citizen, citizen.say("overview.document.newest", number=1, format="PDF")) == (name, pdf)
    assert len(archive.list_editions(archive_store, city_id="zhytomyr").imprints) == 1


def test_an_analyst_issues_both_kinds_and_the_public_sees_one(
    visit: Visit, analysts: str, publics: str, archive_store: Path
) -> None:
    analyst: Visitor = visit(analysts, "/editions?city=lviv")
    analyst.sees(analyst.say("editions.none"))
    for role in ("public", "analyst"):
        analyst.page.get_by_role("radio", name=analyst.say(f"editions.role.{role}")).click()
        analyst.page.get_by_role("button", name=analyst.say("editions.issue.button")).click()
        analyst.sees(analyst.say("editions.issued.first", reference=f"lviv/2026-10/{role}/1"))
    assert len(analyst.table("editions")) == 2
    analyst.page.get_by_role("button", name=analyst.say("editions.issue.button")).click()
    analyst.sees("Нового випуску немає")
    assert len(archive.list_editions(archive_store, city_id="lviv").imprints) == 2

    citizen: Visitor = visit(publics, "/editions?city=lviv")
    assert len(citizen.table("editions")) == 1
    expect(citizen.page.get_by_role("button", name=citizen.say("editions.issue.button"))).to_have_count(0)
    citizen.does_not_see(citizen.say("editions.role.analyst"))
    name, workbook = saved(citizen, "XLSX in English")
    assert name == "civicspace-lviv-2026-10-public-1-en.xlsx"
    assert workbook.startswith(b"PK")
    _, data = saved(citizen, "ZIP українською")
    path = archive_store / "data.zip"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as package:
        assert "datapackage.json" in package.namelist()
