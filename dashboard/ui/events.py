"""Parts of the page «Події»: the month's calendar, one of its days, its list."""

from __future__ import annotations

import calendar as weeks
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts import headlines
from dashboard.charts.alt import alt_text
from dashboard.charts.grids import month_calendar
from dashboard.charts.theme import accent
from dashboard.metrics import events
from dashboard.reports import calendar_file
from dashboard.text import dates, numbers
from dashboard.text.plurals import counted, plural
from dashboard.text.search import matches
from dashboard.ui import blocks, event_rows, figures, opened_event, state, url
from dashboard.ui.blocks import Chart, Column, Sheet
from dashboard.ui.view import View

_LIST_HEIGHT_PX: Final = 420
_LONG_LIST: Final = 10
_FAINTEST, _STRONGEST = 0.1, 0.55
"""How strong a day's colour is; at its strongest the page's own text is still read on it, light and dark."""
_STYLE: Final = """
<style>
  .st-key-month [role=radiogroup] { display: grid !important; gap: 0.25rem; width: 100%;
    grid-template-columns: repeat(7, minmax(0, 1fr)); max-width: none;
  }
  .st-key-month [data-testid=stButtonGroup] { width: 100%; max-width: none; }
  .st-key-month button { width: 100%; height: 3.9rem; margin: 0; padding: 0.1rem; border-radius: 0.4rem;
    justify-content: center; min-width: 0; }
  .st-key-month button:first-of-type { grid-column-start: FIRST; }
  .st-key-month button[aria-checked=true] { border-width: 3px; }
  .st-key-month button p { line-height: 1.2; text-align: center; font-size: 0.95rem; }
  .st-key-month button strong { display: block; font-variant-numeric: tabular-nums; font-size: 1.05rem; }
  .st-key-month button [style*="font-size"] { font-size: 0.8rem !important; }
  .st-key-day button { height: auto; min-height: 2.2rem; text-align: left; }
  .st-key-day button p { white-space: normal; text-align: left; }
  .cs-weekdays { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); gap: 0.25rem; text-align: center;
    font-size: 0.9rem; }
  @media (max-width: 640px) {
    /* The noun stays for those who hear the page. */
    .st-key-month button [style*="font-size"] { position: absolute; clip-path: inset(50%); }
  }
  COLOURS
</style>
"""


def heading(view: View) -> None:
    """Title and the month in view."""
    unfinished = f" · {view.say('month.unfinished')}" if view.is_unfinished else ""
    blocks.title(view, "events", f"**{dates.month_name(view.month, view.lang)}**{unfinished}")


def month(view: View) -> pd.DataFrame:
    """Every event of the month in view, with words for its ids; says so on the page when there are none."""
    frame = view.drawn(_month)
    if frame.empty:
        blocks.nothing(view)
    return frame


def _month(view: View) -> pd.DataFrame:
    return event_rows.named(view, view.metric(events.listing, view.in_month(), view.disclosure))


def calendar(view: View, listed: pd.DataFrame) -> date | None:
    """The days of the month, each with the number of its events, to choose one from; the day chosen."""
    blocks.section(view, "events.calendar")
    frame = view.metric(events.by_day, view.in_month())
    kinds = ["events_count", "public_events_count", "planned_events_count", "cancelled_events_count"]
    per_day = frame[kinds].sum(axis="columns")
    counts = {int(day): int(count) for day, count in zip(frame["starts_on"].dt.day, per_day, strict=True)}
    said = _what_there_is(view, frame[kinds].sum())
    st.markdown(said)
    _calendar_style(view, counts)
    key = state.widget(state.W_EVENT_DAY, view.lang, view.city, f"{view.month:%Y-%m}", url.links_count())
    days = [f"{date(view.month.year, view.month.month, number)}" for number in range(1, _length(view.month) + 1)]
    if key not in st.session_state:
        asked = url.chosen("day")
        st.session_state[key] = asked if asked in days else None
    with st.container(key="month"):
        chosen = st.pills(
            view.say("events.day.choose"),
            days,
            format_func=lambda day: _day_label(view, int(day[-2:]), counts.get(int(day[-2:]), 0)),
            key=key,
            label_visibility="collapsed",
            width="stretch",
        )
    url.keep("day", key, chosen or "", "")
    undated = int((~listed["date_precision"].isin(["minute", "day"])).sum())
    if undated:
        st.caption(view.say("events.undated", count=undated))
    blocks.kept(view, "calendar", view.drawn(_calendar_chart))
    return date.fromisoformat(chosen) if chosen else None


