"""The first step of a load, part by part: bytes of files → tables, people as pseudonyms, remarks.

`read_part` is a plain function of what it is given, so it may run anywhere: here, in another process, on a cluster.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from etl.accounts import FileAccount
from etl.identity import Key
from etl.mapped import read_list
from etl.mapping import ColumnMapping
from etl.packed import Packed, pack
from etl.privacy import without_people
from etl.remarks import Remarks
from etl.sources.limits import DEFAULT_LIMITS, Limits
from etl.sources.raw import Dataset, RawFile, RawTable, SourceError
from etl.suggestions import Known, Names, no_suggestions, suggest
from etl.transform.places import DistrictNames
from etl.transform.registrations import PSEUDONYMOUS_COLUMNS, clean
from etl.transform.rows import Part, stack
from etl.transform.text import fold

_NAMES_A_CITY: Final = ("city_hint", "place_city")
_Cell = tuple[str, str, str]


@dataclass(frozen=True)
class CityWords:
    """What is known of a city while its lists are read."""

    city_id: str
    timezone: str
    districts: DistrictNames
    district_names: Names
    """For what may have been meant by a name that is no district's."""


@dataclass(frozen=True)
class Reading:
    """What every part is read with."""

    cities: Sequence[CityWords]
    district_codes: Sequence[str]
    """Of all cities, sorted."""
    key: Key
    erased: frozenset[str] = frozenset()
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True)
class ListedFile:
    """One file of a part: what is known of it, its bytes, and the mapping of its columns."""

    account: FileAccount
    content: bytes = field(repr=False)
    mapping: ColumnMapping | None = None


@dataclass(frozen=True)
class PartRead:
    """What was read of a part."""

    accounts: tuple[FileAccount, ...]
    parts: tuple[Part, ...]
    """Tables of all data sets but registrations."""
    people: Packed | None
    remarks: Remarks
    """With what cells of lists of people may have meant; of the other lists that is known later."""
    headers: Mapping[_Cell, str]
    """(source_id, sheet, raw field) → the sender's header."""
    letters: Mapping[_Cell, str]
    """(source_id, sheet, raw field or header) → letter of the column."""
    erased: int


def read_part(part: tuple[Reading, Sequence[ListedFile]]) -> PartRead:
    """Read the files of one part, each by itself; a file that is refused says so in its account."""
    reading, files = part
    found = _read(files, reading)
    lists = [table for one in found for table in one.parts if table.table.dataset is Dataset.REGISTRATIONS]
    people, remarks, meant = _people(lists, reading)
    return PartRead(
        accounts=tuple(one.account for one in found),
        parts=tuple(table for one in found for table in one.parts if table.table.dataset is not Dataset.REGISTRATIONS),
        people=people,
        remarks=Remarks.of([*(frame for one in found for frame in one.remarks), remarks], meant),
        headers=dict(item for one in found for item in one.headers.items()),
        letters=dict(item for one in found for item in one.letters.items()),
        erased=sum(one.erased for one in found),
    )


@dataclass(frozen=True)
class _FileRead:
    account: FileAccount
    parts: Sequence[Part] = ()
    remarks: Sequence[pd.DataFrame] = ()
    headers: Mapping[_Cell, str] = field(default_factory=dict)
    letters: Mapping[_Cell, str] = field(default_factory=dict)
    erased: int = 0


def _read(files: Sequence[ListedFile], reading: Reading) -> list[_FileRead]:
    found: dict[int, _FileRead] = {}
    raws: dict[int, RawFile] = {}
    for number, file in enumerate(files):
        try:
            name = PurePosixPath(file.account.path).name
            raws[number] = read_list(name, file.content, file.mapping, reading.limits)
        except SourceError as error:
            found[number] = _FileRead(dataclasses.replace(file.account, refusal=(error.reason_uk, error.reason_en)))
    bare = without_people([*raws.values()], reading.key, reading.erased)
    for number, (raw, erased) in zip(raws, bare, strict=True):
        found[number] = _taken_apart(raw, erased, files[number].account, reading.cities)
    return [found[number] for number in range(len(files))]


