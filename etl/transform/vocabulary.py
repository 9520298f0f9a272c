"""The words people write for kinds, formats, groups, stages, roles and statuses → ids of the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from etl.transform.rows import over_distinct
from etl.transform.text import fold

Vocabulary = Mapping[str, str]
"""Folded word → id."""

_BETWEEN_ANSWERS: Final = re.compile(r"[;,/|\n]")


def _vocabulary(words: Mapping[str, str]) -> Vocabulary:
    """From ids with their words, separated by commas; an id with underscores as blanks is a word too."""
    return MappingProxyType(
        {
            fold(word): identifier
            for identifier, listed in words.items()
            for word in (identifier, identifier.replace("_", " "), *listed.split(","))
        }
    )


SPACE_KINDS: Final = _vocabulary(
    {
        "hub": "хаб, простір, громадський простір, муніципальний простір, молодіжний хаб, public space, civic space",
        "coworking": "коворкінг, коворкінг-простір, coworking space, co-working",
        "library": "бібліотека, публічна бібліотека, медіатека, public library",
        "youth_centre": "молодіжний центр, молодіжний простір, центр молоді, youth center, youth space",
        "business_hub": "бізнес-хаб, бізнес хаб, бізнес-простір, бізнес-інкубатор, інкубатор, startup hub",
        "culture_centre": "культурний центр, центр культури, будинок культури, палац культури, арт-простір, "
        "мистецький простір, culture center, cultural centre, cultural center, art space",
        "other": "інше, інший, інша",
    }
)

EVENT_FORMATS: Final = _vocabulary(
    {
        "lecture": "лекція, лекторій, публічна лекція, доповідь, презентація, вебінар, talk, presentation, webinar",
        "training": "тренінг, навчання, майстер-клас, воркшоп, курс, заняття, семінар, workshop, course, seminar, "
        "master class, masterclass, class",
        "discussion": "дискусія, обговорення, круглий стіл, діалог, панельна дискусія, дебати, зустріч, "
        "громадське обговорення, панель, round table, panel, panel discussion, debate, meeting",
        "exhibition": "виставка, експозиція, ярмарок, fair",
        "screening": "кінопоказ, показ, перегляд, показ фільму, кіноперегляд, film, film screening, movie",
        "volunteering": "волонтерство, волонтерська акція, толока, плетіння сіток, суботник, clean-up",
        "consultation": "консультація, консультації, юридична консультація, прийом, advice",
        "experience_exchange": "обмін досвідом, обмін, мітап, зустріч хабів, exchange of experience, meet-up, "
        "meetup, networking, нетворкінг",
        "partnership": "партнерство, партнерська зустріч, партнерська взаємодія, partnership meeting",
        "mentoring": "менторство, менторська сесія, менторська підтримка, наставництво, mentoring session, mentorship",
        "expert_support": "експертна підтримка, експертна допомога, експертна сесія, expert session, expertise",
        "city_workshop": "майстерня міста, міська майстерня, city workshop, urban workshop",
        "other": "інше, інший, інша",
    }
)

EVENT_STATUSES: Final = _vocabulary(
    {
        "held": "відбулася, відбувся, відбулось, проведено, проведена, завершено, завершена, past, completed, ended",
        "planned": "заплановано, запланована, планується, анонс, active, draft, upcoming, scheduled, live, started",
        "cancelled": "скасовано, скасована, скасований, відмінено, не відбулася, не відбувся, відмінена, canceled, "
        "deleted",
    }
)

PARTICIPANT_GROUPS: Final = _vocabulary(
    {
        "ngo": "го, громадська організація, представник го, представниця го, представник/ця го, громадський сектор, "
        "представник громадської організації, представниця громадської організації, представники го, "
        "громадські організації, громадський діяч, активіст, активістка, non-profit, nonprofit, civil society, "
        "ngo representative, благодійний фонд, бф",
        "artist": "митець, мисткиня, митці, митець / мисткиня, художник, художниця, культурний діяч, artists",
        "artisan": "ремісник, ремісниця, ремісники, ремісник / ремісниця, майстер, майстриня, craftsman, craftsperson, "
        "artisans",
        "student": "студент, студентка, студенти, студент / студентка, студент(ка), студентство, учень, учениця, "
        "активний студент, активні студенти, активна студентка, учні, school student, pupil, students",
        "volunteer": "волонтер, волонтерка, волонтери, волонтер / волонтерка, волонтер(ка), volunteers",
        "resident": "мешканець, мешканка, мешканці, мешканець / мешканка, житель, жителька, містянин, містянка, "
        "мешканець міста, мешканка міста, житель міста, local, local resident, residents, citizen",
        "business": "бізнес, підприємець, підприємиця, підприємець / підприємиця, фоп, представник бізнесу, "
        "представниця бізнесу, підприємці, entrepreneur, business owner, company",
        "municipal": "влада, міська влада, представник влади, представниця влади, посадовець, посадовиця, "
        "муніципальний службовець, службовець, міська рада, кмда, рда, комунальне підприємство, "
        "працівник міської ради, органи влади, місто, city, municipality, local government, city official, official",
        "other": "інше, інший, інша",
        "not_stated": "не вказано, не зазначено, не бажаю відповідати, prefer not to say, not stated, n/a, немає, -",
    }
)

ANNOTATION_KINDS: Final = _vocabulary(
    {
        "workshop": "майстерня, майстерня міста, city workshop",
        "blackout": "відключення, відключення світла, знеструмлення, блекаут, power cut, power outage",
        "opening": "відкриття, відкриття простору, opened",
        "closing": "закриття, закриття простору, зачинення, closed, closure",
        "other": "інше, подія",
    }
)

PROPOSAL_STAGES: Final = _vocabulary(
    {
        "idea": "ідея, задум, концепція, concept",
        "draft": "чернетка, проєкт, проект, розробка, на розробці, розробляється, в розробці",
        "in_progress": "в роботі, у роботі, реалізується, впроваджується, виконується, триває, in work, ongoing",
        "implemented": "реалізовано, реалізований, впроваджено, завершено, виконано, done, completed",
        "declined": "відхилено, відмовлено, не підтримано, rejected",
    }
)

SPACE_ROLES: Final = _vocabulary(
    {
        "host": "господар, господиня, господарі, організатор, приймаюча сторона, приймає, хазяїн, organiser, organizer",
        "participant": "учасник, учасниця, учасники, гість, guest, attendee",
    }
)

MENTORING: Final = _vocabulary(
    {
        "requests": "потребує, потребують, запит, шукає, потрібно, потрібен ментор, request, needs, seeks",
        "offers": "пропонує, пропонують, надає, може надати, готовий надати, offer, provides",
    }
)

REGISTRATION_STATUSES: Final = _vocabulary(
    {
        # An order awaiting payment still holds its seat.
        "registered": "зареєстровано, зареєстрований, зареєстрована, зареєструвався, зареєструвалася, підтверджено, "
        "сплачено, оплачено, очікує на розгляд, очікує оплати, в очікуванні, approved, attending, going, yes, paid, "
        "pending, confirmed, completed, free order, session",
        "attended": "відвідав, відвідала, присутній, присутня, був, була, прийшов, прийшла, checked in, present",
        "no_show": "не прийшов, не прийшла, неявка, не з’явився, не з’явилася, відсутній, відсутня, no-show, noshow, "
        "absent, not attended, did not attend",
        "cancelled": "скасовано, скасував, скасувала, скасована, скасований, відмовився, відмовилася, відмінено, "
        "прострочено, термін дії минув, canceled, not attending, not going, declined, expired, refunded, deleted, "
        "transferred, no, rejected",
        # Neither a list of invited people nor an unanswered request is a sign-up yet.
        "waitlisted": "лист очікування, у листі очікування, черга, резерв, waitlist, waiting list, wait list, "
        "pending approval, invited",
    }
)

ANSWERS: Final = _vocabulary(
    {
        "yes": "так, true, 1, v, х, x, є, присутній, присутня, присутні, був, була, прийшов, прийшла, відвідав, "
        "відвідала, attended, checked in, present, y, t",
        "no": "ні, false, 0, нема, відсутній, відсутня, не був, не була, не прийшов, не прийшла, not checked in, "
        "absent, n, f",
    }
)
_SIGNS: Final[Mapping[str, str]] = {"+": "yes", "✓": "yes", "✔": "yes", "✅": "yes", "-": "no", "–": "no", "—": "no"}
_DATE_OR_TIME: Final = re.compile(r"\d{1,4}[./:-]\d")


def ids(texts: pd.Series, vocabulary: Vocabulary) -> pd.Series:
    """The id that each text means; of several answers in one cell the first that is known.

    Args:
        texts: text or missing.
        vocabulary: folded words → ids.

    Returns:
        Ids on the same index; missing where the text is missing or no word is known.
    """

    def of(text: str) -> str | None:
        answers = (text, *_BETWEEN_ANSWERS.split(text))
        return next((vocabulary[word] for word in map(fold, answers) if word in vocabulary), None)

    return over_distinct(texts, of)


def answers(texts: pd.Series) -> pd.Series:
    """Yes or no: ``yes``, ``no`` or missing; a date or a time, as check-in tools write it, is a yes."""

    def of(text: str) -> str | None:
        sign = _SIGNS.get(text.strip())
        if sign or _DATE_OR_TIME.search(text):
            return sign or "yes"
        return ANSWERS.get(fold(text))

    return over_distinct(texts, of)
