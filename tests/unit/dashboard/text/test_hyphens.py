import pytest

from dashboard.text.hyphens import SOFT_HYPHEN, hyphenated


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("громадськість", "гро-мад-ськість"),
        ("відвідування", "від-ві-ду-вання"),
        ("реєстрація", "реєс-тра-ція"),
        ("об’єднання", "об’-єд-нання"),
        ("мальований", "мальо-ва-ний"),
        ("районний", "район-ний"),
        ("серйозно", "сер-йозно"),
        ("найактивніші", "най-ак-тив-ніші"),
        ("найосновніше", "найос-нов-ніше"),
        ("надзвичайно", "надзви-чайно"),
        ("Печерський", "Печер-ський"),
    ],
)
def test_long_words_break_by_syllables(word: str, broken: str) -> None:
    assert hyphenated(word, "uk").replace(SOFT_HYPHEN, "-") == broken


@pytest.mark.parametrize("word", ["подія", "простр", "ОСББШКОЛА", "VcentriHUB", "1234567890"])
def test_short_words_capitals_and_other_letters_stay_whole(word: str) -> None:
    assert hyphenated(word, "uk") == word


def test_a_word_of_seven_letters_is_long_enough() -> None:
    assert hyphenated("простір простори", "uk") == "прос\u00adтір прос\u00adтори"
    assert hyphenated("театри", "uk") == "театри"


def test_nothing_but_hyphens_is_added() -> None:
    text = "Скільки подій відбулося; без просторів, що їх не надіслали (2026)."
    assert hyphenated(text, "uk").replace(SOFT_HYPHEN, "") == text
    assert hyphenated(text, "uk") != text


def test_english_is_left_to_the_browser() -> None:
    assert hyphenated("responsibility", "en") == "responsibility"
    assert hyphenated("громадськість", "en") == "громадськість"
