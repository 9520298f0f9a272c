"""What a notebook gets of a snapshot or an inbox."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from etl import frames, load_frames, publish
from etl.accounts import InboxFile
from etl.contract import TABLES
from etl.identity import Key
from etl.pipeline import build
from etl.sources.city_pack import CityPack
from tests.unit.etl.conftest import EVENTS, SIGN_UPS

AT = datetime(2026, 3, 1, tzinfo=UTC)
SPACES = "Назва простору,Широта,Довгота\nХаб на розі,50.5,30.25\n"


def published(store: Path, pack: CityPack, *texts: str) -> str:
    files = [InboxFile(f"kyiv/{number}.csv", "own", text.encode) for number, text in enumerate(texts)]
    tables = build(files, [pack], [], Key(bytes(range(32))), AT.date()).tables
    return publish.publish(tables, store, AT.replace(hour=len(texts)), AT.date(), "1.0").snapshot_id


def test_a_snapshot_as_frames(tmp_path: Path, pack: CityPack) -> None:
    published(tmp_path, pack, EVENTS, SIGN_UPS, SPACES)
    found = load_frames(tmp_path)
    assert isinstance(found.spaces, gpd.GeoDataFrame)
    assert found.spaces.crs == "EPSG:4326"
    points = found.spaces.set_index("name_uk").geometry
    assert (points["Хаб на розі"].x, points["Хаб на розі"].y) == (30.25, 50.5)
    assert points["Hub 4.0"] is None
    assert found.events["title"].tolist() == ["Лекція", "Друга зустріч хабів"]
    (row,) = found.registrations.to_dict("records")
    assert (row["event_id"], row["status"], row["identity"]) == ("kyiv-a-1", "registered", "email")
    assert not {"pseudonym", "email_key", "person_name"} & {*found.registrations}
    for name, frame in (("events", found.events), ("registrations", found.registrations)):
        pd.testing.assert_series_equal(frame.dtypes.astype(str), TABLES[name].empty().dtypes.astype(str))


def test_without_registrations_all_columns_stand(tmp_path: Path, pack: CityPack) -> None:
    published(tmp_path, pack)
    registrations = load_frames(tmp_path).registrations
    assert registrations.empty
    assert list(registrations) == list(TABLES["registrations"].column_names)


def test_a_snapshot_that_is_kept_and_the_one_in_use(tmp_path: Path, pack: CityPack) -> None:
    first = published(tmp_path, pack, EVENTS)
    published(tmp_path, pack, EVENTS, SIGN_UPS)
    assert len(load_frames(str(tmp_path)).registrations) == 1
    assert len(load_frames(tmp_path, snapshot_id=first).registrations) == 0


def test_the_environment_names_the_store(tmp_path: Path, pack: CityPack, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path, pack, EVENTS)
    monkeypatch.setenv("CIVICSPACE_STORE", str(tmp_path))
    assert len(load_frames().events) == 2


def test_an_empty_store_and_an_unknown_snapshot_are_said(tmp_path: Path, pack: CityPack) -> None:
    with pytest.raises(publish.PublishError, match="nothing is published"):
        load_frames(tmp_path)
    published(tmp_path, pack)
    with pytest.raises(publish.PublishError, match="no snapshot 20200101T000000Z-00000000"):
        load_frames(tmp_path, snapshot_id="20200101T000000Z-00000000")


def test_an_inbox_is_read_and_nothing_published(
    tmp_path: Path, pack: CityPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "load_packs", lambda _folder: [pack])
    monkeypatch.setattr(frames, "public_lists", list)
    for name, text in (("events.csv", EVENTS), ("people.csv", SIGN_UPS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = load_frames(inbox=tmp_path, city="kyiv", as_of=date(2026, 3, 1))
    assert len(found.registrations) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.csv", "people.csv"]


@pytest.mark.parametrize("named", ["s3://key:secret@bucket/store", Path("s3://key:secret@bucket/store"), "file:///srv"])
@pytest.mark.parametrize("what", ["store", "inbox"])
def test_an_address_is_refused_and_what_it_holds_not_repeated(what: str, named: str | Path) -> None:
    with pytest.raises(
        publish.PublishError, match=r"reads a folder of this computer, no address (s3|file)://…"
    ) as caught:
        load_frames(**{what: named})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("named", ["a:/b", "no store", "./s3:/b"])
def test_a_folder_is_no_address(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(publish.PublishError, match="nothing is published"):
        load_frames(named)
