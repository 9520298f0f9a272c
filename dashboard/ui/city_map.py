"""Parts of the page «Карта просторів»: the map, its legend, and the lists in step with it."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.filters import Filters, add_months, months_with_data
from dashboard.maps.city_map import Tiles, base_map, district_layer, reach_layer, space_layer
from dashboard.maps.classes import METHODS, NO_DATA_COLOUR, LegendEntry, Method, classify, classify_change, strong
from dashboard.maps.clicks import RETURNED_OBJECTS, click_number, clicked
from dashboard.maps.shapes import shape_svg
from dashboard.metrics import catalogue, counts, districts, reach, representation, spaces
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates, numbers
from dashboard.text.labels import label, labels
from dashboard.text.plurals import counted
from dashboard.ui import blocks, choices, figures, runtime, state, url
from dashboard.ui.blocks import Column, Sheet
from dashboard.ui.view import View

_OF_REACH: Final = tuple(name for name in reach.BY_DISTRICT if name in catalogue.FIGURES)
_OF_HOMES: Final = ("representation_index", "home_participants_per_1000")
_OF_DISTRICTS: Final = frozenset(
    {*districts.BY_DISTRICT, *counts.COUNTS, *(ratio.name for ratio in counts.RATIOS)}
    - set(districts.PER_1000.values())
)
FIGURES: Final = (
    *(figure_id for figure_id in catalogue.FIGURES if figure_id in _OF_DISTRICTS),
    "spaces_count",
    *_OF_REACH,
    *_OF_HOMES,
)
"""What the districts can be coloured by: every figure that exists for a district."""
MEASURES: Final = ("value", "per_1000", "previous", "year_ago")
"""The figure itself, per 1,000 residents, or its change since the month before or the same month a year ago."""
_CHANGES: Final = {"previous": -1, "year_ago": -12}

MAP_HEIGHT_PX: Final = 560
_LIST_HEIGHT_PX: Final = 420
_LONG_LIST: Final = 10
_PAST_MAP: Final = "past-map"
"""Where the keyboard comes to past the map's many places; the same stands in the lists."""
_SPACES_FORMS: Final = {"uk": "простір|простори|просторів", "en": "space|spaces"}
_HATCHED: Final = "repeating-linear-gradient(45deg, #f3f4f6 0 4px, #aab2bc 4px 6px)"


@dataclass(frozen=True)
class Asked:
    """What the visitor wants the districts to be coloured by, and what beside."""

    figure_id: str
    measure: str = "value"
    method: Method | None = None
    has_reach: bool = False

    @property
    def shown_id(self) -> str:
        """The catalogue's figure whose values the map shows."""
        return districts.PER_1000[self.figure_id] if self.measure == "per_1000" else self.figure_id

    @property
    def is_change(self) -> bool:
        return self.measure in _CHANGES


@dataclass(frozen=True, eq=False)
class DistrictColours:
    """Districts with the colours of one figure, and what the colours mean."""

    frame: pd.DataFrame
    """Columns of `districts.by_district`, and: `value`, `is_hidden`, `label`, `value_text`, `said` (the value alone in
    words), `colour`, `geometry_geojson`."""
    legend: tuple[LegendEntry, ...]
    title: str
    """What is measured."""
    way: str
    """How the classes were made."""
    nowhere: str | None
    """The value of what lies in no district, in words; None where there is no such."""


def heading(view: View) -> None:
    """Title and the month in view."""
    unfinished = f" · {view.say('month.unfinished')}" if view.is_unfinished else ""
    blocks.title(view, "map", f"**{dates.month_name(view.month, view.lang)}**{unfinished}")


def asked(view: View) -> Asked:
    """Let the visitor choose the figure, how it is measured and classed, and whether reach is drawn."""
    first, second, third = st.columns([3, 6, 3])
    with first:
        figure_id = choices.in_address(
            view,
            "figure",
            state.W_MAP_FIGURE,
            view.say("map.figure"),
            FIGURES,
            lambda name: figures.name(name, view.lang),
        )
    measures = [
        measure
        for measure in MEASURES
        if measure == "value"
        or (measure == "per_1000" and figure_id in districts.PER_1000)
        or (measure in _CHANGES and figure_id not in (*_OF_REACH, *_OF_HOMES))
    ]
    with second:
        measure = choices.in_address(
            view,
            "measure",
            state.W_MAP_MEASURE,
            view.say("map.measure"),
            measures,
            lambda name: view.say(f"map.measure.{name}"),
            shape="switch",
        )
    with third:
        method = choices.in_address(
            view,
            "classes",
            state.W_MAP_METHOD,
            view.say("map.method"),
            METHODS,
            lambda name: view.say(f"map.method.{name}"),
        )
    return Asked(figure_id, measure, next(one for one in METHODS if one == method))


