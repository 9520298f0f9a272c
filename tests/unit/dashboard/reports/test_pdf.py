import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from dashboard.errors import ChromiumFailed, NoChromium
from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import figures, pdf
from dashboard.reports.build import build
from dashboard.reports.figures import headlines
from dashboard.reports.model import Cell, Change, Edition, Report, draft
from dashboard.settings import Role
from dashboard.text.report import say
from dashboard.text.words import Lang

MOVED = b"/Span<</ActualText <FEFF00AD> >> BDC\n7.5 0 Td <0001> Tj\nEMC\n"
BLANK = b"/Span<</ActualText <FEFF00A0> >> BDC\n7.5 0 Td <0001> Tj\nEMC\n"


def edition(full_scene: Any, lang: Lang = "uk", role: Role = Role.PUBLIC) -> Edition:
    made = build(full_scene.snapshot(), Filters("kyiv", month=date(2026, 10, 1)), Disclosure(role, 5), lang)
    change = Change(say("figures", lang), "events_count", made.month, Cell(3.0), Cell(4.0))
    return Edition(replace(made, is_demo=True), 2, date(2026, 11, 16), (change,), ("a.csv",))


@pytest.fixture(scope="module")
def issued(full_scene: Any) -> Edition:
    return edition(full_scene)


def sheet(text: bytes = b"", *titles: str) -> bytes:
    """A page with a content stream and bookmarks, such as a browser writes."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(text)
    page[NameObject("/Contents")] = writer._add_object(stream)
    above = None
    for title in titles:
        above = writer.add_outline_item(title=title, page_number=0, parent=above)
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Tool"): TextStringObject("x")})
    writer.add_metadata({"/Creator": "HeadlessChrome", "/ModDate": "D:20260101000000Z"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def titles(reader: PdfReader) -> list[str]:
    def below(entries: Any) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from below(entry)
            else:
                yield str(entry.title)

    return list(below(reader.outline))


def tagged(reader: PdfReader, kind: str) -> list[DictionaryObject]:
    """The elements of one kind in the tree of tags."""

    def below(node: Any) -> Iterator[DictionaryObject]:
        if isinstance(node, DictionaryObject):
            if node.get("/S") == kind:
                yield node
            children = node.get("/K")
            for child in children if isinstance(children, list) else [children]:
                yield from below(child.get_object() if child is not None else None)

    return list(below(reader.root_object["/StructTreeRoot"]))


@pytest.fixture
def browser(tmp_path: Path) -> Callable[[str], Path]:
    """Programs that take the place of the browser: `browser("exit 1")`; in `$out` is the file to write."""

    def make(script: str) -> Path:
        path = tmp_path / "browser"
        options = 'for each in "$@"; do case "$each" in --print-to-pdf=*) out="${each#*=}";; esac; done'
        path.write_text(f"#!/bin/sh\n{options}\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return make


# --- finding and running the browser ----------------------------------------------------------------


def test_the_browser_that_is_named_is_taken(browser: Callable[[str], Path]) -> None:
    path = browser("exit 0")
    assert pdf.find(str(path)) == path


def test_without_a_browser_the_error_says_how_to_get_one_and_offers_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoChromium) as named:
        pdf.find(str(tmp_path / "nothing"))
    assert "nothing" in named.value.text.uk
    assert "apt install chromium" in named.value.remedy.uk
    assert "CIVICSPACE_CHROMIUM" in named.value.remedy.en
    assert "HTML" in named.value.remedy.en
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "NAMES", pdf.NAMES[:2])
    with pytest.raises(NoChromium) as unnamed:
        pdf.find()
    assert "Chromium, Chrome, Edge" in unnamed.value.text.en


def test_what_the_browser_writes_is_what_comes_back_and_nothing_stays(
    browser: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    assert pdf.printed(b"<p>", browser('cat "${out%.pdf}.html" > "$out"')) == b"<p>"
    assert list(folder.iterdir()) == []


def test_a_browser_that_writes_nothing_is_told_with_its_last_word(browser: Callable[[str], Path]) -> None:
    with pytest.raises(ChromiumFailed, match="no room") as failed:
        pdf.printed(b"", browser("echo first >&2; echo no room >&2; exit 3"))
    assert "HTML" in failed.value.remedy.uk


def test_a_silent_browser_is_told_too(browser: Callable[[str], Path]) -> None:
    with pytest.raises(ChromiumFailed) as failed:
        pdf.printed(b"", browser("exit 0"))
    assert "причини не названо" in failed.value.text.uk


def test_a_browser_that_hangs_is_ended_with_its_helpers(browser: Callable[[str], Path], tmp_path: Path) -> None:
    path = browser(f"sleep 600 & echo $! > {tmp_path}/helper; wait")
    with pytest.raises(ChromiumFailed, match="> 1 s"):
        pdf.printed(b"", path, patience_s=1.0)
    status = Path(f"/proc/{(tmp_path / 'helper').read_text().strip()}/stat")
    assert not status.exists() or status.read_text().split()[2] == "Z"


def test_a_program_that_cannot_be_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChromiumFailed):
        pdf.printed(b"", tmp_path / "nothing")


def test_the_browser_sees_no_setting_of_ours(browser: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIVICSPACE_KEY", "secret")
    told = pdf.printed(b"", browser('env > "$out"')).decode()
    assert "CIVICSPACE" not in told
    assert f"HOME={os.environ['HOME']}\n" not in told


# --- what is done to the file ------------------------------------------------------------------------


def test_metadata_are_the_editions_and_nothing_else_is_lost(full_scene: Any) -> None:
    reader = PdfReader(io.BytesIO(pdf.finished(sheet(b"", "A"), edition(full_scene, "en", Role.ANALYST))))
    assert dict(reader.metadata or {}) == {
        "/Title": "Kyiv, October\u00a02026 — Monthly report on civic spaces",
        "/Subject": "Edition 2 of 16\u00a0November\u00a02026. For internal use. Demonstration data",
        "/Keywords": "20261115T000000Z-abcdef01",
        "/Creator": "civicspace 0",
        "/Producer": "civicspace 0",
        "/CreationDate": "D:20261116000000Z",
        "/ModDate": "D:20261116000000Z",
    }
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"] == {"/Tool": "x"}


def test_a_draft_says_so_and_is_dated_as_its_data(issued: Edition) -> None:
    made: Report = replace(issued.report, is_demo=False)
    metadata = PdfReader(io.BytesIO(pdf.finished(sheet(), draft(made)))).metadata or {}
    assert metadata["/Subject"] == "Чернетка"
    assert metadata["/CreationDate"] == "D:20261115000000Z"


def test_soft_hyphens_leave_the_text_and_no_break_spaces_become_plain_ones(issued: Edition) -> None:
    made = PdfReader(io.BytesIO(pdf.finished(sheet(b"BT\n" + MOVED + BLANK + b"ET"), issued)))
    contents = made.pages[0].get_contents()
    assert contents is not None
    data = contents.get_data()
    assert b"ActualText" not in data
    assert data.count(b"<0001>") == 1
    assert data.count(b"7.5 0 Td") == 2


def test_a_bookmark_says_its_heading_once(issued: Edition) -> None:
    made = pdf.finished(sheet(b"", "РайониРайони", "ТемиТеми", "Показники"), issued)
    assert titles(PdfReader(io.BytesIO(made))) == ["Райони", "Теми", "Показники"]


def test_the_same_print_gives_the_same_file(issued: Edition) -> None:
    given = sheet(b"BT\n" + MOVED + b"ET", "A")
    assert pdf.finished(given, issued) == pdf.finished(given, issued)


def test_what_is_no_pdf_is_told(issued: Edition) -> None:
    with pytest.raises(ChromiumFailed):
        pdf.finished(b"<html>", issued)


# --- printed by the real browser ---------------------------------------------------------------------


@pytest.fixture(scope="module", params=[("uk", Role.PUBLIC), ("en", Role.ANALYST)], ids=lambda each: each[0])
def print_out(full_scene: Any, request: pytest.FixtureRequest) -> tuple[Edition, bytes]:
    made = edition(full_scene, *request.param)
    return made, pdf.render(made)


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.browser
def test_it_has_pages_of_a4_tags_language_and_bookmarks(print_out: tuple[Edition, bytes]) -> None:
    made, content = print_out
    lang = made.report.lang
    reader = PdfReader(io.BytesIO(content))
    assert 4 <= len(reader.pages) <= 12
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object
    assert reader.root_object["/Lang"] == lang
    wanted = ["findings", "figures", "districts", "themes", "spaces", "annex", "gaps", "sources", "definitions"]
    found = titles(reader)
    assert [title for title in found if title in {say(key, lang) for key in wanted}] == [
        say(key, lang) for key in wanted
    ]
    assert say("changes", lang, number=1) in found


@pytest.mark.browser
def test_every_drawing_is_a_figure_that_says_its_numbers(print_out: tuple[Edition, bytes]) -> None:
    made, content = print_out
    reader = PdfReader(io.BytesIO(content))
    report = made.report
    drawings = len(report.charts) + len(report.maps) + len(report.figures)
    said = [figure.get("/Alt") for figure in tagged(reader, "/Figure")]
    assert all(said)
    assert len(said) <= drawings
    for city_map in report.maps:
        value = figures.written(city_map.figure_id, city_map.areas[0].cell, report.lang)
        assert any(str(each).startswith(f"{city_map.areas[0].name}: {value}") for each in said)


@pytest.mark.browser
def test_its_text_is_the_models(print_out: tuple[Edition, bytes]) -> None:
    made, content = print_out
    report = made.report
    text = text_of(PdfReader(io.BytesIO(content)))
    assert report.findings
    for finding in report.findings:
        assert " ".join(finding.text.split()) in text
    rows = headlines(report)
    assert rows
    for row in rows:
        name, value = figures.name(row.figure_id, report.lang), figures.written(row.figure_id, row.cell, report.lang)
        assert " ".join(f"{name} {value}".split()) in text
    assert "\u00ad" not in text


@pytest.mark.browser
def test_every_page_says_its_number_the_edition_and_what_must_be_said(print_out: tuple[Edition, bytes]) -> None:
    made, content = print_out
    lang = made.report.lang
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    title = say("title", lang, city=made.report.city, month={"uk": "жовтень 2026", "en": "October 2026"}[lang])
    day = {"uk": "16 листопада 2026", "en": "16 November 2026"}[lang]
    is_internal = made.report.disclosure.role is Role.ANALYST
    for number, page in enumerate(pages, start=1):
        assert f"{title} · {say('edition', lang, number=2, day=day)}" in page
        assert say("demo", lang) in page
        assert (say("internal", lang) in page) == is_internal
        assert f"{say('page', lang)} {number} / {len(pages)}" in page


@pytest.mark.browser
def test_its_fonts_are_embedded(print_out: tuple[Edition, bytes]) -> None:
    reader = PdfReader(io.BytesIO(print_out[1]))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    names = set()
    for font in fonts:
        if font["/Subtype"] == "/Type3":  # drawn by the file itself
            assert font["/CharProcs"]
            continue
        (descendant,) = font["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        names.add(str(font["/BaseFont"]).partition("+")[2])
    assert {"CivicspaceSans-Regular", "CivicspaceSans-SemiBold"} <= names


@pytest.mark.browser
@pytest.mark.parametrize("print_out", [("uk", Role.PUBLIC)], indirect=True, ids=["uk"])
def test_printed_again_it_is_the_same(print_out: tuple[Edition, bytes]) -> None:
    made, content = print_out
    first, again = PdfReader(io.BytesIO(content)), PdfReader(io.BytesIO(pdf.render(made)))
    assert again.metadata == first.metadata
    assert titles(again) == titles(first)
    assert [page.extract_text() for page in again.pages] == [page.extract_text() for page in first.pages]
