"""Parts of the page «Огляд місяця»."""

from __future__ import annotations

import base64
import html
from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text, alt_trend
from dashboard.charts.bars import ranked_bars
from dashboard.charts.outline import district_outline
from dashboard.charts.theme import colours
from dashboard.charts.year import spark_alt, spark_svg, year_columns
from dashboard.filters import Filters, add_months, months_with_data
from dashboard.metrics import contrast, districts, findings, months, overview, spaces, themes
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import circumstances, dates, numbers
from dashboard.text.findings import sentence
from dashboard.text.labels import label
from dashboard.text.overview import say
from dashboard.text.plurals import counted
from dashboard.ui import blocks, choices, city_map, evidence, figures, replay, state, url
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

TILES: Final = (
    "events_count",
    "participants_count",
    "attendances_count",
    "attendance_rate_pct",
    "new_participants_count",
    "participants_per_1000",
    "active_spaces_count",
    "reported_visitors_count",
)
"""The figures that a director sees first."""

_MOST_FINDINGS: Final = 6
_MOST_SPACES: Final = 10
_EVENTS_FORMS: Final = {"uk": "подія|події|подій", "en": "event|events"}
_COMPARABLE: Final = (
    "events_count",
    "participants_count",
    "participants_per_1000",
    "attendance_rate_pct",
    "active_spaces_count",
    "theme_variety",
)


def heading(view: View) -> None:
    """Title, the month with its neighbours one click away, and whether it has ended."""
    unfinished = f" · {view.say('month.unfinished')}" if view.is_unfinished else ""
    blocks.title(
        view,
        "overview",
        view.say(
            "overview.lead",
            month=dates.month_name(view.month, view.lang),
            unfinished=unfinished,
            city=view.names.cities[view.city],
        ),
    )
    known = months_with_data(view.snapshot, view.city)
    with st.container(horizontal=True):
        for key, step, icon, shortcut in (
            ("overview.previous", -1, ":material/chevron_left:", "Left"),
            ("overview.next", 1, ":material/chevron_right:", "Right"),
        ):
            month = add_months(view.month, step)
            st.button(
                view.say(key),
                icon=icon,
                shortcut=shortcut,
                key=f"b_{key}",
                disabled=not known or not known[0] <= month <= max(known[-1], view.month),
                on_click=_go_to,
                args=(view.filters, month),
            )
    if view.is_unfinished:
        st.info(view.say("overview.unfinished"), icon=":material/hourglass_top:")


def has_anything(view: View) -> bool:
    """Whether the filters left anything in the month; says so on the page when not."""
    selection = view.in_month()
    if len(selection.events) or len(selection.others) or len(selection.returns):
        return True
    blocks.nothing(view)
    return False


def has_lists(view: View) -> bool:
    """Whether the city's lists reach back to the month; says so on the page when not: what no list tells is no zero."""
    first = view.in_month().span.first_month
    if first is not None and view.month >= first:
        return True
    st.info(say("no_lists", view.lang), icon=":material/event_busy:")
    return False


def tiles(view: View) -> None:
    """The month's figures, each beside the month before and the same month a year ago."""
    st.container(key="tiles").html(view.drawn(_tiles))
    if not view.is_unfinished and (said := view.drawn(_circumstances)):
        st.caption(" ".join(said))
    blocks.folded(view, "definitions", view.say("overview.definitions"), _definitions)


def _definitions(view: View) -> None:
    st.markdown(
        "\n".join(
            f"- **{figures.name(figure_id, view.lang)}** — {figures.definition(figure_id, view.lang)}"
            for figure_id in TILES
        )
    )
    blocks.frame(view, f"month-{view.month:%Y-%m}", view.drawn(_compared))


def _tiles(view: View) -> str:
    records = {row["figure_id"]: row for row in _overview(view).to_dict("records")}
    return f"<div class='cs-tiles'>{''.join(_tile(view, records[figure_id]) for figure_id in TILES)}</div>"


