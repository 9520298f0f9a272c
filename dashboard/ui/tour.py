"""Three first steps for a newcomer: shown once on a bare first visit, closed by a click, one click away for ever."""

from __future__ import annotations

from typing import Final, Literal

import streamlit as st

from dashboard.text.everywhere import say
from dashboard.text.words import Lang
from dashboard.ui import state
from dashboard.ui.view import View

COOKIE: Final = "civicspace_tour"
HOME: Final = "overview"
_REMEMBER: Final = f"<script>document.cookie = '{COOKIE}=seen; path=/; max-age=31536000; SameSite=Lax';</script>"


def begin() -> None:
    """Show the steps to whoever comes to the bare address for the first time; a link shows what its sender saw."""
    if state.TOUR not in st.session_state:
        is_newcomer = not st.query_params and st.context.cookies.get(COOKIE) is None
        st.session_state[state.TOUR] = "first" if is_newcomer else "unasked"


def draw(view: View) -> None:
    """The steps, where they are to be shown."""
    shown = st.session_state[state.TOUR]
    if shown != "asked" and (shown, view.page) != ("first", HOME):
        return
    with st.container(border=True, key="tour"):
        st.markdown(f"**{say('tour.title', view.lang)}**")
        for place, step in zip(st.columns(3), ("tour.1", "tour.2", "tour.3"), strict=True):
            place.markdown(say(step, view.lang))
        st.button(
            say("tour.done", view.lang), key=f"tour_done.{view.lang}", type="primary", on_click=_show, args=("seen",)
        )


def again(lang: Lang) -> None:
    """The button that brings the steps back, at the end of the side bar; and the note that they were seen."""
    st.button(
        say("tour.again", lang),
        key=f"tour_again.{lang}",
        icon=":material/help:",
        type="tertiary",
        on_click=_show,
        args=("asked",),
    )
    if st.session_state[state.TOUR] == "seen":
        st.html(_REMEMBER, unsafe_allow_javascript=True)


def _show(how: Literal["asked", "seen"]) -> None:
    st.session_state[state.TOUR] = how
