"""Which slides there are and what each says and shows: data, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts.theme import ACCENT
from dashboard.metrics.catalogue import FIGURES
from dashboard.reports import figures, views
from dashboard.reports.exhibits import Exhibit
from dashboard.reports.model import (
    Cell,
    Chart,
    ChartKind,
    CityMap,
    Comparison,
    Edition,
    FigureRow,
    Finding,
    Report,
    Series,
    Table,
)
from dashboard.reports.slides import notes
from dashboard.reports.slides.frame import BODY, BODY_PT, CAPTION, CAPTION_PT
from dashboard.reports.slides.measure import height
from dashboard.settings import Role
from dashboard.text import dates
from dashboard.text import pages as page_words
from dashboard.text import report as report_words
from dashboard.text.numbers import format_count
from dashboard.text.slides import say

View = Finding | Chart | CityMap | Exhibit
"""What a speaker can pick."""

_MOST_CHANGES_PAGES: Final = 3
_SPACE_AFTER: Final = 76_200
_OF_CHART: Final = {"theme_share_change": "themes", "leading_theme": "themes", "leading_district": "districts"}


@dataclass(frozen=True)
class Card:
    """One number that stands large."""

    name: str
    value: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Cards:
    """Numbers that stand large, and a text under them."""

    cards: tuple[Card, ...]
    text: str | None = None


@dataclass(frozen=True)
class Drawing:
    """A chart; the labels named in ``marked`` stand out."""

    chart: Chart
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A text with a head before it."""

    head: str | None
    text: str

    @property
    def whole(self) -> str:
        return self.text if self.head is None else f"{self.head}. {self.text}"


