import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn

from dashboard.charts.theme import ACCENT, MUTED
from dashboard.maps.classes import HIDDEN_COLOUR
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import figures
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
    Stated,
    Table,
    draft,
)
from dashboard.reports.slides import plan
from dashboard.reports.slides.charts import beside_line, number_format
from dashboard.reports.slides.deck import render, render_views
from dashboard.reports.slides.ink import legible_on, plain
from dashboard.reports.slides.measure import height, largest, lines_count, shortened
from dashboard.settings import Role
from dashboard.text import dates
from dashboard.text import numbers as written
from dashboard.text.slides import KEYS
from dashboard.text.slides import say as say_on_slides
from dashboard.text.words import LANGS, Lang

SEPTEMBER, OCTOBER, LAST_OCTOBER = date(2026, 9, 1), date(2026, 10, 1), date(2025, 10, 1)
EVIL = '=HYPERLINK("http://x.example","a")</a:t><script>&\x07'
HIDDEN = Cell(None, is_hidden=True)
_NAMES = ("січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов")
MONTHS = ("жов\u00a02025", *(f"{name}\u00a02026" for name in _NAMES))

Shape = Any
Slide = Any


def figure(figure_id: str, value: float | None, trend: tuple[Cell, ...] = (), **changed: Any) -> FigureRow:
    row = FigureRow(
        figure_id=figure_id,
        cell=Cell(value),
        comparisons=(
            Comparison(SEPTEMBER, Cell(196.0), 30.0, 15.3),
            Comparison(LAST_OCTOBER, HIDDEN, None, None),
        ),
        base_id=FIGURES[figure_id].base_id,
        base=Cell(174.0),
        coverage_id=FIGURES[figure_id].coverage_id,
        coverage_pct=77.04,
        trend=trend or tuple(Cell(float(number)) for number in range(100, 113)),
    )
    return replace(row, **changed)


def square(name: str, west: float, value: Cell, colour: str) -> Area:
    """A tenth of a degree each way."""
    south = 50.0
    ring = ((west, south), (west + 0.1, south), (west + 0.1, south + 0.1), (west, south + 0.1), (west, south))
    return Area(name, value, colour, ((ring,),))


def report(lang: Lang = "uk", text: str = "Хаб ґ", *, role: Role = Role.PUBLIC, **changed: Any) -> Report:
    trend = Chart(
        "trend.participants_count",
        ChartKind.MONTHS,
        "participants_count",
        "Учасників стало більше.",
        "Учасники, жовтень 2025 – жовтень 2026",
        MONTHS,
        (Series("Учасники", ACCENT, (Cell(1234.0), HIDDEN, Cell(None), *(Cell(float(n)) for n in range(8)))),),
    )
    themes = Chart(
        "themes",
        ChartKind.BARS,
        "theme_share_pct",
        "Теми",
        "Частка теми",
        (text, "Екологія"),
        (
            Series("жовтень 2026", ACCENT, (Cell(42.857142857142854), Cell(12.5))),
            Series("жовтень 2025", MUTED, (Cell(None), Cell(33.3))),
        ),
    )
    city_map = CityMap(
        "participants_per_1000",
        "Учасники на 1000 мешканців за районами",
        "Учасники на 1000 мешканців, жовтень 2026",
        (
            square(text, 30.0, Cell(2.04), "#62b487"),
            square("Дарницький", 30.1, HIDDEN, HIDDEN_COLOUR),
            square("Подільський", 30.2, Cell(3.5), "#0f5c3e"),
        ),
        (LegendEntry("#62b487", "2,0"), LegendEntry("#0f5c3e", "3,5"), LegendEntry(HIDDEN_COLOUR, "приховано")),
        (((29.0, 50.05), (31.0, 50.05)),),
        (Point(text, "hub", 30.15, 50.05),),
    )
    made = Report(
        city_id="kyiv",
        city="Київ",
        month=OCTOBER,
        lang=lang,
        disclosure=Disclosure(role, 5),
        restrictions=(),
        snapshot_id="20261115T000000Z-abcdef01",
        created_at="2026-11-15T08:30:00.123456+00:00",
        code_version="0.1.0",
        as_of_on=date(2026, 11, 15),
        is_demo=False,
        is_unfinished=False,
        findings=(
            Finding(
                "change",
                "Подій побільшало.",
                (
                    Stated("events_count", None, OCTOBER, Cell(226.0)),
                    Stated("events_count", None, LAST_OCTOBER, Cell(154.0)),
                ),
            ),
            Finding("leading_theme", "Найчастіша тема.", (Stated("theme_share_pct", "Екологія", OCTOBER, Cell(12.5)),)),
            Finding("silent_spaces", "Мовчать.", (Stated("silent_spaces_count", None, OCTOBER, Cell(1.0)),)),
        ),
        figures=(
            figure("events_count", 1226.0),
            figure("participants_count", None, cell=HIDDEN),
            figure("attendance_rate_pct", 70.44),
        ),
        districts=Table((), ()),
        themes=Table((), ()),
        spaces=Table(
            (Column("events_count"), Column("participants_count")),
            (Row(text, None, (Cell(9.0), Cell(15.0))), Row("Інший", None, (Cell(5.0), HIDDEN))),
        ),
        silent_spaces=("Тихий хаб",),
        charts=(trend, themes),
        maps=(city_map,),
        gaps=(
            Gap("events_without_theme", Cell(7.0), Cell(226.0), Cell(3.097)),
            Gap("events_without_time", Cell(0.0), Cell(226.0), Cell(0.0)),
            Gap("registrations_without_group", HIDDEN, Cell(80.0), HIDDEN),
        ),
        account=Account(206, 1, Cell(69125.0), Cell(67120.0), Cell(1820.0), HIDDEN, (Reason("повтор", text, HIDDEN),)),
        sources=Sources((("надісланий файл", 204),), (Population("Держстат", date(2022, 1, 1), (text,)),), "OSM"),
        definitions=("events_count", "participants_count"),
    )
    return replace(made, **changed)


