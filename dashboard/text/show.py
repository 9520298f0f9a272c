"""The words of the presentation, Ukrainian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "live": Words("Живі числа на вашому телефоні", "The live numbers on your phone"),
    "slide": Words("Слайд {number} із {count}", "Slide {number} of {count}"),
    "notes": Words("Нотатки доповідача", "Speaker notes"),
    "keys": Words("Клавіші", "Keys"),
    "keys.next": Words("→, пробіл: далі", "→, space: next"),
    "keys.previous": Words("←: назад", "←: back"),
    "keys.full": Words("F: на весь екран", "F: full screen"),
    "keys.notes": Words("N: нотатки", "N: notes"),
    "keys.timer": Words("T: час", "T: timer"),
    "keys.dark": Words("D: темна зала", "D: dark room"),
    "keys.code": Words("Q: QR-код", "Q: QR code"),
    "next": Words("Далі", "Next"),
    "previous": Words("Назад", "Back"),
    "kind.finding": Words("висновок", "finding"),
    "kind.chart": Words("графік", "chart"),
    "kind.map": Words("карта", "map"),
    "hint": Words(
        "Будь-який графік з інших сторінок додайте кнопкою «Зберегти → Додати до презентації» під ним.",
        "Add any chart of another page with “Save → Add to presentation” under it.",
    ),
    "gone": Words(
        "Для цих доданих подань зараз нема що показати: {list}",
        "There is nothing to show now for these added views: {list}",
    ),
    "forget": Words("Прибрати їх", "Remove them"),
    "more_rows": Words("і ще {count} — на сторінці", "and {count} more on the page"),
    "more_rows.forms": Words("рядок|рядки|рядків", "row|rows"),
    "out": Words("Прибрати", "Remove"),
}

say: Final = Wordbook(_WORDS).say
