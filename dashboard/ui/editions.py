"""Parts of the page «Випуски»."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from threading import BoundedSemaphore
from typing import Final

import pandas as pd
import streamlit as st

from dashboard import archive
from dashboard.archive import Listing
from dashboard.errors import DamagedEdition, EditionError, NoArchive, NoChromium, OutdatedEdition
from dashboard.filters import months_with_data
from dashboard.metrics.disclosure import Disclosure
from dashboard.reports import editions, figures, pdf
from dashboard.reports.editions import Imprint, Reference
from dashboard.reports.formats import FORMATS, Format
from dashboard.reports.model import Cell, Change
from dashboard.settings import Role
from dashboard.text import dates
from dashboard.text.words import LANGS, Lang
from dashboard.ui import blocks, runtime, state
from dashboard.ui.blocks import Column, Sheet
from dashboard.ui.view import View

_PRESS: Final = BoundedSemaphore(1)
"""One file is made at a time: the pages stay quick, however many ask for files."""
_LANGUAGES: Final = {"uk": "українською", "en": "in English"}


def heading(view: View) -> None:
    """Title and what an edition is; the page ends there where editions have no folder."""
    blocks.title(view, "editions", view.say("editions.lead"))
    try:
        _ = runtime.settings().editions_in
    except NoArchive as error:
        if view.disclosure.role is Role.ANALYST:
            tell(view, error)
        else:
            st.info(view.say("editions.none"))
        st.stop()


def issuing(view: View) -> None:
    """The analyst's form that issues an edition, and what became of the last one."""
    if view.disclosure.role is not Role.ANALYST:
        return
    blocks.section(view, "editions.issue")
    if view.snapshot.instead_of is not None:
        st.info(view.say("editions.issue.older"))
        return
    months = months_with_data(view.snapshot, view.city)[::-1]
    with st.form("issue", border=False):
        left, middle, right = st.columns([2, 3, 4], vertical_alignment="bottom")
        month = left.selectbox(
            view.say("editions.issue.months"),
            months,
            index=months.index(view.month) if view.month in months else 0,
            format_func=lambda each: dates.month_name(each, view.lang),
            key=state.widget(state.W_EDITION_MONTH, view.lang, view.city),
        )
        role = middle.segmented_control(
            view.say("editions.issue.role"),
            tuple(Role),
            format_func=lambda each: view.say(f"editions.role.{each}"),
            default=Role.PUBLIC,
            required=True,
            key=state.widget(state.W_EDITION_ROLE, view.lang),
        )
        reason = right.text_input(
            view.say("editions.issue.reason"), key=state.widget(state.W_EDITION_REASON, view.lang), max_chars=300
        )
        is_wanted = st.form_submit_button(
            view.say("editions.issue.button"), icon=":material/approval:", disabled=not months
        )
    if is_wanted and month is not None:
        with st.spinner(view.say("overview.document.making")):
            _issue(view, month, Role(role), reason.strip() or None)


def _issue(view: View, month: date, role: Role, reason: str | None) -> None:
    settings = runtime.settings()
    disclosure = Disclosure(role, settings.min_group_size)
    try:
        issued = archive.issue_month(
            settings.editions_in, view.snapshot, view.city, month, disclosure, runtime.now(), reason
        )
    except EditionError as error:
        tell(view, error)
        return
    imprint = issued.imprint
    if not issued.is_new:
        day = dates.format_date(imprint.issued_on, view.lang)
        st.info(view.say("editions.same", reference=imprint.reference, day=day))
    elif imprint.reference.number == 1:
        st.success(view.say("editions.issued.first", reference=imprint.reference))
    else:
        st.success(view.say("editions.issued", reference=imprint.reference, count=imprint.changes_count))


def listing(view: View) -> Listing:
    """The editions of the city that the visitor may see, as a table."""
    blocks.section(view, "editions.list")
    role = Role.PUBLIC if view.disclosure.role is Role.PUBLIC else None
    found = archive.list_editions(runtime.settings().editions_in, city_id=view.city, role=role)
    for reference in found.damaged:
        st.error(view.say("editions.damaged", reference=reference), icon=":material/broken_image:")
    if not found.imprints:
        st.info(view.say("editions.none"))
        return found
    frame = pd.DataFrame(
        {
            "month": [imprint.reference.month for imprint in found.imprints],
            "number": [imprint.reference.number for imprint in found.imprints],
            "role": [view.say(f"editions.role.{imprint.reference.role}") for imprint in found.imprints],
            "issued_on": [imprint.issued_on for imprint in found.imprints],
            "as_of": [imprint.as_of_on for imprint in found.imprints],
            "snapshot": [imprint.snapshot_id for imprint in found.imprints],
            "changes": [imprint.changes_count for imprint in found.imprints],
            "why": [" ".join(imprint.why[view.lang]) for imprint in found.imprints],
        }
    )
    columns = [
        Column("month", view.say("col.month"), "month"),
        Column("number", view.say("editions.number"), "count"),
        Column("role", view.say("editions.role")),
        Column("issued_on", view.say("editions.issued_on"), "date"),
        Column("as_of", view.say("editions.as_of"), "date"),
        Column("snapshot", view.say("editions.snapshot")),
        Column("changes", view.say("editions.changes_count"), "count"),
        Column("why", view.say("editions.why")),
    ]
    blocks.frame(view, "editions", Sheet(frame, [each for each in columns if role is None or each.name != "role"]))
    return found


