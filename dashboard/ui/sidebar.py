"""The filters, in one order on every page, and what the visitor made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.filters import Filters, months_with_data
from dashboard.settings import Role
from dashboard.store import Snapshot
from dashboard.text import dates
from dashboard.text.everywhere import say as say_everywhere
from dashboard.text.labels import labels
from dashboard.text.names import Names
from dashboard.text.pages import say
from dashboard.text.words import LANGS, Lang
from dashboard.ui import runtime, state, url
from dashboard.ui.view import Months, Span


def language() -> Lang:
    """The language switch; one click."""
    now = url.lang()
    key = state.language_widget(url.links_count())
    if key not in st.session_state:
        st.session_state[key] = now
    st.session_state[state.LANG] = st.segmented_control(
        say("filter.lang", now),
        LANGS,
        format_func={"uk": "Українська", "en": "English"}.__getitem__,
        key=key,
        required=True,
        width="stretch",
    )
    return url.lang()


def filters(snapshot: Snapshot, now: Filters, names: Names, lang: Lang, span: Span) -> Filters:
    """Draw the filters and return what they say; what stands at its default is not kept as a choice."""
    _city(now, names, lang)
    if span == "none":
        return now
    months = months_with_data(snapshot, now.city)
    period = Months.of(now, snapshot)
    if span == "month":
        now = _month(now, period, months, lang)
    elif span in {"period", "cities"}:
        now = _period(now, period, months, lang)
    if span == "cities":
        # Districts, spaces and groups are one city's: cities are compared as wholes.
        return replace(now, workshops=_workshops(now, lang))
    kinds = labels("space_kind", lang)
    there = set(snapshot.table("spaces").query("city_id == @now.city")["kind"])
    # What the public may know of groups is of the whole city: a filter by them would show nothing.
    groups = labels("participant_group", lang) if runtime.settings().role is Role.ANALYST else {}
    chosen: dict[str, Any] = {
        "districts": _several(
            "district", _key(state.W_DISTRICTS, lang), names.district_codes, names.district, now.districts, lang
        ),
        "themes": _several("theme", _key(state.W_THEMES, lang), names.theme_ids, names.theme, now.themes, lang),
        "kinds": _several(
            "kind",
            _key(state.W_KINDS, lang),
            [kind for kind in kinds if kind in there or kind in now.kinds],
            kinds.__getitem__,
            now.kinds,
            lang,
        ),
        "networks": _several(
            "network", _key(state.W_NETWORKS, lang), names.network_ids, names.network, now.networks, lang
        ),
        "groups": _several("group", _key(state.W_GROUPS, lang), list(groups), groups.__getitem__, now.groups, lang),
    }
    workshops = _workshops(now, lang)
    if now.space is not None and st.button(
        say("filter.space", lang, name=names.space(now.space)), icon=":material/close:", width="stretch"
    ):
        now = replace(now, space=None)
        url.set_filters(now)
        st.rerun()
    st.button(
        say("filter.reset", lang),
        on_click=url.set_filters,
        args=(Filters(city=now.city),),
        icon=":material/restart_alt:",
        width="stretch",
    )
    return replace(now, workshops=workshops, **chosen)


def _workshops(now: Filters, lang: Lang) -> bool:
    key = _key(state.W_WORKSHOPS, lang)
    if key not in st.session_state:
        st.session_state[key] = now.workshops
    return st.toggle(say("filter.workshops", lang), key=key, help=say("filter.workshops.help", lang))


def contrast(lang: Lang) -> None:
    """The switch of strong colours; the address says it."""
    key = state.contrast_widget(lang, url.links_count())
    if key not in st.session_state:
        st.session_state[key] = url.is_high_contrast()
    st.session_state[state.CONTRAST] = st.toggle(say_everywhere("contrast", lang), key=key)


def _key(name: str, lang: Lang) -> str:
    return state.filter_widget(name, lang, url.links_count())


def _city(now: Filters, names: Names, lang: Lang) -> None:
    key = _key(state.W_CITY, lang)

    def begin_anew() -> None:
        # A browser that is slow to hear of a new address may still choose in a list that is gone.
        if key in st.session_state:
            url.set_filters(Filters(city=st.session_state[key]))

    if key not in st.session_state:
        st.session_state[key] = now.city
    st.selectbox(
        say("filter.city", lang),
        list(names.cities),
        format_func=names.cities.__getitem__,
        key=key,
        on_change=begin_anew,
    )


def _month(now: Filters, period: Months, months: Sequence[date], lang: Lang) -> Filters:
    chosen = _one_month(
        "filter.month",
        _key(state.W_MONTH, lang),
        sorted({*months, period.month}, reverse=True),
        period.month,
        lang,
    )
    return now if chosen == period.month else replace(now, month=chosen)


def _period(now: Filters, period: Months, months: Sequence[date], lang: Lang) -> Filters:
    options = sorted({*months, period.start, period.end}, reverse=True)
    start = _one_month("filter.start", _key(state.W_START, lang), options, period.start, lang)
    end = _one_month("filter.end", _key(state.W_END, lang), options, period.end, lang)
    if (start, end) == (period.start, period.end):
        return now
    return replace(now, start=min(start, end), end=max(start, end))


def _one_month(label_key: str, key: str, options: Sequence[date], chosen: date, lang: Lang) -> date:
    if key not in st.session_state:
        st.session_state[key] = chosen
    return st.selectbox(say(label_key, lang), options, format_func=lambda month: dates.month_name(month, lang), key=key)


def _several(
    name: str,
    key: str,
    options: Sequence[str],
    label_of: Callable[[str], str],
    chosen: Sequence[str],
    lang: Lang,
) -> tuple[str, ...]:
    if not options:
        return ()
    if key not in st.session_state:
        st.session_state[key] = [value for value in options if value in chosen]
    return tuple(
        st.multiselect(
            say(f"filter.{name}", lang), options, format_func=label_of, key=key, placeholder=say("filter.all", lang)
        )
    )
