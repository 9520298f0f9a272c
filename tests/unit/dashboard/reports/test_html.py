import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports.html import bars, css_text, document, render, shares, told, untold
from dashboard.reports.model import (
    Account,
    Area,
    Cell,
    Change,
    Chart,
    ChartKind,
    CityMap,
    Column,
    Comparison,
    Edition,
    FigureRow,
    Finding,
    Gap,
    LegendEntry,
    Point,
    Population,
    Reason,
    Report,
    Row,
    Series,
    Sources,
    Table,
    draft,
)
from dashboard.settings import Role
from dashboard.text.report import KEYS
from dashboard.text.words import LANGS, Lang

SEPTEMBER, LAST_OCTOBER = date(2026, 9, 1), date(2025, 10, 1)
EVIL = "<script>alert('x')</script>\"&"


def figure(figure_id: str, value: float | None, *, is_hidden: bool = False) -> FigureRow:
    return FigureRow(
        figure_id=figure_id,
        cell=Cell(value, is_hidden),
        comparisons=(
            Comparison(SEPTEMBER, Cell(196.0), 30.0, 15.3),
            Comparison(LAST_OCTOBER, Cell(None), None, None),
        ),
        base_id="recorded_events_count",
        base=Cell(174.0),
        coverage_id="attendance_coverage_pct",
        coverage_pct=77.0,
        trend=(Cell(None), *(Cell(float(number)) for number in range(12))),
    )


def chart(chart_id: str, text: str) -> Chart:
    cells = tuple(Cell(float(number)) for number in range(13))
    series = (Series(text, "#2375c1", cells),)
    return Chart(chart_id, ChartKind.MONTHS, "events_count", text, f"підпис {chart_id}", (text,) * 13, series)


def city_map(figure_id: str, text: str) -> CityMap:
    ring = ((30.4, 50.4), (30.6, 50.4), (30.6, 50.5), (30.4, 50.4))
    area = Area(text, Cell(7.0), "#a3d4b0", ((ring,),))
    points = (Point(text, "hub", 30.5, 50.42),)
    return CityMap(figure_id, text, text, (area,), (LegendEntry("#a3d4b0", text),), (), points)


def report(lang: Lang = "uk", text: str = "Хаб", *, role: Role = Role.PUBLIC) -> Report:
    table = Table(
        (Column("events_count"), Column("theme_share_pct", SEPTEMBER), Column("participants_count")),
        (
            Row(text, text, (Cell(40.0), Cell(12.5), Cell(None, is_hidden=True))),
            Row("без району", None, (Cell(10.0), Cell(None), Cell(55.0))),
        ),
    )
    return Report(
        city_id="kyiv",
        city=text,
        month=date(2026, 10, 1),
        lang=lang,
        disclosure=Disclosure(role, 5),
        restrictions=(),
        snapshot_id="20261115T000000Z-abcdef01",
        created_at="2026-11-15T08:30:00+00:00",
        code_version="0.1.0",
        as_of_on=date(2026, 11, 15),
        is_demo=False,
        is_unfinished=False,
        findings=(Finding("meetup", text, ()),),
        charts=(chart("trend.events_count", text), chart("themes", "Теми")),
        maps=(city_map("events_count", text), city_map("participants_per_1000", text)),
        figures=(figure("events_count", 226.0), figure("participants_count", None, is_hidden=True)),
        districts=table,
        themes=table,
        spaces=table,
        silent_spaces=(text,),
        gaps=(Gap("events_without_theme", Cell(7.0), Cell(226.0), Cell(3.1)),),
        account=Account(
            206, 1, Cell(69127.0), Cell(67119.0), Cell(1819.0), Cell(189.0), (Reason(text, text, Cell(None, True)),)
        ),
        sources=Sources(
            ((text, 204),), (Population(text, date(2020, 1, 1), (text,)), Population(None, None, (text,))), text
        ),
        definitions=("events_count", "theme_variety"),
    )


