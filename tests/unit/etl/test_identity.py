from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from etl.identity import KEY_COLUMNS, IdentityError, Key, load_key, pseudonymise, read_key

KEY = Key(bytes(range(32)))


def test_an_email_has_one_pseudonym_however_it_is_written() -> None:
    assert KEY.email("anna@example.org") == KEY.email("  Anna@Example.ORG ")
    assert KEY.email("anna@example.org") != KEY.email("hanna@example.org")
    assert KEY.email("anna@example.org") == KEY.email("ａnna@example.org")  # a full-width a


@pytest.mark.parametrize("text", ["", "anna", "anna@", "@example.org", "anna@example", "a b@example.org", "a@b@c.org"])
def test_what_is_no_email_has_no_pseudonym(text: str) -> None:
    assert KEY.email(text) is None


def test_email_and_phone_and_key_keep_people_apart() -> None:
    other = Key(bytes(range(1, 33)))
    assert KEY.email("anna@example.org") != other.email("anna@example.org")
    assert len({KEY.phone("0671234567"), KEY.name("0671234567"), other.phone("0671234567")}) == 3


def frame(*people: tuple[str | None, str | None, str | None]) -> pd.DataFrame:
    columns = ["person_name", "person_email", "person_phone"]
    return pd.DataFrame(people, columns=columns, dtype="str").assign(status="registered")


def test_contacts_become_keys_and_nothing_else_of_the_person_stays() -> None:
    found = pseudonymise(frame(("Анна Тиха", "anna@example.org", "067 123 45 67"), ("Борис", None, None)), KEY)
    assert list(found) == ["status", *KEY_COLUMNS]
    assert found["email_key"].tolist()[0] == KEY.email("anna@example.org")
    assert found["phone_key"].tolist()[0] == KEY.phone("0671234567")
    assert found["name_key"].tolist() == [KEY.name("Анна Тиха"), KEY.name("Борис")]
    assert found.notna().loc[1].to_dict() == {"status": True, "email_key": False, "phone_key": False, "name_key": True}
    text = found.to_csv()
    assert not any(word in text for word in ("Анна", "Борис", "example", "067"))


@pytest.mark.parametrize("other", ["анна тиха", "Тиха Анна", "  АННА  ТИХА ", "Аннa Тиха"])  # the last a is Latin
def test_a_name_is_the_same_in_any_order_and_case(other: str) -> None:
    assert KEY.name("Анна Тиха") == KEY.name(other)
    assert KEY.name("Анна Тиха") != KEY.name("Ганна Тиха")


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", "?", ""])
def test_an_apostrophe_makes_no_other_person(apostrophe: str) -> None:
    assert KEY.name(f"Дем{apostrophe}яна Тиха") == KEY.name("Дем’яна Тиха")


def test_a_first_name_alone_says_nothing_of_somebody_who_is_known() -> None:
    found = pseudonymise(frame(("Анна", "anna@example.org", None), ("Анна", None, None)), KEY)
    assert found["name_key"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    "person",
    [
        (None, "067 123 45 67", "anna@example.org"),
        ("anna@example.org", None, "0671234567"),
        ("067 123 45 67", "anna@example.org", None),
        ("Анна", "anna@example.org", "0671234567"),
    ],
)
def test_a_contact_in_another_column_is_found(person: tuple[str | None, str | None, str | None]) -> None:
    found = pseudonymise(frame(person), KEY).loc[0]
    assert (found["email_key"], found["phone_key"]) == (KEY.email("anna@example.org"), KEY.phone("0671234567"))


def test_marks_and_fingerprints_tell_nothing_of_pseudonym_and_key() -> None:
    pseudonym = str(KEY.email("anna@example.org"))
    other = Key(bytes(range(1, 33)))
    assert len({pseudonym, KEY.mark(pseudonym), other.mark(pseudonym), KEY.fingerprint, other.fingerprint}) == 5
    assert KEY.fingerprint == Key(bytes(range(32))).fingerprint


def test_invalid_contacts_are_none() -> None:
    found = pseudonymise(frame(("Борис", "немає", "12345")), KEY)
    assert found[["email_key", "phone_key"]].isna().all(axis=None)
    assert found["name_key"].tolist() == [KEY.name("борис")]


def test_the_frame_given_stays_as_it_is() -> None:
    given_frame = frame(("Анна", "anna@example.org", None))
    before = given_frame.copy()
    pseudonymise(given_frame, KEY)
    pd.testing.assert_frame_equal(given_frame, before)


def test_nobody_gives_all_columns() -> None:
    assert list(pseudonymise(frame(), KEY)) == ["status", *KEY_COLUMNS]


