"""Near names: which are proposed, which are not, and that none is a word of the cell."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.suggestions import LEAST_CERTAIN, SUGGESTED, Known, named, nearest, no_suggestions, suggest
from etl.transform.rows import join_remarks, remarks
from tests.unit.etl.conftest import RowsOf, folded

DISTRICTS = {"оболонський": ("Оболонський", "Obolonskyi"), "печерський": ("Печерський", "Pecherskyi")}
SPACES = {"бібліотека 12": ("Бібліотека № 12", "Library 12"), "бібліотека 13": ("Бібліотека № 13", "Library 13")}
KNOWN = Known(
    districts=DISTRICTS,
    spaces=SPACES,
    themes={"екологія": ("Екологія", "Ecology")},
    events={"зустріч хабів": ("Зустріч хабів", "Зустріч хабів")},
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Оболньський", "Оболонський"),
        ("м. Київ, Оболонскй р-н, вул. Озерна, 1", "Оболонський"),
        ("Obolonskyy", None),  # the aliases have no Latin name here
        ("Нірвана", None),
        ("Обо", None),
        ("", None),
    ],
)
def test_a_district_is_sought_in_every_word(text: str, name: str | None) -> None:
    found = nearest(text, DISTRICTS, by_word=True)
    assert (found[0] if found else None) == name
    assert found is None or LEAST_CERTAIN <= found[2] <= 100


def test_two_that_are_equally_near_are_none_and_numbers_must_agree() -> None:
    assert nearest("Бібліотека 14", SPACES) is None
    found = nearest("Бібліотеки № 13", SPACES)
    assert found is not None
    assert found[:2] == ("Бібліотека № 13", "Library 13")
    assert nearest("абвг", {"абвд": ("А", "A"), "абве": ("Б", "B")}) is None


def test_each_remark_gets_the_name_of_its_own_list(rows: RowsOf) -> None:
    listed = rows(
        Dataset.EVENTS,
        {"district": "Оболонськй", "space": "Бібліотека № 12 Х", "themes": "Екологія; Екалогія"},
        {"district": "Нірвана", "space": "Бібліотека", "themes": "космос"},
    )
    every = pd.Series([True, True])
    told = join_remarks(
        [
            remarks(listed, every, "unknown_district", "district"),
            remarks(listed, every, "unlisted_space", "space"),
            remarks(listed, every, "unknown_theme", "themes"),
            remarks(listed, every, "duplicate_row"),
        ]
    )
    found = suggest(told, listed, KNOWN)
    assert list(found) == list(SUGGESTED)
    assert found[["row", "code", "suggestion_uk", "suggestion_en"]].to_numpy().tolist() == [
        [2, "unknown_district", "Оболонський", "Obolonskyi"],
        [2, "unlisted_space", "Бібліотека № 12", "Library 12"],
        [2, "unknown_theme", "Екологія", "Ecology"],
    ]
    assert found["certainty_pct"].between(LEAST_CERTAIN, 99).all()


def test_an_event_is_sought_by_its_title_in_the_row_or_above_the_list(rows: RowsOf) -> None:
    listed = rows(Dataset.SESSIONS, {"of_event_title": "Зустріч хаббів"})
    found = suggest(remarks(listed, pd.Series([True]), "unknown_event"), listed, KNOWN)
    assert found["suggestion_uk"].tolist() == ["Зустріч хабів"]


def test_without_remarks_or_rows_all_columns_are_there(rows: RowsOf) -> None:
    listed = rows(Dataset.EVENTS, {"district": "Оболонськй"})
    told = remarks(listed, pd.Series([True]), "unknown_district", "district")
    for found in (
        suggest(join_remarks([]), listed, KNOWN),
        suggest(told, listed.iloc[:0], KNOWN),
        suggest(told, listed.assign(source_id="other"), KNOWN),
    ):
        assert found.empty
        assert list(found) == list(no_suggestions()) == list(SUGGESTED)


def test_names_stand_under_all_their_aliases() -> None:
    table = pd.DataFrame({"id": ["a", "b"], "name_uk": ["А", "Б"], "name_en": ["A", None]})
    assert named(folded({"Перша": "a", "Друга": "b", "Третя": "c"}), table, "id") == {
        "перша": ("А", "A"),
        "друга": ("Б", "Б"),
    }
