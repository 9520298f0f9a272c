"""Parts of the page «Мережа хабів»: how the meet-ups grow, who asks for a mentor, what kinds of events there are."""

from __future__ import annotations

import html
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.bars import growth_bars, ranked_bars
from dashboard.metrics import facts, formats, network
from dashboard.metrics.selection import Selection
from dashboard.text import dates, numbers
from dashboard.text.labels import labels
from dashboard.text.plurals import counted
from dashboard.ui import blocks, chips, choices, figures, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

_EVERYONE: Final = "all"
_FOUR: Final = "repeat(auto-fit,minmax(11rem,1fr))"
"""Four tiles side by side where there is room."""


def heading(view: View) -> None:
    """Title and what the page is about."""
    blocks.title(view, "network", view.say("network.lead"))


def in_brief(view: View) -> None:
    """The network in four numbers."""
    row = view.metric(network.in_brief, view.in_history()).iloc[0]
    if not row["meetups_count"]:
        return
    change = row["spaces_per_meetup"] - row["previous_spaces_per_meetup"]
    below = {
        "spaces_per_meetup": view.say("network.brief.year")
        if pd.isna(change)
        else view.say("network.brief.change", change=numbers.format_change(change, view.lang, decimals=1)),
        "space_links_count": view.say(
            "network.brief.share", share=numbers.format_percent(row["space_links_share_pct"], view.lang)
        ),
    }
    tiles = []
    for name in ("meetups_count", "spaces_per_meetup", "spaces_so_far_count", "space_links_count"):
        called = html.escape(view.say(f"network.brief.{name}"))
        value = html.escape(figures.value(name, row[name], view.lang))
        tiles.append(
            f"<div class='cs-tile'><div class='cs-name'>{called}</div><div class='cs-value'>{value}</div>"
            f"<div class='cs-base'>{html.escape(below.get(name, ''))}</div></div>"
        )
    st.html(f"<div class='cs-tiles' style='grid-template-columns:{_FOUR}'>{''.join(tiles)}</div>")


def growth(view: View) -> None:
    """How many spaces came to each meet-up, and how many for the first time."""
    blocks.section(view, "network.growth")
    history = view.in_history()
    meetings = view.metric(network.meetups, history)
    if meetings.empty:
        if chips.anything(history):
            blocks.nothing(view, lambda rows: len(network.meetups(rows)) > 0, view.say("network.growth.none"))
        else:
            blocks.nothing(view)
        return
    blocks.chart(view, "growth", view.drawn(_growth_chart))


