"""Parts of the page «Міста»: the cities of the installation by what can be compared, and why not by the rest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text, alt_trend
from dashboard.charts.grids import matrix
from dashboard.charts.theme import colours
from dashboard.charts.trends import small_multiples
from dashboard.filters import Filters, add_months, data_span
from dashboard.metrics import cities
from dashboard.text import dates, numbers
from dashboard.text.numbers import Unit
from dashboard.ui import blocks, choices, figures, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View


def heading(view: View) -> None:
    """Title, and which months are compared."""
    blocks.title(view, "cities", f"**{dates.format_months(*full_months(view), view.lang)}**")
    st.markdown(view.say("cities.lead"))


def full_months(view: View) -> tuple[date, date]:
    """The full months of the period in view in which every city that keeps lists of people has them."""
    spans = [data_span(view.snapshot, city) for city in view.names.cities]
    begun = [span.first_people_month for span in spans if span.first_people_month is not None]
    end = min(view.end, add_months(view.unfinished_month, -1))
    return min(max([view.start, *begun]), end), end


def side_by_side(view: View) -> None:
    """Each comparable figure of each city, with what it rests on."""
    blocks.section(view, "cities.figures")
    blocks.frame(view, "cities", view.drawn(_figures_sheet))
    for city, name in view.names.cities.items():
        unknown = _districts_without_population(view, city)
        if unknown:
            st.caption(view.say("cities.population", city=blocks.plain(name), districts=blocks.plain(unknown)))


def _figures_sheet(view: View) -> Sheet:
    start, end = full_months(view)
    rows: dict[str, dict[str, str]] = {
        figure_id: {"figure": figures.name(figure_id, view.lang)} for figure_id in cities.COMPARABLE
    }
    for city in view.names.cities:
        there = _of_city(view, city)
        frame = there.metric(cities.in_period, there.selection(start, end), view.disclosure)
        for row in frame.to_dict("records"):
            rows[row["figure_id"]] |= {city: _with_base(view, row), "base": figures.name(row["base_id"], view.lang)}
    return Sheet(
        pd.DataFrame(rows.values()),
        (
            Column("figure", view.say("col.figure")),
            *(Column(city, name) for city, name in view.names.cities.items()),
            Column("base", view.say("cities.base")),
        ),
    )


def over_months(view: View) -> None:
    """One figure month by month, a panel for each city, all on one scale."""
    blocks.section(view, "cities.months")
    figure_id = choices.in_address(
        view,
        "compared",
        state.W_COMPARED,
        view.say("col.figure"),
        list(cities.COMPARABLE),
        lambda name: figures.name(name, view.lang),
    )
    st.caption(figures.definition(figure_id, view.lang))
    blocks.chart(view, "cities_months", view.drawn(_months_chart, figure_id))


def _months_chart(view: View, figure_id: str) -> Chart:
    data = pd.concat([_months_of(view, city, figure_id) for city in view.names.cities], ignore_index=True)
    names = dict(view.names.cities)
    name, unit = figures.name(figure_id, view.lang), cast("Unit", figures.written(figure_id))
    return Chart(
        small_multiples(
            data,
            names=names,
            lang=view.lang,
            unit=unit,
            panel_colours=colours(names),
            unfinished_month=view.unfinished_month,
        ),
        alt=alt_trend(name, data.assign(key=data["panel"]), names=names, lang=view.lang, unit=unit),
        table=Sheet(
            data.assign(city=data["panel"].map(names)),
            (
                Column("city", view.say("col.city")),
                Column("month", view.say("col.month"), "month"),
                Column("value", name, figures.written(figure_id)),
                Column("base_count", view.say("cities.n"), "count"),
            ),
        ),
        title=headlines.trend(
            figure_id,
            name,
            # What reads the same is the same: no city leads by what nobody sees.
            data.assign(key=data["panel"], value=data["value"].round(0 if unit == "percent" else 1)),
            view.lang,
            names=names,
            unfinished_month=view.unfinished_month,
            unit=unit,
        ),
        subtitle=headlines.about(
            name, when=dates.format_months(view.start, view.end, view.lang), base=view.say("cities.one_scale")
        ),
    )


def themes(view: View) -> None:
    """What part of each city's events each theme has."""
    blocks.section(view, "cities.themes")
    blocks.chart(view, "cities_themes", view.drawn(_themes_chart))


