import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.encoding import decode
from etl.sources.raw import SourceError

HEADER = "Простір;Місяць;Кількість"
LIST = f"{HEADER}\nХаб «Їжак»;10.2025;3\n"
PEOPLE = "Подія;ПІБ\nЗустріч;Їжакевич Ґалина Євгенівна\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1251", "cp1251"),
    ],
)
def test_encoding_is_found(codec: str, name: str) -> None:
    assert decode(LIST.encode(codec)) == (LIST, name)


@pytest.mark.parametrize("text", [PEOPLE, PEOPLE.upper(), PEOPLE.lower(), "Name,City\nІгор Щуцький,Kyiv\n"])
@pytest.mark.parametrize("codec", ["cp1251", "koi8-u"])
def test_koi8_is_told_from_windows_1251(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize("word", ["Хаб", "ХАБ", "хаб", "Ю", "Їжак", "Подiльський", "IТ-хаб", "№ 5"])
def test_a_single_word_in_windows_1251_is_enough(word: str) -> None:
    assert decode(f"Name,Event\n{word},X\n".encode("cp1251")) == (f"Name,Event\n{word},X\n", "cp1251")


@pytest.mark.parametrize("word", ["Хаб", "Ігор"])
def test_a_single_word_in_koi8_is_not_enough(word: str) -> None:
    with pytest.raises(SourceError, match="not certain in which encoding"):
        decode(f"Name,Event\n{word},X\n".encode("koi8-u"))


@pytest.mark.parametrize(
    ("codec", "name"),
    [("cp866", "DOS 866"), ("iso8859-5", "ISO 8859-5"), ("mac-cyrillic", "Mac Cyrillic")],
)
def test_other_encodings_are_named_and_refused(codec: str, name: str) -> None:
    with pytest.raises(SourceError, match=name) as refusal:
        decode("Подана заява;Номер\nСкладено звернення мешканкою;Петренко\n".encode(codec))
    assert "CSV UTF-8" in refusal.value.reason_uk


@pytest.mark.parametrize("text", ["Name;City\nJosé;París\n", "Name\nJosé\n", "Müller;Straße\n"])
def test_names_of_the_west_do_not_become_cyrillic(text: str) -> None:
    with pytest.raises(SourceError):
        decode(text.encode("cp1252"))


def test_lines_of_another_encoding_are_read_by_themselves() -> None:
    content = PEOPLE.encode() + "Лекція;Савчук Петро\n".encode("cp1251")
    assert decode(content) == (PEOPLE + "Лекція;Савчук Петро\n", "utf-8 + cp1251")


@pytest.mark.parametrize(("first", "second"), [("cp1251", "koi8-u"), ("koi8-u", "cp1251")])
def test_two_one_byte_encodings_in_one_file_are_refused_with_the_line(first: str, second: str) -> None:
    content = PEOPLE.encode(first) * 3 + "Лекція;Савчук Петро\n".encode(second)
    with pytest.raises(SourceError, match=r"mixes .* \(line 7\)"):
        decode(content)


def test_utf8_with_a_byte_lost_is_refused_with_the_line() -> None:
    with pytest.raises(SourceError, match="damaged in line 3"):
        decode(PEOPLE.encode() + "Савчук Петро".encode()[:-1] + b"\n")


@pytest.mark.parametrize("content", [b"\x98\xff", bytes(range(256)) * 4, b"a\0b\0c"])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(SourceError):
        decode(content)


def test_no_error_repeats_the_text() -> None:
    with pytest.raises(SourceError) as refusal:
        decode("Секретенко".encode("mac-cyrillic") * 5)
    assert "Секретенко" not in refusal.value.reason_uk + refusal.value.reason_en
    assert refusal.value.__cause__ is None


_SMALL = st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", min_size=1, max_size=12)


@given(st.lists(st.tuples(_SMALL, _SMALL), min_size=1, max_size=8), st.sampled_from(["cp1251", "koi8-u"]))
def test_what_is_decoded_is_what_was_written(rows: list[tuple[str, str]], codec: str) -> None:
    """Any letters, however unlikely: they come back as they were, or the file is refused."""
    text = PEOPLE + "".join(f"{a};{b.capitalize()}\n" for a, b in rows)
    try:
        read, _ = decode(text.encode(codec))
    except SourceError:
        return
    assert read == text
