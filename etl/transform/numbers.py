"""Numbers as people type them: grouped by blanks, with a decimal comma or point."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pandas as pd

from etl.transform.text import clean

_NUMBER: Final = re.compile(r"([+-]?)([0-9]{1,15}|[0-9]{1,3}(?: [0-9]{3}){1,4})(?:[.,]([0-9]{1,20}))?")


def parse_number(text: str) -> float | None:
    """The number a text is, or None. «2 967 360», «4 450,90», «-8.5211»; words beside it make it no number."""
    match = _NUMBER.fullmatch(clean(text).replace("−", "-"))
    if match is None:
        return None
    sign, whole, fraction = match.groups()
    return float(f"{sign}{whole.replace(' ', '')}.{fraction or '0'}")


def parse_count(text: str) -> int | None:
    """The count a text is: whole and not negative, or None. «понад 1500» and «1,5» are no counts; «12,0» is."""
    number = parse_number(text)
    if number is None or number < 0 or not number.is_integer():
        return None
    return int(number)


def counts(texts: pd.Series) -> pd.Series:
    """``parse_count`` of each text, as Int64; missing stays missing, unreadable becomes missing."""
    return _mapped(texts, parse_count).astype("float64").astype("Int64")


def numbers(texts: pd.Series) -> pd.Series:
    """``parse_number`` of each text, as float64; missing stays missing, unreadable becomes missing."""
    return _mapped(texts, parse_number).astype("float64")


def _mapped(texts: pd.Series, parse: Callable[[str], float | None]) -> pd.Series:
    found = {text: parse(str(text)) for text in texts.dropna().unique()}
    return texts.map(found)
