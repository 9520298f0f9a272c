"""The pieces that pages are made of: headings, charts with their table and text, tables with their file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate, Final, Literal, ParamSpec

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
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
from dashboard.ui import cache, chips, keeping, style
from dashboard.ui.keeping import Origin, Shown
from dashboard.ui.view import View

Arguments = ParamSpec("Arguments")
Written = Literal["text", "count", "number", "percent", "change", "date", "month", "time", "link"]
"""How a column is written."""

_Writers = dict[Any, Callable[[Any], str] | str | None]
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
    st.header(view.say(key, **values), anchor=False)


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


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table: its rows and which columns of them are shown how."""

    data: pd.DataFrame
    columns: Sequence[Column]


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart with what is said of it."""

    figure: go.Figure | Callable[[], go.Figure]
    """The chart in the usual colours; or what makes it, where it is wanted only as a picture or a slide."""
    alt: str
    """The text for those who cannot see it."""
    table: Sheet | None = None
    """Its numbers; without them there are no data to save."""
    title: str | None = None
    """What it finds, as a sentence (`dashboard.charts.headlines`)."""
    subtitle: str | None = None
    """Its unit, of how many, what and when it is about (`headlines.about`)."""
    origin: Origin | None = None
    """Where the data come from; the snapshot's own lists, or the demonstration, where nothing is said."""

    def drawn(self) -> go.Figure:
        return self.figure() if callable(self.figure) else self.figure


def chart(view: View, key: str, what: Chart) -> None:
    """A chart in the visitor's colours: what it finds, what it is about, its source, and what can be done with it.

    Args:
        view: the view.
        key: the chart's name on its page; part of links to it, so it stays as it is.
        what: the chart.
    """
    shown_here = _shown(view, key, what)
    if keeping.is_recorded(shown_here):
        return
    with st.container(key=keeping.anchor(key), gap="small"):
        if what.title is not None:
            st.markdown(f"**{plain(what.title)}**" + (f"  \n{plain(what.subtitle)}" if what.subtitle else ""))
        st.plotly_chart(_dressed(view, what), key=f"chart_{key}", config=dict(CONFIG), alt=what.alt, theme=None)
        keeping.line(view, shown_here)
        if what.table is not None:
            folded(view, key, view.say("table.show"), frame, key, what.table)


def kept(view: View, key: str, what: Chart) -> None:
    """The line under what is drawn otherwise, such as a map: its source, data, picture, link, and the presentation.

    Args:
        view: the view.
        key: its name on the page.
        what: a chart that shows the same.
    """
    shown_here = _shown(view, key, what)
    if keeping.is_recorded(shown_here):
        return
    with st.container(key=keeping.anchor(key)):
        keeping.line(view, shown_here)


def _shown(view: View, key: str, what: Chart) -> Shown:
    numbers_of = None if what.table is None else partial(_numbers, view, what.table)
    headline = what.title or what.alt.split(". ", maxsplit=1)[0]
    source = keeping.source(view, what.origin)
    return Shown(key, what.drawn, headline, what.subtitle or "", what.alt, source, numbers_of)


def _dressed(view: View, what: Chart) -> go.Figure:
    # Charts are made in the usual light colours, and a copy of a figure costs as much as the figure.
    if not (view.is_dark or view.is_high_contrast):
        return what.drawn()
    colours = view.is_dark, view.is_high_contrast
    return cache.of_kept(
        what, lambda: dressed(what.drawn(), dark=view.is_dark, high_contrast=view.is_high_contrast), *colours
    )


@st.fragment
def folded(
    view: View,
    key: str,
    title: str,
    draw: Callable[Concatenate[View, Arguments], None],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> None:
    """What is made and sent when somebody unfolds it; unfolding runs nothing else of the page.

    Args:
        view: the view.
        key: its name on the page.
        title: what stands there while it is folded.
        draw: draws it; who looks for a chart by its name, looks here too.
        args: what it is given beside the view.
        kwargs: the same, by name.
    """
    fold = st.expander(title, key=f"fold_{key}.{view.lang}", on_change="rerun")
    if fold.open or keeping.RECORDER.get() is not None:
        with fold:
            draw(view, *args, **kwargs)


def _numbers(view: View, sheet: Sheet) -> Table:
    """What a chart shows, for files."""
    columns = sheet.columns
    cells = [[shown.cell(value) for value in _plain(view, sheet.data, column)] for column in columns]
    return Table(
        tuple(column.name for column in columns),
        tuple(column.heading for column in columns),
        tuple(column.written for column in columns),
        tuple(zip(*cells, strict=True)),
    )


def frame(view: View, key: str, sheet: Sheet, *, height: int | None = None) -> None:
    """A table with headings in the visitor's language and a button that saves what it shows.

    A column with a hidden cell is written as text, so that hidden reads as hidden and not as empty. A table without
    rows is a sentence.
    """
    if keeping.RECORDER.get() is not None:
        return
    if sheet.data.empty:
        st.caption(view.say("table.empty"))
        return
    on_screen, writers, config = cache.of_kept(sheet, lambda: _written_out(view, sheet), view.lang)
    with st.container(key=style.room(len(sheet.data), key)):
        st.dataframe(
            on_screen.style.format(writers) if writers else on_screen,
            hide_index=True,
            column_config=config,
            key=f"table_{key}",
            height=height or "auto",
            placeholder=view.say("table.none"),
        )
    st.download_button(
        view.say("table.download"),
        partial(_file, view, sheet),
        file_name=f"civicspace-{view.city}-{key}.csv",
        mime="text/csv",
        key=f"save_{key}",
        icon=":material/download:",
        on_click="ignore",
    )


def _written_out(view: View, sheet: Sheet) -> tuple[pd.DataFrame, _Writers, dict[str, Any]]:
    """A table as the screen shows it, what writes its numbers, and how its columns are set."""
    data, columns = sheet.data, sheet.columns
    on_screen = pd.DataFrame({column.heading: _cells(view, data, column) for column in columns})
    config = {
        heading: found
        for heading, found in ((column.heading, _config(column, on_screen)) for column in columns)
        if found is not None  # to Streamlit None means to hide the column
    }
    return on_screen, _writers(view, on_screen, columns), config


def _file(view: View, sheet: Sheet) -> bytes:
    """The table as a file, made when somebody saves it."""
    saved = pd.DataFrame({column.heading: _plain(view, sheet.data, column) for column in sheet.columns})
    if view.snapshot.manifest.has_demo:
        saved = saved.assign(**{view.say("col.note"): view.say("note.demo")})
    return to_csv(saved)


def facts_table(view: View, key: str, known: pd.DataFrame) -> None:
    """Public statements with their sources, as `dashboard.metrics.facts` gives them."""
    name = "subject_name_uk" if view.lang == "uk" else "subject_name_en"
    subject = known[name].fillna(view.names.cities[view.city])
    url = known["source_url"].str.extract(r"(https?://\S+)", expand=False)
    frame(
        view,
        key,
        Sheet(
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


def _writers(view: View, on_screen: pd.DataFrame, columns: Sequence[Column]) -> _Writers:
    """What writes numbers that sort as numbers as the page's language writes them.

    Streamlit writes numbers as the browser's own language does. What a style writes costs time by the cell, so a
    very long table stays with the browser's.
    """
    if on_screen.size > _MOST_STYLED_CELLS:
        return {}
    return {
        column.heading: _writer(column, view.lang)
        for column in columns
        if column.written in _SORTABLE and pd.api.types.is_numeric_dtype(on_screen[column.heading])
    }


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
