"""Parts of the page «Події»."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts.alt import alt_text
from dashboard.charts.grids import calendar_month, matrix
from dashboard.charts.programme import session_timeline
from dashboard.metrics import events, facts, proposals, workshops
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.labels import label, labels
from dashboard.text.search import matches
from dashboard.ui import blocks, choices, figures, state
from dashboard.ui.blocks import Column
from dashboard.ui.view import View

_LIST_HEIGHT_PX: Final = 420
_LONG_LIST: Final = 10


def heading(view: View) -> None:
    """Title and the month in view."""
    unfinished = f" · {view.say('month.unfinished')}" if view.is_unfinished else ""
    blocks.title(view, "events", f"**{dates.month_name(view.month, view.lang)}**{unfinished}")


def calendar(view: View) -> None:
    """How many events each day of the month has."""
    frame = view.metric(events.by_day, view.in_month())
    if frame.empty:
        blocks.nothing(view)
        return
    listed = frame["events_count"] + frame["planned_events_count"]
    is_public = not listed.any()
    counts = pd.DataFrame({"date": frame["starts_on"], "count": frame["public_events_count"] if is_public else listed})
    busiest = pd.DataFrame(
        {
            "label": [dates.format_date(day, view.lang) for day in counts["date"]],
            "value": counts["count"].astype("float64"),
        }
    )
    blocks.section(view, "events.calendar")
    st.caption(view.say("events.calendar.public" if is_public else "events.calendar.listed"))
    blocks.chart(
        view,
        "calendar",
        calendar_month(counts, month=view.month, lang=view.lang),
        alt=alt_text(view.say("events.calendar"), busiest, lang=view.lang),
    )


def listing(view: View) -> None:
    """The month's events, searchable by title, place and series whatever the apostrophe or case."""
    frame = view.metric(events.listing, view.in_month(), view.disclosure)
    if frame.empty:
        return
    blocks.section(view, "events.list")
    frame = frame.assign(
        place=_place(view, frame),
        themes=_themes(view, frame),
        format_label=frame["format"].map(labels("event_format", view.lang)),
        status_label=frame["status"].map(labels("event_status", view.lang)),
        origin_label=frame["origin"].map(labels("origin", view.lang)),
        district=[view.names.district(code) for code in frame["district_code"].fillna("")],
    )
    wanted = st.text_input(
        view.say("events.search"), key=state.W_EVENT_SEARCH, placeholder=view.say("events.search.hint")
    )
    found = frame[matches(frame[["title", "place", "series_name", "themes"]], wanted)]
    st.caption(view.say("events.found", count=len(found), all=len(frame)))
    blocks.frame(
        view,
        f"events-{view.month:%Y-%m}",
        found,
        (
            Column("starts_on", view.say("col.date"), "date"),
            Column("starts_at", view.say("col.time"), "time"),
            Column("title", view.say("col.title")),
            Column("place", view.say("col.place")),
            Column("district", view.say("col.district")),
            Column("themes", view.say("col.theme")),
            Column("format_label", view.say("col.format")),
            Column("status_label", view.say("col.status")),
            Column("registrations_count", figures.name("registrations_count", view.lang), "count"),
            Column("attendances_count", figures.name("attendances_count", view.lang), "count"),
            Column("origin_label", view.say("col.origin")),
        ),
        height=_LIST_HEIGHT_PX if len(found) > _LONG_LIST else None,
    )


