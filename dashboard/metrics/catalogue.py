"""The catalogue: every figure once, with its id, unit, names, definition and formula, in both languages.

Screens, files and the method page read their words about figures here. A figure's id is the name of its
column wherever the metrics return it. ``FIGURES`` are shown as such; ``SUPPORTING`` are the counts and shares
they rest on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dashboard.errors import Bilingual


class Unit(StrEnum):
    """What one of a figure is."""

    EVENTS = "events"
    SESSIONS = "sessions"
    REGISTRATIONS = "registrations"
    ATTENDANCES = "attendances"
    PEOPLE = "people"
    VISITORS = "visitors"
    SPACES = "spaces"
    PAIRS = "pairs"
    GROUPS = "groups_of_spaces"
    MEETUPS = "meetups"
    PROPOSALS = "proposals"
    DISTRICTS = "districts"
    ORGANISATIONS = "organisations"
    RETURNS = "returns"
    SEATS = "seats"
    ROWS = "rows"
    FILES = "files"
    RESIDENTS = "residents"
    MONTHS = "months"
    DAYS = "days"
    THEMES = "themes"
    PERCENT = "percent"
    POINTS = "percentage_points"
    PER_1000 = "per_1000_residents"
    INDEX = "index_0_to_1"
    INDEX_100 = "index_100_is_equal"
    METRES = "metres"
    KM2 = "square_kilometres"
    SAME = "as_the_figure"


@dataclass(frozen=True)
class Figure:
    """One figure, as it is defined everywhere."""

    id: str
    unit: Unit
    name_uk: str
    name_en: str
    sentence_uk: str
    """What is counted."""
    sentence_en: str
    leaves_out_uk: str
    """What is left out."""
    leaves_out_en: str
    formula_uk: str
    formula_en: str
    formula_source: str | None = None
    """Where the formula comes from, when it is not plain counting."""
    decimals: int = 0
    is_people_count: bool = False
    """Small values are hidden from the public and others rounded."""
    more_is_better: bool | None = None
    """Which way is good; None when neither is."""
    base_id: str | None = None
    """The count that the figure rests on."""
    coverage_id: str | None = None
    """The share that tells how complete the figure is."""
    grows_with_days: bool = False
    """A sum over the days of a month: a longer month has more of it."""
    is_monthly: bool = True
    """``months.by_month`` and the overview have it."""

    def name(self, lang: str) -> str:
        return self.name_uk if lang == "uk" else self.name_en

    def sentence(self, lang: str) -> str:
        return self.sentence_uk if lang == "uk" else self.sentence_en

    def leaves_out(self, lang: str) -> str:
        return self.leaves_out_uk if lang == "uk" else self.leaves_out_en

    def formula(self, lang: str) -> str:
        return self.formula_uk if lang == "uk" else self.formula_en


@dataclass(frozen=True)
class Supporting:
    """A count or share that a figure rests on, or that describes one row."""

    id: str
    unit: Unit
    name: Bilingual
    is_people_count: bool = False
    decimals: int = 0


_ALL: Final = (
    Figure(
        id="events_count",
        unit=Unit.EVENTS,
        name_uk="Події",
        name_en="Events",
        sentence_uk="Скільки подій відбулося; подія належить до місяця, в якому почалася.",
        sentence_en="How many events were held; an event belongs to the month in which it began.",
        leaves_out_uk="Скасовані й заплановані події, сесії багатоденних подій (їх лічать окремо), події, про які "
        "відомий лише рік, і події, які назвали лише публічні джерела (їх показано окремо).",
        leaves_out_en="Cancelled and planned events, sessions of multi-day events (counted apart), events of which "
        "only the year is known, and events that only public sources name (shown apart).",
        formula_uk="кількість подій",
        formula_en="number of events",
        grows_with_days=True,
    ),
    Figure(
        id="sessions_count",
        unit=Unit.SESSIONS,
        name_uk="Сесії програм",
        name_en="Sessions",
        sentence_uk="Скільки сесій відбулося в межах багатоденних подій.",
        sentence_en="How many sessions were held within multi-day events.",
        leaves_out_uk="Скасовані й заплановані сесії; самі багатоденні події.",
        leaves_out_en="Cancelled and planned sessions; the multi-day events themselves.",
        formula_uk="кількість подій, що входять до іншої події",
        formula_en="number of events that have a parent event",
        grows_with_days=True,
    ),
    Figure(
        id="cancelled_events_count",
        unit=Unit.EVENTS,
        name_uk="Скасовані події",
        name_en="Cancelled events",
        sentence_uk="Скільки подій мали початися цього місяця, але їх скасовано.",
        sentence_en="How many events were to begin in the month but were cancelled.",
        leaves_out_uk="Скасовані сесії; події, про скасування яких ніхто не повідомив.",
        leaves_out_en="Cancelled sessions; events whose cancellation nobody reported.",
        formula_uk="кількість подій зі статусом «скасована»",
        formula_en="number of events with status cancelled",
        more_is_better=False,
        grows_with_days=True,
    ),
    Figure(
        id="registrations_count",
        unit=Unit.REGISTRATIONS,
        name_uk="Реєстрації",
        name_en="Registrations",
        sentence_uk="Скільки разів люди зареєструвалися на події та сесії, що відбулися, хоч би що було далі.",
        sentence_en="How many times people signed up for events and sessions that were held, whatever came of it.",
        leaves_out_uk="Повтори того самого запису; реєстрації на скасовані й заплановані події; кількості, названі "
        "без списку людей.",
        leaves_out_en="Repeats of the same record; registrations for cancelled and planned events; numbers stated "
        "without a list of people.",
        formula_uk="кількість пар «особа — подія»",
        formula_en="number of pairs of person and event",
        is_people_count=True,
        more_is_better=True,
        grows_with_days=True,
    ),
    Figure(
        id="attendances_count",
        unit=Unit.ATTENDANCES,
        name_uk="Відвідування",
        name_en="Attendances",
        sentence_uk="Скільки разів ті, хто зареєструвався, прийшли.",
        sentence_en="How many times people who had signed up were there.",
        leaves_out_uk="Події, де ніхто не відмічав, хто прийшов; гості без реєстрації.",
        leaves_out_en="Events where nobody noted who came; guests who had not signed up.",
        formula_uk="кількість реєстрацій зі статусом «прийшов»",
        formula_en="number of registrations with status attended",
        is_people_count=True,
        more_is_better=True,
        base_id="recorded_events_count",
        coverage_id="attendance_coverage_pct",
        grows_with_days=True,
    ),
    Figure(
        id="attendance_rate_pct",
        unit=Unit.PERCENT,
        name_uk="Частка відвідування",
        name_en="Attendance rate",
        sentence_uk="Яка частка очікуваних людей прийшла на події, де відмічали, хто прийшов.",
        sentence_en="What share of the people expected came to the events where it was noted who came.",
        leaves_out_uk="Події без відміток; скасовані реєстрації та лист очікування.",
        leaves_out_en="Events where nobody noted who came; cancelled registrations and the waiting list.",
        formula_uk="прийшли ÷ (прийшли + не прийшли) × 100",
        formula_en="attended ÷ (attended + did not come) × 100",
        decimals=1,
        more_is_better=True,
        base_id="attendance_base_count",
        coverage_id="attendance_coverage_pct",
    ),
    Figure(
        id="no_show_rate_pct",
        unit=Unit.PERCENT,
        name_uk="Частка неявки",
        name_en="No-show rate",
        sentence_uk="Яка частка очікуваних людей не прийшла на події, де відмічали, хто прийшов.",
        sentence_en="What share of the people expected did not come to the events where it was noted who came.",
        leaves_out_uk="Події без відміток; скасовані реєстрації та лист очікування.",
        leaves_out_en="Events where nobody noted who came; cancelled registrations and the waiting list.",
        formula_uk="не прийшли ÷ (прийшли + не прийшли) × 100",
        formula_en="did not come ÷ (attended + did not come) × 100",
        decimals=1,
        more_is_better=False,
        base_id="attendance_base_count",
        coverage_id="attendance_coverage_pct",
    ),
    Figure(
        id="participants_count",
        unit=Unit.PEOPLE,
        name_uk="Учасники",
        name_en="Participants",
        sentence_uk="Скільки різних людей узяли участь: прийшли або, де цього не відмічали, зареєструвалися. Людину, "
        "що була на кількох подіях, враховано один раз.",
        sentence_en="How many different people took part: they came or, where nobody noted that, signed up. Somebody "
        "who was at several events counts once.",
        leaves_out_uk="Ті, хто не прийшов, скасував або лишився в листі очікування; записи без ел. пошти й телефону; "
        "гості без реєстрації.",
        leaves_out_en="Those who did not come, cancelled or stayed on the waiting list; records with neither e-mail "
        "nor phone; guests who had not signed up.",
        formula_uk="кількість різних псевдонімів серед участей",
        formula_en="number of distinct pseudonyms among participations",
        is_people_count=True,
        more_is_better=True,
        base_id="participations_count",
        coverage_id="contact_coverage_pct",
    ),
    Figure(
        id="new_participants_count",
        unit=Unit.PEOPLE,
        name_uk="Нові учасники",
        name_en="New participants",
        sentence_uk="Скільки учасників раніше не були на жодній події міста, відомій із цих списків.",
        sentence_en="How many participants had not been at any event of the city known from these lists before.",
        leaves_out_uk="Участь до початку списків невідома, тому в перший їхній місяць показника немає, а згодом його "
        "завищено тим більше, чим коротша історія.",
        leaves_out_en="Participation before the lists begin is unknown: there is no figure for their first month, and "
        "later ones are too high, the more so the shorter the history.",
        formula_uk="кількість учасників, чия перша участь у місті припала на цей місяць",
        formula_en="number of participants whose first participation in the city lies in the month",
        is_people_count=True,
        more_is_better=True,
        base_id="participants_count",
        coverage_id="contact_coverage_pct",
    ),
    Figure(
        id="returning_participants_count",
        unit=Unit.PEOPLE,
        name_uk="Учасники, що повернулися",
        name_en="Returning participants",
        sentence_uk="Скільки учасників уже були на подіях міста в попередні місяці.",
        sentence_en="How many participants had been at events of the city in earlier months.",
        leaves_out_uk="Повторна участь у межах того самого місяця; участь до початку списків.",
        leaves_out_en="Coming again within the same month; participation before the lists begin.",
        formula_uk="учасники − нові учасники",
        formula_en="participants − new participants",
        is_people_count=True,
        more_is_better=True,
        base_id="participants_count",
        coverage_id="contact_coverage_pct",
    ),
    Figure(
        id="participants_per_1000",
        unit=Unit.PER_1000,
        name_uk="Учасники на 1000 мешканців",
        name_en="Participants per 1,000 residents",
        sentence_uk="Скільки різних учасників подій у районі (місті) припадає на 1000 його мешканців.",
        sentence_en="How many different participants of the events in a district (city) there are per 1,000 residents.",
        leaves_out_uk="Де мешкає учасник, не враховано. Для району без відомої чисельності населення показника немає, "
        "як і для міста, в якому такий район є.",
        leaves_out_en="Where the participant lives does not matter. A district whose population is not known has no "
        "figure, nor has a city with such a district.",
        formula_uk="учасники ÷ населення × 1000",
        formula_en="participants ÷ population × 1,000",
        decimals=1,
        more_is_better=True,
        base_id="population_count",
        coverage_id="contact_coverage_pct",
    ),
    Figure(
        id="reported_visitors_count",
        unit=Unit.VISITORS,
        name_uk="Відвідувачі за звітами просторів",
        name_en="Visitors as reported by spaces",
        sentence_uk="Скільки відвідувачів назвали самі простори в місячних звітах; до облікованих за списками не "
        "додається.",
        sentence_en="How many visitors the spaces themselves report for the month; never added to what lists prove.",
        leaves_out_uk="Простори без звіту. Теми й групи учасників у звітах невідомі, тому за ними показника немає.",
        leaves_out_en="Spaces without a return. Returns know neither themes nor groups, so there is no figure by them.",
        formula_uk="сума відвідувачів у місячних звітах",
        formula_en="sum of visitors in the monthly returns",
        is_people_count=True,
        more_is_better=True,
        base_id="received_returns_count",
        coverage_id="returns_coverage_pct",
        grows_with_days=True,
    ),
    Figure(
        id="reported_events_count",
        unit=Unit.EVENTS,
        name_uk="Заходи за звітами просторів",
        name_en="Events as reported by spaces",
        sentence_uk="Скільки заходів назвали самі простори в місячних звітах; до переліку подій не додається.",
        sentence_en="How many events the spaces themselves report for the month; never added to the list of events.",
        leaves_out_uk="Простори без звіту. Теми й групи учасників у звітах невідомі, тому за ними показника немає.",
        leaves_out_en="Spaces without a return. Returns know neither themes nor groups, so there is no figure by them.",
        formula_uk="сума заходів у місячних звітах",
        formula_en="sum of events in the monthly returns",
        base_id="received_returns_count",
        coverage_id="returns_coverage_pct",
        grows_with_days=True,
    ),
    Figure(
        id="active_spaces_count",
        unit=Unit.SPACES,
        name_uk="Активні простори",
        name_en="Active spaces",
        sentence_uk="У скількох просторах відбулася хоча б одна подія або її назвав місячний звіт.",
        sentence_en="How many spaces hosted at least one event, or report one in their monthly return.",
        leaves_out_uk="Простори, що лише брали участь у подіях інших; події поза просторами з переліку.",
        leaves_out_en="Spaces that only took part in others' events; events outside the listed spaces.",
        formula_uk="кількість просторів із подією",
        formula_en="number of spaces with an event",
        more_is_better=True,
        base_id="open_spaces_count",
    ),
    Figure(
        id="silent_spaces_count",
        unit=Unit.SPACES,
        name_uk="Простори без подій",
        name_en="Spaces without any event",
        sentence_uk="Скільки просторів були відкриті, але жодної їхньої події немає ні в переліку, ні в звіті.",
        sentence_en="How many spaces were open, yet neither a list nor a return has an event of theirs.",
        leaves_out_uk="Зачинені простори та простори, яких немає в списках міста. Простір без подій міг просто не "
        "надіслати списку.",
        leaves_out_en="Closed spaces, and spaces that no list of the city knows. A space without events may only "
        "have sent no list.",
        formula_uk="відкриті простори − активні з них",
        formula_en="open spaces − active ones among them",
        more_is_better=False,
        base_id="open_spaces_count",
    ),
    Figure(
        id="seat_use_pct",
        unit=Unit.PERCENT,
        name_uk="Заповненість місць",
        name_en="Seat use",
        sentence_uk="Яку частку запропонованих місць зайняли люди, що прийшли.",
        sentence_en="What share of the seats offered was taken by people who came.",
        leaves_out_uk="Події, де невідомо, хто прийшов або скільки було місць; сесії. Може перевищити 100 %.",
        leaves_out_en="Events where attendance or seats are unknown; sessions. It can exceed 100 %.",
        formula_uk="відвідування ÷ місця × 100 за подіями, де відомо і те, і те",
        formula_en="attendances ÷ seats × 100 over events where both are known",
        decimals=1,
        more_is_better=True,
        base_id="seat_events_count",
        coverage_id="seat_coverage_pct",
    ),
    Figure(
        id="median_lead_days",
        unit=Unit.DAYS,
        name_uk="Днів від реєстрації до події",
        name_en="Days from registration to event",
        sentence_uk="За скільки днів до початку реєструються: половина реєстрацій раніше, половина пізніше.",
        sentence_en="How many days before the start people sign up: half of them earlier, half later.",
        leaves_out_uk="Реєстрації без часу та зроблені після дня початку.",
        leaves_out_en="Registrations without a time, and those made after the day it began.",
        formula_uk="медіана (день початку − день реєстрації)",
        formula_en="median (day of start − day of sign-up)",
        decimals=1,
        base_id="lead_registrations_count",
        coverage_id="lead_coverage_pct",
    ),
    Figure(
        id="theme_variety",
        unit=Unit.THEMES,
        name_uk="Різноманіття тем",
        name_en="Variety of themes",
        sentence_uk="Скільки однаково частих тем дали б таке саме різноманіття подій: 1 — лише одна тема.",
        sentence_en="How many equally frequent themes would make events as varied: 1 means a single theme.",
        leaves_out_uk="Події без теми. Подія з двома темами враховується в кожній.",
        leaves_out_en="Events without a theme. An event with two themes counts in both.",
        formula_uk="exp(−Σ pᵢ ln pᵢ), де pᵢ — частка теми серед усіх тем подій",
        formula_en="exp(−Σ pᵢ ln pᵢ), where pᵢ is the theme's share of all themes of events",
        formula_source="Hill, M. O. (1973). Diversity and Evenness. Ecology 54(2), 427–432.",
        decimals=1,
        base_id="themed_events_count",
        coverage_id="theme_coverage_pct",
    ),
    Figure(
        id="district_evenness",
        unit=Unit.INDEX,
        name_uk="Рівномірність між районами",
        name_en="Evenness between districts",
        sentence_uk="Наскільки рівномірно події розподілені між районами: 1 — порівну, 0 — усі в одному.",
        sentence_en="How evenly events are spread over the districts: 1 the same in each, 0 all in one.",
        leaves_out_uk="Події без відомого району. Різну кількість мешканців районів не враховано.",
        leaves_out_en="Events whose district is not known. That districts differ in residents is not considered.",
        formula_uk="−Σ pᵢ ln pᵢ ÷ ln S, де pᵢ — частка району, S — кількість районів (і тих, де подій немає)",
        formula_en="−Σ pᵢ ln pᵢ ÷ ln S, where pᵢ is a district's share, S the number of districts, those without "
        "events included",
        formula_source="Pielou, E. C. (1966). The measurement of diversity in different types of biological "
        "collections. Journal of Theoretical Biology 13, 131–144.",
        decimals=2,
        more_is_better=True,
        base_id="located_events_count",
        coverage_id="district_coverage_pct",
    ),
    Figure(
        id="events_per_1000",
        unit=Unit.PER_1000,
        name_uk="Події на 1000 мешканців",
        name_en="Events per 1,000 residents",
        sentence_uk="Скільки подій у районі припадає на 1000 його мешканців.",
        sentence_en="How many events in a district there are per 1,000 of its residents.",
        leaves_out_uk="Район без відомої чисельності населення показника не має.",
        leaves_out_en="A district whose population is not known has no figure.",
        formula_uk="події ÷ населення × 1000",
        formula_en="events ÷ population × 1,000",
        decimals=2,
        base_id="population_count",
        is_monthly=False,
    ),
    Figure(
        id="registrations_per_1000",
        unit=Unit.PER_1000,
        name_uk="Реєстрації на 1000 мешканців",
        name_en="Registrations per 1,000 residents",
        sentence_uk="Скільки реєстрацій на події у районі припадає на 1000 його мешканців.",
        sentence_en="How many registrations for events in a district there are per 1,000 of its residents.",
        leaves_out_uk="Де мешкають люди, не враховано. Для району без відомої чисельності населення показника немає.",
        leaves_out_en="Where people live does not matter. A district whose population is not known has no figure.",
        formula_uk="реєстрації ÷ населення × 1000",
        formula_en="registrations ÷ population × 1,000",
        decimals=1,
        base_id="population_count",
        is_monthly=False,
    ),
    Figure(
        id="attendances_per_1000",
        unit=Unit.PER_1000,
        name_uk="Відвідування на 1000 мешканців",
        name_en="Attendances per 1,000 residents",
        sentence_uk="Скільки відвідувань подій у районі припадає на 1000 його мешканців.",
        sentence_en="How many attendances of events in a district there are per 1,000 of its residents.",
        leaves_out_uk="Де мешкають люди, не враховано. Для району без відомої чисельності населення показника немає.",
        leaves_out_en="Where people live does not matter. A district whose population is not known has no figure.",
        formula_uk="відвідування ÷ населення × 1000",
        formula_en="attendances ÷ population × 1,000",
        decimals=1,
        base_id="population_count",
        is_monthly=False,
    ),
    Figure(
        id="reported_visitors_per_1000",
        unit=Unit.PER_1000,
        name_uk="Відвідувачі за звітами на 1000 мешканців",
        name_en="Reported visitors per 1,000 residents",
        sentence_uk="Скільки відвідувачів, яких назвали самі простори, у районі припадає на 1000 його мешканців.",
        sentence_en="How many visitors as the spaces report them in a district there are per 1,000 of its residents.",
        leaves_out_uk="Де мешкають люди, не враховано. Для району без відомої чисельності населення показника немає.",
        leaves_out_en="Where people live does not matter. A district whose population is not known has no figure.",
        formula_uk="відвідувачі за звітами ÷ населення × 1000",
        formula_en="reported visitors ÷ population × 1,000",
        decimals=1,
        base_id="population_count",
        is_monthly=False,
    ),
    Figure(
        id="spaces_per_1000",
        unit=Unit.PER_1000,
        name_uk="Простори на 1000 мешканців",
        name_en="Spaces per 1,000 residents",
        sentence_uk="Скільки відкритих просторів у районі припадає на 1000 його мешканців.",
        sentence_en="How many open spaces in a district there are per 1,000 of its residents.",
        leaves_out_uk="Район без відомої чисельності населення показника не має.",
        leaves_out_en="A district whose population is not known has no figure.",
        formula_uk="простори ÷ населення × 1000",
        formula_en="spaces ÷ population × 1,000",
        decimals=3,
        base_id="population_count",
        is_monthly=False,
    ),
    Figure(
        id="within_1km_pct",
        unit=Unit.PERCENT,
        name_uk="Площа не далі 1 км від простору",
        name_en="Area within 1 km of a space",
        sentence_uk="Яка частка площі району лежить не далі 1 км навпростець від відкритого простору, хоч би в якому "
        "районі він був.",
        sentence_en="What share of a district's area lies within 1 km as the crow flies of an open space, in whichever "
        "district that is.",
        leaves_out_uk="Простори без точки на карті. Це площа, а не люди: де саме в районі мешкають, тут невідомо; "
        "дороги, річку й перешкоди не враховано.",
        leaves_out_en="Spaces without a point on the map. This is area, not people: where in a district they live is "
        "not known here; roads, the river and obstacles are not considered.",
        formula_uk="площа перетину району з кругами радіусом 1 км ÷ площа району × 100",
        formula_en="area of the district that circles of 1 km cover ÷ area of the district × 100",
        formula_source="de Smith, Goodchild & Longley (2018). Geospatial Analysis, 6th ed., 4.4 (buffering).",
        decimals=1,
        more_is_better=True,
        base_id="located_spaces_count",
        is_monthly=False,
    ),
    Figure(
        id="within_2km_pct",
        unit=Unit.PERCENT,
        name_uk="Площа не далі 2 км від простору",
        name_en="Area within 2 km of a space",
        sentence_uk="Яка частка площі району лежить не далі 2 км навпростець від відкритого простору, хоч би в якому "
        "районі він був.",
        sentence_en="What share of a district's area lies within 2 km as the crow flies of an open space, in whichever "
        "district that is.",
        leaves_out_uk="Простори без точки на карті. Це площа, а не люди: де саме в районі мешкають, тут невідомо; "
        "дороги, річку й перешкоди не враховано.",
        leaves_out_en="Spaces without a point on the map. This is area, not people: where in a district they live is "
        "not known here; roads, the river and obstacles are not considered.",
        formula_uk="площа перетину району з кругами радіусом 2 км ÷ площа району × 100",
        formula_en="area of the district that circles of 2 km cover ÷ area of the district × 100",
        formula_source="de Smith, Goodchild & Longley (2018). Geospatial Analysis, 6th ed., 4.4 (buffering).",
        decimals=1,
        more_is_better=True,
        base_id="located_spaces_count",
        is_monthly=False,
    ),
    Figure(
        id="nearest_space_median_m",
        unit=Unit.METRES,
        name_uk="Відстань до найближчого простору, м",
        name_en="Distance to the nearest space, m",
        sentence_uk="На скільки метрів навпростець половина площі району віддалена від найближчого відкритого простору "
        "менше, половина — більше.",
        sentence_en="Half of a district's area lies nearer to an open space than this many metres as the crow flies, "
        "half lies further away.",
        leaves_out_uk="Простори без точки на карті. Це відстань від місць, а не від людей; дороги, річку й перешкоди "
        "не враховано.",
        leaves_out_en="Spaces without a point on the map. It is a distance from places, not from people; roads, the "
        "river and obstacles are not considered.",
        formula_uk="медіана відстаней до найближчого простору від вузлів сітки з кроком 250 м",
        formula_en="median of the distances to the nearest space from the nodes of a grid of 250 m",
        formula_source="Clark & Evans (1954). Distance to nearest neighbor as a measure of spatial relationships in "
        "populations. Ecology 35(4), 445–453.",
        more_is_better=False,
        base_id="located_spaces_count",
        is_monthly=False,
    ),
    Figure(
        id="representation_index",
        unit=Unit.INDEX_100,
        name_uk="Представленість мешканців району",
        name_en="Representation of a district's residents",
        sentence_uk="Наскільки часто реєструються мешканці району проти їхньої частки в населенні: 100 — так само, "
        "200 — удвічі частіше, 50 — удвічі рідше.",
        sentence_en="How often residents of a district sign up against their share of the population: 100 the same, "
        "200 twice as often, 50 half as often.",
        leaves_out_uk="Реєстрації без зазначеного району проживання та мешканців інших міст; райони без відомої "
        "чисельності населення. Якщо хоч один район приховано, показника немає.",
        leaves_out_en="Registrations that state no home district and those of residents of other places; districts "
        "whose population is not known. Where any district is hidden there is no figure.",
        formula_uk="частка реєстрацій мешканців району ÷ частка району в населенні × 100",
        formula_en="share of registrations by residents of the district ÷ its share of the population × 100",
        formula_source="Location quotient × 100: Isard (1960). Methods of Regional Analysis, ch. 7.",
        base_id="home_registrations_count",
        coverage_id="home_coverage_pct",
        is_monthly=False,
    ),
    Figure(
        id="home_participants_per_1000",
        unit=Unit.PER_1000,
        name_uk="Учасники з району на 1000 мешканців",
        name_en="Participants from the district per 1,000 residents",
        sentence_uk="Скільки різних учасників, що назвали цей район своїм, припадає на 1000 його мешканців.",
        sentence_en="How many different participants who state that they live in the district there are per 1,000 of "
        "its residents.",
        leaves_out_uk="Учасники, що не назвали району. Хто називав різні райони, є в кожному з них.",
        leaves_out_en="Participants who named no district. Who named different ones counts in each.",
        formula_uk="учасники, що мешкають у районі ÷ населення × 1000",
        formula_en="participants who live in the district ÷ population × 1,000",
        decimals=1,
        base_id="home_participants_count",
        is_monthly=False,
    ),
    Figure(
        id="meetups_count",
        unit=Unit.MEETUPS,
        name_uk="Зустрічі хабів",
        name_en="Meet-ups of hubs",
        sentence_uk="Скільки відбулося подій, на які зібралися представники просторів.",
        sentence_en="How many events were held to which spaces sent representatives.",
        leaves_out_uk="Події, де записано лише один простір, якщо їхній формат не «обмін досвідом».",
        leaves_out_en="Events with only one space on record, unless their format is exchange of experience.",
        formula_uk="кількість подій, у яких узяли участь принаймні два простори",
        formula_en="number of events in which at least two spaces took part",
        more_is_better=True,
    ),
    Figure(
        id="spaces_per_meetup",
        unit=Unit.SPACES,
        name_uk="Просторів на зустріч",
        name_en="Spaces per meet-up",
        sentence_uk="Скільки просторів у середньому було на одній зустрічі хабів, разом із господарем.",
        sentence_en="How many spaces on average were at one meet-up of hubs, the host included.",
        leaves_out_uk="Учасники, чий простір не названо або його немає в переліку.",
        leaves_out_en="Participants whose space was not named or is not listed.",
        formula_uk="сума просторів на зустрічах ÷ кількість зустрічей",
        formula_en="sum of spaces at the meet-ups ÷ number of meet-ups",
        decimals=1,
        more_is_better=True,
        base_id="meetups_count",
    ),
    Figure(
        id="space_links_count",
        unit=Unit.PAIRS,
        name_uk="Зв’язки між просторами",
        name_en="Links between spaces",
        sentence_uk="Скільки різних пар просторів зустрілися хоча б на одній зустрічі хабів.",
        sentence_en="How many different pairs of spaces met at one meet-up of hubs or more.",
        leaves_out_uk="Співпраця поза зустрічами.",
        leaves_out_en="Cooperation outside the meet-ups.",
        formula_uk="кількість різних пар просторів, що були на тій самій зустрічі",
        formula_en="number of distinct pairs of spaces that were at the same meet-up",
        more_is_better=True,
        base_id="meetups_count",
    ),
    Figure(
        id="space_groups_count",
        unit=Unit.GROUPS,
        name_uk="Групи просторів",
        name_en="Groups of spaces",
        sentence_uk="На скільки груп діляться простори, якщо разом ставити тих, хто частіше зустрічається між собою.",
        sentence_en="Into how many groups the spaces fall when those who meet one another more often stand together.",
        leaves_out_uk="Співпраця поза зустрічами. Модулярність до 0,3 означає, що межі груп нечіткі.",
        leaves_out_en="Cooperation outside the meet-ups. A modularity below 0.3 means that the groups are not clear.",
        formula_uk="спільноти за методом Лувена на парах просторів, вага — кількість спільних зустрічей; вибір "
        "випадкових кроків сталий, тому ті самі зустрічі дають ті самі групи",
        formula_en="communities by the Louvain method on the pairs of spaces, weighted by their meet-ups together; "
        "its random steps are fixed, so the same meet-ups give the same groups",
        formula_source="Blondel, V. D. et al. (2008). Fast unfolding of communities in large networks. J. Stat. "
        "Mech. P10008; Newman, M. E. J., Girvan, M. (2004). Finding and evaluating community structure in networks. "
        "Phys. Rev. E 69, 026113.",
        base_id="space_links_count",
        is_monthly=False,
    ),
    Figure(
        id="proposals_count",
        unit=Unit.PROPOSALS,
        name_uk="Проєктні пропозиції",
        name_en="Proposals",
        sentence_uk="Скільки анкет опису проєкту подано, за темою і стадією.",
        sentence_en="How many project questionnaires were handed in, by theme and stage.",
        leaves_out_uk="Пропозиції, для яких невідомі ні день подання, ні подія. Авторів не зберігаємо.",
        leaves_out_en="Proposals of which neither the day nor the event is known. Authors are not kept.",
        formula_uk="кількість пропозицій",
        formula_en="number of proposals",
        more_is_better=True,
    ),
    Figure(
        id="theme_share_pct",
        unit=Unit.PERCENT,
        name_uk="Частка теми",
        name_en="Share of a theme",
        sentence_uk="Яка частка подій, що мають теми, присвячена цій темі.",
        sentence_en="What share of the events that have themes is about this theme.",
        leaves_out_uk="Події без теми. Подія з двома темами є в обох частках, тому разом буває понад 100 %.",
        leaves_out_en="Events without a theme. An event with two themes is in both shares, which may exceed 100 % "
        "together.",
        formula_uk="події теми ÷ події з темами × 100",
        formula_en="events of the theme ÷ events with themes × 100",
        decimals=1,
        base_id="themed_events_count",
        coverage_id="theme_coverage_pct",
        is_monthly=False,
    ),
    Figure(
        id="theme_share_change_pp",
        unit=Unit.POINTS,
        name_uk="Зміна частки теми",
        name_en="Change of a theme's share",
        sentence_uk="На скільки відсоткових пунктів змінилася частка теми порівняно з іншим місяцем.",
        sentence_en="By how many percentage points a theme's share differs from another month's.",
        leaves_out_uk="Незавершений місяць і місяці до початку даних не порівнюються.",
        leaves_out_en="An unfinished month and months before the data begin are not compared.",
        formula_uk="частка тепер − частка тоді",
        formula_en="share now − share then",
        decimals=1,
        base_id="events_change_count",
        is_monthly=False,
    ),
    Figure(
        id="group_share_pct",
        unit=Unit.PERCENT,
        name_uk="Частка групи учасників",
        name_en="Share of a participant group",
        sentence_uk="Яка частка реєстрацій належить цій групі учасників.",
        sentence_en="What share of the registrations belongs to this participant group.",
        leaves_out_uk="Нічого: реєстрації без зазначеної групи показано окремим рядком.",
        leaves_out_en="Nothing: registrations that state no group are a row of their own.",
        formula_uk="реєстрації групи ÷ реєстрації всіх груп × 100",
        formula_en="registrations of the group ÷ registrations of all groups × 100",
        decimals=1,
        base_id="total_registrations_count",
        is_monthly=False,
    ),
    Figure(
        id="usual_level",
        unit=Unit.SAME,
        name_uk="Звичний рівень",
        name_en="Usual level",
        sentence_uk="Скільки для показника звично в місяці середньої довжини: згладжений рівень сусідніх місяців, "
        "якого окремі незвичні місяці не зрушують. Звичні межі враховують ще й пору року (від 24 завершених місяців) "
        "та довжину місяця.",
        sentence_en="What is usual for a figure in a month of average length: a smoothed level of the months around, "
        "which single unusual months do not move. The usual range also considers the season (from 24 finished months "
        "on) and the length of the month.",
        leaves_out_uk="Незавершений місяць, місяці без записів і приховані числа; рівня немає, поки завершених місяців "
        "менш як 12. Це не прогноз, і чому місяць незвичний, розрахунок не каже.",
        leaves_out_en="The unfinished month, months without records and hidden numbers; there is no level with fewer "
        "than 12 finished months. It is no forecast, and does not tell why a month is unusual.",
        formula_uk="стійка локальна регресія за 15 місяцями (для кількостей — їхніх квадратних коренів) без сезонного "
        "відхилення; межі — 2,5 стійкого стандартного відхилення в обидва боки",
        formula_en="robust local regression over 15 months (of square roots, where counts) without the season; the "
        "range is 2.5 robust standard deviations to both sides",
        formula_source="Cleveland, W. S. (1979). Robust Locally Weighted Regression and Smoothing Scatterplots. "
        "Journal of the American Statistical Association 74, 829–836.",
        decimals=1,
        is_monthly=False,
    ),
    Figure(
        id="workshop_participants_count",
        unit=Unit.PEOPLE,
        name_uk="Залучення: учасники майстерні",
        name_en="Involvement: participants of the workshop",
        sentence_uk="Ціль «залучення мешканців»: скільки різних людей узяли участь у майстерні та її сесіях.",
        sentence_en="Goal “involvement of residents”: how many different people took part in the workshop and its "
        "sessions.",
        leaves_out_uk="Гості без реєстрації; записи без контакту.",
        leaves_out_en="Guests who had not signed up; records without a contact.",
        formula_uk="кількість різних псевдонімів серед участей",
        formula_en="number of distinct pseudonyms among participations",
        is_people_count=True,
        more_is_better=True,
        base_id="participations_count",
        is_monthly=False,
    ),
    Figure(
        id="workshop_newcomers_count",
        unit=Unit.PEOPLE,
        name_uk="Обізнаність: уперше на подіях міста",
        name_en="Awareness: first time at an event of the city",
        sentence_uk="Ціль «інформування мешканців»: скільки учасників майстерні в попередні місяці не були на жодній "
        "події міста, тобто почули про ініціативи завдяки їй.",
        sentence_en="Goal “awareness”: how many participants of the workshop had not been at any event of the city in "
        "earlier months, and so were reached by it.",
        leaves_out_uk="Що саме люди дізналися, списки не кажуть. Участь до початку списків невідома.",
        leaves_out_en="Lists do not tell what people learned. Participation before the lists begin is unknown.",
        formula_uk="кількість учасників, чия перша участь у місті припала на місяць майстерні",
        formula_en="number of participants whose first participation in the city lies in the workshop's month",
        is_people_count=True,
        more_is_better=True,
        base_id="participants_count",
        is_monthly=False,
    ),
    Figure(
        id="workshop_districts_count",
        unit=Unit.DISTRICTS,
        name_uk="Розвиток районів: райони в пропозиціях",
        name_en="Districts' development: districts in the proposals",
        sentence_uk="Ціль «сталий розвиток районів»: скількох районів стосуються пропозиції, подані на майстерні.",
        sentence_en="Goal “development of the districts”: how many districts the workshop's proposals are about.",
        leaves_out_uk="Пропозиції без зазначеного району; чи втілено їх, показує стадія.",
        leaves_out_en="Proposals that name no district; whether they came true is told by their stage.",
        formula_uk="кількість різних районів у пропозиціях",
        formula_en="number of distinct districts in the proposals",
        more_is_better=True,
        base_id="workshop_located_proposals_count",
        is_monthly=False,
    ),
    Figure(
        id="workshop_ngo_participants_count",
        unit=Unit.PEOPLE,
        name_uk="Підтримка ГО: учасники від організацій",
        name_en="Support of NGOs: participants from NGOs",
        sentence_uk="Ціль «підтримка громадських організацій»: скільки учасників майстерні назвали себе "
        "представниками громадських організацій.",
        sentence_en="Goal “support of NGOs”: how many participants of the workshop said that they came from an NGO.",
        leaves_out_uk="Учасники, що не назвали групи; отримані гранти й послуги.",
        leaves_out_en="Participants who named no group; grants and services received.",
        formula_uk="кількість різних учасників групи «громадські організації»",
        formula_en="number of distinct participants of the group NGO",
        is_people_count=True,
        more_is_better=True,
        base_id="participants_count",
        is_monthly=False,
    ),
    Figure(
        id="workshop_organisations_count",
        unit=Unit.ORGANISATIONS,
        name_uk="Співпраця: організації",
        name_en="Cooperation: organisations",
        sentence_uk="Ціль «комунікація та співпраця»: скільки організацій були організаторами, партнерами чи "
        "надавали підтримку майстерні та її сесіям.",
        sentence_en="Goal “communication and cooperation”: how many organisations organised, partnered or funded the "
        "workshop and its sessions.",
        leaves_out_uk="Організації, яких не назвав перелік подій.",
        leaves_out_en="Organisations that the list of events does not name.",
        formula_uk="кількість різних назв організацій",
        formula_en="number of distinct names of organisations",
        more_is_better=True,
        is_monthly=False,
    ),
    Figure(
        id="workshop_outside_participants_count",
        unit=Unit.PEOPLE,
        name_uk="Обмін між містами: учасники з інших міст",
        name_en="Exchange between cities: participants from elsewhere",
        sentence_uk="Ціль «обмін досвідом між містами»: скільки учасників майстерні мешкають поза містом.",
        sentence_en="Goal “exchange between cities”: how many participants of the workshop live outside the city.",
        leaves_out_uk="Учасники, що не назвали, де мешкають.",
        leaves_out_en="Participants who did not say where they live.",
        formula_uk="кількість різних учасників із позначкою «поза містом»",
        formula_en="number of distinct participants marked as outside the city",
        is_people_count=True,
        more_is_better=True,
        base_id="participants_count",
        is_monthly=False,
    ),
)

FIGURES: Final[Mapping[str, Figure]] = {figure.id: figure for figure in _ALL}
"""Every figure by id, in the order in which they are listed."""

MONTHLY: Final = tuple(figure for figure in _ALL if figure.is_monthly)
"""The figures that a month's overview has, in order."""


