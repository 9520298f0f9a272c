"""The rows that a choice of filters leaves: the input of every metric.

A ``Selection`` holds single rows, of people too, and is never shown: it is handed to the metrics, and what
they return is fit for the role it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

import numpy as np
import pandas as pd

from dashboard.filters import DataSpan, Filters, add_months, data_span, months_of
from dashboard.metrics.grouping import Groups, numbered
from dashboard.metrics.joining import COLUMNS, joined
from dashboard.metrics.rows import Array, Rows
from dashboard.metrics.shape import looked_up, month_frame
from dashboard.store import Snapshot
from etl.contract import LISTED_ORIGINS, PARTICIPANT_GROUPS

_HELD: Final = "held"
_CHOICES_OF_GROUPS: Final = 2
"""So many choices of participant groups keep their rows: a page asks for many months of one."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]
T = TypeVar("T")


@dataclass(frozen=True)
class Selection:
    """The rows of one city in the months ``start`` to ``end`` that pass the filters.

    Every frame keeps the columns of its table in the contract but ``city_id``; added are:

    * ``events``, ``sessions``, ``others``: ``event_number`` (Int64, joins the frames), ``month``, ``is_session``,
      ``kind`` and ``network_id`` of the hosting space, ``has_registrations``; ``is_counted``: no row of ``others``.
    * ``event_themes``, ``event_organisations``, ``event_spaces``: ``event_number``, in whose order they are, ``month``;
      ``event_themes`` also ``is_chosen``: the theme itself is, not another of its event alone; ``event_spaces``
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
    rows: Rows
    """The city's registrations of the chosen participant groups; those of ``events`` and ``sessions`` are counted."""
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
    _memory: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def remember(self, key: Hashable, build: Callable[[], T]) -> T:
        """What ``build`` returned when ``key`` was first asked for: what several figures rest on is counted once."""
        if key not in self._memory:
            self._memory[key] = build()
        return cast("T", self._memory[key])

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
    def held_numbers(self) -> Numbers:
        """Numbers of ``events`` and ``sessions``."""
        return np.concatenate([numbers_of(self.events), numbers_of(self.sessions)])

    @property
    def registrations(self) -> pd.DataFrame:
        """Registrations for ``events`` and ``sessions``, row by row: ``Rows.frame``, and the event's ``month``.

        Where there are many it takes long and much memory: what lists or ``rows`` can tell is not asked here.
        """
        months = pd.concat([frame.set_index("event_number")["month"] for frame in (self.events, self.sessions)])
        rows = self.rows.frame(self.held_numbers)
        return rows.assign(month=looked_up(rows["event_number"], months))

    def themed(self, frame: pd.DataFrame, *, with_none: bool = False) -> pd.DataFrame:
        """Rows of events, each as often as its event has chosen themes, one row after the other.

        Args:
            frame: has ``event_number``.
            with_none: keep a row of an event without any, once.

        Returns:
            The frame with ``theme_id``, missing where there is none, and its number.
        """
        pairs = self.event_themes[self.event_themes["is_chosen"].to_numpy(dtype=bool)]
        of_events = np.bincount(numbers_of(pairs), minlength=len(self.rows.counts))
        first_pairs = np.cumsum(of_events) - of_events
        numbers = numbers_of(frame)
        times = np.maximum(of_events[numbers], 1) if with_none else of_events[numbers]
        rows = np.repeat(np.arange(len(frame)), times)
        of_event = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
        numbers = numbers[rows]
        at = np.where(of_events[numbers] > 0, first_pairs[numbers] + of_event, -1)
        return frame.take(rows).assign(
            theme_id=pairs["theme_id"].array.take(at, allow_fill=True),
            theme_number=np.append(pairs["theme_number"].to_numpy(), np.int32(-1))[at],
        )

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
            rows=self.rows.kept(np.zeros(len(self.rows), dtype=bool)),
            part=f"{self.part} public",
        )

    def between(self, start: date, end: date) -> Selection:
        """The same selection for fewer months.

        Raises:
            ValueError: the months are not all within this selection.
        """
        if not self.start <= start <= end <= self.end:
            raise ValueError(f"months {start:%Y-%m}..{end:%Y-%m} are not within {self.start:%Y-%m}..{self.end:%Y-%m}")

        return replace(
            self,
            start=start,
            end=end,
            events=_within(self.events, start, end),
            sessions=_within(self.sessions, start, end),
            others=_within(self.others, start, end),
            event_themes=_within(self.event_themes, start, end),
            event_organisations=_within(self.event_organisations, start, end),
            event_spaces=_within(self.event_spaces, start, end),
            proposals=_within(self.proposals, start, end),
            returns=_within(self.returns, start, end),
        )


