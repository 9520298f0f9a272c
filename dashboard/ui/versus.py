"""Two periods, two districts or two themes side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts.alt import alt_trend
from dashboard.charts.trends import trend_lines
from dashboard.filters import add_months, data_span
from dashboard.metrics import contrast, months
from dashboard.metrics.contrast import Circumstances
from dashboard.metrics.disclosure import HIDDEN
from dashboard.metrics.selection import Selection
from dashboard.reports.figures import change, entry, written
from dashboard.reports.model import Cell
from dashboard.text import dates
from dashboard.text.numbers import format_count
from dashboard.text.participation import DAY_FORMS, MONTH_FORMS
from dashboard.text.plurals import counted
from dashboard.ui import blocks, choices, figures, participation, state
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.participation import Cut
from dashboard.ui.view import View

_KINDS: Final = ("period", "district", "theme")
_LENGTHS: Final = ("1", "3", "6", "12")
_YEAR: Final = 12
_ROW_PX: Final = 35


@dataclass(frozen=True)
class Side:
    """One side of a comparison: whose rows, what it is called."""

    view: View
    selection: Selection
    name: str


def compare(view: View, what: Cut) -> None:
    """What the visitor wants compared, every figure beside the other's, and the chosen figure month by month."""
    blocks.section(view, "versus")
    kind = choices.in_address(
        view,
        "versus",
        state.W_VERSUS,
        view.say("versus.what"),
        _KINDS,
        lambda name: view.say(f"versus.{name}"),
        shape="switch",
    )
    sides = _periods(view) if kind == "period" else _things(view, kind)
    if sides is None:
        return
    st.caption(view.say("versus.full"))
    _figures(view, *sides)
    _by_month(view, what, *sides)


def _periods(view: View) -> tuple[Side, Side] | None:
    span = data_span(view.snapshot, view.city)
    last, first = span.last_full_month, span.first_month
    if last is None or first is None:
        st.info(view.say("versus.short"))
        return None
    ends = [month for month in _months(first, last) if month > first]
    if not ends:
        st.info(view.say("versus.short"))
        return None
    until_place, length_place, base_place = blocks.beside(1, 1, 2)
    keys = [f"{month:%Y-%m}" for month in reversed(ends)]
    usual = f"{min(view.end, last):%Y-%m}"
    with until_place:
        until = choices.in_address(
            view,
            "until",
            state.W_VERSUS_END,
            view.say("versus.until"),
            keys,
            lambda key: dates.month_name(date.fromisoformat(f"{key}-01"), view.lang),
            default=usual,
        )
    with length_place:
        length = choices.in_address(
            view,
            "length",
            state.W_VERSUS_LENGTH,
            view.say("versus.length"),
            _LENGTHS,
            lambda key: counted(int(key), MONTH_FORMS[0 if view.lang == "uk" else 1], view.lang),
            default="3",
        )
    with base_place:
        base = choices.in_address(
            view,
            "base",
            state.W_VERSUS_BASE,
            view.say("versus.base"),
            ("year", "before"),
            lambda name: view.say(f"versus.base.{name}"),
        )
    end = date.fromisoformat(f"{until}-01")
    start = add_months(end, 1 - int(length))
    back = _YEAR if base == "year" else int(length)
    if add_months(start, -back) < first:
        st.info(view.say("versus.short"))
        return None
    spans = [(start, end), (add_months(start, -back), add_months(end, -back))]
    one, other = (
        Side(view, view.selection(begin, finish), dates.format_months(begin, finish, view.lang))
        for begin, finish in spans
    )
    return one, other


def _things(view: View, kind: str) -> tuple[Side, Side] | None:
    names = view.names.districts if kind == "district" else view.names.themes
    chosen = view.filters.districts if kind == "district" else view.filters.themes
    options = [key for key in names if not chosen or key in chosen]
    last = min(view.end, add_months(view.unfinished_month, -1))
    if len(options) < 2:
        st.info(view.say("versus.two"))
        return None
    if last < view.start:
        st.info(view.say("versus.short"))
        return None
    one_place, other_place = blocks.beside(1, 1)
    with one_place:
        one = choices.in_address(view, "one", state.W_VERSUS_ONE, view.say("versus.one"), options, names.__getitem__)
    with other_place:
        rest = [key for key in options if key != one]
        other = choices.in_address(
            view, "other", state.W_VERSUS_OTHER, view.say("versus.other"), rest, names.__getitem__
        )

    def side(key: str) -> Side:
        filters = (
            replace(view.filters, districts=(key,)) if kind == "district" else replace(view.filters, themes=(key,))
        )
        narrowed = replace(view, filters=filters)
        return Side(narrowed, narrowed.selection(view.start, last), names[key])

    return side(one), side(other)


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * _YEAR + last.month - first.month
    return [add_months(first, number) for number in range(count + 1)]


def _figures(view: View, one: Side, other: Side) -> None:
    frame = contrast.sides(
        *(side.view.metric(contrast.totals, side.selection, view.disclosure) for side in (one, other))
    )
    rows = [_row(view, row) for row in frame.to_dict("records")]
    st.markdown(" ".join(_minded(view, one, other)))
    blocks.frame(
        view,
        "versus",
        Sheet(
            pd.DataFrame(rows),
            (
                Column("name", view.say("col.figure")),
                Column("first", one.name),
                Column("second", other.name),
                Column("change", view.say("versus.change")),
            ),
        ),
        height=_ROW_PX * (len(rows) + 1) + 4,
    )


