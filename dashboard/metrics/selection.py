"""The rows that a choice of filters leaves: the input of every metric.

A ``Selection`` holds single rows, of people too, and is never shown: it is handed to the metrics, and what
they return is fit for the role it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.filters import DataSpan, Filters, add_months, data_span, months_of
from dashboard.metrics.shape import looked_up, month_frame
from dashboard.store import Snapshot
from etl.contract import LISTED_ORIGINS

_HELD: Final = "held"
_OF_REGISTRATIONS: Final = (
    "event_id",
    "person_id",
    "registered_at",
    "status",
    "participant_group",
    "home_district_code",
    "home_status",
)
"""Columns of registrations that are counted by; the others are left in their file."""

_Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Selection:
    """The rows of one city in the months ``start`` to ``end`` that pass the filters.

    Every frame keeps the columns of its table in the contract but ``city_id``; added are:

    * ``events``, ``sessions``, ``others``: ``event_number`` (Int64, joins the frames), ``month``, ``is_session``,
      ``kind`` and ``network_id`` of the hosting space, ``has_registrations``.
    * ``registrations``, ``other_registrations``: ``event_number`` and, instead of their own and the event's id and
      their source, the event's ``month``, ``starts_on``, ``space_id``, ``district_code``, ``is_session``,
      ``is_attendance_recorded``; ``is_attended``, ``is_no_show``; ``is_participation`` (came, or signed up where
      nobody noted who came); ``first_month`` of the person's participation in the city, whatever the filters;
      ``lead_days`` from sign-up to event, missing when unknown or after it.
    * ``event_themes``, ``event_organisations``, ``event_spaces``: ``event_number``, ``month``; ``event_spaces``
      also ``starts_on``, ``is_session``, and ``is_first``: the space's first meeting in the city.
    """

    filters: Filters
    span: DataSpan
    start: date
    end: date
    events: pd.DataFrame
    """Held events of the city's lists that are no sessions and whose month is known."""
    sessions: pd.DataFrame
    """Held sessions of multi-day events, of the lists."""
    others: pd.DataFrame
    """What is shown but not counted: planned and cancelled events and sessions, those of which only the year is
    known, and all that only public facts and public event lists name."""
    registrations: pd.DataFrame
    """Registrations for ``events`` and ``sessions``, of the chosen participant groups."""
    other_registrations: pd.DataFrame
    """Registrations for ``others``."""
    event_themes: pd.DataFrame
    """Themes of ``events`` and ``sessions`` (and ``others``)."""
    event_organisations: pd.DataFrame
    event_spaces: pd.DataFrame
    proposals: pd.DataFrame
    """Proposals of the months (by the day handed in, else by the event's), themes and districts chosen."""
    returns: pd.DataFrame
    """Monthly returns of ``spaces``. They know neither themes nor groups."""
    spaces: pd.DataFrame
    """Spaces that pass the filters of space, kind, network and district, whether or not anything happened;
    with ``first_return_month``, the month of the first return they ever sent, and ``is_listed``: a list or return
    of the city knows the space (of the others nobody here knows whether anything happens in them)."""
    city_spaces: pd.DataFrame
    """All spaces of the city, whatever was chosen."""
    districts: pd.DataFrame
    """The chosen districts of the city, or all."""
    city_districts: pd.DataFrame
    """All districts of the city, whatever was chosen."""
    themes: pd.DataFrame
    """The chosen themes of the city, or all, by rank."""
    networks: pd.DataFrame
    """All networks of the city."""
    part: str = ""
    """What part of the choice this is, when not all of it: with filters and months it says which rows these are."""

    @property
    def start_at(self) -> pd.Timestamp:
        return pd.Timestamp(self.start)

    @property
    def end_at(self) -> pd.Timestamp:
        """First moment after the last month."""
        return pd.Timestamp(add_months(self.end, 1))

    @property
    def is_by_event(self) -> bool:
        """Whether themes or groups are chosen, which monthly returns do not know."""
        return bool(self.filters.themes or self.filters.groups)

    @property
    def comparable_returns(self) -> pd.DataFrame:
        """The returns, or none of them where they cannot be set beside the other rows."""
        return self.returns.iloc[:0] if self.is_by_event else self.returns

    @property
    def months(self) -> pd.DataFrame:
        """One row per month of the selection; column ``month``."""
        return month_frame(self.start, self.end)

    def of_event(self, event_id: str) -> Selection:
        """The same selection for one event and its sessions."""

        def cut(frame: pd.DataFrame) -> pd.DataFrame:
            return frame[(frame["event_id"] == event_id) | (frame["parent_event_id"] == event_id)]

        events, sessions, others = cut(self.events), cut(self.sessions), cut(self.others)
        numbers = pd.concat([events["event_number"], sessions["event_number"], others["event_number"]])

        def of(frame: pd.DataFrame) -> pd.DataFrame:
            return frame[frame["event_number"].isin(numbers)]

        return replace(
            self,
            events=events,
            sessions=sessions,
            others=others,
            registrations=of(self.registrations),
            other_registrations=of(self.other_registrations),
            event_themes=of(self.event_themes),
            event_organisations=of(self.event_organisations),
            event_spaces=of(self.event_spaces),
            proposals=self.proposals[self.proposals["event_id"] == event_id],
            part=f"{self.part} event {event_id}",
        )

    @property
    def from_public_sources(self) -> Selection:
        """The same choice of what only public sources name: held events as ``events``, their sessions, no people."""
        others = self.others
        public = others[(others["status"] == _HELD) & ~others["origin"].isin(LISTED_ORIGINS)]
        return replace(
            self,
            events=public[~public["is_session"]],
            sessions=public[public["is_session"]],
            others=others.iloc[:0],
            registrations=self.registrations.iloc[:0],
            other_registrations=self.other_registrations.iloc[:0],
            part=f"{self.part} public",
        )

    def between(self, start: date, end: date) -> Selection:
        """The same selection for fewer months.

        Raises:
            ValueError: the months are not all within this selection.
        """
        if not self.start <= start <= end <= self.end:
            raise ValueError(f"months {start:%Y-%m}..{end:%Y-%m} are not within {self.start:%Y-%m}..{self.end:%Y-%m}")

        def cut(frame: pd.DataFrame) -> pd.DataFrame:
            month = frame["month"]
            if not month.is_monotonic_increasing:
                return frame[month.between(pd.Timestamp(start), pd.Timestamp(end))]
            # Registrations are: a slice of them costs nothing.
            first, last = (month.searchsorted(pd.Timestamp(day), "left") for day in (start, add_months(end, 1)))
            return frame.iloc[first:last]

        return replace(
            self,
            start=start,
            end=end,
            events=cut(self.events),
            sessions=cut(self.sessions),
            others=cut(self.others),
            registrations=cut(self.registrations),
            other_registrations=cut(self.other_registrations),
            event_themes=cut(self.event_themes),
            event_organisations=cut(self.event_organisations),
            event_spaces=cut(self.event_spaces),
            proposals=cut(self.proposals),
            returns=cut(self.returns),
        )


