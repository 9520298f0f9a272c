"""Registrations as the tools export them: Google Forms, pretix and Eventbrite with many events, Luma with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from etl.demo import mess
from etl.demo.chance import Integers, Objects, objects, pick, stream, where
from etl.demo.encode import Dialect, csv_bytes
from etl.demo.people import transliterate
from etl.demo.plan import CityPlan

GOOGLE_HEADERS: Final = (
    (
        "Позначка часу", "Електронна адреса", "Прізвище та ім'я", "Номер телефону",
        "На яку подію ви реєструєтеся?", "Район проживання", "Група учасників", "Звідки ви дізналися про подію?",
        "Присутність",
    ),
    (
        "Позначка часу", "Електронна пошта", "Ваше ПІБ", "Телефон", "Оберіть захід", "У якому районі ви живете?",
        "Кого ви представляєте? (група)", "Коментар", "Відвідування",
    ),
    (
        "Позначка часу", "Електронна адреса", "Прізвище й імʼя", "Ваш номер телефону", "Подія", "Ваш район",
        "Група", "Побажання", "Присутність",
    ),
)  # fmt: skip
"""Question texts of three form authors; the same question stands in the same place."""

PRETIX_HEADER: Final = (
    "Код замовлення", "Ім'я учасника", "Продукт", "Ціна", "Зареєстрований", "Виписано", "Автоматично зареєстровано",
    "Ел.пошта", "Номер телефону", "Дата", "Дата початку", "Дата закінчення", "Район проживання", "Група учасників",
    "Компанія", "Промокод", "Дата замовлення", "Час замовлення", "Потребує особливої уваги", "Коментар",
    "Check-in text", "Ідентифікаційний номер місця", "Назва місця", "Зона сидіння", "Ряд місця", "Номер місця",
    "Заблоковано", "Діє з", "Дійсний до", "Адреса", "Поштовий індекс", "Місто", "Країна", "Штат",
)  # fmt: skip
EVENTBRITE_HEADER: Final = (
    "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Price Tier", "Ticket Type", "Attendee #",
    "Group", "Order Type", "Currency", "Total Paid", "Fees Paid", "Eventbrite Fees", "Eventbrite Payment Processing",
    "Attendee Status", "Event Name", "Event Date", "Checked In", "Cell Phone", "Home Address 1", "Home Address 2",
    "Home City", "Home State", "Home Zip", "Home Country", "Район проживання", "Група учасників", "Job Title",
    "Company",
)  # fmt: skip
LUMA_HEADER: Final = (
    "api_id", "name", "first_name", "last_name", "email", "phone_number", "created_at", "approval_status",
    "checked_in_at", "custom_source", "qr_code_url", "amount", "amount_tax", "amount_discount", "currency",
    "coupon_code", "eth_address", "solana_address", "survey_response_rating", "survey_response_feedback",
    "ticket_type_id", "ticket_name", "Район проживання", "Група учасників",
)  # fmt: skip

_PRETIX_DIALECTS: Final = (Dialect(quotes_text=True), Dialect(), Dialect(delimiter=";"))
_UNKNOWN_TITLES: Final = ("Зустріч поза переліком", "Кава без назви", "Подія, якої не було в плані")
_SURPLUS: Final = "дякую, буду"
_PRESENCE: Final = ("так", "так", "+", "була", "був", "прийшов")
_SOURCES: Final = ("від друзів", "соцмережі", "афіша в хабі", "розсилка")
_ORDER_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ3789"


@dataclass(frozen=True)
class _Cells:
    """What every tool writes of every line, as arrays in the order of the plan's registrations."""

    code: Objects
    title: Objects
    event_text: Objects
    starts_at: pd.Series
    ends_at: pd.Series
    first_name: Objects
    surname: Objects
    name: Objects
    email: Objects
    phone: Objects
    home: Objects
    group: Objects
    presence: Objects
    source: Objects
    fate: Objects


