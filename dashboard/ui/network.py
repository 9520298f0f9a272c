"""Parts of the page «Мережа хабів»."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.alt import alt_text
from dashboard.charts.bars import growth_bars, ranked_bars
from dashboard.charts.grids import matrix
from dashboard.charts.networks import network_graph
from dashboard.metrics import facts, formats, network
from dashboard.text import dates
from dashboard.text.labels import label, labels
from dashboard.text.plurals import counted
from dashboard.ui import blocks, figures
from dashboard.ui.blocks import Column
from dashboard.ui.view import View

_SPACES_FORMS = {"uk": "простір|простори|просторів", "en": "space|spaces"}
_MOST_MEETINGS = 12
_MOST_SPACES = 25
_MOST_LINKS = 40


def heading(view: View) -> None:
    """Title and what the page is about."""
    blocks.title(view, "network", view.say("network.lead"))


def networks(view: View) -> None:
    """A card for each network: who runs it, its spaces, and what public sources say."""
    blocks.section(view, "network.cards")
    rows = view.snapshot.table("networks").query("city_id == @view.city")
    if rows.empty:
        st.info(view.say("network.none"))
        return
    spaces = view.snapshot.table("spaces").query("city_id == @view.city")
    known = facts.by_subject(view.snapshot, view.city)
    for row in rows.sort_values(["origin", "network_id"], ascending=[False, True]).to_dict("records"):
        own = spaces[spaces["network_id"] == row["network_id"]]
        name = blocks.plain(view.names.network(row["network_id"]))
        size = counted(len(own), _SPACES_FORMS[view.lang], view.lang)
        origin = label("origin", row["origin"], view.lang)
        with st.expander(f"**{name}** · {size} · {origin}", expanded=row["origin"] != "demo"):
            if isinstance(row["operator"], str):
                st.markdown(view.say("network.operator", name=blocks.plain(row["operator"])))
            st.markdown(
                "\n".join(f"- {_space_line(view, space)}" for space in own.sort_values("name_uk").to_dict("records"))
            )
            _stated(
                view,
                known[known["subject_id"].isin([row["network_id"], *own["space_id"]])],
                f"network_{row['network_id']}",
            )


def growth(view: View) -> None:
    """How many spaces came to each meet-up, and how many for the first time."""
    blocks.section(view, "network.growth")
    meetings = view.metric(network.meetups, view.in_history())
    if meetings.empty:
        st.info(view.say("network.growth.none"))
        return
    shown = pd.DataFrame(
        {
            "date": meetings["starts_on"],
            "spaces_count": meetings["spaces_count"],
            "newcomers_count": meetings["newcomers_count"],
        }
    )
    names = (view.say("network.all_spaces"), view.say("network.newcomers"))
    labelled = pd.DataFrame(
        {
            "label": [dates.format_date(day, view.lang) for day in meetings["starts_on"]],
            "value": meetings["spaces_count"].astype("float64"),
        }
    )
    host = blocks.called(meetings["host_space_id"], view.names.spaces).fillna(meetings["venue_name"])
    blocks.chart(
        view,
        "growth",
        growth_bars(shown, names=names, lang=view.lang),
        alt=alt_text(view.say("network.growth"), labelled, lang=view.lang),
        table=(
            meetings.assign(host=host, origin_label=meetings["origin"].map(labels("origin", view.lang))),
            (
                Column("starts_on", view.say("col.date"), "date"),
                Column("title", view.say("col.title")),
                Column("host", view.say("col.host")),
                Column("spaces_count", names[0], "count"),
                Column("newcomers_count", names[1], "count"),
                Column("spaces_so_far_count", view.say("network.so_far"), "count"),
                Column("origin_label", view.say("col.origin")),
            ),
        ),
    )


def public_meetups(view: View) -> None:
    """Meet-ups that only public sources name: told one by one, never counted with those of the lists."""
    public = view.in_history().from_public_sources
    meetings = network.meetups(public)
    if meetings.empty:
        return
    blocks.section(view, "network.public")
    came = network.attendance(public)
    for meeting in meetings.to_dict("records"):
        names = came.loc[came["event_id"] == meeting["event_id"], "space_id"].map(view.names.space)
        st.markdown(
            f"- **{dates.format_date(meeting['starts_on'], view.lang)}** — {blocks.plain(meeting['title'])}. "
            + view.say("network.public.came", spaces=blocks.plain(", ".join(names)))
        )


def who_was_where(view: View) -> None:
    """Spaces by meet-ups: the last ones, so that the picture stays readable."""
    rows = view.metric(network.attendance, view.in_history())
    if rows.empty:
        return
    blocks.section(view, "network.attendance")
    order = rows.drop_duplicates("event_id").tail(_MOST_MEETINGS)
    recent = rows[rows["event_id"].isin(order["event_id"])]
    columns = {
        event: dates.format_date_short(day, view.lang)
        for event, day in zip(order["event_id"], order["starts_on"], strict=True)
    }
    by_count = recent["space_id"].value_counts().head(_MOST_SPACES)
    recent = recent[recent["space_id"].isin(by_count.index)]
    st.caption(view.say("network.attendance.note", meetings=len(order), spaces=len(by_count)))
    spaces = {space: view.names.space(space) for space in by_count.index}
    cells = pd.DataFrame(
        {
            "row": recent["space_id"],
            "column": recent["event_id"],
            "value": 1.0,
            "text": recent["role"].map(labels("space_role", view.lang)),
        }
    )
    named = rows.assign(
        name=blocks.called(rows["space_id"], view.names.spaces),
        role_label=rows["role"].map(labels("space_role", view.lang)),
        mentoring_label=rows["mentoring"].map(labels("mentoring", view.lang)),
    )
    blocks.chart(
        view,
        "attendance",
        matrix(cells, rows=spaces, columns=columns, lang=view.lang, show_values=False),
        alt=alt_text(
            view.say("network.attendance"),
            pd.DataFrame({"label": list(spaces.values()), "value": by_count.to_numpy(dtype="float64")}),
            lang=view.lang,
        ),
        table=(
            named,
            (
                Column("starts_on", view.say("col.date"), "date"),
                Column("title", view.say("col.title")),
                Column("name", view.say("col.space")),
                Column("role_label", view.say("col.role")),
                Column("mentoring_label", view.say("col.mentoring")),
            ),
        ),
    )


def links(view: View) -> None:
    """Which spaces meet which: a line for each pair, wider the more often they met."""
    pairs = view.metric(network.links, view.in_history())
    if pairs.empty:
        return
    blocks.section(view, "network.links")
    spaces = view.snapshot.table("spaces").set_index("space_id")
    often = pairs.head(_MOST_LINKS)
    met = pd.concat([often["space_id"], often["other_space_id"]]).value_counts()
    nodes = pd.DataFrame(
        {
            "id": met.index,
            "label": [view.names.space(space) for space in met.index],
            "size": met.to_numpy(dtype="float64"),
            "group": spaces.loc[met.index, "kind"].to_numpy(),
        }
    )
    edges = pd.DataFrame(
        {
            "source": often["space_id"],
            "target": often["other_space_id"],
            "weight": often["meetings_count"].astype("float64"),
        }
    )
    named = pairs.assign(
        first=blocks.called(pairs["space_id"], view.names.spaces),
        second=blocks.called(pairs["other_space_id"], view.names.spaces),
    )
    kinds = labels("space_kind", view.lang)
    st.caption(view.say("network.links.note", count=int(often["meetings_count"].min())))
    blocks.chart(
        view,
        "links",
        network_graph(nodes, edges, names={k: kinds[k] for k in kinds if k in set(nodes["group"])}, lang=view.lang),
        alt=alt_text(
            view.say("network.links"),
            named.head(20).assign(
                label=named["first"] + " — " + named["second"], value=named["meetings_count"].astype("float64")
            ),
            lang=view.lang,
        ),
        table=(
            named,
            (
                Column("first", view.say("col.space")),
                Column("second", view.say("col.other_space")),
                Column("meetings_count", view.say("network.meetings"), "count"),
                Column("last_on", view.say("network.last"), "date"),
            ),
        ),
    )


def mentoring(view: View) -> None:
    """Who asked for a mentor and who offered to be one."""
    rows = view.metric(network.mentoring, view.in_history())
    blocks.section(view, "network.mentoring")
    if rows.empty:
        st.info(view.say("network.mentoring.none"))
        return
    blocks.frame(
        view,
        "mentoring",
        rows.assign(name=blocks.called(rows["space_id"], view.names.spaces)),
        (
            Column("name", view.say("col.space")),
            Column("requests_count", view.say("network.requests"), "count"),
            Column("offers_count", view.say("network.offers"), "count"),
            Column("last_on", view.say("network.last"), "date"),
        ),
    )


def event_formats(view: View) -> None:
    """How much is exchange of experience, partnership, mentoring and expert support, beside the other formats."""
    blocks.section(view, "network.formats")
    frame = view.metric(formats.by_format, view.in_history(), view.disclosure)
    frame = frame[frame["events_count"] > 0]
    if frame.empty:
        blocks.nothing(view)
        return
    frame = frame.assign(
        label=frame["format"].map(labels("event_format", view.lang)), value=frame["events_count"].astype("float64")
    ).sort_values("value", ascending=False)
    blocks.chart(
        view,
        "formats",
        ranked_bars(frame[["label", "value"]], lang=view.lang),
        alt=alt_text(view.say("network.formats"), frame, lang=view.lang),
        table=(
            frame,
            (
                Column("label", view.say("col.format")),
                *(
                    figures.column(view, figure_id)
                    for figure_id in ("events_count", "registrations_count", "attendance_rate_pct")
                ),
            ),
        ),
    )


def public_facts(view: View) -> None:
    """What public sources state about the meet-ups and the city's hubs."""
    known = facts.by_subject(view.snapshot, view.city)
    known = known[known["subject_kind"].isin(["series", "city"])]
    if known.empty:
        return
    blocks.section(view, "facts.title")
    _stated(view, known, "series")


def _space_line(view: View, space: Mapping[Hashable, Any]) -> str:
    stated = [space["address"], view.names.districts.get(space["district_code"])]
    place = ", ".join(part for part in stated if isinstance(part, str))
    said = place or label("location_status", space["location_status"], view.lang)
    return f"{blocks.plain(view.names.space(space['space_id']))} — {blocks.plain(said)}"


def _stated(view: View, known: pd.DataFrame, key: str) -> None:
    if known.empty:
        return
    st.markdown(f"**{view.say('facts.stated')}**")
    blocks.facts_table(view, f"facts_{key}", known)
