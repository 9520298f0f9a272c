import pandas as pd
import pytest

from etl.sources.event_label import EventLabel, split_label, with_labels_split


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("", EventLabel()),
        ("Зустріч хабів", EventLabel(title="Зустріч хабів")),
        ("KYV-2026-014", EventLabel("KYV-2026-014", "KYV-2026-014")),
        ("KYV-2026-014 · Зустріч", EventLabel("KYV-2026-014", "KYV-2026-014 · Зустріч")),
        ("KYV-014: Зустріч, 14.02.2026", EventLabel("KYV-014", "KYV-014: Зустріч", "14.02.2026")),
        ("Зустріч хабів, 14.02.2026", EventLabel(title="Зустріч хабів", starts="14.02.2026")),
        ("Зустріч хабів (14 лютого 2026, 18:00)", EventLabel(title="Зустріч хабів", starts="14 лютого 2026, 18:00")),
        ("Зустріч хабів — 2026-02-14", EventLabel(title="Зустріч хабів", starts="2026-02-14")),
        ("Зустріч № 2 | 14.02.2026 о 18:00", EventLabel(title="Зустріч № 2", starts="14.02.2026 о 18:00")),
    ],
)
def test_labels_are_taken_apart(text: str, label: EventLabel) -> None:
    assert split_label(text) == label


@pytest.mark.parametrize(
    "title", ["Плани на 2026 рік", "Вечір 31.02.2026", "14.02.2026", "Бізнес-сніданок", "14 лютого 2026: підсумки дня"]
)
def test_titles_without_code_and_final_date_stay_whole(title: str) -> None:
    assert split_label(title) == EventLabel(title=title)


def test_own_columns_win_over_the_label() -> None:
    cells = pd.DataFrame(
        {
            "event_code": ["A-1", None, None],
            "event_title": ["B-2 Лекція, 14.02.2026", "B-2 Лекція, 14.02.2026", None],
            "event_starts": ["01.01.2026", None, "02.02.2026"],
        },
        dtype="str",
    )
    split = with_labels_split(cells)
    assert split["event_code"].tolist()[:2] == ["A-1", "B-2"]
    assert split["event_title"].tolist()[:2] == ["B-2 Лекція", "B-2 Лекція"]
    assert split["event_starts"].tolist() == ["01.01.2026", "14.02.2026", "02.02.2026"]
    assert split.isna().sum().tolist() == [1, 1, 0]
    assert cells["event_title"][0] == "B-2 Лекція, 14.02.2026"
