from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform.event_index import EventIndex
from etl.transform.events import EventCity
from etl.transform.proposals import proposals
from etl.transform.rows import Result

RowsOf = Callable[..., pd.DataFrame]
PROPOSAL = {
    "of_event_title": "Друга зустріч хабів",
    "title": "Велопарковка",
    "theme": "Екологія",
    "stage": "в роботі",
    "district": "Оболонь",
    "submitted_on": "13.02.2023",
}


@pytest.fixture
def read(rows: RowsOf, city: EventCity, pack_tables: dict[str, pd.DataFrame]) -> Callable[..., Result]:
    def run(*records: dict[str, str | None]) -> Result:
        return proposals(rows(Dataset.PROPOSALS, *records), city, EventIndex.of("kyiv", city.tz, pack_tables["events"]))

    return run


Read = Callable[..., Result]


def test_a_proposal(read: Read) -> None:
    result = read(PROPOSAL)
    (found,) = result.tables["proposals"].to_dict("records")
    assert (found["event_id"], found["theme_id"], found["stage"]) == ("kyiv-hub-meetup-2", "ecology", "in_progress")
    assert (found["district_code"], found["submitted_on"]) == ("UA-WEST", pd.Timestamp("2023-02-13"))
    assert result.remarks.empty


def test_a_proposal_need_not_belong_to_an_event(read: Read) -> None:
    result = read({**PROPOSAL, "of_event_title": None})
    assert result.tables["proposals"]["event_id"].isna().all()
    assert result.remarks.empty


@pytest.mark.parametrize(
    ("change", "code", "loaded"),
    [
        ({"title": None}, "missing_value", 0),
        ({"of_event_title": "Невідома"}, "unknown_event", 0),
        ({"theme": "космос"}, "unknown_theme", 1),
        ({"stage": "хтозна"}, "unread_cell", 1),
        ({"district": "Нірвана"}, "unknown_district", 1),
        ({"submitted_on": "торік"}, "unread_cell", 1),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, str | None], code: str, loaded: int, read: Read) -> None:
    result = read({**PROPOSAL, **change})
    assert result.remarks["code"].tolist() == [code]
    assert len(result.loaded) == loaded


def test_a_title_is_handed_in_once_at_an_event(read: Read) -> None:
    result = read(PROPOSAL, {**PROPOSAL, "title": "ВЕЛОПАРКОВКА", "theme": None}, {**PROPOSAL, "of_event_title": None})
    assert len(result.loaded) == 2
    assert result.remarks["code"].tolist() == ["same_id_other_content"]