def read(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def titled(deck: Any, title: str) -> Slide:
    return deck.slides[titles(deck).index(title)]


def every_shape(shapes: Any) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every_shape(shape.shapes)


def texts(slide: Slide) -> str:
    """All that can be read on a slide, in the order in which it is read; notes are not."""
    said = []
    for shape in every_shape(slide.shapes):
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        if shape.has_table:
            said += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(said)


def spoken(slide: Slide) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def chart_of(slide: Slide) -> Any:
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def workbook_of(chart: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active


def named(slide: Slide, name: str) -> Shape:
    return next(shape for shape in every_shape(slide.shapes) if shape.name == name)


def alt(shape: Shape) -> str:
    return str(shape.element.xpath("./*/p:cNvPr")[0].get("descr"))


def holder(slide: Slide, kind: PP_PLACEHOLDER) -> str:
    return next(each.element.xpath("string(.)") for each in slide.placeholders if each.placeholder_format.type == kind)


def planned(edition: Edition, title: str) -> list[plan.Slide]:
    """The slides whose title begins so, before they are drawn."""
    return [slide for slide in plan.whole(edition) if slide.title.startswith(title)]


def paragraphs(slide: plan.Slide) -> list[str]:
    assert isinstance(slide.content, plan.Text)
    return [each.whole for each in slide.content.paragraphs]


@pytest.fixture(scope="module")
def deck() -> Any:
    return read(render(draft(report())))


# The file


def test_the_same_edition_is_the_same_bytes_and_another_is_not() -> None:
    edition = Edition(report(), 1, date(2026, 11, 20), (), ())
    assert render(edition) == render(edition)
    assert render(edition) != render(replace(edition, number=2))


def test_it_is_dated_by_the_edition_and_never_by_the_clock() -> None:
    content = render(Edition(report(), 2, date(2026, 11, 20), (), ()))
    core = read(content).core_properties
    assert (core.created, core.modified) == (core.created, core.created)
    assert core.created.isoformat()[:10] == "2026-11-20"
    assert core.revision == 2
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert {entry.date_time for entry in made.infolist()} == {(2026, 11, 20, 0, 0, 0)}
        books = [name for name in made.namelist() if name.endswith(".xlsx")]
        assert books
        for book in books:
            properties = openpyxl.load_workbook(io.BytesIO(made.read(book))).properties
            assert (properties.creator, f"{properties.created:%Y-%m-%d}") == ("civicspace", "2026-11-20")


def test_a_draft_is_dated_by_its_data() -> None:
    assert read(render(draft(report()))).core_properties.created.isoformat()[:10] == "2026-11-15"


@pytest.mark.parametrize(("lang", "title"), [("uk", "Київ, жовтень 2026"), ("en", "Київ, October 2026")])
def test_it_says_what_it_is_and_who_made_it(lang: Lang, title: str) -> None:
    core = read(render(draft(report(lang)))).core_properties
    assert core.title.replace("\u00a0", " ") == title
    assert (core.author, core.last_modified_by) == ("civicspace", "civicspace")
    assert core.language == {"uk": "uk-UA", "en": "en-GB"}[lang]


def test_nothing_of_the_machine_or_of_a_template_is_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(render(draft(report())))) as made:
        kinds = {re.sub(r"\d+", "", name).split("/")[-1].rsplit(".", 1)[-1] for name in made.namelist()}
        whole = b"".join(made.read(name) for name in made.namelist() if not name.endswith(".xlsx"))
    assert kinds == {"xml", "rels", "xlsx"}
    assert not re.search(rb"/home/|/usr/|/tmp/|[A-Z]:\\|python-pptx|Steve|Macintosh", whole)


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_names_its_language(lang: Lang) -> None:
    made = read(render(draft(report(lang))))
    runs = [run for slide in made.slides for run in slide.element.iter(qn("a:r"), qn("a:fld"))]
    assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {{"uk": "uk-UA", "en": "en-GB"}[lang]}


# The look


def test_it_is_16_by_9_in_our_theme(deck: Any) -> None:
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-4)
    theme = next(
        rel.target_part.blob.decode() for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    assert theme.count('<a:latin typeface="Arial"/>') == 2
    assert f'<a:accent1><a:srgbClr val="{ACCENT.removeprefix("#")}"/>' in theme
    assert [layout.name for layout in deck.slide_layouts] == ["Титульний", "Заголовок і графік", "Заголовок і текст"]


def test_charts_take_their_colours_from_the_theme(deck: Any) -> None:
    drawn = chart_of(titled(deck, "Учасників стало більше.")).part.blob.decode()
    assert '<a:schemeClr val="accent1"/>' in drawn
    assert "srgbClr" not in drawn


def test_body_type_is_large_enough_for_a_projector(deck: Any) -> None:
    for slide in deck.slides:
        for shape in every_shape(slide.shapes):
            if not shape.has_text_frame or shape.is_placeholder:
                continue
            sizes = {run.font.size.pt for each in shape.text_frame.paragraphs for run in each.runs}
            assert all(size >= 14 for size in sizes), shape.name


def test_a_long_title_is_written_smaller_and_a_short_one_is_not() -> None:
    made = report()
    long = replace(made.findings[0], text="Дуже довгий висновок про громадські простори міста. " * 5)
    told = read(render(draft(replace(made, findings=(long, *made.findings[1:])))))
    assert told.slides[2].shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt < 28
    assert told.slides[3].shapes.title.text_frame.paragraphs[0].runs[0].font.size is None


# What every slide has


def test_every_slide_has_a_title_a_footer_its_number_and_notes(deck: Any) -> None:
    assert all(titles(deck))
    for number, slide in enumerate(deck.slides, start=1):
        assert holder(slide, PP_PLACEHOLDER.FOOTER) == "Київ · жовтень\u00a02026 · Чернетка"
        assert holder(slide, PP_PLACEHOLDER.SLIDE_NUMBER) == f"{number}"
        assert "Дані станом на 15\u00a0листопада\u00a02026; знімок даних 20261115T000000Z-abcdef01" in spoken(slide)
        assert "надісланий файл: 204" in spoken(slide)


def test_title_first_then_what_is_shown_then_the_footer(deck: Any) -> None:
    slide = titled(deck, "Учасників стало більше.")
    kinds = [shape.placeholder_format.type if shape.is_placeholder else "chart" for shape in slide.shapes]
    assert kinds[0] == PP_PLACEHOLDER.TITLE
    assert kinds[-2:] == [PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER] or kinds[-2:] == [
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    ]
    assert kinds.index("chart") < len(kinds) - 3


def test_no_placeholder_is_left_empty(deck: Any) -> None:
    for slide in deck.slides:
        assert all(each.element.xpath("string(.)").strip() for each in slide.placeholders)


def test_every_drawing_says_in_words_what_it_shows(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                assert alt(shape)
    trend = next(shape for shape in titled(deck, "Учасників стало більше.").shapes if shape.has_chart)
    assert "жов\u00a02025 — 1\u202f234; січ\u00a02026 — приховано; лют\u00a02026 — немає даних" in alt(trend)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"is_demo": True}, "Демонстраційні дані"),
        ({"disclosure": Disclosure(Role.ANALYST)}, "Для службового користування"),
        ({"is_unfinished": True}, "місяць триває"),
        ({"restrictions": ("теми: Екологія",)}, "Звіт охоплює лише вибране"),
    ],
)
def test_what_must_be_known_of_the_data_stands_on_every_slide(changed: dict[str, Any], said: str, deck: Any) -> None:
    told = read(render(draft(report(**changed))))
    assert all(said in holder(slide, PP_PLACEHOLDER.FOOTER) for slide in told.slides)
    assert said.casefold() in texts(told.slides[0]).casefold()
    assert not any(said in holder(slide, PP_PLACEHOLDER.FOOTER) for slide in deck.slides)


