"""Public lists of events of meetup.com, as the rladies/meetup_archive keeps them."""

from __future__ import annotations

from typing import Final

import pandas as pd

from etl.sources.layout import Field, Layout, Tidied, need
from etl.sources.raw import Dataset
from etl.transform.text import fold

_STATUSES: Final = {"PAST": "held", "ACTIVE": "planned", "CANCELLED": "cancelled", "DRAFT": "planned"}


def _tidy(cells: pd.DataFrame) -> Tidied:
    # The group is named for its city; the venue's city is where one meeting was, sometimes abroad.
    hints = {group: fold(str(group)).split(" ")[-1] for group in cells["organisers"].dropna().unique()}
    return Tidied(
        cells.assign(
            event_code="meetup-" + cells["meetup_id"],
            is_online=cells["venue_type"]
            .where(cells["venue_type"].isna(), "no")
            .mask(cells["venue_type"] == "online", "yes"),
            status=cells["status"].replace(_STATUSES),
            city_hint=cells["organisers"].map(hints).astype("str"),
        )
    )


MEETUP_EVENTS: Final = Layout(
    format="meetup_events",
    dataset=Dataset.EVENTS,
    fields=(
        Field("meetup_id", ("id",), feeds="event_code"),
        Field("title", ("title",)),
        Field("status", ("status",)),
        Field("starts", ("dateTime",)),
        Field("duration", ("duration",)),
        Field("organisers", ("group",)),
        Field("venue", ("venue_name",)),
        Field("address", ("venue_address",)),
        Field("place_city", ("venue_city",)),
        Field("place_country", ("venue_country",)),
        Field("lat", ("venue_lat",)),
        Field("lon", ("venue_lon",)),
        Field("venue_type", ("venue_type",), feeds="is_online"),
        Field("stated_registrations", ("rsvp_total",)),
    ),
    needs=(need("meetup_id"), need("title"), need("starts"), need("stated_registrations")),
    tidy=_tidy,
)
