"""The words of what stands on every page: chips, search, contrast, the first steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "chips": Words("Увімкнено:", "On:"),
    "chip.lift": Words("Зняти фільтр:", "Lift the filter:"),
    "chip.reset": Words("Скинути всі", "Reset all"),
    "quoted": Words("«{text}»", "“{text}”"),
    "empty.one": Words("Порожньо через фільтр «{filter}».", "The filter “{filter}” leaves nothing."),
    "empty.one.of": Words(
        "Порожньо, бо ввімкнено разом: {filters}. Досить зняти один із них.",
        "These together leave nothing: {filters}. Lifting one of them is enough.",
    ),
    "empty.several": Words(
        "Порожньо через кілька фільтрів одразу ({filters}): зняти один із них не досить.",
        "Several filters at once leave nothing ({filters}): lifting one of them is not enough.",
    ),
    "empty.lift": Words("Зняти «{filter}»", "Lift “{filter}”"),
    "error.number": Words("Номер помилки: {id}.", "Error number: {id}."),
    "contrast": Words("Високий контраст", "High contrast"),
    "skip": Words("Перейти до вмісту", "Skip to the content"),
    "find": Words("Знайти", "Find"),
    "find.title": Words("Знайти простір, район, тему, сторінку", "Find a space, district, theme or page"),
    "find.box": Words("Що шукати", "What to find"),
    "find.hint": Words("Наприклад: оболонь, екологія, карта", "For example: obolon, ecology, map"),
    "find.keys": Words(
        "Відкрити: Ctrl+K або «/». Знайдене: Tab і Enter.", "Open: Ctrl+K or “/”. What was found: Tab and Enter."
    ),
    "find.none": Words("Нічого схожого на «{wanted}» немає.", "There is nothing like “{wanted}”."),
    "find.near": Words("Точно такого немає. Схоже:", "There is no exact match. Similar:"),
    "kind.space": Words("простір", "space"),
    "kind.district": Words("район", "district"),
    "kind.theme": Words("тема", "theme"),
    "kind.page": Words("сторінка", "page"),
    "tour.title": Words("Три кроки, щоб почати", "Three steps to begin"),
    "tour.1": Words(
        "**1. Оберіть місяць і місто** ліворуч. Фільтри лишаються з вами на кожній сторінці й записані в адресі: "
        "надішліть її, і колега побачить те саме.",
        "**1. Choose a month and a city** on the left. Filters stay with you on every page and stand in the address: "
        "send it, and a colleague sees the same.",
    ),
    "tour.2": Words(
        "**2. Відкрийте подробиці.** Під кожним графіком є таблиця й файл. Шукайте простір, район чи тему кнопкою "
        "«Знайти» або клавішами Ctrl+K.",
        "**2. Open the details.** Under every chart there is a table and a file. Look for a space, district or theme "
        "with the button “Find” or Ctrl+K.",
    ),
    "tour.3": Words(
        "**3. Перевірте, чи можна вірити числам.** Про це сторінка «Дані»; готовий документ візьміть унизу огляду.",
        "**3. See whether the numbers can be trusted.** The page “Data” says so; take the finished document from the "
        "end of the overview.",
    ),
    "tour.done": Words("Зрозуміло", "Got it"),
    "tour.again": Words("Три кроки для початку", "Three first steps"),
}  # fmt: skip

say: Final = Wordbook(_WORDS).say
