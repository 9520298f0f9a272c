"""Every sentence and label on the pages, Ukrainian and English side by side.

Names and definitions of figures stand in `dashboard.metrics.catalogue`, labels of vocabularies in
`dashboard.text.labels`, the writing of numbers and dates in their own modules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Lang = Literal["uk", "en"]

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # --- the shell ---
    "app.title": ("Громадські простори міста", "The city's civic spaces"),
    "page.overview": ("Огляд місяця", "The month"),
    "page.map": ("Карта просторів", "Map of spaces"),
    "page.participation": ("Участь за темами", "Participation by theme"),
    "page.events": ("Події", "Events"),
    "page.network": ("Мережа хабів", "Network of hubs"),
    "page.data": ("Дані", "Data"),
    "banner.demo": (
        "**Демонстраційні дані.** Простори, події та люди вигадані; для публічних фактів указано джерело.",
        "**Demonstration data.** Spaces, events and people are invented; public facts name their source.",
    ),
    "banner.public": (
        "Публічний перегляд: числа про групи менше {k} осіб приховано, решту округлено до 5.",
        "Public view: numbers about fewer than {k} people are hidden, the others rounded to 5.",
    ),
    "footer.snapshot": (
        "Дані станом на {as_of} · випуск {snapshot}",
        "Data as of {as_of} · snapshot {snapshot}",
    ),
    "footer.boundaries": ("Межі районів: {attribution}", "District boundaries: {attribution}"),
    "error.nothing_published.title": ("Ще нічого не опубліковано", "Nothing is published yet"),
    "error.nothing_published.text": (
        "Покладіть файли до теки `inbox` і виконайте `civicspace load`, або спробуйте на демонстраційних даних: "
        "`civicspace demo`, потім `civicspace load`.",
        "Put files into the `inbox` folder and run `civicspace load`, or try the demonstration data: "
        "`civicspace demo`, then `civicspace load`.",
    ),
    "error.store.title": ("Дані не вдалося відкрити", "The data cannot be opened"),
    "error.page": (
        "Сторінку не вдалося показати. Номер помилки {id}: назвіть його тому, хто обслуговує систему.",
        "The page cannot be shown. Error number {id}: tell it to whoever runs the system.",
    ),
    # --- filters ---
    "filter.lang": ("Мова · Language", "Language · Мова"),
    "filter.city": ("Місто", "City"),
    "filter.month": ("Місяць", "Month"),
    "filter.period": ("Період", "Period"),
    "filter.district": ("Райони", "Districts"),
    "filter.theme": ("Теми", "Themes"),
    "filter.kind": ("Види просторів", "Kinds of space"),
    "filter.network": ("Мережі", "Networks"),
    "filter.group": ("Групи учасників", "Participant groups"),
    "filter.workshops": ("З багатоденними майстернями", "With multi-day workshops"),
    "filter.workshops.help": (
        "Багатоденна майстерня за кілька днів дає сотні відвідувань і ховає місячний ритм. Вимкніть, щоб побачити його.",
        "A multi-day workshop adds hundreds of attendances in a few days and hides the monthly rhythm. "
        "Switch it off to see the rhythm.",
    ),
    "filter.all": ("Усі", "All"),
    "filter.reset": ("Скинути фільтри", "Reset filters"),
    "filter.space": ("Простір: {name}", "Space: {name}"),
    "filter.active": ("Увімкнено фільтри: {list}", "Filters on: {list}"),
    "filter.unknown": (
        "Посилання містило невідомі значення, їх пропущено: {list}",
        "The link held unknown values, they were left out: {list}",
    ),
    "empty.title": ("За цими фільтрами нічого немає", "Nothing fits these filters"),
    "empty.text": (
        "Зніміть один із фільтрів ({list}) або оберіть інший період.",
        "Lift one of the filters ({list}) or choose another period.",
    ),
    "empty.text.bare": ("За цей період записів немає.", "There are no records for this period."),
    # --- shared by the pages ---
    "table.show": ("Показати таблицею", "Show as a table"),
    "table.download": ("Завантажити CSV", "Download CSV"),
    "col.district": ("Район", "District"),
    "col.space": ("Простір", "Space"),
    "col.theme": ("Тема", "Theme"),
    "col.group": ("Група", "Group"),
    "col.month": ("Місяць", "Month"),
    "col.date": ("Дата", "Date"),
    "col.title": ("Назва", "Title"),
    "col.place": ("Місце", "Place"),
    "col.format": ("Формат", "Format"),
    "col.kind": ("Вид", "Kind"),
    "col.network": ("Мережа", "Network"),
    "col.status": ("Стан", "Status"),
    "col.stage": ("Стадія", "Stage"),
    "col.origin": ("Походження", "Origin"),
    "col.source": ("Джерело", "Source"),
    "col.value": ("Значення", "Value"),
    "none.district": ("без району", "no district"),
    "value.hidden": ("приховано", "hidden"),
    "value.none": ("немає даних", "no data"),
    "month.unfinished": ("місяць триває", "month unfinished"),
    "change.previous": ("проти {month}", "against {month}"),
    "change.none": ("{month}: немає з чим порівняти", "{month}: nothing to compare with"),
    "coverage": ("повнота {pct}", "coverage {pct}"),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """The text of a key in a language, with the values put in.

    Raises:
        KeyError: there is no such key, or the text asks for a value that was not given.
    """
    text = WORDS[key][0 if lang == "uk" else 1]
    return text.format(**values) if values else text
