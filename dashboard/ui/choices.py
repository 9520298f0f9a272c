"""Choices on a page that are no filters: kept while the visitor goes about, whatever the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from dashboard.ui import state, url
from dashboard.ui.view import View


def one_of(
    view: View,
    name: str,
    label: str,
    options: Sequence[str],
    label_of: Callable[[str], str],
    *,
    of: Sequence[object] = (),
    default: str | None = None,
    shape: Literal["list", "switch"] = "list",
    parameter: str | None = None,
) -> str:
    """Let the visitor choose one of the options; the default, else the first, is chosen at the start.

    Args:
        view: the view.
        name: the choice's name in `state`.
        label: what is chosen.
        options: at least one.
        label_of: what an option is called.
        of: what the choice belongs to; another of it is another choice.
        default: the option chosen at the start.
        shape: a list that opens, or a switch that shows all options.
        parameter: of `url.CHOICES`, where the address is to say the choice; a link or Back then brings it, and what
            it names in vain gives way to the default.
    """
    if parameter is not None:
        return _in_address(view, name, label, options, label_of, of, default, shape, parameter)
    kept = state.widget(name, view.lang, *of).removesuffix(view.lang)
    key = state.widget(name, view.lang, *of)
    if key not in st.session_state:
        before = st.session_state.get(kept, default)
        st.session_state[key] = before if before in options else options[0]
    st.session_state[kept] = _drawn(label, options, label_of, shape, key) or options[0]
    return str(st.session_state[kept])


def _in_address(
    view: View,
    name: str,
    label: str,
    options: Sequence[str],
    label_of: Callable[[str], str],
    of: Sequence[object],
    default: str | None,
    shape: Literal["list", "switch"],
    parameter: str,
) -> str:
    usual = default if default in options else options[0]
    key = state.widget(name, view.lang, *of, url.links_count())
    if key not in st.session_state:
        asked = url.chosen(parameter)
        st.session_state[key] = asked if asked in options else usual
    # What can be chosen may have changed with the filters.
    if st.session_state[key] not in options:
        st.session_state[key] = usual
    chosen = _drawn(label, options, label_of, shape, key) or usual
    url.keep(parameter, key, chosen, usual)
    return chosen


def _drawn(
    label: str, options: Sequence[str], label_of: Callable[[str], str], shape: Literal["list", "switch"], key: str
) -> str | None:
    if shape == "switch":
        return st.segmented_control(label, options, format_func=label_of, key=key, required=True)
    return st.selectbox(label, options, format_func=label_of, key=key)
