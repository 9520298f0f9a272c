from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import FilterError
from dashboard.filters import Filters, KnownValues, add_months, data_span, known_values, months_with_data
from etl.contract import PARTICIPANT_GROUPS, SPACE_KINDS

KNOWN = KnownValues(
    cities=("kyiv", "lviv"),
    districts={"kyiv": frozenset({"D1", "D2"}), "lviv": frozenset({"L1"})},
    themes={"kyiv": frozenset({"ecology", "culture"}), "lviv": frozenset({"ecology"})},
    networks={"kyiv": frozenset({"n1"})},
    spaces={"kyiv": frozenset({"kyiv-a", "kyiv-b"})},
)
MONTHS = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(lambda day: day.replace(day=1))


def some(values: object) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(values))).map(tuple)  # type: ignore[call-overload]


@st.composite
def any_filters(draw: st.DrawFn) -> Filters:
    start, end = sorted([draw(MONTHS), draw(MONTHS)])
    return Filters(
        city="kyiv",
        month=draw(st.none() | MONTHS),
        start=draw(st.sampled_from([None, start])),
        end=draw(st.sampled_from([None, end])),
        districts=draw(some(KNOWN.districts["kyiv"])),
        themes=draw(some(KNOWN.themes["kyiv"])),
        kinds=draw(some(SPACE_KINDS)),
        networks=draw(some(KNOWN.networks["kyiv"])),
        groups=draw(some(PARTICIPANT_GROUPS)),
        space=draw(st.sampled_from([None, "kyiv-a", "kyiv-b"])),
        workshops=draw(st.booleans()),
    )


@given(any_filters())
def test_what_goes_into_a_link_comes_out_of_it(filters: Filters) -> None:
    assert Filters.from_query(filters.to_query(), KNOWN) == (filters, ())


@given(
    st.dictionaries(st.text(max_size=12) | st.sampled_from(["city", "month", "start", "theme"]), st.lists(st.text()))
)
def test_no_link_is_an_error(query: dict[str, list[str]]) -> None:
    filters, _ = Filters.from_query(query, KNOWN)
    assert filters.city in KNOWN.cities


def test_a_link_holds_ids_months_and_no_defaults() -> None:
    filters = Filters(city="kyiv", month=date(2026, 10, 1), themes=("ecology", "culture", "ecology"), workshops=False)
    assert filters.to_query() == {
        "city": ["kyiv"],
        "month": ["2026-10"],
        "theme": ["culture", "ecology"],
        "workshops": ["0"],
    }


def test_unknown_values_are_left_out_and_reported() -> None:
    filters, problems = Filters.from_query(
        {"city": ["kyiv"], "district": ["D1", "L1"], "month": ["жовтень"], "page": ["2"], "space": "kyiv-x"}, KNOWN
    )
    assert filters == Filters(city="kyiv", districts=("D1",))
    assert {(problem.parameter, problem.value) for problem in problems} == {
        ("district", "L1"),
        ("month", "жовтень"),
        ("space", "kyiv-x"),
    }


def test_a_long_value_is_cut_in_the_report() -> None:
    _, (problem,) = Filters.from_query({"theme": ["x" * 5000]}, KNOWN)
    assert len(problem.value) == 40


def test_the_city_falls_back_to_the_servers_and_then_to_the_first() -> None:
    assert Filters.from_query({}, KNOWN, "lviv")[0].city == "lviv"
    assert Filters.from_query({}, KNOWN, "odesa")[0].city == "kyiv"
    assert Filters.from_query({"city": "lviv"}, KNOWN, "kyiv")[0].city == "lviv"


def test_a_period_the_wrong_way_round_is_reported_from_a_link_and_refused_in_code() -> None:
    filters, problems = Filters.from_query({"start": "2026-05", "end": "2026-04"}, KNOWN)
    assert (filters.start, filters.end, len(problems)) == (None, None, 1)
    with pytest.raises(FilterError):
        Filters(city="kyiv", start=date(2026, 5, 1), end=date(2026, 4, 1))


def test_a_month_is_its_first_day() -> None:
    with pytest.raises(FilterError):
        Filters(city="kyiv", month=date(2026, 5, 2))


@pytest.mark.parametrize(("months", "expected"), [(1, "2027-01"), (0, "2026-12"), (-12, "2025-12"), (-24, "2024-12")])
def test_months_are_counted_over_the_year(months: int, expected: str) -> None:
    assert f"{add_months(date(2026, 12, 1), months):%Y-%m}" == expected


def test_the_default_month_is_the_last_finished_one_with_data(full_scene) -> None:
    resolved = Filters(city="kyiv").resolved(full_scene.snapshot())
    assert resolved.month == date(2026, 10, 1)
    assert resolved.end == date(2026, 11, 1)
    assert resolved.start == date(2025, 9, 1)  # the data begin later than 24 months before


def test_the_default_period_is_24_months_and_the_unfinished_one(make_scene) -> None:
    scene = make_scene()
    for on in ("2020-01-05", "2026-10-05"):
        scene.event(on, on)
    resolved = Filters(city="kyiv").resolved(scene.snapshot())
    assert (resolved.start, resolved.end) == (date(2024, 11, 1), date(2026, 11, 1))


def test_data_that_stopped_earlier_end_the_period_there(make_scene) -> None:
    scene = make_scene()
    scene.event("e", "2017-06-12")
    resolved = Filters(city="kyiv").resolved(scene.snapshot())
    assert (resolved.month, resolved.start, resolved.end) == (date(2017, 6, 1),) * 3


def test_no_data_still_give_a_period(scene) -> None:
    resolved = Filters(city="kyiv").resolved(scene.snapshot())
    assert (resolved.month, resolved.end) == (date(2026, 10, 1), date(2026, 11, 1))


def test_what_was_chosen_stays_but_a_month_to_come_is_brought_back(full_scene) -> None:
    chosen = Filters(city="kyiv", month=date(2027, 3, 1), start=date(2026, 2, 1), end=date(2026, 3, 1))
    resolved = chosen.resolved(full_scene.snapshot())
    assert resolved.month == date(2026, 11, 1)
    assert (resolved.start, resolved.end) == (chosen.start, chosen.end)


def test_the_span_begins_with_the_lists_and_not_with_a_lone_public_fact(make_scene) -> None:
    scene = make_scene()
    scene.event("fact", "2023-02-14", origin="fact")
    scene.event("a", "2026-03-01")
    scene.event("b", "2026-05-01")
    scene.register("b", [1])
    scene.event("year", "2016-01-01", date_precision="year", origin="fact")
    span = data_span(scene.snapshot(), "kyiv")
    assert span.earliest_month == date(2023, 2, 1)
    assert span.first_month == date(2026, 3, 1)
    assert span.first_people_month == date(2026, 5, 1)
    assert [span.is_unfinished(date(2026, number, 1)) for number in (10, 11, 12)] == [False, True, True]


def test_known_values_and_months_come_from_the_snapshot(full_scene) -> None:
    known = known_values(full_scene.snapshot())
    assert known.cities == ("kyiv",)
    assert known.of("district", "kyiv") == {"D1", "D2"}
    assert known.of("district", "lviv") == frozenset()
    assert months_with_data(full_scene.snapshot(), "kyiv")[-1] == date(2026, 10, 1)
