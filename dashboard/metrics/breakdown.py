"""Breakdowns: how much happens and who comes, cut by any one dimension, over time and in all.

Every dimension but participant groups takes whole lists of events, so the public's numbers are sums of published
blocks (see ``counts``); groups are counted as ``groups`` counts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from dashboard.filters import add_months
from dashboard.metrics import groups
from dashboard.metrics.counts import EVENT_COLUMNS, summary
from dashboard.metrics.disclosure import HIDDEN, Disclosure, protect
from dashboard.metrics.grouping import Groups, with_numbers
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, shaped
from etl.contract import PARTICIPANT_GROUPS, SPACE_KINDS

DIMENSIONS: Final = ("theme", "district", "group", "kind", "network", "space")
"""What can be told apart, one at a time."""
REST: Final = "_rest"
"""The part that holds all that is not told apart by itself."""
NONE: Final = "_none"
"""The part of events that have no such thing: no theme, no known district, no listed space."""
MOST: Final = 10
"""How many parts are told apart at most, the rest among them: as many as there are colours."""
QUARTER: Final = 3
"""Months of a quarter."""

_COLUMN_OF: Final = {
    "theme": "theme_id",
    "district": "district_code",
    "kind": "kind",
    "network": "network_id",
    "space": "space_id",
}
_PEOPLE: Final = ("registrations_count", "attendances_count", "participants_count")
FIGURES: Final = ("events_count", *_PEOPLE)
"""What can be broken down; events have no participant group."""
_COUNTS: Final = {**dict.fromkeys(FIGURES, COUNT), **{name + HIDDEN: FLAG for name in _PEOPLE}}
BY_PART: Final = {"part": TEXT, **_COUNTS}
BY_MONTH: Final = {"month": DAY, "is_unfinished": FLAG, **BY_PART}
SHARES: Final = {"month": DAY, "is_unfinished": FLAG, "part": TEXT, "part_share_pct": NUMBER}
RANKS: Final = {"month": DAY, "is_unfinished": FLAG, "part": TEXT, "rank": COUNT}


def figures_of(dimension: str) -> tuple[str, ...]:
    """What can be counted by a dimension."""
    return _PEOPLE if dimension == "group" else FIGURES


def parts(
    selection: Selection, dimension: str, figure_id: str, disclosure: Disclosure, most: int = MOST
) -> tuple[str, ...]:
    """The parts of one dimension that are told apart.

    Args:
        selection: the rows to count.
        dimension: one of ``DIMENSIONS``.
        figure_id: the figure, of ``figures_of``, whose greatest parts are told apart.
        disclosure: who looks; the parts are chosen by what that role may see.
        most: how many parts there are at most; of more the least are ``REST``.

    Returns:
        The greatest over all selected months first, then ``REST`` and ``NONE`` where there is something in them.

    Raises:
        ValueError: there is no such dimension, or the figure cannot be cut by it.
    """
    if dimension not in DIMENSIONS or figure_id not in figures_of(dimension):
        raise ValueError(f"{figure_id!r} cannot be cut by {dimension!r}")
    known = _known(selection, dimension)
    found = set() if dimension == "group" else _there(selection, dimension)
    known = [*known, *sorted(found - {*known, NONE})]
    counted = _counted(selection, dimension, tuple(known), disclosure, (figure_id,))
    # A hidden or unknown value is not told by its place: it stands where nothing does, in the order of the list.
    value = counted[figure_id].astype("float64").fillna(0)
    ordered = counted.assign(value=value).sort_values("value", ascending=False, kind="stable")["part"].tolist()
    if dimension != "group" and len(ordered) > most:
        ordered = [*ordered[: most - 1], REST]
    return (*ordered, NONE) if NONE in found else tuple(ordered)


def by_part(selection: Selection, dimension: str, parts: tuple[str, ...], disclosure: Disclosure) -> pd.DataFrame:
    """All months together, part by part.

    Args:
        selection: the rows to count.
        dimension: one of ``DIMENSIONS``.
        parts: as ``parts`` gives them for the dimension; what is none of them counts in ``REST``.
        disclosure: who looks.

    Returns:
        One row per part, in their order: ``BY_PART``. ``events_count`` is missing of groups. An event with two
        themes counts in both.
    """
    return _counted(selection, dimension, parts, disclosure, FIGURES)


def _counted(
    selection: Selection, dimension: str, parts: tuple[str, ...], disclosure: Disclosure, needed: Sequence[str]
) -> pd.DataFrame:
    """``by_part``; figures that are not needed may be missing."""
    keys = pd.DataFrame({"part": pd.Series(list(parts), dtype=TEXT)})
    if dimension == "group":
        found = groups.by_group(selection, disclosure).rename(columns={"participant_group": "part"})
        counted = keys.merge(found, on="part").assign(events_count=None)
    else:
        counted = summary(_parted(selection, dimension, parts), ["part"], keys, disclosure, needed=needed)
    return protect(shaped(counted, BY_PART), disclosure, people=_PEOPLE)


def by_month(selection: Selection, dimension: str, parts: tuple[str, ...], disclosure: Disclosure) -> pd.DataFrame:
    """Month by month, part by part; arguments as for ``by_part``.

    Returns:
        One row per month and part, also where nothing happened: ``BY_MONTH``.
    """
    if dimension == "group":
        place = {part: number for number, part in enumerate(parts)}
        of_groups = groups.by_month(selection, disclosure).rename(columns={"participant_group": "part"})
        counted = of_groups[of_groups["part"].isin(parts)].assign(events_count=None)
        counted = counted.assign(place=counted["part"].map(place)).sort_values(["month", "place"])
    else:
        keys = selection.months.merge(pd.DataFrame({"part": pd.Series(list(parts), dtype=TEXT)}), how="cross")
        counted = summary(_parted(selection, dimension, parts), ["month", "part"], keys, disclosure, needed=FIGURES)
    unfinished = pd.Timestamp(selection.span.unfinished_month)
    frame = shaped(counted.assign(is_unfinished=counted["month"] >= unfinished), BY_MONTH)
    return protect(frame, disclosure, people=_PEOPLE)


def by_quarter(selection: Selection, dimension: str, parts: tuple[str, ...], disclosure: Disclosure) -> pd.DataFrame:
    """Quarter by quarter, part by part; arguments as for ``by_part``.

    Distinct people of a quarter are counted as such, not added up from its months.

    Returns:
        One row per quarter and part: ``BY_MONTH``, where ``month`` is the first selected month of the quarter and
        ``is_unfinished`` tells that a month of it is unfinished or not selected.
    """
    quarters = _quarters(selection)
    if dimension == "group":
        counted = pd.concat(
            by_part(selection.between(start, end), dimension, parts, disclosure).assign(month=pd.Timestamp(start))
            for start, end in quarters
        )
    else:
        keys = pd.DataFrame({"month": pd.Series([pd.Timestamp(start) for start, _ in quarters], dtype=DAY)})
        keys = keys.merge(pd.DataFrame({"part": pd.Series(list(parts), dtype=TEXT)}), how="cross")
        parted = _parted(selection, dimension, parts)
        first_month = {
            month: pd.Timestamp(start)
            for start, end in quarters
            for month in selection.months["month"]
            if pd.Timestamp(start) <= month <= pd.Timestamp(end)
        }

        def of_quarters(frame: pd.DataFrame) -> pd.DataFrame:
            return frame.assign(month=frame["month"].map(first_month).astype(DAY))

        by_quarters = replace(
            parted,
            events=of_quarters(parted.events),
            sessions=of_quarters(parted.sessions),
        )
        counted = summary(by_quarters, ["month", "part"], keys, disclosure, needed=FIGURES)
    whole = [
        pd.Timestamp(start)
        for start, end in quarters
        if add_months(start, QUARTER - 1) == end and not selection.span.is_unfinished(end)
    ]
    frame = shaped(counted.assign(is_unfinished=~counted["month"].isin(whole)), BY_MONTH)
    return protect(frame, disclosure, people=_PEOPLE)


def shares(frame: pd.DataFrame, figure_id: str) -> pd.DataFrame:
    """What share each part has of all parts that are shown, month by month.

    Args:
        frame: as ``by_month`` and ``by_quarter`` give it.
        figure_id: a figure that can be added up: not distinct people.

    Returns:
        One row per row of the frame: ``SHARES``; missing where the part is hidden or the month has nothing. Parts
        of events with two themes count twice, so this is a share among the parts, not among the events.

    Raises:
        ValueError: the figure counts distinct people.
    """
    if figure_id == "participants_count":
        raise ValueError("distinct people of several parts do not add up: they have no shares")
    value = frame[figure_id].astype("float64")
    total = value.groupby(frame["month"]).transform("sum")
    return shaped(frame.assign(part_share_pct=value / total.where(total > 0) * 100), SHARES)


def ranks(frame: pd.DataFrame, figure_id: str) -> pd.DataFrame:
    """Which place each part has in each month: 1 for the most.

    Args:
        frame: as ``by_month`` and ``by_quarter`` give it.
        figure_id: by which figure.

    Returns:
        One row per month and part, ``REST`` and ``NONE`` left out: ``RANKS``. No place is held twice: of equals
        the one that stands first in the frame is before. Missing where the part has nothing or is hidden.
    """
    named = frame[~frame["part"].isin([REST, NONE])]
    value = named[figure_id].astype("float64")
    held = value.where(value > 0)
    rank = held.groupby(named["month"]).rank(method="first", ascending=False)
    return shaped(named.assign(rank=rank), RANKS)


def _quarters(selection: Selection) -> list[tuple[date, date]]:
    """First and last selected month of each quarter."""
    quarters = []
    start = selection.start
    while start <= selection.end:
        end = min(add_months(start, QUARTER - 1 - (start.month - 1) % QUARTER), selection.end)
        quarters.append((start, end))
        start = add_months(end, 1)
    return quarters


def _known(selection: Selection, dimension: str) -> list[str]:
    """The parts that there can be, in the order in which they are listed."""
    match dimension:
        case "theme":
            known = selection.themes["theme_id"]
        case "district":
            known = selection.districts["district_code"]
        case "group":
            return [name for name in PARTICIPANT_GROUPS if name in (selection.filters.groups or PARTICIPANT_GROUPS)]
        case "kind":
            return [kind for kind in SPACE_KINDS if kind in set(selection.spaces["kind"])]
        case "network":
            there = selection.spaces["network_id"].dropna()
            known = selection.networks.loc[selection.networks["network_id"].isin(there), "network_id"]
        case _:
            known = selection.spaces.loc[selection.spaces["is_listed"], "space_id"]
    return [str(part) for part in known]


def _cut(selection: Selection, frame: pd.DataFrame, dimension: str) -> tuple[pd.DataFrame, Groups]:
    """Rows of held events or sessions, repeated for each of their themes where these are asked for, in their groups."""
    of_events = [] if dimension == "theme" else [_COLUMN_OF[dimension]]
    kept = frame[with_numbers(frame, ["event_number", "month", *EVENT_COLUMNS, *of_events])]
    if dimension == "theme":
        kept = selection.themed(kept, with_none=True)
    return kept, Groups(kept, [_COLUMN_OF[dimension]])


def _there(selection: Selection, dimension: str) -> set[str]:
    """The parts that held events and sessions belong to."""
    frames = selection.events, selection.sessions
    keys = pd.concat([_cut(selection, frame, dimension)[1].keys for frame in frames])
    return set(keys[_COLUMN_OF[dimension]].astype(TEXT).fillna(NONE))


def _parted(selection: Selection, dimension: str, parts: Sequence[str]) -> Selection:
    """The selection with its rows repeated for each of their parts, in the column ``part``."""
    known = list(dict.fromkeys([*parts, NONE, REST]))
    rest = known.index(REST)
    texts = pd.array(known, dtype=TEXT)

    def repeated(frame: pd.DataFrame) -> pd.DataFrame:
        kept, groups = _cut(selection, frame, dimension)
        found = groups.keys[_COLUMN_OF[dimension]].astype(TEXT).fillna(NONE)
        place = pd.Index(known).get_indexer(pd.Index(found))
        numbers = np.where(place < 0, rest, place)[groups.codes]
        parted = kept.assign(part=texts.take(numbers), part_number=numbers)
        # Several themes of an event that are told apart no further are the rest once.
        is_rest = numbers == rest
        once: pd.DataFrame = pd.concat([parted[~is_rest], parted[is_rest].drop_duplicates("event_number")])
        return once

    return replace(selection, events=repeated(selection.events), sessions=repeated(selection.sessions))
