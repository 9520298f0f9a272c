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
    """
    kept = state.widget(name, view.lang, *of).removesuffix(view.lang)
    key = state.widget(name, view.lang, *of)
    if key not in st.session_state:
        before = st.session_state.get(kept, default)
        st.session_state[key] = before if before in options else options[0]
    st.session_state[kept] = _drawn(label, options, label_of, shape, key)
    return str(st.session_state[kept])


def in_address(
    view: View,
    parameter: str,
    name: str,
    label: str,
    options: Sequence[str],
    label_of: Callable[[str], str],
    *,
    default: str | None = None,
    shape: Literal["list", "switch"] = "list",
) -> str:
    """Let the visitor choose one of the options, and say the choice in the address.

    A link, Back or reload brings the choice; what the address names in vain gives way to the default.

    Args:
        view: the view.
        parameter: of `url.CHOICES`.
        name: the choice's name in `state`.
        label: what is chosen.
        options: at least one.
        label_of: what an option is called.
        default: the option where the address says nothing; else the first.
        shape: a list that opens, or a switch that shows all options.
    """
    usual = default if default is not None and default in options else options[0]
    key = state.widget(name, view.lang, url.links_count())
    asked = url.chosen(parameter)
    # What can be chosen, and what is usual, may have changed with the filters: nobody chose what was usual before.
    if asked is None or st.session_state.get(key) not in options:
        st.session_state[key] = asked if asked in options else usual
    chosen = _drawn(label, options, label_of, shape, key)
    url.keep(parameter, key, chosen, usual)
    return chosen


def _drawn(
    label: str, options: Sequence[str], label_of: Callable[[str], str], shape: Literal["list", "switch"], key: str
) -> str:
    if shape == "switch":
        chosen = st.segmented_control(label, options, format_func=label_of, key=key, required=True, wrap=True)
    else:
        chosen = st.selectbox(label, options, format_func=label_of, key=key)
    return chosen or options[0]
