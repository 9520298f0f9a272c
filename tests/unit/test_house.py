"""The house's own rules: short pages, words that are used, settings and commands that are documented."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
import typer

import civicspace
from dashboard.settings import KNOWN
from dashboard.text.pages import WORDS

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted((REPOSITORY / "pages").glob("*.py"))
README = (REPOSITORY / "README.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_only_puts_parts_in_order(page: Path) -> None:
    source = page.read_text()
    assert len(source.splitlines()) <= 80
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert {node.module if isinstance(node, ast.ImportFrom) else "import" for node in imports} == {"dashboard.ui"}


def _sources(*folders: str) -> str:
    files = [file for folder in folders for file in (REPOSITORY / folder).rglob("*.py")]
    words = [REPOSITORY / "dashboard" / "text" / name for name in ("pages.py", "participation.py")]
    return "\n".join(file.read_text() for file in files if file not in words)


def test_every_word_on_the_pages_is_used() -> None:
    sources = _sources("dashboard", "pages")
    # Keys such as f"gap.{gap}" are put together: their first part stands in the source.
    put_together = set(re.findall(r'f"([a-z_.]+\.)\{', sources))
    unused = [
        key
        for key in WORDS
        if f'"{key}"' not in sources and f"'{key}'" not in sources and not key.startswith(tuple(put_together))
    ]
    assert unused == []


def test_every_word_that_pages_ask_for_is_there() -> None:
    sources = _sources("dashboard/ui", "pages")
    asked = set(re.findall(r"(?:\bsay|section)\((?:view, )?\"([a-z_0-9]+\.[a-z_0-9.]+)\"", sources))
    assert asked
    books = [import_module(f"dashboard.text.{file.stem}") for file in (REPOSITORY / "dashboard" / "text").glob("*.py")]
    known = {key for book in books for name in ("WORDS", "_WORDS") for key in getattr(book, name, ())}
    assert asked - known == set()


@pytest.mark.parametrize("name", KNOWN)
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


def test_every_command_is_in_the_readme() -> None:
    command = typer.main.get_command(civicspace.app)
    assert set(command.commands) >= {
        "demo",
        "load",
        "check",
        "map",
        "serve",
        "report",
        "snapshots",
        "figures",
        "city",
        "erase",
    }
    missing = [name for name in command.commands if f"civicspace {name}" not in README]
    assert missing == []
    assert civicspace.main


@pytest.mark.parametrize("name", ["LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "docs/formats.md", "docs/figures.md"])
def test_what_a_newcomer_looks_for_is_there(name: str) -> None:
    assert (REPOSITORY / name).stat().st_size > 200
