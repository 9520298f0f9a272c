from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.metrics.freshness import STATES
from dashboard.text import data_page
from dashboard.text.data_page import file_format

SOURCES = Path(__file__).resolve().parents[4] / "etl" / "sources"


def test_every_format_that_a_reader_knows_has_words() -> None:
    written = {found for file in SOURCES.glob("*.py") for found in re.findall(r'format="([a-z_]+)"', file.read_text())}
    assert len(written) > 15
    assert {name for name in written if (file_format(name, "uk") or "").isascii()} == set()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("city_pack", "довідник міста"),
        ("programme + proposals", "програма + анкети проєктів"),
        ("a_new_one", "a new one"),
        (None, None),
    ],
)
def test_a_format_reads_in_words(written: str | None, said: str | None) -> None:
    assert file_format(written, "uk") == said


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_word_and_a_meaning(state: str) -> None:
    assert data_page.say(f"state.{state}", "uk") != data_page.say(f"meaning.{state}", "uk")
