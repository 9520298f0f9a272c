"""The pieces that pages are made of: headings, charts with their table and text, tables with their file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts.theme import CONFIG, dressed
from dashboard.metrics.disclosure import HIDDEN
from dashboard.metrics.selection import Selection
from dashboard.reports import shown
from dashboard.reports.shown import Table
from dashboard.reports.tables import to_csv
from dashboard.text import dates, numbers
from dashboard.text.labels import labels
from dashboard.text.words import Lang
from dashboard.ui import chips, keeping
from dashboard.ui.keeping import Origin, Shown
from dashboard.ui.view import View

Written = Literal["text", "count", "number", "percent", "change", "date", "month", "time", "link"]
"""How a column is written."""

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&=@])")
_REWRITTEN: Final = re.compile(
    r"(?<=:)(?=[\w+-]+:|material/)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=http)(?=s?:)|"
    r"(?<=\s[-<>~])(?=[-=>]+(?:\s|$))|(?<=^[-<>~])(?=[-=>]+(?:\s|$))",
    re.ASCII | re.IGNORECASE,
)
_JOINER: Final = "\u2060"
"""Takes no room and shows nothing."""
_SORTABLE: Final[Mapping[Written, Callable[[float, Lang], str]]] = {
    "count": numbers.format_count,
    "number": numbers.format_number,
    "percent": numbers.format_percent,
    "change": numbers.format_change,
}
_MOST_STYLED_CELLS: Final = 20_000


@dataclass(frozen=True)
class Column:
    """One column of a table on screen: its source, its heading and how it is written."""

    name: str
    heading: str
    written: Written = "text"
    decimals: int = 1
    """Of a number that is no count and no percentage."""


def title(view: View, key: str, subtitle: str | None = None) -> None:
    """The page's heading, one per page."""
    st.title(view.say(f"page.{key}"), anchor=False)
    if subtitle:
        st.markdown(subtitle)


def section(view: View, key: str, **values: object) -> None:
    """The heading of a section, and under it a sentence where the words have one."""
    st.subheader(view.say(key, **values), anchor=False)


def beside(*widths: int) -> list[DeltaGenerator]:
    """Places side by side, by relative width; one under another on a phone."""
    return st.columns(list(widths))


def plain(text: str) -> str:
    """A text from the data as Markdown that shows just this text: no links, no emphasis, no markup, no pictures.

    Streamlit looks for addresses, arrows, `:smile:` and `:material/home:` in the text that is left when Markdown has
    been read, so a backslash does not stop it: an invisible joiner within such a word does.
    """
    return _MARKDOWN.sub(r"\\\1", _REWRITTEN.sub(_JOINER, re.sub(r"\s*[\r\n\t]\s*", " ", text)))


def called(ids: pd.Series[str], names: Mapping[str, str]) -> pd.Series[str]:
    """The name of each id; missing for a missing or unknown one. Also of no ids at all a series of texts."""
    return ids.map(dict(names)).astype("str")


def nothing(
    view: View, has: Callable[[Selection], bool] | None = None, none: str | None = None, of: str = "page"
) -> None:
    """What stands where the filters left nothing: which filters are on and what to do.

    Args:
        view: the view.
        has: whether a selection has what is missing here; where nothing is said, anything at all.
        none: what stands here where no filter is to blame.
        of: what is missing, where a page may miss several things.
    """
    chips.nothing(view, has, none, of)


