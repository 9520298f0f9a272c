"""Which event a list means: by its code, by title and date, or by a title that only one event has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

import pandas as pd

from etl.transform.dates import parse_instant, parse_range
from etl.transform.ids import named_id
from etl.transform.rows import over_distinct
from etl.transform.text import fold

_UNIT: Final = "\x1f"
_PROBLEMS: Final = ("missing_value", "unknown_event", "ambiguous_event")


@dataclass(frozen=True)
class Listed:
    """What an event is recognised by."""

    event_id: str
    starts_on: datetime
    starts_at: datetime | None
    ends_on: datetime


@dataclass(frozen=True)
class EventIndex:
    """The events of one city."""

    city_id: str
    tz: tzinfo
    event_ids: frozenset[str]
    by_title: Mapping[str, tuple[Listed, ...]]
    """Folded title → the events that bear it."""

    @classmethod
    def of(cls, city_id: str, tz: tzinfo, events: pd.DataFrame) -> EventIndex:
        """From the columns ``event_id``, ``title``, ``starts_on``, ``starts_at``, ``ends_on``."""
        by_title: dict[str, list[Listed]] = {}
        columns = ["event_id", "title", "starts_on", "starts_at", "ends_on"]
        for event_id, title, starts_on, starts_at, ends_on in events[columns].itertuples(index=False):
            at = None if pd.isna(starts_at) else starts_at
            by_title.setdefault(fold(title), []).append(Listed(event_id, starts_on, at, ends_on))
        return cls(
            city_id, tz, frozenset(events["event_id"]), {title: tuple(found) for title, found in by_title.items()}
        )

    def find(self, codes: pd.Series, titles: pd.Series, starts: pd.Series) -> pd.DataFrame:
        """The event that each row means.

        Args:
            codes: event codes as text or missing.
            titles: titles; a cell may also hold a code.
            starts: dates, with a time or without, as text or missing.

        Returns:
            On the same index ``event_id`` and ``problem``: exactly one is missing. The problems are
            ``missing_value`` (neither code nor title), ``unknown_event``, ``ambiguous_event``.
        """
        asked = codes.fillna("") + _UNIT + titles.fillna("") + _UNIT + starts.fillna("")
        found = over_distinct(asked, lambda text: self._one(*text.split(_UNIT)))
        is_problem = found.isin(list(_PROBLEMS))
        return pd.DataFrame({"event_id": found.mask(is_problem), "problem": found.where(is_problem)}).astype("str")

    def _one(self, code: str, title: str, starts: str) -> str:
        if not code and not title:
            return "missing_value"
        for text in (code, title):
            if text and named_id(self.city_id, text) in self.event_ids:
                return named_id(self.city_id, text)
        for text in (title, code):
            if fold(text) in self.by_title:
                return self._titled(self.by_title[fold(text)], starts)
        return "unknown_event"

    def _titled(self, listed: tuple[Listed, ...], starts: str) -> str:
        at = parse_instant(starts, self.tz)
        days = (at.date(), at.date()) if at else parse_range(starts)
        if days is None:
            return _only(listed)
        same_day = tuple(event for event in listed if event.starts_on.date() == days[0])
        same_time = tuple(event for event in same_day if event.starts_at == at)
        during = tuple(event for event in listed if event.starts_on.date() <= days[0] <= event.ends_on.date())
        return _only(same_time if len(same_time) == 1 else same_day or during)


def _only(listed: tuple[Listed, ...]) -> str:
    if not listed:
        return "unknown_event"
    return listed[0].event_id if len(listed) == 1 else "ambiguous_event"
