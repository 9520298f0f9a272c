"""Parts of the page «Мережа хабів»: a card for each network of spaces under one operator or brand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.networks import presence_matrix
from dashboard.filters import add_months
from dashboard.metrics import facts, network_spaces
from dashboard.text import dates, numbers
from dashboard.text.labels import label, labels
from dashboard.text.plurals import counted
from dashboard.ui import blocks, choices, figures, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.network import spaces_counted
from dashboard.ui.view import View

_MONTHS: Final = 13


def cards(view: View) -> None:
    """One network at a time: who runs it, its spaces, when they held events, what is not known of them."""
    blocks.section(view, "network.cards")
    rows = view.snapshot.table("networks").query("city_id == @view.city")
    if rows.empty:
        st.info(view.say("network.none"))
        return
    rows = rows.sort_values(["origin", "network_id"], ascending=[False, True]).set_index("network_id")
    spaces = view.metric(network_spaces.by_space, view.in_history())
    sizes = spaces.groupby("network_id").size()
    chosen = choices.in_address(
        view,
        "card",
        state.W_NETWORK_CARD,
        view.say("col.network"),
        rows.index.tolist(),
        lambda network: f"{view.names.network(network)} · {spaces_counted(int(sizes.get(network, 0)), view)}",
    )
    with st.container(border=True, key="network_card"):
        _card(view, chosen, rows.loc[chosen].to_dict(), _own(view, chosen))


def _card(view: View, network_id: str, row: Mapping[Hashable, Any], own: pd.DataFrame) -> None:
    st.markdown(f"### {blocks.plain(view.names.network(network_id))}")
    operator = row["operator"] if isinstance(row["operator"], str) else view.say("value.none")
    lines = [
        view.say("network.operator", name=blocks.plain(operator)),
        f"**{view.say('col.origin')}:** {label('origin', str(row['origin']), view.lang)}",
        f"**{view.say('network.card.kinds')}:** {_kinds(view, own)}",
        f"**{view.say('network.card.districts')}:** {_districts(view, own)}",
        f"**{view.say('network.card.unknown')}:** {_unknown(view, network_id)}",
    ]
    st.markdown("  \n".join(lines))
    if own.empty:
        return
    blocks.frame(view, f"network_{network_id}", view.drawn(_spaces_sheet, network_id))
    if (months := view.drawn(_months_chart, network_id)) is None:
        st.caption(view.say("network.card.no_months"))
    else:
        blocks.chart(view, "network_months", months)
    known = facts.by_subject(view.snapshot, view.city)
    known = known[known["subject_id"].isin([network_id, *own["space_id"]])]
    if len(known):
        key, title = f"facts_network_{network_id}", f"**{view.say('facts.stated')}** ({len(known)})"
        blocks.folded(view, key, title, blocks.facts_table, key, known)


def _own(view: View, network_id: str) -> pd.DataFrame:
    """The network's spaces."""
    spaces = view.metric(network_spaces.by_space, view.in_history())
    return spaces[spaces["network_id"] == network_id]


def _spaces_sheet(view: View, network_id: str) -> Sheet:
    own = _own(view, network_id)
    return Sheet(
        own.assign(
            name=blocks.called(own["space_id"], view.names.spaces),
            kind_label=own["kind"].map(labels("space_kind", view.lang)),
            district=blocks.called(own["district_code"], view.names.districts),
            location=own["location_status"].map(labels("location_status", view.lang)),
        ),
        (
            Column("name", view.say("col.space")),
            Column("kind_label", view.say("col.kind")),
            Column("district", view.say("col.district")),
            Column("address", view.say("col.address")),
            Column("location", view.say("col.location")),
            Column("opened_on", view.say("col.opened"), "date"),
            figures.column(view, "events_count"),
            figures.column(view, "active_months_count"),
            Column("last_event_on", view.say("network.card.last"), "date"),
            figures.column(view, "meetups_count"),
        ),
    )


def _kinds(view: View, own: pd.DataFrame) -> str:
    by_kind = own["kind"].value_counts()
    return ", ".join(f"{label('space_kind', str(kind), view.lang)} — {count}" for kind, count in by_kind.items())


def _districts(view: View, own: pd.DataFrame) -> str:
    by_district = own["district_code"].value_counts(dropna=False)
    return ", ".join(
        f"{blocks.plain(view.names.district(code if isinstance(code, str) else None))} — {count}"
        for code, count in by_district.items()
    )


def _unknown(view: View, network_id: str) -> str:
    """«місткість — 2 з 3»: what is not known of how many of the spaces."""
    frame = view.metric(network_spaces.unknown, view.in_history())
    missing = frame[(frame["network_id"] == network_id) & (frame["unknown_spaces_count"] > 0)]
    said = [
        view.say(
            "network.card.unknown.of",
            what=view.say(f"network.unknown.{row['what']}"),
            count=row["unknown_spaces_count"],
            all=row["spaces_count"],
        )
        for row in missing.to_dict("records")
    ]
    return "; ".join(said) if said else view.say("network.card.unknown.nothing")


def _months_chart(view: View, network_id: str) -> Chart | None:
    """In which of the last months each space held events; of spaces that no list knows nothing is said."""
    own = _own(view, network_id)
    frame = view.metric(network_spaces.by_month, view.in_history())
    months = [add_months(view.unfinished_month, step) for step in range(1 - _MONTHS, 1)]
    recent = frame[(frame["network_id"] == network_id) & frame["month"].isin([pd.Timestamp(month) for month in months])]
    if recent.empty:
        return None
    forms = view.say("events.forms")
    cells = pd.DataFrame(
        {
            "row": recent["space_id"],
            "column": recent["month"].dt.strftime("%Y-%m"),
            "text": [counted(int(count), forms, view.lang) for count in recent["events_count"]],
            "is_strong": True,
        }
    )
    listed = own[own["is_listed"]]
    names = {space: view.names.space(space) for space in listed["space_id"]}
    columns = {f"{month:%Y-%m}": dates.month_short(month, view.lang) for month in months}
    last = f"{view.unfinished_month:%Y-%m}"
    columns[last] = view.say("network.card.month.unfinished", month=columns[last])
    by_space = recent.groupby("space_id")["events_count"].sum()
    told = pd.DataFrame(
        {
            "label": [view.names.space(str(space)) for space in by_space.index],
            "value": by_space.to_numpy(dtype="float64"),
        }
    )
    return Chart(
        presence_matrix(cells, rows=names, columns=columns, lang=view.lang),
        alt=alt_text(view.say("network.card.months"), told, lang=view.lang),
        table=Sheet(
            recent.assign(name=blocks.called(recent["space_id"], view.names.spaces)),
            (
                Column("name", view.say("col.space")),
                Column("month", view.say("col.month"), "month"),
                figures.column(view, "events_count"),
            ),
        ),
        title=headlines.ranked("events_count", view.say("network.card.months"), told, view.lang),
        subtitle=headlines.about(
            view.say("network.card.months"),
            when=dates.format_months(months[0], months[-1], view.lang),
            base=f"n = {numbers.format_count(told['value'].sum(), view.lang)}",
        ),
    )
