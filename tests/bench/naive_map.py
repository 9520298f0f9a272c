"""A map of the same districts and spaces as one writes it first: built anew, and mounted anew, in every run.

Run by `map_redraw.py`: the snapshot's folder and the address that Leaflet comes from are its arguments.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from folium.plugins import MarkerCluster
from streamlit_folium import st_folium

from dashboard.maps.assets import SCRIPTS, STYLES

SNAPSHOT, ASSETS = Path(sys.argv[1]), sys.argv[2]
CITY = "kyiv"

st.set_page_config(layout="wide")


@st.cache_data
def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(SNAPSHOT / f"{name}.parquet").query("city_id == @CITY")


districts = table("districts").sort_values("name_uk")
names = dict(zip(districts["district_code"], districts["name_uk"], strict=True))
chosen = st.pills("Districts", list(names), format_func=names.__getitem__, selection_mode="multi", wrap=True)
events, spaces = table("events").query("status == 'held'"), table("spaces").dropna(subset=["lat_deg"])
if chosen:
    events = events[events["district_code"].isin(chosen)]
    spaces = spaces[spaces["district_code"].isin(chosen)]
counts = events["district_code"].value_counts()

city_map = folium.Map(location=(50.45, 30.52), zoom_start=10, tiles=None)
city_map.options["maxZoom"] = 18
for row in districts.to_dict("records"):
    shade = 0.1 + 0.8 * counts.get(row["district_code"], 0) / max(1, counts.max() if len(counts) else 1)
    folium.GeoJson(
        json.loads(row["geometry_geojson"]),
        style_function=lambda _, shade=shade: {"fillOpacity": shade, "color": "#225544"},
        tooltip=row["name_uk"],
    ).add_to(city_map)
cluster = MarkerCluster().add_to(city_map)
for row in spaces.to_dict("records"):
    folium.CircleMarker((row["lat_deg"], row["lon_deg"]), radius=6, tooltip=row["name_uk"]).add_to(cluster)
# Its own addresses lead to the internet: without it the map would stay blank.
for element in (city_map, cluster):
    element.default_js = [(name, ASSETS + url) for name, url in SCRIPTS]
    element.default_css = [(name, ASSETS + url) for name, url in STYLES]
st_folium(city_map, height=560, use_container_width=True)
