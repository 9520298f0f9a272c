"""Parts of the page «Карта просторів»."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.maps.city_map import base_map, district_layer, space_layer
from dashboard.maps.classes import LegendEntry, classify
from dashboard.maps.clicks import RETURNED_OBJECTS, click_number, clicked
from dashboard.maps.shapes import shape_svg
from dashboard.metrics import districts, facts, spaces
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.labels import label, labels
from dashboard.text.plurals import counted
from dashboard.ui import blocks, choices, figures, state, url
from dashboard.ui.blocks import Column
from dashboard.ui.view import View

FIGURES: Final = (
    "events_count",
    "participants_per_1000",
    "participants_count",
    "registrations_count",
    "attendances_count",
    "active_spaces_count",
    "spaces_count",
    "theme_variety",
)
"""What the districts can be coloured by."""

MAP_HEIGHT_PX: Final = 560
_LIST_HEIGHT_PX: Final = 420
_LONG_LIST: Final = 10
_SPACES_FORMS: Final = {"uk": "простір|простори|просторів", "en": "space|spaces"}


@dataclass(frozen=True)
class DistrictColours:
    """Districts with the colours of one figure, and what the colours mean."""

    frame: pd.DataFrame
    legend: tuple[LegendEntry, ...]


def heading(view: View) -> None:
    """Title and the month in view."""
    unfinished = f" · {view.say('month.unfinished')}" if view.is_unfinished else ""
    blocks.title(view, "map", f"**{dates.month_name(view.month, view.lang)}**{unfinished}")


def figure_choice(view: View) -> str:
    """The figure that the visitor wants on the map."""
    return choices.one_of(
        view, state.W_MAP_FIGURE, view.say("map.figure"), FIGURES, lambda figure_id: figures.name(figure_id, view.lang)
    )


def coloured_districts(view: View, figure_id: str) -> DistrictColours:
    """All districts of the city with the figure's value in words and its colour; the chosen ones are not cut out."""
    everywhere = _everywhere(view)
    frame = everywhere.metric(districts.by_district, everywhere.in_month(), view.disclosure)
    frame = frame[frame["district_code"].notna()].reset_index(drop=True)
    hidden = frame.get(figure_id + HIDDEN, default=pd.Series(data=False, index=frame.index))
    written = figures.written(figure_id)
    classes = classify(
        frame[figure_id].astype("float64"),
        lang=view.lang,
        unit="percent" if written == "percent" else "number" if written == "number" else "count",
        is_hidden=hidden,
    )
    geometry = view.snapshot.table("districts").set_index("district_code")["geometry_geojson"]
    name = figures.name(figure_id, view.lang)
    texts = [
        f"{name}: {figures.value(figure_id, value, view.lang, is_hidden=bool(is_hidden))}"
        for value, is_hidden in zip(frame[figure_id].astype("float64"), hidden, strict=True)
    ]
    return DistrictColours(
        frame.assign(
            label=[view.names.district(code) for code in frame["district_code"]],
            value_text=texts,
            colour=classes.colours,
            geometry_geojson=frame["district_code"].map(geometry),
        ),
        classes.legend,
    )


def draw(view: View, coloured: DistrictColours) -> None:
    """The map; a click on a district or space filters by it."""
    city = view.snapshot.table("cities").query("city_id == @view.city").to_dict("records")[0]
    landmarks = view.snapshot.table("landmarks").query("city_id == @view.city")
    shown = _spaces(view)
    answered, _ = st.session_state.get(state.MAP_CLICK, (0, None))
    returned = st_folium(
        base_map(
            coloured.frame,
            landmarks,
            lat_deg=city["lat_deg"],
            lon_deg=city["lon_deg"],
            zoom=int(city["zoom"]),
            attribution=city["attribution"],
            lang=view.lang,
        ),
        feature_group_to_add=[
            district_layer(coloured.frame, selected=frozenset(view.filters.districts), click=answered + 1),
            space_layer(_on_map(view, shown), selected=view.filters.space, click=answered + 1),
        ],
        returned_objects=RETURNED_OBJECTS,
        height=MAP_HEIGHT_PX,
        use_container_width=True,
        key=f"map_{view.city}",
    )
    _answer_click(view, returned)


def legend(view: View, coloured: DistrictColours, figure_id: str) -> None:
    """What the colours and shapes mean."""
    classes = "".join(
        f"<li><span class='cs-swatch' style='background:{entry.colour}'></span>{entry.label}</li>"
        for entry in coloured.legend
    )
    kinds = labels("space_kind", view.lang)
    there = [kind for kind in kinds if kind in set(_spaces(view)["kind"])]
    shapes = "".join(
        f"<li><img alt='' width='18' height='18' src='{_as_image(shape_svg(kind, size=18))}'>{kinds[kind]}</li>"
        for kind in there
    )
    st.html(
        f"<div class='cs-legend'><strong>{figures.name(figure_id, view.lang)}</strong><ul>{classes}</ul>"
        f"<ul>{shapes}</ul></div>"
    )
    st.caption(f"{view.say('map.hint')} {figures.definition(figure_id, view.lang)}")


def district_table(view: View, coloured: DistrictColours, figure_id: str) -> None:
    """The same districts in numbers, the greatest first."""
    blocks.section(view, "map.districts")
    columns = [
        figure_id,
        *(name for name in ("events_count", "participants_per_1000", "spaces_count") if name != figure_id),
    ]
    blocks.frame(
        view,
        f"map-districts-{view.month:%Y-%m}",
        coloured.frame.sort_values(figure_id, ascending=False),
        (Column("label", view.say("col.district")), *(figures.column(view, name) for name in columns)),
    )


