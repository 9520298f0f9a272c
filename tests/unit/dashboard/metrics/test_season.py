"""The usual level, season and band, on made series whose level, season and outliers are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics import months, season
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.season import DAYS_OF_MONTH, LEAST_MONTHS, LEAST_MONTHS_FOR_SEASON, usual

WAVE = np.array([0, -8, 6, 10, 4, -2, -20, -18, 9, 14, 8, -3], dtype=float)


def series(count: int, *, noise: float = 2.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, their level and calendar months: a level that grows by one a month, a season, and a little noise."""
    calendar = (np.arange(count) + 5) % 12 + 1
    level = 100.0 + np.arange(count)
    values = level + WAVE[calendar - 1] + np.random.default_rng(seed).normal(0, noise, count)
    return values, level, calendar


def of(values: np.ndarray, calendar: np.ndarray, *, is_count: bool = False) -> season.Usual:
    return usual(values, np.full(len(values), DAYS_OF_MONTH), calendar, is_count=is_count)


def outside(values: np.ndarray, found: season.Usual) -> list[int]:
    return list(np.flatnonzero((values > found.high) | (values < found.low)))


@pytest.mark.parametrize("count", [28, 36, 60])
@pytest.mark.parametrize("is_count", [True, False])
def test_level_season_and_outlier_are_found(count: int, is_count: bool) -> None:
    values, level, calendar = series(count)
    values[-7] += 45
    found = of(values, calendar, is_count=is_count)
    middle = slice(3, -3)
    assert found.level[middle] == pytest.approx(level[middle], rel=0.07)
    assert np.corrcoef(found.season, WAVE[calendar - 1])[0, 1] > 0.9
    assert outside(values, found) == [count - 7]
    assert ((found.low < found.level + found.season) & (found.level + found.season < found.high)).all()


@pytest.mark.parametrize("seed", range(5))
def test_an_outlier_of_two_years_does_not_make_the_other_year_unusual(seed: int) -> None:
    """What two years of a month do not agree on is no season."""
    values, _, calendar = series(24, noise=4, seed=seed)
    values[15] += 60
    marked = outside(values, of(values, calendar))
    assert 15 in marked
    assert 3 not in marked


@pytest.mark.parametrize(
    ("count", "has_level", "has_season"),
    [
        (LEAST_MONTHS - 1, False, False),
        (LEAST_MONTHS, True, False),
        (LEAST_MONTHS_FOR_SEASON - 1, True, False),
        (LEAST_MONTHS_FOR_SEASON, True, True),
    ],
)
def test_how_many_months_it_takes(count: int, has_level: bool, has_season: bool) -> None:
    values, _, calendar = series(count)
    found = of(values, calendar)
    assert (not np.isnan(found.level).any()) == has_level
    assert bool((np.abs(np.nan_to_num(found.season)) > 1).any()) == has_season


def test_gaps_are_spanned_inside_and_left_open_outside() -> None:
    values, level, calendar = series(40)
    gaps = [0, 1, 12, 20, 21, 39]
    values[gaps] = np.nan
    found = of(values, calendar)
    assert np.isnan(found.level[[0, 1, 39]]).all()
    assert found.level[[12, 20, 21]] == pytest.approx(level[[12, 20, 21]], rel=0.05)
    assert not set(outside(values, found)) & {*gaps, 11, 13, 19, 22}


def test_a_short_month_is_expected_to_have_less() -> None:
    calendar = np.arange(36) % 12 + 1
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 3, dtype=float)
    found = usual(10 * days, days, calendar, is_count=True)
    assert found.level == pytest.approx(np.full(36, 10 * DAYS_OF_MONTH))
    assert found.season == pytest.approx(np.zeros(36), abs=1e-6)
    february, january = (found.high + found.low)[[1, 0]]
    assert february / january == pytest.approx(28 / 31)


def test_counts_scatter_by_chance_even_where_they_have_not_yet() -> None:
    """Three events where there were always four are nothing unusual; an index that never moved has moved."""
    values = np.full(20, 4.0)
    values[10] = 3
    calendar = np.arange(20) % 12 + 1
    assert outside(values, of(values, calendar, is_count=True)) == []
    assert outside(values, of(values, calendar, is_count=False)) == [10]


def test_nothing_falls_below_zero() -> None:
    calendar = np.arange(30) % 12 + 1
    found = of(np.tile([0.0, 1.0, 2.0], 10), calendar, is_count=True)
    assert (found.low >= 0).all()
    assert (found.level >= 0).all()


def test_of_chance_alone_few_months_are_marked() -> None:
    chance = np.random.default_rng(7)
    calendar = np.arange(36) % 12 + 1
    expected = 60 * (1 + 0.3 * np.sin(calendar / 12 * 2 * np.pi))
    runs = [chance.poisson(expected).astype(float) for _ in range(30)]
    marked = sum(len(outside(values, of(values, calendar, is_count=True))) for values in runs)
    assert 0 < marked / (30 * 36) < 0.04


def city(make_scene, *, until: int = 26, extra: int = 60, workshop: bool = False, **row):
    """Two years of four events a month; one month of the second has more."""
    scene = make_scene()
    for number in range(until):
        year, rest = divmod(2024 * 12 + 9 + number, 12)
        on = f"{year}-{rest + 1:02d}"
        for day in range(1, 5):
            scene.event(f"{on}-{day}", f"{on}-{day:02d}", recorded=True)
            scene.register(f"{on}-{day}", range(1000 * number + 40 * day, 1000 * number + 40 * day + 25), "attended")
        if number == 18:
            scene.event("more", f"{on}-20", recorded=True, is_workshop=workshop, **row)
            scene.register("more", range(1000 * number + 500, 1000 * number + 500 + extra), "attended")
    return scene.select("2024-10", "2026-12")


