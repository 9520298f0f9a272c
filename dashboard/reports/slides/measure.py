"""How much room a text takes, estimated: the widths of Arial's letters, without the font."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

EMU_PER_PT: Final = 12_700
_LINE: Final = 1.2
_NARROW: Final = frozenset(" \u00a0\u202f.,:;!|'’ʼ·ijltfrIіїІЇ()[]/-")
_WIDE: Final = frozenset("mwMWжмшщюыфЖМШЩЮФ%—@")
_BOLD: Final = 1.06


def lines_count(text: str, width: int, points: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a width given in English Metric Units; at least one, words kept whole."""
    room = width / EMU_PER_PT / points / (_BOLD if bold else 1.0)
    lines, filled = 1, 0.0
    # A no-break space keeps words together; `split` without an argument would part them.
    for word in text.split(" "):
        length = sum(map(_em, word))
        gap = _em(" ") if filled else 0.0
        if filled and filled + gap + length > room:
            lines, filled, gap = lines + 1, 0.0, 0.0
        filled += gap + length
        while filled > room:
            lines, filled = lines + 1, filled - room
    return lines


def height(text: str, width: int, points: float, *, bold: bool = False) -> int:
    """The height of a text in a width, both in English Metric Units."""
    return round(lines_count(text, width, points, bold=bold) * points * _LINE * EMU_PER_PT)


def largest(text: str, width: int, room: int, sizes: Sequence[float], *, bold: bool = False) -> float:
    """The first of the sizes, given from large to small, in which a text fits; the last where none does."""
    return next((size for size in sizes if height(text, width, size, bold=bold) <= room), sizes[-1])


def shortened(text: str, width: int, room: int, points: float) -> str:
    """A text that fits: itself, or as much of its beginning as fits with an ellipsis; at least one letter."""
    if height(text, width, points) <= room:
        return text
    ends = range(1, len(text))
    fitting = bisect_right(ends, room, key=lambda end: height(f"{text[:end]}…", width, points))
    return f"{text[: max(fitting, 1)].rstrip()}…"


def _em(letter: str) -> float:
    """The width of a letter in units of the type's size."""
    if letter in _NARROW:
        return 0.29
    if letter in _WIDE:
        return 0.84
    if letter.isupper():
        return 0.69
    return 0.52 if letter.isascii() and letter.isalpha() else 0.56
