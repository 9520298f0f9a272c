"""The address `/present`: the views that a speaker chose, as a presentation of its own, outside the Streamlit page."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from dashboard.charts.headlines import about
from dashboard.errors import CivicspaceError, PrintError
from dashboard.filters import Filters, known_values
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import show
from dashboard.reports.build import build
from dashboard.reports.exhibits import Exhibit, native
from dashboard.reports.model import Report, draft
from dashboard.reports.pictures import Form, bare, render
from dashboard.reports.slides import plan
from dashboard.settings import is_loopback
from dashboard.store import Snapshot
from dashboard.text.words import LANGS, Lang
from dashboard.ui import cache, chips, replay, runtime, url
from dashboard.ui.basket import MOST, Kept, parse
from dashboard.ui.view import View

PATH: Final = "/present"
_MOST_VIEWS: Final = 2 * MOST

_log: Final = logging.getLogger("civicspace")


def report_on(snapshot: Snapshot, filters: Filters, disclosure: Disclosure, lang: Lang) -> Report:
    """The month's report, made once for everyone with the same view."""
    return cache.computed(
        lambda: build(snapshot, filters, disclosure, lang), "report", snapshot.snapshot_id, filters, disclosure, lang
    )


def address(query: Mapping[str, Sequence[str]], view_ids: Sequence[str], lang: Lang) -> str:
    """The presentation of some views, in a language."""
    return f"{PATH}?{urlencode({**query, 'lang': lang, 'view': view_ids}, doseq=True)}"


def live_url(base: str, host: str | None, query: Mapping[str, Sequence[str]]) -> str | None:
    """Where the audience finds the same on their phones: at the public address, else at the one that was asked.

    None where only this machine could reach it.
    """
    public = runtime.settings().public_url
    if public is None and (host is None or is_loopback(host)):
        return None
    return f"{(public or base).rstrip('/')}/?{urlencode(query, doseq=True)}"


def exhibit(snapshot: Snapshot, kept: Kept, disclosure: Disclosure, lang: Lang) -> Exhibit | None:
    """A kept view made anew for a role; None where its page has no such chart for its filters."""
    if kept.page not in replay.REPLAYED:
        return None

    def make() -> Exhibit:
        filters, _ = Filters.from_query(dict(kept.query), known_values(snapshot), runtime.settings().default_city)
        view = View.plain(snapshot, filters, lang, disclosure, kept.page)
        choices = {name: values[-1] for name, values in kept.query.items() if name in url.CHOICES}
        found = replay.shown(view, kept.key, choices)
        if found is None:
            raise LookupError(kept.name)
        on = [chip.name for chip in chips.chips(filters, view.names, lang)]
        subtitle = about(found.subtitle, " · ".join(on), view.names.cities[filters.city])
        table = None if found.table is None else found.table()
        figure = found.draw()
        return Exhibit(
            name=kept.name,
            page=view.say(f"page.{kept.page}"),
            title=found.title,
            subtitle=subtitle,
            alt=found.alt,
            source=found.source,
            figure=figure,
            chart=native(figure, table, found.title, subtitle, lang),
        )

    try:
        return cache.computed(make, "exhibit", snapshot.snapshot_id, kept.name, disclosure, lang)
    except LookupError:  # not kept: what failed once may be there the next time
        return None


def pictures(exhibits: Sequence[Exhibit], form: Form, disclosure: Disclosure, lang: Lang) -> dict[str, bytes]:
    """Pictures of charts of pages, by their names; none where no browser draws them."""
    if not exhibits:
        return {}
    # In one order, whatever the speaker's: another order needs no other pictures.
    ordered = sorted(exhibits, key=lambda each: each.name)
    names = tuple(each.name for each in ordered)

    def make() -> dict[str, bytes]:
        drawn = render([bare(each.figure, lang) for each in ordered], form, runtime.settings().chromium)
        return dict(zip(names, drawn, strict=True))

    snapshot_id = cache.snapshot().snapshot_id
    try:
        return cache.computed(make, "pictures", snapshot_id, names, form, disclosure, lang)
    except PrintError:
        _log.exception("no pictures")
        return {}


def views_of(snapshot: Snapshot, report: Report, names: Sequence[str], disclosure: Disclosure) -> dict[str, plan.View]:
    """The views that names stand for, in their order: the report's own and the pages'; what is none is left out."""
    known = show.views(report)
    found: dict[str, plan.View] = {}
    for name in dict.fromkeys(names):
        kept = parse(name)
        view = known.get(name) if kept is None else exhibit(snapshot, kept, disclosure, report.lang)
        if view is not None:
            found[name] = view
    return found


def present(request: Request) -> Response:
    """The presentation of the month and the views that the address names; of all views where it names none."""
    settings = runtime.settings()
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    asked = query.get("lang", [""])[-1]
    lang = asked if asked in LANGS else settings.default_lang
    try:
        snapshot = cache.snapshot()
        filters, _ = Filters.from_query(query, known_values(snapshot), settings.default_city)
    except CivicspaceError as error:
        text = f"{error.text.in_language(lang)} {error.remedy.in_language(lang)}"
        return PlainTextResponse(text, status_code=503)
    filters = replace(filters, month=filters.resolved(snapshot).month)
    disclosure = Disclosure(settings.role, settings.min_group_size)
    report = report_on(snapshot, filters, disclosure, lang)
    wanted = query.get("view", [])[:_MOST_VIEWS]
    chosen = list(views_of(snapshot, report, wanted, disclosure).values()) or list(show.views(report).values())
    drawn = pictures([each for each in chosen if isinstance(each, Exhibit)], "svg", disclosure, lang)
    live = live_url(str(request.base_url), request.url.hostname, {**filters.to_query(), "lang": [lang]})
    return HTMLResponse(show.render(draft(report), chosen, live, drawn))
