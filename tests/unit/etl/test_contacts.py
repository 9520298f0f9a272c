from __future__ import annotations

import phonenumbers
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.contacts import HIDDEN, e164, email_address, email_addresses, hide, holds, phone_numbers


@pytest.mark.parametrize(
    "text",
    [
        "anna@example.org",
        "  Anna@Example.ORG ",
        "ａnna@example.org",  # a full-width a
        "аnna@example.org",  # a Cyrillic а
        "anna@еxample.org",  # a Cyrillic е
        "anna\u200b@example.org",
        "anna @ example.org",
        "<anna@example.org>",
        "Анна Тиха <anna@example.org>",
        "mailto:anna@example.org",
        "anna@example.org;",
        "«anna@example.org».",
        "anna(at)example.org",
        "anna [at] example [dot] org",
        "anna(собака)example.org",
    ],
)
def test_an_address_has_one_form(text: str) -> None:
    assert email_address(text) == "anna@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@example",
        "a b@example.org",
        "a@b@c.org",
        "a@x.org, b@x.org",
        "at (at)",
    ],
)
def test_what_is_no_address_or_several_has_none(text: str) -> None:
    assert email_address(text) is None


def test_other_people_stay_others() -> None:
    addresses = ["anna@example.org", "hanna@example.org", "anna@example.com", "a.nna@example.org", "anna+1@example.org"]
    assert len({email_address(address) for address in addresses}) == len(addresses)


@pytest.mark.parametrize("text", ["a.nna@gmail.com", "anna+hub@gmail.com", "A.N.N.A@googlemail.com"])
def test_gmail_has_no_dots_and_no_plus(text: str) -> None:
    assert email_address(text) == "anna@gmail.com"
    assert email_address("+hub@gmail.com") is None


def test_a_domain_has_one_form_in_both_alphabets() -> None:
    assert email_address("анна@приклад.укр") == email_address("анна@xn--80aikifvh.xn--j1amh")


@pytest.mark.parametrize(
    "text",
    [
        "0671234567",
        "380671234567",
        "+380671234567",
        "80671234567",
        "8 (067) 123-45-67",
        "067 123-45-67",
        "(067) 123 45 67",
        "+38 (067) 123-45-67",
        "067.123.45.67",
        "671234567",
        "671234567.0",
        "380671234567,00",
        "тел. 0671234567",
        "0671234567, 0501112233",
        "067 123 45 67 / 050 111 22 33",
        "067 123 45 67 або 050 111 22 33",
    ],
)
def test_a_phone_has_one_form(text: str) -> None:
    assert e164(text) == "+380671234567"


@pytest.mark.parametrize("text", ["", "12345", "немає", "06712345", "0001234567", "067123456", "06712345678", ",;/"])
def test_what_is_no_phone_has_none(text: str) -> None:
    assert e164(text) is None


def test_a_foreign_phone_keeps_its_country() -> None:
    assert e164("+49 30 901820") == "+4930901820"


@given(
    prefix=st.sampled_from(["0", "+380", "380", "+38 (0", "38 0"]),
    operator=st.sampled_from([f"{number:02}" for number in range(20, 100)]),
    digits=st.text("0123456789", min_size=7, max_size=7),
    mark=st.sampled_from(["", " ", "-", ".", "–"]),
)
def test_the_fast_way_says_what_the_full_parser_says(prefix: str, operator: str, digits: str, mark: str) -> None:
    closing = ")" if "(" in prefix else ""
    text = f"{prefix}{operator}{closing}{mark}{digits[:3]}{mark}{digits[3:]}"
    number = phonenumbers.parse(text, "UA")
    valid = phonenumbers.is_valid_number(number)
    assert e164(text) == (phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None)


@pytest.mark.parametrize(
    "contact",
    [
        "anna@example.org",
        "Anna.Tykha+hub@Example.org",
        "ａnna＠example.org",
        "anna (at) example.org",
        "anna[at]example[dot]org",
        "анна@приклад.укр",
        "0671234567",
        "067 123-45-67",
        "(067) 123 45 67",
        "+38 (067) 123-45-67",
        "+380671234567",
        "380671234567",
        "8-067-123-45-67",
        "067.123.45.67",
        "067/123/45/67",
        "671234567",
        "044 123 45 67",
        "(0462) 12-34-56",
        "+49 30 901820-0",
        "０６７１２３４５６７",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Запис: {}, до 18:00", "лекція ({})", "тел.{};пишіть", "{} Анна"])
def test_no_contact_is_left_in_a_text(contact: str, around: str) -> None:
    text = around.format(contact)
    assert holds(text)
    hidden = hide(text)
    assert HIDDEN in hidden
    assert not holds(hidden)
    assert "anna" not in hidden.lower()
    assert not any(part in hidden for part in ("123", "1234", "901820", "приклад", "１２３"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Лекція про екологію",
        "14.02.2026 18:00–20:00, 120 місць",
        "14.02.2026 09.30-18.00 20 місць",
        "2026-02-14T18:00:00+02:00",
        "12-17 червня 2017 року, 1 234 567 грн",
        "UA80000000000093317",
        "01001, Київ, вул. Хрещатик, 36",
        "978-617-679-123-4",
        "50.4501000000",
        "вул. Січових Стрільців, 21-23/067",
        "Зустріч @ хаб",
        "@hub_kyiv",
        "№ 1234567890123",
    ],
)
def test_what_is_no_contact_stays(text: str) -> None:
    assert hide(text) == text
    assert not holds(text)


def test_nine_digits_are_a_code_in_a_code() -> None:
    assert hide("671234567", is_code=True) == "671234567"
    assert hide("0671234567", is_code=True) == HIDDEN
    assert hide("anna@example.org", is_code=True) == HIDDEN


@given(st.text(max_size=60))
def test_hiding_takes_any_text_and_twice_is_once(text: str) -> None:
    assert hide(hide(text)) == hide(text)


@given(st.from_regex(r"[a-z0-9._%+-]{1,12}@[a-z0-9.-]{1,16}", fullmatch=True))
def test_an_address_is_the_same_with_brackets_around_it_and_without(text: str) -> None:
    assert email_address(text) == email_address(f"<{text}>")


_NEAR_EMAIL = st.from_regex(
    r"[ \n]?[aB1.+_İ-]{0,5}[@ ]{1,2}(gmail\.com|Example\.org|a-b\.u|-a\.ua)[ \x1c\n]?", fullmatch=True
)


@given(st.lists(st.one_of(_NEAR_EMAIL, st.text(max_size=20))))
def test_addresses_found_at_once_are_those_found_one_by_one(texts: list[str]) -> None:
    assert email_addresses(pa.array(texts, pa.string())).to_pylist() == [email_address(text) for text in texts]


_NEAR_PHONE = st.from_regex(r"(\+?38|8)?\(?0(67|31|39|50)\)?[0-9 –.\n\u00a0-]{6,9}", fullmatch=True)


_NEAR_NUMBER = st.from_regex(r"([+a-c0-9.]{0,4}0671234567|[a1.+-]{3,9})(-or-)?@?[a-z]{0,3}[.0-9]{0,3}", fullmatch=True)


@given(st.lists(st.one_of(_NEAR_PHONE, _NEAR_NUMBER, st.text("0123456789+ ", max_size=14), st.text(max_size=14))))
def test_phones_found_at_once_are_those_found_one_by_one(texts: list[str]) -> None:
    assert phone_numbers(pa.array(texts, pa.string())).to_pylist() == [e164(text) for text in texts]