def registration_files(plan: CityPlan) -> Iterator[tuple[str, bytes]]:
    """Every list of registrations as a file: its path under the city's folder and its bytes; first copies too."""
    cells = _spelt(plan)
    for is_early, lines in ((True, plan.early_registrations()), (False, plan.registrations)):
        list_no = plan.events["list_no"].to_numpy()[lines["event_no"]]
        order = np.lexsort((lines["registered_at"].to_numpy(), list_no))
        ends = np.searchsorted(list_no[order], plan.lists.index, side="right")
        begins = np.searchsorted(list_no[order], plan.lists.index, side="left")
        for number, begin, end in zip(plan.lists.index, begins, ends, strict=True):
            if begin < end:
                yield _file(plan, cells, lines.iloc[order[begin:end]], int(number), is_early=is_early)


def _file(plan: CityPlan, cells: _Cells, lines: pd.DataFrame, number: int, *, is_early: bool) -> tuple[str, bytes]:
    kept: Any = plan.lists.loc[number]
    sender, tool, period = int(kept["sender"]), str(kept["tool"]), str(kept["period"])
    slug = re.sub("[^a-z0-9]+", "-", transliterate(plan.spaces["alias"].iloc[sender])).strip("-")
    copy = f" станом на {kept['early_at']:%d.%m.%Y}" if is_early else ""
    rows = lines.index.to_numpy()
    if tool == "google_forms":
        name = file_name(f"{plan.spaces['sender_name'].iloc[sender]} – реєстрація {period}{copy} (відповіді)")
        has_presence = bool(plan.spaces["has_presence"].iloc[sender])
        return f"Реєстрації/{name}.csv", _google(cells, lines, rows, sender, has_presence=has_presence)
    if tool == "pretix":
        name = f"{slug}-{period}_checkin_all{'_' + format(kept['early_at'], '%Y%m%d') if is_early else ''}"
        return f"Реєстрації/{name}.csv", _pretix(cells, lines, rows, _PRETIX_DIALECTS[sender % 3])
    if tool == "eventbrite":
        return f"Реєстрації/report-{slug}-{period}.csv", _eventbrite(cells, lines, rows)
    day = cells.starts_at.iloc[rows[0]]
    return f"Реєстрації/{period} - Guests - {day:%Y-%m-%d}.csv", _luma(cells, lines, rows, plan.city.timezone)


def file_name(text: str) -> str:
    """A text as the name of a file: without the signs that some systems forbid."""
    return re.sub(r"\s+", " ", re.sub(r'[«»":/\\*?<>|]', "", text)).strip()


def _spelt(plan: CityPlan) -> _Cells:
    rng = stream(plan.seed, plan.city.city_id, "spelling of registrations")
    lines = plan.registrations
    count = len(lines)
    person = plan.people.loc[lines["person_no"]]
    event = plan.events.loc[lines["event_no"]]
    is_unknown = (lines["fate"] == "unknown_event").to_numpy()
    contact = lines["contact"]
    title = np.where(is_unknown, pick(rng, _UNKNOWN_TITLES, count), event["title"].to_numpy(dtype=object))
    code = np.where(is_unknown, f"DEMO-{plan.city.code}-99999", event["event_code"].to_numpy(dtype=object))
    return _Cells(
        code=code,
        title=title,
        event_text=_event_texts(event, code, title),
        starts_at=event["starts_at"].reset_index(drop=True),
        ends_at=event["ends_at"].reset_index(drop=True),
        first_name=mess.apostrophes(rng, person["first_name"].to_numpy(dtype=object)),
        surname=mess.apostrophes(rng, person["surname"].to_numpy(dtype=object)),
        name=mess.names(rng, person),
        email=mess.emails(rng, where(contact.isin(["both", "email"]), person["email"])),
        phone=mess.phones(rng, where(contact.isin(["both", "phone"]), person["phone"])),
        home=mess.homes(rng, plan.city, lines, person["home_town"].to_numpy(dtype=object)),
        group=mess.groups(rng, lines["participant_group"].to_numpy(dtype=object)),
        presence=pick(rng, _PRESENCE, count),
        source=where(rng.random(count) < 0.6, pick(rng, _SOURCES, count)),
        fate=lines["fate"].to_numpy(dtype=object),
    )


