"""How registrations come into memory: batch by batch into small numbers, then in the order of their events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from dashboard.metrics.rows import (
    ATTENDED,
    HAS_CONTACT,
    HAS_LEAD,
    HAS_TIME,
    NEVER,
    NO_SHOW,
    TOOK_PART,
    Array,
    Rows,
    month_numbers,
)
from etl.contract import HOME_STATUSES, PARTICIPANT_GROUPS

COLUMNS: Final = (
    "event_id",
    "person_id",
    "registered_at",
    "status",
    "participant_group",
    "home_district_code",
    "home_status",
)
"""What is read of registrations; the other columns are left in their file."""

_NO_DAY: Final = np.iinfo("int64").min


def joined(batches: Iterator[pd.DataFrame], events: pd.DataFrame, numbers: pd.Series[int]) -> Rows:
    """The registrations of a city's events.

    Args:
        batches: ``COLUMNS`` of registrations, texts as categories, some rows at a time, at least once: what is kept
            of them is a fifth of what they take.
        events: by number: ``month``, ``starts_on``, ``status``, ``date_precision``, ``is_attendance_recorded``,
            ``space_id``, ``district_code``.
        numbers: the number of each event, by id.
    """
    is_held = ((events["status"] == "held") & (events["date_precision"] != "year")).to_numpy(dtype=bool)
    is_noted = events["is_attendance_recorded"].to_numpy(dtype=bool)
    starts_on = _days(events["starts_on"])
    home_codes: dict[str, int] = {}
    parts = [_part(batch, numbers, is_held, is_noted, starts_on, home_codes) for batch in batches]
    columns = {name: np.concatenate([part.pop(name) for part in parts]) for name in tuple(parts[0])}
    return _in_order(columns, events, tuple(home_codes))


def _part(
    batch: pd.DataFrame,
    numbers: pd.Series[int],
    is_held: Array,
    is_noted: Array,
    starts_on: Array,
    home_codes: dict[str, int],
) -> dict[str, Array]:
    events = _translated(batch["event_id"], numbers.reindex(batch["event_id"].cat.categories).fillna(-1), "int32")
    if not (events >= 0).all():
        batch, events = batch[events >= 0], events[events >= 0]
    status = {name: _is(batch["status"], name) for name in ("attended", "registered", "no_show")}
    attended = is_held[events] & status["attended"]
    took_part = attended | (is_held[events] & status["registered"] & ~is_noted[events])
    people = batch["person_id"].to_numpy(dtype="int64", na_value=-1)
    registered_on = _days(batch["registered_at"])
    lead_days = starts_on[events] - registered_on
    lead_days[(registered_on == _NO_DAY) | (starts_on[events] == _NO_DAY) | (lead_days < 0)] = -1
    flags = np.zeros(len(batch), dtype="uint8")
    for flag, mask in (
        (ATTENDED, attended),
        (NO_SHOW, is_held[events] & status["no_show"]),
        (TOOK_PART, took_part),
        (HAS_CONTACT, people >= 0),
        (HAS_LEAD, lead_days >= 0),
        (HAS_TIME, registered_on != _NO_DAY),
    ):
        flags |= mask.astype("uint8") * np.uint8(flag)
    homes = batch["home_district_code"].cat.categories
    for code in homes:
        home_codes.setdefault(str(code), len(home_codes))
    return {
        "events": events,
        "people": np.where(took_part, people, -1).astype("int32"),
        "flags": flags,
        "groups": _translated(batch["participant_group"], _places_in(batch["participant_group"], PARTICIPANT_GROUPS)),
        "home_statuses": _translated(batch["home_status"], _places_in(batch["home_status"], HOME_STATUSES)),
        "homes": _translated(batch["home_district_code"], [home_codes[str(code)] for code in homes], "int16") + 1,
        "lead_days": lead_days.astype("int32"),
    }


def _in_order(columns: dict[str, Array], events: pd.DataFrame, home_codes: tuple[str, ...]) -> Rows:
    months = month_numbers(events["month"])
    # Within a month those of one space lie together, and of one district: what is chosen of them are long pieces.
    places = [pd.factorize(events[name], sort=True)[0] for name in ("space_id", "district_code")]
    in_order = np.lexsort((*places, months))
    rank = np.empty(len(events), dtype="int32")
    rank[in_order] = np.arange(len(events), dtype="int32")
    numbers = columns.pop("events")
    counts = np.bincount(numbers, minlength=len(events))
    starts = np.zeros(len(events), dtype="int64")
    starts[in_order] = np.cumsum(counts[in_order]) - counts[in_order]
    ranks = rank[numbers]
    del numbers
    if not (ranks[1:] >= ranks[:-1]).all():
        order = np.argsort(ranks, kind="stable").astype("int32" if len(ranks) <= NEVER else "int64")
        for name in columns:
            columns[name] = columns[name][order]
        del order
    del ranks
    given = columns.pop("people")
    is_somebody = given >= 0
    # Numbered in the order of first visits, so that those who come in one month lie near one another.
    codes, ids = pd.factorize(given[is_somebody])
    people = np.zeros(len(given), dtype="int32")
    people[is_somebody] = codes + 1
    del codes, given, is_somebody
    first_months = np.full(len(ids) + 1, NEVER)
    # Written from the last to the first month, the first is what stays.
    first_months[people[::-1]] = np.repeat(months[in_order], counts[in_order])[::-1]
    first_months[0] = NEVER
    return Rows(
        order=in_order,
        starts=starts,
        counts=counts,
        people=people,
        person_ids=np.concatenate([[0], ids]),
        first_months=first_months,
        home_codes=home_codes,
        **columns,
    )


def _translated(texts: pd.Series, codes: Sequence[int] | pd.Series[int], dtype: str = "int8") -> Array:
    """The code of each text, given those of its categories; -1 where it is missing."""
    of_categories = np.append(np.asarray(codes, dtype=dtype), np.array(-1, dtype=dtype))
    translated: Array = of_categories[texts.cat.codes.to_numpy()]
    return translated


def _places_in(texts: pd.Series, order: tuple[str, ...]) -> list[int]:
    return [order.index(str(text)) for text in texts.cat.categories]


def _is(texts: pd.Series, text: str) -> Array:
    is_text: Array = _translated(texts, [int(category == text) for category in texts.cat.categories]) == 1
    return is_text


def _days(moments: pd.Series[pd.Timestamp]) -> Array:
    """Days since 1970, ``_NO_DAY`` where missing."""
    days: Array = moments.to_numpy(dtype="datetime64[us]").astype("datetime64[D]").astype("int64")
    return days
