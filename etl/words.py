"""What the command line and the return slips say, in Ukrainian and in English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from babel import Locale


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
    "no_snapshot_yet": (
        "Знімка ще немає, тож відомі лише простори міста з постачання й події самого файлу.",
        "There is no snapshot yet: only the city's shipped spaces and the file's own events are known.",
    ),
    "same_as_loaded": (
        "Саме цей файл уже враховано у знімку під назвою {name}.",
        "This very file is in the snapshot already, under the name {name}.",
    ),
    "only_load_finds": (
        (
            "Файл звірено з містом і чинним знімком. Лише повне завантаження (civicspace load) покаже повтори й "
            "суперечності з іншими файлами, а також події й простори зі списків, яких ще не завантажено."
        ),
        (
            "The file was checked against the city and the published snapshot. Only a full load (civicspace load) "
            "finds repetitions of and contradictions to other files, and events and spaces of lists not loaded yet."
        ),
    ),
    "slip_written": ("Лист зауважень: {path}", "Return slip: {path}"),
    "slips_written": ("Листи зауважень: {count}, у теці {path}", "Return slips: {count}, in {path}"),
    "slips_failed": (
        "Знімок опубліковано, але листи зауважень не записано ({why}); перевірте диск і запустіть load знову.",
        "The snapshot is published, but the return slips could not be written ({why}); check the disk, load again.",
    ),
    "out_in_inbox": (
        "--out {path} лежить у теці зі списками, де лист зауважень прочитали б як список; вкажіть іншу теку",
        "--out {path} lies in the inbox, where a return slip would be read as a list; give another folder",
    ),
    "out_exists": (
        "{path} уже є; перевірте його, перейменуйте або вкажіть інший: --out",
        "{path} exists already; look at it, rename it, or give another: --out",
    ),
    "map_written": (
        (
            "Запропоновану відповідність записано: {path}. Перевірте кожен рядок, запишіть confirmed = true і залиште "
            "файл поруч зі списком; тоді: civicspace check {list}"
        ),
        (
            "The proposed mapping is written: {path}. Check every line, write confirmed = true and leave the file "
            "beside the list; then: civicspace check {list}"
        ),
    ),
    "map_needless": (
        "Список розпізнано ({format}) разом з усіма стовпцями: відповідність не потрібна.",
        "The list is recognised ({format}) with all its columns: no mapping is needed.",
    ),
    "meant": ("{fix}; можливо: {name} ({pct} %)", "{fix}; perhaps: {name} ({pct} %)"),
    "slip.name": ("{name} – зауваження.xlsx", "{name} – remarks.xlsx"),
    "slip.account": ("Звіт", "Account"),
    "slip.remarks": ("Зауваження", "Remarks"),
    "slip.title": ("Лист зауважень до списку", "Return slip of a list"),
    "slip.file": ("Файл", "File"),
    "slip.city": ("Місто", "City"),
    "slip.format": ("Розпізнано як", "Recognised as"),
    "slip.when": ("Коли прочитано", "Read at"),
    "slip.who": ("Хто прочитав", "Read by"),
    "slip.snapshot": ("Опубліковано у знімку", "Published in snapshot"),
    "slip.checked": ("перевірка: нічого не опубліковано", "a check: nothing was published"),
    "slip.refused": ("Файл не прийнято", "The file was refused"),
    "slip.read": ("Прочитано рядків, з них", "Rows read, of these"),
    "slip.loaded": ("завантажено", "loaded"),
    "slip.duplicate": ("повторів", "duplicate"),
    "slip.rejected": ("відхилено", "rejected"),
    "slip.flagged": ("з них завантажено із зауваженням", "of the loaded, with a remark"),
    "slip.row_forms": ("рядок|рядки|рядків", "row|rows"),
    "slip.said": (
        "З прочитаного ({read}) завантажено {loaded}, повторюють інші {duplicate}, відхилено {rejected}.",
        "Of what was read ({read}), {loaded} loaded, {duplicate} repeated others, {rejected} rejected.",
    ),
    "slip.to_do": ("Що зробити", "What to do"),
    "slip.to_do_refused": (
        "Виправте назване вище, збережіть файл під тією самою назвою й надішліть знову.",
        "Correct what is named above, save the file under the same name and send it again.",
    ),
    "slip.to_do_1": (
        "1. На аркуші «Зауваження» знайдіть адресу клітинки у своєму файлі: аркуш, рядок, стовпець.",
        "1. On the sheet Remarks find the address of the cell in your own file: sheet, row, column.",
    ),
    "slip.to_do_2": (
        "2. Спершу виправте відхилене: цих рядків не враховано. Потім – завантажене із зауваженням.",
        "2. Correct the rejected first: these rows are not counted. Then those loaded with a remark.",
    ),
    "slip.to_do_3": (
        "3. Повтори виправляти не треба: кожен запис враховано один раз.",
        "3. Repetitions need no correction: every record is counted once.",
    ),
    "slip.to_do_4": (
        "4. Збережіть весь файл під тією самою назвою й надішліть замість попереднього.",
        "4. Save the whole file under the same name and send it in the place of the former one.",
    ),
    "slip.unused": ("Стовпці, яких не використано", "Columns that were not used"),
    "slip.cut": (
        "Показано перші зауваження: {shown}; ще є: {more}. Виправте їх і перевірте файл знову.",
        "The first remarks are shown: {shown}; there are {more} more. Correct these and check the file again.",
    ),
    "slip.sheet": ("Аркуш", "Sheet"),
    "slip.row": ("Рядок", "Row"),
    "slip.letter": ("Стовпець", "Column"),
    "slip.header": ("Заголовок стовпця", "Header"),
    "slip.outcome": ("Що з рядком", "Outcome"),
    "slip.code": ("Код", "Code"),
    "slip.reason": ("Причина", "Reason"),
    "slip.fix": ("Що зробити", "What to do"),
    "slip.suggestion": ("Можливо, малося на увазі", "Perhaps meant"),
    "slip.certainty": ("Певність", "Certainty"),
    "slip.rows": ("Рядків", "Rows"),
    "slip.is_rejected": ("відхилено", "rejected"),
    "slip.is_duplicate": ("повтор", "duplicate"),
    "slip.is_flagged": ("завантажено із зауваженням", "loaded, with a remark"),
    "erase_both": (
        "Особу, відому за ел. поштою, за самим телефоном не знайти: вкажіть обидва контакти, якщо їх знаєте.",
        "A person known by an e-mail is not found by the phone alone: give both contacts if you know them.",
    ),
}


_LOCALES: Final[Mapping[Language, Locale]] = {language: Locale.parse(language.value) for language in Language}
_FORMS: Final[Mapping[Language, Mapping[str, int]]] = {
    Language.UK: {"one": 0, "few": 1, "many": 2, "other": 2},
    Language.EN: {"one": 0, "other": 1},
}


def counted(language: Language, number: int, key: str) -> str:
    """A number with its noun in the form that it asks for: «1 рядок», «2 рядки», «5 рядків»."""
    forms = say(language, key).split("|")
    return f"{number} {forms[_FORMS[language][_LOCALES[language].plural_form(number)]]}"


def say(language: Language, key: str, **values: object) -> str:
    """A message in one language, with values filled in."""
    uk, en = _WORDS[key]
    return (uk if language is Language.UK else en).format(**values)
