import pytest

from dashboard.text.plurals import counted, plural

EVENT = "подія|події|подій"


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "подій"),
        (1, "подія"),
        (2, "події"),
        (4, "події"),
        (5, "подій"),
        (10, "подій"),
        (11, "подій"),
        (12, "подій"),
        (14, "подій"),
        (15, "подій"),
        (21, "подія"),
        (22, "події"),
        (111, "подій"),
        (1001, "подія"),
        (-1, "подія"),
        (1.5, "події"),
    ],
)
def test_ukrainian_nouns_have_three_forms(number: float, form: str) -> None:
    assert plural(number, EVENT, "uk") == form


@pytest.mark.parametrize(("number", "form"), [(0, "events"), (1, "event"), (2, "events"), (21, "events")])
def test_english_nouns_have_two_forms(number: float, form: str) -> None:
    assert plural(number, "event|events", "en") == form


@pytest.mark.parametrize(("forms", "lang"), [("подія|події", "uk"), (EVENT, "en"), ("", "uk")])
def test_a_wrong_number_of_forms_is_refused(forms: str, lang) -> None:
    with pytest.raises(ValueError, match="forms"):
        plural(1, forms, lang)


def test_a_count_keeps_its_noun_on_the_line() -> None:
    assert counted(1234, EVENT, "uk") == "1\u202f234\u00a0події"
    assert counted(1, "event|events", "en") == "1\u00a0event"
