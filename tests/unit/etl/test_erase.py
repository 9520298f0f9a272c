from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from etl import publish
from etl.erase import Erased, EraseError, erase
from etl.identity import Key
from etl.pipeline import InboxFile, build
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
def store(tmp_path: Path, pack: CityPack) -> Path:
    """Two snapshots: the first without Віра."""
    for number, text in enumerate((ROWS.rsplit("Друга", 1)[0], ROWS)):
        file = InboxFile("kyiv/a.csv", "own", text.encode)
        bundle = build([file], [pack], [], KEY, DAY)
        publish.publish(bundle.tables, tmp_path, AT + timedelta(hours=number), DAY, "1.0")
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
