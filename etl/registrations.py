"""All parts of a load together: who is who across files, one registration per event and person, the tables of people.

What has to be known of all rows at once is little: which e-mail each lone phone stands with, and the few rows that
state neither. All else is done bucket by bucket (`etl.settling`), and what comes of that is some thirty bytes a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.contract import PEOPLE, REGISTRATIONS, Table
from etl.executors import HERE, Workers
from etl.memory import give_back
from etl.packed import (
    ASKED,
    GROUPS,
    KEY_BYTES,
    SCHEMA,
    STATUSES,
    SURETIES,
    Ints,
    Packed,
    hexadecimal,
    homes,
    key_values,
)
from etl.remarks import Remarks
from etl.settling import (
    BUCKET,
    LATEST,
    NOBODY,
    Columns,
    Settled,
    in_order,
    moments,
    settle_bucket,
    settle_nobody,
)
from etl.spill import Spill, columns_of
from etl.tables import Long

ROWS_PER_BUCKET: Final = 200_000
_KEY: Final = pa.binary(KEY_BYTES)
_START_BITS: Final = 24
_NAMED: Final = ["event", "name_key", "person", "is_phone"]
_SAID: Final = ("registered_at", "status", "participant_group", "home")


@dataclass(frozen=True)
class Waiting:
    """A part whose rows of people have been put aside."""

    path: Path
    rows: int
    edges: Ints
    """Where the rows begin whose e-mail's pseudonym starts with each byte; the last is where rows without one begin."""
    places: tuple[tuple[str, str], ...]
    asked: np.ndarray[Any, np.dtype[np.int32]]
    """Of each ``asked`` of the rows its number in `Asked`."""

    @property
    def with_email(self) -> int:
        return int(self.edges[-1])


