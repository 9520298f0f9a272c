from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.filters import Filters
from dashboard.metrics.catalogue import FIGURES, MONTHLY
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports.build import build
from dashboard.reports.model import Cell, Population, Report, Row, Table, draft
from dashboard.settings import Role
from dashboard.store import Snapshot

OCTOBER = date(2026, 10, 1)


def row(table: Table, name: str) -> Row:
    return next(each for each in table.rows if each.name == name)


def cell(table: Table, name: str, figure_id: str) -> Cell:
    place = [(column.figure_id, column.month) for column in table.columns].index((figure_id, None))
    return row(table, name).cells[place]


@pytest.fixture(scope="module")
def october(full_scene: Any) -> Report:
    return build(full_scene.snapshot(), Filters("kyiv"), Disclosure(Role.ANALYST), "uk")


def test_without_a_month_it_is_the_last_finished_one(october: Report) -> None:
    assert (october.city, october.month, october.is_unfinished) == ("Київ", OCTOBER, False)
    assert october.snapshot_id == "20261115T000000Z-abcdef01"
    assert october.as_of_on == date(2026, 11, 15)
    assert draft(october).stem == "civicspace-kyiv-2026-10-analyst-draft-uk"


def test_every_monthly_figure_stands_beside_the_month_before_and_a_year_ago(october: Report) -> None:
    assert [each.figure_id for each in october.figures] == [figure.id for figure in MONTHLY]
    events = october.figures[0]
    assert events.cell == Cell(4.0)
    assert [(then.month, then.cell) for then in events.comparisons] == [
        (date(2026, 9, 1), Cell(3.0)),
        (date(2025, 10, 1), Cell(3.0)),
    ]
    assert events.comparisons[0].change == 1.0
    assert len(events.trend) == 13
    assert events.trend[-1] == events.cell


def test_an_unfinished_month_is_compared_with_nothing(full_scene: Any, analyst: Disclosure) -> None:
    made = build(full_scene.snapshot(), Filters("kyiv", month=date(2026, 11, 1)), analyst, "uk")
    assert made.is_unfinished
    assert all(not each.comparisons for each in made.figures)
    assert all(column.month is None for column in made.themes.columns)


def test_districts_are_ordered_by_events_and_what_has_none_comes_last(october: Report) -> None:
    assert [each.name for each in october.districts.rows] == ["Район D1", "Район D2", "без району"]
    assert cell(october.districts, "Район D1", "events_count") == Cell(2.0)
    assert cell(october.districts, "без району", "participants_per_1000") == Cell(None)


def test_a_row_without_district_is_left_out_where_every_event_has_one(scene: Any, analyst: Disclosure) -> None:
    scene.event("e", "2026-10-10", themes=("ecology",))
    made = build(scene.snapshot(), Filters("kyiv"), analyst, "uk")
    assert [each.name for each in made.districts.rows] == ["Район D1", "Район D2"]
    assert [each.name for each in made.themes.rows] == ["ECOLOGY", "CULTURE"]


def test_themes_have_the_shares_of_earlier_months(october: Report) -> None:
    months = [column.month for column in october.themes.columns if column.figure_id == "theme_share_pct"]
    assert months == [None, date(2026, 9, 1), date(2025, 10, 1)]
    assert row(october.themes, "ECOLOGY").cells[1:4] == (Cell(100.0), Cell(100.0), Cell(100.0))


def test_spaces_by_events_and_the_silent_ones(october: Report) -> None:
    assert [(each.name, each.detail) for each in october.spaces.rows] == [
        ("Хаб a", "Район D1"),
        ("Хаб b", "Район D2"),
    ]
    assert "Хаб a" not in october.silent_spaces


def test_the_public_sees_no_small_group(full_scene: Any, october: Report, public: Disclosure) -> None:
    shown = build(full_scene.snapshot(), Filters("kyiv"), public, "uk")
    assert cell(october.spaces, "Хаб b", "participants_count") == Cell(3.0)
    assert cell(shown.spaces, "Хаб b", "participants_count") == Cell(None, is_hidden=True)
    for table in (shown.districts, shown.themes, shown.spaces):
        people = [place for place, each in enumerate(table.columns) if counts_people(each.figure_id)]
        values = [each.cells[place].value for each in table.rows for place in people]
        assert all(value is None or value % 5 == 0 for value in values)


def counts_people(figure_id: str) -> bool:
    return figure_id in FIGURES and FIGURES[figure_id].is_people_count


