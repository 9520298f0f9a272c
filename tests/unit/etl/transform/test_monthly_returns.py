from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from etl.sources.raw import Dataset
from etl.transform.monthly_returns import monthly_returns
from etl.transform.places import Gazetteer

RowsOf = Callable[..., pd.DataFrame]
RETURN = {"space": "Вона хаб", "month": "жовтень 2025", "events_count": "12", "visitors_count": "1 340"}


def test_a_return(rows: RowsOf, gazetteer: Gazetteer) -> None:
    result = monthly_returns(rows(Dataset.MONTHLY_RETURNS, RETURN), gazetteer)
    (found,) = result.tables["monthly_returns"].to_dict("records")
    assert (found["space_id"], found["month"]) == ("kyiv-vona-khab", pd.Timestamp("2025-10-01"))
    assert (found["events_count"], found["visitors_count"]) == (12, 1340)
    assert result.remarks.empty


def test_one_count_is_enough(rows: RowsOf, gazetteer: Gazetteer) -> None:
    result = monthly_returns(rows(Dataset.MONTHLY_RETURNS, {**RETURN, "events_count": None}), gazetteer)
    assert len(result.loaded) == 1


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"space": None}, "space", "missing_value"),
        ({"space": "Разом"}, "space", "unknown_space"),
        ({"month": None}, "month", "missing_value"),
        ({"month": "торік"}, "month", "unreadable_date"),
        ({"visitors_count": "понад 300"}, "visitors_count", "unreadable_number"),
        ({"visitors_count": None, "events_count": None}, "visitors_count", "missing_value"),
    ],
)
def test_half_a_return_is_none(
    change: dict[str, str | None], field: str, code: str, rows: RowsOf, gazetteer: Gazetteer
) -> None:
    result = monthly_returns(rows(Dataset.MONTHLY_RETURNS, {**RETURN, **change}), gazetteer)
    assert result.remarks[["field", "code"]].to_numpy().tolist() == [[field, code]]
    assert result.tables["monthly_returns"].empty


def test_a_month_is_returned_once(rows: RowsOf, gazetteer: Gazetteer) -> None:
    other = {**RETURN, "visitors_count": "900"}
    result = monthly_returns(rows(Dataset.MONTHLY_RETURNS, RETURN, {**RETURN, "space": "ВОНА ХАБ"}, other), gazetteer)
    assert sorted(result.remarks["code"]) == ["duplicate_row", "same_id_other_content"]
    assert len(result.loaded) == 1


def test_no_returns_have_all_columns(rows: RowsOf, gazetteer: Gazetteer) -> None:
    result = monthly_returns(rows(Dataset.MONTHLY_RETURNS), gazetteer)
    assert "visitors_count" in result.tables["monthly_returns"]
