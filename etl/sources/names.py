"""Names that strangers gave to files, sheets and columns, made fit to be stored and shown."""

from __future__ import annotations

import os
import unicodedata
from typing import Final

from etl.contacts import hide

_MOST_CHARACTERS: Final = 120
_HIDDEN: Final = "…"


def shown(name: str) -> str:
    """A name on one line, of at most 120 characters, that holds no contact and turns no text around.

    Bytes that are no UTF-8, control characters and marks of direction become «�»; line breaks become blanks; e-mail
    addresses and phones become «…»; of a long name the middle is left out. Markup and formulas stay what they are:
    whoever prints the name escapes it.
    """
    visible = "".join(_HIDDEN if character == _HIDDEN else _visible(character) for character in name)
    bare = hide(" ".join(visible.split()))
    if len(bare) <= _MOST_CHARACTERS:
        return bare
    half = (_MOST_CHARACTERS - 1) // 2
    return f"{bare[:half]}{_HIDDEN}{bare[-half:]}"


def written(name: str) -> str:
    r"""A name that can be written anywhere: bytes that are no UTF-8 and control characters as ``\xff``.

    Names that differ stay different, but for those that have such texts in them already.
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(
        character if character.isprintable() or character == " " else _escaped(character) for character in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "�" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else character
