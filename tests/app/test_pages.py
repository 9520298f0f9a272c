"""Every page, on full, sparse, filtered-away and no data, for both roles and in both languages."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.settings import Role
from dashboard.text.data_page import say as say_of_data
from dashboard.text.overview import say as say_of_overview
from dashboard.text.pages import WORDS, say
from dashboard.ui import overview
from tests.app.conftest import PAGES, Run

pytestmark = pytest.mark.xdist_group("app")

SPACES_OF_KEYS = "|".join(sorted({key.split(".")[0] for key in WORDS}))
KEY = re.compile(rf"\b(?:{SPACES_OF_KEYS})\.[a-z][a-z_]*")
TROUBLE = (say("error.page", "uk", id="").split(".")[0], say("error.page", "en", id="").split(".")[0])


def text_of(app: AppTest) -> str:
    """Everything the page says in plain elements."""
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "error", "metric", "html")
    said = [str(element.value) for kind in kinds for element in app.get(kind) if hasattr(element, "value")]
    return "\n".join([*said, *(str(element.proto.body) for element in app.get("html"))])


def is_whole(app: AppTest) -> None:
    """No exception, no apology, no key of a text that nobody wrote."""
    assert not app.exception
    said = text_of(app)
    assert not [word for word in TROUBLE if word in said]
    assert not KEY.search(said)
    for table in app.dataframe:
        settings = json.loads(table.proto.columns or "{}")
        assert [name for name, of in settings.items() if of.get("hidden")] in ([], ["_index"])


@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_full(run: Run, one_city_store: Path, name: str, lang: str) -> None:
    app = run(one_city_store, name, city="zhytomyr", lang=lang, part="all")
    is_whole(app)
    assert [title.value for title in app.title] == [say(f"page.{name}", lang)]
    assert say("banner.demo", lang) in [warning.value for warning in app.warning]
    assert say("banner.public", lang, k=5) not in [info.value for info in app.info]


@pytest.mark.parametrize("name", PAGES)
def test_public_role(run: Run, one_city_store: Path, name: str) -> None:
    app = run(one_city_store, name, role=Role.PUBLIC, city="zhytomyr", part="all")
    is_whole(app)
    assert say("banner.public", "uk", k=5) in [info.value for info in app.info]
    for table in app.dataframe:
        people = [name for name in table.value.columns if name in {"Учасники", "Реєстрації", "Відвідування"}]
        for number in table.value[people].to_numpy().ravel():
            if isinstance(number, float) and not math.isnan(number):
                assert number % 5 == 0


def test_a_month_before_any_list_has_no_zeros(run: Run, one_city_store: Path) -> None:
    said = text_of(run(one_city_store, "overview", city="lviv"))
    assert say_of_overview("no_lists", "uk") in said
    assert "усюди 0" not in said


@pytest.mark.parametrize("name", PAGES)
def test_a_city_of_which_only_public_sources_tell(run: Run, one_city_store: Path, name: str) -> None:
    app = run(one_city_store, name, city="lviv")
    is_whole(app)
    assert app.title


@pytest.mark.parametrize("name", ["overview", "map", "participation"])
def test_filtered_to_nothing_names_the_filters(run: Run, one_city_store: Path, name: str) -> None:
    """Nobody in Zhytomyr's lists runs a space of a kind that has no events at all in that month and district."""
    nothing = {"city": "zhytomyr", "month": "2026-10", "kind": "culture_centre", "theme": "cycling", "workshops": "0"}
    app = run(one_city_store, name, **nothing)
    is_whole(app)
    said = [info.value for info in app.info]
    emptied = [info for info in said if info.startswith(f"**{say('empty.title', 'uk')}")]
    # Only those filters are named that emptied the page.
    assert any("Велотранспорт" in info or "культурний центр" in info for info in emptied)
    full = run(one_city_store, name, city="zhytomyr", month="2026-10")
    assert not any(info.value.startswith(f"**{say('empty.title', 'uk')}") for info in full.info)


