"""Parts of the page «Участь за темами»: one figure cut by one dimension, when things begin, who signs up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines, usual
from dashboard.charts.alt import alt_text, alt_trend
from dashboard.charts.bars import ranked_bars
from dashboard.charts.grids import weekday_hour_heatmap
from dashboard.charts.theme import MUTED, colours
from dashboard.charts.trends import rank_lines, small_multiples, trend_lines, trend_shares
from dashboard.metrics import breakdown, counts, groups, months, people, rhythm, season
from dashboard.metrics.breakdown import NONE, REST
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.labels import labels
from dashboard.text.numbers import format_count, format_value
from dashboard.text.participation import MONTH_FORMS
from dashboard.text.plurals import counted
from dashboard.text.season import note
from dashboard.ui import blocks, choices, figures, marks, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

FIGURES: Final = breakdown.FIGURES
"""What the page can be drawn of."""

_DRAWN: Final = ("each", "together", "shares", "places", "whole")
_ROMAN: Final = ("I", "II", "III", "IV")
_DARK_HOURS: Final = 8


@dataclass(frozen=True, eq=False)
class Cut:
    """One figure cut by one dimension: its parts, what they are called and how they are coloured."""

    figure_id: str
    dimension: str
    parts: tuple[str, ...]
    names: dict[str, str]
    palette: dict[str, str]


def heading(view: View) -> None:
    """Title and the months in view; whether the last is still going on."""
    blocks.title(view, "participation", f"**{dates.format_months(view.start, view.end, view.lang)}**")
    if unfinished(view) is not None:
        month = dates.month_name(view.unfinished_month, view.lang)
        day = dates.format_day(view.snapshot.as_of_on, view.lang)
        st.caption(view.say("participation.unfinished", month=month[0].upper() + month[1:], day=day))


def has_anything(view: View) -> bool:
    """Whether the filters left anything; says so on the page when not."""
    selection = view.in_period()
    if len(selection.events) or selection.rows.counts[selection.held_numbers].any():
        return True
    blocks.nothing(view)
    return False


def cut(view: View) -> Cut:
    """The figure and the dimension that the visitor wants; the figure's definition stands under the switch."""
    # What stands in the address decides what can be counted before its own switch is drawn.
    dimension = choices.in_address(
        view,
        "cut",
        state.W_PARTICIPATION_CUT,
        view.say("participation.cut"),
        breakdown.DIMENSIONS,
        lambda name: view.say(f"participation.cut.{name}"),
        shape="switch",
    )
    figure_id = choices.in_address(
        view,
        "figure",
        state.W_PARTICIPATION_FIGURE,
        view.say("participation.figure"),
        breakdown.figures_of(dimension),
        lambda name: figures.name(name, view.lang),
        default="registrations_count",
        shape="switch",
    )
    st.caption(figures.definition(figure_id, view.lang))
    return view.drawn(_cut, figure_id, dimension)


def _cut(view: View, figure_id: str, dimension: str) -> Cut:
    parts = view.metric(breakdown.parts, view.in_period(), dimension, figure_id, view.disclosure)
    known = names_of(view, dimension)
    named = [part for part in parts if part not in {REST, NONE}]
    rest = len(known) - len(named)
    names = {part: known.get(part, part) for part in named}
    names[REST] = view.say("participation.rest", count=rest) if rest > 0 else view.say("participation.rest.bare")
    names[NONE] = view.say(f"participation.none.{dimension}") if dimension != "group" else ""
    # Colours belong to things, not to places in a ranking, wherever there are as many colours as things.
    order = list(known) if len(known) <= breakdown.MOST else named
    palette = {**colours(order), REST: MUTED, NONE: MUTED}
    called = {part: names[part][:1].upper() + names[part][1:] for part in parts}
    return Cut(figure_id, dimension, parts, called, palette)


