"""The month as a document: one click to a file fit to be signed, from the month's page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import archive
from dashboard.errors import EditionError, NoArchive
from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import editions
from dashboard.reports import html as report_html
from dashboard.reports.build import build
from dashboard.reports.editions import Imprint, Reference
from dashboard.reports.formats import FORMATS, Format
from dashboard.reports.model import draft
from dashboard.settings import Role
from dashboard.text import dates
from dashboard.text.words import Lang
from dashboard.ui import blocks, cache, runtime
from dashboard.ui.editions import can_print, download, file_of, tell
from dashboard.ui.view import View


def document(view: View) -> None:
    """The newest public edition of the month to be downloaded; the analyst also gets the next one.

    With filters on, and for the public where there is no edition, a draft of what is in view.
    """
    blocks.section(view, "overview.document")
    if view.filters != Filters(view.city, month=view.filters.month, start=view.filters.start, end=view.filters.end):
        _draft(view, "overview.document.draft.note")
        return
    try:
        newest = archive.newest_edition(runtime.settings().editions_in, view.city, view.month, Role.PUBLIC)
        _editions(view, newest)
    except NoArchive:
        _draft(view, "overview.document.draft.none")
    except EditionError as error:
        tell(view, error)


def _editions(view: View, newest: Imprint | None) -> None:
    may_issue = view.disclosure.role is Role.ANALYST and view.snapshot.instead_of is None
    form = FORMATS["pdf" if can_print() else "html"]
    name = form.ending.upper()
    if newest is None and not may_issue:
        _draft(view, "overview.document.draft.none")
        return
    if newest is not None:
        number = newest.reference.number
        download(
            view,
            view.say("overview.document.newest", number=number, format=name),
            newest.reference,
            form,
            view.lang,
            key="document_newest",
        )
        st.caption(
            view.say(
                "overview.document.newest.note",
                number=number,
                day=dates.format_date(newest.issued_on, view.lang),
                as_of=dates.format_date(newest.as_of_on, view.lang),
            )
        )
    if newest is None:
        _issue_button(
            view, 1, form, view.say("overview.document.first", format=name), view.say("overview.document.first.note")
        )
    elif may_issue and _differs(view, newest):
        number = newest.reference.number + 1
        text = view.say("overview.document.next", number=number, format=name)
        _issue_button(view, number, form, text, view.say("overview.document.next.note"))


def _issue_button(view: View, number: int, form: Format, text: str, note: str) -> None:
    """One click that issues the edition and hands out its file."""
    reference = Reference(view.city, view.month, Role.PUBLIC, number)
    st.download_button(
        text,
        partial(_issued_file, view, form, view.lang),
        file_name=archive.file_name(reference, form, view.lang),
        mime=form.mime,
        key="document_issue",
        icon=":material/approval:",
        on_click="ignore",
    )
    st.caption(note)


def _issued_file(view: View, form: Format, lang: Lang) -> bytes:
    """Runs in a thread of its own, after the page was drawn."""
    settings = runtime.settings()
    disclosure = Disclosure(Role.PUBLIC, settings.min_group_size)
    issued = archive.issue_month(settings.editions_in, view.snapshot, view.city, view.month, disclosure, runtime.now())
    return file_of(issued.imprint.reference, form, lang)


def _differs(view: View, newest: Imprint) -> bool:
    """Whether an edition issued now would be another one; compared only where something may have changed."""
    settings = runtime.settings()
    disclosure = Disclosure(Role.PUBLIC, settings.min_group_size)
    is_untouched = (
        newest.snapshot_id == view.snapshot.snapshot_id
        and newest.min_group_size == settings.min_group_size
        and editions.is_defined_so(newest.definitions)
    )
    if is_untouched:
        return False

    def compare() -> bool:
        content = editions.content(view.snapshot, view.city, view.month, disclosure)
        return archive.would_differ(settings.editions_in, newest, content)

    with st.spinner(view.say("overview.document.comparing")):
        return cache.computed(
            compare, "edition_differs", view.snapshot.snapshot_id, str(newest.reference), newest.data_sha256, disclosure
        )


def _draft(view: View, note: str) -> None:
    """What is in view as a draft, made when asked for."""
    st.caption(view.say(note))
    if not st.button(view.say("overview.document.draft"), icon=":material/description:", key="b_report"):
        return
    with st.spinner(view.say("overview.document.making")):
        made = draft(build(view.snapshot, replace(view.filters, month=view.month), view.disclosure, view.lang))
        data = report_html.render(made)
    st.download_button(
        view.say("overview.document.draft.download"),
        data,
        file_name=f"{made.stem}.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
    )
