"""Each limit: a file at it is read, one above it is refused with the limit's name, and the environment sets it."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from etl.sources.delimited import read_delimited
from etl.sources.grids import read_grids
from etl.sources.limits import _WORDS, DEFAULT_LIMITS, LimitError, Limits, keep_within, limits_of, variable
from etl.sources.raw import SourceError
from tests.unit.etl.conftest import Run

NAMES = [field.name for field in fields(Limits)]
OF_OTHER_WORDS = {"max_workbook_seconds", "max_workbook_memory_bytes", "max_occurrences"}


@pytest.mark.parametrize("name", NAMES)
def test_each_limit_is_set_by_its_variable(name: str) -> None:
    assert limits_of({variable(name): "7", "PATH": "/bin"}) == replace(DEFAULT_LIMITS, **{name: 7})


def test_without_variables_the_limits_are_the_default_ones() -> None:
    assert limits_of({"CIVICSPACE_LANG": "en"}) == DEFAULT_LIMITS


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "1e6", "many", "²"])
def test_what_is_no_whole_number_above_zero_is_no_limit(text: str) -> None:
    with pytest.raises(LimitError, match="CIVICSPACE_MAX_ROWS must be a whole number above 0"):
        limits_of({"CIVICSPACE_MAX_ROWS": text})


def test_a_variable_of_no_limit_is_named() -> None:
    with pytest.raises(LimitError, match=r"no such limit: CIVICSPACE_MAX_ROW; there are: .*CIVICSPACE_MAX_ROWS"):
        limits_of({"CIVICSPACE_MAX_ROW": "5"})


def test_every_limit_has_words() -> None:
    assert {*NAMES} == {*_WORDS} | OF_OTHER_WORDS


@pytest.mark.parametrize("name", list(_WORDS))
def test_above_a_limit_is_said_which_it_is_and_how_to_raise_it(name: str) -> None:
    limits = replace(DEFAULT_LIMITS, **{name: 3})
    keep_within(name, 3, limits)
    with pytest.raises(SourceError) as refusal:
        keep_within(name, 4, limits)
    for reason in (refusal.value.reason_uk, refusal.value.reason_en):
        assert "4" in reason
        assert "3" in reason
        assert variable(name) in reason


DAILY = "RRULE:FREQ=DAILY;COUNT=3"


def calendar(*rules: str) -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nDTSTART:20260101T100000\n{rule}\nEND:VEVENT\n" for n, rule in enumerate(rules)
    )
    return f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()


@pytest.mark.parametrize(
    ("name", "at", "above", "limit"),
    [
        ("max_depth", json.dumps([{"a": 1}]).encode(), json.dumps([{"a": [1]}]).encode(), 2),
        ("max_calendar_events", calendar("SUMMARY:a"), calendar("SUMMARY:a", "SUMMARY:b"), 1),
        ("max_recurrence_days", calendar(DAILY), calendar(DAILY, DAILY), 30),
        ("max_file_bytes", "Назва;Дата\n".encode(), "Назва;Дата\n\n".encode(), len("Назва;Дата\n".encode())),
    ],
)
def test_a_file_is_read_at_a_limit_and_refused_above_it(name: str, at: bytes, above: bytes, limit: int) -> None:
    limits = replace(DEFAULT_LIMITS, **{name: limit})
    assert read_grids(at, lambda _cells: True, limits)[0]
    with pytest.raises(SourceError, match=variable(name)):
        read_grids(above, lambda _cells: True, limits)


def test_quotes_left_open_are_counted_up_to_the_limit() -> None:
    text = "А;Б\n" + '"в;г\nд;е\n' * 3
    is_header = ["А", "Б"].__eq__
    assert read_delimited(text, is_header, replace(DEFAULT_LIMITS, max_open_quotes=3)).broken
    with pytest.raises(SourceError, match="3 quotes left open, at most 2"):
        read_delimited(text, is_header, replace(DEFAULT_LIMITS, max_open_quotes=2))


@pytest.mark.parametrize(("most", "rows", "is_cut"), [(3, 3, False), (2, 2, True)])
def test_occurrences_above_the_limit_are_left_out_and_remarked(most: int, rows: int, is_cut: bool) -> None:
    limits = replace(DEFAULT_LIMITS, max_occurrences=most)
    grids, _ = read_grids(calendar(DAILY), lambda _cells: True, limits)
    recurring = next(grid for grid in grids if grid.sheet.startswith("RRULE"))
    assert len(recurring.rows) == rows
    assert [issue.code for issue in recurring.issues] == ["endless_recurrence"] * is_cut


def test_a_load_obeys_and_names_the_limit(run: Run, inbox: object) -> None:
    refused = run("load", "--lang", "en", CIVICSPACE_MAX_FILE_BYTES="20")
    assert refused.exit_code == 4
    assert "at most 20 are allowed; split the file, or raise the limit CIVICSPACE_MAX_FILE_BYTES" in refused.stdout
    wrong = run("load", "--lang", "en", CIVICSPACE_MAX_FILE_BYTES="large")
    assert wrong.exit_code == 2
    assert "CIVICSPACE_MAX_FILE_BYTES must be a whole number" in wrong.stderr
