"""The words of the month's report as a document, a workbook and open data, Ukrainian and English side by side.

What the page says as well stands in `dashboard.text.report`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Lang, Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    # --- every file ---
    "edition": Words("випуск {number} від {day}", "edition {number} of {day}"),
    "draft": Words("чернетка, не випуск", "draft, not an edition"),
    "about": Words("{city}, {month}, {edition}", "{city}, {month}, {edition}"),
    "internal": Words("Для службового користування. Не оприлюднювати", "For internal use. Do not publish"),
    "unfinished": Words("Місяць ще не завершено", "The month is not over"),
    "hidden.note": Words(
        "«Приховано» — число про малу групу людей. Порожня клітинка — немає даних.",
        "“Hidden” is a number about a small group of people. An empty cell means no data.",
    ),
    "silent": Words("Простори без подій: {count}", "Spaces without any event: {count}"),
    "changes.why": Words("Чому: {why}", "Why: {why}"),
    "changes.missing": Words("рядка не було", "no such row"),
    "figures.trend": Words("Показники за 13 місяців", "Figures of 13 months"),
    "figures.comparisons": Words("Порівняння з попередніми місяцями", "Comparison with earlier months"),
    "account.files": Words("Файлів", "Files"),
    "account.refused": Words("Із них не прийнято", "Of which refused"),
    "account.what": Words("Що", "What"),
    "account.count": Words("Скільки", "How many"),
    # --- the document ---
    "figures.note": Words(
        "Під числами минулих місяців — зміна відтоді.", "Under the numbers of earlier months is the change since then."
    ),
    "table": Words("Таблиця", "Table"),
    "chart": Words("Рисунок", "Figure"),
    "page": Words("сторінка {page} із {pages}", "page {page} of {pages}"),
    "sign": Words("Підпис", "Signature"),
    "subject": Words("Місячний звіт про громадські простори міста", "Monthly report on a city’s civic spaces"),
    "table.alt": Words("Таблиця «{title}», стовпці: {headings}", "Table “{title}”, columns: {headings}"),
    "style.table": Words("Таблиця звіту", "Report Table"),
    "style.table_text": Words("Текст таблиці", "Table Text"),
    "style.table_number": Words("Число таблиці", "Table Number"),
    "style.notice": Words("Застереження", "Notice"),
    "style.note": Words("Примітка", "Note"),
    "style.header_notice": Words("Застереження вгорі", "Header Notice"),
    # --- the workbook ---
    "sheet.contents": Words("Зміст", "Contents"),
    "sheet.findings": Words("Головне", "In brief"),
    "sheet.figures": Words("Показники", "Figures"),
    "sheet.comparisons": Words("Порівняння", "Comparisons"),
    "sheet.trend": Words("13 місяців", "13 months"),
    "sheet.districts": Words("Райони", "Districts"),
    "sheet.themes": Words("Теми", "Themes"),
    "sheet.spaces": Words("Простори", "Spaces"),
    "sheet.silent": Words("Простори без подій", "Spaces without events"),
    "sheet.gaps": Words("Повнота", "Completeness"),
    "sheet.account": Words("Облік рядків", "Account of rows"),
    "sheet.reasons": Words("Причини", "Reasons"),
    "sheet.changes": Words("Зміни", "Changes"),
    "sheet.definitions": Words("Визначення", "Definitions"),
    "sheet.sources": Words("Примітки й джерела", "Notes and sources"),
    "contents.back": Words("← Зміст", "← Contents"),
    "contents.rows": Words("Рядків", "Rows"),
    "contents.sheet": Words("Аркуш", "Sheet"),
    "contents.about": Words("Про що", "What it holds"),
    "col.finding": Words("Речення", "Sentence"),
    "col.subject": Words("Про що саме", "About"),
    "col.month": Words("Місяць", "Month"),
    "col.value": Words("Значення", "Value"),
    "col.unit": Words("Одиниця", "Unit"),
    "col.base": Words("Основа: що", "Base: what"),
    "col.base_value": Words("Основа", "Base"),
    "col.coverage": Words("Повнота, %", "Coverage, %"),
    "col.change": Words("Зміна", "Change"),
    "col.change_unit": Words("Одиниця зміни", "Unit of change"),
    "col.change_pct": Words("Зміна, %", "Change, %"),
    "col.definition": Words("Визначення", "Definition"),
    "col.leaves_out": Words("Не враховано", "Left out"),
    "col.formula": Words("Формула", "Formula"),
    "col.source": Words("Звідки формула", "Source of the formula"),
    "col.id": Words("Код", "Id"),
    "notes": Words("Примітки", "Notes"),
}

KEYS: Final = frozenset(_WORDS)

UNITS: Final[Mapping[str, Words]] = {
    "events": Words("події", "events"),
    "sessions": Words("сесії", "sessions"),
    "registrations": Words("реєстрації", "registrations"),
    "attendances": Words("відвідування", "attendances"),
    "people": Words("люди", "people"),
    "visitors": Words("відвідувачі", "visitors"),
    "spaces": Words("простори", "spaces"),
    "pairs": Words("пари", "pairs"),
    "groups_of_spaces": Words("групи просторів", "groups of spaces"),
    "meetups": Words("зустрічі", "meet-ups"),
    "proposals": Words("пропозиції", "proposals"),
    "districts": Words("райони", "districts"),
    "organisations": Words("організації", "organisations"),
    "returns": Words("місячні звіти", "monthly returns"),
    "seats": Words("місця", "seats"),
    "rows": Words("рядки", "rows"),
    "files": Words("файли", "files"),
    "residents": Words("мешканці", "residents"),
    "days": Words("дні", "days"),
    "themes": Words("теми", "themes"),
    "percent": Words("%", "%"),
    "percentage_points": Words("в. п.", "percentage points"),
    "per_1000_residents": Words("на 1000 мешканців", "per 1,000 residents"),
    "index_0_to_1": Words("індекс від 0 до 1", "index from 0 to 1"),
    "index_100_is_equal": Words("індекс, де 100 — порівну", "index where 100 is equal"),
    "metres": Words("метри", "metres"),
    "square_kilometres": Words("км²", "km²"),
    "months": Words("місяці", "months"),
    "as_the_figure": Words("в одиниці показника", "in the unit of the figure"),
}
"""What one of a figure is called, by `dashboard.metrics.catalogue.Unit`."""

say: Final = Wordbook(_WORDS).say


def unit(name: str, lang: Lang) -> str:
    """What a unit is called.

    Raises:
        KeyError: there is no such unit.
    """
    return UNITS[name].say(lang)
