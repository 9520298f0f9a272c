from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform.events import EventCity, events
from etl.transform.rows import Result

RowsOf = Callable[..., pd.DataFrame]
Read = Callable[..., Result]
AS_OF = date(2026, 2, 14)


@pytest.fixture
def read(rows: RowsOf, city: EventCity, pack_tables: Mapping[str, pd.DataFrame]) -> Read:
    def run(*listed: Mapping[str, str], sessions: tuple[Mapping[str, str], ...] = ()) -> Result:
        programmes = rows(Dataset.SESSIONS, *({"source_id": "s9", **session} for session in sessions))
        return events(rows(Dataset.EVENTS, *listed), programmes, city, pack_tables, AS_OF)

    return run


def event(result: Result, event_id: str) -> dict[str, object]:
    table = result.tables["events"]
    (found,) = table[table["event_id"] == event_id].to_dict("records")
    return {str(name): None if pd.isna(value) else value for name, value in found.items()}


LECTURE = {"event_code": "A-1", "title": "Лекція", "starts": "13.02.2026", "starts_time": "18:00", "space": "Вона хаб"}


def test_an_event_with_all_that_a_list_may_say(read: Read) -> None:
    result = read(
        {
            **LECTURE,
            "themes": "Екологія",
            "format": "лекція",
            "seats": "30",
            "series": "Вівторки",
            "organisers": "ГО «Двір»; ГО «Сад»",
            "partners": "Бібліотека",
            "funders": "GIZ",
        }
    )
    found = event(result, "kyiv-a-1")
    assert found["starts_at"] == pd.Timestamp("2026-02-13 18:00")
    assert (found["place_status"], found["space_id"], found["district_code"]) == ("space", "kyiv-vona-khab", "UA-EAST")
    assert (found["format"], found["seats_count"], found["series_name"]) == ("lecture", 30, "Вівторки")
    assert (found["status"], found["is_workshop"], found["is_attendance_recorded"]) == ("held", False, False)
    assert result.tables["event_themes"].to_numpy().tolist() == [["kyiv-a-1", "ecology"]]
    assert result.tables["event_organisations"].to_numpy().tolist() == [
        ["kyiv-a-1", "funder", "GIZ"],
        ["kyiv-a-1", "organiser", "ГО «Двір»"],
        ["kyiv-a-1", "organiser", "ГО «Сад»"],
        ["kyiv-a-1", "partner", "Бібліотека"],
    ]
    assert result.remarks.empty


@pytest.mark.parametrize(
    ("starts", "status", "expected"),
    [
        ("13.02.2026", None, "held"),
        ("14.02.2026", None, "held"),
        ("15.02.2026", None, "planned"),
        ("15.02.2026", "відбулася", "planned"),
        ("13.02.2026", "заплановано", "held"),
        ("13.02.2026", "скасовано", "cancelled"),
        ("15.02.2026", "скасовано", "cancelled"),
    ],
)
def test_status_on_the_day_the_data_speaks_for(starts: str, status: str | None, expected: str, read: Read) -> None:
    stated = {**LECTURE, "starts": starts, **({"status": status} if status else {})}
    assert event(read(stated), "kyiv-a-1")["status"] == expected


@pytest.mark.parametrize(
    ("stated", "field", "code"),
    [
        ({"starts": "13.02.2026"}, "title", "missing_value"),
        ({"title": "Лекція"}, "starts", "missing_value"),
        ({"title": "Лекція", "starts": "незабаром"}, "starts", "unreadable_date"),
    ],
)
def test_a_row_that_is_no_event_is_left_out(stated: dict[str, str], field: str, code: str, read: Read) -> None:
    result = read(stated)
    assert result.remarks[["field", "code"]].to_numpy().tolist() == [[field, code]]
    assert result.loaded.empty


def test_an_event_without_a_code_has_an_id_of_what_it_says(read: Read) -> None:
    bare = {name: text for name, text in LECTURE.items() if name != "event_code"}
    first, other_spelling = (read(stated).loaded for stated in (bare, {**bare, "title": "ЛЕКЦІЯ"}))
    assert len(first) == len(other_spelling) == 1
    ids = [
        set(read(stated).tables["events"]["event_id"]) - {"kyiv-hub-meetup-2"}
        for stated in (
            bare,
            {**bare, "title": "ЛЕКЦІЯ"},
            {**bare, "starts": "14.02.2026"},
            {**bare, "space": "Hub 4.0"},
        )
    ]
    assert ids[0] == ids[1]
    assert len(set().union(*ids)) == 3


def test_the_same_event_twice_is_one(read: Read) -> None:
    result = read(LECTURE, {**LECTURE, "source_id": "s2"})
    assert result.remarks["code"].tolist() == ["duplicate_row"]
    assert len(result.loaded) == 1


def test_another_event_under_the_same_code_is_told(read: Read) -> None:
    result = read(LECTURE, {**LECTURE, "title": "Зустріч", "seats": "30"})
    assert result.remarks["code"].tolist() == ["same_id_other_content"]
    assert event(result, "kyiv-a-1")["title"] == "Зустріч"


def test_a_demo_code_marks_demonstration_data(read: Read) -> None:
    assert event(read({**LECTURE, "event_code": "DEMO-KYV-1"}), "kyiv-demo-kyv-1")["origin"] == "demo"
    assert event(read({**LECTURE, "event_code": "DEMOS-1"}), "kyiv-demos-1")["origin"] == "own"


