"""Makes what the first visitor of each page would wait for, before they come."""

from __future__ import annotations

import gc

from dashboard.errors import StoreError
from dashboard.filters import Filters, known_values
from dashboard.metrics.disclosure import Disclosure
from dashboard.ui import cache, memory, replay, runtime
from dashboard.ui.view import PAGE_SPANS, View

_NO_CHART = ""


def pages() -> None:
    """Make every page's numbers and charts of the first city as it stands at the bare address; draws nothing.

    A store without a snapshot is the page's to report.
    """
    settings = runtime.settings()
    try:
        snapshot = cache.snapshot()
    except StoreError:
        return
    filters, _ = Filters.from_query({}, known_values(snapshot), settings.default_city)
    disclosure = Disclosure(settings.role, settings.min_group_size)
    _set_aside()
    for page in PAGE_SPANS:
        if page in replay.REPLAYED:
            replay.shown(View.plain(snapshot, filters, settings.default_lang, disclosure, page), _NO_CHART, {})
    _set_aside()


def _set_aside() -> None:
    """Take what stays anyway (modules, the snapshot, charts) out of the search for garbage.

    Streamlit searches all there is after every run of a page, which would take longer than most runs.
    """
    gc.collect()
    gc.freeze()
    memory.give_back()
