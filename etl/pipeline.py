"""From the files of an inbox to the tables of a snapshot: the only module that sees all stages.

The result is a pure function of the files, the city packs, the public lists, the key and the day: neither the order of
the files nor what was loaded before takes part. Names of files appear in ``sources`` and decide nothing else, but for
the one format that states its event in the file's name.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from etl.contract import ROW_ISSUES, SOURCES, TABLES, from_records
from etl.identity import Key
from etl.issues import REASONS
from etl.mapped import read_list
from etl.mapping import OF_FOLDER, ColumnMapping, is_mapping, of_lists, parse, unconfirmed, without_list
from etl.privacy import without_people
from etl.sources.city_pack import CityPack
from etl.sources.names import shown
from etl.sources.raw import Dataset, RawFile, RawTable, SourceError
from etl.suggestions import Known, event_names, named, no_suggestions, suggest
from etl.transform import registrations as people_and_registrations
from etl.transform.event_index import EventIndex
from etl.transform.events import EventCity, events
from etl.transform.marks import marks
from etl.transform.meetups import meetups
from etl.transform.monthly_returns import monthly_returns
from etl.transform.places import Gazetteer
from etl.transform.proposals import proposals
from etl.transform.registrations import PSEUDONYMOUS_COLUMNS
from etl.transform.rows import ADDRESS, Part, Result, join_remarks, stack
from etl.transform.spaces import spaces
from etl.transform.text import fold

Progress = Callable[[str, int, int], None]
"""Called with the stage (``read`` or ``resolve``), how many of its steps are done, and how many there are."""

_OF_PACKS: Final = ("cities", "districts", "landmarks", "themes", "facts")
_OR_BY: Final = {"event_title": "event_code"}
"""A field that another one stands for in lists that lack it."""
_NAMES_A_CITY: Final = ("city_hint", "place_city")


@dataclass(frozen=True)
class InboxFile:
    """One file to be read: its path below the inbox with ``/``, what kind of data it holds, and how to get it."""

    path: str
    origin: str
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True)
class FileAccount:
    """What became of one file: rows read = loaded + duplicate + rejected."""

    path: str
    source_id: str
    city_id: str | None
    kind: str
    origin: str
    format: str
    encoding: str | None = None
    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    unknown_columns: tuple[str, ...] = ()
    refusal: tuple[str, str] | None = None
    """Why the whole file was refused, in Ukrainian and in English."""
    copy_of: str | None = None
    """Path of the file that holds the same bytes; a copy is not read, and is not part of the snapshot."""
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Code of a remark → rows it was made about."""


@dataclass(frozen=True)
class Bundle:
    """The tables of a snapshot, and the account of every file that was there."""

    tables: Mapping[str, pd.DataFrame]
    accounts: tuple[FileAccount, ...]
    remarks: pd.DataFrame
    """What is told to whoever sent the rows: the address, ``outcome``, ``code``, ``column`` (the sender's header),
    ``letter`` of the column, ``suggestion_uk``, ``suggestion_en`` and ``certainty_pct`` (see `etl.suggestions`)."""
    erased: int = 0
    """Rows of people who were erased; no account counts them."""


@dataclass(frozen=True)
class _Intake:
    """What was read: parts of tables by data set, remarks so far, and headers for messages."""

    parts: Mapping[Dataset, Sequence[Part]]
    remarks: pd.DataFrame
    headers: Mapping[tuple[str, str, str], str]
    """(source_id, sheet, raw field) → the sender's header."""
    letters: Mapping[tuple[str, str, str], str]
    """(source_id, sheet, raw field or header) → letter of the column."""
    accounts: tuple[FileAccount, ...]
    erased: int


