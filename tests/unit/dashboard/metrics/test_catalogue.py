from __future__ import annotations

import re

import pytest

from dashboard.metrics.catalogue import FIGURES, MONTHLY, SUPPORTING, Unit
from dashboard.metrics.indices import hill_number, pielou_evenness, shannon_entropy

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