def _event_texts(event: pd.DataFrame, code: Objects, title: Objects) -> Objects:
    """What the answer to «which event» says, by the habit of the form: a code, a title with its day, or all of it."""
    days = event["starts_at"].dt.normalize()
    dotted = days.dt.strftime("%d.%m.%Y").to_numpy(dtype=object)
    spoken = days.map({day: mess.day_in_words(day) for day in days.unique()}).to_numpy(dtype=object)
    ways = np.stack([code, title + ", " + dotted, title + " (" + spoken + ")", code + " · " + title])
    return objects(ways[event["sender"].to_numpy() % len(ways), np.arange(len(event))].tolist())


def _google(cells: _Cells, lines: pd.DataFrame, rows: Integers, sender: int, *, has_presence: bool) -> bytes:
    presence = where(lines["status"] == "attended", cells.presence[rows])
    columns: list[Any] = [
        lines["registered_at"].dt.strftime("%d.%m.%Y %H:%M:%S"),
        cells.email[rows],
        cells.name[rows],
        cells.phone[rows],
        cells.event_text[rows],
        cells.home[rows],
        cells.group[rows],
        cells.source[rows],
        presence,
    ]
    width = len(columns) if has_presence else len(columns) - 1
    header = GOOGLE_HEADERS[sender % len(GOOGLE_HEADERS)][:width]
    return csv_bytes(header, _rows(columns[:width], cells, rows), Dialect())


def _pretix(cells: _Cells, lines: pd.DataFrame, rows: Integers, dialect: Dialect) -> bytes:
    empty = objects([""] * len(rows))
    at = "%d.%m.%Y %H:%M"
    filled: dict[str, Any] = {
        "Код замовлення": [_order_code(row) for row in rows.tolist()],
        "Ім'я учасника": cells.first_name[rows] + " " + cells.surname[rows],
        "Продукт": objects(["Вільний вхід"] * len(rows)),
        "Ціна": objects(["0,00"] * len(rows)),
        "Зареєстрований": lines["checked_in_at"].dt.strftime(at).fillna(""),
        "Автоматично зареєстровано": objects(["Ні"] * len(rows)),
        "Ел.пошта": _filled(cells.email[rows]),
        "Номер телефону": _filled(cells.phone[rows]),
        "Дата": cells.title[rows],
        "Дата початку": cells.starts_at.iloc[rows].dt.strftime(at),
        "Дата закінчення": cells.ends_at.iloc[rows].dt.strftime(at),
        "Район проживання": _filled(cells.home[rows]),
        "Група учасників": _filled(cells.group[rows]),
        "Дата замовлення": lines["registered_at"].dt.strftime("%Y-%m-%d"),
        "Час замовлення": lines["registered_at"].dt.strftime("%H:%M:%S"),
        "Потребує особливої уваги": objects(["Ні"] * len(rows)),
        "Заблоковано": objects(["Ні"] * len(rows)),
    }
    return csv_bytes(PRETIX_HEADER, _rows([filled.get(name, empty) for name in PRETIX_HEADER], cells, rows), dialect)