def _taken_apart(raw: RawFile, erased: int, account: FileAccount, cities: Sequence[CityWords]) -> _FileRead:
    source_id = account.source_id
    parts, lost = _parts(raw, account, cities)
    headers: dict[_Cell, str] = {}
    letters: dict[_Cell, str] = {}
    for part in parts:
        headers |= {(source_id, part.table.sheet, name): said for name, said in part.table.headers.items()}
        for name, letter in part.table.letters.items():
            letters[source_id, part.table.sheet, name] = letter
            # What the reader itself remarks names the header.
            letters[source_id, part.table.sheet, part.table.headers[name]] = letter
    headers |= {(source_id, issue.sheet, issue.column): issue.column for issue in raw.issues if issue.column}
    unread = pd.DataFrame(
        [(source_id, issue.sheet, issue.row, issue.column, issue.code) for issue in raw.issues],
        columns=["source_id", "sheet", "row", "field", "code"],
    )
    return _FileRead(_described(account, raw, parts), parts, [*lost, unread], headers, letters, erased)


def _described(account: FileAccount, raw: RawFile, parts: Sequence[Part]) -> FileAccount:
    cities = {part.city_id for part in parts}
    unread = {(issue.sheet, issue.row) for issue in raw.issues if issue.outcome == "rejected"}
    return dataclasses.replace(
        account,
        city_id=account.city_id or (cities.pop() if len(cities) == 1 else None),
        format=" + ".join(sorted({table.format for table in raw.tables})) or "unknown",
        encoding=raw.encoding,
        read=sum(len(table.frame) for table in raw.tables) + len(unread),
        unknown_columns=tuple(dict.fromkeys(name for table in raw.tables for name in table.unknown_columns)),
    )


def _parts(raw: RawFile, account: FileAccount, cities: Sequence[CityWords]) -> tuple[list[Part], list[pd.DataFrame]]:
    """The file's tables, each of one city; and remarks on rows of no known city."""
    found: list[Part] = []
    lost: list[pd.DataFrame] = []
    for read in raw.tables:
        # What one process hands to another cannot be a view of a mapping.
        table = dataclasses.replace(read, context=dict(read.context))
        if account.city_id is not None:
            found.append(Part(account.source_id, account.city_id, account.origin, table))
            continue
        city = _city_of_rows(table, cities)
        for city_id, rows in table.frame.groupby(city, sort=True):
            of_city = dataclasses.replace(table, frame=rows.reset_index(drop=True))
            found.append(Part(account.source_id, str(city_id), account.origin, of_city))
        without = table.frame.loc[city.isna(), ["row"]]
        lost.append(without.assign(source_id=account.source_id, sheet=table.sheet, field=None, code="unknown_city"))
    return found, lost


def _city_of_rows(table: RawTable, cities: Sequence[CityWords]) -> pd.Series:
    """City that each row of a public list is about: the one its organiser, else its place, is named for."""
    found = pd.Series(None, index=table.frame.index, dtype="str")
    for column in _NAMES_A_CITY:
        if column not in table.frame:
            continue
        texts = table.frame[column]
        words = {text: set(fold(str(text)).split()) for text in texts.dropna().unique()}
        for city in cities:
            names = city.districts.city_names
            named = texts.map({text: not words[text].isdisjoint(names) for text in words}) == True  # noqa: E712 - missing is no match
            found = found.mask(found.isna() & named, city.city_id)
    return found


def _people(lists: Sequence[Part], reading: Reading) -> tuple[Packed | None, pd.DataFrame, pd.DataFrame]:
    """The rows of lists of people in numbers, remarks on them, and what may have been meant."""
    cleaned, told, meant = [], [], [no_suggestions()]
    for city in reading.cities:
        rows = stack((p for p in lists if p.city_id == city.city_id), Dataset.REGISTRATIONS, PSEUDONYMOUS_COLUMNS)
        if not len(rows):
            continue
        read, remarks = clean(rows, city.districts, ZoneInfo(city.timezone))
        cleaned.append(read)
        told.append(remarks)
        meant.append(suggest(remarks, rows, Known(city.district_names, {}, {}, {})))
    if not cleaned:
        return None, pd.DataFrame(), no_suggestions()
    whole = pd.concat(cleaned, ignore_index=True)
    at = whole.groupby(["source_id", "sheet"], sort=False).ngroup().to_numpy()
    places = whole[["source_id", "sheet"]].drop_duplicates()
    packed = pack(whole.assign(at=at), reading.district_codes)
    named = tuple((str(source_id), str(sheet)) for source_id, sheet in places.itertuples(index=False))
    return dataclasses.replace(packed, places=named), pd.concat(told, ignore_index=True), _joined(meant)


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    found = [frame for frame in frames if len(frame)]
    return pd.concat(found, ignore_index=True) if found else no_suggestions()
