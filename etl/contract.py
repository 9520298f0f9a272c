"""What the data is: every table of a snapshot, its columns, types, units, keys and vocabularies.

This is the single statement. The ETL writes exactly these tables, ``etl.checks`` holds them to it
before they are published, and the dashboard reads nothing else.

Conventions: ``_id`` identifies, ``_code`` is an official code, ``_on`` is a date (midnight, no zone),
``_at`` is local wall time in the city's zone, ``_count``, ``_pct``, ``_km2``, ``_deg`` carry units,
``is_`` and ``has_`` are true or false. A missing text is ``None``, never an empty string.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import pandas as pd
import pyarrow as pa

CONTRACT_VERSION: Final = 1
"""Raised whenever a column changes its meaning; a snapshot of another version is not opened."""


class Kind(StrEnum):
    """Type of a column, and how it is held in pandas and in Parquet."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    INSTANT = "instant"


_PANDAS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "str",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "float64",
    Kind.FLAG: "bool",
    Kind.DATE: "datetime64[us]",
    Kind.INSTANT: "datetime64[us]",
}
_ARROW: Final[Mapping[Kind, pa.DataType]] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.timestamp("us"),
    Kind.INSTANT: pa.timestamp("us"),
}

# --- vocabularies ---------------------------------------------------------------------------------

ORIGINS: Final = ("fact", "public_list", "demo", "own")
"""Where a row comes from: a public source, a public event list, the demonstration, the city's own lists."""

LISTED_ORIGINS: Final = ("demo", "own")
"""Origins of lists that a city keeps. Figures count these alone; what only public sources name is shown beside."""

SPACE_KINDS: Final = ("hub", "coworking", "library", "youth_centre", "business_hub", "culture_centre", "other")
LOCATION_STATUSES: Final = ("point", "address", "district", "unknown")
"""How well a space's place is known: coordinates, a street address, only the district, nothing."""

DISTRICT_CHECKS: Final = ("agree", "conflict", "stated_only", "point_only", "none")
"""How the stated district and the one found by coordinates compare."""

PLACE_STATUSES: Final = ("space", "venue", "online", "outside_city", "unknown")
"""Where an event was held: in a listed space, at another venue, online, outside the city, not known."""

EVENT_FORMATS: Final = (
    "lecture",
    "training",
    "discussion",
    "exhibition",
    "screening",
    "volunteering",
    "consultation",
    "experience_exchange",
    "partnership",
    "mentoring",
    "expert_support",
    "city_workshop",
    "other",
)
EVENT_STATUSES: Final = ("held", "planned", "cancelled")
DATE_PRECISIONS: Final = ("minute", "day", "month", "year")
ORGANISATION_ROLES: Final = ("organiser", "partner", "funder")
SPACE_ROLES: Final = ("host", "participant")
MENTORING: Final = ("requests", "offers")
REGISTRATION_STATUSES: Final = ("registered", "attended", "no_show", "cancelled", "waitlisted")
PARTICIPANT_GROUPS: Final = (
    "ngo",
    "artist",
    "artisan",
    "student",
    "volunteer",
    "resident",
    "business",
    "municipal",
    "other",
    "not_stated",
)
IDENTITY_STRENGTHS: Final = ("email", "phone", "name", "none")
"""How surely a registration is of its person, surest first: its own e-mail; its own phone; only the full name, which
one person of the same event has; nothing, so that it is of nobody known."""
HOME_STATUSES: Final = ("district", "outside_city", "not_stated")
ANNOTATION_KINDS: Final = ("workshop", "blackout", "opening", "closing", "other")
"""What a city marks on its axes of time beside what events and spaces tell by themselves."""
PROPOSAL_STAGES: Final = ("idea", "draft", "in_progress", "implemented", "declined")
FACT_SUBJECTS: Final = ("space", "network", "event", "series", "city")
FACT_PROPERTIES: Final = (
    "address",
    "area_m2",
    "budget",
    "capacity",
    "dates",
    "district_area_km2",
    "districts_count",
    "duration",
    "edition",
    "events_count",
    "facilities",
    "first_held",
    "foundation",
    "frequency",
    "funder",
    "goal",
    "opened",
    "operator",
    "organiser",
    "origin",
    "participant_group",
    "participation",
    "partner",
    "pavilions_count",
    "plan",
    "programme",
    "project",
    "questionnaire",
    "quote",
    "registration_form",
    "sessions_count",
    "slogan",
    "spaces_count",
    "support",
    "theme",
    "venue",
    "visitors_count",
    "website",
    "workplaces_count",
)
"""What a public source can state about a subject."""
SOURCE_KINDS: Final = ("city_pack", "public_facts", "public_list", "inbox")
ROW_OUTCOMES: Final = ("rejected", "duplicate", "flagged")
"""What became of a row: left out with a reason, seen before, or loaded with a remark."""


