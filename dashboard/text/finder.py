"""The one search box: a space, district, theme or page by any spelling of its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from dashboard.text.search import folded

Kind = Literal["page", "district", "theme", "space"]
MOST_FOUND: Final = 8
_NEAR: Final = 0.72
_LATIN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_LOOSE: Final = (("yi", "i"), ("iy", "i"), ("ij", "i"), ("y", "i"), ("j", "i"), ("g", "h"), ("kh", "h"), ("ii", "i"))
"""How people write the same sounds in Latin letters; both sides are changed alike."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found."""

    kind: Kind
    id: str
    name: str
    """In the page's language."""
    spellings: tuple[str, ...] = ()
    """Other names: in the other language, short ones."""


@dataclass(frozen=True)
class Found:
    """What a search found; near ones only where nothing fits."""

    entries: tuple[Entry, ...]
    is_near: bool = False


def latin(text: str) -> str:
    """A text in Latin letters, as Ukrainian passports write it and then loosened.

    Source: resolution 55 of the Cabinet of Ministers, 27 January 2010. Loosened: y, i, j and yi are one letter, and
    so are g, h and kh.
    """
    spelt = "".join(_LATIN.get(letter, letter) for letter in text.casefold())
    for written, one in _LOOSE:
        spelt = spelt.replace(written, one)
    return " ".join(spelt.split())


def find(entries: Sequence[Entry], wanted: str, most: int = MOST_FOUND) -> Found:
    """The entries that somebody may mean, the likeliest first; all of a few pages and districts for an empty wish.

    Every word has to begin a word of a name, or stand in it; case, apostrophes, look-alike letters, the keyboard's
    missing letters and Latin spelling do not matter. Where nothing fits, near spellings are offered.
    """
    words = folded(wanted).split()
    if not words:
        return Found(tuple(entries[:most]))
    spelt = latin(wanted).split()
    ranked = sorted(
        ((rank, place) for place, entry in enumerate(entries) if (rank := _rank(entry, words, spelt)) is not None)
    )
    if ranked:
        return Found(tuple(entries[place] for _, place in ranked[:most]))
    near = sorted(
        ((-_likeness(entry, " ".join(spelt)), place) for place, entry in enumerate(entries)),
    )
    return Found(tuple(entries[place] for minus, place in near[:3] if -minus >= _NEAR), is_near=True)


def _rank(entry: Entry, words: Sequence[str], spelt: Sequence[str]) -> int | None:
    """0 where the name begins so, 1 where words begin so, 2 where the words stand anywhere; None where they do not."""
    ranks = [
        rank
        for name in (entry.name, *entry.spellings)
        for text, sought in ((folded(name), words), (latin(name), spelt))
        if (rank := _fit(text, sought)) is not None
    ]
    return min(ranks, default=None)


def _fit(text: str, sought: Iterable[str]) -> int | None:
    sought = list(sought)
    if not sought or any(word not in text for word in sought):
        return None
    if text.startswith(" ".join(sought)):
        return 0
    padded = f" {text.replace('«', '').replace('-', ' ')}"
    return 1 if all(f" {word}" in padded for word in sought) else 2


def _likeness(entry: Entry, spelt: str) -> float:
    """From 0 to 1: how near the wish is to a name or one of its words."""
    names = [latin(name) for name in (entry.name, *entry.spellings)]
    parts = [part for name in names for part in (name, *name.split())]
    return max(SequenceMatcher(None, spelt, part).ratio() for part in parts)
