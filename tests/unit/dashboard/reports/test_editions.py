from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.errors import EditionError
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import editions
from dashboard.reports.editions import Content, Input, Reference
from dashboard.reports.model import Cell, Change, FigureRow, Report, Row, Table
from dashboard.settings import Role
from dashboard.text.words import LANGS

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)

Alter = Callable[[Report], Report]


@pytest.fixture(scope="module")
def content(frozen: Callable[[Role], Content]) -> Content:
    return frozen(Role.ANALYST)


def altered(content: Content, alter: Alter) -> Content:
    return replace(content, reports={lang: alter(report) for lang, report in content.reports.items()})


def with_figure(report: Report, figure_id: str, **fields: Any) -> Report:
    return replace(
        report,
        figures=tuple(replace(row, **fields) if row.figure_id == figure_id else row for row in report.figures),
    )


def figure(report: Report, figure_id: str) -> FigureRow:
    return next(row for row in report.figures if row.figure_id == figure_id)


def with_rows(report: Report, section: str, rows: tuple[Row, ...]) -> Report:
    table: Table = getattr(report, section)
    return replace(report, **{section: replace(table, rows=rows)})


# --- references ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("kyiv/2026-10/public/1", "public", 1),
        ("kyiv/2026-10/analyst/12", "analyst", 12),
        ("kyiv/2026-10/3", "public", 3),
    ],
)
def test_a_reference_is_read_and_written(text: str, role: str, number: int) -> None:
    reference = Reference.parse(text)
    assert reference == Reference("kyiv", OCTOBER, Role(role), number)
    assert Reference.parse(str(reference)) == reference


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kyiv/2026-10",
        "kyiv/2026-13/1",
        "kyiv/2026-10/0",
        "kyiv/2026-10/director/1",
        "../2026-10/1",
        "kyiv/../1",
        "kyiv/2026-10/public/1/..",
        "Kyiv/2026-10/1",
        "kyiv/2026-10/1\n",
        "kyiv/2026-10/١",
    ],
)
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(EditionError, match="kyiv/2026-10/1"):
        Reference.parse(text)


# --- what is frozen -----------------------------------------------------------------------------------


def test_both_languages_are_frozen_of_the_whole_city(content: Content) -> None:
    assert tuple(content.reports) == LANGS
    assert [content.reports[lang].lang for lang in LANGS] == list(LANGS)
    assert {report.restrictions for report in content.reports.values()} == {()}
    assert content.inputs == (Input("s1", "a.csv", "inbox"),)
    assert list(content.definitions) == list(content.report.definitions)


def test_what_is_asked_for_again_is_the_same(content: Content, full_scene: Any) -> None:
    again = editions.content(full_scene.snapshot(), "kyiv", OCTOBER, Disclosure(Role.ANALYST))
    assert editions.is_same(content, again)
    assert editions.data_hash(content.reports) == editions.data_hash(again.reports)


# --- what differs -------------------------------------------------------------------------------------


def test_a_figure_that_changed_is_named_with_its_months(content: Content) -> None:
    events = figure(content.report, "events_count")
    assert events.cell == Cell(4.0)
    trend = (*events.trend[:-2], Cell(9.0), Cell(5.0))
    new = altered(content, lambda report: with_figure(report, "events_count", cell=Cell(5.0), trend=trend))
    found = editions.changes(content.report, new.report)
    assert found == (
        Change("Показники", "events_count", OCTOBER, Cell(4.0), Cell(5.0)),
        Change("Показники", "events_count", SEPTEMBER, Cell(3.0), Cell(9.0)),
    )
    assert not editions.is_same(content, new)


def test_a_difference_that_is_not_shown_is_none(content: Content) -> None:
    rate = figure(content.report, "attendance_rate_pct").cell
    assert rate.value is not None
    near, far = (
        altered(
            content, lambda report, step=step: with_figure(report, "attendance_rate_pct", cell=Cell(rate.value + step))
        )
        for step in (1e-9, 1.0)
    )
    assert editions.is_same(content, near)
    assert not editions.is_same(content, far)


def test_hidden_and_not_known_are_not_the_same(content: Content) -> None:
    hidden, unknown = (
        altered(content, lambda report, cell=cell: with_figure(report, "events_count", cell=cell))
        for cell in (Cell(None, is_hidden=True), Cell(None))
    )
    (change,) = editions.changes(hidden.report, unknown.report)
    assert (change.before, change.after) == (Cell(None, is_hidden=True), Cell(None))


def test_a_row_that_came_or_went_is_a_change(content: Content) -> None:
    first = content.report.every_space.rows[0]
    without = altered(content, lambda report: with_rows(report, "every_space", report.every_space.rows[1:]))
    went = editions.changes(content.report, without.report)
    assert {change.place for change in went} == {f"Простори: {first.name} ({first.detail})"}
    assert [(change.before, change.after) for change in went] == [(cell, None) for cell in first.cells]
    came = editions.changes(without.report, content.report)
    assert [(change.before, change.after) for change in came] == [(None, cell) for cell in first.cells]


def test_a_row_that_came_into_an_empty_table_is_a_change(content: Content) -> None:
    empty = altered(content, lambda report: with_rows(report, "every_space", ()))
    assert editions.changes(empty.report, content.report)
    assert not editions.changes(empty.report, empty.report)


