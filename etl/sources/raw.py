"""The shape in which every reader hands over what it read: text, with the sender's own addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import pandas as pd

from etl.issues import RowIssue


class Dataset(StrEnum):
    """What a table of a file lists."""

    SPACES = "spaces"
    EVENTS = "events"
    REGISTRATIONS = "registrations"
    MONTHLY_RETURNS = "monthly_returns"
    SESSIONS = "sessions"
    PROPOSALS = "proposals"
    MEETUPS = "meetups"
    ANNOTATIONS = "annotations"


RAW_COLUMNS: Final[Mapping[Dataset, tuple[str, ...]]] = MappingProxyType(
    {
        Dataset.SPACES: (
            "name",
            "name_en",
            "aliases",
            "kind",
            "network",
            "district",
            "address",
            "lat",
            "lon",
            "capacity",
            "opened_on",
            "closed_on",
        ),
        Dataset.EVENTS: (
            "event_code",
            "title",
            "starts",
            "starts_time",
            "ends",
            "ends_time",
            "duration",
            "space",
            "venue",
            "address",
            "place_city",
            "place_country",
            "city_hint",
            "district",
            "lat",
            "lon",
            "is_online",
            "themes",
            "format",
            "seats",
            "series",
            "parent",
            "organisers",
            "partners",
            "funders",
            "status",
            "stated_registrations",
        ),
        Dataset.REGISTRATIONS: (
            "event_code",
            "event_title",
            "event_starts",
            "person_name",
            "person_email",
            "person_phone",
            "registered_at",
            "status",
            "attended",
            "participant_group",
            "home_district",
        ),
        Dataset.MONTHLY_RETURNS: ("space", "month", "events_count", "visitors_count"),
        Dataset.SESSIONS: ("title", "date", "starts_time", "ends_time", "venue", "themes", "format", "seats"),
        Dataset.PROPOSALS: ("title", "theme", "stage", "district", "submitted_on"),
        Dataset.MEETUPS: ("event_code", "event_title", "starts", "space", "role", "mentoring"),
        Dataset.ANNOTATIONS: ("kind", "starts_on", "ends_on", "text", "text_en"),
    }
)
"""Raw fields of each data set. A field that a file lacks is a column of missing values."""


@dataclass(frozen=True)
class RawTable:
    """One table of a file.

    ``frame`` has the column ``row`` (the sender's own row number, from 1, counted in the file) and the
    columns ``RAW_COLUMNS[dataset]``: the cell's text with outer blanks removed, or missing. Cells of a
    workbook arrive as text too: dates as ISO 8601, whole numbers without a decimal point.
    """

    dataset: Dataset
    format: str
    sheet: str
    frame: pd.DataFrame
    headers: Mapping[str, str]
    """Raw field → the sender's own header, for messages; only the fields that the file has."""
    unknown_columns: tuple[str, ...] = ()
    """Headers that no field took; their cells are not read."""
    context: Mapping[str, str] = field(default_factory=dict)
    """What stands above the header or in the file's name: ``event_code``, ``event_title``, ``event_starts``."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Raw field → letter of its column, as spreadsheet programs count them."""


@dataclass(frozen=True)
class RawFile:
    """One file as read. Rows read = rows of all tables + rejected issues."""

    file_name: str
    sha256: str
    encoding: str | None
    tables: tuple[RawTable, ...]
    issues: tuple[RowIssue, ...] = ()
    """Lines that could not be read at all (rejected), and remarks on sheets and rows that were (flagged)."""


class SourceError(ValueError):
    """A whole file is refused. Says why and what to do, in both languages, without the file's content."""

    def __init__(self, reason_uk: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason_uk = reason_uk
        self.reason_en = reason_en
