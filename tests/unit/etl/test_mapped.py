"""Lists read by their mapping."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from etl.mapped import MARK, read_list
from etl.mapping import ColumnMapping, parse
from etl.sources.raw import Dataset, RawTable, SourceError

PEOPLE = """\
Майстер-клас у бібліотеці
№;Хто прийшов;Куди писати;Ким є;Їжа
1;Анна Тиха;anna@example.org;вчителька;борщ
2;Борис Рудий;b@example.org;студент;
"""
OF_PEOPLE = """\
event = "KYIV-1"
[columns]
"Хто прийшов" = "person_name"
"Куди писати" = "person_email"
"Ким є" = "participant_group"
"Їжа" = "ignore"
[values.participant_group]
"Вчителька" = "municipal"
"""


def mapping(text: str, kind: str = "registrations", name: str = "a.csv.mapping.toml") -> ColumnMapping:
    return parse(name, f'confirmed = true\nlist = "{kind}"\n{text}'.encode())


def read(text: str, said: ColumnMapping | SourceError | None) -> RawTable:
    (table,) = read_list("a.csv", text.encode(), said).tables
    return table


def refusal(text: str, said: ColumnMapping | SourceError | None) -> str:
    with pytest.raises(SourceError) as found:
        read_list("a.csv", text.encode(), said)
    return found.value.reason_uk


def test_columns_are_what_the_mapping_says() -> None:
    assert "заголовки не розпізнано" in refusal(PEOPLE, None)
    table = read(PEOPLE, mapping(OF_PEOPLE))
    assert table.dataset is Dataset.REGISTRATIONS
    assert table.format.endswith(MARK)
    assert table.frame["row"].tolist() == [3, 4]
    assert table.frame["person_email"].tolist() == ["anna@example.org", "b@example.org"]
    assert table.frame["participant_group"].tolist() == ["municipal", "студент"]
    assert table.context["event_code"] == "KYIV-1"
    assert table.headers["person_email"] == "Куди писати"
    assert table.letters["person_email"] == "C"
    assert table.unknown_columns == ("№", "Їжа")


def test_an_unconfirmed_mapping_is_not_applied() -> None:
    said = parse("m.toml", ('confirmed = false\nlist = "registrations"\n' + OF_PEOPLE).encode())
    assert "заголовки не розпізнано" in refusal(PEOPLE, said)


def test_a_mapping_that_cannot_be_read_refuses_its_list() -> None:
    assert refusal(PEOPLE, SourceError("ось чому", "this is why")) == "ось чому"


def test_missing_headers_rows_and_sheets_are_named() -> None:
    assert 'немає заголовків: "Ким є"' in refusal(PEOPLE.replace("Ким є", "Хто є"), mapping(OF_PEOPLE))
    assert "у рядку 1" in refusal(PEOPLE, mapping("header_row = 1\n" + OF_PEOPLE))
    assert "такого аркуша у списку немає; є: «-»" in refusal(PEOPLE, mapping('sheet = "Лист2"\n' + OF_PEOPLE))
    assert read(PEOPLE, mapping("header_row = 2\n" + OF_PEOPLE)).frame["row"].tolist() == [3, 4]


def test_a_folders_mapping_is_for_the_lists_it_fits() -> None:
    of_folder = mapping(OF_PEOPLE, name="mapping.toml")
    assert read(PEOPLE, of_folder).format.endswith(MARK)
    other = "Назва події;Дата\nЛекція;14.02.2026\n"
    assert read(other, of_folder).format == "events"
    reason = refusal("а;б\n1;2\n", of_folder)
    assert "заголовки не розпізнано" in reason
    assert "mapping.toml" in reason


def test_a_recognised_list_keeps_the_columns_that_the_mapping_does_not_name() -> None:
    text = "Позначка часу;Подія;Ваше ПІБ;Пошта;Чи були\n01.02.2026 10:00:00;Лекція;Тиха;anna@example.org;так\n"
    assert read(text, None).frame["attended"].isna().all()
    table = read(text, mapping('[columns]\n"Чи були" = "attended"\n"Пошта" = "ignore"\n'))
    assert table.format == f"google_forms{MARK}"
    assert table.frame["attended"].tolist() == ["yes"]
    assert table.frame["event_title"].tolist() == ["Лекція"]
    assert table.frame["person_email"].isna().all()


def test_parts_of_a_name_are_put_together_in_the_lists_order() -> None:
    text = "Код події;Ім’я;Родове;Пошта\nA-1;Анна;Тиха;anna@example.org\n"
    table = read(text, mapping('[columns]\n"Родове" = "person_name"\n'))
    assert table.frame["person_name"].tolist() == ["Анна Тиха"]


def test_other_sheets_are_read_as_ever() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in {
            "Люди": [["Хто", "Куди писати"], ["Анна", "anna@example.org"]],
            "Події": [["Назва події", "Дата"], ["Лекція", "14.02.2026"]],
        }.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    said = mapping('sheet = "Люди"\nevent = "A-1"\n[columns]\n"Хто" = "person_name"\n"Куди писати" = "person_email"\n')
    raw = read_list("a.xlsx", buffer.getvalue(), said)
    assert [(table.sheet, table.dataset) for table in raw.tables] == [
        ("Люди", Dataset.REGISTRATIONS),
        ("Події", Dataset.EVENTS),
    ]


def test_what_a_kind_of_list_must_have_is_asked_for() -> None:
    assert "бракує обов’язкового стовпця starts" in refusal(
        "Що;Коли\nЛекція;завтра\n", mapping('[columns]\n"Що" = "title"\n', "events")
    )
    assert "якої події" in refusal(PEOPLE, mapping(OF_PEOPLE.replace('event = "KYIV-1"', "")))


def test_the_event_of_a_mapping_goes_before_the_one_above_the_header() -> None:
    assert read("Подія: Інша\n" + PEOPLE, mapping(OF_PEOPLE)).context == {
        "event_code": "KYIV-1",
        "event_title": "KYIV-1",
    }


EVENTS = "Що;Коли;Хто\n" + "".join(f"Лекція {n};14.02.2026;{{}}\n" for n in range(10))


def events(*names: str) -> str:
    return EVENTS.format(*(names[n] if n < len(names) else "Бібліотека" for n in range(10)))


@pytest.mark.parametrize("header", ["ПІБ відповідального", "Телефон", "Автор", "E-mail організації", "Контактна особа"])
def test_a_column_that_asks_for_a_person_never_goes_where_texts_are_kept(header: str) -> None:
    said = mapping(f'[columns]\n"Що" = "title"\n"Коли" = "starts"\n"{header}" = "organisers"\n', "events")
    reason = refusal(EVENTS.replace("Хто", header), said)
    assert f'columns."{header}" = "organisers"' in reason
    assert "ignore" in reason


@pytest.mark.parametrize(
    ("people", "is_refused"),
    [
        (("Тиха Анна Петрівна", "Рудий Борис Іванович"), True),
        (("anna@example.org", "067 123 45 67"), True),
        (("Тиха Анна Петрівна",), False),  # one of ten is below the share, and a slip of the pen
        (("Гончарівна", "Центр культури"), False),
    ],
)
def test_a_column_that_holds_people_never_goes_where_texts_are_kept(people: tuple[str, ...], is_refused: bool) -> None:
    said = mapping('[columns]\n"Що" = "title"\n"Коли" = "starts"\n"Хто" = "organisers"\n', "events")
    if is_refused:
        reason = refusal(events(*people), said)
        assert "схоже, стовпець про людей" in reason
        assert not any(name in reason for name in people)
    else:
        assert len(read(events(*people), said).frame) == 10


def test_a_contact_is_welcome_where_people_become_pseudonyms() -> None:
    said = mapping('event = "A-1"\n[columns]\n"Хто" = "person_email"\n')
    assert read(events("anna@example.org", "b@example.org"), said).frame["person_email"].notna().all()
