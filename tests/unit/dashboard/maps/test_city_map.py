import json
import re
from importlib.resources import files

import pandas as pd
import pytest

from dashboard.maps.assets import ASSET_PACKAGES, SCRIPTS, STYLES
from dashboard.maps.city_map import SELECTED_COLOUR, Tiles, base_map, district_layer, reach_layer, space_layer
from dashboard.maps.classes import HIDDEN_COLOUR, NO_DATA_COLOUR
from dashboard.maps.shapes import SHAPES, shape_svg
from etl.contract import SPACE_KINDS

HOSTILE = "</script><b>&\"'"


def square(left: float) -> str:
    ring = [[left, 50.0], [left + 1, 50.0], [left + 1, 51.0], [left, 51.0], [left, 50.0]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def districts(label: str = "Подільський") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "district_code": ["UA1", "UA2"],
            "label": [label, "Печерський"],
            "value_text": [f"12 подій\n{label}", "приховано"],
            "colour": ["#d8eddb", "#8d96a1"],
            "geometry_geojson": [square(30.0), square(31.0)],
        }
    )


def landmarks() -> pd.DataFrame:
    return pd.DataFrame({"geometry_geojson": [json.dumps({"type": "LineString", "coordinates": [[30, 50], [31, 51]]})]})


def spaces(name: str = "Dialog hub") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "space_id": ["kyiv-dialog-hub", "kyiv-nowhere"],
            "name": [name, "Media hub"],
            "kind": ["hub", "coworking"],
            "lat_deg": [50.45, None],
            "lon_deg": [30.52, None],
            "tooltip": [f"хаб\n{name}", "коворкінг"],
        }
    )


def city(attribution: str = "© OpenStreetMap", **changed):
    frames = {"districts": districts(), "landmarks": landmarks(), **changed}
    return base_map(
        frames["districts"],
        frames["landmarks"],
        lat_deg=50.45,
        lon_deg=30.52,
        zoom=10,
        attribution=attribution,
        lang="uk",
    )


def rendered(*layers, **changed) -> str:
    folium_map = city(**changed)
    for layer in layers:
        folium_map.add_child(layer)
    return folium_map.get_root().render()


def test_nothing_is_asked_of_another_host() -> None:
    page = rendered(district_layer(districts()), space_layer(spaces()))
    assert "http://" not in page
    assert "https://" not in page
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == [url for _, url in (*SCRIPTS, *STYLES)]


def test_every_script_and_style_is_in_a_package_that_is_served() -> None:
    for _, url in (*SCRIPTS, *STYLES):
        package, folder, name = next(
            (package, folder, url.removeprefix(f"{prefix}/"))
            for prefix, package, folder in ASSET_PACKAGES
            if url.startswith(f"{prefix}/")
        )
        assert files(package).joinpath(folder, name).is_file()


def test_the_map_has_a_limit_of_zoom_and_no_tiles() -> None:
    page = rendered()
    assert '"maxZoom": 18' in page
    assert "tileLayer" not in page


def test_the_view_holds_all_districts_and_falls_back_to_the_centre() -> None:
    assert "[[50.0, 30.0], [51.0, 32.0]]" in rendered()
    empty = rendered(districts=districts().iloc[:0])
    assert "fitBounds" not in empty
    assert "50.45" in empty


def test_zoom_buttons_speak_the_language() -> None:
    page = rendered()
    assert json.dumps("Наблизити")[1:-1] in page
    assert "Zoom in" not in page


def test_features_hold_what_a_click_hands_back() -> None:
    page = rendered(district_layer(districts()), space_layer(spaces()))
    assert '"district_code": "UA1"' in page
    assert '"space_id": "kyiv-dialog-hub"' in page
    assert "properties: {space_id, click: 1}" in page
    assert page.count('"click": 1') == len(districts())


def test_a_space_without_coordinates_is_not_on_the_map() -> None:
    page = rendered(space_layer(spaces()))
    assert "kyiv-dialog-hub" in page
    assert "kyiv-nowhere" not in page


def test_only_a_selected_district_has_the_strong_border() -> None:
    assert SELECTED_COLOUR not in layer_script(district_layer(districts()))
    assert layer_script(district_layer(districts(), selected=frozenset({"UA2"}))).count(SELECTED_COLOUR) == 1


def test_only_the_selected_space_is_marked() -> None:
    assert '"is_selected": true' not in layer_script(space_layer(spaces()))
    assert '"is_selected": true' in layer_script(space_layer(spaces(), selected="kyiv-dialog-hub"))


def layer_script(layer) -> str:
    city().add_child(layer)
    return "".join(child._template.module.script(child, {}) for child in layer._children.values())