def trend(view: View, what: Cut) -> None:
    """The figure month by month: part by part on one scale, all together, as shares, or their places."""
    drawn = choices.in_address(
        view,
        "drawn",
        state.W_PARTICIPATION_DRAWN,
        view.say("participation.drawn"),
        _DRAWN,
        lambda name: view.say(f"participation.drawn.{name}"),
        shape="switch",
    )
    if drawn == "places":
        _places(view, what)
        return
    if drawn == "whole":
        _whole(view, what)
        return
    is_shares = drawn == "shares"
    if is_shares and what.figure_id == "participants_count":
        st.info(view.say("participation.shares.people"))
        is_shares, drawn = False, "together"
    signs = tuple(marks.signs(view).items())
    if is_shares:
        blocks.chart(view, "shares", view.drawn(_shares, what, signs))
        if what.dimension == "theme":
            st.caption(view.say("participation.shares.two"))
    elif drawn == "each":
        blocks.chart(view, "trend", view.drawn(_lines, what, None))
    else:
        blocks.chart(view, "trend", view.drawn(_lines, what, signs))
    marks.legend(view)


_Signs = tuple[tuple[date, str], ...]
"""The number of each marked month."""


def _by_month(view: View, what: Cut) -> pd.DataFrame:
    return view.metric(breakdown.by_month, view.in_period(), what.dimension, what.parts, view.disclosure)


def _lines(view: View, what: Cut, signs: _Signs | None) -> Chart:
    """All parts together, with the signs; part by part without any."""
    frame = _by_month(view, what)
    name = figures.name(what.figure_id, view.lang)
    data = _keyed(frame, what.figure_id)
    ongoing = unfinished(view)
    if signs is None:
        figure = small_multiples(
            data.rename(columns={"key": "panel"}),
            names=what.names,
            lang=view.lang,
            panel_colours=what.palette,
            unfinished_month=ongoing,
        )
    else:
        figure = trend_lines(
            data,
            names=what.names,
            lang=view.lang,
            line_colours=what.palette,
            unfinished_month=ongoing,
            marks=dict(signs),
        )
    named = {part: called for part, called in what.names.items() if part not in {REST, NONE}}
    title = headlines.trend(
        what.figure_id, name, data, view.lang, names=named or what.names, unfinished_month=view.unfinished_month
    )
    return Chart(
        figure,
        alt=told(title, alt_trend(name, data, names=what.names, lang=view.lang)),
        table=_month_table(view, what, frame, what.figure_id),
        title=title,
        subtitle=about(
            view, view.say("participation.per_month", figure=name, cut=_cut_name(view, what)), what.figure_id
        ),
    )


def _shares(view: View, what: Cut, signs: _Signs) -> Chart:
    frame = _by_month(view, what)
    name = figures.name(what.figure_id, view.lang)
    shares = breakdown.shares(frame, what.figure_id)
    data = _keyed(shares, "part_share_pct").assign(is_hidden=frame.get(what.figure_id + HIDDEN, default=False))
    named = shares[~shares["part"].isin([REST, NONE])]
    full = named[~named["is_unfinished"]].dropna(subset=["part_share_pct"])
    title = name
    if not full.empty:
        last = full[full["month"] == full["month"].max()]
        first = last.loc[last["part_share_pct"].idxmax()]
        title = view.say(
            "participation.shares.title",
            month=dates.month_name(first["month"], view.lang).capitalize(),
            name=what.names[str(first["part"])],
            value=format_value(float(first["part_share_pct"]), "percent", view.lang),
        )
    return Chart(
        trend_shares(
            data,
            names=what.names,
            lang=view.lang,
            bar_colours=what.palette,
            unfinished_month=unfinished(view),
            marks=dict(signs),
        ),
        alt=told(title, alt_trend(name, data, names=what.names, lang=view.lang, unit="percent")),
        table=_month_table(view, what, shares, "part_share_pct"),
        title=title,
        subtitle=about(
            view, view.say("participation.shares.about", figure=name, cut=_cut_name(view, what)), what.figure_id
        ),
    )


def _whole(view: View, what: Cut) -> None:
    """The figure as a whole against what is usual for it."""
    drawn, method, outside = view.drawn(_whole_chart, what)
    blocks.chart(view, "whole", drawn)
    st.caption(method)
    if outside:
        st.markdown("\n".join(f"- {blocks.plain(said)}" for said in outside))


