"""The one search box: Ctrl+K, «/» or a button; what was found leads there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.filters import Filters
from dashboard.text.everywhere import say
from dashboard.text.finder import Entry, find
from dashboard.text.names import names_of
from dashboard.text.words import Lang
from dashboard.ui import state, url
from dashboard.ui.view import View

_FOCUS: Final = """<script>
(() => {
  const until = Date.now() + 3000;
  const timer = setInterval(() => {
    const box = document.querySelector("[role=dialog] input");
    if (box) box.focus();
    if (document.activeElement === box || Date.now() > until) clearInterval(timer);
  }, 50);
})();
</script>"""
"""Puts the cursor into the box: a dialog of Streamlit keeps it to itself."""


def button(view: View, pages: Mapping[str, StreamlitPage], filtered: Collection[str]) -> None:
    """The button that opens the search; pages by name, in their order."""
    if st.button(
        say("find", view.lang),
        key=f"find_open.{view.lang}",
        icon=":material/search:",
        shortcut="Ctrl+K",
    ):
        st.session_state.pop(state.widget(state.W_FIND, view.lang), None)
        st.dialog(say("find.title", view.lang))(_search)(view, pages, filtered)


def entries(view: View, pages: Mapping[str, StreamlitPage]) -> list[Entry]:
    """All that can be found in the city: pages, districts, themes, spaces, each with its name in both languages."""
    other: Lang = "en" if view.lang == "uk" else "uk"
    mine, others = view.names, names_of(view.snapshot, view.city, other)
    found = [Entry("page", name, page.title, (name,)) for name, page in pages.items()]
    found += [Entry("district", code, name, (others.district(code),)) for code, name in mine.districts.items()]
    found += [Entry("theme", theme, name, (others.theme(theme),)) for theme, name in mine.themes.items()]
    found += [Entry("space", space, name, (others.space(space),)) for space, name in mine.spaces.items()]
    return found


def target(entry: Entry, now: Filters, page: str, filtered: Collection[str]) -> tuple[str, Filters]:
    """Where a choice leads: the page and its filters. What is found is all that is filtered by.

    Args:
        entry: what was chosen.
        now: the filters in force; their city and months stay.
        page: the page in view.
        filtered: the pages that know filters; another gives way to the map.
    """
    if entry.kind == "page":
        return entry.id, now
    bare = replace(now, districts=(), themes=(), kinds=(), networks=(), groups=(), space=None)
    place = page if page in filtered else "map"
    if entry.kind == "space":
        return "map", replace(bare, space=entry.id)
    if entry.kind == "district":
        return place, replace(bare, districts=(entry.id,))
    return place, replace(bare, themes=(entry.id,))


def _search(view: View, pages: Mapping[str, StreamlitPage], filtered: Collection[str]) -> None:
    wanted = st.text_input(
        say("find.box", view.lang),
        key=state.widget(state.W_FIND, view.lang),
        placeholder=say("find.hint", view.lang),
        type="search",
        live=True,
    )
    st.html(_FOCUS, unsafe_allow_javascript=True)
    found = find(entries(view, pages), wanted or "")
    if not found.entries:
        st.text(say("find.none", view.lang, wanted=wanted))
    elif found.is_near:
        st.markdown(say("find.near", view.lang))
    with st.container(key="found", gap="xsmall"):
        for entry in found.entries:
            name, filters = target(entry, view.filters, view.page, filtered)
            text = f"{entry.name} · {say(f'kind.{entry.kind}', view.lang)}"
            if name != view.page:
                st.page_link(pages[name], label=text, query_params=url.address(filters))
            # A link to the page in view would only close the box: Streamlit keeps the address that it has.
            elif st.button(text, key=f"found_{entry.kind}_{entry.id}.{view.lang}", type="tertiary"):
                url.set_filters(filters)
                st.rerun()
    st.caption(say("find.keys", view.lang))
