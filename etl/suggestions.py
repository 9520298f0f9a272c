"""What the sender of a row may have meant: the nearest known name, proposed with its certainty and never applied.

A proposal is a name of ours (a district, space, theme, event or participant group), never a word of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from rapidfuzz import fuzz, process

from etl.transform.event_index import EventIndex
from etl.transform.rows import ADDRESS
from etl.transform.text import fold
from etl.transform.vocabulary import PARTICIPANT_GROUPS

SUGGESTED: Final = (*ADDRESS, "code", "suggestion_uk", "suggestion_en", "certainty_pct")

LEAST_CERTAIN: Final = 75
"""Least likeness (0–100) at which a name is proposed."""
_FEWEST_LETTERS: Final = 4
_NUMBERS: Final = re.compile(r"\d+")
_BETWEEN_THEMES: Final = re.compile(r"[;|,\n]")

Names = Mapping[str, tuple[str, str]]
"""Folded alias → what it is called in Ukrainian and in English."""


@dataclass(frozen=True)
class Known:
    """What one city's lists may name."""

    districts: Names
    spaces: Names
    themes: Names
    events: Names


def named(aliases: Mapping[str, str], table: pd.DataFrame, key: str) -> Names:
    """Names under their aliases.

    Args:
        aliases: folded alias → id.
        table: columns ``key``, ``name_uk``, ``name_en``.
        key: the column of ids.
    """
    names = {
        identifier: (uk, uk if pd.isna(en) else en)
        for identifier, uk, en in table[[key, "name_uk", "name_en"]].itertuples(index=False)
    }
    return {alias: names[identifier] for alias, identifier in aliases.items() if identifier in names}


def event_names(index: EventIndex, events: pd.DataFrame) -> Names:
    """Titles of a city's events, as its lists write them."""
    written = {fold(title): title for title in events["title"].sort_values()}
    return {folded: (written[folded], written[folded]) for folded in index.by_title if folded in written}


def suggest(told: pd.DataFrame, rows: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Propose a name for each cell that names nothing known.

    Args:
        told: remarks: the address, ``field`` and ``code``.
        rows: stacked rows of one data set: the address and raw columns.
        known: what the cells may have meant.

    Returns:
        `SUGGESTED`: one row per remark that something near enough was found for; ``certainty_pct`` is its likeness in
        whole percent. All columns for none.
    """
    codes = [code for code in told["code"].unique() if code in _CODES] if len(rows) else []
    frames = [_of_code(told[told["code"] == code], rows, known, code) for code in codes]
    found = [frame for frame in frames if len(frame)]
    return pd.concat(found, ignore_index=True) if found else no_suggestions()


def no_suggestions() -> pd.DataFrame:
    """`SUGGESTED` without rows."""
    types = dict.fromkeys(SUGGESTED, "str") | {"row": "int64", "certainty_pct": "int64"}
    return pd.DataFrame(columns=list(SUGGESTED)).astype(types)


def nearest(text: str, names: Names, *, by_word: bool = False) -> tuple[str, str, int] | None:
    """The one name nearest to a text, and how like they are; None where none is near, or two are equally so.

    Args:
        text: as written.
        names: what is known.
        by_word: compare each word of the text too: an address names more than its district.
    """
    folded = fold(text)
    words = {folded, *(folded.split() if by_word else ())}
    best: dict[tuple[str, str], float] = {}
    for word in words:
        if len(word) < _FEWEST_LETTERS:
            continue
        numbers = _NUMBERS.findall(word)
        alike = process.extract(word, list(names), scorer=fuzz.ratio, score_cutoff=LEAST_CERTAIN, limit=None)
        for alias, score, _ in alike:
            # «Бібліотека № 12» is as like № 13 as a misprint is like the right name.
            if _NUMBERS.findall(alias) == numbers:
                best[names[alias]] = max(score, best.get(names[alias], 0.0))
    top = [name for name, score in best.items() if score == max(best.values())]
    return (*top[0], int(best[top[0]])) if len(top) == 1 else None


_GROUPS: Final[Names] = {
    word: (word, group.replace("_", " "))
    for word, group in PARTICIPANT_GROUPS.items()
    if group not in {"other", "not_stated"}
}
_CODES: Final = (
    "unknown_district",
    "unknown_space",
    "unlisted_space",
    "unknown_theme",
    "unknown_event",
    "unknown_group",
)


def _names(code: str, known: Known) -> Names:
    match code:
        case "unknown_district":
            return known.districts
        case "unknown_theme":
            return known.themes
        case "unknown_event":
            return known.events
        case "unknown_group":
            return _GROUPS
    return known.spaces


def _of_code(told: pd.DataFrame, rows: pd.DataFrame, known: Known, code: str) -> pd.DataFrame:
    names = _names(code, known)
    fields = told["field"].fillna("").unique()
    return pd.concat(
        [_of_field(told[told["field"].fillna("") == name], rows, name, names, code) for name in fields],
        ignore_index=True,
    )


def _of_field(told: pd.DataFrame, rows: pd.DataFrame, field: str, names: Names, code: str) -> pd.DataFrame:
    # Of an event also what stands above the list's header.
    about = ("event_title", "of_event_title") if code == "unknown_event" else (field,)
    columns = [name for name in about if name in rows]
    cells = told[ADDRESS].merge(rows[[*ADDRESS, *columns]], on=ADDRESS)
    if cells.empty:
        return cells
    texts = _texts(cells, columns)
    meant = {
        text: next(filter(None, (nearest(part, names, by_word=code == "unknown_district") for part in parts)), None)
        for text in texts.dropna().unique()
        if (parts := tuple(_parts(str(text), code, names)))
    }
    rows_meant = texts.map(meant)
    at = rows_meant.notna()
    return cells.loc[at, ADDRESS].assign(
        code=code,
        suggestion_uk=[uk for uk, _, _ in rows_meant[at]],
        suggestion_en=[en for _, en, _ in rows_meant[at]],
        certainty_pct=[pct for _, _, pct in rows_meant[at]],
    )


def _texts(cells: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The text that each remark is about: of the first column that says something."""
    texts = pd.Series(None, index=cells.index, dtype="str")
    for column in columns:
        texts = texts.where(texts.notna(), cells[column])
    return texts


def _parts(text: str, code: str, names: Names) -> Iterator[str]:
    if code != "unknown_theme":
        yield text
        return
    yield from (part for part in _BETWEEN_THEMES.split(text) if fold(part) and fold(part) not in names)
