"""Keeps the address, the filters and the widgets in step (see docs/adr/0002).

A run goes: `receive_language` and `receive` (an address that we did not write ourselves wins over the widgets), the
widgets are drawn, `send` (the address says what the widgets say).
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.filters import Filters, Problem, known_values
from dashboard.store import Snapshot
from dashboard.text.words import LANGS, Lang
from dashboard.ui import runtime, state

CHOICES: Final = (
    "figure",
    "cut",
    "drawn",
    "part",
    "hours",
    "cohort",
    "paths",
    "from",
    "versus",
    "until",
    "length",
    "base",
    "one",
    "other",
    "q",
    "day",
    "event",
    "workshop",
    "programme",
    "links",
    "by",
    "mentoring",
    "card",
    "compared",
    "measure",
    "classes",
    "reach",
    "look",
    "left",
    "right",
)
"""Parameters of the query that are choices on a page and no filters: a page asks for them as it draws its widgets."""

BASKET: Final = "show"
"""Parameter of the query for each view that is kept for the presentation (see `dashboard.ui.basket`)."""


def lang() -> Lang:
    """The visitor's language: the switch, else what was in force, else the server's default."""
    session = st.session_state
    chosen = session.get(state.language_widget(links_count())) or session.get(state.LANG)
    return chosen if chosen in LANGS else runtime.settings().default_lang


def receive_language() -> Lang:
    """The language at the start of a run: a link opened, or Back pressed, wins over the switch."""
    query = _query()
    if query != st.session_state.get(state.LAST_QUERY):
        named = query.get("lang", [""])[-1]
        st.session_state[state.LANG] = named if named in LANGS else runtime.settings().default_lang
        st.session_state[state.CONTRAST] = query.get("contrast", [""])[-1] == "more"
        st.session_state[state.LINKS_COUNT] = links_count() + 1
    return lang()


def is_high_contrast() -> bool:
    """Whether the visitor wants strong colours: the switch, else what the address said."""
    session = st.session_state
    return bool(session.get(state.contrast_widget(lang(), links_count()), session.get(state.CONTRAST, False)))


def receive(snapshot: Snapshot) -> Filters:
    """The filters in force at the start of a run.

    A link opened, or Back pressed, brings an address that we did not write: it is read and the widgets start anew
    from it.
    """
    query = _query()
    session = st.session_state
    if state.FILTERS in session and query == session.get(state.LAST_QUERY):
        kept: Filters = session[state.FILTERS]
        _receive_choices()
        return kept
    if query.get(BASKET):  # an address that names none leaves the basket as it is
        session[state.BASKET] = tuple(query[BASKET])
    session[state.CHOSEN] = {name: query[name][-1] for name in CHOICES if query.get(name)}
    session[state.CHOICE_WIDGETS] = {}
    filters, problems = Filters.from_query(query, known_values(snapshot), runtime.settings().default_city)
    session[state.LINK_PROBLEMS] = (problems, None)
    set_filters(filters)
    return filters


def link_problems(filters: Filters) -> tuple[Problem, ...]:
    """What the visitor's latest link named in vain; nothing once the filters are others than it left them."""
    problems: tuple[Problem, ...]
    problems, left = st.session_state.get(state.LINK_PROBLEMS, ((), None))
    if left is None:
        st.session_state[state.LINK_PROBLEMS] = (problems, filters)
        return problems
    return problems if left == filters else ()


def links_count() -> int:
    """How many addresses that we did not write were read in this session.

    Each begins the widgets anew under other keys: a browser that is slow to hear of it still sends what was chosen
    before, and must send it to widgets that no longer are.
    """
    count: int = st.session_state.get(state.LINKS_COUNT, 0)
    return count


def set_filters(filters: Filters) -> None:
    """Put new filters in force: the widgets are drawn from them in this or the next run."""
    st.session_state[state.FILTERS] = filters
    for key in state.filter_widgets(links_count()):
        st.session_state.pop(key, None)


def chosen(parameter: str) -> str | None:
    """What the address says of a choice on a page; it may name what does not exist."""
    said: str | None = _chosen().get(parameter)
    return said


def keep(parameter: str, key: str, value: str, default: str) -> None:
    """Say in the address what was chosen on a page, where it is not what stands there anyhow.

    Args:
        parameter: one of `CHOICES`.
        key: the key of the widget, which the next run reads before any page is drawn: the links of the navigation
            are drawn first and say it too.
        value: what is chosen.
        default: what is chosen where the address says nothing.
    """
    session = st.session_state
    session.setdefault(state.CHOICE_WIDGETS, {})[parameter] = (key, default)
    if _say(parameter, value, default):
        query = address(session[state.FILTERS])
        session[state.LAST_QUERY] = query
        st.query_params.from_dict(query)


def _receive_choices() -> None:
    """Take in what was chosen on a page since the last run."""
    for parameter, (key, default) in st.session_state.get(state.CHOICE_WIDGETS, {}).items():
        if st.session_state.get(key) is not None:
            _say(parameter, str(st.session_state[key]), default)


def _say(parameter: str, value: str, default: str) -> bool:
    """Whether the address has to be written anew."""
    said = None if value == default else value
    before = _chosen()
    if before.get(parameter) == said:
        return False
    rest = {name: of for name, of in before.items() if name != parameter}
    st.session_state[state.CHOSEN] = rest if said is None else {**rest, parameter: said}
    return True


def _chosen() -> dict[str, str]:
    found: dict[str, str] = st.session_state.get(state.CHOSEN, {})
    return found


def choices() -> dict[str, list[str]]:
    """The choices on pages, as the address says them."""
    said = _chosen()
    return {name: [said[name]] for name in CHOICES if name in said}


def basket() -> tuple[str, ...]:
    """The names of the views that are kept for the presentation."""
    kept: tuple[str, ...] = st.session_state.get(state.BASKET, ())
    return kept


def address(filters: Filters) -> dict[str, list[str]]:
    """The query that says the filters, the choices on pages, the basket and, if it is not the default, the language."""
    query = filters.to_query()
    query |= choices()
    if basket():
        query[BASKET] = list(basket())
    if lang() != runtime.settings().default_lang:
        query["lang"] = [lang()]
    if is_high_contrast():
        query["contrast"] = ["more"]
    return query


def send(filters: Filters, snapshot: Snapshot) -> None:
    """Keep the filters and write them into the address.

    An empty address that says the same stays empty: each writing is an entry of the browser's history, and Back
    would otherwise never leave the site.
    """
    query = address(filters)
    st.session_state[state.FILTERS] = filters
    start, _ = Filters.from_query({}, known_values(snapshot), runtime.settings().default_city)
    if not _query() and query == start.to_query():
        query = {}
    st.session_state[state.LAST_QUERY] = query
    if query != _query():
        st.query_params.from_dict(query)


def _query() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
