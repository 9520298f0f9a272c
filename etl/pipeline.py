"""From the files of an inbox to the tables of a snapshot: the only module that sees all stages.

The result is a pure function of the files, the city packs, the public lists, the key and the day: neither the order of
the files nor what was loaded before takes part. Names of files appear in ``sources`` and decide nothing else, but for
the one format that states its event in the file's name.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.accounts import FileAccount, InboxFile
from etl.contract import ROW_ISSUES, SOURCES, TABLES, from_records
from etl.executors import HERE, Workers
from etl.identity import Key
from etl.intake import CityWords, ListedFile, PartRead, Reading, read_part
from etl.issues import REASONS
from etl.mapping import OF_FOLDER, ColumnMapping, is_mapping, of_lists, parse, unconfirmed, without_list
from etl.memory import give_back
from etl.packed import Ints, hexadecimal, key_values
from etl.registrations import Asked, Numbers, Waiting, lost, put_aside, settle
from etl.remarks import OUTCOMES, Remarks, frame_of
from etl.sources.city_pack import CityPack
from etl.sources.limits import DEFAULT_LIMITS, Limits
from etl.sources.names import shown
from etl.sources.raw import Dataset, SourceError
from etl.spill import Spill, columns_of, scratch
from etl.suggestions import Known, event_names, named, suggest
from etl.tables import Long, Tables
from etl.transform.event_index import EventIndex
from etl.transform.events import EventCity, events
from etl.transform.marks import marks
from etl.transform.meetups import meetups
from etl.transform.monthly_returns import monthly_returns
from etl.transform.places import DistrictNames, Gazetteer
from etl.transform.proposals import proposals
from etl.transform.rows import ADDRESS, Part, Result, join_remarks, stack
from etl.transform.spaces import spaces
from etl.transform.text import fold

Progress = Callable[[str, int, int, int], None]
"""Called with the stage (``read`` or ``resolve``), how many of its steps are done, how many there are, and how many
rows were read so far."""

PART_BYTES: Final = 15_000_000
"""Files are read together up to this size: what a part costs by itself is then little beside its rows."""
PART_FILES: Final = 40
"""And up to this number, for each file costs some time however small it is, and the last part is one worker's alone."""

_OF_PACKS: Final = ("cities", "districts", "landmarks", "themes", "facts")
_OR_BY: Final = {"event_title": "event_code"}
"""A field that another one stands for in lists that lack it."""
_Cell = tuple[str, str, str]


@dataclass(frozen=True)
class Bundle:
    """The tables of a snapshot, and the account of every file that was there."""

    tables: Tables
    accounts: tuple[FileAccount, ...]
    told: Told
    """What is told to whoever sent the rows."""
    erased: int = 0
    """Rows of people who were erased; no account counts them."""

    @property
    def remarks(self) -> pd.DataFrame:
        """All remarks, as `remarks_of` returns those of one file."""
        return frame_of(self.told.between(0, len(self.told.remarks)))

    def remarks_of(self, source_id: str) -> pd.DataFrame:
        """Remarks on one file.

        Returns:
            The address, ``outcome``, ``code``, ``column`` (the sender's header), ``letter`` of the column,
            ``suggestion_uk``, ``suggestion_en`` and ``certainty_pct`` (see `etl.suggestions`); in the order of sheets,
            rows and codes.
        """
        return frame_of(self.table_of(source_id))

    def table_of(self, source_id: str) -> pa.Table:
        """`remarks_of` in Arrow."""
        return self.told.between(*self.told.slices.get(source_id, (0, 0)))


