"""Zip files, and office documents which are such, that are the same bytes whenever and wherever they are made."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Final

_UNIX: Final = 3
_READABLE: Final = 0o644 << 16


def rezipped(content: bytes, at: date) -> bytes:
    """The same files, ordered by name, each dated the same day; nothing in them is changed.

    In an office document ``[Content_Types].xml`` comes first by its name, where readers look for it.

    Args:
        content: a zip file.
        at: the day that every file in it is dated; a zip file knows none before 1980.

    Raises:
        zipfile.BadZipFile: the content is no zip file.
        ValueError: the day lies before 1980.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for name in sorted(given.namelist()):
            entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            made.writestr(entry, given.read(name))
    return out.getvalue()
