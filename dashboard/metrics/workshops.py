"""Multi-day city workshops: their programme, people, proposals, and a measure for each of their goals."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.metrics import counts, events
from dashboard.metrics.counts import protected, summary
from dashboard.metrics.disclosure import HIDDEN, Disclosure, protect
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, looked_up, shaped

WORKSHOPS: Final = {
    "event_id": TEXT,
    "title": TEXT,
    "series_name": TEXT,
    "starts_on": DAY,
    "ends_on": DAY,
    "days_count": COUNT,
    "status": TEXT,
    "date_precision": TEXT,
    "space_id": TEXT,
    "venue_name": TEXT,
    "district_code": TEXT,
    "programme_sessions_count": COUNT,
    "proposals_count": COUNT,
    "all_participants_count": COUNT,
    "all_registrations_count": COUNT,
    "stated_registrations_count": COUNT,
    "origin": TEXT,
    "source_id": TEXT,
}
ORGANISATIONS: Final = {"role": TEXT, "name": TEXT}
GOALS: Final = {
    "goal": TEXT,
    "figure_id": TEXT,
    "value": NUMBER,
    "value_is_hidden": FLAG,
    "base_count": COUNT,
    "base_count_is_hidden": FLAG,
}
GOAL_FIGURES: Final = {
    "involvement": ("workshop_participants_count", "participations_count"),
    "awareness": ("workshop_newcomers_count", "participants_count"),
    "districts": ("workshop_districts_count", "workshop_located_proposals_count"),
    "ngo_support": ("workshop_ngo_participants_count", "participants_count"),
    "cooperation": ("workshop_organisations_count", "workshop_organisations_count"),
    "exchange": ("workshop_outside_participants_count", "participants_count"),
}
"""Goal → its measure, and the count that the measure rests on; in the order of the workshop's own list."""
_ALL: Final = {"all_participants_count": "participants_count", "all_registrations_count": "registrations_count"}
"""Counts of a workshop and its sessions → the count of each list."""
_EVERYONE: Final = {
    name + end: of + end
    for name, of in {
        "workshop_participants_count": "participants_count",
        "participations_count": "participations_count",
        "participants_count": "participants_count",
    }.items()
    for end in ("", HIDDEN)
}
"""Columns of the goals → those that count all people of the workshop."""
_PEOPLE: Final = (
    "workshop_participants_count",
    "workshop_newcomers_count",
    "workshop_ngo_participants_count",
    "workshop_outside_participants_count",
    "participations_count",
    "participants_count",
)


def listing(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """The multi-day events of the selected months, held, planned or cancelled.

    Returns:
        One row per workshop, in time: ``WORKSHOPS`` and the columns of ``counts.protected``, which count the
        workshop's own list; ``all_*`` count its sessions' lists with it. None when the filters leave
        workshops out.
    """
    found = pd.concat([selection.events, selection.others])
    found = found[found["is_workshop"] & ~found["is_session"]].sort_values(["starts_on", "event_id"])
    held = replace(selection, events=selection.events[selection.events["is_workshop"]])
    counted = summary(held, ["event_number"], found.drop(columns="seats_count").reset_index(drop=True), disclosure)
    ids = counted["event_id"]
    programme = pd.concat([selection.sessions, selection.others])["parent_event_id"].value_counts()
    everyone = counts.of_registrations(_with_root(held), ["root_event_id"], disclosure)
    together = {name + end: looked_up(ids, everyone[of + end]) for name, of in _ALL.items() for end in ("", HIDDEN)}
    frame = counted.assign(
        days_count=(counted["ends_on"] - counted["starts_on"]).dt.days + 1,
        programme_sessions_count=looked_up(ids, programme).fillna(0),
        proposals_count=looked_up(ids, selection.proposals["event_id"].value_counts()).fillna(0),
        **together,
    )
    frame = counts.zero_where_nobody(frame, list(together))
    return protected(frame, WORKSHOPS, disclosure, people=(*_ALL, "stated_registrations_count"))


def sessions(selection: Selection, event_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """The programme of one workshop.

    Returns:
        One row per session, in time: as ``events.listing``. None when the workshop is not selected.
    """
    rows = events.listing(selection.of_event(event_id), disclosure, with_sessions=True)
    return rows[rows["is_session"]].reset_index(drop=True)


def organisations(selection: Selection, event_id: str) -> pd.DataFrame:
    """Who organised, partnered and funded one workshop and its sessions.

    Returns:
        One row per role and name, once each: ``ORGANISATIONS``.
    """
    rows = selection.of_event(event_id).event_organisations[list(ORGANISATIONS)].drop_duplicates()
    order = {"organiser": 0, "partner": 1, "funder": 2}
    return shaped(rows.sort_values(["role", "name"], key=lambda column: column.replace(order)), ORGANISATIONS)


def goals(selection: Selection, event_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """One measure for each goal that city workshops set themselves; the catalogue defines them.

    Returns:
        Six rows, in the order of ``GOAL_FIGURES``: ``GOALS``. ``base_count`` is what the measure rests on.
        ``value`` is missing where the base is nothing: then nothing is known, which is not zero. All missing
        when the workshop is not selected.
    """
    chosen = selection.of_event(event_id)
    # Of chosen groups the public is told nothing, here as elsewhere.
    is_cut = bool(selection.filters.groups) and not disclosure.is_open
    took_part = counts.rows_of_shown_lists(chosen, disclosure)
    everyone = counts.in_all(chosen, disclosure)
    is_first_here = took_part["first_month"] == took_part["month"]
    located = chosen.proposals["district_code"].dropna()
    exact = pd.DataFrame(
        {
            "workshop_newcomers_count": [took_part.loc[is_first_here, "person_id"].nunique()],
            "workshop_districts_count": [located.nunique()],
            "workshop_ngo_participants_count": [_people(took_part, "participant_group", "ngo")],
            "workshop_organisations_count": [chosen.event_organisations["name"].nunique()],
            "workshop_outside_participants_count": [_people(took_part, "home_status", "outside_city")],
            "workshop_located_proposals_count": [len(located)],
        }
    ).astype(COUNT)
    people = {name: everyone[of] for name, of in _EVERYONE.items()}
    if is_cut:
        people |= {name + HIDDEN: pd.Series([True]) for name in _PEOPLE}
    shown = protect(exact.assign(**people), disclosure, people=_PEOPLE).iloc[0]
    rows = []
    for goal, (figure_id, base_id) in GOAL_FIGURES.items():
        is_known = pd.isna(shown[base_id]) or shown[base_id] > 0
        rows.append(
            {
                "goal": goal,
                "figure_id": figure_id,
                "value": shown[figure_id] if is_known else pd.NA,
                "value_is_hidden": shown.get(figure_id + HIDDEN, default=False),
                "base_count": shown[base_id],
                "base_count_is_hidden": shown.get(base_id + HIDDEN, default=False),
            }
        )
    frame = pd.DataFrame(rows)
    return shaped(frame.assign(value=pd.to_numeric(frame["value"].astype(COUNT))), GOALS)


def _people(registrations: pd.DataFrame, column: str, value: str) -> int:
    return int(registrations.loc[registrations[column] == value, "person_id"].nunique())


def _with_root(selection: Selection) -> Selection:
    """The selection with ``root_event_id``: the event itself, or the one that a session is of."""
    return replace(
        selection,
        events=selection.events.assign(root_event_id=selection.events["event_id"]),
        sessions=selection.sessions.assign(root_event_id=selection.sessions["parent_event_id"]),
    )
