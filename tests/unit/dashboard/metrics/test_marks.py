"""What is marked on the axes of time: workshops, spaces that opened or closed, and what the city states."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.metrics import marks


@pytest.fixture
def city(scene):
    scene.space("a", opened_on=date(2026, 8, 3), closed_on=date(2026, 9, 30))
    scene.space("b", district="D2", opened_on=date(2026, 7, 31), name_en="B")
    scene.event("w", "2026-09-05", ends_on=date(2026, 9, 10), is_workshop=True)
    scene.event("e", "2026-09-06")
    scene.add("annotations", starts_on=date(2026, 7, 20), ends_on=date(2026, 8, 2), kind="blackout", text_uk="Темно")
    scene.add("annotations", starts_on=date(2026, 10, 1), kind="other", text_uk="Потім", text_en="Later")
    return scene


def told(scene, start: str, end: str, **filters) -> list[tuple[str, str, str]]:
    stated = scene.snapshot().table("annotations")
    frame = marks.by_month(scene.select(start, end, **filters), stated)
    return [(f"{row.month:%m}", row.kind, row.text_en) for row in frame.itertuples()]


def test_marks_stand_at_their_months_in_the_order_of_days(city) -> None:
    assert told(city, "2026-08", "2026-09") == [
        ("08", "blackout", "Темно"),  # began in July, and still was
        ("08", "opening", "Хаб a"),
        ("09", "workshop", "Подія w"),
        ("09", "closing", "Хаб a"),
    ]


@pytest.mark.parametrize(("month", "count"), [("2026-06", 0), ("2026-07", 2), ("2026-10", 1), ("2026-11", 0)])
def test_what_lies_outside_the_months_is_not_marked(city, month, count) -> None:
    assert len(told(city, month, month)) == count


def test_filters_take_out_spaces_and_workshops_but_not_what_the_city_states(city) -> None:
    assert told(city, "2026-07", "2026-09", districts=("D2",)) == [
        ("07", "blackout", "Темно"),
        ("07", "opening", "B"),
    ]
    assert ("09", "workshop", "Подія w") not in told(city, "2026-09", "2026-09", workshops=False)


def test_without_anything_there_are_columns(scene) -> None:
    frame = marks.by_month(scene.select("2026-08", "2026-09"), scene.snapshot().table("annotations"))
    assert frame.empty
    assert frame.dtypes.astype(str).to_dict() == marks.MARKS


def test_a_mark_of_the_same_day_twice_is_told_twice_only_where_it_differs(city) -> None:
    assert not pd.Series(told(city, "2026-07", "2026-10")).duplicated().any()
