"""The network of spaces: meet-ups, who came to each, who met whom, who asks for or offers mentoring.

Spaces are counted here, not people, so nothing needs to be hidden. A meet-up is a held event with at least
two spaces taking part, or one whose format is exchange of experience with at least one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics.selection import Selection, numbers_of
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, looked_up, shaped

MEETUPS: Final = {
    "event_id": TEXT,
    "title": TEXT,
    "series_name": TEXT,
    "month": DAY,
    "starts_on": DAY,
    "host_space_id": TEXT,
    "venue_name": TEXT,
    "district_code": TEXT,
    "format": TEXT,
    "origin": TEXT,
    "spaces_count": COUNT,
    "newcomers_count": COUNT,
    "spaces_so_far_count": COUNT,
    "requests_count": COUNT,
    "offers_count": COUNT,
}
ATTENDANCE: Final = {
    "event_id": TEXT,
    "title": TEXT,
    "starts_on": DAY,
    "space_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "role": TEXT,
    "mentoring": TEXT,
    "is_first": FLAG,
}
LINKS: Final = {
    "space_id": TEXT,
    "other_space_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "other_name_uk": TEXT,
    "other_name_en": TEXT,
    "meetings_count": COUNT,
    "last_on": DAY,
}
MENTORING: Final = {
    "space_id": TEXT,
    "name_uk": TEXT,
    "name_en": TEXT,
    "requests_count": COUNT,
    "offers_count": COUNT,
    "state": TEXT,
    "last_on": DAY,
}
GROWTH: Final = {
    "month": DAY,
    "meetups_count": COUNT,
    "spaces_per_meetup": NUMBER,
    "space_links_count": COUNT,
    "newcomers_count": COUNT,
    "spaces_so_far_count": COUNT,
}
NEWCOMERS: Final = {
    "year_starts_on": DAY,
    "is_unfinished": FLAG,
    "meetups_count": COUNT,
    "newcomers_count": COUNT,
    "spaces_so_far_count": COUNT,
}
IN_BRIEF: Final = {
    "meetups_count": COUNT,
    "spaces_so_far_count": COUNT,
    "space_links_count": COUNT,
    "possible_links_count": COUNT,
    "space_links_share_pct": NUMBER,
    "recent_meetups_count": COUNT,
    "spaces_per_meetup": NUMBER,
    "previous_spaces_per_meetup": NUMBER,
}
_MONTHS_A_YEAR: Final = 12


def meetups(selection: Selection) -> pd.DataFrame:
    """Each meet-up of the selected months.

    Returns:
        One row per meet-up, in time: ``MEETUPS``. ``newcomers_count``: spaces at their first meeting in the
        city, whatever the filters; ``spaces_so_far_count``: distinct spaces at the meet-ups up to this one,
        those of the selection alone.
    """
    present = _present(selection)
    by_event = present.groupby("event_id")
    frame = (
        selection.events.rename(columns={"space_id": "host_space_id"})
        .merge(
            pd.DataFrame(
                {
                    "spaces_count": by_event.size(),
                    "newcomers_count": by_event["is_first"].sum(),
                    "requests_count": present["mentoring"].eq("requests").groupby(present["event_id"]).sum(),
                    "offers_count": present["mentoring"].eq("offers").groupby(present["event_id"]).sum(),
                }
            ).reset_index(),
            on="event_id",
        )
        .sort_values(["starts_on", "event_id"], ignore_index=True)
    )
    first_seen = _first_seen(present)["event_id"].value_counts()
    so_far = looked_up(frame["event_id"], first_seen).fillna(0).cumsum()
    return shaped(frame.assign(spaces_so_far_count=so_far), MEETUPS)


def attendance(selection: Selection) -> pd.DataFrame:
    """Which space was at which meet-up.

    Returns:
        One row per meet-up and space that was there, in time, by name: ``ATTENDANCE``. ``is_first``: the
        space's first meeting in the city.
    """
    return shaped(_present(selection).sort_values(["starts_on", "event_id", "name_uk"]), ATTENDANCE)


def links(selection: Selection) -> pd.DataFrame:
    """Pairs of spaces that were at the same meet-up.

    Returns:
        One row per pair, the most frequent first: ``LINKS``. ``space_id`` sorts before ``other_space_id``.
    """
    pairs = _pairs(_present(selection))
    grouped = pairs.groupby(["space_id", "other_space_id"])
    frame = (
        grouped[["name_uk", "name_en", "other_name_uk", "other_name_en"]]
        .first()
        .assign(meetings_count=grouped.size(), last_on=grouped["starts_on"].max())
        .reset_index()
        .sort_values(["meetings_count", "name_uk", "other_name_uk"], ascending=[False, True, True])
    )
    return shaped(frame, LINKS)


def strongest(links: pd.DataFrame, each: int) -> pd.DataFrame:
    """The pairs that hold a network together: of every space those whom it met most often.

    Args:
        links: as ``links`` returns them, the most frequent first.
        each: how many of a space's pairs are kept; a pair stays when one of its two spaces keeps it.

    Returns:
        The rows kept, in their order.
    """
    ends = pd.concat([links["space_id"], links["other_space_id"]]).sort_index(kind="stable")
    place = ends.groupby(ends).cumcount()
    kept = place[place < each].index.unique()
    return links.loc[links.index.isin(kept)]


def in_brief(selection: Selection) -> pd.DataFrame:
    """The network in one row, and its meet-ups of the last twelve full months beside those of the twelve before.

    Returns:
        One row: ``IN_BRIEF``. ``space_links_share_pct``: pairs that met, of all pairs of the spaces that came to
        some meet-up. ``recent_meetups_count`` and ``spaces_per_meetup``: of the last twelve full months;
        ``previous_spaces_per_meetup``: of the twelve before. Means are missing without meet-ups, the share
        without pairs.
    """
    present = _present(selection)
    spaces = present["space_id"].nunique()
    possible = spaces * (spaces - 1) // 2
    met = len(links(selection))
    by_meetup = present.groupby("event_id").agg(month=("month", "first"), spaces=("space_id", "size"))
    end = pd.Timestamp(selection.span.unfinished_month)
    middle = end - pd.DateOffset(months=_MONTHS_A_YEAR)
    start = middle - pd.DateOffset(months=_MONTHS_A_YEAR)
    recent = by_meetup.loc[by_meetup["month"].between(middle, end, inclusive="left"), "spaces"]
    before = by_meetup.loc[by_meetup["month"].between(start, middle, inclusive="left"), "spaces"]
    row = {
        "meetups_count": len(by_meetup),
        "spaces_so_far_count": spaces,
        "space_links_count": met,
        "possible_links_count": possible,
        "space_links_share_pct": met / possible * 100 if possible else float("nan"),
        "recent_meetups_count": len(recent),
        "spaces_per_meetup": recent.mean(),
        "previous_spaces_per_meetup": before.mean(),
    }
    return shaped(pd.DataFrame([row]), IN_BRIEF)


def newcomers_by_year(selection: Selection) -> pd.DataFrame:
    """How many spaces came to a meet-up for the first time, year by year.

    Returns:
        One row per year from the first meet-up to the last, also where nobody was new: ``NEWCOMERS``.
        ``newcomers_count``: spaces whose first meeting in the city lies in the year, whatever the filters;
        ``spaces_so_far_count``: distinct spaces at the meet-ups of the selection up to the end of the year;
        ``is_unfinished``: the year was still running when the data were gathered.
    """
    present = _present(selection)
    if present.empty:
        return shaped(present, NEWCOMERS)
    year = present["starts_on"].dt.year
    first_year = _first_seen(present)["starts_on"].dt.year
    years = pd.Series(range(year.min(), year.max() + 1))
    frame = pd.DataFrame(
        {
            "year_starts_on": pd.to_datetime(years.astype(str) + "-01-01"),
            "is_unfinished": years >= selection.span.as_of_on.year,
            "meetups_count": looked_up(years, present.groupby(year)["event_id"].nunique()).fillna(0),
            "newcomers_count": looked_up(years, present.groupby(year)["is_first"].sum()).fillna(0),
            "spaces_so_far_count": looked_up(years, first_year.value_counts()).fillna(0).cumsum(),
        }
    )
    return shaped(frame, NEWCOMERS)


def mentoring(selection: Selection) -> pd.DataFrame:
    """Spaces that asked for a mentor or offered one at the meet-ups.

    Returns:
        One row per such space, by name: ``MENTORING``. ``state`` is what it said the last time: ``requests`` or
        ``offers``; whether a mentor was found nobody writes down.
    """
    asked = _present(selection).sort_values(["starts_on", "event_id"])
    asked = asked[asked["mentoring"].notna()]
    asked = asked.assign(
        requests_count=asked["mentoring"].eq("requests").astype("int64"),
        offers_count=asked["mentoring"].eq("offers").astype("int64"),
    )
    frame = asked.groupby("space_id", as_index=False).agg(
        {
            "name_uk": "first",
            "name_en": "first",
            "requests_count": "sum",
            "offers_count": "sum",
            "mentoring": "last",
            "starts_on": "max",
        }
    )
    frame = frame.rename(columns={"starts_on": "last_on", "mentoring": "state"})
    return shaped(frame.sort_values("name_uk"), MENTORING)


def growth(selection: Selection) -> pd.DataFrame:
    """The network by month.

    Returns:
        One row per month: ``GROWTH``. ``spaces_per_meetup``: mean, missing in a month without meet-ups;
        ``space_links_count``: distinct pairs that met in the month; ``spaces_so_far_count``: distinct spaces
        at the meet-ups of the selection up to the month.
    """
    present = _present(selection)
    months = selection.months
    by_month = present.groupby("month")
    pairs = _pairs(present)[["month", "space_id", "other_space_id"]].drop_duplicates()
    events_count = looked_up(months["month"], by_month["event_id"].nunique()).fillna(0)
    new = looked_up(months["month"], _first_seen(present)["month"].value_counts()).fillna(0)
    frame = months.assign(
        meetups_count=events_count,
        spaces_per_meetup=looked_up(months["month"], by_month.size()) / events_count,
        space_links_count=looked_up(months["month"], pairs.groupby("month").size()).fillna(0),
        newcomers_count=looked_up(months["month"], by_month["is_first"].sum()).fillna(0),
        spaces_so_far_count=new.cumsum(),
    )
    return shaped(frame, GROWTH)


def _present(selection: Selection) -> pd.DataFrame:
    """One row per meet-up and space: event_id, title, month, starts_on, space_id, names, role, mentoring, is_first."""
    is_there = np.zeros(len(selection.rows.counts), dtype=bool)
    is_there[numbers_of(selection.event_spaces)] = True
    events = selection.events
    events = events.loc[is_there[numbers_of(events)], ["event_number", "title", "format"]]
    rows = selection.event_spaces.merge(events, on="event_number")
    is_meetup = (rows.groupby("event_id")["space_id"].transform("size") > 1) | (rows["format"] == "experience_exchange")
    names = selection.city_spaces[["space_id", "name_uk", "name_en"]]
    return rows[is_meetup].merge(names, on="space_id")


def _first_seen(present: pd.DataFrame) -> pd.DataFrame:
    return present.sort_values(["starts_on", "event_id"]).drop_duplicates("space_id")


def _pairs(present: pd.DataFrame) -> pd.DataFrame:
    left = present[["event_id", "month", "starts_on", "space_id", "name_uk", "name_en"]]
    right = present[["event_id", "space_id", "name_uk", "name_en"]].add_prefix("other_")
    pairs = left.merge(right, left_on="event_id", right_on="other_event_id")
    return pairs[pairs["space_id"] < pairs["other_space_id"]]
