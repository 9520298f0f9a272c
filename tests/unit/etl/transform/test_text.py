import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.text import clean, fold, fold_all, unmix


@pytest.mark.parametrize(
    "variant",
    [
        "Солом'янський",
        "Солом’янський",
        "Соломʼянський",
        "Солом`янський",
        "Солом?янський",
        "СОЛОМ’ЯНСЬКИЙ ",
        "Солом\u00ad’янський",
        "Cолом’янcький",  # Latin C and c
    ],
)
def test_spellings_of_one_name_fold_to_one_key(variant: str) -> None:
    assert fold(variant) == "соломянський"


def test_different_names_keep_different_keys() -> None:
    assert fold("Дніпровський") != fold("Дарницький")
    assert fold("Hub 4.0") != fold("Hub 40")


def test_punctuation_and_blanks_become_one_blank() -> None:
    assert fold("  Dance hub /\u00a0Ivent—hub ") == "dance hub ivent hub"


def test_stress_and_yo_are_dropped() -> None:
    assert fold("ха\u0301б") == "хаб"
    assert fold("Королёвский") == fold("Королевский")


def test_question_mark_that_asks_is_no_apostrophe() -> None:
    assert fold("Хто ви? Я") == "хто ви я"


@pytest.mark.parametrize(
    ("mixed", "one_alphabet"),
    [
        ("Голосiївський", "Голосіївський"),
        ("cлобідка", "слобідка"),
        ("VІІ", "VII"),
        ("Dialоg", "Dialog"),
        ("Hub хаб", "Hub хаб"),
        ("Київ", "Київ"),
        ("Kyiv", "Kyiv"),
    ],
)
def test_each_word_gets_one_alphabet(mixed: str, one_alphabet: str) -> None:
    assert unmix(mixed) == one_alphabet


def test_clean_leaves_words_as_written() -> None:
    assert clean(" \ufeffВона\u00a0\n хаб\u200b ") == "Вона хаб"
    assert clean("Солом’янський") == "Солом’янський"


@given(st.text())
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("abceiopxyïABCHIKMTабвґеєёиіїйкмнорстухяАВІН'’ʼ`?- ")))
)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.lists(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aiАІїё'’ʼ?-. "))))
)
def test_texts_folded_at_once_are_folded_as_each_by_itself(texts: list[str]) -> None:
    assert fold_all(pa.array(texts, pa.string())) == [fold(text) for text in texts]


def test_names_folded_at_once() -> None:
    assert fold_all(pa.array(["О’Ніл-Мар'яненко, А.", "Їжак Ґала", "O'Brien", "Олiя", "", "ёж"])) == [
        *("оніл маряненко а", "їжак ґала", "obrien", "олія", "", "еж")
    ]
