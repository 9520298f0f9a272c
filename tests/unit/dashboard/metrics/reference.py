"""Every number of the catalogue, worked out anew in plain pandas from its definition in docs/figures.md.

Nothing here is taken from ``dashboard.metrics``: it reads the tables of a snapshot, row by row where that is plainer,
and takes no care of speed. ``World`` is what a choice of filters leaves; a figure is a function of it. A number that
is not known is None.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any, Final

import pandas as pd

Value = float | None
Row = dict[str, Any]

LISTS: Final = ("own", "demo")
"""Origins of lists that a city keeps."""
NOTED: Final = frozenset({"attendances_count", "no_shows_count", "attendance_base_count", "seat_attendances_count"})
"""What needs somebody to have noted who came."""


def month_of(day: Any) -> Any:
    return None if pd.isna(day) else pd.Timestamp(day.year, day.month, 1)


def is_counted(event: Row) -> bool:
    """Held, and the month is known."""
    return event["status"] == "held" and event["date_precision"] != "year"


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table, what is missing as None."""
    found = frame.to_dict("records")
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in found]


@dataclass(frozen=True)
class City:
    """A city's rows, whatever is chosen."""

    tables: Mapping[str, list[Row]]
    city_id: str
    as_of: date

    def of(self, table: str) -> list[Row]:
        return [row for row in self.tables[table] if row["city_id"] == self.city_id]

    @cached_property
    def events(self) -> dict[str, Row]:
        spaces = {space["space_id"]: space for space in self.of("spaces")}
        themes: dict[str, set[str]] = {}
        for row in self.tables["event_themes"]:
            themes.setdefault(row["event_id"], set()).add(row["theme_id"])
        return {
            event["event_id"]: {
                **event,
                "month": month_of(event["starts_on"]),
                "kind": spaces.get(event["space_id"], {}).get("kind"),
                "network_id": spaces.get(event["space_id"], {}).get("network_id"),
                "themes": themes.get(event["event_id"], set()),
            }
            for event in self.of("events")
        }

    @cached_property
    def registrations(self) -> list[Row]:
        found = []
        for row in self.tables["registrations"]:
            event = self.events.get(row["event_id"])
            if event is None:
                continue
            came = row["status"] == "attended"
            signed_up = row["status"] == "registered" and not event["is_attendance_recorded"]
            took_part = is_counted(event) and (came or signed_up)
            found.append({**row, "event": event, "took_part": took_part})
        return found

    @cached_property
    def first_month_of(self) -> dict[int, Any]:
        """The month of each person's first participation in the city."""
        first: dict[int, Any] = {}
        for row in self.registrations:
            person, month = row["person_id"], row["event"]["month"]
            if row["took_part"] and person is not None:
                first[person] = min(first.get(person, month), month)
        return first

    @cached_property
    def first_month(self) -> Any:
        months = [e["month"] for e in self.events.values() if is_counted(e) and e["origin"] in LISTS]
        return min(months, default=None)

    @cached_property
    def first_people_month(self) -> Any:
        return min((r["event"]["month"] for r in self.registrations if is_counted(r["event"])), default=None)

    @property
    def unfinished_month(self) -> pd.Timestamp:
        return pd.Timestamp(self.as_of.year, self.as_of.month, 1)


