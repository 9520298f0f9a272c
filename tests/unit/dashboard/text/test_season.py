from itertools import product

import pytest

from dashboard.metrics.season import MARKS, REASONS
from dashboard.text.season import marked, note
from dashboard.text.words import LANGS


@pytest.mark.parametrize(("mark", "reason", "lang", "is_count"), [*product(MARKS, REASONS, LANGS, (True, False))])
def test_every_mark_and_reason_has_its_words(mark, reason, lang, is_count) -> None:
    assert marked(mark, reason, lang, is_count=is_count)


def test_without_a_known_reason_none_is_invented() -> None:
    assert marked("low", "unusual", "uk") == "незвично мало"
    assert marked("high", "unusual", "uk", is_count=False) == "незвично високе значення"


def test_few_data_and_gaps_warn() -> None:
    assert marked("low", "few_data", "uk") == "незвично мало, але даних за цей місяць мало"
    assert marked("high", "gaps", "en") == "unusually many, but the month’s records are incomplete"


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_band_rests_on_is_said(lang) -> None:
    said = [note(method, lang) for method in ("none", "level", "season")]
    assert len(set(said)) == 3
    assert all(text.endswith(".") for text in said)
