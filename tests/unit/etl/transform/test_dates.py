from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.dates import (
    clock_trouble,
    clock_troubles,
    dates,
    from_serial,
    instants,
    months,
    parse_date,
    parse_instant,
    parse_month,
    parse_range,
    parse_time,
)

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 лютого 2023", date(2023, 2, 14)),
        ("08.06.2017", date(2017, 6, 8)),
        ("8.6.2017", date(2017, 6, 8)),
        ("27/09/2021", date(2021, 9, 27)),
        ("07.06.2019, 19:08", date(2019, 6, 7)),
        ("субота, 14 листопада 2020 19:15", date(2020, 11, 14)),
        ("станом на 1 жовтня 2019 року", date(2019, 10, 1)),
        ("(01.01.2019)", date(2019, 1, 1)),
        ("14 лютого 2026 р.", date(2026, 2, 14)),
        ("Квітень 26, 2023, 13:04 (EEST)", date(2023, 4, 26)),
        ("1 сiчня 2020", date(2020, 1, 1)),  # Latin i
        ("2026-02-14", date(2026, 2, 14)),
        ("2026-02-14T18:00:00", date(2026, 2, 14)),
        ("2025-07-20T06:58:05.842Z", date(2025, 7, 20)),
        ("2022/06/22 11:07:29 AM AST", date(2022, 6, 22)),
        ("14.02.2026 10:00-12:00", date(2026, 2, 14)),
        ("29.02.2024", date(2024, 2, 29)),
        ("01.01.1900", date(1900, 1, 1)),
        ("31.12.2199", date(2199, 12, 31)),
    ],
)
def test_dates_that_are_read(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "завтра",
        "3 березня",
        "12-17 червня 2017 року",
        "14.02.26",
        "02/14/2026",
        "29.02.2023",
        "31.02.2026",
        "00.01.2026",
        "31.12.1899",
        "01.01.2200",
        "45000",
        "14.02.2026, каб. 5",
        "14.02.2026 та 15.02.2026",
        "лютий 2026",
        "114.02.2026",
    ],
)
def test_texts_that_name_no_day(text: str) -> None:
    assert parse_date(text) is None


