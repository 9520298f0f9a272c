"""What of a file goes further: people as pseudonyms, nobody who was erased, and no contact in any text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from etl.contacts import hide
from etl.identity import KEY_COLUMNS, Key, pseudonymise
from etl.issues import RowIssue
from etl.sources.layout import side_by_side
from etl.sources.raw import RAW_COLUMNS, Dataset, RawFile, RawTable
from etl.transform.rows import over_distinct

_CODES: Final = ("event_code",)
_TIMES_AND_POINTS: Final = (
    *("starts", "starts_time", "ends", "ends_time", "date", "month", "opened_on", "closed_on", "submitted_on"),
    *("event_starts", "registered_at", "attended", "lat", "lon"),
)
"""Columns whose cells become times or points or nothing; their digits are no phone's. A count could well be one."""

_PERSON: Final = ("person_name", "person_email", "person_phone")


def without_people(
    files: Sequence[RawFile], key: Key, erased: frozenset[str] = frozenset()
) -> list[tuple[RawFile, int]]:
    """Take people out of files as soon as they are read.

    Lists of people get pseudonyms (see `etl.identity.pseudonymise`) and lose the rows of those who were erased, as if
    these had never been there. In every text of every list, in headers and in names of sheets, e-mail addresses and
    phone numbers become «…»; of a row where that happened it is remarked.

    Args:
        files: as read; together, since files are many and small and most of the work is on distinct texts.
        key: the secret that pseudonyms are made with.
        erased: marks of the erased (see `Key.mark`).

    Returns:
        Each file, and how many rows of erased people were left out of it.
    """
    people = [table for raw in files for table in raw.tables if table.dataset is Dataset.REGISTRATIONS]
    known = _pseudonyms(people, key)
    is_erased = _is_erased(known, key, erased)
    ends = iter(np.cumsum([len(table.frame) for table in people]).tolist())
    hidden = _Hidden.of([table for raw in files for table in raw.tables])
    found = []
    start = 0
    for raw in files:
        keys: list[_Keys | None] = []
        for table in raw.tables:
            if table.dataset is Dataset.REGISTRATIONS:
                end = next(ends)
                keys.append((known.iloc[start:end], is_erased[start:end]))
                start = end
            else:
                keys.append(None)
        found.append(_bare(raw, keys, hidden))
    return found


_Keys = tuple[pd.DataFrame, np.ndarray[Any, np.dtype[np.bool_]]]
"""Pseudonyms of a table's rows, and which of these are of the erased."""


def _pseudonyms(people: Sequence[RawTable], key: Key) -> pd.DataFrame:
    """`KEY_COLUMNS` for all rows of some lists of people, one list after another."""
    texts = [table.frame[list(_PERSON)] for table in people]
    none = pd.DataFrame(columns=list(_PERSON), dtype="str")
    return pseudonymise(pd.concat(texts, ignore_index=True) if texts else none, key)


def _is_erased(known: pd.DataFrame, key: Key, erased: frozenset[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Rows of erased people: by the e-mail, or by the phone where there is no e-mail, as people are told apart."""
    if not erased:
        return np.zeros(len(known), dtype=bool)
    pseudonym = known["email_key"].where(known["email_key"].notna(), known["phone_key"])
    found: np.ndarray[Any, np.dtype[np.bool_]] = over_distinct(pseudonym, key.mark).isin(list(erased)).to_numpy()
    return found


@dataclass(frozen=True)
class _Hidden:
    """Texts that hold a contact → what is left of them: in columns of codes, and in others."""

    codes: Mapping[str, str]
    others: Mapping[str, str]

    @classmethod
    def of(cls, tables: Sequence[RawTable]) -> _Hidden:
        columns: tuple[list[pd.Series], list[pd.Series]] = ([], [])
        for table in tables:
            for name in _texts_of(table):
                columns[name in _CODES].append(table.frame[name])
        others, codes = (pd.concat(found).dropna().unique() if found else () for found in columns)
        return cls(_changed(codes, _hide_in_code), _changed(others, hide))

    def in_column(self, name: str) -> Mapping[str, str]:
        return self.codes if name in _CODES else self.others


def _texts_of(table: RawTable) -> list[str]:
    """Columns that may hold a contact where none belongs."""
    return [name for name in RAW_COLUMNS[table.dataset] if name not in _PERSON and name not in _TIMES_AND_POINTS]


def _changed(texts: Iterable[str], bare: Callable[[str], str]) -> dict[str, str]:
    return {text: left for text in texts if (left := bare(text)) != text}


def _bare(raw: RawFile, keys: Sequence[_Keys | None], texts: _Hidden) -> tuple[RawFile, int]:
    sheets = _hidden_sheets([*(table.sheet for table in raw.tables), *(issue.sheet for issue in raw.issues)])
    tables, hidden, left_out = [], [], set()
    for table, known in zip(raw.tables, keys, strict=True):
        bare = replace(table, sheet=sheets[table.sheet])
        if known is not None:
            pseudonyms, is_erased = known
            left_out |= {(bare.sheet, int(row)) for row in table.frame.loc[is_erased, "row"]}
            rest = {name: table.frame[name] for name in table.frame.columns if name not in _PERSON}
            frame = side_by_side(rest | {name: pseudonyms[name] for name in KEY_COLUMNS}, table.frame.index)
            bare = replace(bare, frame=frame[~is_erased].reset_index(drop=True) if is_erased.any() else frame)
        bare, remarks = _without_contacts(bare, texts)
        tables.append(bare)
        hidden += remarks
    issues = [
        replace(issue, sheet=sheets[issue.sheet], column=None if issue.column is None else hide(issue.column))
        for issue in raw.issues
        if (sheets[issue.sheet], issue.row) not in left_out
    ]
    return replace(raw, tables=tuple(tables), issues=(*issues, *hidden)), len(left_out)


def _without_contacts(table: RawTable, texts: _Hidden) -> tuple[RawTable, list[RowIssue]]:
    headers = {name: hide(header) for name, header in table.headers.items()}
    frame, remarks = table.frame, []
    for name in _texts_of(table):
        left = texts.in_column(name)
        is_changed = frame[name].isin(list(left)) if left else None
        if is_changed is not None and is_changed.any():
            rows = frame.loc[is_changed, "row"]
            frame = frame.assign(**{name: _replaced(frame[name], left)})
            remarks += [RowIssue(table.sheet, int(row), "contact_hidden", headers.get(name)) for row in rows]
    return (
        replace(
            table,
            frame=frame,
            headers=headers,
            unknown_columns=tuple(hide(header) for header in table.unknown_columns),
            context={name: hide(text, is_code=name in _CODES) for name, text in table.context.items()},
        ),
        remarks,
    )


def _replaced(texts: pd.Series, left: Mapping[str, str]) -> pd.Series:
    return over_distinct(texts, lambda text: left.get(text, text))


def _hide_in_code(text: str) -> str:
    return hide(text, is_code=True)


def _hidden_sheets(names: Iterable[str]) -> Mapping[str, str]:
    """Name of a sheet → the name without contacts; two that look the same then are numbered."""
    return dict(_numbered(dict.fromkeys(names)))


def _numbered(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    given: set[str] = set()
    for name in names:
        bare = hide(name)
        number = 1
        while bare in given:
            number += 1
            bare = f"{hide(name)} ({number})"
        given.add(bare)
        yield name, bare