def test_missing_and_hidden_districts_are_hatched_and_others_are_not() -> None:
    coloured = districts().assign(colour=[NO_DATA_COLOUR, HIDDEN_COLOUR])
    hatched = layer_script(district_layer(coloured))
    assert "url(#civic-no-data)" in hatched
    assert "url(#civic-hidden)" in hatched
    assert "url(#" not in layer_script(district_layer(districts().assign(colour="#d8eddb")))
    assert 'id=\\"civic-no-data\\"' in rendered()


def test_reach_is_drawn_and_answers_no_click() -> None:
    areas = pd.DataFrame({"radius_km": [2], "geometry_geojson": [square(30.2)]})
    script = layer_script(reach_layer(areas))
    assert script.count('"type": "Feature"') == 1
    assert "interactive: false" in script
    assert '"features": []' in layer_script(reach_layer(areas.iloc[:0]))


def test_a_name_has_places_inside_its_district_and_the_middle_comes_first() -> None:
    first, *others = json.loads(
        re.search(r'"spots": (\[\[.*?\]\])', layer_script(district_layer(districts()))).group(1)
    )
    assert first == [50.5, 30.5]
    assert len(others) > 10
    assert all(50 < lat < 51 and 30 < lon < 31 for lat, lon in others)


def test_tiles_are_asked_for_only_where_they_are_named() -> None:
    tiles = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "© <b>Хтось</b>")
    page = city_page(tiles)
    assert "https://tiles.example.org/{z}/{x}/{y}.png" in page
    assert "<b>Хтось</b>" not in page
    assert "tileLayer" not in city_page(None)


def city_page(tiles: Tiles | None) -> str:
    made = base_map(
        districts(), landmarks(), lat_deg=50.4, lon_deg=30.5, zoom=10, attribution="©", lang="uk", tiles=tiles
    )
    return made.get_root().render()


def test_what_can_be_clicked_can_be_named_and_reached_by_keyboard() -> None:
    script = layer_script(district_layer(districts()))
    assert json.dumps("Подільський. 12 подій\nПодільський")[1:-1] in script
    for word in ("tabindex", "aria-label", "aria-pressed", "onkeydown"):
        assert word in script
        assert word in layer_script(space_layer(spaces()))


def test_empty_frames_give_empty_layers() -> None:
    page = rendered(
        district_layer(districts().iloc[:0]),
        space_layer(spaces().iloc[:0]),
        districts=districts().iloc[:0],
        landmarks=landmarks().iloc[:0],
    )
    assert page.count('"features": []') == 3


def test_user_text_can_neither_end_the_script_nor_bring_markup() -> None:
    clean = rendered(district_layer(districts()), space_layer(spaces()))
    page = rendered(district_layer(districts(HOSTILE)), space_layer(spaces(HOSTILE)), attribution=HOSTILE)
    assert HOSTILE not in page
    assert page.count("</script>") == clean.count("</script>")
    tooltips = [json.loads(f'"{text}"') for text in re.findall(r'"tooltip": "(.*?)"[,}]', page)]
    assert (
        "<b>&lt;/script&gt;&lt;b&gt;&amp;&quot;&#x27;</b><br>хаб<br>&lt;/script&gt;&lt;b&gt;&amp;&quot;&#x27;"
        in tooltips
    )
    labels = re.findall(r'"html": "(.*?)"', page)
    attributions = re.findall(r'attribution: "(.*?)",', page)
    assert (len(labels), len(attributions)) == (2, 1)
    for text in (*tooltips, *(json.loads(f'"{written}"') for written in (*labels, *attributions))):
        assert '<b>&"' not in text


@pytest.mark.parametrize("text", ["{{ 7 * 6 }}", "{% raw %}", "{# note", "{{{ 7 * 6 }}}", "{", "}}", "%}"])
def test_user_text_is_never_run_as_a_template(text: str) -> None:
    page = rendered(district_layer(districts(text)), space_layer(spaces(text)), attribution=text)
    tooltips = [json.loads(f'"{found}"') for found in re.findall(r'"tooltip": "(.*?)"[,}]', page)]
    assert f"<b>{text}</b><br>хаб<br>{text}" in tooltips
    labels = [json.loads(f'"{found}"') for found in re.findall(r'"html": "(.*?)"', page)]
    assert f"<span>{text}</span>" in labels
    assert text in [json.loads(f'"{found}"') for found in re.findall(r'attribution: "(.*?)",', page)]


def test_every_kind_has_a_shape_and_no_two_share_shape_or_colour() -> None:
    assert set(SHAPES) == set(SPACE_KINDS)
    assert len({shape.path for shape in SHAPES.values()}) == len(SHAPES)
    assert len({shape.colour for shape in SHAPES.values()}) == len(SHAPES)
    assert shape_svg("hub", size=16).startswith('<svg width="16"')


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        shape_svg("castle")


def test_the_input_frames_stay_as_they_were() -> None:
    given = spaces()
    before = given.copy(deep=True)
    space_layer(given)
    pd.testing.assert_frame_equal(given, before)
