"""People over time: new and returning, months between visits, cohorts, and where people go next."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text, alt_trend
from dashboard.charts.bars import ranked_bars
from dashboard.charts.grids import cohort_grid
from dashboard.charts.trends import trend_lines
from dashboard.metrics import cohorts, paths, people
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.numbers import format_count, format_value
from dashboard.text.participation import MONTH_FORMS
from dashboard.text.plurals import counted
from dashboard.ui import blocks, choices, figures, marks, participation, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

_PARTS: Final = ("returning_participants_count", "new_participants_count")
_LONGEST_WAIT: Final = 6
"""Waits of more months are one bar."""
_MOST_MONTHS: Final = 12
"""Months since the first that are drawn; the table has all."""
_SAID_MONTHS: Final = 3
"""The month since the first that the title speaks of."""
_MOST_PATHS: Final = 10


def drawn(view: View) -> None:
    """Who came back: for everyone by month, for analysts person by person over time."""
    new_and_returning(view)
    over_time(view)


def new_and_returning(view: View) -> None:
    """Who came for the first time and who came back, by month."""
    blocks.section(view, "participation.people")
    frame = view.metric(people.by_month, view.in_period(), view.disclosure)
    names = {part: figures.name(part, view.lang) for part in _PARTS}
    long = pd.concat(
        [
            pd.DataFrame(
                {
                    "month": frame["month"],
                    "key": part,
                    "value": frame[part].astype("float64"),
                    "is_hidden": frame[part + HIDDEN],
                }
            )
            for part in _PARTS
        ],
        ignore_index=True,
    )
    new = long[long["key"] == "new_participants_count"]
    title = headlines.trend(
        "new_participants_count",
        names["new_participants_count"],
        new,
        view.lang,
        names={"new_participants_count": names["new_participants_count"]},
        unfinished_month=view.unfinished_month,
    )
    blocks.chart(
        view,
        "people",
        Chart(
            trend_lines(
                long,
                names=names,
                lang=view.lang,
                unfinished_month=participation.unfinished(view),
                marks=marks.signs(view),
            ),
            alt=participation.told(
                title, alt_trend(view.say("participation.people"), long, names=names, lang=view.lang)
            ),
            table=Sheet(
                frame,
                (
                    Column("month", view.say("col.month"), "month"),
                    *(figures.column(view, name) for name in ("participants_count", *_PARTS)),
                ),
            ),
            title=title,
            subtitle=participation.about(view, view.say("participation.people.about"), "participants_count"),
        ),
    )
    st.caption(figures.definition("new_participants_count", view.lang))


def over_time(view: View) -> None:
    """What only analysts see of people over time; to the public it is told in words what there would be."""
    if not view.disclosure.is_open:
        st.info(view.say("returning.public"), icon=":material/visibility_off:")
        return
    _waits(view)
    _cohorts(view)
    _paths(view)


def _waits(view: View) -> None:
    blocks.section(view, "returning.waits")
    frame = view.metric(cohorts.between_visits, view.in_period(), view.disclosure)
    if frame.empty:
        st.info(view.say("returning.paths.none"))
        return
    whole = int(frame["all_next_visits_count"].iloc[0])
    near = frame[frame["months_between"] <= _LONGEST_WAIT]
    bars = near.assign(label=[_wait(view, int(months)) for months in near["months_between"]])
    far = frame[frame["months_between"] > _LONGEST_WAIT]
    if len(far):
        longest = counted(_LONGEST_WAIT, MONTH_FORMS[0 if view.lang == "uk" else 1], view.lang)
        label = view.say("returning.waits.more", months=longest)
        count = int(far["next_visits_count"].sum())
        bars = pd.concat([bars, pd.DataFrame({"label": [label], "next_visits_count": [count]})], ignore_index=True)
    bars = bars.assign(value=bars["next_visits_count"].astype("float64"))
    shares = [format_value(count / whole * 100, "percent", view.lang) for count in bars["value"]]
    bars["value_text"] = [
        f"{format_count(count, view.lang)} ({share})" for count, share in zip(bars["value"], shares, strict=True)
    ]
    soon = frame.loc[frame["months_between"] <= 1, "next_visits_count"].sum() / whole * 100
    title = view.say("returning.waits.title", share=format_value(float(soon), "percent", view.lang))
    n = view.say("participation.n", count=format_count(whole, view.lang))
    blocks.chart(
        view,
        "waits",
        Chart(
            ranked_bars(bars[["label", "value", "value_text"]], lang=view.lang),
            alt=participation.told(title, alt_text(view.say("returning.waits.about"), bars, lang=view.lang)),
            table=Sheet(
                frame,
                (
                    Column("months_between", view.say("returning.months_between"), "count"),
                    figures.column(view, "next_visits_count"),
                    figures.column(view, "next_visits_share_pct"),
                ),
            ),
            title=title,
            subtitle=headlines.about(
                view.say("returning.waits.about"), headlines.span(view.start, view.end, view.lang), n
            ),
        ),
    )
    st.caption(f"{view.say('returning.waits.note')} {view.say('returning.contact')}")


def _wait(view: View, months: int) -> str:
    if months == 0:
        return view.say("returning.waits.same")
    return view.say("returning.waits.months", months=_months(view, months))


def _months(view: View, months: int) -> str:
    return counted(months, MONTH_FORMS[0 if view.lang == "uk" else 1], view.lang)


def _cohorts(view: View) -> None:
    blocks.section(view, "returning.cohorts")
    frame = view.metric(cohorts.by_first_month, view.in_period(), view.disclosure)
    if frame.empty:
        st.info(view.say("returning.cohorts.none"))
        return
    drawn = choices.in_address(
        view,
        "cohort",
        state.W_COHORT,
        view.say("returning.cohort.drawn"),
        ("by_then", "in_month"),
        lambda name: view.say(f"returning.cohort.{name}"),
        shape="switch",
    )
    count, share = (
        ("came_by_then_count", "came_by_then_share_pct")
        if drawn == "by_then"
        else ("came_again_count", "came_again_share_pct")
    )
    all_together = cohorts.together(frame)
    said = all_together[all_together["months_since"] <= _SAID_MONTHS].iloc[-1]
    title = view.say(
        f"returning.cohorts.title.{drawn}",
        months=_months(view, int(said["months_since"])),
        share=format_value(float(said[share]), "percent", view.lang),
    )
    of_cohorts = frame.drop_duplicates("cohort_month")
    rows = {
        f"{month:%Y-%m}": f"{dates.month_short(month, view.lang)} · {format_count(size, view.lang)}"
        for month, size in zip(of_cohorts["cohort_month"], of_cohorts["cohort_people_count"], strict=True)
    }
    rows["all"] = view.say("returning.cohorts.all")
    cells = pd.concat(
        [frame.assign(row=frame["cohort_month"].dt.strftime("%Y-%m")), all_together.assign(row="all")],
        ignore_index=True,
    )
    cells = cells.assign(
        value=cells[share],
        text=[
            view.say("returning.cohorts.of", count=format_count(part, view.lang), all=format_count(whole, view.lang))
            for part, whole in zip(cells[count], cells["cohort_people_count"], strict=True)
        ],
    )
    new_count = int(of_cohorts["cohort_people_count"].sum())
    blocks.chart(
        view,
        "cohorts",
        Chart(
            cohort_grid(
                cells,
                rows=rows,
                months=min(_MOST_MONTHS, int(frame["months_since"].max())),
                lang=view.lang,
                axis_title=view.say("returning.cohorts.axis"),
                hover=view.say("returning.cohorts.hover"),
            ),
            alt=participation.told(
                title,
                alt_text(
                    view.say("returning.cohorts.about"),
                    all_together.assign(
                        label=[_months(view, int(since)) for since in all_together["months_since"]],
                        value=all_together[share],
                    ),
                    lang=view.lang,
                    unit="percent",
                ),
            ),
            table=Sheet(
                frame,
                (
                    Column("cohort_month", view.say("returning.cohort"), "month"),
                    Column("months_since", view.say("returning.months_since"), "count"),
                    *(
                        figures.column(view, name)
                        for name in (
                            "cohort_people_count",
                            "came_again_count",
                            "came_again_share_pct",
                            "came_by_then_count",
                            "came_by_then_share_pct",
                        )
                    ),
                ),
            ),
            title=title,
            subtitle=headlines.about(
                view.say("returning.cohorts.about"),
                headlines.span(view.start, view.end, view.lang),
                view.say("participation.n", count=format_count(new_count, view.lang)),
            ),
        ),
    )
    st.caption(view.say("returning.cohorts.note"))


def _paths(view: View) -> None:
    blocks.section(view, "returning.paths")
    of = choices.in_address(
        view,
        "paths",
        state.W_PATHS,
        view.say("returning.paths.of"),
        ("theme", "space"),
        lambda name: view.say(f"returning.paths.{name}"),
        shape="switch",
    )
    metric = paths.between_themes if of == "theme" else paths.between_spaces
    frame = view.metric(metric, view.in_period(), view.disclosure)
    if frame.empty:
        st.info(view.say("returning.paths.none"))
        return
    names = dict(view.names.themes if of == "theme" else view.names.spaces)
    base = frame.drop_duplicates("from_part").set_index("from_part")["path_base_count"]
    starts = [str(part) for part in base.sort_values(ascending=False, kind="stable").index]
    start = choices.in_address(
        view,
        "from",
        state.W_PATH_FROM,
        view.say("returning.paths.from"),
        starts,
        lambda part: names.get(part, part),
    )
    steps = frame[frame["from_part"] == start]
    steps = steps.assign(
        label=blocks.called(steps["to_part"], names), value=steps["path_people_count"].astype("float64")
    )
    shown = steps.head(_MOST_PATHS)
    shown = shown.assign(
        value_text=[
            f"{format_count(count, view.lang)} ({format_value(float(share), 'percent', view.lang)})"
            for count, share in zip(shown["path_people_count"], shown["path_share_pct"], strict=True)
        ]
    )
    whole = format_count(int(steps["path_base_count"].iloc[0]), view.lang)
    title = view.say(
        "returning.paths.title",
        start=names.get(start, start),
        end=shown["label"].iloc[0],
        count=format_count(int(shown["path_people_count"].iloc[0]), view.lang),
        all=whole,
    )
    said = view.say("returning.paths.about", start=names.get(start, start), all=whole)
    blocks.chart(
        view,
        "paths",
        Chart(
            ranked_bars(shown[["label", "value", "value_text"]], lang=view.lang),
            alt=participation.told(title, alt_text(said, shown, lang=view.lang)),
            table=Sheet(
                frame.assign(
                    start=blocks.called(frame["from_part"], names), end=blocks.called(frame["to_part"], names)
                ),
                (
                    Column("start", view.say("returning.path.from")),
                    Column("end", view.say("returning.path.to")),
                    *(
                        figures.column(view, name)
                        for name in ("path_people_count", "path_base_count", "path_share_pct")
                    ),
                ),
            ),
            title=title,
            subtitle=headlines.about(said, headlines.span(view.start, view.end, view.lang)),
        ),
    )
    st.caption(f"{view.say('returning.paths.note')} {view.say('returning.contact')}")
