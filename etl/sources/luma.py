"""Guest lists of Luma; the event stands only in the file's name."""

from __future__ import annotations

from typing import Final

import pandas as pd

from etl.sources.layout import Field, Layout, Tidied, first_known, need
from etl.sources.questions import HOME_DISTRICT, PARTICIPANT_GROUP
from etl.sources.raw import Dataset
from etl.sources.sign_ups import settle


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
)
