from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform.events import EventCity
from etl.transform.registrations import PSEUDONYMOUS_COLUMNS, clean

RowsOf = Callable[..., pd.DataFrame]


@pytest.fixture
def resolved(rows: RowsOf, city: EventCity) -> Callable[..., tuple[pd.DataFrame, pd.DataFrame]]:
    def run(*records: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        return clean(rows(Dataset.REGISTRATIONS, *records, columns=PSEUDONYMOUS_COLUMNS), city.gazetteer, city.tz)

    return run


Resolved = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]
ANNA = {"event_code": "a", "email_key": "e1"}


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ({}, "registered"),
        ({"status": "скасовано"}, "cancelled"),
        ({"status": "лист очікування"}, "waitlisted"),
        ({"attended": "так"}, "attended"),
        ({"status": "скасовано", "attended": "14.02.2026 18:05"}, "attended"),
        ({"attended": "ні"}, "registered"),
        ({"status": "не прийшла"}, "no_show"),
    ],
)
def test_status(stated: dict[str, str], status: str, resolved: Resolved) -> None:
    found, remarks = resolved({**ANNA, **stated})
    assert found["status"].tolist() == [status]
    assert remarks.empty


@pytest.mark.parametrize(
    ("stated", "code", "field"),
    [
        ({"participant_group": "пенсіонер"}, "unknown_group", "participant_group"),
        ({"home_district": "Нірвана"}, "unknown_district", "home_district"),
        ({"status": "хтозна"}, "unread_cell", "status"),
        ({"attended": "мабуть"}, "unread_cell", "attended"),
        ({"registered_at": "колись"}, "unread_cell", "registered_at"),
    ],
)
def test_what_is_not_recognised_is_told_and_counted(
    stated: dict[str, str], code: str, field: str, resolved: Resolved
) -> None:
    found, remarks = resolved({**ANNA, **stated})
    assert len(found) == 1
    assert remarks[["code", "field"]].to_numpy().tolist() == [[code, field]]


@pytest.mark.parametrize(
    ("home", "status"),
    [("Оболонь", "district"), ("Бровари", "outside_city"), ("Київ", "not_stated"), ("Нірвана", "not_stated")],
)
def test_home(home: str, status: str, resolved: Resolved) -> None:
    found, _ = resolved({**ANNA, "home_district": home})
    assert found["home_status"].tolist() == [status]
    assert found["home_district_code"].notna().tolist() == [status == "district"]


def test_the_file_names_the_event_where_the_row_does_not(resolved: Resolved) -> None:
    found, _ = resolved({"of_event_code": "a", "email_key": "e1"}, {**ANNA, "event_code": "b", "of_event_code": "a"})
    assert found["event_code"].tolist() == ["a", "b"]