def chart(
    view: View,
    key: str,
    figure: go.Figure,
    *,
    alt: str,
    table: tuple[pd.DataFrame, Sequence[Column]] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    origin: Origin | None = None,
) -> None:
    """A chart in the visitor's colours: what it finds, what it is about, its source, and what can be done with it.

    Args:
        view: the view.
        key: the chart's name on its page; part of links to it, so it stays as it is.
        figure: the chart.
        alt: the text for those who cannot see it.
        table: its numbers; without them there are no data to save.
        title: what it finds, as a sentence (`dashboard.charts.headlines`).
        subtitle: its unit, of how many, what and when it is about (`headlines.about`).
        origin: where the data come from; the snapshot's own lists, or the demonstration, where nothing is said.
    """
    what = _shown(view, key, lambda: figure, alt, table, title, subtitle, origin)
    if keeping.is_recorded(what):
        return
    with st.container(key=keeping.anchor(key), gap="small"):
        if title is not None:
            st.markdown(f"**{plain(title)}**" + (f"  \n{plain(subtitle)}" if subtitle else ""))
        # Charts are made in the usual light colours, and a copy of a figure costs as much as the figure.
        as_made = not (view.is_dark or view.is_high_contrast)
        shown_figure = figure if as_made else dressed(figure, dark=view.is_dark, high_contrast=view.is_high_contrast)
        st.plotly_chart(shown_figure, key=f"chart_{key}", config=dict(CONFIG), alt=alt, theme=None)
        keeping.line(view, what)
        if table is not None:
            with st.expander(view.say("table.show")):
                frame(view, key, *table)


def kept(
    view: View,
    key: str,
    draw: Callable[[], go.Figure],
    *,
    alt: str,
    table: tuple[pd.DataFrame, Sequence[Column]] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    origin: Origin | None = None,
) -> None:
    """The line under what is drawn otherwise, such as a map: its source, data, picture, link, and the presentation.

    Args:
        view: the view.
        key: its name on the page.
        draw: makes a chart that shows the same; called when somebody asks for a picture or a slide.
        alt: the text for those who cannot see it.
        table: its numbers.
        title: what it finds, as a sentence.
        subtitle: its unit, of how many, what and when it is about.
        origin: where the data come from.
    """
    what = _shown(view, key, draw, alt, table, title, subtitle, origin)
    if keeping.is_recorded(what):
        return
    with st.container(key=keeping.anchor(key)):
        keeping.line(view, what)


def _shown(
    view: View,
    key: str,
    draw: Callable[[], go.Figure],
    alt: str,
    table: tuple[pd.DataFrame, Sequence[Column]] | None,
    title: str | None,
    subtitle: str | None,
    origin: Origin | None,
) -> Shown:
    numbers_of = None if table is None else partial(_numbers, view, *table)
    headline = title or alt.split(". ", maxsplit=1)[0]
    return Shown(key, draw, headline, subtitle or "", alt, keeping.source(view, origin), numbers_of)


def _numbers(view: View, data: pd.DataFrame, columns: Sequence[Column]) -> Table:
    """What a chart shows, for files."""
    cells = [[shown.cell(value) for value in _plain(view, data, column)] for column in columns]
    return Table(
        tuple(column.name for column in columns),
        tuple(column.heading for column in columns),
        tuple(column.written for column in columns),
        tuple(zip(*cells, strict=True)),
    )


def frame(view: View, key: str, data: pd.DataFrame, columns: Sequence[Column], *, height: int | None = None) -> None:
    """A table with headings in the visitor's language and a button that saves what it shows.

    A column with a hidden cell is written as text, so that hidden reads as hidden and not as empty.
    """
    if keeping.RECORDER.get() is not None:
        return
    on_screen = pd.DataFrame({column.heading: _cells(view, data, column) for column in columns})
    config = {
        heading: found
        for heading, found in ((column.heading, _config(column, on_screen)) for column in columns)
        if found is not None  # to Streamlit None means to hide the column
    }
    st.dataframe(
        _in_language(view, on_screen, columns),
        hide_index=True,
        column_config=config,
        key=f"table_{key}",
        height=height or "auto",
        placeholder=view.say("table.none"),
    )
    saved = pd.DataFrame({column.heading: _plain(view, data, column) for column in columns})
    if view.snapshot.manifest.has_demo:
        saved = saved.assign(**{view.say("col.note"): view.say("note.demo")})
    st.download_button(
        view.say("table.download"),
        to_csv(saved),
        file_name=f"civicspace-{view.city}-{key}.csv",
        mime="text/csv",
        key=f"save_{key}",
        icon=":material/download:",
        on_click="ignore",
    )


