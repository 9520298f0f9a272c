"""Multi-day city workshops: their programme, people, proposals, and a measure for each of their goals."""

from __future__ import annotations

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
    counted = summary(selection, ["event_number"], found.drop(columns="seats_count").reset_index(drop=True))
    ids = counted["event_id"]
    programme = pd.concat([selection.sessions, selection.others])["parent_event_id"].value_counts()
    people = _with_root(selection)
    frame = counted.assign(
        days_count=(counted["ends_on"] - counted["starts_on"]).dt.days + 1,
        programme_sessions_count=looked_up(ids, programme).fillna(0),
        proposals_count=looked_up(ids, selection.proposals["event_id"].value_counts()).fillna(0),
        all_participants_count=looked_up(ids, counts.people(people, ["root_event_id"])).fillna(0),
        all_registrations_count=looked_up(ids, people.groupby("root_event_id").size()).fillna(0),
    )
    stated = ("all_participants_count", "all_registrations_count", "stated_registrations_count")
    return protected(frame, WORKSHOPS, disclosure, people=stated)


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
    registrations = chosen.registrations
    took_part = registrations[registrations["is_participation"]]
    is_first_here = took_part["first_month"] == took_part["month"]
    located = chosen.proposals["district_code"].dropna()
    everyone = counts.people_in_all(took_part)
    exact = pd.DataFrame(
        {
            "workshop_participants_count": [everyone],
            "workshop_newcomers_count": [counts.people_in_all(took_part[is_first_here])],
            "workshop_districts_count": [located.nunique()],
            "workshop_ngo_participants_count": [counts.people_in_all(_where(took_part, "participant_group", "ngo"))],
            "workshop_organisations_count": [chosen.event_organisations["name"].nunique()],
            "workshop_outside_participants_count": [
                counts.people_in_all(_where(took_part, "home_status", "outside_city"))
            ],
            "workshop_located_proposals_count": [len(located)],
            "participations_count": [len(took_part)],
            "participants_count": [everyone],
        }
    ).astype(COUNT)
    shown = protect(exact, disclosure, people=_PEOPLE).iloc[0]
    rows = []
    for goal, (figure_id, base_id) in GOAL_FIGURES.items():
        is_known = exact.iloc[0][base_id] > 0
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


def _where(registrations: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    return registrations[registrations[column] == value]


def _with_root(selection: Selection) -> pd.DataFrame:
    """Registrations with ``root_event_id``: the event itself, or the one it is a session of."""
    events, sessions = selection.events, selection.sessions
    roots = pd.concat(
        [
            events.set_index("event_number")["event_id"],
            sessions.set_index("event_number")["parent_event_id"],
        ]
    )
    registrations = selection.registrations
    return registrations.assign(root_event_id=looked_up(registrations["event_number"], roots))
