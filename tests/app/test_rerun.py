"""Pages that are run again, as every click runs them, and what the files under their tables hold for whom."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from dashboard.metrics.catalogue import FIGURES
from dashboard.settings import Role
from dashboard.text.labels import label
from dashboard.text.pages import WORDS, say
from dashboard.ui import blocks, state
from etl import publish
from etl.contract import TABLES, from_records
from tests.app.conftest import PAGES, Run
from tests.app.test_pages import is_whole
from tests.unit.dashboard.conftest import Scene

AS_VISITED = ExpanderContainer.open
"""Whether a fold stands open, before any test opens all of them."""
EMPTY = f"**{say('empty.title', 'uk')}"


def _tables(app: AppTest) -> list[list[list[str]]]:
    return [table.value.astype("str").values.tolist() for table in app.dataframe]


def _labels(app: AppTest) -> list[str]:
    """Whatever on a page is a word of the program and not of the data."""
    said, labelled = (
        ("title", "header", "markdown", "caption", "info"),
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


def _day_of_the_programme(app: AppTest) -> tuple[ButtonGroup, str]:
    """The switch of a workshop's days, and the workshop."""
    (days,) = (group for group in app.get("button_group") if str(group.key).startswith(f"{state.W_WORKSHOP_DAY}."))
    return days, str(days.key).split(".")[1]


def test_a_part_of_the_page_is_drawn_alone_and_the_others_are_told_where_they_are(
    run: Run, one_city_store: Path
) -> None:
    parts = ("rhythm", "people", "groups", "homes")
    by_part = {"when": {"rhythm"}, "who": {"groups", "homes"}, "all": set(parts)}
    for part, drawn in by_part.items():
        app = run(one_city_store, "participation", city="zhytomyr", part=part)
        is_whole(app)
        headings = {heading.value for heading in app.header}
        assert {name for name in parts if say(f"participation.{name}", "uk") in headings} == drawn
        told = [str(html.proto.body) for html in app.get("html") if "data-charts='" in str(html.proto.body)]
        elsewhere = set(re.findall(r"data-charts='([^']*)'", told[0])[0].split()) if told else set()
        assert elsewhere & set(parts) == set(parts) - drawn
        counts = re.findall(r"\bn\s\\=\s(\d[\d\u00a0\u202f]*)", " ".join(text.value for text in app.markdown))
        assert counts
        assert "0" not in counts


@pytest.fixture
def workshops_store(bare_store: Path, tmp_path: Path) -> Path:
    """Two workshops in Kyiv, each with a session on both of its days."""
    scene = Scene()
    for year in (2025, 2026):
        id_ = f"kyiv-{year}"
        last = {"ends_on": date(year, 6, 9), "is_workshop": True}
        scene.event(id_, f"{year}-06-08", title=f"Майстерня {year}", **last)
        for day in (8, 9):
            own = {"parent_event_id": id_, "is_workshop": True, "place_status": "online", "district_code": None}
            scene.event(f"{id_}-{day}", f"{year}-06-0{day}", at="10:00", ends_on=date(year, 6, day), **own)
    (manifest,) = publish.list_snapshots(bare_store)
    tables = publish.read_tables(bare_store, manifest)
    events = [{**row, "place_status": "online", "district_code": None} for row in scene.rows["events"]]
    source = {"source_id": "s1", "kind": "inbox", "city_id": "kyiv", "file_name": "x.csv", "format": "events"}
    counts = {f"rows_{name}_count": 0 for name in ("read", "loaded", "duplicate", "rejected")}
    tables["events"] = from_records(TABLES["events"], events)
    tables["sources"] = from_records(TABLES["sources"], [{**source, **counts, "origin": "own"}])
    at = datetime(2026, 11, 15, 12, tzinfo=UTC)
    publish.publish(tables, tmp_path, at, at.date(), "test")
    return tmp_path


def test_a_workshop_and_its_day_live_in_the_address(run: Run, workshops_store: Path) -> None:
    app = run(workshops_store, "events", city="kyiv")
    assert {"workshop", "programme"} & set(app.query_params) == set()  # the defaults are not said
    days, latest = _day_of_the_programme(app)
    second = f"{date.fromisoformat(days.value) + timedelta(days=1)}"
    days.set_value(second).run()
    is_whole(app)
    assert app.query_params["programme"] == second

    workshops = next(box for box in app.selectbox if str(box.key).startswith(f"{state.W_WORKSHOP}."))
    workshops.select_index(len(workshops.options) - 1).run()
    is_whole(app)
    _, oldest = _day_of_the_programme(app)
    assert oldest != latest
    assert app.query_params["workshop"] == oldest
    assert "programme" not in app.query_params  # it was a day of another workshop

    again = run(workshops_store, "events", city="kyiv", workshop=latest, programme=second)
    days, shown = _day_of_the_programme(again)
    assert (shown, days.value) == (latest, second)
    vain = run(workshops_store, "events", city="kyiv", workshop="nope", programme="nope")
    assert _day_of_the_programme(vain)[1] == latest
    assert {"workshop", "programme"} & set(vain.query_params) == set()


@pytest.mark.parametrize("drawn", ["together", "shares", "whole"])
@pytest.mark.parametrize("versus", ["period", "district"])
def test_every_drawing_and_comparison_for_the_public_is_whole(
    run: Run, one_city_store: Path, drawn: str, versus: str
) -> None:
    app = run(
        one_city_store, "participation", role=Role.PUBLIC, city="zhytomyr", drawn=drawn, versus=versus, part="all"
    )
    is_whole(app)
    assert say("returning.public", "uk") in [info.value for info in app.info]
    assert say("returning.cohorts", "uk") not in [heading.value for heading in app.header]


def _files(run: Run, store: Path, page: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> list[pd.DataFrame]:
    """What the buttons under the tables of a page would save."""
    saved: list[pd.DataFrame] = []
    to_csv = blocks.to_csv
    button = st.download_button

    def note(frame: pd.DataFrame) -> bytes:
        saved.append(frame)
        return to_csv(frame)

    def pressed(label: str, data: object, **rest: object) -> bool:
        if callable(data):
            data()
        return button(label, data, **rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(blocks, "to_csv", note)
        patch.setattr(st, "download_button", pressed)
        is_whole(run(store, page, role=role, city="zhytomyr", month="2026-10", part="all"))
    return saved


def _people_counted(files: list[pd.DataFrame]) -> list[int]:
    """Every number in the files that counts people."""
    headings = [figure.name("uk") for figure in FIGURES.values() if figure.is_people_count]
    cells = [cell for file in files for name in headings if name in file for cell in file[name].dropna()]
    return [int(float(cell)) for cell in map(str, cells) if re.fullmatch(r"\d+(\.0)?", cell)]


def test_what_is_folded_is_made_when_it_is_opened(one_city_store: Path, run: Run) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ExpanderContainer, "open", AS_VISITED)
        app = run(one_city_store, "overview", city="zhytomyr", month="2026-10")
        closed = _tables(app)
        app.session_state["fold_overview_themes.uk"] = True
        app.run()
        is_whole(app)
    assert len(_tables(app)) == len(closed) + 1
    assert all(table in _tables(app) for table in closed)


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