def _compared(view: View) -> Sheet:
    """Every figure of the month, of the month before and of the same month a year ago."""
    everything = _overview(view)
    records = everything.to_dict("records")
    return Sheet(
        everything.assign(
            name=[figures.name(figure_id, view.lang) for figure_id in everything["figure_id"]],
            now=[_value(view, row, "value") for row in records],
            before=[_value(view, row, "previous") for row in records],
            last_year=[_value(view, row, "year_ago") for row in records],
        ),
        (
            Column("name", view.say("col.figure")),
            Column("now", dates.month_name(view.month, view.lang)),
            Column("before", dates.month_name(add_months(view.month, -1), view.lang)),
            Column("last_year", dates.month_name(add_months(view.month, -12), view.lang)),
        ),
    )


def what_stands_out(view: View) -> None:
    """A few sentences that the numbers justify, each with the way to the view that shows it."""
    blocks.section(view, "overview.findings")
    found = view.drawn(_told_findings)
    if not found:
        st.markdown(view.say("overview.findings.none"))
    for number, (said, shown) in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"finding_{number}"):
            st.markdown(f"- {blocks.plain(said)}", width="content")
            _way(view, shown)


def _told_findings(view: View) -> list[tuple[str, evidence.Evidence]]:
    """Sentences, each with what shows it."""
    records = _findings(view).head(_MOST_FINDINGS).to_dict("records")
    findings_told = [{str(name): value for name, value in row.items()} for row in records]
    return [
        (sentence(found, view.lang, view.names), evidence.shown_by(found, view.filters, view.month))
        for found in findings_told
    ]


def _way(view: View, shown: evidence.Evidence) -> None:
    """The link to a page, with its filters; to the year below where this page shows it."""
    if shown.page == evidence.HERE:
        st.markdown(f"[:material/arrow_downward: {say('year', view.lang)}](#year)", width="content")
        return
    query = url.address(shown.filters) | {name: [value] for name, value in shown.choices.items()}
    st.page_link(
        st.Page(replay.PAGES / f"{shown.page}.py", title=view.say(f"page.{shown.page}"), url_path=shown.page),
        icon=":material/arrow_forward:",
        help=say("where", view.lang),
        query_params=query,
    )


def district_map(view: View) -> None:
    """Events by district: the map, and the same in numbers with their change, in the order that is asked for."""
    blocks.section(view, "overview.districts")
    left, right = st.columns(2)
    with left:
        blocks.chart(view, "overview_districts", view.drawn(_districts_chart))
    with right:
        order = choices.one_of(
            view,
            state.W_OVERVIEW_ORDER,
            say("order", view.lang),
            ("events", *_bases(view)),
            lambda key: say(f"order_{key}", view.lang),
            shape="switch",
        )
        blocks.frame(view, f"districts-{view.month:%Y-%m}", view.drawn(_districts_sheet, order))


def _by_district(view: View) -> pd.DataFrame:
    frame = city_map.coloured_districts(view, "events_count").frame
    return frame.assign(value=frame["events_count"].astype("float64"))


def _districts_chart(view: View) -> Chart:
    frame = _by_district(view)
    name = figures.name("events_count", view.lang)
    known = counted(int(frame["value"].sum()), _EVENTS_FORMS[view.lang], view.lang)
    return Chart(
        district_outline(frame.assign(value_text=frame["events_count"].astype("str")), lang=view.lang),
        alt=alt_text(name, frame, lang=view.lang),
        title=headlines.ranked("events_count", name, frame, view.lang),
        subtitle=headlines.about(
            say("events_month", view.lang, name=name),
            dates.month_name(view.month, view.lang),
            say("base_located", view.lang, count=known),
        ),
    )


def _bases(view: View) -> dict[str, date]:
    """The months that a district's month is compared with."""
    return {"previous": add_months(view.month, -1), "year_ago": add_months(view.month, -12)}