@dataclass(frozen=True)
class Column:
    """One column: its name, type, meaning, and whether a value may be missing."""

    name: str
    kind: Kind
    meaning: str
    nullable: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its key and its columns, in order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def dtypes(self) -> dict[str, str]:
        """Pandas dtype of every column."""
        return {column.name: _PANDAS[column.kind] for column in self.columns}

    def arrow_schema(self) -> pa.Schema:
        """The Parquet schema, with nullability."""
        return pa.schema([pa.field(c.name, _ARROW[c.kind], nullable=c.nullable) for c in self.columns])

    def empty(self) -> pd.DataFrame:
        """A frame without rows that has every column in its type."""
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in self.dtypes.items()})

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame with this table's columns, order, types and row order (sorted by key).

        Raises:
            ContractError: a column is missing or unexpected, or a value does not fit its type.
        """
        missing = [name for name in self.column_names if name not in frame.columns]
        unexpected = [name for name in frame.columns if name not in self.column_names]
        if missing or unexpected:
            raise ContractError(
                f"table {self.name}: missing columns {missing or 'none'}, unexpected columns {unexpected or 'none'}"
            )
        try:
            typed = frame.loc[:, list(self.column_names)].astype(self.dtypes)
        except (TypeError, ValueError) as error:
            raise ContractError(f"table {self.name}: {error}") from error
        return typed.sort_values(list(self.key), kind="stable", ignore_index=True)


class ContractError(ValueError):
    """A frame does not have the shape that its table declares."""


def from_records(table: Table, records: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Build a conforming frame from mappings; a column that no record names is filled with missing."""
    rows = list(records)
    if not rows:
        return table.empty()
    unexpected = {name for row in rows for name in row} - set(table.column_names)
    if unexpected:
        raise ContractError(f"table {table.name}: unexpected columns {sorted(unexpected)}")
    return table.conform(pd.DataFrame(rows, columns=list(table.column_names), dtype=object))


def _text(name: str, meaning: str, *, nullable: bool = False, values: tuple[str, ...] = ()) -> Column:
    return Column(name, Kind.TEXT, meaning, nullable, values)


def _integer(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, Kind.INTEGER, meaning, nullable)


def _number(name: str, meaning: str, *, nullable: bool = True) -> Column:
    return Column(name, Kind.NUMBER, meaning, nullable)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, Kind.FLAG, meaning)


def _date(name: str, meaning: str, *, nullable: bool = True) -> Column:
    return Column(name, Kind.DATE, meaning, nullable)


def _instant(name: str, meaning: str, *, nullable: bool = True) -> Column:
    return Column(name, Kind.INSTANT, meaning, nullable)


_CITY = _text("city_id", "the city's id: the name of its pack's folder, such as kyiv")
_ORIGIN = _text("origin", "kind of data the row is", values=ORIGINS)
_SOURCE = _text("source_id", "the source the row was read from, in `sources`")

CITIES = Table(
    "cities",
    "one city",
    ("city_id",),
    (
        _CITY,
        _text("name_uk", "name in Ukrainian"),
        _text("name_en", "name in English"),
        _text("timezone", "IANA time zone"),
        _number("lat_deg", "latitude of the map's centre, WGS 84", nullable=False),
        _number("lon_deg", "longitude of the map's centre, WGS 84", nullable=False),
        _integer("zoom", "the map's first zoom level"),
        _text("attribution", "whom to name for the boundaries"),
    ),
)

DISTRICTS = Table(
    "districts",
    "one administrative district of a city",
    ("district_code",),
    (
        _text("district_code", "KATOTTG code"),
        _CITY,
        _text("name_uk", "name in Ukrainian, without the word «район»"),
        _text("name_en", "name in English, without the word district"),
        _number("area_km2", "area of the boundary polygon"),
        _integer("population_count", "residents; missing where no public figure was found", nullable=True),
        _date("population_on", "the day the population is stated for"),
        _text("population_source", "who states the population", nullable=True),
        _text("geometry_geojson", "generalised boundary, GeoJSON geometry, WGS 84"),
    ),
)

