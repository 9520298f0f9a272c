from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl import registrations as settled_by
from etl.packed import pack
from etl.registrations import Asked, Made, Numbers, put_aside, settle
from etl.sources.raw import Dataset
from etl.spill import scratch
from etl.tables import Tables
from etl.transform.events import EventCity
from etl.transform.registrations import PSEUDONYMOUS_COLUMNS, clean
from tests.unit.etl.conftest import EAST, WEST

RowsOf = Callable[..., pd.DataFrame]
EVENTS = {"kyiv-a": date(2026, 2, 10), "kyiv-b": date(2026, 2, 15)}
AS_OF = date(2026, 2, 14)
ANNA = {"event_code": "a", "email_key": "e1"}
PARTS = 2
"""Rows are settled as if every other one stood in another part, which must make no difference."""


def key(name: str | None) -> str | None:
    """A pseudonym that sorts as its name does."""
    return None if name is None or pd.isna(name) else name.encode().hex().ljust(64, "0")


Settle = Callable[..., Made]


@pytest.fixture
def settled(rows: RowsOf, city: EventCity, tmp_path: Path) -> Settle:
    def run(*records: Mapping[str, str | None], as_of: date = AS_OF) -> Made:
        keyed = [
            {name: key(value) if name.endswith("_key") else value for name, value in record.items()}
            for record in records
        ]
        stacked = rows(Dataset.REGISTRATIONS, *keyed, columns=PSEUDONYMOUS_COLUMNS)
        read, _ = clean(stacked, city.gazetteer, city.tz)
        over = frozenset(event for event, day in EVENTS.items() if day <= as_of)
        with scratch(tmp_path) as spill:
            asked = Asked()
            parts = [
                put_aside(_packed(some.reset_index(drop=True)), spill, asked)
                for _, some in read.groupby(np.arange(len(read)) % PARTS)
            ]
            codes = asked.frame()["event_code"]
            event_of = np.array([sorted(EVENTS).index(f"kyiv-{code}") for code in codes], dtype=np.int64)
            return settle(parts, event_of, Numbers(sorted(EVENTS), sorted((WEST, EAST)), over), spill)

    return run


def _packed(rows: pd.DataFrame) -> settled_by.Packed:
    at = rows.groupby(["source_id", "sheet"], sort=False).ngroup()
    places = rows[["source_id", "sheet"]].drop_duplicates().itertuples(index=False, name=None)
    return replace(pack(rows.assign(at=at), sorted((WEST, EAST))), places=tuple(places))


def facts(made: Made) -> pd.DataFrame:
    return Tables({"registrations": made.registrations})["registrations"]


def known(made: Made) -> list[list[object]]:
    return Tables({"people": made.people})["people"].to_numpy().tolist()


def codes(made: Made) -> list[str]:
    return sorted(made.remarks.frame(0, len(made.remarks))["code"])


def people(*keys: tuple[str | None, ...]) -> list[dict[str, str | None]]:
    """Rows of e-mail, phone and, where given, name and event; each says another time, so that none repeats."""
    full = [(*given, None, "a")[:4] if len(given) == 2 else given for given in keys]
    return [
        {
            "email_key": email, "phone_key": phone, "name_key": name, "event_code": event,
            "registered_at": f"01.02.2026 10:{minute:02d}",
        }
        for minute, (email, phone, name, event) in enumerate(full)
    ]  # fmt: skip


def test_a_phone_belongs_to_the_one_email_it_stands_with(settled: Settle) -> None:
    made = settled(*people(("e1", "p1"), (None, "p1"), (None, "p2"), ("e2", None), (None, None)))
    found = facts(made)
    assert found["identity"].tolist() == ["email", "email", "phone", "none"]
    assert found["person_id"].fillna(0).tolist() == [1, 2, 3, 0]
    assert known(made) == [[1, key("e1"), "email"], [2, key("e2"), "email"], [3, key("p2"), "phone"]]
    assert codes(made) == ["duplicate_row", "no_contact"]


