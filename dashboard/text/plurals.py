"""A noun in the form that its number asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from babel import Locale

from dashboard.text.numbers import format_count
from dashboard.text.words import Lang

_FORMS: Final[Mapping[Lang, Mapping[str, int]]] = {
    # A fraction («1,5 події») takes the genitive singular, which is spelt as the second form is.
    "uk": {"one": 0, "few": 1, "many": 2, "other": 1},
    "en": {"one": 0, "other": 1},
}
_LOCALES: Final[Mapping[Lang, Locale]] = {lang: Locale.parse(lang) for lang in ("uk", "en")}


def plural(number: float, forms: str, lang: Lang) -> str:
    """The form of a noun that goes with a number.

    Args:
        number: the number; its sign does not matter.
        forms: the forms joined by "|": three in Ukrainian («подія|події|подій»), two in English ("event|events").
        lang: the language of the forms.

    Raises:
        ValueError: there are more or fewer forms than the language has.
    """
    choices = forms.split("|")
    wanted = max(_FORMS[lang].values()) + 1
    if len(choices) != wanted:
        raise ValueError(f"forms {forms!r}: {lang} has {wanted} forms joined by '|', got {len(choices)}")
    return choices[_FORMS[lang][_LOCALES[lang].plural_form(abs(number))]]


def counted(number: int, forms: str, lang: Lang) -> str:
    """A count with its noun, kept on one line: «5 подій», "1 event"."""
    return f"{format_count(number, lang)}\u00a0{plural(number, forms, lang)}"