def build(
    inbox: Iterable[InboxFile],
    packs: Sequence[CityPack],
    public_lists: Iterable[InboxFile],
    key: Key,
    as_of: date,
    default_city: str | None = None,
    progress: Progress | None = None,
    erased: frozenset[str] = frozenset(),
) -> Bundle:
    """Make all tables of a snapshot.

    Args:
        inbox: the files of the inbox, in any order. Their city is the first folder of their path when it is a city's
            id, else ``default_city``; without either a file is refused.
        packs: all city packs.
        public_lists: lists of public events that ship with the product; each row tells its city.
        key: the secret that people's pseudonyms are made with.
        as_of: the day the data speaks for.
        default_city: city of files that lie in no city's folder.
        progress: told how far the work is.
        erased: marks of the people whose rows are left out (see `etl.erased`).

    Returns:
        Every table of the contract, conforming to it, and the account of every file. Without files: the packs alone.

    Raises:
        OSError: a file cannot be read from the disk.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    intake = _read_all(inbox, public_lists, packs, key, default_city, tell, erased)
    made: dict[str, list[pd.DataFrame]] = {name: [pack.tables[name] for pack in packs] for name in _OF_PACKS}
    results: list[Result] = []
    signed_up: list[pd.DataFrame] = []
    remarks = [intake.remarks]
    suggestions: list[pd.DataFrame] = []
    for number, pack in enumerate(packs):
        tell("resolve", number, len(packs) + 1)
        city = _resolve_city(pack, intake.parts, as_of)
        results += city.results
        signed_up.append(city.signed_up)
        remarks.append(city.remarks)
        suggestions += city.suggestions
    tell("resolve", len(packs), len(packs) + 1)
    for result in results:
        remarks.append(result.remarks)
        for name, frame in result.tables.items():
            made.setdefault(name, []).append(frame)
    tables = {name: TABLES[name].conform(pd.concat(frames, ignore_index=True)) for name, frames in made.items()}

    rows, tables["people"] = people_and_registrations.identify(pd.concat(signed_up, ignore_index=True))
    kept, repeats = people_and_registrations.unique(rows)
    tables["registrations"], tables["events"] = people_and_registrations.close(kept, tables["events"], as_of)

    loaded = pd.concat([*(result.loaded for result in results), kept[ADDRESS]], ignore_index=True)
    told = _told(join_remarks([*remarks, repeats]), loaded)
    accounts = _settle_accounts(intake.accounts, loaded, told)
    tables["sources"] = _sources(packs, accounts)
    tables["row_issues"] = _row_issues(told, intake.headers)
    tell("resolve", len(packs) + 1, len(packs) + 1)
    return Bundle(
        {name: tables[name] for name in TABLES}, accounts, _for_sender(told, suggestions, intake), intake.erased
    )


def sign_ups(
    inbox: Iterable[InboxFile], packs: Sequence[CityPack], key: Key, default_city: str | None = None
) -> pd.DataFrame:
    """Where in an inbox which people stand.

    Returns:
        One row per row of a list of people: ``path`` (below the inbox), ``sheet``, ``row``, ``email_key`` and
        ``phone_key`` (see `etl.identity.pseudonymise`). A copy of a file is not read a second time.

    Raises:
        OSError: a file cannot be read from the disk.
    """
    intake = _read_all(inbox, (), packs, key, default_city, lambda _stage, _done, _total: None)
    paths = {account.source_id: account.path for account in intake.accounts if not account.copy_of}
    rows = stack(intake.parts[Dataset.REGISTRATIONS], Dataset.REGISTRATIONS, PSEUDONYMOUS_COLUMNS)
    return rows.assign(path=rows["source_id"].map(paths))[["path", "sheet", "row", "email_key", "phone_key"]]


# --- reading --------------------------------------------------------------------------------------


def _read_all(
    inbox: Iterable[InboxFile],
    public_lists: Iterable[InboxFile],
    packs: Sequence[CityPack],
    key: Key,
    default_city: str | None,
    tell: Progress,
    erased: frozenset[str] = frozenset(),
) -> _Intake:
    """Read every file once; people become pseudonyms before the next file is opened."""
    mappings = _Mappings.of([*inbox])
    files = [(file, "inbox") for file in mappings.files] + [(file, "public_list") for file in public_lists]
    # Of files with the same bytes one is read: that with a mapping, else that with the shortest path, which a later
    # "copy (1)" never is.
    files.sort(
        key=lambda item: (
            item[0].origin != "own",
            item[0].path not in mappings.by_list,
            len(item[0].path),
            item[0].path,
        )
    )
    city_ids = {pack.city_id for pack in packs}
    seen: dict[str, str] = {}
    parts: dict[Dataset, list[Part]] = {dataset: [] for dataset in Dataset}
    headers: dict[tuple[str, str, str], str] = {}
    letters: dict[tuple[str, str, str], str] = {}
    remarks: list[pd.DataFrame] = []
    unread: list[tuple[str, str, int, str | None, str]] = []
    accounts: list[FileAccount] = []
    left_out = 0
    for number, (file, kind) in enumerate(files):
        tell("read", number, len(files))
        content = file.read()
        source_id = hashlib.sha256(content).hexdigest()[:16]
        folder = PurePosixPath(file.path).parts[0]
        city = None if kind == "public_list" else folder if folder in city_ids else default_city
        account = FileAccount(file.path, source_id, city, kind, file.origin, "unknown")
        if source_id in seen:
            accounts.append(dataclasses.replace(account, copy_of=seen[source_id]))
            continue
        seen[source_id] = file.path
        try:
            if file.path in mappings.problems:
                raise mappings.problems[file.path]
            if city is None and kind == "inbox":
                raise _of_no_city(city_ids)
            raw = read_list(PurePosixPath(file.path).name, content, mappings.by_list.get(file.path))
        except SourceError as error:
            form = "mapping" if is_mapping(file.path) else account.format
            accounts.append(dataclasses.replace(account, format=form, refusal=(error.reason_uk, error.reason_en)))
            continue
        raw, erased_rows = without_people(raw, key, erased)
        left_out += erased_rows
        found, lost = _parts(raw, account, packs)
        for part in found:
            parts[part.table.dataset].append(part)
            headers |= {(source_id, part.table.sheet, name): said for name, said in part.table.headers.items()}
            for name, letter in part.table.letters.items():
                letters[source_id, part.table.sheet, name] = letter
                # What the reader itself remarks names the header.
                letters[source_id, part.table.sheet, part.table.headers[name]] = letter
        headers |= {(source_id, issue.sheet, issue.column): issue.column for issue in raw.issues if issue.column}
        remarks += lost
        unread += [(source_id, issue.sheet, issue.row, issue.column, issue.code) for issue in raw.issues]
        accounts.append(_described(account, raw, found))
    tell("read", len(files), len(files))
    remarks.append(pd.DataFrame(unread, columns=[*ADDRESS, "field", "code"]).astype({"field": "str"}))
    return _Intake(
        parts, join_remarks(remarks), headers, letters, tuple(sorted(accounts, key=lambda found: found.path)), left_out
    )


@dataclass(frozen=True)
class _Mappings:
    """What the mapping files of an inbox say."""

    files: Sequence[InboxFile]
    """Lists, and mappings that something is to be said about."""
    by_list: Mapping[str, ColumnMapping | SourceError]
    """Path of a list → its mapping, or why that cannot be read."""
    problems: Mapping[str, SourceError]
    """Path of a mapping → why it is not applied."""

    @classmethod
    def of(cls, inbox: Sequence[InboxFile]) -> _Mappings:
        """Sort an inbox into lists and mappings, and read these."""
        lists = [file for file in inbox if not is_mapping(file.path)]
        mappings = {file.path: file for file in inbox if is_mapping(file.path)}
        of_list = of_lists(file.path for file in inbox)
        said: dict[str, ColumnMapping | SourceError] = {}
        problems: dict[str, SourceError] = {}
        for path, file in mappings.items():
            name = PurePosixPath(path).name
            try:
                found = parse(name, file.read())
            except SourceError as error:
                problems[path] = error
                if name.lower() != OF_FOLDER:  # lists of its folder may well be known without it
                    said[path] = error
                continue
            said[path] = found
            if not found.is_confirmed:
                problems[path] = unconfirmed(name)
            elif path not in of_list.values() and not found.is_of_folder:
                problems[path] = without_list(name)
        told = [*lists, *(mappings[path] for path in problems)]
        return cls(told, {path: said[name] for path, name in of_list.items() if name in said}, problems)


def _of_no_city(city_ids: Iterable[str]) -> SourceError:
    known = ", ".join(sorted(city_ids))
    return SourceError(
        f"не видно, якого міста файл: покладіть його до теки міста ({known}) або вкажіть --city",
        f"it cannot be seen which city the file is of: put it into a city's folder ({known}) or give --city",
    )


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


def _parts(raw: RawFile, account: FileAccount, packs: Sequence[CityPack]) -> tuple[list[Part], list[pd.DataFrame]]:
    """The file's tables, each of one city; and remarks on rows of no known city."""
    found: list[Part] = []
    lost: list[pd.DataFrame] = []
    for table in raw.tables:
        if account.city_id is not None:
            found.append(Part(account.source_id, account.city_id, account.origin, table))
            continue
        city = _city_of_rows(table, packs)
        for city_id, rows in table.frame.groupby(city, sort=True):
            of_city = dataclasses.replace(table, frame=rows.reset_index(drop=True))
            found.append(Part(account.source_id, str(city_id), account.origin, of_city))
        without = table.frame.loc[city.isna(), ["row"]]
        lost.append(without.assign(source_id=account.source_id, sheet=table.sheet, field=None, code="unknown_city"))
    return found, lost


