import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring

from dashboard.maps.classes import HIDDEN_COLOUR
from dashboard.reports import svg
from dashboard.reports.model import Area, Cell, Chart, ChartKind, CityMap, Point, Series
from dashboard.text.words import Lang

MONTHS = tuple(f"{month}\u00a02026" for month in ("січ", "лют", "бер", "кві", "тра"))
EVIL = "<script>alert('x')</script>\"&"


def chart(*values: float | None, kind: ChartKind = ChartKind.MONTHS, hidden: int | None = None) -> Chart:
    cells = tuple(Cell(value, place == hidden) for place, value in enumerate(values))
    return Chart(
        "trend.events_count", kind, "events_count", "", "", MONTHS[: len(values)], (Series("Події", "#2375c1", cells),)
    )


def drawn(shown: Chart | CityMap, lang: Lang = "uk", *, is_unfinished: bool = False) -> ET.Element:
    if isinstance(shown, CityMap):
        return fromstring(svg.city_map(shown, lang))
    return fromstring(svg.chart(shown, lang, is_unfinished=is_unfinished))


def bars(root: ET.Element, side: str) -> list[float]:
    return [float(each.attrib[side]) for each in root.iter("rect") if each.attrib["class"] == "bar"]


def titles(root: ET.Element) -> list[str | None]:
    return [each.text for each in root.iter("title")]


def words(root: ET.Element, kind: str) -> list[str | None]:
    return [each.text for each in root.iter("text") if kind in each.attrib.get("class", "").split()]


def test_columns_are_as_high_as_their_numbers() -> None:
    first, second, third = bars(drawn(chart(10.0, 20.0, 40.0)), "height")
    assert (second, third) == pytest.approx((2 * first, 4 * first), abs=0.2)


def test_columns_stand_on_the_line_of_nought() -> None:
    root = drawn(chart(10.0, 40.0))
    feet = [top + height for top, height in zip(bars(root, "y"), bars(root, "height"), strict=True)]
    nought = max(float(re.findall(r"[\d.]+", each.attrib["d"])[1]) for each in root.iter("path"))
    assert feet == pytest.approx([nought, nought], abs=0.1)


def test_every_month_says_its_number_and_the_drawing_says_all() -> None:
    root = drawn(chart(10.0, None, 1234.0))
    assert titles(root) == [
        "січ\u00a02026: 10",
        "лют\u00a02026: немає даних",
        "бер\u00a02026: 1\u202f234",
    ]
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "; ".join(str(title) for title in titles(root))
    assert titles(drawn(chart(1234.0), "en")) == ["січ\u00a02026: 1,234"]


def test_the_first_the_last_and_the_largest_have_their_number_over_them() -> None:
    assert words(drawn(chart(1.0, 2.0, 9.0, 3.0, 4.0)), "value") == ["1", "9"]
    assert words(drawn(chart(1.0, 2.0, 9.0, 3.0, 4.0)), "now") == ["4"]


def test_a_largest_beside_the_last_keeps_silent() -> None:
    assert words(drawn(chart(1.0, 2.0, 3.0, 9.0, 4.0)), "value") == ["1"]
    assert words(drawn(chart(1.0, 9.0, 3.0, 2.0, 4.0)), "value") == ["1"]


def test_a_year_is_said_once() -> None:
    root = drawn(replace(chart(1.0, 1.0, 1.0), labels=("гру\u00a02025", "січ\u00a02026", "лют\u00a02026")))
    assert [word for word in words(root, "tick") if word and word.startswith("20")] == ["2025", "2026"]


def test_a_hidden_number_is_a_grey_stub_of_one_height_and_a_missing_one_is_no_bar() -> None:
    shown = chart(10.0, None, 20.0, hidden=1)
    grey = [each for each in drawn(shown).iter("rect") if each.attrib["fill"] == HIDDEN_COLOUR]
    assert [float(each.attrib["height"]) for each in grey] == [5.0]
    assert titles(drawn(shown))[1] == "лют\u00a02026: приховано"
    assert svg.has_hidden(shown)
    missing = chart(10.0, None, 20.0)
    assert len(bars(drawn(missing), "height")) == 2
    assert not svg.has_hidden(missing)


def test_only_the_last_month_of_an_unfinished_one_is_an_outline() -> None:
    def dashed(*, is_unfinished: bool) -> list[bool]:
        rects = drawn(chart(1.0, 2.0), is_unfinished=is_unfinished).iter("rect")
        return ["stroke-dasharray" in each.attrib for each in rects if each.attrib["class"] == "bar"]

    assert dashed(is_unfinished=True) == [False, True]
    assert dashed(is_unfinished=False) == [False, False]


def test_lying_bars_are_as_long_as_their_numbers_and_all_say_them() -> None:
    root = drawn(chart(40.0, 10.0, kind=ChartKind.BARS))
    long, short = bars(root, "width")
    assert long == pytest.approx(4 * short, abs=0.2)
    assert words(root, "now") == ["40", "10"]


