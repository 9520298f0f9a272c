"""The city on a folium map: districts in the colours of their classes, the river, the reach of spaces, the spaces.

The base map changes only with the city. What filters change is in layers, for
`st_folium(base_map(…), feature_group_to_add=[district_layer(…), reach_layer(…), space_layer(…)])`: the map then stays
mounted and keeps its place and zoom. A base map takes its layers in for good, so build a new one for each run; it is
cheap. There are no street tiles unless the one who runs the server names a host of them; where that cannot be reached
the map stays as it is without.

Everything that can be clicked can be reached by Tab and chosen by Enter or the space bar, says its name to a screen
reader, and keeps the focus when the layers are drawn anew.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import folium
import numpy as np
import pandas as pd
import shapely
from jinja2 import Environment
from jinja2.utils import htmlsafe_json_dumps
from shapely.geometry import MultiPolygon, shape
from shapely.ops import polylabel

from dashboard.maps.assets import use_local_assets
from dashboard.maps.classes import HIDDEN_COLOUR, NO_DATA_COLOUR
from dashboard.maps.shapes import shape_svg
from dashboard.text.words import Lang, Words

ZOOM_IN: Final = Words("Наблизити", "Zoom in")
ZOOM_OUT: Final = Words("Віддалити", "Zoom out")
CLUSTER: Final = Words("Простори поруч; Enter наближує", "Spaces close together; Enter zooms in")
BORDER_COLOUR: Final = "#5d6772"
SELECTED_COLOUR: Final = "#e0301e"
RIVER_COLOUR: Final = "#2375c1"
REACH_COLOUR: Final = "#123f8c"
_MOST_ZOOM: Final = 18
_MOST_SPOTS: Final = 48
"""Places where a district's name may stand."""
_PATTERNS: Final = {NO_DATA_COLOUR: "url(#civic-no-data)", HIDDEN_COLOUR: "url(#civic-hidden)"}
"""What is not known and what is not told are told apart from values by hatching too."""

_STYLE: Final = """
<style>
html, body { background: transparent; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.leaflet-container { background: transparent; font: 14px/1.35 "Source Sans", sans-serif; }
.leaflet-container:focus-visible, .civic-space:focus-visible { outline: 3px solid #2375c1; }
.leaflet-tooltip { font-size: 14px; color: #17202b; white-space: normal; width: max-content; max-width: 240px; }
.leaflet-interactive:focus:not(:focus-visible) { outline: none; }
.civic-label { pointer-events: none !important; }
.civic-label span {
  position: absolute; transform: translate(-50%, -50%); white-space: nowrap; font-size: 12px; font-weight: 600;
  line-height: 1.25; padding: 0 4px; border-radius: 4px; color: #17202b; background: rgba(255, 255, 255, 0.82);
}
@media (max-width: 500px) { .civic-label span { font-size: 11px; padding: 0 2px; } }
path.civic-district:focus-visible { outline: none; stroke: #2375c1; stroke-width: 5px; }
.has-tiles .civic-district { fill-opacity: 0.55; }
.civic-said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.civic-cluster span {
  display: flex; align-items: center; justify-content: center; box-sizing: border-box; width: 34px; height: 34px;
  background: #17202b; border: 2px solid #fff; border-radius: 50%; color: #fff; font-size: 14px; font-weight: 600;
}
.civic-space svg { display: block; filter: drop-shadow(0 0 1px #17202b); }
.civic-space.is-selected svg { transform: scale(1.5); filter: drop-shadow(0 0 2px #e0301e); }
</style>
"""


_OPENS_A_TEMPLATE: Final = re.compile(r"\{(?=[{%#])")


def _js(value: object) -> str:
    """A value as JavaScript within a script.

    branca reads the finished script once more as a template: a name that holds "{{ … }}" would run on the server.
    JSON itself never writes two such signs in a row, so what is escaped lies within its texts.
    """
    return _OPENS_A_TEMPLATE.sub(r"\\u007b", htmlsafe_json_dumps(value))


_ENVIRONMENT: Final = Environment(autoescape=False)  # noqa: S701 - scripts; what is data passes `js`
_ENVIRONMENT.filters["js"] = _js