@dataclass(frozen=True)
class _Runs:
    """Where the registrations of each event lie: together, and events in the order of their months.

    What is chosen is gathered from there, whatever the number of all others; a period of everything is a mere slice.
    """

    starts: _Numbers
    """Of each event, by number: its first row."""
    counts: _Numbers

    @classmethod
    def in_order(cls, registrations: pd.DataFrame, events: pd.DataFrame) -> tuple[_Runs, pd.DataFrame]:
        """The registrations in that order, and where they lie."""
        numbers = registrations["event_number"].to_numpy(dtype="int64")
        by_month = np.argsort(events["month"].to_numpy(), kind="stable")
        rank = np.empty(len(events), dtype="int64")
        rank[by_month] = np.arange(len(events))
        counts = np.bincount(numbers, minlength=len(events))
        starts = np.zeros(len(events), dtype="int64")
        starts[by_month] = np.cumsum(counts[by_month]) - counts[by_month]
        ordered = registrations.take(np.argsort(rank[numbers], kind="stable")).reset_index(drop=True)
        return cls(starts, counts), ordered

    def of(self, registrations: pd.DataFrame, numbers: _Numbers) -> pd.DataFrame:
        """The registrations of the events with these numbers."""
        numbers = numbers[self.counts[numbers] > 0]
        if not len(numbers):
            return registrations.iloc[:0]
        numbers = numbers[np.argsort(self.starts[numbers])]
        starts, counts = self.starts[numbers], self.counts[numbers]
        total, first = int(counts.sum()), int(starts[0])
        if int(starts[-1] + counts[-1]) == first + total:
            return registrations.iloc[first : first + total]
        return registrations.take(np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(total))


