"""Choices on a page that are no filters: kept while the visitor goes about, whatever the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from dashboard.ui import state
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
    if shape == "switch":
        chosen = st.segmented_control(label, options, format_func=label_of, key=key, required=True)
    else:
        chosen = st.selectbox(label, options, format_func=label_of, key=key)
    st.session_state[kept] = chosen or options[0]
    return str(st.session_state[kept])
