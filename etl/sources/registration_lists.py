"""Lists of registrations that no tool made: an attendance sheet, a table filled in by hand."""

from __future__ import annotations

from typing import Final

from etl.sources.google_forms import tidy
from etl.sources.layout import PERSON_FIELDS, Field, Layout, need
from etl.sources.questions import ABOUT_EVENT, ABOUT_PEOPLE
from etl.sources.raw import Dataset

_FIELDS: Final = (
    Field("registered_at", ("Дата реєстрації", "Час реєстрації", "Registered at", "Registration date")),
    *ABOUT_EVENT,
    *ABOUT_PEOPLE,
)
_OF_PRETIX: Final = ("Код замовлення", "Order code")
"""Sheets of orders, fees and scans have people in them, yet no sign-ups."""

REGISTRATION_LIST: Final = Layout(
    format="registration_list",
    dataset=Dataset.REGISTRATIONS,
    fields=_FIELDS,
    needs=(need("event_code", "event_title"), need(*PERSON_FIELDS)),
    tidy=tidy,
    without=_OF_PRETIX,
)
PARTICIPANT_LIST: Final = Layout(
    format="participant_list",
    dataset=Dataset.REGISTRATIONS,
    fields=_FIELDS,
    needs=(need("person_name"), need("person_email", "person_phone", "attended")),
    tidy=tidy,
    without=_OF_PRETIX,
)
"""The people of one event, which stands above the header."""
