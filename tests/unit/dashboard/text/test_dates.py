from datetime import date, datetime

import pandas as pd
import pytest

from dashboard.text import dates


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


OCTOBER = date(2026, 10, 1)


def test_months_in_their_cases() -> None:
    assert plain(dates.month_name(OCTOBER, "uk")) == "жовтень 2026"
    assert plain(dates.month_genitive(OCTOBER, "uk")) == "жовтня 2026"
    assert plain(dates.month_locative(OCTOBER, "uk")) == "у жовтні 2026"
    assert plain(dates.month_short(OCTOBER, "uk")) == "жов 2026"
    assert dates.month_short(OCTOBER, "uk", with_year=False) == "жов"


def test_months_in_english() -> None:
    assert plain(dates.month_name(OCTOBER, "en")) == "October 2026"
    assert plain(dates.month_locative(OCTOBER, "en")) == "in October 2026"
    assert plain(dates.month_short(OCTOBER, "en")) == "Oct 2026"


def test_every_month_has_four_ukrainian_forms_and_all_differ() -> None:
    months = [date(2026, number, 1) for number in range(1, 13)]
    for write in (dates.month_name, dates.month_genitive, dates.month_locative, dates.month_short):
        assert len({write(month, "uk") for month in months}) == 12


def test_weekdays_start_on_monday() -> None:
    assert dates.weekday_name(0, "uk") == "понеділок"
    assert dates.weekday_name(4, "uk") == "п’ятниця"
    assert dates.weekday_short(6, "uk") == "нд"
    assert dates.weekday_name(6, "en") == "Sunday"


def test_days() -> None:
    day = pd.Timestamp(2026, 2, 14)
    assert plain(dates.format_date(day, "uk")) == "14 лютого 2026"
    assert plain(dates.format_date(day, "en")) == "14 February 2026"
    assert dates.format_date_short(date(2026, 2, 4), "uk") == "04.02.2026"
    assert plain(dates.format_date_short(date(2026, 2, 4), "en")) == "4 Feb 2026"


def test_instants() -> None:
    assert plain(dates.format_instant(datetime(2026, 2, 14, 9, 5), "uk")) == "14 лютого 2026, 09:05"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2017, 6, 12), date(2017, 6, 12), "12 червня 2017"),
        (date(2017, 6, 12), date(2017, 6, 17), "12–17 червня 2017"),
        (date(2026, 2, 28), date(2026, 3, 3), "28 лютого – 3 березня 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 грудня 2025 – 2 січня 2026"),
        (date(2025, 6, 12), date(2026, 6, 12), "12 червня 2025 – 12 червня 2026"),
    ],
)
def test_a_span_of_days_says_its_common_part_once(first: date, last: date, text: str) -> None:
    assert plain(dates.format_days(first, last, "uk")) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (OCTOBER, OCTOBER, "жовтень 2026"),
        (date(2026, 1, 1), OCTOBER, "січень – жовтень 2026"),
        (date(2025, 11, 1), OCTOBER, "листопад 2025 – жовтень 2026"),
    ],
)
def test_a_span_of_months(first: date, last: date, text: str) -> None:
    assert plain(dates.format_months(first, last, "uk")) == text