def test_two_series_stand_one_under_the_other_and_differ_in_colour() -> None:
    shown = chart(40.0, kind=ChartKind.BARS)
    shown = replace(shown, series=(shown.series[0], Series("жовтень 2025", "#7b8794", (Cell(30.0),))))
    root = drawn(shown)
    upper, lower = bars(root, "y")
    assert lower > upper
    assert titles(root) == ["січ\u00a02026\nПодії: 40\nжовтень 2025: 30"]
    assert svg.series_colour(shown, 0) == "#2375c1"
    assert svg.series_colour(shown, 1) == svg.tint("#7b8794", 0.6)


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("values", [(), (None,), (0.0,), (None, None), (0.0, 0.0)])
def test_nothing_to_draw_is_a_drawing_without_bars(kind: ChartKind, values: tuple[float | None, ...]) -> None:
    root = drawn(chart(*values, kind=kind))
    assert bars(root, "height") == []
    assert "nan" not in svg.chart(chart(*values, kind=kind), "uk").casefold()


def test_a_long_name_takes_two_lines_and_is_said_whole() -> None:
    name = "Молодіжний центр «Карамельний Телескоп» на Лівому березі"
    root = drawn(replace(chart(4.0, kind=ChartKind.BARS), labels=(name,)))
    lines = [each.text or "" for each in root.iter("text") if each.attrib["text-anchor"] == "end"]
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert titles(root) == [f"{name}: 4"]


def test_tint_goes_from_white_to_the_colour() -> None:
    assert svg.tint("#2375c1", 0.0) == "#ffffff"
    assert svg.tint("#2375c1", 1.0) == "#2375c1"
    assert svg.tint("#000000", 0.5) == "#808080"


WEST = ((30.0, 50.0), (30.1, 50.0), (30.1, 50.1), (30.0, 50.1), (30.0, 50.0))
EAST = ((30.1, 50.0), (30.2, 50.0), (30.2, 50.1), (30.1, 50.1), (30.1, 50.0))
HOLE = ((30.02, 50.02), (30.04, 50.02), (30.04, 50.04), (30.02, 50.02))


def city(name: str = "Західний") -> CityMap:
    return CityMap(
        "events_count",
        "",
        "",
        (
            Area(name, Cell(7.0), "#a3d4b0", ((WEST, HOLE),)),
            Area("Східний", Cell(None, is_hidden=True), HIDDEN_COLOUR, ((EAST,),)),
        ),
        (),
        (((30.1, 49.9), (30.1, 50.2)),),
        (Point(name, "hub", 30.15, 50.05),),
    )


def test_districts_have_their_colour_name_and_value() -> None:
    root = drawn(city())
    areas = [each for each in root.iter("path") if each.attrib.get("class") == "area"]
    assert [each.attrib["fill"] for each in areas] == ["#a3d4b0", HIDDEN_COLOUR]
    assert areas[0].attrib["d"].count("z") == 2
    assert titles(root)[:2] == ["Західний: 7", "Східний: приховано"]
    assert words(root, "district") == ["Західний", "Східний"]
    assert root.attrib["aria-label"] == "Західний: 7; Східний: приховано"


def test_north_is_up_and_west_is_left() -> None:
    root = drawn(city())
    (west, _), (east, y) = ((float(each.attrib["x"]), float(each.attrib["y"])) for each in root.iter("text"))
    assert west < east
    (pin,) = (each for each in root.iter("g") if "transform" in each.attrib)
    x, top = (float(number) for number in re.findall(r"[\d.]+", pin.attrib["transform"])[:2])
    assert x == pytest.approx(east, abs=10)
    assert top == pytest.approx(y, abs=10)
    north = drawn(replace(city(), points=(Point("A", "hub", 30.15, 50.09),)))
    (higher,) = (each for each in north.iter("g") if "transform" in each.attrib)
    assert float(re.findall(r"[\d.]+", higher.attrib["transform"])[1]) < top


def test_names_of_districts_do_not_lie_over_one_another() -> None:
    one, other = (replace(area, polygons=((EAST,),)) for area in city().areas)
    names = drawn(replace(city(), areas=(one, other))).iter("text")
    (x, y), (other_x, other_y) = ((float(each.attrib["x"]), float(each.attrib["y"])) for each in names)
    assert (x, other_y - y) == pytest.approx((other_x, 13), abs=0.2)


def test_a_space_says_its_name_and_kind() -> None:
    assert titles(drawn(city()))[2] == "Західний (хаб)"
    assert titles(drawn(city(), "en"))[2] == "Західний (hub)"


def test_a_map_without_districts_is_empty() -> None:
    assert list(drawn(replace(city(), areas=()))) == []


def test_a_high_city_keeps_to_its_height() -> None:
    tower = ((30.0, 50.0), (30.01, 50.0), (30.01, 51.0), (30.0, 51.0), (30.0, 50.0))
    root = drawn(replace(city(), areas=(Area("A", Cell(1.0), "#a3d4b0", ((tower,),)),), points=()))
    assert float(root.attrib["viewBox"].split()[3]) == 430.0


def test_every_text_is_escaped() -> None:
    for text in (
        svg.chart(replace(chart(1.0), labels=(EVIL,)), "uk"),
        svg.chart(replace(chart(1.0, kind=ChartKind.BARS), labels=(EVIL,)), "uk"),
        svg.city_map(city(EVIL), "uk"),
    ):
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        fromstring(text)
