"""Parts of the page «Участь за темами»."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts.alt import alt_text, alt_trend
from dashboard.charts.bars import ranked_bars
from dashboard.charts.grids import weekday_hour_heatmap
from dashboard.charts.theme import colours
from dashboard.charts.trends import small_multiples, trend_lines, trend_shares
from dashboard.metrics import groups, people, rhythm, themes
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.labels import labels
from dashboard.ui import blocks, choices, figures, state
from dashboard.ui.blocks import Column
from dashboard.ui.view import View

FIGURES: Final = ("events_count", "registrations_count", "attendances_count", "participants_count")
"""What the trends can be drawn of."""

_DARK_HOURS: Final = 8


def heading(view: View) -> None:
    """Title and the months in view."""
    blocks.title(view, "participation", f"**{dates.format_months(view.start, view.end, view.lang)}**")


def has_anything(view: View) -> bool:
    """Whether the filters left anything; says so on the page when not."""
    selection = view.in_period()
    if len(selection.events) or len(selection.registrations):
        return True
    blocks.nothing(view)
    return False


def figure_choice(view: View) -> str:
    """The figure that the visitor wants drawn; its definition stands under the switch."""
    chosen = choices.one_of(
        view,
        state.W_PARTICIPATION_FIGURE,
        view.say("participation.figure"),
        FIGURES,
        lambda figure_id: figures.name(figure_id, view.lang),
        default="registrations_count",
        shape="switch",
    )
    st.caption(figures.definition(chosen, view.lang))
    return chosen


def trend(view: View, figure_id: str) -> None:
    """The figure by theme and month: all on one scale, as shares, and theme by theme."""
    frame = view.metric(themes.by_month, view.in_period(), view.disclosure)
    data = _keyed(frame, "theme_id", figure_id)
    name = figures.name(figure_id, view.lang)
    names = dict(view.names.themes)
    palette = colours(view.names.theme_ids)
    shown = {theme: names[theme] for theme in names if theme in set(data["key"])}
    table = (
        frame,
        (
            Column("month", view.say("col.month"), "month"),
            Column(_name_column(view), view.say("col.theme")),
            Column(figure_id, name, "count"),
        ),
    )
    each, together, shares = st.tabs([view.say(f"participation.trend.{tab}") for tab in ("each", "together", "shares")])
    with each:
        panels = data.rename(columns={"key": "panel"})
        blocks.chart(
            view,
            "themes_each",
            small_multiples(panels, names=shown, lang=view.lang, panel_colours=palette),
            alt=alt_trend(name, data, names=shown, lang=view.lang),
            table=table,
        )
    with together:
        blocks.chart(
            view,
            "themes_together",
            trend_lines(
                data,
                names=shown,
                lang=view.lang,
                line_colours=palette,
                unfinished_month=_unfinished(view),
                y_title=name,
            ),
            alt=alt_trend(name, data, names=shown, lang=view.lang),
        )
    with shares:
        st.caption(figures.definition("theme_share_pct", view.lang))
        of_events = _keyed(frame, "theme_id", "theme_share_pct")
        totals = of_events.groupby("month")["value"].transform("sum")
        # An event with two themes counts in both, so shares can exceed 100: the columns show each theme's part.
        of_events = of_events.assign(value=of_events["value"] / totals.where(totals > 0) * 100)
        blocks.chart(
            view,
            "themes_shares",
            trend_shares(
                of_events, names=shown, lang=view.lang, bar_colours=palette, unfinished_month=_unfinished(view)
            ),
            alt=alt_trend(
                figures.name("theme_share_pct", view.lang), of_events, names=shown, lang=view.lang, unit="percent"
            ),
        )


def theme_totals(view: View, figure_id: str) -> None:
    """The figure by theme over the whole period, with what stands beside it."""
    blocks.section(view, "participation.themes")
    frame = view.metric(themes.by_theme, view.in_period(), view.disclosure)
    palette = colours(view.names.theme_ids)
    frame = frame.assign(
        label=frame[_name_column(view)].fillna(view.say("none.theme")),
        value=frame[figure_id].astype("float64"),
        is_hidden=frame.get(figure_id + HIDDEN, default=False),
        colour=blocks.called(frame["theme_id"], palette),
    ).sort_values("value", ascending=False)
    name = figures.name(figure_id, view.lang)
    blocks.chart(
        view,
        "themes_total",
        ranked_bars(frame[["label", "value", "is_hidden", "colour"]].fillna({"colour": "#7b8794"}), lang=view.lang),
        alt=alt_text(name, frame, lang=view.lang),
        table=(
            frame,
            (
                Column("label", view.say("col.theme")),
                *(figures.column(view, column) for column in (*FIGURES, "attendance_rate_pct", "theme_share_pct")),
            ),
        ),
    )


def groups_of_participants(view: View) -> None:
    """Who signs up: groups over the period and month by month."""
    blocks.section(view, "participation.groups")
    frame = view.metric(groups.by_group, view.in_period(), view.disclosure)
    frame = frame.assign(
        label=frame["participant_group"].map(labels("participant_group", view.lang)),
        value=frame["registrations_count"].astype("float64"),
        is_hidden=frame["registrations_count" + HIDDEN],
    ).sort_values("value", ascending=False)
    blocks.chart(
        view,
        "groups",
        ranked_bars(frame[["label", "value", "is_hidden"]], lang=view.lang),
        alt=alt_text(view.say("participation.groups"), frame, lang=view.lang),
        table=(
            frame,
            (
                Column("label", view.say("col.group")),
                *(
                    figures.column(view, column)
                    for column in (
                        "registrations_count",
                        "group_share_pct",
                        "participants_count",
                        "attendances_count",
                        "attendance_rate_pct",
                    )
                ),
            ),
        ),
    )


def new_and_returning(view: View) -> None:
    """Who came for the first time and who came back, by month."""
    blocks.section(view, "participation.people")
    st.caption(figures.definition("new_participants_count", view.lang))
    frame = view.metric(people.by_month, view.in_period(), view.disclosure)
    parts = ("returning_participants_count", "new_participants_count")
    names = {part: figures.name(part, view.lang) for part in parts}
    long = pd.concat([_keyed(frame.assign(part=part), "part", part) for part in parts], ignore_index=True)
    blocks.chart(
        view,
        "people",
        trend_lines(long, names=names, lang=view.lang, unfinished_month=_unfinished(view)),
        alt=alt_trend(view.say("participation.people"), long, names=names, lang=view.lang),
        table=(
            frame,
            (
                Column("month", view.say("col.month"), "month"),
                *(figures.column(view, p) for p in ("participants_count", *parts)),
            ),
        ),
    )


def weekday_and_hour(view: View) -> None:
    """When things begin."""
    blocks.section(view, "participation.rhythm")
    selection = view.in_period()
    frame = view.metric(rhythm.by_hour, selection, view.disclosure)
    data = frame.assign(value=(frame["events_count"] + frame["sessions_count"]).astype("float64"))
    data = data[data["hour"] >= _DARK_HOURS]
    st.caption(view.say("participation.rhythm.note", count=rhythm.untimed_events_count(selection)))
    busiest = data.assign(
        label=[
            f"{dates.weekday_name(int(day), view.lang)} {int(hour)}:00"
            for day, hour in zip(data["weekday"], data["hour"], strict=True)
        ]
    )
    blocks.chart(
        view,
        "rhythm",
        weekday_hour_heatmap(data[["weekday", "hour", "value"]], lang=view.lang),
        alt=alt_text(view.say("participation.rhythm"), busiest, lang=view.lang),
    )


def homes(view: View) -> None:
    """Where those who sign up live."""
    blocks.section(view, "participation.homes")
    frame = view.metric(people.by_home, view.in_period(), view.disclosure)
    name = frame["name_uk"] if view.lang == "uk" else frame["name_en"]
    status = frame["home_status"].map(labels("home_status", view.lang))
    frame = frame.assign(
        label=name.fillna(status),
        value=frame["registrations_count"].astype("float64"),
        is_hidden=frame["registrations_count" + HIDDEN],
    )
    blocks.chart(
        view,
        "homes",
        ranked_bars(frame.sort_values("value", ascending=False)[["label", "value", "is_hidden"]], lang=view.lang),
        alt=alt_text(view.say("participation.homes"), frame, lang=view.lang),
        table=(
            frame,
            (
                Column("label", view.say("col.home")),
                Column("population_count", view.say("col.population"), "count"),
                figures.column(view, "registrations_count"),
                figures.column(view, "participants_count"),
            ),
        ),
    )


def _unfinished(view: View) -> pd.Timestamp | None:
    return pd.Timestamp(view.unfinished_month) if view.end >= view.unfinished_month else None


def _name_column(view: View) -> str:
    return "name_uk" if view.lang == "uk" else "name_en"


def _keyed(frame: pd.DataFrame, key: str, figure_id: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": frame["month"],
            "key": frame[key],
            "value": frame[figure_id].astype("float64"),
            "is_hidden": frame.get(figure_id + HIDDEN, default=False),
        }
    )
