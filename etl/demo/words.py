"""Words of the invented city: names of spaces, topics of events, and how hubs write the terms of the contract.

The names are fanciful on purpose (objects, plants, small wonders), so that none passes for a real hub or body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

SPACE_NAMES: Final = (
    "Калинова Парасоля", "Синя Лійка", "Верстат і Голка", "Паперовий Змій", "Третій Дзвоник", "Тиха Праска",
    "Сонячний Ґудзик", "Кавун на Даху", "Мідна Ложка", "Сьома Сходинка", "Зелений Олівець", "Кит у Дворі",
    "Літаюча Шухляда", "М’ятний Ліхтар", "Солом’яний Місяць", "Жовта Драбина", "Два Чайники", "Абрикосова Тінь",
    "Дерев’яний Компас", "Цеглина й Перо", "Слон у Світшоті", "Полиця Вітру", "Незграбний Журавель", "Теплий Чип",
    "Ватяна Хмара", "Нитка й Болт", "Скляний Їжак", "Каштанова Рада", "Остання Парта", "Пухнаста Дошка",
    "Карамельний Телескоп", "Білий Шум і Чай", "Гарбузова Пошта", "Ясенова Відповідь", "Кіт Інженера",
    "Вишневий Дріт", "Дев’ятий Поверх Неба", "Мансарда Равликів", "Кругла Валіза", "Бузкова Формула",
    "Порцеляновий Трамвай", "Липова Абетка", "Гойдалка Думок", "Майже Маяк", "Ранкова Шестерня", "Льняний Корабель",
    "Рукавичка Велета", "Перламутровий Гвинт", "Горобиновий Клуб", "Чорнильна Груша", "Стілець із Крилами",
    "Місячна Тачка", "Лимонна Віконниця", "Сірникова Вежа", "Пір’їна й Камінь", "Оксамитовий Цвях",
    "Барвінковий Двигун", "Смугаста Парасоля", "Кульбабовий Поштамт", "Добрий Протяг", "Глиняна Хмаринка",
    "Сріблястий Вареник", "Ожинова Сцена", "Тінь Велосипеда", "Картатий Глобус", "Медова Антена", "Кришталевий Бублик",
    "Зоряна Комора", "Дубовий Експеримент", "Янтарна Кишеня", "Заячий Архів", "Повітряна Шафа",
)  # fmt: skip
"""Names of spaces; at least as many as the largest city has."""

NETWORK_NAMES: Final = (
    "Муніципальна мережа «Орієнтир» (демонстраційна)",
    "Мережа бібліотек-хабів «Закладка» (демонстраційна)",
    "Молодіжна мережа «Стрибок» (демонстраційна)",
    "Мережа коворкінгів «Спільний Стіл» (демонстраційна)",
    "Мистецька мережа «Пензель» (демонстраційна)",
)
NETWORK_KINDS: Final = ("hub", "library", "youth_centre", "coworking", "culture_centre")
"""Kind of the spaces of each network, in the order of `NETWORK_NAMES`; the first network is the city's own."""

MUNICIPAL_HUB: Final = "Хаб «Орієнтир»"
STREET: Final = "вул. Демонстраційна"

KIND_NAMES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "hub": ("Простір", "Space"),
        "coworking": ("Коворкінг", "Coworking"),
        "library": ("Бібліотека-хаб", "Library Hub"),
        "youth_centre": ("Молодіжний центр", "Youth Centre"),
        "business_hub": ("Бізнес-хаб", "Business Hub"),
        "culture_centre": ("Культурний центр", "Culture Centre"),
        "other": ("Майстерня", "Workshop"),
    }
)
KIND_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hub": "хаб",
        "coworking": "коворкінг",
        "library": "бібліотека",
        "youth_centre": "молодіжний центр",
        "business_hub": "бізнес-хаб",
        "culture_centre": "культурний центр",
        "other": "інше",
    }
)
FORMAT_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lecture": "лекція",
        "training": "тренінг",
        "discussion": "дискусія",
        "exhibition": "виставка",
        "screening": "кінопоказ",
        "volunteering": "волонтерство",
        "consultation": "консультація",
        "experience_exchange": "обмін досвідом",
        "partnership": "партнерство",
        "mentoring": "менторство",
        "expert_support": "експертна підтримка",
        "city_workshop": "майстерня міста",
        "other": "інше",
    }
)
FORMAT_TITLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "lecture": ("Лекція: {topic}", "Відкрита лекція «{topic}»"),
        "training": ("Тренінг «{topic}»", "Практикум: {topic}"),
        "discussion": ("Дискусія «{topic}»", "Круглий стіл: {topic}"),
        "exhibition": ("Виставка «{topic}»",),
        "screening": ("Кінопоказ і розмова: {topic}",),
        "volunteering": (
            "Толока в сусідньому дворі",
            "Волонтерський день «Плетемо сітки»",
            "Волонтерський день «Тепла кава»",
            "Лагодимо лавки разом",
            "Сортуємо книжки для шкіл",
        ),
        "consultation": ("Консультація: {topic}",),
        "experience_exchange": ("Обмін досвідом: {topic}",),
        "partnership": ("Партнерська зустріч «{topic}»",),
        "mentoring": ("Година з ментором: {topic}",),
        "expert_support": ("Експертна підтримка: {topic}",),
        "other": ("Вечір настільних ігор", "День відкритих дверей", "Вільний мікрофон"),
    }
)
FORMAT_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "lecture": 20,
        "training": 22,
        "discussion": 16,
        "exhibition": 6,
        "screening": 7,
        "volunteering": 9,
        "consultation": 6,
        "experience_exchange": 4,
        "partnership": 3,
        "mentoring": 3,
        "expert_support": 2,
        "other": 2,
    }
)
MEETUP_FORMATS: Final = ("experience_exchange", "partnership", "mentoring", "expert_support")

