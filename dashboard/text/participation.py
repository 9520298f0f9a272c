"""The words of the page «Участь за темами», Ukrainian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PARTICIPATION: Final[Mapping[str, tuple[str, str]]] = {
    "participation.unfinished": (
        "{month} ще триває: дані по {day}. Незавершений місяць позначено, і з повними його не порівняно.",
        "{month} is not over: data up to {day}. The unfinished month is marked and compared with no full one.",
    ),
    "participation.figure": ("Показник", "Figure"),
    "participation.cut": ("Розрізати за", "Cut by"),
    "participation.cut.theme": ("темою", "theme"),
    "participation.cut.district": ("районом", "district"),
    "participation.cut.group": ("групою учасників", "participant group"),
    "participation.cut.kind": ("видом простору", "kind of space"),
    "participation.cut.network": ("мережею", "network"),
    "participation.cut.space": ("простором", "space"),
    "participation.drawn": ("Показати", "Show as"),
    "participation.drawn.each": ("окремо", "one by one"),
    "participation.drawn.together": ("разом", "together"),
    "participation.drawn.shares": ("частки", "shares"),
    "participation.drawn.places": ("місця", "places"),
    "participation.drawn.whole": ("загалом", "as a whole"),
    "participation.whole.title": (
        "{figure}: {count} поза звичними межами",
        "{figure}: {count} outside the usual range",
    ),
    "participation.whole.title.none": (
        "{figure}: усі завершені місяці у звичних межах",
        "{figure}: all finished months are within the usual range",
    ),
    "participation.whole.about": (
        "{figure} за місяць без розрізу; межі — за рівнем і сезоном усіх завершених місяців",
        "{figure} per month, not cut; the range is of level and season of all finished months",
    ),
    "participation.rest": ("решта ({count})", "others ({count})"),
    "participation.rest.bare": ("решта", "others"),
    "participation.none.theme": ("без теми", "no theme"),
    "participation.none.district": ("без району", "no district"),
    "participation.none.kind": ("поза просторами з переліку", "at no listed space"),
    "participation.none.network": ("поза мережами", "in no network"),
    "participation.none.space": ("поза просторами з переліку", "at no listed space"),
    "participation.part": ("Частина", "Part"),
    "participation.place": ("Місце", "Place"),
    "participation.per_month": ("{figure} за місяць, за {cut}", "{figure} per month, by {cut}"),
    "participation.in_all": ("{figure}, за {cut}", "{figure}, by {cut}"),
    "participation.shares.about": (
        "{figure}: частка кожної частини серед показаних, за {cut}",
        "{figure}: each part’s share among those shown, by {cut}",
    ),
    "participation.shares.title": (
        "{month}: найбільша частка — {name}, {value}",
        "{month}: the largest share is {name}, {value}",
    ),
    "participation.shares.people": (
        (
            "Людей із кількох частин не додають: одна людина буває в кількох. Тому часток учасників немає; нижче "
            "самі кількості."
        ),
        (
            "People of several parts do not add up, for one person is in several of them: there are no shares of "
            "participants. Below are the counts themselves."
        ),
    ),
    "participation.shares.two": (
        "Подія з двома темами входить до обох, тому це частки серед сум за темами, а не серед подій.",
        "An event with two themes is in both, so these are shares among the sums of themes, not among the events.",
    ),
    "participation.places.title": (
        "Перше місце, {quarter}: {name}",
        "First place, {quarter}: {name}",
    ),
    "participation.places.rise": (
        "Перше місце, {quarter}: {name}; найбільше вгору: {riser}, із {before}-го на {now}-те",
        "First place, {quarter}: {name}; rose most: {riser}, from {before} to {now}",
    ),
    "participation.places.about": (
        "Місця за показником «{figure}» у кожному кварталі, за {cut}; 1 — найбільше",
        "Places by “{figure}” in each quarter, by {cut}; 1 is most",
    ),
    "participation.places.note": (
        (
            "Світла смуга позначає квартали, з яких вибрано чи завершено не всі місяці: порядок у них видно, але "
            "сам квартал неповний."
        ),
        (
            "A faint band marks quarters of which not all months are selected or finished: their order holds, but the "
            "quarter is not whole."
        ),
    ),
    "participation.quarter": ("{roman} кв. {year}", "Q{number} {year}"),
    "participation.themes": ("Усі місяці разом", "All months together"),
    "participation.n": ("n\u00a0=\u00a0{count}", "n\u00a0=\u00a0{count}"),
    "participation.groups": ("Групи учасників", "Participant groups"),
    "participation.people": ("Нові учасники й ті, хто повернувся", "New and returning participants"),
    "participation.rhythm": ("Дні тижня й години", "Weekdays and hours"),
    "participation.rhythm.note": (
        "За годиною, коли починається подія чи сесія. Без відомої години: {count}.",
        "By the hour at which an event or session begins. Without a known hour: {count}.",
    ),
    "participation.rhythm.events": ("Події та сесії", "Events and sessions"),
    "participation.rhythm.about": ("{figure} за днем тижня й годиною початку", "{figure} by weekday and starting hour"),
    "participation.slot": ("Коли", "When"),
    "participation.homes": ("Звідки приходять", "Where they come from"),
    "participation.people.about": ("Учасники за місяць", "Participants per month"),
    # --- people over time ---
    "returning.public": (
        (
            "Скільки місяців минає між візитами, хто повертається після першого разу й куди йдуть далі — це таблиці "
            "про малі групи людей, тому публічно їх не показано. Їх бачать аналітики міста."
        ),
        (
            "How many months pass between visits, who comes back after the first time and where people go next are "
            "tables about small groups of people, so they are not public. Analysts of the city see them."
        ),
    ),
    "returning.contact": (
        "Лише про людей, чий контакт відомий. Сесії однієї програми — один візит.",
        "Only about people whose contact is known. The sessions of one programme are one visit.",
    ),
    "returning.waits": ("Скільки місяців між візитами", "Months between visits"),
    "returning.waits.title": (
        "{share} наступних візитів — того самого місяця або наступного",
        "{share} of next visits come in the same month or the one after",
    ),
    "returning.waits.about": (
        "Наступні візити за кількістю місяців після попереднього",
        "Next visits by months since the one before",
    ),
    "returning.waits.note": (
        "Візити, після яких наступного ще не було, не враховано: він може бути попереду.",
        "Visits without a next one so far are not counted: it may lie ahead.",
    ),
    "returning.waits.same": ("того самого місяця", "the same month"),
    "returning.waits.months": ("через {months}", "{months} later"),
    "returning.waits.more": ("понад {months}", "more than {months}"),
    "returning.cohorts": ("Хто повернувся після першого місяця", "Who came back after the first month"),
    "returning.cohort.drawn": ("Що рахувати", "What to count"),
    "returning.cohort.by_then": ("хоч раз за цей час", "at least once by then"),
    "returning.cohort.in_month": ("саме в цьому місяці", "in that very month"),
    "returning.cohorts.title.by_then": (
        "За {months} після першого візиту повернулися {share} нових учасників",
        "Within {months} of the first visit {share} of new participants came back",
    ),
    "returning.cohorts.title.in_month": (
        "Через {months} після першого візиту прийшли {share} нових учасників",
        "{months} after the first visit {share} of new participants came",
    ),
    "returning.cohorts.about": (
        "Частка тих, хто прийшов знову, % від уперше прийшлих; рядок — місяць першого візиту й скільки людей",
        "Share who came again, % of first-time visitors; a row is the month of the first visit and how many people",
    ),
    "returning.cohorts.note": (
        (
            "Порожня клітинка — місяць ще не настав або не завершився: це не відсутність. Перший місяць списків не "
            "показано: тоді всі нові."
        ),
        (
            "An empty cell is a month that has not come or is not over: it is nobody’s absence. The first month of the "
            "lists is not shown: everyone is new in it."
        ),
    ),
    "returning.cohorts.axis": ("Місяців після першого", "Months after the first"),
    "returning.cohorts.hover": (
        "{row}<br>місяців після першого: {months}: <b>{value}</b> ({text})",
        "{row}<br>months after the first: {months}: <b>{value}</b> ({text})",
    ),
    "returning.cohorts.of": ("{count} із {all}", "{count} of {all}"),
    "returning.cohorts.all": ("разом", "all"),
    "returning.cohorts.none": (
        "У вибраних місяцях ще немає жодної когорти, яку минув повний місяць.",
        "No cohort of the chosen months has a full month behind it yet.",
    ),
    "returning.cohort": ("Перший місяць", "First month"),
    "returning.months_since": ("Місяців після першого", "Months after the first"),
    "returning.months_between": ("Місяців між візитами", "Months between visits"),
    "returning.paths": ("Куди йдуть далі", "Where they go next"),
    "returning.paths.of": ("Між чим", "Between"),
    "returning.paths.space": ("просторами", "spaces"),
    "returning.paths.theme": ("темами", "themes"),
    "returning.paths.from": ("Після візиту", "After a visit to"),
    "returning.paths.title": (
        "Найчастіший крок: {start} → {end}, {count} із {all}",
        "The most frequent step: {start} → {end}, {count} of {all}",
    ),
    "returning.paths.about": (
        "Люди, чий наступний візит був там; на початку кроку ({start}) були {all}",
        "People whose next visit was there; {all} were where the step begins ({start})",
    ),
    "returning.paths.note": (
        "Людину з кількома такими кроками враховано в кожному; у декого наступного візиту не було.",
        "A person with several such steps counts in each; some had no next visit.",
    ),
    "returning.paths.none": (
        "У вибраних місяцях ніхто не був двічі.",
        "Nobody came twice in the chosen months.",
    ),
    "returning.path.from": ("Звідки", "From"),
    "returning.path.to": ("Куди", "To"),
    # --- two sides ---
    "versus": ("Порівняти", "Compare"),
    "versus.what": ("Що порівняти", "What to compare"),
    "versus.period": ("два періоди", "two periods"),
    "versus.district": ("два райони", "two districts"),
    "versus.theme": ("дві теми", "two themes"),
    "versus.until": ("До місяця", "Until"),
    "versus.length": ("Скільки місяців", "How many months"),
    "versus.base": ("З чим", "With what"),
    "versus.base.before": ("з місяцями безпосередньо перед ними", "the months right before"),
    "versus.base.year": ("з тими самими місяцями рік тому", "the same months a year before"),
    "versus.one": ("Перший", "First"),
    "versus.other": ("Другий", "Second"),
    "versus.full": (
        (
            "Порівнюємо лише завершені місяці й лише однакові за кількістю місяців періоди. "
            "Різниці пораховано до округлення, тож остання цифра може відрізнятися."
        ),
        (
            "Only finished months are compared, and only periods of the same number of months. "
            "Differences are taken before rounding, so the last digit may not add up."
        ),
    ),
    "versus.short": (
        "Для такого порівняння замало завершених місяців: оберіть коротший період.",
        "There are too few finished months for this comparison: choose a shorter period.",
    ),
    "versus.two": (
        "Для порівняння потрібні щонайменше два з переліку: послабте фільтри.",
        "A comparison takes at least two of the list: loosen the filters.",
    ),
    "versus.days": ("Календар: {one} проти {other}.", "Calendar: {one} against {other}."),
    "versus.same_days": ("Календар: по {one}.", "Calendar: {one} each."),
    "versus.workshops": (
        "Багатоденних майстерень: {one} проти {other}; фільтр «З багатоденними майстернями» їх вилучає.",
        "Multi-day workshops: {one} against {other}; the filter “With multi-day workshops” takes them out.",
    ),
    "versus.workshops.out": ("Багатоденні майстерні вилучено з обох сторін.", "Multi-day workshops are out of both."),
    "versus.spaces": (
        "Просторів відкрито {one} проти {other}, зачинено {closed_one} проти {closed_other}.",
        "Spaces opened: {one} against {other}; closed: {closed_one} against {closed_other}.",
    ),
    "versus.title": (
        "{figure}: {one} проти {other}, різниця {change}",
        "{figure}: {one} against {other}, a difference of {change}",
    ),
    "versus.title.bare": ("{figure}: {one} проти {other}", "{figure}: {one} against {other}"),
    "versus.about": (
        "{figure} за місяць: {one} і {other}",
        "{figure} per month: {one} and {other}",
    ),
    "versus.population": ("Населення: {source}, {day}.", "Population: {source}, {day}."),
    "versus.change": ("Різниця", "Difference"),
    "versus.base_of": ("{value} (n\u00a0=\u00a0{count})", "{value} (n\u00a0=\u00a0{count})"),
    # --- the closer looks ---
    "closer": ("Придивитися", "Look closer"),
    "closer.part": ("Про що", "At what"),
    "closer.when": ("Коли приходять", "When they come"),
    "closer.returning": ("Хто повертається", "Who comes back"),
    "closer.who": ("Хто і звідки", "Who, and from where"),
    "closer.versus": ("Порівняти", "Compare"),
    "closer.all": ("Усе підряд", "Everything"),
    "closer.note": (
        "На сторінці й на папері одна частина; «Усе підряд» показує й друкує всі.",
        "One part is on the page and on paper; “Everything” shows and prints them all.",
    ),
    # --- marks on the axis of months ---
    "marks": ("Позначки на осі місяців", "Marks on the axis of months"),
    "marks.none": ("У цих місяцях позначок немає.", "There are no marks in these months."),
    "marks.shown": ("Які позначки показати", "Which marks to show"),
    "marks.add": ("Додати свою позначку (лише для цього сеансу)", "Add a mark of your own (for this session only)"),
    "marks.month": ("Місяць", "Month"),
    "marks.kind": ("Вид", "Kind"),
    "marks.text": ("Що сталося (без імен і контактів)", "What happened (no names, no contacts)"),
    "marks.save": ("Додати", "Add"),
    "marks.clear": ("Прибрати свої позначки", "Remove my marks"),
    "marks.own": ("додано вами", "added by you"),
}
"""Wordings by key: Ukrainian, English."""

MONTH_FORMS: Final = ("місяць|місяці|місяців", "month|months")
DAY_FORMS: Final = ("день|дні|днів", "day|days")
"""Nouns with their numbers, in the forms of `dashboard.text.plurals`."""