def facts_table(view: View, key: str, known: pd.DataFrame) -> None:
    """Public statements with their sources, as `dashboard.metrics.facts` gives them."""
    name = "subject_name_uk" if view.lang == "uk" else "subject_name_en"
    subject = known[name].fillna(view.names.cities[view.city])
    url = known["source_url"].str.extract(r"(https?://\S+)", expand=False)
    frame(
        view,
        key,
        known.assign(subject=subject, stated=known["property"].map(labels("fact_property", view.lang)), url=url),
        (
            Column("subject", view.say("col.subject")),
            Column("stated", view.say("col.stated")),
            Column("value", view.say("col.value")),
            Column("period", view.say("col.period")),
            Column("quote", view.say("col.quote")),
            Column("url", view.say("col.source"), "link"),
            Column("source_on", view.say("col.source_on")),
            Column("note", view.say("col.remark")),
        ),
    )


def _hidden(data: pd.DataFrame, column: Column) -> pd.Series[bool]:
    companion = column.name + HIDDEN
    return data[companion] if companion in data else pd.Series(data=False, index=data.index)


def _cells(view: View, data: pd.DataFrame, column: Column) -> list[object] | pd.Series[float]:
    values = data[column.name]
    hidden = _hidden(data, column)
    if column.written in _SORTABLE and not hidden.any():
        return values.astype("float64").round(column.decimals)
    return [
        _written(view, value, column, is_hidden=bool(is_hidden))
        for value, is_hidden in zip(values, hidden, strict=True)
    ]


def _written(view: View, value: Any, column: Column, *, is_hidden: bool) -> object:
    if is_hidden:
        return view.say("value.hidden")
    if value is None or pd.isna(value):
        return None
    written: dict[str, Callable[[Any], str]] = {
        "date": lambda day: dates.format_date_short(day, view.lang),
        "month": lambda month: dates.month_name(month, view.lang),
        "time": dates.format_time,
    }
    if column.written == "number":
        return numbers.format_number(float(value), view.lang, decimals=column.decimals)
    if column.written in _SORTABLE:
        return _SORTABLE[column.written](float(value), view.lang)
    return written[column.written](value) if column.written in written else value


def _plain(view: View, data: pd.DataFrame, column: Column) -> list[object]:
    """Cells for a file: numbers stay numbers, hidden is said in words."""
    hidden = _hidden(data, column)
    return [
        view.say("value.hidden") if is_hidden else value
        for value, is_hidden in zip(data[column.name], hidden, strict=True)
    ]


def _in_language(view: View, on_screen: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame | Styler:
    """Numbers that sort as numbers and are written as the page's language writes them.

    Streamlit writes numbers as the browser's own language does. What a style writes costs time by the cell, so a
    very long table stays with the browser's.
    """
    written: dict[Any, Callable[[Any], str] | str | None] = {
        column.heading: _writer(column, view.lang)
        for column in columns
        if column.written in _SORTABLE and pd.api.types.is_numeric_dtype(on_screen[column.heading])
    }
    if not written or on_screen.size > _MOST_STYLED_CELLS:
        return on_screen
    return on_screen.style.format(written)


def _writer(column: Column, lang: Lang) -> Callable[[float], str]:
    if column.written == "number":
        return lambda number: numbers.format_number(number, lang, decimals=column.decimals)
    write = _SORTABLE[column.written]
    return lambda number: write(number, lang)


def _config(column: Column, on_screen: pd.DataFrame) -> Any:
    if column.written == "link":
        return st.column_config.LinkColumn(display_text=r"https?://(?:www\.)?([^/]+)")
    if on_screen.size <= _MOST_STYLED_CELLS or not pd.api.types.is_numeric_dtype(on_screen[column.heading]):
        return None
    formats = {"percent": "%.0f %%", "change": "%+.0f"}
    return st.column_config.NumberColumn(format=formats.get(column.written, "localized"))
