"""Names that strangers gave to files, sheets and columns, made fit to be stored and shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MOST_CHARACTERS: Final = 120
_HIDDEN: Final = "…"
_CONTACT: Final = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+"
    r"|(?<!\d)(?:\+?3?8)?0\d{2}[\s().-]*\d{3}[\s().-]*\d{2}[\s().-]*\d{2}(?!\d)"
    r"|\+\d(?:[\s().-]*\d){8,}"
)


def shown(name: str) -> str:
    """A name on one line, of at most 120 characters, that holds no contact and turns no text around.

    Bytes that are no UTF-8, control characters and marks of direction become «�»; line breaks become blanks; e-mail
    addresses and phones become «…»; of a long name the middle is left out. Markup and formulas stay what they are:
    whoever prints the name escapes it.
    """
    visible = "".join(_HIDDEN if character == _HIDDEN else _visible(character) for character in name)
    bare = _CONTACT.sub(_HIDDEN, re.sub(r"\s+", " ", visible)).strip()
    if len(bare) <= _MOST_CHARACTERS:
        return bare
    half = (_MOST_CHARACTERS - 1) // 2
    return f"{bare[:half]}{_HIDDEN}{bare[-half:]}"


def shown_path(path: str) -> str:
    """`shown` for each part of a path with ``/``."""
    return "/".join(map(shown, path.split("/")))


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "�" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else character
