import hashlib
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.limits import Limits
from etl.sources.raw import RAW_COLUMNS, Dataset, SourceError
from etl.sources.reading import LAYOUTS, read_file, recognise

SPACES = "Назва простору;Район\nХаб;Подільський\n"


def workbook(**sheets: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_file_says_what_it_is() -> None:
    content = SPACES.encode("cp1251")
    file = read_file("перелік.csv", content)
    assert file.file_name == "перелік.csv"
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.encoding == "cp1251"
    assert file.tables[0].sheet == "-"


@pytest.mark.parametrize("name", ["перелік.csv", "Перелік.XLSX", "без розширення", "luma - Guests - 1.csv"])
def test_the_name_of_a_file_does_not_matter(name: str) -> None:
    file = read_file(name, SPACES.encode())
    assert file.tables[0].format == "spaces"
    assert not file.tables[0].context


def test_every_line_is_a_row_or_a_broken_line() -> None:
    file = read_file("x.csv", f"{SPACES}Б;В;Г\n\nД\nЕ;Є\n".encode())
    assert file.tables[0].frame["row"].tolist() == [2, 6]
    assert [(issue.row, issue.code, issue.outcome) for issue in file.issues] == [
        (3, "broken_line", "rejected"),
        (5, "broken_line", "rejected"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.format)
def test_every_layout_reads_an_empty_table_with_all_columns_in_type(layout) -> None:
    needed = {name for need in layout.needs for name in need}
    header = [field.headers[0] for field in layout.fields if field.name in needed and field.headers]
    line = ";".join(f'"{name}"' for name in header)
    file = read_file("x.csv", f"Подія: Лекція\n{line}\n".encode())
    (table,) = file.tables
    assert table.dataset is layout.dataset
    assert table.frame.columns.tolist() == ["row", *RAW_COLUMNS[layout.dataset]]
    assert len(table.frame) == 0
    assert {str(dtype) for dtype in table.frame.dtypes[1:]} == {"str"}
    assert str(table.frame["row"].dtype) == "int64"


def test_columns_have_their_type_with_rows_too() -> None:
    frame = read_file("x.csv", "Позначка часу,Подія,Пошта\nt,Лекція,\n".encode()).tables[0].frame
    assert {str(dtype) for dtype in frame.dtypes[1:]} == {"str"}
    assert frame["person_email"].isna().all()


def test_na_is_text_and_blank_is_missing() -> None:
    frame = read_file("x.csv", "Назва простору,Район\nNA,  \nnull,nan\n".encode()).tables[0].frame
    assert frame["name"].tolist() == ["NA", "null"]
    assert frame["district"].isna().tolist() == [True, False]


def test_each_recognised_sheet_is_a_table_and_the_others_are_mentioned() -> None:
    file = read_file(
        "x.xlsx",
        workbook(
            Програма=[["Подія: Майстерня"], ["Захід", "Дата"], ["Лекція", "12.06.2017"]],
            Пропозиції=[["Подія: Майстерня"], ["Назва проєкту", "Тема"], ["Сквер", "екологія"]],
            Нотатки=[["секрет"]],
            Порожній=[],
        ),
    )
    assert [(table.sheet, table.dataset) for table in file.tables] == [
        ("Програма", Dataset.SESSIONS),
        ("Пропозиції", Dataset.PROPOSALS),
    ]
    assert [(issue.sheet, issue.code, issue.outcome) for issue in file.issues] == [
        ("Нотатки", "unknown_sheet", "flagged")
    ]
    assert file.encoding is None


def test_an_unknown_file_is_refused_without_its_content() -> None:
    with pytest.raises(SourceError) as refusal:
        read_file("x.csv", b"secret,a@example.org\n1,2\n")
    for reason in (refusal.value.reason_uk, refusal.value.reason_en):
        assert "2" in reason
        assert "Назва простору" in reason
        assert "secret" not in reason
        assert "example.org" not in reason


def test_people_without_an_event_are_refused_and_with_one_are_not() -> None:
    people = "ПІБ,Телефон\nН,067\n"
    with pytest.raises(SourceError, match="which event") as refusal:
        read_file("x.csv", people.encode())
    assert "«Подія: назва»" in refusal.value.reason_uk
    assert read_file("x.csv", f"Подія: Лекція\n{people}".encode()).tables[0].context == {"event_title": "Лекція"}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n", workbook(А=[])])
def test_a_file_without_rows_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="no rows"):
        read_file("x.csv", content)


def test_an_old_office_file_that_is_no_workbook_is_refused_with_a_remedy() -> None:
    with pytest.raises(SourceError, match="save it again as XLSX"):
        read_file("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_a_file_is_as_large_as_the_limit() -> None:
    content = SPACES.encode()
    assert read_file("x.csv", content, Limits(max_file_bytes=len(content))).tables
    with pytest.raises(SourceError, match="bytes in the file, at most") as refusal:
        read_file("x.csv", content, Limits(max_file_bytes=len(content) - 1))
    assert "поділіть" in refusal.value.reason_uk


def test_a_blank_first_header_is_no_obstacle() -> None:
    table = read_file("x.csv", ";Назва простору;Район\n1;Хаб;Подільський\n".encode()).tables[0]
    assert table.frame["name"].tolist() == ["Хаб"]
    assert table.unknown_columns == ()


def test_of_two_columns_with_one_header_the_first_is_read() -> None:
    table = read_file("x.csv", "Назва простору,Район,Район\nХаб,А,Б\n".encode()).tables[0]
    assert table.frame["district"].tolist() == ["А"]
    assert table.unknown_columns == ("Район",)


def test_headers_of_nothing_known_are_not_recognised() -> None:
    assert recognise(["Показник", "Прогноз 2020"]) is None
    assert recognise([]) is None
    assert recognise(["", " "]) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    with pytest.raises(SourceError):
        read_file("x", content)


@given(st.lists(st.sampled_from(["Хаб;А", "Хаб;А;Б", "Хаб", "", ";", 'Х"аб;А', '"Хаб";А', "Хаб;А;;"]), max_size=30))
def test_without_open_quotes_each_line_that_is_not_blank_is_counted_once(lines: list[str]) -> None:
    file = read_file("x.csv", "\n".join(["Назва простору;Район", *lines]).encode())
    counted = sorted([*file.tables[0].frame["row"], *(issue.row for issue in file.issues)])
    assert counted == [number for number, line in enumerate(lines, start=2) if line.strip(";")]


@given(st.lists(st.sampled_from(["Хаб;А", 'Хаб;"А', '"Х"аб;А', 'Хаб;"А\nБ"', 'А";Б', 'Хаб";;"А']), max_size=12))
def test_with_open_quotes_no_line_is_counted_twice(lines: list[str]) -> None:
    file = read_file("x.csv", "\n".join(["Назва простору;Район", *lines]).encode())
    counted = [*file.tables[0].frame["row"], *(issue.row for issue in file.issues)]
    assert len(counted) == len(set(counted))
    assert not lines or counted
