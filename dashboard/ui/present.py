"""The address `/present`: the views that a speaker chose, as a presentation of its own, outside the Streamlit page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from dashboard.errors import CivicspaceError
from dashboard.filters import Filters, known_values
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import show
from dashboard.reports.build import build
from dashboard.reports.model import Report, draft
from dashboard.settings import is_loopback
from dashboard.store import Snapshot
from dashboard.text.words import LANGS, Lang
from dashboard.ui import cache, runtime

PATH: Final = "/present"


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
    report = report_on(snapshot, filters, Disclosure(settings.role, settings.min_group_size), lang)
    known = show.views(report)
    chosen = [known[name] for name in dict.fromkeys(query.get("view", ())) if name in known]
    live = live_url(str(request.base_url), request.url.hostname, {**filters.to_query(), "lang": [lang]})
    return HTMLResponse(show.render(draft(report), chosen or list(known.values()), live))
