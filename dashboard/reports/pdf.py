"""The month's report as PDF: the HTML page, printed on A4 by Chromium without a window.

What Chromium writes is tagged vector text with embedded fonts and bookmarks. Afterwards the metadata become the
edition's, so that they are the same whenever it is printed, and three flaws are mended: soft hyphens that would part
words when text is copied or searched, no-break spaces at which some readers stop reading a paragraph aloud, and
bookmarks that say a heading twice when it moved to the next page.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from dashboard.errors import ChromiumFailed, NoChromium
from dashboard.reports import html
from dashboard.reports.model import Edition
from dashboard.settings import Role
from dashboard.text import dates
from dashboard.text.report import say

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""What the browser may be called where no setting names it."""

PATIENCE_S: Final = 120.0
"""Far more than a report takes on a slow machine (2 to 10 s): what takes longer hangs."""

_FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    # The page asks for nothing; should Chromium itself want to call home, no name leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
_UNSEEN_HYPHEN: Final = re.compile(rb"/Span<</ActualText <FEFF00AD> >> BDC\s+(\S+ \S+ Td) <[0-9A-F]{4}> Tj\s+EMC")
"""A soft hyphen at which no line ends: a blank of no width that is said to be U+00AD. The move to its place stays."""
_NO_BREAK: Final = re.compile(rb"/Span<</ActualText <FEFF00A0> >> BDC\s+(\S+ \S+ Td <[0-9A-F]{4}> Tj)\s+EMC")
"""A no-break space. On paper nothing can break any more, so the blank itself, a plain space, is enough."""


def find(named: str | None = None) -> Path:
    """The browser that prints.

    Args:
        named: its path or name as the setting says it; None looks for the usual names.

    Raises:
        NoChromium: there is none.
    """
    for name in NAMES if named is None else (named,):
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise NoChromium(named)


def render(edition: Edition, chromium: str | None = None) -> bytes:
    """The edition as PDF.

    Args:
        edition: the edition.
        chromium: path or name of the browser, where it is not one of `NAMES`.

    Raises:
        NoChromium: no browser was found.
        ChromiumFailed: the browser wrote no PDF, or not in time.
    """
    return finished(printed(html.document(edition, has_script=False), find(chromium)), edition)


def printed(page: bytes, chromium: Path, patience_s: float = PATIENCE_S) -> bytes:
    """A page of HTML as the browser prints it; nothing of it stays on disk.

    Args:
        page: the page.
        chromium: the browser.
        patience_s: seconds after which the browser is ended.

    Raises:
        ChromiumFailed: the browser wrote no PDF, or not in time.
    """
    with TemporaryDirectory(prefix="civicspace-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source, target = home / "report.html", home / "report.pdf"
        source.write_bytes(page)
        command = [
            str(chromium),
            *_FLAGS,
            *(["--no-sandbox"] if _is_root() else []),
            f"--user-data-dir={home / 'profile'}",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        said = _run(command, home, patience_s)
        if not target.exists():
            raise ChromiumFailed(chromium, said)
        return target.read_bytes()


def _is_root() -> bool:
    """Whether the browser would refuse to start in its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: list[str], home: Path, patience_s: float) -> str:
    """Run to the end, or kill the browser and all its helpers; the last line of what it said.

    It runs with a home of its own, so that nobody's profile or settings have a say.
    """
    environment = {"HOME": str(home), "PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C.UTF-8", "TMPDIR": str(home)}
    try:
        process = subprocess.Popen(  # noqa: S603 - the one who runs the server names the program
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ChromiumFailed(command[0], str(error.strerror)) from error
    try:
        _, said = process.communicate(timeout=patience_s)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise ChromiumFailed(command[0], f"> {patience_s:.0f} s") from error
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def finished(content: bytes, edition: Edition) -> bytes:
    """What was printed, with the edition's metadata and without the flaws that this module's head names.

    Raises:
        ChromiumFailed: the content is no PDF.
    """
    # Some megabytes that a server needs only when somebody asks for a document.
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415
    from pypdf.generic import NameObject, StreamObject, TextStringObject  # noqa: PLC0415

    try:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    except PyPdfError as error:
        raise ChromiumFailed("PDF", str(error)) from error
    for page in writer.pages:
        contents = page["/Contents"].get_object()
        if isinstance(contents, StreamObject):
            contents.set_data(_NO_BREAK.sub(rb"\1", _UNSEEN_HYPHEN.sub(rb"\1", contents.get_data())))
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(edition.report.lang)
    for entry in _outline(root):
        title = str(entry["/Title"])
        half = len(title) // 2
        if title == title[:half] * 2:
            entry[NameObject("/Title")] = TextStringObject(title[:half])
    writer.metadata = None
    writer.add_metadata(_metadata(edition))
    for page in writer.pages:
        page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _outline(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every bookmark below an entry, in order."""
    entry = root.get("/Outlines", root).get_object()
    below = entry.get("/First")
    while below is not None:
        child = below.get_object()
        yield child
        yield from _outline(child)
        below = child.get("/Next")


def _metadata(edition: Edition) -> dict[str, str]:
    report, lang = edition.report, edition.report.lang
    issued = edition.issued_on
    at = datetime.fromisoformat(report.created_at) if issued is None else datetime.combine(issued, time(), UTC)
    stamp = f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}Z"
    said = [
        say("draft", lang)
        if edition.number is None or issued is None
        else say("edition", lang, number=edition.number, day=dates.format_date(issued, lang)),
        *([say("internal", lang)] if report.disclosure.role is Role.ANALYST else []),
        *([say("demo", lang)] if report.is_demo else []),
    ]
    title = say("title", lang, city=report.city, month=dates.month_name(report.month, lang))
    return {
        "/Title": f"{title} — {say('kind', lang)}",
        "/Subject": ". ".join(said),
        "/Keywords": report.snapshot_id,
        "/Creator": f"civicspace {report.code_version}",
        "/Producer": f"civicspace {report.code_version}",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
