"""Invented registrations: who signs up for what and when, who turns up, which lines are sent twice or broken."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from etl.demo.chance import Days, Flags, Floats, Integers, Objects, apportion, pick, pick_by_row, stream
from etl.demo.city import DemoCity

FATES: Final = ("counted", "duplicate_row", "broken_line", "unknown_event")
"""What the intake should make of a line: count it, or leave it out for the reason of that name in `etl.issues`."""

CONTACTS: Final = ("both", "email", "phone", "none")
"""Which contacts of the person stand in a line."""

REGISTRATION_COLUMNS: Final = (
    "event_no",
    "person_no",
    "registered_at",
    "checked_in_at",
    "status",
    "participant_group",
    "home",
    "home_district",
    "contact",
    "fate",
)

_NEWCOMERS_SHARE: Final = 0.4
"""Share of sign-ups by people whom the network first reached in the last weeks; the rest come from all so far."""

_NEWCOMERS_DAYS: Final = 50
_DECAY_KM: Final = 4.0
_DUPLICATES_SHARE: Final = 0.012
_BROKEN_SHARE: Final = 0.0012
_UNKNOWN_EVENT_SHARE: Final = 0.0016


def invent_registrations(
    city: DemoCity, seed: int, people: pd.DataFrame, events: pd.DataFrame, start: date, until: date, count: int
) -> pd.DataFrame:
    """Every line that some list of registrations holds.

    Args:
        city: the city.
        seed: seed of the demonstration.
        people: what `invent_people` gave.
        events: what `invent_events` gave.
        start: first day of the period.
        until: last day of the period; nobody signs up later.
        count: number of registrations to be counted; small cities may miss it by a few in a hundred.

    Returns:
        One row a line, by ``line_no`` (the index, in order of sign-up within an event): ``event_no``, ``person_no``,
        ``registered_at`` (local), ``checked_in_at`` (local; missing when the person was not seen), ``status`` (of
        ``contract.REGISTRATION_STATUSES``, as it should be loaded), ``participant_group`` (``not_stated`` where the
        line leaves it open), ``home`` (district, outside, not_stated), ``home_district`` (position in
        ``city.districts``, -1 unless ``home`` is district), ``contact`` (see `CONTACTS`), ``fate`` (see `FATES`).
    """
    rng = stream(seed, city.city_id, "registrations")
    wanted = apportion(np.where(events["tool"] == "none", 0.0, events["demand"].to_numpy(dtype=np.float64)), count)
    pairs = _sign_ups(rng, city, people, events, start, wanted)
    event = pairs["event_no"].to_numpy()
    of_event = events.loc[event]
    person = people.loc[pairs["person_no"]]
    starts_at = of_event["starts_at"].to_numpy().astype("datetime64[m]")
    lines = pairs.assign(
        registered_at=_moments(rng, starts_at, until),
        participant_group=np.where(rng.random(len(pairs)) < 0.06, "not_stated", person["participant_group"]),
        home_district=person["home_district"].to_numpy(),
        contact=_contacts(rng, of_event["tool"].to_numpy(dtype=object), person["phone"].notna().to_numpy()),
        fate="counted",
    )
    lines["home"] = np.where(
        rng.random(len(lines)) < 0.08, "not_stated", np.where(lines["home_district"] < 0, "outside", "district")
    )
    lines["home_district"] = lines["home_district"].where(lines["home"] == "district", -1)
    lines["status"], came = _statuses(rng, lines, of_event, person["reliability"].to_numpy(), until)
    seen_at = starts_at + rng.integers(-25, 31, size=len(lines)).astype("timedelta64[m]")
    lines["checked_in_at"] = pd.Series(seen_at.astype("datetime64[us]"), index=lines.index).where(came)
    lines = pd.concat([lines, *_spoilt(rng, lines, events)], ignore_index=True)
    lines = lines.sort_values(["event_no", "registered_at", "person_no", "fate"], kind="stable", ignore_index=True)
    return lines.loc[:, list(REGISTRATION_COLUMNS)].rename_axis("line_no")


def _sign_ups(
    rng: np.random.Generator,
    city: DemoCity,
    people: pd.DataFrame,
    events: pd.DataFrame,
    start: date,
    wanted: Integers,
) -> pd.DataFrame:
    """Distinct pairs of event and person, as many of each event as wanted where there are people enough.

    People stand sorted by home, favourite theme and day of joining, so that those whom an event can reach are a
    stretch of them; one is drawn from the stretch by weight with a search in the running sum of weights.
    """
    draws = np.where(wanted > 0, np.ceil(wanted * 1.4).astype(np.int64) + 12, 0)
    event = np.repeat(np.arange(len(events)), draws)
    themes = len(city.themes)
    home, theme = _audience(rng, city, people, events, event)

    sorted_people = people.sort_values(["home_district", "theme", "joined_day"], kind="stable")
    bucket = (sorted_people["home_district"].to_numpy() + 1) * themes + sorted_people["theme"].to_numpy()
    horizon = 100_000
    position = bucket * horizon + sorted_people["joined_day"].to_numpy().astype(np.int64)
    rising = np.concatenate([[0.0], np.cumsum(sorted_people["weight"].to_numpy())])

    day = (events["starts_at"].to_numpy().astype("datetime64[D]") - np.datetime64(start, "D")).astype(np.int64)[event]
    chosen = (home + 1) * themes + theme
    first = np.searchsorted(position, chosen * horizon)
    last = np.searchsorted(position, chosen * horizon + day, side="right")
    recent = np.searchsorted(position, chosen * horizon + np.maximum(day - _NEWCOMERS_DAYS, 1))
    is_newcomer = (rng.random(len(event)) < _NEWCOMERS_SHARE) & (recent < last)
    first = np.where(is_newcomer, recent, first)
    point = rising[first] + rng.random(len(event)) * (rising[last] - rising[first])
    found = np.clip(np.searchsorted(rising, point, side="right") - 1, first, np.maximum(last - 1, first))
    is_real = last > first

    person = sorted_people.index.to_numpy()[np.minimum(found, len(sorted_people) - 1)]
    pairs = pd.DataFrame({"event_no": event[is_real], "person_no": person[is_real]}).drop_duplicates()
    turn = pairs.groupby("event_no").cumcount().to_numpy()
    within: pd.DataFrame = pairs.loc[turn < wanted[pairs["event_no"].to_numpy()]]
    return within.reset_index(drop=True)


def _audience(
    rng: np.random.Generator, city: DemoCity, people: pd.DataFrame, events: pd.DataFrame, event: Integers
) -> tuple[Integers, Integers]:
    """Home district and favourite theme that each draw looks for: near the event, and mostly of its theme."""
    near = _nearness(city)[events["district"].to_numpy()]  # position -1, online, is the last row: from everywhere
    home = pick_by_row(rng, near[event]) - 1
    main_theme = np.array([themes[0] for themes in events["themes"]])
    by_people = np.bincount(people["theme"], minlength=len(city.themes)) / len(people)
    any_theme = rng.choice(len(city.themes), size=len(event), p=by_people)
    return home, np.where(rng.random(len(event)) < 0.6, main_theme[event], any_theme)


def _nearness(city: DemoCity) -> Floats:
    """Weight of each home (columns: outside the city, then the districts) for a place in each district (rows)."""
    centres = np.array([(d.geometry.centroid.x, d.geometry.centroid.y) for d in city.districts])
    km_per_degree = np.array([111.3 * np.cos(np.radians(centres[:, 1].mean())), 111.3])
    away_km = np.linalg.norm((centres[:, None, :] - centres[None, :, :]) * km_per_degree, axis=2)
    inside = np.exp(-away_km / _DECAY_KM) + 0.03
    inside /= inside.sum(axis=1, keepdims=True)
    everywhere = np.full((1, len(centres)), 1 / len(centres))
    rows = np.vstack([inside, everywhere])
    return np.column_stack([np.full(len(rows), 0.07), rows * 0.93])


def _moments(rng: np.random.Generator, starts_at: Days, until: date) -> Days:
    """When each sign-up was made: days before the event, by day rather than by night, never after the period."""
    count = len(starts_at)
    ahead = np.minimum(rng.lognormal(1.6, 0.95, size=count), 60).astype(np.int64)
    day = starts_at.astype("datetime64[D]") - ahead.astype("timedelta64[D]")
    second = np.clip(rng.normal(15.5, 3.8, size=count), 6.5, 23.4) * 3600
    at = day.astype("datetime64[s]") + second.astype("timedelta64[s]")
    latest = starts_at.astype("datetime64[s]") - rng.integers(900, 20_000, size=count).astype("timedelta64[s]")
    at = np.minimum(at, latest)
    evening = np.datetime64(until, "D").astype("datetime64[s]") + np.timedelta64(20 * 3600, "s")
    before = rng.exponential(4 * 86_400, size=count).astype("timedelta64[s]")
    signed: Days = np.where(at > evening, evening - before, at).astype("datetime64[us]")
    return signed


def _contacts(rng: np.random.Generator, tool: Objects, has_phone: Flags) -> Objects:
    """Forms let people leave a contact out; ticket tools always have the e-mail and sometimes the phone."""
    form = pick(rng, CONTACTS, len(tool), (70, 26.2, 2.6, 1.2))
    ticket = pick(rng, CONTACTS[:2], len(tool), (55, 45))
    contact = np.where(tool == "google_forms", form, ticket)
    return np.where(~has_phone & np.isin(contact, ("both", "phone")), "email", contact).astype(object)


def _statuses(
    rng: np.random.Generator, lines: pd.DataFrame, of_event: pd.DataFrame, reliability: Floats, until: date
) -> tuple[Objects, Flags]:
    """What became of each sign-up, and whether the person was seen there."""
    tool = of_event["tool"].to_numpy(dtype=object)
    chance = rng.random(len(lines))
    status = np.full(len(lines), "registered", dtype=object)
    status[(tool == "eventbrite") & (chance < 0.05)] = "cancelled"
    status[(tool == "luma") & (chance < 0.04)] = "cancelled"
    status[(tool == "luma") & (chance > 0.95)] = "waitlisted"

    is_held = (of_event["status"] == "held").to_numpy()
    noted = is_held & of_event["is_checked"].to_numpy(dtype=bool) & (status == "registered")
    turnout = reliability * np.where(of_event["is_blackout"].to_numpy(dtype=bool), 0.45, 1.0)
    came = noted & (rng.random(len(lines)) < turnout)
    recorded = np.isin(lines["event_no"].to_numpy(), np.unique(lines["event_no"].to_numpy()[came]))
    is_over = (of_event["ends_at"] < pd.Timestamp(until) + pd.Timedelta(days=1)).to_numpy()
    status[noted & ~came & recorded & is_over] = "no_show"
    status[came] = "attended"
    return status, came


def _spoilt(rng: np.random.Generator, lines: pd.DataFrame, events: pd.DataFrame) -> list[pd.DataFrame]:
    """Lines beyond the counted ones: the same person again in the same list, and lines that cannot be read."""
    tool = events["tool"].to_numpy(dtype=object)[lines["event_no"].to_numpy()]
    known = np.flatnonzero(lines["contact"] != "none")
    in_csv = np.flatnonzero(np.isin(tool, ("google_forms", "pretix", "eventbrite")))
    again = lines.loc[_sample(rng, known, _DUPLICATES_SHARE)]
    delay = pd.to_timedelta(rng.integers(40, 4_000, size=len(again)), unit="s")
    parts = [again.assign(registered_at=again["registered_at"] + delay, fate="duplicate_row")]
    for fate, share in (("broken_line", _BROKEN_SHARE), ("unknown_event", _UNKNOWN_EVENT_SHARE)):
        # only the e-mail: a line that is left out must not be what ties a phone to a person
        parts.append(lines.loc[_sample(rng, in_csv, share)].assign(fate=fate, contact="email"))
    return parts


def _sample(rng: np.random.Generator, rows: Integers, share: float) -> Integers:
    size = min(len(rows), round(len(rows) * share))
    return np.sort(rng.choice(rows, size=size, replace=False))
