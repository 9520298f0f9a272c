"""One event opened: where and when, what about, who stood behind it, its sessions, its numbers and its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.metrics import events, facts, workshops
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.labels import label
from dashboard.ui import blocks, event_rows, figures, state, url
from dashboard.ui.blocks import Sheet
from dashboard.ui.view import View

_NUMBERS: Final = (
    "registrations_count",
    "attendances_count",
    "participants_count",
    "attendance_rate_pct",
    "offered_seats_count",
    "stated_registrations_count",
)


def choice(view: View, found: pd.DataFrame) -> None:
    """A list to open an event from; the one that is chosen, here or in the calendar, is opened."""
    key = _key(view)
    ids = found["event_id"].tolist()
    asked = st.session_state[key] if key in st.session_state else url.chosen("event")
    if asked not in ids:
        # The calendar and a link may open what the search leaves out.
        known = view.metric(events.listing, view.in_month(), view.disclosure)["event_id"]
        ids = [asked, *ids] if asked in set(known) else ids
    if key not in st.session_state:
        st.session_state[key] = asked if asked in ids else None
    elif st.session_state[key] not in ids:
        st.session_state[key] = None
    titles = view.drawn(_titles)
    names = {event_id: titles[event_id][1] for event_id in ids}
    chosen = st.selectbox(
        view.say("events.open"),
        ids,
        format_func=names.__getitem__,
        key=key,
        placeholder=view.say("events.open.hint"),
        disabled=not ids,
    )
    url.keep("event", key, chosen or "", "")
    if chosen:
        st.dialog(blocks.plain(titles[chosen][0]), width="medium", on_dismiss=lambda: _close(key))(_opened)(
            view, chosen
        )


def opener(view: View, row: Mapping[str, Any]) -> None:
    """A button with the event's hour, title and place, which opens it."""
    st.button(
        _button(view, row),
        key=f"open_{row['event_id']}",
        type="tertiary",
        on_click=_open,
        args=(_key(view), row["event_id"]),
    )


def _titles(view: View) -> dict[str, tuple[str, str]]:
    """The title of each event of the month, bare and with its day and hour."""
    frame = view.metric(events.listing, view.in_month(), view.disclosure)
    rows = ({str(key): value for key, value in row.items()} for row in frame.to_dict("records"))
    return {row["event_id"]: (row["title"], _called(view, row)) for row in rows}


def _key(view: View) -> str:
    return state.widget(state.W_EVENT, view.lang, view.city, f"{view.month:%Y-%m}", url.links_count())


def _open(key: str, event_id: str) -> None:
    st.session_state[key] = event_id


def _close(key: str) -> None:
    st.session_state[key] = None


def _called(view: View, row: Mapping[str, Any]) -> str:
    hour = "" if pd.isna(row["starts_at"]) else f", {dates.format_time(row['starts_at'])}"
    return f"{dates.format_day(row['starts_on'], view.lang)}{hour} · {row['title']}"


def _button(view: View, row: Mapping[str, Any]) -> str:
    hour = view.say("workshop.untimed") if pd.isna(row["starts_at"]) else dates.format_time(row["starts_at"])
    state_said = "" if row["status"] == "held" else f" · *{label('event_status', row['status'], view.lang)}*"
    return f"**{hour}** {blocks.plain(row['title'])} — {blocks.plain(row['place'])}{state_said}"


def _opened(view: View, event_id: str) -> None:
    selection = view.in_history()
    frame = event_rows.named(
        view, view.metric(events.listing, selection.of_event(event_id), view.disclosure, with_sessions=True)
    )
    own = frame[frame["event_id"] == event_id]
    if own.empty:
        st.info(view.say("empty.text.bare"))
        return
    row = {str(key): value for key, value in own.to_dict("records")[0].items()}
    if row["status"] == "cancelled":
        st.warning(label("event_status", "cancelled", view.lang), icon=":material/event_busy:")
    st.markdown("  \n".join(_lines(view, row, event_id)))
    _numbers(view, row)
    sessions = frame[frame["event_id"] != event_id]
    if len(sessions):
        st.markdown(f"**{view.say('events.one.sessions')}** ({len(sessions)})")
        blocks.frame(
            view,
            f"sessions-{event_id}",
            Sheet(sessions, event_rows.session_columns(view)),
        )
    st.caption(_source(view, row))


def _lines(view: View, row: Mapping[str, Any], event_id: str) -> list[str]:
    when = dates.format_days(row["starts_on"], row["ends_on"], view.lang)
    if not pd.isna(row["starts_at"]):
        until = "" if pd.isna(row["ends_at"]) else f"–{dates.format_time(row['ends_at'])}"
        when = f"{when}, {dates.format_time(row['starts_at'])}{until}"
    if row["date_precision"] in {"month", "year"}:
        when = f"{when} ({label('date_precision', row['date_precision'], view.lang)})"
    told = [
        ("col.date", f"{when} · {row['status_label']}"),
        ("col.place", f"{row['place']} · {row['district']}"),
        ("col.format", row["format_label"]),
        ("col.theme", row["themes"] if isinstance(row["themes"], str) else view.say("none.theme")),
    ]
    if isinstance(row["space_id"], str):
        told.insert(2, ("col.kind", _kind(view, row["space_id"])))
    if isinstance(row["series_name"], str):
        told.append(("col.series", row["series_name"]))
    lines = [f"**{view.say(key)}:** {blocks.plain(text)}" for key, text in told]
    behind = view.metric(workshops.organisations, view.in_history(), event_id)
    for role, names in behind.groupby("role", sort=False)["name"]:
        lines.append(f"**{label('organisation_role', str(role), view.lang)}:** {blocks.plain('; '.join(names))}")
    if behind.empty:
        lines.append(f"**{label('organisation_role', 'organiser', view.lang)}:** {view.say('value.none')}")
    return lines


def _kind(view: View, space_id: str) -> str:
    spaces = view.snapshot.table("spaces")
    space = spaces[spaces["space_id"] == space_id].iloc[0]
    network = space["network_id"]
    kind = label("space_kind", space["kind"], view.lang)
    return f"{kind} · {view.names.network(network)}" if isinstance(network, str) else kind


def _numbers(view: View, row: Mapping[str, Any]) -> None:
    """What is known of people, as the role may see it; what is not known says so."""
    shown = [
        name
        for name in _NUMBERS
        if name not in {"offered_seats_count", "stated_registrations_count"} or not pd.isna(row[name])
    ]
    said = [
        f"- {figures.name(name, view.lang)}: **"
        + figures.value(name, row[name], view.lang, is_hidden=bool(row.get(name + HIDDEN, False)))
        + "**"
        for name in shown
    ]
    st.markdown("\n".join(said))


def _source(view: View, row: Mapping[str, Any]) -> str:
    """Where the row was read: its kind of origin, for analysts the file, and of public facts the address."""
    said = [view.say("events.one.source", origin=label("origin", row["origin"], view.lang))]
    sources = view.snapshot.table("sources")
    files = sources.loc[sources["source_id"] == row["source_id"], "file_name"]
    if view.disclosure.is_open and len(files):
        said.append(blocks.plain(str(files.iloc[0])))
    known = facts.by_subject(view.snapshot, view.city)
    said += sorted(set(known.loc[known["subject_id"] == row["event_id"], "source_url"].dropna()))
    return " · ".join(said)