@dataclass(frozen=True)
class _City:
    """All rows of one city, joined once."""

    span: DataSpan
    events: pd.DataFrame
    registrations: pd.DataFrame
    runs: _Runs
    event_themes: pd.DataFrame
    event_organisations: pd.DataFrame
    event_spaces: pd.DataFrame
    proposals: pd.DataFrame
    returns: pd.DataFrame
    spaces: pd.DataFrame
    districts: pd.DataFrame
    themes: pd.DataFrame
    networks: pd.DataFrame


def select(snapshot: Snapshot, filters: Filters, start: date | None = None, end: date | None = None) -> Selection:
    """Rows that pass the filters in the months ``start`` to ``end``, both included.

    Args:
        snapshot: the open snapshot; what is joined for a city is kept in its memory.
        filters: the choice. Districts, themes, kinds, networks and the space restrict events (by where they
            were held), and with them all that hangs on them; groups restrict registrations alone.
        start: first day of the first month; where missing, that of the resolved filters.
        end: first day of the last month; where missing, that of the resolved filters.

    Returns:
        The selection; with nothing selected, frames without rows that have all their columns.

    Raises:
        ValueError: ``start`` is after ``end``.
    """
    resolved = filters.resolved(snapshot)
    start, end = start or resolved.start, end or resolved.end
    if start is None or end is None or start > end:
        raise ValueError(f"the months {start}..{end} are no period")
    city = snapshot.remember(f"city {filters.city}", lambda: _city(snapshot, filters.city))
    whole = Selection(
        filters=filters,
        span=city.span,
        start=start,
        end=end,
        events=city.events,
        sessions=city.events,
        others=city.events,
        registrations=city.registrations,
        other_registrations=city.registrations,
        event_themes=city.event_themes,
        event_organisations=city.event_organisations,
        event_spaces=city.event_spaces,
        proposals=_chosen_proposals(city.proposals, filters),
        returns=city.returns,
        spaces=_chosen_spaces(city.spaces, filters),
        districts=_chosen(city.districts, "district_code", filters.districts),
        city_districts=city.districts,
        city_spaces=city.spaces,
        themes=_chosen(city.themes, "theme_id", filters.themes),
        networks=city.networks,
    )
    return _restricted(whole, city.runs)


def select_month(snapshot: Snapshot, filters: Filters, month: date | None = None) -> Selection:
    """A month with the twelve before it: all that a month's overview compares with."""
    month = month or filters.resolved(snapshot).month
    if month is None:
        raise ValueError("no month is chosen and none can be resolved")
    return select(snapshot, filters, add_months(month, -12), month)


