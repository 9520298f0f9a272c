"""How numbers are written: groups of three, decimal sign, percent, change, and what stands for a missing number.

Ukrainian groups with a narrow no-break space and has a decimal comma; English has comma and point. A half is
rounded away from zero, as people do by hand; the minus is U+2212.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

import pandas as pd

from dashboard.text.words import Lang, Words

NARROW_SPACE: Final = "\u202f"
MINUS: Final = "\u2212"
NO_DATA: Final = Words("немає даних", "no data")
HIDDEN: Final = Words("приховано", "hidden")

Unit = Literal["count", "number", "percent"]
"""What a number is: a whole count, a number with one decimal, or a percentage (45.5 is 45.5 %)."""

_SIGNS: Final[Mapping[Lang, tuple[str, str]]] = {"uk": (NARROW_SPACE, ","), "en": (",", ".")}
_POINTS: Final = Words("в. п.", "pp")


def plotly_separators(lang: Lang) -> str:
    """Decimal and group sign, in the order in which plotly's `separators` takes them."""
    group, decimal = _SIGNS[lang]
    return decimal + group


def is_missing(value: float | None) -> bool:
    """True for None, NaN and pandas' NA."""
    return value is None or bool(pd.isna(value))


def format_number(value: float | None, lang: Lang, *, decimals: int = 1) -> str:
    """A number with a fixed count of decimals; a missing one is said in words."""
    if value is None or is_missing(value):
        return NO_DATA.say(lang)
    rounded = _rounded(value, decimals)
    group, decimal = _SIGNS[lang]
    text = f"{abs(rounded):,.{decimals}f}".translate({ord(","): group, ord("."): decimal})
    return f"{MINUS}{text}" if rounded < 0 else text


def format_count(value: float | None, lang: Lang) -> str:
    """A whole number: «1 234 567», "1,234,567"."""
    return format_number(value, lang, decimals=0)


def format_percent(value_pct: float | None, lang: Lang, *, decimals: int = 0) -> str:
    """A percentage given in percent (45.2, not 0.452): «45 %», "45%"."""
    if is_missing(value_pct):
        return NO_DATA.say(lang)
    return format_number(value_pct, lang, decimals=decimals) + ("\u00a0%" if lang == "uk" else "%")


def format_change(value: float | None, lang: Lang, *, decimals: int = 0) -> str:
    """A change with its sign: «+12», «−3»; a change that rounds to nothing is «0» with no sign."""
    text = format_number(value, lang, decimals=decimals)
    return text if value is None or is_missing(value) or _rounded(value, decimals) <= 0 else f"+{text}"


def format_change_percent(value_pct: float | None, lang: Lang, *, decimals: int = 0) -> str:
    """A change in percent of what was: «+12 %», "−3%"."""
    if is_missing(value_pct):
        return NO_DATA.say(lang)
    return format_change(value_pct, lang, decimals=decimals) + ("\u00a0%" if lang == "uk" else "%")


def format_change_points(value_pct: float | None, lang: Lang, *, decimals: int = 1) -> str:
    """A difference of two percentages, in percentage points: «+1,5 в. п.», "+1.5 pp"."""
    if is_missing(value_pct):
        return NO_DATA.say(lang)
    return f"{format_change(value_pct, lang, decimals=decimals)}\u00a0{_POINTS.say(lang)}"


def format_value(value: float | None, unit: Unit, lang: Lang, *, is_hidden: bool = False) -> str:
    """A value as its unit asks; a hidden one is «приховано», a missing one «немає даних»."""
    if is_hidden:
        return HIDDEN.say(lang)
    match unit:
        case "count":
            return format_count(value, lang)
        case "number":
            return format_number(value, lang)
        case "percent":
            return format_percent(value, lang)


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
