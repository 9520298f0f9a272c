"""The counts of events and people that most metrics share, by whatever they are counted by.

People are counted as the role may know them. The public's blocks (see ``disclosure``) are the parts of one event's
list: those who took part, those who did not come, the rest. Every filter but that of participant groups leaves a
list whole or leaves it out; of chosen groups the public is shown no numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics.disclosure import (
    HIDDEN,
    Blocks,
    Disclosure,
    Flags,
    Ratio,
    blocks,
    is_too_small,
    protect,
    published,
)
from dashboard.metrics.grouping import Groups, with_numbers
from dashboard.metrics.rows import (
    ATTENDED,
    HAS_CONTACT,
    HAS_LEAD,
    NO_SHOW,
    TOOK_PART,
    Array,
    Rows,
    Runs,
    distinct,
    distinct_by_class,
    distinct_since,
    flagged_by_class,
    flags_of,
    medians,
    month_numbers,
)
from dashboard.metrics.selection import Numbers, Selection, numbers_of
from dashboard.metrics.shape import COUNT, FLAG, NUMBER, shaped, whole

PEOPLE: Final = (
    "registrations_count",
    "attendances_count",
    "no_shows_count",
    "attendance_base_count",
    "participations_count",
    "identified_participations_count",
    "participants_count",
    "seat_attendances_count",
    "lead_registrations_count",
)
"""Columns of a summary that count people."""
_NOTED: Final = ("attendances_count", "no_shows_count", "attendance_base_count", "seat_attendances_count")
"""Those that need somebody to have noted who came."""

COUNTS: Final[Mapping[str, str]] = {
    "events_count": COUNT,
    "sessions_count": COUNT,
    "recorded_events_count": COUNT,
    "seat_events_count": COUNT,
    "seats_count": COUNT,
    **dict.fromkeys(PEOPLE, COUNT),
    "median_lead_days": NUMBER,
}
"""Columns of a summary before it is protected."""

RATIOS: Final = (
    Ratio("attendance_rate_pct", "attendances_count", "attendance_base_count"),
    Ratio("no_show_rate_pct", "no_shows_count", "attendance_base_count"),
    Ratio("attendance_coverage_pct", "recorded_events_count", "events_count"),
    Ratio("contact_coverage_pct", "identified_participations_count", "participations_count"),
    Ratio("seat_use_pct", "seat_attendances_count", "seats_count"),
    Ratio("seat_coverage_pct", "seat_events_count", "events_count"),
    Ratio("lead_coverage_pct", "lead_registrations_count", "registrations_count"),
)
"""Columns of a summary that are computed from what may be shown."""

OF_ROWS: Final = ("participants_count", "median_lead_days")
"""Columns of a summary that cannot be added up from lists: for these the rows of people are read."""

EVENT_COLUMNS: Final = ("is_attendance_recorded", "seats_count", "has_registrations")
"""What a summary reads of events and sessions, beside their number."""

_DEPENDENT: Final = {"median_lead_days": "lead_registrations_count"}


def protected(
    frame: pd.DataFrame,
    own: Mapping[str, str],
    disclosure: Disclosure,
    *,
    people: Sequence[str] = (),
    ratios: Sequence[Ratio] = (),
) -> pd.DataFrame:
    """Shape a frame with a summary's columns and make it fit for a role.

    Args:
        frame: has the columns ``own``, ``COUNTS`` and the companions that ``summary`` made.
        own: columns beside the summary, with their types; they come first.
        disclosure: who looks.
        people: those of ``own`` that count people.
        ratios: to compute beside ``RATIOS``.

    Returns:
        ``own``, ``COUNTS``, the names of ``RATIOS`` and ``ratios`` (float64), and the companions
        ``<column>_is_hidden`` of every people, ratio and median column.
    """
    companions = {name + HIDDEN: FLAG for name in (*people, *PEOPLE) if name + HIDDEN in frame or name in PEOPLE}
    return protect(
        shaped(frame, {**own, **COUNTS, **companions}),
        disclosure,
        people=(*people, *PEOPLE),
        ratios=(*RATIOS, *ratios),
        dependent=_DEPENDENT,
    )


def summary(
    selection: Selection,
    by: Sequence[str],
    keys: pd.DataFrame,
    disclosure: Disclosure,
    *,
    with_others: bool = False,
    needed: Collection[str] = OF_ROWS,
) -> pd.DataFrame:
    """Counts of held events, sessions and their registrations for every row of ``keys``, people as the role may know.

    Args:
        selection: the rows to count; events and sessions have the columns ``by``. An event that is repeated, for each
            of its themes say, has its list as often.
        by: names of the columns to count by, or none for all together; a missing value is a group of its own.
        keys: has the columns ``by``, each combination once, and any others, which are kept.
        disclosure: who looks.
        with_others: whether sign-ups for what is not counted, planned or cancelled, are in ``registrations_count``.
        needed: those of ``OF_ROWS`` that are read; the others may be missing.

    Returns:
        ``keys`` with the columns ``COUNTS`` and the companions of ``PEOPLE``; 0 where nothing was counted, missing
        before the first month of the city's lists. People are missing, not 0, where something was held and no list of
        it is known; attendances where nobody noted who came.
    """
    names = list(by)
    # What is known of a row is looked up by its place, so rows chosen out of more have to be numbered anew.
    keys = keys.reset_index(drop=True)
    columns = with_numbers(selection.events, ["event_number", *EVENT_COLUMNS, *names])
    frames = [selection.events[columns], selection.sessions[columns]]
    others = [selection.others[columns]] if with_others else []
    listed = pd.concat([*frames, *others], ignore_index=True)
    groups = Groups(listed, names)
    place = np.arange(len(listed))
    is_event = place < len(frames[0])
    is_held = place < len(frames[0]) + len(frames[1])
    recorded = is_held & listed["is_attendance_recorded"].to_numpy(dtype=bool)
    seats = listed["seats_count"].to_numpy(dtype="float64", na_value=0)
    has_seats = is_event & recorded & (seats > 0)
    numbers = numbers_of(listed)
    lists = _Lists(selection, numbers, disclosure)
    attended = blocks(np.where(has_seats, selection.rows.lists[ATTENDED][numbers], 0).astype("float64"), disclosure)
    people = {
        **_people(lists, groups, needed),
        "seat_attendances_count": lists.told(_added(attended, groups)),
    }
    has_list = groups.sum(is_held & listed["has_registrations"].to_numpy(dtype=bool)) > 0
    has_record = groups.sum(recorded) > 0
    something = groups.sum(is_held) > 0
    unknown = {name: something & ~(has_record if name in _NOTED else has_list) for name in PEOPLE}
    counted = {
        "events_count": groups.sum(is_event),
        "sessions_count": groups.sum(is_held & ~is_event),
        "recorded_events_count": groups.sum(is_event & recorded),
        "seat_events_count": groups.sum(has_seats),
        "seats_count": groups.sum(np.where(has_seats, seats, 0)),
        **{name: np.where(unknown[name], np.nan, people[name][0]) for name in PEOPLE},
    }
    hidden = {name: people[name][1] & ~unknown[name] for name in PEOPLE}
    medians_found = lists.medians(groups) if "median_lead_days" in needed else np.full(len(groups.keys), np.nan)
    at = groups.places(keys)
    # What is missing of a group that was found is unknown; of one that was not there is nothing, since lists tell.
    is_untold = {
        is_of_people: (at < 0) & ~told(keys, selection, is_of_people=is_of_people).to_numpy(dtype=bool)
        for is_of_people in (True, False)
    }
    return keys.assign(
        **{
            name: whole(np.where(is_untold[name in PEOPLE], np.nan, _at(values, at, 0.0)))
            for name, values in counted.items()
        },
        median_lead_days=_at(medians_found, at, np.nan),
        **{name + HIDDEN: _at(flags, at, nothing=False) for name, flags in hidden.items()},
    )


def _at(of_groups: Array, places: Array, nothing: float) -> Array:
    """What is known of the groups at some places; nothing where there is no group."""
    found: Array = np.append(of_groups, np.array(nothing, dtype=of_groups.dtype))[places]
    return found


def told(frame: pd.DataFrame, selection: Selection, *, is_of_people: bool) -> pd.Series[bool]:
    """Whether the city's lists, or those with people, begin by a row's month; by the selection's end without one."""
    first = selection.span.first_people_month if is_of_people else selection.span.first_month
    if first is None:
        return pd.Series(data=False, index=frame.index)
    last = frame.get("month", default=pd.Series(pd.Timestamp(selection.end), index=frame.index))
    return last >= pd.Timestamp(first)


