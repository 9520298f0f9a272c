"""Parts of the page «Дані»."""

from __future__ import annotations

import streamlit as st

from dashboard.metrics import completeness, facts, returns
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import HIDDEN
from dashboard.text import dates
from dashboard.text.labels import labels
from dashboard.text.numbers import format_count
from dashboard.ui import blocks, figures
from dashboard.ui.blocks import Column
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


def account(view: View) -> None:
    """What became of every row of every file."""
    blocks.section(view, "data.account")
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
    blocks.frame(
        view,
        "account",
        files.assign(
            kind_label=files["kind"].map(labels("source_kind", view.lang)),
            origin_label=files["origin"].map(labels("origin", view.lang)),
            refusal=refusal,
        ),
        (
            Column("file_name", view.say("col.file")),
            Column("kind_label", view.say("col.kind")),
            Column("format", view.say("col.file_format")),
            Column("encoding", view.say("col.encoding")),
            Column("origin_label", view.say("col.origin")),
            *(Column(name, view.say(f"data.{name}"), "count") for name in _ROWS),
            Column("unknown_columns", view.say("col.unknown_columns")),
            Column("refusal", view.say("col.refusal")),
        ),
    )


def reasons(view: View) -> None:
    """Why rows were left out, merged or flagged, and what the sender can do."""
    blocks.section(view, "data.reasons")
    frame = completeness.reasons(view.snapshot, view.city, view.disclosure)
    if frame.empty:
        st.info(view.say("data.reasons.none"))
        return
    reason, fix = ("reason_uk", "fix_uk") if view.lang == "uk" else ("reason_en", "fix_en")
    blocks.frame(
        view,
        "reasons",
        frame.assign(outcome_label=frame["outcome"].map(labels("row_outcome", view.lang))),
        (
            Column("outcome_label", view.say("col.outcome")),
            Column(reason, view.say("col.reason")),
            Column("rows_count", view.say("col.rows"), "count"),
            Column("files_count", view.say("col.files"), "count"),
            Column(fix, view.say("col.fix")),
        ),
    )
    rows = completeness.remarks(view.snapshot, view.city, view.disclosure)
    if rows.empty:
        return
    with st.expander(view.say("data.remarks")):
        blocks.frame(
            view,
            "remarks",
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
        )


def gaps(view: View) -> None:
    """How much of what the figures need is missing."""
    blocks.section(view, "data.gaps")
    frame = view.metric(completeness.gaps, view.in_history(), view.disclosure)
    blocks.frame(
        view,
        "gaps",
        frame.assign(label=[view.say(f"gap.{gap}") for gap in frame["gap"]]),
        (
            Column("label", view.say("col.gap")),
            Column("missing_count", view.say("col.missing"), "count"),
            Column("all_count", view.say("col.of"), "count"),
            Column("gap_pct", view.say("col.share"), "percent"),
        ),
    )


def missing_returns(view: View) -> None:
    """Monthly returns that were expected and did not come."""
    blocks.section(view, "data.returns")
    frame = view.metric(returns.missing, view.in_history())
    if frame.empty:
        st.info(view.say("data.returns.none"))
        return
    blocks.frame(
        view,
        "missing_returns",
        frame.assign(name=blocks.called(frame["space_id"], view.names.spaces)).sort_values("month", ascending=False),
        (Column("name", view.say("col.space")), Column("month", view.say("col.month"), "month")),
    )


def contradictions(view: View) -> None:
    """Where public sources contradict each other: both are kept."""
    frame = facts.contradictions(view.snapshot, view.city)
    blocks.section(view, "data.contradictions")
    if frame.empty:
        st.info(view.say("data.contradictions.none"))
        return
    st.markdown(view.say("data.contradictions.text"))
    blocks.facts_table(view, "contradictions", frame)


def public_facts(view: View) -> None:
    """Every public fact with its source."""
    blocks.section(view, "data.facts")
    blocks.facts_table(view, "facts", facts.by_subject(view.snapshot, view.city))


def populations(view: View) -> None:
    """Residents by district with their source and year: what per-resident figures rest on."""
    blocks.section(view, "data.populations")
    frame = view.snapshot.table("districts").query("city_id == @view.city")
    name = "name_uk" if view.lang == "uk" else "name_en"
    blocks.frame(
        view,
        "populations",
        frame.sort_values(name),
        (
            Column(name, view.say("col.district")),
            Column("population_count", view.say("col.population"), "count"),
            Column("population_on", view.say("col.population_on"), "date"),
            Column("area_km2", view.say("col.area"), "number"),
            Column("population_source", view.say("col.source")),
            Column("district_code", view.say("col.code")),
        ),
    )


def method(view: View) -> None:
    """Every figure: what it counts, what it leaves out and its formula, from the catalogue."""
    blocks.section(view, "data.method")
    st.markdown(
        "\n".join(
            f"- **{figure.name(view.lang)}** — {figures.definition(figure.id, view.lang)} "
            f"_{view.say('data.formula')}: {figure.formula(view.lang)}._"
            for figure in FIGURES.values()
        )
    )
