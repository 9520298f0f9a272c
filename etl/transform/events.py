"""Lists of events and programmes of workshops → ``events``, ``event_themes``, ``event_organisations`` of one city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

import pandas as pd

from etl.contract import EVENT_ORGANISATIONS, EVENT_THEMES, EVENTS
from etl.sources.raw import RAW_COLUMNS, Dataset
from etl.transform import places, vocabulary
from etl.transform.dates import parse_range
from etl.transform.event_index import EventIndex
from etl.transform.ids import digest, named_id
from etl.transform.numbers import counts
from etl.transform.places import Gazetteer
from etl.transform.rows import ADDRESS, Result, join_remarks, over_distinct, over_pack, remarks, settle
from etl.transform.text import clean, fold
from etl.transform.themes import event_themes
from etl.transform.times import spans

DEMO_CODE_PREFIX: Final = "demo-"
"""An event whose code starts so is demonstration data wherever its file lies."""

_ROLES: Final = {"organisers": "organiser", "partners": "partner", "funders": "funder"}
_NOT_SAID: Final = {"event_id", "city_id", "parent_event_id", "is_attendance_recorded", "origin", "source_id"}
_CONTENT: Final = (*(name for name in EVENTS.column_names if name not in _NOT_SAID), "parent", "themes", *_ROLES)
_NOT_IN_PROGRAMMES: Final = tuple(
    name for name in RAW_COLUMNS[Dataset.EVENTS] if name not in {*RAW_COLUMNS[Dataset.SESSIONS], "starts"}
)


@dataclass(frozen=True)
class EventCity:
    """What events of one city are resolved against."""

    gazetteer: Gazetteer
    theme_aliases: Mapping[str, str]
    tz: tzinfo


def events(
    listed: pd.DataFrame, programmes: pd.DataFrame, city: EventCity, pack: Mapping[str, pd.DataFrame], as_of: date
) -> Result:
    """Read a city's lists of events and the programmes of its workshops and lay them over its pack's.

    Of several rows under one code the fullest is taken (see `settle`): the order of files decides nothing.

    Args:
        listed: stacked rows of the data set ``events``.
        programmes: stacked rows of the data set ``sessions``; the file names the event they belong to.
        city: the city, with all its spaces.
        pack: the pack's ``events``, ``event_themes`` and ``event_organisations``.
        as_of: the day the data speaks for; what starts later is planned.

    Returns:
        The three tables (the pack's rows among them). ``is_attendance_recorded`` is false throughout:
        registrations tell.
    """
    own, own_remarks = _resolve(_listed_ids(listed), city)
    kept, settled = settle(own.assign(parent_event_id=None), ["event_id"], _CONTENT)
    city_id = city.gazetteer.city_id
    index = EventIndex.of(city_id, city.tz, _all(kept, pack["events"]))
    kept["parent_event_id"], lost = _parents(kept, index, pack["events"])
    sessions, session_remarks = _sessions(programmes, index, _all(kept, pack["events"]), city)

    rows = pd.concat([kept, sessions], ignore_index=True)
    taken, stays, repeats = over_pack(rows, pack["events"], ["event_id"])
    table = pd.concat([taken[list(EVENTS.column_names)], stays], ignore_index=True)
    themes, theme_remarks = event_themes(taken, city.theme_aliases)
    return Result(
        {
            "events": EVENTS.conform(_finish(table, as_of)),
            "event_themes": EVENT_THEMES.conform(
                pd.concat([pack["event_themes"], themes], ignore_index=True).drop_duplicates()
            ),
            "event_organisations": EVENT_ORGANISATIONS.conform(
                pd.concat([pack["event_organisations"], _organisations(taken)], ignore_index=True).drop_duplicates()
            ),
        },
        taken[ADDRESS],
        join_remarks([own_remarks, settled, lost, session_remarks, repeats, theme_remarks]),
    )


def _all(rows: pd.DataFrame, pack: pd.DataFrame) -> pd.DataFrame:
    """Rows and those of the pack that they do not replace."""
    columns = list(EVENTS.column_names)
    return pd.concat([rows[columns], pack[~pack["event_id"].isin(rows["event_id"])]], ignore_index=True)


def _listed_ids(rows: pd.DataFrame) -> pd.DataFrame:
    code = over_distinct(rows["event_code"], fold).fillna("")
    is_demo = rows["event_code"].fillna("").str.lower().str.startswith(DEMO_CODE_PREFIX)
    return rows.assign(
        origin=rows["origin"].mask(is_demo, "demo"),
        identifying=code,
        # What stands for the code of an event that has none.
        place=over_distinct(rows["space"].where(rows["space"].notna(), rows["venue"]), fold).fillna(""),
    )


def _resolve(rows: pd.DataFrame, city: EventCity) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Raw rows of events, with ``identifying`` and ``place`` → rows with an id and the contract's columns.

    Rows without a title or a day are left out, with a remark.
    """
    when, time_remarks = spans(rows, city.tz)
    title = over_distinct(rows["title"], clean)
    is_event = title.notna() & (title != "") & when["starts_on"].notna()
    named = rows[is_event]
    online = vocabulary.answers(named["is_online"])
    says_online = over_distinct(named["is_online"], fold).isin(["online", "онлайн"])
    where, place_remarks = places.event_places(named.assign(is_online=online.mask(says_online, "yes")), city.gazetteer)
    kind = vocabulary.ids(named["format"], vocabulary.EVENT_FORMATS)
    status = vocabulary.ids(named["status"], vocabulary.EVENT_STATUSES)
    seats, stated = counts(named["seats"]), counts(named["stated_registrations"])
    series = over_distinct(named["series"], clean)
    read = named.assign(
        title=title[is_event],
        series_name=series,
        **when[is_event],
        **where,
        format=kind.fillna("other"),
        seats_count=seats,
        status=pd.Series("held", index=named.index, dtype="str").mask(status == "cancelled", "cancelled"),
        is_workshop=False,
        is_attendance_recorded=False,
        stated_registrations_count=stated,
    )
    unread = (
        (named["format"].notna() & kind.isna(), "format"),
        (named["status"].notna() & status.isna(), "status"),
        (named["seats"].notna() & seats.isna(), "seats"),
        (named["stated_registrations"].notna() & stated.isna(), "stated_registrations"),
    )
    return read.assign(event_id=_ids(read)), join_remarks(
        [
            remarks(rows, rows["title"].isna(), "missing_value", "title"),
            time_remarks,
            place_remarks,
            *(remarks(named, mask, "unread_cell", field) for mask, field in unread),
        ]
    )


def _ids(read: pd.DataFrame) -> pd.Series:
    columns = ["city_id", "identifying", "title", "starts_on", "place"]
    made = [
        named_id(city_id, code) if code else f"{city_id}-{digest(fold(title), f'{day:%Y-%m-%d}', place)}"
        for city_id, code, title, day, place in read[columns].itertuples(index=False)
    ]
    return pd.Series(made, index=read.index, dtype="str")


def _parents(rows: pd.DataFrame, index: EventIndex, pack: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """The event each row states to be a part of; one level deep, for a part of a part would be counted nowhere."""
    found = index.find(rows["parent"], rows["parent"], pd.Series(None, index=rows.index, dtype="str"))["event_id"]
    is_own = found == rows["event_id"]
    parts = {*rows.loc[found.notna() & ~is_own, "event_id"], *pack.loc[pack["parent_event_id"].notna(), "event_id"]}
    parent = found.mask(is_own | found.isin(list(parts)))
    return parent, remarks(rows, rows["parent"].notna() & parent.isna(), "unknown_parent", "parent")


def _sessions(
    rows: pd.DataFrame, index: EventIndex, known: pd.DataFrame, city: EventCity
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of programmes as events under the event that their file names."""
    found = index.find(rows["of_event_code"], rows["of_event_title"], rows["of_event_starts"])
    parents = known.set_index("event_id")
    is_part = parents["parent_event_id"].notna()
    whole = found["event_id"].notna() & ~found["event_id"].isin(is_part[is_part].index)
    problem = found["problem"].where(whole | found["problem"].notna(), "unknown_event")
    rejected = [remarks(rows, problem == code, code) for code in problem.dropna().unique()]

    named = rows[whole].assign(parent_event_id=found["event_id"][whole])
    parent = parents.loc[named["parent_event_id"]].set_index(named.index)
    # A programme of one day often names the day only in its heading; one of June often leaves the year out.
    day = named["date"].where(
        named["date"].notna() | (parent["starts_on"] != parent["ends_on"]), _iso(parent["starts_on"])
    )
    as_event = named.drop(columns="date").assign(
        starts=_with_year(day, parent["starts_on"]), **dict.fromkeys(_NOT_IN_PROGRAMMES)
    )
    as_event = as_event.astype(dict.fromkeys(_NOT_IN_PROGRAMMES, "str"))
    place = over_distinct(named["venue"], fold).fillna("")
    at = over_distinct(named["starts_time"], fold).fillna("")
    read, resolve_remarks = _resolve(
        as_event.assign(identifying="", place=named["parent_event_id"] + " " + at + " " + place), city
    )
    above = parent.loc[read.index]
    inherits = read["place_status"] == "unknown"
    for column in ("place_status", "space_id", "venue_name", "district_code"):
        read[column] = read[column].mask(inherits, above[column])
    read["status"] = read["status"].mask(above["status"] == "cancelled", "cancelled")
    kept, settled = settle(read, ["event_id"], _CONTENT)
    in_programme = resolve_remarks.assign(field=resolve_remarks["field"].replace("starts", "date"))
    return kept, join_remarks([*rejected, in_programme, settled])


def _iso(days: pd.Series) -> pd.Series:
    iso: pd.Series = days.dt.strftime("%Y-%m-%d")
    return iso.astype("str")


def _with_year(texts: pd.Series, near: pd.Series) -> pd.Series:
    """Days written without a year, such as «12 червня», in the year of another day."""
    read = [
        text if pd.isna(text) or not (span := parse_range(text, default_year=day.year)) else span[0].isoformat()
        for text, day in zip(texts, near, strict=True)
    ]
    return pd.Series(read, index=texts.index, dtype="str")


def _organisations(rows: pd.DataFrame) -> pd.DataFrame:
    frames = []
    for column, role in _ROLES.items():
        stated = rows.dropna(subset=[column])
        names = stated[["event_id"]].assign(role=role, name=stated[column].str.split(";")).explode("name")
        frames.append(names.assign(name=over_distinct(names["name"].astype("str"), lambda text: clean(text) or None)))
    return pd.concat(frames, ignore_index=True).dropna(subset=["name"])


def _finish(table: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Status on the day the data speaks for, and which events are workshops with their sessions."""
    is_planned = table["starts_on"] > pd.Timestamp(as_of)
    is_cancelled = table["status"] == "cancelled"
    days = table.dropna(subset=["parent_event_id"]).groupby("parent_event_id")["starts_on"].nunique()
    lasts_days = (table["format"] == "city_workshop") & (table["ends_on"] > table["starts_on"])
    whole = table["parent_event_id"].isna() & (
        table["is_workshop"] | lasts_days | table["event_id"].isin(days[days >= 2].index)
    )
    part = table["parent_event_id"].isin(table.loc[whole, "event_id"])
    return table.assign(
        status=is_planned.map({True: "planned", False: "held"}).mask(is_cancelled, "cancelled"),
        is_workshop=whole | part,
    )