def _city_of_rows(table: RawTable, packs: Sequence[CityPack]) -> pd.Series:
    """City that each row of a public list is about: the one its organiser, else its place, is named for."""
    city = pd.Series(None, index=table.frame.index, dtype="str")
    for column in _NAMES_A_CITY:
        if column not in table.frame:
            continue
        texts = table.frame[column]
        words = {text: set(fold(str(text)).split()) for text in texts.dropna().unique()}
        for pack in packs:
            named = texts.map({text: not words[text].isdisjoint(_names(pack)) for text in words}) == True  # noqa: E712 - missing is no match
            city = city.mask(city.isna() & named, pack.city_id)
    return city


def _names(pack: CityPack) -> frozenset[str]:
    row = pack.tables["cities"].iloc[0]
    return frozenset(fold(str(row[name])) for name in ("name_uk", "name_en"))


# --- resolving ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _City:
    """What became of one city's rows."""

    results: Sequence[Result]
    signed_up: pd.DataFrame
    remarks: pd.DataFrame
    """On rows of registrations."""
    suggestions: Sequence[pd.DataFrame]


def _resolve_city(pack: CityPack, parts: Mapping[Dataset, Sequence[Part]], as_of: date) -> _City:
    """All tables of one city but registrations, whose people may stand in several cities' lists."""
    columns = {Dataset.REGISTRATIONS: PSEUDONYMOUS_COLUMNS}
    rows = {
        dataset: stack((p for p in parts[dataset] if p.city_id == pack.city_id), dataset, columns.get(dataset, ()))
        for dataset in Dataset
    }
    known = Gazetteer(
        city_id=pack.city_id,
        city_names=_names(pack),
        district_aliases=pack.district_aliases,
        space_aliases=pack.space_aliases,
        space_districts={},
        districts_geo=pack.districts_geo,
        placeholder_points=pack.placeholder_points,
    )
    space_result, aliases = spaces(rows[Dataset.SPACES], known, pack.tables, pack.network_aliases)
    located = space_result.tables["spaces"].dropna(subset=["district_code"])
    gazetteer = dataclasses.replace(
        known,
        space_aliases=aliases,
        space_districts=dict(zip(located["space_id"], located["district_code"], strict=True)),
    )
    city = EventCity(gazetteer, pack.theme_aliases, ZoneInfo(pack.timezone))
    event_result = events(rows[Dataset.EVENTS], rows[Dataset.SESSIONS], city, pack.tables, as_of)
    index = EventIndex.of(pack.city_id, city.tz, event_result.tables["events"])
    signed_up, remarks = people_and_registrations.resolve(rows[Dataset.REGISTRATIONS], city, index)
    results = [
        space_result,
        event_result,
        meetups(rows[Dataset.MEETUPS], gazetteer, index, pack.tables["event_spaces"]),
        proposals(rows[Dataset.PROPOSALS], city, index),
        monthly_returns(rows[Dataset.MONTHLY_RETURNS], gazetteer),
        marks(rows[Dataset.ANNOTATIONS], pack.tables),
    ]
    names = Known(
        districts=named(pack.district_aliases, pack.tables["districts"], "district_code"),
        spaces=named(aliases, space_result.tables["spaces"], "space_id"),
        themes=named(pack.theme_aliases, pack.tables["themes"], "theme_id"),
        events=event_names(index, event_result.tables["events"]),
    )
    told = join_remarks([remarks, *(result.remarks for result in results)])
    return _City(results, signed_up, remarks, [suggest(told, listed, names) for listed in rows.values()])


