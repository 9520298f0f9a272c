"""The map's scripts and styles: which of our own addresses serve which files of the installed packages.

Folium's own addresses lead to hosts on the internet; a map that keeps them stays blank without it.
"""

from __future__ import annotations

from typing import Final

import folium

URL_PREFIX: Final = "/vendor"

ASSET_PACKAGES: Final[list[tuple[str, str, str]]] = [
    (f"{URL_PREFIX}/leaflet", "xstatic.pkg.leaflet", "data"),
    (f"{URL_PREFIX}/markercluster", "xstatic.pkg.leaflet_markercluster", "data"),
]
"""Per mount: its address, the package, and the folder of the package that it serves."""

SCRIPTS: Final[list[tuple[str, str]]] = [
    ("leaflet", f"{URL_PREFIX}/leaflet/leaflet.js"),
    ("markercluster", f"{URL_PREFIX}/markercluster/leaflet.markercluster.js"),
]
STYLES: Final[list[tuple[str, str]]] = [
    ("leaflet_css", f"{URL_PREFIX}/leaflet/leaflet.css"),
    ("markercluster_css", f"{URL_PREFIX}/markercluster/MarkerCluster.css"),
]


def use_local_assets(folium_map: folium.Map) -> folium.Map:
    """Let one map load its scripts and styles from `ASSET_PACKAGES` alone; returns the same map.

    jQuery and the icon fonts are left out: only folium's popups and its default marker ask for them.
    """
    folium_map.default_js = SCRIPTS
    folium_map.default_css = STYLES
    return folium_map
