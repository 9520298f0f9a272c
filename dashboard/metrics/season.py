"""What is usual for a figure, month by month: its moving level, its season, and the months that fall out of both.

The level is a robust local regression over fifteen months (LOWESS; Cleveland, *Robust Locally Weighted Regression
and Smoothing Scatterplots*, Journal of the American Statistical Association 74, 1979). From 24 finished months on
there is a season too: of each calendar month what its years agree on. The band reaches 2.5 robust standard deviations
to both sides (Leys et al., *Detecting outliers*, Journal of Experimental Social Psychology 49, 2013).
Why not STL: docs/adr/0015.

Everything is worked out from numbers that the role may see, so the band tells the public nothing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from dashboard import lean
from dashboard.metrics import months
from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Figure, Unit
from dashboard.metrics.disclosure import HIDDEN, Disclosure, Flags, Numbers
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, DAY, FLAG, NUMBER, TEXT, is_known, records, shaped

USUAL: Final = {
    "month": DAY,
    "figure_id": TEXT,
    "value": NUMBER,
    "value_is_hidden": FLAG,
    "is_unfinished": FLAG,
    "days_count": COUNT,
    "usual_level": NUMBER,
    "usual_season": NUMBER,
    "usual_low": NUMBER,
    "usual_high": NUMBER,
    "mark": TEXT,
    "reason": TEXT,
}
MARKS: Final = ("high", "low")
REASONS: Final = ("workshop", "few_data", "gaps", "unusual")
"""Why a month may lie outside the band, the first that holds."""

LEAST_MONTHS: Final = 12
"""Fewer finished months with a value have no level."""
LEAST_MONTHS_FOR_SEASON: Final = 24
DAYS_OF_MONTH: Final = 365.25 / 12

_WINDOW: Final = 15
_ROUNDS: Final = 5
_REACH: Final = 2.5
_QUANTILE: Final = 0.8
_SIGMAS_AT_QUANTILE: Final = 1.2816
"""How many standard deviations this share of a normal distribution lies within, both sides taken together."""
_FITTED_BY_SEASON: Final = 11
_LEAST_SIGMA: Final = 0.5
"""Of the square root of a count, whatever it is, where events come by chance (Poisson)."""
_AS_IT_IS: Final = frozenset({Unit.PERCENT, Unit.INDEX, Unit.DAYS, Unit.THEMES, Unit.PER_1000})
"""Units of figures that do not scatter as counts do."""
_BASE: Final = "events_count"
"""What a figure rests on that names nothing else."""
_LEAST_PEOPLE: Final = 50
_LEAST_OTHERS: Final = 5
_LEAST_COVERAGE_PCT: Final = 70.0


@dataclass(frozen=True)
class Usual:
    """Level, season and band of a series, each as long as the series; missing where there is none."""

    level: Numbers
    season: Numbers
    low: Numbers
    high: Numbers


def by_month(selection: Selection, figure_id: str, disclosure: Disclosure) -> pd.DataFrame:
    """One monthly figure beside what is usual for it.

    Args:
        selection: the months to look at, all of the city's history where the level is to be well known; months that
            have not begun are passed over.
        figure_id: a monthly figure of the catalogue.
        disclosure: who looks.

    Returns:
        One row per month from the first with a value to the unfinished one: ``USUAL``; no rows without any value.

        * ``usual_level``: the moving level, for a month of average length; missing before the first and after the
          last finished month with a value, and everywhere with fewer than ``LEAST_MONTHS`` of these.
        * ``usual_season``: how far the calendar month usually lies above (below) the level; 0 with fewer than
          ``LEAST_MONTHS_FOR_SEASON`` months.
        * ``usual_low``, ``usual_high``: what is usual for this month, its season and length considered.
        * ``mark``: ``high`` or ``low`` outside the band; ``reason``: one of ``REASONS``, what else is known of such a
          month, in this order: a workshop was held in it (of high ones); the figure rests on less than 50 people or 5
          of anything else; its coverage is under 70 %; nothing. Missing elsewhere.

        A hidden value and a month without records are gaps: they are not filled and teach nothing.

    Raises:
        KeyError: there is no such monthly figure.
    """
    return of_months(months.by_month(selection, disclosure), figure_id)


def of_months(by_month: pd.DataFrame, figure_id: str) -> pd.DataFrame:
    """``by_month`` out of a frame of ``months.by_month``, so that one such frame serves many figures."""
    figure = FIGURES[figure_id]
    if not figure.is_monthly:
        raise KeyError(f"{figure_id} is no monthly figure")
    # A month has a hundred columns; what is said of one figure rests on few of them.
    named = (figure_id, figure_id + HIDDEN, figure.base_id or _BASE, figure.coverage_id)
    by_month = by_month[["month", "is_unfinished", "has_workshop", *{name for name in named if name in by_month}]]
    # Of the months that are not finished only the first has begun.
    frame = by_month[~by_month["is_unfinished"] | ~by_month["is_unfinished"].shift(fill_value=False)]
    value = frame[figure_id].astype("float64")
    first = value.first_valid_index()
    frame = frame.loc[first:] if first is not None else frame.iloc[:0]
    value = frame[figure_id].astype("float64")
    is_finished = ~frame["is_unfinished"].to_numpy(dtype=bool)
    days = frame["month"].dt.days_in_month.to_numpy(dtype="float64")
    found = usual(
        np.where(is_finished, value.to_numpy(), np.nan),
        days if figure.grows_with_days else np.full(len(days), DAYS_OF_MONTH),
        frame["month"].dt.month.to_numpy(),
        is_count=figure.unit not in _AS_IT_IS,
    )
    side = np.where(value > found.high, "high", np.where(value < found.low, "low", "")).astype(object)
    is_marked = is_finished & (side != "")
    mark = side.copy()
    mark[~is_marked] = None
    reason = np.full(len(mark), None, dtype=object)
    reason[is_marked] = [
        _reason(figure, row, where) for row, where in zip(records(frame[is_marked]), mark[is_marked], strict=True)
    ]
    return shaped(
        frame.assign(
            figure_id=figure_id,
            value=value,
            value_is_hidden=frame.get(figure_id + HIDDEN, default=False),
            days_count=frame["month"].dt.days_in_month,
            usual_level=found.level,
            usual_season=found.season,
            usual_low=found.low,
            usual_high=found.high,
            mark=mark,
            reason=pd.array(reason, dtype=TEXT),
        ),
        USUAL,
    )


def usual(values: Numbers, days: Numbers, calendar_month: Numbers, *, is_count: bool) -> Usual:
    """Level, season and band of one series.

    Args:
        values: the figure month by month; missing ones are gaps.
        days: how many days each month counts for.
        calendar_month: 1 to 12.
        is_count: the square root is looked at, whose scatter does not grow with the level, and nothing falls below 0.
    """
    nothing = np.full(len(values), np.nan)
    is_gap = np.isnan(values)
    known = np.flatnonzero(~is_gap)
    if len(known) < LEAST_MONTHS:
        return Usual(nothing, nothing, nothing, nothing)
    length = days / DAYS_OF_MONTH
    seen = values / length
    seen = np.sqrt(np.maximum(seen, 0)) if is_count else seen
    place = np.arange(len(values), dtype="float64")
    calendar = calendar_month.astype("int64") - 1
    has_season = len(known) >= LEAST_MONTHS_FOR_SEASON
    season = np.zeros(12)
    level = _level(seen, place, is_gap)
    for _ in range(_ROUNDS if has_season else 0):
        season = _agreed(seen - level, calendar, is_gap)
        level = _level(seen - season[calendar], place, is_gap)
    expected = level + season[calendar]
    rest = (seen - expected)[known]
    sigma = _sigma(rest, 2 * len(known) / _WINDOW + 1 + (_FITTED_BY_SEASON if has_season else 0))
    reach = _REACH * max(sigma, _LEAST_SIGMA if is_count else 0.0)
    low, high = expected - reach, expected + reach
    if is_count:
        low, high = (np.square(np.maximum(bound, 0)) for bound in (low, high))
        expected, level = np.square(np.maximum(expected, 0)), np.square(np.maximum(level, 0))
    is_outside = (place < known[0]) | (place > known[-1])

    def within(numbers: Numbers) -> Numbers:
        return np.where(is_outside, np.nan, numbers)

    return Usual(within(level), within(expected - level), within(low * length), within(high * length))


def _level(seen: Numbers, place: Numbers, is_gap: Flags) -> Numbers:
    # It takes long to import, and most pages do without.
    smoothers = lean.imported("statsmodels.nonparametric.smoothers_lowess", unseen=("polars",))
    count = int((~is_gap).sum())
    fitted = smoothers.lowess(seen[~is_gap], place[~is_gap], frac=min(1.0, _WINDOW / count), it=4, xvals=place)
    level: Numbers = np.asarray(fitted, np.float64)
    return level


def _agreed(apart: Numbers, calendar: Numbers, is_gap: Flags) -> Numbers:
    """Of each calendar month how far all of its years are apart from the level: the median, or of two the lesser.

    Two years that lie on different sides agree on nothing, and of a single one nothing can be said.
    """
    season = np.zeros(12)
    for month in range(12):
        found = apart[(calendar == month) & ~is_gap]
        if len(found) > 2:
            season[month] = np.median(found)
        elif len(found) == 2 and found[0] * found[1] > 0:
            season[month] = np.sign(found[0]) * np.abs(found).min()
    centred: Numbers = season - season.mean()
    return centred


def _sigma(rest: Numbers, fitted_count: float) -> float:
    """A standard deviation that a fifth of outliers leaves alone, of what a fit of so many numbers did not explain.

    Not by the median: of two or three years one lies on the season that they agree on, so that many rests are 0.
    """
    spread = float(np.quantile(np.abs(rest), _QUANTILE)) / _SIGMAS_AT_QUANTILE
    return float(spread * np.sqrt(len(rest) / (len(rest) - fitted_count)))


def _reason(figure: Figure, row: Mapping[Any, Any], mark: str) -> str:
    if mark == "high" and row["has_workshop"]:
        return "workshop"
    base_id = figure.base_id or _BASE
    base = FIGURES[base_id] if base_id in FIGURES else SUPPORTING[base_id]
    least = _LEAST_PEOPLE if base.is_people_count else _LEAST_OTHERS
    if is_known(row[base_id]) and row[base_id] < least:
        return "few_data"
    is_poor = figure.coverage_id is not None and row[figure.coverage_id] < _LEAST_COVERAGE_PCT
    return "gaps" if is_poor else "unusual"


def method(usual_by_month: pd.DataFrame) -> Literal["none", "level", "season"]:
    """What the band of a frame of ``by_month`` rests on: nothing, the level alone, or level and season."""
    finished = usual_by_month.loc[~usual_by_month["is_unfinished"], "value"].notna().sum()
    if finished < LEAST_MONTHS:
        return "none"
    return "level" if finished < LEAST_MONTHS_FOR_SEASON else "season"