LANDMARKS = Table(
    "landmarks",
    "one line drawn on the map to find one's way, such as a river",
    ("city_id", "name_uk"),
    (
        _CITY,
        _text("name_uk", "name in Ukrainian"),
        _text("name_en", "name in English"),
        _text("geometry_geojson", "GeoJSON geometry, WGS 84"),
        _text("note", "what the line is and is not", nullable=True),
    ),
)

THEMES = Table(
    "themes",
    "one theme of a city's controlled list",
    ("city_id", "theme_id"),
    (
        _CITY,
        _text("theme_id", "id, the same in every city"),
        _text("name_uk", "name in Ukrainian"),
        _text("name_en", "name in English"),
        _integer("rank", "place in lists and legends, from 1"),
    ),
)

NETWORKS = Table(
    "networks",
    "one network: spaces under one operator or brand",
    ("network_id",),
    (
        _text("network_id", "id, prefixed by the city"),
        _CITY,
        _text("name_uk", "name in Ukrainian"),
        _text("name_en", "name in English", nullable=True),
        _text("operator", "who runs it", nullable=True),
        _ORIGIN,
        _SOURCE,
    ),
)

SPACES = Table(
    "spaces",
    "one space: a place that hosts civic activity",
    ("space_id",),
    (
        _text("space_id", "id, prefixed by the city"),
        _CITY,
        _text("name_uk", "name as the space writes it in Ukrainian"),
        _text("name_en", "name in English", nullable=True),
        _text("kind", "kind of space", values=SPACE_KINDS),
        _text("network_id", "its network", nullable=True),
        _text("district_code", "its district", nullable=True),
        _text("district_check", "stated district against the one by coordinates", values=DISTRICT_CHECKS),
        _text("address", "street address as stated", nullable=True),
        _number("lat_deg", "latitude, WGS 84"),
        _number("lon_deg", "longitude, WGS 84"),
        _text("location_status", "how well the place is known", values=LOCATION_STATUSES),
        _integer("capacity_count", "people it holds; missing when unknown or when sources disagree", nullable=True),
        _date("opened_on", "first day"),
        _date("closed_on", "last day"),
        _ORIGIN,
        _SOURCE,
    ),
)

EVENTS = Table(
    "events",
    "one event or one session of a multi-day event",
    ("event_id",),
    (
        _text("event_id", "id, prefixed by the city"),
        _CITY,
        _text("title", "title as stated"),
        _text("parent_event_id", "the multi-day event this is a session of", nullable=True),
        _text("series_name", "name of the series it repeats under", nullable=True),
        _flag("is_workshop", "a multi-day city workshop or one of its sessions"),
        _date("starts_on", "local day it starts", nullable=False),
        _instant("starts_at", "local time it starts; missing when only the day is known"),
        _date("ends_on", "local day it ends", nullable=False),
        _instant("ends_at", "local time it ends"),
        _text("date_precision", "how exactly the start is known", values=DATE_PRECISIONS),
        _text("place_status", "where it was held", values=PLACE_STATUSES),
        _text("space_id", "the space that hosted it", nullable=True),
        _text("venue_name", "the venue when it is no listed space", nullable=True),
        _text("district_code", "district of the place", nullable=True),
        _text("format", "format of the event", values=EVENT_FORMATS),
        _integer("seats_count", "seats offered", nullable=True),
        _text("status", "held, planned or cancelled on the snapshot's day", values=EVENT_STATUSES),
        _flag("is_attendance_recorded", "someone noted who came"),
        _integer(
            "stated_registrations_count", "sign-ups as a public list states them, with no list of people", nullable=True
        ),
        _ORIGIN,
        _SOURCE,
    ),
)

EVENT_THEMES = Table(
    "event_themes",
    "one theme of one event",
    ("event_id", "theme_id"),
    (_text("event_id", "the event"), _text("theme_id", "the theme")),
)

EVENT_ORGANISATIONS = Table(
    "event_organisations",
    "one organisation in one role at one event",
    ("event_id", "role", "name"),
    (
        _text("event_id", "the event"),
        _text("role", "role", values=ORGANISATION_ROLES),
        _text("name", "name of the organisation as stated"),
    ),
)