_PATTERN_SHAPES: Final = (
    '<svg width="0" height="0" aria-hidden="true" style="position: absolute"><defs>'
    + "".join(
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate({angle})">'
        f'<rect width="8" height="8" fill="{colour}"/><rect width="2" height="8" fill="{line}"/></pattern>'
        for name, angle, colour, line in (
            ("civic-no-data", 45, "#f3f4f6", "#aab2bc"),
            ("civic-hidden", -45, HIDDEN_COLOUR, "#6b7480"),
        )
    )
    + "</defs></svg>"
)
_BUTTON: Final = """
        // A shape that answers a click also answers the keyboard, and keeps its focus when it is drawn anew.
        const button = (layer, id, name, isChosen) => layer.on("add", () => {
            const element = layer.getElement();
            for (const [key, value] of Object.entries(
                {role: "button", tabindex: 0, "aria-label": name, "aria-pressed": isChosen}
            )) element.setAttribute(key, value);
            // The mouse needs no focus: a browser would scroll the whole shape into view, away from under the pointer.
            element.onmousedown = (event) => event.preventDefault();
            element.onfocus = () => { window.civicFocus = id; };
            element.onkeydown = (event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                layer.fire("click", {latlng: layer.getLatLng ? layer.getLatLng() : layer.getCenter()}, true);
            };
            const isLost = window.civicFocus === id && document.hasFocus() && document.activeElement === document.body;
            if (isLost) element.focus({preventScroll: true});
        });
"""


@dataclass(frozen=True)
class Tiles:
    """Street tiles of a host that the one who runs the server has chosen."""

    url: str
    """With the places `{z}`, `{x}` and `{y}`."""
    attribution: str


