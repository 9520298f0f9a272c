"""What the name of a file says of the event whose guests it lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from etl.sources.event_label import split_label

_GUEST_LIST: Final = re.compile(
    r"(?P<event>.+?) [-–—] (?:Guests|Attendees|Registrations|Учасники|Реєстрації)(?: [-–—] .*)?\.[A-Za-z]{2,4}",
    re.IGNORECASE,
)


def event_of_guest_list(file_name: str) -> Mapping[str, str]:
    """``<code or title> - Guests - <date>.csv``; the date is the day of the download and says nothing of the event."""
    match = _GUEST_LIST.fullmatch(file_name)
    if match is None:
        return {}
    label = split_label(match["event"])
    parts = {"event_code": label.code, "event_title": label.title, "event_starts": label.starts}
    return {name: part for name, part in parts.items() if part}
