"""What a visitor chose: one frozen ``Filters``, to and from a URL's query, checked against what exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Protocol, TypeVar

import pandas as pd

from dashboard.errors import Bilingual, FilterError
from etl.contract import LISTED_ORIGINS, PARTICIPANT_GROUPS, SPACE_KINDS

DEFAULT_SPAN_MONTHS: Final = 24
_MONTH: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_SHOWN_LENGTH: Final = 40
_LISTS: Final = {
    "district": "districts",
    "theme": "themes",
    "kind": "kinds",
    "network": "networks",
    "group": "groups",
}
"""Parameter of the query → field of ``Filters`` for what may be chosen more than once."""
_MONTHS: Final = ("month", "start", "end")
PARAMETERS: Final = ("city", *_MONTHS, *_LISTS, "space", "workshops")
"""Every parameter of a query that is a filter."""

T = TypeVar("T")


class Data(Protocol):
    """What is needed of a snapshot here: its tables, its day, and a memory for what was read from them."""

    @property
    def as_of_on(self) -> date: ...

    def table(self, name: str) -> pd.DataFrame: ...

    def coded(self, name: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]: ...

    def remember(self, key: str, build: Callable[[], T]) -> T: ...


def month_of(day: date) -> date:
    """First day of the day's month."""
    return day.replace(day=1)


def add_months(month: date, months: int) -> date:
    """First day of the month that lies ``months`` after (or, when negative, before) the given one."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def months_of(days: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
    """First day of each day's month; missing stays missing."""
    months = days.to_numpy(dtype="datetime64[M]").astype("datetime64[us]")
    return pd.Series(months, index=days.index, name="month")


@dataclass(frozen=True)
class KnownValues:
    """What can be chosen, by city. The first of ``cities`` stands where a query names none."""

    cities: tuple[str, ...]
    districts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    themes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    networks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spaces: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, parameter: str, city: str) -> frozenset[str]:
        """Values that ``parameter`` may take in ``city``."""
        if parameter == "kind":
            return frozenset(SPACE_KINDS)
        if parameter == "group":
            return frozenset(PARTICIPANT_GROUPS)
        by_city = {
            "district": self.districts,
            "theme": self.themes,
            "network": self.networks,
            "space": self.spaces,
        }[parameter]
        return by_city.get(city, frozenset())


@dataclass(frozen=True)
class Problem:
    """One value of a query that was left out, and why."""

    parameter: str
    value: str
    text: Bilingual


@dataclass(frozen=True)
class DataSpan:
    """From when to when a city has data. Months are their first days."""

    as_of_on: date
    earliest_month: date | None = None
    """First month with any event, public ones included."""
    first_month: date | None = None
    """First month of the city's own (or demonstration) lists; missing where there are none.
    Before it a month without events means that nobody kept a list, not that nothing happened."""
    first_people_month: date | None = None
    """First month with an event that has registrations; before it nothing is known of people."""
    last_full_month: date | None = None
    """Last finished month with a held event of the lists or a monthly return; where there are neither, with an
    event that public sources name."""

    @property
    def unfinished_month(self) -> date:
        return month_of(self.as_of_on)

    def is_unfinished(self, month: date) -> bool:
        """Whether the month was still running (or not begun) on the day the data speaks for."""
        return month >= self.unfinished_month


def known_values(data: Data) -> KnownValues:
    """What can be chosen in a snapshot; cities in the order of their ids."""

    def read() -> KnownValues:
        def by_city(table: str, key: str) -> dict[str, frozenset[str]]:
            frame = data.table(table)
            return {str(city): frozenset(part[key]) for city, part in frame.groupby("city_id")}

        return KnownValues(
            cities=tuple(sorted(data.table("cities")["city_id"])),
            districts=by_city("districts", "district_code"),
            themes=by_city("themes", "theme_id"),
            networks=by_city("networks", "network_id"),
            spaces=by_city("spaces", "space_id"),
        )

    return data.remember("known_values", read)


