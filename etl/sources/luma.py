"""Guest lists of Luma; the event stands only in the file's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from etl.sources.event_label import split_label
from etl.sources.layout import Field, Layout, Tidied, first_known, need
from etl.sources.questions import HOME_DISTRICT, PARTICIPANT_GROUP
from etl.sources.raw import Dataset
from etl.sources.sign_ups import settle

_FILE_NAME: Final = re.compile(r"(?P<event>.+?) - Guests(?: - .*)?\.(?:csv|xlsx)", re.IGNORECASE)


def _context(file_name: str) -> Mapping[str, str]:
    """``<code or title> - Guests - <date>.csv``; the date is the day of the download and says nothing of the event."""
    match = _FILE_NAME.fullmatch(file_name)
    if match is None:
        return {}
    label = split_label(match["event"])
    parts = {"event_code": label.code, "event_title": label.title, "event_starts": label.starts}
    return {name: part for name, part in parts.items() if part}


def _tidy(cells: pd.DataFrame) -> Tidied:
    return settle(
        cells.assign(
            person_name=first_known(cells["full_name"], cells["name_parts"]),
            attended=first_known(cells["checked_in_at"], cells["has_joined_event"]),
        )
    )


LUMA: Final = Layout(
    format="luma",
    dataset=Dataset.REGISTRATIONS,
    fields=(
        Field("guest", ("api_id", "guest_id")),
        Field("full_name", ("name",), feeds="person_name"),
        Field("name_parts", ("first_name", "last_name"), is_joined=True, feeds="person_name"),
        Field("person_email", ("email",)),
        Field("person_phone", ("phone_number",)),
        Field("registered_at", ("created_at",)),
        Field("status", ("approval_status", "status")),
        Field("checked_in_at", ("checked_in_at",), feeds="attended"),
        Field("has_joined_event", ("has_joined_event",), feeds="attended"),
        PARTICIPANT_GROUP,
        HOME_DISTRICT,
    ),
    needs=(need("guest"), need("status")),
    tidy=_tidy,
    context=_context,
)
