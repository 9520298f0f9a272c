from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from etl.sources.raw import Dataset
from etl.transform.events import EventCity
from etl.transform.themes import event_themes, theme_ids

RowsOf = Callable[..., pd.DataFrame]


def themes_of(rows: RowsOf, city: EventCity, text: str | None) -> tuple[list[str], list[str]]:
    stated = rows(Dataset.EVENTS, {"themes": text} if text else {}).assign(event_id="kyiv-a")
    found, remarks = event_themes(stated, city.theme_aliases)
    return found["theme_id"].tolist(), remarks["code"].tolist()


def test_themes_are_separated_and_each_counts_once(rows: RowsOf, city: EventCity) -> None:
    assert themes_of(rows, city, "Екологія; довкілля;; освіта, навчання") == (["ecology", "education"], [])


def test_commas_separate_themes_unless_the_whole_is_one(rows: RowsOf, city: EventCity) -> None:
    assert themes_of(rows, city, "екологія, довкілля") == (["ecology"], [])
    assert themes_of(rows, city, "Освіта, навчання") == (["education"], [])


def test_an_unknown_theme_is_told_once_and_the_known_ones_stay(rows: RowsOf, city: EventCity) -> None:
    assert themes_of(rows, city, "космос; екологія; різне") == (["ecology"], ["unknown_theme"])


def test_no_themes_are_no_mistake(rows: RowsOf, city: EventCity) -> None:
    assert themes_of(rows, city, None) == ([], [])


def test_one_theme(city: EventCity) -> None:
    found = theme_ids(pd.Series(["ДОВКІЛЛЯ", "космос", None], dtype="str"), city.theme_aliases)
    assert found.tolist()[0] == "ecology"
    assert found.isna().tolist() == [False, True, True]
