"""What the speaker's notes say, and what a screen reader reads in the place of a drawing."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.metrics.catalogue import FIGURES
from dashboard.reports import figures
from dashboard.reports.model import Chart, CityMap, Finding, Report
from dashboard.text import dates
from dashboard.text import report as report_words
from dashboard.text.numbers import format_count, format_percent
from dashboard.text.slides import say
from dashboard.text.words import Lang


def meaning(report: Report, figure_ids: Iterable[str]) -> tuple[str, ...]:
    """Per figure its definition, what it leaves out, its formula, and base and completeness of the month's value."""
    return tuple(said for figure_id in figure_ids for said in _meaning(report, figure_id))


def _meaning(report: Report, figure_id: str) -> list[str]:
    lang = report.lang
    if figure_id not in FIGURES:
        return []
    figure = FIGURES[figure_id]
    said = [
        say("notes.figure", lang, name=figure.name(lang), sentence=figure.sentence(lang)),
        say("notes.leaves_out", lang, text=figure.leaves_out(lang)),
        say("notes.formula", lang, text=figure.formula(lang)),
    ]
    # A figure that is no month's rests on the same count as one that is.
    based = next((row for row in report.figures if row.base_id is not None and row.base_id == figure.base_id), None)
    if based is not None and based.base_id is not None:
        value = figures.written(based.base_id, based.base, lang)
        said.append(say("notes.base", lang, name=figures.name(based.base_id, lang), value=value))
    row = next((each for each in report.figures if each.figure_id == figure_id), None)
    if row is not None and row.coverage_id is not None and row.coverage_pct is not None:
        value = format_percent(row.coverage_pct, lang, decimals=1)
        said.append(say("notes.coverage", lang, name=figures.name(row.coverage_id, lang), value=value))
    return said


def origin(report: Report) -> tuple[str, ...]:
    """Where the data come from and how old they are."""
    return say("notes.source", report.lang, list=files(report)), as_of(report)


def files(report: Report) -> str:
    """The kinds of files and how many there are of each."""
    return "; ".join(
        report_words.say("sources.files", report.lang, kind=kind, count=format_count(count, report.lang))
        for kind, count in report.sources.files
    )


def as_of(report: Report) -> str:
    """The day the data are of, the snapshot and the program."""
    return say(
        "notes.as_of",
        report.lang,
        as_of=dates.format_date(report.as_of_on, report.lang),
        snapshot=report.snapshot_id,
        version=report.code_version,
    )


def populations(report: Report) -> tuple[str, ...]:
    """What is known of the population, source by source."""
    lang = report.lang
    return tuple(
        report_words.say("sources.population.none", lang, districts=", ".join(each.districts))
        if each.source is None
        else report_words.say(
            "sources.population",
            lang,
            source=each.source,
            on=dates.format_date(each.on, lang) if each.on else "—",
            districts=", ".join(each.districts),
        )
        for each in report.sources.populations
    )


def stated(report: Report, finding: Finding) -> tuple[str, ...]:
    """The numbers that a finding rests on."""
    lang = report.lang
    said = []
    for each in finding.rests_on:
        name = figures.name(each.figure_id, lang)
        if each.subject is not None:
            name = say("of_subject", lang, subject=each.subject, name=name)
        value = figures.written(each.figure_id, each.cell, lang)
        said.append(f"{name}, {dates.month_name(each.month, lang)} — {value}")
    return (say("notes.values", lang, list="; ".join(said)),) if said else ()


def values(chart: Chart, lang: Lang) -> str:
    """Every number of a chart, with its label."""
    of_series = [
        "; ".join(
            f"{label} — {figures.written(chart.figure_id, cell, lang)}"
            for label, cell in zip(chart.labels, series.cells, strict=True)
        )
        for series in chart.series
    ]
    if len(chart.series) == 1:
        return of_series[0]
    return ". ".join(f"{series.name}: {said}" for series, said in zip(chart.series, of_series, strict=True))


def areas(city_map: CityMap, lang: Lang) -> str:
    """Every district of a map with its number."""
    return "; ".join(f"{area.name} — {figures.written(city_map.figure_id, area.cell, lang)}" for area in city_map.areas)
