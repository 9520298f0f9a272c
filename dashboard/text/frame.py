"""The words around every chart: where it comes from and what can be done with it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "source": Words("Джерело: {origin}, станом на {as_of}", "Source: {origin}, as of {as_of}"),
    "snapshot": Words("знімок {snapshot}", "snapshot {snapshot}"),
    "origin.own": Words("списки й звіти просторів", "the spaces’ own lists and returns"),
    "origin.demo": Words("демонстраційні дані", "demonstration data"),
    "origin.public": Words("публічні факти", "public facts"),
    "keep": Words("Зберегти", "Save"),
    "hint": Words(
        "До презентації, дані, картинка, посилання саме на це",
        "To the presentation, data, picture, a link to exactly this",
    ),
    "data": Words("Дані", "Data"),
    "picture": Words("Картинка", "Picture"),
    "no_chromium": Words(
        "Картинки малює браузер Chromium, а його тут не знайдено. Встановіть його (Debian, Ubuntu: sudo apt install "
        "chromium) або вкажіть шлях у CIVICSPACE_CHROMIUM.",
        "Pictures are drawn by the Chromium browser, and none was found here. Install it (Debian, Ubuntu: sudo apt "
        "install chromium) or put its path into CIVICSPACE_CHROMIUM.",
    ),
    "add": Words("Додати до презентації", "Add to presentation"),
    "added": Words("Уже в презентації", "Already in the presentation"),
    "link": Words("Посилання саме на це", "Link to exactly this"),
}  # fmt: skip

say: Final = Wordbook(_WORDS).say
