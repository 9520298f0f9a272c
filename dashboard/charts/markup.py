"""Text that is safe inside a figure: plotly reads labels and hover texts as markup."""

from __future__ import annotations

import html
import textwrap
from typing import Final

ELLIPSIS: Final = "…"


def escape(text: str) -> str:
    """The text with `&`, `<` and `>` made harmless. Quotes stay: plotly would print their entities as they are."""
    return html.escape(text, quote=False)


def shorten(text: str, width: int) -> str:
    """At most `width` characters, escaped; what was cut is marked by an ellipsis."""
    return escape(text if len(text) <= width else text[: width - 1].rstrip() + ELLIPSIS)


def wrap(text: str, width: int, lines: int = 2) -> str:
    """At most `lines` lines of about `width` characters, escaped; a word that is longer stays whole."""
    parts = textwrap.wrap(text, width, max_lines=lines, placeholder=ELLIPSIS, break_long_words=False)
    return "<br>".join(escape(part) for part in parts)