GROUP_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ngo": ("громадська організація", "ГО", "Громадська організація"),
        "artist": ("митець / мисткиня", "митці"),
        "artisan": ("ремісник / ремісниця", "ремісники"),
        "student": ("студент / студентка", "студенти", "студентка"),
        "volunteer": ("волонтер / волонтерка", "волонтери", "волонтер"),
        "resident": ("мешканець / мешканка", "мешканці", "мешканка міста"),
        "business": ("бізнес", "підприємець"),
        "municipal": ("міська влада", "комунальне підприємство"),
        "other": ("інше", "переселенка", "пенсіонер"),
    }
)
GROUP_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "ngo": 12,
        "artist": 5,
        "artisan": 2.5,
        "student": 20,
        "volunteer": 12,
        "resident": 37,
        "business": 6,
        "municipal": 3.5,
        "other": 2,
    }
)
STATUS_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"held": "проведено", "planned": "заплановано", "cancelled": "скасовано"}
)
ROLE_WORDS: Final[Mapping[str, str]] = MappingProxyType({"host": "господар", "participant": "учасник"})
MENTORING_WORDS: Final[Mapping[str, str]] = MappingProxyType({"requests": "потребує", "offers": "пропонує"})
STAGE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "idea": "ідея",
        "draft": "чернетка",
        "in_progress": "у роботі",
        "implemented": "реалізовано",
        "declined": "відхилено",
    }
)
STAGE_WEIGHTS: Final = (45.0, 25.0, 18.0, 7.0, 5.0)

VENUES: Final = (
    "Парк «Демонстраційний»",
    "Площа Вигадана",
    "Двір школи № 0 (демонстраційний)",
    "Альтанка «Приклад»",
    "Набережна Уявна",
)
ONLINE_VENUE: Final = "Онлайн"
ORGANISATIONS: Final = (
    "ГО «Вигадані сусіди»",
    "ГО «Приклад разом»",
    "БФ «Уявна підкова»",
    "ГС «Демонстраційний квартал»",
    "Спілка неіснуючих ремесел",
    "Студрада Вигаданого університету",
    "Ініціатива «Зразковий двір»",
    "ГО «Тестова веломапа»",
)
FUNDERS: Final = ("Фонд «Вигаданий міст»", "Програма «Умовна громада»", "Агенція уявного розвитку")
SERIES: Final = ("Кіноклуб", "Розмовний клуб", "Читацьке коло", "Лабораторія сусідства", "Студія навичок")

MEETUP_SERIES: Final = "Зустрічі хабів (демонстраційна серія)"
WORKSHOP_TITLE: Final = "Майстерня міста (демонстраційна)"
WORKSHOP_PLACES: Final = (
    "Площа Вигадана, головне шатро",
    "Площа Вигадана, мала сцена",
    "Двір школи № 0 (демонстраційний)",
    "Набережна Уявна",
)
SESSIONS: Final[tuple[tuple[str, str], ...]] = (
    ("Відкриття дня", "other"),
    ("Лекція: {theme}", "lecture"),
    ("Дискусія: {theme}", "discussion"),
    ("Практикум: {theme}", "training"),
    ("Прогулянка містом: {theme}", "other"),
    ("Обмін досвідом між містами: {theme}", "experience_exchange"),
    ("Робота над проєктами: {theme}", "consultation"),
    ("Вечірній кінопоказ: {theme}", "screening"),
)
"""A day's programme of the City Workshop, morning to evening: title and format of each session."""

PROPOSAL_TITLES: Final = (
    "Двір, у якому знаються",
    "Лавка для довгих розмов",
    "Карта тихих маршрутів",
    "Сад на даху зупинки",
    "Майстерня лагодження",
    "Вуличний книгообмін",
    "Світло для переходу",
    "Тінь біля школи",
    "Дощова грядка",
    "Кінотеатр у проїзді",
    "Сусідська ремонтна",
    "Велосипедний автобус",
    "Теплий під’їзд",
    "Стіна спогадів району",
    "Компост за будинком",
)


