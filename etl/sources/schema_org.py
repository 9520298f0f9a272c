"""Events in the words of schema.org (JSON-LD), as sites publish them for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from etl.sources.layout import Field, Layout, Tidied, need
from etl.sources.raw import Dataset
from etl.sources.tabular import Grid

_EVENTS: Final = frozenset({"Festival", "Hackathon", "CourseInstance"})
"""Types of events whose names do not end with «Event»."""
_PEOPLE: Final = frozenset({"Person", "Patient"})
_TYPE: Final = "schema.org @type"
_FORMATS: Final = {"exhibitionevent": "exhibition", "screeningevent": "screening"}
_STATUSES: Final = {
    "eventcancelled": "cancelled",
    "eventscheduled": "held",
    "eventrescheduled": "held",
    "eventmovedonline": "held",
    "eventpostponed": "cancelled",
}
"""A postponed event has no new date: it was not held on the one that is stated."""
_ONLINE: Final = {
    "onlineeventattendancemode": "yes",
    "offlineeventattendancemode": "no",
    "mixedeventattendancemode": "no",
}
_READ: Final = (
    "name",
    "startDate",
    "endDate",
    "duration",
    "location",
    "organizer",
    "sponsor",
    "keywords",
    "eventStatus",
    "eventAttendanceMode",
    "maximumAttendeeCapacity",
    "@id",
)
_HOLD_EVENTS: Final = ("events", "event", "mainEntity", "item", "itemListElement", "@graph")
_HEADER: Final = (
    _TYPE,
    "@id",
    "name",
    "startDate",
    "endDate",
    "duration",
    "location.name",
    "location.address",
    "location.addressLocality",
    "location.addressCountry",
    "location.latitude",
    "location.longitude",
    "organizer",
    "sponsor",
    "keywords",
    "eventStatus",
    "eventAttendanceMode",
    "maximumAttendeeCapacity",
    "superEvent",
    "eventSeries",
)


def has_events(document: Any) -> bool:
    """Whether a document of JSON holds an event of schema.org anywhere."""
    return next(_events(document), None) is not None


def read(document: Any) -> Grid:
    """One row per event, numbered from 1 in the document's order; parts of an event follow it.

    Only organisations are taken for organisers, never people. Properties that are not read are named, without their
    content.
    """
    found = list(_events(document))
    unread = dict.fromkeys(
        str(name)
        for event, _ in found
        for name in event
        if name not in {*_READ, "@type", "@context", "subEvent", "superEvent"}
    )
    rows = tuple((number, [*_cells(*pair), *([""] * len(unread))]) for number, pair in enumerate(found, start=1))
    return Grid("-", (), (*_HEADER, *unread), rows)


def _events(document: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Every event, with the name of the one it is a part of."""
    waiting: list[tuple[Any, str]] = [(document, "")]
    while waiting:
        found, parent = waiting.pop()
        if isinstance(found, list):
            waiting += [(item, parent) for item in reversed(found) if isinstance(item, dict | list)]
        elif isinstance(found, dict) and _is_event(found):
            yield found, parent
            waiting.append((found.get("subEvent"), _text(found.get("name"))))
        elif isinstance(found, dict):
            waiting += [(found[name], parent) for name in _HOLD_EVENTS if name in found]


def _types(thing: Any) -> set[str]:
    stated = thing.get("@type") if isinstance(thing, dict) else None
    names = stated if isinstance(stated, list) else [stated]
    return {name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)}


def _is_event(thing: dict[str, Any]) -> bool:
    return any(name in _EVENTS or name.endswith("Event") for name in _types(thing))


