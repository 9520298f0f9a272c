"""What of a file goes further: people as pseudonyms, nobody who was erased, and no contact in any text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from etl.contacts import hide
from etl.identity import Key, pseudonymise
from etl.issues import RowIssue
from etl.sources.raw import RAW_COLUMNS, Dataset, RawFile, RawTable
from etl.transform.rows import over_distinct

_CODES: Final = ("event_code",)
_TIMES_AND_POINTS: Final = (
    *("starts", "starts_time", "ends", "ends_time", "date", "month", "opened_on", "closed_on", "submitted_on"),
    *("event_starts", "registered_at", "attended", "lat", "lon"),
)
"""Columns whose cells become times or points or nothing; their digits are no phone's. A count could well be one."""

_PERSON: Final = ("person_name", "person_email", "person_phone")


def without_people(raw: RawFile, key: Key, erased: frozenset[str] = frozenset()) -> tuple[RawFile, int]:
    """Take people out of a file as soon as it is read.

    Lists of people get pseudonyms (see `etl.identity.pseudonymise`) and lose the rows of those who were erased, as if
    these had never been there. In every text of every list, in headers and in names of sheets, e-mail addresses and
    phone numbers become «…»; of a row where that happened it is remarked.

    Args:
        raw: a file as read.
        key: the secret that pseudonyms are made with.
        erased: marks of the erased (see `Key.mark`).

    Returns:
        The file, and how many rows of erased people were left out.
    """
    sheets = _hidden_sheets([*(table.sheet for table in raw.tables), *(issue.sheet for issue in raw.issues)])
    tables, hidden, left_out = [], [], set()
    for table in raw.tables:
        bare = table
        if table.dataset is Dataset.REGISTRATIONS:
            known = pseudonymise(table.frame, key)
            is_erased = _is_erased(known, key, erased)
            left_out |= {(sheets[table.sheet], int(row)) for row in known.loc[is_erased, "row"]}
            bare = replace(table, frame=known[~is_erased].reset_index(drop=True))
        bare, remarks = _without_contacts(replace(bare, sheet=sheets[table.sheet]))
        tables.append(bare)
        hidden += remarks
    issues = [
        replace(issue, sheet=sheets[issue.sheet], column=None if issue.column is None else hide(issue.column))
        for issue in raw.issues
        if (sheets[issue.sheet], issue.row) not in left_out
    ]
    return replace(raw, tables=tuple(tables), issues=(*issues, *hidden)), len(left_out)


def _is_erased(rows: pd.DataFrame, key: Key, erased: frozenset[str]) -> pd.Series:
    """Rows of erased people: by the e-mail, or by the phone where there is no e-mail, as people are told apart."""
    if not erased:
        return pd.Series(False, index=rows.index)
    pseudonym = rows["email_key"].where(rows["email_key"].notna(), rows["phone_key"])
    return over_distinct(pseudonym, key.mark).isin(list(erased))


def _without_contacts(table: RawTable) -> tuple[RawTable, list[RowIssue]]:
    headers = {name: hide(header) for name, header in table.headers.items()}
    frame, remarks = table.frame, []
    for name in RAW_COLUMNS[table.dataset]:
        if name in _PERSON or name in _TIMES_AND_POINTS:
            continue
        texts = frame[name]
        bare = over_distinct(texts, _hide_in_code if name in _CODES else hide)
        is_changed = texts.notna() & (bare != texts)
        if is_changed.any():
            frame = frame.assign(**{name: bare})
            rows = frame.loc[is_changed, "row"]
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