def _restricted(whole: Selection, runs: _Runs) -> Selection:
    filters = whole.filters
    in_time = whole.events["month"].between(whole.start_at, whole.end_at, inclusive="left")
    events = whole.events[in_time & _event_mask(whole.events, whole.event_themes, filters)]
    is_listed = events["origin"].isin(LISTED_ORIGINS)
    is_counted = is_listed & (events["status"] == _HELD) & (events["date_precision"] != "year")
    held, others = events[is_counted], events[~is_counted]

    def of(frame: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
        # A mask over the city's consecutive event numbers is far faster than a join on texts.
        is_chosen = np.zeros(len(whole.events) + 1, dtype=bool)
        is_chosen[chosen["event_number"].to_numpy(dtype="int64")] = True
        kept: pd.DataFrame = frame.loc[is_chosen[frame["event_number"].to_numpy(dtype="int64")]]
        return kept

    def of_registrations(chosen: pd.DataFrame) -> pd.DataFrame:
        rows = runs.of(whole.registrations, chosen["event_number"].to_numpy(dtype="int64"))
        return _chosen(rows, "participant_group", filters.groups)

    returns = whole.returns
    return replace(
        whole,
        events=held[~held["is_session"]],
        sessions=held[held["is_session"]],
        others=others,
        registrations=of_registrations(held),
        other_registrations=of_registrations(others),
        event_themes=of(whole.event_themes, events),
        event_organisations=of(whole.event_organisations, events),
        event_spaces=of(whole.event_spaces, events),
        proposals=whole.proposals[whole.proposals["month"].between(whole.start_at, whole.end_at, inclusive="left")],
        returns=returns[
            returns["month"].between(whole.start_at, whole.end_at, inclusive="left")
            & returns["space_id"].isin(whole.spaces["space_id"])
        ],
    )


def _event_mask(events: pd.DataFrame, event_themes: pd.DataFrame, filters: Filters) -> pd.Series[bool]:
    mask = pd.Series(data=True, index=events.index)
    for column, values in (
        ("district_code", filters.districts),
        ("kind", filters.kinds),
        ("network_id", filters.networks),
        ("space_id", (filters.space,) if filters.space is not None else ()),
    ):
        if values:
            mask &= events[column].isin(values)
    if filters.themes:
        themed = event_themes.loc[event_themes["theme_id"].isin(filters.themes), "event_number"]
        mask &= events["event_number"].isin(themed)
    if not filters.workshops:
        mask &= ~events["is_workshop"]
    return mask


def _chosen(frame: pd.DataFrame, column: str, values: tuple[str, ...]) -> pd.DataFrame:
    return frame[frame[column].isin(values)] if values else frame


def _chosen_spaces(spaces: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    chosen = _chosen(spaces, "kind", filters.kinds)
    chosen = _chosen(chosen, "network_id", filters.networks)
    chosen = _chosen(chosen, "district_code", filters.districts)
    return _chosen(chosen, "space_id", (filters.space,) if filters.space is not None else ())


def _chosen_proposals(proposals: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    chosen = _chosen(proposals, "theme_id", filters.themes)
    return _chosen(chosen, "district_code", filters.districts)


def _city(snapshot: Snapshot, city_id: str) -> _City:
    def of_city(name: str) -> pd.DataFrame:
        frame = snapshot.table(name)
        return frame[frame["city_id"] == city_id].drop(columns="city_id").reset_index(drop=True)

    spaces = of_city("spaces")
    events = _events(of_city("events"), spaces)
    numbers = pd.Series(events["event_number"].to_numpy(), index=events["event_id"])

    def of_events(name: str) -> pd.DataFrame:
        frame = snapshot.table(name)
        number = looked_up(frame["event_id"], numbers)
        kept = frame.assign(event_number=number.astype("Int64"))[number.notna()].reset_index(drop=True)
        return kept.assign(month=_taken(events["month"], kept))

    runs, of_registrations = _Runs.in_order(_of_city(snapshot, numbers), events)
    registrations = _registrations(of_registrations, events)
    event_spaces = of_events("event_spaces")
    starts_on = _taken(events["starts_on"], event_spaces)
    event_spaces = event_spaces.assign(starts_on=starts_on, is_session=_taken(events["is_session"], event_spaces))
    returns = of_city("monthly_returns")
    first_return = looked_up(spaces["space_id"], returns.groupby("space_id")["month"].min())
    hosts = events.loc[events["origin"].isin(LISTED_ORIGINS), "space_id"]
    is_listed = spaces["origin"].isin(LISTED_ORIGINS) | spaces["space_id"].isin(hosts.unique()) | first_return.notna()
    is_meeting = _taken(events["status"], event_spaces) == _HELD
    first_on = starts_on.where(is_meeting).groupby(event_spaces["space_id"]).transform("min")
    return _City(
        span=data_span(snapshot, city_id),
        events=events.assign(has_registrations=runs.counts > 0),
        registrations=registrations,
        runs=runs,
        event_themes=of_events("event_themes"),
        event_organisations=of_events("event_organisations"),
        event_spaces=event_spaces.assign(is_first=is_meeting & (starts_on == first_on)),
        proposals=_proposals(of_city("proposals"), events),
        returns=returns,
        spaces=spaces.assign(first_return_month=first_return.astype("datetime64[us]"), is_listed=is_listed),
        districts=of_city("districts"),
        themes=of_city("themes").sort_values("rank", ignore_index=True),
        networks=of_city("networks"),
    )


def _events(events: pd.DataFrame, spaces: pd.DataFrame) -> pd.DataFrame:
    by_space = spaces.set_index("space_id")
    return events.assign(
        event_number=pd.Series(range(len(events)), dtype="Int64"),
        month=months_of(events["starts_on"]),
        is_session=events["parent_event_id"].notna(),
        kind=looked_up(events["space_id"], by_space["kind"]).astype("str"),
        network_id=looked_up(events["space_id"], by_space["network_id"]).astype("str"),
    )


def _taken(column: pd.Series, frame: pd.DataFrame) -> pd.Series:
    """The event's value for every row of a frame with event numbers."""
    return column.take(frame["event_number"].to_numpy(dtype="int64")).set_axis(frame.index)


def _of_city(snapshot: Snapshot, numbers: pd.Series[int]) -> pd.DataFrame:
    """The registrations of the events that have numbers, with ``event_number`` for their ids."""
    frame = snapshot.coded("registrations", _OF_REGISTRATIONS)
    ids = frame["event_id"].cat
    # Looked up once an event, not once a row.
    number_of_code = numbers.reindex(ids.categories).fillna(-1).to_numpy(dtype="int64")
    number = np.append(number_of_code, -1)[ids.codes.to_numpy()]
    kept = frame.drop(columns="event_id").assign(event_number=pd.array(number, dtype="Int64"))
    return kept if (number >= 0).all() else kept[number >= 0].reset_index(drop=True)


def _registrations(registrations: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    coded = events.assign(**{name: _categories(events[name]) for name in ("space_id", "district_code")})
    joined = registrations.assign(
        **{
            name: _taken(coded[name], registrations)
            for name in ("month", "starts_on", "space_id", "district_code", "is_session", "is_attendance_recorded")
        }
    )
    is_counted = _taken((events["status"] == _HELD) & (events["date_precision"] != "year"), joined)
    is_attended = is_counted & (joined["status"] == "attended")
    is_participation = is_attended | (
        is_counted & (joined["status"] == "registered") & ~joined["is_attendance_recorded"]
    )
    lead_days = (joined["starts_on"] - joined["registered_at"].dt.normalize()).dt.days.astype("float64")
    return joined.assign(
        is_attended=is_attended,
        is_no_show=is_counted & (joined["status"] == "no_show"),
        is_participation=is_participation,
        first_month=joined["month"].where(is_participation).groupby(joined["person_id"]).transform("min"),
        lead_days=lead_days.where(lead_days >= 0),
    )


def _categories(texts: pd.Series[str]) -> pd.Series:
    """The texts as categories in alphabetical order."""
    coded = texts.astype("category")
    return coded.cat.set_categories(sorted(coded.cat.categories))


def _proposals(proposals: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    month_of_event = looked_up(proposals["event_id"], events.set_index("event_id")["month"]).astype("datetime64[us]")
    return proposals.assign(month=months_of(proposals["submitted_on"]).fillna(month_of_event))
