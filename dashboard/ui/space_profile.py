"""The card of one space on the page «Карта просторів»: what is known of it, from whom, and what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_trend
from dashboard.charts.trends import trend_lines
from dashboard.filters import Filters, add_months
from dashboard.metrics import facts, network, reach, spaces, themes
from dashboard.metrics.selection import Selection
from dashboard.text import dates, numbers
from dashboard.ui import blocks, city_map, figures
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

_MONTHS: Final = 12
_MOST_PARTNERS: Final = 6


def profile(view: View) -> None:
    """The card of the chosen space; nothing where none is chosen."""
    frame = city_map.listed(view)
    rows = frame[frame["space_id"] == view.filters.space].to_dict("records")
    if not rows:
        return
    row = {str(name): value for name, value in rows[0].items()}
    own = replace(view, filters=Filters(city=view.city, space=row["space_id"], workshops=view.filters.workshops))
    year = _year(own)
    with st.container(border=True, key="profile"):
        st.header(row["name"], anchor=False)
        st.button(
            view.say("map.profile.close"),
            icon=":material/close:",
            key="close_profile",
            on_click=city_map.choose_space,
            args=(None,),
        )
        known, months, others = st.tabs([view.say(f"map.profile.tab.{name}") for name in ("known", "months", "others")])
        with known:
            _known(view, row)
            _completeness(own, year, row["space_id"])
        with months:
            _months(own, is_listed=pd.notna(row["events_count"]))
            _themes(own, year)
        with others:
            _neighbours(view, row["space_id"])
            _partners(view, row["space_id"])


def _known(view: View, row: Mapping[str, Any]) -> None:
    lines = {
        "col.kind": row["kind_label"],
        "col.network": row["network"],
        "col.district": row["district"],
        "col.address": row["address"],
        "col.location": row["location"],
        "col.capacity": figures.value("capacity_count", row["capacity_count"], view.lang),
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
    st.caption(view.say("map.profile.from", origin=row["origin_label"]))
    known = facts.by_subject(view.snapshot, view.city)
    stated = known[known["subject_id"] == row["space_id"]]
    if len(stated):
        st.markdown(f"**{view.say('facts.stated')}**")
        blocks.facts_table(view, f"facts_{row['space_id']}", stated)


def _months(own: View, *, is_listed: bool) -> None:
    if not is_listed:
        st.markdown(own.say("map.profile.unlisted"))
        return
    blocks.chart(own, "space_months", own.drawn(_months_chart))


def _year(own: View) -> Selection:
    return own.selection(add_months(own.month, 1 - _MONTHS), own.month)


def _months_chart(own: View) -> Chart:
    year = _year(own)
    frame = own.metric(spaces.by_month, year, own.disclosure)
    name = figures.name("events_count", own.lang)
    drawn = pd.DataFrame(
        {
            "month": frame["month"],
            "key": "events_count",
            # Of a month that no list and no return is about, nobody knows whether nothing happened.
            "value": frame["events_count"].astype("float64").where(frame["is_known"]),
        }
    )
    return Chart(
        trend_lines(drawn, names={"events_count": name}, lang=own.lang, unfinished_month=own.unfinished_month),
        alt=alt_trend(name, drawn, names={"events_count": name}, lang=own.lang),
        title=headlines.trend(
            "events_count",
            name,
            drawn,
            own.lang,
            names={"events_count": name},
            unfinished_month=own.unfinished_month,
        ),
        subtitle=headlines.about(name, headlines.span(year.start, year.end, own.lang)),
        table=Sheet(
            frame,
            (
                Column("month", own.say("col.month"), "month"),
                *(
                    figures.column(own, figure_id)
                    for figure_id in (
                        "events_count",
                        "participants_count",
                        "attendance_rate_pct",
                        "reported_events_count",
                        "reported_visitors_count",
                    )
                ),
            ),
        ),
    )


def _themes(own: View, year: Selection) -> None:
    st.markdown(f"**{own.say('map.profile.themes')}**")
    frame = own.metric(themes.by_theme, year, own.disclosure)
    held = frame[frame["theme_id"].notna() & (frame["events_count"] > 0)].sort_values("events_count", ascending=False)
    if held.empty:
        st.markdown(own.say("map.profile.themes.none"))
        return
    st.markdown(
        " · ".join(
            f"{blocks.plain(own.names.theme(row['theme_id']))} {numbers.format_count(row['events_count'], own.lang)}"
            for row in held.to_dict("records")
        )
    )


def _neighbours(view: View, space_id: str) -> None:
    st.markdown(f"**{view.say('map.profile.neighbours')}**")
    around = city_map.nearby(view)
    frame = around.metric(reach.neighbours, around.in_month(), space_id)
    if frame.empty:
        st.markdown(view.say("map.profile.neighbours.none"))
    for row in frame.to_dict("records"):
        distance = (
            f"{numbers.format_count(round(row['distance_m'], -1), view.lang)} {'м' if view.lang == 'uk' else 'm'}"
        )
        _other(view, "near", row["space_id"], distance)


def _partners(view: View, space_id: str) -> None:
    st.markdown(f"**{view.say('map.profile.partners')}**")
    whole = replace(view, filters=Filters(city=view.city))
    frame = whole.metric(network.links, whole.in_history())
    pairs = pd.concat(
        [
            frame.rename(columns={"space_id": "own_id", "other_space_id": "id"}),
            frame.rename(columns={"other_space_id": "own_id", "space_id": "id"}),
        ]
    )
    met = pairs[pairs["own_id"] == space_id].nlargest(_MOST_PARTNERS, "meetings_count")
    if met.empty:
        st.markdown(view.say("map.profile.partners.none"))
    for row in met.to_dict("records"):
        _other(view, "met", row["id"], figures.value("meetings_count", row["meetings_count"], view.lang))


def _other(view: View, why: str, space_id: str, said: str) -> None:
    """Another space, one click away."""
    st.button(
        f"{blocks.plain(view.names.space(space_id))} · {said}",
        key=f"{why}_{space_id}",
        type="tertiary",
        on_click=city_map.choose_space,
        args=(space_id,),
    )


def _completeness(own: View, year: Selection, space_id: str) -> None:
    st.markdown(f"**{own.say('map.profile.completeness')}**")
    details = own.metric(spaces.details, year, space_id)
    lacking = [own.say(f"map.detail.{name}") for name in details.loc[~details["is_known"], "detail"]]
    count = len(details)
    lines = [
        own.say("map.profile.details", known=count - len(lacking), all=count, list=", ".join(lacking))
        if lacking
        else own.say("map.profile.details.all", all=count)
    ]
    months = own.metric(spaces.by_month, year, own.disclosure)
    lines.append(own.say("map.profile.known_months", known=int(months["is_known"].sum()), all=len(months)))
    st.markdown("\n".join(f"- {line}" for line in lines))
