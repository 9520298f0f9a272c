"""Which colour of the map stands for which values."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from dashboard import lean
from dashboard.text.numbers import HIDDEN, NO_DATA, Unit, format_change, format_number, format_percent
from dashboard.text.words import Lang

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Method = Literal["natural", "quantiles", "equal"]
"""Fisher's and Jenks's natural breaks; classes of about equally many values; classes of equal width."""
METHODS: Final[tuple[Method, ...]] = ("natural", "quantiles", "equal")
Way = Literal["natural", "quantiles", "equal", "single"]
"""How classes came about: by a method, or ``single``, a class for each value, where there are few of them."""

RAMP: Final = ("#d8eddb", "#a3d4b0", "#62b487", "#2c8a61", "#0f5c3e")
"""From little to much; told apart by lightness, so also without sight of colours."""

STRONG: Final = ("#ffffff", "#a8d5b8", "#4f9e78", "#1a6a48", "#00301e")
"""The same from white nearly to black, for those who want strong colours."""

DIVERGING: Final = ("#a6611a", "#dfc27d", "#f5f5f5", "#80cdc1", "#018571")
"""Much less, less, the same, more, much more; brown and teal are told apart by those who confuse red and green."""

NO_DATA_COLOUR: Final = "#e6e8eb"
HIDDEN_COLOUR: Final = "#8d96a1"

_STEPS: Final[Mapping[int, Sequence[int]]] = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_MOST_FOR_NATURAL: Final = 200
"""Natural breaks take time with the square of the values, and of so many values quantiles read as well."""
_PARTS_OF_A_CHANGE: Final = 2
_DECIMALS: Final[Mapping[Unit, int]] = {"count": 0, "number": 1, "percent": 0}


@dataclass(frozen=True)
class LegendEntry:
    """One line of a map's legend."""

    colour: str
    label: str


@dataclass(frozen=True)
class Classes:
    """A colour per value, in the order of the values, and what the colours mean, from little to much."""

    colours: tuple[str, ...]
    legend: tuple[LegendEntry, ...]
    way: Way = "single"


def strong(classes: Classes) -> Classes:
    """The same classes in the strong colours; changes keep theirs, which are as far apart as they can be."""
    of = dict(zip(RAMP, STRONG, strict=True))
    return Classes(
        tuple(of.get(colour, colour) for colour in classes.colours),
        tuple(LegendEntry(of.get(entry.colour, entry.colour), entry.label) for entry in classes.legend),
        classes.way,
    )


@dataclass(frozen=True)
class _Writing:
    unit: Unit
    decimals: int
    lang: Lang
    is_change: bool = False

    def __call__(self, value: float) -> str:
        if self.is_change:
            return format_change(value, self.lang, decimals=self.decimals)
        if self.unit == "percent":
            return format_percent(value, self.lang, decimals=self.decimals)
        return format_number(value, self.lang, decimals=self.decimals)

    def span(self, values: Numbers) -> str:
        ends = dict.fromkeys((self(float(values.min())), self(float(values.max()))))
        # Between signed numbers a dash would read as a third minus.
        return (" … " if self.is_change else " – ").join(ends)


def classify(
    values: pd.Series[float],
    *,
    lang: Lang,
    unit: Unit = "count",
    is_hidden: pd.Series[bool] | None = None,
    most: int = len(RAMP),
    method: Method | None = None,
    decimals: int | None = None,
) -> Classes:
    """Sort values into classes; what is written alike is never parted.

    A class is called after the least and the greatest value in it. Missing and hidden values have classes of their
    own, which stand at the end of the legend when there are any. Without values the legend is empty.

    Args:
        values: the values, missing where there is no data.
        lang: language of the legend.
        unit: what the values are.
        is_hidden: which values may not be shown; none by default.
        most: greatest number of classes, from 1 to 5.
        method: how classes are made where there are more different values than classes; by default natural breaks,
            and quantiles for very many values.
        decimals: how many decimals values are written with; by default as their unit has it.

    Raises:
        ValueError: `most` is out of its range.
    """
    if most not in _STEPS:
        raise ValueError(f"most: got {most}, allowed are {min(_STEPS)} to {max(_STEPS)}")
    writing = _Writing(unit, _DECIMALS[unit] if decimals is None else decimals, lang)
    numbers, hidden = _rounded(values, writing.decimals), _flags(values, is_hidden)
    shown = numbers[~hidden & ~np.isnan(numbers)]
    groups, way = _groups(shown, most, method)
    colours = [RAMP[step] for step in _STEPS.get(len(groups), ())]
    return _classes(numbers, hidden, list(zip(colours, groups, strict=True)), writing, way)


