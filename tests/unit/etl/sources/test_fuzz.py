"""Whatever a file holds, it is read or refused with a reason: no other error, no hang, no death of the program.

Few cases by default; ``pytest tests/unit/etl/sources/test_fuzz.py --hypothesis-profile=fuzz`` runs 200 for each reader.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.issues import REASONS
from etl.sources.limits import Limits
from etl.sources.raw import RAW_COLUMNS, SourceError
from etl.sources.reading import read_file
from tests.unit.etl.sources.books import open_document

FIXTURES = Path(__file__).with_name("fixtures")
LIMITS = Limits(max_workbook_seconds=5, max_workbook_memory_bytes=600_000_000)
CASES = 200 if settings.get_current_profile_name() == "fuzz" else 12

few = settings(max_examples=CASES)


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Назва простору", "Район", "Місткість"], ["Хаб", "Подільський", 40], ["Двір", None, 0.5]):
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


PRETIX = "Order code,Attendee name,Email,Checked in,Event name\r\nABC,Н,n@example.org,2026-02-14 09:05,Лекція\r\n"
FORMS = "Позначка часу,Подія,Пошта\n14.02.2026 09:05:01,Лекція,n@example.org\n"
EVENTBRITE = (
    "Order #,Order Date,First Name,Email,Attendee Status,Event Name\n1,11/29/24 22:28,N,n@example.org,Attending,E\n"
)
LUMA = "api_id,name,email,approval_status,checked_in_at\ngst-1,N,n@example.org,approved,2025-07-20T06:58:05.842Z\n"
MEETUP = "id,title,status,dateTime,rsvp_total,group\n1,T,PAST,2019-12-08T09:00:00+02:00,5,Kyiv\n"
SEEDS: dict[str, bytes] = {
    **{path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir())},
    "spaces.xlsx": _xlsx(),
    "spaces.ods": open_document([["Назва простору", "Район"], ["Хаб", "Подільський"]]),
    "pretix.csv": PRETIX.encode(),
    "forms.csv": FORMS.encode("cp1251"),
    "eventbrite.csv": EVENTBRITE.encode("utf-16"),
    "x - Guests - 1.csv": LUMA.encode("utf-8-sig"),
    "meetup.csv": MEETUP.encode(),
}


def check(name: str, content: bytes) -> None:
    try:
        file = read_file(name, content, LIMITS)
    except SourceError:
        return
    assert file.tables
    for table in file.tables:
        assert table.frame.columns.tolist() == ["row", *RAW_COLUMNS[table.dataset]]
        assert table.frame["row"].is_unique
        assert (table.frame["row"] >= 1).all()
    assert all(issue.code in REASONS for issue in file.issues)


def spoilt(seed: bytes) -> st.SearchStrategy[bytes]:
    """The seed with pieces overwritten, left out, put in or said twice."""
    at = st.integers(0, len(seed))
    piece = st.one_of(
        st.binary(max_size=6),
        st.sampled_from(
            [b'"', b"\n", b"\0", b";", b",", b"{", b"[", b"]", b"9" * 30, b"-", b"\xff\xfe", b"\xd0", b"<"]
        ),
    )
    change = st.tuples(at, st.integers(0, 40), piece, st.booleans())

    def apply(changes: list[tuple[int, int, bytes, bool]]) -> bytes:
        content = seed
        for start, length, new, is_doubled in changes:
            rest = content[start:] if is_doubled else content[start + length :]
            content = content[:start] + new + (content[start : start + length] if is_doubled else b"") + rest
        return content

    return st.lists(change, min_size=1, max_size=6).map(apply)


@pytest.mark.parametrize("name", SEEDS)
def test_a_whole_file_is_read_or_refused(name: str) -> None:
    check(name, SEEDS[name])


@pytest.mark.parametrize("name", SEEDS)
def test_a_spoilt_file_is_read_or_refused(name: str) -> None:
    @few
    @given(spoilt(SEEDS[name]))
    def run(content: bytes) -> None:
        check(name, content)

    run()


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_cut_off_is_read_or_refused(name: str) -> None:
    @few
    @given(st.integers(0, len(SEEDS[name])))
    def run(length: int) -> None:
        check(name, SEEDS[name][:length])

    run()


def _values(names: list[str]) -> st.SearchStrategy[object]:
    leaf = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(names))
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(names), inner, max_size=6)
        ),
        max_leaves=25,
    )


WORDS: dict[str, list[str]] = {
    "geojson": [
        "type",
        "FeatureCollection",
        "Feature",
        "features",
        "properties",
        "geometry",
        "coordinates",
        "Point",
        "Polygon",
        "crs",
        "name",
    ],
    "schema_org": [
        "@type",
        "Event",
        "@graph",
        "subEvent",
        "name",
        "startDate",
        "location",
        "geo",
        "latitude",
        "organizer",
        "Person",
        "keywords",
        "@value",
        "@language",
        "superEvent",
        "EventSeries",
        "2026-02-14",
    ],
    "ckan": ["success", "result", "fields", "id", "records", "total", "resources", "format", "results"],
    "records": ["Назва події", "Дата", "Простір", "2026-02-14", "Теми"],
}
START: dict[str, Callable[[object], object]] = {
    "geojson": lambda inner: {"type": "FeatureCollection", "features": [inner]},
    "schema_org": lambda inner: {"@type": "Event", "name": "А", "startDate": "2026-02-14", "location": inner},
    "ckan": lambda inner: {"success": True, "result": inner},
    "records": lambda inner: [inner, {"Назва події": "А", "Дата": "2026-02-14"}],
}


@pytest.mark.parametrize("kind", WORDS)
def test_any_json_is_read_or_refused(kind: str) -> None:
    @few
    @given(_values(WORDS[kind]), st.booleans())
    @example({"type": []}, False)
    def run(value: object, is_inside: bool) -> None:
        check("x.json", json.dumps(START[kind](value) if is_inside else value).encode())

    run()


_CALENDAR_LINES = st.sampled_from(
    [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "UID:1",
        "SUMMARY:А",
        "DTSTART:20260214T180000Z",
        "DTSTART;TZID=Europe/Kyiv:20260329T033000",
        "DTSTART;TZID=../../etc/passwd:20260214T180000",
        "DTSTART;VALUE=DATE:00010101",
        "DTSTART:99991231T235959Z",
        "DTEND;VALUE=DATE:20260215",
        "DTEND:19000101T000000",
        "DTSTAMP:20260301T000000Z",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=WEEKLY;COUNT=99999999999;BYDAY=XX",
        "RRULE:FREQ=MONTHLY;INTERVAL=0",
        "RRULE:FREQ=DAILY;UNTIL=99991231",
        "RDATE:20260301T000000Z,x",
        "EXDATE;VALUE=DATE:20260214",
        "RECURRENCE-ID:20260214T180000Z",
        "GEO:x",
        "GEO:50.4;30.5",
        "DURATION:PT2H",
        "DURATION:P99999999D",
        " cut",
        "nonsense",
    ]
)


@few
@given(st.lists(_CALENDAR_LINES, max_size=30))
@example(["BEGIN:VEVENT", "DTSTART:19000101T000000Z", "RRULE:FREQ=DAILY", "DTSTAMP:20260301T000000Z", "END:VEVENT"])
def test_any_calendar_is_read_or_refused(lines: list[str]) -> None:
    check("x.ics", "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode())


@few
@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"{", b"[{"]),
)
def test_any_bytes_are_read_or_refused(content: bytes, start: bytes) -> None:
    check("x", start + content)