def cover(edition: Edition) -> tuple[str, ...]:
    content = plan.whole(edition)[0].content
    assert isinstance(content, plan.Cover)
    return content.subtitle + content.notices


def test_the_cover_says_for_whom_it_is() -> None:
    public, analyst = ("\n".join(cover(draft(report(role=role)))) for role in (Role.PUBLIC, Role.ANALYST))
    assert "малі групи приховано (числа про людей від 1 до 4)" in public
    assert "Не оприлюднювати" not in public
    assert "Не оприлюднювати" in analyst


def test_the_cover_has_number_and_date_of_the_edition(deck: Any) -> None:
    said = cover(Edition(report(), 3, date(2026, 11, 20), (), ()))
    assert "Випуск 3 від 20\u00a0листопада\u00a02026" in said
    assert not any("Чернетка" in line for line in said)
    assert all(line in texts(deck.slides[0]) for line in cover(draft(report())))
    assert "Чернетка" in texts(deck.slides[0])


# What the slides say


def test_a_slide_for_the_numbers_each_finding_and_what_no_finding_showed(deck: Any) -> None:
    assert titles(deck) == [
        "Київ, жовтень\u00a02026",
        "Місяць у числах",
        "Подій побільшало.",
        "Найчастіша тема.",
        "Мовчать.",
        "Учасників стало більше.",
        "Учасники на 1000 мешканців за районами",
        "Наскільки дані місяця повні",
        "Що означають ці показники",
        "Звідки ці дані",
    ]