def classify_change(
    changes: pd.Series[float],
    *,
    lang: Lang,
    is_hidden: pd.Series[bool] | None = None,
    method: Method | None = None,
    decimals: int = 0,
) -> Classes:
    """Sort changes into less, the same and more: zero is a class of its own, and both sides have the same breaks.

    Args:
        changes: signed changes, missing where nothing can be compared.
        lang: language of the legend.
        is_hidden: which changes may not be shown; none by default.
        method: as in ``classify``, for the sizes of the changes.
        decimals: how many decimals changes are written with; what rounds to zero is zero.
    """
    writing = _Writing("number", decimals, lang, is_change=True)
    numbers, hidden = _rounded(changes, decimals), _flags(changes, is_hidden)
    shown = numbers[~hidden & ~np.isnan(numbers)]
    sizes, way = _groups(np.abs(shown[shown != 0]), _PARTS_OF_A_CHANGE, method)
    same = len(DIVERGING) // 2
    steps = range(1, len(sizes) + 1) if len(sizes) == _PARTS_OF_A_CHANGE else [_PARTS_OF_A_CHANGE] * len(sizes)
    found = [(DIVERGING[same], np.zeros(1))] if (shown == 0).any() else []
    for step, size in zip(steps, sizes, strict=True):
        for sign in (-1, 1):
            there = np.intersect1d(shown, sign * size)
            found += [(DIVERGING[same + sign * step], there)] if len(there) else []
    return _classes(numbers, hidden, sorted(found, key=lambda part: part[1].min()), writing, way)


def _rounded(values: pd.Series[float], decimals: int) -> Numbers:
    steps = 10**decimals
    # A half goes up, as it does where numbers are written.
    numbers: Numbers = np.floor(values.to_numpy(dtype="float64", na_value=np.nan) * steps + 0.5) / steps
    return numbers


def _flags(values: pd.Series[float], is_hidden: pd.Series[bool] | None) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.zeros(len(values), dtype=bool) if is_hidden is None else is_hidden.to_numpy(dtype=bool)


def _groups(shown: Numbers, most: int, method: Method | None) -> tuple[list[Numbers], Way]:
    """The different values by class, from little to much, and how the classes were made."""
    distinct = np.unique(shown)
    if len(distinct) <= most:
        return [np.array([value]) for value in distinct], "single"
    chosen: Method = method or ("natural" if len(shown) <= _MOST_FOR_NATURAL else "quantiles")
    uppers = _upper_ends(shown, most, chosen)
    places = np.searchsorted(uppers, distinct, side="left")
    return [distinct[places == place] for place in np.unique(places)], chosen


def _upper_ends(shown: Numbers, count: int, method: Method) -> Numbers:
    """The greatest value of each class but the last."""
    if count == 1:
        return np.empty(0)
    # It takes long to import: only a map that has classes to make waits for it.
    mapclassify = lean.imported("mapclassify", on_demand=("scipy.stats", "sklearn.cluster"))
    classifier = {
        "natural": mapclassify.FisherJenks,
        "quantiles": mapclassify.Quantiles,
        "equal": mapclassify.EqualInterval,
    }[method]
    with warnings.catch_warnings():
        # Slow without Numba, it says; of a city's districts it takes a millisecond.
        warnings.simplefilter("ignore", UserWarning)
        bins: Numbers = np.asarray(classifier(shown, k=count).bins, dtype="float64")
    return bins[:-1]


def _classes(
    numbers: Numbers,
    hidden: np.ndarray[Any, np.dtype[np.bool_]],
    found: Sequence[tuple[str, Numbers]],
    writing: _Writing,
    way: Way,
) -> Classes:
    colour_of = {float(value): colour for colour, values in found for value in values}
    legend = [LegendEntry(colour, writing.span(values)) for colour, values in found]
    colours = [
        HIDDEN_COLOUR if is_secret else colour_of.get(number, NO_DATA_COLOUR)
        for number, is_secret in zip(numbers.tolist(), hidden.tolist(), strict=True)
    ]
    if NO_DATA_COLOUR in colours:
        legend.append(LegendEntry(NO_DATA_COLOUR, NO_DATA.say(writing.lang)))
    if HIDDEN_COLOUR in colours:
        legend.append(LegendEntry(HIDDEN_COLOUR, HIDDEN.say(writing.lang)))
    return Classes(tuple(colours), tuple(legend), way)