class _Drawn(folium.MacroElement):
    """An element of the map with a script of its own."""

    def __init__(self, name: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca states no types here
        self._name = name


class _Landmarks(_Drawn):
    """River lines that answer no click, the attribution, and zoom buttons in the page's language."""

    _template = _ENVIRONMENT.from_string("""
        {% macro header(this, kwargs) %}{{ this.page_style }}{% endmacro %}
        {% macro script(this, kwargs) %}
        {% set map = this._parent.get_name() %}
        document.body.insertAdjacentHTML("beforeend", {{ this.patterns|js }});
        {{ map }}.createPane("civicLabels").style.zIndex = 620;
        {{ map }}.getPane("civicLabels").style.pointerEvents = "none";
        // Leaflet focuses the whole map on a click; the page would scroll to it, away from under the pointer.
        {{ map }}.getContainer().focus = function () {
            HTMLElement.prototype.focus.call(this, {preventScroll: true});
        };
        {{ map }}.attributionControl.setPrefix(false);
        {% if this.tiles %}
        {
        const tiles = L.tileLayer({{ this.tiles.url|js }}, {{ this.tile_options|js }});
        let seen = false;
        tiles.on("tileload", () => {
            seen = true;
            {{ map }}.getContainer().classList.add("has-tiles");
        });
        tiles.on("tileerror", () => seen || {{ map }}.removeLayer(tiles));
        tiles.addTo({{ map }});
        }
        {% endif %}
        L.control.zoom({{ this.zoom_titles|js }}).addTo({{ map }});
        L.geoJSON({{ this.lines|js }}, {
            attribution: {{ this.attribution|js }},
            interactive: false,
            pane: "shadowPane",
            style: {{ this.style|js }},
        }).addTo({{ map }});
        {% endmacro %}
    """)

    def __init__(self, landmarks: pd.DataFrame, attribution: str, lang: Lang, tiles: Tiles | None) -> None:
        super().__init__("Landmarks")
        self.page_style = _STYLE
        self.patterns = _PATTERN_SHAPES
        self.tiles = tiles
        self.tile_options = {
            "maxZoom": _MOST_ZOOM,
            "attribution": html.escape(tiles.attribution) if tiles else "",
            # Hosts of tiles want to know which site asks; the pages' own policy would not tell them.
            "referrerPolicy": "origin",
        }
        self.attribution = html.escape(attribution)
        self.zoom_titles = {"zoomInTitle": ZOOM_IN.say(lang), "zoomOutTitle": ZOOM_OUT.say(lang)}
        self.style = {"color": RIVER_COLOUR, "weight": 5, "opacity": 0.75, "lineCap": "round"}
        self.lines = _collection([(geometry, {}) for geometry in landmarks["geometry_geojson"]])


class _Districts(_Drawn):
    """District polygons; their features hold the district's code and the click's number, which a click hands back."""

    _template = _ENVIRONMENT.from_string(
        """
        {% macro script(this, kwargs) %}
        {% set parent = this._parent.get_name() %}
        {
        """
        + _BUTTON
        + """
        L.geoJSON({{ this.polygons|js }}, {
            style: (feature) => feature.properties.style,
            onEachFeature: (feature, layer) => {
                const {district_code, name, tooltip, is_selected} = feature.properties;
                layer.bindTooltip(tooltip, {sticky: true});
                if (is_selected) layer.on("add", () => layer.bringToFront());
                button(layer, district_code, name, is_selected);
            },
        }).addTo({{ parent }});
        }
        {% endmacro %}
    """
    )

    def __init__(self, districts: pd.DataFrame, selected: frozenset[str], click: int) -> None:
        super().__init__("Districts")
        self.polygons = _collection(
            [
                (row["geometry_geojson"], _district(row, is_selected=row["district_code"] in selected, click=click))
                for row in districts.to_dict("records")
            ]
        )


class _Names(_Drawn):
    """The districts' names, each at the one of its places where it covers least of the spaces and of other names."""

    _template = _ENVIRONMENT.from_string("""
        {% macro script(this, kwargs) %}
        {
        const group = {{ this._parent.get_name() }};
        const names = {{ this.names|js }}.map(({html, spots}) => {
            const icon = L.divIcon({className: "civic-label", iconSize: [0, 0], html});
            const options = {icon, interactive: false, keyboard: false, pane: "civicLabels"};
            return {spots, marker: L.marker(spots[0], options).addTo(group)};
        });
        const overlap = (a, b) =>
            Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
            Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
        let waiting;
        const place = () => {
            const map = group._map;
            if (!map) return;
            const frame = map.getContainer().getBoundingClientRect();
            const taken = [...map.getPane("markerPane").children].map((icon) => {
                const {left, top, right, bottom} = icon.getBoundingClientRect();
                return {
                    left: left - frame.left, top: top - frame.top, right: right - frame.left, bottom: bottom - frame.top
                };
            });
            for (const {spots, marker} of names) {
                const name = marker.getElement().firstChild;
                const {offsetWidth: width, offsetHeight: height} = name;
                let best, least = Infinity;
                for (const [place, spot] of spots.entries()) {
                    const {x, y} = map.latLngToContainerPoint(spot);
                    const box = {
                        left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2
                    };
                    const beyond = Math.max(0, -box.left) + Math.max(0, box.right - frame.width);
                    const cost = taken.reduce((sum, other) => sum + overlap(box, other), beyond * height) + place / 10;
                    if (cost < least) [best, least] = [{box, spot}, cost];
                }
                marker.setLatLng(best.spot);
                // On a phone there is no room for all: what would cover a space waits until the map is nearer.
                const isAbove = frame.width < 500 && least > width * height / 8;
                name.style.visibility = isAbove ? "hidden" : "";
                if (!isAbove) taken.push(best.box);
            }
        };
        // Spaces come after the districts, and clusters take 200 ms to part.
        const later = () => { clearTimeout(waiting); waiting = setTimeout(place, 260); };
        group.on("add", (event) => {
            event.target._map.on("zoomend resize", later);
            requestAnimationFrame(place);
            // On the first visit styles may come after the map: until then nothing has a size.
            for (const wait of [260, 1500]) setTimeout(place, wait);
        });
        group.on("remove", (event) => event.target._map.off("zoomend resize", later));
        }
        {% endmacro %}
    """)

    def __init__(self, districts: pd.DataFrame) -> None:
        super().__init__("Names")
        self.names = [
            {"html": f"<span>{html.escape(label)}</span>", "spots": _spots(geometry)}
            for label, geometry in zip(districts["label"], districts["geometry_geojson"], strict=True)
        ]


class _Reach(_Drawn):
    """What lies near the spaces; it answers no click."""

    _template = _ENVIRONMENT.from_string("""
        {% macro script(this, kwargs) %}
        L.geoJSON({{ this.areas|js }}, {
            interactive: false,
            pane: "shadowPane",
            style: {{ this.style|js }},
        }).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, areas: pd.DataFrame) -> None:
        super().__init__("Reach")
        self.areas = _collection([(geometry, {}) for geometry in areas["geometry_geojson"]])
        self.style = {
            "color": REACH_COLOUR,
            "weight": 2,
            "dashArray": "6 4",
            "fillColor": REACH_COLOUR,
            "fillOpacity": 0.12,
        }


class _Spaces(_Drawn):
    """Spaces as shapes that gather into clusters; a click hands back the space's id and the click's number."""

    _template = _ENVIRONMENT.from_string(
        """
        {% macro script(this, kwargs) %}
        {
        """
        + _BUTTON
        + """
        const group = {{ this._parent.get_name() }};
        const said = {{ this.cluster|js }};
        const clusters = L.markerClusterGroup({
            maxClusterRadius: 36,
            showCoverageOnHover: false,
            iconCreateFunction: (cluster) => L.divIcon({
                className: "civic-cluster",
                iconSize: [34, 34],
                html: `<span>${cluster.getChildCount()}<i class="civic-said"> ${said}</i></span>`,
            }),
        });
        const shapes = {{ this.shapes|js }};
        for (const feature of {{ this.points|js }}.features) {
            const {space_id, name, kind, tooltip, is_selected} = feature.properties;
            const icon = L.divIcon({
                className: is_selected ? "civic-space is-selected" : "civic-space",
                iconSize: [22, 22],
                html: shapes[kind],
            });
            const [lon, lat] = feature.geometry.coordinates;
            const marker = L.marker([lat, lon], {icon, riseOnHover: true, zIndexOffset: is_selected ? 1000 : 0});
            marker.feature = {type: "Feature", properties: {space_id, click: {{ this.click }}}};
            marker.bindTooltip(tooltip, {direction: "top", offset: [0, -10]});
            button(marker, space_id, name, is_selected);
            // The chosen space stands alone: in a cluster it could not be seen.
            if (!is_selected) { clusters.addLayer(marker); continue; }
            marker.addTo(group);
            group.on("add", ({target: {_map: map}}) => map.getBounds().contains([lat, lon]) || map.panTo([lat, lon]));
        }
        clusters.addTo(group);
        }
        {% endmacro %}
    """
    )

    def __init__(self, spaces: pd.DataFrame, selected: str | None, click: int, lang: Lang) -> None:
        super().__init__("Spaces")
        self.click = click
        self.cluster = CLUSTER.say(lang)
        self.shapes = {kind: shape_svg(kind, size=22) for kind in sorted(set(spaces["kind"]))}
        self.points = _collection(
            [
                (
                    {"type": "Point", "coordinates": [row["lon_deg"], row["lat_deg"]]},
                    {
                        "space_id": row["space_id"],
                        "name": row["name"],
                        "kind": row["kind"],
                        "tooltip": _tooltip(row["name"], row["tooltip"]),
                        "is_selected": row["space_id"] == selected,
                    },
                )
                for row in spaces.to_dict("records")
            ]
        )


def base_map(
    districts: pd.DataFrame,
    landmarks: pd.DataFrame,
    *,
    lat_deg: float,
    lon_deg: float,
    zoom: int,
    attribution: str,
    lang: Lang,
    tiles: Tiles | None = None,
) -> folium.Map:
    """The empty map of a city: river, attribution, and the view that holds all districts.

    Args:
        districts: one row per district. Columns: `geometry_geojson` (WGS 84).
        landmarks: one row per line. Columns: `geometry_geojson` (WGS 84).
        lat_deg: latitude of the centre, used when there are no districts.
        lon_deg: longitude of the centre.
        zoom: first zoom level, used when there are no districts.
        attribution: whom to name for the boundaries.
        lang: language of the zoom buttons.
        tiles: street tiles to lay under the districts as soon as one of them comes; none by default.
    """
    city = folium.Map(
        location=(lat_deg, lon_deg),
        zoom_start=zoom,
        tiles=None,
        zoom_control=False,
        # The wheel scrolls the page; buttons, double click and two fingers zoom.
        scroll_wheel_zoom=False,
        zoom_snap=0.25,
        zoom_delta=1,
    )
    # Without tiles nothing else limits the zoom, and clusters need a limit.
    city.options["maxZoom"] = _MOST_ZOOM
    use_local_assets(city)
    city.add_child(_Landmarks(landmarks, attribution, lang, tiles))
    if not districts.empty:
        boxes = [shape(json.loads(geometry)).bounds for geometry in districts["geometry_geojson"]]
        west, south, east, north = (
            pick(side) for pick, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
        )
        city.fit_bounds(((south, west), (north, east)), padding=(8, 8))
    return city


def district_layer(
    districts: pd.DataFrame, *, selected: frozenset[str] = frozenset(), click: int = 1
) -> folium.FeatureGroup:
    """Districts in the colours of their classes, with their names; selected ones have a strong border.

    Args:
        districts: one row per district. Columns: `district_code`, `label`, `value_text` (said under the name on
            hover), `colour`, `geometry_geojson` (Polygon or MultiPolygon, WGS 84). Empty: an empty layer.
        selected: codes of the selected districts.
        click: the number of the click that is awaited (`dashboard.maps.clicks.click_number`).
    """
    group = folium.FeatureGroup(name="districts")
    group.add_child(_Districts(districts, selected, click))
    group.add_child(_Names(districts))
    return group


def reach_layer(areas: pd.DataFrame) -> folium.FeatureGroup:
    """What lies near the spaces, as areas that answer no click.

    Args:
        areas: one row per area, the widest first. Columns: `geometry_geojson` (WGS 84). Empty: an empty layer.
    """
    group = folium.FeatureGroup(name="reach")
    group.add_child(_Reach(areas))
    return group


def space_layer(
    spaces: pd.DataFrame, *, selected: str | None = None, click: int = 1, lang: Lang = "uk"
) -> folium.FeatureGroup:
    """Spaces with coordinates as shapes by kind, gathered into clusters where they are close.

    Args:
        spaces: one row per space. Columns: `space_id`, `name`, `kind` (of `etl.contract.SPACE_KINDS`), `lat_deg`,
            `lon_deg` (WGS 84), `tooltip` (lines said under the name on hover). Rows without coordinates are left
            out: list them beside the map. Empty: an empty layer.
        selected: id of the selected space.
        click: the number of the click that is awaited (`dashboard.maps.clicks.click_number`).
        lang: language of what clusters say to a screen reader.
    """
    group = folium.FeatureGroup(name="spaces")
    group.add_child(_Spaces(spaces.dropna(subset=["lat_deg", "lon_deg"]), selected, click, lang))
    return group


def _district(row: dict[Any, Any], *, is_selected: bool, click: int) -> dict[str, Any]:
    return {
        "district_code": row["district_code"],
        "click": click,
        "is_selected": is_selected,
        "name": f"{row['label']}. {row['value_text']}",
        "tooltip": _tooltip(row["label"], row["value_text"]),
        "style": {
            "className": "civic-district",
            "fillColor": _PATTERNS.get(row["colour"], row["colour"]),
            "fillOpacity": 1,
            "color": SELECTED_COLOUR if is_selected else BORDER_COLOUR,
            "weight": 4 if is_selected else 1,
        },
    }


@lru_cache(maxsize=256)
def _spots(geometry_geojson: str) -> list[tuple[float, float]]:
    """Places (latitude, longitude) inside a district, from the middle of its widest part outwards."""
    geometry = shape(json.loads(geometry_geojson))
    largest = max(geometry.geoms, key=lambda part: part.area) if isinstance(geometry, MultiPolygon) else geometry
    middle = polylabel(largest, tolerance=0.002)
    west, south, east, north = largest.bounds
    # Names are wide and low: more rows than columns find a free place sooner.
    x, y = np.meshgrid(np.linspace(west, east, 13), np.linspace(south, north, 25))
    nodes = shapely.points(x.ravel(), y.ravel())
    inside = nodes[shapely.contains(largest, nodes)]
    nearest = inside[np.argsort(shapely.distance(inside, middle), kind="stable")]
    step = max(1, len(nearest) // _MOST_SPOTS)
    return [(round(spot.y, 5), round(spot.x, 5)) for spot in (middle, *nearest[::step])]


def _tooltip(name: str, lines: str) -> str:
    """Name and lines as HTML; folium and Leaflet print tooltips as they are, so they are escaped here."""
    return "<br>".join([f"<b>{html.escape(name)}</b>", *(html.escape(line) for line in lines.splitlines())])


def _collection(features: list[tuple[str | dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": json.loads(geometry) if isinstance(geometry, str) else geometry,
            }
            for geometry, properties in features
        ],
    }