def _districts_sheet(view: View, order: str) -> Sheet:
    frame = _by_district(view)
    everywhere = replace(view, filters=replace(view.filters, districts=(), space=None))
    span = everywhere.in_month().span
    bases = _bases(view)

    def of_month(month: date) -> pd.DataFrame:
        return everywhere.metric(districts.by_district, everywhere.selection(month, month), view.disclosure)

    for key, month in bases.items():
        change = districts.beside(
            of_month(view.month), of_month(month), "events_count", view.month, month, span
        ).set_index("district_code")
        frame = frame.assign(
            **{
                key: frame["district_code"].map(change["change"]),
                key + HIDDEN: frame["district_code"].map(change["change_is_hidden"]),
            }
        )
    return Sheet(
        frame.sort_values("events_count" if order == "events" else order, ascending=False, kind="stable"),
        (
            Column("label", view.say("col.district")),
            figures.column(view, "events_count"),
            *(
                Column(key, say("change", view.lang, month=dates.month_short(month, view.lang)), "change")
                for key, month in bases.items()
            ),
            *(figures.column(view, figure_id) for figure_id in ("participants_count", "participants_per_1000")),
        ),
    )


def year(view: View) -> None:
    """Twelve months of the main figures, each on its own scale."""
    st.header(say("year", view.lang), anchor="year")
    blocks.chart(view, "overview_year", view.drawn(_year_chart))


def _year_chart(view: View) -> Chart:
    by_month = _months(view).tail(12)
    name_of = {figure_id: figures.name(figure_id, view.lang) for figure_id in TILES}
    unit_of = {figure_id: _unit(figure_id) for figure_id in TILES}
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "key": figure_id,
                    "month": by_month["month"],
                    "value": by_month[figure_id].astype("float64"),
                    "is_hidden": _hidden(by_month, figure_id),
                    "value_text": [
                        figures.value(figure_id, value, view.lang, is_hidden=bool(is_hidden))
                        for value, is_hidden in zip(by_month[figure_id], _hidden(by_month, figure_id), strict=True)
                    ],
                }
            )
            for figure_id in TILES
        ],
        ignore_index=True,
    )
    first = name_of[TILES[0]]
    month = dates.month_genitive(view.month, view.lang)
    running = say("year_running", view.lang, month=dates.month_name(view.month, view.lang))
    return Chart(
        year_columns(frame, names=name_of, lang=view.lang, unfinished_month=view.unfinished_month),
        alt=". ".join(
            alt_trend(name_of[key], frame[frame["key"] == key], names={key: ""}, lang=view.lang, unit=unit_of[key])
            for key in TILES
        ),
        title=headlines.trend(
            TILES[0], first, frame, view.lang, names={TILES[0]: first}, unfinished_month=view.unfinished_month
        ),
        subtitle=headlines.about(say("year_subtitle", view.lang, month=month), running if view.is_unfinished else None),
        table=Sheet(
            by_month,
            (
                Column("month", view.say("col.month"), "month"),
                *(figures.column(view, figure_id) for figure_id in TILES),
            ),
        ),
    )


def themes_of_the_month(view: View) -> None:
    """Events by theme."""
    blocks.section(view, "overview.themes")
    blocks.chart(view, "overview_themes", view.drawn(_themes_chart))


def _themes_chart(view: View) -> Chart:
    frame = view.metric(themes.by_theme, view.in_month(), view.disclosure)
    # That no event is without a theme is nothing to show; a theme without events is.
    frame = frame[frame["theme_id"].notna() | (frame["events_count"] > 0)]
    palette = colours(view.names.theme_ids)
    name = blocks.called(frame["theme_id"], view.names.themes).fillna(view.say("none.theme"))
    name_of_events = figures.name("events_count", view.lang)
    frame = frame.assign(
        label=name,
        value=frame["events_count"].astype("float64"),
        colour=blocks.called(frame["theme_id"], palette).fillna("#7b8794"),
    ).sort_values("value", ascending=False)
    return Chart(
        ranked_bars(frame[["label", "value", "colour"]], lang=view.lang),
        alt=alt_text(view.say("overview.themes"), frame, lang=view.lang),
        title=headlines.ranked("events_count", name_of_events, frame, view.lang),
        subtitle=headlines.about(
            say("events_month", view.lang, name=name_of_events), dates.month_name(view.month, view.lang)
        ),
        table=Sheet(
            frame,
            (
                Column("label", view.say("col.theme")),
                *(
                    figures.column(view, figure_id)
                    for figure_id in (
                        "events_count",
                        "theme_share_pct",
                        "registrations_count",
                        "participants_count",
                    )
                ),
            ),
        ),
    )