@dataclass(frozen=True)
class Told:
    """Remarks with the cell that each is about."""

    remarks: Remarks
    headers: Mapping[_Cell, str]
    """(source_id, sheet, raw field) → the sender's header."""
    letters: Mapping[_Cell, str]
    """(source_id, sheet, raw field or header) → letter of the column."""

    @cached_property
    def slices(self) -> Mapping[str, tuple[int, int]]:
        return self.remarks.slices()

    @cached_property
    def _cells(self) -> tuple[Ints, pa.Array, pa.Array]:
        """Number of the column that each remark is about; the headers and letters of these."""
        numbers, cells = self.remarks.cells()
        headers, letters = (
            pa.array([_of_cell(cell, said) for cell in cells], pa.string()) for said in (self.headers, self.letters)
        )
        return numbers, headers, letters

    def between(self, start: int, end: int) -> pa.Table:
        """Some of the remarks, in plain texts and numbers: the columns of `Bundle.remarks_of`."""
        numbers, headers, letters = self._cells
        at = pa.array(numbers[start:end])
        some = self.remarks.between(start, end)
        found = some.table.drop_columns("field").append_column("outcome", some.mapped(OUTCOMES))
        found = found.append_column("column", headers.take(at)).append_column("letter", letters.take(at))
        return found.cast(_plain(found.schema))

    def row_issues(self, start: int, end: int) -> pa.Table:
        """The contract's table."""
        some = self.between(start, end)
        schema = ROW_ISSUES.arrow_schema()
        remarks = self.remarks.between(start, end)
        for name in ("reason_uk", "reason_en", "fix_uk", "fix_en"):
            words = remarks.mapped({code: getattr(reason, name) for code, reason in REASONS.items()})
            some = some.append_column(name, words)
        return some.select(schema.names).cast(schema).combine_chunks()


def _plain(schema: pa.Schema) -> pa.Schema:
    return pa.schema([(field.name, pa.int64() if pa.types.is_integer(field.type) else pa.string()) for field in schema])


@dataclass(frozen=True)
class _Intake:
    """What was read."""

    parts: Sequence[Part]
    """Tables of all data sets but registrations."""
    people: Sequence[Waiting]
    asked: Asked
    remarks: list[Remarks]
    """Empty once they are joined: they would be held twice."""
    headers: Mapping[_Cell, str]
    letters: Mapping[_Cell, str]
    accounts: tuple[FileAccount, ...]
    erased: int


