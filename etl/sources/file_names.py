"""What the name of a file says of the event that its rows are about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from etl.sources.event_label import split_label

_SUFFIX: Final = r"\.[A-Za-z]{2,4}"
_CHECK_IN: Final = re.compile(rf"(?P<slug>[^\W_][\w.-]*?)_checkin.*{_SUFFIX}", re.IGNORECASE)
_GUESTS: Final = re.compile(
    rf"(?P<event>.+?) [-–—] (?:Guests|Attendees|Registrations|Учасники|Реєстрації)(?: [-–—] .*)?{_SUFFIX}",
    re.IGNORECASE,
)
_ANSWERS: Final = re.compile(
    rf"(?P<event>.+?) ?\((?:Відповіді|Responses)\)(?: [-–—] .*| ?\([0-9]+\))?{_SUFFIX}", re.IGNORECASE
)


def event_in_name(file_name: str) -> Mapping[str, str]:
    """``event_code``, ``event_title`` and ``event_starts``, as far as the name says them.

    - ``{slug}_checkin_{list}.csv``: pretix's list of a single event; the slug is the code.
    - ``<code or title> - Guests - <date>.csv``, also Attendees, Registrations, «Учасники», «Реєстрації»: the date is
      the day of the download and says nothing of the event.
    - ``<code or title> (Відповіді) - <tab>.csv``, «(Responses)»: answers are called as their form is.

    A date at the end of the title is the event's. Any other name says nothing.
    """
    check_in = _CHECK_IN.fullmatch(file_name)
    if check_in:
        return {"event_code": check_in["slug"]}
    called = _GUESTS.fullmatch(file_name) or _ANSWERS.fullmatch(file_name)
    if called is None:
        return {}
    label = split_label(called["event"])
    parts = {"event_code": label.code, "event_title": label.title, "event_starts": label.starts}
    return {name: part for name, part in parts.items() if part}
