"""What hubs report beside registrations: lists of events, monthly returns, meet-ups, the workshop's programme."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from etl.demo import words
from etl.demo.chance import pick, stream
from etl.demo.city import DemoCity
from etl.demo.events import WORKSHOP_DAYS

EVENT_ROW_COLUMNS: Final = ("event_no", "sender", "fate")
RETURN_COLUMNS: Final = ("month", "space_no", "events_count", "visitors_count", "fate")
MEETUP_COLUMNS: Final = ("event_no", "space_no", "role", "mentoring")
SESSION_COLUMNS: Final = ("event_no", "title", "starts_at", "ends_at", "venue", "theme", "format", "seats_count")
PROPOSAL_COLUMNS: Final = ("event_no", "title", "theme", "stage", "district", "submitted_on")

_MEETUP_FIRST: Final = 3.4
_MEETUP_LAST: Final = 13.0
_SESSION_HOURS: Final = (10.0, 10.5, 12.0, 14.0, 15.5, 17.0, 18.5, 20.0)


def event_rows(city: DemoCity, seed: int, events: pd.DataFrame, spaces: pd.DataFrame) -> pd.DataFrame:
    """The lines of all lists of events.

    Returns:
        One row a line: ``event_no``, ``sender`` (whose list), ``fate``: counted, duplicate_row (the same line again),
        or the reason in `etl.issues` for which a line made after that event is left out (unreadable_date,
        missing_value, broken_line; the last only in CSV).
    """
    rng = stream(seed, city.city_id, "event rows")
    counted = pd.DataFrame({"event_no": events.index, "sender": events["sender"], "fate": "counted"})
    is_csv = spaces["sheet"].to_numpy()[counted["sender"]] != "xlsx"
    parts = [counted]
    for fate, share, rows in (
        ("duplicate_row", 0.006, counted),
        ("unreadable_date", 0.0012, counted),
        ("missing_value", 0.0008, counted),
        ("broken_line", 0.001, counted.loc[is_csv]),
    ):
        size = min(len(rows), max(1, round(len(counted) * share)))
        parts.append(rows.iloc[np.sort(rng.choice(len(rows), size=size, replace=False))].assign(fate=fate))
    return pd.concat(parts, ignore_index=True).loc[:, list(EVENT_ROW_COLUMNS)]


def invent_returns(
    city: DemoCity,
    seed: int,
    spaces: pd.DataFrame,
    events: pd.DataFrame,
    registrations: pd.DataFrame,
    start: date,
    until: date,
) -> pd.DataFrame:
    """The spaces' own totals for every full month of the period.

    Returns:
        One row a line: ``month`` (its first day), ``space_no`` (-1 in a line of totals), ``events_count``,
        ``visitors_count`` (what lists prove and those who came without signing up), ``fate``: counted, duplicate_row,
        unknown_space (the line «Разом») or unreadable_number (visitors as «понад 300»). Some spaces miss some months.
    """
    rng = stream(seed, city.city_id, "returns")
    after = pd.Timestamp(until) + pd.Timedelta(days=1)
    months = [month for month in pd.date_range(start, until, freq="MS") if month + pd.offsets.MonthBegin(1) <= after]
    if not months:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in RETURN_COLUMNS})
    came = registrations.loc[(registrations["fate"] == "counted") & (registrations["status"] == "attended")]
    attended = came.groupby("event_no").size().reindex(events.index, fill_value=0).to_numpy()
    guessed = events["seats_count"].astype("Float64").fillna(40).to_numpy(dtype=np.float64) * 0.55
    held = events.assign(
        month=events["starts_at"].dt.to_period("M").dt.to_timestamp(),
        visitors=np.where(attended > 0, attended * 1.15, guessed) + rng.poisson(5, size=len(events)),
    ).loc[(events["status"] == "held") & (events["space_no"] >= 0)]
    totals = held.groupby(["month", "space_no"]).agg(
        events_count=("event_code", "size"), visitors_count=("visitors", "sum")
    )
    grid = pd.MultiIndex.from_product([months, spaces.index], names=["month", "space_no"])
    rows = totals.reindex(grid, fill_value=0).reset_index()
    opened = spaces["opened_on"].to_numpy()[rows["space_no"]]
    closed = spaces["closed_on"].to_numpy()[rows["space_no"]]
    month_ends = (rows["month"] + pd.offsets.MonthEnd(1)).to_numpy()
    is_open = (opened <= month_ends) & ~(closed < rows["month"].to_numpy())
    rows = rows.loc[is_open & (rng.random(len(rows)) >= 0.08)].reset_index(drop=True)
    rows["events_count"] = (rows["events_count"] + (rng.random(len(rows)) < 0.05)).astype("Int64")
    rows["visitors_count"] = rows["visitors_count"].round().astype("Int64")
    rows["fate"] = "counted"
    doubtful = rows.loc[rng.random(len(rows)) < 0.006]
    totals_line = rows.groupby("month", as_index=False)[["events_count", "visitors_count"]].sum().iloc[::4]
    return (
        pd.concat(
            [
                rows.assign(fate=np.where(rows.index.isin(doubtful.index), "unreadable_number", "counted")),
                rows.loc[
                    (rows["fate"] == "counted") & (rng.random(len(rows)) < 0.006) & ~rows.index.isin(doubtful.index)
                ].assign(fate="duplicate_row"),
                totals_line.assign(space_no=-1, fate="unknown_space"),
            ],
            ignore_index=True,
        )
        .sort_values(["month", "fate", "space_no"], kind="stable", ignore_index=True)
        .loc[:, list(RETURN_COLUMNS)]
    )


def invent_meetup_rows(city: DemoCity, seed: int, spaces: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Which spaces took part in each meet-up of hubs, from three or four to more than ten.

    Returns:
        One row a space at a meet-up that was held: ``event_no``, ``space_no``, ``role``, ``mentoring`` (missing for
        most).
    """
    rng = stream(seed, city.city_id, "meetup rows")
    held = events.loc[(events["series"] == words.MEETUP_SERIES) & (events["status"] == "held")]
    sizes = np.linspace(_MEETUP_FIRST, _MEETUP_LAST, max(2, len(held)))
    eagerness = rng.gamma(1.5, 1.0, size=len(spaces)) + 0.2
    rows: list[tuple[int, int, str, str | None]] = []
    for size, (number, meetup) in zip(sizes, held.iterrows(), strict=False):
        is_open = (spaces["opened_on"] <= meetup["starts_at"]) & ~(spaces["closed_on"] < meetup["starts_at"])
        others = np.setdiff1d(np.flatnonzero(is_open), [meetup["space_no"]])
        guests = min(len(others), round(size + rng.uniform(-0.6, 0.6)) - 1)
        chosen = rng.choice(others, size=guests, replace=False, p=eagerness[others] / eagerness[others].sum())
        rows.append((int(str(number)), int(meetup["space_no"]), "host", "offers" if rng.random() < 0.5 else None))
        for guest in np.sort(chosen):
            mentoring = rng.choice(("requests", "offers", ""), p=(0.22, 0.14, 0.64))
            rows.append((int(str(number)), int(guest), "participant", str(mentoring) or None))
    return pd.DataFrame(rows, columns=list(MEETUP_COLUMNS)).astype({"event_no": "int64", "space_no": "int64"})


