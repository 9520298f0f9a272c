"""Ids that follow from what a record says, so that the same record has the same id in every load."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from etl.transform.text import fold

_HASH_DIGITS: Final = 12
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")
_WORD: Final = re.compile(r"\w+")

# Resolution of the Cabinet of Ministers No. 55 of 27 January 2010, and the letters of Russian spellings.
_PLAIN: Final = str.maketrans("абвгґдезиіїйклмнопрстуфыэё", "abvhgdezyiiiklmnoprstufyee")
_LONG: Final = {"є": "ie", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}
_SILENT: Final = {"ь": "", "ъ": ""}
_LETTERS: Final = _PLAIN | str.maketrans(_LONG) | str.maketrans(_SILENT)
_FIRST_LETTERS: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def slug(text: str) -> str:
    """Latin small letters, digits and hyphens: «Вона хаб» → ``vona-khab``; empty when nothing can be written so."""
    latin = _WORD.sub(lambda word: _latin(word.group()), fold(text))
    plain = unicodedata.normalize("NFKD", latin)
    return _NOT_IN_SLUG.sub("-", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip("-")


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for these texts in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_HASH_DIGITS]


def named_id(city_id: str, name: str) -> str:
    """Id of what is known by its name or code, such as ``kyiv-vona-khab``."""
    return f"{city_id}-{slug(name) or digest(name)}"


def _latin(word: str) -> str:
    first = _FIRST_LETTERS.get(word[0], word[0])
    return f"{first}{word[1:]}".replace("зг", "zgh").translate(_LETTERS)
