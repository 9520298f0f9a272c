"""Words that Streamlit's own widgets have in English alone, in the page's language; they are put in by `ui.style`."""

from __future__ import annotations

from typing import Final

from dashboard.text.words import Lang, Words

_PHRASES: Final = {
    "Sidebar": Words("Бічна панель", "Sidebar"),
    "Collapse sidebar": Words("Згорнути бічну панель", "Collapse sidebar"),
    "Expand sidebar": Words("Розгорнути бічну панель", "Expand sidebar"),
    "Choose an option": Words("Оберіть", "Choose an option"),
    "Choose options": Words("Оберіть", "Choose options"),
    "Open": Words("Відкрити", "Open"),
    "Dismiss": Words("Закрити", "Dismiss"),
    "Close": Words("Закрити", "Close"),
    "Clear all": Words("Прибрати всі", "Clear all"),
    "Clear value": Words("Прибрати", "Clear value"),
    "Selected values": Words("Обране", "Selected values"),
    "Selectbox options": Words("Варіанти", "Selectbox options"),
    "No results": Words("Нічого не знайдено", "No results"),
    "Link to heading": Words("Посилання на розділ", "Link to heading"),
    "arrow_downward icon": Words("нижче на сторінці", "further down"),
    "Show/hide columns": Words("Показати або сховати стовпці", "Show/hide columns"),
    "Select all": Words("Обрати всі", "Select all"),
    "(index)": Words("(номер рядка)", "(index)"),
    "Search": Words("Пошук у таблиці", "Search the table"),
    "Type to search": Words("Почніть писати", "Type to search"),
    "Previous Result": Words("Попередній збіг", "Previous result"),
    "Next Result": Words("Наступний збіг", "Next result"),
    "Close Search": Words("Закрити пошук", "Close search"),
    "over 1000": Words("понад 1000", "over 1000"),
    "Fullscreen": Words("На весь екран", "Fullscreen"),
    "Close fullscreen": Words("Закрити повний екран", "Close fullscreen"),
    "Dataframe column menu": Words("Меню стовпця", "Column menu"),
    "Copy column name": Words("Копіювати назву стовпця", "Copy column name"),
    "text": Words("текст", "text"),
    "number": Words("число", "number"),
    "Sort ascending": Words("Упорядкувати за зростанням", "Sort ascending"),
    "Sort descending": Words("Упорядкувати за спаданням", "Sort descending"),
    "Autosize": Words("Ширина за вмістом", "Autosize"),
    "Pin column": Words("Закріпити стовпець", "Pin column"),
    "Unpin column": Words("Відкріпити стовпець", "Unpin column"),
    "Hide column": Words("Сховати стовпець", "Hide column"),
    "streamlit_folium.st_folium": Words("Карта просторів", "Map of spaces"),
    "st.iframe": Words("Слайди", "Slides"),
    "Connection error": Words("Немає зв’язку", "No connection"),
    "Streamlit server is not responding. Are you connected to the internet?": Words(
        "Сервер не відповідає. Щойно він озветься, сторінка оновиться сама; фільтри збережено в адресі.",
        "The server does not answer. The page goes on by itself as soon as it does; the filters stand in the address.",
    ),
}  # fmt: skip
_PATTERNS: Final = {
    r"^Remove (.+)$": Words("Прибрати: $1", "Remove $1"),
    r"^Help for (.+)$": Words("Пояснення: $1", "Help for $1"),
    r"^Shortcut (.+)$": Words("Клавіші $1", "Shortcut $1"),
    r"^(\d+) options? available\.$": Words("Варіантів: $1.", "Options: $1."),
    r"^(\d+) of over 1000$": Words("збіг $1 з понад 1000", "$1 of over 1000"),
    r"^(\d+) of (\d+) results?$": Words("збіг $1 з $2", "$1 of $2"),
    r"^(\d+) results?$": Words("збігів: $1", "results: $1"),
}  # fmt: skip


def phrases(lang: Lang) -> dict[str, str]:
    """What each whole phrase, Streamlit's own or that of the other language, is in this one."""
    own = {english: words.say(lang) for english, words in _PHRASES.items()}
    return own | {
        words.say("en" if lang == "uk" else "uk"): words.say(lang)
        for words in _PHRASES.values()
        if words.uk != words.en
    }


def patterns(lang: Lang) -> list[tuple[str, str]]:
    """Phrases with something in them: a pattern of JavaScript, and what is put in its place."""
    return [(pattern, words.say(lang)) for pattern, words in _PATTERNS.items()]