def invent_sessions(city: DemoCity, seed: int, events: pd.DataFrame) -> pd.DataFrame:
    """The programme of each workshop: six days, from morning to evening, at several places.

    Returns:
        One row a session: ``event_no`` (of the workshop), ``title`` (unique on its day and place), ``starts_at``,
        ``ends_at``, ``venue``, ``theme`` (position in ``city.themes``), ``format``, ``seats_count``.
    """
    rng = stream(seed, city.city_id, "sessions")
    rows = []
    for number, workshop in events.loc[events["is_workshop"]].iterrows():
        opens = workshop["starts_at"].normalize()
        for day in range(WORKSHOP_DAYS):
            theme = workshop["themes"][day % len(workshop["themes"])]
            name = city.themes[theme].name_uk.lower()
            for hour, (title, form) in zip(_SESSION_HOURS, words.SESSIONS, strict=True):
                starts_at = opens + pd.Timedelta(days=day, hours=hour)
                venue = words.WORKSHOP_PLACES[0 if form == "other" else int(rng.integers(len(words.WORKSHOP_PLACES)))]
                seats = int(rng.choice((20, 30, 40, 60, 100)))
                lasts = pd.Timedelta(minutes=30 if hour == 10 else 90)
                shown = f"{title} {day + 1}" if "{theme}" not in title else title.format(theme=name)
                rows.append((number, shown, starts_at, starts_at + lasts, venue, theme, form, seats))
    frame = pd.DataFrame(rows, columns=list(SESSION_COLUMNS))
    return frame.astype({"starts_at": "datetime64[us]", "ends_at": "datetime64[us]"})


def invent_proposals(city: DemoCity, seed: int, events: pd.DataFrame) -> pd.DataFrame:
    """The project questionnaires handed in at each workshop.

    Returns:
        One row a proposal: ``event_no`` (of the workshop), ``title`` (unique in the city), ``theme`` (position in
        ``city.themes``), ``stage``, ``district`` (position in ``city.districts``), ``submitted_on``.
    """
    rng = stream(seed, city.city_id, "proposals")
    each = max(12, round(city.scale.registrations / 2_500))
    parts = []
    for turn, (number, workshop) in enumerate(events.loc[events["is_workshop"]].iterrows()):
        first = turn * each
        parts.append(
            pd.DataFrame(
                {
                    "event_no": number,
                    "title": [_proposal_title(place) for place in range(first, first + each)],
                    "theme": rng.choice(workshop["themes"], size=each),
                    "stage": pick(rng, tuple(words.STAGE_WORDS), each, words.STAGE_WEIGHTS),
                    "district": rng.integers(len(city.districts), size=each),
                    "submitted_on": workshop["starts_at"].normalize()
                    + pd.to_timedelta(np.sort(rng.integers(WORKSHOP_DAYS, size=each)), unit="D"),
                }
            )
        )
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in PROPOSAL_COLUMNS})
    return pd.concat(parts, ignore_index=True)


def _proposal_title(place: int) -> str:
    """A title for each whole number from 0, none twice."""
    turn, which = divmod(place, len(words.PROPOSAL_TITLES))
    return f"{words.PROPOSAL_TITLES[which]} № {turn + 1}"