def _whole_chart(view: View, what: Cut) -> tuple[Chart, str, list[str]]:
    """The chart, how the usual was told, and what lies outside it."""
    name = figures.name(what.figure_id, view.lang)
    by_month = view.metric(months.by_month, view.in_history(), view.disclosure)
    frame = season.of_months(by_month, what.figure_id)
    frame = frame[frame["month"].between(pd.Timestamp(view.start), pd.Timestamp(view.end))]
    outside = list(usual.outside(frame, lang=view.lang))
    forms = MONTH_FORMS[0 if view.lang == "uk" else 1]
    title = name
    if outside:
        title = view.say("participation.whole.title", figure=name, count=counted(len(outside), forms, view.lang))
    elif frame["usual_low"].notna().any():
        title = view.say("participation.whole.title.none", figure=name)
    drawn = Chart(
        usual.trend_band(frame, name=name, lang=view.lang),
        alt=told(title, usual.alt_band(name, frame, lang=view.lang)),
        table=Sheet(
            frame.rename(columns={"value": what.figure_id, "value" + HIDDEN: what.figure_id + HIDDEN}),
            (
                Column("month", view.say("col.month"), "month"),
                *(
                    figures.column(view, column)
                    for column in (what.figure_id, "usual_low", "usual_level", "usual_high")
                ),
            ),
        ),
        title=title,
        subtitle=about(view, view.say("participation.whole.about", figure=name), what.figure_id),
    )
    return drawn, note(season.method(frame), view.lang), outside


def _places(view: View, what: Cut) -> None:
    drawn, is_partly = view.drawn(_places_chart, what)
    blocks.chart(view, "places", drawn)
    if is_partly:
        st.caption(view.say("participation.places.note"))


def _places_chart(view: View, what: Cut) -> tuple[Chart, bool]:
    """The chart, and whether a quarter in it has not ended."""
    frame = view.metric(breakdown.by_quarter, view.in_period(), what.dimension, what.parts, view.disclosure)
    ranks = breakdown.ranks(frame, what.figure_id)
    name = figures.name(what.figure_id, view.lang)
    quarters = {month.date(): _quarter(view, month.date()) for month in sorted(ranks["month"].unique())}
    partly = {month.date() for month in ranks.loc[ranks["is_unfinished"], "month"].unique()}
    data = ranks.rename(columns={"part": "key"})
    names = {part: called for part, called in what.names.items() if part not in {REST, NONE}}
    title = _places_title(view, ranks, names, quarters) or name
    rows = data.assign(
        quarter=data["month"].dt.date.map(quarters), label=blocks.called(data["key"], names)
    ).sort_values(["month", "rank"])
    drawn = Chart(
        rank_lines(
            data,
            names=names,
            lang=view.lang,
            column_names=quarters,
            line_colours=what.palette,
            unfinished=partly,
        ),
        alt=told(title, _order(view, rows)),
        table=Sheet(
            rows,
            (
                Column("quarter", view.say("col.period")),
                Column("label", view.say("participation.part")),
                Column("rank", view.say("participation.place"), "count"),
            ),
        ),
        title=title,
        subtitle=about(
            view, view.say("participation.places.about", figure=name, cut=_cut_name(view, what)), what.figure_id
        ),
    )
    return drawn, bool(partly)


def _order(view: View, rows: pd.DataFrame) -> str:
    """The places of the last quarter, in words."""
    last = rows[rows["month"] == rows["month"].max()].dropna(subset=["rank"])
    if last.empty:
        return view.say("value.none")
    places = "; ".join(f"{int(place)} — {name}" for place, name in zip(last["rank"], last["label"], strict=True))
    return f"{last['quarter'].iloc[0]}: {places}."


def _places_title(view: View, ranks: pd.DataFrame, names: dict[str, str], quarters: dict[date, str]) -> str | None:
    whole = ranks[~ranks["is_unfinished"]].dropna(subset=["rank"])
    if whole.empty:
        return None
    wide = whole.assign(rank=whole["rank"].astype("int64")).pivot(index="month", columns="part", values="rank")
    last = wide.iloc[-1]
    quarter, first = quarters[wide.index[-1].date()], names[str(last.idxmin())]
    rise = (wide.iloc[0] - last).dropna()
    if len(wide) < 2 or rise.empty or rise.max() <= 0:
        return view.say("participation.places.title", quarter=quarter, name=first)
    riser = str(rise.idxmax())
    return view.say(
        "participation.places.rise",
        quarter=quarter,
        name=first,
        riser=names[riser],
        before=int(wide.iloc[0][riser]),
        now=int(last[riser]),
    )