def build(  # noqa: PLR0913 - what a snapshot is a function of
    inbox: Iterable[InboxFile],
    packs: Sequence[CityPack],
    public_lists: Iterable[InboxFile],
    key: Key,
    as_of: date,
    default_city: str | None = None,
    progress: Progress | None = None,
    erased: frozenset[str] = frozenset(),
    *,
    workers: Workers = HERE,
    beside: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
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
        workers: who does the work; the result does not depend on it.
        beside: a folder in which rows of people may lie while it is done (see `etl.spill`).
        limits: how large a file may be.

    Returns:
        Every table of the contract, conforming to it, and the account of every file. Without files: the packs alone.

    Raises:
        OSError: a file cannot be read from the disk, or nothing can be put aside on it.
    """
    tell = progress or (lambda _stage, _done, _total, _rows: None)
    with scratch(beside) as spill:
        intake = _read_all(inbox, public_lists, _Read(packs, key, default_city, erased, limits), tell, spill, workers)
        return _made(intake, packs, as_of, tell, spill, workers)


def _made(
    intake: _Intake, packs: Sequence[CityPack], as_of: date, tell: Progress, spill: Spill, workers: Workers
) -> Bundle:
    made: dict[str, list[pd.DataFrame]] = {name: [pack.tables[name] for pack in packs] for name in _OF_PACKS}
    results: list[Result] = []
    remarks = intake.remarks
    cities: dict[str, _City] = {}
    rows = sum(account.read for account in intake.accounts)
    tell("resolve", 0, len(packs) + 1, rows)
    tasks = ((pack, [part for part in intake.parts if part.city_id == pack.city_id], as_of) for pack in packs)
    for number, (pack, city) in enumerate(zip(packs, workers.each(_resolve_city, tasks), strict=True), start=1):
        cities[pack.city_id] = city
        results += city.results
        remarks.append(city.remarks)
        tell("resolve", number, len(packs) + 1, rows)
    for result in results:
        for name, frame in result.tables.items():
            made.setdefault(name, []).append(frame)
    frames = {name: TABLES[name].conform(pd.concat(found, ignore_index=True)) for name, found in made.items()}

    numbers = _numbers(frames, packs, as_of)
    asked = intake.asked.frame()
    event_of, problems = _events_asked(asked, cities, numbers)
    remarks += _lost(intake.people, asked, event_of, problems, cities)
    people = settle(intake.people, event_of, numbers, spill, workers)
    remarks.append(people.remarks)
    frames["events"] = frames["events"].assign(
        is_attendance_recorded=frames["events"]["event_id"].isin(list(people.recorded))
    )

    loaded = pd.concat([pd.DataFrame(columns=ADDRESS), *(result.loaded for result in results)], ignore_index=True)
    give_back()
    joined = Remarks.joined(remarks)
    remarks.clear()
    told = Told(joined.settled(loaded), intake.headers, intake.letters)
    del joined
    accounts = _settle_accounts(intake.accounts, loaded, people.loaded, told.remarks)
    frames["sources"] = _sources(packs, accounts)
    long = {
        "registrations": people.registrations,
        "people": people.people,
        "row_issues": Long(len(told.remarks), told.row_issues),
    }
    tables: dict[str, pd.DataFrame | Long] = {**frames, **long}
    give_back()
    tell("resolve", len(packs) + 1, len(packs) + 1, rows)
    return Bundle(Tables({name: tables[name] for name in TABLES}), accounts, told, intake.erased)


def sign_ups(
    inbox: Iterable[InboxFile],
    packs: Sequence[CityPack],
    key: Key,
    default_city: str | None = None,
    workers: Workers = HERE,
    limits: Limits = DEFAULT_LIMITS,
) -> pd.DataFrame:
    """Where in an inbox which people stand.

    Returns:
        One row per row of a list of people: ``path`` (below the inbox), ``sheet``, ``row``, ``email_key`` and
        ``phone_key`` (see `etl.identity.pseudonymise`); in the order of addresses, whatever the key. A copy of a file
        is not read a second time.

    Raises:
        OSError: a file cannot be read from the disk.
    """
    with scratch(None) as spill:
        read = _Read(packs, key, default_city, frozenset(), limits)
        intake = _read_all(inbox, (), read, lambda _stage, _done, _total, _rows: None, spill, workers)
        paths = {account.source_id: account.path for account in intake.accounts if not account.copy_of}
        found = pd.concat([_no_sign_ups(), *(_signed_up(part, paths) for part in intake.people)], ignore_index=True)
        # Under another key the same rows lie in another order.
        return found.sort_values(["path", "sheet", "row"], ignore_index=True)


def _no_sign_ups() -> pd.DataFrame:
    columns = ("path", "sheet", "row", "email_key", "phone_key")
    return pd.DataFrame(columns=list(columns), dtype="str").astype({"row": "int64"})


def _signed_up(part: Waiting, paths: Mapping[str, str]) -> pd.DataFrame:
    rows = columns_of(part.path, ["at", "row", "email_key", "phone_key"])
    at = rows["at"].to_numpy()
    found = pd.DataFrame(
        {
            "path": np.array([paths[source_id] for source_id, _ in part.places], dtype=object)[at],
            "sheet": np.array([sheet for _, sheet in part.places], dtype=object)[at],
            "row": rows["row"].to_numpy(),
        }
    ).astype({"path": "str", "sheet": "str"})
    for name in ("email_key", "phone_key"):
        keys = pd.Series(hexadecimal(key_values(rows[name])), dtype="str")
        found[name] = keys.where(rows[name].is_valid().to_numpy())
    return found


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Read:
    """What all files are read with."""

    packs: Sequence[CityPack]
    key: Key
    default_city: str | None
    erased: frozenset[str]
    limits: Limits

    def reading(self) -> Reading:
        cities = [
            CityWords(
                pack.city_id,
                pack.timezone,
                DistrictNames(city_names=_names(pack), district_aliases=dict(pack.district_aliases)),
                named(pack.district_aliases, pack.tables["districts"], "district_code"),
            )
            for pack in self.packs
        ]
        return Reading(cities, _district_codes(self.packs), self.key, self.erased, self.limits)


def _district_codes(packs: Sequence[CityPack]) -> list[str]:
    return sorted({str(code) for pack in packs for code in pack.tables["districts"]["district_code"]})


def _read_all(
    inbox: Iterable[InboxFile],
    public_lists: Iterable[InboxFile],
    read: _Read,
    tell: Progress,
    spill: Spill,
    workers: Workers,
) -> _Intake:
    """Read every file once; people become pseudonyms before anything of their lists is put aside."""
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
    accounts: list[FileAccount] = []
    listed = _listed(files, mappings, read, accounts)
    reading = read.reading()
    found: list[PartRead] = []
    people: list[Waiting] = []
    asked = Asked()
    tell("read", 0, len(files), 0)
    for part in workers.each(read_part, ((reading, batch) for batch in _batches(listed))):
        accounts += part.accounts
        if part.people is not None:
            people.append(put_aside(part.people, spill, asked))
        found.append(dataclasses.replace(part, people=None))
        del part
        give_back()
        tell("read", len(accounts), len(files), sum(account.read for account in accounts))
    tell("read", len(files), len(files), sum(account.read for account in accounts))
    return _Intake(
        parts=[table for part in found for table in part.parts],
        people=people,
        asked=asked,
        remarks=[part.remarks for part in found],
        headers={cell: said for part in found for cell, said in part.headers.items()},
        letters={cell: said for part in found for cell, said in part.letters.items()},
        accounts=tuple(sorted(accounts, key=lambda account: account.path)),
        erased=sum(part.erased for part in found),
    )


def _listed(
    files: Sequence[tuple[InboxFile, str]], mappings: _Mappings, read: _Read, accounts: list[FileAccount]
) -> Iterator[ListedFile]:
    """Files that have to be read; of the others the account is settled at once."""
    city_ids = {pack.city_id for pack in read.packs}
    seen: dict[str, str] = {}
    for file, kind in files:
        # Of a file that is not read only its name tells it from others.
        content = file.path.encode() if file.refusal else file.read()
        source_id = hashlib.sha256(content).hexdigest()[:16]
        folder = PurePosixPath(file.path).parts[0]
        city = None if kind == "public_list" else folder if folder in city_ids else read.default_city
        account = FileAccount(file.path, source_id, city, kind, file.origin, "unknown")
        if source_id in seen:
            accounts.append(dataclasses.replace(account, copy_of=seen[source_id]))
            continue
        seen[source_id] = file.path
        mapping = mappings.by_list.get(file.path)
        refusal = SourceError(*file.refusal) if file.refusal else mappings.problems.get(file.path)
        if refusal is None and city is None and kind == "inbox":
            refusal = _of_no_city(city_ids)
        if isinstance(mapping, SourceError):
            refusal, mapping = refusal or mapping, None
        if refusal is None:
            yield ListedFile(account, content, mapping)
        else:
            form = "mapping" if is_mapping(file.path) else account.format
            why = (refusal.reason_uk, refusal.reason_en)
            accounts.append(dataclasses.replace(account, format=form, refusal=why))


def _batches(files: Iterable[ListedFile]) -> Iterator[list[ListedFile]]:
    """Files put together into parts."""
    batch: list[ListedFile] = []
    size = 0
    for file in files:
        if batch and (len(batch) == PART_FILES or size + len(file.content) > PART_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += len(file.content)
    if batch:
        yield batch


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
        lists = [file for file in inbox if file.refusal or not is_mapping(file.path)]
        mappings = {file.path: file for file in inbox if is_mapping(file.path) and not file.refusal}
        of_list = of_lists(file.path for file in inbox if not file.refusal)
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


# --- resolving ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _City:
    """What became of one city's rows."""

    results: Sequence[Result]
    index: EventIndex
    names: Known
    remarks: Remarks


def _names(pack: CityPack) -> frozenset[str]:
    row = pack.tables["cities"].iloc[0]
    return frozenset(fold(str(row[name])) for name in ("name_uk", "name_en"))


def _resolve_city(task: tuple[CityPack, Sequence[Part], date]) -> _City:
    """All tables of one city but registrations, whose people may stand in several cities' lists.

    Args:
        task: the city's pack, the tables of its lists, and the day the data speaks for.
    """
    pack, own, as_of = task
    rows = {
        dataset: stack((part for part in own if part.table.dataset is dataset), dataset)
        for dataset in Dataset
        if dataset is not Dataset.REGISTRATIONS
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
    told = join_remarks(result.remarks for result in results)
    meant = [found for listed in rows.values() if len(found := suggest(told, listed, names))]
    suggestions = pd.concat(meant, ignore_index=True) if meant else None
    return _City(results, index, names, Remarks.of([told], suggestions))


# --- events that lists of people name -------------------------------------------------------------


def _numbers(frames: Mapping[str, pd.DataFrame], packs: Sequence[CityPack], as_of: date) -> Numbers:
    listed = frames["events"]
    over = listed.loc[listed["ends_on"] <= pd.Timestamp(as_of), "event_id"]
    return Numbers(sorted(map(str, listed["event_id"])), _district_codes(packs), frozenset(map(str, over)))


def _events_asked(asked: pd.DataFrame, cities: Mapping[str, _City], numbers: Numbers) -> tuple[Ints, pd.Series]:
    """The number of the event that each row of `Asked` means (-1 for none), and why it means none."""
    event = pd.Series(-1, index=asked.index, dtype="int64")
    problem = pd.Series(None, index=asked.index, dtype="str")
    number = pd.Series(range(len(numbers.events)), index=list(numbers.events), dtype="int64")
    for city_id, said in asked.groupby("city_id"):
        found = cities[str(city_id)].index.find(said["event_code"], said["event_title"], said["event_starts"])
        event.loc[said.index] = found["event_id"].map(number).fillna(-1).astype("int64")
        problem.loc[said.index] = found["problem"]
    return np.asarray(event, dtype=np.int64), problem


def _lost(
    people: Sequence[Waiting], asked: pd.DataFrame, event_of: Ints, problems: pd.Series, cities: Mapping[str, _City]
) -> Iterator[Remarks]:
    """Remarks on rows whose event is not known."""
    for part, number, at, row in lost(people, event_of):
        said = asked.iloc[number].reset_index(drop=True)
        rows = pd.DataFrame(
            {
                "source_id": [part.places[place][0] for place in at],
                "sheet": [part.places[place][1] for place in at],
                "row": row,
                "event_title": said["event_title"],
                "field": "event_title",
                "code": problems.iloc[number].to_numpy(),
            }
        ).astype({"source_id": "str", "sheet": "str", "field": "str", "code": "str"})
        meant = []
        for city_id, of_city in rows.groupby(said["city_id"]):
            meant.append(suggest(of_city, of_city[[*ADDRESS, "event_title"]], cities[str(city_id)].names))
        yield Remarks.of([rows], pd.concat(meant, ignore_index=True))


# --- the account ----------------------------------------------------------------------------------


def _settle_accounts(
    accounts: Sequence[FileAccount], loaded: pd.DataFrame, people: Mapping[str, int], told: Remarks
) -> tuple[FileAccount, ...]:
    """Count each file's rows by what became of them. The sums are not forced: `etl.checks` holds them to add up.

    Args:
        accounts: as far as reading tells.
        loaded: addresses of rows that went in, but for those of lists of people.
        people: how many rows of lists of people went in, by source.
        told: settled remarks.
    """
    loaded_count = loaded.drop_duplicates(ADDRESS).groupby("source_id").size()
    ended = told.ended()
    reasons = told.counts()
    return tuple(
        account
        if account.copy_of
        else dataclasses.replace(
            account,
            loaded=int(loaded_count.get(account.source_id, 0)) + people.get(account.source_id, 0),
            duplicate=ended.get((account.source_id, "duplicate"), 0),
            rejected=ended.get((account.source_id, "rejected"), 0),
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


def _of_cell(cell: tuple[str, str, str | None], said: Mapping[_Cell, str]) -> str | None:
    """What is said of the column that a remark is about; None where it is about none."""
    source_id, sheet, name = cell
    if name is None:
        return None
    return said.get((source_id, sheet, name)) or said.get((source_id, sheet, _OR_BY.get(name, name)))
