"""Keeps the address, the filters and the widgets in step (see docs/adr/0002).

A run goes: `receive` (an address that we did not write ourselves wins over the widgets), the widgets are drawn,
`send` (the address says what the widgets say).
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.filters import Filters, known_values
from dashboard.store import Snapshot
from dashboard.text.words import LANGS, Lang
from dashboard.ui import runtime, state


def lang() -> Lang:
    """The visitor's language: the switch, else the address, else the server's default."""
    chosen = st.session_state.get(state.LANG) or st.query_params.get("lang")
    return "en" if chosen == "en" else "uk" if chosen == "uk" else runtime.settings().default_lang


def receive(snapshot: Snapshot, page: str) -> Filters:
    """The filters in force at the start of a run.

    A link opened, or Back pressed, brings an address that we did not write: it is read and the widgets start anew
    from it. The navigation to another page drops the query: then the session's filters stay.
    """
    query = _query()
    session = st.session_state
    changed_page = session.get(state.LAST_PAGE, page) != page
    session[state.LAST_PAGE] = page
    is_ours = query == session.get(state.LAST_QUERY)
    if state.FILTERS in session and (is_ours or (changed_page and not query)):
        kept: Filters = session[state.FILTERS]
        return kept
    filters, session[state.LINK_PROBLEMS] = Filters.from_query(query, known_values(snapshot))
    default_city = runtime.settings().default_city
    if "city" not in query and default_city in known_values(snapshot).cities:
        filters = replace(filters, city=default_city)
    if query.get("lang", [""])[-1] in LANGS:
        session[state.LANG] = query["lang"][-1]
    session.pop(state.W_LANG, None)
    set_filters(filters)
    return filters


def set_filters(filters: Filters) -> None:
    """Put new filters in force: the widgets are drawn from them in this or the next run."""
    st.session_state[state.FILTERS] = filters
    for key in state.FILTER_WIDGETS:
        st.session_state.pop(key, None)


def send(filters: Filters) -> None:
    """Keep the filters and write them, and the language, into the address."""
    query = filters.to_query()
    if lang() != runtime.settings().default_lang:
        query["lang"] = [lang()]
    st.session_state[state.FILTERS] = filters
    st.session_state[state.LAST_QUERY] = query
    if query != _query():
        st.query_params.from_dict(query)


def _query() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
