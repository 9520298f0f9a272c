from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from etl import publish
from etl.accounts import InboxFile
from etl.erase import Erased, EraseError, Place, erase
from etl.erased import ErasedError, erased, keep_out
from etl.identity import Key
from etl.pipeline import build, sign_ups
from etl.sources.city_pack import CityPack

KEY = Key(bytes(range(32)))
AT = datetime(2026, 11, 1, tzinfo=UTC)
DAY = date(2026, 11, 1)
ROWS = (
    "Подія,Дата,ПІБ,Ел. пошта,Телефон\n"
    "Друга зустріч хабів,14.02.2023,Анна,anna@example.org,\n"
    "Друга зустріч хабів,14.02.2023,Борис,borys@example.org,\n"
    "Друга зустріч хабів,14.02.2023,Віра,,0671234567\n"
)


@pytest.fixture
def store(tmp_path: Path, pack: CityPack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two snapshots: the first without Віра."""
    made_once = tmp_path_factory.getbasetemp() / "two-snapshots"
    if not made_once.exists():
        for number, text in enumerate((ROWS.rsplit("Друга", 1)[0], ROWS)):
            bundle = build([InboxFile("kyiv/a.csv", "own", text.encode)], [pack], [], KEY, DAY)
            publish.publish(bundle.tables, made_once, AT + timedelta(hours=number), DAY, "1.0")
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path


def pseudonyms(store: Path) -> list[set[str]]:
    kept = publish.list_snapshots(store)
    return [set(publish.read_tables(store, manifest)["people"]["pseudonym"]) for manifest in kept]


def test_a_person_is_removed_from_every_snapshot(store: Path) -> None:
    before = publish.list_snapshots(store)
    people = {name: KEY.email(f"{name}@example.org") for name in ("anna", "borys")}
    phone = KEY.phone("0671234567")
    assert pseudonyms(store) == [{*people.values()}, {*people.values(), phone}]
    assert erase(store, KEY, "ANNA@example.org", None) == Erased(registrations=2, people=2, snapshots=2)
    assert pseudonyms(store) == [{people["borys"]}, {people["borys"], phone}]
    after = publish.list_snapshots(store)
    assert [manifest.created_at for manifest in after] == [manifest.created_at for manifest in before]
    assert publish.current_id(store) == after[-1].snapshot_id
    for manifest in after:
        publish.verify(store, manifest.snapshot_id)


def test_other_people_keep_their_ids_and_accounts_still_add_up(store: Path) -> None:
    last = publish.list_snapshots(store)[-1]
    before = publish.read_tables(store, last)
    erase(store, KEY, "anna@example.org", None)
    after = publish.read_tables(store, publish.list_snapshots(store)[-1])
    ids = before["people"].set_index("pseudonym")["person_id"]
    assert (after["people"].set_index("pseudonym")["person_id"] == ids.reindex(after["people"]["pseudonym"])).all()
    (account,) = after["sources"].query("kind == 'inbox'").to_dict("records")
    assert (account["rows_read_count"], account["rows_loaded_count"]) == (2, 2)


def test_a_person_known_by_the_phone(store: Path) -> None:
    assert erase(store, KEY, None, "067 123 45 67") == Erased(registrations=1, people=1, snapshots=1)


def test_somebody_unknown_changes_nothing(store: Path) -> None:
    before = publish.list_snapshots(store)
    assert erase(store, KEY, "nobody@example.org", None) == Erased(registrations=0, people=0, snapshots=0)
    assert publish.list_snapshots(store) == before


@pytest.mark.parametrize(("email", "phone"), [(None, None), ("", ""), ("nobody", None), (None, "12")])
def test_it_must_be_said_whom(email: str | None, phone: str | None, store: Path) -> None:
    with pytest.raises(EraseError) as caught:
        erase(store, KEY, email, phone)
    assert "nobody" not in caught.value.reason_en + caught.value.reason_uk


def inbox(text: str = ROWS) -> list[InboxFile]:
    return [InboxFile("kyiv/a.csv", "own", text.encode)]


def test_the_erased_do_not_come_back_with_the_next_load(store: Path, pack: CityPack) -> None:
    erase(store, KEY, "anna@example.org", None)
    after = publish.read_tables(store, publish.list_snapshots(store)[-1])
    bundle = build(inbox(), [pack], [], KEY, DAY, erased=erased(store, KEY))
    assert bundle.erased == 1
    assert set(bundle.tables["people"]["pseudonym"]) == set(after["people"]["pseudonym"])
    # What erasing leaves is what a load makes that never saw the person.
    for name in ("sources", "row_issues", "events"):
        pd.testing.assert_frame_equal(bundle.tables[name], after[name])
    told = ["event_id", "identity", "status", "participant_group", "source_id"]
    pd.testing.assert_frame_equal(bundle.tables["registrations"][told], after["registrations"][told])
    assert build(inbox(), [pack], [], KEY, DAY).erased == 0


BOTH = (
    "Подія,Дата,ПІБ,Ел. пошта,Телефон\n"
    "Друга зустріч хабів,14.02.2023,Анна,anna@example.org,0671234567\n"
    "Друга зустріч хабів,14.02.2023,Анна,,0671234567\n"
    "Друга зустріч хабів,14.02.2023,Борис,borys@example.org,0501112233\n"
    "Друга зустріч хабів,14.02.2023,Віра,vira@example.org,0501112233\n"
)


@pytest.mark.parametrize(("email", "phone"), [("anna@example.org", None), (None, "0671234567")])
def test_one_contact_finds_the_other_in_the_inbox(
    email: str | None, phone: str | None, tmp_path: Path, pack: CityPack
) -> None:
    bundle = build(inbox(BOTH), [pack], [], KEY, DAY)
    publish.publish(bundle.tables, tmp_path, AT, DAY, "1.0")
    rows = [sign_ups(inbox(BOTH), [pack], KEY)]
    done = erase(tmp_path, KEY, email, phone, rows)
    assert (done.people, done.snapshots) == (1, 1)
    assert done.inbox == (Place("kyiv/a.csv", "-", 2), Place("kyiv/a.csv", "-", 3))
    again = build(inbox(BOTH), [pack], [], KEY, DAY, erased=erased(tmp_path, KEY))
    assert set(again.tables["people"]["pseudonym"]) == {KEY.email("borys@example.org"), KEY.email("vira@example.org")}


def test_a_phone_that_two_people_share_is_neither_of_them(tmp_path: Path, pack: CityPack) -> None:
    bundle = build(inbox(BOTH), [pack], [], KEY, DAY)
    publish.publish(bundle.tables, tmp_path, AT, DAY, "1.0")
    rows = [sign_ups(inbox(BOTH), [pack], KEY)]
    assert erase(tmp_path, KEY, None, "0501112233", rows).people == 0
    assert erase(tmp_path, KEY, "borys@example.org", None, rows).people == 1
    (people,) = pseudonyms(tmp_path)
    assert KEY.email("vira@example.org") in people


def test_slips_and_snapshots_that_cannot_be_searched_go(store: Path) -> None:
    first, second = publish.list_ids(store)
    (store / "slips" / second).mkdir(parents=True)
    (store / "snapshots" / first / "people.parquet").write_bytes(b"half")
    done = erase(store, KEY, "anna@example.org", None)
    assert (done.snapshots, done.unreadable) == (1, 1)
    assert not (store / "slips").exists()
    assert len(publish.list_ids(store)) == 1


def test_the_snapshot_in_use_is_not_removed_for_being_damaged(store: Path) -> None:
    (store / "snapshots" / publish.list_ids(store)[1] / "people.parquet").write_bytes(b"half")
    with pytest.raises(publish.PublishError, match="damaged"):
        erase(store, KEY, "anna@example.org", None)
    # Yet the person is kept out of the load that mends it.
    assert erased(store, KEY) == {KEY.mark(str(KEY.email("anna@example.org")))}


def test_a_store_of_another_key_is_left_alone(store: Path) -> None:
    other = Key(bytes(range(1, 33)))
    keep_out(store, KEY, ())
    before = publish.list_ids(store)
    with pytest.raises(ErasedError, match="rotate-key"):
        erase(store, other, "anna@example.org", None)
    assert publish.list_ids(store) == before
    assert erased(store, KEY) == frozenset()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"key": "x"}', "{"])
def test_a_damaged_list_of_the_erased_stops_everything(content: str, tmp_path: Path) -> None:
    (tmp_path / "identity.json").write_text(content)
    with pytest.raises(ErasedError, match="backup"):
        erased(tmp_path, KEY)


def test_a_new_store_keeps_nobody_out(tmp_path: Path) -> None:
    assert erased(tmp_path, KEY) == frozenset()


def test_the_list_of_the_erased_holds_no_pseudonym(store: Path) -> None:
    erase(store, KEY, "anna@example.org", "0671234567")
    kept = (store / "identity.json").read_text()
    assert len(json.loads(kept)["erased"]) == 2
    assert str(KEY.email("anna@example.org")) not in kept
    assert str(KEY.phone("0671234567")) not in kept
    assert KEY.secret.hex() not in kept
