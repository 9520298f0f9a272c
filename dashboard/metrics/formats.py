"""Formats of events: lectures, exchange of experience, mentoring and the others."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.metrics.counts import protected, summary
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection
from dashboard.metrics.shape import TEXT
from etl.contract import EVENT_FORMATS

BY_FORMAT: Final = {"format": TEXT}


def by_format(selection: Selection, disclosure: Disclosure) -> pd.DataFrame:
    """Events and people of the selected months by format of the event.

    Returns:
        One row per format, in the contract's order, also where nothing happened: ``BY_FORMAT`` and the
        columns of ``counts.protected``.
    """
    keys = pd.DataFrame({"format": pd.Series(EVENT_FORMATS, dtype=TEXT)})
    counted = summary(selection, ["format"], keys, disclosure)
    return protected(counted, BY_FORMAT, disclosure)