@dataclass(frozen=True)
class Text:
    """Paragraphs."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Cover:
    """What stands on the first slide besides its title."""

    subtitle: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Slide:
    """One slide."""

    title: str
    content: Cover | Cards | Drawing | CityMap | Text | Exhibit
    notes: tuple[str, ...]
    subtitle: str | None = None
    caption: str | None = None
    figure_ids: tuple[str, ...] = ()
    """The figures that it shows."""


def whole(edition: Edition) -> tuple[Slide, ...]:
    """The month: its headline figures, a slide for every finding, the charts and maps that no finding showed."""
    report = edition.report
    told = [_finding(report, finding) for finding in report.findings]
    seen = {slide.content.chart.chart_id for slide in told if isinstance(slide.content, Drawing)}
    seen |= {f"map.{slide.content.figure_id}" for slide in told if isinstance(slide.content, CityMap)}
    shown = [
        _headlines(report),
        *told,
        *(_chart(report, chart) for chart in report.charts if chart.chart_id not in seen),
        *(_map(report, each) for each in report.maps if f"map.{each.figure_id}" not in seen),
        _completeness(report),
    ]
    return (_cover(edition), *shown, *_changes(edition), *_definitions(report, shown), *_sources(report))


def chosen(edition: Edition, views: Sequence[View]) -> tuple[Slide, ...]:
    """The views in their order, between the cover and what their figures mean and come from.

    Raises:
        ValueError: a view is none of the report's.
    """
    report = edition.report
    shown = []
    for view in views:
        if isinstance(view, Exhibit):
            shown.append(_exhibit(view))
            continue
        if view not in (*report.findings, *report.charts, *report.maps):
            raise ValueError(f"{type(view).__name__} is none of the report on {report.city_id}, {report.month:%Y-%m}")
        if isinstance(view, Finding):
            shown.append(_finding(report, view))
        elif isinstance(view, Chart):
            shown.append(_chart(report, view))
        else:
            shown.append(_map(report, view))
    return (_cover(edition), *shown, *_definitions(report, shown), *_sources(report))


def title(report: Report) -> str:
    """What the deck is called."""
    return report_words.say("title", report.lang, city=report.city, month=dates.month_name(report.month, report.lang))


def footer(edition: Edition) -> str:
    """What stands at the foot of every slide."""
    report, lang = edition.report, edition.report.lang
    number = say("draft", lang) if edition.number is None else say("edition", lang, number=edition.number)
    said = [report.city, dates.month_name(report.month, lang), number]
    if report.is_unfinished:
        said.append(report_words.say("is_unfinished", lang))
    if report.is_demo:
        said.append(report_words.say("demo", lang))
    if report.disclosure.role is not Role.PUBLIC:
        said.append(say("internal", lang))
    if report.restrictions:
        said.append(report_words.say("restricted", lang))
    return " · ".join(said)


def _cover(edition: Edition) -> Slide:
    report, lang = edition.report, edition.report.lang
    as_of = dates.format_date(report.as_of_on, lang)
    if edition.number is None or edition.issued_on is None:
        number = say("draft.text", lang)
    else:
        number = say("edition.on", lang, number=edition.number, day=dates.format_date(edition.issued_on, lang))
    notices = []
    if report.is_demo:
        notices.append(f"{report_words.say('demo', lang)}. {report_words.say('demo.text', lang)}")
    if report.disclosure.role is Role.PUBLIC:
        notices.append(report_words.say("public", lang, most=report.disclosure.min_group_size - 1))
    else:
        notices.append(report_words.say("analyst", lang))
    if report.is_unfinished:
        notices.append(report_words.say("unfinished", lang, as_of=as_of))
    if report.restrictions:
        notices.append(f"{report_words.say('restricted', lang)}: {'; '.join(report.restrictions)}.")
    kind = report_words.say("kind", lang)
    return Slide(
        title=title(report),
        content=Cover((kind, number, report_words.say("as_of", lang, as_of=as_of)), tuple(notices)),
        notes=(f"{title(report)}. {kind}.", number, *notices, *notes.origin(report)),
    )


def _headlines(report: Report) -> Slide:
    rows = figures.headlines(report)

    def against(row: FigureRow, then: Comparison) -> str:
        month, value = dates.month_name(then.month, report.lang), figures.written(row.figure_id, then.cell, report.lang)
        if then.change is None:
            return say("against.alone", report.lang, month=month, value=value)
        change = figures.change(row.figure_id, then.change, then.change_pct, report.lang)
        return say("against", report.lang, month=month, value=value, change=change)

    cards = tuple(
        Card(
            figures.name(row.figure_id, report.lang),
            figures.written(row.figure_id, row.cell, report.lang),
            tuple(against(row, then) for then in row.comparisons),
        )
        for row in rows
    )
    ids = tuple(row.figure_id for row in rows)
    said = [f"{card.name}: {'; '.join((card.value, *card.lines))}." for card in cards]
    return Slide(
        title=say("headlines", report.lang),
        subtitle=dates.month_name(report.month, report.lang),
        content=Cards(cards),
        caption=_running(report),
        notes=(*said, *notes.meaning(report, ids), *notes.origin(report)),
        figure_ids=ids,
    )


def _finding(report: Report, finding: Finding) -> Slide:
    """The sentence as title, with what shows it: a map, a chart, or the numbers themselves."""
    ids = tuple(dict.fromkeys(each.figure_id for each in finding.rests_on))
    shown = _showing(report, finding)
    if isinstance(shown, Drawing):
        subtitle, caption = shown.chart.subtitle, _caption(report, shown.chart)
        ids = tuple(dict.fromkeys((*ids, shown.chart.figure_id)))
    elif isinstance(shown, CityMap):
        subtitle, caption = shown.subtitle, _running(report)
    else:
        subtitle, caption = dates.month_name(report.month, report.lang), _running(report)
    return Slide(
        title=finding.text,
        subtitle=subtitle,
        content=shown,
        caption=caption,
        notes=(finding.text, *notes.stated(report, finding), *notes.meaning(report, ids), *notes.origin(report)),
        figure_ids=ids,
    )


def _showing(report: Report, finding: Finding) -> Drawing | CityMap | Cards:
    first, lang = finding.rests_on[0], report.lang
    charts = {chart.chart_id: chart for chart in report.charts}
    if finding.kind in ("unusual", "change", "highest", "lowest", "meetup") and first.subject is None:
        trend = charts.get(f"trend.{first.figure_id}") or _trend(report, first.figure_id)
        if trend is not None:
            return Drawing(trend, tuple(dates.month_short(each.month, lang) for each in finding.rests_on))
    if finding.kind in _OF_CHART and _OF_CHART[finding.kind] in charts:
        return Drawing(charts[_OF_CHART[finding.kind]], (first.subject,) if first.subject else ())
    if finding.kind == "districts_without_events":
        of_events = next((each for each in report.maps if each.figure_id == "events_count"), None)
        if of_events is not None:
            return of_events
    if finding.kind == "leading_space":
        people = _people(report)
        if people is not None and first.subject in people.labels:
            return Drawing(people, (first.subject,))
    cards = tuple(
        Card(
            figures.name(each.figure_id, lang)
            if each.subject is None
            else say("of_subject", lang, subject=each.subject, name=figures.name(each.figure_id, lang)),
            figures.written(each.figure_id, each.cell, lang),
            (dates.month_name(each.month, lang),),
        )
        for each in finding.rests_on
    )
    if finding.kind == "silent_spaces" and report.silent_spaces:
        return Cards(cards, say("list", lang, list=" · ".join(report.silent_spaces)))
    return Cards(cards)


def _chart(report: Report, chart: Chart) -> Slide:
    last = chart.labels[-1:] if chart.kind is ChartKind.MONTHS else ()
    return Slide(
        title=chart.title,
        subtitle=chart.subtitle,
        content=Drawing(chart, last),
        caption=_caption(report, chart),
        notes=(
            chart.title,
            say("notes.values", report.lang, list=notes.values(chart, report.lang)),
            *notes.meaning(report, (chart.figure_id,)),
            *notes.origin(report),
        ),
        figure_ids=(chart.figure_id,),
    )


def _map(report: Report, city_map: CityMap) -> Slide:
    return Slide(
        title=city_map.title,
        subtitle=city_map.subtitle,
        content=city_map,
        caption=_running(report),
        notes=(
            city_map.title,
            say("notes.values", report.lang, list=notes.areas(city_map, report.lang)),
            *notes.meaning(report, (city_map.figure_id,)),
            *notes.origin(report),
        ),
        figure_ids=(city_map.figure_id,),
    )


def _exhibit(view: Exhibit) -> Slide:
    """A chart of a page; its notes say what it shows in words, and where it comes from."""
    return Slide(
        title=view.title,
        subtitle=view.subtitle or None,
        content=view,
        caption=view.source,
        notes=tuple(dict.fromkeys(text for text in (view.title, view.subtitle, view.alt, view.source) if text)),
        figure_ids=() if view.chart is None else (view.chart.figure_id,),
    )


def _trend(report: Report, figure_id: str) -> Chart | None:
    """Thirteen months of a figure that the report has no chart of; nothing where no month has a number."""
    row = next((each for each in report.figures if each.figure_id == figure_id), None)
    if row is None or all(cell.value is None for cell in row.trend):
        return None
    return views.trend(row, report.month, (), report.lang)


def _people(report: Report) -> Chart | None:
    """Participants of the most active spaces; nothing where the table has no number of them."""
    cells = _column(report.spaces, "participants_count")
    if all(cell.value is None for cell in cells):
        return None
    # What is hidden goes last: its place among the others would tell of its size.
    order = sorted(range(len(cells)), key=lambda at: -(cells[at].value or 0.0))
    month = dates.month_name(report.month, report.lang)
    return Chart(
        chart_id="spaces.participants",
        kind=ChartKind.BARS,
        figure_id="participants_count",
        title=say("participants.title", report.lang),
        subtitle=say("participants.subtitle", report.lang, month=month),
        labels=tuple(report.spaces.rows[at].name for at in order),
        series=(Series(month, ACCENT, tuple(cells[at] for at in order)),),
    )


def _column(table: Table, figure_id: str) -> tuple[Cell, ...]:
    place = next((at for at, column in enumerate(table.columns) if column.figure_id == figure_id), None)
    return () if place is None else tuple(row.cells[place] for row in table.rows)


def _completeness(report: Report) -> Slide:
    lang = report.lang
    heading = report_words.say("gaps", lang)
    name = {gap.gap: page_words.say(f"gap.{gap.gap}", lang) for gap in report.gaps}
    lacking = sorted(
        (gap for gap in report.gaps if gap.missing.is_hidden or gap.missing.value),
        key=lambda gap: -(gap.share.value or 0.0),
    )
    said = [
        say(
            "gaps.hidden" if gap.missing.is_hidden else "gaps.notes",
            lang,
            name=name[gap.gap],
            missing=figures.written("missing_count", gap.missing, lang),
            all=figures.written("all_count", gap.all, lang),
        )
        for gap in lacking
    ]
    complete = [name[gap.gap] for gap in report.gaps if gap.missing.value == 0.0 and gap.all.value]
    if complete:
        said.append(say("gaps.complete", lang, list="; ".join(complete)))
    if not any(gap.share.value for gap in lacking):
        empty = Text(tuple(Paragraph(None, text) for text in said) or (Paragraph(None, say("gaps.none", lang)),))
        return Slide(title=heading, content=empty, notes=(*said, *notes.origin(report)))
    chart = Chart(
        chart_id="gaps",
        kind=ChartKind.BARS,
        figure_id="gap_pct",
        title=heading,
        subtitle=say("gaps.subtitle", lang),
        labels=tuple(name[gap.gap] for gap in lacking),
        series=(Series(say("gaps.share", lang), ACCENT, tuple(gap.share for gap in lacking)),),
    )
    return Slide(
        title=heading,
        subtitle=chart.subtitle,
        content=Drawing(chart),
        caption=_caption(report, chart),
        notes=(*said, *notes.origin(report)),
    )


def _changes(edition: Edition) -> Iterator[Slide]:
    report, lang = edition.report, edition.report.lang
    if edition.number is None or edition.number == 1:
        return
    rows: dict[str, list[str]] = {}
    for change in edition.changes:
        place = say("changes.row", lang, place=change.place, month=dates.month_name(change.month, lang))
        value = say(
            "changes.value",
            lang,
            name=figures.name(change.figure_id, lang),
            before=_stated(report, change.figure_id, change.before),
            after=_stated(report, change.figure_id, change.after),
        )
        rows.setdefault(place, []).append(value)
    paragraphs = [
        *(Paragraph(None if place else say("changes.why", lang), text) for place, text in enumerate(edition.why)),
        *(Paragraph(place, f"{'; '.join(values)}.") for place, values in rows.items()),
    ]
    if not rows:
        paragraphs.append(Paragraph(None, say("changes.none", lang)))
    yield from _texts(report, say("changes", lang), paragraphs, most=_MOST_CHANGES_PAGES)


def _stated(report: Report, figure_id: str, cell: Cell | None) -> str:
    return say("changes.absent", report.lang) if cell is None else figures.written(figure_id, cell, report.lang)


def _definitions(report: Report, shown: Sequence[Slide]) -> Iterator[Slide]:
    ids = {figure_id for slide in shown for figure_id in slide.figure_ids}
    named = [FIGURES[figure_id] for figure_id in FIGURES if figure_id in ids]
    paragraphs = [Paragraph(figure.name(report.lang), figure.sentence(report.lang)) for figure in named]
    if paragraphs:
        yield from _texts(report, say("definitions", report.lang), paragraphs)


def _sources(report: Report) -> Iterator[Slide]:
    lang, account = report.lang, report.account
    counts = {
        name: figures.written(f"rows_{name}_count", getattr(account, name), lang)
        for name in ("read", "loaded", "duplicate", "rejected")
    }
    rows = report_words.say(
        "account.text",
        lang,
        files=format_count(account.files_count, lang),
        refused=format_count(account.refused_count, lang),
        **counts,
    )
    if report.disclosure.role is Role.PUBLIC:
        rows = f"{rows} {report_words.say('account.rounded', lang)}"
    paragraphs = [
        Paragraph(say("sources.files", lang), f"{notes.files(report)}."),
        Paragraph(say("sources.rows", lang), rows),
        *(Paragraph(None, text) for text in notes.populations(report)),
        Paragraph(None, report_words.say("sources.boundaries", lang, attribution=report.sources.boundaries)),
        Paragraph(None, notes.as_of(report)),
    ]
    yield from _texts(report, say("sources", lang), paragraphs)


def _texts(
    report: Report, heading: str, paragraphs: Sequence[Paragraph], *, most: int | None = None
) -> Iterator[Slide]:
    """Paragraphs on as many slides as they need; where these are more than ``most``, the last says so."""
    pages = _pages(paragraphs)
    if most is not None and len(pages) > most:
        pages = [*pages[:most]]
        pages[-1] = [*pages[-1][:-1], Paragraph(None, say("list.long", report.lang))]
    for number, page in enumerate(pages, start=1):
        named = say("continued", report.lang, title=heading, page=number, pages=len(pages))
        yield Slide(
            title=heading if len(pages) == 1 else named,
            content=Text(tuple(page)),
            notes=(*(each.whole for each in page), *notes.origin(report)),
        )


def _pages(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """As few pages as hold the paragraphs, each about as full as the others."""
    pages = list(_filled(paragraphs, BODY.height))
    fuller = (list(_filled(paragraphs, BODY.height * tenths // 10)) for tenths in range(1, 10))
    return next((even for even in fuller if len(even) == len(pages)), pages)


def _filled(paragraphs: Iterable[Paragraph], room: int) -> Iterator[list[Paragraph]]:
    page: list[Paragraph] = []
    taken = 0
    for paragraph in paragraphs:
        needed = height(paragraph.whole, BODY.width, BODY_PT) + _SPACE_AFTER
        if page and taken + needed > room:
            yield page
            page, taken = [], 0
        page.append(paragraph)
        taken += needed
    if page:
        yield page


def _caption(report: Report, chart: Chart) -> str | None:
    """What the drawing cannot say: which values are hidden, which are not known, and that a month is not over."""
    lang = report.lang

    def named(label: str, series: Series) -> str:
        return label if len(chart.series) == 1 else say("of_series", lang, label=label, series=series.name)

    cells = [
        (named(label, series), cell)
        for series in chart.series
        for label, cell in zip(chart.labels, series.cells, strict=True)
    ]
    hidden = [name for name, cell in cells if cell.is_hidden]
    missing = [name for name, cell in cells if cell.value is None and not cell.is_hidden]
    counted = [(key, names) for key, names in (("hidden", hidden), ("missing", missing)) if names]
    running = [text for text in (_running(report),) if text is not None]
    said = [*(say(key, lang, list=", ".join(names)) for key, names in counted), *running]
    if height(" ".join(said), CAPTION.width, CAPTION_PT) > CAPTION.height:
        everything = format_count(len(cells), lang)
        counts = ((key, format_count(len(names), lang)) for key, names in counted)
        said = [*(say(f"{key}.many", lang, count=count, all=everything) for key, count in counts), *running]
    return " ".join(said) or None


def _running(report: Report) -> str | None:
    if not report.is_unfinished:
        return None
    return say("running", report.lang, as_of=dates.format_date(report.as_of_on, report.lang))