def _themes_chart(view: View) -> Chart:
    start, end = full_months(view)
    parts = []
    for city in view.names.cities:
        there = _of_city(view, city)
        frame = there.metric(cities.theme_shares, there.selection(start, end), view.disclosure)
        parts.append(frame.assign(city=city))
    data = pd.concat(parts, ignore_index=True)
    called = data.drop_duplicates("theme_id").sort_values("rank")
    name = "name_uk" if view.lang == "uk" else "name_en"
    rows = dict(zip(called["theme_id"], called[name], strict=True))
    themed = data.groupby("city")["themed_events_count"].max()
    columns = {
        # The number stays in one piece under the name.
        city: f"{named} n\u00a0=\u00a0{numbers.format_count(float(themed[city]), view.lang)}"
        for city, named in view.names.cities.items()
        if city in themed and themed[city] > 0
    }
    cells = pd.DataFrame({"row": data["theme_id"], "column": data["city"], "value": data["theme_share_pct"]})
    cells = cells[cells["column"].isin(list(columns))]
    told = cells.assign(
        row_name=cells["row"].map(rows), column_name=cells["column"].map(dict(view.names.cities)), label=""
    )
    told = told.assign(label=told["column_name"].str.cat(told["row_name"], sep=" · "))
    return Chart(
        matrix(cells, rows=rows, columns=columns, lang=view.lang, unit="percent"),
        alt=alt_text(view.say("cities.themes"), told, lang=view.lang, unit="percent"),
        table=Sheet(
            data.assign(city_name=data["city"].map(dict(view.names.cities)), theme=data["theme_id"].map(rows)),
            (
                Column("city_name", view.say("col.city")),
                Column("theme", view.say("col.theme")),
                Column("theme_share_pct", figures.name("theme_share_pct", view.lang), "percent"),
                figures.column(view, "events_count"),
                figures.column(view, "themed_events_count"),
            ),
        ),
        title=headlines.cells(
            view.say("cities.themes"), told, view.lang, row="row_name", column="column_name", unit="percent"
        ),
        subtitle=headlines.about(
            figures.name("theme_share_pct", view.lang),
            when=dates.format_months(start, end, view.lang),
            base=view.say("cities.themes.note"),
        ),
    )


def left_out(view: View) -> None:
    """Which figures are not compared, and why."""
    with st.expander(f"**{view.say('cities.left_out')}** ({len(cities.LEFT_OUT)})"):
        for reason in dict.fromkeys(cities.LEFT_OUT.values()):
            why = view.say(f"cities.why.{reason}")
            names = [figures.name(name, view.lang) for name, of in cities.LEFT_OUT.items() if of == reason]
            st.markdown(f"- {why}: {', '.join(names)}.")


def _of_city(view: View, city: str) -> View:
    """The same view of another city as a whole: its districts and spaces are others."""
    return replace(view, filters=Filters(city=city, workshops=view.filters.workshops))


def _months_of(view: View, city: str, figure_id: str) -> pd.DataFrame:
    there = _of_city(view, city)
    frame = there.metric(cities.by_month, there.selection(view.start, view.end), view.disclosure)
    own = frame[frame["figure_id"] == figure_id]
    return own.assign(panel=city, is_hidden=own["value_is_hidden"])


def _with_base(view: View, row: Mapping[Hashable, Any]) -> str:
    """«62,1 % · n = 4 512»; what is not known says so, and then rests on nothing."""
    value = figures.value(row["figure_id"], row["value"], view.lang, is_hidden=row["value_is_hidden"])
    if pd.isna(row["value"]) or pd.isna(row["base_count"]):
        return value
    return f"{value} · n = {numbers.format_count(row['base_count'], view.lang)}"


def _districts_without_population(view: View, city: str) -> str:
    districts = view.snapshot.table("districts")
    blank = districts[(districts["city_id"] == city) & districts["population_count"].isna()]
    return ", ".join(blank["name_uk" if view.lang == "uk" else "name_en"])
