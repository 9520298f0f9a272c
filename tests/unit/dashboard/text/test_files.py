import re
from pathlib import Path

import pytest

from dashboard.metrics.catalogue import Unit
from dashboard.text import files, open_data
from dashboard.text.words import LANGS

SOURCES = "\n".join(file.read_text() for file in (Path(files.__file__).parent.parent / "reports").rglob("*.py"))
PUT_TOGETHER = tuple(re.findall(r'f"([a-z_.]+\.)\{', SOURCES))


@pytest.mark.parametrize("keys", [files.KEYS, open_data.KEYS])
def test_every_word_is_used(keys: frozenset[str]) -> None:
    unused = {
        key
        for key in keys
        if f'"{key}"' not in SOURCES and f"'{key}'" not in SOURCES and not key.startswith(PUT_TOGETHER)
    }
    assert unused == set()


def test_every_unit_has_its_words() -> None:
    assert set(files.UNITS) == {unit.value for unit in Unit}
    assert all(files.unit(unit, lang) for unit in Unit for lang in LANGS)


@pytest.mark.parametrize("say", [files.say, open_data.say])
def test_a_word_that_is_not_there_is_an_error(say: object) -> None:
    with pytest.raises(KeyError):
        say("no.such", "uk")  # type: ignore[operator]


def test_values_are_put_in() -> None:
    assert files.say("page", "uk", page=1, pages=2) == "сторінка 1 із 2"
    assert open_data.say("publisher", "en", city="Kyiv") == "City of Kyiv"
