"""Finding what somebody means: case, apostrophes, look-alike letters and lazy typing do not matter."""

from __future__ import annotations

import unicodedata
from typing import Final

import pandas as pd

_IGNORED: Final = dict.fromkeys(map(ord, "'’ʼ`´′‘\u00ad\u0301"))
"""Apostrophes, which are often left out, soft hyphens and stress marks."""
_LOOK_ALIKES: Final = str.maketrans("abceiopxykmht", "авсеіорхукмнт")
"""Latin letters that look like Cyrillic ones. Both sides are changed alike, so Latin words are found too."""
_TYPED_FOR: Final = str.maketrans("ґё", "ге")
"""Letters that not every keyboard has, and what is typed for them."""


def folded(text: str) -> str:
    """A text as it is compared.

    Letters are taken apart first, so that a Latin ï becomes a Cyrillic ї as a Latin i becomes і, and put together
    again: й and ї are the same however they are written.
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_IGNORED)).translate(_IGNORED | _LOOK_ALIKES)
    return " ".join(unicodedata.normalize("NFC", apart).translate(_TYPED_FOR).split())


def matches(columns: pd.DataFrame, wanted: str) -> pd.Series[bool]:
    """Rows in which every wanted word stands in some column; all rows when nothing is wanted."""
    words = folded(wanted).split()
    found = pd.Series(data=True, index=columns.index)
    if not words or columns.empty:
        return found
    text = columns.fillna("").agg(" ".join, axis=1).map(folded)
    for word in words:
        found &= text.str.contains(word, regex=False).astype(bool)
    return found
