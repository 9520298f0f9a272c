"""Visits: who was where on which day, in order, as metrics of people over time read them.

A visit is one person at one event that is no session of a programme: the sessions of a workshop are one visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.metrics.rows import Array, each_once
from dashboard.metrics.selection import Selection, numbers_of


@dataclass(frozen=True)
class Visits:
    """Visits of everyone whose contact is known, each person's in the order of time; only for other metrics."""

    people: Array
    """Number of the person (see ``Rows.people``)."""
    events: Array
    """Number of the event."""

    def where(self, mask: Array) -> Visits:
        return Visits(self.people[mask], self.events[mask])

    def by_people(self, count: int) -> Iterator[Visits]:
        """All visits in parts of about so many, or more where one person has more: nobody is in two parts."""
        start = 0
        while start < len(self.people):
            last = self.people[min(start + count, len(self.people)) - 1]
            end = int(np.searchsorted(self.people, last, side="right"))
            yield Visits(self.people[start:end], self.events[start:end])
            start = end

    @property
    def has_next(self) -> Array:
        """Whether the visit that stands after each is the same person's."""
        return np.append(self.people[1:] == self.people[:-1], values=False)[: len(self.people)]


def in_order(selection: Selection) -> Visits:
    """All visits of a selection."""
    events = selection.events
    at = events["starts_at"].fillna(events["starts_on"])
    in_time = events.assign(at=at).sort_values(["starts_on", "at", "event_number"])
    numbers = numbers_of(in_time)
    rows = selection.rows
    rank = np.empty(len(rows.counts), dtype="int64")
    rank[numbers] = np.arange(len(numbers))
    lying = rows.in_order(numbers)
    people = rows.taken(rows.people, lying)
    took_part = people > 0
    # Person and place in time are one number, taken apart by its bits: to divide takes ten times as long.
    bits = len(numbers).bit_length()
    keys = people[took_part].astype("int64") << bits | np.repeat(rank[lying], rows.counts[lying])[took_part]
    # Who is twice on a list was there once.
    visits = each_once(keys)
    return Visits(visits >> bits, numbers[visits & ((1 << bits) - 1)])