class Asked:
    """What the rows of all parts say of their events: nearly the same in each part, so kept once for all."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str | None, ...], int] = {}

    def numbers(self, said: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.int32]]:
        """Number of each row of `ASKED`."""
        columns = (pa.array(said[name], pa.string(), from_pandas=True).to_pylist() for name in ASKED)
        found = (self._numbers.setdefault(row, len(self._numbers)) for row in zip(*columns, strict=True))
        return np.fromiter(found, dtype=np.int32, count=len(said))

    def frame(self) -> pd.DataFrame:
        """All of it: `ASKED`, in the order of the numbers."""
        return pd.DataFrame(list(self._numbers), columns=list(ASKED), dtype="str")


def put_aside(packed: Packed, spill: Spill, asked: Asked) -> Waiting:
    """Keep the rows of a part until all parts are read."""
    rows = packed.rows
    with_email = rows["email_key"].slice(0, rows.num_rows - rows["email_key"].null_count)
    return Waiting(spill.put(rows), rows.num_rows, _edges(with_email), packed.places, asked.numbers(packed.asked))


def _edges(keys: pa.ChunkedArray) -> Ints:
    """Where sorted pseudonyms that start with each byte begin, and the end."""
    firsts = key_values(keys).astype("S1").view(np.uint8)
    found: Ints = np.searchsorted(firsts, np.arange(257))
    return found


@dataclass(frozen=True)
class Made:
    """What became of all rows of people."""

    registrations: Long
    people: Long
    recorded: frozenset[str]
    """Events of which somebody noted who came."""
    remarks: Remarks
    loaded: Mapping[str, int]
    """Rows that went in, by source."""


@dataclass(frozen=True)
class Numbers:
    """What the numbers of all parts stand for."""

    events: Sequence[str]
    """Ids, sorted."""
    districts: Sequence[str]
    """Codes, sorted."""
    over: frozenset[str]
    """Events that are over on the day the data speaks for."""


def settle(parts: Sequence[Waiting], event_of: Ints, numbers: Numbers, spill: Spill, workers: Workers = HERE) -> Made:
    """Give each row its person, keep one registration per event and person, and number what stays.

    A row with an e-mail is that e-mail's person. A row with only a phone is the person of the one e-mail that this
    phone stands with wherever it stands with one, else a person known by the phone. A row with neither is the one
    person of this full name in the lists of the same event, if there is exactly one. How a row was matched is kept.

    Args:
        parts: all parts.
        event_of: the number of the event that each row of `Asked` means; -1 for none.
        numbers: what numbers stand for.
        spill: where rows may lie.
        workers: who settles the buckets.
    """
    places = sorted({place for part in parts for place in part.places})
    rank = {place: number for number, place in enumerate(places)}
    sources = sorted({source_id for source_id, _ in places})
    source_number = {source_id: number for number, source_id in enumerate(sources)}
    source_of = np.array([source_number[source_id] for source_id, _ in places], dtype=np.int64)
    all_parts = [
        _Part(part, event_of[part.asked], np.array([rank[place] for place in part.places], dtype=np.int32))
        for part in parts
    ]
    late, nobody = _without_email(all_parts, source_of, spill)
    give_back()
    total = sum(part.waiting.rows for part in all_parts)
    buckets = min(256, max(1, -(-total // ROWS_PER_BUCKET)))
    edges = [round(256 * number / buckets) for number in range(buckets + 1)]
    tasks = (_bucket(all_parts, late, first, after) for first, after in pairwise(edges))
    told: list[Remarks] = []
    facts = _Facts()
    for settled in workers.each(settle_bucket, tasks):
        told.append(Remarks.at(places, *settled.repeats, "duplicate_row"))
        facts.add(settled)
    give_back()
    kept, repeats = settle_nobody(nobody)
    for rows, code in ((repeats, "duplicate_row"), (kept, "no_contact")):
        told.append(Remarks.at(places, rows["place"].to_numpy(), rows["row"].to_numpy(), code))
    return facts.made(in_order(kept), numbers, sources, source_of, Remarks.joined(told))


# --- who is who -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    waiting: Waiting
    event_of: Ints
    place_of: Ints

    def columns(self, names: Sequence[str], start: int = 0, end: int | None = None) -> pa.Table:
        """Some columns of its rows, with ``event`` and ``place`` in the place of ``asked`` and ``at``."""
        stored = [{"event": "asked", "place": "at"}.get(name, name) for name in names]
        table = columns_of(self.waiting.path, stored, start, end)
        for column, (name, numbers) in {"asked": ("event", self.event_of), "at": ("place", self.place_of)}.items():
            if column in stored:
                index = stored.index(column)
                values = numbers.astype(np.int32)[table[column].to_numpy()] if len(table) else np.array([], np.int32)
                table = table.set_column(index, name, pa.array(values, pa.int32()))
        return table


def _known(table: pa.Table) -> pa.Table:
    """Rows whose event is known."""
    return table.filter(pc.greater_equal(table["event"], 0))


@dataclass(frozen=True)
class _Late:
    """Rows without an e-mail whose person is known all the same, put aside again: `BUCKET`."""

    path: Path
    edges: Ints
    """As of `Waiting`, by the person's pseudonym."""


def _without_email(parts: Sequence[_Part], source_of: Ints, spill: Spill) -> tuple[list[_Late], pd.DataFrame]:
    """Rows without an e-mail: those whose person is known all the same, and those of nobody (`NOBODY`).

    Most of them have a phone, so these are gone through some parts at a time; only the others are held all at once.
    """
    names = ["event", "place", "row", "phone_key", "name_key", *_SAID]
    others = _joined(names, (_without(part, names, has_phone=False) for part in parts))
    phones = _joined(["phone_key"], (_without(part, ["event", "phone_key"], has_phone=True) for part in parts))
    one_email = _one_email(parts, pc.unique(phones["phone_key"]))
    del phones
    wanted = pc.unique(others["name_key"].drop_null())
    late: list[_Late] = []
    named: list[pa.Table] = []
    for some in _groups(parts):
        rows = _joined(names, (_without(part, names, has_phone=True) for part in some))
        email = _looked_up(one_email, rows["phone_key"])
        by_phone = _bucket_rows(rows, pc.coalesce(email, rows["phone_key"]), pc.is_null(email), "phone")
        late.append(_put_late(by_phone, spill))
        known = by_phone.append_column("name_key", rows["name_key"]).select(_NAMED)
        named.append(known.filter(pc.is_in(known["name_key"], value_set=wanted)))
    found = _people_of_names(parts, others, wanted, pa.concat_tables(named) if named else None)
    has_person = pc.is_valid(found["person"])
    by_name = others.filter(has_person)
    person, is_phone = (found[name].filter(has_person) for name in ("person", "is_phone"))
    late.append(_put_late(_bucket_rows(by_name, person, is_phone, "name"), spill))
    rest = others.filter(pc.invert(has_person))
    nobody = pd.DataFrame(
        {
            **{name: rest[name].to_numpy() for name in ("event", "place", "row", "status", "participant_group")},
            "home": rest["home"].to_numpy().astype(np.int64),
            "registered_at": moments(rest["registered_at"]),
            "name": pd.Series(rest["name_key"].to_pylist(), dtype=object),
        }
    )
    nobody["source"] = source_of[nobody["place"].to_numpy()] if len(nobody) else nobody["place"]
    return late, nobody[list(NOBODY)]


