"""The speaker's basket: views of any page, each kept as a short name that says how to make it anew.

A name holds the page, the chart, the filters with their months and the choices on the page, never a number:
«participation.themes_total~city.kyiv~start.2025-10~end.2026-10». It stands in the address, so it survives a reload and
can be sent; whoever opens it is shown what their own server's role may see (see docs/adr/0014).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote

import streamlit as st

from dashboard.filters import PARAMETERS, Filters
from dashboard.ui import state, url
from dashboard.ui.view import View

MOST: Final = 30
"""How many views a presentation may hold besides the month's own."""

_HEAD: Final = re.compile(r"([a-z]+)\.([a-z0-9_-]{1,80})")


@dataclass(frozen=True)
class Kept:
    """A view of a page, by what it takes to make it anew."""

    page: str
    key: str
    query: Mapping[str, tuple[str, ...]]
    """Filters and choices on the page, as the address says them."""

    @property
    def name(self) -> str:
        """The view's short name."""
        # Letters that no address has to write otherwise keep it short.
        said = (
            f"{name}.{quote(value, safe='').replace('~', '%7E')}"
            for name, values in self.query.items()
            for value in values
        )
        return "~".join((f"{self.page}.{self.key}", *said))


def parse(name: str) -> Kept | None:
    """What a short name says; None where it is none of a page's views."""
    head, *parts = name.split("~")
    found = _HEAD.fullmatch(head)
    if found is None or not parts:
        return None
    query: dict[str, tuple[str, ...]] = {}
    for part in parts:
        parameter, _, value = part.partition(".")
        if parameter in PARAMETERS or parameter in url.CHOICES:
            query[parameter] = (*query.get(parameter, ()), unquote(value))
    return Kept(found[1], found[2], query) if "city" in query else None


def exact(view: View) -> Filters:
    """The filters of a view with the months that it shows, so that it stays the same when newer data come."""
    filters = replace(view.filters, month=None, start=None, end=None)
    if view.span == "month":
        return replace(filters, month=view.month)
    return replace(filters, start=view.start, end=view.end) if view.span in {"period", "cities"} else filters


def keep(view: View, key: str) -> Kept:
    """The chart of this page as it stands."""
    query = exact(view).to_query() | url.choices()
    return Kept(view.page, key, {name: tuple(values) for name, values in query.items()})


def names() -> tuple[str, ...]:
    """What is in the basket, in the order in which it came."""
    return url.basket()


def add(name: str) -> None:
    """Put a view into the basket; one that is there stays where it is."""
    put([*names(), name])


def put(kept: Sequence[str]) -> None:
    """Let the basket hold just these, in their order."""
    st.session_state[state.BASKET] = tuple(dict.fromkeys(kept))[:MOST]