def test_a_phone_of_two_emails_is_a_person_of_its_own(settled: Settle) -> None:
    found = facts(settled(*people(("e1", "p1"), ("e2", "p1"), (None, "p1"))))
    assert found["person_id"].nunique() == 3
    assert found["identity"].tolist() == ["email", "email", "phone"]


def test_a_phone_at_an_event_that_is_not_listed_says_nothing(settled: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that are left out take no part: here the phone's second e-mail."""
    monkeypatch.setitem(EVENTS, "kyiv-c", date(2026, 2, 10))
    both = people(("e1", "p1"), ("e2", "p1", None, "c"), (None, "p1"))
    assert facts(settled(*both))["person_id"].nunique() == 3
    assert facts(settled(both[0], both[2]))["person_id"].nunique() == 1


def test_a_full_name_is_the_one_person_who_has_it_at_the_same_event(settled: Settle) -> None:
    made = settled(
        *people(
            ("e1", None, "n1", "a"),
            (None, None, "n1", "a"),
            (None, None, "n1", "b"),
            (None, "p1", "n2", "a"),
            (None, None, "n2", "a"),
        )
    )
    assert facts(made)["identity"].tolist() == ["email", "phone", "none"]
    assert [row[2] for row in known(made)] == ["email", "phone"]
    assert codes(made) == ["duplicate_row", "duplicate_row", "no_contact"]


def test_a_name_that_two_people_of_an_event_have_is_nobody(settled: Settle) -> None:
    rows = people(("e1", None, "n1", "a"), ("e2", None, "n1", "a"), (None, None, "n1", "a"))
    for order in (rows, rows[::-1]):
        found = facts(settled(*order))
        assert sorted(found["identity"]) == ["email", "email", "none"]
        assert found["person_id"].isna().sum() == 1


def test_nobody_is_nobody(settled: Settle) -> None:
    made = settled()
    assert facts(made).empty
    assert known(made) == []
    assert not made.recorded


def test_a_list_of_names_at_the_door_says_who_came(settled: Settle) -> None:
    """The strength told is that of the row which says that the person came."""
    signed_up = {**ANNA, "name_key": "n1"}
    door = {"event_code": "a", "name_key": "n1", "attended": "так", "source_id": "s2"}
    for order in ((signed_up, door), (door, signed_up)):
        made = settled(*order)
        assert facts(made)[["status", "identity"]].to_numpy().tolist() == [["attended", "name"]]
        assert facts(made)["person_id"].notna().all()
        assert codes(made) == ["duplicate_row"]
    found = facts(settled({**signed_up, "attended": "так"}, door))
    assert found[["status", "identity"]].to_numpy().tolist() == [["attended", "email"]]


@pytest.mark.parametrize(
    ("statuses", "kept"),
    [
        (("registered", "attended"), "attended"),
        (("no_show", "registered"), "no_show"),
        (("registered", "waitlisted"), "registered"),
        (("cancelled", "waitlisted"), "waitlisted"),
    ],
)
def test_the_strongest_status_stays(statuses: tuple[str, str], kept: str, settled: Settle) -> None:
    for order in (statuses, statuses[::-1]):
        # Before the event is over, so that nobody is missing.
        made = settled(*({**ANNA, "event_code": "b", "status": status} for status in order))
        assert facts(made)["status"].tolist() == [kept]
        assert codes(made) == ["duplicate_row"]


def test_what_one_row_leaves_open_another_states(settled: Settle) -> None:
    made = settled(
        {**ANNA, "attended": "так", "source_id": "s2"},
        {**ANNA, "registered_at": "01.02.2026 10:00", "participant_group": "студент", "home_district": "Оболонь"},
        {**ANNA, "registered_at": "02.02.2026 10:00", "participant_group": "волонтер", "home_district": "Бровари"},
    )
    (row,) = facts(made).to_dict("records")
    assert row["status"] == "attended"
    assert row["registered_at"] == pd.Timestamp("2026-02-01 10:00")
    assert (row["participant_group"], row["home_status"], row["home_district_code"]) == (
        "student",
        "district",
        "UA-WEST",
    )


def test_the_same_person_at_another_event_is_another_row(settled: Settle) -> None:
    made = settled(ANNA, {**ANNA, "event_code": "b"})
    assert len(facts(made)) == 2
    assert codes(made) == []


def test_a_named_row_without_contact_repeats_only_when_all_of_it_does(settled: Settle) -> None:
    named = {"event_code": "a", "name_key": "n1"}
    made = settled(named, named, {**named, "participant_group": "студент"}, {**named, "name_key": "n2"})
    assert len(facts(made)) == 3
    assert codes(made) == ["duplicate_row", "no_contact", "no_contact", "no_contact"]


def test_nameless_rows_of_one_sheet_are_several_visitors_and_of_its_copy_the_same(settled: Settle) -> None:
    nameless = {"event_code": "a", "attended": "так"}
    copy = {**nameless, "source_id": "s2"}
    made = settled(nameless, nameless, copy, copy, copy)
    assert len(facts(made)) == 3
    assert codes(made).count("duplicate_row") == 2


def test_who_did_not_come_is_known_only_where_somebody_noted_who_came(settled: Settle) -> None:
    boris = {"event_code": "a", "email_key": "e2"}
    without = settled(ANNA, boris)
    assert facts(without)["status"].tolist() == ["registered", "registered"]
    assert not without.recorded
    noted = settled({**ANNA, "attended": "так"}, boris)
    assert sorted(facts(noted)["status"]) == ["attended", "no_show"]
    assert noted.recorded == {"kyiv-a"}


@pytest.mark.parametrize(("day", "status"), [(14, "registered"), (15, "no_show"), (16, "no_show")])
def test_nobody_is_missing_before_the_event_is_over(day: int, status: str, settled: Settle) -> None:
    records = ({"event_code": "b", "email_key": "e1", "attended": "так"}, {"event_code": "b", "email_key": "e2"})
    found = facts(settled(*records, as_of=date(2026, 2, day)))
    assert sorted(found["status"]) == sorted(["attended", status])


def test_cancelled_and_waiting_stay_as_they_are(settled: Settle) -> None:
    records = [{**ANNA, "attended": "так"}]
    records += [{"event_code": "a", "email_key": key, "status": key} for key in ("cancelled", "waitlisted")]
    found = facts(settled(*records))
    assert sorted(found["status"]) == ["attended", "cancelled", "waitlisted"]


def test_numbers_do_not_follow_the_order_of_rows(settled: Settle) -> None:
    records = [{"event_code": code, "email_key": key} for code in "ab" for key in ("e1", "e2", "e3")]
    numbered = [
        facts(settled(*order))[["registration_id", "event_id", "person_id"]].to_numpy().tolist()
        for order in (records, records[::-1])
    ]
    assert numbered[0] == numbered[1]


@pytest.mark.parametrize("rows_per_bucket", [1, 2, 10**9])
def test_the_size_of_buckets_makes_no_difference(
    rows_per_bucket: int, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = [(f"e{n % 7}", f"p{n % 5}", f"n{n}", "ab"[n % 2]) for n in range(40)]
    records = people(*contacts, *[(None, phone, name, event) for _, phone, name, event in contacts])
    whole = facts(settled(*records))
    monkeypatch.setattr(settled_by, "ROWS_PER_BUCKET", rows_per_bucket)
    pd.testing.assert_frame_equal(facts(settled(*records)), whole)


def test_what_parts_say_alike_has_one_number() -> None:
    asked = Asked()
    said = pd.DataFrame(
        {"city_id": "kyiv", "event_code": ["a", None], "event_title": None, "event_starts": None}, dtype="str"
    )
    assert asked.numbers(said).tolist() == [0, 1]
    assert asked.numbers(said.iloc[::-1]).tolist() == [1, 0]
    assert asked.numbers(said.assign(event_title="b")).tolist() == [2, 3]
    assert asked.frame()["event_code"].fillna("-").tolist() == ["a", "-", "a", "-"]
    assert asked.frame()["event_title"].fillna("-").tolist() == ["-", "-", "b", "b"]
