import re
from dataclasses import replace
from typing import Any

import pytest

from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import show
from dashboard.reports.build import build
from dashboard.reports.model import Report, draft
from dashboard.reports.templating import fonts
from dashboard.settings import Role

LIVE = "https://hubs.example.org/?city=kyiv&month=2026-10"
EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def report(full_scene: Any) -> Report:
    return build(full_scene.snapshot(), Filters("kyiv"), Disclosure(Role.ANALYST), "uk")


def shown(report: Report, *names: str, live_url: str | None = None) -> str:
    known = show.views(report)
    return show.render(draft(report), [known[name] for name in names], live_url).decode()


def titles(text: str) -> list[str]:
    return re.findall(r"<h[12]>(.*?)</h[12]>", text)


def test_findings_charts_and_maps_can_be_shown_each_under_its_id(report: Report) -> None:
    known = show.views(report)
    assert set(known.values()) <= {*report.findings, *report.charts, *report.maps}
    assert {f"map.{each.figure_id}" for each in report.maps} <= set(known)
    assert set(report.findings) <= set(known.values())


def test_two_findings_of_one_kind_have_two_ids(report: Report) -> None:
    first = report.findings[0]
    doubled = replace(report, findings=(first, replace(first, text="Інше."), replace(first, text="Третє.")))
    name = f"{first.kind}.{first.rests_on[0].figure_id}"
    assert [each for each in show.views(doubled) if each.startswith(name)] == [name, f"{name}.2", f"{name}.3"]


def test_a_chart_that_a_finding_shows_is_there_once(report: Report) -> None:
    chart = report.charts[0]
    told = replace(report, findings=(replace(report.findings[0], text=chart.title),))
    assert chart.chart_id not in show.views(told)
    assert chart.chart_id in show.views(replace(report, findings=()))


def test_the_slides_are_the_chosen_views_in_their_order(report: Report) -> None:
    names = ["map.events_count", "trend.events_count"]
    known = show.views(replace(report, findings=()))
    bare = replace(report, findings=())
    forth, back = shown(bare, *names), shown(bare, *reversed(names))
    said = [known[name].title for name in names]
    assert titles(forth)[1:3] == said
    assert titles(back)[1:3] == said[::-1]
    assert forth.count('class="slide ') == len(titles(forth))


def test_a_view_of_another_report_is_refused(report: Report) -> None:
    stranger = replace(report.charts[0], title="Чуже")
    with pytest.raises(ValueError, match="Chart"):
        show.render(draft(report), [stranger])


def test_with_an_address_there_is_a_code_and_without_one_there_is_none(report: Report) -> None:
    with_code, without = (shown(report, "map.events_count", live_url=url) for url in (LIVE, None))
    assert with_code.count('<figure class="code">') == 2  # on the cover and over any slide
    assert "https://hubs.example.org/?city=kyiv&amp;month=2026-10" in with_code
    assert 'class="code"' not in without
    assert "QR" not in without.replace(fonts(), "")


def test_it_loads_nothing_and_runs_its_own_script_alone(report: Report) -> None:
    text = shown(report, "map.events_count", "trend.events_count")
    assert "default-src 'none'" in text
    assert re.findall(r"<script[^>]*>", text) == ["<script>"]
    assert not re.search(r"(?:src|href)\s*=|url\((?!\"data:font)|@import", text.split("<script>", maxsplit=1)[0])


def test_its_font_is_inside(report: Report) -> None:
    text = shown(report, "map.events_count")
    assert text.count('font-family: "Civicspace Sans"; font-weight:') == 2
    assert "font-src data:" in text


def test_markup_in_names_is_text(report: Report) -> None:
    evil = replace(report, city=EVIL, charts=(replace(report.charts[0], title=EVIL, labels=(EVIL,) * 13),))
    text = shown(evil, evil.charts[0].chart_id)
    assert EVIL not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


@pytest.mark.parametrize(("lang", "notes"), [("uk", "Нотатки доповідача"), ("en", "Speaker notes")])
def test_every_slide_has_notes_and_says_what_data_these_are(full_scene: Any, lang: Any, notes: str) -> None:
    made = build(full_scene.snapshot(), Filters("kyiv"), Disclosure(Role.ANALYST), lang)
    text = shown(made, "map.events_count")
    count = text.count('class="slide ')
    assert text.count(f"<h3>{notes}</h3>") == count
    internal = {"uk": "Для службового користування", "en": "For internal use"}[lang]
    assert len(re.findall(rf"<footer><span>[^<]*{internal}", text)) == count


def test_the_same_views_make_the_same_bytes(report: Report) -> None:
    views = list(show.views(report).values())
    assert show.render(draft(report), views, LIVE) == show.render(draft(report), views, LIVE)


def test_a_view_is_listed_by_what_it_says_and_what_it_is(report: Report) -> None:
    assert show.title(report.maps[0], report) == "Події за районами (карта)"
    assert show.title(report.findings[0], report) == f"{report.findings[0].text} (висновок)"
    assert show.title(report.charts[0], report).endswith("(графік)")
