"""The root of errors that a person on the command line gets to read."""

from __future__ import annotations


class SpokenError(Exception):
    """Something cannot be done. Says what and what to do, in both languages, without a value of a person."""

    def __init__(self, reason_uk: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason_uk = reason_uk
        self.reason_en = reason_en
