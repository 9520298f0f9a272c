"""Marks on the axes of time → ``annotations`` of one city."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.contract import ANNOTATIONS
from etl.transform import vocabulary
from etl.transform.dates import dates
from etl.transform.rows import ADDRESS, Result, join_remarks, over_distinct, remarks, settle
from etl.transform.text import clean

_KEY = ["city_id", "starts_on", "kind", "text_uk"]
_CONTENT = ("ends_on", "text_en")


def marks(rows: pd.DataFrame, pack: Mapping[str, pd.DataFrame]) -> Result:
    """Read a city's marks and put them beside those that ship with its pack.

    Args:
        rows: stacked rows of the data set ``annotations``, one city.
        pack: the pack's tables.

    Returns:
        ``annotations``, one row per day, kind and text, the pack's among them. A row without a kind, a day or a text
        is left out, as is one whose kind or day cannot be read, or that ends before it starts.
    """
    kind = vocabulary.ids(rows["kind"], vocabulary.ANNOTATION_KINDS)
    starts, ends = dates(rows["starts_on"]), dates(rows["ends_on"])
    rejected = {
        **{("missing_value", name): rows[name].isna() for name in ("kind", "starts_on", "text")},
        ("unknown_mark", "kind"): rows["kind"].notna() & kind.isna(),
        ("unreadable_date", "starts_on"): rows["starts_on"].notna() & starts.isna(),
        ("unreadable_date", "ends_on"): rows["ends_on"].notna() & ends.isna(),
        ("mark_ends_before_start", "ends_on"): ends < starts,
    }
    is_mark = ~pd.concat(list(rejected.values()), axis=1).any(axis=1)
    read = rows.assign(
        kind=kind,
        starts_on=starts,
        ends_on=ends,
        text_uk=over_distinct(rows["text"], clean),
        text_en=over_distinct(rows["text_en"], clean),
    )[is_mark]
    kept, settled = settle(read, _KEY, _CONTENT)
    columns = list(ANNOTATIONS.column_names)
    both = pd.concat([kept[columns], pack["annotations"][columns]], ignore_index=True)
    return Result(
        {"annotations": ANNOTATIONS.conform(both.drop_duplicates(_KEY, ignore_index=True))},
        kept[ADDRESS],
        join_remarks([*(remarks(rows, mask, *what) for what, mask in rejected.items()), settled]),
    )