def months_with_data(data: Data, city: str) -> tuple[date, ...]:
    """Months, in order, in which a city has a held event or a monthly return; the unfinished one included."""

    def read() -> tuple[date, ...]:
        events = _held(data, city)
        returns = data.table("monthly_returns")
        months = pd.concat([months_of(events["starts_on"]), returns.loc[returns["city_id"] == city, "month"]])
        return _dates(months)

    return data.remember(f"months_with_data {city}", read)


def data_span(data: Data, city: str) -> DataSpan:
    """From when to when a city has data; all missing but the day where it has none."""

    def read() -> DataSpan:
        events = _held(data, city)
        listed = events[events["origin"].isin(LISTED_ORIGINS)]
        with_people = events[_with_registrations(data).get_indexer(pd.Index(events["event_id"])) >= 0]
        months = months_with_data(data, city)
        returns = data.table("monthly_returns")
        counted = _dates(pd.concat([months_of(listed["starts_on"]), returns.loc[returns["city_id"] == city, "month"]]))
        full = [month for month in counted or months if month < month_of(data.as_of_on)]
        return DataSpan(
            as_of_on=data.as_of_on,
            earliest_month=months[0] if months else None,
            first_month=_first(listed),
            first_people_month=_first(with_people),
            last_full_month=full[-1] if full else None,
        )

    return data.remember(f"data_span {city}", read)


def _with_registrations(data: Data) -> pd.Index[str]:
    """Ids of the events that have registrations."""

    def read() -> pd.Index[str]:
        first, *others = (batch["event_id"].cat.categories for batch in data.coded("registrations", ["event_id"]))
        ids: pd.Index[str] = first.append(others).unique().astype("str")
        return ids

    return data.remember("with_registrations", read)


def _held(data: Data, city: str) -> pd.DataFrame:
    events = data.table("events")
    return events[(events["city_id"] == city) & (events["status"] == "held") & (events["date_precision"] != "year")]


def _dates(months: pd.Series[pd.Timestamp]) -> tuple[date, ...]:
    return tuple(month.date() for month in sorted(months.drop_duplicates()))


def _first(events: pd.DataFrame) -> date | None:
    months = _dates(months_of(events["starts_on"]))
    return months[0] if months else None