def test_rows_in_another_order_are_no_change_and_those_of_one_name_are_kept_apart(content: Content) -> None:
    turned = altered(content, lambda report: with_rows(report, "districts", report.districts.rows[::-1]))
    assert editions.is_same(content, turned)
    row = content.report.every_space.rows[0]
    other = replace(row, cells=(Cell(99.0), *row.cells[1:]))
    twins = altered(content, lambda report: with_rows(report, "every_space", (row, row)))
    (change,) = editions.changes(twins.report, with_rows(twins.report, "every_space", (other, row)))
    assert (change.before, change.after) == (row.cells[0], Cell(99.0))


def test_what_a_newer_program_shows_besides_is_no_change(content: Content) -> None:
    poorer = altered(
        content,
        lambda report: replace(
            report, figures=report.figures[1:], charts=(), maps=(), findings=(), code_version="0.0.1", snapshot_id="x"
        ),
    )
    assert editions.is_same(poorer, content)
    assert editions.is_same(content, poorer)


def test_a_figure_that_the_catalogue_no_longer_has_is_passed_over(content: Content) -> None:
    events = figure(content.report, "events_count")
    old, new = (
        altered(
            content,
            lambda report, value=value: replace(report, figures=(replace(events, figure_id="gone", cell=Cell(value)),)),
        )
        for value in (1.0, 2.0)
    )
    assert editions.changes(old.report, new.report) == ()


@pytest.mark.parametrize(
    "alter",
    [
        lambda report: replace(report, silent_spaces=(*report.silent_spaces, "Ще один")),
        lambda report: replace(report, gaps=tuple(replace(gap, missing=Cell(999.0)) for gap in report.gaps)),
        lambda report: replace(report, is_unfinished=not report.is_unfinished),
        lambda report: replace(report, disclosure=Disclosure(Role.ANALYST, 10)),
    ],
    ids=["silent spaces", "gaps", "unfinished", "small groups"],
)
def test_what_is_stated_besides_the_tables_counts_too(content: Content, alter: Alter) -> None:
    assert not editions.is_same(content, altered(content, alter))


def test_a_definition_that_changed_makes_another_edition_and_says_so(content: Content) -> None:
    new = replace(content, definitions={**content.definitions, "events_count": "0" * 64})
    assert not editions.is_same(content, new)
    assert editions.why(content, new, "uk", None) == ("Змінено визначення показників: Події.",)
    assert editions.why(content, new, "en", None) == ("Figures defined otherwise: Events.",)


# --- why ----------------------------------------------------------------------------------------------


def with_inputs(content: Content, **hashes: str) -> Content:
    return replace(
        content, inputs=tuple(Input(source_id, f"{name}.csv", "inbox") for name, source_id in hashes.items())
    )


def test_files_that_came_changed_and_went_are_told_apart_by_hash(content: Content) -> None:
    old, new = with_inputs(content, same="1", edited="2", gone="3"), with_inputs(content, same="1", edited="4", new="5")
    assert editions.why(old, new, "en", None) == (
        "Files that changed: edited.csv.",
        "Files that came: new.csv.",
        "Files that went: gone.csv.",
    )


def test_a_file_that_was_only_renamed_is_no_reason(content: Content) -> None:
    old, new = with_inputs(content, before="1"), with_inputs(content, after="1")
    assert editions.why(old, new, "uk", None) == ("Файли, визначення й версія програми ті самі; причину не вказано.",)


def test_many_files_are_told_in_short(content: Content) -> None:
    old, new = with_inputs(content), with_inputs(content, **{f"f{number:02}": f"{number}" for number in range(14)})
    (told,) = editions.why(old, new, "uk", None)
    assert told.startswith("Надійшли файли: f00.csv, ")
    assert told.endswith("f11.csv і ще 2.")


def test_who_issues_may_say_why(content: Content) -> None:
    newer = altered(content, lambda report: replace(report, code_version="9", silent_spaces=("Новий",)))
    assert editions.why(content, newer, "uk", "список просторів уточнено") == (
        "Пояснення: список просторів уточнено.",
        "Інша версія програми: була 0, тепер 9.",
        "Крім чисел, змінено: перелік просторів без подій.",
    )


def test_a_month_that_ended_is_a_reason(content: Content) -> None:
    running = altered(content, lambda report: replace(report, is_unfinished=True))
    assert editions.why(running, content, "uk", None) == (
        "Місяць завершився: дані станом на 15\u00a0листопада\u00a02026.",
    )


# --- what a correction tells the public ----------------------------------------------------------------


def test_two_public_editions_tell_no_small_and_no_exact_number_of_people(
    full_scene: Any, make_scene: Any, frozen: Callable[[Role], Content]
) -> None:
    """One person more in the second edition: whoever compares the two learns no count to the unit."""
    before = frozen(Role.PUBLIC)
    corrected = make_scene()
    corrected.rows = {name: [*rows] for name, rows in full_scene.rows.items()}
    corrected.register("f13", [777])
    after, exact = (
        editions.content(corrected.snapshot(), "kyiv", OCTOBER, Disclosure(role))
        for role in (Role.PUBLIC, Role.ANALYST)
    )
    assert editions.changes(frozen(Role.ANALYST).report, exact.report)
    people = {row.figure_id for row in before.report.figures if row.figure_id.endswith("participants_count")}
    assert people
    for change in editions.changes(before.report, after.report):
        for cell in (change.before, change.after):
            if change.figure_id in people and cell is not None and cell.value is not None:
                assert cell.value % 5 == 0
