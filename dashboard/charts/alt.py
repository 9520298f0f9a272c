"""What a chart shows, in words: for those who hear the page, and for the alternative text of pictures in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from dashboard.text.dates import format_months, month_name
from dashboard.text.numbers import HIDDEN, NO_DATA, Unit, format_value
from dashboard.text.words import Lang, Words

_MOST: Final = Words("найбільше", "highest")
_LEAST: Final = Words("найменше", "lowest")
_LAST: Final = Words("останнє", "last")
_HIDDEN_COUNT: Final = Words("приховано значень", "values hidden")


def alt_text(title: str, frame: pd.DataFrame, *, lang: Lang, unit: Unit = "count", label: str = "label") -> str:
    """Title, highest and lowest: «Події за районами. Найбільше: Подільський — 12; найменше: Печерський — 3.».

    Args:
        title: what the chart shows.
        frame: one row per bar, cell or node. Columns: `label` as named by that argument, `value` (in `unit`),
            optionally `is_hidden`; hidden values are only counted.
        lang: language of the sentence.
        unit: what the values are.
        label: the column with what a value belongs to.
    """
    shown = _shown(frame)
    parts = []
    if not shown.empty:
        highest, lowest = shown.iloc[shown["value"].argmax()], shown.iloc[shown["value"].argmin()]
        parts.append(f"{_MOST.say(lang)}: {highest[label]} — {format_value(highest['value'], unit, lang)}")
        if len(shown) > 1:
            parts.append(f"{_LEAST.say(lang)}: {lowest[label]} — {format_value(lowest['value'], unit, lang)}")
    return _sentence(title, parts, _hidden_count(frame), lang)


def alt_trend(title: str, frame: pd.DataFrame, *, names: Mapping[str, str], lang: Lang, unit: Unit = "count") -> str:
    """Title, span of months, and for each line its highest, lowest and last value.

    Args:
        title: what the chart shows.
        frame: one row per month and key. Columns: `month`, `key`, `value` (in `unit`), optionally `is_hidden`.
        names: what each key is called, in order; for a single line its name is not repeated.
        lang: language of the sentence.
        unit: what the values are.
    """
    known = frame.loc[frame["key"].isin(list(names))].sort_values("month")
    if known.empty:
        return _sentence(title, [], 0, lang)
    months = pd.to_datetime(known["month"])
    keys = [key for key in names if key in set(known["key"])]
    parts = []
    for key in keys:
        rows = known.loc[known["key"] == key]
        shown = _shown(rows)
        lead = "" if len(keys) == 1 else f"{names[key]}: "
        if shown.empty:
            parts.append(lead + (HIDDEN if _hidden_count(rows) else NO_DATA).say(lang))
            continue
        said = [
            f"{word.say(lang)} {format_value(row['value'], unit, lang)} ({month_name(row['month'], lang)})"
            for word, row in (
                (_MOST, shown.iloc[shown["value"].argmax()]),
                (_LEAST, shown.iloc[shown["value"].argmin()]),
                (_LAST, shown.iloc[-1]),
            )
        ]
        parts.append(lead + ", ".join(said))
    span = format_months(months.min(), months.max(), lang)
    return _sentence(f"{title}, {span}", parts, _hidden_count(known), lang)


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    values = frame["value"].astype("float64")
    if "is_hidden" in frame.columns:
        values = values.mask(frame["is_hidden"].astype(bool))
    return frame.assign(value=values).dropna(subset=["value"])


def _hidden_count(frame: pd.DataFrame) -> int:
    return int(frame["is_hidden"].sum()) if "is_hidden" in frame.columns else 0


def _sentence(title: str, parts: list[str], hidden_count: int, lang: Lang) -> str:
    said = [*parts, *([f"{_HIDDEN_COUNT.say(lang)}: {hidden_count}"] if hidden_count else [])]
    text = "; ".join(said) if said else NO_DATA.say(lang)
    return f"{title}. {text[0].upper()}{text[1:]}."
