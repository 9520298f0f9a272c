from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform.event_index import EventIndex
from etl.transform.events import EventCity
from etl.transform.meetups import meetups
from etl.transform.rows import Result

RowsOf = Callable[..., pd.DataFrame]
ROW = {"event_title": "Друга зустріч хабів", "starts": "14.02.2023", "space": "Вона хаб"}


@pytest.fixture
def read(rows: RowsOf, city: EventCity, pack_tables: dict[str, pd.DataFrame]) -> Callable[..., Result]:
    def run(*records: dict[str, str]) -> Result:
        index = EventIndex.of("kyiv", city.tz, pack_tables["events"])
        return meetups(rows(Dataset.MEETUPS, *records), city.gazetteer, index, pack_tables["event_spaces"])

    return run


Read = Callable[..., Result]


def test_a_space_at_a_meetup(read: Read) -> None:
    result = read({**ROW, "role": "учасник", "mentoring": "потребує"})
    table = result.tables["event_spaces"].set_index("space_id")
    assert table.loc["kyiv-vona-khab", ["role", "mentoring"]].tolist() == ["participant", "requests"]
    assert table.loc["kyiv-dialog-hub", "role"] == "host"  # the pack's
    assert result.remarks.empty


def test_a_space_without_a_role_took_part(read: Read) -> None:
    assert read(ROW).tables["event_spaces"]["role"].tolist() == ["host", "participant"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"event_title": "Невідома"}, "unknown_event"),
        ({"space": "Невідомий"}, "unknown_space"),
        ({"space": None}, "missing_value"),
    ],
)
def test_what_is_not_listed_is_left_out(change: dict[str, str], code: str, read: Read) -> None:
    result = read({**ROW, **change})
    assert result.remarks["code"].tolist() == [code]
    assert result.loaded.empty


def test_a_demonstration_row_does_not_change_a_real_meetup(read: Read) -> None:
    result = read({**ROW, "space": "Dialog hub", "role": "учасник", "origin": "demo"})
    assert result.tables["event_spaces"]["role"].tolist() == ["host"]
    assert result.remarks["code"].tolist() == ["duplicate_row"]
