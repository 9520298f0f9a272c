"""What the reports of some months say, held against a file that a person has read.

The file is written anew by `pytest tests/unit/dashboard/reports/test_golden_sentences.py --rewrite-golden` alone: read
what changed in it before you commit it.
"""

from datetime import date
from pathlib import Path

import pytest

from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports.build import build
from dashboard.settings import Role
from dashboard.store import open_store
from dashboard.text.words import LANGS

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "sentences.md"
MONTHS = {
    "kyiv": (date(2025, 12, 1), date(2026, 6, 1), date(2026, 10, 1), date(2026, 11, 1)),
    "zhytomyr": (date(2026, 6, 1), date(2026, 10, 1)),
    "lviv": (date(2026, 10, 1),),
}


def test_the_sentences_of_the_golden_months_are_those_that_were_read(
    demo_store: Path, request: pytest.FixtureRequest
) -> None:
    snapshot = open_store(demo_store)
    lines = ["# What the reports of the demonstration say to the public", ""]
    for city, months in MONTHS.items():
        for month in months:
            for lang in LANGS:
                report = build(snapshot, Filters(city, month=month), Disclosure(Role.PUBLIC), lang)
                lines += [f"## {city}, {month:%Y-%m}, {lang}", "", *(f"- {each.text}" for each in report.findings)]
                lines += [*(f"- ({text})" for text in report.circumstances), ""]
    said = "\n".join(lines)
    if request.config.getoption("--rewrite-golden"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")
