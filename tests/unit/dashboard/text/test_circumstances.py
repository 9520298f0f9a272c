from dataclasses import dataclass
from datetime import date

import pytest

from dashboard.text.circumstances import beside
from dashboard.text.words import Lang


@dataclass(frozen=True)
class Of:
    days_count: int = 30
    weekend_days_count: int = 8
    opened_count: int = 0
    closed_count: int = 0


MONTH, EARLIER = date(2026, 10, 1), date(2026, 9, 1)


def said(lang: Lang, now: Of, before: Of, both: Of = Of()) -> list[str]:
    return [text.replace("\u00a0", " ") for text in beside(MONTH, now, EARLIER, before, both, lang)]


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_of_months_that_are_alike_nothing_is_said(lang: Lang) -> None:
    assert said(lang, Of(), Of()) == []


def test_other_days_are_said_and_other_weekends_too() -> None:
    assert said("uk", Of(31, 9), Of(30, 8)) == [
        "Жовтень 2026 — 31 день, із них 9 вихідних; вересень 2026 — 30 днів, із них 8 вихідних."
    ]
    (english,) = said("en", Of(30, 9), Of(30, 8))
    assert english == (
        "October 2026: 30 days, 9 Saturdays and Sundays among them; "
        "September 2026: 30 days, 8 Saturdays and Sundays among them."
    )


@pytest.mark.parametrize(
    ("opened", "closed", "uk", "en"),
    [
        (1, 0, "За ці два місяці відкрився 1 простір.", "In these two months 1 space opened."),
        (0, 2, "За ці два місяці закрилися 2 простори.", "In these two months 2 spaces closed."),
        (
            5,
            1,
            "За ці два місяці відкрилося 5 просторів, закрився 1 простір.",
            "In these two months 5 spaces opened and 1 space closed.",
        ),
    ],
)
def test_spaces_that_opened_or_closed_are_said(opened: int, closed: int, uk: str, en: str) -> None:
    both = Of(61, 16, opened, closed)
    assert said("uk", Of(), Of(), both) == [uk]
    assert said("en", Of(), Of(), both) == [en]
