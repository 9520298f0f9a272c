"""The words of the page «Дані»: whether the numbers can be trusted, what each space sent, kinds of file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Lang, Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "trust": Words("Чи можна вірити числам", "Can the numbers be trusted"),
    "trust.fresh": Words(
        "**Свіжість.** Дані станом на {as_of}; останній повний місяць — {month}.",
        "**Freshness.** The data are as of {as_of}; the last full month is {month}.",
    ),
    "trust.fresh.none": Words(
        "**Свіжість.** Дані станом на {as_of}; жодного повного місяця ще немає.",
        "**Freshness.** The data are as of {as_of}; there is no full month yet.",
    ),
    "trust.rows": Words(
        "**Рядки.** Прочитано {read}, завантажено {loaded}; повторів {duplicate}, відхилено {rejected}.",
        "**Rows.** Read {read}, loaded {loaded}; duplicate {duplicate}, rejected {rejected}.",
    ),
    "trust.files": Words(
        "**Файли.** Усього {files}, із них не прийнято {refused}.",
        "**Files.** {files} in all, of which {refused} were refused.",
    ),
    "trust.returns": Words(
        "**Місячні звіти.** За {month} очікували {expected}, надійшло {received}.",
        "**Monthly returns.** Expected for {month}: {expected}, received: {received}.",
    ),
    "trust.attendance": Words(
        "**Відмітки присутніх.** Їх немає на {share} подій; частки відвідування рахуємо без цих подій.",
        "**Notes of who came.** {share} of events have none; attendance rates leave these events out.",
    ),
    "trust.lists": Words(
        "**Списки учасників.** Їх немає для {share} подій; про людей на цих подіях ми не знаємо.",
        "**Lists of participants.** {share} of events have none; of the people at these events we know nothing.",
    ),
    "heat": Words("Хто що надіслав за останні 12 місяців", "Who sent what in the last 12 months"),
    "heat.text": Words(
        "Спершу простори, від яких звіту чекали й не дочекалися. {legend}.",
        "First the spaces whose return was expected and did not come. {legend}.",
    ),
    "heat.none": Words("Жоден простір ще нічого не надіслав.", "No space has sent anything yet."),
    "heat.space": Words("Простір", "Space"),
    "state.lists": Words("списки", "lists"),
    "state.events": Words("події", "events"),
    "state.totals": Words("підсумок", "totals"),
    "state.awaited": Words("чекаємо", "awaited"),
    "state.silent": Words("тихо", "quiet"),
    "state.closed": Words("зачинено", "closed"),
    "meaning.lists": Words("події зі списками людей", "events with lists of people"),
    "meaning.events": Words("події без списків", "events without lists"),
    "meaning.totals": Words("лише місячний підсумок", "a monthly total alone"),
    "meaning.awaited": Words("звіт не надійшов", "the return did not come"),
    "meaning.silent": Words("нічого, й не мало бути", "nothing, and nothing was due"),
    "meaning.closed": Words("простір не працював", "the space was not open"),
    "details": Words("Подробиці", "Details"),
    "rejects": Words("Відхилені рядки: чи меншає їх", "Rejected rows: are they getting fewer"),
    "rejects.public": Words(
        "Як змінюються ці числа, бачать лише аналітики: різниця між двома завантаженнями може бути однією людиною.",
        "How these numbers change is for analysts alone: the difference between two loads may be one person.",
    ),
    "rejects.none": Words("Жодного рядка не відхилено.", "No row was rejected."),
    "rejects.months": Words("За місяцями даних", "By the months of the data"),
    "rejects.months.title": Words(
        "Найчастіше відхиляли так: {reason}, {count} з {all}", "Most often rejected: {reason}, {count} of {all}"
    ),
    "rejects.months.about": Words("Відхилені рядки, на одній шкалі", "Rejected rows, on one scale"),
    "rejects.months.note": Words(
        "Відхилений рядок не має дати, якій можна вірити, тому стоїть у місяці, яким закінчуються дані його файлу: "
        "список за півріччя додає все до останнього місяця.",
        "A rejected row has no date to be trusted, so it stands in the month in which the data of its file end: a list "
        "of half a year adds all of it to its last month.",
    ),
    "rejects.undated": Words(
        "Рядки файлів, з яких не завантажено нічого з датою: {count}. Їх на графіку немає.",
        "Rows of files of which nothing with a date was loaded: {count}. The chart leaves them out.",
    ),
    "rejects.loads": Words("За завантаженнями", "By load"),
    "rejects.loads.fewer": Words(
        "Останнє завантаження відхилило {now}, попереднє — {before}.",
        "The last load rejected {now}, the one before {before}.",
    ),
    "rejects.loads.one": Words(
        "У сховищі один знімок, тож порівняти його ще немає з чим: наступне завантаження стане поруч.",
        "The store keeps one snapshot, so there is nothing to compare it with yet: the next load will stand beside it.",
    ),
    "rejects.forms": Words("рядок|рядки|рядків", "row|rows"),
    "rejects.forms.of": Words("рядка|рядків|рядків", "row|rows"),
    "snapshots": Words("Знімки: коли зроблено і який показано", "Snapshots: when they were made and which is shown"),
    "snapshots.text": Words(
        "Кожне завантаження читає всі списки заново і лишає знімок; сторінки показують один із них.",
        "Every load reads all lists anew and leaves a snapshot; the pages show one of them.",
    ),
    "snapshots.public": Words(
        "Скільки рядків було в кожному, бачать лише аналітики.", "How many rows each held is for analysts alone."
    ),
    "snapshots.made": Words("Зроблено", "Made"),
    "snapshots.as_of": Words("Станом на", "As of"),
    "snapshots.state": Words("Стан", "State"),
    "snapshots.id": Words("Знімок", "Snapshot"),
    "snapshots.version": Words("Версія програми", "Program version"),
    "state.shown": Words("показано", "shown"),
    "state.kept": Words("зберігається", "kept"),
    "state.damaged": Words("пошкоджено", "damaged"),
    "state.other_contract": Words("іншої версії програми", "of another program version"),
}  # fmt: skip

say: Final = Wordbook(_WORDS).say

_FORMATS: Final[Mapping[str, Words]] = {
    "annotations": Words("позначки на графіках", "marks on charts"),
    "city_pack": Words("довідник міста", "city pack"),
    "eventbrite": Words("вивантаження Eventbrite", "Eventbrite export"),
    "events": Words("перелік подій", "list of events"),
    "geojson_spaces": Words("простори на мапі (GeoJSON)", "spaces on a map (GeoJSON)"),
    "google_forms": Words("відповіді Google Форм", "Google Forms answers"),
    "icalendar": Words("календар (iCalendar)", "calendar (iCalendar)"),
    "indico": Words("вивантаження Indico", "Indico export"),
    "luma": Words("вивантаження Luma", "Luma export"),
    "meetup_attendees": Words("учасники подій Meetup", "Meetup attendees"),
    "meetup_events": Words("події Meetup", "Meetup events"),
    "meetup_members": Words("члени групи Meetup", "Meetup members"),
    "meetups": Words("зустрічі хабів", "meet-ups of hubs"),
    "monthly_return": Words("місячний звіт", "monthly return"),
    "participant_list": Words("список учасників", "list of participants"),
    "pretix_check_in": Words("список входу pretix", "pretix check-in list"),
    "pretix_positions": Words("замовлення pretix", "pretix orders"),
    "programme": Words("програма", "programme"),
    "proposals": Words("анкети проєктів", "project questionnaires"),
    "public_facts": Words("публічні факти", "public facts"),
    "registration_list": Words("список реєстрацій", "list of registrations"),
    "schema_org": Words("дані зі сторінки (schema.org)", "data of a web page (schema.org)"),
    "spaces": Words("перелік просторів", "list of spaces"),
}  # fmt: skip


def file_format(written: str | None, lang: Lang) -> str | None:
    """What a recognised format is called; several in one file joined by a plus; an unnamed one without underscores."""
    if not isinstance(written, str):
        return None
    names = (_FORMATS.get(part, Words(part.replace("_", " "), part.replace("_", " "))) for part in written.split(" + "))
    return " + ".join(name.say(lang) for name in names)
