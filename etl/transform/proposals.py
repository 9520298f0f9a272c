"""Project questionnaires → ``proposals`` of one city."""

from __future__ import annotations

import pandas as pd

from etl.contract import PROPOSALS
from etl.transform import places, vocabulary
from etl.transform.event_index import EventIndex
from etl.transform.events import EventCity
from etl.transform.ids import digest
from etl.transform.rows import ADDRESS, Result, join_remarks, over_distinct, remarks, settle
from etl.transform.text import clean, fold
from etl.transform.themes import theme_ids
from etl.transform.times import days

_CONTENT = ("title", "theme_id", "stage", "district_code", "submitted_on")


def proposals(rows: pd.DataFrame, city: EventCity, index: EventIndex) -> Result:
    """Read a city's project proposals.

    Args:
        rows: stacked rows of the data set ``proposals``, one city.
        city: the city.
        index: its events.

    Returns:
        ``proposals``, one row per title handed in at an event. A row without a title is left out, and so are those of
        a file that names an event which is not listed; a file may name none.
    """
    found = index.find(rows["of_event_code"], rows["of_event_title"], rows["of_event_starts"])
    is_lost = found["problem"].notna() & (found["problem"] != "missing_value")
    title = over_distinct(rows["title"], clean)
    is_proposal = title.notna() & ~is_lost
    named = rows[is_proposal]
    stated = places.districts(named["district"], city.gazetteer)
    theme = theme_ids(named["theme"], city.theme_aliases)
    stage = vocabulary.ids(named["stage"], vocabulary.PROPOSAL_STAGES)
    submitted = days(named["submitted_on"])
    event_id = found["event_id"][is_proposal]
    ids = [
        f"{city_id}-{digest(event or '', fold(text))}"
        for city_id, event, text in zip(named["city_id"], event_id.fillna(""), title[is_proposal], strict=True)
    ]
    read = named.assign(
        proposal_id=pd.Series(ids, index=named.index, dtype="str"),
        event_id=event_id,
        title=title[is_proposal],
        theme_id=theme,
        stage=stage.fillna("idea"),
        district_code=stated["district_code"],
        submitted_on=submitted,
    )
    kept, settled = settle(read, ["proposal_id"], _CONTENT)
    unread = ((stage, "stage"), (submitted, "submitted_on"))
    return Result(
        {"proposals": PROPOSALS.conform(kept[list(PROPOSALS.column_names)])},
        kept[ADDRESS],
        join_remarks(
            [
                remarks(rows, rows["title"].isna(), "missing_value", "title"),
                *(remarks(rows, found["problem"] == code, code) for code in found["problem"][is_lost].unique()),
                settled,
                remarks(named, named["theme"].notna() & theme.isna(), "unknown_theme", "theme"),
                remarks(named, stated["stated"].isin(["unknown", "city"]), "unknown_district", "district"),
                remarks(named, stated["stated"] == "outside_city", "outside_city", "district"),
                *(remarks(named, named[field].notna() & value.isna(), "unread_cell", field) for value, field in unread),
            ]
        ),
    )