def zero_where_nobody(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Counts that no row was found for are 0, and nothing is hidden in them."""
    counts = frame.fillna({name: 0 for name in columns if not name.endswith(HIDDEN)})
    flags = {name: frame[name].eq(other=True) for name in columns if name.endswith(HIDDEN)}
    return counts.assign(**flags)


def of_registrations(
    selection: Selection, by: Sequence[str], disclosure: Disclosure, *, with_participants: bool = True
) -> pd.DataFrame:
    """Count people by the columns ``by`` of their events, which become the index; a missing value is a group too.

    Without columns to count by all are one group, 0.

    Columns: those of ``PEOPLE`` that registrations tell (Int64, as the role may know them), and their companions;
    without ``participants_count``, for which the rows of people are read, where it is not wanted. No row for a group
    without registrations.
    """
    listed = _listed(selection, by)
    groups = Groups(listed, by)
    lists = _Lists(selection, numbers_of(listed), disclosure)
    people = _people(lists, groups, OF_ROWS if with_participants else ())
    if not with_participants:
        del people["participants_count"]
    return groups.indexed(
        pd.DataFrame(
            {name: whole(values) for name, (values, _) in people.items()}
            | {name + HIDDEN: hidden for name, (_, hidden) in people.items()}
        )
    )


def of_classes(selection: Selection, by: Sequence[str], classes: Sequence[str]) -> pd.DataFrame:
    """Count people exactly by columns of their events and by what they are themselves; for analysts alone.

    Args:
        selection: the rows to count; events and sessions have the columns ``by``.
        by: names of columns of events, or none.
        classes: ``participant_group``, ``home_status`` or ``home_district_code``, or several of them.

    Returns:
        One row per combination that there is: ``by`` and ``classes`` as index, ``registrations_count``,
        ``attendances_count``, ``no_shows_count``, ``attendance_base_count``, ``participants_count`` (Int64).
    """
    rows = selection.rows
    listed = _listed(selection, by)
    groups = Groups(listed, by)
    of_rows, values = rows.classes(classes)
    runs = Runs.of(rows, numbers_of(listed), groups.codes, len(groups.keys))
    flagged = flagged_by_class(runs, of_rows, len(values))
    people = distinct_by_class(runs.taken(rows.people), runs.bounds, runs.taken(of_rows), len(values))
    registrations, attended, no_shows = (flags_of(flagged, flag).reshape(-1) for flag in (0, ATTENDED, NO_SHOW))
    counted = pd.DataFrame(
        {
            "registrations_count": registrations,
            "attendances_count": attended,
            "no_shows_count": no_shows,
            "attendance_base_count": attended + no_shows,
            "participants_count": people.reshape(-1),
        }
    ).astype(COUNT)
    of_groups = groups.keys[list(by)].take(np.repeat(np.arange(len(groups.keys)), len(values)))
    of_classes = values.take(np.tile(np.arange(len(values)), len(groups.keys)))
    sides = [frame.reset_index(drop=True) for frame in (of_groups, of_classes)]
    together = pd.concat([*sides, counted], axis="columns")
    return together[together["registrations_count"] > 0].set_index([*by, *classes])


def in_all(selection: Selection, disclosure: Disclosure, *, with_participants: bool = True) -> pd.DataFrame:
    """Everyone together: one row as of ``of_registrations``, of zeros where there is nobody."""
    found = of_registrations(selection, [], disclosure, with_participants=with_participants).reindex([0])
    return zero_where_nobody(found, list(found.columns))


def shown_lists(rows: Rows, numbers: Numbers, disclosure: Disclosure) -> Flags:
    """Of which events with these numbers the role may know who took part."""
    identified = rows.lists[TOOK_PART | HAS_CONTACT][numbers].astype("float64")
    return ~is_too_small(identified, disclosure)


def people_by_month(selection: Selection, disclosure: Disclosure) -> tuple[Array, Array]:
    """Distinct people of each month of a selection, in the lists that the role may see: all, and those new in it.

    These are exact, to be shown as the role may know them.
    """
    return selection.remember(("people by month", disclosure), lambda: _people_by_month(selection, disclosure))


def people_in_all(selection: Selection, disclosure: Disclosure) -> tuple[int, int]:
    """Distinct people of all months of a selection together, as ``people_by_month`` counts them: all, and the new."""
    return selection.remember(("people in all", disclosure), lambda: _people_in_all(selection, disclosure))


def _people_in_all(selection: Selection, disclosure: Disclosure) -> tuple[int, int]:
    rows, numbers = selection.rows, selection.held_numbers
    those = rows.taken(rows.people, rows.in_order(numbers[shown_lists(rows, numbers, disclosure)]))
    first_new = rows.first_of(month_numbers(pd.Series([selection.start_at])))
    since = np.stack([np.ones_like(first_new), first_new])
    all_, new = distinct_since(those, np.array([0, len(those)]), since)[:, 0].tolist()
    return all_, new


def _people_by_month(selection: Selection, disclosure: Disclosure) -> tuple[Array, Array]:
    rows, numbers = selection.rows, selection.held_numbers
    month = selection.months["month"]
    is_shown = shown_lists(rows, numbers, disclosure)
    months_held = pd.concat([selection.events["month"], selection.sessions["month"]])
    codes = pd.Index(month).get_indexer(pd.Index(months_held))
    runs = Runs.of(rows, numbers[is_shown], codes[is_shown], len(month))
    # Who came in a month had their first time in it or before: from the first number of the month on all are new.
    first_new = rows.first_of(month_numbers(month))
    all_, new = distinct_since(runs.taken(rows.people), runs.bounds, np.stack([np.ones_like(first_new), first_new]))
    return all_, new


def rows_of_shown_lists(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """The rows of those who took part, without the lists that are too small for the role."""
    registrations = selection.registrations
    took_part = registrations[registrations["is_participation"] & registrations["person_id"].notna()]
    return took_part[shown_lists(selection.rows, numbers_of(took_part), disclosure)]


def _listed(selection: Selection, by: Sequence[str]) -> pd.DataFrame:
    """``event_number`` and the columns ``by`` of what was held and has registrations among the rows."""
    columns = with_numbers(selection.events, ["event_number", *by])
    held = pd.concat([selection.events[columns], selection.sessions[columns]], ignore_index=True)
    return held[selection.rows.counts[numbers_of(held)] > 0].reset_index(drop=True)


def _people(lists: _Lists, groups: Groups, needed: Collection[str]) -> dict[str, tuple[Array, Flags]]:
    """People of lists by the groups of their events: counts, missing where hidden, and whether they are."""
    found = lists.exact() if lists.disclosure.is_open else lists.blocks()
    told = {name: lists.told(_added(each, groups)) for name, each in found.items()}
    unknown = np.full(len(groups.keys), np.nan), np.zeros(len(groups.keys), dtype=bool)
    told["participants_count"] = lists.told(lists.people(groups)) if "participants_count" in needed else unknown
    return told


def _added(found: Blocks, groups: Groups) -> Blocks:
    value = groups.sum(found.value)
    return Blocks(value, value if found.least is found.value else groups.sum(found.least))


def _together(*parts: Blocks) -> Blocks:
    value, least = (np.sum([getattr(part, name) for part in parts], axis=0) for name in ("value", "least"))
    return Blocks(value, least)


class _Lists:
    """The lists of some events, each as often as its event is named, and what the role may know of each."""

    def __init__(self, selection: Selection, numbers: Numbers, disclosure: Disclosure) -> None:
        self._selection, self._rows, self._numbers, self.disclosure = selection, selection.rows, numbers, disclosure
        rows = selection.rows
        # Chosen groups cut lists apart, and what is left of them are no blocks.
        self.is_cut = bool(selection.filters.groups) and not disclosure.is_open
        self._signed_up = self._of(rows.counts)
        self._attended, self._missed, self._took_part, self._identified, self._timed = (
            self._of(rows.lists[flag]) for flag in (ATTENDED, NO_SHOW, TOOK_PART, TOOK_PART | HAS_CONTACT, HAS_LEAD)
        )

    def _of(self, of_events: Array) -> Array:
        return of_events[self._numbers].astype("float64")

    def exact(self) -> dict[str, Blocks]:
        """What analysts are told of each list."""
        columns = {
            "registrations_count": self._signed_up,
            "attendances_count": self._attended,
            "no_shows_count": self._missed,
            "attendance_base_count": self._attended + self._missed,
            "participations_count": self._took_part,
            "identified_participations_count": self._identified,
            "lead_registrations_count": self._timed,
        }
        return {name: Blocks(values, values) for name, values in columns.items()}

    def blocks(self) -> dict[str, Blocks]:
        """What the public is told of each list."""
        took_part, missed = (blocks(each, self.disclosure) for each in (self._took_part, self._missed))
        signed_up = self._signed_up_as_shown()
        came = self._where(took_part, self._attended > 0)
        return {
            "registrations_count": signed_up,
            "attendances_count": came,
            "no_shows_count": missed,
            "attendance_base_count": _together(came, missed),
            "participations_count": took_part,
            "identified_participations_count": blocks(self._identified, self.disclosure),
            # How many of a list have a time would tell about the rest of it: a list counts whole or not at all.
            "lead_registrations_count": self._where(signed_up, self._timed * 2 > self._signed_up),
        }

    def _signed_up_as_shown(self) -> Blocks:
        rest = self._signed_up - self._took_part - self._missed
        return _together(*(blocks(each, self.disclosure) for each in (self._took_part, self._missed, rest)))

    @staticmethod
    def _where(found: Blocks, flags: Flags) -> Blocks:
        return Blocks(np.where(flags, found.value, 0), np.where(flags, found.least, 0))

    def told(self, found: Blocks) -> tuple[Array, Flags]:
        """Counts as the role is told them, and which of them are hidden."""
        shown, hidden = published(found, self.disclosure)
        return shown, hidden | self.is_cut

    def people(self, groups: Groups) -> Blocks:
        """Distinct people of the lists that may be shown; where none may be though somebody came, a hidden number."""
        is_shown = shown_lists(self._rows, self._numbers, self.disclosure)
        if groups.by == ["month"]:
            months = pd.Index(self._selection.months["month"])
            counted = people_by_month(self._selection, self.disclosure)[0][months.get_indexer(groups.index)]
        elif not groups.by:
            counted = np.full(len(groups.keys), people_in_all(self._selection, self.disclosure)[0])
        else:
            numbers, codes = self._numbers[is_shown], groups.codes[is_shown]
            runs = Runs.of(self._rows, numbers, codes, len(groups.keys))
            counted = distinct(runs.taken(self._rows.people), runs.bounds)
        # A hidden one needs some number that is not 0; which one is shown to nobody.
        unseen = (counted == 0) & (groups.sum(self._identified) > 0)
        return Blocks(np.where(unseen, 1.0, counted), counted.astype("float64"))

    def medians(self, groups: Groups) -> Array:
        """Median of the days before the event, of the lists that may be shown."""
        is_shown = np.full(len(self._numbers), fill_value=True)
        if not self.disclosure.is_open:
            is_shown = self._signed_up_as_shown().least >= self.disclosure.min_group_size
        rows, count = self._rows, len(groups.keys)
        # In the order of their rows, which are then read where they are.
        places = rows.rank[self._numbers[is_shown]] * max(1, count) + groups.codes[is_shown]
        ranks, codes = np.divmod(np.sort(places), max(1, count))
        numbers = rows.order[ranks]
        of_rows = np.repeat(codes.astype("int32"), rows.counts[numbers])
        return medians(rows.taken(rows.lead_days, numbers), of_rows, count)
