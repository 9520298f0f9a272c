"""The words of the month's slides, Ukrainian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "layout.cover": Words("Титульний", "Title"),
    "layout.shown": Words("Заголовок і графік", "Title and chart"),
    "layout.text": Words("Заголовок і текст", "Title and text"),
    "holder.title": Words("Заголовок", "Title"),
    "holder.subtitle": Words("Підзаголовок", "Subtitle"),
    "holder.shown": Words("Що показано", "What is shown"),
    "holder.caption": Words("Примітка", "Caption"),
    "holder.notices": Words("Застереження", "Notices"),
    "holder.text": Words("Текст", "Text"),
    "holder.footer": Words("Нижній колонтитул", "Footer"),
    "holder.number": Words("Номер слайда", "Slide number"),
    "holder.bar": Words("Смуга", "Bar"),
    "holder.slide": Words("Зображення слайда", "Slide image"),
    "holder.notes": Words("Нотатки доповідача", "Speaker notes"),
    "edition": Words("Випуск {number}", "Edition {number}"),
    "edition.on": Words("Випуск {number} від {day}", "Edition {number} of {day}"),
    "draft": Words("Чернетка", "Draft"),
    "draft.text": Words(
        "Чернетка: випуску з такими числами немає.", "A draft: no edition has been issued with these numbers."
    ),
    "internal": Words("Для службового користування", "For internal use"),
    "headlines": Words("Місяць у числах", "The month in numbers"),
    "against": Words("{month}: {value}; {change}", "{month}: {value}; {change}"),
    "against.alone": Words("{month}: {value}", "{month}: {value}"),
    "of_subject": Words("{subject}: {name}", "{subject}: {name}"),
    "hidden": Words("Приховано, бо йдеться про малі групи: {list}.", "Hidden, as the groups are small: {list}."),
    "missing": Words("Немає даних: {list}.", "No data: {list}."),
    "hidden.many": Words(
        "Приховано, бо йдеться про малі групи: {count} із {all} чисел.",
        "Hidden, as the groups are small: {count} of {all} numbers.",
    ),
    "missing.many": Words("Немає даних: {count} із {all} чисел.", "No data: {count} of {all} numbers."),
    "running": Words(
        "Місяць ще тривав на {as_of}: його числа неповні.",
        "The month was not over on {as_of}: its numbers are incomplete.",
    ),
    "of_series": Words("{label} ({series})", "{label} ({series})"),
    "participants.title": Words("Учасники найактивніших просторів", "Participants of the most active spaces"),
    "participants.subtitle": Words(
        "Учасники, {month}; простори, де найбільше подій",
        "Participants, {month}; the spaces with most events",
    ),
    "list": Words("Перелік: {list}.", "The list: {list}."),
    "list.long": Words("Повний перелік — у звіті за місяць.", "The full list is in the month’s report."),
    "gaps.subtitle": Words(
        "Частка рядків місяця, в яких цього бракує", "Share of the month’s rows in which this is missing"
    ),
    "gaps.share": Words("Частка, де бракує", "Share missing"),
    "gaps.none": Words("Нічого не бракує.", "Nothing is missing."),
    "gaps.complete": Words("Нічого не бракує: {list}.", "Nothing is missing: {list}."),
    "gaps.notes": Words("{name}: бракує {missing} із {all}.", "{name}: {missing} of {all} are missing."),
    "gaps.hidden": Words("{name}: {missing}.", "{name}: {missing}."),
    "changes": Words("Що змінилося з попереднього випуску", "What changed since the edition before"),
    "changes.none": Words("Жодне число звіту не змінилося.", "No number of the report changed."),
    "changes.row": Words("{place}, {month}", "{place}, {month}"),
    "changes.value": Words("{name}: було {before}, стало {after}", "{name}: was {before}, is {after}"),
    "changes.absent": Words("не було в звіті", "not in the report"),
    "changes.why": Words("Чому", "Why"),
    "definitions": Words("Що означають ці показники", "What these figures mean"),
    "sources": Words("Звідки ці дані", "Where these data come from"),
    "sources.files": Words("Файли", "Files"),
    "sources.rows": Words("Рядки файлів", "Rows of the files"),
    "sources.population": Words("Населення", "Population"),
    "sources.boundaries": Words("Межі районів", "District boundaries"),
    "sources.data": Words("Знімок даних", "Data snapshot"),
    "continued": Words("{title} ({page} з {pages})", "{title} ({page} of {pages})"),
    "map.alt": Words("Карта районів міста.", "A map of the city’s districts."),
    "map.districts": Words("Райони", "Districts"),
    "map.river": Words("Річка", "River"),
    "map.spaces": Words("Простори", "Spaces"),
    "map.legend": Words("Легенда", "Legend"),
    "map.list": Words("Райони за показником", "Districts by the figure"),
    "map.number": Words("Номер району: {name}", "Number of the district: {name}"),
    "map.dots": Words("простір", "space"),
    "card": Words("Показник: {name}", "Figure: {name}"),
    "notes.figure": Words("Показник «{name}». {sentence}", "Figure “{name}”. {sentence}"),
    "notes.leaves_out": Words("Не враховано: {text}", "Left out: {text}"),
    "notes.formula": Words("Формула: {text}.", "Formula: {text}."),
    "notes.base": Words("Основа — {name}: {value}.", "Base — {name}: {value}."),
    "notes.coverage": Words("Повнота — {name}: {value}.", "Coverage — {name}: {value}."),
    "notes.values": Words("Числа: {list}.", "Numbers: {list}."),
    "notes.source": Words("Джерело: {list}.", "Source: {list}."),
    "notes.as_of": Words(
        "Дані станом на {as_of}; знімок даних {snapshot}, програма {version}.",
        "Data as of {as_of}; data snapshot {snapshot}, program {version}.",
    ),
}

KEYS: Final = frozenset(_WORDS)

say: Final = Wordbook(_WORDS).say