def _growth_chart(view: View) -> Chart:
    history = view.in_history()
    meetings = view.metric(network.meetups, history)
    shown = meetings[["spaces_count", "newcomers_count"]].assign(date=meetings["starts_on"])
    names = (view.say("network.all_spaces"), view.say("network.newcomers"))
    labelled = pd.DataFrame(
        {
            "label": [dates.format_date(day, view.lang) for day in meetings["starts_on"]],
            "value": meetings["spaces_count"].astype("float64"),
        }
    )
    host = blocks.called(meetings["host_space_id"], view.names.spaces).fillna(meetings["venue_name"])
    return Chart(
        growth_bars(shown, names=names, lang=view.lang),
        alt=alt_text(view.say("network.growth"), labelled, lang=view.lang),
        table=Sheet(
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
        title=_growth_finding(view, history),
        subtitle=headlines.about(
            view.say("network.growth.unit"),
            when=span_of(meetings["starts_on"], view),
            base=view.say("network.n.meetups", count=len(meetings)),
        ),
    )


def newcomers(view: View) -> None:
    """How many spaces came for the first time in each year, and which."""
    frame = view.metric(network.newcomers_by_year, view.in_history())
    if frame.empty:
        return
    blocks.section(view, "network.newcomers_by_year")
    blocks.chart(view, "newcomers", view.drawn(_newcomers_chart))


def _newcomers_chart(view: View) -> Chart:
    frame = view.metric(network.newcomers_by_year, view.in_history())
    came = view.metric(network.attendance, view.in_history())
    new = came[came["is_first"]].drop_duplicates("space_id")
    names = new.groupby(new["starts_on"].dt.year)["space_id"].agg(
        lambda ids: "; ".join(sorted(view.names.space(space) for space in ids))
    )
    years = frame["year_starts_on"].dt.year
    unfinished = frame["is_unfinished"].map({True: f" ({view.say('network.year.unfinished')})", False: ""})
    told = frame.assign(
        label=years.astype("str") + unfinished,
        value=frame["newcomers_count"].astype("float64"),
        spaces=years.map(names).astype("str"),
    )
    return Chart(
        ranked_bars(told[["label", "value"]], lang=view.lang),
        alt=alt_text(view.say("network.newcomers_by_year"), told, lang=view.lang),
        table=Sheet(
            told,
            (
                Column("label", view.say("network.year")),
                figures.column(view, "meetups_count"),
                figures.column(view, "newcomers_count"),
                figures.column(view, "spaces_so_far_count"),
                Column("spaces", view.say("network.who")),
            ),
        ),
        title=view.say(
            "network.newcomers.finding",
            count=numbers.format_count(float(told["value"].iloc[-1]), view.lang),
            year=told["label"].iloc[-1],
        ),
        subtitle=headlines.about(
            view.say("network.newcomers.unit"),
            base=view.say("network.n.spaces", count=int(frame["spaces_so_far_count"].iloc[-1])),
        ),
    )


def mentoring(view: View) -> None:
    """Who asked for a mentor and who offered to be one, by what was said last."""
    history = view.in_history()
    if not chips.anything(history):
        return
    rows = view.metric(network.mentoring, history)
    blocks.section(view, "network.mentoring")
    if rows.empty:
        blocks.nothing(
            view, lambda rows: len(network.mentoring(rows)) > 0, view.say("network.mentoring.none"), of="mentoring"
        )
        return
    by_state = rows["state"].value_counts()
    called = {"requests": "network.state.requests", "offers": "network.state.offers"}
    options = [_EVERYONE, *(name for name in called if name in by_state)]
    chosen = choices.in_address(
        view,
        "mentoring",
        state.W_MENTORING,
        view.say("network.state"),
        options,
        lambda name: (
            view.say("network.state.all" if name == _EVERYONE else called[name])
            + f" ({len(rows) if name == _EVERYONE else by_state[name]})"
        ),
        shape="switch",
    )
    st.caption(view.say("network.mentoring.note"))
    blocks.frame(view, "mentoring", view.drawn(_mentoring_sheet, chosen))


def _mentoring_sheet(view: View, chosen: str) -> Sheet:
    rows = view.metric(network.mentoring, view.in_history())
    shown = rows if chosen == _EVERYONE else rows[rows["state"] == chosen]
    return Sheet(
        shown.sort_values("last_on", ascending=False, kind="stable").assign(
            name=blocks.called(shown["space_id"], view.names.spaces),
            state_label=shown["state"].map(labels("mentoring", view.lang)),
        ),
        (
            Column("name", view.say("col.space")),
            Column("state_label", view.say("network.state")),
            Column("last_on", view.say("network.last"), "date"),
            Column("requests_count", view.say("network.requests"), "count"),
            Column("offers_count", view.say("network.offers"), "count"),
        ),
    )


def event_formats(view: View) -> None:
    """How much is exchange of experience, partnership, mentoring and expert support, beside the other formats."""
    drawn = view.drawn(_formats_chart)
    if drawn is None:
        return
    with st.expander(f"**{view.say('network.formats')}**"):
        blocks.chart(view, "formats", drawn)


def _formats_chart(view: View) -> Chart | None:
    frame = view.metric(formats.by_format, view.in_history(), view.disclosure)
    frame = frame[frame["events_count"] > 0]
    if frame.empty:
        return None
    frame = frame.assign(
        label=frame["format"].map(labels("event_format", view.lang)), value=frame["events_count"].astype("float64")
    ).sort_values("value", ascending=False)
    return Chart(
        ranked_bars(frame[["label", "value"]], lang=view.lang),
        alt=alt_text(view.say("network.formats"), frame, lang=view.lang),
        table=Sheet(
            frame,
            (
                Column("label", view.say("col.format")),
                *(
                    figures.column(view, figure_id)
                    for figure_id in ("events_count", "registrations_count", "attendance_rate_pct")
                ),
            ),
        ),
        title=headlines.ranked("events_count", view.say("network.formats"), frame, view.lang),
        subtitle=headlines.about(
            figures.name("events_count", view.lang),
            base=f"n = {numbers.format_count(frame['value'].sum(), view.lang)}",
        ),
    )


def public_meetups(view: View) -> None:
    """Meet-ups that only public sources name: told one by one, never counted with those of the lists."""
    told = view.drawn(_public_meetups)
    if told:
        with st.expander(f"**{view.say('network.public')}** ({len(told)})"):
            st.markdown("\n".join(told))


def _public_meetups(view: View) -> list[str]:
    """Each in a line: when, what, and who was there."""
    public = view.in_history().from_public_sources
    came = network.attendance(public)
    names = came["space_id"].map(view.names.space).groupby(came["event_id"]).agg(", ".join)
    return [
        f"- **{dates.format_date(meeting['starts_on'], view.lang)}** — {blocks.plain(meeting['title'])}. "
        + view.say("network.public.came", spaces=blocks.plain(str(names.get(meeting["event_id"], ""))))
        for meeting in network.meetups(public).to_dict("records")
    ]


def public_facts(view: View) -> None:
    """What public sources state about the meet-ups and the city's hubs."""
    known = facts.by_subject(view.snapshot, view.city)
    known = known[known["subject_kind"].isin(["series", "city"])]
    if known.empty:
        return
    title = f"**{view.say('facts.title')}** ({len(known)})"
    blocks.folded(view, "facts_series", title, blocks.facts_table, "facts_series", known)


def span_of(days: pd.Series[pd.Timestamp], view: View) -> str:
    """The months from the first day to the last, in words."""
    return dates.format_months(days.min(), days.max(), view.lang)


def spaces_counted(count: int, view: View) -> str:
    """«5 просторів»."""
    return counted(count, view.say("network.forms.spaces"), view.lang)


def _growth_finding(view: View, history: Selection) -> str:
    row = view.metric(network.in_brief, history).iloc[0]
    now, before = row["spaces_per_meetup"], row["previous_spaces_per_meetup"]
    if pd.isna(now):
        return view.say("network.growth")
    values = {
        name: figures.value("spaces_per_meetup", value, view.lang) for name, value in (("now", now), ("before", before))
    }
    return view.say("network.growth.finding.alone" if pd.isna(before) else "network.growth.finding", **values)
