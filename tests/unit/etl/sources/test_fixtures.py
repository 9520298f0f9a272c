"""One file of every format, made by us after the documented headers: from its bytes to rows of a snapshot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from etl import checks
from etl.accounts import FileAccount, InboxFile
from etl.identity import Key
from etl.pipeline import Bundle, build
from etl.sources.city_pack import CityPack
from etl.sources.raw import SourceError
from etl.sources.reading import read_file

FIXTURES = Path(__file__).with_name("fixtures")
KEY = Key(bytes(range(32)))
EVENTS = "Код події,Назва події,Дата,Простір\nA-1,Лекція,14.02.2026,Вона хаб\n"


@pytest.fixture
def run(pack: CityPack):
    def load(name: str) -> tuple[Bundle, FileAccount]:
        path = f"kyiv/{name}"
        files = [
            InboxFile(path, "own", (FIXTURES / name).read_bytes),
            InboxFile("kyiv/events.csv", "own", EVENTS.encode),
        ]
        bundle = build(files, [pack], [], KEY, date(2026, 3, 1))
        checks.check(bundle.tables)
        account = next(found for found in bundle.accounts if found.path == path)
        assert account.read == account.loaded + account.duplicate + account.rejected
        stored = "".join(frame.to_csv() for frame in bundle.tables.values())
        assert not any(word in stored for word in ("Секретенко", "секрет", "Тиха", "1234567", "@example.org"))
        return bundle, account

    return load


def counts(account: FileAccount) -> tuple[str, int, int, int, int]:
    return account.format, account.read, account.loaded, account.duplicate, account.rejected


def listed(bundle: Bundle, account: FileAccount) -> pd.DataFrame:
    events = bundle.tables["events"]
    return events[events["source_id"] == account.source_id].sort_values(["starts_on", "starts_at", "title"])


def test_attendees_of_meetup(run) -> None:
    bundle, account = run("Лекція - Attendees - 2026-02-20.xls")
    assert counts(account) == ("meetup_attendees", 3, 3, 0, 0)
    assert sorted(bundle.tables["registrations"]["status"]) == ["attended", "cancelled", "no_show"]
    assert account.reasons == {"guests_not_counted": 1, "no_contact": 3}
    assert "URL of Member Profile" in account.unknown_columns


def test_members_of_a_meetup_group_are_refused_with_the_reason() -> None:
    with pytest.raises(SourceError, match="list of a Meetup group's members"):
        read_file("x.xls", (FIXTURES / "meetup_members.xls").read_bytes())


def test_registrations_of_indico_get_their_plus_back(run) -> None:
    bundle, account = run("A-1 - Registrations.csv")
    assert counts(account) == ("indico", 3, 3, 0, 0)
    assert sorted(bundle.tables["registrations"]["status"]) == ["attended", "cancelled", "no_show"]
    assert sorted(bundle.tables["people"]["identity"]) == ["email", "phone", "phone"]
    frame = read_file("A-1 - Registrations.csv", (FIXTURES / "A-1 - Registrations.csv").read_bytes()).tables[0].frame
    assert frame["person_phone"].tolist() == ["+380671234567", "+380671234568", "+48221234567"]


def test_an_old_workbook_with_merged_cells_and_serials(run) -> None:
    bundle, account = run("participants.xls")
    assert counts(account) == ("registration_list", 2, 2, 0, 0)
    assert sorted(bundle.tables["registrations"]["status"]) == ["attended", "no_show"]
    assert account.reasons == {"unknown_sheet": 1}
    frame = read_file("x", (FIXTURES / "participants.xls").read_bytes()).tables[0].frame
    assert frame["event_title"].tolist() == ["Лекція", "Лекція"]
    assert frame["event_starts"].tolist() == ["2026-02-14", "2026-02-14"]
    assert frame["person_name"].tolist() == ["Анна Тиха", "NA"]
    assert frame["person_phone"].tolist() == ["380671234567", "0671234568"]
    assert frame["row"].tolist() == [4, 5]


def test_records_of_a_portal(run) -> None:
    bundle, account = run("datastore.json")
    assert counts(account) == ("monthly_return", 3, 2, 0, 1)
    assert bundle.tables["monthly_returns"]["visitors_count"].tolist() == [1050, 340]
    assert account.reasons == {"partial_file": 1, "unknown_space": 1}
    assert account.unknown_columns == ("Відповідальна особа",)


def test_a_portals_description_of_data_is_refused_with_what_to_download() -> None:
    with pytest.raises(SourceError, match=r"\(3, of them tables: 2\)"):
        read_file("x.json", (FIXTURES / "package.json").read_bytes())


def test_a_list_of_records(run) -> None:
    bundle, account = run("events.json")
    assert counts(account) == ("events", 2, 1, 0, 1)
    (event,) = listed(bundle, account).to_dict("records")
    assert (event["title"], event["seats_count"], event["space_id"]) == ("Лекція про воду", 40, "kyiv-vona-khab")
    assert account.unknown_columns == ("Примітка",)


def test_a_calendar(run) -> None:
    bundle, account = run("events.ics")
    assert counts(account) == ("icalendar", 7, 6, 0, 1)
    events = listed(bundle, account)
    assert [f"{at:%m-%d %H:%M}" if pd.notna(at) else None for at in events["starts_at"]] == [
        "01-05 18:00",
        "01-12 18:00",
        "01-27 19:00",
        "02-14 18:00",
        "02-15 18:00",
        None,
    ]
    assert events["title"].tolist()[3] == "Лекція і розмова про те, як облаштувати двір, сквер і майданчик біля будинку"
    assert events["ends_on"].dt.day.tolist() == [5, 12, 27, 14, 15, 21]
    assert events["status"].tolist() == ["held"] * 5 + ["cancelled"]
    assert events["place_status"].tolist()[4] == "online"
    assert account.reasons == {"missing_value": 1}
    assert {"ATTENDEE", "ORGANIZER", "DESCRIPTION"} <= set(account.unknown_columns)


def test_rows_of_a_calendar_are_found_by_the_line_they_begin_in() -> None:
    tables = read_file("x", (FIXTURES / "events.ics").read_bytes()).tables
    assert [(table.sheet, table.frame["row"].tolist()) for table in tables] == [
        ("-", [7, 31, 39, 47, 54]),
        ("RRULE 21", [1, 2]),
    ]


def test_events_of_a_site(run) -> None:
    bundle, account = run("events.jsonld")
    assert counts(account) == ("schema_org", 4, 4, 0, 0)
    events = listed(bundle, account)
    assert events["title"].tolist() == ["Виставка плакатів", "Фестиваль дворів", "Майстер-клас", "Скасована зустріч"]
    assert events["format"].tolist() == ["exhibition", "other", "other", "other"]
    assert events["status"].tolist() == ["held", "held", "held", "cancelled"]
    assert events["space_id"].fillna("").tolist() == ["kyiv-vona-khab", "kyiv-hub-4-0", "", ""]
    assert events["place_status"].tolist()[2] == "online"
    assert events["parent_event_id"].tolist()[2] == events["event_id"].tolist()[1]
    assert bundle.tables["event_organisations"]["name"].tolist() == ["ГО «Двір»"]
    assert "performer" in account.unknown_columns


def test_places_of_a_map(run) -> None:
    bundle, account = run("spaces.geojson")
    assert counts(account) == ("geojson_spaces", 4, 3, 0, 1)
    spaces = bundle.tables["spaces"]
    own = spaces[spaces["source_id"] == account.source_id].set_index("name_uk")
    assert own.loc["Простір «Двір»", ["kind", "address", "capacity_count"]].tolist() == ["hub", "вул. Озерна, 1", 60]
    assert own.loc["Медіатека", ["lat_deg", "lon_deg"]].tolist() == [50.401, 30.601]
    assert own.loc["Без місця", "location_status"] == "unknown"
    assert account.reasons == {"area_not_place": 1}
    assert "contact:phone" in account.unknown_columns


def test_a_monthly_return_in_koi8(run) -> None:
    bundle, account = run("monthly_koi8.csv")
    assert account.encoding == "koi8-u"
    assert counts(account) == ("monthly_return", 2, 2, 0, 0)
    assert bundle.tables["monthly_returns"]["visitors_count"].tolist() == [1050, 340]
