"""Attendee and order reports of Eventbrite, with its American dates."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.sources.layout import PERSON_FIELDS, Field, Layout, Tidied, first_known, need
from etl.sources.questions import HOME_DISTRICT, PARTICIPANT_GROUP, PERSON_NAME
from etl.sources.raw import Dataset
from etl.sources.sign_ups import settle
from etl.transform.rows import at_once

_AMERICAN: Final = re.compile(
    r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4}|[0-9]{2})"
    r"(?:,? (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?: ?(?P<half>[AaPp])[Mm])?)?"
)
_PLAIN: Final = (
    r"^(?:(?:0[13578]|1[02])/(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)/(?:0[1-9]|[12][0-9]|30)"
    r"|02/(?:0[1-9]|1[0-9]|2[0-8]))/[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9]$"
)
_PLAIN_TO_ISO: Final = (r"^([0-9]{2})/([0-9]{2})/([0-9]{2}) ([0-9:]{5})$", r"20\3-\1-\2T\4:00")


def american_to_iso(texts: pd.Series) -> pd.Series:
    """Month-first dates as ISO text: ``11/29/24 22:28`` → ``2024-11-29T22:28:00``.

    When any text of the column cannot be month first, the account writes days first and the column stays as it is.
    Texts in another form stay as they are.
    """
    found = at_once(texts, _isos)
    return texts if (found.isna() & texts.notna()).any() else found


def _isos(texts: pa.StringArray) -> pa.StringArray:
    """`_iso` of each text. The form that reports have, and any day but 29 February, is rewritten at once."""
    is_other = pc.invert(pc.match_substring_regex(texts, _PLAIN))
    others = pa.array([_iso(text) for text in texts.filter(is_other).to_pylist()], pa.string())
    return pc.replace_with_mask(pc.replace_substring_regex(texts, *_PLAIN_TO_ISO), is_other, others)


def _iso(text: str) -> str | None:
    """ISO text of a month-first date, the text itself when it has another form, None when it is no month-first date."""
    match = _AMERICAN.fullmatch(text)
    if match is None:
        return text
    part = {name: int(value) for name, value in match.groupdict().items() if value and name != "half"}
    hour = part.get("hour")
    if match["half"] and hour is not None:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    year = part["year"] + (2000 if part["year"] < 100 else 0)
    try:
        moment = datetime(  # noqa: DTZ001 - a wall time: the report names no zone
            year, part["month"], part["day"], hour or 0, part.get("minute", 0), part.get("second", 0)
        )
    except ValueError:
        return None
    return moment.date().isoformat() if hour is None else moment.isoformat()


def _tidy(cells: pd.DataFrame) -> Tidied:
    raw = cells.assign(
        status=first_known(cells["attendee_status"], cells["order_status"]),
        registered_at=american_to_iso(cells["registered_at"]),
        event_starts=american_to_iso(cells["event_starts"]),
    )
    return settle(raw)


EVENTBRITE: Final = Layout(
    format="eventbrite",
    dataset=Dataset.REGISTRATIONS,
    fields=(
        Field("order", ("Order #", "Order no.", "Order ID")),
        Field("registered_at", ("Order Date",)),
        PERSON_NAME,
        Field("person_email", ("Attendee Email", "Email", "Email Address", "E-mail")),
        Field("person_phone", ("Cell Phone", "Mobile Phone", "Phone Number", "Phone", "Home Phone")),
        Field("attendee_status", ("Attendee Status",), feeds="status"),
        Field("order_status", ("Order Status",), feeds="status"),
        Field("attended", ("Checked In",)),
        Field("event_title", ("Event Name",)),
        Field("event_starts", ("Event Date", "Event Start Date", "Event Start")),
        PARTICIPANT_GROUP,
        HOME_DISTRICT,
    ),
    needs=(need("order"), need("attendee_status", "order_status"), need(*PERSON_FIELDS)),
    tidy=_tidy,
)