# --- the account ----------------------------------------------------------------------------------


def _told(remarks: pd.DataFrame, loaded: pd.DataFrame) -> pd.DataFrame:
    """What is told of each row, with ``outcome``: why it was left out, else all flags it was loaded with."""
    outcome = remarks["code"].map({code: reason.outcome for code, reason in REASONS.items()}).astype("str")
    all_told = remarks.assign(outcome=outcome)
    at, is_left_out = _at(all_told), outcome != "flagged"
    is_loaded = pd.Series(at.isin(_at(loaded)), index=all_told.index)
    is_rejected = pd.Series(at.isin(at[outcome == "rejected"]), index=all_told.index) & ~is_loaded
    is_duplicate = pd.Series(at.isin(at[outcome == "duplicate"]), index=all_told.index) & ~is_loaded & ~is_rejected
    keep = (is_left_out & ((outcome == "rejected") & is_rejected | (outcome == "duplicate") & is_duplicate)) | (
        ~is_left_out & ~is_rejected & ~is_duplicate
    )
    return all_told[keep].drop_duplicates([*ADDRESS, "code"], ignore_index=True)


def _at(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[ADDRESS])


def _settle_accounts(
    accounts: Sequence[FileAccount], loaded: pd.DataFrame, told: pd.DataFrame
) -> tuple[FileAccount, ...]:
    """Count each file's rows by what became of them. The sums are not forced: `etl.checks` holds them to add up."""
    loaded_count = loaded.drop_duplicates(ADDRESS).groupby("source_id").size()
    ended = told[told["outcome"] != "flagged"].drop_duplicates([*ADDRESS, "outcome"])
    ended_count = ended.groupby(["source_id", "outcome"]).size()
    reasons = {
        str(source_id): {str(code): int(rows) for code, rows in found["code"].value_counts().sort_index().items()}
        for source_id, found in told.groupby("source_id")
    }
    return tuple(
        account
        if account.copy_of
        else dataclasses.replace(
            account,
            loaded=int(loaded_count.get(account.source_id, 0)),
            duplicate=int(ended_count.get((account.source_id, "duplicate"), 0)),
            rejected=int(ended_count.get((account.source_id, "rejected"), 0)),
            reasons=reasons.get(account.source_id, {}),
        )
        for account in accounts
    )