def _calendar_chart(view: View) -> Chart:
    """The calendar as a picture, for files and slides."""
    found = view.metric(events.by_day, view.in_month())
    kinds = ["events_count", "public_events_count", "planned_events_count", "cancelled_events_count"]
    days = pd.date_range(view.month, periods=_length(view.month), freq="D")
    per_day = found.set_index("starts_on")[kinds].sum(axis="columns").groupby(level=0).sum()
    frame = pd.DataFrame({"day": days, "value": per_day.reindex(days, fill_value=0).to_numpy(dtype="float64")})
    frame = frame.assign(
        label=[dates.format_day(at, view.lang) for at in days],
        text=[
            f"{dates.format_day(at, view.lang)}: {counted(int(count), view.say('events.forms'), view.lang)}"
            for at, count in zip(days, frame["value"], strict=True)
        ],
    )
    name = view.say("events.calendar.name")
    return Chart(
        lambda: month_calendar(frame, lang=view.lang),
        alt=alt_text(name, frame, lang=view.lang),
        title=headlines.ranked("events_count", name, frame, view.lang),
        subtitle=headlines.about(
            view.say("events.calendar.about"),
            dates.month_name(view.month, view.lang),
            f"n = {numbers.format_count(frame['value'].sum(), view.lang)}",
        ),
        table=Sheet(frame, (Column("day", view.say("col.date"), "date"), Column("value", name, "count"))),
    )


def day(view: View, listed: pd.DataFrame, chosen: date | None) -> None:
    """What begins on the chosen day, each event to be opened, and what has been going on since before."""
    if chosen is None:
        st.info(view.say("events.day.hint"), icon=":material/calendar_month:")
        return
    blocks.section(view, "events.day", day=_named_day(chosen, view))
    with st.container(key="day", gap=None):
        _day_events(view, listed, chosen)


def _day_events(view: View, listed: pd.DataFrame, chosen: date) -> None:
    at = pd.Timestamp(chosen)
    begun = _on_day(listed, chosen)
    going_on = listed[(listed["starts_on"] < at) & (listed["ends_on"] >= at)]
    if begun.empty:
        st.markdown(view.say("events.day.none"))
    for row in begun.to_dict("records"):
        opened_event.opener(view, {str(key): value for key, value in row.items()})
    if len(going_on):
        st.markdown(view.say("events.day.going_on"))
        for row in going_on.to_dict("records"):
            opened_event.opener(view, {str(key): value for key, value in row.items()})


def listing(view: View, listed: pd.DataFrame, chosen: date | None) -> None:
    """The month's events, or those of the chosen day, to be searched, opened and taken along."""
    blocks.section(view, "events.list")
    left, right = st.columns(2)
    with left:
        wanted = _wanted(view)
    among = listed if chosen is None else _on_day(listed, chosen)
    sheet = view.drawn(_found, wanted, chosen)
    found = sheet.data
    with right:
        opened_event.choice(view, found)
    where = "" if chosen is None else f" · {_named_day(chosen, view)}"
    st.caption(view.say("events.found", count=len(found), all=len(among)) + where)
    blocks.frame(view, f"events-{view.month:%Y-%m}", sheet, height=_LIST_HEIGHT_PX if len(found) > _LONG_LIST else None)
    _calendar_file(view, found)