def numbers_of(frame: pd.DataFrame) -> Numbers:
    """The event numbers of a frame."""
    return frame["event_number"].to_numpy(dtype="int64")


@dataclass(frozen=True)
class _City:
    """All rows of one city, joined once; frames with months in their order."""

    span: DataSpan
    events: pd.DataFrame
    sessions: pd.DataFrame
    others: pd.DataFrame
    rows_of: Callable[[tuple[str, ...]], Rows]
    """The rows of some participant groups, or of all where none are named."""
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
        sessions=city.sessions,
        others=city.others,
        rows=city.rows_of(filters.groups),
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
    return _of_filters(whole.between(start, end))


def select_month(snapshot: Snapshot, filters: Filters, month: date | None = None) -> Selection:
    """A month with the twelve before it: all that a month's overview compares with."""
    month = month or filters.resolved(snapshot).month
    if month is None:
        raise ValueError("no month is chosen and none can be resolved")
    return select(snapshot, filters, add_months(month, -12), month)


def _of_filters(selection: Selection) -> Selection:
    filters = selection.filters
    returns = selection.returns
    if len(selection.spaces) < len(selection.city_spaces):
        returns = returns[returns["space_id"].isin(selection.spaces["space_id"])]
    if not (_chosen_columns(filters) or filters.themes or not filters.workshops):
        return replace(selection, returns=returns)
    themes = selection.event_themes
    if filters.themes:
        themes = themes.assign(is_chosen=_is_one_of(themes, "theme_id", filters.themes))
    is_themed = np.zeros(len(selection.rows.counts), dtype=bool)
    is_themed[numbers_of(themes[themes["is_chosen"]])] = True
    events, sessions, others = (
        _passing(frame, is_themed, filters) for frame in (selection.events, selection.sessions, selection.others)
    )
    is_chosen = np.zeros_like(is_themed)
    for frame in (events, sessions, others):
        is_chosen[numbers_of(frame)] = True

    def of(frame: pd.DataFrame) -> pd.DataFrame:
        # A mask over the city's consecutive event numbers is far faster than a join on texts.
        kept: pd.DataFrame = frame.loc[is_chosen[numbers_of(frame)]]
        return kept

    return replace(
        selection,
        events=events,
        sessions=sessions,
        others=others,
        event_themes=of(themes),
        event_organisations=of(selection.event_organisations),
        event_spaces=of(selection.event_spaces),
        returns=returns,
    )


def _chosen_columns(filters: Filters) -> dict[str, tuple[str, ...]]:
    """The columns of events by which some are chosen, and what is chosen of each."""
    chosen = {
        "district_code": filters.districts,
        "kind": filters.kinds,
        "network_id": filters.networks,
        "space_id": (filters.space,) if filters.space is not None else (),
    }
    return {column: values for column, values in chosen.items() if values}


def _passing(events: pd.DataFrame, is_themed: Array, filters: Filters) -> pd.DataFrame:
    mask = is_themed[numbers_of(events)] if filters.themes else np.full(len(events), fill_value=True)
    for column, values in _chosen_columns(filters).items():
        mask &= _is_one_of(events, column, values)
    if not filters.workshops:
        mask &= ~events["is_workshop"].to_numpy(dtype=bool)
    return events[mask]


def _is_one_of(frame: pd.DataFrame, column: str, values: tuple[str, ...]) -> Array:
    groups = Groups(frame, [column])
    is_one: Array = groups.keys[column].isin(values).to_numpy(dtype=bool)[groups.codes]
    return is_one