def test_headlines_stand_beside_the_month_before_and_a_year_ago(deck: Any) -> None:
    said = texts(titled(deck, "Місяць у числах")).split("\n")
    assert said[2:6] == [
        "Події",
        "1\u202f226",
        "вересень\u00a02026: 196; +30 (+15\u00a0%)",
        "жовтень\u00a02025: приховано",
    ]
    assert "Учасники\nприховано" in "\n".join(said)
    assert "70,4\u00a0%" in said


def test_an_unfinished_month_is_compared_with_nothing() -> None:
    made = report(is_unfinished=True)
    made = replace(made, figures=tuple(replace(row, comparisons=()) for row in made.figures))
    said = texts(titled(read(render(draft(made))), "Місяць у числах"))
    assert "вересень" not in said
    assert "Місяць ще тривав на 15\u00a0листопада\u00a02026" in said


def test_notes_hold_the_sentence_its_numbers_and_the_definition(deck: Any) -> None:
    said = spoken(titled(deck, "Подій побільшало.")).split("\n")
    assert said[0] == "Подій побільшало."
    assert said[1] == "Числа: Події, жовтень\u00a02026 — 226; Події, жовтень\u00a02025 — 154."
    assert FIGURES["events_count"].sentence_uk in said[2]
    assert FIGURES["events_count"].leaves_out_uk in said[3]
    assert FIGURES["events_count"].formula_uk in said[4]


def test_notes_hold_the_base_and_how_complete_it_is(deck: Any) -> None:
    said = spoken(titled(deck, "Учасників стало більше."))
    assert "Основа — Участі: прийшли або зареєструвалися там, де не відмічали: 174." in said
    assert "Повнота — Частка участей із контактом: 77,0\u00a0%." in said
    assert "Основа" not in spoken(titled(deck, "Подій побільшало."))


def test_a_finding_that_no_chart_shows_stands_as_its_number(deck: Any) -> None:
    slide = titled(deck, "Мовчать.")
    assert not any(shape.has_chart for shape in slide.shapes)
    assert "Простори без подій\n1\nжовтень\u00a02026" in texts(slide)
    assert "Перелік: Тихий хаб." in texts(slide)


def test_a_list_too_long_for_a_slide_is_left_to_the_report() -> None:
    made = report(silent_spaces=tuple(f"Простір «Довга назва номер {number}»" for number in range(40)))
    said = texts(titled(read(render(draft(made))), "Мовчать."))
    assert "номер 39" not in said
    assert "Повний перелік — у звіті за місяць." in said


def test_the_space_with_most_participants_stands_among_the_most_active() -> None:
    leading = Finding("leading_space", "Лідер.", (Stated("participants_count", "Хаб ґ", OCTOBER, Cell(15.0)),))
    other = replace(leading, rests_on=(Stated("participants_count", "Немає в таблиці", OCTOBER, Cell(15.0)),))
    shown = titled(read(render(draft(report(findings=(leading,))))), "Лідер.")
    assert list(chart_of(shown).plots[0].categories) == ["Хаб ґ", "Інший"]
    assert list(chart_of(shown).plots[0].series[0].values) == [15.0, None]
    assert "Приховано, бо йдеться про малі групи: Інший." in texts(shown)
    alone = titled(read(render(draft(report(findings=(other,))))), "Лідер.")
    assert "Немає в таблиці: Учасники\n15" in texts(alone)


def test_districts_without_events_are_shown_on_the_map_of_events() -> None:
    made = report()
    finding = Finding("districts_without_events", "Без подій.", (Stated("districts_count", None, OCTOBER, Cell(1.0)),))
    of_events = replace(made.maps[0], figure_id="events_count")
    told = read(render(draft(replace(made, findings=(finding,), maps=(of_events,)))))
    assert named(titled(told, "Без подій."), "Подільський")
    assert made.maps[0].title not in titles(told)


def test_completeness_shows_what_is_missing_and_only_says_what_is_not(deck: Any) -> None:
    slide = titled(deck, "Наскільки дані місяця повні")
    chart = chart_of(slide)
    assert list(chart.plots[0].categories) == ["Події без теми", "Реєстрації без групи учасників"]
    assert list(chart.plots[0].series[0].values) == [3.097, None]
    assert "Події без теми: бракує 7 із 226." in spoken(slide)
    assert "Реєстрації без групи учасників: приховано." in spoken(slide)
    assert "Нічого не бракує: Події без години початку." in spoken(slide)


