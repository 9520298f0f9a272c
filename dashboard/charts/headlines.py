"""What a chart finds, as its title: one short sentence for each usual shape, made of the chart's own numbers.

Nothing is computed here: a sentence says one or two values of the frame that is drawn. Where several share a first
place all or none are named, and where values are hidden the sentence speaks of those that are shown. Names of
things stand where they need no case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pandas as pd

from dashboard.filters import add_months
from dashboard.text.dates import format_months, month_locative, month_name
from dashboard.text.numbers import Unit, format_value
from dashboard.text.words import Lang, Wordbook, Words

_OF: Final[Mapping[str, Words]] = {
    "events_count": Words("подій", "events"),
    "sessions_count": Words("сесій", "sessions"),
    "registrations_count": Words("реєстрацій", "registrations"),
    "attendances_count": Words("відвідувань", "attendances"),
    "participants_count": Words("учасників", "participants"),
    "new_participants_count": Words("нових учасників", "new participants"),
    "returning_participants_count": Words("учасників, що повернулися", "returning participants"),
    "participants_per_1000": Words("учасників на 1000 мешканців", "participants per 1,000 residents"),
    "active_spaces_count": Words("активних просторів", "active spaces"),
    "spaces_count": Words("просторів", "spaces"),
    "reported_visitors_count": Words("відвідувачів за звітами", "visitors by the spaces’ returns"),
    "proposals_count": Words("проєктних пропозицій", "proposals"),
}
"""What is counted, in the genitive plural that «найбільше» asks for."""

_ON_WEEKDAY: Final = (
    Words("у понеділок", "on Monday"),
    Words("у вівторок", "on Tuesday"),
    Words("у середу", "on Wednesday"),
    Words("у четвер", "on Thursday"),
    Words("у п’ятницю", "on Friday"),
    Words("у суботу", "on Saturday"),
    Words("у неділю", "on Sunday"),
)

_say: Final = Wordbook(
    {
        "most": Words("{label}: найбільше {of}, {value}", "{label}: most {of}, {value}"),
        "most.two": Words(
            "{label} і {other}: найбільше {of}, по {value}", "{label} and {other}: most {of}, {value} each"
        ),
        "most.named": Words("{name}: найбільше значення — {label}, {value}", "{name}: highest in {label}, {value}"),
        "most.shown": Words(
            "{name}: найбільше з показаних — {label}, {value}", "{name}: highest of those shown, {label}, {value}"
        ),
        "most.many": Words("{name}: найбільше значення — {value}", "{name}: {value} at the most"),
        "share": Words("{label}: найбільша частка, {value}", "{label}: the largest share, {value}"),
        "only": Words("{name}: {label} — {value}", "{name}: {label}, {value}"),
        "level": Words("{name}: усюди {value}", "{name}: {value} everywhere"),
        "hidden": Words("{name}: усі значення приховано", "{name}: all values are hidden"),
        "year": Words(
            "{name}: {value} {month}, рік тому — {before}", "{name}: {value} {month}, {before} a year before"
        ),
        "peak": Words("{name}: найбільше {month}, {value}", "{name}: highest {month}, {value}"),
        "leads": Words("{label}: найбільше {of} {month}, {value}", "{label}: most {of} {month}, {value}"),
        "leads.named": Words(
            "{name} {month}: найбільше — {label}, {value}", "{name} {month}: highest in {label}, {value}"
        ),
        "hour": Words("{name}: найбільше {day} о {hour}, {value}", "{name}: most {day} at {hour}, {value}"),
        "cell": Words("{name}: найбільше — {row} · {column}, {value}", "{name}: highest at {row} · {column}, {value}"),
    }
).say  # fmt: skip


def ranked(
    figure_id: str, name: str, frame: pd.DataFrame, lang: Lang, *, unit: Unit = "count", label: str = "label"
) -> str:
    """Bars or districts: «Енергоощадність: найбільше реєстрацій, 20 169».

    Args:
        figure_id: the figure; one without a wording of its own is called by its name.
        name: what is shown, in the nominative.
        frame: one row per bar. Columns: the one that `label` names, `value` (in `unit`), optionally `is_hidden`.
        lang: language of the sentence.
        unit: what the values are.
        label: the column with what a value belongs to.

    Returns:
        The sentence; the name alone where there is no value.
    """
    shown, is_partly_hidden = _shown(frame)
    if shown.empty:
        return _say("hidden", lang, name=name) if is_partly_hidden else name
    highest = shown["value"].max()
    first = [str(each) for each in shown.loc[shown["value"] == highest, label]]
    of = _OF[figure_id].say(lang) if figure_id in _OF else None
    key = _place(len(first), len(shown), is_partly_hidden=is_partly_hidden, has_noun=of is not None)
    return _say(key, lang, name=name, label=first[0], other=first[-1], of=of, value=format_value(highest, unit, lang))


def _place(first_count: int, shown_count: int, *, is_partly_hidden: bool, has_noun: bool) -> str:
    """Which sentence tells of the first place, by how many share it."""
    if is_partly_hidden:
        return "most.shown" if first_count == 1 else "most.many"
    if shown_count == 1:
        return "only"
    if first_count == shown_count:
        return "level"
    if first_count == 1:
        return "most" if has_noun else "most.named"
    return "most.two" if first_count == 2 and has_noun else "most.many"


def shares(name: str, frame: pd.DataFrame, lang: Lang, *, label: str = "label") -> str:
    """Parts of a whole: «Екологія: найбільша частка, 31 %».

    Args:
        name: what is shown, in the nominative.
        frame: one row per part. Columns: the one that `label` names, `value` in percent, optionally `is_hidden`.
        lang: language of the sentence.
        label: the column with what a value belongs to.

    Returns:
        The sentence; that of `ranked` where no part alone is the largest of all.
    """
    shown, is_partly_hidden = _shown(frame)
    first = shown.loc[shown["value"] == shown["value"].max()]
    if len(first) != 1 or len(shown) == 1 or is_partly_hidden:
        return ranked("", name, frame, lang, unit="percent", label=label)
    value = format_value(first["value"].iloc[0], "percent", lang)
    return _say("share", lang, label=first[label].iloc[0], value=value)


def trend(
    figure_id: str,
    name: str,
    frame: pd.DataFrame,
    lang: Lang,
    *,
    names: Mapping[str, str],
    unfinished_month: date | None = None,
    unit: Unit = "count",
) -> str:
    """Lines over months: the latest full month beside the same a year before, or which line leads in it.

    «Події: 48 у вересні 2026, рік тому — 39»; with several lines «Екологія: найбільше реєстрацій у вересні 2026,
    1 230».

    Args:
        figure_id: the figure; one without a wording of its own is called by its name.
        name: what is shown, in the nominative.
        frame: one row per month and key. Columns: `month`, `key`, `value` (in `unit`), optionally `is_hidden`.
        lang: language of the sentence.
        names: what each key is called; others are not drawn. One name alone is not said.
        unfinished_month: the month from which on nothing is compared.
        unit: what the values are.

    Returns:
        The sentence; the name alone where there is no value of a full month.
    """
    drawn = frame.loc[frame["key"].isin(list(names))]
    drawn = drawn.assign(month=pd.to_datetime(drawn["month"]))
    if unfinished_month is not None:
        drawn = drawn.loc[drawn["month"] < pd.Timestamp(unfinished_month)]
    shown, is_partly_hidden = _shown(drawn)
    if shown.empty:
        return _say("hidden", lang, name=name) if is_partly_hidden else name
    latest = shown["month"].max()
    month = month_locative(latest.date(), lang)
    if len(names) > 1:
        there = drawn.loc[drawn["month"] == latest]
        return _leading(figure_id, name, there.assign(label=there["key"].map(names)), lang, month, unit)
    value = format_value(shown.loc[shown["month"] == latest, "value"].iloc[0], unit, lang)
    before = shown.loc[shown["month"] == pd.Timestamp(add_months(latest.date(), -12)), "value"]
    if len(before):
        was = format_value(before.iloc[0], unit, lang)
        return _say("year", lang, name=name, value=value, month=month, before=was)
    peaks = shown.loc[shown["value"] == shown["value"].max()]
    if len(peaks) != 1 or is_partly_hidden:
        return f"{name}, {month_name(latest.date(), lang)}: {value}"
    peak = peaks.iloc[0]
    when = month_locative(peak["month"].date(), lang)
    return _say("peak", lang, name=name, month=when, value=format_value(peak["value"], unit, lang))


def weekday_hour(name: str, frame: pd.DataFrame, lang: Lang) -> str:
    """A week by hours: «Події: найбільше у середу о 18:00, 41».

    Args:
        name: what is shown, in the nominative.
        frame: one row per cell. Columns: `weekday` (0 is Monday), `hour`, `value`, optionally `is_hidden`.
        lang: language of the sentence.

    Returns:
        The sentence; the name alone where no cell is greater than all others.
    """
    top = _alone(frame)
    if top is None:
        return name
    day = _ON_WEEKDAY[int(top["weekday"])].say(lang)
    hour, value = f"{int(top['hour'])}:00", format_value(top["value"], "count", lang)
    return _say("hour", lang, name=name, day=day, hour=hour, value=value)


def cells(name: str, frame: pd.DataFrame, lang: Lang, *, row: str, column: str, unit: Unit = "count") -> str:
    """A matrix: «Зв’язки: найбільше — Dialog hub · Time Hub, 7».

    Args:
        name: what is shown, in the nominative.
        frame: one row per cell. Columns: those that `row` and `column` name, `value` (in `unit`), optionally
            `is_hidden`.
        lang: language of the sentence.
        row: the column with the row's name.
        column: the column with the column's name.
        unit: what the values are.

    Returns:
        The sentence; the name alone where no cell is greater than all others.
    """
    top = _alone(frame)
    if top is None:
        return name
    return _say("cell", lang, name=name, row=top[row], column=top[column], value=format_value(top["value"], unit, lang))


def about(what: str, when: str | None = None, base: str | None = None) -> str:
    """A subtitle: what is shown and in which unit, of how many, when: «Реєстрації · n = 41 230 · 2024–2026»."""
    return " · ".join(part for part in (what, base, when) if part)


def span(start: date, end: date, lang: Lang) -> str:
    """The months that a chart is about; one month is named once."""
    return month_name(end, lang) if start == end else format_months(start, end, lang)


def _leading(figure_id: str, name: str, there: pd.DataFrame, lang: Lang, month: str, unit: Unit) -> str:
    shown, is_partly_hidden = _shown(there)
    first: Sequence[str] = [str(each) for each in shown.loc[shown["value"] == shown["value"].max(), "label"]]
    if len(first) != 1 or is_partly_hidden:
        return f"{name} {month}"
    value = format_value(shown["value"].max(), unit, lang)
    if figure_id not in _OF:
        return _say("leads.named", lang, name=name, label=first[0], month=month, value=value)
    return _say("leads", lang, label=first[0], of=_OF[figure_id].say(lang), month=month, value=value)


def _alone(frame: pd.DataFrame) -> pd.Series | None:
    """The row with the greatest value; None where there is none, where it is shared, or where some are hidden."""
    shown, is_partly_hidden = _shown(frame)
    first = shown.loc[shown["value"] == shown["value"].max()]
    return None if len(first) != 1 or is_partly_hidden else first.iloc[0]


def _shown(frame: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """The rows with a value that may be seen, and whether others may not."""
    values = frame["value"].astype("float64")
    hidden = (
        frame["is_hidden"].astype(bool) if "is_hidden" in frame.columns else pd.Series(data=False, index=frame.index)
    )
    shown = frame.assign(value=values.mask(hidden)).dropna(subset=["value"])
    return shown, bool(hidden.any())