def workshop(view: View) -> None:
    """One multi-day workshop: where and when, its programme, who stood behind it, goals and proposals."""
    blocks.section(view, "events.workshops")
    history = view.in_history()
    rows = view.metric(workshops.listing, history, view.disclosure)
    if rows.empty:
        st.info(view.say("events.workshops.none"))
        return
    rows = rows.sort_values("starts_on", ascending=False)
    titles = {
        row["event_id"]: f"{row['title']} · {dates.format_days(row['starts_on'], row['ends_on'], view.lang)}"
        for row in rows.to_dict("records")
    }
    options = list(titles)
    chosen = choices.one_of(
        view,
        state.W_WORKSHOP,
        view.say("events.workshop"),
        options,
        titles.__getitem__,
        of=(view.city, view.month),
        default=options[_nearest(rows, view.month)],
    )
    row = rows[rows["event_id"] == chosen].to_dict("records")[0]
    _workshop_facts(view, chosen, row)
    _programme(view, chosen)
    _goals(view, chosen)
    _proposals(view, chosen)


def _nearest(rows: pd.DataFrame, month: date) -> int:
    """Place of the workshop of the month in view, else of the last one."""
    at = pd.Timestamp(month)
    is_now = rows["starts_on"].between(at, at + pd.offsets.MonthEnd(0)).to_numpy()
    return int(is_now.argmax()) if is_now.any() else 0


def _workshop_facts(view: View, event_id: str, row: Mapping[Hashable, Any]) -> None:
    shown = {
        "days_count": figures.value("sessions_count", row["days_count"], view.lang),
        "programme_sessions_count": figures.value("sessions_count", row["programme_sessions_count"], view.lang),
        "all_registrations_count": figures.value(
            "registrations_count",
            row["all_registrations_count"],
            view.lang,
            is_hidden=row["all_registrations_count" + HIDDEN],
        ),
        "all_participants_count": figures.value(
            "participants_count",
            row["all_participants_count"],
            view.lang,
            is_hidden=row["all_participants_count" + HIDDEN],
        ),
        "proposals_count": figures.value("proposals_count", row["proposals_count"], view.lang),
    }
    for place, (key, text) in zip(st.columns(len(shown)), shown.items(), strict=True):
        place.metric(view.say(f"workshop.{key}"), text, border=True)
    lines = [
        f"**{view.say('col.place')}:** {blocks.plain(_venue(view, row))}",
        f"**{view.say('col.origin')}:** {label('origin', row['origin'], view.lang)}",
    ]
    behind = workshops.organisations(view.in_history(), event_id)
    for role, names in behind.groupby("role", sort=False)["name"]:
        lines.append(f"**{label('organisation_role', str(role), view.lang)}:** {blocks.plain('; '.join(names))}")
    st.markdown("  \n".join(lines))
    known = facts.by_subject(view.snapshot, view.city)
    own = known[(known["subject_id"] == event_id) | (known["subject_id"] == row["series_name"])]
    if len(own):
        with st.expander(view.say("facts.stated")):
            blocks.facts_table(view, f"facts_{event_id}", own)


def _programme(view: View, event_id: str) -> None:
    rows = view.metric(workshops.sessions, view.in_history(), event_id, view.disclosure)
    if rows.empty:
        st.info(view.say("workshop.programme.none"))
        return
    st.markdown(f"**{view.say('workshop.programme')}**")
    place = _place(view, rows)
    timeline = pd.DataFrame(
        {
            "day": rows["starts_on"],
            "starts_at": rows["starts_at"],
            "ends_at": rows["ends_at"],
            "title": rows["title"],
            "text": place.fillna(""),
        }
    )
    days = rows.groupby("starts_on").size()
    per_day = pd.DataFrame(
        {"label": [dates.format_date(day, view.lang) for day in days.index], "value": days.to_numpy(dtype="float64")}
    )
    by_name = {f"{day:%Y-%m-%d}": day for day in days.index}
    day = by_name[
        choices.one_of(
            view,
            state.W_WORKSHOP_DAY,
            view.say("workshop.day"),
            list(by_name),
            lambda name: dates.format_day(by_name[name], view.lang),
            of=(event_id,),
            shape="switch",
        )
    ]
    blocks.chart(
        view,
        "programme",
        session_timeline(timeline[timeline["day"] == day], lang=view.lang),
        alt=alt_text(view.say("workshop.programme"), per_day, lang=view.lang),
        table=(
            rows.assign(place=place, themes=_themes(view, rows)),
            (
                Column("starts_on", view.say("col.date"), "date"),
                Column("starts_at", view.say("col.time"), "time"),
                Column("title", view.say("col.title")),
                Column("place", view.say("col.place")),
                Column("themes", view.say("col.theme")),
                Column("registrations_count", figures.name("registrations_count", view.lang), "count"),
            ),
        ),
    )