def test_definitions_are_of_the_figures_shown_and_sources_of_the_data(deck: Any) -> None:
    said = texts(titled(deck, "Що означають ці показники"))
    assert f"Події. {FIGURES['events_count'].sentence_uk}" in said
    assert "Частка теми. " in said
    assert "Реєстрації. " not in said
    sources = texts(titled(deck, "Звідки ці дані"))
    assert "прочитано 69\u202f125 = завантажено 67\u202f120 + повтори 1\u202f820 + відхилено приховано" in sources
    assert "Держстат, станом на 1\u00a0січня\u00a02022" in sources
    assert "Межі районів: OSM." in sources


def test_nothing_known_still_makes_a_deck() -> None:
    made = report(findings=(), figures=(), charts=(), maps=(), gaps=(), silent_spaces=())
    told = read(render(draft(made)))
    assert titles(told)[1:] == ["Місяць у числах", "Наскільки дані місяця повні", "Звідки ці дані"]
    assert "Нічого не бракує." in texts(told.slides[2])


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_are_the_reports_language(lang: Lang) -> None:
    told = read(render(draft(report(lang))))
    said = "\n".join(texts(slide) + spoken(slide) for slide in told.slides)
    assert ("What these figures mean" in said, "Що означають ці показники" in said) == (lang == "en", lang == "uk")


# What changed


def changes(count: int) -> tuple[Change, ...]:
    return tuple(
        Change(f"Райони: {number}", "events_count", OCTOBER, Cell(float(number)), None) for number in range(count)
    )


WHAT_CHANGED = "Що змінилося з попереднього випуску"


def test_a_second_edition_says_what_changed_and_why() -> None:
    change = Change("Показники", "attendance_rate_pct", SEPTEMBER, Cell(70.44), HIDDEN)
    edition = Edition(report(), 2, date(2026, 11, 20), (change, *changes(1)), ("Надійшов 1 файл.", "Інша програма."))
    said = [
        "Чому. Надійшов 1 файл.",
        "Інша програма.",
        "Показники, вересень\u00a02026. Частка відвідування: було 70,4\u00a0%, стало приховано.",
        "Райони: 0, жовтень\u00a02026. Події: було 0, стало не було в звіті.",
    ]
    assert paragraphs(planned(edition, WHAT_CHANGED)[0]) == said
    drawn = titled(read(render(edition)), WHAT_CHANGED)
    assert all(line in texts(drawn) for line in said)


def test_changes_of_one_place_stand_together() -> None:
    two = tuple(replace(changes(1)[0], figure_id=name) for name in ("events_count", "participants_count"))
    said = paragraphs(planned(Edition(report(), 2, date(2026, 11, 20), two, ()), WHAT_CHANGED)[0])
    assert len(said) == 1
    assert "Події: було 0" in said[0]
    assert "; Учасники: було 0" in said[0]


def test_a_first_edition_and_a_draft_have_nothing_to_say_of_it() -> None:
    assert planned(Edition(report(), 2, date(2026, 11, 20), (), ()), WHAT_CHANGED)
    for edition in (draft(report()), Edition(report(), 1, date(2026, 11, 20), (), ())):
        assert not planned(edition, WHAT_CHANGED)


def test_an_edition_without_changes_says_so() -> None:
    edition = Edition(report(), 2, date(2026, 11, 20), (), ())
    assert paragraphs(planned(edition, WHAT_CHANGED)[0]) == ["Жодне число звіту не змінилося."]


def test_more_changes_than_a_talk_bears_are_left_to_the_report() -> None:
    few, many = (
        [paragraphs(slide) for slide in planned(Edition(report(), 2, date(2026, 11, 20), changes(n), ()), WHAT_CHANGED)]
        for n in (20, 200)
    )
    assert (len(few), len(many)) == (2, 3)
    assert few[-1][-1].startswith("Райони: 19,")
    assert many[-1][-1] == "Повний перелік — у звіті за місяць."


# Charts


def test_a_chart_holds_the_models_numbers_and_a_gap_where_one_is_hidden(deck: Any) -> None:
    slide = titled(deck, "Учасників стало більше.")
    chart = chart_of(slide)
    of_model = report().charts[0]
    assert chart.chart_type == XL_CHART_TYPE.LINE_MARKERS
    assert [label.replace("\n", "\u00a0") for label in chart.plots[0].categories] == list(of_model.labels)
    assert list(chart.plots[0].series[0].values) == [cell.value for cell in of_model.series[0].cells]
    assert chart.element.xpath("string(c:chart/c:dispBlanksAs/@val)") == "gap"
    said = texts(slide)
    assert "Приховано, бо йдеться про малі групи: січ\u00a02026." in said
    assert "Немає даних: лют\u00a02026." in said


