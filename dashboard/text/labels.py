"""What the words of the contract's vocabularies are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Lang, Words

LABELS: Final[Mapping[str, Mapping[str, Words]]] = {
    "origin": {
        "fact": Words("публічний факт", "public fact"),
        "public_list": Words("публічний перелік подій", "public event list"),
        "demo": Words("демонстраційні дані", "demonstration data"),
        "own": Words("списки міста", "the city's own lists"),
    },
    "space_kind": {
        "hub": Words("хаб", "hub"),
        "coworking": Words("коворкінг", "coworking"),
        "library": Words("бібліотека", "library"),
        "youth_centre": Words("молодіжний центр", "youth centre"),
        "business_hub": Words("бізнес-хаб", "business hub"),
        "culture_centre": Words("культурний центр", "culture centre"),
        "other": Words("інший простір", "other space"),
    },
    "location_status": {
        "point": Words("відомі координати", "coordinates known"),
        "address": Words("відома лише адреса", "only the address known"),
        "district": Words("відомий лише район", "only the district known"),
        "unknown": Words("місце невідоме", "location unknown"),
    },
    "district_check": {
        "agree": Words("названий район і координати збігаються", "stated district and coordinates agree"),
        "conflict": Words("названий район і координати не збігаються", "stated district and coordinates differ"),
        "stated_only": Words("район лише названо", "district only stated"),
        "point_only": Words("район лише за координатами", "district only by coordinates"),
        "none": Words("район невідомий", "district unknown"),
    },
    "place_status": {
        "space": Words("у просторі", "in a space"),
        "venue": Words("в іншому місці", "at another venue"),
        "online": Words("онлайн", "online"),
        "outside_city": Words("поза містом", "outside the city"),
        "unknown": Words("місце невідоме", "place unknown"),
    },
    "event_format": {
        "lecture": Words("лекція", "lecture"),
        "training": Words("тренінг", "training"),
        "discussion": Words("обговорення", "discussion"),
        "exhibition": Words("виставка", "exhibition"),
        "screening": Words("кінопоказ", "screening"),
        "volunteering": Words("волонтерська робота", "volunteering"),
        "consultation": Words("консультація", "consultation"),
        "experience_exchange": Words("обмін досвідом", "exchange of experience"),
        "partnership": Words("партнерська взаємодія", "partnership"),
        "mentoring": Words("менторство", "mentoring"),
        "expert_support": Words("експертна підтримка", "expert support"),
        "city_workshop": Words("майстерня міста", "city workshop"),
        "other": Words("інший формат", "other format"),
    },
    "event_status": {
        "held": Words("відбулася", "held"),
        "planned": Words("запланована", "planned"),
        "cancelled": Words("скасована", "cancelled"),
    },
    "date_precision": {
        "minute": Words("відомі день і час", "day and time known"),
        "day": Words("відомий лише день", "only the day known"),
        "month": Words("відомий лише місяць", "only the month known"),
        "year": Words("відомий лише рік", "only the year known"),
    },
    "organisation_role": {
        "organiser": Words("організатор", "organiser"),
        "partner": Words("партнер", "partner"),
        "funder": Words("фінансова підтримка", "funder"),
    },
    "space_role": {
        "host": Words("господар", "host"),
        "participant": Words("учасник", "participant"),
    },
    "mentoring": {
        "requests": Words("потребує ментора", "asks for a mentor"),
        "offers": Words("пропонує менторство", "offers mentoring"),
    },
    "registration_status": {
        "registered": Words("зареєстровано", "registered"),
        "attended": Words("відвідано", "attended"),
        "no_show": Words("не прийшли", "no-show"),
        "cancelled": Words("скасовано", "cancelled"),
        "waitlisted": Words("у черзі", "on the waiting list"),
    },
    "participant_group": {
        "ngo": Words("громадські організації", "NGOs"),
        "artist": Words("митці", "artists"),
        "artisan": Words("ремісники", "artisans"),
        "student": Words("студенти", "students"),
        "volunteer": Words("волонтери", "volunteers"),
        "resident": Words("мешканці", "residents"),
        "business": Words("бізнес", "business"),
        "municipal": Words("міські служби", "municipal services"),
        "other": Words("інші", "others"),
        "not_stated": Words("не вказано", "not stated"),
    },
    "identity": {
        "email": Words("за електронною поштою", "by e-mail"),
        "phone": Words("за телефоном", "by phone"),
        "name": Words("за повним іменем у межах події", "by full name within the event"),
        "none": Words("без контакту", "no contact"),
    },
    "home_status": {
        "district": Words("район міста", "a district of the city"),
        "outside_city": Words("поза містом", "outside the city"),
        "not_stated": Words("не вказано", "not stated"),
    },
    "proposal_stage": {
        "idea": Words("ідея", "idea"),
        "draft": Words("чернетка", "draft"),
        "in_progress": Words("у роботі", "in progress"),
        "implemented": Words("втілено", "implemented"),
        "declined": Words("відхилено", "declined"),
    },
    "fact_subject": {
        "space": Words("простір", "space"),
        "network": Words("мережа", "network"),
        "event": Words("подія", "event"),
        "series": Words("серія", "series"),
        "city": Words("місто", "city"),
    },
    "fact_property": {
        "address": Words("адреса", "address"),
        "area_m2": Words("площа, м²", "floor area, m²"),
        "budget": Words("бюджет", "budget"),
        "capacity": Words("місткість", "capacity"),
        "dates": Words("дати", "dates"),
        "district_area_km2": Words("площа району, км²", "area of the district, km²"),
        "districts_count": Words("кількість районів", "number of districts"),
        "duration": Words("тривалість", "duration"),
        "edition": Words("який раз", "which edition"),
        "events_count": Words("кількість подій", "number of events"),
        "facilities": Words("приміщення", "facilities"),
        "first_held": Words("уперше", "first held"),
        "foundation": Words("заснування", "foundation"),
        "frequency": Words("як часто", "how often"),
        "funder": Words("фінансова підтримка", "funder"),
        "goal": Words("мета", "goal"),
        "opened": Words("відкриття", "opening"),
        "operator": Words("оператор", "operator"),
        "organiser": Words("організатор", "organiser"),
        "origin": Words("звідки походить", "where it comes from"),
        "participant_group": Words("група учасників", "participant group"),
        "participation": Words("участь", "participation"),
        "partner": Words("партнер", "partner"),
        "pavilions_count": Words("кількість павільйонів", "number of pavilions"),
        "plan": Words("план", "plan"),
        "programme": Words("програма", "programme"),
        "project": Words("проєкт", "project"),
        "questionnaire": Words("анкета опису проєкту", "project questionnaire"),
        "quote": Words("висловлювання", "statement"),
        "registration_form": Words("реєстраційна форма", "registration form"),
        "sessions_count": Words("кількість сесій", "number of sessions"),
        "slogan": Words("гасло", "slogan"),
        "spaces_count": Words("кількість просторів", "number of spaces"),
        "support": Words("підтримка", "support"),
        "theme": Words("тема", "theme"),
        "venue": Words("місце", "venue"),
        "visitors_count": Words("кількість відвідувачів", "number of visitors"),
        "website": Words("сайт", "website"),
        "workplaces_count": Words("кількість робочих місць", "number of workplaces"),
    },
    "source_kind": {
        "city_pack": Words("довідник міста", "city pack"),
        "public_facts": Words("публічні факти", "public facts"),
        "public_list": Words("публічний перелік подій", "public event list"),
        "inbox": Words("надісланий файл", "file sent in"),
    },
    "annotation_kind": {
        "workshop": Words("майстерня", "workshop"),
        "blackout": Words("відключення", "blackout"),
        "opening": Words("відкриття", "opening"),
        "closing": Words("закриття", "closing"),
        "other": Words("подія", "event"),
    },
    "row_outcome": {
        "rejected": Words("відхилено", "rejected"),
        "duplicate": Words("повтор", "duplicate"),
        "flagged": Words("враховано із зауваженням", "counted with a remark"),
    },
}
"""Per vocabulary of `etl.contract`, every value in both languages."""


def label(vocabulary: str, value: str, lang: Lang) -> str:
    """What a vocabulary's value is called.

    Raises:
        KeyError: there is no such vocabulary, or it has no such value.
    """
    return LABELS[vocabulary][value].say(lang)


def labels(vocabulary: str, lang: Lang) -> dict[str, str]:
    """All values of a vocabulary and what they are called, in the contract's order."""
    return {value: words.say(lang) for value, words in LABELS[vocabulary].items()}
