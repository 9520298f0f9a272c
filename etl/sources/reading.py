"""One file of the inbox → raw tables. The format is recognised by the headers, whatever the file is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from etl.issues import RowIssue
from etl.sources import lists
from etl.sources.calendars import CALENDAR
from etl.sources.event_label import split_label
from etl.sources.eventbrite import EVENTBRITE
from etl.sources.file_names import event_in_name
from etl.sources.geojson import GEOJSON_SPACES
from etl.sources.google_forms import GOOGLE_FORMS
from etl.sources.grids import empty, read_grids
from etl.sources.indico import INDICO
from etl.sources.layout import Columns, Header, Layout
from etl.sources.limits import DEFAULT_LIMITS, Limits
from etl.sources.luma import LUMA
from etl.sources.meetup_attendees import MEETUP_ATTENDEES, refuse_members
from etl.sources.meetup_events import MEETUP_EVENTS
from etl.sources.pretix import PRETIX_CHECK_IN, PRETIX_POSITIONS
from etl.sources.raw import Dataset, RawFile, RawTable, SourceError
from etl.sources.registration_lists import PARTICIPANT_LIST, REGISTRATION_LIST
from etl.sources.schema_org import SCHEMA_ORG
from etl.sources.tabular import Grid, Row
from etl.transform.text import clean, fold

SIGNED: Final = (
    PRETIX_CHECK_IN,
    PRETIX_POSITIONS,
    EVENTBRITE,
    LUMA,
    INDICO,
    MEETUP_ATTENDEES,
    MEETUP_EVENTS,
    CALENDAR,
    SCHEMA_ORG,
    GEOJSON_SPACES,
    lists.PROPOSALS,
    lists.ANNOTATIONS,
)
"""Exports with headers that nothing else has: the first that fits is it."""
UNSIGNED: Final = (
    lists.SPACES,
    lists.EVENTS,
    lists.MONTHLY_RETURNS,
    lists.SESSIONS,
    lists.MEETUPS,
    GOOGLE_FORMS,
    REGISTRATION_LIST,
)
"""Lists that share headers: the one that takes most of the columns is it."""
LAST: Final = (PARTICIPANT_LIST,)
LAYOUTS: Final = (*SIGNED, *UNSIGNED, *LAST)

_NEED_EVENT: Final = (Dataset.REGISTRATIONS, Dataset.SESSIONS)
_NAMES_EVENT: Final = ("event_code", "event_title")
_CONTEXT: Final[Mapping[str, str]] = {
    fold(label): name
    for name, labels in {
        "event_code": ("Код події", "Код заходу", "Event code"),
        "event_title": ("Подія", "Назва події", "Захід", "Назва заходу", "Event", "Event title"),
        "event_starts": ("Дата", "Дата події", "Дата проведення", "Date", "Event date"),
    }.items()
    for label in labels
}


Recognised = tuple[Layout, Columns]
Recognise = Callable[[Sequence[str], str | None], Recognised | None]
"""Which list has this header, on this sheet (None where the sheet is not known yet)."""


def recognise_any(cells: Sequence[str], _sheet: str | None) -> Recognised | None:
    """`recognise`, whatever the sheet is called."""
    return recognise(cells)


def read_file(
    file_name: str, content: bytes, limits: Limits = DEFAULT_LIMITS, recognising: Recognise = recognise_any
) -> RawFile:
    """Read one file.

    Args:
        file_name: the name without its folder; only Luma and pretix say something in it.
        content: the file's bytes.
        limits: how large it may be.
        recognising: how a list is known by its header.

    Returns:
        A table for each recognised sheet, and issues: lines that could not be read (rejected: the rows read are the
        tables' rows and these), sheets that are no known list and words that are not known (flagged).

    Raises:
        SourceError: the file is too large, no table, no known list, or a list of people without their event.
    """
    grids, encoding = read_grids(content, lambda cells: recognising(cells, None) is not None, limits)
    tables: list[RawTable] = []
    issues: list[RowIssue] = []
    refusals: list[SourceError] = []
    for grid in grids:
        try:
            table, found = _table(file_name, grid, recognising(grid.header, grid.sheet))
        except SourceError as refusal:
            refusals.append(refusal)
            issues.append(RowIssue(grid.sheet, grid.above[0][0] if grid.above else 1, "unknown_sheet"))
        else:
            tables.append(table)
            issues.extend(found)
    if not tables:
        raise refusals[0] if refusals else empty()
    return RawFile(file_name, hashlib.sha256(content).hexdigest(), encoding, tuple(tables), tuple(issues))


def recognise(cells: Sequence[str]) -> Recognised | None:
    """Which export has this header, and which columns are which of its fields; None for none that is known."""
    header = Header(cells)
    for layout in SIGNED:
        columns = layout.take(header)
        if columns:
            return layout, columns
    fitting = [(layout, columns) for layout in UNSIGNED if (columns := layout.take(header))]
    if fitting:
        return max(fitting, key=lambda pair: sum(map(len, pair[1].values())))
    return next(((layout, columns) for layout in LAST if (columns := layout.take(header))), None)


def _table(file_name: str, grid: Grid, recognised: Recognised | None) -> tuple[RawTable, tuple[RowIssue, ...]]:
    if recognised is None:
        raise _unknown(grid)
    layout, columns = recognised
    context: Mapping[str, str] = _context(grid.above)
    if layout.dataset in _NEED_EVENT and columns.keys().isdisjoint(_event_fields(layout)):
        context = _about(layout.event or {}, context, {**event_in_name(file_name), **context})
    return layout.read(grid, columns, context)


def _about(*sayings: Mapping[str, str]) -> Mapping[str, str]:
    """The first that names an event; what several say is not mixed, for they may mean different ones."""
    named = next((said for said in sayings if not said.keys().isdisjoint(_NAMES_EVENT)), None)
    if named is None:
        raise _without_event()
    return named


def _without_event() -> SourceError:
    return SourceError(
        "не сказано, якої події це стосується; додайте над заголовком рядок «Подія: назва» або «Код події: код»"
        " або назвіть файл «код або назва - Реєстрації»",
        "nothing says which event this is about; add a line «Подія: title» or «Код події: code» above the header"
        " or name the file «code or title - Registrations»",
    )


def _event_fields(layout: Layout) -> set[str]:
    return {field.name for field in layout.fields if field.raw_name in _NAMES_EVENT}


def _context(above: Sequence[Row]) -> dict[str, str]:
    """What stands above the header: «Подія: назва» in one cell, or the label and the text in two."""
    context: dict[str, str] = {}
    for _, cells in above:
        for index, cell in enumerate(cells):
            label, _, text = cell.partition(":")
            name = _CONTEXT.get(fold(label))
            value = clean(text) or next((clean(following) for following in cells[index + 1 :] if clean(following)), "")
            if name and value:
                context.setdefault(name, value)
    if "event_title" in context:
        found = split_label(context["event_title"])
        parts = {"event_code": found.code, "event_starts": found.starts}
        context |= {"event_title": found.title or ""}
        context = {name: part for name, part in parts.items() if part} | context
    return context


def _unknown(grid: Grid) -> SourceError:
    refuse_members(grid)
    tops = (grid.header, *(cells for _, cells in grid.above))
    widest = max(sum(bool(cell.strip()) for cell in cells) for cells in tops)
    return SourceError(
        f"заголовки не розпізнано (найбільше заповнених клітинок у рядку: {widest}); очікувано перелік із стовпцями"
        " «Назва простору», або «Назва події» і «Дата», або «Простір» і «Місяць», або «Захід» і «Дата», або"
        " «Назва проєкту», або «Подія», «Дата» і «Простір», або «Подія» і «ПІБ», «Ел. пошта» чи «Телефон», або"
        " вивантаження Google Forms, pretix, Eventbrite, Luma, Indico чи Meetup; якщо це інший перелік, опишіть його"
        " стовпці: civicspace map (docs/formats.md)",
        f"the headers are not recognised (most filled cells in a row: {widest}); expected a list with the columns"
        " «Назва простору», or «Назва події» and «Дата», or «Простір» and «Місяць», or «Захід» and «Дата», or"
        " «Назва проєкту», or «Подія», «Дата» and «Простір», or «Подія» and «ПІБ», «Ел. пошта» or «Телефон», or an"
        " export of Google Forms, pretix, Eventbrite, Luma, Indico or Meetup; if it is another list, describe its"
        " columns: civicspace map (docs/formats.md)",
    )
