"""Columns about people and their event under the names that people themselves give them in forms and lists."""

from __future__ import annotations

import re
from typing import Final

from etl.sources.layout import Field


def _asks(about: str, *, but_not: str) -> re.Pattern[str]:
    """Pattern over folded words: holds ``about``, and no word that starts with one of ``but_not``."""
    return re.compile(rf"^(?!.*\b(?:{but_not})).*\b(?:{about})\b")


_OTHER_PERSON: Final = (
    "організатор|відповідальн|керівни|спікер|ведуч|координатор|дитини|організаці|закладу|компанії|простору|хабу"
    "|child|organi|company|speaker|emergency"
)

EVENT_CODE: Final = Field("event_code", ("Код події", "Код заходу", "Event code", "Event ID"))
EVENT_STARTS: Final = Field("event_starts", ("Дата події", "Дата заходу", "Дата проведення", "Event date"))
EVENT_TITLE: Final = Field(
    "event_title",
    ("Подія", "Назва події", "Захід", "Назва заходу", "Event", "Event name", "Event title"),
    _asks(
        r"поді[яїюєй]\w*|захо?і?д(?:у|и|ом|ів|і)?|events?",
        but_not="дізна|звідки|очіку|вражен|відгук|оцін|сподоба|комент|побажан|попередн|раніше|організатор|дата|час"
        "|місце|чому|чи|hear|heard|expect|feedback|comment|rate|why|did",
    ),
)
PERSON_NAME: Final = Field(
    "person_name",
    ("ПІБ", "Прізвище", "Ім'я", "По батькові", "Name", "Full name", "First name", "Last name"),
    _asks(
        "піб|п і б|прізвище|імя|як вас звати|як до вас звертатися|(?:full|first|last|given|family|your) name",
        but_not=_OTHER_PERSON,
    ),
    is_joined=True,
)
PERSON_EMAIL: Final = Field(
    "person_email",
    ("Електронна адреса", "Email address", "E-mail", "Ел. пошта", "Електронна пошта"),
    _asks(
        r"e mail|email|[іе]ме[йї]л|мейл|електронн\w* (?:пошт|адрес|скриньк)\w*|ел пошт\w*|елпошт\w*|пошта",
        but_not=f"{_OTHER_PERSON}|нов|поштов|згод|погодж|розсил|підтвердж|отримувати|verified|newsletter|subscribe"
        "|consent|agree",
    ),
)
PERSON_PHONE: Final = Field(
    "person_phone",
    ("Номер телефону", "Телефон", "Phone number", "Phone"),
    _asks(r"телефон\w*|тел|мобільн\w*|phone|mobile|cell", but_not=_OTHER_PERSON),
)
PARTICIPANT_GROUP: Final = Field(
    "participant_group",
    ("Група учасників", "Група", "Participant group", "Хто ви"),
    _asks(
        r"хто ви|кого (?:ви )?представля\w*|груп[аиу]|participant group|who are you|whom do you represent",
        but_not="telegram|телеграм|facebook|фейсбук|viber|вайбер|крові|вік|чат",
    ),
)
HOME_DISTRICT: Final = Field(
    "home_district",
    ("Район проживання", "Район", "Home district", "District"),
    _asks(r"район\w*|district", but_not="проведен|поді|захо|event|venue"),
)
ATTENDED: Final = Field(
    "attended",
    ("Присутність", "Відвідування", "Attendance", "Attended"),
    re.compile(
        r"^(?:відмітка про |позначка про )?(?:присутність|присутн(?:ій|я|і)(?: присутня)?|відвідування|відвіда(?:в|ла)"
        r"(?: відвідала)?|явка|прийш(?:ов|ла)(?: прийшла| ла)?|attend(?:ance|ed)|checked in)(?: на (?:події|заході))?$"
    ),
)
STATUS: Final = Field("status", ("Статус реєстрації", "Статус", "Registration status", "Status"))

ABOUT_PEOPLE: Final = (PERSON_NAME, PERSON_EMAIL, PERSON_PHONE, PARTICIPANT_GROUP, HOME_DISTRICT, ATTENDED, STATUS)
ABOUT_EVENT: Final = (EVENT_CODE, EVENT_STARTS, EVENT_TITLE)
