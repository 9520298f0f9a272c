"""Lists of who came to a meet-up of hubs → ``event_spaces`` of one city."""

from __future__ import annotations

import pandas as pd

from etl.contract import EVENT_SPACES
from etl.transform import places, vocabulary
from etl.transform.event_index import EventIndex
from etl.transform.places import Gazetteer
from etl.transform.rows import ADDRESS, Result, join_remarks, over_pack, remarks, settle

_KEY = ("event_id", "space_id")


def meetups(rows: pd.DataFrame, gazetteer: Gazetteer, index: EventIndex, pack: pd.DataFrame) -> Result:
    """Read which spaces took part in a city's meet-ups and lay them over its pack's.

    Args:
        rows: stacked rows of the data set ``meetups``, one city.
        gazetteer: the city, with all its spaces.
        index: its events.
        pack: the pack's ``event_spaces``.

    Returns:
        ``event_spaces`` (the pack's among them). A row whose event or space is not listed is left out.
    """
    code, title, starts = (
        rows[name].where(rows[name].notna(), rows[f"of_{of}"])
        for name, of in (("event_code", "event_code"), ("event_title", "event_title"), ("starts", "event_starts"))
    )
    found = index.find(code, title, starts)
    space_id = places.spaces(rows["space"], gazetteer)
    role = vocabulary.ids(rows["role"], vocabulary.SPACE_ROLES)
    mentoring = vocabulary.ids(rows["mentoring"], vocabulary.MENTORING)
    read = rows.assign(
        event_id=found["event_id"], space_id=space_id, role=role.fillna("participant"), mentoring=mentoring
    ).dropna(subset=list(_KEY))
    kept, settled = settle(read, _KEY, ["role", "mentoring"])
    taken, stays, repeats = over_pack(kept, pack, _KEY)
    table = pd.concat([taken[list(EVENT_SPACES.column_names)], stays], ignore_index=True)
    unread = ((role, "role"), (mentoring, "mentoring"))
    return Result(
        {"event_spaces": EVENT_SPACES.conform(table)},
        taken[ADDRESS],
        join_remarks(
            [
                *(
                    remarks(rows, found["problem"] == code, code, "event_title")
                    for code in found["problem"].dropna().unique()
                ),
                remarks(rows, rows["space"].isna(), "missing_value", "space"),
                remarks(rows, rows["space"].notna() & space_id.isna(), "unknown_space", "space"),
                settled,
                repeats,
                *(remarks(rows, rows[field].notna() & value.isna(), "unread_cell", field) for value, field in unread),
            ]
        ),
    )
