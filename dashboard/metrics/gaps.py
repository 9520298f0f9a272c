"""Gaps: themes that a district lacks beside the rest of its city. Events are counted, no people."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from dashboard.metrics import themes
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import COUNT, NUMBER, TEXT, shaped

BY_DISTRICT_AND_THEME: Final = {
    "district_code": TEXT,
    "theme_id": TEXT,
    "events_count": COUNT,
    "expected_events": NUMBER,
    "gap": TEXT,
}
GAPS: Final = ("absent", "rare", "none", "unclear")
"""``absent``: no event at all; ``rare``: fewer than chance explains; ``none``: no gap; ``unclear``: too few events."""
CHANCE: Final = 0.01
"""How probable so few events must be at most, were the theme as frequent as in the city, to be called a gap."""


def by_district_and_theme(selection: Selection) -> pd.DataFrame:
    """How often each theme occurs in each district, beside how often it would at the theme's share in the city.

    Returns:
        One row per chosen district and theme: ``BY_DISTRICT_AND_THEME``. ``expected_events``: the district's events
        with themes (an event counts once for each of its themes), times the theme's share of all such in the chosen
        districts. ``gap`` (see ``GAPS``): whether a Poisson variable of that mean would be as small as
        ``events_count`` in at most ``CHANCE`` of cases; ``unclear`` where even no event at all would not be that rare.
        Source: exact Poisson tail, Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 2005, ch. 4.
    """
    frame = themes.by_district(selection)
    counts = frame["events_count"].astype(NUMBER)
    of_district = counts.groupby(frame["district_code"]).transform("sum")
    of_theme = counts.groupby(frame["theme_id"]).transform("sum")
    expected = of_district * of_theme / counts.sum() if counts.sum() else counts * 0.0
    gaps = [_gap(int(count), mean) for count, mean in zip(counts, expected, strict=True)]
    return shaped(frame.assign(expected_events=expected, gap=gaps), BY_DISTRICT_AND_THEME)


def _gap(count: int, expected: float) -> str:
    if math.exp(-expected) > CHANCE:
        return "unclear" if count < expected else "none"
    if count == 0:
        return "absent"
    return "rare" if _at_most(count, expected) <= CHANCE else "none"


def _at_most(count: int, mean: float) -> float:
    """Probability that a Poisson variable is at most ``count``."""
    return sum(math.exp(number * math.log(mean) - mean - math.lgamma(number + 1)) for number in range(count + 1))
