"""The rows that a choice of filters leaves: the input of every metric.

A ``Selection`` holds single rows, of people too, and is never shown: it is handed to the metrics, and what
they return is fit for the role it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.filters import DataSpan, Filters, add_months, data_span, months_of
from dashboard.metrics.joining import COLUMNS, joined
from dashboard.metrics.rows import Rows
from dashboard.metrics.shape import looked_up, month_frame
from dashboard.store import Snapshot
from etl.contract import LISTED_ORIGINS, PARTICIPANT_GROUPS

_HELD: Final = "held"
_CHOICES_OF_GROUPS: Final = 2
"""So many choices of participant groups keep their rows: a page asks for many months of one."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Selection:
    """The rows of one city in the months ``start`` to ``end`` that pass the filters.

    Every frame keeps the columns of its table in the contract but ``city_id``; added are:

    * ``events``, ``sessions``, ``others``: ``event_number`` (Int64, joins the frames), ``month``, ``is_session``,
      ``kind`` and ``network_id`` of the hosting space, ``has_registrations``; ``is_counted``: no row of ``others``.
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

        def cut(frame: pd.DataFrame) -> pd.DataFrame:
            return frame[frame["month"].between(pd.Timestamp(start), pd.Timestamp(end))]

        return replace(
            self,
            start=start,
            end=end,
            events=cut(self.events),
            sessions=cut(self.sessions),
            others=cut(self.others),
            event_themes=cut(self.event_themes),
            event_organisations=cut(self.event_organisations),
            event_spaces=cut(self.event_spaces),
            proposals=cut(self.proposals),
            returns=cut(self.returns),
        )


def numbers_of(frame: pd.DataFrame) -> Numbers:
    """The event numbers of a frame."""
    return frame["event_number"].to_numpy(dtype="int64")


@dataclass(frozen=True)
class _City:
    """All rows of one city, joined once."""

    span: DataSpan
    events: pd.DataFrame
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
        sessions=city.events,
        others=city.events,
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
    return _restricted(whole)


def select_month(snapshot: Snapshot, filters: Filters, month: date | None = None) -> Selection:
    """A month with the twelve before it: all that a month's overview compares with."""
    month = month or filters.resolved(snapshot).month
    if month is None:
        raise ValueError("no month is chosen and none can be resolved")
    return select(snapshot, filters, add_months(month, -12), month)


def _restricted(whole: Selection) -> Selection:
    filters = whole.filters
    events = whole.events
    in_time = events["month"].between(whole.start_at, whole.end_at, inclusive="left")
    is_chosen = (in_time & _event_mask(events, whole.event_themes, filters)).to_numpy(dtype=bool)
    is_session = events["is_session"].to_numpy(dtype=bool)
    is_counted = is_chosen & events["is_counted"].to_numpy(dtype=bool)

    def of(frame: pd.DataFrame) -> pd.DataFrame:
        # A mask over the city's consecutive event numbers is far faster than a join on texts.
        kept: pd.DataFrame = frame.loc[is_chosen[numbers_of(frame)]]
        return kept

    returns = whole.returns
    return replace(
        whole,
        events=events[is_counted & ~is_session],
        sessions=events[is_counted & is_session],
        others=events[is_chosen & ~is_counted],
        event_themes=of(whole.event_themes),
        event_organisations=of(whole.event_organisations),
        event_spaces=of(whole.event_spaces),
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
    return _City(
        span=data_span(snapshot, city_id),
        events=events.assign(has_registrations=rows.counts > 0),
        rows_of=lru_cache(_CHOICES_OF_GROUPS)(lambda groups: _of_groups(rows, groups)),
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
        is_counted=events["origin"].isin(LISTED_ORIGINS)
        & (events["status"] == _HELD)
        & (events["date_precision"] != "year"),
    )


def _taken(column: pd.Series, frame: pd.DataFrame) -> pd.Series:
    """The event's value for every row of a frame with event numbers."""
    return column.take(frame["event_number"].to_numpy(dtype="int64")).set_axis(frame.index)


def _of_groups(rows: Rows, groups: tuple[str, ...]) -> Rows:
    if not groups:
        return rows
    return rows.kept(np.logical_or.reduce([rows.groups == PARTICIPANT_GROUPS.index(group) for group in groups]))


def _proposals(proposals: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    month_of_event = looked_up(proposals["event_id"], events.set_index("event_id")["month"]).astype("datetime64[us]")
    return proposals.assign(month=months_of(proposals["submitted_on"]).fillna(month_of_event))
