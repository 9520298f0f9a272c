"""Invented events: what happens where and when, the monthly meet-ups of hubs and the June workshops."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from etl.demo import words
from etl.demo.chance import Days, Floats, Objects, objects, pick, pick_by_row, stream, where
from etl.demo.city import DemoCity
from etl.demo.rhythm import day_weights, is_in, start_minutes, theme_weights

PLANNED_DAYS: Final = 21
"""How far ahead of the last day events are already announced."""

WORKSHOP_DAYS: Final = 6

EVENT_COLUMNS: Final = (
    "event_code",
    "title",
    "starts_at",
    "ends_at",
    "space_no",
    "sender",
    "venue",
    "district",
    "themes",
    "format",
    "seats_count",
    "series",
    "organisers",
    "partners",
    "funders",
    "status",
    "tool",
    "is_workshop",
    "is_blackout",
    "is_checked",
    "demand",
)


_TYPES: Final = {
    **dict.fromkeys(("space_no", "sender", "district"), "int64"),
    **dict.fromkeys(("is_workshop", "is_blackout", "is_checked"), "bool"),
    **dict.fromkeys(("starts_at", "ends_at"), "datetime64[us]"),
    "seats_count": "Int64",
    "demand": "float64",
}
"""Types that parts without rows would blur."""


def invent_events(
    city: DemoCity, seed: int, spaces: pd.DataFrame, blackouts: Days, start: date, until: date, count: int
) -> pd.DataFrame:
    """Everything that happens in the city in the period and the three weeks after it.

    Args:
        city: the city.
        seed: seed of the demonstration.
        spaces: what `invent_spaces` gave.
        blackouts: days without light.
        start: first day of the period.
        until: last day of the period; what starts later is planned.
        count: number of events, meet-ups and workshops among them.

    Returns:
        One row an event, by ``event_no`` (the index, from 0, in order of start): ``event_code``, ``title`` (unique
        together with the day), ``starts_at`` and ``ends_at`` (local), ``space_no`` (-1 where it is held in none),
        ``sender`` (who lists it), ``venue`` (missing in a space), ``district`` (position in ``city.districts``, as
        stated; -1 when online or unknown), ``themes`` (tuple of positions in ``city.themes``), ``format``,
        ``seats_count`` (missing for some), ``series`` (missing for most), ``organisers``, ``partners``, ``funders``
        (tuples of names), ``status``, ``tool`` (what its registrations are kept in), ``is_workshop``, ``is_blackout``,
        ``is_checked`` (somebody notes who comes), ``demand`` (weight of its share of registrations).
    """
    meetups = _meetups(city, seed, spaces, start, until)
    workshops = _workshops(city, seed, start, until)
    regular = _regular(city, seed, spaces, blackouts, start, until, max(1, count - len(meetups) - len(workshops)))
    events = pd.concat([regular, meetups, workshops], ignore_index=True)
    events = events.sort_values(["starts_at", "title"], kind="stable", ignore_index=True).rename_axis("event_no")
    events["event_code"] = [f"DEMO-{city.code}-{number:05d}" for number in range(1, len(events) + 1)]
    events["title"] = _told_apart(events)
    return events.loc[:, list(EVENT_COLUMNS)].astype(_TYPES)


def _regular(
    city: DemoCity, seed: int, spaces: pd.DataFrame, blackouts: Days, start: date, until: date, count: int
) -> pd.DataFrame:
    rng = stream(seed, city.city_id, "events")
    days = np.arange(np.datetime64(start, "D"), np.datetime64(until, "D") + 1 + PLANNED_DAYS)
    cell = rng.choice(len(days) * len(spaces), size=count, p=_schedule(spaces, days, until))
    day, space = days[cell // len(spaces)], cell % len(spaces)
    is_planned = day > np.datetime64(until, "D")

    favourites = rng.dirichlet(np.full(len(city.themes), 0.9), size=len(spaces)) + 0.03
    wanted = favourites[space] * theme_weights(city, day, start, until)
    theme = pick_by_row(rng, wanted)
    second = pick_by_row(rng, wanted)
    has_second = (rng.random(count) < 0.25) & (second != theme)
    form = pick(rng, tuple(words.FORMAT_WEIGHTS), count, tuple(words.FORMAT_WEIGHTS.values()))
    starts_at = day.astype("datetime64[m]") + start_minutes(rng, day)
    lasts = rng.choice((60, 90, 120, 180), size=count, p=(0.25, 0.35, 0.3, 0.1)).astype("timedelta64[m]")
    is_long = (form == "exhibition") & (rng.random(count) < 0.7)
    lasts += np.where(is_long, rng.integers(2, 13, size=count) * 1440, 0).astype("timedelta64[m]")

    place = rng.choice(("space", "venue", "online", "unknown"), size=count, p=(0.94, 0.03, 0.02, 0.01))
    elsewhere = rng.integers(len(city.districts), size=count)
    capacity = spaces["capacity_count"].astype("Float64").fillna(50).to_numpy(dtype=np.float64)[space]
    seats = np.maximum(10, np.round(capacity * rng.uniform(0.4, 1.0, size=count) / 5) * 5)
    is_blackout = is_in(day, blackouts)
    is_cancelled = rng.random(count) < np.where(is_blackout, 0.45, 0.025)
    series = objects(
        [f"{kind} «{name}»" for kind, name in zip(pick(rng, words.SERIES, len(spaces)), spaces["alias"], strict=True)]
    )
    tool = _tools(city, spaces["tool"].to_numpy(dtype=object)[space], starts_at, day, until)
    is_serial = (rng.random(count) < 0.14) & ~is_long
    return pd.DataFrame(
        {
            "title": _titles(rng, city, form, theme, where(is_serial, series[space])),
            "starts_at": starts_at,
            "ends_at": starts_at + lasts,
            "space_no": np.where(place == "space", space, -1),
            "sender": spaces["sender"].to_numpy()[space],
            "venue": where(
                place == "venue", pick(rng, words.VENUES, count), where(place == "online", words.ONLINE_VENUE)
            ),
            "district": np.select(
                [place == "space", place == "venue"], [spaces["stated_district"].to_numpy()[space], elsewhere], -1
            ),
            "themes": objects([(a, b) if both else (a,) for a, b, both in zip(theme, second, has_second, strict=True)]),
            "format": form,
            "seats_count": pd.array(seats, dtype="Int64"),
            "series": where(is_serial, series[space]),
            "organisers": _some(rng, words.ORGANISATIONS, count, 0.4),
            "partners": _some(rng, words.ORGANISATIONS, count, 0.15),
            "funders": _some(rng, words.FUNDERS, count, 0.05),
            "status": where(is_cancelled, "cancelled", where(is_planned, "planned", "held")),
            "tool": tool,
            "is_workshop": False,
            "is_blackout": is_blackout,
            "is_checked": np.where(
                tool == "google_forms", spaces["has_presence"].to_numpy()[space], rng.random(count) < 0.85
            ).astype(bool),
            "demand": _demand(rng, seats, day, is_cancelled, until),
        }
    ).assign(seats_count=lambda frame: frame["seats_count"].mask(rng.random(count) < 0.15))


def _schedule(spaces: pd.DataFrame, days: Days, until: date) -> Floats:
    """Chance of each (day, space): nothing before a space opens or after it closes; a new one starts slowly."""
    opened = spaces["opened_on"].to_numpy().astype("datetime64[D]")
    closed = spaces["closed_on"].fillna(pd.Timestamp("2200-01-01")).to_numpy().astype("datetime64[D]")
    age = (days[:, None] - opened[None, :]).astype(int)
    is_open = (age >= 0) & (days[:, None] <= closed[None, :])
    ramp = np.clip(0.4 + age / 180, 0.4, 1.0)
    announced = np.where(days > np.datetime64(until, "D"), 0.55, 1.0)
    weights = (day_weights(days) * announced)[:, None] * spaces["size"].to_numpy()[None, :] * ramp * is_open
    return np.asarray((weights / weights.sum()).ravel(), dtype=np.float64)


def _titles(rng: np.random.Generator, city: DemoCity, form: Objects, theme: np.ndarray, series: Objects) -> list[str]:
    topics = [words.theme_words(own.name_uk).topics for own in city.themes]
    chances = rng.random((len(form), 2))
    titles = []
    for what, about, serial, (one, other) in zip(form, theme, series, chances, strict=True):
        options = words.FORMAT_TITLES[what]
        topic = topics[about][int(one * len(topics[about]))]
        title = options[int(other * len(options))].format(topic=topic)
        titles.append(title if serial is None else f"{serial}: {topic}")
    return titles


def _some(rng: np.random.Generator, names: tuple[str, ...], count: int, share: float) -> Objects:
    """A tuple with one or two of the names for a share of the rows, an empty one for the others."""
    how_many = np.where(rng.random(count) < share, 1 + (rng.random(count) < 0.2), 0)
    first = rng.integers(len(names), size=count)
    return objects(
        [
            tuple(names[(one + step) % len(names)] for step in range(many))
            for one, many in zip(first, how_many, strict=True)
        ]
    )


def _tools(city: DemoCity, tool: Objects, starts_at: Any, day: Days, until: date) -> Objects:
    """Where registrations are kept; a sender that moved to Luma did so late, for Luma gives one file an event."""
    files = max(4, round(city.scale.events * 0.0175))
    is_luma = np.flatnonzero((tool == "luma") & (day <= np.datetime64(until, "D")))
    latest = is_luma[np.argsort(starts_at[is_luma], kind="stable")][-files:]
    out = np.where(tool == "luma", "google_forms", tool).astype(object)
    out[latest] = "luma"
    return out


def _demand(rng: np.random.Generator, seats: Floats, day: Days, is_cancelled: np.ndarray, until: date) -> Floats:
    ahead = (day - np.datetime64(until, "D")).astype(int)
    known = np.where(ahead > 0, np.clip(0.7 - ahead / 35, 0.1, 0.7), 1.0)
    return seats * rng.lognormal(0, 0.45, size=len(seats)) * known * np.where(is_cancelled, 0.7, 1.0)


def _meetups(city: DemoCity, seed: int, spaces: pd.DataFrame, start: date, until: date) -> pd.DataFrame:
    """One meet-up of hubs a month, on the second Wednesday, hosted in turn by spaces open by then."""
    rng = stream(seed, city.city_id, "meetups")
    last = until + timedelta(days=PLANNED_DAYS)
    rows = []
    for number, first in enumerate(pd.date_range(start, last, freq="MS")):
        held_on = first + pd.Timedelta(days=int((2 - first.day_of_week) % 7) + 7)
        if held_on.date() > last:
            break
        hosts = np.flatnonzero(_is_open(spaces, held_on) & (spaces["stated_place"] != "nothing").to_numpy())
        host = int(rng.choice(hosts))
        rows.append(
            _special(
                title=f"Зустріч хабів № {number + 1} (демонстраційна)",
                starts_at=held_on + pd.Timedelta(hours=16),
                ends_at=held_on + pd.Timedelta(hours=18),
                space_no=host,
                district=int(spaces["stated_district"].iloc[host]),
                themes=(int(rng.integers(len(city.themes))),),
                format=words.MEETUP_FORMATS[number % len(words.MEETUP_FORMATS)],
                series=words.MEETUP_SERIES,
                organisers=(words.NETWORK_NAMES[0],),
                status="planned" if held_on.date() > until else "held",
                tool="none",
            )
        )
    return pd.DataFrame(rows, columns=list(EVENT_COLUMNS)).astype(
        {"starts_at": "datetime64[us]", "ends_at": "datetime64[us]"}
    )


def _workshops(city: DemoCity, seed: int, start: date, until: date) -> pd.DataFrame:
    """A City Workshop each June of the period: six days from the second Monday, on a square that is no hub."""
    rng = stream(seed, city.city_id, "workshops")
    rows = []
    for year in range(start.year, until.year + 1):
        june = pd.Timestamp(year, 6, 1)
        opens = june + pd.Timedelta(days=int(-june.day_of_week % 7) + 7)
        closes = opens + pd.Timedelta(days=WORKSHOP_DAYS - 1)
        if opens.date() < start or closes.date() > until:
            continue
        rows.append(
            _special(
                title=f"{words.WORKSHOP_TITLE} {year}",
                starts_at=opens + pd.Timedelta(hours=10),
                ends_at=closes + pd.Timedelta(hours=21),
                venue=words.WORKSHOP_PLACES[0],
                district=int(rng.integers(len(city.districts))),
                themes=tuple(range(min(5, len(city.themes)))),
                format="city_workshop",
                series=words.WORKSHOP_TITLE,
                organisers=(words.NETWORK_NAMES[0],),
                partners=words.ORGANISATIONS[:3],
                funders=words.FUNDERS[:2],
                status="held",
                tool="google_forms",
                is_workshop=True,
                seats_count=max(60, round(city.scale.registrations / 150)),
                demand=city.scale.registrations / 110,
            )
        )
    return pd.DataFrame(rows, columns=list(EVENT_COLUMNS)).astype(
        {"starts_at": "datetime64[us]", "ends_at": "datetime64[us]"}
    )


def _special(**values: object) -> dict[str, object]:
    """An event of the municipal network that is no ordinary one."""
    ordinary: dict[str, object] = {
        "space_no": -1,
        "sender": 0,
        "organisers": (),
        "partners": (),
        "funders": (),
        "is_workshop": False,
        "is_blackout": False,
        "is_checked": True,
        "demand": 0.0,
    }
    return ordinary | values


def _is_open(spaces: pd.DataFrame, day: pd.Timestamp) -> np.ndarray:
    is_open = (spaces["opened_on"] <= day) & ~(spaces["closed_on"] < day)
    return is_open.to_numpy(dtype=bool)


def _told_apart(events: pd.DataFrame) -> list[str]:
    """Titles that are unique on their day: the second of the same title becomes «… (група 2)»."""
    turn = events.groupby([events["title"], events["starts_at"].dt.normalize()]).cumcount()
    return [
        title if not number else f"{title} (група {number + 1})"
        for title, number in zip(events["title"], turn, strict=True)
    ]
