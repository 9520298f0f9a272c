"""The line under every chart: where its data come from, and what can be done with it.

Nothing behind the button is drawn, let alone made, before somebody opens it: a page with ten charts pays for ten
buttons. Opening it runs the line alone, not the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal
from urllib.parse import urlencode

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.errors import NoChromium
from dashboard.reports import pdf, pictures, shown
from dashboard.reports.pictures import MIMES, Form
from dashboard.reports.shown import Imprint, Table
from dashboard.text import dates
from dashboard.text.frame import say
from dashboard.ui import basket, runtime
from dashboard.ui.view import HOME, View

Origin = Literal["own", "demo", "public"]
"""Where the data of a chart come from: the spaces' own lists, the demonstration, public facts."""

_NAME_PX: Final = 90
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SCROLL: Final = """<script>
(() => {
  if (window.civicspaceArrived) return;
  window.civicspaceArrived = true;
  // The page's own address may have been written anew by now, without the chart's name.
  const arrived = performance.getEntriesByType("navigation")[0].name;
  const wanted = decodeURIComponent(new URL(arrived).hash.slice(1));
  if (!/^[a-z0-9_-]+$/i.test(wanted)) return;
  const until = Date.now() + 20000;
  const timer = setInterval(() => {
    const found = document.querySelector(`.st-key-view_${wanted}`);
    if (found) found.scrollIntoView({ block: "start" });
    const lead = found ? null : document.querySelector(`[data-charts~="${wanted}"]`);
    if (lead) {
      clearInterval(timer);
      const address = new URL(location.href);
      address.searchParams.set(lead.dataset.parameter, lead.dataset.value);
      address.hash = wanted;
      location.replace(address);
    }
    if (Date.now() > until) clearInterval(timer);
  }, 250);
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(name, () => clearInterval(timer), { once: true, passive: true });
  }
})();
</script>"""
"""Goes to the chart that the address names and stays at it while those above it grow, until somebody acts; where the
page draws it only when something else is chosen, chooses that."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What stands above the line."""

    key: str
    draw: Callable[[], go.Figure]
    """Makes the chart as a picture of its own; called when somebody asks for it."""
    title: str
    subtitle: str
    alt: str
    source: str
    table: Callable[[], Table] | None = None
    """Its numbers, made when they are asked for; None where there are none to save."""


RECORDER: Final[ContextVar[Callable[[Shown], None] | None]] = ContextVar("recorder", default=None)
"""Who looks for a chart instead of drawing it (see `dashboard.ui.replay`)."""


def anchor(key: str) -> str:
    """The key of the place that a link to a chart leads to."""
    return f"view_{key}"


def leads_to(parameter: str, value: str, charts: Sequence[str]) -> None:
    """Say for links to charts that are not drawn now which choice on the page draws them."""
    if charts:
        said = f"data-parameter='{parameter}' data-value='{value}' data-charts='{' '.join(charts)}'"
        with st.container(key="leads"):
            st.html(f"<span hidden {said}></span>")


def source(view: View, origin: Origin | None = None) -> str:
    """Where the data come from and how old they are: «Джерело: …, станом на …»."""
    if origin is None:
        origin = "demo" if view.snapshot.manifest.has_demo else "own"
    as_of = dates.format_date(view.snapshot.as_of_on, view.lang)
    said = say("source", view.lang, origin=say(f"origin.{origin}", view.lang), as_of=as_of)
    return f"{said} · {say('snapshot', view.lang, snapshot=view.snapshot.snapshot_id)}"


def link(view: View, key: str) -> str:
    """The absolute address of this page with these filters, months and choices, at this chart."""
    base = runtime.settings().public_url or st.context.url or ""
    root = base.rstrip("/").removesuffix(f"/{view.page}")
    query = {**basket.keep(view, key).query, "lang": [view.lang]}
    path = "" if view.page == HOME else view.page
    return f"{root}/{path}?{urlencode(query, doseq=True)}#{key}"


def is_recorded(what: Shown) -> bool:
    """Whether what follows is looked for by its name and need not be drawn."""
    record = RECORDER.get()
    if record is None:
        return False
    record(what)
    return True


@st.fragment
def line(view: View, what: Shown) -> None:
    """The quiet line under a chart."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(what.source, width="stretch")
        menu = st.popover(
            say("keep", view.lang),
            icon=":material/ios_share:",
            type="tertiary",
            help=say("hint", view.lang),
            key=f"keep_{what.key}.{view.lang}",
            on_change="rerun",
        )
    if menu.open:
        with menu:
            _menu(view, what)


def _menu(view: View, what: Shown) -> None:
    lang = view.lang
    imprint = Imprint(what.title, what.subtitle, what.source, lang)
    _add(view, what)
    note = view.say("note.demo") if view.snapshot.manifest.has_demo else None
    if what.table is not None:
        with _row(say("data", lang)):
            _download(view, what, "csv", "text/csv", partial(_csv, what.table, note))
            _download(view, what, "xlsx", _XLSX, partial(_xlsx, what.table, imprint))
    if can_draw():
        with _row(say("picture", lang)):
            for form in MIMES:
                _download(view, what, form, MIMES[form], partial(_picture, what.draw, imprint, form))
    else:
        st.caption(say("no_chromium", lang))
    st.caption(say("link", lang))
    st.code(link(view, what.key), language=None, wrap_lines=True)


def _add(view: View, what: Shown) -> None:
    name = basket.keep(view, what.key).name
    is_there = name in basket.names()
    if st.button(
        say("added" if is_there else "add", view.lang),
        icon=":material/check:" if is_there else ":material/add_to_queue:",
        key=f"add_{what.key}.{view.lang}",
        disabled=is_there or len(basket.names()) >= basket.MOST,
        type="primary",
    ):
        basket.add(name)
        st.rerun()  # the address and the links of the navigation say it too


def _row(name: str) -> DeltaGenerator:
    """A place for buttons beside each other, after what they have in common."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.markdown(name, width=_NAME_PX)
    return row


def _download(view: View, what: Shown, ending: str, mime: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        ending.upper(),
        make,
        file_name=f"civicspace-{view.city}-{what.key}.{ending}",
        mime=mime,
        key=f"keep_{ending}_{what.key}",
        icon=":material/download:",
        on_click="ignore",
    )


def _csv(table: Callable[[], Table], note: str | None) -> bytes:
    return shown.as_csv(table(), note)


def _xlsx(table: Callable[[], Table], imprint: Imprint) -> bytes:
    return shown.as_xlsx(table(), imprint)


def _picture(draw: Callable[[], go.Figure], imprint: Imprint, form: Form) -> bytes:
    """Runs in a thread of its own, after the page was drawn."""
    made = pictures.headed(draw(), title=imprint.title, subtitle=imprint.subtitle, source=imprint.source)
    return pictures.render([made], form, runtime.settings().chromium)[0]


def can_draw() -> bool:
    """Whether there is a browser that draws pictures."""
    try:
        pdf.find(runtime.settings().chromium)
    except NoChromium:
        return False
    return True