def test_unread_cells_do_not_cost_the_event(read: Read) -> None:
    result = read({**LECTURE, "seats": "багато", "format": "диво"})
    assert result.remarks["code"].tolist() == ["unread_cell", "unread_cell"]
    found = event(result, "kyiv-a-1")
    assert (found["seats_count"], found["format"]) == (None, "other")


WORKSHOP = {"event_code": "W", "title": "Майстерня", "starts": "12.06.2025", "ends": "17.06.2025", "venue": "Площа"}


def test_a_part_names_its_whole_by_code_or_title(read: Read) -> None:
    result = read(
        WORKSHOP,
        {"event_code": "P1", "title": "День 1", "starts": "12.06.2025", "parent": "W"},
        {"event_code": "P2", "title": "День 2", "starts": "13.06.2025", "parent": "Майстерня"},
    )
    table = result.tables["events"].set_index("event_id")
    assert table.loc[["kyiv-p1", "kyiv-p2"], "parent_event_id"].tolist() == ["kyiv-w", "kyiv-w"]
    assert table["is_workshop"].to_dict() == {
        "kyiv-hub-meetup-2": False,
        "kyiv-p1": True,
        "kyiv-p2": True,
        "kyiv-w": True,
    }


def test_a_whole_with_parts_on_one_day_is_no_workshop(read: Read) -> None:
    parts = ({"event_code": f"P{n}", "title": f"Частина {n}", "starts": "12.06.2025", "parent": "W"} for n in (1, 2))
    assert not read(WORKSHOP, *parts).tables["events"]["is_workshop"].any()


def test_a_city_workshop_is_one_only_when_it_lasts_days(read: Read) -> None:
    assert event(read({**WORKSHOP, "format": "майстерня міста"}), "kyiv-w")["is_workshop"]
    assert not event(read({**WORKSHOP, "format": "майстерня міста", "ends": "12.06.2025"}), "kyiv-w")["is_workshop"]


@pytest.mark.parametrize("parent", ["Невідома", "P1"])
def test_an_unknown_whole_leaves_the_part_on_its_own(parent: str, read: Read) -> None:
    result = read({"event_code": "P1", "title": "День 1", "starts": "12.06.2025", "parent": parent})
    assert result.remarks["code"].tolist() == ["unknown_parent"]
    assert event(result, "kyiv-p1")["parent_event_id"] is None


def test_parts_of_each_other_are_counted_on_their_own(read: Read) -> None:
    result = read(
        {"event_code": "P1", "title": "Один", "starts": "12.06.2025", "parent": "P2"},
        {"event_code": "P2", "title": "Два", "starts": "12.06.2025", "parent": "P1"},
    )
    assert result.tables["events"]["parent_event_id"].isna().all()


SESSION = {"of_event_code": "W", "title": "Лекція", "date": "12 червня", "starts_time": "10:00", "ends_time": "11:30"}


def test_a_programme_gives_sessions_in_the_year_and_place_of_their_event(read: Read) -> None:
    result = read(WORKSHOP, sessions=(SESSION, {**SESSION, "date": "13 червня", "venue": "Вона хаб"}))
    sessions = result.tables["events"].dropna(subset=["parent_event_id"])
    assert sessions["parent_event_id"].tolist() == ["kyiv-w", "kyiv-w"]
    assert sorted(sessions["starts_at"]) == [pd.Timestamp("2025-06-12 10:00"), pd.Timestamp("2025-06-13 10:00")]
    by_day = sessions.set_index("starts_on")
    assert by_day.loc["2025-06-12", "venue_name"] == "Площа"
    assert by_day.loc["2025-06-13", "space_id"] == "kyiv-vona-khab"
    assert sessions["is_workshop"].all()
    assert result.remarks.empty


def test_sessions_of_a_cancelled_event_are_cancelled(read: Read) -> None:
    result = read({**WORKSHOP, "status": "скасовано"}, sessions=(SESSION,))
    assert result.tables["events"].dropna(subset=["parent_event_id"])["status"].tolist() == ["cancelled"]


def test_a_session_twice_in_a_day_is_two_and_repeated_is_one(read: Read) -> None:
    result = read(WORKSHOP, sessions=(SESSION, {**SESSION, "starts_time": "15:00", "ends_time": "16:00"}, SESSION))
    assert result.tables["events"]["parent_event_id"].notna().sum() == 2
    assert result.remarks["code"].tolist() == ["duplicate_row"]


@pytest.mark.parametrize(
    ("session", "field", "code"),
    [
        ({**SESSION, "of_event_code": "X"}, None, "unknown_event"),
        ({"title": "Лекція", "of_event_code": "W"}, "date", "missing_value"),
        ({**SESSION, "date": "колись"}, "date", "unreadable_date"),
    ],
)
def test_a_session_without_its_event_or_day_is_left_out(
    session: dict[str, str], field: str | None, code: str, read: Read
) -> None:
    result = read(WORKSHOP, sessions=(session,))
    told = result.remarks.iloc[0]
    assert (told["field"] if isinstance(told["field"], str) else None, told["code"]) == (field, code)
    assert result.tables["events"]["parent_event_id"].isna().all()


def test_a_session_of_one_day_takes_the_day_of_its_event(read: Read) -> None:
    result = read({**WORKSHOP, "ends": "12.06.2025"}, sessions=({"title": "Лекція", "of_event_code": "W"},))
    assert result.tables["events"].dropna(subset=["parent_event_id"])["starts_on"].tolist() == [
        pd.Timestamp("2025-06-12")
    ]


def test_nothing_listed_leaves_the_packs_events(read: Read) -> None:
    result = read()
    assert result.tables["events"]["event_id"].tolist() == ["kyiv-hub-meetup-2"]
    assert result.loaded.empty
