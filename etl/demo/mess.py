"""The mess of real lists: the many spellings of one thing, as seen in public sources. Everything stays recognisable.

Each function takes the plan's values and gives the cells' texts; a missing value stays an empty cell (None).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from etl.demo.chance import Objects, objects, pick, shares, where
from etl.demo.city import DemoCity, DemoDistrict
from etl.demo.words import GROUP_WORDS, theme_words

NBSP: Final = "\u00a0"
_APOSTROPHES: Final = ("’", "'", "ʼ", "`")
_APOSTROPHE_WEIGHTS: Final = (50, 36, 10, 4)

_RUSSIAN: Final[Mapping[str, str]] = {
    "Голосіївський": "Голосеевский",
    "Дарницький": "Дарницкий",
    "Деснянський": "Деснянский",
    "Дніпровський": "Днепровский",
    "Оболонський": "Оболонский",
    "Печерський": "Печерский",
    "Подільський": "Подольский",
    "Святошинський": "Святошинский",
    "Солом’янський": "Соломенский",
    "Шевченківський": "Шевченковский",
    "Галицький": "Галицкий",
    "Залізничний": "Железнодорожный",
    "Личаківський": "Лычаковский",
    "Сихівський": "Сыховский",
    "Франківський": "Франковский",
    "Богунський": "Богунский",
    "Корольовський": "Королёвский",
}
_UNKNOWN_HOMES: Final = ("центр", "лівий берег", "біля парку", "не з вашого району")
_UNKNOWN_HOMES_SHARE: Final = 0.006
_UNKNOWN_THEMES: Final = ("різне", "космос", "нетворкінг і кава")

_MONTHS: Final = (
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
    "грудня",
)  # fmt: skip
_MONTH_NAMES: Final = (
    "січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень",
    "листопад", "грудень",
)  # fmt: skip

UNREADABLE_DATES: Final = ("уточнюється", "31.02.2026", "незабаром")
UNREADABLE_NUMBER: Final = "понад 300"


def district_spellings(district: DemoDistrict, city_name: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The ways a district is written, with weights: mostly right, sometimes with what public lists show."""
    name = district.name_uk.replace("'", "’")
    spellings = [
        (name, 46.0),
        (f"{name} район", 18),
        (f"{name} р-н", 8),
        (f"м. {city_name}, {name} р-н", 3),
        (f"{name}{NBSP}район", 2),
        (f" {name.lower()} ", 4),
        (f"{name.upper()} Р-Н", 2),
        (name.replace("і", "i"), 4),  # the second is Latin
        (_RUSSIAN.get(name, name), 3),
        (district.name_en, 2),
        (f"{district.name_en} district", 1),
    ]
    if "’" in name:
        spellings += [(name.replace("’", mark), 5) for mark in ("'", "ʼ", "`", "")]
        spellings.append((name.replace("’", "?"), 1))  # lost in a recoding
    return tuple(text for text, _ in spellings), tuple(weight for _, weight in spellings)


def districts(rng: np.random.Generator, city: DemoCity, positions: Sequence[int] | np.ndarray) -> Objects:
    """Districts by position in ``city.districts``; None for -1."""
    at = np.asarray(positions)
    out = objects([None] * len(at))
    for number, district in enumerate(city.districts):
        rows = np.flatnonzero(at == number)
        texts, weights = district_spellings(district, city.name_uk)
        out[rows] = pick(rng, texts, len(rows), weights)
    return out


def homes(rng: np.random.Generator, city: DemoCity, lines: pd.DataFrame, towns: Objects) -> Objects:
    """Where people live: a district, a town outside the city, nothing, or words that name no district."""
    texts = districts(rng, city, lines["home_district"].to_numpy())
    is_outside = (lines["home"] == "outside").to_numpy()
    texts[is_outside] = towns[is_outside]
    is_open = (lines["home"] == "not_stated").to_numpy() & (rng.random(len(lines)) < _UNKNOWN_HOMES_SHARE / 0.08)
    texts[is_open] = pick(rng, _UNKNOWN_HOMES, int(is_open.sum()))
    return texts


def groups(rng: np.random.Generator, ids: Objects) -> Objects:
    """Participant groups; some words for «other» are not in the contract's list. None where not stated."""
    out = objects([None] * len(ids))
    for group, texts in GROUP_WORDS.items():
        rows = np.flatnonzero(ids == group)
        out[rows] = pick(rng, texts, len(rows), [4.0, *[1.0] * (len(texts) - 1)])
    return out


def themes(rng: np.random.Generator, city: DemoCity, positions: Sequence[tuple[int, ...]]) -> Objects:
    """Themes of events, several joined by semicolons; now and then one that the city's list does not have."""

    def text(position: int, chance: float) -> str:
        name = city.themes[position].name_uk
        options = (name, name, name.lower(), *theme_words(name).aliases)
        return options[int(2 * chance * len(options))] if chance < 0.5 else name

    chances = rng.random((len(positions), 2)).tolist()
    strays = where(rng.random(len(positions)) < 0.006, pick(rng, _UNKNOWN_THEMES, len(positions)))
    return objects(
        [
            "; ".join([*(text(one, c) for one, c in zip(several[:2], chance, strict=False)), *filter(None, [stray])])
            if len(several) <= 2
            else "; ".join(city.themes[one].name_uk for one in several)
            for several, chance, stray in zip(positions, chances, strays, strict=True)
        ]
    )


