"""What a mapping file may say, and what is said of one that says something else."""

from __future__ import annotations

import pytest

from etl.mapping import IGNORE, KINDS, is_mapping, names_for, of_lists, parse, targets, words_of
from etl.sources.raw import SourceError

FINE = """\
confirmed = true
list = "registrations"
sheet = "Аркуш1"
header_row = 3
event = "KYIV-2026-014: Лекція, 14.02.2026"

[columns]
"Прізвище" = "person_name"
"Ім’я" = "person_name"
"Пошта" = "person_email"
"Їжа" = "ignore"
"Ким є" = "participant_group"

[values.participant_group]
"Вчителька" = "other"
"""


def problems(text: str) -> tuple[str, str]:
    with pytest.raises(SourceError) as found:
        parse("a.mapping.toml", text.encode())
    assert found.value.reason_uk.startswith("a.mapping.toml: ")
    return found.value.reason_uk, found.value.reason_en


def with_columns(columns: str, kind: str = "events", more: str = "") -> str:
    return f'confirmed = true\nlist = "{kind}"\n{more}\n[columns]\n{columns}\n'


def test_everything_a_mapping_says_is_read() -> None:
    read = parse("a.mapping.toml", FINE.encode("utf-8-sig"))
    assert (read.kind, read.sheet, read.header_row, read.is_confirmed) == ("registrations", "Аркуш1", 3, True)
    assert read.columns["Їжа"] == IGNORE
    assert read.event["event_code"] == "KYIV-2026-014"
    assert read.event["event_starts"] == "14.02.2026"
    assert read.values == {"participant_group": {"вчителька": "other"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (with_columns('"Дата" = "start"'), 'columns."Дата" = "start"; дозволено: event_code | title | starts'),
        (with_columns('"Дата" = 5'), 'columns."Дата" = 5; дозволено'),
        (with_columns('"А" = "title"\n"Б" = "title"'), 'title дано кільком стовпцям ("А", "Б")'),
        (with_columns('"Назва" = "title"\n"НАЗВА" = "starts"'), "той самий заголовок"),
        (with_columns('" " = "title"'), "заголовок порожній"),
        (with_columns('"А" = "ignore"'), "хоч один стовпець"),
        (with_columns('"А" = "title"', more='colums = "x"'), "ключ colums невідомий; є: confirmed, list"),
        (with_columns('"А" = "title"', more="header_row = 0"), "header_row = 0; дозволено: номер рядка від 1"),
        (with_columns('"А" = "title"', more="header_row = true"), "header_row = true"),
        (with_columns('"А" = "title"', more="sheet = 1"), "sheet = 1; дозволено: назва аркуша"),
        (with_columns('"А" = "title"', more='event = "X-1"'), "event"),
        (with_columns('"А" = "title"', kind="people"), 'list = "people"; дозволено: registrations | events'),
        (with_columns('"А" = "title"').replace("true", '"так"'), 'confirmed = "так"; дозволено: true | false'),
        ('list = "events"\nconfirmed = true\n', "columns = –"),
        (
            with_columns('"А" = "format"') + '[values.format]\n"х" = "лекція"\n',
            'values.format[1] = "лекція"; дозволено: ',
        ),
        (with_columns('"А" = "title"') + '[values.title]\n"х" = "у"\n', 'values.title = "title"; дозволено: '),
        ("list = ", "це не TOML"),
        ("list = @", "рядок 1, знак 8: це не TOML"),
        ('confirmed = true\nconfirmed = true\nlist = "events"', "це не TOML"),
    ],
)
def test_what_a_mapping_may_not_say_is_named_with_what_it_may(text: str, said: str) -> None:
    uk, en = problems(text)
    assert said in uk
    assert en != uk


def test_all_problems_are_told_at_once_and_words_of_the_list_never() -> None:
    uk, _ = problems(with_columns('"А" = "x"\n"Б" = "y"') + '[values.format]\n"Анна Тиха" = "z"\n')
    assert uk.count("дозволено") == 3
    assert "Анна" not in uk


def test_a_contact_in_the_place_of_a_header_is_not_repeated() -> None:
    uk, en = problems(with_columns('"anna@example.org" = "x"'))
    assert "anna" not in uk + en


def test_a_file_of_another_encoding_or_size_is_no_mapping() -> None:
    for content in ('"Ї" = 1'.encode("cp1251"), b"#" * 200_001):
        with pytest.raises(SourceError):
            parse("a.mapping.toml", content)
    with pytest.raises(SourceError, match="list"):
        parse("a.mapping.toml", b"#" * 200_000)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_columns_and_their_words_are_ids_of_themselves(kind: str) -> None:
    assert len(set(targets(kind))) == len(targets(kind)) > 2
    for name in targets(kind):
        words = words_of(kind, name)
        assert words is None or set(words.values()) <= {words.get(each.replace("_", " ")) for each in words.values()}


def test_a_status_means_other_things_in_other_lists() -> None:
    assert "held" in (words_of("events", "status") or {}).values()
    assert "waitlisted" in (words_of("registrations", "status") or {}).values()
    assert words_of("events", "title") is None


def test_a_list_takes_its_own_mapping_before_its_folders() -> None:
    assert names_for("kyiv/a.xlsx") == ("kyiv/a.xlsx.mapping.toml", "kyiv/a.mapping.toml", "kyiv/mapping.toml")
    paths = ["kyiv/a.xlsx", "kyiv/b.csv", "kyiv/a.mapping.toml", "kyiv/mapping.toml", "lviv/c.csv"]
    assert of_lists(paths) == {"kyiv/a.xlsx": "kyiv/a.mapping.toml", "kyiv/b.csv": "kyiv/mapping.toml"}


@pytest.mark.parametrize(
    ("path", "is_one"), [("k/mapping.toml", True), ("k/А.CSV.Mapping.toml", True), ("k/city.toml", False)]
)
def test_mappings_are_told_from_lists_by_name(path: str, is_one: bool) -> None:
    assert is_mapping(path) is is_one
