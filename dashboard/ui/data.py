"""Parts of the page «Дані»."""

from __future__ import annotations

import html
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.filters import add_months, data_span
from dashboard.metrics import completeness, facts, freshness, returns
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import HIDDEN
from dashboard.metrics.freshness import STATES
from dashboard.text import dates
from dashboard.text.data_page import file_format, say
from dashboard.text.everywhere import say as say_everywhere
from dashboard.text.labels import labels
from dashboard.text.numbers import format_count, format_percent
from dashboard.ui import blocks, figures, loads
from dashboard.ui.blocks import Column, Sheet
from dashboard.ui.view import View

_ROWS = ("rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")


def heading(view: View) -> None:
    """Title and which snapshot is shown."""
    manifest = view.snapshot.manifest
    blocks.title(
        view,
        "data",
        view.say(
            "data.lead",
            as_of=dates.format_date(view.snapshot.as_of_on, view.lang),
            snapshot=manifest.snapshot_id,
            version=manifest.code_version,
        ),
    )


def trust(view: View) -> None:
    """Whether the numbers can be trusted, in some sentences."""
    lang = view.lang
    st.header(say("trust", lang), anchor=False)
    as_of = dates.format_date(view.snapshot.as_of_on, lang)
    month = data_span(view.snapshot, view.city).last_full_month
    said = [say("trust.fresh.none", lang, as_of=as_of)]
    rows = completeness.account(view.snapshot, view.city, view.disclosure)
    total = rows[rows["is_total"]].to_dict("records")[0]
    told = {
        name.removeprefix("rows_").removesuffix("_count"): view.say("value.hidden")
        if total[name + HIDDEN]
        else format_count(total[name], lang)
        for name in _ROWS
    }
    if month is not None:
        said = [say("trust.fresh", lang, as_of=as_of, month=dates.month_name(month, lang))]
        sent = view.metric(returns.by_month, view.selection(month, month), view.disclosure).to_dict("records")[0]
        expected, received = (format_count(sent[f"{name}_returns_count"], lang) for name in ("expected", "received"))
        if sent["expected_returns_count"]:
            of_month = dates.month_name(month, lang)
            said.append(say("trust.returns", lang, month=of_month, expected=expected, received=received))
    missing = view.metric(completeness.gaps, view.in_history(), view.disclosure).set_index("gap")["gap_pct"]
    for gap, key in (("events_without_list", "trust.lists"), ("events_without_attendance", "trust.attendance")):
        if pd.notna(missing[gap]):
            said.append(say(key, lang, share=format_percent(float(missing[gap]), lang)))
    said.append(say("trust.rows", lang, **told))
    refused = int(rows["refusal_uk"].notna().sum())
    if refused:
        files = format_count(len(rows) - 1, lang)
        said.append(say("trust.files", lang, files=files, refused=format_count(refused, lang)))
    st.markdown("\n".join(f"- {sentence}" for sentence in said))


