"""Keeps the address, the filters and the widgets in step (see docs/adr/0002).

A run goes: `receive` (an address that we did not write ourselves wins over the widgets), the widgets are drawn,
`send` (the address says what the widgets say).
"""

from __future__ import annotations

import streamlit as st

from dashboard.filters import Filters, known_values
from dashboard.store import Snapshot
from dashboard.text.pages import Lang
from dashboard.ui import runtime, state

LANGS: tuple[Lang, ...] = ("uk", "en")


def lang() -> Lang:
    """The visitor's language: the switch, else the address, else the server's default."""
    chosen = st.session_state.get(state.LANG) or st.query_params.get("lang")
    return chosen if chosen in LANGS else runtime.settings().default_lang


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
        return session[state.FILTERS]
    wanted = {name: values for name, values in query.items() if name != "lang"}
    filters, problems = Filters.from_query(wanted, known_values(snapshot), runtime.settings().default_city)
    session[state.LINK_PROBLEMS] = problems
    session[state.LANG] = query["lang"][0] if query.get("lang", [""])[0] in LANGS else lang()
    set_filters(filters)
    session.pop(state.W_LANG, None)
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