@dataclass(frozen=True)
class Filters:
    """One choice of filters. Empty means all. Values are ids, held sorted and once each.

    Raises:
        FilterError: a month is not the first day of a month, or ``start`` is after ``end``.
    """

    city: str
    month: date | None = None
    start: date | None = None
    end: date | None = None
    districts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    space: str | None = None
    workshops: bool = True
    """Whether multi-day workshops and their sessions are counted."""

    def __post_init__(self) -> None:
        for name in _LISTS.values():
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        for name in _MONTHS:
            month = getattr(self, name)
            if month is not None and month.day != 1:
                raise FilterError(
                    Bilingual(
                        f"{name}: {month} — не перший день місяця.", f"{name}: {month} is no first day of a month."
                    ),
                    Bilingual("Оберіть місяць.", "Choose a month."),
                )
        if self.start is not None and self.end is not None and self.start > self.end:
            raise FilterError(
                Bilingual(
                    f"Початок {self.start:%Y-%m} пізніше за кінець {self.end:%Y-%m}.",
                    f"The start {self.start:%Y-%m} is after the end {self.end:%Y-%m}.",
                ),
                Bilingual("Поміняйте їх місцями.", "Swap them."),
            )

    def to_query(self) -> dict[str, list[str]]:
        """The filters as a URL's query: ids, never labels; months as ``2026-10``; defaults left out.

        The city always stands in it: a link must show the same to whoever opens it.
        """
        query = {"city": [self.city]}
        for name in _MONTHS:
            month = getattr(self, name)
            if month is not None:
                query[name] = [f"{month:%Y-%m}"]
        for parameter, name in _LISTS.items():
            if getattr(self, name):
                query[parameter] = list(getattr(self, name))
        if self.space is not None:
            query["space"] = [self.space]
        if not self.workshops:
            query["workshops"] = ["0"]
        return query

    @classmethod
    def from_query(
        cls, query: Mapping[str, Sequence[str] | str], known: KnownValues, default_city: str | None = None
    ) -> tuple[Filters, tuple[Problem, ...]]:
        """Read filters from a URL's query; what does not exist is left out and reported, never raised.

        Parameters that are no filters (a page's own, the language) are passed over. Where the query names
        no city, ``default_city`` stands, and where that is none of the cities, the first of them.

        Raises:
            FilterError: there is no city at all.
        """
        if not known.cities:
            raise FilterError(
                Bilingual("У даних немає жодного міста.", "The data hold no city."),
                Bilingual("Завантажте дані: civicspace load.", "Load some data: civicspace load."),
            )
        fallback = default_city if default_city is not None and default_city in known.cities else known.cities[0]
        reading = _Reading(query, known)
        city = reading.one("city", known.cities) or fallback
        start, end = reading.month("start"), reading.month("end")
        if start is not None and end is not None and start > end:
            reading.report(
                "start", f"{start:%Y-%m}", Bilingual("початок пізніше за кінець", "the start is after the end")
            )
            start = end = None
        return (
            cls(
                city=city,
                month=reading.month("month"),
                start=start,
                end=end,
                districts=reading.many("district", city),
                themes=reading.many("theme", city),
                kinds=reading.many("kind", city),
                networks=reading.many("network", city),
                groups=reading.many("group", city),
                space=reading.one("space", known.of("space", city)),
                workshops=reading.one("workshops", ("0", "1")) != "0",
            ),
            tuple(reading.problems),
        )

    def resolved(self, data: Data) -> Filters:
        """The same filters with ``month``, ``start`` and ``end`` filled in where none were chosen.

        ``month``: the last finished month with data; one that has not begun is brought back to the
        unfinished one. ``end``: the unfinished month, which is shown and marked, or the last month with
        data where the data stop earlier. ``start``: 24 months before the end, though not before the data
        begin.
        """
        span = data_span(data, self.city)
        before = add_months(span.unfinished_month, -1)
        last_full = span.last_full_month or before
        latest = span.unfinished_month if last_full == before else last_full
        end = self.end or max(latest, self.start or latest)
        start = self.start
        if start is None:
            start = add_months(end, -DEFAULT_SPAN_MONTHS)
            if span.first_month is not None:
                start = min(max(start, span.first_month), end)
        return replace(self, month=min(self.month or last_full, span.unfinished_month), start=start, end=end)


class _Reading:
    """One pass over a query, collecting what had to be left out."""

    def __init__(self, query: Mapping[str, Sequence[str] | str], known: KnownValues) -> None:
        self._query = query
        self._known = known
        self.problems: list[Problem] = []

    def report(self, parameter: str, value: str, text: Bilingual) -> None:
        self.problems.append(Problem(parameter, value[:_SHOWN_LENGTH], text))

    def _values(self, parameter: str) -> list[str]:
        value = self._query.get(parameter, ())
        return [value] if isinstance(value, str) else list(value)

    def _known_of(self, parameter: str, allowed: Iterable[str]) -> list[str]:
        kept = []
        known = frozenset(allowed)
        for value in self._values(parameter):
            if value in known:
                kept.append(value)
            else:
                self.report(parameter, value, Bilingual("такого значення немає", "there is no such value"))
        return kept

    def one(self, parameter: str, allowed: Iterable[str]) -> str | None:
        """The last known value, as browsers and forms have it."""
        kept = self._known_of(parameter, allowed)
        return kept[-1] if kept else None

    def many(self, parameter: str, city: str) -> tuple[str, ...]:
        return tuple(self._known_of(parameter, self._known.of(parameter, city)))

    def month(self, parameter: str) -> date | None:
        month = None
        for value in self._values(parameter):
            match = _MONTH.fullmatch(value)
            if match:
                month = date(int(match[1]), int(match[2]), 1)
            else:
                self.report(
                    parameter, value, Bilingual("місяць пишуть так: 2026-10", "a month is written like 2026-10")
                )
        return month
