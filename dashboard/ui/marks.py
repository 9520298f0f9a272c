"""Marks on the axis of months: signs in the charts, and below them a list that says what each stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.metrics import marks
from dashboard.metrics.selection import Selection
from dashboard.text import dates
from dashboard.text.labels import label
from dashboard.ui import blocks, state
from dashboard.ui.view import View

_LONGEST: Final = 120


def signs(view: View) -> dict[date, str]:
    """The number of each marked month, as it stands in the charts and in the list."""
    months = sorted({month.date() for month in _shown(view)["month"]})
    return {month: str(number) for number, month in enumerate(months, start=1)}


def legend(view: View) -> None:
    """The list of what is marked, what of it is shown, and a place to add a mark by hand."""
    found = _all(view)
    with st.expander(view.say("marks"), icon=":material/flag:"):
        kinds = _kinds(found)
        if len(kinds) > 1:
            st.pills(
                view.say("marks.shown"),
                kinds,
                format_func=lambda kind: label("annotation_kind", kind, view.lang),
                selection_mode="multi",
                default=kinds,
                key=_kinds_widget(view, kinds),
            )
        st.markdown(_list(view) or view.say("marks.none"))
        _by_hand(view)


def _list(view: View) -> str:
    shown = _shown(view)
    text = "text_uk" if view.lang == "uk" else "text_en"
    lines = []
    for month, number in signs(view).items():
        said = [
            f"{label('annotation_kind', mark['kind'], view.lang)}: {blocks.plain(mark[text])} ({_when(view, mark)})"
            for mark in shown[shown["month"] == pd.Timestamp(month)].to_dict("records")
        ]
        lines.append(f"{number}. **{dates.month_name(month, view.lang)}** — {'; '.join(said)}")
    return "\n".join(lines)


def _when(view: View, mark: Mapping[Any, Any]) -> str:
    if mark["source"] == "own":
        return view.say("marks.own")
    starts, ends = mark["starts_on"], mark["ends_on"]
    return dates.format_days(starts, starts if pd.isna(ends) else ends, view.lang)


def _by_hand(view: View) -> None:
    months = view.in_period().months["month"].dt.date.tolist()
    with st.form(f"{state.W_MARKS}_form", border=False, clear_on_submit=True):
        st.markdown(f"**{view.say('marks.add')}**")
        month_place, kind_place = blocks.beside(1, 1)
        month = month_place.selectbox(
            view.say("marks.month"), months[::-1], format_func=lambda day: dates.month_name(day, view.lang)
        )
        kind = kind_place.selectbox(
            view.say("marks.kind"),
            marks.KINDS,
            format_func=lambda kind: label("annotation_kind", kind, view.lang),
            index=1,
        )
        text = st.text_input(view.say("marks.text"), max_chars=_LONGEST)
        if st.form_submit_button(view.say("marks.save")) and text.strip():
            mine = _mine(view)
            mark = {"month": month, "kind": kind, "text": " ".join(text.split())}
            st.session_state[state.MARKS] = {**_everyones(), view.city: [*mine, mark]}
            st.rerun()
    if _mine(view) and st.button(view.say("marks.clear"), key=f"{state.W_MARKS}_clear"):
        st.session_state[state.MARKS] = {**_everyones(), view.city: []}
        st.rerun()


def _shown(view: View) -> pd.DataFrame:
    found = _all(view)
    chosen = st.session_state.get(_kinds_widget(view, _kinds(found)))
    return found if chosen is None else found[found["kind"].isin(chosen)]


def _all(view: View) -> pd.DataFrame:
    """Marks of the data and of this session."""
    found = _of_data(view)
    months = {pd.Timestamp(month) for month in view.in_period().months["month"]}
    mine = [mark for mark in _mine(view) if pd.Timestamp(mark["month"]) in months]
    if not mine:
        return found
    own = pd.DataFrame(
        {
            "month": pd.to_datetime([mark["month"] for mark in mine]),
            "starts_on": pd.to_datetime([mark["month"] for mark in mine]),
            "ends_on": pd.NaT,
            "kind": [mark["kind"] for mark in mine],
            "text_uk": [mark["text"] for mark in mine],
            "text_en": [mark["text"] for mark in mine],
            "source": "own",
        }
    )
    return pd.concat([found, own.astype(found.dtypes.to_dict())], ignore_index=True).sort_values("month", kind="stable")


def _of_data(view: View) -> pd.DataFrame:
    def by_month(selection: Selection) -> pd.DataFrame:
        stated = view.snapshot.table("annotations")
        return marks.by_month(selection, stated[stated["city_id"] == view.city]).assign(source="data")

    return view.metric(by_month, view.in_period())


def _everyones() -> dict[str, list[dict[str, Any]]]:
    kept: dict[str, list[dict[str, Any]]] = st.session_state.get(state.MARKS, {})
    return kept


def _mine(view: View) -> list[dict[str, Any]]:
    return _everyones().get(view.city, [])


def _kinds(found: pd.DataFrame) -> list[str]:
    return [kind for kind in marks.KINDS if kind in set(found["kind"])]


def _kinds_widget(view: View, kinds: Sequence[str]) -> str:
    # Where there are other kinds it is another choice: a kind that was not there cannot have been taken out.
    return state.widget(state.W_MARKS, view.lang, view.city, *kinds)
