"""Which colour of the map stands for which values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from dashboard.text.numbers import HIDDEN, NO_DATA, Unit, format_value
from dashboard.text.words import Lang

RAMP: Final = ("#d8eddb", "#a3d4b0", "#62b487", "#2c8a61", "#0f5c3e")
"""From little to much; told apart by lightness, so also without sight of colours."""

NO_DATA_COLOUR: Final = "#e6e8eb"
HIDDEN_COLOUR: Final = "#8d96a1"

_STEPS: Final[Mapping[int, Sequence[int]]] = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


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


def classify(
    values: pd.Series[float],
    *,
    lang: Lang,
    unit: Unit = "count",
    is_hidden: pd.Series[bool] | None = None,
    most: int = len(RAMP),
) -> Classes:
    """Sort values into classes with about equally many different values each; what is written alike is never parted.

    A class is called after the least and the greatest value in it. Missing and hidden values have classes of their
    own, which stand at the end of the legend when there are any. Without values the legend is empty.

    Args:
        values: the values, missing where there is no data.
        lang: language of the legend.
        unit: what the values are.
        is_hidden: which values may not be shown; none by default.
        most: greatest number of classes, from 1 to 5.

    Raises:
        ValueError: `most` is out of its range.
    """
    if most not in _STEPS:
        raise ValueError(f"most: got {most}, allowed are {min(_STEPS)} to {max(_STEPS)}")
    hidden = np.zeros(len(values), dtype=bool) if is_hidden is None else is_hidden.to_numpy(dtype=bool)
    steps = 10 if unit == "number" else 1
    # A half goes up, as it does where numbers are written.
    numbers = np.floor(values.to_numpy(dtype="float64", na_value=np.nan) * steps + 0.5) / steps
    distinct = np.unique(numbers[~hidden & ~np.isnan(numbers)])
    groups = np.array_split(distinct, min(most, len(distinct))) if len(distinct) else []
    colour_of: dict[float, str] = {}
    legend = []
    for group, step in zip(groups, _STEPS.get(len(groups), ()), strict=True):
        ends = [format_value(float(end), unit, lang) for end in (group[0], group[-1])]
        legend.append(LegendEntry(RAMP[step], " – ".join(dict.fromkeys(ends))))
        colour_of |= {float(value): RAMP[step] for value in group}
    colours = [
        HIDDEN_COLOUR if is_secret else colour_of.get(number, NO_DATA_COLOUR)
        for number, is_secret in zip(numbers.tolist(), hidden.tolist(), strict=True)
    ]
    if NO_DATA_COLOUR in colours:
        legend.append(LegendEntry(NO_DATA_COLOUR, NO_DATA.say(lang)))
    if HIDDEN_COLOUR in colours:
        legend.append(LegendEntry(HIDDEN_COLOUR, HIDDEN.say(lang)))
    return Classes(tuple(colours), tuple(legend))