def when_and_reach(view: View, chosen: Asked) -> Asked:
    """The months as a slider, and whether what lies near a space is drawn."""
    left, right = st.columns([9, 3], vertical_alignment="bottom")
    with left:
        _month_slider(view)
    with right:
        drawn = choices.in_address(
            view,
            "reach",
            state.W_MAP_REACH,
            view.say("map.reach"),
            ("off", "on"),
            lambda name: view.say(f"map.reach.{name}"),
            shape="switch",
        )
    return replace(chosen, has_reach=drawn == "on")


def coloured_districts(view: View, figure_id: str, chosen: Asked | None = None) -> DistrictColours:
    """All districts of the city with the figure's value in words and its colour; the chosen ones are not cut out."""
    wanted = chosen or Asked(figure_id)
    everything = _measured(view, wanted)
    is_nowhere = everything["district_code"].isna()
    frame = everything[~is_nowhere].reset_index(drop=True)
    digits = figures.decimals(wanted.shown_id)
    values = frame["value"].astype("float64")
    if wanted.is_change:
        classes = classify_change(
            values, lang=view.lang, is_hidden=frame["is_hidden"], method=wanted.method, decimals=digits
        )
    else:
        classes = classify(
            values,
            lang=view.lang,
            unit="percent" if figures.written(wanted.shown_id) == "percent" else "number",
            is_hidden=frame["is_hidden"],
            method=wanted.method,
            decimals=digits,
        )
    if view.is_high_contrast:
        classes = strong(classes)
    title = _title(view, wanted)
    said = _said(view, wanted, frame)
    geometry = view.snapshot.table("districts").set_index("district_code")["geometry_geojson"]
    nowhere = everything[is_nowhere & (everything["value"].fillna(0) != 0)]
    return DistrictColours(
        frame.assign(
            label=[view.names.district(code) for code in frame["district_code"]],
            said=said,
            value_text=[f"{title}: {text}" for text in said],
            colour=classes.colours,
            geometry_geojson=frame["district_code"].map(geometry),
        ),
        classes.legend,
        title,
        classes.way,
        next(iter(_said(view, wanted, nowhere)), None),
    )


def draw(view: View, coloured: DistrictColours, chosen: Asked) -> None:
    """The map; a click on a district or space filters by it."""
    city = view.snapshot.table("cities").query("city_id == @view.city").to_dict("records")[0]
    landmarks = view.snapshot.table("landmarks").query("city_id == @view.city")
    answered, _ = st.session_state.get(state.MAP_CLICK, (0, None))
    layers = [
        district_layer(coloured.frame, selected=frozenset(view.filters.districts), click=answered + 1),
        space_layer(_on_map(view, listed(view)), selected=view.filters.space, click=answered + 1, lang=view.lang),
    ]
    if chosen.has_reach:
        near = nearby(view)
        layers.insert(1, reach_layer(near.metric(reach.areas, near.in_month())))
    settings = runtime.settings()
    st.html(f"<a class='cs-past' href='#{_PAST_MAP}'>{view.say('map.past')}</a>")
    with st.container(key="map_frame"):
        returned = st_folium(
            base_map(
                coloured.frame,
                landmarks,
                lat_deg=city["lat_deg"],
                lon_deg=city["lon_deg"],
                zoom=int(city["zoom"]),
                attribution=city["attribution"],
                lang=view.lang,
                tiles=Tiles(settings.tiles_url, settings.tiles_attribution) if settings.tiles_url else None,
            ),
            feature_group_to_add=layers,
            returned_objects=RETURNED_OBJECTS,
            height=MAP_HEIGHT_PX,
            use_container_width=True,
            key=f"map_{view.city}",
        )
    st.html(f"<span id='{_PAST_MAP}' tabindex='-1'></span>")
    _answer_click(view, returned)


def legend(view: View, coloured: DistrictColours, chosen: Asked) -> None:
    """What the colours and shapes mean, how the classes were made, and on whose residents it rests."""
    drawing, notes = view.drawn(_legend, coloured, chosen)
    st.html(drawing)
    st.caption(notes)


def _legend(view: View, coloured: DistrictColours, chosen: Asked) -> tuple[str, str]:
    classes = "".join(
        f"<li><span class='cs-swatch' style='background:{_swatch(entry.colour)}'></span>{entry.label}</li>"
        for entry in coloured.legend
    )
    kinds = labels("space_kind", view.lang)
    there = set(listed(view)["kind"])
    shapes = "".join(
        f"<li><img alt='' width='18' height='18' src='{_as_image(shape_svg(kind, size=18))}'>{kinds[kind]}</li>"
        for kind in kinds
        if kind in there
    )
    drawing = f"<div class='cs-legend'><strong>{coloured.title}</strong><ul>{classes}</ul><ul>{shapes}</ul></div>"
    notes = [view.say("map.method.said", method=view.say(f"map.method.of.{coloured.way}"))]
    if chosen.is_change:
        notes.append(view.say("map.method.change"))
    if coloured.nowhere is not None:
        notes.append(view.say("map.nowhere", value=coloured.nowhere))
    if figures.rests_on_residents(chosen.shown_id):
        notes += _residents(view, coloured.frame)
    return drawing, " ".join([*notes, view.say("map.hint"), figures.definition(chosen.shown_id, view.lang)])