@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_no_events_and_no_spaces_at_all(run: Run, bare_store: Path, name: str, lang: str) -> None:
    app = run(bare_store, name, city="kyiv", lang=lang)
    is_whole(app)
    assert [title.value for title in app.title] == [say(f"page.{name}", lang)]
    assert say("banner.demo", lang) not in [warning.value for warning in app.warning]


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_nothing_published_says_what_to_do(run: Run, tmp_path: Path, lang: str) -> None:
    app = run(tmp_path / "none", "overview", lang=lang)
    assert not app.exception
    assert [title.value for title in app.title] == [say("error.nothing_published.title", lang)]
    assert "civicspace load" in text_of(app)


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_where_the_store_lies_is_for_analysts_alone(run: Run, tmp_path: Path, lang: str) -> None:
    store = tmp_path / "none"
    told = {role: text_of(run(store, "overview", role=role, lang=lang)) for role in Role}
    assert str(store) in told[Role.ANALYST].replace("\\", "")
    assert str(store) not in told[Role.PUBLIC].replace("\\", "")
    assert "civicspace load" not in told[Role.PUBLIC]
    assert say("error.nothing_published.title", lang) in told[Role.PUBLIC]
    assert say("error.nothing_published.public", lang) in told[Role.PUBLIC]


def test_a_damaged_snapshot_is_told_in_plain_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "current").write_text("20261115T120000Z-00000000")
    app = run(tmp_path, "overview")
    assert not app.exception
    assert [title.value for title in app.title] == [say("error.store.title", "uk")]
    assert "00000000" in text_of(app)
    public = text_of(run(tmp_path, "overview", role=Role.PUBLIC))
    assert say("error.store.public", "uk") in public
    assert re.search(r"\b[0-9a-f]{8}\b", public)  # the number of the error
    assert "20261115T120000Z" not in public
    assert "civicspace load" not in public


def test_what_goes_wrong_on_a_page_is_told_with_a_number_and_logged(
    run: Run, one_city_store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_view: object) -> bool:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(overview, "has_anything", fail)
    app = run(one_city_store, "overview", city="zhytomyr")
    (error,) = app.error
    number = re.search(r"[0-9a-f]{8}", error.value)
    assert number is not None
    assert number[0] in caplog.text
    assert "broken on purpose" not in error.value


def test_unknown_values_of_a_link_are_left_out_and_told(run: Run, one_city_store: Path) -> None:
    app = run(one_city_store, "overview", city="zhytomyr", theme=["nope", "ecology"])
    is_whole(app)
    assert any("theme=nope" in warning.value for warning in app.warning)
    assert any("Екологія" in button.label for button in app.button)
    app.run()  # a chart or a clock may run the page again: the message stays
    assert any("theme=nope" in warning.value for warning in app.warning)
    next(button for button in app.sidebar.button if button.label == say("filter.reset", "uk")).click().run()
    assert not any("theme=nope" in warning.value for warning in app.warning)


@pytest.mark.parametrize("role", Role)
def test_refused_files_are_told_at_a_glance(run: Run, bare_store: Path, one_city_store: Path, role: Role) -> None:
    told = say_of_data("trust.files", "uk", files="1", refused="1")
    assert told in text_of(run(bare_store, "data", role=role, city="kyiv"))
    assert told.split(".")[0] not in text_of(run(one_city_store, "data", role=role, city="zhytomyr"))


def test_the_public_sees_no_names_of_files_and_no_rows_of_single_loads(run: Run, one_city_store: Path) -> None:
    apps = {role: run(one_city_store, "data", role=role, city="zhytomyr") for role in Role}
    headings = {role: {column for table in app.dataframe for column in table.value} for role, app in apps.items()}
    files = {say(f"col.{name}", "uk") for name in ("file", "unknown_columns", "refusal", "sheet", "row")}
    assert files <= headings[Role.ANALYST]
    assert not files & headings[Role.PUBLIC]
    for role, is_told in ((Role.ANALYST, True), (Role.PUBLIC, False)):
        app = apps[role]
        (snapshots,) = (table.value for table in app.dataframe if say_of_data("snapshots.state", "uk") in table.value)
        assert snapshots[say_of_data("snapshots.state", "uk")].tolist() == [say_of_data("state.shown", "uk")]
        assert (say("data.rows_read_count", "uk") in snapshots) is is_told
        assert (say_of_data("rejects.public", "uk") in [info.value for info in app.info]) is not is_told
        assert (say_of_data("rejects.loads.one", "uk") in text_of(app)) is is_told