def _groups(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Parts one after another, put together up to `ROWS_PER_BUCKET` rows without an e-mail."""
    group: list[_Part] = []
    rows = 0
    for part in parts:
        group.append(part)
        rows += part.waiting.rows - part.waiting.with_email
        if rows > ROWS_PER_BUCKET:
            yield group
            group, rows = [], 0
    if group:
        yield group


def _without(part: _Part, names: Sequence[str], *, has_phone: bool) -> pa.Table:
    """Rows of known events that state no e-mail; either those with a phone or those without one."""
    rows = _known(part.columns(names, part.waiting.with_email))
    is_phone = pc.is_valid(rows["phone_key"])
    return rows.filter(is_phone if has_phone else pc.invert(is_phone))


def _joined(names: Sequence[str], tables: Iterable[pa.Table]) -> pa.Table:
    return pa.concat_tables([_schema(names).empty_table(), *(table.select(names) for table in tables)])


def _put_late(rows: pa.Table, spill: Spill) -> _Late:
    order = np.argsort(key_values(rows["person"]).astype("S1").view(np.uint8), kind="stable")
    ordered = rows.take(pa.array(order, pa.int64())).combine_chunks()
    return _Late(spill.put(ordered), _edges(ordered["person"]))


def _schema(names: Sequence[str]) -> pa.Schema:
    known = {"event": pa.int32(), "place": pa.int32(), **{field.name: field.type for field in SCHEMA}}
    return pa.schema({name: known[name] for name in names})


def _bucket_rows(rows: pa.Table, person: Any, is_phone: Any, identity: str) -> pa.Table:
    same = np.full(rows.num_rows, SURETIES.index(identity), dtype=np.int8)
    columns = {name: rows[name] for name in ("event", "place", "row", *_SAID)}
    columns |= {"person": person, "is_phone": is_phone, "identity": pa.array(same)}
    return pa.table({name: columns[name] for name in BUCKET.names}, schema=BUCKET)


def _one_email(parts: Sequence[_Part], phones: pa.Array) -> pa.Table:
    """Phones that stand with one e-mail wherever they stand with one, and this."""
    found = []
    for start in range(0, len(phones), ROWS_PER_BUCKET) or (0,):
        some = phones.slice(start, ROWS_PER_BUCKET)
        rows = _rows_with(parts, "phone_key", some, ["event", "phone_key", "email_key"])
        pairs = rows.group_by(["phone_key", "email_key"]).aggregate([])
        counted = pairs.group_by("phone_key").aggregate([("email_key", "count"), ("email_key", "min")])
        one = counted.filter(pc.equal(counted["email_key_count"], 1))
        found.append(one.select(["phone_key", "email_key_min"]))
    return pa.concat_tables(found).combine_chunks()


def _rows_with(parts: Sequence[_Part], name: str, wanted: pa.Array, names: Sequence[str]) -> pa.Table:
    """Rows that have an e-mail, a known event, and one of some keys in a column.

    The first bytes of a key say of nearly all others that they are not wanted, and need no table of hashes, which
    would be made anew for every part.
    """
    is_wanted = np.zeros(1 << _START_BITS, dtype=bool)
    is_wanted[_starts(wanted)] = True
    found = [_schema(names).empty_table()]
    for part in parts:
        end = part.waiting.with_email
        at = np.flatnonzero(is_wanted[_starts(columns_of(part.waiting.path, [name], 0, end)[name])])
        if len(at):
            found.append(_known(part.columns(names, 0, end).take(pa.array(at))))
    rows = pa.concat_tables(found)
    return rows.filter(pc.is_in(rows[name], value_set=wanted))


def _starts(keys: pa.ChunkedArray | pa.Array) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """The first bytes of each key as a number; of a missing key it means nothing."""
    words = key_values(keys).view(np.uint32).reshape(-1, KEY_BYTES // 4)
    found: np.ndarray[Any, np.dtype[np.uint32]] = words[:, 0] & np.uint32((1 << _START_BITS) - 1)
    return found


def _looked_up(pairs: pa.Table, keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """Second column of the pair that has each key in the first; missing where none has."""
    first, second = (column.combine_chunks() for column in pairs.columns)
    at = pc.index_in(keys, value_set=first)
    return pa.chunked_array([pc.take(second, at.combine_chunks())], _KEY)


def _people_of_names(
    parts: Sequence[_Part], others: pa.Table, wanted: pa.Array, of_phones: pa.Table | None
) -> pa.Table:
    """The one person of each row's full name at its event, among those known by a contact; else missing."""
    if of_phones is None or not len(wanted):
        return pa.table({"person": pa.nulls(others.num_rows, _KEY), "is_phone": pa.nulls(others.num_rows, pa.bool_())})
    with_email = _rows_with(parts, "name_key", wanted, ["event", "name_key", "email_key"])
    of_emails = with_email.rename_columns(_NAMED[:-1]).append_column(
        _NAMED[-1], pa.array(np.zeros(with_email.num_rows, dtype=bool))
    )
    frame = pa.concat_tables([of_phones, of_emails]).to_pandas()
    at = ["event", "name_key"]
    distinct = frame.drop_duplicates([*at, "person"])
    one = distinct[~distinct.duplicated(at, keep=False)]
    asked = others.select(at).to_pandas()
    # All known ones have a name, so those without one meet nobody.
    found = asked.merge(one, on=at, how="left")
    is_found = found["person"].notna()
    return pa.table(
        {
            "person": pa.array(found["person"].where(is_found, None), _KEY, from_pandas=True),
            "is_phone": pa.array(found["is_phone"].astype(object).where(is_found, None), pa.bool_(), from_pandas=True),
        }
    )


def _bucket(parts: Sequence[_Part], late: Sequence[_Late], first: int, after: int) -> pa.Table:
    """All rows of the people whose pseudonyms begin with certain bytes."""
    found = [columns_of(some.path, BUCKET.names, some.edges[first], some.edges[after]) for some in late]
    for part in parts:
        edges = part.waiting.edges
        some = _known(part.columns(["event", "email_key", "place", "row", *_SAID], edges[first], edges[after]))
        found.append(_bucket_rows(some, some["email_key"], pa.array(np.zeros(some.num_rows, dtype=bool)), "email"))
    return pa.concat_tables(found).combine_chunks()


def lost(parts: Sequence[Waiting], event_of: Ints) -> Iterator[tuple[Waiting, Ints, Ints, Ints]]:
    """Rows whose event is not known: their part, number in `Asked`, ``at`` and ``row``."""
    for part in parts:
        if (event_of[part.asked] >= 0).all():
            continue
        rows = columns_of(part.path, ["asked", "at", "row"])
        asked = part.asked[rows["asked"].to_numpy()]
        is_lost = event_of[asked] < 0
        yield part, asked[is_lost], rows["at"].to_numpy()[is_lost], rows["row"].to_numpy()[is_lost]


# --- adding up ------------------------------------------------------------------------------------


class _Facts:
    """Registrations of all buckets so far."""

    def __init__(self) -> None:
        self._facts: list[Columns] = []
        self._pseudonyms: list[np.ndarray[Any, np.dtype[np.bytes_]]] = [np.array([], dtype=f"S{KEY_BYTES}")]
        self._is_phone: list[np.ndarray[Any, np.dtype[np.bool_]]] = [np.array([], dtype=bool)]
        self._people = 0

    def add(self, settled: Settled) -> None:
        """Buckets come in the order of pseudonyms, so numbers of people go on from the last one's."""
        self._facts.append({**settled.facts, "person": settled.facts["person"] + np.int32(self._people)})
        self._pseudonyms.append(settled.pseudonyms)
        self._is_phone.append(settled.is_phone)
        self._people += len(settled.pseudonyms)

    def made(
        self, nobody: pd.DataFrame, numbers: Numbers, sources: Sequence[str], source_of: Ints, remarks: Remarks
    ) -> Made:
        """The tables.

        Where somebody noted who came, those who signed up for an event that is over and did not come are no-shows.
        Neither a file's name nor its place in the inbox takes part in the order of rows.
        """
        facts = self._joined(nobody, len(numbers.events))
        people = _People(np.concatenate(self._pseudonyms), np.concatenate(self._is_phone))
        attended, registered, no_show = (STATUSES.index(name) for name in ("attended", "registered", "no_show"))
        is_recorded = np.zeros(len(numbers.events) + 1, dtype=bool)
        is_recorded[facts["event"][facts["status"] == attended]] = True
        is_over = np.array([*(event_id in numbers.over for event_id in numbers.events), False])
        missed = (facts["status"] == registered) & (is_recorded & is_over)[facts["event"]]
        facts["status"][missed] = no_show
        at_place = np.bincount(facts["place"], minlength=len(source_of))
        counts = np.bincount(source_of, at_place, minlength=len(sources)).astype(np.int64).tolist()
        return Made(
            registrations=Long(
                len(facts["event"]), _Registrations(facts, self._people, source_of, numbers, sources).between
            ),
            people=Long(self._people, people.between),
            recorded=frozenset(event for event, was in zip(numbers.events, is_recorded, strict=False) if was),
            remarks=remarks,
            loaded={source_id: rows for source_id, rows in zip(sources, counts, strict=True) if rows},
        )

    def _joined(self, nobody: pd.DataFrame, events: int) -> Columns:
        """All facts in the order of events and people; within an event those of nobody come last."""
        of_nobody: Columns = {
            name: nobody[name].to_numpy()
            for name in ("event", "registered_at", "status", "participant_group", "home", "place")
        }
        count = len(nobody)
        of_nobody |= {"person": np.full(count, self._people), "identity": np.full(count, SURETIES.index("none"))}
        facts: Columns = {}
        names = ("event", "person", "identity", "registered_at", "status", "participant_group", "home", "place")
        for name in names:
            # One column after another, so that no second copy of all is held.
            columns = [part.pop(name) for part in self._facts]
            dtype = columns[0].dtype if columns else np.int64
            facts[name] = np.concatenate([*columns, of_nobody[name].astype(dtype)])
        # People stand in their order already, and the narrower a number, the faster it is sorted by.
        order = np.argsort(facts["event"].astype(np.min_scalar_type(events)), kind="stable")
        for name in names:
            facts[name] = facts[name][order]
        return facts


@dataclass(frozen=True)
class _People:
    pseudonyms: np.ndarray[Any, np.dtype[np.bytes_]]
    is_phone: np.ndarray[Any, np.dtype[np.bool_]]

    def between(self, start: int, end: int) -> pa.Table:
        return _table(
            PEOPLE,
            {
                "person_id": np.arange(start + 1, end + 1),
                "pseudonym": pa.array(hexadecimal(self.pseudonyms[start:end]), pa.string()),
                "identity": _words(self.is_phone[start:end].astype(np.int8), ("email", "phone")),
            },
        )


@dataclass(frozen=True)
class _Registrations:
    facts: Columns
    people: int
    """How many people there are, which is also the number that stands for nobody."""
    source_of: Ints
    """Of each place."""
    numbers: Numbers
    sources: Sequence[str]

    def between(self, start: int, end: int) -> pa.Table:
        some = {name: column[start:end] for name, column in self.facts.items()}
        code, status = homes(some["home"].astype(np.int64), self.numbers.districts)
        moment = some["registered_at"].astype(np.int64)
        at = pa.array(np.where(moment == LATEST, 0, moment), pa.int64(), mask=moment == LATEST)
        return _table(
            REGISTRATIONS,
            {
                "registration_id": np.arange(start + 1, end + 1),
                "event_id": _words(some["event"], self.numbers.events),
                "person_id": pa.array(some["person"].astype(np.int64) + 1, mask=some["person"] == self.people),
                "identity": _words(some["identity"], SURETIES),
                "registered_at": at.cast(pa.timestamp("us")),
                "status": _words(some["status"], STATUSES),
                "participant_group": _words(some["participant_group"], GROUPS),
                "home_district_code": code,
                "home_status": status,
                "source_id": _words(self.source_of[some["place"]], self.sources),
            },
        )


def _table(table: Table, columns: Mapping[str, Any]) -> pa.Table:
    schema = table.arrow_schema()
    return pa.table([pa.array(columns[field.name]).cast(field.type) for field in schema], schema=schema)


def _words(numbers: np.ndarray[Any, Any], words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), pa.array(list(words), pa.string()))
