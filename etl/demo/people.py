"""Invented people: names, contacts, homes, interests, and how often they come."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from etl.demo.chance import Floats, objects, pick, stream, where
from etl.demo.city import DemoCity
from etl.demo.words import GROUP_WEIGHTS

WOMEN: Final = (
    "Олена", "Марія", "Наталія", "Ірина", "Катерина", "Оксана", "Юлія", "Тетяна", "Дар’я", "Соломія", "Анастасія",
    "Вікторія", "Людмила", "Галина", "Надія", "Софія", "Злата", "Орися", "Ярина", "Мар’яна", "Лук’яна", "Світлана",
    "Зоряна", "Уляна", "Ганна", "Вероніка", "Богдана", "Стефанія", "Таїсія", "Їванка", "Роксолана", "Єва",
)  # fmt: skip
MEN: Final = (
    "Олександр", "Андрій", "Сергій", "Дмитро", "Максим", "Іван", "Богдан", "Тарас", "Юрій", "Микола", "Василь",
    "Ярослав", "Назар", "Остап", "Роман", "В’ячеслав", "Лук’ян", "Дем’ян", "Артем", "Євген", "Петро", "Павло",
    "Орест", "Данило", "Кирило", "Любомир", "Святослав", "Ігор", "Мар’ян", "Захар", "Гліб", "Леонід",
)  # fmt: skip
_FATHERS: Final = (
    ("Іванівна", "Іванович"), ("Петрівна", "Петрович"), ("Олександрівна", "Олександрович"),
    ("Миколаївна", "Миколайович"), ("Юріївна", "Юрійович"), ("Лук’янівна", "Лук’янович"),
    ("Богданівна", "Богданович"), ("В’ячеславівна", "В’ячеславович"),
)  # fmt: skip
_STEMS: Final = (
    "Барвін", "Соняшн", "Каштан", "Ґудз", "Парасоль", "Кульбаб", "Вареник", "Ліхтар", "Журавлин", "Рум’янок",
    "П’ятнич", "Веселк", "Димар", "Сходин", "Віконн", "М’ятн", "Їжач", "Комин", "Олівц", "Бубл", "Полуниц",
    "Хмарин", "Горобин", "Щедр", "Дзвін", "Папер", "Ялин", "Смерек", "В’юнк", "Зорян", "Груш", "Терен", "Мар’янк",
    "Лелеч", "Гарбуз", "Пір’ян",
)  # fmt: skip
_ENDINGS: Final = (
    ("енко", "енко"), ("ук", "ук"), ("юченко", "юченко"), ("ак", "ак"), ("івський", "івська"), ("овий", "ова"),
    ("ець", "ець"), ("ишин", "ишина"),
)  # fmt: skip
"""Masculine and feminine; stems and endings together make surnames that hardly any living person bears."""

_MAIL_HOSTS: Final = ("example.org", "example.com", "example.net")
"""Reserved for examples by RFC 2606: no letter sent there reaches anybody."""

PHONE_PREFIX: Final = "+38092"
"""A code of the mobile plan, so that numbers are read as valid ones. It belonged to PEOPLEnet, a network that was being
wound down from 2015 on; what follows is a running number from zero, which nobody takes for a person's."""

_LETTERS: Final = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "’": "",
}  # fmt: skip


def transliterate(text: str) -> str:
    """Ukrainian in Latin letters, close to the resolution of the Cabinet of Ministers No. 55 of 2010."""
    return "".join(_LETTERS.get(letter, letter) for letter in text.lower())


def invent_people(city: DemoCity, seed: int, days: int) -> pd.DataFrame:
    """Everybody who may sign up for something in the city.

    Args:
        city: the city; its scale says how many people there are.
        seed: seed of the demonstration.
        days: length of the period; a person is reached by the network on one of its days.

    Returns:
        One row a person, by ``person_no`` (the index, from 0): ``first_name``, ``surname``, ``patronymic``
        (missing for most), ``email``, ``phone`` (E.164; missing for some), ``home_district`` (position in
        ``city.districts``, -1 outside the city), ``home_town`` (missing inside the city), ``theme`` (position of the
        favourite in ``city.themes``), ``participant_group``, ``joined_day`` (day of the period from 0),
        ``weight`` (how often the person comes, heavy-tailed), ``reliability`` (chance to turn up).
    """
    rng = stream(seed, city.city_id, "people")
    count = max(200, round(city.scale.registrations * 0.5 * (0.2 + 0.8 * days / 913)))
    is_woman = rng.random(count) < 0.62
    first = np.where(is_woman, pick(rng, WOMEN, count), pick(rng, MEN, count))
    stem, ending = pick(rng, _STEMS, count), rng.integers(len(_ENDINGS), size=count)
    endings = objects(_ENDINGS)[ending]
    surname = [s + (e[1] if w else e[0]) for s, e, w in zip(stem, endings, is_woman, strict=True)]
    fathers = objects(_FATHERS)[rng.integers(len(_FATHERS), size=count)]
    patronymic = [f[0] if w else f[1] for f, w in zip(fathers, is_woman, strict=True)]
    has_patronymic = rng.random(count) < 0.15

    latin_first = {name: transliterate(name) for name in (*WOMEN, *MEN)}
    latin_surname = {name: transliterate(name) for name in set(surname)}
    hosts = pick(rng, _MAIL_HOSTS, count, (6, 3, 1))
    email = [
        f"{latin_first[f]}.{latin_surname[s]}{city.block}{number:05d}@{host}"
        for number, (f, s, host) in enumerate(zip(first, surname, hosts, strict=True))
    ]
    has_phone = rng.random(count) < 0.8
    phone = [f"{PHONE_PREFIX}{city.block}{number:06d}" for number in range(count)]

    is_outside = rng.random(count) < 0.07
    home_weights = rng.uniform(0.6, 1.4, size=len(city.districts))
    home = rng.choice(len(city.districts), size=count, p=home_weights / home_weights.sum())
    theme_weights = rng.uniform(0.6, 1.4, size=len(city.themes))
    return pd.DataFrame(
        {
            "first_name": first,
            "surname": objects(surname),
            "patronymic": where(has_patronymic, objects(patronymic)),
            "email": objects(email),
            "phone": where(has_phone, objects(phone)),
            "home_district": np.where(is_outside, -1, home),
            "home_town": where(is_outside, pick(rng, city.towns, count)),
            "theme": rng.choice(len(city.themes), size=count, p=theme_weights / theme_weights.sum()),
            "participant_group": pick(rng, tuple(GROUP_WEIGHTS), count, tuple(GROUP_WEIGHTS.values())),
            "joined_day": _joined(rng.random(count), days),
            "weight": 0.3 + np.minimum(rng.pareto(1.6, size=count), 40),
            "reliability": rng.beta(6, 2.6, size=count),
        }
    ).rename_axis("person_no")


def _joined(chance: Floats, days: int) -> Floats:
    """Day on which a person is first reached: a third know the network from the start, the others come evenly."""
    return np.floor(np.clip((chance - 0.3) / 0.7, 0, None) * days)
