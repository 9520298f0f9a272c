from __future__ import annotations

import pandas as pd

from etl.sources.raw import RAW_COLUMNS, Dataset, RawTable
from etl.transform.rows import Part, join_remarks, over_distinct, over_pack, remarks, settle, stack

COLUMNS = ["id", "name", "seats", "origin", "source_id", "sheet", "row"]


def records(*values: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=COLUMNS)


def test_the_fullest_row_is_kept_whatever_the_order() -> None:
    frame = records(("a", "Лекція", None, "own", "s1", "-", 2), ("a", "Лекція", 30, "own", "s2", "-", 2))
    for order in (frame, frame.iloc[::-1]):
        kept, told = settle(order, ["id"], ["name", "seats"])
        assert kept["seats"].tolist() == [30]
        assert told[["source_id", "code"]].to_numpy().tolist() == [["s1", "same_id_other_content"]]


def test_an_equal_row_is_a_repetition_and_the_smallest_source_is_named() -> None:
    frame = records(("a", "Лекція", 30, "own", "s2", "-", 2), ("a", "Лекція", 30, "own", "s1", "-", 9))
    kept, told = settle(frame, ["id"], ["name", "seats"])
    assert kept["source_id"].tolist() == ["s1"]
    assert told["code"].tolist() == ["duplicate_row"]


def test_a_citys_own_row_comes_before_the_demonstrations() -> None:
    frame = records(("a", "Лекція", 30, "demo", "s1", "-", 2), ("a", "Зустріч", None, "own", "s2", "-", 2))
    kept, _ = settle(frame, ["id"], ["name", "seats"])
    assert kept["origin"].tolist() == ["own"]


def test_other_keys_are_not_settled() -> None:
    frame = records(("a", "Лекція", 30, "own", "s1", "-", 2), ("b", "Лекція", 30, "own", "s1", "-", 3))
    kept, told = settle(frame, ["id"], ["name", "seats"])
    assert len(kept) == 2
    assert told.empty


def test_nothing_settles_to_nothing() -> None:
    kept, told = settle(records(), ["id"], ["name", "seats"])
    assert kept.empty
    assert list(kept) == COLUMNS
    assert list(told) == ["source_id", "sheet", "row", "field", "code"]


PACK = pd.DataFrame(
    {"id": ["a", "b"], "name": ["Хаб", "Інший"], "seats": [70.0, None], "origin": "fact", "source_id": "p"}
)


def test_a_citys_own_row_takes_the_packs_place_and_keeps_what_it_leaves_blank() -> None:
    taken, stays, told = over_pack(records(("a", "Хаб новий", None, "own", "s1", "-", 2)), PACK, ["id"])
    assert taken[["name", "seats", "origin", "source_id"]].to_numpy().tolist() == [["Хаб новий", 70.0, "own", "s1"]]
    assert stays["id"].tolist() == ["b"]
    assert told.empty


def test_demonstration_rows_never_change_the_pack() -> None:
    taken, stays, told = over_pack(records(("a", "Хаб", 5, "demo", "s1", "-", 2)), PACK, ["id"])
    assert taken.empty
    assert stays["id"].tolist() == ["a", "b"]
    assert told["code"].tolist() == ["duplicate_row"]


def test_new_rows_go_in_beside_the_pack() -> None:
    taken, stays, _ = over_pack(records(("c", "Новий", 5, "demo", "s1", "-", 2)), PACK, ["id"])
    assert taken["id"].tolist() == ["c"]
    assert len(stays) == 2


def test_each_distinct_text_is_resolved_once() -> None:
    asked: list[str] = []

    def resolve(text: str) -> str | None:
        asked.append(text)
        return text.upper() if text != "ні" else None

    found = over_distinct(pd.Series(["так", None, "так", "ні"], index=[5, 6, 7, 8], dtype="str"), resolve)
    assert asked == ["так", "ні"]
    assert found.dropna().to_dict() == {5: "ТАК", 7: "ТАК"}
    assert found.index.tolist() == [5, 6, 7, 8]


def test_tables_are_stacked_with_their_address_and_context() -> None:
    frame = pd.DataFrame({"row": [2, 3], "space": ["Вона хаб", None], "month": "05.2025"})
    frame = frame.reindex(columns=["row", *RAW_COLUMNS[Dataset.MONTHLY_RETURNS]]).astype({"space": "str"})
    table = RawTable(Dataset.MONTHLY_RETURNS, "list", "Аркуш", frame, {}, context={"event_code": "A-1"})
    stacked = stack([Part("s1", "kyiv", "own", table), Part("s2", "lviv", "demo", table)], Dataset.MONTHLY_RETURNS)
    assert stacked[["source_id", "sheet", "row", "city_id", "of_event_code"]].to_numpy().tolist() == [
        ["s1", "Аркуш", 2, "kyiv", "A-1"],
        ["s1", "Аркуш", 3, "kyiv", "A-1"],
        ["s2", "Аркуш", 2, "lviv", "A-1"],
        ["s2", "Аркуш", 3, "lviv", "A-1"],
    ]


def test_no_tables_stack_to_all_columns() -> None:
    assert set(stack([], Dataset.EVENTS)) >= {*RAW_COLUMNS[Dataset.EVENTS], "row", "of_event_title"}


def test_remarks_name_the_rows_under_the_mask_alone() -> None:
    frame = records(("a", "x", 1, "own", "s1", "-", 2), ("b", "x", 1, "own", "s1", "-", 3))
    told = join_remarks([remarks(frame, frame["id"] == "b", "unknown_space", "space"), join_remarks([])])
    assert told.to_numpy().tolist() == [["s1", "-", 3, "space", "unknown_space"]]