def active_spaces(view: View) -> None:
    """The spaces with most participants, and those that were open without any event."""
    blocks.section(view, "overview.spaces")
    busiest, silent = view.drawn(_spaces)
    if busiest.data.empty:
        st.markdown(say("no_active", view.lang))
    else:
        blocks.frame(view, f"spaces-{view.month:%Y-%m}", busiest)
    st.markdown(f"**{view.say('overview.silent')}** ({len(silent)})")
    st.markdown(" · ".join(silent) if silent else view.say("overview.silent.none"))


def _spaces(view: View) -> tuple[Sheet, list[str]]:
    """The busiest spaces, and the names of the silent ones."""
    frame = view.metric(spaces.by_space, view.in_month(), view.disclosure)
    frame = frame.assign(
        name=blocks.called(frame["space_id"], view.names.spaces),
        district=blocks.called(frame["district_code"], view.names.districts),
        kind_label=[label("space_kind", kind, view.lang) for kind in frame["kind"]],
    )
    busiest = frame[frame["events_count"] > 0].sort_values(["events_count", "name"], ascending=[False, True])
    told = ("events_count", "participants_count", "attendance_rate_pct", "reported_visitors_count")
    sheet = Sheet(
        busiest.head(_MOST_SPACES),
        (
            Column("name", view.say("col.space")),
            Column("kind_label", view.say("col.kind")),
            Column("district", view.say("col.district")),
            *(figures.column(view, figure_id) for figure_id in told),
        ),
    )
    return sheet, [blocks.plain(name) for name in frame.loc[frame["is_silent"], "name"]]


def cities(view: View) -> None:
    """The same month in every city, for the figures that can be compared."""
    blocks.section(view, "overview.cities")
    st.caption(view.say("overview.cities.note"))
    blocks.frame(view, f"cities-{view.month:%Y-%m}", view.drawn(_cities_sheet))
    st.page_link(
        st.Page(replay.PAGES / "cities.py", title=view.say("page.cities"), url_path="cities"),
        label=view.say("overview.cities.more"),
        icon=":material/compare_arrows:",
        query_params=url.address(view.filters),
    )


def _cities_sheet(view: View) -> Sheet:
    rows = []
    for city in view.names.cities:
        there = replace(view, filters=Filters(city=city, workshops=view.filters.workshops))
        selection = there.selection(add_months(view.month, -12), view.month)
        frame = there.metric(overview.month_overview, selection, view.month, view.disclosure)
        records = {row["figure_id"]: row for row in frame.to_dict("records")}
        rows.append(
            {"name": view.names.cities[city]}
            | {figure_id: _value(view, records[figure_id], "value") for figure_id in _COMPARABLE}
        )
    return Sheet(
        pd.DataFrame(rows),
        (
            Column("name", view.say("col.city")),
            *(Column(figure_id, figures.name(figure_id, view.lang)) for figure_id in _COMPARABLE),
        ),
    )


def _circumstances(view: View) -> tuple[str, ...]:
    """What to mind when the month is set beside the one before it."""
    earlier = add_months(view.month, -1)
    now, before, both = (
        contrast.circumstances(view.selection(first, last))
        for first, last in ((view.month, view.month), (earlier, earlier), (earlier, view.month))
    )
    return circumstances.beside(view.month, now, earlier, before, both, view.lang)


def _findings(view: View) -> pd.DataFrame:
    def ask(metric: findings.Metric, start: date, end: date) -> pd.DataFrame:
        return view.metric(metric, view.selection(start, end), view.disclosure)

    start, _ = view.up_to_month()
    return view.kept(lambda: findings.asked(ask, view.month, start), "findings", view.month, start)