def totals(view: View, what: Cut) -> None:
    """The figure by part over the whole period, with what stands beside it."""
    blocks.section(view, "participation.themes")
    blocks.chart(view, "themes_total", view.drawn(_totals_chart, what))


def _totals_chart(view: View, what: Cut) -> Chart:
    frame = view.metric(breakdown.by_part, view.in_period(), what.dimension, what.parts, view.disclosure)
    frame = frame.assign(
        label=blocks.called(frame["part"], what.names),
        value=frame[what.figure_id].astype("float64"),
        is_hidden=frame.get(what.figure_id + HIDDEN, default=False),
        colour=blocks.called(frame["part"], what.palette),
    )
    name = figures.name(what.figure_id, view.lang)
    what_it_is = view.say("participation.in_all", figure=name, cut=_cut_name(view, what))
    named = frame[~frame["part"].isin([REST, NONE])]
    title = headlines.ranked(what.figure_id, name, named, view.lang)
    return Chart(
        ranked_bars(frame[["label", "value", "is_hidden", "colour"]], lang=view.lang),
        alt=told(title, alt_text(what_it_is, frame, lang=view.lang)),
        table=Sheet(
            frame,
            (
                Column("label", view.say("participation.part")),
                *(figures.column(view, column) for column in breakdown.figures_of(what.dimension)),
            ),
        ),
        title=title,
        subtitle=about(view, what_it_is, what.figure_id),
    )


def who(view: View) -> None:
    """Who signs up and where they live."""
    groups_of_participants(view)
    homes(view)


def groups_of_participants(view: View) -> None:
    """Who signs up: participant groups over the period."""
    blocks.section(view, "participation.groups")
    blocks.chart(view, "groups", view.drawn(_groups_chart))


