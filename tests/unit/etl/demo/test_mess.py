from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import phonenumbers

from etl.demo import mess
from etl.demo.chance import objects, stream
from etl.demo.city import DemoCity


def rng() -> np.random.Generator:
    return stream(1, "a city", "a test")


def test_a_district_is_written_in_the_ways_that_public_lists_show(city: DemoCity) -> None:
    texts, weights = mess.district_spellings(city.districts[0], "Київ")
    assert len(texts) == len(weights)
    for expected in (
        "Солом’янський",
        "Солом'янський",
        "Соломʼянський",
        "Солом`янський",
        "Солом?янський",
        "Соломянський",
        "Солом’янський р-н",
        "м. Київ, Солом’янський р-н",
        "Соломенский",
        "Solomianskyi",
    ):
        assert expected in texts
    assert any("\u00a0" in text for text in texts)


def test_a_district_without_an_apostrophe_has_no_such_spellings_but_a_latin_i(city: DemoCity) -> None:
    texts, _ = mess.district_spellings(city.districts[1], "Київ")
    assert "Подiльський" in texts
    assert not [text for text in texts if "?" in text or "`" in text]


def test_no_district_is_an_empty_cell(city: DemoCity) -> None:
    assert mess.districts(rng(), city, [-1, 1])[0] is None
    assert mess.districts(rng(), city, [-1, 1])[1] is not None


def test_a_phone_stays_the_same_number_in_every_spelling() -> None:
    numbers = objects(["+380920001234"] * 400 + [None])
    texts = mess.phones(rng(), numbers)
    assert texts[-1] is None
    assert len(set(texts)) == 9
    read = {
        phonenumbers.format_number(phonenumbers.parse(text, "UA"), phonenumbers.PhoneNumberFormat.E164)
        for text in texts[:-1]
    }
    assert read == {"+380920001234"}


def test_an_email_stays_the_same_but_for_case_and_blanks() -> None:
    texts = mess.emails(rng(), objects(["olena.k@example.org"] * 400))
    assert len(set(texts)) == 5
    assert {text.strip().lower() for text in texts} == {"olena.k@example.org"}


def test_a_date_is_one_day_in_five_forms() -> None:
    texts = set(mess.dates(rng(), pd.Series([date(2026, 2, 14)] * 300)))
    assert texts == {"14.02.2026", "2026-02-14", "14 лютого 2026", "14 лютого 2026 р.", "14/02/2026"}


def test_only_the_sign_changes_between_apostrophes() -> None:
    texts = mess.apostrophes(rng(), objects(["Дар’я"] * 200 + ["Олена"] * 10))
    assert set(texts[:200]) == {"Дар’я", "Дар'я", "Дарʼя", "Дар`я"}
    assert set(texts[200:]) == {"Олена"}


def test_several_themes_are_joined_and_known_words_replace_some(city: DemoCity) -> None:
    texts = mess.themes(rng(), city, [(0, 1)] * 300)
    assert all("; " in text for text in texts)
    assert any("енергоефективність" in text for text in texts)


def test_a_group_that_is_not_stated_is_an_empty_cell() -> None:
    texts = mess.groups(rng(), objects(["not_stated", "ngo"]))
    assert texts[0] is None
    assert texts[1] in ("громадська організація", "ГО", "Громадська організація")
