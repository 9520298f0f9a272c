"""Two languages side by side: the type of a language and a pair of words."""

from __future__ import annotations

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