def _found(view: View, wanted: str, chosen: date | None) -> Sheet:
    """The events of the month, or of a day, that have the words that are wanted."""
    listed = view.drawn(_month)
    among = listed if chosen is None else _on_day(listed, chosen)
    found = among[matches(among[["title", "place", "series_name", "themes"]], wanted)]
    return Sheet(
        found,
        (
            Column("starts_on", view.say("col.date"), "date"),
            Column("starts_at", view.say("col.time"), "time"),
            Column("title", view.say("col.title")),
            Column("place", view.say("col.place")),
            Column("district", view.say("col.district")),
            Column("themes", view.say("col.theme")),
            Column("format_label", view.say("col.format")),
            Column("status_label", view.say("col.status")),
            Column("registrations_count", figures.name("registrations_count", view.lang), "count"),
            Column("attendances_count", figures.name("attendances_count", view.lang), "count"),
            Column("origin_label", view.say("col.origin")),
        ),
    )


def _calendar_file(view: View, found: pd.DataFrame) -> None:
    dated = calendar_file.dated(found)
    st.download_button(
        view.say("events.ics"),
        partial(_ics, view, dated),
        file_name=f"civicspace-{view.city}-{view.month:%Y-%m}.ics",
        mime="text/calendar",
        key="save_ics",
        icon=":material/event:",
        on_click="ignore",
        disabled=dated.empty,
        help=view.say("events.ics.help"),
    )
    if len(dated) < len(found):
        st.caption(view.say("events.ics.undated", count=len(found) - len(dated)))


def _ics(view: View, dated: pd.DataFrame) -> bytes:
    city = view.snapshot.table("cities").set_index("city_id").loc[view.city]
    said = [view.say("page.events"), view.names.cities[view.city], dates.month_name(view.month, view.lang)]
    demo = f" ({view.say('note.demo')})" if view.snapshot.manifest.has_demo else ""
    made_at = datetime.fromisoformat(view.snapshot.manifest.created_at).astimezone(UTC)
    return calendar_file.to_ics(
        dated, name=", ".join(said) + demo, timezone=str(city["timezone"]), made_at=made_at, lang=view.lang
    )


def _wanted(view: View) -> str:
    key = state.widget(state.W_EVENT_SEARCH, view.lang, url.links_count())
    if key not in st.session_state:
        st.session_state[key] = url.chosen("q") or ""
    wanted = st.text_input(view.say("events.search"), key=key, placeholder=view.say("events.search.hint"))
    url.keep("q", key, wanted, "")
    return wanted


def _on_day(listed: pd.DataFrame, chosen: date) -> pd.DataFrame:
    dated = calendar_file.dated(listed)
    return dated[dated["starts_on"] == pd.Timestamp(chosen)]


def _what_there_is(view: View, totals: pd.Series[int]) -> str:
    """«235 відбулося · 3 скасовано»: what the numbers in the calendar are made of."""
    said = [view.say(f"events.month.{kind}", count=int(total)) for kind, total in totals.items() if int(total)]
    return " · ".join(said)


def _calendar_style(view: View, counts: dict[int, int]) -> None:
    """The grid of the days: Monday first, a stronger colour for a fuller day."""
    top = max(counts.values(), default=1)
    shades = "".join(
        f".st-key-month button:nth-of-type({number}):not([aria-checked=true])"
        f"{{background:{accent(_FAINTEST + (_STRONGEST - _FAINTEST) * count / top)}}}"
        for number, count in counts.items()
        if count
    )
    first = date(view.month.year, view.month.month, 1).weekday() + 1
    names = "".join(f"<span>{dates.weekday_short(weekday, view.lang)}</span>" for weekday in range(7))
    style = _STYLE.replace("FIRST", str(first)).replace("COLOURS", shades)
    st.html(f"{style}<div class='cs-weekdays' aria-hidden='true'>{names}</div>")


def _day_label(view: View, number: int, count: int) -> str:
    if not count:
        return f"{number}"
    return f"{number} **{count}** :small[{plural(count, view.say('events.forms'), view.lang)}]"


def _named_day(chosen: date, view: View) -> str:
    return f"{dates.format_day(chosen, view.lang)}, {dates.weekday_name(chosen.weekday(), view.lang)}"


def _length(month_in_view: date) -> int:
    return weeks.monthrange(month_in_view.year, month_in_view.month)[1]
