from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources import delimited
from etl.sources.columnar import Columns, read_columns
from etl.sources.limits import DEFAULT_LIMITS, Limits
from etl.sources.raw import SourceError
from etl.sources.tabular import Grid

HEADER = "a,b,c"


def is_header(cells: Sequence[str]) -> bool:
    return [cell.strip() for cell in cells[:3]] == ["a", "b", "c"]


def both_ways(text: str, monkeypatch: pytest.MonkeyPatch, separator: str = ",") -> tuple[Grid, Grid]:
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(delimited, "BY_COLUMNS_FROM", least)
        found.append(delimited.read_delimited(text, is_header, DEFAULT_LIMITS))
    return found[0], found[1]


def stripped(grid: Grid) -> list[tuple[int, list[str]]]:
    width = len(grid.header)
    return [(number, [cell.strip() for cell in cells[:width]]) for number, cells in grid.rows]


CELLS = st.sampled_from(
    ["", "1", " x ", "Анна", '"q"', '"a,b"', '"two\nlines"', '"say ""hi"""', '""', 'in"ner', "\u00a0"]
)
LINES = st.lists(CELLS, min_size=1, max_size=5).map(",".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_reads_as_the_reader_of_lines_does(lines: list[str], end: str, has_end: bool) -> None:
    text = end.join([HEADER, *lines]) + (end if has_end else "")
    with pytest.MonkeyPatch.context() as patch:
        fast, slow = both_ways(text, patch)
    assert stripped(fast) == stripped(slow)
    assert fast.broken == slow.broken


@pytest.mark.parametrize(
    "body",
    [
        'x,"open,1\n1,2,3\n',
        '1,"2" ,3\n',
        '1, "2",3\n',
        "1,2,3\r4,5,6\n",
        '1,"a\nb",3,4,5\n1,2,3\n',
    ],
)
def test_what_is_not_regular_is_left_to_the_reader_of_lines(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_columns(body.encode(), ",", 3, 2, lambda fields: len(fields) == 3) is None
    fast, slow = both_ways(f"{HEADER}\n{body}", monkeypatch)
    assert (stripped(fast), fast.broken) == (stripped(slow), slow.broken)


def test_a_regular_text_is_read_by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both_ways(f'Звіт\n{HEADER},\n1,"2\n2",3,\n\n4,5,6,\n7,8\n', monkeypatch)
    assert isinstance(fast.rows, Columns)
    assert not isinstance(slow.rows, Columns)
    assert stripped(fast) == [(3, ["1", "2\n2", "3"]), (6, ["4", "5", "6"])] == stripped(slow)
    assert fast.broken == (7,) == slow.broken
    assert [number for number, _ in fast.rows[1:]] == [6]
    assert fast.rows.texts(1).tolist() == ["2\n2", "5"]


def test_limits_hold_for_columns_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BY_COLUMNS_FROM", 0)
    text = f"{HEADER}\n1,2,{'ж' * 20}\n"
    assert len(delimited.read_delimited(text, is_header, Limits(max_cell_chars=20)).rows) == 1
    with pytest.raises(SourceError, match="characters"):
        delimited.read_delimited(text, is_header, Limits(max_cell_chars=19))
