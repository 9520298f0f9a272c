"""The formats that an edition can be had in, and who makes each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from dashboard.reports.model import Edition
from dashboard.settings import Role


@dataclass(frozen=True)
class Format:
    """One format of a file."""

    id: str
    ending: str
    mime: str
    module: str
    """The module that renders it, imported when it is first asked for: some take a second."""
    is_for_all: bool = True
    """Whether every role has it; else only the public one."""

    def serves(self, role: Role) -> bool:
        """Whether an edition for a role can be had in this format."""
        return self.is_for_all or role is Role.PUBLIC

    def render(self, edition: Edition, chromium: str | None = None) -> bytes:
        """The edition as a file of this format.

        Args:
            edition: the edition.
            chromium: path or name of the browser that prints, where it is not one of the usual names.

        Raises:
            CivicspaceError: something that the renderer needs is missing on this machine.
        """
        module = import_module(f"dashboard.reports.{self.module}")
        data: bytes = module.render(edition, chromium) if self.id == "pdf" else module.render(edition)
        return data


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_ALL: Final = (
    Format("html", "html", "text/html", "html"),
    Format("pdf", "pdf", "application/pdf", "pdf"),
    Format("pptx", "pptx", f"{_OFFICE}.presentationml.presentation", "slides.deck"),
    Format("docx", "docx", f"{_OFFICE}.wordprocessingml.document", "paper"),
    Format("xlsx", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", "sheets"),
    Format("data", "zip", "application/zip", "package", is_for_all=False),
)
FORMATS: Final[Mapping[str, Format]] = {form.id: form for form in _ALL}
