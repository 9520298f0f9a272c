"""What the comparison scripts know of the invented lists: they recognise nothing, so it is told them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

AS_OF: Final = "2026-03-01"
STATUS_ORDER: Final = ("attended", "no_show", "registered", "waitlisted", "cancelled")
SAID: Final = ("event", "email", "phone", "signed_up", "status", "came", "group", "home")
GMAIL: Final = "@gmail.com"

STATUSES: Final = {
    "сплачено": "registered", "очікує оплати": "registered", "скасовано": "cancelled",
    "attending": "registered", "checked in": "attended", "not attending": "cancelled",
    "approved": "registered", "declined": "cancelled", "waitlist": "waitlisted",
    "зареєстровано": "registered", "відвідав": "attended", "лист очікування": "waitlisted",
}  # fmt: skip
GROUPS: Final = {
    "го": "ngo", "студентка": "student", "студент": "student", "волонтер": "volunteer", "мешканка міста": "resident",
    "бізнес": "business", "митець": "artist", "інше": "other",
}  # fmt: skip
NOISE: Final = ("район", "р н", "м", "київ")
OUTSIDE: Final = "бровари"


@dataclass(frozen=True)
class Dialect:
    """Columns of one tool's list, by what they say; the form of its times; separator and encoding."""

    starts: str
    columns: dict[str, str]
    form: str
    separator: str = ","
    encoding: str = "utf-8"


_GOOGLE: Final = {
    "event": "Код події", "email": "Електронна адреса", "phone": "Номер телефону", "signed_up": "Позначка часу",
    "came": "Присутність", "group": "Група учасників", "home": "Район проживання",
}  # fmt: skip
_LIST: Final = {
    "event": "Код події", "email": "Ел. пошта", "phone": "Телефон", "signed_up": "Дата реєстрації",
    "status": "Статус", "group": "Група", "home": "Район",
}  # fmt: skip

DIALECTS: Final = (
    Dialect("google-", _GOOGLE, "%d.%m.%Y %H:%M:%S"),
    Dialect("excel-google-", _GOOGLE, "%d.%m.%Y %H:%M:%S", ";", "cp1251"),
    Dialect(
        "pretix-",
        {
            "event": "Event slug", "email": "Ел.пошта", "phone": "Номер телефону", "signed_up": "Дата замовлення",
            "time": "Час замовлення", "status": "Статус", "group": "Група учасників", "home": "Район проживання",
        },
        "%Y-%m-%d %H:%M:%S",
        encoding="utf-8-sig",
    ),
    Dialect(
        "eventbrite-",
        {
            "event": "Event Name", "email": "Email", "phone": "Cell Phone", "signed_up": "Order Date",
            "status": "Attendee Status", "group": "Група учасників", "home": "Район проживання",
        },
        "%m/%d/%y %H:%M",
    ),
    Dialect("list-", _LIST, "%d.%m.%Y %H:%M", "\t", "utf-16"),
    Dialect("book-", _LIST, "%d.%m.%Y %H:%M"),
    Dialect(
        "BENCH-",
        {
            "email": "email", "phone": "phone_number", "signed_up": "created_at", "status": "approval_status",
            "came": "checked_in_at", "group": "Група учасників", "home": "Район проживання",
        },
        "utc",
    ),
)  # fmt: skip


def lists(inbox: Path) -> list[tuple[Path, Dialect]]:
    """Every list of registrations with its dialect."""
    return [
        (path, next(dialect for dialect in DIALECTS if path.name.startswith(dialect.starts)))
        for path in sorted((inbox / "kyiv").iterdir())
        if path.name != "Події.csv"
    ]


def events(inbox: Path) -> list[dict[str, str]]:
    """The planned events: ``code``, ``title`` and ``day`` (ISO)."""
    with (inbox / "kyiv" / "Події.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {
            "code": row["Код події"],
            "title": row["Назва події"],
            "day": "-".join(reversed(row["Дата"].split("."))),
        }
        for row in rows
    ]


def districts() -> dict[str, str]:
    """Folded alias → code of the district."""
    path = Path(__file__).parents[2] / "data" / "cities" / "kyiv" / "districts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            "".join(letter for letter in alias.strip().lower() if letter not in "'’ʼ"): row["district_code"]
            for row in csv.DictReader(file)
            for alias in (row["name_uk"], *row["aliases"].split(";"))
        }


def key() -> bytes:
    """The secret of this run."""
    return b"0123456789abcdef" * 4


def write_account(out: Path, read: int, loaded: int, duplicate: int, rejected: int) -> None:
    """Rows by what became of them."""
    said = {"read": read, "loaded": loaded, "duplicate": duplicate, "rejected": rejected}
    (out / "account.json").write_text(json.dumps(said), encoding="utf-8")
