"""Templates of the report's formats, and the files of ours that go into them as they are."""

from __future__ import annotations

import base64
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

ENVIRONMENT: Final = Environment(
    loader=PackageLoader("dashboard.reports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
"""Every text that is put into a template is escaped; what a template asks for and does not get is an error."""

_FONT_WEIGHTS: Final = (400, 600)


@cache
def part(name: str) -> Markup:
    """A style sheet or script of ours, to stand in a document as it is."""
    return Markup((resources.files("dashboard.reports") / "templates" / name).read_text("utf-8"))  # noqa: S704


@cache
def fonts() -> Markup:
    """Our font for a style sheet, content and all, so that a document looks, and breaks, the same on every machine."""
    folder = resources.files("dashboard") / "fonts"
    rules = []
    for weight in _FONT_WEIGHTS:
        content = base64.b64encode((folder / f"civicspace-sans-{weight}.woff2").read_bytes()).decode()
        rules.append(
            f'@font-face {{ font-family: "Civicspace Sans"; font-weight: {weight}; '
            f'src: url("data:font/woff2;base64,{content}") format("woff2"); }}'
        )
    return Markup("\n".join(rules))  # noqa: S704
