"""What happens in an invented city, before any of it is written down with the mess of real lists.

A plan is the truth that the demonstration files tell: what is loaded from them can be compared with it, line by line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from etl.demo.chance import stream
from etl.demo.city import REFERENCE_MONTHS, DemoCity
from etl.demo.events import invent_events
from etl.demo.lists import (
    event_rows,
    invent_meetup_rows,
    invent_proposals,
    invent_returns,
    invent_sessions,
)
from etl.demo.people import invent_people
from etl.demo.registrations import invent_registrations
from etl.demo.rhythm import blackout_days
from etl.demo.spaces import invent_spaces

_SENT_TWICE_SHARE: Final = 0.05
"""Share of the lists of forms and of pretix that were also sent half-way through."""

_SENT_TWICE_LINES: Final = 20


@dataclass(frozen=True)
class CityPlan:
    """One invented city over a period. Positions (``*_no``) refer to the index of the other frames."""

    city: DemoCity
    seed: int
    start: date
    """First day of the period: the first of a month."""
    until: date
    """The day the lists were sent in: what starts later is planned."""
    spaces: pd.DataFrame
    """One row a space; see `etl.demo.spaces.invent_spaces`."""
    people: pd.DataFrame
    """One row a person; see `etl.demo.people.invent_people`."""
    events: pd.DataFrame
    """One row an event; see `etl.demo.events.invent_events`; and ``list_no``, the list of its registrations or -1."""
    event_rows: pd.DataFrame
    """One row a line of a list of events; see `etl.demo.lists.event_rows`."""
    lists: pd.DataFrame
    """One row a list of registrations, by ``list_no``: ``sender``, ``tool``, ``period`` (2025-1 for a half-year, 2025
    for a year, the event's code for a list of one event), ``early_at`` (when a first copy was sent; missing for most).
    """
    registrations: pd.DataFrame
    """One row a line of a list of registrations; see `etl.demo.registrations.invent_registrations`."""
    returns: pd.DataFrame
    """One row a line of a monthly return; see `etl.demo.lists.invent_returns`."""
    meetups: pd.DataFrame
    """One row a space at a meet-up; see `etl.demo.lists.invent_meetup_rows`."""
    sessions: pd.DataFrame
    """One row a session of a workshop; see `etl.demo.lists.invent_sessions`."""
    proposals: pd.DataFrame
    """One row a proposal; see `etl.demo.lists.invent_proposals`."""

    def early_registrations(self) -> pd.DataFrame:
        """Lines of `registrations` that were also sent in a first copy of their list, as they stood then.

        Whoever had signed up by then is in it; who came is known for events that had begun. Every line of it that is
        counted or a duplicate in the later copy is a duplicate of that one. No such list: no rows.
        """
        event = self.registrations["event_no"]
        list_no = self.events["list_no"].to_numpy()[event]
        early_at = self.lists["early_at"].to_numpy()[list_no]
        is_early = self.registrations["registered_at"].to_numpy() <= early_at  # a missing moment is never later
        begun = self.events["starts_at"].to_numpy()[event] <= early_at
        lines: pd.DataFrame = self.registrations.loc[is_early]
        is_open = ~begun[is_early] & lines["status"].isin(["attended", "no_show", "cancelled"]).to_numpy()
        early: pd.DataFrame = lines.assign(
            status=lines["status"].mask(is_open, "registered"), checked_in_at=lines["checked_in_at"].mask(is_open)
        )
        return early


def plan(city: DemoCity, seed: int, months: int, until: date) -> CityPlan:
    """Invent a city's spaces, events and visitors.

    Args:
        city: the city.
        seed: any whole number from 0; the same arguments give the same plan.
        months: length of the period; the month of ``until`` is the last of it. At least 1.
        until: the day the lists were sent in.

    Raises:
        ValueError: ``months`` is below 1 or ``seed`` below 0.
    """
    if months < 1:
        raise ValueError(f"months is {months}; it must be 1 or more")
    if seed < 0:
        raise ValueError(f"seed is {seed}; it must be 0 or more")
    start = (pd.Timestamp(until).to_period("M") - (months - 1)).start_time.date()
    part = months / REFERENCE_MONTHS
    spaces = invent_spaces(city, seed, start, until)
    people = invent_people(city, seed, (until - start).days + 1)
    blackouts = blackout_days(city, seed, start, until)
    events = invent_events(city, seed, spaces, blackouts, start, until, round(city.scale.events * part))
    lists, list_no = _lists(events)
    events = events.assign(list_no=list_no)
    registrations = invent_registrations(
        city, seed, people, events, start, until, round(city.scale.registrations * part)
    )
    lists = _sent_twice(city, seed, lists, events, registrations)
    registrations = _with_contacts_where_sent_twice(registrations, events, lists)
    return CityPlan(
        city=city,
        seed=seed,
        start=start,
        until=until,
        spaces=spaces,
        people=people,
        events=events,
        event_rows=event_rows(city, seed, events, spaces),
        lists=lists,
        registrations=registrations,
        returns=invent_returns(city, seed, spaces, events, registrations, start, until),
        meetups=invent_meetup_rows(city, seed, spaces, events),
        sessions=invent_sessions(city, seed, events),
        proposals=invent_proposals(city, seed, events),
    )


def _lists(events: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The lists of registrations, and the list of each event: forms by half-year, tickets by year, Luma by event."""
    keyed = events.loc[events["tool"] != "none", ["sender", "tool"]].assign(period=_periods(events))
    grouped = keyed.groupby(["sender", "tool", "period"], sort=True)
    lists = grouped.size().reset_index()[["sender", "tool", "period"]].rename_axis("list_no")
    numbers = grouped.ngroup().reindex(events.index, fill_value=-1)
    return lists, numbers.to_numpy()


def _periods(events: pd.DataFrame) -> pd.Series:
    year = events["starts_at"].dt.year.astype(str)
    half = year + np.where(events["starts_at"].dt.month <= 6, "-1", "-2")
    periods: pd.Series = half.where(events["tool"] == "google_forms", year).mask(
        events["tool"] == "luma", events["event_code"]
    )
    return periods


def _sent_twice(
    city: DemoCity, seed: int, lists: pd.DataFrame, events: pd.DataFrame, registrations: pd.DataFrame
) -> pd.DataFrame:
    """Add ``early_at`` to the lists: the middle sign-up of those that somebody sent before they were complete."""
    rng = stream(seed, city.city_id, "sent twice")
    list_no = events["list_no"].to_numpy()[registrations["event_no"]]
    signed = registrations["registered_at"].groupby(list_no)
    middle = signed.quantile(0.5, interpolation="lower").reindex(lists.index)
    is_fit = lists["tool"].isin(["google_forms", "pretix"]) & (
        signed.size().reindex(lists.index, fill_value=0) >= _SENT_TWICE_LINES
    )
    fit = np.flatnonzero(is_fit)
    size = min(len(fit), max(1, round(len(fit) * _SENT_TWICE_SHARE)))
    chosen = rng.choice(fit, size=size, replace=False)
    return lists.assign(early_at=middle.where(lists.index.isin(chosen)).astype("datetime64[us]"))


def _with_contacts_where_sent_twice(
    registrations: pd.DataFrame, events: pd.DataFrame, lists: pd.DataFrame
) -> pd.DataFrame:
    """A line without any contact cannot be recognised in a second copy: those lists have none."""
    list_no = events["list_no"].to_numpy()[registrations["event_no"]]
    is_twice = lists["early_at"].notna().to_numpy()[list_no]
    bare = is_twice & (registrations["contact"] == "none").to_numpy()
    return registrations.assign(contact=registrations["contact"].mask(bare, "email"))
