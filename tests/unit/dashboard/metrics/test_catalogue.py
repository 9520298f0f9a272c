from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from dashboard.metrics.catalogue import FIGURES, MONTHLY, SUPPORTING, Unit
from dashboard.metrics.indices import hill_number, pielou_evenness, shannon_entropy
from dashboard.settings import Role

REPOSITORY = Path(__file__).resolve().parents[4]
CATALOGUE = REPOSITORY / "dashboard" / "metrics" / "catalogue.py"
UKRAINIAN, LATIN = re.compile("[а-щьюяєіїґ]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_figure_says_everything_in_both_languages(figure) -> None:
    for field in ("name", "sentence", "leaves_out", "formula"):
        assert UKRAINIAN.search(getattr(figure, f"{field}_uk")), field
        assert LATIN.search(getattr(figure, f"{field}_en")), field
        assert not UKRAINIAN.search(getattr(figure, f"{field}_en")), field
    assert figure.sentence_uk.endswith(".")
    assert figure.sentence_en.endswith(".")


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_what_a_figure_rests_on_is_in_the_catalogue(figure) -> None:
    known = {*FIGURES, *SUPPORTING}
    assert figure.base_id is None or figure.base_id in known
    assert figure.coverage_id is None or figure.coverage_id in known


def test_an_id_stands_once() -> None:
    assert not set(FIGURES) & set(SUPPORTING)
    assert len(MONTHLY) == len({figure.id for figure in MONTHLY})


def test_units_are_told_by_names() -> None:
    for entry in (*FIGURES.values(), *SUPPORTING.values()):
        assert entry.id.endswith("_pct") == (entry.unit is Unit.PERCENT), entry.id
        assert entry.id.endswith("_pp") == (entry.unit is Unit.POINTS), entry.id


@pytest.mark.parametrize(
    ("counts", "number", "evenness"),
    [([5, 5, 5, 5], 4.0, 1.0), ([7, 0, 0], 1.0, 0.0), ([3], 1.0, None), ([], None, None), ([0, 0], None, None)],
)
def test_indices(counts, number, evenness) -> None:
    assert hill_number(counts) == pytest.approx(number if number is not None else float("nan"), nan_ok=True)
    assert pielou_evenness(counts) == pytest.approx(evenness if evenness is not None else float("nan"), nan_ok=True)


def test_entropy_of_a_fair_coin() -> None:
    assert shannon_entropy([1, 1]) == pytest.approx(0.6931, abs=1e-4)


NUMBER = re.compile(r"[a-z0-9_]+_(count|pct|pp|per_1000|km2|index)")
GENERIC = {"base_count", "coverage_pct", "change_pct", "difference_pct", "months_count", "area_km2"}
"""Columns about whichever figure their row is about, and what describes a place."""
PUT_TOGETHER = {f"within_{radius}km_{unit}" for radius in (1, 2) for unit in ("km2", "pct")}


def _sources() -> list[ast.AST]:
    found = sorted((REPOSITORY / "dashboard").rglob("*.py"))
    return [node for file in found if file != CATALOGUE for node in ast.walk(ast.parse(file.read_text()))]


def test_every_column_shown_is_in_the_catalogue() -> None:
    """The columns of tables on pages, and with them of the files under these."""
    shown = {
        str(node.args[0].value)
        for node in _sources()
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"Column", "column"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    numbers = {name for name in shown if NUMBER.fullmatch(name) and not name.endswith("decimals_count")}
    assert len(numbers) > 10
    assert numbers - {*FIGURES, *SUPPORTING, *GENERIC} == set()


def test_everything_in_the_catalogue_is_counted_somewhere() -> None:
    said = {node.value for node in _sources() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {*FIGURES, *SUPPORTING} - said - PUT_TOGETHER == set()


def _figure_ids(part: object) -> Iterator[str]:
    """Every figure that a report, or a part of it, names."""
    if is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name == "figure_id" and isinstance(value, str):
                yield value
            yield from _figure_ids(value)
    elif isinstance(part, tuple):
        for one in part:
            yield from _figure_ids(one)


def test_every_figure_of_a_report_and_of_open_data_is_in_the_catalogue(frozen) -> None:
    content = frozen(Role.PUBLIC)
    named = set(_figure_ids(content.report))
    assert len(named) > 20
    assert named - {*FIGURES, *SUPPORTING} == set()
    assert set(content.definitions) <= set(FIGURES)


def test_a_sum_over_days_is_no_count_of_distinct_things() -> None:
    summed = {figure.id for figure in FIGURES.values() if figure.grows_with_days}
    assert "events_count" in summed
    assert not summed & {"participants_count", "new_participants_count", "active_spaces_count"}
    assert all(FIGURES[name].unit is not Unit.PERCENT for name in summed)