def test_a_year_can_be_given_for_a_day_without_one() -> None:
    assert parse_date("3 березня", default_year=2020) == date(2020, 3, 3)
    assert parse_date("3 березня 2019", default_year=2020) == date(2019, 3, 3)
    assert parse_date("29 лютого", default_year=2023) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("14.02.2026 09:05", "2026-02-14T09:05:00"),
        ("14.02.2026 09:05:07", "2026-02-14T09:05:07"),
        ("2026-02-14 09:05", "2026-02-14T09:05:00"),
        ("2019-12-08T09:00:00+02:00", "2019-12-08T09:00:00"),
        ("2019-06-08T09:00:00+02:00", "2019-06-08T10:00:00"),
        ("2025-07-20T22:58:05Z", "2025-07-21T01:58:05"),
        ("2025-07-20 06:58:05 +0300", "2025-07-20T06:58:05"),
        ("14.05.2024 6:07:29 PM GMT+3", "2024-05-14T18:07:29"),
        ("2024/05/14 12:07:29 AM UTC", "2024-05-14T03:07:29"),
        ("Квітень 26, 2023, 13:04 (EEST)", "2023-04-26T13:04:00"),
        ("субота, 14 листопада 2020 19:15", "2020-11-14T19:15:00"),
        ("14.02.2026 00:00:00", "2026-02-14T00:00:00"),
    ],
)
def test_instants_become_local_wall_time(text: str, moment: str) -> None:
    assert parse_instant(text, KYIV) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-14",
        "14.02.2026",
        "18:00",
        "14.02.2026 24:00",
        "14.02.2026 10:60",
        "2022/06/22 11:07:29 AM AST",  # whose hour that is, nobody knows
        "14.02.2026 10:00-12:00",
        "32.01.2026 10:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ],
)
def test_texts_that_are_no_instant(text: str) -> None:
    assert parse_instant(text, KYIV) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:00", time(18)),
        ("9:05", time(9, 5)),
        ("18:00:30", time(18, 0, 30)),
        ("18.30", time(18, 30)),
        ("о 18:00", time(18)),
        ("18 год 30 хв", time(18, 30)),
        ("18 год.", time(18)),
        ("6 PM", time(18)),
        ("12:30 am", time(0, 30)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_times_that_are_read(text: str, at: time) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize(
    ("local", "trouble"),
    [
        ("2026-03-29T02:59:59", None),
        ("2026-03-29T03:00:00", "nonexistent_time"),
        ("2026-03-29T03:59:59", "nonexistent_time"),
        ("2026-03-29T04:00:00", None),
        ("2026-10-25T02:59:59", None),
        ("2026-10-25T03:00:00", "ambiguous_time"),
        ("2026-10-25T03:59:59", "ambiguous_time"),
        ("2026-10-25T04:00:00", None),
        ("2026-07-01T03:30:00", None),
    ],
)
def test_hours_in_which_the_clocks_are_changed_are_known(local: str, trouble: str | None) -> None:
    assert clock_trouble(datetime.fromisoformat(local), KYIV) == trouble


def test_an_hour_that_never_was_is_no_instant_unless_its_offset_says_which_was_meant() -> None:
    assert parse_instant("29.03.2026 03:30", KYIV) is None
    assert parse_instant("2026-03-29T03:30:00+02:00", KYIV) == datetime.fromisoformat("2026-03-29T04:30")
    assert parse_instant("25.10.2026 03:30", KYIV) == datetime.fromisoformat("2026-10-25T03:30")


def test_troubles_of_clocks_are_told_of_local_times_alone() -> None:
    texts = pd.Series(
        ["29.03.2026 03:30", "25.10.2026 03:30", "2026-10-25T03:30:00+02:00", "25.10.2026 05:00", "?", None],
        dtype="str",
    )
    assert clock_troubles(texts, KYIV).fillna("").tolist() == [
        "nonexistent_time",
        "ambiguous_time",
        "",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("36526", "2000-01-01"),
        ("46067", "2026-02-14"),
        ("46067.75", "2026-02-14T18:00:00"),
        ("46067.3784722222", "2026-02-14T09:05:00"),
        ("73050", "2099-12-31"),
        ("0.75", "18:00:00"),
        ("0.5", "12:00:00"),
        ("0.770833333333333", "18:30:00"),
        ("36525", "36525"),
        ("73051", "73051"),
        ("0.25", "0.25"),
        ("0", "0"),
        ("0671234567", "0671234567"),
        ("2026", "2026"),
        ("46067,5", "46067,5"),
        ("18.30", "18.30"),
        ("", ""),
    ],
)
def test_days_that_a_spreadsheet_left_as_numbers(text: str, day: str) -> None:
    assert from_serial(text) == day


def test_an_old_mac_counts_from_another_day() -> None:
    assert from_serial("44605", is_1904=True) == "2026-02-14"
    assert from_serial("0.75", is_1904=True) == "18:00:00"


@pytest.mark.parametrize(
    "text", ["", "0.25", "0.30", "24:00", "18:60", "18", "ввечері", "18:00–20:00", "13 PM", "0 am"]
)
def test_texts_that_are_no_time(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "жовтень 2025",
        "Жовтень 2025 року",
        "жовтня 2025 р.",
        "10.2025",
        "10/2025",
        "2025-10",
        "2025-10-01",
        "31.10.2025",
    ],
)
def test_months_that_are_read(text: str) -> None:
    assert parse_month(text) == date(2025, 10, 1)


@pytest.mark.parametrize("text", ["", "жовтень", "13.2025", "0.2025", "2025", "жовтень–листопад 2025"])
def test_texts_that_are_no_month(text: str) -> None:
    assert parse_month(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12-17 червня 2017 року", date(2017, 6, 12), date(2017, 6, 17)),
        ("12–17 червня 2017", date(2017, 6, 12), date(2017, 6, 17)),
        ("з 12 по 17 червня 2017", date(2017, 6, 12), date(2017, 6, 17)),
        ("28 червня – 3 липня 2018", date(2018, 6, 28), date(2018, 7, 3)),
        ("30 грудня – 2 січня 2018", date(2017, 12, 30), date(2018, 1, 2)),
        ("12.06-17.06.2017", date(2017, 6, 12), date(2017, 6, 17)),
        ("12-17.06.2017", date(2017, 6, 12), date(2017, 6, 17)),
        ("23.09.2016-25.09.2016", date(2016, 9, 23), date(2016, 9, 25)),
        ("2017-06-12..2017-06-17", date(2017, 6, 12), date(2017, 6, 17)),
        ("2017-06-12 – 2017-06-17", date(2017, 6, 12), date(2017, 6, 17)),
        ("12 червня 2017", date(2017, 6, 12), date(2017, 6, 12)),
        ("12-06-2017", date(2017, 6, 12), date(2017, 6, 12)),
    ],
)
def test_ranges_that_are_read(text: str, first: date, last: date) -> None:
    assert parse_range(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "17-12 червня 2017", "20-21 квітня", "25.09.2016-23.09.2016", "12.06.2015-17.06.2017"]
)
def test_texts_that_are_no_range(text: str) -> None:
    assert parse_range(text) is None


