"""What stands in the calendar is what was shown: read back by the same library, and by eye where it matters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from dashboard.reports.calendar_file import dated, to_ics

MADE_AT = datetime(2026, 11, 15, 12, tzinfo=UTC)


local = datetime.fromisoformat


def shown(**of: object) -> dict[str, object]:
    return {
        "event_id": "kyiv-e1",
        "title": "Кіно, дискусія; чай",
        "status": "held",
        "origin": "own",
        "date_precision": "minute",
        "starts_on": local("2026-10-14"),
        "ends_on": local("2026-10-14"),
        "starts_at": local("2026-10-14T18:30"),
        "ends_at": local("2026-10-14T20:00"),
        "place": "Вона хаб",
        "series_name": None,
        "themes": "Екологія, Міська культура",
        **of,
    }


def framed(*rows: dict[str, object]) -> pd.DataFrame:
    days = dict.fromkeys(("starts_on", "ends_on", "starts_at", "ends_at"), "datetime64[us]")
    return pd.DataFrame(list(rows), columns=list(shown())).astype(days)


def made(*rows: dict[str, object], lang: str = "uk") -> bytes:
    return to_ics(framed(*rows), name="Події, Київ", timezone="Europe/Kyiv", made_at=MADE_AT, lang=lang)


def read(content: bytes) -> list:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_hours_stand_in_the_time_of_the_city_and_days_in_none() -> None:
    text = made(shown(), shown(date_precision="day", starts_at=None, ends_at=None)).decode()
    assert "DTSTART;TZID=Europe/Kyiv:20261014T183000" in text
    assert "DTSTART;VALUE=DATE:20261014" in text
    assert "DTEND;VALUE=DATE:20261015" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_workshop_of_which_the_last_hour_is_unknown_takes_whole_days() -> None:
    (event,) = read(made(shown(ends_on=local("2026-10-16"), ends_at=None)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 10, 14), date(2026, 10, 17))
    (event,) = read(made(shown(ends_at=None)))
    assert event["DTSTART"].dt.hour == 18
    assert "DTEND" not in event


def test_cancelled_and_invented_events_say_so_and_others_do_not() -> None:
    cancelled, invented = read(made(shown(status="cancelled"), shown(origin="demo")))
    assert (cancelled["STATUS"], cancelled["SUMMARY"]) == ("CANCELLED", "Скасовано: Кіно, дискусія; чай")
    assert "демонстраційні дані" in invented["DESCRIPTION"]
    assert (invented["STATUS"], invented["SUMMARY"]) == ("CONFIRMED", "Кіно, дискусія; чай")
    assert "демонстраційні" not in cancelled["DESCRIPTION"]


def test_an_event_without_a_known_day_is_left_out() -> None:
    rows = [shown(event_id=precision, date_precision=precision) for precision in ("minute", "day", "month", "year")]
    assert dated(framed(*rows))["event_id"].tolist() == ["minute", "day"]
    assert len(read(made(*rows))) == 2


def test_no_events_make_a_calendar_without_events() -> None:
    content = made()
    assert read(content) == []
    assert content.startswith(b"BEGIN:VCALENDAR")


def test_nobody_and_no_number_of_people_stands_in_it() -> None:
    row = shown()
    frame = framed(row).assign(registrations_count=4321, organiser_email="someone@example.org")
    text = to_ics(frame, name="Події", timezone="Europe/Kyiv", made_at=MADE_AT, lang="uk").decode()
    assert "4321" not in text
    assert "example.org" not in text
    assert not {"ORGANIZER", "ATTENDEE", "CONTACT"} & {name for event in read(text.encode()) for name in event}


TEXTS = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(' ,;:\\"«»ʼ'), min_size=1, max_size=90)
MINUTES = st.datetimes(local("2014-01-01"), local("2035-01-01")).map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, object]]:
    def row(number: int) -> dict[str, object]:
        starts_at = draw(MINUTES)
        ends_at = starts_at + timedelta(minutes=draw(st.integers(1, 4000)))
        has_hours = draw(st.booleans())
        starts_on, ends_on = (at.replace(hour=0, minute=0) for at in (starts_at, ends_at))
        return shown(
            event_id=f"e{number}",
            title=draw(TEXTS),
            place=draw(st.none() | TEXTS),
            themes=draw(st.none() | st.lists(TEXTS.filter(lambda text: ", " not in text), min_size=1).map(", ".join)),
            status=draw(st.sampled_from(["held", "planned", "cancelled"])),
            starts_on=starts_on,
            ends_on=ends_on,
            starts_at=starts_at if has_hours else None,
            ends_at=ends_at if has_hours else None,
        )

    return [row(number) for number in range(draw(st.integers(0, 4)))]


@given(rows())
def test_read_back_it_is_what_was_shown(shown_rows: list[dict[str, object]]) -> None:
    for row, event in zip(shown_rows, read(made(*shown_rows)), strict=True):
        title = f"Скасовано: {row['title']}" if row["status"] == "cancelled" else row["title"]
        assert event["SUMMARY"] == title
        assert event.get("LOCATION") == row["place"]
        assert event["UID"] == f"{row['event_id']}@civicspace"
        assert (event["STATUS"] == "CANCELLED") is (row["status"] == "cancelled")
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if row["starts_at"] is None:
            assert (start, end - timedelta(days=1)) == (row["starts_on"].date(), row["ends_on"].date())
        else:
            assert (start.replace(tzinfo=None), end.replace(tzinfo=None)) == (row["starts_at"], row["ends_at"])
            assert str(start.tzinfo) == "Europe/Kyiv"
        named = [str(theme) for theme in event["CATEGORIES"].cats] if "CATEGORIES" in event else []
        assert named == (row["themes"].split(", ") if row["themes"] else [])
