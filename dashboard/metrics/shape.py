"""The shape of frames that leave the metrics: declared columns, in order, in declared types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api.types import pandas_dtype

from dashboard.filters import add_months

TEXT: Final = "str"
COUNT: Final = "Int64"
NUMBER: Final = "float64"
FLAG: Final = "bool"
DAY: Final = "datetime64[us]"


def shaped(frame: pd.DataFrame, dtypes: Mapping[str, str]) -> pd.DataFrame:
    """The declared columns of ``frame`` in their order and types, rows numbered from 0.

    A column that an empty frame lacks is made; a flag that is missing is false.

    Raises:
        KeyError: a frame with rows lacks a column.
    """
    if frame.empty:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})
    # Most columns have their type already, and together they are put into a frame at once.
    return pd.DataFrame({name: _typed(frame[name], dtype).array for name, dtype in dtypes.items()})


def whole(values: np.ndarray[Any, np.dtype[np.float64]]) -> pd.arrays.IntegerArray:
    """Whole numbers that were counted as others, missing where these are."""
    is_missing = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(is_missing, 0, values).astype("int64"), is_missing)


def _typed(column: pd.Series, dtype: str) -> pd.Series:
    kind = pandas_dtype(dtype)
    if column.dtype == kind:
        return column
    return (column.fillna(value=False) if dtype == FLAG else column).astype(kind)


def month_frame(start: date, end: date) -> pd.DataFrame:
    """One row per month from ``start`` to ``end``, both included; column ``month``."""
    months = []
    month = start
    while month <= end:
        months.append(pd.Timestamp(month))
        month = add_months(month, 1)
    return pd.DataFrame({"month": pd.Series(months, dtype=DAY)})


def looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """The value for every key, missing where there is none; unlike ``Series.map``, an empty one keeps its type.

    Args:
        keys: what to look up.
        values: indexed by key, each once.
    """
    return values.reindex(keys).set_axis(keys.index)


def rows_by(frame: pd.DataFrame, key: str) -> dict[Any, dict[str, Any]]:
    """The rows of a frame as mappings, by one column whose values are distinct."""
    return {row[key]: row for row in records(frame)}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as mappings: as pandas makes them, in a tenth of the time where columns are many."""
    columns = {str(name): frame[name].tolist() for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def is_known(value: Any) -> bool:
    """Whether one cell holds a value."""
    return not bool(pd.isna(value))
