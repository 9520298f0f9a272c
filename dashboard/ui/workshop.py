"""Parts of the page «Події»: one multi-day workshop."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.grids import matrix
from dashboard.charts.theme import MUTED, colours
from dashboard.metrics import facts, proposals, workshops
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates, numbers
from dashboard.text.labels import label, labels
from dashboard.ui import blocks, choices, event_rows, figures, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.timetable import day_html
from dashboard.ui.view import View


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
    chosen = choices.in_address(
        view,
        "workshop",
        state.of(state.W_WORKSHOP, view.city, f"{view.month:%Y-%m}"),
        view.say("events.workshop"),
        options,
        titles.__getitem__,
        default=options[_nearest(rows, view.month)],
    )
    row = rows[rows["event_id"] == chosen].to_dict("records")[0]
    _workshop_facts(view, chosen, row)
    _programme(view, chosen)
    blocks.folded(view, "goals", f"**{view.say('workshop.goals')}**", _goals, chosen)
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
    behind = view.metric(workshops.organisations, view.in_history(), event_id)
    for role, names in behind.groupby("role", sort=False)["name"]:
        lines.append(f"**{label('organisation_role', str(role), view.lang)}:** {blocks.plain('; '.join(names))}")
    st.markdown("  \n".join(lines))
    known = facts.by_subject(view.snapshot, view.city)
    own = known[(known["subject_id"] == event_id) | (known["subject_id"] == row["series_name"])]
    if len(own):
        key = f"facts_{event_id}"
        blocks.folded(view, key, view.say("facts.stated"), blocks.facts_table, key, own)


def _programme(view: View, event_id: str) -> None:
    """A day of the programme by place and hour, and all of it as a table."""
    rows = view.metric(workshops.sessions, view.in_history(), event_id, view.disclosure)
    if rows.empty:
        st.info(view.say("workshop.programme.none"))
        return
    st.markdown(f"**{view.say('workshop.programme')}**")
    by_name = {f"{day:%Y-%m-%d}": day for day in rows["starts_on"].drop_duplicates()}
    day = by_name[
        choices.in_address(
            view,
            "programme",
            state.of(state.W_WORKSHOP_DAY, event_id),
            view.say("workshop.day"),
            list(by_name),
            lambda name: _short_day(by_name[name], view),
            shape="switch",
        )
    ]
    st.markdown(f"{dates.format_day(day, view.lang)}, {dates.weekday_name(day.weekday(), view.lang)}")
    st.html(view.drawn(_programme_day, event_id, day))
    blocks.folded(view, "programme", view.say("table.show"), _all_sessions, event_id)


def _programme_day(view: View, event_id: str, day: pd.Timestamp) -> str:
    told = _named_sessions(view, event_id)
    return day_html(told[told["starts_on"] == day], lang=view.lang)


def _all_sessions(view: View, event_id: str) -> None:
    sheet = Sheet(_named_sessions(view, event_id), event_rows.session_columns(view))
    blocks.frame(view, "programme", sheet)


def _named_sessions(view: View, event_id: str) -> pd.DataFrame:
    rows = view.metric(workshops.sessions, view.in_history(), event_id, view.disclosure)
    palette = colours(view.names.theme_ids)
    first_theme = rows["theme_ids"].str.extract(r"(\S+)", expand=False)
    return rows.assign(
        place=event_rows.places(view, rows),
        themes=event_rows.themes(view, rows),
        theme=blocks.called(first_theme, view.names.themes),
        colour=blocks.called(first_theme, palette).fillna(MUTED),
    )


def _short_day(day: pd.Timestamp, view: View) -> str:
    return f"{dates.weekday_short(day.weekday(), view.lang)} {dates.format_day(day, view.lang)}"


def _goals(view: View, event_id: str) -> None:
    blocks.frame(view, "goals", view.drawn(_goals_sheet, event_id))


def _goals_sheet(view: View, event_id: str) -> Sheet:
    rows = view.metric(workshops.goals, view.in_history(), event_id, view.disclosure)
    return Sheet(
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
    drawn = view.drawn(_proposals_chart, event_id)
    if drawn is None:
        st.info(view.say("workshop.proposals.none"))
    else:
        blocks.chart(view, "proposals", drawn)


def _proposals_chart(view: View, event_id: str) -> Chart | None:
    own = view.in_history().of_event(event_id)
    rows = proposals.listing(own)
    if rows.empty:
        return None
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
    names = dict(zip(themes["key"], themes[name].fillna(view.say("none.theme")), strict=True))
    stages = labels("proposal_stage", view.lang)
    by_theme = table.groupby(table[name].fillna(view.say("none.theme")))["proposals_count"].sum()
    shown = cells.assign(row_name=cells["row"].map(names), column_name=cells["column"].map(stages))
    return Chart(
        matrix(
            cells,
            rows=names,
            columns=stages,
            lang=view.lang,
        ),
        alt=alt_text(
            view.say("workshop.proposals"),
            pd.DataFrame({"label": by_theme.index, "value": by_theme.to_numpy(dtype="float64")}),
            lang=view.lang,
        ),
        table=Sheet(
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
        title=headlines.cells(view.say("workshop.proposals"), shown, view.lang, row="row_name", column="column_name"),
        subtitle=headlines.about(
            view.say("workshop.proposals.unit"), base=f"n = {numbers.format_count(len(rows), view.lang)}"
        ),
    )


def _venue(view: View, row: Mapping[Hashable, Any]) -> str:
    if isinstance(row["space_id"], str):
        return view.names.space(row["space_id"])
    return row["venue_name"] if isinstance(row["venue_name"], str) else view.say("value.none")
