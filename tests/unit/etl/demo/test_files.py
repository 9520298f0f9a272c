from __future__ import annotations

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from etl.demo.city import DemoCity
from etl.demo.exports import EVENTBRITE_HEADER, GOOGLE_HEADERS, LUMA_HEADER, PRETIX_HEADER
from etl.demo.files import EVENTS_HEADER, PROPOSALS_HEADER, RETURNS_HEADER, SESSIONS_HEADER, SPACES_HEADER, city_files
from etl.demo.plan import CityPlan, plan


@pytest.fixture(scope="module")
def files(small_plan: CityPlan) -> dict[str, bytes]:
    return dict(city_files(small_plan))


def lines_of(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251")
    delimiter = ";" if text.splitlines()[0].count(";") > text.splitlines()[0].count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def registration_lists(files: dict[str, bytes], headers: tuple[tuple[str, ...], ...]) -> dict[str, list[list[str]]]:
    read = {name: lines_of(content) for name, content in files.items() if name.startswith("Реєстрації/")}
    known = {header[:width] for header in headers for width in (len(header), len(header) - 1)}
    return {name: lines for name, lines in read.items() if tuple(lines[0]) in known}


def sheet_rows(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True))


def test_the_same_plan_gives_the_same_bytes(city: DemoCity, small_plan: CityPlan, files: dict[str, bytes]) -> None:
    again = dict(city_files(plan(city, seed=11, months=12, until=small_plan.until)))
    assert again == files


def test_every_tool_is_there(files: dict[str, bytes]) -> None:
    for headers in (GOOGLE_HEADERS, (PRETIX_HEADER,), (EVENTBRITE_HEADER,), (LUMA_HEADER,)):
        assert registration_lists(files, headers)


def test_every_line_of_the_plan_is_written_once_and_early_ones_twice(
    small_plan: CityPlan, files: dict[str, bytes]
) -> None:
    written = sum(len(lines_of(c)) - 1 for name, c in files.items() if name.startswith("Реєстрації/"))
    assert written == len(small_plan.registrations) + len(small_plan.early_registrations())


def test_broken_lines_and_no_others_have_a_field_too_many(small_plan: CityPlan, files: dict[str, bytes]) -> None:
    surplus = 0
    for name, content in files.items():
        if name.startswith("Реєстрації/"):
            header, *lines = lines_of(content)
            assert all(len(line) - len(header) in (0, 1) for line in lines)
            surplus += sum(len(line) > len(header) for line in lines)
    both = (small_plan.registrations["fate"], small_plan.early_registrations()["fate"])
    assert surplus == sum((fates == "broken_line").sum() for fates in both) > 0


def test_google_forms_stamp_day_first_with_seconds(files: dict[str, bytes]) -> None:
    for header, *lines in registration_lists(files, GOOGLE_HEADERS).values():
        assert header[0] == "Позначка часу"
        assert all(re.fullmatch(r"\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d", line[0]) for line in lines)


def test_the_three_apostrophes_stand_in_questions() -> None:
    questions = " ".join(question for header in GOOGLE_HEADERS for question in header) + " ".join(PRETIX_HEADER)
    assert "'" in questions
    assert "ʼ" in questions


def test_pretix_writes_utf8_without_a_mark_and_its_own_dates(files: dict[str, bytes]) -> None:
    for name, (header, *lines) in registration_lists(files, (PRETIX_HEADER,)).items():
        assert not files[name].startswith(b"\xef\xbb\xbf")
        seen, ordered_on, ordered_at = (
            header.index(n) for n in ("Зареєстрований", "Дата замовлення", "Час замовлення")
        )
        assert all(re.fullmatch(r"(?:\d\d\.\d\d\.\d{4} \d\d:\d\d)?", line[seen]) for line in lines)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", line[ordered_on]) for line in lines)
        assert all(re.fullmatch(r"\d\d:\d\d:\d\d", line[ordered_at]) for line in lines)
        assert any(line[seen] for line in lines)


def test_luma_names_the_event_in_the_file_and_writes_utc(small_plan: CityPlan, files: dict[str, bytes]) -> None:
    guests = registration_lists(files, (LUMA_HEADER,))
    codes = set(small_plan.events["event_code"])
    for name, (header, *lines) in guests.items():
        found = re.fullmatch(r"Реєстрації/(DEMO-SML-\d{5}) - Guests - (\d{4}-\d\d-\d\d)\.csv", name)
        assert found
        assert found[1] in codes
        assert files[name].startswith(b"\xef\xbb\xbf")
        created = header.index("created_at")
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z", line[created]) for line in lines)