def one(view: View, found: Listing) -> None:
    """One edition: what it says of itself, what changed, and its files."""
    if not found.imprints:
        return
    blocks.section(view, "editions.one")
    by_name = {str(imprint.reference): imprint for imprint in found.imprints}
    name = st.selectbox(
        view.say("editions.choose"),
        list(by_name),
        format_func=lambda each: _called(view, by_name[each].reference),
        key=state.widget(state.W_EDITION, view.lang, view.city),
    )
    imprint = by_name[name]
    st.markdown(
        view.say(
            "editions.imprint",
            number=imprint.reference.number,
            day=dates.format_date(imprint.issued_on, view.lang),
            as_of=dates.format_date(imprint.as_of_on, view.lang),
            snapshot=imprint.snapshot_id,
            version=imprint.code_version,
            files=len(imprint.inputs),
        )
    )
    _changes(view, imprint)
    _files(view, imprint)


def _called(view: View, reference: Reference) -> str:
    return view.say(
        "editions.called",
        month=dates.month_name(reference.month, view.lang),
        number=reference.number,
        role=view.say(f"editions.role.{reference.role}"),
    )


def _changes(view: View, imprint: Imprint) -> None:
    if imprint.reference.number == 1:
        return
    blocks.section(view, "editions.changes")
    st.markdown("\n".join(f"- {blocks.plain(text)}" for text in imprint.why[view.lang]))
    try:
        changes = archive.read_edition(runtime.settings().editions_in, imprint.reference, view.lang).changes
    except OutdatedEdition:
        return
    except DamagedEdition as error:
        tell(view, error)
        return
    if not changes:
        st.markdown(view.say("editions.changes.none"))
        return
    blocks.frame(
        view,
        "edition_changes",
        Sheet(
            _as_frame(view, changes),
            (
                Column("place", view.say("editions.place")),
                Column("figure", view.say("col.figure")),
                Column("month", view.say("col.month"), "month"),
                Column("before", view.say("editions.before")),
                Column("after", view.say("editions.after")),
            ),
        ),
    )


def _as_frame(view: View, changes: Sequence[Change]) -> pd.DataFrame:
    def written(change: Change, cell: Cell | None) -> str:
        return view.say("editions.row.none") if cell is None else figures.written(change.figure_id, cell, view.lang)

    return pd.DataFrame(
        {
            "place": [change.place for change in changes],
            "figure": [figures.name(change.figure_id, view.lang) for change in changes],
            "month": [change.month for change in changes],
            "before": [written(change, change.before) for change in changes],
            "after": [written(change, change.after) for change in changes],
        }
    )


def _files(view: View, imprint: Imprint) -> None:
    blocks.section(view, "editions.files")
    is_current = editions.is_defined_so(imprint.definitions)
    if not is_current:
        st.info(view.say("editions.outdated"))
    for form in (each for each in FORMATS.values() if each.serves(imprint.reference.role)):
        kept = [
            lang
            for lang in LANGS
            if is_current or archive.is_kept(runtime.settings().editions_in, imprint.reference, form, lang)
        ]
        if not kept:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(view.say(f"editions.format.{form.id}"), width="stretch")
            for lang in kept:
                download(
                    view,
                    f"{form.ending.upper()} {_LANGUAGES[lang]}",
                    imprint.reference,
                    form,
                    lang,
                    key=f"get_{form.id}_{lang}",
                )


def download(view: View, label: str, reference: Reference, form: Format, lang: Lang, *, key: str) -> None:
    """A button that hands out one file of an edition; the file is made on the first click."""
    store = runtime.settings().editions_in
    is_possible = form.id != "pdf" or can_print() or archive.is_kept(store, reference, form, lang)
    st.download_button(
        label,
        partial(file_of, reference, form, lang),
        file_name=archive.file_name(reference, form, lang),
        mime=form.mime,
        key=key,
        icon=":material/download:",
        on_click="ignore",
        disabled=not is_possible,
        help=None if is_possible else view.say("editions.no_pdf"),
    )


def file_of(reference: Reference, form: Format, lang: Lang) -> bytes:
    """A file of an edition; runs in a thread of its own, after the page was drawn."""
    settings = runtime.settings()
    kept = archive.kept_file(settings.editions_in, reference, form, lang)
    if kept is not None:
        return kept
    with _PRESS:
        return archive.file_of(settings.editions_in, reference, form, lang, chromium=settings.chromium)


def can_print() -> bool:
    """Whether there is a browser that prints PDF."""
    try:
        pdf.find(runtime.settings().chromium)
    except NoChromium:
        return False
    return True


def tell(view: View, error: EditionError) -> None:
    """What is wrong with an edition, in plain words."""
    st.error(f"{error.text.in_language(view.lang)} {error.remedy.in_language(view.lang)}")
