"""Where a finding can be seen: the page that shows it, with the filters and choices that make it show just this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from dashboard.filters import Filters, add_months
from dashboard.ui.view import HOME

HERE: Final = HOME
"""The page of the findings themselves: its year shows what no other page does."""

_OF_A_FIGURE: Final = ("unusual", "change", "highest", "lowest")
_ON_THE_MAP: Final = ("active_spaces_count",)
_TRENDS: Final = ("events_count", "registrations_count", "attendances_count", "participants_count")


@dataclass(frozen=True)
class Evidence:
    """A page with its filters."""

    page: str
    filters: Filters
    choices: Mapping[str, str] = field(default_factory=dict)
    """Choices on the page, as the address says them."""


def shown_by(finding: Mapping[str, Any], filters: Filters, month: date) -> Evidence:
    """The view that shows a finding.

    Args:
        finding: one row of `dashboard.metrics.findings.month_findings`.
        filters: those in force; they stay, but for what the finding is about.
        month: the month of the finding.

    Raises:
        KeyError: the kind of finding is not known.
    """
    here = replace(filters, month=month, start=None, end=None)
    year = replace(filters, month=None, start=add_months(month, -12), end=month)
    subject, figure_id, kind = finding["subject_id"], finding["figure_id"], finding["kind"]
    if kind in _OF_A_FIGURE:
        if figure_id in _TRENDS:
            return Evidence("participation", year, {"figure": figure_id})
        return Evidence("map" if figure_id in _ON_THE_MAP else HERE, here)
    events = {"figure": "events_count"}
    of_kind = {
        "theme_share_change": Evidence("participation", replace(year, themes=(subject,)), events),
        "leading_theme": Evidence("participation", replace(year, start=month), events),
        "leading_district": Evidence("map", replace(here, districts=(subject,))),
        "leading_space": Evidence("map", replace(here, space=subject)),
        "districts_without_events": Evidence("map", here),
        "silent_spaces": Evidence("map", here),
        "meetup": Evidence("network", here),
        "low_coverage": Evidence("data", here),
        "missing_returns": Evidence("data", here),
    }
    return of_kind[kind]