def _sources(packs: Sequence[CityPack], accounts: Sequence[FileAccount]) -> pd.DataFrame:
    records: list[Mapping[str, object]] = [pack.source for pack in packs]
    records += [
        {
            "source_id": account.source_id,
            "kind": account.kind,
            "city_id": account.city_id,
            "file_name": shown(PurePosixPath(account.path).name),
            "format": account.format,
            "encoding": account.encoding,
            "origin": account.origin,
            "rows_read_count": account.read,
            "rows_loaded_count": account.loaded,
            "rows_duplicate_count": account.duplicate,
            "rows_rejected_count": account.rejected,
            "unknown_columns": " | ".join(account.unknown_columns) or None,
            "refusal_uk": account.refusal[0] if account.refusal else None,
            "refusal_en": account.refusal[1] if account.refusal else None,
        }
        for account in accounts
        if not account.copy_of
    ]
    return from_records(SOURCES, records)


def _for_sender(told: pd.DataFrame, suggestions: Sequence[pd.DataFrame], intake: _Intake) -> pd.DataFrame:
    """Remarks with the cell that each is about and what may have been meant."""
    meant = pd.concat(suggestions, ignore_index=True) if suggestions else no_suggestions()
    return (
        told.assign(column=_of_cells(told, intake.headers), letter=_of_cells(told, intake.letters))
        .drop(columns="field")
        .merge(meant.drop_duplicates([*ADDRESS, "code"]), on=[*ADDRESS, "code"], how="left")
        .astype({"suggestion_uk": "str", "suggestion_en": "str", "certainty_pct": "Int64"})
    )


def _of_cells(told: pd.DataFrame, said: Mapping[tuple[str, str, str], str]) -> pd.Series:
    """What is said of the column that each remark is about; missing where it is about none."""
    found = [
        said.get((source_id, sheet, name)) or said.get((source_id, sheet, _OR_BY.get(name, name)))
        for source_id, sheet, name in told[["source_id", "sheet", "field"]].itertuples(index=False)
    ]
    return pd.Series(found, index=told.index, dtype="str")


def _row_issues(told: pd.DataFrame, headers: Mapping[tuple[str, str, str], str]) -> pd.DataFrame:
    words = {
        name: told["code"].map({code: getattr(reason, name) for code, reason in REASONS.items()})
        for name in ("reason_uk", "reason_en", "fix_uk", "fix_en")
    }
    return ROW_ISSUES.conform(told.drop(columns="field").assign(column=_of_cells(told, headers), **words))