class Reader(HTMLParser):
    """The tags that are open, every tag with its attributes, and the text that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.script += data
        elif "style" not in self.open:
            self.text += f" {data}"


def written(made: Report | Edition) -> str:
    return render(draft(made) if isinstance(made, Report) else made).decode()


def read(made: Report | Edition) -> Reader:
    reader = Reader()
    reader.feed(written(made))
    assert reader.open == []
    # No-break spaces become plain ones; soft hyphens are not seen.
    reader.text = " ".join(reader.text.replace("\u00ad", "").split())
    return reader


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_a_whole_document_in_its_language(lang: Lang) -> None:
    made = read(report(lang))
    assert made.tags[0] == ("html", {"lang": lang})
    title = {"uk": "Хаб, жовтень 2026", "en": "Хаб, October 2026"}[lang]
    assert f"{title} — " in made.text
    assert {"uk": "Дані станом на 15 листопада 2026", "en": "Data as of 15 November 2026"}[lang] in made.text


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_else_is_asked_for(lang: Lang) -> None:
    names = {name for tag, attributes in read(report(lang)).tags for name in (tag, *attributes)}
    assert names.isdisjoint(
        {"link", "img", "iframe", "image", "use", "src", "srcset", "href", "form", "object", "base"}
    )
    text = written(report(lang))
    assert set(re.findall(r"url\(([^)]{0,22})", text)) == {'"data:font/woff2;base6'}
    assert "@import" not in text
    assert not re.search(r"https?://", text)


def test_the_document_is_small() -> None:
    assert len(render(draft(report()))) < 300_000


def test_the_same_edition_is_the_same_file() -> None:
    assert render(draft(report())) == render(draft(report()))


def test_only_our_script_may_run() -> None:
    made = read(report())
    policy = next(
        attributes["content"] or ""
        for tag, attributes in made.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    digest = base64.b64encode(hashlib.sha256(made.script.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-{digest}'"
    assert [tag for tag, _ in made.tags].count("script") == 1
    assert not [name for _, attributes in made.tags for name in attributes if name.startswith("on")]


def test_what_is_printed_has_no_script() -> None:
    text = document(draft(report()), has_script=False).decode()
    assert "<script" not in text
    assert "script-src 'none'" in text


def test_every_text_is_escaped() -> None:
    made = replace(report(text=EVIL), restrictions=(EVIL,), snapshot_id=EVIL, code_version=EVIL)
    change = Change(EVIL, "events_count", SEPTEMBER, Cell(1.0), None)
    edition = Edition(made, 2, date(2026, 11, 16), (change,), (EVIL,))
    text = written(edition)
    assert text.count("<script") == 1
    assert "alert('x')</script>" not in text
    assert "&lt;script&gt;" in text
    assert read(edition).script == read(report()).script


def test_a_name_cannot_leave_its_css_string() -> None:
    assert css_text("Київ 2026") == "Київ\\20 2026"
    assert not re.search(r"[\"'<>;{}\n]", css_text("\"'</style>;{}\n"))


@pytest.mark.parametrize("lang", LANGS)
def test_demonstration_data_are_named_in_the_header_and_on_every_page(lang: Lang) -> None:
    said = {"uk": "Демонстраційні дані", "en": "Demonstration data"}[lang]
    plain, demo = report(lang), replace(report(lang), is_demo=True)
    assert said not in read(plain).text
    assert "@top-right" not in written(plain)
    assert read(demo).text.count(said) == 2
    assert f'@top-right {{ content: "{css_text(said)}"' in written(demo)


def test_whom_it_is_for_is_said_and_on_every_page_where_it_is_internal() -> None:
    public, analyst = read(report()).text, read(report(role=Role.ANALYST)).text
    assert "малі групи приховано (числа про людей від 1 до 4)" in public
    assert "Для службового користування" not in public
    assert "Для службового користування" in analyst
    assert "малі групи приховано" not in analyst
    assert "Числа округлено" in public
    assert "Числа округлено" not in analyst
    both = replace(report(role=Role.ANALYST), is_demo=True)
    marks = css_text("Для службового користування · Демонстраційні дані")
    assert f'@top-right {{ content: "{marks}"' in written(both)


def test_an_edition_has_its_number_and_day_and_a_draft_says_that_it_is_one() -> None:
    edition = Edition(report(), 3, date(2026, 11, 16), (), ())
    assert "Випуск 3 від 16 листопада 2026 · Дані станом на" in read(edition).text
    assert "Чернетка" not in read(edition).text
    assert css_text(" · Випуск 3 від 16\u00a0листопада\u00a02026") in written(edition)
    assert "Чернетка · Дані станом на" in read(report()).text
    assert "Чернетка ще не є випуском" in read(report()).text
    assert css_text(" · Чернетка") in written(report())


def test_a_later_edition_says_what_changed_and_why() -> None:
    changes = (
        Change("Показники", "events_count", SEPTEMBER, Cell(196.0), Cell(198.0)),
        Change("Простори: Хаб", "participants_count", SEPTEMBER, None, Cell(None, is_hidden=True)),
    )
    text = read(Edition(report(), 2, date(2026, 11, 16), changes, ("Новий файл.",))).text
    assert "Що змінилося після випуску 1 і чому Новий файл. Де" in text
    assert "Показники Події вер 2026 196 198" in text
    assert "Простори: Хаб Учасники вер 2026 — приховано" in text
    assert "Жодне число не змінилося." in read(Edition(report(), 2, date(2026, 11, 16), (), ())).text
    assert "Що змінилося" not in read(Edition(report(), 1, date(2026, 11, 16), (), ())).text


def test_a_finding_has_its_chart_beside_it_and_other_charts_stand_once() -> None:
    made = report()
    assert [(finding.text, drawn and drawn.chart_id) for finding, drawn in told(made)] == [
        ("Хаб", "trend.events_count")
    ]
    assert untold(made, "trend.") == []
    assert [each.chart_id for each in untold(made, "themes")] == ["themes"]
    text = read(made).text
    assert text.count("підпис trend.events_count") == 1
    assert text.count("підпис themes") == 1
    alone = replace(made, findings=(Finding("meetup", "Інше", ()),))
    assert [drawn for _, drawn in told(alone)] == [None]
    assert read(alone).text.count("підпис trend.events_count") == 1


def test_both_maps_are_there_and_the_first_is_chosen() -> None:
    made = read(report())
    maps = [attributes for _, attributes in made.tags if "data-figure" in attributes]
    assert maps == [
        {"class": "figure is-chosen", "data-figure": "events_count"},
        {"class": "figure", "data-figure": "participants_per_1000"},
    ]
    radios = [attributes for tag, attributes in made.tags if tag == "input"]
    assert [radio["value"] for radio in radios] == ["events_count", "participants_per_1000"]
    assert ["checked" in radio for radio in radios] == [True, False]


@pytest.mark.parametrize("count", [0, 1])
def test_without_a_second_map_there_is_nothing_to_choose(count: int) -> None:
    made = read(replace(report(), maps=report().maps[:count]))
    assert [tag for tag, _ in made.tags].count("fieldset") == 0


def test_a_choice_is_said_and_no_choice_is_not() -> None:
    said = "Звіт охоплює лише вибране"
    assert said not in read(report()).text
    assert f"{said}: райони: A; теми: B." in read(replace(report(), restrictions=("райони: A", "теми: B"))).text


def test_figures_stand_with_their_comparisons_base_and_coverage() -> None:
    text = read(report()).text
    assert "226 196 +30 (+15 %) немає даних" in text
    assert "Події, де відмічали, хто прийшов: 174; повнота 77,0 %" in text


def test_hidden_is_said_and_differs_from_unknown() -> None:
    text = read(report()).text
    assert "приховано" in text
    assert "немає даних" in text
    assert "nan" not in text.casefold().split()


def test_a_full_coverage_is_not_worth_a_word() -> None:
    row = replace(figure("events_count", 226.0), coverage_pct=100.0)
    assert "повнота" not in read(replace(report(), figures=(row,))).text
    assert "повнота 99,9" in read(replace(report(), figures=(replace(row, coverage_pct=99.94),))).text


def test_an_unfinished_month_says_so_and_has_no_columns_to_compare() -> None:
    figures = tuple(replace(row, comparisons=()) for row in report().figures)
    text = read(replace(report(), is_unfinished=True, figures=figures)).text
    assert "Місяць ще тривав на 15 листопада 2026" in text
    assert "вересень" not in text
    assert "Місяць ще тривав" not in read(report()).text


@pytest.mark.parametrize("lang", LANGS)
def test_definitions_sources_and_account(lang: Lang) -> None:
    text = read(report(lang)).text
    for figure_id in report().definitions:
        assert FIGURES[figure_id].sentence(lang) in text
        assert FIGURES[figure_id].leaves_out(lang) in text
    assert "Hill, M. O. (1973)" in text
    assert "20261115T000000Z-abcdef01" in text
    assert {"uk": "станом на 1 січня 2020", "en": "as of 1 January 2020"}[lang] in text
    assert {"uk": "15 листопада 2026, 08:30 UTC", "en": "15 November 2026, 08:30 UTC"}[lang] in text
    assert {"uk": "прочитано 69 127 = завантажено", "en": "read 69,127 = loaded"}[lang] in text


def test_a_month_without_anything_is_a_document_too() -> None:
    empty = Table((Column("events_count"),), ())
    bare = replace(
        report(),
        findings=(),
        charts=(),
        maps=(),
        figures=(),
        spaces=empty,
        districts=empty,
        themes=empty,
        silent_spaces=(),
        definitions=(),
        account=replace(report().account, reasons=()),
    )
    text = read(bare).text
    assert "не дають підстав щось виокремити" in text
    assert "Жоден простір не провів подій." in text
    assert "Таких немає." in text


def test_bars_are_as_high_as_their_numbers() -> None:
    assert bars([Cell(None), Cell(5.0), Cell(10.0)]) == [(0, 0.0), (5, 11.0), (10, 22.0)]
    assert bars([Cell(0.0), Cell(None, is_hidden=True)]) == [(0, 0.0), (5, 0.0)]
    assert bars([]) == []


def test_bars_of_a_table_are_in_percent_of_the_largest() -> None:
    assert shares(report().districts) == [100.0, 25.0]
    assert shares(Table((Column("events_count"),), (Row("a", None, (Cell(0.0),)),))) == [0.0]


def test_no_word_of_the_report_is_left_over() -> None:
    dashboard = Path(__file__).resolve().parents[4] / "dashboard"
    itself = dashboard / "text" / "report.py"
    readers = [path for path in (*dashboard.rglob("*.py"), *dashboard.glob("reports/templates/*.j2")) if path != itself]
    used = "".join(path.read_text(encoding="utf-8") for path in readers)
    assert [key for key in KEYS if f'"{key}"' not in used and not key.startswith(("restricted.", "sign."))] == []
