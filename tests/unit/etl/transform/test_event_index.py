from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from etl.transform.event_index import EventIndex

LISTED = pd.DataFrame(
    [
        ("kyiv-a-1", "Лекція про екологію", "2026-02-14", "2026-02-14 18:00", "2026-02-14"),
        ("kyiv-a-2", "Клуб", "2026-02-14", "2026-02-14 10:00", "2026-02-14"),
        ("kyiv-a-3", "Клуб", "2026-02-14", "2026-02-14 18:00", "2026-02-14"),
        ("kyiv-a-4", "Клуб", "2026-02-21", None, "2026-02-21"),
        ("kyiv-a-5", "Майстерня міста", "2026-06-12", None, "2026-06-17"),
    ],
    columns=["event_id", "title", "starts_on", "starts_at", "ends_on"],
).astype(dict.fromkeys(("starts_on", "starts_at", "ends_on"), "datetime64[us]"))


@pytest.mark.parametrize(
    ("code", "title", "starts", "event_id", "problem"),
    [
        ("A-1", None, None, "kyiv-a-1", None),
        ("а-1", None, None, "kyiv-a-1", None),  # a Cyrillic а
        (None, "A-1", None, "kyiv-a-1", None),
        ("A-9", "Лекція про екологію", None, "kyiv-a-1", None),
        (None, "лекція  про ЕКОЛОГІЮ", None, "kyiv-a-1", None),
        (None, "Лекція про екологію", "14.02.2026", "kyiv-a-1", None),
        (None, "Лекція про екологію", "15.02.2026", None, "unknown_event"),
        (None, "Лекція про екологію", "незабаром", "kyiv-a-1", None),
        (None, "Клуб", None, None, "ambiguous_event"),
        (None, "Клуб", "21.02.2026", "kyiv-a-4", None),
        (None, "Клуб", "14.02.2026", None, "ambiguous_event"),
        (None, "Клуб", "14.02.2026 18:00", "kyiv-a-3", None),
        (None, "Клуб", "2026-02-14T16:00:00Z", "kyiv-a-3", None),
        (None, "Клуб", "14.02.2026 18:30", None, "ambiguous_event"),
        (None, "Майстерня міста", "11.06.2026", None, "unknown_event"),
        (None, "Майстерня міста", "12.06.2026", "kyiv-a-5", None),
        (None, "Майстерня міста", "17.06.2026", "kyiv-a-5", None),
        (None, "Майстерня міста", "18.06.2026", None, "unknown_event"),
        ("A-9", None, None, None, "unknown_event"),
        (None, None, "14.02.2026", None, "missing_value"),
    ],
)
def test_find(
    code: str | None, title: str | None, starts: str | None, event_id: str | None, problem: str | None
) -> None:
    index = EventIndex.of("kyiv", ZoneInfo("Europe/Kyiv"), LISTED)
    found = index.find(*(pd.Series([text], dtype="str") for text in (code, title, starts)))
    assert [value if isinstance(value, str) else None for value in found.iloc[0]] == [event_id, problem]


def test_no_rows_find_nothing_but_all_columns() -> None:
    index = EventIndex.of("kyiv", ZoneInfo("Europe/Kyiv"), LISTED.head(0))
    none = pd.Series([], dtype="str")
    assert list(index.find(none, none, none)) == ["event_id", "problem"]
