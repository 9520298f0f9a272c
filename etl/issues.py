"""Every reason for which a row is left out, merged or flagged, in words for the person who sent it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Reason:
    """One reason: its outcome (see ``contract.ROW_OUTCOMES``), what is wrong, and what to do."""

    outcome: str
    reason_uk: str
    reason_en: str
    fix_uk: str
    fix_en: str


@dataclass(frozen=True)
class RowIssue:
    """One remark about one row. Holds where, never what: no value of the row is kept."""

    sheet: str
    row: int
    code: str
    column: str | None = None

    def __post_init__(self) -> None:
        if self.code not in REASONS:
            raise ValueError(f"unknown issue code {self.code!r}; add it to etl.issues.REASONS")

    @property
    def outcome(self) -> str:
        return REASONS[self.code].outcome


REASONS: Final[Mapping[str, Reason]] = {
    "broken_line": Reason(
        "rejected",
        "у рядку інша кількість полів, ніж у заголовку",
        "the line has another number of fields than the header",
        "перевірте зайві роздільники та лапки в цьому рядку",
        "look for surplus separators and quotes in this line",
    ),
    "missing_value": Reason(
        "rejected",
        "обов’язкова клітинка порожня",
        "a required cell is empty",
        "заповніть клітинку",
        "fill in the cell",
    ),
    "unreadable_date": Reason(
        "rejected",
        "дату не вдалося прочитати",
        "the date cannot be read",
        "запишіть дату як 14.02.2026",
        "write the date as 14.02.2026 or 2026-02-14",
    ),
    "unreadable_number": Reason(
        "rejected",
        "число не вдалося прочитати",
        "the number cannot be read",
        "залиште в клітинці лише число",
        "leave only a number in the cell",
    ),
    "unknown_event": Reason(
        "rejected",
        "такої події немає в переліку подій",
        "the list of events has no such event",
        "додайте подію до переліку або виправте її назву чи код",
        "add the event to the list or correct its title or code",
    ),
    "ambiguous_event": Reason(
        "rejected",
        "таку назву мають кілька подій, а дати немає",
        "several events have this title and no date is given",
        "вкажіть код події або її дату (стовпець «Дата події»)",
        "give the event's code or its date (column «Дата події»)",
    ),
    "unknown_space": Reason(
        "rejected",
        "такого простору немає в переліку просторів",
        "the list of spaces has no such space",
        "додайте простір до переліку або виправте назву",
        "add the space to the list or correct its name",
    ),
    "same_id_other_content": Reason(
        "rejected",
        "під цим кодом уже є інший запис",
        "another record already has this code",
        "дайте запису власний код",
        "give the record a code of its own",
    ),
    "duplicate_row": Reason(
        "duplicate",
        "такий самий запис уже прочитано",
        "the same record was read before",
        "нічого робити не потрібно",
        "nothing to do",
    ),
    "duplicate_file": Reason(
        "duplicate",
        "такий самий файл уже прочитано",
        "the same file was read before",
        "нічого робити не потрібно",
        "nothing to do",
    ),
    "unknown_district": Reason(
        "flagged",
        "район не розпізнано; запис враховано без району",
        "the district is not recognised; the record is counted without one",
        "вкажіть назву району міста",
        "give the name of a district of the city",
    ),
    "district_conflict": Reason(
        "flagged",
        "названий район не збігається з координатами; узято названий",
        "the stated district differs from the coordinates; the stated one is used",
        "перевірте район і координати",
        "check the district and the coordinates",
    ),
    "placeholder_point": Reason(
        "flagged",
        "координати умовні (центр міста, нуль або океан); їх не використано",
        "the coordinates are a placeholder (city centre, zero or ocean) and are not used",
        "вкажіть справжні координати або залиште клітинку порожньою",
        "give the real coordinates or leave the cell empty",
    ),
    "outside_city": Reason(
        "flagged",
        "місце поза межами міста",
        "the place is outside the city",
        "перевірте адресу та координати",
        "check the address and the coordinates",
    ),
    "unknown_theme": Reason(
        "flagged",
        "теми немає в переліку тем; подію враховано без неї",
        "the theme is not in the list of themes; the event is counted without it",
        "оберіть тему з переліку",
        "choose a theme from the list",
    ),
    "unknown_group": Reason(
        "flagged",
        "групу учасників не розпізнано; враховано як «інше»",
        "the participant group is not recognised; counted as other",
        "оберіть групу з переліку",
        "choose a group from the list",
    ),
    "unknown_mark": Reason(
        "rejected",
        "такого виду позначки немає",
        "there is no such kind of mark",
        "напишіть: майстерня, відключення, відкриття, закриття або інше",
        "write: workshop, blackout, opening, closing or other",
    ),
    "mark_ends_before_start": Reason(
        "rejected",
        "позначка закінчується раніше, ніж починається",
        "the mark ends before it starts",
        "поміняйте дні місцями або залиште дату завершення порожньою",
        "swap the days or leave the end date blank",
    ),
    "no_contact": Reason(
        "flagged",
        "немає ні ел. пошти, ні телефону; реєстрацію враховано, особу — ні",
        "neither e-mail nor phone; the registration is counted, the person is not",
        "збирайте ел. пошту або телефон",
        "collect an e-mail or a phone number",
    ),
    "ends_before_start": Reason(
        "flagged",
        "завершення раніше за початок; час завершення не використано",
        "the end is before the start; the end is not used",
        "перевірте час завершення",
        "check when it ends",
    ),
    "unread_cell": Reason(
        "flagged",
        "значення клітинки не розпізнано; запис враховано без нього",
        "the cell's value is not recognised; the record is counted without it",
        "виправте клітинку або залиште її порожньою",
        "correct the cell or leave it empty",
    ),
    "swapped_point": Reason(
        "flagged",
        "широту й довготу переплутано місцями; їх переставлено",
        "latitude and longitude stand in each other's place; they were exchanged",
        "поміняйте координати місцями",
        "exchange the coordinates",
    ),
    "unlisted_space": Reason(
        "flagged",
        "такого простору немає в переліку просторів; подію враховано за місцем поза переліком",
        "the list of spaces has no such space; the event is counted at a venue outside the list",
        "додайте простір до переліку або виправте назву",
        "add the space to the list or correct its name",
    ),
    "unknown_parent": Reason(
        "flagged",
        "події, до якої входить ця, немає в переліку; її враховано окремо",
        "the event this one is a part of is not listed; it is counted on its own",
        "вкажіть код або назву багатоденної події",
        "give the code or title of the multi-day event",
    ),
    "unknown_city": Reason(
        "rejected",
        "не видно, якого міста стосується запис",
        "it cannot be seen which city the record is about",
        "вкажіть місто в записі або покладіть файл до теки міста",
        "name the city in the record or put the file into the city's folder",
    ),
    "unknown_status": Reason(
        "flagged",
        "статус реєстрації не розпізнано; запис враховано як зареєстрований",
        "the status of the registration is not recognised; the record is counted as registered",
        "запишіть «зареєстровано», «скасовано» або «лист очікування»",
        "write registered, cancelled or waitlisted",
    ),
    "unknown_attendance": Reason(
        "flagged",
        "позначку про присутність не розпізнано; відвідування вважається не записаним",
        "the mark of attendance is not recognised; attendance is taken as not recorded",
        "запишіть «так» або «ні»",
        "write yes or no",
    ),
    "nonexistent_time": Reason(
        "flagged",
        "такого часу того дня не було: годинник переводили вперед; час не використано",
        "there was no such time on that day, for the clocks went forward; the time is not used",
        "перевірте час",
        "check the time",
    ),
    "ambiguous_time": Reason(
        "flagged",
        "такий час того дня був двічі: годинник переводили назад; час записано, як він стоїть",
        "there was such a time twice on that day, for the clocks went back; the time is kept as it stands",
        "перевірте час або вкажіть зсув, наприклад 2026-10-25T03:30+02:00",
        "check the time or state its offset, such as 2026-10-25T03:30+02:00",
    ),
    "endless_recurrence": Reason(
        "flagged",
        "подія повторюється без кінця або дуже часто; прочитано повторення за рік після збереження календаря, але не"
        " більше, ніж дозволяє CIVICSPACE_MAX_OCCURRENCES (типово 1000)",
        "the event recurs without end or very often; what is within a year after the calendar was saved is read, as"
        " often as CIVICSPACE_MAX_OCCURRENCES allows (by default 1000 times)",
        "вкажіть, коли повторення закінчується",
        "state when it ends",
    ),
    "unread_recurrence": Reason(
        "flagged",
        "правило повторення не розпізнано; враховано лише першу подію",
        "the rule of recurrence is not recognised; only the first event is counted",
        "запишіть повторення окремими подіями",
        "write the occurrences as events of their own",
    ),
    "partial_file": Reason(
        "flagged",
        "у файлі лише частина записів, які є на порталі",
        "the file holds only a part of the records that the portal has",
        "завантажте решту (limit, offset) або весь файл",
        "download the rest (limit, offset) or the whole file",
    ),
    "area_not_place": Reason(
        "rejected",
        "це територія завбільшки з район, а не місце",
        "this is an area as large as a district, no place",
        "позначте місце точкою або контуром будівлі",
        "mark the place by a point or the outline of a building",
    ),
    "guests_not_counted": Reason(
        "flagged",
        "учасник привів гостей; їх не враховано, бо про них нічого не відомо",
        "the participant brought guests; they are not counted, for nothing is known of them",
        "запишіть гостей окремими рядками",
        "write the guests as rows of their own",
    ),
    "unknown_sheet": Reason(
        "flagged",
        "аркуш не схожий на жоден відомий перелік; його не прочитано",
        "the sheet is no known list and was not read",
        "перевірте заголовки аркуша або вилучіть його",
        "check the sheet's headers or delete the sheet",
    ),
    "contact_hidden": Reason(
        "flagged",
        "у клітинці ел. пошта або телефон; у даних замість них «…»",
        "an e-mail or a phone number stands in the cell; the data has «…» in its place",
        "приберіть контакт із клітинки",
        "take the contact out of the cell",
    ),
}
