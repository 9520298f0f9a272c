"""One text that names an event, as forms and file names have it, taken apart: code, title, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from etl.sources.layout import first_known
from etl.transform.dates import parse_date

_CODE: Final = re.compile(r"(?=[^\s]*[0-9])[^\W_]+(?:-[^\W_]+)+(?=$|[\s:,.|—–])")
"""Words joined by hyphens with a digit among them: ``KYIV-2026-014``."""
_DATE_AT_END: Final = re.compile(
    r"(?P<title>.*?\w.*?)[\s,;:|·(\[—–-]+"
    r"(?P<starts>(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"
    r"|[0-9]{1,2} [^\W\d]+ [0-9]{4}(?: року| р\.?)?)(?:,?(?: о)? ?[0-9]{1,2}:[0-9]{2})?)[)\]\s.]*"
)


@dataclass(frozen=True)
class EventLabel:
    """What a text says of an event; what it does not say is None."""

    code: str | None = None
    title: str | None = None
    starts: str | None = None


def split_label(text: str) -> EventLabel:
    """Take a text apart: a code at its start, a date with a year at its end, and the title.

    «Зустріч хабів, 14.02.2026 18:00» has a title and a date; ``KYIV-2026-014`` is a code, and also the title in case
    that no event has this code. A text that starts with a code keeps it in the title for the same reason.
    """
    trimmed = text.strip()
    if not trimmed:
        return EventLabel()
    match = _DATE_AT_END.fullmatch(trimmed)
    if match and parse_date(match["starts"]):
        title, starts = match["title"].strip(" \t,;:|·([—–-"), match["starts"]
    else:
        title, starts = trimmed, None
    code = _CODE.match(title)
    return EventLabel(code.group() if code else None, title, starts)


def with_labels_split(cells: pd.DataFrame) -> pd.DataFrame:
    """Take the event's texts apart.

    Args:
        cells: columns ``event_code``, ``event_title``, ``event_starts``.

    Returns:
        The same columns: a code or date that has its own column stays; ``event_title`` loses the date.
    """
    codes, distinct = pd.factorize(cells["event_title"])
    # A missing title has the code -1, which takes the last.
    labels = [*(split_label(str(text)) for text in distinct), EventLabel()]

    def part(name: str) -> pd.Series:
        texts = pd.array([getattr(label, name) for label in labels], dtype="str")
        return pd.Series(texts.take(codes), index=cells.index)

    return cells.assign(
        event_code=first_known(cells["event_code"], part("code")),
        event_title=part("title"),
        event_starts=first_known(cells["event_starts"], part("starts")),
    )