def district_list(view: View, coloured: DistrictColours) -> None:
    """The districts with their values, to be chosen by keyboard, mouse or ear; the map shows what is chosen here."""
    ranked = coloured.frame.sort_values("value", ascending=False, na_position="last")
    names = {row["district_code"]: f"{row['label']} · {row['said']}" for row in ranked.to_dict("records")}
    if not names:
        return
    key = _list_key(state.W_MAP_DISTRICTS, view, names.values())
    st.session_state[key] = [code for code in names if code in view.filters.districts]

    def choose() -> None:
        url.set_filters(replace(_in_force(), districts=tuple(sorted(st.session_state[key]))))

    st.pills(
        view.say("map.list.districts"),
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        wrap=True,
        key=key,
        on_change=choose,
    )


def space_list(view: View) -> None:
    """The spaces by name, to be chosen by keyboard, mouse or ear; the map shows which is chosen."""
    frame = listed(view)
    if frame.empty:
        return
    names = {
        row["space_id"]: row["name"] if pd.notna(row["lat_deg"]) else view.say("map.list.unlocated", name=row["name"])
        for row in frame.to_dict("records")
    }
    key = _list_key(state.W_MAP_SPACE, view, names.values())
    st.session_state[key] = view.filters.space if view.filters.space in names else None
    st.selectbox(
        view.say("map.list.space"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        placeholder=view.say("map.profile.choose"),
        key=key,
        on_change=lambda: choose_space(st.session_state[key]),
    )


def choose_space(space_id: str | None) -> None:
    """Choose a space on the map and in the list, or none."""
    url.set_filters(replace(_in_force(), space=space_id))


def district_table(view: View, coloured: DistrictColours, chosen: Asked) -> None:
    """The same districts in numbers, the greatest first."""
    blocks.section(view, "map.districts")
    blocks.frame(view, f"map-districts-{view.month:%Y-%m}", view.drawn(_district_sheet, coloured, chosen))


def _district_sheet(view: View, coloured: DistrictColours, chosen: Asked) -> Sheet:
    beside = [chosen.figure_id] if chosen.measure != "value" else []
    beside += [name for name in ("events_count", "participants_per_1000", "spaces_count") if name not in beside]
    first = replace(
        figures.column(view, chosen.shown_id), name="value", heading=coloured.title, written=_written(chosen)
    )
    columns = [figures.column(view, name) for name in beside if name != chosen.shown_id]
    if figures.rests_on_residents(chosen.shown_id):
        columns += [
            figures.column(view, "population_count"),
            Column("population_on", view.say("col.population_on"), "date"),
            Column("population_source", view.say("col.source")),
        ]
    return Sheet(
        coloured.frame.sort_values("value", ascending=False).rename(columns={"is_hidden": "value" + HIDDEN}),
        (Column("label", view.say("col.district")), first, *columns),
    )


def space_table(view: View) -> None:
    """Every space that passes the filters; those without a point are counted and marked."""
    frame = listed(view)
    blocks.section(view, "map.spaces")
    if frame.empty:
        blocks.nothing(view)
        return
    blocks.frame(
        view,
        f"map-spaces-{view.month:%Y-%m}",
        view.drawn(_space_sheet),
        height=_LIST_HEIGHT_PX if len(frame) > _LONG_LIST else None,
    )


def _space_sheet(view: View) -> Sheet:
    # Those of which something is known stand before those that only public facts name.
    return Sheet(
        listed(view).sort_values(["events_count", "name"], ascending=[False, True], na_position="last"),
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
    )


def unlocated(view: View) -> None:
    """Spaces whose point nobody states: counted and listed, never placed."""
    frame = listed(view)
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


def _in_force() -> Filters:
    """The filters as they are when a visitor acts: a run that was broken off may have left older widgets standing."""
    kept: Filters = st.session_state[state.FILTERS]
    return kept


def everywhere(view: View) -> View:
    """The same view of all districts and spaces."""
    return replace(view, filters=replace(view.filters, districts=(), space=None))


def nearby(view: View) -> View:
    """The spaces that reach is measured to: themes and groups of events make no place nearer."""
    kept = view.filters
    return replace(view, filters=Filters(city=kept.city, kinds=kept.kinds, networks=kept.networks))


def listed(view: View) -> pd.DataFrame:
    """Spaces that pass the filters (the chosen one does not cut the others out), with words for the screen."""
    return view.drawn(_listed)


def _listed(view: View) -> pd.DataFrame:
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


def _month_slider(view: View) -> None:
    months = sorted({*months_with_data(view.snapshot, view.city), view.month})
    if len(months) < 2:
        return
    key = _list_key(state.W_MAP_MONTH, view, map(str, months))
    st.session_state[key] = view.month

    def choose() -> None:
        url.set_filters(replace(_in_force(), month=st.session_state[key]))

    st.select_slider(
        view.say("map.month"),
        months,
        format_func=lambda month: dates.month_short(month, view.lang),
        key=key,
        on_change=choose,
    )


def _list_key(name: str, view: View, shown: Any) -> str:
    """The key of a list whose entries change with the figures: what the browser sends back is an entry's words."""
    return state.widget(name, view.lang, view.city, f"{zlib.crc32('|'.join(shown).encode()):08x}")


def _measured(view: View, wanted: Asked) -> pd.DataFrame:
    """`districts.by_district` with the columns `value` and `is_hidden` of what is wanted."""
    around = everywhere(view)
    frame = around.metric(districts.by_district, around.in_month(), view.disclosure)
    if wanted.is_change:
        return _changed(view, around, frame, wanted)
    if wanted.figure_id in _OF_REACH:
        near = nearby(view)
        found = near.metric(reach.by_district, near.in_month())
    elif wanted.figure_id in _OF_HOMES:
        found = around.metric(representation.by_district, around.in_month(), view.disclosure)
    else:
        found = frame
    hidden = found.get(wanted.shown_id + HIDDEN, default=pd.Series(data=False, index=found.index))
    values = pd.DataFrame(
        {"district_code": found["district_code"], "value": found[wanted.shown_id], "is_hidden": hidden}
    )
    joined = frame.merge(values, on="district_code", how="left")
    return joined.assign(is_hidden=joined["is_hidden"].eq(other=True))


def _changed(view: View, around: View, frame: pd.DataFrame, wanted: Asked) -> pd.DataFrame:
    base = add_months(view.month, _CHANGES[wanted.measure])
    now, before = (
        around.metric(districts.by_district, around.selection(month, month), view.disclosure)
        for month in (view.month, base)
    )
    span = around.in_month().span
    compared = districts.beside(now, before, wanted.figure_id, view.month, base, span)
    # Both frames have the same rows in the same order.
    return frame.assign(value=compared["change"], is_hidden=compared["change_is_hidden"])


def _title(view: View, wanted: Asked) -> str:
    name = figures.name(wanted.shown_id, view.lang)
    if not wanted.is_change:
        return name
    base = dates.month_genitive(add_months(view.month, _CHANGES[wanted.measure]), view.lang)
    return view.say(f"map.measured.{wanted.measure}", name=name, month=base)


def _said(view: View, wanted: Asked, frame: pd.DataFrame) -> list[str]:
    """Each value in words; a change with its sign."""

    def say(value: float, *, is_hidden: bool) -> str:
        if is_hidden or pd.isna(value) or not wanted.is_change:
            return figures.value(wanted.shown_id, value, view.lang, is_hidden=is_hidden)
        if figures.written(wanted.shown_id) == "percent":
            return numbers.format_change_points(value, view.lang)
        return numbers.format_change(value, view.lang, decimals=figures.decimals(wanted.shown_id))

    values = frame["value"].astype("float64")
    return [say(value, is_hidden=bool(flag)) for value, flag in zip(values, frame["is_hidden"], strict=True)]


def _written(chosen: Asked) -> blocks.Written:
    written = figures.written(chosen.shown_id)
    # A difference of percentages is in points, not in percent.
    return "number" if chosen.is_change and written == "percent" else written


def _residents(view: View, frame: pd.DataFrame) -> list[str]:
    """Whose count of residents it is and of which day, and which districts have none."""
    known = frame[frame["population_count"].notna()]
    sources = dict.fromkeys(
        view.say(
            "map.population.one",
            source=blocks.plain(str(row["population_source"])),
            day=dates.format_date_short(row["population_on"], view.lang)
            if pd.notna(row["population_on"])
            else view.say("map.population.undated"),
        )
        for row in known.to_dict("records")
    )
    unknown = frame.loc[frame["population_count"].isna(), "label"]
    said = [view.say("map.population", list="; ".join(sources))] if sources else []
    return said + ([view.say("map.population.none", list=", ".join(unknown))] if len(unknown) else [])


def _swatch(colour: str) -> str:
    return _HATCHED if colour == NO_DATA_COLOUR else colour


def _as_image(svg: str) -> str:
    """The drawing as an address of its own: Streamlit strips drawings from the page's markup."""
    alone = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return "data:image/svg+xml;base64," + base64.b64encode(alone.encode()).decode()


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
