"""The words of the open data package: tables, columns, licence and manual, Ukrainian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

TABLES: Final[Mapping[str, Words]] = {
    "figures": Words("Показники міста за місяцями", "The city’s figures by month"),
    "bases": Words("На чому стоять показники місяця", "What the month’s figures rest on"),
    "districts": Words("Показники за районами", "Figures by district"),
    "themes": Words("Показники за темами", "Figures by theme"),
    "spaces": Words("Показники за просторами", "Figures by space"),
    "gaps": Words("Наскільки дані місяця повні", "How complete the month’s data are"),
    "account": Words("Облік прочитаних рядків за весь час", "Account of all rows ever read"),
    "figure_list": Words("Перелік показників та їх визначення", "List of the figures and their definitions"),
    "district_list": Words("Перелік районів", "List of the districts"),
    "theme_list": Words("Перелік тем", "List of the themes"),
    "space_list": Words("Перелік просторів", "List of the spaces"),
    "gap_list": Words("Перелік того, чого може бракувати", "List of what may be missing"),
    "dictionary": Words("Словник: кожен стовпець кожної таблиці", "Dictionary: every column of every table"),
}
"""What each table is about."""

COLUMNS: Final[Mapping[str, Words]] = {
    "month": Words("Місяць: його перший день", "Month: its first day"),
    "figure_id": Words("Показник, з figure_list", "Figure, of figure_list"),
    "district_code": Words(
        "Район за КАТОТТГ, з district_list; none — без району",
        "District by KATOTTG code, of district_list; none: without",
    ),
    "theme_id": Words("Тема, з theme_list; none — без теми", "Theme, of theme_list; none: without"),
    "space_id": Words("Простір, із space_list", "Space, of space_list"),
    "gap_id": Words("Чого бракує, з gap_list", "What is missing, of gap_list"),
    "value": Words(
        "Значення в одиницях стовпця unit; порожнє, якщо приховано або немає даних",
        "Value in the unit of the column unit; empty where hidden or not known",
    ),
    "is_hidden": Words(
        "Чи приховано значення, бо воно про малу групу людей",
        "Whether the value is hidden because it is about a small group of people",
    ),
    "unit": Words("Одиниця значення", "Unit of the value"),
    "base_id": Words("Кількість, на якій стоїть показник, з figure_list", "Count the figure rests on, of figure_list"),
    "base_value": Words("Її значення", "Its value"),
    "base_is_hidden": Words("Чи приховано його", "Whether that is hidden"),
    "coverage_id": Words(
        "Частка, що каже, наскільки показник повний, з figure_list",
        "Share that tells how complete it is, of figure_list",
    ),
    "coverage_pct": Words("Її значення, відсотки", "Its value, percent"),
    "name_uk": Words("Назва українською", "Name in Ukrainian"),
    "name_en": Words("Назва англійською", "Name in English"),
    "definition_uk": Words("Що лічать, українською", "What is counted, in Ukrainian"),
    "definition_en": Words("Що лічать, англійською", "What is counted, in English"),
    "leaves_out_uk": Words("Чого не враховано, українською", "What is left out, in Ukrainian"),
    "leaves_out_en": Words("Чого не враховано, англійською", "What is left out, in English"),
    "formula_uk": Words("Формула, українською", "Formula, in Ukrainian"),
    "formula_en": Words("Формула, англійською", "Formula, in English"),
    "formula_source": Words("Звідки формула", "Where the formula comes from"),
    "decimals_count": Words("Скільки знаків після коми", "How many decimals it has"),
    "kind": Words("Вид простору", "Kind of space"),
    "location_status": Words("Наскільки відоме місце", "How well the place is known"),
    "longitude_deg": Words("Довгота, градуси, WGS 84", "Longitude, degrees, WGS 84"),
    "latitude_deg": Words("Широта, градуси, WGS 84", "Latitude, degrees, WGS 84"),
    "opened_on": Words("Перший день роботи", "First day"),
    "closed_on": Words("Останній день роботи", "Last day"),
    "origin": Words(
        "Звідки відомості: fact — публічне джерело, public_list — публічний перелік, own — списки міста, "
        "demo — вигадано для показу",
        "Where it is known from: fact is a public source, public_list a public list, own the city’s lists, demo "
        "invented to show",
    ),
    "table": Words("Таблиця", "Table"),
    "column": Words("Стовпець", "Column"),
    "type": Words("Тип за Table Schema", "Type after Table Schema"),
    "description_uk": Words("Що це, українською", "What it is, in Ukrainian"),
    "description_en": Words("Що це, англійською", "What it is, in English"),
}
"""What each column is, whatever table it stands in."""

_WORDS: Final[Mapping[str, Words]] = {
    "title": Words("Громадські простори: {city}, {month}", "Civic spaces: {city}, {month}"),
    "none.district": Words("без району", "no district"),
    "none.theme": Words("без теми", "no theme"),
    "publisher": Words("Місто {city}", "City of {city}"),
    "json": Words("{title} (те саме у JSON)", "{title} (the same as JSON)"),
    "geo.spaces": Words("Простори на карті", "The spaces on a map"),
    "geo.districts": Words("Межі районів", "Boundaries of the districts"),
    "attribution": Words("Межі районів: {who}", "District boundaries: {who}"),
    "hidden": Words(
        "Числа про групи менше {k} осіб приховано (is_hidden = true, value порожнє), решту чисел про людей "
        "округлено. Порожнє value без is_hidden означає, що даних немає.",
        "Numbers about fewer than {k} people are hidden (is_hidden = true, value empty), other numbers about people "
        "are rounded. An empty value that is not hidden means that there are no data.",
    ),
    "formula": Words(
        "Текст, що скидається на формулу, починається в CSV з апострофа; у JSON — без нього.",
        "A text that looks like a formula begins with an apostrophe in CSV, and without it in JSON.",
    ),
    "head.files": Words("Файли", "Files"),
    "head.columns": Words("Стовпці", "Columns"),
    "head.figures": Words("Показники", "Figures"),
    "head.licence": Words("Умови використання", "Terms of use"),
    "head.check": Words("Перевірка", "Checking"),
    "files": Words(
        "Кожна таблиця є у `data/` як CSV (UTF-8 з BOM, кома, крапка в числах) і як JSON; `datapackage.json` описує їх "
        "за Frictionless Data Package.",
        "Every table stands in `data/` as CSV (UTF-8 with BOM, commas, decimal points) and as JSON; `datapackage.json` "
        "describes them as a Frictionless Data Package.",
    ),
    "check": Words(
        "`sha256sum -c SHA256SUMS` перевіряє, що файли ті самі; `frictionless validate datapackage.json` — що таблиці "
        "відповідають опису.",
        "`sha256sum -c SHA256SUMS` checks that the files are the same; `frictionless validate datapackage.json` that "
        "the tables are as described.",
    ),
    "licence": Words(
        "Таблиці й spaces.geojson можна вільно копіювати, змінювати й поширювати, зокрема комерційно, назвавши джерело "
        "(Creative Commons Attribution 4.0, CC BY 4.0): «{title}, {edition}».",
        "The tables and spaces.geojson may be copied, changed and passed on freely, for profit too, as long as the "
        "source is named (Creative Commons Attribution 4.0, CC BY 4.0): “{title}, {edition}”.",
    ),
    "licence.boundaries": Words(
        "districts.geojson походить з OpenStreetMap ({who}) і поширюється за Open Database License 1.0 (ODbL): назвіть "
        "учасників OpenStreetMap; похідну базу меж поширюйте на тих самих умовах.",
        "districts.geojson comes from OpenStreetMap ({who}) and is under the Open Database License 1.0 (ODbL): name "
        "the contributors of OpenStreetMap; a database derived from the boundaries goes out under the same terms.",
    ),
    "licence.none": Words(
        "Дані надано як є, без жодних гарантій.", "The data are provided as they are, without any warranty."
    ),
    "not_public.text": Words(
        "Відкриті дані роблять лише з публічного випуску, а цей — для службового користування ({city}, {month}).",
        "Open data are made of a public edition only; this one is for internal use ({city}, {month}).",
    ),
    "not_public.remedy": Words(
        "Зробіть звіт для ролі public (CIVICSPACE_ROLE=public).",
        "Make the report for the role public (CIVICSPACE_ROLE=public).",
    ),
}

KEYS: Final = frozenset(_WORDS)

say: Final = Wordbook(_WORDS).say