def _eventbrite(cells: _Cells, lines: pd.DataFrame, rows: Integers) -> bytes:
    came = (lines["status"] == "attended").to_numpy()
    status = np.where(
        (lines["status"] == "cancelled").to_numpy(), "Not Attending", np.where(came, "Checked In", "Attending")
    )
    empty = objects([None] * len(rows))
    filled: dict[str, Any] = {
        "Order #": 11_200_000_000 + rows * 37,
        "Order Date": lines["registered_at"].dt.strftime("%m/%d/%y %H:%M"),
        "First Name": cells.first_name[rows],
        "Last Name": cells.surname[rows],
        "Email": cells.email[rows],
        "Quantity": np.ones(len(rows), dtype=np.int64),
        "Ticket Type": objects(["General Admission"] * len(rows)),
        "Attendee #": 18_400_000_000 + rows * 41,
        "Order Type": objects(["Free Order"] * len(rows)),
        "Currency": objects(["UAH"] * len(rows)),
        "Total Paid": np.zeros(len(rows), dtype=np.int64),
        "Fees Paid": np.zeros(len(rows), dtype=np.int64),
        "Eventbrite Fees": np.zeros(len(rows), dtype=np.int64),
        "Eventbrite Payment Processing": np.zeros(len(rows), dtype=np.int64),
        "Attendee Status": status,
        "Event Name": cells.title[rows],
        "Event Date": cells.starts_at.iloc[rows].dt.strftime("%m/%d/%y %H:%M"),
        "Checked In": np.where(came, "Yes", "No"),
        "Cell Phone": cells.phone[rows],
        "Район проживання": cells.home[rows],
        "Група учасників": cells.group[rows],
    }
    columns = [filled.get(name, empty) for name in EVENTBRITE_HEADER]
    return csv_bytes(EVENTBRITE_HEADER, _rows(columns, cells, rows), Dialect(line_end="\n"))


def _luma(cells: _Cells, lines: pd.DataFrame, rows: Integers, timezone: str) -> bytes:
    status = lines["status"].map({"cancelled": "declined", "waitlisted": "waitlist"}).fillna("approved")
    empty = objects([None] * len(rows))
    guest = [f"gst-{_order_code(row)}{row:010d}" for row in rows.tolist()]
    filled: dict[str, Any] = {
        "api_id": guest,
        "name": cells.first_name[rows] + " " + cells.surname[rows],
        "first_name": cells.first_name[rows],
        "last_name": cells.surname[rows],
        "email": cells.email[rows],
        "phone_number": cells.phone[rows],
        "created_at": _in_utc(lines["registered_at"], timezone),
        "approval_status": status,
        "checked_in_at": _in_utc(lines["checked_in_at"], timezone),
        "qr_code_url": [f"https://example.org/check-in/{one}" for one in guest],
        "amount": objects(["0"] * len(rows)),
        "ticket_name": objects(["Standard"] * len(rows)),
        "Район проживання": cells.home[rows],
        "Група учасників": cells.group[rows],
    }
    columns = [filled.get(name, empty) for name in LUMA_HEADER]
    return csv_bytes(LUMA_HEADER, _rows(columns, cells, rows), Dialect(encoding="utf-8-sig", line_end="\n"))


def _rows(columns: list[Any], cells: _Cells, rows: Integers) -> Iterator[tuple[Any, ...]]:
    """Lines of a file; a broken one has a field too many."""
    lists = [column.tolist() if hasattr(column, "tolist") else column for column in columns]
    for fate, line in zip(cells.fate[rows], zip(*lists, strict=True), strict=True):
        yield (*line, _SURPLUS) if fate == "broken_line" else line


def _in_utc(moments: pd.Series, timezone: str) -> pd.Series:
    """ISO 8601 in UTC with milliseconds; an hour that the clock skips or repeats is taken as the earlier reading."""
    aware = moments.dt.tz_localize(timezone, ambiguous=np.ones(len(moments), dtype=bool), nonexistent="shift_forward")
    written: pd.Series = aware.dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S.000Z").fillna("")
    return written


def _filled(values: Objects) -> Objects:
    return np.where(values == None, "", values).astype(object)  # noqa: E711 - compared element by element


def _order_code(number: int) -> str:
    """A five-letter order code: another one for each number, in no visible order."""
    left, letters = (number * 7_368_787 + 1_234_577) % len(_ORDER_LETTERS) ** 5, ""
    for _ in range(5):
        left, digit = divmod(left, len(_ORDER_LETTERS))
        letters += _ORDER_LETTERS[digit]
    return letters