def sent_by_spaces(view: View) -> None:
    """What each space sent for each of the last twelve months: words in colours, those who owe a return first."""
    lang = view.lang
    st.header(say("heat", lang), anchor=False)
    end = add_months(data_span(view.snapshot, view.city).unfinished_month, -1)
    frame = view.metric(freshness.by_space_month, view.selection(add_months(end, -11), end))
    if frame.empty:
        st.info(say("heat.none", lang))
        return
    named = {state: say_everywhere("quoted", lang, text=say(f"state.{state}", lang)) for state in STATES}
    legend = "; ".join(f"{name} — {say(f'meaning.{state}', lang)}" for state, name in named.items())
    st.caption(say("heat.text", lang, legend=legend))
    by_space = frame.pivot_table(index="space_id", columns="month", values="state", aggfunc="first")
    by_space = by_space[sorted(by_space.columns, reverse=True)]  # the newest month is seen without scrolling
    order = sorted(
        by_space.index, key=lambda space: (-(by_space.loc[space] == "awaited").sum(), view.names.space(space))
    )
    heads = "".join(
        f"<th scope='col'>{dates.month_short(month, lang, with_year=False)}<br>{month.year}</th>"
        for month in pd.DatetimeIndex(by_space.columns).date
    )
    names = {space: html.escape(view.names.space(space)) for space in order}
    lines = "".join(
        f"<tr><th scope='row' title='{names[space]}'>{names[space]}</th>"
        + "".join(f"<td class='cs-{state}'>{say(f'state.{state}', lang)}</td>" for state in by_space.loc[space])
        + "</tr>"
        for space in order
    )
    st.html(
        f"<div class='cs-heat' tabindex='0' role='region' aria-label='{say('heat', lang)}'><table><thead><tr>"
        f"<th scope='col'>{say('heat.space', lang)}</th>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def details(view: View) -> None:
    """Everything behind these sentences, each part folded until somebody asks."""
    st.header(say("details", view.lang), anchor=False)
    for name, title, draw in (
        ("account", view.say("data.account"), account),
        ("reasons", view.say("data.reasons"), reasons),
        ("rejects", say("rejects", view.lang), loads.rejects),
        ("snapshots", say("snapshots", view.lang), loads.snapshots),
        ("gaps", view.say("data.gaps"), gaps),
        ("returns", view.say("data.returns"), missing_returns),
        ("contradictions", view.say("data.contradictions"), contradictions),
        ("facts", view.say("data.facts"), public_facts),
        ("populations", view.say("data.populations"), populations),
        ("method", view.say("data.method"), method),
    ):
        blocks.folded(view, f"part_{name}", title, draw)


def account(view: View) -> None:
    """What became of every row of every file."""
    st.markdown(view.say("data.account.text"))
    frame = completeness.account(view.snapshot, view.city, view.disclosure)
    total = frame[frame["is_total"]].iloc[0]
    for place, name in zip(st.columns(4), _ROWS, strict=True):
        hidden = bool(total[name + HIDDEN])
        place.metric(
            view.say(f"data.{name}"),
            view.say("value.hidden") if hidden else format_count(total[name], view.lang),
            border=True,
        )
    files = frame[~frame["is_total"]]
    refusal = files["refusal_uk"] if view.lang == "uk" else files["refusal_en"]
    # What a file is called and how it is written inside is between the sender and the analyst.
    inside = {"file_name", "unknown_columns", "refusal"} if not view.disclosure.is_open else set()
    blocks.frame(
        view,
        "account",
        Sheet(
            files.assign(
                format_label=files["format"].map(partial(file_format, lang=view.lang)),
                kind_label=files["kind"].map(labels("source_kind", view.lang)),
                origin_label=files["origin"].map(labels("origin", view.lang)),
                refusal=refusal,
            ),
            [
                column
                for column in (
                    Column("file_name", view.say("col.file")),
                    Column("kind_label", view.say("col.kind")),
                    Column("format_label", view.say("col.file_format")),
                    Column("encoding", view.say("col.encoding")),
                    Column("origin_label", view.say("col.origin")),
                    *(Column(name, view.say(f"data.{name}"), "count") for name in _ROWS),
                    Column("unknown_columns", view.say("col.unknown_columns")),
                    Column("refusal", view.say("col.refusal")),
                )
                if column.name not in inside
            ],
        ),
    )


def reasons(view: View) -> None:
    """Why rows were left out, merged or flagged, and what the sender can do."""
    frame = completeness.reasons(view.snapshot, view.city, view.disclosure)
    if frame.empty:
        st.info(view.say("data.reasons.none"))
        return
    reason, fix = ("reason_uk", "fix_uk") if view.lang == "uk" else ("reason_en", "fix_en")
    blocks.frame(
        view,
        "reasons",
        Sheet(
            frame.assign(outcome_label=frame["outcome"].map(labels("row_outcome", view.lang))),
            (
                Column("outcome_label", view.say("col.outcome")),
                Column(reason, view.say("col.reason")),
                Column("rows_count", view.say("col.rows"), "count"),
                Column("files_count", view.say("col.files"), "count"),
                Column(fix, view.say("col.fix")),
            ),
        ),
    )
    rows = completeness.remarks(view.snapshot, view.city, view.disclosure)
    if rows.empty:
        return
    st.markdown(f"**{view.say('data.remarks')}**")
    blocks.frame(
        view,
        "remarks",
        Sheet(
            rows.assign(outcome_label=rows["outcome"].map(labels("row_outcome", view.lang))),
            (
                Column("file_name", view.say("col.file")),
                Column("sheet", view.say("col.sheet")),
                Column("row", view.say("col.row"), "count"),
                Column("column", view.say("col.column")),
                Column("outcome_label", view.say("col.outcome")),
                Column(reason, view.say("col.reason")),
                Column(fix, view.say("col.fix")),
            ),
        ),
    )


def gaps(view: View) -> None:
    """How much of what the figures need is missing."""
    frame = view.metric(completeness.gaps, view.in_history(), view.disclosure)
    blocks.frame(
        view,
        "gaps",
        Sheet(
            frame.assign(label=[view.say(f"gap.{gap}") for gap in frame["gap"]]),
            (
                Column("label", view.say("col.gap")),
                Column("missing_count", view.say("col.missing"), "count"),
                Column("all_count", view.say("col.of"), "count"),
                Column("gap_pct", view.say("col.share"), "percent"),
            ),
        ),
    )


def missing_returns(view: View) -> None:
    """Monthly returns that were expected and did not come."""
    frame = view.metric(returns.missing, view.in_history())
    if frame.empty:
        st.info(view.say("data.returns.none"))
        return
    blocks.frame(
        view,
        "missing_returns",
        Sheet(
            frame.assign(name=blocks.called(frame["space_id"], view.names.spaces)).sort_values(
                "month", ascending=False
            ),
            (Column("name", view.say("col.space")), Column("month", view.say("col.month"), "month")),
        ),
    )


def contradictions(view: View) -> None:
    """Where public sources contradict each other: both are kept."""
    frame = facts.contradictions(view.snapshot, view.city)
    if frame.empty:
        st.info(view.say("data.contradictions.none"))
        return
    st.markdown(view.say("data.contradictions.text"))
    blocks.facts_table(view, "contradictions", frame)


def public_facts(view: View) -> None:
    """Every public fact with its source."""
    blocks.facts_table(view, "facts", facts.by_subject(view.snapshot, view.city))


def populations(view: View) -> None:
    """Residents by district with their source and year: what per-resident figures rest on."""
    frame = view.snapshot.table("districts").query("city_id == @view.city")
    name = "name_uk" if view.lang == "uk" else "name_en"
    blocks.frame(
        view,
        "populations",
        Sheet(
            frame.sort_values(name),
            (
                Column(name, view.say("col.district")),
                Column("population_count", view.say("col.population"), "count"),
                Column("population_on", view.say("col.population_on"), "date"),
                Column("area_km2", view.say("col.area"), "number"),
                Column("population_source", view.say("col.source")),
                Column("district_code", view.say("col.code")),
            ),
        ),
    )


def method(view: View) -> None:
    """Every figure: what it counts, what it leaves out and its formula, from the catalogue."""
    st.markdown(
        "\n".join(
            f"- **{figure.name(view.lang)}** — {figures.definition(figure.id, view.lang)} "
            f"_{view.say('data.formula')}: {figure.formula(view.lang)}._"
            for figure in FIGURES.values()
        )
    )
