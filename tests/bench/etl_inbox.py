"""Invents an inbox of any size for the benches: registrations of one city in the dialects and encodings we meet.

    python -m tests.bench.etl_inbox ROWS FOLDER

Nobody in it exists. The same rows and seed give the same files. A fifteenth of the people sign up with their phone
alone, some phones are shared by two people, a few lines are broken, name an event that nobody planned, or state an hour
that the change of clocks left out; about one row in ten repeats another one, often with a later status.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import xlsxwriter

ROWS_PER_FILE: Final = 250_000
ROWS_PER_BOOK: Final = 20_000
ROWS_PER_GUEST_LIST: Final = 400
ROWS_PER_EVENT: Final = 500
REPEATED: Final = 0.08
KYIV: Final = ZoneInfo("Europe/Kyiv")

_FIRST: Final = [
    "Анна",
    "Борис",
    "Віра",
    "Галина",
    "Дмитро",
    "Євген",
    "Жанна",
    "Зоя",
    "Іван",
    "Катерина",
    "Леся",
    "Марко",
    "Наталя",
    "Олег",
    "Павло",
    "Раїса",
]
_LAST: Final = [
    "Тихий",
    "Рудий",
    "Білий",
    "Дев’ятко",
    "Соловей",
    "Бондар",
    "Ткач",
    "Кравець",
    "Мороз",
    "Лисенко",
    "Гончар",
    "Шевчик",
    "Сич",
    "Горобець",
]
_DOMAINS: Final = ("example.org", "example.com", "mail.example.net", "gmail.com")
_OPERATORS: Final = ("67", "50", "63", "93", "97", "66", "99", "73")
_GROUPS: Final = ("ГО", "студентка", "студент", "волонтер", "мешканка міста", "бізнес", "митець", "інше", "", "")
_DISTRICTS: Final = (
    "Голосіївський", "Оболонь", "Печерський район", "м. Київ, Подільський р-н", "ДЕСНЯНСЬКИЙ", "дарницький",
    "Солом'янський", "Солом’янський район", "Шевченківський р-н", "Святошинський", "Дніпровський район", "Obolonskyi",
    "Бровари", "десь у центрі", "", "",
)  # fmt: skip
_THEMES: Final = ("Екологія міста", "Велосипедний транспорт", "Зустріч просторів", "Громадський простір", "Мови")

Cells = dict[str, "np.ndarray[Any, Any]"]


@dataclass(frozen=True)
class Kind:
    """How one tool writes its lists."""

    name: str
    share: float
    rows_per_file: int
    write: Callable[[Cells, int], tuple[str, bytes]]


def write_inbox(rows: int, folder: Path, seed: int = 1) -> int:
    """Write the files below ``folder/kyiv``; returns how many bytes they have."""
    city = folder / "kyiv"
    city.mkdir(parents=True)
    events = max(50, rows // ROWS_PER_EVENT)
    (city / "Події.csv").write_bytes(_events(events))
    size = 0
    for number, kind, count in _plan(rows):
        cells = _cells(np.random.default_rng([seed, number]), count, rows, events, kind)
        name, content = kind.write(cells, number)
        (city / name).write_bytes(content)
        size += len(content)
    return size


def _plan(rows: int) -> Iterator[tuple[int, Kind, int]]:
    number = 0
    for kind in KINDS:
        left = round(rows * kind.share)
        while left > 0:
            # Several files of each kind, also of a small inbox.
            count = min(left, kind.rows_per_file, max(200, round(rows * kind.share / 4)))
            yield number, kind, count
            number += 1
            left -= count


def _events(count: int) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Код події", "Назва події", "Дата", "Час початку", "Простір", "Теми"])
    days = pd.date_range("2024-02-01", "2026-01-31", periods=count).normalize()
    for number, day in enumerate(days):
        writer.writerow([_code(number), _title(number), f"{day:%d.%m.%Y}", "18:00", "Вона хаб", "Екологія"])
    return out.getvalue().encode()


def _code(number: int) -> str:
    return f"BENCH-{number:05d}-24"


def _title(number: int) -> str:
    return f"{_THEMES[number % len(_THEMES)]} № {number}"


def _cells(rng: np.random.Generator, count: int, rows: int, events: int, kind: Kind) -> Cells:
    people = max(100, rows // 6)
    person = rng.integers(people, size=count)
    event = rng.integers(events, size=count)
    if kind.name == "luma":
        event[:] = event[0]
    again = rng.random(count) < REPEATED
    if count > 1:
        earlier = (np.arange(count) * rng.random(count)).astype(np.int64)
        person = np.where(again, person[earlier], person)
        event = np.where(again, event[earlier], event)
    instants = pd.DatetimeIndex(
        rng.integers(1_706_000_000_000, 1_769_000_000_000, size=count).astype("datetime64[ms]")
    ).tz_localize("UTC")
    local = instants.tz_convert(KYIV).tz_localize(None)
    has = rng.random(count)
    return {
        "event": np.where(rng.random(count) < 0.002, 99_999_999, event),
        "person": person,
        "utc": instants.tz_localize(None).to_numpy(),
        "local": local.floor("s").to_numpy(),
        "email": np.where(has < 0.85, _emails(rng, person), ""),
        "phone": np.where((has < 0.6) | (has >= 0.85), _phones(rng, person), ""),
        "name": _names(person),
        "group": np.array(_GROUPS, dtype=object)[rng.integers(len(_GROUPS), size=count)],
        "home": np.array(_DISTRICTS, dtype=object)[rng.integers(len(_DISTRICTS), size=count)],
        "came": rng.random(count),
        "is_lost_hour": rng.random(count) < 0.0005,
        "is_broken": rng.random(count) < 0.001,
    }


def _names(person: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.array([f"{_LAST[i % 14]} {_FIRST[i // 14 % 16]}" for i in person.tolist()], dtype=object)


def _emails(rng: np.random.Generator, person: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    way = rng.integers(20, size=len(person)).tolist()
    found = []
    for i, how in zip(person.tolist(), way, strict=True):
        text = f"u{i:x}.{i % 97}@{_DOMAINS[i % 4]}"
        found.append(text.title() if how == 0 else f" {text} " if how == 1 else text)
    return np.array(found, dtype=object)


def _phones(rng: np.random.Generator, person: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    way = rng.integers(5, size=len(person)).tolist()
    found = []
    for i, how in zip(person.tolist(), way, strict=True):
        shared = i - 1 if i % 50 == 1 else i  # two people of one household
        operator, rest = _OPERATORS[shared % 8], f"{shared // 8 % 10_000_000:07d}"
        found.append(
            (
                f"+380{operator}{rest}",
                f"0{operator}{rest}",
                f"380{operator}{rest}",
                f"+38 (0{operator}) {rest[:3]}-{rest[3:5]}-{rest[5:]}",
                f"0{operator} {rest[:3]} {rest[3:5]} {rest[5:]}",
            )[how]
        )
    return np.array(found, dtype=object)


def _texts(instants: np.ndarray[Any, Any], form: str) -> list[str]:
    return pd.DatetimeIndex(instants).strftime(form).tolist()


def _signed_up(cells: Cells, form: str) -> list[str]:
    lost = np.where(cells["is_lost_hour"], np.datetime64("2025-03-30T03:30:00"), cells["local"])
    return _texts(lost, form)


def _csv(header: Sequence[str], columns: Sequence[Any], cells: Cells, encoding: str, separator: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(header)
    rows = zip(*columns, strict=True)
    for row, is_broken in zip(rows, cells["is_broken"].tolist(), strict=True):
        writer.writerow([*row, "зайве"] if is_broken else row)
    return out.getvalue().encode(encoding)


def _pick(cells: Cells, *bounds: tuple[float, str]) -> list[str]:
    """By the share of rows below each bound."""
    ends, words = np.array([end for end, _ in bounds]), np.array([word for _, word in bounds], dtype=object)
    picked: list[str] = words[np.searchsorted(ends, cells["came"], side="right").clip(max=len(words) - 1)].tolist()
    return picked


def _codes(cells: Cells) -> list[str]:
    return [_code(number) for number in cells["event"].tolist()]


def _google(cells: Cells, number: int, encoding: str = "utf-8", separator: str = ",") -> tuple[str, bytes]:
    header = [
        "Позначка часу", "Електронна адреса", "Прізвище та ім'я", "Номер телефону", "Код події",
        "Район проживання", "Група учасників", "Побажання", "Присутність",
    ]  # fmt: skip
    wishes = ["дякую, чекаю" if i % 7 == 0 else "" for i in cells["person"].tolist()]
    columns = [
        _signed_up(cells, "%d.%m.%Y %H:%M:%S"), cells["email"], cells["name"], cells["phone"], _codes(cells),
        cells["home"], cells["group"], wishes, _pick(cells, (0.5, "так"), (0.55, "+"), (1, "")),
    ]  # fmt: skip
    return f"google-{number:05d}.csv", _csv(header, columns, cells, encoding, separator)


def _google_cp1251(cells: Cells, number: int) -> tuple[str, bytes]:
    name, content = _google(cells, number, "cp1251", ";")
    return f"excel-{name}", content


def _pretix(cells: Cells, number: int) -> tuple[str, bytes]:
    header = [
        "Код замовлення", "Event slug", "ID позиції", "Ім'я учасника", "Ел.пошта", "Номер телефону", "Дата замовлення",
        "Час замовлення", "Статус", "Продукт", "Ціна", "Район проживання", "Група учасників",
    ]  # fmt: skip
    count = len(cells["event"])
    order = [f"{number:03d}{i:05X}" for i in range(count)]
    columns = [
        order, _codes(cells), ["1"] * count, cells["name"], cells["email"], cells["phone"],
        _signed_up(cells, "%Y-%m-%d"), _signed_up(cells, "%H:%M:%S"),
        _pick(cells, (0.8, "сплачено"), (0.9, "скасовано"), (1, "очікує оплати")), ["Вхід"] * count,
        ["0,00"] * count, cells["home"], cells["group"],
    ]  # fmt: skip
    return f"pretix-{number:05d}.csv", _csv(header, columns, cells, "utf-8-sig")


def _eventbrite(cells: Cells, number: int) -> tuple[str, bytes]:
    header = [
        "Order #", "Order Date", "First Name", "Last Name", "Email", "Ticket Type", "Attendee Status", "Event Name",
        "Cell Phone", "Район проживання", "Група учасників",
    ]  # fmt: skip
    names = [name.split(" ") for name in cells["name"].tolist()]
    columns = [
        np.arange(len(names)) + 10_000, _signed_up(cells, "%m/%d/%y %H:%M"), [name[1] for name in names],
        [name[0] for name in names], cells["email"], ["Free"] * len(names),
        _pick(cells, (0.5, "Attending"), (0.85, "Checked In"), (1, "Not Attending")),
        [_title(event) for event in cells["event"].tolist()], cells["phone"], cells["home"], cells["group"],
    ]  # fmt: skip
    return f"eventbrite-{number:05d}.csv", _csv(header, columns, cells, "utf-8")


def _luma(cells: Cells, number: int) -> tuple[str, bytes]:
    header = [
        "api_id", "name", "email", "phone_number", "created_at", "approval_status", "checked_in_at",
        "Район проживання", "Група учасників",
    ]  # fmt: skip
    code = _code(int(cells["event"].min()))
    columns = [
        [f"gst-{number}-{i}" for i in range(len(cells["event"]))], cells["name"], cells["email"], cells["phone"],
        [f"{text}Z" for text in np.datetime_as_string(cells["utc"].astype("datetime64[ms]"))],
        _pick(cells, (0.9, "approved"), (0.95, "declined"), (1, "waitlist")),
        np.where(cells["came"] < 0.6, "2025-07-20T15:58:05.842Z", ""), cells["home"], cells["group"],
    ]  # fmt: skip
    return f"{code} - Guests - {number:05d}.csv", _csv(header, columns, cells, "utf-8")


def _list(cells: Cells) -> tuple[list[str], list[Any]]:
    header = ["Код події", "ПІБ", "Ел. пошта", "Телефон", "Дата реєстрації", "Статус", "Район", "Група"]
    columns = [
        _codes(cells), cells["name"], cells["email"], cells["phone"], _signed_up(cells, "%d.%m.%Y %H:%M"),
        _pick(cells, (0.6, "зареєстровано"), (0.9, "відвідав"), (1, "лист очікування")), cells["home"], cells["group"],
    ]  # fmt: skip
    return header, columns


def _tabs(cells: Cells, number: int) -> tuple[str, bytes]:
    return f"list-{number:05d}.txt", _csv(*_list(cells), cells, "utf-16", "\t")


def _book(cells: Cells, number: int) -> tuple[str, bytes]:
    header, columns = _list(cells)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Реєстрації")
        for row, texts in enumerate((header, *zip(*columns, strict=True))):
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(row, column, text)
    return f"book-{number:05d}.xlsx", out.getvalue()


KINDS: Final = (
    Kind("google", 0.40, ROWS_PER_FILE, _google),
    Kind("cp1251", 0.10, ROWS_PER_FILE, _google_cp1251),
    Kind("pretix", 0.20, ROWS_PER_FILE, _pretix),
    Kind("eventbrite", 0.17, ROWS_PER_FILE, _eventbrite),
    Kind("tabs", 0.05, ROWS_PER_FILE, _tabs),
    Kind("luma", 0.07, ROWS_PER_GUEST_LIST, _luma),
    Kind("book", 0.01, ROWS_PER_BOOK, _book),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    size = write_inbox(asked.rows, asked.folder, asked.seed)
    print(f"{asked.rows} rows, {size / 1e6:.1f} MB in {asked.folder}")  # noqa: T201


if __name__ == "__main__":
    main()
