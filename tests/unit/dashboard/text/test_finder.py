from __future__ import annotations

import pytest

from dashboard.text.finder import Entry, find

ENTRIES = (
    Entry("page", "map", "Карта просторів", ("Map of spaces",)),
    Entry("district", "UA80000000000551439", "Оболонський", ("Obolonskyi",)),
    Entry("theme", "ecology", "Екологія", ("Ecology",)),
    Entry("space", "kyiv-vona-hub", "Вона хаб", ("Vona hub",)),
    Entry("space", "kyiv-podil", "Простір «П’ята ґанок»", ()),
    Entry("space", "kyiv-ihub", "iHub", ()),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("оболон", "UA80000000000551439"),
        ("ОБОЛОНСЬКИЙ", "UA80000000000551439"),
        ("obolon", "UA80000000000551439"),
        ("Obolonskyj", "UA80000000000551439"),
        ("оболoн", "UA80000000000551439"),  # a Latin o
        ("пята", "kyiv-podil"),
        ("п'ята ганок", "kyiv-podil"),
        ("piata", "kyiv-podil"),
        ("hub vona", "kyiv-vona-hub"),
        ("хаб", "kyiv-vona-hub"),
        ("map", "map"),
        ("еколог", "ecology"),
    ],
)
def test_any_spelling_finds_the_name(wanted: str, found: str) -> None:
    answer = find(ENTRIES, wanted)
    assert answer.entries[0].id == found
    assert not answer.is_near


def test_a_slip_of_the_keys_is_offered_what_is_near() -> None:
    answer = find(ENTRIES, "екологфя")
    assert answer.is_near
    assert [entry.id for entry in answer.entries] == ["ecology"]


def test_what_is_like_nothing_finds_nothing() -> None:
    assert find(ENTRIES, "бетономішалка").entries == ()


def test_every_word_has_to_stand_in_the_name() -> None:
    assert all(entry.id != "kyiv-vona-hub" for entry in find(ENTRIES, "вона карта").entries)


def test_the_name_that_begins_so_comes_first() -> None:
    entries = (Entry("space", "b", "Новий простір екологів"), Entry("theme", "a", "Екологія"))
    assert [entry.id for entry in find(entries, "еколог").entries] == ["a", "b"]


@pytest.mark.parametrize(("most", "count"), [(5, 5), (6, 6), (7, 6)])
def test_no_wish_lists_the_first(most: int, count: int) -> None:
    assert len(find(ENTRIES, "  ", most).entries) == count


def test_nothing_to_find() -> None:
    assert find((), "карта").entries == ()