def _people(figure_id: str, unit: Unit, uk: str, en: str) -> Supporting:
    return Supporting(figure_id, unit, Bilingual(uk, en), is_people_count=True)


def _count(figure_id: str, unit: Unit, uk: str, en: str) -> Supporting:
    return Supporting(figure_id, unit, Bilingual(uk, en))


def _share(figure_id: str, uk: str, en: str) -> Supporting:
    return Supporting(figure_id, Unit.PERCENT, Bilingual(uk, en), decimals=1)


_SUPPORTING: Final = (
    _count(
        "recorded_events_count", Unit.EVENTS, "Події, де відмічали, хто прийшов", "Events where attendance was noted"
    ),
    _count(
        "seat_events_count", Unit.EVENTS, "Події з відомими місцями й відвідуванням", "Events with seats and attendance"
    ),
    _count(
        "seats_count", Unit.SEATS, "Місця на подіях із відомим відвідуванням", "Seats at events with known attendance"
    ),
    _count("offered_seats_count", Unit.SEATS, "Запропоновані місця", "Seats offered"),
    _count("capacity_count", Unit.SEATS, "Місткість простору", "Capacity of the space"),
    _people("no_shows_count", Unit.PEOPLE, "Зареєструвалися і не прийшли", "Signed up and did not come"),
    _people("attendance_base_count", Unit.REGISTRATIONS, "Прийшли або не прийшли", "Came or did not come"),
    _people(
        "participations_count",
        Unit.REGISTRATIONS,
        "Участі: прийшли або зареєструвалися там, де не відмічали",
        "Participations: came, or signed up where attendance was not noted",
    ),
    _people(
        "identified_participations_count", Unit.REGISTRATIONS, "Участі з контактом", "Participations with a contact"
    ),
    _people(
        "seat_attendances_count",
        Unit.ATTENDANCES,
        "Відвідування подій із відомими місцями",
        "Attendances at events with known seats",
    ),
    _people(
        "lead_registrations_count", Unit.REGISTRATIONS, "Реєстрації з відомим часом", "Registrations with a known time"
    ),
    _people("total_registrations_count", Unit.REGISTRATIONS, "Усі реєстрації вибірки", "All registrations selected"),
    _people(
        "stated_registrations_count",
        Unit.REGISTRATIONS,
        "Реєстрації, названі публічним переліком",
        "Registrations as a public list states them",
    ),
    _people("all_participants_count", Unit.PEOPLE, "Учасники разом із сесіями", "Participants, sessions included"),
    _people(
        "all_registrations_count", Unit.REGISTRATIONS, "Реєстрації разом із сесіями", "Registrations, sessions included"
    ),
    _share(
        "attendance_coverage_pct",
        "Частка подій, де відмічали, хто прийшов",
        "Share of events where attendance was noted",
    ),
    _share("contact_coverage_pct", "Частка участей із контактом", "Share of participations with a contact"),
    _share(
        "seat_coverage_pct",
        "Частка подій із відомими місцями й відвідуванням",
        "Share of events with known seats and attendance",
    ),
    _share("lead_coverage_pct", "Частка реєстрацій із відомим часом", "Share of registrations with a known time"),
    _share("returns_coverage_pct", "Частка звітів, що надійшли", "Share of expected returns that came"),
    _share("theme_coverage_pct", "Частка подій із темою", "Share of events with a theme"),
    _share("district_coverage_pct", "Частка подій із відомим районом", "Share of events with a known district"),
    _share("events_share_pct", "Частка подій", "Share of events"),
    _share("registrations_share_pct", "Частка реєстрацій", "Share of registrations"),
    _share("theme_registrations_share_pct", "Частка реєстрацій за темою", "Share of registrations by theme"),
    _share("new_participants_share_pct", "Частка нових серед учасників", "Share of new among participants"),
    _share("part_share_pct", "Частка серед показаних частин", "Share among the parts shown"),
    _people("cohort_people_count", Unit.PEOPLE, "Прийшли вперше", "Came for the first time"),
    _people("came_again_count", Unit.PEOPLE, "Прийшли знову в цьому місяці", "Came again in that month"),
    _people("came_by_then_count", Unit.PEOPLE, "Прийшли знову до цього місяця", "Came again by that month"),
    _share("came_again_share_pct", "Частка тих, хто прийшов знову", "Share who came again"),
    _share("came_by_then_share_pct", "Частка тих, хто вже повернувся", "Share who came again by then"),
    _people("next_visits_count", Unit.REGISTRATIONS, "Наступні візити", "Next visits"),
    _people("all_next_visits_count", Unit.REGISTRATIONS, "Усі наступні візити", "All next visits"),
    _share("next_visits_share_pct", "Частка наступних візитів", "Share of next visits"),
    _people("path_people_count", Unit.PEOPLE, "Люди, чий наступний візит був там", "People whose next visit was there"),
    _people("path_base_count", Unit.PEOPLE, "Люди, які там були", "People who were there"),
    _share("path_share_pct", "Частка тих, хто там був", "Share of those who were there"),
    _share("gap_pct", "Частка, де цього бракує", "Share where this is missing"),
    _count("usual_season", Unit.SAME, "Сезонне відхилення", "Season"),
    _count("usual_low", Unit.SAME, "Звична нижня межа", "Usual at least"),
    _count("usual_high", Unit.SAME, "Звична верхня межа", "Usual at most"),
    _count("population_count", Unit.RESIDENTS, "Населення", "Population"),
    _count("located_spaces_count", Unit.SPACES, "Простори з точкою на карті", "Spaces with a point on the map"),
    _count("unlocated_spaces_count", Unit.SPACES, "Простори без точки", "Spaces without a point"),
    Supporting("within_1km_km2", Unit.KM2, Bilingual("Площа не далі 1 км, км²", "Area within 1 km, km²"), decimals=1),
    Supporting("within_2km_km2", Unit.KM2, Bilingual("Площа не далі 2 км, км²", "Area within 2 km, km²"), decimals=1),
    _count("distance_m", Unit.METRES, "Відстань, м", "Distance, m"),
    _people(
        "home_registrations_count",
        Unit.REGISTRATIONS,
        "Реєстрації мешканців району",
        "Registrations by residents of the district",
    ),
    _people("home_participants_count", Unit.PEOPLE, "Учасники, що тут мешкають", "Participants who live here"),
    _people(
        "all_home_registrations_count",
        Unit.REGISTRATIONS,
        "Реєстрації із зазначеним районом проживання",
        "Registrations that state the home district",
    ),
    _share("home_coverage_pct", "Частка реєстрацій із районом проживання", "Share of registrations with a home"),
    _share("home_share_pct", "Частка серед тих, хто назвав район", "Share among those who named a district"),
    _share("population_share_pct", "Частка в населенні", "Share of the population"),
    Supporting(
        "expected_events",
        Unit.EVENTS,
        Bilingual("Подій за часткою теми в місті", "Events at the theme's share in the city"),
        decimals=1,
    ),
    _count("total_events_count", Unit.EVENTS, "Усі події вибірки", "All events selected"),
    _count("themed_events_count", Unit.EVENTS, "Події з темами", "Events with themes"),
    _count("located_events_count", Unit.EVENTS, "Події з відомим районом", "Events with a known district"),
    _count("events_change_count", Unit.EVENTS, "Зміна кількості подій", "Change in events"),
    _count("planned_events_count", Unit.EVENTS, "Заплановані події", "Planned events"),
    _count("spaces_count", Unit.SPACES, "Простори", "Spaces"),
    _count("public_events_count", Unit.EVENTS, "Події з публічних джерел", "Events that public sources name"),
    _count("open_spaces_count", Unit.SPACES, "Відкриті простори", "Open spaces"),
    _count("reporting_spaces_count", Unit.SPACES, "Простори, що надіслали звіт", "Spaces that sent a return"),
    _count("expected_returns_count", Unit.RETURNS, "Очікувані звіти", "Returns expected"),
    _count("received_returns_count", Unit.RETURNS, "Звіти, що надійшли", "Returns received"),
    _count("missing_returns_count", Unit.RETURNS, "Звіти, що не надійшли", "Returns that did not come"),
    _count("districts_count", Unit.DISTRICTS, "Райони", "Districts"),
    _count("empty_districts_count", Unit.DISTRICTS, "Райони без подій", "Districts without events"),
    _count("newcomers_count", Unit.SPACES, "Простори, що прийшли вперше", "Spaces there for the first time"),
    _count("spaces_so_far_count", Unit.SPACES, "Різні простори від початку", "Different spaces so far"),
    _count("possible_links_count", Unit.PAIRS, "Можливі пари просторів", "Possible pairs of spaces"),
    _share("space_links_share_pct", "Частка пар, що зустрілися", "Share of pairs that met"),
    _count("recent_meetups_count", Unit.MEETUPS, "Зустрічі за останні 12 повних місяців", "Meet-ups in 12 full months"),
    Supporting("modularity", Unit.INDEX, Bilingual("Модулярність груп", "Modularity of the groups"), decimals=2),
    _people(
        "shared_participants_count",
        Unit.PEOPLE,
        "Спільні учасники двох просторів",
        "Participants that two spaces share",
    ),
    _count("active_months_count", Unit.MONTHS, "Місяці з подіями", "Months with events"),
    _count("unknown_spaces_count", Unit.SPACES, "Простори, про які це невідомо", "Spaces of which this is unknown"),
    _count("requests_count", Unit.SPACES, "Потребують менторства", "Asking for a mentor"),
    _count("offers_count", Unit.SPACES, "Пропонують менторство", "Offering a mentor"),
    _count("meetings_count", Unit.MEETUPS, "Спільні зустрічі", "Meetings together"),
    _count("programme_sessions_count", Unit.SESSIONS, "Сесії в програмі", "Sessions in the programme"),
    _count("days_count", Unit.DAYS, "Тривалість", "Duration"),
    _count(
        "workshop_located_proposals_count", Unit.PROPOSALS, "Пропозиції з районом", "Proposals that name a district"
    ),
    _people("rows_read_count", Unit.ROWS, "Прочитано рядків", "Rows read"),
    _people("rows_loaded_count", Unit.ROWS, "Завантажено рядків", "Rows loaded"),
    _people("rows_duplicate_count", Unit.ROWS, "Повторів", "Duplicates"),
    _people("rows_rejected_count", Unit.ROWS, "Відхилено рядків", "Rows rejected"),
    _people("rows_count", Unit.ROWS, "Рядків", "Rows"),
    _count("files_count", Unit.FILES, "Файлів", "Files"),
    _people("missing_count", Unit.ROWS, "Скільки бракує", "How many lack it"),
    _people("all_count", Unit.ROWS, "Усього", "In all"),
)

SUPPORTING: Final[Mapping[str, Supporting]] = {entry.id: entry for entry in _SUPPORTING}
"""Every count and share that figures rest on, by id."""
