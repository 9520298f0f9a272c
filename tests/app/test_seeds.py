"""What the two documents that the product grew from name, found on screen, row by row.

The rows are those of the product's own table: on the left what a document says, on the right where it lives.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Run
from tests.app.test_pages import is_whole, text_of

pytestmark = pytest.mark.xdist_group("app")

TEN_SPACES = (
    "Dialog hub",
    "Time Hub",
    "Coach hub",
    "Dance hub / Ivent hub",
    "Вона хаб",
    "iHub",
    "Освітній ХАБ",
    "City hub",
    "Hub 4.0",
    "Media hub",
)
SEED_THEMES = ("Громадський простір", "Міська культура", "Велотранспорт", "Екологія", "Енергоощадність")
SEED_GROUPS = ("громадські організації", "митці", "ремісники", "студенти", "волонтери", "мешканці")


def table(app: AppTest, *columns: str) -> pd.DataFrame:
    """The first table on the page that has these columns."""
    return next(shown.value for shown in app.dataframe if set(columns) <= set(shown.value.columns))


def said_on(app: AppTest) -> str:
    """The page's words without the backslashes that keep them from being read as markup."""
    is_whole(app)
    return text_of(app).replace("\\", "")


@pytest.fixture(scope="module")
def pages(demo_store: Path) -> Path:
    return demo_store


def test_vcentrihub_and_its_hub_in_obolon(run: Run, pages: Path) -> None:
    app = run(pages, "network", city="kyiv")
    assert "Vcentri HUB: Оболонь — Оболонський" in said_on(app)
    (card,) = [expander for expander in app.expander if expander.label.startswith("**VcentriHUB**")]
    assert "3 простори" in card.label.replace("\u00a0", " ")
    assert "VcentriHUB" in [option for widget in app.sidebar.multiselect for option in widget.options]


def test_the_ten_spaces_are_listed_as_location_unknown_and_counted(run: Run, pages: Path) -> None:
    app = run(pages, "map", city="kyiv")
    said = said_on(app)
    for name in TEN_SPACES:
        assert f"- {name} — місце невідоме" in said
    spaces = table(app, "Простір", "Що відомо про місце").set_index("Простір")
    assert set(spaces.loc[list(TEN_SPACES), "Що відомо про місце"]) == {"місце невідоме"}
    unknown = int((spaces["Що відомо про місце"] == "місце невідоме").sum())
    assert [heading.value for heading in app.subheader if heading.value.endswith(f"місце невідоме: {unknown}")]


def test_kinds_of_space(run: Run, pages: Path) -> None:
    app = run(pages, "map", city="kyiv")
    kinds = next(widget for widget in app.sidebar.multiselect if widget.label == "Види просторів")
    assert {"хаб", "коворкінг", "бізнес-хаб"} <= set(kinds.options)


def test_meetups_who_came_and_how_the_network_grew(run: Run, pages: Path) -> None:
    app = run(pages, "network", city="kyiv")
    said = said_on(app)
    told = next(line for line in said.splitlines() if "14\u00a0лютого\u00a02023" in line)
    assert all(name in told for name in TEN_SPACES)
    growth = table(app, "Дата", "просторів на зустрічі", "з них уперше")
    assert len(growth) > 5
    assert growth["просторів на зустрічі"].iloc[-3:].mean() > growth["просторів на зустрічі"].iloc[:3].mean()
    stated = pd.concat([shown.value for shown in app.dataframe if "Слова джерела" in shown.value.columns])
    assert {"лише кілька коворкінгів", "більше десяти"} <= set(stated["Значення"])


def test_formats_of_the_meetups_links_and_mentoring(run: Run, pages: Path) -> None:
    app = run(pages, "network", city="kyiv")
    formats = table(app, "Формат", "Події")
    assert {"обмін досвідом", "партнерська взаємодія", "менторство", "експертна підтримка"} <= set(formats["Формат"])
    assert (table(app, "Простір", "Інший простір", "Спільних зустрічей")["Спільних зустрічей"] > 0).all()
    asked = table(app, "Простір", "Потребує ментора, разів")
    assert asked["Потребує ментора, разів"].sum() > 0