def test_luma_shifts_local_time_to_utc(small_plan: CityPlan, files: dict[str, bytes]) -> None:
    luma = small_plan.events.loc[small_plan.events["tool"] == "luma"]
    listed = small_plan.registrations["event_no"].isin(luma.index)
    local = small_plan.registrations.loc[listed, "registered_at"]
    utc = local.dt.tz_localize("Europe/Kyiv", ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC").dropna()
    lines = registration_lists(files, (LUMA_HEADER,)).values()
    written = {line[header.index("created_at")] for header, *rows in lines for line in rows}
    assert set(utc.dt.strftime("%Y-%m-%dT%H:%M:%S.000Z")) <= written


def test_eventbrite_writes_american_dates(files: dict[str, bytes]) -> None:
    for header, *lines in registration_lists(files, (EVENTBRITE_HEADER,)).values():
        dated = header.index("Order Date")
        assert all(re.fullmatch(r"\d\d/\d\d/\d\d \d\d:\d\d", line[dated]) for line in lines)
        assert {line[header.index("Checked In")] for line in lines} <= {"Yes", "No"}


def test_lists_of_events_come_in_three_ways(files: dict[str, bytes]) -> None:
    lists = {name: content for name, content in files.items() if name.startswith("Події/")}
    marked = [c for name, c in lists.items() if name.endswith(".csv") and c.startswith(b"\xef\xbb\xbf")]
    coded = [c for name, c in lists.items() if name.endswith(".csv") and not c.startswith(b"\xef\xbb\xbf")]
    books = [c for name, c in lists.items() if name.endswith(".xlsx")]
    assert marked
    assert books
    assert coded
    for content in (*marked, *coded):
        assert tuple(lines_of(content)[0]) == EVENTS_HEADER
    for content in coded:
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        assert b";" in content
    for content in books:
        assert EVENTS_HEADER in sheet_rows(content, "Події")


def test_every_event_stands_in_a_list(small_plan: CityPlan, files: dict[str, bytes]) -> None:
    codes = []
    for name, content in files.items():
        if name.startswith("Події/"):
            rows = sheet_rows(content, "Події") if name.endswith(".xlsx") else lines_of(content)
            codes += [row[0] for row in rows if str(row[0]).startswith("DEMO-")]
    assert set(codes) == set(small_plan.events["event_code"])


def test_the_list_of_spaces_shows_their_troubles(small_plan: CityPlan, files: dict[str, bytes]) -> None:
    rows = sheet_rows(files["Перелік просторів.xlsx"], "Простори")
    start = rows.index(SPACES_HEADER) + 1
    listed = [dict(zip(SPACES_HEADER, row, strict=True)) for row in rows[start:]]
    assert [row["Назва простору"] for row in listed] == small_plan.spaces["name_uk"].tolist()
    assert sum((row["Широта"], row["Довгота"]) == (0, 0) for row in listed) == 1
    assert sum(row["Район"] is None and row["Адреса"] is None and row["Широта"] is None for row in listed) == 1


def test_a_return_stands_below_its_heading_and_one_lies_there_twice(files: dict[str, bytes]) -> None:
    returns = {name: content for name, content in files.items() if name.startswith("Місячні звіти/")}
    assert len(returns) == 11 + 1
    assert len(set(returns.values())) == 11
    for content in returns.values():
        assert sheet_rows(content, "Звіт").index(RETURNS_HEADER) == 3


def test_the_workshop_names_its_event_above_both_tables(small_plan: CityPlan, files: dict[str, bytes]) -> None:
    workshop = small_plan.events.loc[small_plan.events["is_workshop"]].iloc[0]
    content = files["Майстерня міста 2025.xlsx"]
    for sheet, header in (("Програма", SESSIONS_HEADER), ("Пропозиції", PROPOSALS_HEADER)):
        rows = sheet_rows(content, sheet)
        above = rows[: rows.index(header)]
        assert ("Подія:", workshop["title"]) in [row[:2] for row in above]
        assert ("Код події:", workshop["event_code"]) in [row[:2] for row in above]
    assert len(sheet_rows(content, "Програма")) == 5 + len(small_plan.sessions)


def test_no_name_of_a_file_holds_a_sign_that_some_system_forbids(files: dict[str, bytes]) -> None:
    assert not [name for name in files if re.search(r'[:\\*?"<>|]', name)]
    assert all(len(part.encode()) <= 255 for name in files for part in name.split("/"))


def test_headings_say_that_it_is_a_demonstration(files: dict[str, bytes]) -> None:
    first = sheet_rows(files["Перелік просторів.xlsx"], "Простори")[0][0]
    assert "демонстраційні дані" in str(first)