def space_table(view: View) -> None:
    """Every space that passes the filters; those without a point are counted and marked."""
    frame = _spaces(view)
    blocks.section(view, "map.spaces")
    if frame.empty:
        blocks.nothing(view)
        return
    blocks.frame(
        view,
        f"map-spaces-{view.month:%Y-%m}",
        frame,
        (
            Column("name", view.say("col.space")),
            Column("kind_label", view.say("col.kind")),
            Column("network", view.say("col.network")),
            Column("district", view.say("col.district")),
            figures.column(view, "events_count"),
            figures.column(view, "participants_count"),
            figures.column(view, "reported_visitors_count"),
            Column("location", view.say("col.location")),
            Column("origin_label", view.say("col.origin")),
        ),
        height=_LIST_HEIGHT_PX if len(frame) > _LONG_LIST else None,
    )


def unlocated(view: View) -> None:
    """Spaces whose point nobody states: counted and listed, never placed."""
    frame = _spaces(view)
    missing = frame[frame["lat_deg"].isna()]
    if missing.empty:
        return
    unknown = missing["location_status"].eq("unknown").sum()
    blocks.section(
        view, "map.unlocated", spaces=counted(len(missing), _SPACES_FORMS[view.lang], view.lang), unknown=unknown
    )
    st.markdown(view.say("map.unlocated.text"))
    st.markdown(
        "\n".join(
            f"- {blocks.plain(row['name'])} — {label('location_status', row['location_status'], view.lang)}"
            + (f": {blocks.plain(row['address'])}" if isinstance(row["address"], str) else "")
            for row in missing.to_dict("records")
        )
    )


def profile(view: View) -> None:
    """What is known about one space, from whom, and what it did in the month."""
    frame = _spaces(view)
    if frame.empty:
        return
    blocks.section(view, "map.profile")
    options = list(frame["space_id"])
    if view.filters.space in options:
        chosen = view.filters.space
    else:
        chosen = st.selectbox(
            view.say("map.profile.choose"),
            options,
            format_func=view.names.space,
            index=None,
            placeholder=view.say("map.profile.choose"),
            key=state.widget(state.W_PROFILE, view.lang),
        )
    if chosen is None:
        return
    row = frame[frame["space_id"] == chosen].to_dict("records")[0]
    lines = {
        "col.space": row["name"],
        "col.kind": row["kind_label"],
        "col.network": row["network"],
        "col.district": row["district"],
        "col.address": row["address"],
        "col.location": row["location"],
        "col.origin": row["origin_label"],
        "col.capacity": figures.value("seats_count", row["capacity_count"], view.lang),
        "col.opened": dates.format_date(row["opened_on"], view.lang) if pd.notna(row["opened_on"]) else None,
        "col.closed": dates.format_date(row["closed_on"], view.lang) if pd.notna(row["closed_on"]) else None,
    }
    st.markdown(
        "\n".join(
            f"- **{view.say(key)}:** {blocks.plain(text) if isinstance(text, str) else view.say('value.none')}"
            for key, text in lines.items()
            if isinstance(text, str) or key != "col.closed"
        )
    )
    known = facts.by_subject(view.snapshot, view.city)
    own = known[known["subject_id"] == chosen]
    if len(own):
        st.markdown(f"**{view.say('facts.stated')}**")
        blocks.facts_table(view, f"facts_{chosen}", own)


def _as_image(svg: str) -> str:
    """The drawing as an address of its own: Streamlit strips drawings from the page's markup."""
    alone = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return "data:image/svg+xml;base64," + base64.b64encode(alone.encode()).decode()


def _everywhere(view: View) -> View:
    return replace(view, filters=replace(view.filters, districts=(), space=None))


def _spaces(view: View) -> pd.DataFrame:
    """Spaces that pass the filters (the chosen one does not cut the others out), with words for the screen."""
    around = replace(view, filters=replace(view.filters, space=None))
    frame = around.metric(spaces.by_space, around.in_month(), view.disclosure)
    return frame.assign(
        name=blocks.called(frame["space_id"], view.names.spaces),
        kind_label=frame["kind"].map(labels("space_kind", view.lang)),
        network=blocks.called(frame["network_id"], view.names.networks),
        district=blocks.called(frame["district_code"], view.names.districts),
        location=frame["location_status"].map(labels("location_status", view.lang)),
        origin_label=frame["origin"].map(labels("origin", view.lang)),
    )


def _on_map(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    located = frame[frame["lat_deg"].notna()]
    events = [figures.value("events_count", count, view.lang) for count in located["events_count"]]
    return located.assign(
        tooltip=[
            f"{kind}\n{figures.name('events_count', view.lang)}: {count}"
            for kind, count in zip(located["kind_label"], events, strict=True)
        ]
    )


def _answer_click(view: View, returned: dict[str, object]) -> None:
    """Filter by what was clicked. The map repeats its last click on every run, so an answered one is remembered."""
    found = clicked(returned)
    click = (click_number(returned), found)
    if found is None or click == st.session_state.get(state.MAP_CLICK):
        return
    st.session_state[state.MAP_CLICK] = click
    kind, identifier = found
    now = view.filters
    if kind == "district" and identifier in view.names.districts:
        now = replace(now, districts=(identifier,))
    elif kind == "space" and identifier in view.names.spaces:
        now = replace(now, space=identifier)
    url.set_filters(now)
    st.rerun()
