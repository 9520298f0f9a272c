"""What every page has around it: navigation, language, filters, banners, errors in plain words, the footer."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.errors import NothingPublished, StoreError
from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.settings import Role
from dashboard.store import Snapshot
from dashboard.text import dates
from dashboard.text.names import names_of
from dashboard.text.pages import say
from dashboard.text.words import Lang
from dashboard.ui import cache, keeping, runtime, sidebar, state, url
from dashboard.ui.view import Months, Span, View

PAGES: Final = Path(__file__).resolve().parents[2] / "pages"
PAGE_SPANS: Final[dict[str, Span]] = {
    "overview": "month",
    "map": "month",
    "participation": "period",
    "events": "month",
    "network": "history",
    "presentation": "month",
    "editions": "none",
    "data": "none",
}
"""The pages in the order of the navigation, and what each looks at. The name is file, address and key of its title."""

_log: Final = logging.getLogger("civicspace")
STYLE: Final = """
<style>
  .stMainBlockContainer { padding-top: 3.5rem; max-width: 100rem; }
  /* Streamlit's captions are too pale to read on a projector (WCAG asks for 4.5 to 1). */
  [data-testid=stCaptionContainer], [data-testid=stCaptionContainer] * { color: inherit; opacity: 1; }
  h1 { font-size: 2.2rem !important; padding-top: 0 !important; }
  .cs-tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 0.75rem; }
  .cs-tile { border: 1px solid rgba(123, 135, 148, 0.45); border-radius: 0.5rem; padding: 0.8rem 1rem; }
  .cs-name { font-weight: 600; }
  .cs-value { font-size: 2.1rem; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
  .cs-change, .cs-base { font-size: 0.92rem; line-height: 1.45; }
  .cs-good span { color: #1f9d55; } .cs-bad span { color: #d9534f; }
  .cs-legend ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin: 0.3rem 0; padding: 0; }
  .cs-legend li { display: flex; align-items: center; gap: 0.4rem; margin: 0; font-size: 0.95rem; }
  .cs-swatch { width: 1.1rem; height: 1.1rem; border-radius: 0.2rem; border: 1px solid rgba(123, 135, 148, 0.8); }
  @media print { [data-testid=stSidebar], [data-testid=stHeader], [data-testid=stToolbar] { display: none; } }
</style>
"""
DARK_STYLE: Final = """
<style>
  /* Streamlit writes white on the accent, whatever its lightness; the dark theme's accent is light. */
  [data-testid=stBaseButton-primary] *, [data-testid=stBaseLinkButton-primary] *,
  [data-testid=stMultiSelectTagsContainer] [data-tag] * {
    color: #10161d !important;
  }
</style>
"""


def run() -> None:
    """Draw the page that was asked for."""
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
    st.html(STYLE + (DARK_STYLE if st.context.theme.type == "dark" else ""))
    st.html(keeping.SCROLL, unsafe_allow_javascript=True)
    try:
        snapshot = cache.snapshot()
        filters = url.receive(snapshot)
        view, span = _view(snapshot, filters, page.url_path or next(iter(PAGE_SPANS)))
    except StoreError as error:
        _store_error(error, lang)
        return
    # Streamlit says that every page is in English; a screen reader would read Ukrainian aloud by English rules.
    st.html(f"<script>document.documentElement.lang='{view.lang}'</script>", unsafe_allow_javascript=True)
    st.session_state[state.VIEW] = view
    with st.container(horizontal=True, key="navigation", gap="small"):
        for target in pages:
            st.page_link(target, query_params=url.address(view.filters))
    _banners(view, span)
    _guarded(page.run, view)
    _footer(view)


def current() -> View:
    """The view of this run; for pages."""
    view: View = st.session_state[state.VIEW]
    return view


def _view(snapshot: Snapshot, filters: Filters, page: str) -> tuple[View, Span]:
    span = PAGE_SPANS[page]
    with st.sidebar:
        lang = sidebar.language()
        names = names_of(snapshot, filters.city, lang)
        filters = sidebar.filters(snapshot, filters, names, lang, span)
    url.send(filters, snapshot)
    settings = runtime.settings()
    view = View(
        snapshot=snapshot,
        filters=filters,
        months=Months.of(filters, snapshot),
        lang=lang,
        names=names,
        disclosure=Disclosure(settings.role, settings.min_group_size),
        is_dark=st.context.theme.type == "dark",
        page=page,
        span=span,
    )
    return view, span


def _banners(view: View, span: Span) -> None:
    if damage := view.snapshot.instead_of:
        st.error(
            view.say(
                "banner.damaged",
                as_of=dates.format_date(view.snapshot.as_of_on, view.lang),
                snapshot=view.snapshot.snapshot_id,
                damaged=damage.snapshot_id,
                part=damage.part,
            ),
            icon=":material/broken_image:",
        )
    if view.snapshot.manifest.has_demo:
        st.warning(view.say("banner.demo"), icon=":material/science:")
    if view.disclosure.role is Role.PUBLIC:
        st.info(view.say("banner.public", k=view.disclosure.min_group_size), icon=":material/visibility_off:")
    problems = url.link_problems(view.filters)
    if problems:
        st.warning(view.say("filter.unknown", list=", ".join(f"{p.parameter}={p.value}" for p in problems)))
    on = sidebar.active(view.filters, view.names, view.lang)
    if on and span != "none":
        st.info(view.say("filter.active", list=" · ".join(on)), icon=":material/filter_alt:")


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
    key = "nothing_published" if isinstance(error, NothingPublished) else "store"
    st.title(say(f"error.{key}.title", lang))
    st.markdown(f"{error.text.in_language(lang)} {error.remedy.in_language(lang)}")
    if key == "nothing_published":
        st.markdown(say("error.nothing_published.text", lang))


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
