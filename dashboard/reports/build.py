"""From a snapshot to the month's report: the metrics, asked once, with names and sentences put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

import pandas as pd

from dashboard.filters import Filters, add_months
from dashboard.metrics import completeness, contrast, districts, findings, months, overview, spaces, themes
from dashboard.metrics.catalogue import FIGURES
from dashboard.metrics.disclosure import HIDDEN, Disclosure
from dashboard.metrics.selection import Selection, select, select_month
from dashboard.reports import views
from dashboard.reports.model import (
    Account,
    Cell,
    CityMap,
    Column,
    Comparison,
    FigureRow,
    Finding,
    Gap,
    Named,
    Place,
    Population,
    Reason,
    Register,
    Report,
    Row,
    Sources,
    Table,
)
from dashboard.store import Snapshot
from dashboard.text import circumstances
from dashboard.text.labels import label
from dashboard.text.names import Names, names_of
from dashboard.text.pages import say as say_on_page
from dashboard.text.report import say
from dashboard.text.words import Lang
from etl.contract import SOURCE_KINDS

_Row = Mapping[str, Any]

_MOST_FINDINGS: Final = 10
_MOST_SPACES: Final = 10
_DISTRICT_COLUMNS: Final = (
    "events_count",
    "events_share_pct",
    "active_spaces_count",
    "participants_count",
    "participants_per_1000",
)
_SPACE_COLUMNS: Final = ("events_count", "participants_count", "attendance_rate_pct", "reported_visitors_count")


@dataclass(frozen=True)
class Numbers:
    """The metrics of one month of one city, asked once: a report in any language is told from them."""

    snapshot: Snapshot
    filters: Filters
    disclosure: Disclosure
    window: Selection
    by_month: pd.DataFrame
    by_district: pd.DataFrame
    by_theme: Mapping[date, pd.DataFrame]
    """Of the month and of the earlier ones that it can be compared with, the month first."""
    by_space: pd.DataFrame
    findings: pd.DataFrame
    gaps: pd.DataFrame
    files: pd.DataFrame
    reasons: pd.DataFrame

    @property
    def month(self) -> date:
        return self.window.end


def measure(snapshot: Snapshot, filters: Filters, disclosure: Disclosure) -> Numbers:
    """Everything that a report counts.

    Args:
        snapshot: the open snapshot.
        filters: the city, the month (where none is chosen, the last finished one) and what else was chosen.
        disclosure: for whom; every number has passed through it.

    Raises:
        KeyError: the snapshot has no such city.
    """
    window = select_month(snapshot, filters)
    month, span = window.end, window.span
    # What is usual rests on all months that the city had by then.
    history = select(snapshot, filters, min(span.earliest_month or window.start, window.start), month)

    @cache
    def ask(metric: findings.Metric, first: date, last: date) -> pd.DataFrame:
        return metric(history.between(first, last), disclosure)

    by_month = ask(months.by_month, history.start, month)
    alone = window.between(month, month)
    earlier = [
        then
        for then in (add_months(month, -1), add_months(month, -12))
        if not span.is_unfinished(month) and span.first_month is not None and then >= span.first_month
    ]
    return Numbers(
        snapshot=snapshot,
        filters=filters,
        disclosure=disclosure,
        window=window,
        by_month=by_month[by_month["month"] >= window.start_at],
        by_district=ask(districts.by_district, month, month),
        by_theme={each: ask(themes.by_theme, each, each) for each in (month, *earlier)},
        by_space=ask(spaces.by_space, month, month),
        findings=findings.asked(ask, month, history.start),
        gaps=completeness.gaps(alone, disclosure),
        files=completeness.account(snapshot, filters.city, disclosure),
        reasons=completeness.reasons(snapshot, filters.city, disclosure),
    )


def build(snapshot: Snapshot, filters: Filters, disclosure: Disclosure, lang: Lang) -> Report:
    """The report on one month of one city: `measure`, told in one language."""
    return tell(measure(snapshot, filters, disclosure), lang)


def tell(numbers: Numbers, lang: Lang) -> Report:
    """The report in one language."""
    snapshot, filters, month = numbers.snapshot, numbers.filters, numbers.month
    names = names_of(snapshot, filters.city, lang)
    city = snapshot.table("cities").set_index("city_id").loc[filters.city]
    figures = _figures(numbers.by_month, month)
    by_district = _districts(numbers.by_district, names)
    by_theme = _themes(numbers.by_theme, names, lang)
    every_space, silent = _spaces(numbers.by_space, names)
    by_space = replace(every_space, rows=every_space.rows[:_MOST_SPACES])
    told = _findings(numbers.findings, numbers.by_month, month, names)
    shown = {row.figure_id for row in figures} | {
        column.figure_id for table in (by_district, by_theme, by_space) for column in table.columns
    }
    return Report(
        city_id=filters.city,
        city=str(city["name_uk" if lang == "uk" else "name_en"]),
        month=month,
        lang=lang,
        disclosure=numbers.disclosure,
        restrictions=_restrictions(filters, names, lang),
        snapshot_id=snapshot.snapshot_id,
        created_at=snapshot.manifest.created_at,
        code_version=snapshot.manifest.code_version,
        as_of_on=snapshot.as_of_on,
        is_demo=snapshot.manifest.has_demo,
        is_unfinished=numbers.window.span.is_unfinished(month),
        findings=told,
        figures=figures,
        districts=by_district,
        themes=by_theme,
        spaces=by_space,
        silent_spaces=silent,
        charts=views.charts(month, figures, by_district, by_theme, by_space, told, lang),
        maps=_maps(numbers, names),
        gaps=tuple(
            Gap(row["gap"], _cell(row, "missing_count"), _cell(row, "all_count"), _cell(row, "gap_pct"))
            for row in _rows(numbers.gaps)
        ),
        account=_account(numbers.files, numbers.reasons, lang),
        sources=_sources(numbers.files, numbers.window.city_districts, str(city["attribution"]), names, lang),
        definitions=tuple(figure_id for figure_id in FIGURES if figure_id in shown),
        register=_register(snapshot, Named(filters.city, str(city["name_uk"]), str(city["name_en"]))),
        circumstances=_circumstances(numbers.window, lang),
        every_space=every_space,
    )


def _circumstances(window: Selection, lang: Lang) -> tuple[str, ...]:
    """Nothing of an unfinished month, which is compared with none."""
    month = window.end
    if window.span.is_unfinished(month):
        return ()
    earlier = add_months(month, -1)
    now, before, both = (
        contrast.circumstances(window.between(first, last))
        for first, last in ((month, month), (earlier, earlier), (earlier, month))
    )
    return circumstances.beside(month, now, earlier, before, both, lang)


def _findings(found: pd.DataFrame, by_month: pd.DataFrame, month: date, names: Names) -> tuple[Finding, ...]:
    return tuple(views.tell(row, by_month, month, names) for row in _rows(found.head(_MOST_FINDINGS)))


def _maps(numbers: Numbers, names: Names) -> tuple[CityMap, ...]:
    """Maps of the whole city, whatever districts were chosen; none where a city has no districts."""

    def of_city(table: str) -> pd.DataFrame:
        frame = numbers.snapshot.table(table)
        return frame[frame["city_id"] == numbers.filters.city]

    if of_city("districts").empty:
        return ()
    return tuple(
        views.city_map(
            numbers.by_district,
            figure_id,
            numbers.month,
            boundaries=of_city("districts"),
            landmarks=of_city("landmarks"),
            located=of_city("spaces"),
            names=names,
        )
        for figure_id in views.MAPPED
    )


def _figures(by_month: pd.DataFrame, month: date) -> tuple[FigureRow, ...]:
    earlier = {"previous": add_months(month, -1), "year_ago": add_months(month, -12)}
    trends = _rows(by_month.sort_values("month"))

    def figure(row: _Row) -> FigureRow:
        comparisons = tuple(
            Comparison(then, _cell(row, name), _number(row[f"{name}_change"]), _number(row[f"{name}_change_pct"]))
            for name, then in earlier.items()
            if not row["is_unfinished"]
        )
        return FigureRow(
            figure_id=row["figure_id"],
            cell=_cell(row, "value"),
            comparisons=comparisons,
            base_id=_text(row["base_id"]),
            base=_cell(row, "base_count"),
            coverage_id=_text(row["coverage_id"]),
            coverage_pct=_number(row["coverage_pct"]),
            trend=tuple(_cell(each, row["figure_id"]) for each in trends),
        )

    return tuple(figure(row) for row in _rows(overview.from_months(by_month, month)))


def _districts(by_district: pd.DataFrame, names: Names) -> Table:
    # What has no district comes last: it is no district, however much there is of it.
    frame = by_district.assign(is_known=by_district["district_code"].notna()).sort_values(
        ["is_known", "events_count"], ascending=[False, False], kind="stable"
    )
    rows = [
        Row(
            names.district(_text(row["district_code"])),
            None,
            _cells(row, _DISTRICT_COLUMNS),
            _text(row["district_code"]),
        )
        for row in _rows(frame)
        if row["is_known"] or row["events_count"]
    ]
    return Table(tuple(Column(name) for name in _DISTRICT_COLUMNS), tuple(rows))


def _themes(by_theme: Mapping[date, pd.DataFrame], names: Names, lang: Lang) -> Table:
    """Themes with their shares of the earlier months that can be compared."""
    (frame, *frames_before), (_, *earlier) = by_theme.values(), by_theme
    before = [{row["theme_id"]: row for row in _rows(then)} for then in frames_before]
    frame = frame.assign(is_known=frame["theme_id"].notna()).sort_values(
        ["is_known", "events_count"], ascending=[False, False], kind="stable"
    )

    def row(found: _Row) -> Row:
        theme_id = _text(found["theme_id"])
        shares = [_cell(then[theme_id], "theme_share_pct") if theme_id else Cell(None) for then in before]
        return Row(
            names.theme(theme_id) if theme_id else say_on_page("none.theme", lang),
            None,
            (*_cells(found, ("events_count", "theme_share_pct")), *shares, _cell(found, "participants_count")),
            theme_id,
        )

    columns = (
        Column("events_count"),
        Column("theme_share_pct"),
        *(Column("theme_share_pct", then) for then in earlier),
        Column("participants_count"),
    )
    return Table(columns, tuple(row(found) for found in _rows(frame) if found["is_known"] or found["events_count"]))


def _spaces(frame: pd.DataFrame, names: Names) -> tuple[Table, tuple[str, ...]]:
    """The spaces by their events, and the names of those without any. Their order tells nothing of people."""
    busiest = frame[frame["events_count"] > 0].sort_values("events_count", ascending=False, kind="stable")
    rows = [
        Row(
            names.space(row["space_id"]),
            names.district(_text(row["district_code"])),
            _cells(row, _SPACE_COLUMNS),
            row["space_id"],
        )
        for row in _rows(busiest)
    ]
    silent = tuple(names.space(space_id) for space_id in frame.loc[frame["is_silent"], "space_id"])
    return Table(tuple(Column(name) for name in _SPACE_COLUMNS), tuple(rows)), silent


def _account(files: pd.DataFrame, reasons: pd.DataFrame, lang: Lang) -> Account:
    total = _rows(files[files["is_total"]])[0]
    return Account(
        files_count=len(files) - 1,
        refused_count=int(files["refusal_uk"].notna().sum()),
        read=_cell(total, "rows_read_count"),
        loaded=_cell(total, "rows_loaded_count"),
        duplicate=_cell(total, "rows_duplicate_count"),
        rejected=_cell(total, "rows_rejected_count"),
        reasons=tuple(
            Reason(label("row_outcome", row["outcome"], lang), row[f"reason_{lang}"], _cell(row, "rows_count"))
            for row in _rows(reasons)
        ),
    )


def _sources(files: pd.DataFrame, city_districts: pd.DataFrame, boundaries: str, names: Names, lang: Lang) -> Sources:
    kinds = files["kind"].dropna().value_counts()
    stated: dict[tuple[str | None, date | None], list[str]] = {}
    for row in _rows(city_districts.sort_values("name_uk")):
        is_known = _number(row["population_count"]) is not None
        on = row["population_on"].date() if is_known and pd.notna(row["population_on"]) else None
        source = _text(row["population_source"]) if is_known else None
        stated.setdefault((source, on), []).append(names.district(row["district_code"]))
    return Sources(
        files=tuple((label("source_kind", kind, lang), int(kinds[kind])) for kind in SOURCE_KINDS if kind in kinds),
        populations=tuple(Population(source, on, tuple(codes)) for (source, on), codes in stated.items()),
        boundaries=boundaries,
    )


def _register(snapshot: Snapshot, city: Named) -> Register:
    """The city's districts, themes and spaces, whatever was chosen."""

    def of_city(table: str, order: str) -> list[dict[str, Any]]:
        frame = snapshot.table(table)
        return _rows(frame[frame["city_id"] == city.id].sort_values(order))

    def day(value: Any) -> date | None:
        return None if pd.isna(value) else value.date()

    return Register(
        city=city,
        districts=tuple(
            Named(row["district_code"], row["name_uk"], row["name_en"]) for row in of_city("districts", "district_code")
        ),
        themes=tuple(Named(row["theme_id"], row["name_uk"], row["name_en"]) for row in of_city("themes", "rank")),
        spaces=tuple(
            Place(
                id=row["space_id"],
                name_uk=row["name_uk"],
                name_en=_text(row["name_en"]),
                kind=row["kind"],
                district_code=_text(row["district_code"]),
                location_status=row["location_status"],
                longitude_deg=_number(row["lon_deg"]),
                latitude_deg=_number(row["lat_deg"]),
                opened_on=day(row["opened_on"]),
                closed_on=day(row["closed_on"]),
                origin=row["origin"],
            )
            for row in of_city("spaces", "space_id")
        ),
    )


def _restrictions(filters: Filters, names: Names, lang: Lang) -> tuple[str, ...]:
    chosen: dict[str, Iterable[str]] = {
        "districts": [names.district(code) for code in filters.districts],
        "themes": [names.theme(theme_id) for theme_id in filters.themes],
        "kinds": [label("space_kind", kind, lang) for kind in filters.kinds],
        "networks": [names.network(network_id) for network_id in filters.networks],
        "groups": [label("participant_group", group, lang) for group in filters.groups],
        "space": [] if filters.space is None else [names.space(filters.space)],
    }
    said = [say(f"restricted.{name}", lang, list=", ".join(values)) for name, values in chosen.items() if values]
    return (*said, *([] if filters.workshops else [say("restricted.workshops", lang)]))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _cells(row: _Row, names: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(_cell(row, name) for name in names)


def _cell(row: _Row, name: str) -> Cell:
    return Cell(_number(row[name]), bool(row.get(name + HIDDEN, False)))


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
