"""Templates of the report's formats, and the files of ours that go into them as they are."""

from __future__ import annotations

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


@cache
def part(name: str) -> Markup:
    """A style sheet or script of ours, to stand in a document as it is."""
    return Markup((resources.files("dashboard.reports") / "templates" / name).read_text("utf-8"))  # noqa: S704
