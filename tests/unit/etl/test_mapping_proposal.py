"""Drafts of mappings: what columns are taken for, and that no value is repeated."""

from __future__ import annotations

import tomllib

import pytest

from etl.mapping import IGNORE, parse
from etl.mapping_draft import to_toml
from etl.mapping_proposal import Proposal, propose
from etl.sources.raw import SourceError
from etl.words import Language

PEOPLE = """\
Хто був у бібліотеці
№;Хто прийшов;Куди вам писати;Контактний номер;Ким є;Відзначка;Їжа
1;Анна Тиха;anna@example.org;067 123 45 67;студент;+;борщ
2;Борис Рудий;b@example.org;050 123 45 67;студентка;-;вареники
3;Віра Біла;v@example.org;063 123 45 67;волонтер;+;борщ
"""
SECRETS = ("Анна", "Тиха", "Рудий", "anna@", "example.org", "067", "4567", "борщ", "вареники")


def draft(text: str, kind: str | None = None) -> Proposal:
    found = propose("x.csv", text.encode(), kind)
    assert found is not None
    return found


def taken(found: Proposal) -> dict[str, str]:
    return {guess.header: guess.target for guess in found.guesses if guess.target != IGNORE}


def test_headers_in_ukrainian_russian_english_and_transliterated_are_known() -> None:
    assert taken(draft("Хаб;За який місяць;Скільки заходів було;Скільки людей\nA;січень 2026;1;2\n")) == {
        "Хаб": "space",
        "За який місяць": "month",
        "Скільки заходів було": "events_count",
        "Скільки людей": "visitors_count",
    }
    assert taken(draft("Data zakhodu;Nazva zakhodu\n14.02.2026;Лекція\n")) == {
        "Data zakhodu": "starts",
        "Nazva zakhodu": "title",
    }
    assert (
        taken(draft("Название мероприятия;Дата проведения\nЛекция;14.02.2026\n", "events"))["Дата проведения"]
        == "starts"
    )
    assert taken(draft("The space;Month of report;Number of visitors\nA;2026-01;5\n"))["Number of visitors"] == (
        "visitors_count"
    )


def test_values_make_a_header_surer_or_unlikely() -> None:
    def certainty(value: str) -> int:
        (guess,) = (g for g in draft(f"Назва;Дата захду\nЛекція;{value}\n", "events").guesses if g.letter == "B")
        return guess.certainty_pct if guess.target == "starts" else 0

    assert certainty("14.02.2026") > 70
    assert certainty("завтра") == 0


def test_contacts_are_known_by_their_values_alone() -> None:
    found = draft(PEOPLE)
    assert found.kind == "registrations"
    assert found.header_row == 2
    assert found.needs_event
    assert taken(found)["Куди вам писати"] == "person_email"
    assert taken(found)["Контактний номер"] == "person_phone"
    assert taken(found)["Хто прийшов"] == "person_name"
    assert "Їжа" not in taken(found)


def test_what_asks_for_a_person_is_proposed_for_people_alone() -> None:
    found = draft("Назви заходів;Дата;Організатор (ПІБ);Дата народження\nЛекція;14.02.2026;Тиха;01.02.1990\n", "events")
    assert taken(found) == {"Назви заходів": "title", "Дата": "starts"}


@pytest.mark.parametrize("language", Language)
def test_a_draft_is_a_mapping_that_is_not_confirmed_and_repeats_no_value(language: Language) -> None:
    text = to_toml(draft(PEOPLE), language)
    read = parse("x.csv.mapping.toml", text.encode())
    assert not read.is_confirmed
    assert read.header_row == 2
    assert read.columns["Куди вам писати"] == "person_email"
    assert read.columns["Їжа"] == IGNORE
    assert not any(secret in text for secret in SECRETS)
    assert "%" in text


def test_shared_answers_are_proposed_with_the_nearest_meaning_and_names_never() -> None:
    rows = ["студент"] * 8 + ["студентик"] * 2 + ["інопланетянин"] * 2 + ["Анна Тиха"] * 2 + ["мрійник"]
    found = draft("Хто;Пошта;Хто Ви\n" + "".join(f"Ая;a{n}@example.org;{word}\n" for n, word in enumerate(rows)))
    words = {word.text: word.meant for word in found.words}
    assert words == {"студентик": "student", "інопланетянин": ""}
    stated = tomllib.loads(to_toml(found, Language.UK))
    assert stated["values"] == {"participant_group": {"студентик": "student"}}


def test_a_recognised_list_gets_a_draft_for_its_other_columns_alone() -> None:
    text = "Позначка часу;Подія;Ваше ПІБ;Чи були ви (так/ні);Їжа\n01.02.2026 10:00:00;Лекція;Тиха;так;борщ\n"
    found = draft(text)
    assert found.recognised_as == "google_forms"
    assert taken(found) == {"Чи були ви (так/ні)": "attended"}
    assert "google_forms" in to_toml(found, Language.UK)
    assert propose("x.csv", "Назва події;Дата\nЛекція;14.02.2026\n".encode()) is None


def test_a_recognised_list_is_something_else_where_its_kind_is_stated() -> None:
    text = "Назва події;Дата\nЛекція;14.02.2026\n"
    assert propose("x.csv", text.encode(), "events") is None
    assert draft(text, "registrations").kind == "registrations"


def test_a_column_that_cannot_be_named_is_told_and_not_mapped() -> None:
    text = to_toml(draft("Назва;Коли;;Назва\nЛекція;14.02.2026;1;2\n", "events"), Language.UK)
    assert "# C: стовпець без заголовка" in text
    assert "# D: такий самий заголовок" in text
    assert set(tomllib.loads(text)["columns"]) == {"Назва", "Коли"}


def test_a_required_column_that_no_header_names_is_told() -> None:
    found = draft("Назва заходу;Опис\nЛекція;про місто\n", "events")
    assert found.missing == ("starts",)
    assert "БРАКУЄ обов’язкового стовпця: starts" in to_toml(found, Language.UK)


@pytest.mark.parametrize("text", ["Анна Тиха,anna@example.org\nБорис Рудий,b@example.org\n", "1,2\n3,4\n"])
def test_a_list_without_a_header_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="looks like a header") as found:
        propose("x.csv", text.encode())
    assert "anna" not in found.value.reason_uk