def test_an_unusual_month_is_marked_and_the_others_are_not(make_scene, analyst) -> None:
    frame = season.by_month(city(make_scene), "attendances_count", analyst)
    assert season.method(frame) == "season"
    marked = frame[frame["mark"].notna()]
    assert marked["month"].tolist() == [pd.Timestamp("2026-04-01")]
    assert marked["mark"].tolist() == ["high"]
    assert marked["reason"].tolist() == ["unusual"]
    assert frame.loc[frame["mark"].isna(), "reason"].isna().all()


def test_a_month_with_a_workshop_says_so(make_scene, analyst) -> None:
    frame = season.by_month(city(make_scene, workshop=True), "attendances_count", analyst)
    assert frame["reason"].dropna().tolist() == ["workshop"]


def test_a_low_month_is_not_put_down_to_its_workshop(make_scene, analyst) -> None:
    scene_selection = city(make_scene, extra=0, workshop=True)
    rows = scene_selection.registrations
    is_kept = (rows["month"] != pd.Timestamp("2026-04-01")) | (rows["person_id"] % 40 < 10)
    cut = replace(scene_selection, rows=scene_selection.rows.kept(is_kept.to_numpy(dtype=bool)))
    frame = season.by_month(cut, "attendances_count", analyst)
    assert (frame["mark"].dropna().tolist(), frame["reason"].dropna().tolist()) == (["low"], ["unusual"])


def test_a_month_whose_lists_are_incomplete_says_so(make_scene, analyst) -> None:
    scene_selection = city(make_scene)
    in_april = scene_selection.events["month"] == pd.Timestamp("2026-04-01")
    unnoted = scene_selection.events.assign(
        is_attendance_recorded=scene_selection.events["is_attendance_recorded"]
        & ~(in_april & scene_selection.events["event_id"].str.endswith(("-1", "-2")))
    )
    frame = season.by_month(replace(scene_selection, events=unnoted), "attendances_count", analyst)
    assert frame.loc[frame["mark"].notna(), "reason"].tolist() == ["few_data"]  # 3 events: fewer than 5 said first
    more = pd.concat([unnoted, *(unnoted[in_april].assign(is_attendance_recorded=flag) for flag in (True, False))])
    frame = season.by_month(replace(scene_selection, events=more), "attendances_count", analyst)
    assert frame.loc[frame["mark"].notna(), "reason"].tolist() == ["gaps"]


def test_the_unfinished_month_teaches_nothing_and_is_not_marked(make_scene, analyst) -> None:
    frame = season.by_month(city(make_scene, until=25), "attendances_count", analyst)
    last = frame.iloc[-1]
    assert last["month"] == pd.Timestamp("2026-11-01")
    assert last["is_unfinished"]
    assert pd.isna(last["usual_low"])
    assert pd.isna(last["mark"])
    assert frame["usual_level"].notna().sum() == 25


def test_months_before_the_lists_are_no_zeros(make_scene, analyst) -> None:
    scene_selection = city(make_scene, until=25)
    early = replace(scene_selection, start=date(2023, 1, 1))
    frame = season.by_month(early, "events_count", analyst)
    assert frame["month"].iloc[0] == pd.Timestamp("2024-10-01")


def test_the_public_band_is_made_of_public_numbers(make_scene, public, monkeypatch) -> None:
    """Handed only what the public may see, the band comes out the same."""
    scene_selection = city(make_scene)
    frame = season.by_month(scene_selection, "participants_count", public)
    published = months.by_month(scene_selection, public)
    assert (frame["value"] % 5 == 0).all()
    nobody = replace(scene_selection, rows=scene_selection.rows.kept(np.zeros(len(scene_selection.rows), dtype=bool)))
    monkeypatch.setattr(months, "by_month", lambda *_: published)
    pd.testing.assert_frame_equal(season.by_month(nobody, "participants_count", public), frame)


def test_a_hidden_month_is_a_gap(make_scene, public) -> None:
    scene_selection = city(make_scene)
    rows = scene_selection.registrations
    is_cut = rows["month"] == pd.Timestamp("2025-06-01")
    few = scene_selection.rows.kept((~is_cut | (is_cut.cumsum() <= 3)).to_numpy())
    frame = season.by_month(replace(scene_selection, rows=few), "attendances_count", public)
    hidden = frame[frame["value_is_hidden"]]
    assert hidden["month"].tolist() == [pd.Timestamp("2025-06-01")]
    assert hidden["value"].isna().all()
    assert hidden["mark"].isna().all()
    assert hidden["usual_level"].notna().all()


def test_nothing_at_all_gives_the_columns(empty_scene, analyst) -> None:
    frame = season.by_month(empty_scene.select("2025-10", "2026-10"), "participants_count", analyst)
    assert list(frame.columns) == list(season.USUAL)
    assert frame.empty
    assert season.method(frame) == "none"


def test_only_monthly_figures_have_a_level(empty_scene, analyst) -> None:
    with pytest.raises(KeyError, match="theme_share_pct"):
        season.by_month(empty_scene.select("2025-10", "2026-10"), "theme_share_pct", analyst)


@pytest.mark.parametrize("figure", [figure for figure in FIGURES.values() if figure.is_monthly], ids=lambda f: f.id)
def test_every_monthly_figure_can_be_asked_for(full_scene, analyst, figure) -> None:
    frame = season.by_month(full_scene.select("2025-10", "2026-11"), figure.id, analyst)
    assert set(frame["mark"].dropna()) <= set(season.MARKS)
    assert set(frame["reason"].dropna()) <= set(season.REASONS)
    assert frame["mark"].isna().equals(frame["reason"].isna())