@dataclass(frozen=True)
class World:
    """A city's rows that pass the filters in some months, and ``only`` those of one district, theme, space or group."""

    city: City
    filters: Any
    start: date
    end: date
    only: Mapping[str, str | None] = field(default_factory=dict)

    def cut(self, **only: str | None) -> World:
        return World(self.city, self.filters, self.start, self.end, only)

    def during(self, start: date, end: date) -> World:
        return World(self.city, self.filters, start, end)

    def is_told(self, first: pd.Timestamp | None) -> bool:
        """Whether lists that begin in a month reach the selected months."""
        return first is not None and pd.Timestamp(self.end) >= first

    def within(self, month: Any) -> bool:
        return month is not None and pd.Timestamp(self.start) <= month <= pd.Timestamp(self.end)

    def passes(self, event: Row) -> bool:
        chosen = self.filters
        return (
            self.within(event["month"])
            and (not chosen.districts or event["district_code"] in chosen.districts)
            and (not chosen.kinds or event["kind"] in chosen.kinds)
            and (not chosen.networks or event["network_id"] in chosen.networks)
            and (chosen.space is None or event["space_id"] == chosen.space)
            and (not chosen.themes or bool(event["themes"] & set(chosen.themes)))
            and (chosen.workshops or not event["is_workshop"])
        )

    def is_only(self, event: Row) -> bool:
        for name, wanted in self.only.items():
            if name == "theme_id":
                here = event["themes"] & self.theme_ids
                if (wanted in here) if wanted is not None else not here:
                    continue
                return False
            if name != "participant_group" and event[name] != wanted:
                return False
        return True

    @cached_property
    def theme_ids(self) -> set[str]:
        """The themes chosen, or all of the city."""
        known = {theme["theme_id"] for theme in self.city.of("themes")}
        return known & set(self.filters.themes) if self.filters.themes else known

    @cached_property
    def district_codes(self) -> set[str]:
        known = {district["district_code"] for district in self.city.of("districts")}
        chosen = known & set(self.filters.districts) if self.filters.districts else known
        return chosen & {self.only["district_code"]} if "district_code" in self.only else chosen

    @cached_property
    def selected(self) -> list[Row]:
        """Held events and sessions of the lists that pass the filters."""
        return [e for e in self.city.events.values() if is_counted(e) and e["origin"] in LISTS and self.passes(e)]

    @cached_property
    def held(self) -> list[Row]:
        return [event for event in self.selected if self.is_only(event)]

    @cached_property
    def events(self) -> list[Row]:
        return [event for event in self.held if event["parent_event_id"] is None]

    @cached_property
    def registrations(self) -> list[Row]:
        ids = {event["event_id"] for event in self.held}
        groups = set(self.filters.groups)
        wanted = self.only.get("participant_group")
        return [
            row
            for row in self.city.registrations
            if row["event_id"] in ids
            and (not groups or row["participant_group"] in groups)
            and (wanted is None or row["participant_group"] == wanted)
        ]

    @cached_property
    def participations(self) -> list[Row]:
        return [row for row in self.registrations if row["took_part"]]

    @cached_property
    def people(self) -> set[int]:
        return {row["person_id"] for row in self.participations if row["person_id"] is not None}

    @cached_property
    def spaces(self) -> list[Row]:
        chosen = self.filters
        return [
            space
            for space in self.city.of("spaces")
            if (not chosen.kinds or space["kind"] in chosen.kinds)
            and (not chosen.networks or space["network_id"] in chosen.networks)
            and (not chosen.districts or space["district_code"] in chosen.districts)
            and (chosen.space is None or space["space_id"] == chosen.space)
            and all(space[name] == wanted for name, wanted in self.only.items() if name in space)
        ]

    @cached_property
    def returns(self) -> list[Row]:
        ids = {space["space_id"] for space in self.spaces}
        return [
            row
            for row in self.city.of("monthly_returns")
            if row["space_id"] in ids and self.within(month_of(row["month"]))
        ]

    @cached_property
    def comparable_returns(self) -> list[Row]:
        """Returns know neither themes nor groups."""
        return [] if self.filters.themes or self.filters.groups else self.returns

    @cached_property
    def months(self) -> list[pd.Timestamp]:
        return list(pd.date_range(self.start, self.end, freq="MS"))

    def is_known_to_the_city(self, space: Row) -> bool:
        """A list or a return of the city knows the space."""
        hosts = {e["space_id"] for e in self.city.events.values() if e["origin"] in LISTS}
        reporters = {row["space_id"] for row in self.city.of("monthly_returns")}
        return space["origin"] in LISTS or space["space_id"] in hosts | reporters

    def is_open(self, space: Row, month: pd.Timestamp) -> bool:
        begins, ends = space["opened_on"], space["closed_on"]
        return (begins is None or month_of(begins) <= month) and (ends is None or ends >= month)

    def spaces_that(self, holds: Callable[[bool, bool], bool]) -> int:
        """How many spaces are open and active, over all months, as ``holds`` asks."""
        hosting = {(e["space_id"], e["month"]) for e in self.selected}
        hosting |= {(r["space_id"], month_of(r["month"])) for r in self.comparable_returns if r["events_count"]}
        found = 0
        for space in self.spaces:
            is_listed = self.is_known_to_the_city(space)
            is_open = any(is_listed and self.is_open(space, month) for month in self.months)
            is_active = any((space["space_id"], month) in hosting for month in self.months)
            found += holds(is_open, is_active)
        return found

    @cached_property
    def due_returns(self) -> set[tuple[str, Any]]:
        """Space and month of each return that is expected."""
        first: dict[str, Any] = {}
        for row in self.city.of("monthly_returns"):
            month = month_of(row["month"])
            first[row["space_id"]] = min(first.get(row["space_id"], month), month)
        return {
            (space["space_id"], month)
            for space in self.spaces
            for month in self.months
            if space["space_id"] in first
            and first[space["space_id"]] <= month < self.city.unfinished_month
            and (space["closed_on"] is None or space["closed_on"] >= month)
        }

    @cached_property
    def meetups(self) -> dict[str, set[str]]:
        """The spaces at each meet-up."""
        known = {space["space_id"] for space in self.city.of("spaces")}
        there: dict[str, set[str]] = {}
        for row in self.city.tables["event_spaces"]:
            if row["space_id"] in known:
                there.setdefault(row["event_id"], set()).add(row["space_id"])
        return {
            event["event_id"]: there[event["event_id"]]
            for event in self.events
            if event["event_id"] in there
            and (len(there[event["event_id"]]) > 1 or event["format"] == "experience_exchange")
        }

    @cached_property
    def proposals(self) -> list[Row]:
        found = []
        for row in self.city.of("proposals"):
            event = self.city.events.get(row["event_id"])
            month = month_of(row["submitted_on"]) or (event["month"] if event else None)
            chosen = self.filters
            if (
                self.within(month)
                and (not chosen.themes or row["theme_id"] in chosen.themes)
                and (not chosen.districts or row["district_code"] in chosen.districts)
                and all(row[name] == wanted for name, wanted in self.only.items() if name in row)
            ):
                found.append(row)
        return found

    @cached_property
    def themed_pairs(self) -> list[tuple[str, str]]:
        return [(event["event_id"], theme) for event in self.events for theme in event["themes"] & self.theme_ids]

    @property
    def population(self) -> Value:
        stated = [
            district["population_count"]
            for district in self.city.of("districts")
            if district["district_code"] in self.district_codes
        ]
        return None if not stated or None in stated else sum(stated)