def test_a_year_can_be_given_for_a_range_without_one() -> None:
    assert parse_range("20-21 квітня", default_year=2023) == (date(2023, 4, 20), date(2023, 4, 21))


def test_columns_keep_index_missing_and_type() -> None:
    texts = pd.Series(["14.02.2026 18:00", None, "?"], index=[5, 2, 9], dtype="str")
    for column in (dates(texts), instants(texts, KYIV)):
        assert column.dtype == "datetime64[us]"
        assert column.index.tolist() == [5, 2, 9]
        assert column.isna().tolist() == [False, True, True]
    assert instants(texts, KYIV)[5] == pd.Timestamp("2026-02-14 18:00")
    assert months(pd.Series(["10.2025"], dtype="str"))[0] == pd.Timestamp("2025-10-01")
    assert dates(pd.Series([], dtype="str")).dtype == "datetime64[us]"
    assert dates(pd.Series([None], dtype="str")).dtype == "datetime64[us]"


_ALPHABET = st.one_of(st.characters(), st.sampled_from("0123456789 .:/-+–TZ"))
_PIECES = st.lists(
    st.sampled_from(
        ["14", "2026", "31", "99", ".", "-", "/", ":", " ", "T", "Z", "+03:00", "-99", "gmt", "лютого", "pm", "²", "по"]
    )
).map("".join)


@given(st.one_of(st.text(alphabet=_ALPHABET), _PIECES))
def test_any_text_has_an_answer(text: str) -> None:
    parse_date(text, default_year=2024)
    parse_instant(text, KYIV)
    parse_time(text)
    parse_month(text)
    span = parse_range(text)
    assert span is None or span[0] <= span[1]


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_any_day_is_read_in_each_form(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day:%d.%m.%Y}") == parse_date(f"{day:%d/%m/%Y}") == day


@given(st.datetimes(datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2199-12-30")))
def test_an_instant_of_utc_is_converted(moment: datetime) -> None:
    local = moment.replace(tzinfo=UTC).astimezone(KYIV).replace(tzinfo=None)
    assert parse_instant(f"{moment.isoformat()}Z", KYIV) == local


_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%MZ", "%d.%m.%Y, %H:%M", "%d.%m.%Y %H:%M:%S")
_NEAR_CHANGES = [
    *("2025-03-30 03:30", "2025-10-26 03:30", "2025-03-30T00:59:59Z", "2025-03-30T01:00:00Z", "29.02.2024 10:00"),
    *("29.02.2023 10:00", "31.04.2025 10:00", "14.02.2026 9:05:11", " 14.02.2026 18:00 ", "14.02.2026 24:00"),
    *("1899-12-31 10:00", "2200-01-01 10:00", "2025-01-01 10:00:00.1234567", "2025-01-01T10:00:00+05:00"),
]


@given(
    st.lists(
        st.one_of(
            st.builds(
                datetime.strftime,
                st.datetimes(datetime.fromisoformat("1900-01-02"), datetime.fromisoformat("2199-12-30")),
                st.sampled_from(_FORMS),
            ),
            st.sampled_from(_NEAR_CHANGES),
        )
    )
)
def test_instants_read_at_once_are_those_read_one_by_one(texts: list[str]) -> None:
    one_by_one = [parse_instant(text, KYIV) for text in texts]
    found = instants(pd.Series(texts, dtype="str"), KYIV)
    assert [None if pd.isna(at) else at.to_pydatetime() for at in found] == one_by_one
