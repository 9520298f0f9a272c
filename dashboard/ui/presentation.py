"""Parts of the page «Презентація»."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.reports import show, slides
from dashboard.reports.model import Report, draft
from dashboard.text import dates
from dashboard.ui import blocks, present, state
from dashboard.ui.view import View

_PREVIEW_PX: Final = 520
_PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def heading(view: View) -> None:
    """Title and the month in view."""
    unfinished = f" · {view.say('month.unfinished')}" if view.is_unfinished else ""
    blocks.title(view, "presentation", f"**{dates.month_name(view.month, view.lang)}**{unfinished}")


def report_on(view: View) -> Report:
    """What there is to choose from: the month's findings, charts and maps."""
    filters = replace(view.filters, month=view.month)
    return present.report_on(view.snapshot, filters, view.disclosure, view.lang)


def choice(view: View, report: Report) -> list[str]:
    """The ids of the views that the speaker chose, in their order; all of them at the start."""
    known = show.views(report)
    key = state.widget(state.W_VIEWS, view.lang, view.city, f"{view.month:%Y-%m}")
    kept = key.removesuffix(view.lang)
    if key not in st.session_state:
        st.session_state[key] = [name for name in st.session_state.get(kept, known) if name in known]
    chosen: list[str] = st.multiselect(
        view.say("presentation.views"),
        list(known),
        format_func=lambda name: show.title(known[name], report),
        key=key,
        placeholder=view.say("presentation.none"),
    )
    st.session_state[kept] = chosen
    with st.expander(view.say("presentation.order")):
        for place, name in enumerate(chosen):
            _row(view, key, place, f"{place + 1}. {show.title(known[name], report)}", is_last=place == len(chosen) - 1)
    return chosen


def _row(view: View, key: str, place: int, text: str, *, is_last: bool) -> None:
    """One view in the order of the slides, to be moved up or down."""
    moves = (
        ("up", ":material/arrow_upward:", place - 1, place == 0),
        ("down", ":material/arrow_downward:", place, is_last),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, icon, upper, is_end in moves:
            st.button(
                view.say(f"presentation.{name}"),
                icon=icon,
                key=f"b_{name}_{place}",
                disabled=is_end,
                on_click=_swap,
                args=(key, upper),
            )
        st.markdown(blocks.plain(text), width="stretch")


def on_stage(view: View, view_ids: list[str]) -> None:
    """The presentation itself: a link that opens it alone, and a small picture of it."""
    query = replace(view.filters, month=view.month).to_query()
    url = present.address(query, view_ids, view.lang)
    st.link_button(view.say("presentation.start"), url, icon=":material/slideshow:", type="primary")
    st.caption(view.say("presentation.keys"))
    st.iframe(url, height=_PREVIEW_PX)


def files(view: View, report: Report, view_ids: list[str]) -> None:
    """The same as files: slides that can be edited, and a page that runs with no server. Made when asked for."""
    if not st.button(view.say("presentation.prepare"), icon=":material/description:", key="b_slides"):
        return
    known = show.views(report)
    chosen = [known[name] for name in view_ids]
    edition = draft(report)
    made = (
        ("presentation.pptx", slides.render_views(edition, chosen), "pptx", _PPTX),
        ("presentation.html", show.render(edition, chosen), "html", "text/html"),
    )
    with st.container(horizontal=True):
        for key, content, ending, mime in made:
            st.download_button(
                view.say(key),
                content,
                file_name=f"{edition.stem}-slides.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"save_slides_{ending}",
            )


def _swap(key: str, place: int) -> None:
    """Let two neighbours change their places."""
    chosen = list(st.session_state[key])
    chosen[place], chosen[place + 1] = chosen[place + 1], chosen[place]
    st.session_state[key] = chosen