@dataclass(frozen=True)
class ThemeWords:
    """How a theme lives in the invented city.

    ``seasons`` are twelve weights by month, from January; ``growth`` is the weight at the end of the period
    when it is 1 at its start. ``aliases`` are other words that people write for it.
    """

    stem: str
    aliases: tuple[str, ...]
    seasons: tuple[float, ...]
    growth: float
    topics: tuple[str, ...]


_EVEN: Final = (1.0,) * 12
_WINTER: Final = (2.4, 2.2, 1.5, 0.9, 0.6, 0.5, 0.5, 0.6, 1.0, 1.7, 2.3, 2.6)
_SUMMER: Final = (0.4, 0.5, 0.9, 1.4, 1.7, 1.8, 1.6, 1.6, 1.5, 1.0, 0.6, 0.4)
_SPRING: Final = (0.7, 0.8, 1.5, 1.9, 1.6, 1.1, 0.9, 0.9, 1.1, 1.2, 0.9, 0.7)

THEME_WORDS: Final = (
    ThemeWords(
        "енерго", ("енергоефективність", "енергозбереження"), _WINTER, 1.5,
        ("утеплення під’їзду", "зарядна станція для двору", "рахунки за тепло", "сонячні панелі", "хаб без світла"),
    ),
    ThemeWords(
        "вело", ("вело", "велосипед"), _SUMMER, 1.3,
        ("велосмуга на нашій вулиці", "перший ремонт велосипеда", "велопарковка біля школи", "мапа веломаршрутів"),
    ),
    ThemeWords(
        "еколог", ("довкілля", "еко"), _SPRING, 1.1,
        ("сортування без міфів", "дерева району", "друге життя речей", "чиста річка", "компост удома"),
    ),
    ThemeWords(
        "культур", ("культура",), _EVEN, 0.9,
        ("пам’ять вулиць", "театр у дворі", "міські легенди", "звуки кварталу", "мистецтво на стінах"),
    ),
    ThemeWords(
        "партнер", ("партнерство",), _EVEN, 1.3,
        ("спільний календар", "хаб шукає сусіда", "одна зала на двох", "що ми робимо разом"),
    ),
    ThemeWords(
        "громадян", ("громадська участь",), _EVEN, 1.1,
        ("петиція, яку прочитають", "громадський бюджет", "як читати рішення ради", "статут за вечір"),
    ),
    ThemeWords(
        "психолог", ("психологічна допомога",), _WINTER, 1.3,
        ("сон і тривога", "коло підтримки", "розмова з підлітком", "як не вигоріти"),
    ),
    ThemeWords(
        "прост", ("публічний простір", "громадські простори"), _EVEN, 1.2,
        ("двір для всіх", "лавка, тінь і вода", "безбар’єрний маршрут", "нічна площа", "громада і парк"),
    ),
    ThemeWords(
        "освіт", ("навчання", "освіта"), _EVEN, 1.2,
        ("англійська для розмов", "перше резюме", "медіаграмотність", "як читати бюджет міста"),
    ),
    ThemeWords(
        "підприєм", ("підприємництво", "бізнес"), _EVEN, 1.4,
        ("перший бізнес-план", "податки для початківців", "крамничка в мережі", "грант на майстерню"),
    ),
    ThemeWords(
        "волонт", ("волонтерство",), _WINTER, 0.8,
        ("сітки й свічки", "підтримка сусідів", "швидка збірка речей", "нова команда"),
    ),
    ThemeWords(
        "ветеран", ("ветерани",), _EVEN, 1.8,
        ("простір для родин", "повернення до справи", "рівний рівному", "громада поруч"),
    ),
    ThemeWords(
        "здоров", ("здоров’я",), _EVEN, 1.1,
        ("домедична допомога", "ранкова руханка", "спина за столом", "рух для старших"),
    ),
    ThemeWords(
        "цифр", ("цифрові навички",), _EVEN, 1.3,
        ("безпека в мережі", "дані міста", "перша таблиця", "штучний інтелект без страху"),
    ),
)  # fmt: skip
"""Known themes by a stem of their Ukrainian name; the first that fits is taken."""

OTHER_THEME: Final = ThemeWords(
    "", (), _EVEN, 1.0, ("знайомство з сусідами", "ідея за годину", "наш район завтра", "як почати ініціативу")
)


def theme_words(name_uk: str) -> ThemeWords:
    """The words for a theme of any city, found by its Ukrainian name."""
    name = name_uk.lower()
    return next((words for words in THEME_WORDS if words.stem in name), OTHER_THEME)