EVENT_SPACES = Table(
    "event_spaces",
    "one space that took part in one event, mostly a meet-up of hubs",
    ("event_id", "space_id"),
    (
        _text("event_id", "the event"),
        _text("space_id", "the space"),
        _text("role", "role of the space", values=SPACE_ROLES),
        _text("mentoring", "whether the space asked for a mentor or offered one", nullable=True, values=MENTORING),
        _ORIGIN,
        _SOURCE,
    ),
)

PEOPLE = Table(
    "people",
    "one person, known only by a keyed pseudonym",
    ("person_id",),
    (
        _integer("person_id", "dense number of the person within this snapshot"),
        _text("pseudonym", "keyed hash (HMAC-SHA-256) of the contact, hexadecimal"),
        _text("identity", "the contact the pseudonym was made from", values=("email", "phone")),
    ),
)

REGISTRATIONS = Table(
    "registrations",
    "one person signed up for one event",
    ("registration_id",),
    (
        _integer("registration_id", "number of the row within this snapshot"),
        _text("event_id", "the event"),
        _integer("person_id", "the person; missing when the list gave neither e-mail nor phone", nullable=True),
        _text("identity", "by what the row that states the status was matched", values=IDENTITY_STRENGTHS),
        _instant("registered_at", "local time of the sign-up"),
        _text("status", "what became of the sign-up", values=REGISTRATION_STATUSES),
        _text("participant_group", "participant group", values=PARTICIPANT_GROUPS),
        _text("home_district_code", "district the person lives in, as stated", nullable=True),
        _text("home_status", "whether the home is a district of the city", values=HOME_STATUSES),
        _SOURCE,
    ),
)

PROPOSALS = Table(
    "proposals",
    "one project proposal (a filled-in questionnaire)",
    ("proposal_id",),
    (
        _text("proposal_id", "id, prefixed by the city"),
        _CITY,
        _text("event_id", "the event it was handed in at", nullable=True),
        _text("title", "title"),
        _text("theme_id", "theme", nullable=True),
        _text("stage", "stage", values=PROPOSAL_STAGES),
        _text("district_code", "district it is about", nullable=True),
        _date("submitted_on", "day it was handed in"),
        _ORIGIN,
        _SOURCE,
    ),
)

MONTHLY_RETURNS = Table(
    "monthly_returns",
    "one space's own totals for one month",
    ("space_id", "month"),
    (
        _text("space_id", "the space"),
        _CITY,
        _date("month", "first day of the month", nullable=False),
        _integer("events_count", "events as the space reports them", nullable=True),
        _integer("visitors_count", "visitors as the space reports them", nullable=True),
        _ORIGIN,
        _SOURCE,
    ),
)

FACTS = Table(
    "facts",
    "one statement of a public source about a space, network, event, series or city",
    ("fact_id",),
    (
        _text("fact_id", "id"),
        _CITY,
        _text("subject_kind", "what it is about", values=FACT_SUBJECTS),
        _text("subject_id", "id of the space, network or event, or name of the series", nullable=True),
        _text("property", "what is stated", values=FACT_PROPERTIES),
        _text("value", "the value as stated"),
        _number("value_number", "the value as a number, where it is one"),
        _text("period", "the time it is stated for", nullable=True),
        _text("quote", "the source's words", nullable=True),
        _text("source_url", "where it is stated", nullable=True),
        _text("source_on", "date of the source as known", nullable=True),
        _text("note", "what to mind", nullable=True),
        _text("conflict_id", "shared by statements that contradict each other", nullable=True),
    ),
)

ANNOTATIONS = Table(
    "annotations",
    "one mark on the axes of time: what a city says happened on some days",
    ("city_id", "starts_on", "kind", "text_uk"),
    (
        _CITY,
        _date("starts_on", "first day", nullable=False),
        _date("ends_on", "last day; missing when it is one day"),
        _text("kind", "kind of mark", values=ANNOTATION_KINDS),
        _text("text_uk", "what happened, as stated"),
        _text("text_en", "the same in English", nullable=True),
        _ORIGIN,
        _SOURCE,
    ),
)

