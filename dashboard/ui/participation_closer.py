"""The closer looks of the page «Участь за темами»: one at a time, so that the page stays short, or all for paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from dashboard.ui import blocks, choices, keeping, participation, returning, state, versus
from dashboard.ui.participation import Cut
from dashboard.ui.view import View

_ALL: Final = "all"
_PARTS: Final[Mapping[str, tuple[Callable[[View, Cut], None], tuple[str, ...]]]] = {
    "when": (lambda view, _: participation.weekday_and_hour(view), ("rhythm",)),
    "returning": (lambda view, _: returning.drawn(view), ("people", "waits", "cohorts", "paths")),
    "who": (lambda view, _: participation.who(view), ("groups", "homes")),
    "versus": (versus.compare, ("versus_months",)),
}
"""What draws each part, and the names of its charts."""


def closer(view: View, what: Cut) -> None:
    """One of the parts, as the visitor chooses, or all; only what is chosen is computed."""
    blocks.section(view, "closer")
    chosen = choices.in_address(
        view,
        "part",
        state.W_PARTICIPATION_PART,
        view.say("closer.part"),
        (*_PARTS, _ALL),
        lambda name: view.say(f"closer.{name}"),
        shape="switch",
    )
    # Who looks for a chart by its name, looks for it wherever it is.
    is_sought = keeping.RECORDER.get() is not None
    shown = tuple(_PARTS) if chosen == _ALL or is_sought else (chosen,)
    elsewhere = [chart for name, (_, charts) in _PARTS.items() if name not in shown for chart in charts]
    if elsewhere:
        st.caption(view.say("closer.note"))
    keeping.leads_to("part", _ALL, elsewhere)
    for name in shown:
        draw, _ = _PARTS[name]
        draw(view, what)
