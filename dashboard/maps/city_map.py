"""The city on a folium map without tiles: districts in the colours of their classes, the river, the spaces.

The base map changes only with the city. What filters change is in layers, for
`st_folium(base_map(…), feature_group_to_add=[district_layer(…), space_layer(…)])`: the map then stays mounted and keeps
its place and zoom. A base map takes its layers in for good, so build a new one for each run; it is cheap.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

import folium
import pandas as pd
from jinja2 import Environment
from jinja2.utils import htmlsafe_json_dumps
from shapely.geometry import MultiPolygon, shape
from shapely.ops import polylabel

from dashboard.maps.assets import use_local_assets
from dashboard.maps.shapes import shape_svg
from dashboard.text.words import Lang, Words

ZOOM_IN: Final = Words("Наблизити", "Zoom in")
ZOOM_OUT: Final = Words("Віддалити", "Zoom out")
BORDER_COLOUR: Final = "#5d6772"
SELECTED_COLOUR: Final = "#e0301e"
RIVER_COLOUR: Final = "#2375c1"
_MOST_ZOOM: Final = 18

_STYLE: Final = """
<style>
html, body { background: transparent; }
.leaflet-container { background: transparent; font: 14px/1.35 "Source Sans", sans-serif; }
.leaflet-container:focus-visible, .civic-space:focus-visible { outline: 3px solid #2375c1; }
.leaflet-tooltip { font-size: 14px; color: #17202b; white-space: normal; width: max-content; max-width: 240px; }
.leaflet-interactive:focus:not(:focus-visible) { outline: none; }
.civic-label span {
  position: absolute; transform: translate(-50%, -50%); white-space: nowrap; font-size: 12px; font-weight: 600;
  color: #17202b; text-shadow: 0 0 3px #fff, 0 0 3px #fff, 0 0 3px #fff, 0 0 3px #fff;
}
@media (max-width: 500px) { .civic-label span { font-size: 11px; font-weight: 400; } }
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
        {{ map }}.attributionControl.setPrefix(false);
        L.control.zoom({{ this.zoom_titles|js }}).addTo({{ map }});
        L.geoJSON({{ this.lines|js }}, {
            attribution: {{ this.attribution|js }},
            interactive: false,
            pane: "shadowPane",
            style: {{ this.style|js }},
        }).addTo({{ map }});
        {% endmacro %}
    """)

    def __init__(self, landmarks: pd.DataFrame, attribution: str, lang: Lang) -> None:
        super().__init__("Landmarks")
        self.page_style = _STYLE
        self.attribution = html.escape(attribution)
        self.zoom_titles = {"zoomInTitle": ZOOM_IN.say(lang), "zoomOutTitle": ZOOM_OUT.say(lang)}
        self.style = {"color": RIVER_COLOUR, "weight": 5, "opacity": 0.75, "lineCap": "round"}
        self.lines = _collection([(geometry, {}) for geometry in landmarks["geometry_geojson"]])


class _Districts(_Drawn):
    """District polygons; their features hold the district's code and the click's number, which a click hands back."""

    _template = _ENVIRONMENT.from_string("""
        {% macro script(this, kwargs) %}
        {% set parent = this._parent.get_name() %}
        L.geoJSON({{ this.polygons|js }}, {
            style: (feature) => feature.properties.style,
            onEachFeature: (feature, layer) => {
                layer.bindTooltip(feature.properties.tooltip, {sticky: true});
                if (feature.properties.is_selected) layer.on("add", () => layer.bringToFront());
            },
        }).addTo({{ parent }});
        for (const label of {{ this.labels|js }}) {
            const icon = L.divIcon({className: "civic-label", iconSize: [0, 0], html: label.html});
            L.marker([label.lat, label.lon], {icon, interactive: false, keyboard: false, pane: "shadowPane"})
                .addTo({{ parent }});
        }
        {% endmacro %}
    """)

    def __init__(self, districts: pd.DataFrame, selected: frozenset[str], click: int) -> None:
        super().__init__("Districts")
        rows = districts.to_dict("records")
        self.polygons = _collection(
            [
                (row["geometry_geojson"], _district(row, is_selected=row["district_code"] in selected, click=click))
                for row in rows
            ]
        )
        self.labels = [_label(row["label"], row["geometry_geojson"]) for row in rows]


class _Spaces(_Drawn):
    """Spaces as shapes that gather into clusters; a click hands back the space's id and the click's number."""

    _template = _ENVIRONMENT.from_string("""
        {% macro script(this, kwargs) %}
        {
        const clusters = L.markerClusterGroup({
            maxClusterRadius: 36,
            showCoverageOnHover: false,
            iconCreateFunction: (cluster) => L.divIcon({
                className: "civic-cluster",
                iconSize: [34, 34],
                html: `<span>${cluster.getChildCount()}</span>`,
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
            marker.on("add", () => marker.getElement().setAttribute("aria-label", name));
            clusters.addLayer(marker);
        }
        clusters.addTo({{ this._parent.get_name() }});
        }
        {% endmacro %}
    """)

    def __init__(self, spaces: pd.DataFrame, selected: str | None, click: int) -> None:
        super().__init__("Spaces")
        self.click = click
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
    city.add_child(_Landmarks(landmarks, attribution, lang))
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
    return group


def space_layer(spaces: pd.DataFrame, *, selected: str | None = None, click: int = 1) -> folium.FeatureGroup:
    """Spaces with coordinates as shapes by kind, gathered into clusters where they are close.

    Args:
        spaces: one row per space. Columns: `space_id`, `name`, `kind` (of `etl.contract.SPACE_KINDS`), `lat_deg`,
            `lon_deg` (WGS 84), `tooltip` (lines said under the name on hover). Rows without coordinates are left
            out: list them beside the map. Empty: an empty layer.
        selected: id of the selected space.
        click: the number of the click that is awaited (`dashboard.maps.clicks.click_number`).
    """
    group = folium.FeatureGroup(name="spaces")
    group.add_child(_Spaces(spaces.dropna(subset=["lat_deg", "lon_deg"]), selected, click))
    return group


def _district(row: dict[Any, Any], *, is_selected: bool, click: int) -> dict[str, Any]:
    return {
        "district_code": row["district_code"],
        "click": click,
        "is_selected": is_selected,
        "tooltip": _tooltip(row["label"], row["value_text"]),
        "style": {
            "fillColor": row["colour"],
            "fillOpacity": 1,
            "color": SELECTED_COLOUR if is_selected else BORDER_COLOUR,
            "weight": 4 if is_selected else 1,
        },
    }


def _label(text: str, geometry_geojson: str) -> dict[str, Any]:
    """A district's name at the middle of the widest part of its largest polygon."""
    geometry = shape(json.loads(geometry_geojson))
    largest = max(geometry.geoms, key=lambda part: part.area) if isinstance(geometry, MultiPolygon) else geometry
    point = polylabel(largest, tolerance=0.002)
    return {"lat": point.y, "lon": point.x, "html": f"<span>{html.escape(text)}</span>"}


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
