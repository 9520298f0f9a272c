"""What the command line says, in Ukrainian and in English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """Language of messages."""

    UK = "uk"
    EN = "en"


_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "read": ("Читання файлів", "Reading files"),
    "resolve": ("Зведення", "Resolving"),
    "demo": ("Вигадування списків", "Inventing lists"),
    "no_inbox": (
        "теки зі списками {path} немає; створіть її або запустіть: civicspace demo",
        "there is no folder of lists {path}; make it, or run: civicspace demo",
    ),
    "no_readable_file": (
        "у теці {path} немає жодного файлу, який вдалося прочитати; нічого не опубліковано",
        "no file in {path} could be read; nothing was published",
    ),
    "unknown_city": ("міста {city} немає; є: {known}", "there is no city {city}; there are: {known}"),
    "no_file": ("файлу {path} немає", "there is no file {path}"),
    "checks_failed": (
        "дані не пройшли перевірку, нічого не опубліковано:",
        "the data did not pass the checks, nothing was published:",
    ),
    "disk": ("{path}: {why}", "{path}: {why}"),
    "internal": (
        "внутрішня помилка: {kind} у {place}; значення не показано, бо там можуть бути персональні дані",
        "internal error: {kind} at {place}; its text is not shown, for it may hold personal data",
    ),
    "published": ("Опубліковано знімок {id} станом на {day}.", "Published snapshot {id}, as of {day}."),
    "unchanged": (
        "Змін немає: знімок {id} станом на {day} уже опубліковано.",
        "Nothing has changed: snapshot {id}, as of {day}, is published already.",
    ),
    "has_demo": ("Серед даних є демонстраційні.", "The data holds demonstration data."),
    "account": ("Звіт про рядки", "Account of rows"),
    "files": ("файлів", "files"),
    "city": ("місто", "city"),
    "format": ("формат", "format"),
    "rows_read": ("прочитано", "read"),
    "rows_loaded": ("завантажено", "loaded"),
    "rows_duplicate": ("повторів", "duplicate"),
    "rows_rejected": ("відхилено", "rejected"),
    "total": ("разом", "total"),
    "reasons": ("Зауваження", "Remarks"),
    "rejected": ("відхилено", "rejected"),
    "duplicate": ("повтор", "duplicate"),
    "flagged": ("враховано", "counted"),
    "outcome": ("що з рядком", "outcome"),
    "rows": ("рядків", "rows"),
    "reason": ("причина", "reason"),
    "fix": ("що зробити", "what to do"),
    "sheet": ("аркуш", "sheet"),
    "row": ("рядок", "row"),
    "column": ("стовпець", "column"),
    "refused": ("Не прийнято файл {path}: {why}", "Refused file {path}: {why}"),
    "copy": ("Файл {path} – копія файлу {of}.", "File {path} is a copy of {of}."),
    "file_account": (
        "{path} ({format}): прочитано {read}, завантажено {loaded}, повторів {duplicate}, відхилено {rejected}",
        "{path} ({format}): read {read}, loaded {loaded}, duplicate {duplicate}, rejected {rejected}",
    ),
    "unknown_columns": ("Не використано стовпці: {columns}", "Columns not used: {columns}"),
    "more": ("… і ще {count}; усі – з --json", "… and {count} more; all with --json"),
    "demo_written": (
        "Записано файлів: {files}, до теки {path}. Далі: civicspace load",
        "Files written: {files}, to {path}. Next: civicspace load",
    ),
    "no_snapshots": ("Жодного знімка ще немає.", "There is no snapshot yet."),
    "snapshots": ("Знімки", "Snapshots"),
    "snapshot": ("знімок", "snapshot"),
    "created": ("створено (UTC)", "created (UTC)"),
    "as_of": ("станом на", "as of"),
    "events": ("подій", "events"),
    "registrations": ("реєстрацій", "registrations"),
    "in_use": ("чинний", "in use"),
    "table": ("таблиця", "table"),
    "bytes": ("байтів", "bytes"),
    "whole": ("Знімок {id} цілий.", "Snapshot {id} is whole."),
    "rolled_back": ("Чинний знімок тепер {id}.", "The snapshot in use is now {id}."),
    "pack_fine": (
        "Місто {city} придатне: районів {districts}, просторів {spaces}, тем {themes}.",
        "City {city} is fine: districts {districts}, spaces {spaces}, themes {themes}.",
    ),
    "ask_email": ("Ел. пошта (Enter – немає)", "E-mail (Enter for none)"),
    "ask_phone": ("Телефон (Enter – немає)", "Phone (Enter for none)"),
    "erased": (
        "Вилучено реєстрацій: {registrations}, осіб: {people}, у знімках: {snapshots}.",
        "Removed registrations: {registrations}, people: {people}, in snapshots: {snapshots}.",
    ),
    "erase_inbox": (
        "Файл у теці зі списками, де ще є ця особа, очистьте вручну: наступне завантаження прочитає його знову.",
        "A file in the inbox that still names the person must be cleaned by hand: the next load reads it again.",
    ),
    "erase_both": (
        "Особу, відому за ел. поштою, за самим телефоном не знайти: вкажіть обидва контакти, якщо їх знаєте.",
        "A person known by an e-mail is not found by the phone alone: give both contacts if you know them.",
    ),
}


def say(language: Language, key: str, **values: object) -> str:
    """A message in one language, with values filled in."""
    uk, en = _WORDS[key]
    return (uk if language is Language.UK else en).format(**values)