SOURCES = Table(
    "sources",
    "one file that was read, with its account: read = loaded + duplicate + rejected",
    ("source_id",),
    (
        _text("source_id", "first 16 hexadecimal digits of the content's SHA-256"),
        _text("kind", "kind of source", values=SOURCE_KINDS),
        _text("city_id", "the city it is about; missing for one about several", nullable=True),
        _text("file_name", "name of the file, without its folder"),
        _text("format", "recognised format"),
        _text("encoding", "character encoding of a text file", nullable=True),
        _ORIGIN,
        _integer("rows_read_count", "rows read"),
        _integer("rows_loaded_count", "rows loaded"),
        _integer("rows_duplicate_count", "rows seen before"),
        _integer("rows_rejected_count", "rows left out with a reason"),
        _text("unknown_columns", "headers that were not used, joined by ' | '", nullable=True),
        _text("refusal_uk", "why the whole file was refused, in Ukrainian", nullable=True),
        _text("refusal_en", "why the whole file was refused, in English", nullable=True),
    ),
)

ROW_ISSUES = Table(
    "row_issues",
    "one remark about one row of one source; never holds a value of the row",
    ("source_id", "sheet", "row", "code"),
    (
        _SOURCE,
        _text("sheet", "sheet of a workbook; '-' for a text file"),
        _integer("row", "the sender's own row number, from 1"),
        _text("column", "the sender's own header of the cell", nullable=True),
        _text("outcome", "what became of the row", values=ROW_OUTCOMES),
        _text("code", "code of the reason"),
        _text("reason_uk", "reason in Ukrainian"),
        _text("reason_en", "reason in English"),
        _text("fix_uk", "suggested fix in Ukrainian"),
        _text("fix_en", "suggested fix in English"),
    ),
)

TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        CITIES,
        DISTRICTS,
        LANDMARKS,
        THEMES,
        NETWORKS,
        SPACES,
        EVENTS,
        EVENT_THEMES,
        EVENT_ORGANISATIONS,
        EVENT_SPACES,
        PEOPLE,
        REGISTRATIONS,
        PROPOSALS,
        MONTHLY_RETURNS,
        FACTS,
        ANNOTATIONS,
        SOURCES,
        ROW_ISSUES,
    )
}

ADDED: Final = frozenset({"annotations"})
"""Tables that joined this version of the contract: a snapshot that was published before has none of their rows."""

REFERENCES: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("districts", "city_id", "cities", "city_id"),
    ("themes", "city_id", "cities", "city_id"),
    ("spaces", "network_id", "networks", "network_id"),
    ("spaces", "district_code", "districts", "district_code"),
    ("events", "space_id", "spaces", "space_id"),
    ("events", "parent_event_id", "events", "event_id"),
    ("events", "district_code", "districts", "district_code"),
    ("event_themes", "event_id", "events", "event_id"),
    ("event_organisations", "event_id", "events", "event_id"),
    ("event_spaces", "event_id", "events", "event_id"),
    ("event_spaces", "space_id", "spaces", "space_id"),
    ("registrations", "event_id", "events", "event_id"),
    ("registrations", "person_id", "people", "person_id"),
    ("registrations", "home_district_code", "districts", "district_code"),
    ("registrations", "source_id", "sources", "source_id"),
    ("proposals", "event_id", "events", "event_id"),
    ("monthly_returns", "space_id", "spaces", "space_id"),
    ("row_issues", "source_id", "sources", "source_id"),
)
"""Foreign keys: (table, column, referred table, referred column); a missing value refers to nothing."""


@dataclass(frozen=True)
class Manifest:
    """What one snapshot says of itself; written as ``manifest.json`` beside its Parquet files."""

    snapshot_id: str
    contract_version: int
    code_version: str
    created_at: str
    """Instant of publishing, ISO 8601 in UTC."""
    as_of_on: str
    """The day the data speaks for, ISO 8601: the month holding it is unfinished."""
    content_sha256: str
    """Hash over all tables' hashes: equal for equal content, whatever the time of publishing and the files' names."""
    tables: Mapping[str, Mapping[str, str | int]]
    """Per table: ``rows``, ``sha256`` of the Parquet file, ``bytes``; of `sources` also ``content_sha256``, the hash
    that it has without the names of files."""
    has_demo: bool
    """Some row is demonstration data: every page and file must say so."""
    account: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Rows ``read``, ``loaded``, ``duplicate`` and ``rejected`` per file (by ``source_id``) and under ``total``;
    files are those of the inbox and public lists. Read = loaded + duplicate + rejected."""