def _row(view: View, row: Mapping[Any, Any]) -> dict[str, str]:
    figure_id = str(row["figure_id"])
    difference, relative = float(row["difference"]), float(row["difference_pct"])
    is_known = not pd.isna(difference)
    return {
        "name": figures.name(figure_id, view.lang),
        "first": _with_base(view, figure_id, row, "first"),
        "second": _with_base(view, figure_id, row, "second"),
        "change": change(figure_id, difference, None if pd.isna(relative) else relative, view.lang)
        if is_known
        else "—",
    }


def _with_base(view: View, figure_id: str, row: Mapping[Any, Any], side: str) -> str:
    value = figures.value(figure_id, float(row[side]), view.lang, is_hidden=bool(row[side + HIDDEN]))
    base = float(row[f"{side}_base"])
    if pd.isna(base) or entry(figure_id).unit.value not in {"percent", "per_1000_residents", "days"}:
        return value
    return view.say("versus.base_of", value=value, count=format_count(base, view.lang))


def _minded(view: View, one: Side, other: Side) -> list[str]:
    """What the reader has to keep in mind: days, workshops, spaces that opened or closed."""
    first, second = (contrast.circumstances(side.selection) for side in (one, other))
    said = [_calendar(view, first, second)]
    if not view.filters.workshops:
        said.append(view.say("versus.workshops.out"))
    elif first.workshops_count or second.workshops_count:
        said.append(view.say("versus.workshops", one=first.workshops_count, other=second.workshops_count))
    if any((first.opened_count, first.closed_count, second.opened_count, second.closed_count)):
        said.append(
            view.say(
                "versus.spaces",
                one=first.opened_count,
                other=second.opened_count,
                closed_one=first.closed_count,
                closed_other=second.closed_count,
            )
        )
    return [*said, *_population(view, one)]


def _population(view: View, side: Side) -> list[str]:
    """Who counted the residents, and when: what figures per resident rest on."""
    known = side.selection.districts.dropna(subset=["population_source", "population_on"])
    stated = known.drop_duplicates(["population_source", "population_on"])
    return [
        view.say("versus.population", source=blocks.plain(source), day=dates.format_date(day, view.lang))
        for source, day in zip(stated["population_source"], stated["population_on"], strict=True)
    ]


def _calendar(view: View, first: Circumstances, second: Circumstances) -> str:
    forms = DAY_FORMS[0 if view.lang == "uk" else 1]
    days = [counted(side.days_count, forms, view.lang) for side in (first, second)]
    if first.days_count == second.days_count:
        return view.say("versus.same_days", one=days[0])
    return view.say("versus.days", one=days[0], other=days[1])


def _by_month(view: View, what: Cut, one: Side, other: Side) -> None:
    """The chosen figure of both sides month by month; two periods lie over one another."""
    frames = []
    for key, side in (("one", one), ("other", other)):
        found = side.view.metric(months.by_month, side.selection, view.disclosure)
        frames.append(
            pd.DataFrame(
                {
                    # Of two periods the first names the months: the other's are laid over them in their order.
                    "month": [pd.Timestamp(month) for month in _months(one.selection.start, one.selection.end)],
                    "own_month": found["month"],
                    "key": key,
                    "value": found[what.figure_id].astype("float64"),
                    "is_hidden": found.get(what.figure_id + HIDDEN, default=False),
                }
            )
        )
    data = pd.concat(frames, ignore_index=True)
    names = {"one": one.name, "other": other.name}
    name = figures.name(what.figure_id, view.lang)
    title = _title(view, what, one, other)
    alt = participation.told(title, alt_trend(name, data, names=names, lang=view.lang))
    rows = data.assign(
        side=data["key"].map(names), **{what.figure_id: data["value"], what.figure_id + HIDDEN: data["is_hidden"]}
    )
    if one.selection.start == one.selection.end:
        return
    blocks.chart(
        view,
        "versus_months",
        Chart(
            trend_lines(data, names=names, lang=view.lang),
            alt=alt,
            table=Sheet(
                rows,
                (
                    Column("side", view.say("col.period")),
                    Column("own_month", view.say("col.month"), "month"),
                    figures.column(view, what.figure_id),
                ),
            ),
            title=title,
            subtitle=view.say("versus.about", figure=name, one=one.name, other=other.name),
        ),
    )


def _title(view: View, what: Cut, one: Side, other: Side) -> str:
    frame = contrast.sides(
        *(side.view.metric(contrast.totals, side.selection, view.disclosure) for side in (one, other))
    ).set_index("figure_id")
    row = frame.to_dict("index")[what.figure_id]
    values = {
        side: written(
            what.figure_id, Cell(None if pd.isna(row[of]) else float(row[of]), bool(row[of + HIDDEN])), view.lang
        )
        for side, of in (("one", "first"), ("other", "second"))
    }
    name = figures.name(what.figure_id, view.lang)
    if pd.isna(row["difference"]):
        return view.say("versus.title.bare", figure=name, **values)
    relative = None if pd.isna(row["difference_pct"]) else float(row["difference_pct"])
    said = change(what.figure_id, float(row["difference"]), relative, view.lang)
    return view.say("versus.title", figure=name, change=said, **values)
