"""Parts of the page «Презентація»."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.reports import show
from dashboard.reports.exhibits import Exhibit
from dashboard.reports.model import Report, draft
from dashboard.reports.slides import plan
from dashboard.text import dates
from dashboard.text import frame as frame_words
from dashboard.text.show import say
from dashboard.ui import basket, blocks, keeping, present, state
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


def choice(view: View, report: Report) -> dict[str, plan.View]:
    """The views that the speaker chose, by name and in their order; at the start the month's and all that were added.

    What was added on other pages since the last look comes last.
    """
    known = show.views(report)
    added = present.views_of(view.snapshot, report, basket.names(), view.disclosure)
    _gone(view, [name for name in basket.names() if name not in added])
    views = {**known, **added}
    key = state.widget(state.W_VIEWS, view.lang, view.city, f"{view.month:%Y-%m}")
    kept = key.removesuffix(view.lang)
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(kept, views)
    seen = st.session_state.get(state.PRESENTED, ())
    before = [name for name in st.session_state[key] if name in views]
    st.session_state[key] = before + [name for name in added if name not in seen and name not in before]
    st.session_state[state.PRESENTED] = tuple(added)
    chosen: list[str] = st.multiselect(
        view.say("presentation.views"),
        list(views),
        format_func=lambda name: show.title(views[name], report),
        key=key,
        placeholder=view.say("presentation.none"),
    )
    st.session_state[kept] = chosen
    st.caption(say("hint", view.lang))
    with st.expander(view.say("presentation.order"), expanded=bool(added)):
        for place, name in enumerate(chosen):
            _row(view, key, place, f"{place + 1}. {show.title(views[name], report)}", is_last=place == len(chosen) - 1)
    return {name: views[name] for name in chosen}


def _gone(view: View, names: Sequence[str]) -> None:
    """Says which kept views have nothing to show any more, and offers to forget them."""
    if not names:
        return
    st.warning(say("gone", view.lang, list=", ".join(blocks.plain(name.split("~")[0]) for name in names)))
    st.button(
        say("forget", view.lang),
        on_click=basket.put,
        args=([name for name in basket.names() if name not in names],),
        key="b_forget",
    )


def _row(view: View, key: str, place: int, text: str, *, is_last: bool) -> None:
    """One view in the order of the slides, to be moved up or down or taken out."""
    moves: tuple[tuple[str, str, str, int, bool, Callable[[str, int], None]], ...] = (
        ("up", view.say("presentation.up"), ":material/arrow_upward:", place - 1, place == 0, _swap),
        ("down", view.say("presentation.down"), ":material/arrow_downward:", place, is_last, _swap),
        ("out", say("out", view.lang), ":material/close:", place, False, _take_out),
    )
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(blocks.plain(text))
    with right.container(horizontal=True, horizontal_alignment="right", gap="small"):
        for name, label, icon, at, is_off, do in moves:
            st.button(label, icon=icon, key=f"b_{name}_{place}", disabled=is_off, on_click=do, args=(key, at))


def on_stage(view: View, view_ids: Sequence[str]) -> None:
    """The presentation itself: a link that opens it alone, and a small picture of it."""
    query = replace(view.filters, month=view.month).to_query()
    url = present.address(query, view_ids, view.lang)
    st.link_button(view.say("presentation.start"), url, icon=":material/slideshow:", type="primary")
    st.caption(view.say("presentation.keys"))
    st.iframe(url, height=_PREVIEW_PX)


def files(view: View, report: Report, chosen: Mapping[str, plan.View]) -> None:
    """The same as files: slides that can be edited, and a page that runs with no server. Made when asked for."""
    if not st.button(view.say("presentation.prepare"), icon=":material/description:", key="b_slides"):
        return
    # It takes long to import and some megabytes, and most servers are never asked for slides.
    from dashboard.reports.slides import deck  # noqa: PLC0415

    edition = draft(report)
    exhibits = [each for each in chosen.values() if isinstance(each, Exhibit)]
    views = list(chosen.values())
    with st.spinner(view.say("overview.document.making")):
        # A chart that the slides' own program draws needs no picture.
        painted = present.pictures([each for each in exhibits if each.chart is None], "png", view.disclosure, view.lang)
        drawn = present.pictures(exhibits, "svg", view.disclosure, view.lang)
        made = (
            ("presentation.pptx", deck.render_views(edition, views, painted), "pptx", _PPTX),
            ("presentation.html", show.render(edition, views, pictures=drawn), "html", "text/html"),
        )
    if exhibits and not keeping.can_draw():
        st.caption(frame_words.say("no_chromium", view.lang))
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


def _take_out(key: str, place: int) -> None:
    """Take a view out; one that was added is no longer kept."""
    chosen = list(st.session_state[key])
    name = chosen.pop(place)
    st.session_state[key] = chosen
    basket.put([each for each in basket.names() if each != name])