def test_the_order_of_spaces_tells_nothing_of_people(make_scene: Callable[..., Any], public: Disclosure) -> None:
    def names(people_of_a: int, people_of_b: int) -> list[str]:
        scene = make_scene()
        for space, people in (("a", people_of_a), ("b", people_of_b)):
            scene.space(space)
            scene.event(f"e{space}", "2026-10-10", space_id=space)
            scene.register(f"e{space}", range(1, people + 1))
        return [each.name for each in build(scene.snapshot(), Filters("kyiv"), public, "uk").spaces.rows]

    assert names(1, 4) == names(4, 1)


def test_what_was_chosen_is_said(full_scene: Any, analyst: Disclosure) -> None:
    chosen = Filters(
        "kyiv",
        month=OCTOBER,
        districts=("D1",),
        themes=("ecology",),
        kinds=("hub",),
        networks=("n1",),
        groups=("ngo",),
        space="a",
        workshops=False,
    )
    assert build(full_scene.snapshot(), chosen, analyst, "uk").restrictions == (
        "райони: Район D1",
        "теми: ECOLOGY",
        "види просторів: хаб",
        "мережі: Мережа",
        "групи учасників: громадські організації",
        "простір: Хаб a",
        "без багатоденних майстерень",
    )


def test_where_nothing_was_chosen_nothing_is_said(october: Report) -> None:
    assert october.restrictions == ()


def test_rows_are_accounted_for(october: Report) -> None:
    account = october.account
    assert (account.files_count, account.refused_count) == (1, 0)
    assert [each.value for each in (account.read, account.loaded, account.duplicate, account.rejected)] == [
        13,
        10,
        2,
        1,
    ]
    assert [(each.outcome, each.text, each.rows) for each in account.reasons] == [("відхилено", "дата", Cell(1.0))]
    assert october.sources.files == (("надісланий файл", 1),)


def test_populations_by_source_and_day(make_scene: Callable[..., Any], analyst: Disclosure) -> None:
    scene = make_scene(districts=())
    scene.district("D1")
    scene.district("D2", population=None)
    scene.district("D3")
    for each in scene.rows["districts"]:
        each.update(population_source="Статистика", population_on=date(2020, 1, 1))
    scene.event("e", "2026-10-10")
    made = build(scene.snapshot(), Filters("kyiv"), analyst, "uk")
    assert made.sources.populations == (
        Population("Статистика", date(2020, 1, 1), ("Район D1", "Район D3")),
        Population(None, None, ("Район D2",)),
    )


def test_definitions_of_every_figure_in_the_report_and_of_no_other(october: Report) -> None:
    assert {"events_count", "theme_share_pct", "participants_per_1000"} <= set(october.definitions)
    assert "workshop_newcomers_count" not in october.definitions
    assert list(october.definitions) == [figure_id for figure_id in FIGURES if figure_id in october.definitions]


def test_a_record_is_not_told_beside_the_same_figures_change(
    make_scene: Callable[..., Any], analyst: Disclosure
) -> None:
    scene = make_scene()
    for number in range(13):
        year, rest = divmod(2025 * 12 + 9 + number, 12)
        for each in range(12 if number < 12 else 30):
            scene.event(f"e{number}-{each}", f"{year}-{rest + 1:02d}-10", themes=("ecology",))
    said = build(scene.snapshot(), Filters("kyiv"), analyst, "uk").findings
    assert sum("Відбулося 30" in text.replace("\u00a0", " ") for text in (each.text for each in said)) == 1


def test_english_names_fall_back_to_ukrainian_ones(scene: Any, analyst: Disclosure) -> None:
    for space, name in (("a", "Hub A"), ("b", None)):
        scene.space(space, name_en=name)
        scene.event(f"e{space}", "2026-10-10", space_id=space, district_code=None)
    made = build(scene.snapshot(), Filters("kyiv"), analyst, "en")
    assert made.city == "Kyiv"
    assert {each.name for each in made.spaces.rows} == {"Hub A", "Хаб b"}
    assert [each.name for each in made.districts.rows] == ["District D1", "District D2", "no district"]


def test_a_city_without_anything_has_a_report(scene: Any, public: Disclosure) -> None:
    made = build(scene.snapshot(), Filters("kyiv"), public, "uk")
    assert made.findings == ()
    assert made.spaces.rows == ()
    assert made.account.files_count == 0


def test_a_city_that_is_not_there_has_none(scene: Any, public: Disclosure) -> None:
    with pytest.raises(KeyError):
        build(scene.snapshot(), Filters("odesa"), public, "uk")


def test_demonstration_data_say_so(full_scene: Any, october: Report, public: Disclosure) -> None:
    assert not october.is_demo
    snapshot = full_scene.snapshot()
    demo = Snapshot(replace(snapshot.manifest, has_demo=True), snapshot.table)
    assert build(demo, Filters("kyiv"), public, "uk").is_demo
