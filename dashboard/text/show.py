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
}

say: Final = Wordbook(_WORDS).say