def apostrophes(rng: np.random.Generator, texts: Objects) -> Objects:
    """Each text with one of the apostrophes that keyboards give; texts without any stay as they are."""
    marks = pick(rng, _APOSTROPHES, len(texts), _APOSTROPHE_WEIGHTS)
    return objects([text.replace("’", mark) if "’" in text else text for text, mark in zip(texts, marks, strict=True)])


def emails(rng: np.random.Generator, values: Objects) -> Objects:
    """E-mail addresses with capitals and stray blanks."""
    return _spelt(
        rng,
        values,
        ((92, str), (4, str.capitalize), (1.5, str.upper), (1.5, lambda v: f"{v} "), (1, lambda v: f" {v}")),
    )


def phones(rng: np.random.Generator, values: Objects) -> Objects:
    """Phone numbers (E.164 with +380) as people write them; missing stays missing."""
    ways: tuple[tuple[float, Callable[[str], str]], ...] = (
        (40, str),
        (22, lambda v: v[3:]),
        (8, lambda v: v[1:]),
        (8, lambda v: f"{v[3:6]} {v[6:9]} {v[9:11]} {v[11:]}"),
        (8, lambda v: f"({v[3:6]}) {v[6:9]}-{v[9:11]}-{v[11:]}"),
        (6, lambda v: f"+38 ({v[3:6]}) {v[6:9]} {v[9:11]} {v[11:]}"),
        (4, lambda v: f"+38{NBSP}{v[3:6]}{NBSP}{v[6:9]}{NBSP}{v[9:]}"),
        (4, lambda v: f"{v[3:6]}-{v[6:9]}-{v[9:11]}-{v[11:]}"),
    )
    return _spelt(rng, values, ways)


def names(rng: np.random.Generator, people: pd.DataFrame) -> Objects:
    """Full names: surname first or last, some with a patronymic, with any apostrophe."""
    surname, first = people["surname"].to_numpy(dtype=object), people["first_name"].to_numpy(dtype=object)
    fathers = people["patronymic"].to_numpy(dtype=object)
    is_turned = rng.random(len(people)) < 0.3
    blanks = pick(rng, (" ", NBSP, "  "), len(people), (96, 2, 2))
    full = [
        f"{f}{blank}{s}" if turned else f"{s}{blank}{f}{'' if pd.isna(father) else f' {father}'}"
        for s, f, father, turned, blank in zip(surname, first, fathers, is_turned, blanks, strict=True)
    ]
    return apostrophes(rng, objects(full))


def spaces(rng: np.random.Generator, spaces_frame: pd.DataFrame, numbers: Sequence[int] | np.ndarray) -> Objects:
    """Names of spaces as others write them: straight quotes, the short name, doubled blanks; None for -1."""
    name = spaces_frame["name_uk"].to_numpy(dtype=object)
    alias = spaces_frame["alias"].to_numpy(dtype=object)
    straight = objects([text.replace("«", '"').replace("»", '"') for text in name])
    blanks = objects([text.replace(" ", f" {NBSP}", 1) for text in name])
    options = np.stack([name, straight, alias, blanks])
    at = np.asarray(numbers)
    way = rng.choice(len(options), size=len(at), p=shares((78, 9, 8, 5)))
    return where(at >= 0, options[way, at])


def dates(rng: np.random.Generator, days: pd.Series) -> Objects:
    """Days as text: mostly 14.02.2026, also ISO, with the month in words, with slashes."""
    way = rng.choice(5, size=len(days), p=(0.8, 0.08, 0.05, 0.04, 0.03))
    return objects([_DATE_WAYS[w](day) for w, day in zip(way, days, strict=True)])


def month_name(month: date) -> str:
    """«жовтень 2025»."""
    return f"{_MONTH_NAMES[month.month - 1]} {month.year}"


def day_in_words(day: date) -> str:
    """«14 лютого 2026»."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_DATE_WAYS: Final[tuple[Callable[[date], str], ...]] = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    day_in_words,
    lambda day: f"{day_in_words(day)} р.",
    lambda day: f"{day:%d/%m/%Y}",
)


def _spelt(rng: np.random.Generator, values: Objects, ways: Sequence[tuple[float, Callable[[str], str]]]) -> Objects:
    chosen = rng.choice(len(ways), size=len(values), p=shares([weight for weight, _ in ways]))
    return objects(
        [
            None if value is None else ways[way][1](value)
            for value, way in zip(_plain(values), chosen.tolist(), strict=True)
        ]
    )


def _plain(values: Objects) -> list[Any]:
    return pd.Series(values, dtype=object).where(pd.notna(values), None).tolist()
