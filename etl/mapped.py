"""Reading a list by its mapping: the columns that a person named take the place of what their headers would mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pandas as pd

from etl import contacts
from etl.mapping import IGNORE, KINDS, ColumnMapping, invalid, shown
from etl.sources.grids import read_grids
from etl.sources.layout import Columns, Field, Header, Layout, Tidied
from etl.sources.limits import DEFAULT_LIMITS, Limits
from etl.sources.raw import Dataset, RawFile, SourceError
from etl.sources.reading import Recognised, read_file, recognise
from etl.sources.tabular import Grid, Row, without_blank_end
from etl.transform.rows import over_distinct
from etl.transform.text import fold

MARK: Final = " (mapping)"
"""Ends the format of a list that was read by its mapping."""

_STORED: Final[Mapping[Dataset, frozenset[str]]] = MappingProxyType(
    {
        Dataset.EVENTS: frozenset(
            {"event_code", "title", "space", "venue", "address", "series", "organisers", "partners", "funders"}
        ),
        Dataset.SESSIONS: frozenset({"title", "venue"}),
        Dataset.SPACES: frozenset({"name", "name_en", "network", "address"}),
        Dataset.PROPOSALS: frozenset({"title"}),
    }
)
"""Columns of ours that reach the store as they are written, so nothing of a person may stand in them."""

_ABOUT_PERSON: Final = re.compile(
    r"\b(?:піб|п і б|прізвищ\w*|імя|по батькові|телефон\w*|мобільн\w*|пошт(?:а|и|у|ою)|скриньк\w*|e ?mail|phone\w*"
    r"|(?:first|last|full|given|family) name|surname|автор\w*|authors?|відповідальн\w*|контактн\w+ особ\w+"
    r"|contact person|паспорт\w*|народження|birth\w*|telegram|телеграм|instagram|facebook|viber)\b"
)
_PATRONYMIC: Final = re.compile(r"\b\w+(?:ович|йович|евич|євич|івна|ївна)\b", re.IGNORECASE)
_PERSONAL_SHARE: Final = 0.2
"""Share of filled cells with a contact or a patronymic from which on a column is taken to be about people."""
_ONE_SLIP: Final = 1
"""A single such cell is a slip of the pen, however short the list."""

_Headers = Mapping[str, tuple[str, ...]]
"""Sheet → the cells of its header."""


def is_about_person(header: str) -> bool:
    """Whether a header asks who somebody is or how to reach them."""
    return _ABOUT_PERSON.search(fold(header)) is not None


def read_list(
    file_name: str, content: bytes, mapping: ColumnMapping | SourceError | None, limits: Limits = DEFAULT_LIMITS
) -> RawFile:
    """Read one file of the inbox, by its mapping where it has one.

    A mapping of the list's own must fit. One of its folder is for lists that have all its columns; others are read
    as without one. A mapping that nobody has confirmed is not applied.

    Args:
        file_name: the list's name without its folder.
        content: its bytes.
        mapping: what its mapping says, or why that cannot be read.
        limits: how large the file may be.

    Returns:
        As `read_file` does; the format of tables that were read by a mapping ends in `MARK`.

    Raises:
        SourceError: the file cannot be read, is no known list, lacks a column or sheet that its mapping names, or a
            column about people is mapped to one that the store keeps.
    """
    if mapping is None or (isinstance(mapping, ColumnMapping) and not mapping.is_confirmed):
        return read_file(file_name, content, limits)
    if isinstance(mapping, SourceError):
        raise mapping
    grids = read_grids(content, lambda _cells: False, limits)[0]
    headers = _headers(grids, mapping)
    if headers:
        return _read(file_name, content, mapping, headers, limits)
    unfit = _unfit(grids, mapping)
    if not mapping.is_of_folder:
        raise unfit
    try:
        return read_file(file_name, content, limits)
    except SourceError as plain:
        raise SourceError(f"{plain.reason_uk}; {unfit.reason_uk}", f"{plain.reason_en}; {unfit.reason_en}") from None


def _read(file_name: str, content: bytes, mapping: ColumnMapping, headers: _Headers, limits: Limits) -> RawFile:
    """Read a file whose sheets with these headers are mapped; other sheets are read as without a mapping."""
    mapped = {sheet: _apply(mapping, cells) for sheet, cells in headers.items()}

    def recognising(cells: Sequence[str], sheet: str | None) -> Recognised | None:
        row = without_blank_end(cells)
        named = (name for name, header in headers.items() if row == header and sheet in (None, name))
        found = next(named, None)
        return recognise(cells) if found is None else mapped[found]

    return read_file(file_name, content, limits, recognising)


def _named(mapping: ColumnMapping) -> frozenset[str]:
    """Keys of the headers that must be there."""
    read = [header for header, target in mapping.columns.items() if target != IGNORE]
    return frozenset(map(_key, read or mapping.columns))


def _key(header: str) -> str:
    return next(iter(Header([header]).places), "")


def _headers(grids: Sequence[Grid], mapping: ColumnMapping) -> _Headers:
    named = _named(mapping)
    found: dict[str, tuple[str, ...]] = {}
    for grid in grids:
        if mapping.sheet not in (None, grid.sheet):
            continue
        # A file that has no rows of its own, such as JSON, comes with a header at once.
        first: tuple[Row, ...] = ((0, grid.header),) if grid.header else ()
        for number, cells in (*first, *grid.above):
            if mapping.header_row in (None, number) and named <= Header(cells).places.keys():
                found[grid.sheet] = without_blank_end(cells)
                break
    return found


def _unfit(grids: Sequence[Grid], mapping: ColumnMapping) -> SourceError:
    sheets = [grid.sheet for grid in grids]
    if mapping.sheet is not None and mapping.sheet not in sheets:
        known = ", ".join(f"«{sheet}»" for sheet in sheets)
        uk = f"sheet = «{mapping.sheet}»: такого аркуша у списку немає; є: {known}; виправте назву"
        en = f"sheet = «{mapping.sheet}»: the list has no such sheet; there are: {known}; correct the name"
        return invalid(mapping.file_name, (uk, en))
    rows = [
        Header(cells).places.keys()
        for grid in grids
        for number, cells in grid.above
        if mapping.sheet in (None, grid.sheet) and mapping.header_row in (None, number)
    ]
    named = {_key(header): header for header, target in mapping.columns.items() if target != IGNORE}
    # The row that has most of them is the header that was meant.
    closest = max(rows, key=lambda keys: len(named.keys() & keys), default=())
    missing = ", ".join(shown(header) for key, header in named.items() if key not in closest)
    where = ("у перших рядках", "within the first rows")
    if mapping.header_row is not None:
        where = (f"у рядку {mapping.header_row}", f"in row {mapping.header_row}")
    uk = f"{where[0]} списку немає заголовків: {missing}; виправте їх у розділі [columns] або перевірте header_row"
    en = f"the list lacks these headers {where[1]}: {missing}; correct them in [columns] or check header_row"
    return invalid(mapping.file_name, (uk, en))


# --- what the mapping makes of a header -----------------------------------------------------------


def _apply(mapping: ColumnMapping, cells: Sequence[str]) -> Recognised:
    """The layout and columns that a mapping gives a header.

    A list that is recognised as this kind anyway keeps the columns which the mapping does not name.
    """
    base = KINDS[mapping.kind]
    known = recognise(cells)
    layout, columns = known if known and known[0].dataset is base.dataset else (base, {})
    places = Header(cells).places
    taken: dict[str, tuple[int, ...]] = {}
    said: set[int] = set()
    for header, target in mapping.columns.items():
        indexes = tuple(places.get(_key(header), ())[:1])
        said.update(indexes)
        if target == IGNORE or not indexes:
            continue
        column, layout = _field(layout, base, target)
        taken[column.name] = (*taken.get(column.name, ()), *indexes)
    left = {name: tuple(i for i in indexes if i not in said) for name, indexes in columns.items()}
    merged = {name: indexes for name, indexes in left.items() if indexes}
    for column in layout.fields:
        if column.name in taken:
            beside = merged.get(column.name, ()) if column.is_joined else ()
            merged[column.name] = tuple(sorted({*beside, *taken[column.name]}))
    _check_needs(mapping, layout, merged)
    headers = {name: cells[indexes[0]] for name, indexes in taken.items()}
    return _mapped_layout(mapping, layout, headers), merged


def _field(layout: Layout, base: Layout, target: str) -> tuple[Field, Layout]:
    """The field that a target means in a layout, which gets it from the kind's own list where it has none."""
    for name in ("name", "raw_name"):
        for column in layout.fields:
            if getattr(column, name) == target:
                return column, layout
    column = next(column for column in base.fields if column.name == target)
    return column, replace(layout, fields=(*layout.fields, column))