def ratio(part: Value, whole: Value, factor: float = 100.0) -> Value:
    return None if part is None or not whole else part / whole * factor


def median(numbers: list[float]) -> Value:
    return float(pd.Series(numbers).median()) if numbers else None


def entropy(counts: Iterable[int]) -> Value:
    counts = [count for count in counts if count]
    total = sum(counts)
    return -sum(count / total * math.log(count / total) for count in counts) if total else None


def tally(names: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    return counted


# --- one number of one world --------------------------------------------------------------------------------


def of_people(count: Callable[[World], float], *, noted: bool = False) -> Callable[[World], Value]:
    """Not known where something was held of which there is no list (where nobody noted who came); of a group nobody."""

    def counted(world: World) -> Value:
        if world.held and "participant_group" not in world.only:
            listed = {row["event_id"] for row in world.city.registrations}
            if noted and not any(event["is_attendance_recorded"] for event in world.held):
                return None
            if not noted and not any(event["event_id"] in listed for event in world.held):
                return None
        return count(world)

    return counted


def with_status(*statuses: str) -> Callable[[World], float]:
    return lambda world: sum(row["status"] in statuses for row in world.registrations)


def seat_events(world: World) -> list[Row]:
    return [event for event in world.events if event["is_attendance_recorded"] and event["seats_count"]]


def seat_attendances(world: World) -> float:
    ids = {event["event_id"] for event in seat_events(world)}
    return sum(row["status"] == "attended" and row["event_id"] in ids for row in world.registrations)


def lead_days(world: World) -> list[float]:
    days = [
        (row["event"]["starts_on"].normalize() - row["registered_at"].normalize()).days
        for row in world.registrations
        if row["registered_at"] is not None
    ]
    return [day for day in days if day >= 0]


def new_people(world: World) -> Value:
    """Not known where the first month of all is among the months: everyone is new in it."""
    first = world.city.first_people_month
    if first is None or first >= pd.Timestamp(world.start):
        return None
    return sum(world.within(world.city.first_month_of[person]) for person in world.people)


def returning_people(world: World) -> Value:
    new = new_people(world)
    return None if new is None else len(world.people) - new


def reported(name: str) -> Callable[[World], Value]:
    def summed(world: World) -> Value:
        stated = [row[name] for row in world.comparable_returns if row[name] is not None]
        return sum(stated) if stated else None

    return summed


def evenness(world: World) -> Value:
    located = tally(e["district_code"] for e in world.events if e["district_code"] in world.district_codes)
    found, kinds = entropy(located.values()), len(world.district_codes)
    return None if found is None or kinds < 2 else found / math.log(kinds)


def variety(world: World) -> Value:
    found = entropy(tally(theme for _, theme in world.themed_pairs).values())
    return None if found is None else math.exp(found)


def links(world: World) -> set[tuple[str, str]]:
    return {pair for spaces in world.meetups.values() for pair in combinations(sorted(spaces), 2)}


def cancelled(world: World) -> int:
    return sum(
        event["status"] == "cancelled"
        and event["date_precision"] != "year"
        and event["origin"] in LISTS
        and event["parent_event_id"] is None
        and world.passes(event)
        and world.is_only(event)
        for event in world.city.events.values()
    )


Reference = Callable[[World], Value]

COUNTS: Final[dict[str, Reference]] = {
    "events_count": lambda w: len(w.events),
    "sessions_count": lambda w: len(w.held) - len(w.events),
    "cancelled_events_count": cancelled,
    "recorded_events_count": lambda w: sum(event["is_attendance_recorded"] for event in w.events),
    "seat_events_count": lambda w: len(seat_events(w)),
    "seats_count": lambda w: sum(event["seats_count"] for event in seat_events(w)),
    "registrations_count": of_people(lambda w: len(w.registrations)),
    "attendances_count": of_people(with_status("attended"), noted=True),
    "no_shows_count": of_people(with_status("no_show"), noted=True),
    "attendance_base_count": of_people(with_status("attended", "no_show"), noted=True),
    "participations_count": of_people(lambda w: len(w.participations)),
    "identified_participations_count": of_people(
        lambda w: sum(row["person_id"] is not None for row in w.participations)
    ),
    "participants_count": of_people(lambda w: len(w.people)),
    "seat_attendances_count": of_people(seat_attendances, noted=True),
    "lead_registrations_count": of_people(lambda w: len(lead_days(w))),
    "new_participants_count": new_people,
    "returning_participants_count": returning_people,
    "reported_visitors_count": reported("visitors_count"),
    "reported_events_count": reported("events_count"),
    "reporting_spaces_count": lambda w: len({row["space_id"] for row in w.returns}),
    "expected_returns_count": lambda w: len(w.due_returns),
    "received_returns_count": lambda w: len(
        w.due_returns & {(row["space_id"], month_of(row["month"])) for row in w.returns}
    ),
    "open_spaces_count": lambda w: w.spaces_that(lambda is_open, _: is_open),
    "active_spaces_count": lambda w: w.spaces_that(lambda _, is_active: is_active),
    "silent_spaces_count": lambda w: w.spaces_that(lambda is_open, is_active: is_open and not is_active),
    "themed_events_count": lambda w: len({event for event, _ in w.themed_pairs}),
    "located_events_count": lambda w: sum(event["district_code"] in w.district_codes for event in w.events),
    "meetups_count": lambda w: len(w.meetups),
    "space_links_count": lambda w: len(links(w)),
    "proposals_count": lambda w: len(w.proposals),
    "population_count": lambda w: w.population,
}

OTHERS: Final[dict[str, Reference]] = {
    "attendance_rate_pct": lambda w: ratio(of("attendances_count", w), of("attendance_base_count", w)),
    "no_show_rate_pct": lambda w: ratio(of("no_shows_count", w), of("attendance_base_count", w)),
    "seat_use_pct": lambda w: ratio(of("seat_attendances_count", w), of("seats_count", w)),
    "median_lead_days": lambda w: median(lead_days(w)),
    "theme_variety": variety,
    "district_evenness": evenness,
    "spaces_per_meetup": lambda w: ratio(sum(len(s) for s in w.meetups.values()), len(w.meetups), 1),
    "attendance_coverage_pct": lambda w: ratio(of("recorded_events_count", w), len(w.events)),
    "contact_coverage_pct": lambda w: ratio(of("identified_participations_count", w), of("participations_count", w)),
    "seat_coverage_pct": lambda w: ratio(of("seat_events_count", w), len(w.events)),
    "lead_coverage_pct": lambda w: ratio(of("lead_registrations_count", w), of("registrations_count", w)),
    "returns_coverage_pct": lambda w: ratio(of("received_returns_count", w), of("expected_returns_count", w)),
    "theme_coverage_pct": lambda w: ratio(of("themed_events_count", w), len(w.events)),
    "district_coverage_pct": lambda w: ratio(of("located_events_count", w), len(w.events)),
    "new_participants_share_pct": lambda w: ratio(new_people(w), of("participants_count", w)),
    **{
        f"{name}_per_1000": lambda w, count=f"{name}_count": ratio(of(count, w), w.population, 1000)
        for name in ("events", "registrations", "attendances", "participants", "reported_visitors")
    },
    "spaces_per_1000": lambda w: ratio(of("open_spaces_count", w), w.population, 1000),
}

SCALARS: Final = {**COUNTS, **OTHERS}
"""A number's reference, by its id."""


def of(name: str, world: World) -> Value:
    return SCALARS[name](world)
