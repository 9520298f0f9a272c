"""Finding what somebody means: case, apostrophes and look-alike letters do not matter."""

from __future__ import annotations

import unicodedata
from typing import Final

import pandas as pd

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’ʼ`′‘"))
_LOOK_ALIKES: Final = str.maketrans("abceiopxykmht", "авсеіорхукмнт")
"""Latin letters that look like Cyrillic ones. Both sides are changed alike, so Latin words are found too."""


def folded(text: str) -> str:
    """A text as it is compared."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES).translate(_LOOK_ALIKES)
    return " ".join(plain.split())


def matches(columns: pd.DataFrame, wanted: str) -> pd.Series[bool]:
    """Rows in which every wanted word stands in some column; all rows when nothing is wanted."""
    words = folded(wanted).split()
    text = columns.fillna("").agg(" ".join, axis=1).map(folded) if len(columns) else pd.Series(dtype=str)
    found = pd.Series(data=True, index=columns.index)
    for word in words:
        found &= text.str.contains(word, regex=False).astype(bool)
    return found
