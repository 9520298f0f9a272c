"""Where Ukrainian words may be broken at a line's end, marked by soft hyphens.

Browsers break words by dictionaries that they fetch, and Debian's Chromium has none, so the places are marked here.
The rules are those of the orthography for breaking by syllables, kept on its safe side; English is left as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from dashboard.text.words import Lang

SOFT_HYPHEN: Final = "\u00ad"

_APOSTROPHES: Final = "'’ʼ"
_VOWELS: Final = frozenset("аеєиіїоуюя")
_WORD: Final = re.compile(rf"[А-ЯЄІЇҐа-яєіїґ][а-яєіїґ{_APOSTROPHES}]+")
_SHORTEST: Final = 7
_LEAST_PART: Final = 3
_DIGRAPHS: Final = ("дж", "дз")


def hyphenated(text: str, lang: Lang) -> str:
    """The text with a soft hyphen at each place where a long Ukrainian word may be broken.

    Words in capitals and words of other alphabets stay whole; no part has fewer than three letters.
    """
    return _WORD.sub(lambda found: _broken(found[0]), text) if lang == "uk" else text


def _broken(word: str) -> str:
    if len(word) < _SHORTEST:
        return word
    lower = word.lower()
    vowels = [place for place, letter in enumerate(lower) if letter in _VOWELS]
    places = [_between(lower, left, right) for left, right in pairwise(vowels)]
    allowed = [place for place in places if place is not None and _LEAST_PART <= place <= len(word) - _LEAST_PART]
    return SOFT_HYPHEN.join(word[start:end] for start, end in pairwise([0, *allowed, len(word)]))


def _between(word: str, left: int, right: int) -> int | None:
    """Where to break between two neighbouring vowels; None where it depends on what the word is made of."""
    consonants = word[left + 1 : right]
    if any(digraph in consonants for digraph in _DIGRAPHS):
        return None
    if consonants.endswith("й") and word[right] == "о":
        return None if word.startswith("най") else right - 1
    if len(consonants) < 2:
        return right if consonants == "й" else left + 1
    # A soft sign or an apostrophe stays with the letter before it, and the soft sign with the «о» after it.
    place = left + 2
    while place < right and word[place] in f"ь{_APOSTROPHES}":
        place += 1
    return left + 1 if place == right and word[right - 1] == "ь" else place
