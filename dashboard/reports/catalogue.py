"""The catalogue of figures for reading outside the pages: as records for machines, and as a page of the manual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from dashboard.metrics.catalogue import FIGURES, SUPPORTING, Figure
from dashboard.text.words import Lang

_HEAD: Final = """\
# The figures

Every figure that civicspace shows, as it is defined in `dashboard/metrics/catalogue.py`. This page is made from it by
`civicspace figures --markdown > docs/figures.md`; do not edit it by hand.

A figure's id is its column's name in every file and table, and its id in `civicspace figures --json`. To the public
role small groups are hidden and other numbers about people are rounded, wherever a figure counts people (see
`docs/adr/0011-public-numbers-are-made-of-published-ones.md`).

| id | unit | українською | English |
|---|---|---|---|
"""
_SUPPORTING: Final = """\
## Supporting counts and shares

What the figures rest on.

| id | unit | українською | English |
|---|---|---|---|
"""


def definitions(lang: Lang) -> list[dict[str, Any]]:
    """Every figure as a record, in the catalogue's order: what it is called, counts and leaves out."""
    return [
        {
            "id": figure.id,
            "name": figure.name(lang),
            "unit": figure.unit.value,
            "definition": figure.sentence(lang),
            "leaves_out": figure.leaves_out(lang),
            "formula": figure.formula(lang),
            "formula_source": figure.formula_source,
            "more_is_better": figure.more_is_better,
            "grows_with_days": figure.grows_with_days,
            "is_monthly": figure.is_monthly,
        }
        for figure in FIGURES.values()
    ]


def of_month(overview: pd.DataFrame, lang: Lang) -> list[dict[str, Any]]:
    """Every figure as a record with its values of one month; figures that are no month's have none.

    Args:
        overview: what `dashboard.metrics.overview.month_overview` returns.
        lang: the language of names and definitions.

    Returns:
        The records of `definitions` with ``value``, ``previous``, ``year_ago`` and ``base``, each with its
        ``…_is_hidden``, and ``base_id``, ``coverage_id``, ``coverage_pct``; None where there is no number.
    """
    rows: dict[Any, Mapping[Any, Any]] = {row["figure_id"]: row for row in overview.to_dict("records")}
    return [{**record, **_values(rows.get(record["id"], {}))} for record in definitions(lang)]


def _values(row: Mapping[Any, Any]) -> dict[str, Any]:
    def known(name: str) -> Any:
        value = row.get(name)
        return None if pd.isna(value) else value

    numbers = {"value": "value", "previous": "previous", "year_ago": "year_ago", "base": "base_count"}
    return {
        **{name: known(column) for name, column in numbers.items()},
        **{f"{name}_is_hidden": bool(row.get(f"{column}_is_hidden", False)) for name, column in numbers.items()},
        **{name: known(name) for name in ("base_id", "coverage_id", "coverage_pct")},
    }


def markdown() -> str:
    """The page `docs/figures.md`: every figure in both languages."""
    index = [
        f"| [`{each.id}`](#{each.id}) | {each.unit} | {each.name_uk} | {each.name_en} |" for each in FIGURES.values()
    ]
    sections = ["\n".join(_section(figure)) for figure in FIGURES.values()]
    supporting = [f"| `{each.id}` | {each.unit} | {each.name.uk} | {each.name.en} |" for each in SUPPORTING.values()]
    return "\n".join([_HEAD + "\n".join(index), "", *sections, _SUPPORTING + "\n".join(supporting), ""])


def _section(figure: Figure) -> Iterator[str]:
    yield f"## {figure.id}\n"
    yield f"**{figure.name_uk}** · **{figure.name_en}**\n"
    yield f"- {figure.sentence_uk}"
    yield f"  Не враховано: {figure.leaves_out_uk}"
    yield f"  Формула: {figure.formula_uk}."
    yield f"- {figure.sentence_en}"
    yield f"  Left out: {figure.leaves_out_en}"
    yield f"  Formula: {figure.formula_en}."
    if figure.formula_source:
        yield f"- Source: {figure.formula_source}"
    if figure.base_id:
        yield f"- Base: `{figure.base_id}`"
    if figure.coverage_id:
        yield f"- Coverage: `{figure.coverage_id}`"
    if figure.more_is_better is not None:
        yield f"- {'More' if figure.more_is_better else 'Less'} is better."
    if figure.grows_with_days:
        yield "- A sum over days: a longer month has more of it."
    if figure.is_people_count:
        yield "- Counts people."
    if not figure.is_monthly:
        yield "- Not among a month's figures."
    yield ""
