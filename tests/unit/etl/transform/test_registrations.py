from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import pytest

from etl.contract import EVENTS, from_records
from etl.sources.raw import Dataset
from etl.transform.event_index import EventIndex
from etl.transform.events import EventCity
from etl.transform.registrations import PSEUDONYMOUS_COLUMNS, close, identify, resolve, unique

RowsOf = Callable[..., pd.DataFrame]


@pytest.fixture
def listed() -> pd.DataFrame:
    event = {
        "city_id": "kyiv",
        "is_workshop": False,
        "date_precision": "day",
        "place_status": "unknown",
        "format": "other",
        "status": "held",
        "is_attendance_recorded": False,
        "origin": "own",
        "source_id": "s0",
    }
    days = {"kyiv-a": ("2026-02-10", "2026-02-10"), "kyiv-b": ("2026-02-10", "2026-02-15")}
    return from_records(
        EVENTS,
        [
            {**event, "event_id": event_id, "title": event_id, "starts_on": first, "ends_on": last}
            for event_id, (first, last) in days.items()
        ],
    )


@pytest.fixture
def resolved(rows: RowsOf, city: EventCity, listed: pd.DataFrame) -> Callable[..., tuple[pd.DataFrame, pd.DataFrame]]:
    def run(*records: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        stacked = rows(Dataset.REGISTRATIONS, *records, columns=PSEUDONYMOUS_COLUMNS)
        return resolve(stacked, city, EventIndex.of("kyiv", city.tz, listed))

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


@pytest.mark.parametrize(("code", "problem"), [("невідома", "unknown_event"), (None, "missing_value")])
def test_a_row_of_no_listed_event_is_left_out(code: str | None, problem: str, resolved: Resolved) -> None:
    found, remarks = resolved({"event_code": code, "email_key": "e1"})
    assert found.empty
    assert remarks["code"].tolist() == [problem]


def test_the_file_names_the_event_where_the_row_does_not(resolved: Resolved) -> None:
    found, _ = resolved({"of_event_code": "a", "email_key": "e1"}, {**ANNA, "event_code": "b", "of_event_code": "a"})
    assert found["event_id"].tolist() == ["kyiv-a", "kyiv-b"]


def people(*keys: tuple[str | None, ...]) -> pd.DataFrame:
    """Rows of e-mail, phone and, where given, name and event."""
    full = [(*given, None, "kyiv-a")[:4] if len(given) == 2 else given for given in keys]
    return pd.DataFrame(full, columns=["email_key", "phone_key", "name_key", "event_id"]).astype("str")


def test_a_phone_belongs_to_the_one_email_it_stands_with() -> None:
    found, known = identify(people(("e1", "p1"), (None, "p1"), (None, "p2"), ("e2", None), (None, None)))
    assert found["identity"].tolist() == ["email", "phone", "phone", "email", "none"]
    assert found["person_id"].isna().tolist() == [False] * 4 + [True]
    assert found["person_id"].iloc[0] == found["person_id"].iloc[1]
    assert known[["person_id", "pseudonym", "identity"]].to_numpy().tolist() == [
        [1, "e1", "email"],
        [2, "e2", "email"],
        [3, "p2", "phone"],
    ]


def test_a_phone_of_two_emails_is_a_person_of_its_own() -> None:
    found, _ = identify(people(("e1", "p1"), ("e2", "p1"), (None, "p1")))
    assert found["person_id"].nunique() == 3
    assert found["identity"].tolist() == ["email", "email", "phone"]


def test_a_full_name_is_the_one_person_who_has_it_at_the_same_event() -> None:
    found, known = identify(
        people(
            ("e1", None, "n1", "kyiv-a"),
            (None, None, "n1", "kyiv-a"),
            (None, None, "n1", "kyiv-b"),
            (None, "p1", "n2", "kyiv-a"),
            (None, None, "n2", "kyiv-a"),
        )
    )
    assert found["identity"].tolist() == ["email", "name", "none", "phone", "name"]
    assert found["person_id"].fillna(0).tolist() == [1, 1, 0, 2, 2]
    assert known["identity"].tolist() == ["email", "phone"]


def test_a_name_that_two_people_of_an_event_have_is_nobody() -> None:
    rows = [("e1", None, "n1", "kyiv-a"), ("e2", None, "n1", "kyiv-a"), (None, None, "n1", "kyiv-a")]
    for order in (rows, rows[::-1]):
        found, _ = identify(people(*order))
        assert sorted(found["identity"]) == ["email", "email", "none"]
        assert found["person_id"].isna().sum() == 1


def test_nobody_is_nobody() -> None:
    found, known = identify(people())
    assert found.empty
    assert known.empty
    assert list(known) == ["person_id", "pseudonym", "identity"]


def settled(resolved: Resolved, *records: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    found, _ = resolved(*records)
    return unique(identify(found)[0])


def test_a_list_of_names_at_the_door_says_who_came(resolved: Resolved) -> None:
    """The strength told is that of the row which says that the person came."""
    signed_up = {**ANNA, "name_key": "n1"}
    door = {"event_code": "a", "name_key": "n1", "attended": "так", "source_id": "s2"}
    for order in ((signed_up, door), (door, signed_up)):
        found, remarks = settled(resolved, *order)
        assert found[["status", "identity"]].to_numpy().tolist() == [["attended", "name"]]
        assert found["person_id"].notna().all()
        assert remarks["code"].tolist() == ["duplicate_row"]
    found, _ = settled(resolved, {**signed_up, "attended": "так"}, door)
    assert found[["status", "identity"]].to_numpy().tolist() == [["attended", "email"]]


@pytest.mark.parametrize(
    ("statuses", "kept"),
    [
        (("registered", "attended"), "attended"),
        (("no_show", "registered"), "no_show"),
        (("registered", "waitlisted"), "registered"),
        (("cancelled", "waitlisted"), "waitlisted"),
    ],
)
def test_the_strongest_status_stays(statuses: tuple[str, str], kept: str, resolved: Resolved) -> None:
    for order in (statuses, statuses[::-1]):
        found, remarks = settled(resolved, *({**ANNA, "status": status} for status in order))
        assert found["status"].tolist() == [kept]
        assert remarks["code"].tolist() == ["duplicate_row"]


def test_what_one_row_leaves_open_another_states(resolved: Resolved) -> None:
    found, _ = settled(
        resolved,
        {**ANNA, "attended": "так", "source_id": "s2"},
        {**ANNA, "registered_at": "01.02.2026 10:00", "participant_group": "студент", "home_district": "Оболонь"},
        {**ANNA, "registered_at": "02.02.2026 10:00", "participant_group": "волонтер", "home_district": "Бровари"},
    )
    (row,) = found.to_dict("records")
    assert row["status"] == "attended"
    assert row["registered_at"] == pd.Timestamp("2026-02-01 10:00")
    assert (row["participant_group"], row["home_status"], row["home_district_code"]) == (
        "student",
        "district",
        "UA-WEST",
    )


def test_the_same_person_at_another_event_is_another_row(resolved: Resolved) -> None:
    found, remarks = settled(resolved, ANNA, {**ANNA, "event_code": "b"})
    assert len(found) == 2
    assert remarks.empty


def test_a_named_row_without_contact_repeats_only_when_all_of_it_does(resolved: Resolved) -> None:
    named = {"event_code": "a", "name_key": "n1"}
    found, remarks = settled(
        resolved, named, named, {**named, "participant_group": "студент"}, {**named, "name_key": "n2"}
    )
    assert len(found) == 3
    assert sorted(remarks["code"]) == ["duplicate_row", "no_contact", "no_contact", "no_contact"]


def test_nameless_rows_of_one_sheet_are_several_visitors_and_of_its_copy_the_same(resolved: Resolved) -> None:
    nameless = {"event_code": "a", "attended": "так"}
    copy = {**nameless, "source_id": "s2"}
    found, remarks = settled(resolved, nameless, nameless, copy, copy, copy)
    assert len(found) == 3
    assert (remarks["code"] == "duplicate_row").sum() == 2


AS_OF = date(2026, 2, 14)


def closed(
    resolved: Resolved, listed: pd.DataFrame, *records: Mapping[str, str], as_of: date = AS_OF
) -> tuple[pd.DataFrame, pd.DataFrame]:
    return close(settled(resolved, *records)[0], listed, as_of)


def test_who_did_not_come_is_known_only_where_somebody_noted_who_came(resolved: Resolved, listed: pd.DataFrame) -> None:
    boris = {"event_code": "a", "email_key": "e2"}
    without, events = closed(resolved, listed, ANNA, boris)
    assert without["status"].tolist() == ["registered", "registered"]
    assert not events["is_attendance_recorded"].any()
    noted, events = closed(resolved, listed, {**ANNA, "attended": "так"}, boris)
    assert sorted(noted["status"]) == ["attended", "no_show"]
    assert events.set_index("event_id")["is_attendance_recorded"].to_dict() == {"kyiv-a": True, "kyiv-b": False}


@pytest.mark.parametrize(("day", "status"), [(14, "registered"), (15, "no_show"), (16, "no_show")])
def test_nobody_is_missing_before_the_event_is_over(
    day: int, status: str, resolved: Resolved, listed: pd.DataFrame
) -> None:
    records = ({"event_code": "b", "email_key": "e1", "attended": "так"}, {"event_code": "b", "email_key": "e2"})
    found, _ = closed(resolved, listed, *records, as_of=date(2026, 2, day))
    assert sorted(found["status"]) == sorted(["attended", status])


def test_cancelled_and_waiting_stay_as_they_are(resolved: Resolved, listed: pd.DataFrame) -> None:
    records = [{**ANNA, "attended": "так"}]
    records += [{"event_code": "a", "email_key": key, "status": key} for key in ("cancelled", "waitlisted")]
    found, _ = closed(resolved, listed, *records)
    assert sorted(found["status"]) == ["attended", "cancelled", "waitlisted"]


def test_numbers_do_not_follow_the_order_of_rows(resolved: Resolved, listed: pd.DataFrame) -> None:
    records = [{"event_code": code, "email_key": key} for code in "ab" for key in ("e1", "e2", "e3")]
    numbered = [
        closed(resolved, listed, *order)[0][["registration_id", "event_id", "person_id"]].to_numpy().tolist()
        for order in (records, records[::-1])
    ]
    assert numbered[0] == numbered[1]
