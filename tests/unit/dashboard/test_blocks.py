"""Names from the data on a page: shown as they were typed, whatever they look like."""

from __future__ import annotations

import re

import pytest

from dashboard.ui.blocks import plain

JOINER = "\u2060"
# What Streamlit looks for in the text that is left when Markdown was read (its StreamlitMarkdown and remark-emoji).
LOOKED_FOR = [
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        r":[\w+-]+:",
        r":material[/_]",
        r"(https?://|www(?=\.))[-.\w]+",
        r"[-.\w+]+@[-\w]+\.",
        *(rf"(^|\s){arrow}(\s|$)" for arrow in ("<->", "->", "<-", "--", ">=", "<=", "~=")),
    )
]
# What Markdown itself reads, unless a backslash stands before it.
MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[`*_{}\[\]()#+.!|~<>$:&=-]")
NAMES = (
    ":material/home: хаб",
    ":material_home:",
    ":smile:",
    "Хаб :+1: і :100:",
    ":streamlit:",
    ":red[червоний]",
    ":blue-background[тло]",
    ":color[x]{foreground='red'}",
    "::leaf[x] :::box",
    "[сюди](https://x.example)",
    "http://x.example www.x.example hub@x.example",
    "![](x.png) <b>x</b> &amp;",
    "**x** _x_ ~~x~~ `x` $x$ # x | x | > x",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "-> початок і кінець --",
    "1. перший",
    "a\\b \\:smile:",
    "Hub 4.0 (Оболонь) — «ХАБ» №1, 10:30–12:00",
)


def shown(markdown: str) -> str:
    """What is left when Markdown has taken the backslashes away."""
    return re.sub(r"\\([^\w\s]|_)", r"\1", markdown)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_as_typed(name: str) -> None:
    said = plain(name)
    assert not MARKUP.search(said)
    assert [pattern.pattern for pattern in LOOKED_FOR if pattern.search(shown(said))] == []
    assert shown(said).replace(JOINER, "") == name


def test_what_streamlit_looks_for_is_there_before() -> None:
    """Were the list of patterns wrong, the test above could not fail."""
    found = {pattern.pattern for name in NAMES for pattern in LOOKED_FOR if pattern.search(name)}
    assert found == {pattern.pattern for pattern in LOOKED_FOR}


def test_an_ordinary_name_holds_nothing_invisible() -> None:
    assert JOINER not in plain("Hub 4.0 (Оболонь) — «ХАБ» №1, 10:30–12:00, C++, а-б, 5 > 3")


def test_a_line_does_not_begin_anew() -> None:
    assert shown(plain("рядок\n\n# другий\r\n\tтретій")) == "рядок # другий третій"