def _check_needs(mapping: ColumnMapping, layout: Layout, columns: Columns) -> None:
    missing = [sorted(need) for need in layout.needs if need.isdisjoint(columns)]
    if missing:
        wanted = ", ".join(" | ".join(names) for names in missing)
        uk = f"columns: для list = {mapping.kind} бракує обов’язкового стовпця {wanted}; дайте його одному з заголовків"
        en = f"columns: list = {mapping.kind} lacks a required column: {wanted}; give it to one of the headers"
        raise invalid(mapping.file_name, (uk, en))


def _mapped_layout(mapping: ColumnMapping, layout: Layout, headers: Mapping[str, str]) -> Layout:
    stored = _STORED.get(layout.dataset, frozenset())
    raw = {column.name: column.raw_name for column in layout.fields}
    answers = {name: mapping.values[to] for name, to in raw.items() if to in mapping.values}
    kept = {name: header for name, header in headers.items() if raw[name] in stored}
    for name, header in kept.items():
        if is_about_person(header):
            raise _personal(mapping, header, name)

    def tidy(cells: pd.DataFrame) -> Tidied:
        said = {name: _replaced(cells[name], words) for name, words in answers.items() if name in cells}
        known = cells.assign(**said)
        _refuse_people(mapping, known, kept)
        return layout.tidy(known)

    return replace(
        layout,
        format=f"{layout.format}{MARK}",
        tidy=tidy,
        event=mapping.event,
    )


def _replaced(texts: pd.Series, words: Mapping[str, str]) -> pd.Series:
    return over_distinct(texts, lambda text: words.get(fold(text), text))


def _refuse_people(mapping: ColumnMapping, cells: pd.DataFrame, kept: Mapping[str, str]) -> None:
    """Refuse a column that the store keeps and that is about people, by its values; single contacts are hidden later.

    Raises:
        SourceError: names the column.
    """
    for name, header in kept.items():
        texts = cells[name].dropna()
        about = sum(contacts.holds(text) or _PATRONYMIC.search(text) is not None for text in texts)
        if about > _ONE_SLIP and about >= _PERSONAL_SHARE * len(texts):
            raise _personal(mapping, header, name)


def _personal(mapping: ColumnMapping, header: str, target: str) -> SourceError:
    said = f'columns.{shown(header)} = "{target}"'
    people = "person_name | person_email | person_phone"
    uk = f"{said}: схоже, стовпець про людей, а {target} зберігається як є; дозволено {IGNORE}, у списку людей {people}"
    en = f"{said}: this seems to be about people, and {target} is kept as it is; allowed: {IGNORE}, or {people}"
    return invalid(mapping.file_name, (uk, en))
