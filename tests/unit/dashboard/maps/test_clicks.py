import pytest

from dashboard.maps.clicks import click_number, clicked


def returned(properties: object) -> dict[str, object]:
    drawing = {"type": "Feature", "properties": properties, "geometry": {}}
    return {"last_active_drawing": drawing}


def test_a_district_and_a_space_are_told_apart() -> None:
    assert clicked(returned({"district_code": "UA1", "style": {}})) == ("district", "UA1")
    assert clicked(returned({"space_id": "kyiv-ihub"})) == ("space", "kyiv-ihub")


@pytest.mark.parametrize(
    "nothing",
    [
        None,
        {},
        {"last_active_drawing": None},
        {"last_active_drawing": "x"},
        returned(None),
        returned({}),
        returned({"district_code": 7}),
        returned({"other": "x"}),
    ],
)
def test_anything_else_is_no_click(nothing) -> None:
    assert clicked(nothing) is None


def test_the_number_of_the_click_is_handed_on() -> None:
    assert click_number(returned({"space_id": "kyiv-ihub", "click": 3})) == 3


@pytest.mark.parametrize("nothing", [None, {}, {"last_active_drawing": None}, returned({}), returned({"click": "3"})])
def test_without_a_click_the_number_is_zero(nothing) -> None:
    assert click_number(nothing) == 0
