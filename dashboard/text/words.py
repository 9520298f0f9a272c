"""Two languages side by side: the type of a language and a pair of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Lang = Literal["uk", "en"]
"""A language of the screens: Ukrainian, the first, or English."""

LANGS: Final[tuple[Lang, ...]] = ("uk", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in both languages."""

    uk: str
    en: str

    def say(self, lang: Lang) -> str:
        return self.uk if lang == "uk" else self.en


@dataclass(frozen=True)
class Wordbook:
    """Wordings by key."""

    words: Mapping[str, Words]

    def say(self, key: str, lang: Lang, **values: object) -> str:
        """The text of a key in a language, with the values put in.

        Raises:
            KeyError: there is no such key, or the text asks for a value that was not given.
        """
        text = self.words[key].say(lang)
        return text.format(**values) if values else text
