"""Pages that are run again, as every click runs them, and what the files under their tables hold for whom."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.metrics.catalogue import FIGURES
from dashboard.settings import Role
from dashboard.text.labels import label
from dashboard.text.pages import WORDS, say
from dashboard.ui import blocks, state
from tests.app.conftest import PAGES, Run
from tests.app.test_pages import is_whole

EMPTY = f"**{say('empty.title', 'uk')}"


def _tables(app: AppTest) -> list[list[list[str]]]:
    return [table.value.astype("str").values.tolist() for table in app.dataframe]


def _labels(app: AppTest) -> list[str]:
    """Whatever on a page is a word of the program and not of the data."""
    said, labelled = (
        ("title", "subheader", "markdown", "caption", "info"),
        ("selectbox", "multiselect", "toggle", "button", "metric"),
    )
    return [
        *(element.value for kind in said for element in app.get(kind)),
        *(element.label for kind in labelled for element in app.get(kind)),
        *(column for table in app.dataframe for column in table.value.columns),
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_runs_a_page_again_turns_to_english_and_to_another_city(
    run: Run, one_city_store: Path, name: str
) -> None:
    app = run(one_city_store, name, city="zhytomyr", theme="ecology")
    before = _tables(app)
    app.run()
    is_whole(app)
    assert _tables(app) == before

    app.button_group(key=state.language_widget(1)).set_value("en").run()
    is_whole(app)
    assert app.title[0].value == say(f"page.{name}", "en")
    assert app.query_params["theme"] == "ecology"
    assert len(app.dataframe) == len(before)
    ukrainian = {uk for uk, en in WORDS.values() if uk != en}
    assert [word for word in _labels(app) if word in ukrainian] == []

    app.selectbox(key=state.filter_widget(state.W_CITY, "en", 1)).set_value("kyiv").run()
    is_whole(app)
    assert app.query_params["city"] == "kyiv"
    assert "theme" not in app.query_params


@pytest.mark.parametrize("name", ["events", "network"])
def test_lists_without_a_match_say_so_and_name_the_filter_that_emptied_them(
    run: Run, one_city_store: Path, name: str
) -> None:
    app = run(one_city_store, name, city="zhytomyr", kind="culture_centre", theme="cycling", workshops="0")
    is_whole(app)
    empty = next(info.value for info in app.info if info.value.startswith(EMPTY))
    assert label("space_kind", "culture_centre", "uk") in empty
    assert "Велотранспорт" not in empty


def test_choices_of_a_page_live_in_its_address(run: Run, one_city_store: Path) -> None:
    app = run(one_city_store, "participation", city="zhytomyr", cut="district", drawn="places", figure="nonsense")
    is_whole(app)
    assert app.query_params["cut"] == "district"
    assert app.query_params["drawn"] == "places"
    assert "figure" not in app.query_params  # what is not there gives way to the default

    app.button_group(key=state.widget(state.W_PARTICIPATION_CUT, "uk", 1)).set_value("kind").run()
    is_whole(app)
    assert app.query_params["cut"] == "kind"
    app.button_group(key=state.language_widget(1)).set_value("en").run()
    assert app.query_params["cut"] == "kind"
    app.button_group(key=state.widget(state.W_PARTICIPATION_CUT, "en", 1)).set_value("theme").run()
    assert "cut" not in app.query_params  # the default is not said
    assert app.query_params["drawn"] == "places"


@pytest.mark.parametrize("drawn", ["together", "shares", "whole"])
@pytest.mark.parametrize("versus", ["period", "district"])
def test_every_drawing_and_comparison_for_the_public_is_whole(
    run: Run, one_city_store: Path, drawn: str, versus: str
) -> None:
    app = run(one_city_store, "participation", role=Role.PUBLIC, city="zhytomyr", drawn=drawn, versus=versus)
    is_whole(app)
    assert say("returning.public", "uk") in [info.value for info in app.info]
    assert say("returning.cohorts", "uk") not in [heading.value for heading in app.subheader]


def _files(run: Run, store: Path, page: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> list[pd.DataFrame]:
    """What the buttons under the tables of a page would save."""
    saved: list[pd.DataFrame] = []
    to_csv = blocks.to_csv

    def note(frame: pd.DataFrame) -> bytes:
        saved.append(frame)
        return to_csv(frame)

    with monkeypatch.context() as patch:
        patch.setattr(blocks, "to_csv", note)
        is_whole(run(store, page, role=role, city="zhytomyr", month="2026-10"))
    return saved


def _people_counted(files: list[pd.DataFrame]) -> list[int]:
    """Every number in the files that counts people."""
    headings = [figure.name("uk") for figure in FIGURES.values() if figure.is_people_count]
    cells = [cell for file in files for name in headings if name in file for cell in file[name].dropna()]
    return [int(float(cell)) for cell in map(str, cells) if re.fullmatch(r"\d+(\.0)?", cell)]


@pytest.mark.parametrize("name", ["overview", "map", "participation", "events"])
def test_files_for_the_public_hold_no_small_and_no_exact_count_of_people(
    run: Run, one_city_store: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact, shown = (_files(run, one_city_store, name, role, monkeypatch) for role in (Role.ANALYST, Role.PUBLIC))
    assert any(number % 5 for number in _people_counted(exact))  # there was something to round
    assert _people_counted(shown)
    assert [number for number in _people_counted(shown) if number % 5] == []
    for file in [*exact, *shown]:
        assert set(file[say("col.note", "uk")]) <= {say("note.demo", "uk")}