@pytest.mark.parametrize("length", [0, 31])
def test_a_short_key_is_refused(length: int) -> None:
    with pytest.raises(IdentityError, match=f"{length} bytes"):
        Key(bytes(range(length)))


@pytest.mark.parametrize("length", [32, 33, 64])
def test_a_key_of_32_bytes_and_more_is_taken(length: int) -> None:
    assert Key(bytes(range(length))).email("anna@example.org")


@pytest.mark.parametrize(("distinct", "taken"), [(7, False), (8, True), (9, True)])
def test_a_key_has_at_least_eight_different_bytes(distinct: int, taken: bool) -> None:
    secret = (bytes(range(100, 100 + distinct)) * 32)[:32]
    if taken:
        assert Key(secret)
    else:
        with pytest.raises(IdentityError, match="well-known"):
            Key(secret)


@pytest.mark.parametrize(
    ("mode", "taken"), [(0o400, True), (0o600, True), (0o604, False), (0o620, False), (0o644, False)]
)
def test_only_the_owner_may_read_the_key(mode: int, taken: bool, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(bytes(range(48, 80)))
    path.chmod(mode)
    if taken:
        assert read_key(path)
    else:
        with pytest.raises(IdentityError, match="chmod 600"):
            read_key(path)


@pytest.mark.parametrize("text", ["a" * 40, "changeme" * 4, "secret-secret-secret-secret-secret", "0" * 64])
def test_a_well_known_key_is_refused(text: str) -> None:
    with pytest.raises(IdentityError, match="well-known"):
        Key(text.encode())


def test_a_key_does_not_show_itself() -> None:
    assert "secret" not in repr(KEY)
    assert repr(bytes(range(32))) not in repr(KEY)


def test_the_first_use_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    first = load_key({}, tmp_path, ())
    path = tmp_path / ".config" / "civicspace" / "identity.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key({}, tmp_path, ()) == first
    assert load_key({"XDG_CONFIG_HOME": str(tmp_path / "other")}, tmp_path, ()) != first


def test_the_environment_may_hold_the_key_or_name_its_file(tmp_path: Path) -> None:
    text = "0123456789abcdef0123456789abcdef"
    path = tmp_path / "key"
    path.write_text(f"{text}\n")
    path.chmod(0o600)
    assert load_key({"CIVICSPACE_KEY": text}, tmp_path, ()) == Key(text.encode())
    assert load_key({"CIVICSPACE_KEY_FILE": str(path)}, tmp_path, ()) == Key(text.encode())


@pytest.mark.parametrize("inside", ["", "sub"])
def test_a_key_beside_the_data_is_refused(inside: str, tmp_path: Path) -> None:
    store = tmp_path / "store"
    path = store / inside / "identity.key"
    with pytest.raises(IdentityError, match="beside the data"):
        load_key({"CIVICSPACE_KEY_FILE": str(path)}, tmp_path, (store,))
    assert not path.exists()


def test_a_link_into_the_store_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "store")
    with pytest.raises(IdentityError, match="beside the data"):
        load_key({"CIVICSPACE_KEY_FILE": str(tmp_path / "link" / "key")}, tmp_path, (tmp_path / "store",))


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    load_key({}, tmp_path, ())
    path = tmp_path / ".config" / "civicspace" / "identity.key"
    path.chmod(0o640)
    with pytest.raises(IdentityError, match="chmod 600"):
        load_key({}, tmp_path, ())


def test_a_key_in_use_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match="cannot be used"):
        load_key({}, tmp_path, (), make=None)


@pytest.mark.parametrize("secret", [bytes(range(32)), bytes(range(64)), bytes(range(65))], ids=len)
def test_pseudonyms_made_at_once_are_those_made_one_by_one(secret: bytes) -> None:
    key = Key(secret)
    assert made(key.emails, "anna@example.org", "немає") == [key.email("anna@example.org"), None]
    assert made(key.emails, "A.nna+1@gmail.com", "anna@gmail.com") == [key.email("anna@gmail.com")] * 2
    phone = key.phone("0671234567")
    assert made(key.phones, "067 123-45-67", "12", "0671234567") == [phone, None, phone]
    assert made(key.names, "Анна  ТИХА", "-") == [key.name("Тиха Анна"), None]
    assert made(key.full_names, "Анна", "Анна Тиха") == [None, key.name("Анна Тиха")]
    assert made(key.emails) == []


def made(at_once: Callable[[pa.StringArray], pa.StringArray], *texts: str) -> list[str | None]:
    found: list[str | None] = at_once(pa.array(texts, pa.string())).to_pylist()
    return found
