"""What the page «Карта просторів» says of districts beneath the map: reach, representation, gaps, two side by side."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.bars import compare_bars, ranked_bars
from dashboard.filters import add_months
from dashboard.metrics import districts, gaps, reach, representation, themes
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates, numbers
from dashboard.ui import blocks, choices, city_map, figures, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

LOOKS: Final = ("reach", "representation", "gaps", "compare")
_MOST_GAPS: Final = 8
_MONTHS: Final = 12
_WITHIN: Final = ("within_1km_pct", "within_2km_pct")
_MARKS: Final = {"absent": " ○", "rare": " ▼", "unclear": " ?", "none": ""}


def closer(view: View) -> None:
    """One of the closer looks, as the visitor chooses; only that one is computed."""
    look = choices.in_address(
        view,
        "look",
        state.W_MAP_LOOK,
        view.say("map.look"),
        LOOKS,
        lambda name: view.say(f"map.look.{name}"),
        shape="switch",
    )
    {"reach": _reach, "representation": _representation, "gaps": _gaps, "compare": _compare}[look](view)


def _reach(view: View) -> None:
    blocks.section(view, "map.reach.title")
    near = city_map.nearby(view)
    frame = near.metric(reach.by_district, near.in_month())
    areas = near.metric(reach.areas, near.in_month())
    if areas.empty:
        st.markdown(view.say("map.reach.none"))
        return
    st.markdown(
        view.say(
            "map.reach.text",
            crs=f"WGS 84 / UTM ({areas['crs'].iloc[0]})",
            located=int(frame["located_spaces_count"].sum()),
            unlocated=int(frame["unlocated_spaces_count"].sum()),
        )
    )
    blocks.chart(view, "reach", view.drawn(_reach_chart))
    told = (figures.definition(name, view.lang) for name in _WITHIN)
    st.caption(" ".join(dict.fromkeys(told)))


def _reach_chart(view: View) -> Chart:
    near = city_map.nearby(view)
    frame = near.metric(reach.by_district, near.in_month())
    frame = frame.assign(label=_labels(view, frame)).sort_values("within_1km_pct", ascending=False)
    names = {name: figures.name(name, view.lang) for name in _WITHIN}
    placed = frame[frame["district_code"].notna()]
    parts = pd.concat([placed[["label"]].assign(part=name, value=placed[name]) for name in names])
    return Chart(
        compare_bars(parts, names=names, lang=view.lang, unit="percent"),
        alt=alt_text(names["within_1km_pct"], parts[parts["part"] == "within_1km_pct"], lang=view.lang, unit="percent"),
        title=headlines.ranked(
            "within_1km_pct",
            names["within_1km_pct"],
            parts[parts["part"] == "within_1km_pct"],
            view.lang,
            unit="percent",
        ),
        subtitle=headlines.about(view.say("map.reach.title"), dates.month_name(view.month, view.lang)),
        table=Sheet(
            frame,
            (
                Column("label", view.say("col.district")),
                *(
                    figures.column(view, name)
                    for name in reach.BY_DISTRICT
                    if name not in ("district_code", "name_uk", "name_en")
                ),
            ),
        ),
    )


def _representation(view: View) -> None:
    blocks.section(view, "map.representation.title")
    around = city_map.everywhere(view)
    homes = around.metric(representation.by_district, around.in_month(), view.disclosure)
    activity = around.metric(districts.by_district, around.in_month(), view.disclosure)
    told = ("events_per_1000", "attendances_per_1000")
    columns = [name + end for name in told for end in ("", HIDDEN)]
    frame = homes.merge(activity[["district_code", *columns]], on="district_code", how="left")
    frame = frame.assign(label=_labels(view, frame)).sort_values("representation_index", ascending=False)
    shown = frame[frame["representation_index"].notna()]
    when = dates.month_locative(view.month, view.lang)
    table = Sheet(
        frame,
        (
            Column("label", view.say("col.district")),
            *(
                figures.column(view, name)
                for name in (
                    "representation_index",
                    "home_registrations_count",
                    "home_share_pct",
                    "population_share_pct",
                    "home_participants_per_1000",
                    *told,
                    "population_count",
                )
            ),
            Column("population_on", view.say("col.population_on"), "date"),
            Column("population_source", view.say("col.source")),
        ),
    )
    if shown.empty:
        st.info(view.say("map.representation.hidden"), icon=":material/visibility_off:")
        blocks.frame(view, "representation", table)
    else:
        first = shown.iloc[0]
        st.markdown(
            view.say(
                "map.representation.text",
                n=figures.value("all_home_registrations_count", first["all_home_registrations_count"], view.lang),
                month=when,
                pct=numbers.format_percent(first["home_coverage_pct"], view.lang),
            )
        )
        name = figures.name("representation_index", view.lang)
        bars = shown[["label"]].assign(value=shown["representation_index"])
        blocks.chart(
            view,
            "representation",
            Chart(
                ranked_bars(bars, lang=view.lang),
                alt=alt_text(name, bars, lang=view.lang),
                title=headlines.ranked("representation_index", name, bars, view.lang),
                subtitle=headlines.about(name, dates.month_name(view.month, view.lang)),
                table=table,
            ),
        )
    _evenness(view, around, when)
    st.caption(figures.definition("representation_index", view.lang))


def _evenness(view: View, around: View, when: str) -> None:
    row = around.metric(districts.evenness_by_month, around.in_month()).iloc[0]
    st.markdown(
        view.say(
            "map.representation.evenness",
            month=when,
            value=figures.value("district_evenness", row["district_evenness"], view.lang),
            n=figures.value("located_events_count", row["located_events_count"], view.lang),
        )
    )


def _gaps(view: View) -> None:
    blocks.section(view, "map.gaps.title")
    around = city_map.everywhere(view)
    start = add_months(view.month, 1 - _MONTHS)
    frame = around.metric(gaps.by_district_and_theme, around.selection(start, view.month))
    st.markdown(view.say("map.gaps.text", months=dates.format_months(start, view.month, view.lang)))
    frame = frame.assign(
        label=_labels(view, frame),
        cell=[
            numbers.format_count(count, view.lang) + _MARKS[gap]
            for count, gap in zip(frame["events_count"], frame["gap"], strict=True)
        ],
    )
    if frame.empty:
        blocks.nothing(view)
        return
    found = frame[frame["gap"].isin(("absent", "rare"))]
    worst = found.assign(rest=found["events_count"] / found["expected_events"]).sort_values("rest").head(_MOST_GAPS)
    st.markdown(
        "\n".join(
            "- "
            + view.say(
                "map.gaps.one",
                district=blocks.plain(row["label"]),
                theme=blocks.plain(view.names.theme(row["theme_id"])),
                events=numbers.format_count(row["events_count"], view.lang),
                expected=numbers.format_count(row["expected_events"], view.lang),
            )
            for row in worst.to_dict("records")
        )
        or view.say("map.gaps.none")
    )
    matrix = frame.pivot_table(index="label", columns="theme_id", values="cell", aggfunc="first").reset_index()
    blocks.frame(
        view,
        "theme-gaps",
        Sheet(
            matrix,
            (
                Column("label", view.say("col.district")),
                *(Column(theme, view.names.theme(theme)) for theme in view.names.theme_ids if theme in matrix.columns),
            ),
        ),
    )


def _compare(view: View) -> None:
    codes = view.names.district_codes
    if len(codes) < 2:
        st.markdown(view.say("map.compare.few"))
        return
    places = st.columns(2)
    chosen = []
    for place, (parameter, name), default in zip(
        places,
        (("left", state.W_MAP_LEFT), ("right", state.W_MAP_RIGHT)),
        [*view.filters.districts[:2], *codes][:2] if len(view.filters.districts) != 1 else _with_another(view),
        strict=True,
    ):
        with place:
            chosen.append(
                choices.in_address(
                    view,
                    parameter,
                    name,
                    view.say(f"map.compare.{parameter}"),
                    codes,
                    view.names.district,
                    default=default,
                )
            )
    _figures_of_two(view, chosen)
    _themes_of_two(view, chosen)


def _with_another(view: View) -> list[str]:
    (one,) = view.filters.districts
    return [one, next(code for code in view.names.district_codes if code != one)]


def _figures_of_two(view: View, chosen: list[str]) -> None:
    around, near = city_map.everywhere(view), city_map.nearby(view)
    frame = around.metric(districts.by_district, around.in_month(), view.disclosure)
    homes = around.metric(representation.by_district, around.in_month(), view.disclosure)
    reached = near.metric(reach.by_district, near.in_month())
    names = [*city_map.FIGURES, *districts.PER_1000.values(), "population_count"]
    rows = []
    for name in dict.fromkeys(names):
        source = next(each for each in (frame, reached, homes) if name in each)
        by_code = source[source["district_code"].notna()].set_index("district_code")
        values = by_code[name].astype("float64")
        rows.append(
            {"name": figures.name(name, view.lang)}
            | {
                f"side_{side}": figures.value(
                    name,
                    values[code],
                    view.lang,
                    is_hidden=bool(by_code.loc[code, name + HIDDEN]) if name + HIDDEN in by_code else False,
                )
                for side, code in enumerate(chosen)
            }
        )
    blocks.frame(
        view,
        f"two-districts-{view.month:%Y-%m}",
        Sheet(
            pd.DataFrame(rows),
            (
                Column("name", view.say("col.figure")),
                # The same district on both sides would be one column.
                *(Column(f"side_{side}", view.names.district(code)) for side, code in enumerate(dict.fromkeys(chosen))),
            ),
        ),
    )


def _themes_of_two(view: View, chosen: list[str]) -> None:
    around = city_map.everywhere(view)
    start = add_months(view.month, 1 - _MONTHS)
    frame = around.metric(themes.by_district, around.selection(start, view.month))
    frame = frame[frame["district_code"].isin(chosen)]
    count = frame["events_count"].astype("float64")
    total = count.groupby(frame["district_code"]).transform("sum")
    frame = frame.assign(
        label=[view.names.theme(theme) for theme in frame["theme_id"]],
        part=frame["district_code"],
        value=(count / total.where(total > 0) * 100),
        theme_share_pct=(count / total.where(total > 0) * 100),
        district=_labels(view, frame),
    )
    names = {code: view.names.district(code) for code in chosen}
    heading = view.say("map.compare.themes")
    blocks.chart(
        view,
        "two_districts_themes",
        Chart(
            compare_bars(frame, names=names, lang=view.lang, unit="percent"),
            alt=alt_text(heading, frame[frame["part"] == chosen[0]], lang=view.lang, unit="percent"),
            title=heading,
            subtitle=headlines.about(
                figures.name("theme_share_pct", view.lang), headlines.span(start, view.month, view.lang)
            ),
            table=Sheet(
                frame,
                (
                    Column("district", view.say("col.district")),
                    Column("label", view.say("col.theme")),
                    figures.column(view, "events_count"),
                    figures.column(view, "theme_share_pct"),
                ),
            ),
        ),
    )


def _labels(view: View, frame: pd.DataFrame) -> list[str]:
    return [
        view.names.districts.get(code, view.say("none.district"))
        if isinstance(code, str)
        else view.say("none.district")
        for code in frame["district_code"]
    ]