def test_bars_hold_every_series_and_mark_what_is_spoken_of(deck: Any) -> None:
    chart = chart_of(titled(deck, "Найчастіша тема."))
    of_model = report().charts[1]
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert list(chart.plots[0].categories) == list(of_model.labels)
    for drawn, series in zip(chart.plots[0].series, of_model.series, strict=True):
        assert drawn.name == series.name
        assert list(drawn.values) == [cell.value for cell in series.cells]
    assert chart.has_legend
    bold = chart.element.xpath("//c:ser[1]/c:dLbls/c:dLbl/c:idx/@val")
    assert bold == ["1"]


def test_a_months_figure_without_a_chart_is_drawn_from_its_thirteen_months(deck: Any) -> None:
    chart = chart_of(titled(deck, "Подій побільшало."))
    assert list(chart.plots[0].series[0].values) == [float(number) for number in range(100, 113)]
    assert not chart.has_legend


def test_the_workbook_within_holds_the_same_numbers_and_nothing_else(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            if not shape.has_chart:
                continue
            chart, sheet = shape.chart, workbook_of(shape.chart)
            series = chart.plots[0].series
            rows = list(sheet.iter_rows(values_only=True))
            assert rows[0] == (None, *(each.name for each in series))
            assert [row[0] for row in rows[1:]] == list(chart.plots[0].categories)
            for column, each in enumerate(series, start=1):
                assert [row[column] for row in rows[1:]] == pytest.approx(list(each.values))


def test_what_looks_like_a_formula_or_markup_is_text() -> None:
    told = read(render(draft(report(text=EVIL))))
    chart = chart_of(titled(told, "Найчастіша тема."))
    assert next(iter(chart.plots[0].categories)) == plain(EVIL)
    cell = workbook_of(chart)["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", plain(EVIL), None)
    assert named(titled(told, "Учасники на 1000 мешканців за районами"), plain(EVIL))


def test_axes_are_numbered_as_the_format_allows(deck: Any) -> None:
    numbers = [
        int(number)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart
        for number in shape.chart.element.xpath("//c:axId/@val | //c:crossAx/@val")
    ]
    assert numbers
    assert min(numbers) > 0


@pytest.mark.parametrize(
    ("figure_id", "lang", "expected"),
    [
        ("events_count", "uk", "[$-422]#,##0"),
        ("events_count", "en", "[$-809]#,##0"),
        ("attendance_rate_pct", "uk", '[$-422]#,##0.0"\u00a0%"'),
        ("attendance_rate_pct", "en", '[$-809]#,##0.0"%"'),
        ("district_evenness", "uk", "[$-422]#,##0.00"),
        ("gap_pct", "en", '[$-809]#,##0.0"%"'),
    ],
)
def test_numbers_are_written_as_the_language_does(figure_id: str, lang: Lang, expected: str) -> None:
    assert number_format(figure_id, lang) == expected


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ((1.0, 5.0, 1.0), XL_LABEL_POSITION.ABOVE),
        ((5.0, 1.0, 5.0), XL_LABEL_POSITION.BELOW),
        ((5.0, 5.0, 5.0), XL_LABEL_POSITION.ABOVE),
        ((100.0, 90.0, 77.9), XL_LABEL_POSITION.RIGHT),
        ((100.0, 90.0, 78.0), XL_LABEL_POSITION.ABOVE),
        ((77.9, 90.0, 100.0), XL_LABEL_POSITION.LEFT),
        ((78.0, 90.0, 100.0), XL_LABEL_POSITION.ABOVE),
        ((None, 1.0, 5.0), XL_LABEL_POSITION.BELOW),
        ((100.0, 9.9, 100.0), XL_LABEL_POSITION.ABOVE),
        ((100.0, 10.0, 100.0), XL_LABEL_POSITION.BELOW),
        ((0.0, 0.0, 0.0), XL_LABEL_POSITION.ABOVE),
        ((None, 5.0, None), XL_LABEL_POSITION.ABOVE),
    ],
)
def test_a_label_stands_where_the_line_does_not(values: Any, where: XL_LABEL_POSITION) -> None:
    assert beside_line(values, 1) == where


def test_paragraphs_are_spread_evenly_over_their_slides() -> None:
    made = [len(paragraphs(slide)) for slide in planned(Edition(report(), 2, OCTOBER, changes(20), ()), WHAT_CHANGED)]
    assert len(made) == 2
    assert max(made) - min(made) <= 2


def test_only_an_unfinished_months_end_is_left_open() -> None:
    ends = []
    for is_unfinished in (False, True):
        told = read(render(draft(report(is_unfinished=is_unfinished))))
        ends.append("a:prstDash" in chart_of(titled(told, "Учасників стало більше.")).part.blob.decode())
    assert ends == [False, True]