def _goals(view: View, event_id: str) -> None:
    st.markdown(f"**{view.say('workshop.goals')}**")
    rows = view.metric(workshops.goals, view.in_history(), event_id, view.disclosure)
    blocks.frame(
        view,
        "goals",
        rows.assign(
            goal_label=[view.say(f"goal.{goal}") for goal in rows["goal"]],
            measure=[figures.name(figure_id, view.lang) for figure_id in rows["figure_id"]],
            definition=[figures.definition(figure_id, view.lang) for figure_id in rows["figure_id"]],
        ),
        (
            Column("goal_label", view.say("col.goal")),
            Column("measure", view.say("col.measure")),
            Column("value", view.say("col.value"), "count"),
            Column("definition", view.say("col.definition")),
        ),
    )


def _proposals(view: View, event_id: str) -> None:
    st.markdown(f"**{view.say('workshop.proposals')}**")
    own = view.in_history().of_event(event_id)
    rows = proposals.listing(own)
    if rows.empty:
        st.info(view.say("workshop.proposals.none"))
        return
    table = proposals.by_theme_and_stage(own)
    table = table[table["proposals_count"] > 0]
    name = "name_uk" if view.lang == "uk" else "name_en"
    themes = table.drop_duplicates("theme_id").assign(key=lambda f: f["theme_id"].fillna(""))
    cells = pd.DataFrame(
        {
            "row": table["theme_id"].fillna(""),
            "column": table["stage"],
            "value": table["proposals_count"].astype("float64"),
        }
    )
    by_theme = table.groupby(table[name].fillna(view.say("none.theme")))["proposals_count"].sum()
    blocks.chart(
        view,
        "proposals",
        matrix(
            cells,
            rows=dict(zip(themes["key"], themes[name].fillna(view.say("none.theme")), strict=True)),
            columns=labels("proposal_stage", view.lang),
            lang=view.lang,
        ),
        alt=alt_text(
            view.say("workshop.proposals"),
            pd.DataFrame({"label": by_theme.index, "value": by_theme.to_numpy(dtype="float64")}),
            lang=view.lang,
        ),
        table=(
            rows.assign(
                theme=blocks.called(rows["theme_id"], view.names.themes),
                stage_label=rows["stage"].map(labels("proposal_stage", view.lang)),
                district=blocks.called(rows["district_code"], view.names.districts),
            ),
            (
                Column("title", view.say("col.title")),
                Column("theme", view.say("col.theme")),
                Column("stage_label", view.say("col.stage")),
                Column("district", view.say("col.district")),
                Column("submitted_on", view.say("col.date"), "date"),
            ),
        ),
    )


def _place(view: View, frame: pd.DataFrame) -> pd.Series[str]:
    place = blocks.called(frame["space_id"], view.names.spaces).fillna(frame["venue_name"])
    return place.fillna(frame["place_status"].map(labels("place_status", view.lang)))


def _venue(view: View, row: Mapping[Hashable, Any]) -> str:
    if isinstance(row["space_id"], str):
        return view.names.space(row["space_id"])
    return row["venue_name"] if isinstance(row["venue_name"], str) else view.say("value.none")


def _themes(view: View, frame: pd.DataFrame) -> pd.Series[str]:
    named = [
        ", ".join(view.names.theme(theme) for theme in ids.split()) if isinstance(ids, str) else None
        for ids in frame["theme_ids"]
    ]
    return pd.Series(named, index=frame.index, dtype="str")
