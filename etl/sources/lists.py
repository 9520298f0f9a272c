"""Lists of our own making: spaces, events, returns, programmes, proposals, meet-ups, marks (docs/formats.md)."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from etl.sources.layout import Field, Layout, Tidied, first_known, need
from etl.sources.raw import Dataset

_TIME: Final = r"[0-9]{1,2}(?:[:.][0-9]{2}){1,2}"
_HOURS: Final = re.compile(rf"^(?:з |від )?(?P<starts>{_TIME})(?: ?(?:-|–|—|до) ?(?P<ends>{_TIME}))?$")


def _with_hours_split(cells: pd.DataFrame) -> Tidied:
    """``10:00–11:30`` in one cell as start and end; a text that is no time stays whole as the start."""
    hours = cells["hours"].str.extract(_HOURS).astype("str")
    starts = first_known(cells["starts_time"], first_known(hours["starts"], cells["hours"]))
    return Tidied(cells.assign(starts_time=starts, ends_time=first_known(cells["ends_time"], hours["ends"])))


_HOURS_FIELD: Final = Field("hours", ("Час", "Час проведення", "Time"), feeds="starts_time")
_STARTS_TIME: Final = Field("starts_time", ("Час початку", "Початок", "Start time"))
_ENDS_TIME: Final = Field("ends_time", ("Час завершення", "Час закінчення", "End time"))
_DISTRICT: Final = Field("district", ("Район", "District"))
_VENUE: Final = Field("venue", ("Місце", "Місце проведення", "Локація", "Venue", "Location"))
_THEMES: Final = Field("themes", ("Теми", "Тема", "Тематика", "Themes", "Theme", "Topics"))
_FORMAT: Final = Field("format", ("Формат", "Format"))
_SEATS: Final = Field("seats", ("Кількість місць", "Місць", "Seats"))
_EVENT_CODE: Final = Field("event_code", ("Код події", "Код заходу", "Event code"))
_SPACE: Final = Field("space", ("Простір", "Назва простору", "Хаб", "Space", "Hub"))

SPACES: Final = Layout(
    format="spaces",
    dataset=Dataset.SPACES,
    fields=(
        Field("name", ("Назва простору", "Space name", "Name of the space")),
        Field("name_en", ("Назва англійською", "Name in English", "English name")),
        Field("aliases", ("Інші назви", "Other names", "Aliases")),
        Field("kind", ("Вид", "Вид простору", "Тип", "Kind")),
        Field("network", ("Мережа", "Network")),
        _DISTRICT,
        Field("address", ("Адреса", "Address")),
        Field("lat", ("Широта", "Latitude", "Lat")),
        Field("lon", ("Довгота", "Longitude", "Lon")),
        Field("capacity", ("Місткість", "Capacity")),
        Field("opened_on", ("Працює з", "Відкрито", "Дата відкриття", "Opened on")),
        Field("closed_on", ("Закрито", "Дата закриття", "Closed on")),
    ),
    needs=(need("name"),),
)
EVENTS: Final = Layout(
    format="events",
    dataset=Dataset.EVENTS,
    fields=(
        _EVENT_CODE,
        Field("title", ("Назва події", "Назва заходу", "Event title", "Event name", "Title")),
        Field("starts", ("Дата", "Дата початку", "Дата події", "Дата проведення", "Date", "Start date")),
        _STARTS_TIME,
        _HOURS_FIELD,
        Field("ends", ("Дата завершення", "Дата закінчення", "End date")),
        _ENDS_TIME,
        Field("duration", ("Тривалість", "Duration")),
        _SPACE,
        _VENUE,
        Field("address", ("Адреса", "Address")),
        Field("place_city", ("Місто", "City")),
        Field("place_country", ("Країна", "Country")),
        _DISTRICT,
        Field("lat", ("Широта", "Latitude", "Lat")),
        Field("lon", ("Довгота", "Longitude", "Lon")),
        Field("is_online", ("Онлайн", "Online")),
        _THEMES,
        _FORMAT,
        _SEATS,
        Field("series", ("Серія", "Series")),
        Field("parent", ("Входить до події", "Частина події", "Part of event", "Parent event")),
        Field("organisers", ("Організатори", "Організатор", "Organisers", "Organizers")),
        Field("partners", ("Партнери", "Partners")),
        Field("funders", ("За підтримки", "Funders", "Supported by")),
        Field("status", ("Статус", "Статус події", "Status")),
        Field("stated_registrations", ("Кількість реєстрацій", "Registrations")),
    ),
    needs=(need("title"), need("starts")),
    tidy=_with_hours_split,
)
MONTHLY_RETURNS: Final = Layout(
    format="monthly_return",
    dataset=Dataset.MONTHLY_RETURNS,
    fields=(
        _SPACE,
        Field("month", ("Місяць", "Звітний місяць", "Month")),
        Field("events_count", ("Кількість заходів", "Кількість подій", "Заходів", "Events")),
        Field("visitors_count", ("Кількість відвідувачів", "Відвідувачів", "Visitors")),
    ),
    needs=(need("space"), need("month")),
)
SESSIONS: Final = Layout(
    format="programme",
    dataset=Dataset.SESSIONS,
    fields=(
        Field("title", ("Захід", "Назва сесії", "Сесія", "Session", "Session title")),
        Field("date", ("Дата", "День", "Date", "Day")),
        _STARTS_TIME,
        _HOURS_FIELD,
        _ENDS_TIME,
        _VENUE,
        _THEMES,
        _FORMAT,
        _SEATS,
    ),
    needs=(need("title"), need("date")),
    tidy=_with_hours_split,
)
PROPOSALS: Final = Layout(
    format="proposals",
    dataset=Dataset.PROPOSALS,
    fields=(
        Field("title", ("Назва проєкту", "Назва проекту", "Project title", "Project name")),
        Field("theme", ("Тема", "Тематика", "Тема проєкту", "Theme", "Topic")),
        Field("stage", ("Стадія", "Стадія проєкту", "Етап", "Stage")),
        _DISTRICT,
        Field("submitted_on", ("Дата подання", "Позначка часу", "Submitted on", "Timestamp")),
    ),
    needs=(need("title"), need("theme", "stage", "submitted_on")),
)
MEETUPS: Final = Layout(
    format="meetups",
    dataset=Dataset.MEETUPS,
    fields=(
        _EVENT_CODE,
        Field("event_title", ("Подія", "Назва події", "Зустріч", "Event", "Event title")),
        Field("starts", ("Дата", "Дата події", "Дата зустрічі", "Date")),
        _SPACE,
        Field("role", ("Роль", "Role")),
        Field("mentoring", ("Менторство", "Mentoring")),
    ),
    needs=(need("space"), need("event_code", "event_title"), need("event_code", "starts")),
)
ANNOTATIONS: Final = Layout(
    format="annotations",
    dataset=Dataset.ANNOTATIONS,
    fields=(
        Field("kind", ("Вид позначки", "Kind of mark")),
        Field("starts_on", ("Дата", "Дата початку", "Date", "Start date")),
        Field("ends_on", ("Дата завершення", "Дата закінчення", "End date")),
        Field("text", ("Що сталося", "What happened")),
        Field("text_en", ("Що сталося англійською", "What happened in English")),
    ),
    needs=(need("kind"), need("starts_on"), need("text")),
)
