"""What every page has around it: navigation, language, filters, banners, errors in plain words, the footer."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

import streamlit as st

from dashboard.errors import NothingPublished, StoreError
from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.settings import Role
from dashboard.store import Snapshot
from dashboard.text import dates
from dashboard.text.everywhere import say as say_everywhere
from dashboard.text.names import names_of
from dashboard.text.pages import say
from dashboard.text.words import Lang
from dashboard.ui import blocks, cache, chips, finder, keeping, runtime, script, sidebar, state, style, tour, url
from dashboard.ui.view import PAGE_SPANS, Months, View

PAGES: Final = Path(__file__).resolve().parents[2] / "pages"

_FILTERED: Final = frozenset(name for name, span in PAGE_SPANS.items() if span != "none")
_log: Final = logging.getLogger("civicspace")
_AT_ONCE: Final = BoundedSemaphore(2)
"""Pages are drawn two at a time: all wait for one interpreter, and turn by turn most come sooner than all at once."""


def run() -> None:
    """Draw the page that was asked for."""
    tour.begin()
    lang = url.receive_language()
    st.set_page_config(
        page_title=say("app.title", lang),
        page_icon=str(Path(__file__).with_name("icon.svg")),
        layout="wide",
        initial_sidebar_state="auto",
    )
    pages = [
        st.Page(
            PAGES / f"{name}.py",
            title=say(f"page.{name}", lang),
            url_path=name,
            default=name == next(iter(PAGE_SPANS)),
        )
        for name in PAGE_SPANS
    ]
    # Streamlit's own navigation drops the query and would lose the filters: the links are ours.
    page = st.navigation(pages, position="hidden")
    is_dark = st.context.theme.type == "dark"
    st.html(style.sheet(is_dark=is_dark, is_high_contrast=url.is_high_contrast()))
    with st.container(key="unseen"):  # a script takes a line's room, even where nothing is to be seen
        st.html(script.script(lang), unsafe_allow_javascript=True)
        st.html(keeping.SCROLL, unsafe_allow_javascript=True)
    try:
        snapshot = cache.snapshot()
        filters = url.receive(snapshot)
        view = _view(snapshot, filters, page.url_path or next(iter(PAGE_SPANS)))
    except StoreError as error:
        _store_error(error, lang)
        return
    st.session_state[state.VIEW] = view
    with st.container(horizontal=True, key="navigation", gap="small"):
        for target in pages:
            st.page_link(target, query_params=url.address(view.filters))
        finder.button(view, dict(zip(PAGE_SPANS, pages, strict=True)), _FILTERED)
    # In a place of their own: a banner that comes or goes must not move the page's parts, or the map starts anew.
    with st.container(key="banners"):
        _banners(view)
        tour.draw(view)
    with st.container(key="page"), _AT_ONCE:
        _guarded(page.run, view)
    _footer(view)


def current() -> View:
    """The view of this run; for pages."""
    view: View = st.session_state[state.VIEW]
    return view


def _view(snapshot: Snapshot, filters: Filters, page: str) -> View:
    span = PAGE_SPANS[page]
    with st.sidebar:
        lang = sidebar.language()
        names = names_of(snapshot, filters.city, lang)
        filters = sidebar.filters(snapshot, filters, names, lang, span)
        sidebar.contrast(lang)
        tour.again(lang)
    url.send(filters, snapshot)
    settings = runtime.settings()
    return View(
        snapshot=snapshot,
        filters=filters,
        months=Months.of(filters, snapshot),
        lang=lang,
        names=names,
        disclosure=Disclosure(settings.role, settings.min_group_size),
        is_dark=st.context.theme.type == "dark",
        is_high_contrast=url.is_high_contrast(),
        page=page,
        span=span,
    )


def _banners(view: View) -> None:
    if damage := view.snapshot.instead_of:
        shown = view.say("banner.damaged", as_of=dates.format_date(view.snapshot.as_of_on, view.lang))
        # Commands, files and where they lie are nothing to the public.
        remedy = view.say(
            "banner.damaged.remedy",
            snapshot=view.snapshot.snapshot_id,
            damaged=damage.snapshot_id,
            part=damage.part,
        )
        st.error(f"{shown} {remedy}" if view.disclosure.is_open else shown, icon=":material/broken_image:")
    if view.snapshot.manifest.has_demo:
        st.warning(view.say("banner.demo"), icon=":material/science:")
    if view.disclosure.role is Role.PUBLIC:
        st.info(view.say("banner.public", k=view.disclosure.min_group_size), icon=":material/visibility_off:")
    problems = url.link_problems(view.filters)
    if problems:
        st.warning(view.say("filter.unknown", list=", ".join(f"{p.parameter}={p.value}" for p in problems)))
    if view.span not in {"none", "cities"}:
        chips.draw(view)


def _guarded(draw: Callable[[], None], view: View) -> None:
    """Draw a page; what goes wrong is logged under a number that the visitor sees."""
    try:
        draw()
    except Exception:  # noqa: BLE001 - the edge: whatever a page raises, the visitor gets plain words
        number = secrets.token_hex(4)
        # The address, the filters and the traceback hold ids and code, no people.
        _log.exception("page error %s, filters %s", number, view.filters)
        st.error(view.say("error.page", id=number), icon=":material/error:")


def _store_error(error: StoreError, lang: Lang) -> None:
    number = secrets.token_hex(4)
    _log.error("store error %s: %s", number, error)
    key = "nothing_published" if isinstance(error, NothingPublished) else "store"
    st.title(say(f"error.{key}.title", lang))
    if runtime.settings().role is Role.PUBLIC:
        # Where the store lies and what to type there are nothing to the public.
        st.markdown(say(f"error.{key}.public", lang))
        if key == "store":
            st.markdown(say_everywhere("error.number", lang, id=number))
        return
    st.markdown(f"{blocks.plain(error.text.in_language(lang))} {error.remedy.in_language(lang)}")
    if key == "nothing_published":
        st.markdown(say("error.nothing_published.text", lang))
    else:
        st.markdown(say_everywhere("error.number", lang, id=number))


def _footer(view: View) -> None:
    manifest = view.snapshot.manifest
    attribution = view.snapshot.table("cities").set_index("city_id")["attribution"][view.city]
    st.divider()
    st.caption(
        view.say(
            "footer.snapshot",
            as_of=dates.format_date(view.snapshot.as_of_on, view.lang),
            snapshot=manifest.snapshot_id,
        )
        + " · "
        + view.say("footer.boundaries", attribution=attribution)
    )