def test_the_workshop_of_2017_with_its_venue_and_those_behind_it(run: Run, pages: Path) -> None:
    app = run(pages, "events", city="zhytomyr", month="2017-06")
    said = said_on(app)
    assert "12–17 червня 2017" in str(app.main.selectbox[0].value) + " ".join(app.main.selectbox[0].options).replace(
        "\u00a0", " "
    )
    assert "майданчик біля бібліотеки ім. Олега Ольжича" in said
    assert "Житомирська міська рада" in said
    assert "GIZ" in said
    assert "Швейцар" in said
    events = table(app, "Назва", "Тема", "Походження")
    assert events.loc[events["Назва"] == "Майстерня міста Житомир", "Походження"].tolist() == ["публічний факт"]
    stated = table(app, "Що сказано", "Слова джерела")
    assert {"анкета опису проєкту", "реєстраційна форма", "мета", "гасло"} <= set(stated["Що сказано"])


def test_a_workshop_has_days_sessions_goals_and_proposals(run: Run, pages: Path) -> None:
    app = run(pages, "events", city="zhytomyr", month="2026-06")
    said = said_on(app)
    assert {metric.label for metric in app.metric} >= {"Днів", "Сесій у програмі", "Реєстрації", "Проєктні пропозиції"}
    assert next(metric.value for metric in app.metric if metric.label == "Днів") == "6"
    assert "Програма за днями" in said
    programme = table(app, "Дата", "Час", "Місце", "Реєстрації")
    assert programme["Дата"].nunique() >= 6
    goals = table(app, "Мета", "Чим вимірюємо", "Значення", "Визначення")
    assert len(goals) == 6
    assert goals["Визначення"].str.len().min() > 40
    proposals = table(app, "Стадія", "Тема", "Назва")
    assert len(proposals) > 0
    assert proposals["Стадія"].notna().all()


def test_themes_registrations_and_participant_groups(run: Run, pages: Path) -> None:
    app = run(pages, "participation", city="zhytomyr")
    is_whole(app)
    themes = table(app, "Тема", "Реєстрації", "Учасники")
    assert set(SEED_THEMES) <= set(themes["Тема"])
    groups = table(app, "Група", "Реєстрації")
    assert set(SEED_GROUPS) <= set(groups["Група"])
    assert groups["Реєстрації"].sum() > 1000


def test_the_lviv_original_and_several_cities_side_by_side(run: Run, pages: Path) -> None:
    app = run(pages, "events", city="lviv", month="2017-06")
    options = " ".join(app.main.selectbox[0].options)
    assert all(year in options for year in ("2015", "2016", "2017", "2018", "2019"))
    facts = run(pages, "data", city="lviv")
    assert table(facts, "Що сказано", "Значення")["Значення"].str.contains("2012").any()
    overview = run(pages, "overview")
    assert set(table(overview, "Місто", "Події", "Учасники")["Місто"]) == {"Київ", "Житомир", "Львів"}


def test_sources_that_contradict_each_other_are_both_shown(run: Run, pages: Path) -> None:
    kyiv = table(run(pages, "data", city="kyiv"), "Що сказано", "Слова джерела")
    capacity = kyiv[kyiv["Що сказано"] == "місткість"]["Значення"]
    assert capacity.str.contains("70").any()
    assert capacity.str.contains("80").any()
    zhytomyr = table(run(pages, "data", city="zhytomyr"), "Що сказано", "Слова джерела")
    first = zhytomyr[zhytomyr["Що сказано"] == "уперше"]["Значення"]
    assert first.str.contains("2016").any()
    assert first.str.contains("2017").any()
