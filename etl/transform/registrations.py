"""Lists of people who signed up or came, as text → what they say in the contract's words; people are pseudonyms."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

import pandas as pd

from etl.identity import KEY_COLUMNS
from etl.sources.raw import RAW_COLUMNS, Dataset
from etl.transform import places, vocabulary
from etl.transform.dates import instants
from etl.transform.places import DistrictNames
from etl.transform.rows import join_remarks, remarks

PSEUDONYMOUS_COLUMNS: Final = (
    *(name for name in RAW_COLUMNS[Dataset.REGISTRATIONS] if not name.startswith("person_")),
    *KEY_COLUMNS,
)
"""Columns of a registrations table once people are pseudonyms."""

_NOT_STATED: Final = "not_stated"


def clean(rows: pd.DataFrame, districts: DistrictNames, tz: tzinfo) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read each row's status, group, home and time of sign-up within one city.

    Args:
        rows: stacked rows with `PSEUDONYMOUS_COLUMNS`, one city.
        districts: names of the city's districts.
        tz: its zone.

    Returns:
        All rows: ``city_id``, the address, `KEY_COLUMNS`, what names the event (``event_code``, ``event_title``,
        ``event_starts``: the row's own word, else that of the file), ``registered_at``, ``status``,
        ``participant_group``, ``home_district_code``, ``home_status``; and remarks.
    """
    came = vocabulary.answers(rows["attended"])
    stated = vocabulary.ids(rows["status"], vocabulary.REGISTRATION_STATUSES)
    group = vocabulary.ids(rows["participant_group"], vocabulary.PARTICIPANT_GROUPS)
    home = places.districts(rows["home_district"], districts)
    registered_at = instants(rows["registered_at"], tz)
    event = {
        name: rows[name].where(rows[name].notna(), rows[f"of_{name}"])
        for name in ("event_code", "event_title", "event_starts")
    }
    read = rows[["city_id", "source_id", "sheet", "row", *KEY_COLUMNS]].assign(
        **event,
        registered_at=registered_at,
        # Somebody who came has come, whatever an earlier column says.
        status=stated.fillna("registered").mask(came == "yes", "attended"),
        participant_group=group.fillna("other").where(rows["participant_group"].notna(), _NOT_STATED),
        home_district_code=home["district_code"],
        home_status=home["stated"].where(home["stated"].isin(["district", "outside_city"]), _NOT_STATED),
    )
    return read, join_remarks(
        [
            remarks(rows, rows["participant_group"].notna() & group.isna(), "unknown_group", "participant_group"),
            remarks(rows, home["stated"] == "unknown", "unknown_district", "home_district"),
            *(
                remarks(rows, rows[field].notna() & value.isna(), "unread_cell", field)
                for value, field in ((stated, "status"), (came, "attended"), (registered_at, "registered_at"))
            ),
        ]
    )
