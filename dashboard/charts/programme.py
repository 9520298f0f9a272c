"""The programme of a day by place and hour: what goes on at the same time stands side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

_SHORTEST_MIN: Final = 15


@dataclass(frozen=True)
class Slot:
    """Where one session stands; rows and columns count from 0, ends are the first that is no longer its own."""

    session: int
    """Place of the session's row in the frame, from 0."""
    column: int
    row: int
    row_end: int


@dataclass(frozen=True)
class Timetable:
    """A day on a grid."""

    places: tuple[tuple[str, int], ...]
    """The places from the left, each with how many columns it takes: more than one where two sessions overlap."""
    times: tuple[str, ...]
    """The hour at which each row begins, «10:30»; rows last until the next one's."""
    starts: frozenset[int]
    """Rows in which some session begins."""
    slots: tuple[Slot, ...]
    """The sessions with hours, by hour and then from the left."""
    untimed: tuple[int, ...]
    """The sessions without hours, as places in the frame."""


def timetable(sessions: pd.DataFrame) -> Timetable:
    """Arrange the sessions of one day.

    Args:
        sessions: one row per session. Columns: `place` (text), `starts_at`, `ends_at` (local instants, may be
            missing). A session whose end is not known, or is not after its start, takes a quarter of an hour.

    Returns:
        The day; places stand in the order in which something first begins there.
    """
    frame = sessions.reset_index(drop=True)
    timed = frame[frame["starts_at"].notna()].sort_values(["starts_at", "place"], kind="stable")
    shortest = timed["starts_at"] + pd.Timedelta(minutes=_SHORTEST_MIN)
    ends = timed["ends_at"].where(timed["ends_at"] > timed["starts_at"], shortest)
    moments = sorted({*timed["starts_at"], *ends})
    row_of = {moment: row for row, moment in enumerate(moments)}
    lanes: dict[str, list[pd.Timestamp]] = {place: [] for place in dict.fromkeys(timed["place"])}
    found: list[tuple[int, str, int, Any, Any]] = []
    for number, place, start, end in zip(timed.index, timed["place"], timed["starts_at"], ends, strict=True):
        free = lanes[place]
        lane = next((lane for lane, taken_until in enumerate(free) if taken_until <= start), len(free))
        free[lane : lane + 1] = [end]
        found.append((int(number), place, lane, start, end))
    widths = {place: len(taken) for place, taken in lanes.items()}
    first = {place: sum(list(widths.values())[:number]) for number, place in enumerate(widths)}
    slots = [Slot(number, first[place] + lane, row_of[start], row_of[end]) for number, place, lane, start, end in found]
    return Timetable(
        places=tuple(widths.items()),
        times=tuple(f"{moment:%H:%M}" for moment in moments[:-1]),
        starts=frozenset(slot.row for slot in slots),
        slots=tuple(sorted(slots, key=lambda slot: (slot.row, slot.column))),
        untimed=tuple(int(number) for number in frame.index[frame["starts_at"].isna()]),
    )
