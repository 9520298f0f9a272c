"""What a Streamlit page over the same snapshot looks like when nobody has thought about speed.

Every run groups the tables anew, builds its charts with plotly.express and mounts the map again. Run by `sessions.py`;
the snapshot's folder is the only argument.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import folium
import pandas as pd
import plotly.express as px
import streamlit as st
from streamlit_folium import st_folium

SNAPSHOT = Path(sys.argv[1])

st.set_page_config(layout="wide")


@st.cache_data
def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(SNAPSHOT / f"{name}.parquet")


city = st.query_params.get("city", "kyiv")
themes = st.query_params.get_all("theme")
events = table("events").query("city_id == @city and status == 'held' and parent_event_id.isna()")
tagged = events.merge(table("event_themes"), on="event_id")
if themes:
    tagged = tagged[tagged["theme_id"].isin(themes)]
    events = events[events["event_id"].isin(tagged["event_id"])]
events = events.assign(month=events["starts_on"].astype("datetime64[ns]").dt.to_period("M").dt.to_timestamp())
tagged = tagged.merge(events[["event_id", "month"]], on="event_id")
people = table("registrations").merge(events[["event_id", "month", "district_code"]], on="event_id")

st.title("Events and people")
st.plotly_chart(px.line(events.groupby("month").size().reset_index(name="events"), x="month", y="events"))
st.plotly_chart(
    px.line(tagged.groupby(["month", "theme_id"]).size().reset_index(name="events"), "month", "events", "theme_id")
)
st.plotly_chart(px.line(people.groupby("month")["person_id"].nunique().reset_index(), x="month", y="person_id"))
st.plotly_chart(px.bar(people.groupby("district_code")["person_id"].nunique().reset_index(), "district_code"))
st.plotly_chart(px.bar(people["participant_group"].value_counts().reset_index(), "participant_group", "count"))

districts = table("districts").query("city_id == @city")
city_map = folium.Map(location=(50.45, 30.52), zoom_start=10, tiles=None)
for row in districts.to_dict("records"):
    folium.GeoJson(json.loads(row["geometry_geojson"])).add_to(city_map)
for row in table("spaces").query("city_id == @city").dropna(subset=["lat_deg"]).to_dict("records"):
    folium.CircleMarker((row["lat_deg"], row["lon_deg"]), radius=5).add_to(city_map)
st_folium(city_map, height=500)
st.dataframe(events[["starts_on", "title", "space_id"]])
