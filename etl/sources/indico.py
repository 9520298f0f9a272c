"""Registrations of Indico, which strips a leading plus: «+380…» arrives as «380…»."""

from __future__ import annotations

from typing import Final

import pandas as pd

from etl.sources.layout import Field, Layout, Tidied, first_known, need
from etl.sources.questions import HOME_DISTRICT, PARTICIPANT_GROUP, PERSON_PHONE
from etl.sources.raw import Dataset
from etl.sources.sign_ups import settle

_STATES: Final = {
    "complete": "registered",
    "completed": "registered",
    "awaiting payment": "registered",
    "unpaid": "registered",
    "pending": "registered",
    "withdrawn": "cancelled",
    "rejected": "cancelled",
}
_LOST_PLUS: Final = r"[1-9][0-9]{10,14}"
"""A number that starts with a country's code; without one it starts with a zero, or is shorter."""


def _tidy(cells: pd.DataFrame) -> Tidied:
    digits = cells["person_phone"].str.replace(r"[\s().-]", "", regex=True)
    phone = cells["person_phone"].mask(digits.str.fullmatch(_LOST_PLUS).fillna(value=False), "+" + digits)
    lowered = cells["status"].str.lower()
    return settle(
        cells.assign(
            person_name=first_known(cells["name_parts"], cells["full_name"]),
            person_phone=phone,
            status=lowered.where(lowered.isna(), lowered.replace(_STATES)),
            attended=first_known(cells["checked_in"], cells["checked_in_at"]),
        )
    )


INDICO: Final = Layout(
    format="indico",
    dataset=Dataset.REGISTRATIONS,
    fields=(
        Field("number", ("ID",)),
        Field("full_name", ("Name",), feeds="person_name"),
        Field("name_parts", ("First Name", "Last Name"), is_joined=True, feeds="person_name"),
        Field("person_email", ("Email Address", "Email")),
        PERSON_PHONE,
        Field("registered_at", ("Registration date",)),
        Field("status", ("Registration state",)),
        Field("checked_in", ("Checked in",), feeds="attended"),
        Field("checked_in_at", ("Check-in date",), feeds="attended"),
        PARTICIPANT_GROUP,
        HOME_DISTRICT,
    ),
    needs=(need("number"), need("full_name", "name_parts"), need("status"), need("registered_at", "checked_in")),
    tidy=_tidy,
)
