"""Parts of the page «Дані»: the snapshots that the store keeps, and how rejected rows change."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_trend
from dashboard.charts.theme import colours
from dashboard.charts.trends import small_multiples
from dashboard.metrics import loads
from dashboard.metrics.loads import Kept
from dashboard.store import Snapshot
from dashboard.text import dates
from dashboard.text.data_page import say
from dashboard.text.numbers import format_count
from dashboard.text.plurals import counted
from dashboard.ui import blocks, cache
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

_ROWS: Final = ("rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")
_LATEST: Final = 6
"""How many loads stand beside each other."""


def snapshots(view: View) -> None:
    """When each snapshot was made, of what day, by which version, and which is shown; for analysts also its rows."""
    lang = view.lang
    frame = cache.computed(
        lambda: loads.listing(cache.kept(), view.snapshot.snapshot_id, view.city, view.disclosure),
        "loads.listing",
        *_key(view),
    )
    st.markdown(say("snapshots.text", lang))
    if not view.disclosure.is_open:
        st.caption(say("snapshots.public", lang))
    rows = (
        (
            Column("files_count", view.say("col.files"), "count"),
            *(Column(name, view.say(f"data.{name}"), "count") for name in _ROWS),
        )
        if view.disclosure.is_open
        else ()
    )
    blocks.frame(
        view,
        "snapshots",
        Sheet(
            frame.assign(
                made=frame["created_at"].map(lambda at: _instant(view, at), na_action="ignore"),
                state_label=[say(f"state.{state}", lang) for state in frame["state"]],
            ),
            (
                Column("state_label", say("snapshots.state", lang)),
                Column("made", say("snapshots.made", lang)),
                Column("as_of_on", say("snapshots.as_of", lang), "date"),
                *rows,
                Column("code_version", say("snapshots.version", lang)),
                Column("snapshot_id", say("snapshots.id", lang)),
            ),
        ),
    )


def rejects(view: View) -> None:
    """Rejected rows by reason: by the months of the data, and load by load. For analysts."""
    if not view.disclosure.is_open:
        st.info(say("rejects.public", view.lang), icon=":material/visibility_off:")
        return
    by_month = cache.computed(
        lambda: loads.rejects_by_month(view.snapshot, view.city, view.disclosure), "loads.by_month", *_key(view)
    )
    by_load = cache.computed(
        lambda: loads.rejects_by_load(cache.kept()[-_LATEST:], view.city, view.disclosure), "loads.by_load", *_key(view)
    )
    if by_load.empty:
        st.info(say("rejects.none", view.lang))
        return
    _by_month(view, by_month)
    _by_load(view, by_load, cache.kept()[-_LATEST:])


def _by_month(view: View, frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    lang = view.lang
    st.markdown(f"**{say('rejects.months', lang)}**")
    reason = "reason_uk" if lang == "uk" else "reason_en"
    by_reason = frame.groupby("code")["rows_count"].sum().sort_values(ascending=False, kind="stable")
    known = frame.drop_duplicates("code").set_index("code")[reason]
    names = {str(code): str(known[code]) for code in by_reason.index}
    all_count, first = int(by_reason.sum()), str(by_reason.index[0])
    title = say(
        "rejects.months.title",
        lang,
        reason=names[first],
        count=format_count(int(by_reason.iloc[0]), lang),
        all=counted(all_count, say("rejects.forms.of", lang), lang),
    )
    dated = frame.dropna(subset=["month"])
    data = pd.DataFrame({"month": dated["month"], "key": dated["code"], "value": dated["rows_count"].astype("float64")})
    if len(data):
        months = dated["month"].dt.date
        blocks.chart(
            view,
            "rejects",
            Chart(
                small_multiples(
                    data.rename(columns={"key": "panel"}), names=names, lang=lang, panel_colours=colours(sorted(names))
                ),
                alt=f"{title}. {alt_trend(say('rejects', lang), data, names=names, lang=lang)}",
                table=Sheet(
                    dated,
                    (
                        Column("month", view.say("col.month"), "month"),
                        Column(reason, view.say("col.reason")),
                        Column("rows_count", view.say("col.rows"), "count"),
                    ),
                ),
                title=title,
                subtitle=headlines.about(
                    say("rejects.months.about", lang), headlines.span(months.min(), months.max(), lang)
                ),
            ),
        )
    st.caption(say("rejects.months.note", lang))
    undated = int(frame.loc[frame["month"].isna(), "rows_count"].sum())
    if undated:
        st.caption(say("rejects.undated", lang, count=format_count(undated, lang)))


def _by_load(view: View, frame: pd.DataFrame, kept: tuple[Kept, ...]) -> None:
    lang = view.lang
    st.markdown(f"**{say('rejects.loads', lang)}**")
    made = {each.snapshot_id: each.manifest.created_at for each in kept if isinstance(each, Snapshot)}
    shown = [snapshot_id for snapshot_id in sorted(made, reverse=True) if snapshot_id in set(frame["snapshot_id"])]
    totals = frame.groupby("snapshot_id")["rows_count"].sum()
    if len(shown) == 1:
        st.markdown(say("rejects.loads.one", lang))
    else:
        now, before = (counted(int(totals[each]), say("rejects.forms", lang), lang) for each in shown[:2])
        st.markdown(say("rejects.loads.fewer", lang, now=now, before=before))
    reason = "reason_uk" if lang == "uk" else "reason_en"
    wide = frame.pivot_table(index=reason, columns="snapshot_id", values="rows_count", aggfunc="sum").reset_index()
    blocks.frame(
        view,
        "rejects_by_load",
        Sheet(
            wide.sort_values(shown[0], ascending=False, kind="stable"),
            (
                Column(reason, view.say("col.reason")),
                *(Column(snapshot_id, _instant(view, made[snapshot_id]), "count") for snapshot_id in shown),
            ),
        ),
    )


def _instant(view: View, created_at: str) -> str:
    """A snapshot's instant by the city's clock."""
    timezone = view.snapshot.table("cities").set_index("city_id").loc[view.city, "timezone"]
    return dates.format_instant(datetime.fromisoformat(created_at).astimezone(ZoneInfo(str(timezone))), view.lang)


def _key(view: View) -> tuple[Hashable, ...]:
    kept = tuple(each.snapshot_id for each in cache.kept())
    return (view.snapshot.snapshot_id, view.city, view.disclosure, kept)
