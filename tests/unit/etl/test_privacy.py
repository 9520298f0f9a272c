from __future__ import annotations

import pandas as pd
import pytest

from etl.identity import Key
from etl.issues import RowIssue
from etl.privacy import without_people
from etl.sources.raw import RAW_COLUMNS, Dataset, RawFile, RawTable

KEY = Key(bytes(range(32)))


def file(dataset: Dataset, *records: dict[str, str], sheet: str = "-", **more: object) -> RawFile:
    frame = pd.DataFrame(records, columns=list(RAW_COLUMNS[dataset]), dtype="str")
    frame.insert(0, "row", range(2, 2 + len(records)))
    headers = {name: name for name in RAW_COLUMNS[dataset]}
    return RawFile("a.csv", "0", "utf-8", (RawTable(dataset, "list", sheet, frame, headers, **more),))  # type: ignore[arg-type]


def stripped(raw: RawFile, erased: frozenset[str] = frozenset()) -> tuple[RawFile, int]:
    (found,) = without_people([raw], KEY, erased)
    return found


@pytest.mark.parametrize(
    "column", ["title", "venue", "address", "organisers", "series", "themes", "event_code", "seats"]
)
def test_a_contact_in_a_cell_is_hidden_and_remarked(column: str) -> None:
    bare, _ = stripped(file(Dataset.EVENTS, {column: "0671234567"}, {column: "Лекція"}))
    (table,) = bare.tables
    assert table.frame[column].tolist() == ["…", "Лекція"]
    assert bare.issues == (RowIssue("-", 2, "contact_hidden", column),)


@pytest.mark.parametrize("column", ["starts", "ends_time", "lat", "lon"])
def test_times_and_points_stay_as_they_are(column: str) -> None:
    bare, _ = stripped(file(Dataset.EVENTS, {column: "50.0671234567"}))
    assert bare.tables[0].frame[column].tolist() == ["50.0671234567"]
    assert bare.issues == ()


@pytest.mark.parametrize(("seats", "kept"), [("120", "120"), ("67123456", "67123456"), ("671234567", "…")])
def test_a_count_of_nine_digits_is_a_phone_without_its_zero(seats: str, kept: str) -> None:
    assert stripped(file(Dataset.EVENTS, {"seats": seats}))[0].tables[0].frame["seats"].tolist() == [kept]


def test_headers_sheets_and_what_the_file_is_about_hold_no_contact() -> None:
    raw = file(
        Dataset.SPACES,
        sheet="anna@example.org",
        unknown_columns=("Питання: 0671234567", "Нотатки"),
        context={"event_title": "Лекція, anna@example.org", "event_code": "671234567"},
    )
    (table,) = stripped(raw)[0].tables
    assert (table.sheet, table.unknown_columns) == ("…", ("Питання: …", "Нотатки"))
    assert table.context == {"event_title": "Лекція, …", "event_code": "671234567"}


def test_sheets_that_look_the_same_without_contacts_are_told_apart() -> None:
    first, second = (file(Dataset.SPACES, {"name": "Хаб"}, sheet=name) for name in ("0671234567", "0501234567"))
    raw = RawFile("a.xlsx", "0", None, (*first.tables, *second.tables), (RowIssue("0501234567", 9, "broken_line"),))
    bare, _ = stripped(raw)
    assert [table.sheet for table in bare.tables] == ["…", "… (2)"]
    assert bare.issues == (RowIssue("… (2)", 9, "broken_line"),)


def test_rows_of_the_erased_and_remarks_on_them_are_left_out_and_counted() -> None:
    people = [{"person_email": f"{name}@example.org"} for name in ("anna", "borys")]
    raw = file(Dataset.REGISTRATIONS, *people, {"person_phone": "0671234567"}, {"person_name": "Анна"})
    raw = RawFile(raw.file_name, raw.sha256, raw.encoding, raw.tables, (RowIssue("-", 2, "unread_cell"),))
    erased = {KEY.mark(str(KEY.email("anna@example.org"))), KEY.mark(str(KEY.phone("0671234567")))}
    bare, count = stripped(raw, frozenset(erased))
    assert count == 2
    assert bare.tables[0].frame["row"].tolist() == [3, 5]
    assert bare.issues == ()
    everybody, none = stripped(raw)
    assert (len(everybody.tables[0].frame), none) == (4, 0)


def test_a_row_is_its_emails_whatever_phone_stands_in_it() -> None:
    raw = file(Dataset.REGISTRATIONS, {"person_email": "borys@example.org", "person_phone": "0671234567"})
    erased = frozenset({KEY.mark(str(KEY.phone("0671234567")))})
    assert stripped(raw, erased)[1] == 0


def test_the_file_given_stays_as_it_is() -> None:
    raw = file(Dataset.EVENTS, {"title": "0671234567"})
    stripped(raw)
    assert raw.tables[0].frame["title"].tolist() == ["0671234567"]


def test_an_empty_list_keeps_its_columns() -> None:
    (table,) = stripped(file(Dataset.REGISTRATIONS))[0].tables
    assert {"row", "event_title", "email_key", "phone_key", "name_key"} <= set(table.frame)
