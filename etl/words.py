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
    "link": (
        "це символічне посилання, а за ним не переходять; покладіть сюди сам файл",
        "this is a symbolic link, and links are not followed; put the file itself here",
    ),
    "read": ("Читання файлів", "Reading files"),
    "resolve": ("Зведення", "Resolving"),
    "demo": ("Вигадування списків", "Inventing lists"),
    "interrupted": ("Перервано. Сховище ціле.", "Interrupted. The store is whole."),
    "store_is_address": (
        "{store}: сховище для цієї команди – тека, а не адреса; запишіть у теку й скопіюйте туди, звідки читає показ",
        "{store}: for this command a store is a folder, no address; write to a folder and copy it to where it is shown",
    ),
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
    "in_use": ("Чинний: {id}", "In use: {id}"),
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
    "erased_unreadable": (
        "Знімків вилучено цілком, бо їх не вдалося прочитати: {unreadable}.",
        "Snapshots removed whole, for they could not be read: {unreadable}.",
    ),
    "erase_inbox": (
        (
            "Цю особу ще названо в рядках теки зі списками. Завантаження їх пропускатиме, але файли тримають її "
            "дані: вилучіть рядки в програмі, якою ведете списки."
        ),
        (
            "Rows of the inbox still name the person. Loads leave them out, yet the files hold the person's data: "
            "delete the rows with the program that you keep the lists with."
        ),
    ),
    "erase_no_inbox": (
        "Теки зі списками {path} немає, тож там не шукали. Наступні завантаження цієї особи не візьмуть.",
        "There is no folder of lists {path}, so nothing was sought there. Loads to come leave the person out.",
    ),
    "erased_rows": (
        "Рядків, пропущених на вимогу вилучених осіб: {rows}. Вони не входять у звіт.",
        "Rows left out because their people were erased: {rows}. The account does not count them.",
    ),
    "file": ("файл", "file"),
    "nothing_to_prune": ("Вилучати нічого.", "There is nothing to remove."),
    "prune_plan": (
        "Буде вилучено знімків: {count}, разом з їхніми листами зауважень. Повернутися до них уже не можна.",
        "Snapshots to be removed: {count}, with their return slips. There is no way back to them.",
    ),
    "ask_sure": ("Продовжити? [так/ні]", "Go on? [yes/no]"),
    "not_sure": ("нічого не змінено", "nothing was changed"),
    "pruned": ("Вилучено знімків: {count}.", "Snapshots removed: {count}."),
    "damaged": ("пошкоджено", "damaged"),
    "rotate_plan": (
        (
            "Буде зроблено новий ключ і за ним заново прочитано теку {path}. Люди дістануть нові позначки, яких не "
            "зіставити зі старими, тому попередні знімки ({count}) і попередній ключ буде вилучено; з --keep-old їх "
            "буде збережено."
        ),
        (
            "A new key will be made, and {path} read anew with it. People get new pseudonyms that cannot be tied to "
            "the old ones, so the former snapshots ({count}) and the former key will be removed; with --keep-old "
            "they are kept."
        ),
    ),
    "rotate_taken_up": (
        "Попередню зміну ключа було перервано; її завершено.",
        "An earlier change of the key was cut short; it is finished now.",
    ),
    "rotated": (
        "Новий ключ діє: {path}. Збережіть його копію окремо від даних.",
        "The new key is in force: {path}. Keep a copy of it apart from the data.",
    ),
    "rotate_kept": (
        "Попередній ключ і {count} знімків за ним збережено. Коли вони не будуть потрібні: civicspace rotate-key.",
        "The former key and its {count} snapshots are kept. When they are needed no more: civicspace rotate-key.",
    ),
    "rotate_lost": (
        (
            "Позначок вилучених осіб не перенесено: {count}, бо в теці зі списками їх уже немає. Якщо надішлють "
            "список, де вони є, виконайте civicspace erase ще раз."
        ),
        (
            "Marks of erased people not carried over: {count}, for the inbox names them no more. Should a list with "
            "them be sent, run civicspace erase again."
        ),
    ),
    "rotate_environment": (
        (
            "ключ задано змінною CIVICSPACE_KEY, якої програма не змінить; запишіть його до файлу (chmod 600), "
            "назвіть файл у CIVICSPACE_KEY_FILE, приберіть CIVICSPACE_KEY і повторіть"
        ),
        (
            "the key is given by the variable CIVICSPACE_KEY, which the program cannot change; write it to a file "
            "(chmod 600), name that in CIVICSPACE_KEY_FILE, unset CIVICSPACE_KEY and repeat"
        ),
    ),
    "rotate_forgets": (
        (
            "дані зроблено з ключем, якого вже немає, тож вилучених осіб не впізнати, і вони можуть повернутися; "
            "поверніть той ключ або погодьтеся: --forget-erased, а тоді повторіть civicspace erase для кожної"
        ),
        (
            "the data was made with a key that is gone, so the erased cannot be recognised and may come back; "
            "restore that key, or agree to it: --forget-erased, and then repeat civicspace erase for each of them"
        ),
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
            "Запропоновану відповідність записано: {path}. Перевірте кожен рядок, запишіть confirmed = true і "
            "залиште файл поруч зі списком; тоді: civicspace check {list}"
        ),
        (
            "The proposed mapping is written: {path}. Check every line, write confirmed = true and leave the file "
            "beside the list; then: civicspace check {list}"
        ),
    ),
    "map_needless": (
        "Список розпізнано, і жоден інший стовпець не схожий на наші: відповідність не потрібна.",
        "The list is recognised, and no other column looks like one of ours: no mapping is needed.",
    ),
    "map.head": (
        (
            "Запропонована відповідність стовпців списку {file}. Перевірте кожен рядок: ліворуч – заголовок у "
            "списку,\nправоруч – наш стовпець або ignore. Тоді запишіть confirmed = true і залиште файл поруч зі "
            "списком.\nОпис: docs/formats.md"
        ),
        (
            "Proposed mapping of the columns of {file}. Check every line: on the left the list's header, on the "
            "right\nour column or ignore. Then write confirmed = true and leave the file beside the list.\nDescribed "
            "in docs/formats.md"
        ),
    ),
    "map.recognised": (
        "Список розпізнано ({format}); тут лише стовпці, яких цей формат не знає.",
        "The list is recognised ({format}); here are only the columns that this format does not know.",
    ),
    "map.missing": ("БРАКУЄ обов’язкового стовпця: {column}", "A required column is MISSING: {column}"),
    "map.header_row": (
        "номер рядка із заголовком; без нього заголовок шукають за назвами",
        "number of the header's row; without it the header is found by its names",
    ),
    "map.event": (
        "код або назва й дата події, якщо весь список про одну подію",
        "code, or title and date, of the event if the whole list is about one",
    ),
    "map.targets": ("дозволено: {columns}", "allowed: {columns}"),
    "map.no_header": (
        "стовпець без заголовка; дайте йому назву у списку, щоб прочитати",
        "a column without a header; name it in the list to have it read",
    ),
    "map.repeated": (
        "такий самий заголовок, як вище; читається лише перший",
        "the same header as above; only the first is read",
    ),
    "map.words": ("слова, яких ми не знаємо → {ids}", "words we do not know → {ids}"),
    "map.sure": ("певність {pct} %", "certainty {pct} %"),
    "map.unlike": ("не схожий на наші стовпці", "like none of our columns"),
    "map.like": ("заголовок схожий на «{name}» на {pct} %", "header like «{name}», {pct} %"),
    "map.shape_email": ("ел. пошти серед значень: {pct} %", "e-mails among the values: {pct} %"),
    "map.shape_phone": ("телефонів серед значень: {pct} %", "phones among the values: {pct} %"),
    "map.shape_name": ("схожих на ім’я значень: {pct} %", "values like a name: {pct} %"),
    "map.shape_date": ("дат серед значень: {pct} %", "dates among the values: {pct} %"),
    "map.shape_time": ("часу серед значень: {pct} %", "times among the values: {pct} %"),
    "map.shape_number": ("чисел серед значень: {pct} %", "numbers among the values: {pct} %"),
    "map.shape_answer": ("«так» чи «ні» серед значень: {pct} %", "yes or no among the values: {pct} %"),
    "map.shape_month": ("місяців серед значень: {pct} %", "months among the values: {pct} %"),
    "map.shape_district": ("районів міста серед значень: {pct} %", "districts among the values: {pct} %"),
    "map.shape_words": ("відомих слів серед значень: {pct} %", "known words among the values: {pct} %"),
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
    "slip.snapshot": ("Публікація (знімок)", "Publication (snapshot)"),
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
    "slip.cut_repeated": (
        "Повторів показано: {shown}; ще є: {more}. Виправляти їх не треба.",
        "Repetitions shown: {shown}; there are {more} more. They need no correction.",
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