def _within(frame: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    """The rows of some months out of a frame that has them in their order: a part of it, nothing is copied."""
    months = frame["month"].to_numpy(dtype="datetime64[us]")
    first, last = np.datetime64(start, "us"), np.datetime64(end, "us")
    return frame.iloc[np.searchsorted(months, first) : np.searchsorted(months, last, side="right")]


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
        kept = frame.assign(event_number=number.astype("Int64"))[number.notna()]
        kept = kept.sort_values("event_number", kind="stable", ignore_index=True)
        return kept.assign(month=_taken(events["month"], kept))

    rows = joined(snapshot.coded("registrations", COLUMNS), events, numbers)
    event_spaces = of_events("event_spaces")
    starts_on = _taken(events["starts_on"], event_spaces)
    event_spaces = event_spaces.assign(starts_on=starts_on, is_session=_taken(events["is_session"], event_spaces))
    returns = of_city("monthly_returns")
    first_return = looked_up(spaces["space_id"], returns.groupby("space_id")["month"].min())
    hosts = events.loc[events["origin"].isin(LISTED_ORIGINS), "space_id"]
    is_listed = spaces["origin"].isin(LISTED_ORIGINS) | spaces["space_id"].isin(hosts.unique()) | first_return.notna()
    is_meeting = _taken(events["status"], event_spaces) == _HELD
    first_on = starts_on.where(is_meeting).groupby(event_spaces["space_id"]).transform("min")
    events = events.assign(has_registrations=rows.counts > 0)
    is_counted, is_session = events["is_counted"], events["is_session"]
    themes = of_city("themes").sort_values("rank", ignore_index=True)
    event_themes = numbered(of_events("event_themes"), ["theme_id"])
    return _City(
        span=data_span(snapshot, city_id),
        events=events[is_counted & ~is_session],
        sessions=events[is_counted & is_session],
        others=events[~is_counted],
        rows_of=lru_cache(_CHOICES_OF_GROUPS)(lambda groups: _of_groups(rows, groups)),
        event_themes=event_themes.assign(is_chosen=event_themes["theme_id"].isin(themes["theme_id"])),
        event_organisations=of_events("event_organisations"),
        event_spaces=event_spaces.assign(is_first=is_meeting & (starts_on == first_on)),
        proposals=_proposals(of_city("proposals"), events),
        returns=returns.sort_values("month", kind="stable", ignore_index=True),
        spaces=spaces.assign(first_return_month=first_return.astype("datetime64[us]"), is_listed=is_listed),
        districts=of_city("districts"),
        themes=themes,
        networks=of_city("networks"),
    )


def _events(events: pd.DataFrame, spaces: pd.DataFrame) -> pd.DataFrame:
    by_space = spaces.set_index("space_id")
    events = events.assign(month=months_of(events["starts_on"])).sort_values("month", kind="stable", ignore_index=True)
    events = events.assign(
        event_number=pd.Series(range(len(events)), dtype="Int64"),
        is_session=events["parent_event_id"].notna(),
        kind=looked_up(events["space_id"], by_space["kind"]).astype("str"),
        network_id=looked_up(events["space_id"], by_space["network_id"]).astype("str"),
        is_counted=events["origin"].isin(LISTED_ORIGINS)
        & (events["status"] == _HELD)
        & (events["date_precision"] != "year"),
    )
    return numbered(events, ["district_code", "space_id", "kind", "network_id", "format"])


def _taken(column: pd.Series, frame: pd.DataFrame) -> pd.Series:
    """The event's value for every row of a frame with event numbers."""
    return column.take(frame["event_number"].to_numpy(dtype="int64")).set_axis(frame.index)


def _of_groups(rows: Rows, groups: tuple[str, ...]) -> Rows:
    if not groups:
        return rows
    return rows.kept(np.logical_or.reduce([rows.groups == PARTICIPANT_GROUPS.index(group) for group in groups]))


def _proposals(proposals: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    month_of_event = looked_up(proposals["event_id"], events.set_index("event_id")["month"]).astype("datetime64[us]")
    months = months_of(proposals["submitted_on"]).fillna(month_of_event)
    return proposals.assign(month=months).sort_values("month", kind="stable", ignore_index=True)
