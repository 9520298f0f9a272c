"""The filters, in one order on every page, and what the visitor made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.filters import Filters, months_with_data
from dashboard.store import Snapshot
from dashboard.text import dates, labels
from dashboard.text.pages import Lang, say
from dashboard.ui import state, url
from dashboard.ui.names import Names


def language() -> Lang:
    """The language switch; one click."""
    before = url.lang()
    if state.W_LANG not in st.session_state:
        st.session_state[state.W_LANG] = before
    st.session_state[state.LANG] = st.segmented_control(
        say("filter.lang", before),
        url.LANGS,
        format_func={"uk": "Українська", "en": "English"}.__getitem__,
        key=state.W_LANG,
        required=True,
        width="stretch",
    )
    return url.lang()


def filters(snapshot: Snapshot, now: Filters, names: Names, lang: Lang, *, by_month: bool) -> Filters:
    """Draw the filters and return what they say. `now` must be resolved: its month and period are set."""
    now = _city(snapshot, now, names, lang)
    months = months_with_data(snapshot, now.city)
    now = _month(now, months, lang) if by_month else _period(now, months, lang)
    vocabulary = snapshot.table("spaces").query("city_id == @now.city")["kind"].drop_duplicates()
    several: tuple[tuple[str, str, str, Sequence[str], Callable[[str], str]], ...] = (
        ("districts", state.W_DISTRICTS, "filter.district", names.district_codes, names.district),
        ("themes", state.W_THEMES, "filter.theme", names.theme_ids, names.theme),
        ("kinds", state.W_KINDS, "filter.kind", sorted(vocabulary), lambda kind: labels.space_kind(kind, lang)),
        ("networks", state.W_NETWORKS, "filter.network", names.network_ids, names.network),
        ("groups", state.W_GROUPS, "filter.group", labels.PARTICIPANT_GROUP_IDS, lambda g: labels.group(g, lang)),
    )
    chosen: dict[str, tuple[str, ...]] = {}
    for field, key, label, options, label_of in several:
        if key not in st.session_state:
            st.session_state[key] = [value for value in getattr(now, field) if value in options]
        chosen[field] = tuple(
            st.multiselect(
                say(label, lang), options, format_func=label_of, key=key, placeholder=say("filter.all", lang)
            )
        )
    if state.W_WORKSHOPS not in st.session_state:
        st.session_state[state.W_WORKSHOPS] = now.workshops
    workshops = st.toggle(say("filter.workshops", lang), key=state.W_WORKSHOPS, help=say("filter.workshops.help", lang))
    st.button(
        say("filter.reset", lang),
        on_click=lambda: url.set_filters(Filters(city=now.city)),
        icon=":material/restart_alt:",
        width="stretch",
    )
    return replace(now, workshops=workshops, **chosen)


def _city(snapshot: Snapshot, now: Filters, names: Names, lang: Lang) -> Filters:
    def forget_the_rest() -> None:
        url.set_filters(Filters(city=st.session_state[state.W_CITY]))

    cities: Mapping[str, str] = names.cities
    if state.W_CITY not in st.session_state:
        st.session_state[state.W_CITY] = now.city
    city = st.selectbox(
        say("filter.city", lang),
        list(cities),
        format_func=cities.__getitem__,
        key=state.W_CITY,
        on_change=forget_the_rest,
    )
    return now if city == now.city else Filters(city=city).resolved(snapshot)


def _month(now: Filters, months: Sequence[date], lang: Lang) -> Filters:
    options = sorted({*months, now.month}, reverse=True)
    if state.W_MONTH not in st.session_state:
        st.session_state[state.W_MONTH] = now.month
    chosen = st.selectbox(
        say("filter.month", lang), options, format_func=lambda month: dates.month_name(month, lang), key=state.W_MONTH
    )
    return replace(now, month=chosen)


def _period(now: Filters, months: Sequence[date], lang: Lang) -> Filters:
    options = sorted({*months, now.start, now.end})
    if len(options) < 2:
        return now
    if state.W_PERIOD not in st.session_state:
        st.session_state[state.W_PERIOD] = (now.start, now.end)
    start, end = st.select_slider(
        say("filter.period", lang),
        options,
        format_func=lambda month: dates.month_short(month, lang),
        key=state.W_PERIOD,
    )
    return replace(now, start=start, end=end)