def _months(view: View) -> pd.DataFrame:
    """Every figure of the month and of the twelve before it, in their order."""
    history = view.metric(months.by_month, view.selection(*view.up_to_month()), view.disclosure)
    return history[history["month"] >= pd.Timestamp(add_months(view.month, -12))].reset_index(drop=True)


def _overview(view: View) -> pd.DataFrame:
    return overview.from_months(_months(view), view.month)


def _unit(figure_id: str) -> numbers.Unit:
    return {"percent": "percent", "number": "number"}.get(figures.written(figure_id), "count")  # type: ignore[return-value]


def _hidden(frame: pd.DataFrame, figure_id: str) -> pd.Series[bool]:
    return frame.get(figure_id + HIDDEN, default=pd.Series(data=False, index=frame.index))


def _go_to(filters: Filters, month: date) -> None:
    url.set_filters(replace(filters, month=month))


def _value(view: View, row: Mapping[Hashable, Any], column: str) -> str:
    return figures.value(
        str(row["figure_id"]),
        row[column],
        view.lang,
        is_hidden=bool(row[f"{column}_is_hidden"]),
    )


def _tile(view: View, record: Mapping[Hashable, Any]) -> str:
    name = figures.name(record["figure_id"], view.lang)
    lines = [
        _comparison(view, record, "previous", add_months(view.month, -1)),
        _comparison(view, record, "year_ago", add_months(view.month, -12)),
    ]
    if pd.notna(record["coverage_pct"]):
        share = numbers.format_percent(record["coverage_pct"], view.lang)
        lines.append(f"<div class='cs-base'>{html.escape(view.say('tile.coverage', pct=share))}</div>")
    return (
        f"<div class='cs-tile'><div class='cs-name'>{html.escape(name)}</div>"
        f"<div class='cs-row'><div class='cs-value'>{html.escape(_value(view, record, 'value'))}</div>"
        f"{_spark(view, str(record['figure_id']))}</div>{''.join(lines)}</div>"
    )


def _spark(view: View, figure_id: str) -> str:
    """Thirteen months of a figure as a small line."""
    by_month = _months(view)
    hidden = _hidden(by_month, figure_id)
    values = [float(value) for value in by_month[figure_id].astype("float64").mask(hidden)]
    first = by_month["month"].iloc[0].date()
    alt = spark_alt(figures.name(figure_id, view.lang), values, list(hidden), first, _unit(figure_id), view.lang)
    drawing = spark_svg(values, is_open_end=view.is_unfinished)
    if not drawing:
        return ""
    source = base64.b64encode(drawing.encode()).decode()
    return f"<img class='cs-spark' alt='{html.escape(alt)}' src='data:image/svg+xml;base64,{source}'>"


def _comparison(view: View, record: Mapping[Hashable, Any], against: str, month: date) -> str:
    name = dates.month_genitive(month, view.lang)
    change = record[f"{against}_change"]
    figure = FIGURES[str(record["figure_id"])]
    if pd.isna(change):
        text = view.say("tile.none", month=dates.month_name(month, view.lang))
        return f"<div class='cs-change'>{html.escape(text)}</div>"
    if figures.written(figure.id) == "percent":
        said = numbers.format_change_points(change, view.lang)
    else:
        said = numbers.format_change(change, view.lang, decimals=figure.decimals)
        if pd.notna(record[f"{against}_change_pct"]):
            said += f" ({numbers.format_change_percent(record[f'{against}_change_pct'], view.lang)})"
    arrow = "▲" if change > 0 else "▼" if change < 0 else "•"
    is_good = figure.more_is_better is not None and change != 0 and (change > 0) is figure.more_is_better
    mood = "good" if is_good else "bad" if figure.more_is_better is not None and change != 0 else "even"
    text = view.say("tile.against", change=said, month=name)
    return f"<div class='cs-change cs-{mood}'><span aria-hidden='true'>{arrow}</span> {html.escape(text)}</div>"