def test_too_many_hidden_values_are_counted_rather_than_named() -> None:
    names = tuple(f"Молодіжний центр із назвою номер {number}" for number in range(20))
    chart = Chart(
        "spaces", ChartKind.BARS, "participants_count", "Багато", "", names,
        (Series("жовтень", ACCENT, (Cell(9.0), *([HIDDEN] * 19))),),
    )  # fmt: skip
    few = replace(chart, labels=names[:3], series=(replace(chart.series[0], cells=chart.series[0].cells[:3]),))
    many, some = (planned(draft(report(charts=(each,), findings=())), "Багато")[0].caption for each in (chart, few))
    assert many == "Приховано, бо йдеться про малі групи: 19 із 20 чисел."
    assert some == f"Приховано, бо йдеться про малі групи: {names[1]}, {names[2]}."


def bars_of(*labels: str) -> Any:
    series = Series("жовтень", ACCENT, tuple(Cell(9.0) for _ in labels))
    chart = Chart("spaces", ChartKind.BARS, "participants_count", "Багато", "", labels, (series,))
    return chart_of(titled(read(render(draft(report(charts=(chart,), findings=())))), "Багато")).plots[0]


def test_a_name_as_long_as_a_page_is_cut_and_its_neighbours_are_not() -> None:
    name = "Дуже довга назва " * 30
    cut, *others = bars_of(name, *(f"Хаб {number}" for number in range(9))).categories
    assert cut.startswith("Дуже довга назва")
    assert cut.endswith("…")
    assert len(cut) < 100
    assert others == [f"Хаб {number}" for number in range(9)]


def test_a_bar_that_stands_alone_is_no_block() -> None:
    alone, among = bars_of("Хаб"), bars_of(*(f"Хаб {number}" for number in range(10)))
    assert alone.gap_width > 3 * among.gap_width


# Maps


def test_each_district_is_a_shape_of_its_name_and_class(deck: Any) -> None:
    slide = titled(deck, "Учасники на 1000 мешканців за районами")
    for area in report().maps[0].areas:
        shape = named(slide, area.name)
        assert shape.shape_type == MSO_SHAPE_TYPE.FREEFORM
        assert f"#{shape.fill.fore_color.rgb}".lower() == area.colour
    assert alt(named(slide, "Дарницький")) == "Дарницький: приховано"
    assert "Хаб ґ — 2,0; Дарницький — приховано; Подільський — 3,5" in alt(
        next(shape for shape in slide.shapes if shape.name == report().maps[0].title)
    )


def test_a_district_is_as_wide_as_its_latitude_makes_it(deck: Any) -> None:
    shape = named(titled(deck, "Учасники на 1000 мешканців за районами"), "Подільський")
    assert shape.width / shape.height == pytest.approx(math.cos(math.radians(50.05)), rel=0.01)


def test_the_list_and_the_legend_say_the_maps_values(deck: Any) -> None:
    slide = titled(deck, "Учасники на 1000 мешканців за районами")
    rows = next(shape.table for shape in slide.shapes if shape.has_table).rows
    assert [[cell.text_frame.text for cell in row.cells] for row in rows] == [
        ["1", "Подільський", "3,5"],
        ["2", "Хаб ґ", "2,0"],
        ["3", "Дарницький", "приховано"],
    ]
    legend = [shape.text_frame.text for shape in named(slide, "Легенда").shapes if shape.has_text_frame]
    assert [text for text in legend if text] == ["2,0", "3,5", "приховано", "простір"]


def test_the_map_stays_on_the_slide_even_where_the_river_leaves_the_city(deck: Any) -> None:
    slide = titled(deck, "Учасники на 1000 мешканців за районами")
    districts = [named(slide, area.name) for area in report().maps[0].areas]
    river = named(slide, "Річка")
    assert river.left >= min(each.left for each in districts)
    assert river.left + river.width <= max(each.left + each.width for each in districts) + 2
    for shape in slide.shapes:
        assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width
        assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height


def test_holes_and_islands_are_parts_of_one_shape() -> None:
    made = report()
    outer = ((30.0, 50.0), (30.3, 50.0), (30.3, 50.3), (30.0, 50.0))
    hole = ((30.2, 50.05), (30.25, 50.05), (30.25, 50.1), (30.2, 50.05))
    island = ((30.4, 50.0), (30.5, 50.0), (30.5, 50.1), (30.4, 50.0))
    area = replace(made.maps[0].areas[0], polygons=((outer, hole), (island,)))
    told = read(render(draft(replace(made, maps=(replace(made.maps[0], areas=(area,), lines=(), points=()),)))))
    slide = titled(told, made.maps[0].title)
    path = named(slide, area.name).element.find(f".//{qn('a:path')}")
    assert len(path.findall(qn("a:moveTo"))) == len(path.findall(qn("a:close"))) == 3
    assert "простір" not in texts(slide)


# Views


