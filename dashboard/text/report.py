"""The words of the month's report, Ukrainian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "kind": Words("Місячний звіт про громадські простори", "Monthly report on civic spaces"),
    "title": Words("{city}, {month}", "{city}, {month}"),
    "demo": Words("Демонстраційні дані", "Demonstration data"),
    "demo.text": Words(
        "Події, люди й більшість просторів вигадані, щоб показати, яким буває звіт. Не для рішень.",
        "Events, people and most spaces are invented to show what a report looks like. Not for decisions.",
    ),
    "public": Words(
        "Для оприлюднення: малі групи приховано (числа про людей від 1 до {most}), решту чисел про людей округлено, "
        "а суми складено з округлених, тому суми й частки лише приблизні.",
        "For publication: small groups are hidden (numbers about people from 1 to {most}), other numbers about people "
        "are rounded, and sums are made of rounded ones, so sums and shares are approximate.",
    ),
    "analyst": Words(
        "Для службового користування: точні числа, малі групи не приховано. Не оприлюднювати.",
        "For internal use: exact numbers, small groups are not hidden. Do not publish.",
    ),
    "internal": Words("Для службового користування", "For internal use"),
    "edition": Words("Випуск {number} від {day}", "Edition {number} of {day}"),
    "draft": Words("Чернетка", "Draft"),
    "draft.text": Words(
        "Чернетка ще не є випуском: вона не має номера, і її числа можуть змінитися.",
        "A draft is no edition yet: it has no number, and what it says may change.",
    ),
    "changes": Words("Що змінилося після випуску {number} і чому", "What changed since edition {number}, and why"),
    "changes.none": Words("Жодне число не змінилося.", "No number has changed."),
    "changes.place": Words("Де", "Where"),
    "changes.month": Words("Місяць", "Month"),
    "changes.before": Words("Було", "Before"),
    "changes.after": Words("Стало", "Now"),
    "unfinished": Words(
        "Місяць ще тривав на {as_of}: числа неповні, тому їх ні з чим не порівняно.",
        "The month was not over on {as_of}: its numbers are incomplete and compared with nothing.",
    ),
    "restricted": Words("Звіт охоплює лише вибране", "The report covers a choice only"),
    "restricted.districts": Words("райони: {list}", "districts: {list}"),
    "restricted.themes": Words("теми: {list}", "themes: {list}"),
    "restricted.kinds": Words("види просторів: {list}", "kinds of space: {list}"),
    "restricted.networks": Words("мережі: {list}", "networks: {list}"),
    "restricted.groups": Words("групи учасників: {list}", "participant groups: {list}"),
    "restricted.space": Words("простір: {list}", "space: {list}"),
    "restricted.workshops": Words("без багатоденних майстерень", "without multi-day workshops"),
    "as_of": Words("Дані станом на {as_of}", "Data as of {as_of}"),
    "findings": Words("Головне за місяць", "The month in brief"),
    "findings.none": Words(
        "Цього місяця числа не дають підстав щось виокремити.", "The numbers of this month single nothing out."
    ),
    "figures": Words("Показники", "Figures"),
    "figures.note": Words(
        "Під числами минулих місяців — зміна відтоді. Стовпчики — тринадцять місяців, останній — цей.",
        "Under the numbers of earlier months is the change since then. The bars are thirteen months, this one last.",
    ),
    "figures.note.unfinished": Words(
        "Стовпчики — тринадцять місяців, останній — цей, ще не завершений.",
        "The bars are thirteen months, this one last and not over yet.",
    ),
    "figure": Words("Показник", "Figure"),
    "trend": Words("13 місяців", "13 months"),
    "trend.text": Words("{first} – {last}: {values}", "{first} – {last}: {values}"),
    "coverage": Words("повнота {pct}", "coverage {pct}"),
    "base": Words("{name}: {count}", "{name}: {count}"),
    "value": Words("Значення", "Value"),
    "previous": Words("Місяць тому", "Month before"),
    "year_ago": Words("Рік тому", "Year ago"),
    "resting_on": Words("Основа", "Base"),
    "completeness": Words("Повнота", "Coverage"),
    "is_unfinished": Words("місяць триває", "month unfinished"),
    "unchanged": Words("без змін", "no change"),
    "against": Words("{change} проти {month}", "{change} against {month}"),
    "districts": Words("Райони", "Districts"),
    "districts.note": Words(
        "Людину, що була на подіях у кількох районах, враховано в кожному; район — той, де відбулася подія.",
        "Somebody at events in several districts counts in each; the district is where the event was held.",
    ),
    "district": Words("Район", "District"),
    "themes": Words("Теми", "Themes"),
    "themes.note": Words(
        "Подія з двома темами є в обох рядках, тому частки разом можуть перевищувати 100 %.",
        "An event with two themes is in both rows, so shares may exceed 100% together.",
    ),
    "theme": Words("Тема", "Theme"),
    "spaces": Words("Найактивніші простори", "The most active spaces"),
    "spaces.all": Words("Простори", "Spaces"),
    "spaces.none": Words("Жоден простір не провів подій.", "No space held an event."),
    "space": Words("Простір", "Space"),
    "silent": Words("Простори без подій", "Spaces without any event"),
    "silent.note": Words(
        "Відкриті простори, про події яких немає ні списків, ні місячних звітів; можливо, вони їх не надіслали.",
        "Open spaces of whose events there is neither a list nor a return; they may not have sent any.",
    ),
    "silent.none": Words("Таких немає.", "There are none."),
    "sign.post": Words("Посада", "Position"),
    "sign.signature": Words("Підпис", "Signature"),
    "sign.name": Words("Ім’я та прізвище", "Name"),
    "sign.date": Words("Дата", "Date"),
    "annex": Words("Додаток. На чому стоять ці числа", "Annex. What these numbers rest on"),
    "chart.months": Words("{name}, {first} – {last}", "{name}, {first} – {last}"),
    "chart.bars": Words("{name}, {month}", "{name}, {month}"),
    "map.choose": Words("На карті:", "On the map:"),
    "map.title": Words("{name} за районами", "{name} by district"),
    "gaps": Words("Наскільки дані місяця повні", "How complete the month’s data are"),
    "gap": Words("Чого бракує", "What is missing"),
    "gap.nothing": Words("немає", "none"),
    "gap.missing": Words("Бракує", "Missing"),
    "gap.all": Words("Із", "Of"),
    "gap.pct": Words("Частка", "Share"),
    "account": Words("Облік прочитаних рядків за весь час", "Account of all rows ever read"),
    "account.text": Words(
        "Файлів: {files}, із них не прийнято: {refused}. Рядків: прочитано {read} = завантажено {loaded} + "
        "повтори {duplicate} + відхилено {rejected}.",
        "Files: {files}, of which refused: {refused}. Rows: read {read} = loaded {loaded} + duplicates {duplicate} + "
        "rejected {rejected}.",
    ),
    "account.rounded": Words("Числа округлено, тому сума приблизна.", "Rounded, so the sum is approximate."),
    "reason": Words("Чому рядки відхилено, злито або позначено", "Why rows were rejected, merged or flagged"),
    "reason.outcome": Words("Що з рядком", "Outcome"),
    "reason.rows": Words("Рядків", "Rows"),
    "sources": Words("Джерела", "Sources"),
    "sources.files": Words("{kind}: {count}", "{kind}: {count}"),
    "sources.population": Words(
        "Населення районів: {source}, станом на {on} ({districts}).",
        "Population of the districts: {source}, as of {on} ({districts}).",
    ),
    "sources.population.none": Words(
        "Населення невідоме, тому показника на 1000 мешканців немає: {districts}.",
        "Population not known, so there is no figure per 1,000 residents: {districts}.",
    ),
    "sources.boundaries": Words("Межі районів: {attribution}.", "District boundaries: {attribution}."),
    "sources.snapshot": Words(
        "Знімок даних {snapshot}, опубліковано {created}; версія програми {version}.",
        "Data snapshot {snapshot}, published {created}; program version {version}.",
    ),
    "definitions": Words("Визначення показників", "Definitions of the figures"),
    "definitions.leaves_out": Words("Не враховано:", "Left out:"),
    "definitions.formula": Words("Формула:", "Formula:"),
    "page": Words("сторінка", "page"),
}

KEYS: Final = frozenset(_WORDS)

say: Final = Wordbook(_WORDS).say
