"""The settings of this server process: given once by the entry point, then only read."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.settings import Settings

_settings: Settings | None = None


def configure(settings: Settings) -> None:
    """Give the process its settings; every session gets the same."""
    global _settings  # noqa: PLW0603 - one process, one server, one set of settings
    _settings = settings


def settings() -> Settings:
    """The settings in force.

    Raises:
        RuntimeError: no entry point has configured the process.
    """
    if _settings is None:
        raise RuntimeError("the server is not configured: start it with `civicspace serve` or through app.py")
    return _settings


def now() -> datetime:
    """The clock of the server, for what is dated by a click."""
    return datetime.now(UTC)
