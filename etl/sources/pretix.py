"""Check-in lists and order positions of pretix; a Ukrainian export mixes both languages in its headers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from etl.sources.layout import Field, Layout, Tidied, first_known, need
from etl.sources.questions import HOME_DISTRICT, PARTICIPANT_GROUP
from etl.sources.raw import Dataset
from etl.sources.sign_ups import settle

_STATUS_WORDS: Final = {"термін придатності закінчився": "expired"}
"""How pretix itself translates a status of an order."""


def _tidy(cells: pd.DataFrame) -> Tidied:
    # A series has one slug for all its dates, so the slug is the code only of an event that is no series.
    is_series = cells["date_name"].notna() | cells["event_starts"].notna()
    raw = cells.assign(
        event_code=cells["slug"].mask(is_series),
        event_title=first_known(cells["date_name"], cells["event_name"]),
        person_email=first_known(cells["attendee_email"], cells["order_email"]),
        registered_at=cells["order_date"].str.cat(cells["order_time"], sep=" "),
        status=cells["status"].replace(_STATUS_WORDS),
    )
    raw["registered_at"] = first_known(raw["registered_at"], cells["order_date"])
    return settle(raw)


_FIELDS: Final = (
    Field("order", ("Order code", "Код замовлення")),
    Field("slug", ("Event slug", "Коротка назва події"), feeds="event_code"),
    Field("date_name", ("Date", "Дата"), feeds="event_title"),
    Field("event_name", ("Event name", "Назва події"), feeds="event_title"),
    Field("event_starts", ("Start date", "Дата початку")),
    Field("person_name", ("Attendee name", "Ім'я учасника")),
    Field("attendee_email", ("Attendee email", "Адреса електронної пошти відвідувача"), feeds="person_email"),
    Field("order_email", ("Email", "E-mail", "Ел.пошта"), feeds="person_email"),
    Field("person_phone", ("Phone number", "Номер телефону")),
    Field("order_date", ("Order date", "Дата замовлення"), feeds="registered_at"),
    Field("order_time", ("Order time", "Час замовлення"), feeds="registered_at"),
    Field("attended", ("Checked in", "Зареєстрований")),
    Field("position", ("Position ID", "ID позиції")),
    Field("status", ("Status", "Статус")),
    PARTICIPANT_GROUP,
    HOME_DISTRICT,
)

PRETIX_CHECK_IN: Final = Layout(
    format="pretix_check_in",
    dataset=Dataset.REGISTRATIONS,
    fields=_FIELDS,
    needs=(need("order"), need("attended")),
    tidy=_tidy,
)
PRETIX_POSITIONS: Final = Layout(
    format="pretix_positions",
    dataset=Dataset.REGISTRATIONS,
    fields=_FIELDS,
    needs=(need("order"), need("position"), need("status")),
    tidy=_tidy,
)