def _text(value: Any) -> str:
    """A text, of several languages the Ukrainian one."""
    match value:
        case str():
            return value.strip()
        case bool():
            return str(value).upper()
        case int() | float():
            return str(value)
        case {"@value": inner}:
            return _text(inner) if not isinstance(inner, dict | list) else ""
        case list():
            ukrainian = [item for item in value if isinstance(item, dict) and item.get("@language") == "uk"]
            return next(
                (text for item in (*ukrainian, *value) if not isinstance(item, list) and (text := _text(item))), ""
            )
        case _:
            return ""


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _cells(event: dict[str, Any], parent: str) -> list[str]:
    place = next((item for item in _all(event.get("location")) if isinstance(item, dict)), {})
    is_virtual = "VirtualLocation" in _types(place)
    address = place.get("address")
    postal = address if isinstance(address, dict) else {}
    point = place.get("geo")
    geo = point if isinstance(point, dict) else {}
    above = event.get("superEvent")
    is_series = "EventSeries" in _types(above)
    named_above = _name(above)
    mode = "OnlineEventAttendanceMode" if is_virtual else _text(event.get("eventAttendanceMode"))
    keywords = event.get("keywords")
    return [
        "; ".join(sorted(_types(event))),
        _text(event.get("@id")),
        _text(event.get("name")),
        _text(event.get("startDate")),
        _text(event.get("endDate")),
        _text(event.get("duration")),
        "" if is_virtual else _name(place) or _text(event.get("location")),
        _text(postal.get("streetAddress")) if postal else _text(address),
        _text(postal.get("addressLocality")),
        _name(postal.get("addressCountry")) or _text(postal.get("addressCountry")),
        _text(geo.get("latitude")),
        _text(geo.get("longitude")),
        _organisations(event.get("organizer")),
        _organisations(event.get("sponsor")),
        "; ".join(filter(None, map(_keyword, _all(keywords)))),
        _text(event.get("eventStatus")),
        mode,
        _text(event.get("maximumAttendeeCapacity")),
        "" if is_series else named_above or parent,
        named_above if is_series else "",
    ]


def _name(thing: Any) -> str:
    return _text(thing.get("name")) if isinstance(thing, dict) else ""


def _keyword(thing: Any) -> str:
    return _name(thing) or _text(thing).replace(",", ";")


def _organisations(stated: Any) -> str:
    """Names of organisations. A bare text may be a person's name, so it is not read."""
    found = [
        thing for thing in _all(stated) if isinstance(thing, dict) and _types(thing) and not _types(thing) & _PEOPLE
    ]
    return "; ".join(filter(None, (_name(thing).replace(";", ",") for thing in found)))


def _last_word(texts: pd.Series) -> pd.Series:
    """``https://schema.org/EventCancelled`` → ``eventcancelled``."""
    words: pd.Series = texts.str.extract(r"([^/:]*)$", expand=False).str.lower()
    return words.astype("str")


def _tidy(cells: pd.DataFrame) -> Tidied:
    mode, status = _last_word(cells["is_online"]), _last_word(cells["status"])
    kinds = cells["kind"].str.lower().map(_FORMATS).astype("str")
    return Tidied(
        cells.assign(
            is_online=mode.map(_ONLINE).astype("str").where(mode.isin(list(_ONLINE)), cells["is_online"]),
            status=status.replace(_STATUSES),
            format=kinds,
        )
    )


SCHEMA_ORG: Final = Layout(
    format="schema_org",
    dataset=Dataset.EVENTS,
    fields=(
        Field("kind", (_TYPE,), feeds="format"),
        Field("event_code", ("@id",)),
        Field("title", ("name",)),
        Field("starts", ("startDate",)),
        Field("ends", ("endDate",)),
        Field("duration", ("duration",)),
        Field("venue", ("location.name",)),
        Field("address", ("location.address",)),
        Field("place_city", ("location.addressLocality",)),
        Field("place_country", ("location.addressCountry",)),
        Field("lat", ("location.latitude",)),
        Field("lon", ("location.longitude",)),
        Field("organisers", ("organizer",)),
        Field("funders", ("sponsor",)),
        Field("themes", ("keywords",)),
        Field("status", ("eventStatus",)),
        Field("is_online", ("eventAttendanceMode",)),
        Field("seats", ("maximumAttendeeCapacity",)),
        Field("parent", ("superEvent",)),
        Field("series", ("eventSeries",)),
    ),
    needs=(need("kind"), need("title"), need("starts")),
    tidy=_tidy,
)