def _groups_chart(view: View) -> Chart:
    frame = view.metric(groups.by_group, view.in_period(), view.disclosure)
    frame = frame.assign(
        label=frame["participant_group"].map(labels("participant_group", view.lang)),
        value=frame["registrations_count"].astype("float64"),
        is_hidden=frame["registrations_count" + HIDDEN],
    ).sort_values("value", ascending=False)
    title = headlines.ranked("registrations_count", figures.name("registrations_count", view.lang), frame, view.lang)
    return Chart(
        ranked_bars(frame[["label", "value", "is_hidden"]], lang=view.lang),
        alt=told(title, alt_text(view.say("participation.groups"), frame, lang=view.lang)),
        title=title,
        subtitle=about(view, view.say("participation.groups"), "registrations_count"),
        table=Sheet(
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


def weekday_and_hour(view: View) -> None:
    """When things begin, by what happens or by who comes."""
    blocks.section(view, "participation.rhythm")
    figure_id = choices.in_address(
        view,
        "hours",
        state.W_PARTICIPATION_HOURS,
        view.say("participation.figure"),
        ("events_count", "registrations_count", "attendances_count"),
        lambda name: _rhythm_name(view, name),
        shape="switch",
    )
    blocks.chart(view, "rhythm", view.drawn(_rhythm_chart, figure_id))
    untimed = view.metric(rhythm.untimed_events_count, view.in_period())
    st.caption(view.say("participation.rhythm.note", count=format_count(untimed, view.lang)))


def _rhythm_chart(view: View, figure_id: str) -> Chart:
    frame = view.metric(rhythm.by_hour, view.in_period(), view.disclosure)
    held = (frame["events_count"] + frame["sessions_count"]).astype("float64")
    value = held if figure_id == "events_count" else frame[figure_id].astype("float64")
    data = frame.assign(value=value, is_hidden=frame.get(figure_id + HIDDEN, default=False))
    data = data[data["hour"] >= _DARK_HOURS]
    name = _rhythm_name(view, figure_id)
    slots = data.assign(
        label=[
            f"{dates.weekday_name(int(day), view.lang)} {int(hour)}:00"
            for day, hour in zip(data["weekday"], data["hour"], strict=True)
        ]
    )
    title = headlines.weekday_hour(name, data, view.lang)
    shown = ("events_count", "sessions_count", "registrations_count", "attendances_count")
    return Chart(
        weekday_hour_heatmap(data[["weekday", "hour", "value", "is_hidden"]], lang=view.lang),
        alt=told(title, alt_text(view.say("participation.rhythm"), slots, lang=view.lang)),
        table=Sheet(
            slots[slots["events_count"] + slots["sessions_count"] > 0],
            (Column("label", view.say("participation.slot")), *(figures.column(view, column) for column in shown)),
        ),
        title=title,
        subtitle=about(view, view.say("participation.rhythm.about", figure=name), figure_id),
    )


def _rhythm_name(view: View, figure_id: str) -> str:
    if figure_id == "events_count":
        return view.say("participation.rhythm.events")
    return figures.name(figure_id, view.lang)


def homes(view: View) -> None:
    """Where those who sign up live."""
    blocks.section(view, "participation.homes")
    blocks.chart(view, "homes", view.drawn(_homes_chart))


def _homes_chart(view: View) -> Chart:
    frame = view.metric(people.by_home, view.in_period(), view.disclosure)
    name = frame["name_uk"] if view.lang == "uk" else frame["name_en"]
    status = frame["home_status"].map(labels("home_status", view.lang))
    frame = frame.assign(
        label=name.fillna(status),
        value=frame["registrations_count"].astype("float64"),
        is_hidden=frame["registrations_count" + HIDDEN],
    )
    title = headlines.ranked("registrations_count", figures.name("registrations_count", view.lang), frame, view.lang)
    return Chart(
        ranked_bars(frame.sort_values("value", ascending=False)[["label", "value", "is_hidden"]], lang=view.lang),
        alt=told(title, alt_text(view.say("participation.homes"), frame, lang=view.lang)),
        title=title,
        subtitle=about(view, view.say("participation.homes"), "registrations_count"),
        table=Sheet(
            frame,
            (
                Column("label", view.say("col.home")),
                Column("population_count", view.say("col.population"), "count"),
                figures.column(view, "registrations_count"),
                figures.column(view, "participants_count"),
            ),
        ),
    )


def about(view: View, what: str, figure_id: str) -> str:
    """A subtitle: what is drawn, of how many in the period, and when."""
    whole = view.metric(counts.in_all, view.in_period(), view.disclosure).iloc[0]
    if figure_id == "events_count":
        count = len(view.in_period().events)
    elif whole[figure_id + HIDDEN] or pd.isna(whole[figure_id]):
        return headlines.about(what, headlines.span(view.start, view.end, view.lang))
    else:
        count = int(whole[figure_id])
    n = view.say("participation.n", count=format_count(count, view.lang))
    return headlines.about(what, headlines.span(view.start, view.end, view.lang), n)


def told(title: str, numbers: str) -> str:
    """A chart's text for those who cannot see it: what it finds, then its numbers."""
    return f"{title}. {numbers}"


def unfinished(view: View) -> pd.Timestamp | None:
    """The month that still goes on, where it is in view."""
    return pd.Timestamp(view.unfinished_month) if view.end >= view.unfinished_month else None


def names_of(view: View, dimension: str) -> dict[str, str]:
    """What the parts of a dimension are called, in the order in which they are listed."""
    match dimension:
        case "theme":
            return dict(view.names.themes)
        case "district":
            return dict(view.names.districts)
        case "network":
            return dict(view.names.networks)
        case "space":
            listed = view.in_period().spaces
            there = set(listed.loc[listed["is_listed"], "space_id"])
            return {space: name for space, name in view.names.spaces.items() if space in there}
        case "kind":
            there = set(view.in_period().spaces["kind"])
            return {kind: name for kind, name in labels("space_kind", view.lang).items() if kind in there}
        case _:
            return dict(labels("participant_group", view.lang))


def _cut_name(view: View, what: Cut) -> str:
    return view.say(f"participation.cut.{what.dimension}")


def _quarter(view: View, month: date) -> str:
    number = (month.month - 1) // breakdown.QUARTER
    return view.say("participation.quarter", roman=_ROMAN[number], number=number + 1, year=month.year)


def _month_table(view: View, what: Cut, frame: pd.DataFrame, column: str) -> Sheet:
    return Sheet(
        frame.assign(label=blocks.called(frame["part"], what.names)),
        (
            Column("month", view.say("col.month"), "month"),
            Column("label", view.say("participation.part")),
            figures.column(view, column),
        ),
    )


def _keyed(frame: pd.DataFrame, figure_id: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": frame["month"],
            "key": frame["part"],
            "value": frame[figure_id].astype("float64"),
            "is_hidden": frame.get(figure_id + HIDDEN, default=False),
        }
    )
