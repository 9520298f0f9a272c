import re

import pytest

from dashboard.text import widgets
from dashboard.text.words import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_said_in_one_language_is_said_in_the_other_and_stays(lang: Lang) -> None:
    other: Lang = "en" if lang == "uk" else "uk"
    here, there = widgets.phrases(lang), widgets.phrases(other)
    for phrase in ("Search", "Sort ascending", "No results"):
        assert here[there[phrase]] == here[phrase]
        assert here.get(here[phrase], here[phrase]) == here[phrase]


def test_a_pattern_keeps_what_it_found() -> None:
    for pattern, wanted in widgets.patterns("uk"):
        groups = re.compile(pattern).groups
        assert groups == len(set(re.findall(r"\$\d", wanted))) > 0


def test_ukrainian_phrases_have_no_latin_word() -> None:
    assert [words for words in widgets.phrases("uk").values() if re.search("[A-Za-z]", words)] == []
