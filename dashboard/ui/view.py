"""What one run of a page shows, to whom: handed to every part of the page, which reads nothing else."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import Concatenate, Final, Literal, ParamSpec, TypeVar

from dashboard.filters import Filters, add_months, data_span
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection, select
from dashboard.store import Snapshot
from dashboard.text.names import Names, names_of
from dashboard.text.pages import say
from dashboard.text.words import Lang
from dashboard.ui import cache

Span = Literal["month", "period", "history", "cities", "none"]
"""What a page looks at: one month, a period, all there is, a period of whole cities; or data as such, which knows no
filters."""

PAGE_SPANS: Final[dict[str, Span]] = {
    "overview": "month",
    "map": "month",
    "participation": "period",
    "events": "month",
    "network": "history",
    "cities": "cities",
    "presentation": "month",
    "editions": "none",
    "data": "none",
}
"""The pages in the order of the navigation, and what each looks at. The name is file, address and key of its title."""
HOME: Final = "overview"
"""The page that stands at the bare address."""

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class Months:
    """The months in force: where the visitor chose none, the defaults."""

    month: date
    start: date
    end: date

    @classmethod
    def of(cls, filters: Filters, snapshot: Snapshot) -> Months:
        """The months of filters, which name none, one or all of them."""
        resolved = filters.resolved(snapshot)
        if resolved.month is None or resolved.start is None or resolved.end is None:
            raise ValueError("resolved filters name every month")
        return cls(resolved.month, resolved.start, resolved.end)


@dataclass(frozen=True)
class View:
    """One visitor's view: the snapshot, what they chose, their language and role."""

    snapshot: Snapshot
    filters: Filters
    """What the visitor chose."""
    months: Months
    lang: Lang
    names: Names
    disclosure: Disclosure
    is_dark: bool
    is_high_contrast: bool = False
    page: str = HOME
    """The page that is drawn, as the address calls it."""
    span: Span = "month"
    """What the page looks at."""

    @classmethod
    def plain(cls, snapshot: Snapshot, filters: Filters, lang: Lang, disclosure: Disclosure, page: str) -> View:
        """A view of no visitor's: in the usual colours, for those who make a page's charts without drawing it."""
        return cls(
            snapshot=snapshot,
            filters=filters,
            months=Months.of(filters, snapshot),
            lang=lang,
            names=names_of(snapshot, filters.city, lang),
            disclosure=disclosure,
            is_dark=False,
            page=page,
            span=PAGE_SPANS[page],
        )

    @property
    def month(self) -> date:
        return self.months.month

    @property
    def start(self) -> date:
        return self.months.start

    @property
    def end(self) -> date:
        return self.months.end

    @property
    def city(self) -> str:
        return self.filters.city

    @property
    def is_unfinished(self) -> bool:
        """Whether the month in view had not ended on the day the data speaks for."""
        return data_span(self.snapshot, self.city).is_unfinished(self.month)

    @property
    def unfinished_month(self) -> date:
        return data_span(self.snapshot, self.city).unfinished_month

    def say(self, key: str, **values: object) -> str:
        return say(key, self.lang, **values)

    def in_month(self) -> Selection:
        """The rows of the month in view."""
        return self.selection(self.month, self.month)

    def in_period(self) -> Selection:
        """The rows of the period in view."""
        return self.selection(self.start, self.end)

    def in_history(self) -> Selection:
        """The rows of all months, those ahead that have planned events included."""
        span = data_span(self.snapshot, self.city)
        return self.selection(span.earliest_month or span.unfinished_month, add_months(span.unfinished_month, 2))

    def in_span(self) -> Selection:
        """The rows of what the page looks at."""
        match self.span:
            case "month":
                return self.in_month()
            case "period":
                return self.in_period()
            case _:
                return self.in_history()

    def up_to_month(self) -> tuple[date, date]:
        """First and last of the months that the one in view is told from: all with data up to it, at least a year."""
        return min(self.in_history().start, add_months(self.month, -12)), self.month

    def selection(self, start: date, end: date) -> Selection:
        return cache.selected(lambda: select(self.snapshot, self._chosen, start, end), *self._key(), start, end)

    def kept(self, compute: Callable[[], Result], name: str, *key: Hashable) -> Result:
        """What is computed from several metrics of this view, once for everyone with the same view."""
        return cache.computed(compute, name, *self._key(), *key)

    def metric(
        self,
        metric: Callable[Concatenate[Selection, Arguments], Result],
        selection: Selection,
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """A metric of a selection of this view, computed once for everyone with the same view."""
        return cache.computed(
            lambda: metric(selection, *args, **kwargs),
            f"{metric.__module__}.{metric.__qualname__}",
            *self._key(),
            selection.start,
            selection.end,
            selection.part,
            args,
            tuple(sorted(kwargs.items())),
        )

    def drawn(
        self,
        draw: Callable[Concatenate[View, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """What a part of the page shows: its words, charts and tables, made once for everyone with the same view.

        Args:
            draw: a function of a module, which reads its arguments alone: no widget, nothing of the session. What it
                returns is shared, so it is never changed.
            args: what else it depends on.
            kwargs: the same, by name.
        """
        return cache.drawn(
            lambda: draw(self, *args, **kwargs),
            draw,
            self.snapshot.snapshot_id,
            self.filters,
            self.months,
            self.lang,
            self.disclosure,
            self.is_dark,
            self.is_high_contrast,
            self.page,
            args,
            tuple(sorted(kwargs.items())),
        )

    @property
    def _chosen(self) -> Filters:
        """What was chosen beside months: a selection is told its own, so that one more month asks little anew."""
        return replace(self.filters, month=None, start=None, end=None)

    def _key(self) -> tuple[Hashable, ...]:
        return (self.snapshot.snapshot_id, self._chosen, self.disclosure)
