"""The rhythm of the invented city: seasons, weekdays, hours, holidays and days without light."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from etl.demo.chance import Days, Flags, Floats, Integers, pick_by_row, stream
from etl.demo.city import DemoCity
from etl.demo.words import theme_words

_MONTHS: Final = (0.85, 1.0, 1.05, 1.1, 1.1, 1.0, 0.6, 0.62, 1.1, 1.2, 1.2, 0.95)
_WEEKDAYS: Final = (0.6, 0.95, 1.0, 1.1, 0.95, 1.6, 0.8)
_GROWTH: Final = 1.2
_WORKDAY_HOURS: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 4, 2, 2, 4, 5, 8, 14, 28, 20, 5, 0, 0, 0)
_WEEKEND_HOURS: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 10, 16, 16, 10, 12, 12, 10, 8, 5, 3, 0, 0, 0, 0)
_BLACKOUT_SPELLS: Final = 3
"""Spells of days without light in a winter; each lasts one to three days."""


def blackout_days(city: DemoCity, seed: int, start: date, until: date) -> Days:
    """Days of the period on which the light was out, in order; only from November to February."""
    rng = stream(seed, city.city_id, "blackouts")
    days = _days(start, until)
    out: set[np.datetime64] = set()
    months = pd.DatetimeIndex(days).month.to_numpy()
    years = pd.DatetimeIndex(days).year.to_numpy() - (months <= 2)
    is_winter = (months >= 11) | (months <= 2)
    for year in np.unique(years[is_winter]):
        winter = days[is_winter & (years == year)]
        wanted = round(_BLACKOUT_SPELLS * min(1.0, len(winter) / 120))
        for first in rng.choice(winter, size=min(max(wanted, 1), len(winter)), replace=False):
            out.update(first + np.arange(rng.integers(1, 4)))
    return np.array(sorted(day for day in out if day <= days[-1]), dtype="datetime64[D]")


def day_weights(days: Days) -> Floats:
    """How much happens on each day: season, weekday, the turn of the year, and a network that grows."""
    calendar = pd.DatetimeIndex(days)
    month, day = calendar.month.to_numpy(), calendar.day.to_numpy()
    weights = np.array(_MONTHS)[month - 1] * np.array(_WEEKDAYS)[calendar.day_of_week.to_numpy()]
    weights *= np.where(((month == 12) & (day >= 24)) | ((month == 1) & (day <= 8)), 0.25, 1.0)
    weights *= np.linspace(1.0, _GROWTH, len(days))
    return np.asarray(weights, dtype=np.float64)


def start_minutes(rng: np.random.Generator, days: Days) -> Integers:
    """Minute of the day at which something begins: evenings on workdays, middays at weekends, on the half hour."""
    is_weekend = pd.DatetimeIndex(days).day_of_week.to_numpy() >= 5
    hours = np.array((_WORKDAY_HOURS, _WEEKEND_HOURS), dtype=np.float64)[is_weekend.astype(int)]
    half_hours: Integers = rng.choice((0, 30), size=len(days), p=(0.65, 0.35))
    return np.add(pick_by_row(rng, hours) * 60, half_hours, dtype=np.int64)


def theme_weights(city: DemoCity, days: Days, start: date, until: date) -> Floats:
    """How much each theme is wanted on each day: one row a day, one column a theme of the city."""
    month = pd.DatetimeIndex(days).month.to_numpy()
    span = max(1, (until - start).days)
    elapsed = (days.astype("datetime64[D]") - np.datetime64(start, "D")).astype(int) / span
    columns = []
    for theme in city.themes:
        words = theme_words(theme.name_uk)
        columns.append(np.array(words.seasons)[month - 1] * words.growth**elapsed)
    return np.column_stack(columns)


def is_in(days: Days, chosen: Days) -> Flags:
    """Whether each day is one of the chosen."""
    return np.isin(days.astype("datetime64[D]"), chosen)


def _days(start: date, until: date) -> Days:
    return np.arange(np.datetime64(start, "D"), np.datetime64(until, "D") + 1)
