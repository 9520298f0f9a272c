"""Cities side by side: only what can be compared, each figure with what it rests on."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.metrics import cities
from dashboard.metrics.catalogue import FIGURES, MONTHLY


def test_every_monthly_figure_is_compared_or_there_is_a_reason() -> None:
    monthly = {figure.id for figure in MONTHLY}
    assert set(cities.COMPARABLE) | set(cities.LEFT_OUT) == monthly
    assert not set(cities.COMPARABLE) & set(cities.LEFT_OUT)
    assert all(FIGURES[figure_id].base_id for figure_id in cities.COMPARABLE)


@pytest.fixture
def city(scene):
    scene.space("a")
    scene.space("b")
    scene.event("e1", "2026-09-10", space_id="a", themes=("ecology",), recorded=True, seats_count=10)
    scene.event("e2", "2026-10-10", space_id="a", themes=("ecology", "culture"))
    scene.event("m", "2026-10-20", format="experience_exchange")
    scene.meet("m", "a")
    scene.meet("m", "b")
    scene.register("e1", range(1, 9), "attended")
    scene.register("e1", [9, 10], "no_show")
    scene.register("e2", [1, 2])
    return scene


def values(frame: pd.DataFrame) -> dict[str, tuple[float, float]]:
    return {row["figure_id"]: (row["value"], row["base_count"]) for row in frame.to_dict("records")}


def test_a_period_has_each_figure_with_its_base(city, analyst) -> None:
    found = values(cities.in_period(city.select("2026-09", "2026-10"), analyst))
    assert list(found) == list(cities.COMPARABLE)
    assert found["participants_per_1000"] == (0.4, 20_000)  # eight people over two months, 10,000 in each district
    assert found["attendance_rate_pct"] == (80, 10)
    assert found["seat_use_pct"] == (80, 1)
    assert found["theme_variety"] == (pytest.approx(1.8899, abs=1e-4), 2)  # two thirds ecology, one third culture
    assert found["spaces_per_meetup"] == (2, 1)


def test_a_blank_population_is_unknown_and_never_zero(city, analyst) -> None:
    city.district("D3", population=None)
    frame = cities.in_period(city.select("2026-09", "2026-10"), analyst).set_index("figure_id")
    assert frame.loc["participants_per_1000", ["value", "base_count"]].isna().all()
    assert not frame.loc["participants_per_1000", "value_is_hidden"]


def test_the_public_sees_rounded_bases_and_hidden_is_said(city, public) -> None:
    city.event("tiny", "2026-08-10", recorded=True)
    city.register("tiny", [1, 2], "attended")
    frame = cities.in_period(city.select("2026-08", "2026-08"), public).set_index("figure_id")
    assert frame.loc["attendance_rate_pct", "value_is_hidden"]
    assert pd.isna(frame.loc["attendance_rate_pct", "value"])


def test_months_stand_one_by_one_and_the_running_one_is_marked(city, analyst) -> None:
    frame = cities.by_month(city.select("2026-10", "2026-11"), analyst)
    assert len(frame) == 2 * len(cities.COMPARABLE)
    assert frame.groupby("month")["is_unfinished"].first().tolist() == [False, True]
    october = values(frame[frame["month"] == "2026-10-01"])
    assert october["spaces_per_meetup"] == (2, 1)
    assert pd.isna(october["attendance_rate_pct"][0])


def test_shares_of_themes_rest_on_events_with_themes(city, analyst) -> None:
    frame = cities.theme_shares(city.select("2026-09", "2026-10"), analyst)
    assert frame[["theme_id", "theme_share_pct", "events_count", "themed_events_count"]].to_numpy().tolist() == [
        ["ecology", 100.0, 2, 2],
        ["culture", 50.0, 1, 2],
    ]


def test_of_an_empty_city_all_is_unknown(empty_scene, analyst) -> None:
    selection = empty_scene.select("2026-09", "2026-10")
    assert cities.in_period(selection, analyst)["value"].isna().all()
    assert cities.by_month(selection, analyst)["value"].isna().all()