def test_chosen_views_come_in_their_order() -> None:
    made = report()
    told = read(render_views(draft(made), (made.maps[0], made.charts[1], made.findings[0])))
    assert titles(told)[1:] == [
        made.maps[0].title,
        "Теми",
        "Подій побільшало.",
        "Що означають ці показники",
        "Звідки ці дані",
    ]
    assert "Частка відвідування. " not in texts(titled(told, "Що означають ці показники"))


def test_without_views_there_are_cover_and_sources() -> None:
    assert titles(read(render_views(draft(report()), ())))[1:] == ["Звідки ці дані"]


def test_a_view_of_another_report_is_refused() -> None:
    stranger = replace(report().charts[0], title="Чужий")
    with pytest.raises(ValueError, match="Chart is none of the report on kyiv, 2026-10"):
        render_views(draft(report()), (stranger,))


# Every number


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d\u202f]*(?:,\d+)?", text))


def test_every_number_shown_is_one_of_the_models() -> None:
    made = report()
    cells = [(row.figure_id, row.cell) for row in made.figures]
    cells += [(str(row.base_id), row.base) for row in made.figures if row.base_id]
    cells += [(row.figure_id, then.cell) for row in made.figures for then in row.comparisons]
    cells += [(row.figure_id, cell) for row in made.figures for cell in row.trend]
    cells += [(chart.figure_id, cell) for chart in made.charts for series in chart.series for cell in series.cells]
    cells += [(each.figure_id, area.cell) for each in made.maps for area in each.areas]
    cells += [(each.figure_id, each.cell) for told in made.findings for each in told.rests_on]
    cells += [("missing_count", gap.missing) for gap in made.gaps] + [("all_count", gap.all) for gap in made.gaps]
    cells += [("rows_count", cell) for cell in (made.account.read, made.account.loaded, made.account.duplicate)]
    known = [figures.written(figure_id, cell, "uk") for figure_id, cell in cells]
    known += [written.format_percent(row.coverage_pct, "uk", decimals=1) for row in made.figures]
    known += ["+30 (+15\u00a0%)", "+30,0", "204", "206", made.snapshot_id, made.code_version]
    known += [word for each in FIGURES.values() for word in (each.name_uk, each.sentence_uk, each.leaves_out_uk)]
    known += [f"{each.formula_uk} {made.charts[0].subtitle} {made.maps[0].title}" for each in FIGURES.values()]
    known += [dates.format_date(day, "uk") for day in (made.month, SEPTEMBER, LAST_OCTOBER, made.as_of_on)]
    places = {str(place) for place in range(1, len(made.maps[0].areas) + 1)}
    slides = list(read(render(draft(made))).slides)
    for number, slide in enumerate(slides[1:-1], start=2):
        shown = numbers(texts(slide)) | numbers(spoken(slide))
        assert shown <= numbers(" ; ".join(known)) | places | {str(number)}


# Words, measures, colours


def test_every_word_has_two_languages() -> None:
    for key in KEYS:
        values = dict.fromkeys(re.findall(r"{(\w+)}", say_on_slides(key, "uk")), "x")
        assert say_on_slides(key, "uk", **values)
        assert say_on_slides(key, "en", **values)


def test_lines_are_counted_by_whole_words() -> None:
    inch = 914_400
    assert lines_count("", inch, 18) == 1
    assert lines_count("слово", inch, 18) == 1
    assert lines_count("слово слово слово", inch, 18) == 3
    assert lines_count("слово\u00a0слово", inch, 18) == 2
    assert lines_count("слово слово", 10 * inch, 18) == 1
    assert lines_count("слово слово", 10 * inch, 180, bold=True) > lines_count("слово слово", 10 * inch, 90)
    assert height("слово слово слово", inch, 18) == 3 * height("слово", inch, 18)


def test_the_largest_type_that_fits_is_chosen_or_the_smallest() -> None:
    inch = 914_400
    assert largest("слово", 10 * inch, inch, (40, 20)) == 40
    assert largest("слово слово", inch, inch // 2, (40, 20, 10)) == 10
    assert largest("слово " * 50, inch, inch, (40, 20)) == 20


def test_a_text_too_long_for_its_room_is_cut_where_it_ends() -> None:
    inch = 914_400
    line = height("слово", inch, 18)
    assert shortened("слово слово", 10 * inch, line, 18) == "слово слово"
    cut = shortened("слово " * 50, inch, 2 * line, 18)
    assert cut.endswith("…")
    assert "слово слово".startswith(cut[:5])
    assert lines_count(cut, inch, 18) == 2
    assert shortened("слово", 1, 1, 18) == "с…"


@pytest.mark.parametrize(
    ("colour", "ink"), [("#ffffff", "#17202b"), ("#62b487", "#17202b"), ("#0f5c3e", "#ffffff"), ("#000000", "#ffffff")]
)
def test_numbers_stand_out_on_their_class(colour: str, ink: str) -> None:
    assert legible_on(colour) == ink


def test_what_no_file_may_hold_becomes_a_blank() -> None:
    assert plain("a\x00b\nc\u2028d ґʼ") == "a b c d ґʼ"
