from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import checks, publish
from etl.accounts import FileAccount, InboxFile
from etl.contract import Manifest
from etl.identity import Key
from etl.pipeline import Bundle, build
from etl.sources.city_pack import CityPack
from tests.unit.etl import conftest

KEY = Key(bytes(range(32)))
AS_OF = date(2026, 3, 1)

EVENTS = """\
Код події,Назва події,Дата,Час початку,Простір,Теми
A-1,Лекція,14.02.2026,18:00,Вона хаб,Екологія
A-2,Зустріч,15.02.2026,18:00,Вона хаб,космос
A-3,Без дати,,,,
"""
SIGN_UPS = """\
Код події,ПІБ,Ел. пошта,Телефон,Присутність
A-1,Анна Тиха,anna@example.org,067 123 45 67,так
A-1,Борис Рудий,borys@example.org,,
A-9,Віра Біла,vira@example.org,,
A-1,Анна Тиха,Anna@example.org,,
"""


def file(path: str, text: str, origin: str = "own") -> InboxFile:
    return InboxFile(path, origin, text.encode)


def run(pack: CityPack, *files: InboxFile, default_city: str | None = None) -> Bundle:
    bundle = build(files, [pack], [], KEY, AS_OF, default_city)
    checks.check(bundle.tables)
    return bundle


def account(bundle: Bundle, path: str) -> FileAccount:
    return next(found for found in bundle.accounts if found.path == path)


def counts(found: FileAccount) -> tuple[int, int, int, int]:
    return found.read, found.loaded, found.duplicate, found.rejected


def fingerprint(bundle: Bundle) -> str:
    """Hash of all content but for the names of files."""
    text = io.StringIO()
    for name, frame in bundle.tables.items():
        frame.drop(columns="file_name", errors="ignore").to_csv(text, index=False)
        text.write(name)
    return hashlib.sha256(text.getvalue().encode()).hexdigest()


def test_every_row_of_every_file_is_accounted_for(pack: CityPack) -> None:
    bundle = run(pack, file("kyiv/events.csv", EVENTS), file("kyiv/people.csv", SIGN_UPS))
    assert counts(account(bundle, "kyiv/events.csv")) == (3, 2, 0, 1)
    assert counts(account(bundle, "kyiv/people.csv")) == (4, 2, 1, 1)
    assert account(bundle, "kyiv/events.csv").reasons == {"missing_value": 1, "unknown_theme": 1}
    assert account(bundle, "kyiv/people.csv").reasons == {"duplicate_row": 1, "unknown_event": 1}
    issues = bundle.tables["row_issues"].sort_values(["row", "code"])
    assert issues[["row", "column", "code"]].fillna("").to_numpy().tolist() == [
        [3, "Теми", "unknown_theme"],
        [4, "Дата", "missing_value"],
        [4, "Код події", "unknown_event"],
        [5, "", "duplicate_row"],
    ]


def test_people_are_only_pseudonyms(pack: CityPack) -> None:
    tables = run(pack, file("kyiv/events.csv", EVENTS), file("kyiv/people.csv", SIGN_UPS)).tables
    assert tables["people"]["identity"].tolist() == ["email", "email"]
    assert set(tables["registrations"]["status"]) == {"attended", "no_show"}
    text = "".join(frame.to_csv() for frame in tables.values())
    assert not any(word in text for word in ("Анна", "Рудий", "anna@", "borys", "067", "1234567"))


def test_without_files_the_packs_alone_are_there(pack: CityPack) -> None:
    tables = run(pack).tables
    assert len(tables["spaces"]) == 3
    assert tables["registrations"].empty
    assert tables["sources"]["kind"].tolist() == ["city_pack"]


def test_a_copy_is_named_and_changes_nothing(pack: CityPack) -> None:
    once = run(pack, file("kyiv/events.csv", EVENTS))
    twice = run(pack, file("kyiv/events (1).csv", EVENTS), file("kyiv/events.csv", EVENTS))
    assert account(twice, "kyiv/events (1).csv").copy_of == "kyiv/events.csv"
    for name, frame in once.tables.items():
        pd.testing.assert_frame_equal(frame, twice.tables[name])


def test_a_file_of_no_city_is_refused_unless_one_is_given(pack: CityPack) -> None:
    refused = account(run(pack, file("events.csv", EVENTS)), "events.csv")
    assert refused.refusal is not None
    assert counts(refused) == (0, 0, 0, 0)
    assert account(run(pack, file("events.csv", EVENTS), default_city="kyiv"), "events.csv").loaded == 2
    assert account(run(pack, file("odesa/events.csv", EVENTS)), "odesa/events.csv").refusal is not None


def test_a_refused_file_stands_among_the_sources_with_its_reason(pack: CityPack) -> None:
    sources = run(pack, file("kyiv/x.csv", "a,b\n1,2\n")).tables["sources"].set_index("kind")
    assert sources.loc["inbox", "refusal_uk"]
    assert sources.loc["inbox", "refusal_en"]
    assert sources.loc["inbox", "rows_read_count"] == 0


def test_the_origin_of_a_file_marks_its_rows(pack: CityPack) -> None:
    events = run(pack, file("kyiv/events.csv", EVENTS, "demo")).tables["events"]
    assert sorted(events["origin"]) == ["demo", "demo", "fact"]


PUBLIC = """\
id,title,status,dateTime,duration,group,venue_name,venue_city,venue_country,venue_lat,venue_lon,venue_type,rsvp_total
1,Study group,PAST,2019-10-16T19:00:00+03:00,PT2H,R-Ladies Kyiv,Office,Kyiv,ua,50.5,30.2,,7
2,Study group,PAST,2019-10-16T19:00:00+03:00,PT2H,R-Ladies Odesa,Office,Odesa,ua,46.5,30.7,,7
"""


def test_each_row_of_a_public_list_tells_its_city(pack: CityPack) -> None:
    bundle = build([], [pack], [file("list.csv", PUBLIC, "public_list")], KEY, AS_OF)
    checks.check(bundle.tables)
    found = account(bundle, "list.csv")
    assert counts(found) == (2, 1, 0, 1)
    assert found.reasons == {"unknown_city": 1}
    assert found.city_id == "kyiv"
    public = bundle.tables["events"].query("origin == 'public_list'")
    assert public[["event_id", "district_code", "stated_registrations_count"]].to_numpy().tolist() == [
        ["kyiv-meetup-1", "UA-WEST", 7]
    ]


EVENT_CODES = ("A-1", "A-2", "A-9", "")
CELLS: Mapping[str, Sequence[str]] = {
    "Код події": EVENT_CODES,
    "ПІБ": ("Анна", "Борис", ""),
    "Ел. пошта": ("a@example.org", "b@example.org", "немає", ""),
    "Телефон": ("0671234567", "0501234567", "12", ""),
    "Присутність": ("так", "ні", "мабуть", ""),
    "Група": ("студент", "пенсіонер", ""),
    "Район проживання": ("Оболонь", "Бровари", "Нірвана", ""),
    "Дата реєстрації": ("01.02.2026 10:00", "02.02.2026 10:00", "колись", ""),
}
EVENT_CELLS: Mapping[str, Sequence[str]] = {
    "Код події": ("A-1", "A-2", ""),
    "Назва події": ("Лекція", "Зустріч", ""),
    "Дата": ("14.02.2026", "15.02.2026", "колись", ""),
    "Простір": ("Вона хаб", "Тиха Зала", "Невідомий", ""),
    "Теми": ("Екологія", "космос", ""),
    "Входить до події": ("A-1", "A-2", ""),
    "Кількість місць": ("30", "багато", ""),
}
SPACE_CELLS: Mapping[str, Sequence[str]] = {
    "Назва простору": ("Тиха Зала", "Вона хаб", ""),
    "Район": ("Оболонь", "Печерський район", "Нірвана", ""),
    "Широта": ("50.5", "0", ""),
    "Довгота": ("30.7", "0", ""),
    "Місткість": ("30", "40", ""),
}
RETURN_CELLS: Mapping[str, Sequence[str]] = {
    "Простір": ("Вона хаб", "Тиха Зала", "Разом", ""),
    "Місяць": ("січень 2026", "02.2026", "торік", ""),
    "Кількість відвідувачів": ("10", "20", "понад 5", ""),
}


def lists(cells: Mapping[str, Sequence[str]]) -> st.SearchStrategy[str]:
    row = st.tuples(*(st.sampled_from(values) for values in cells.values()))
    return st.lists(row, min_size=1, max_size=6).map(
        lambda rows: "\n".join([",".join(cells), *(",".join(row) for row in rows)]) + "\n"
    )


INBOXES = st.lists(st.one_of(*(lists(cells) for cells in (CELLS, EVENT_CELLS, SPACE_CELLS, RETURN_CELLS))), max_size=4)


@pytest.fixture(scope="module")
def one_pack() -> CityPack:
    """The pack of one small city, made once for all examples."""
    geo = gpd.GeoDataFrame(
        {"district_code": list(conftest.SQUARES)}, geometry=list(conftest.SQUARES.values()), crs="EPSG:4326"
    )
    return conftest.small_pack(conftest.small_pack_tables(), geo)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=INBOXES, order=st.permutations(range(10, 14)))
def test_accounts_add_up_and_order_and_names_decide_nothing(
    texts: list[str], order: list[int], one_pack: CityPack
) -> None:
    files = [file(f"kyiv/{number}.csv", text) for number, text in enumerate(texts)]
    bundle = run(one_pack, *files)  # the checks hold every account to add up
    read = [found for found in bundle.accounts if not found.copy_of and not found.refusal]
    assert all(found.read == found.loaded + found.duplicate + found.rejected for found in read)
    shuffled = [file(f"kyiv/{name}.csv", text) for name, text in zip(order, texts, strict=False)]
    shuffled.sort(key=lambda moved: moved.path)
    assert fingerprint(build(shuffled, [one_pack], [], KEY, AS_OF)) == fingerprint(bundle)


def published(files: Sequence[InboxFile], pack: CityPack) -> Manifest:
    with TemporaryDirectory() as store:
        tables = build(files, [pack], [], KEY, AS_OF).tables
        return publish.publish(tables, Path(store), datetime(2026, 3, 1, tzinfo=UTC), AS_OF, "1.0")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), texts=st.lists(st.one_of(lists(CELLS), lists(EVENT_CELLS)), min_size=1, max_size=3))
def test_copies_other_names_and_another_order_end_in_the_same_content(
    data: st.DataObject, texts: list[str], one_pack: CityPack
) -> None:
    once = [file(f"kyiv/{number}.csv", text) for number, text in enumerate(texts)]
    copies = [text for text in texts if data.draw(st.booleans())]
    names = data.draw(st.permutations([f"kyiv/тека {n % 2}/список ({n}).csv" for n in range(len(texts) + len(copies))]))
    again = [file(name, text) for name, text in zip(names, [*texts, *copies], strict=True)]
    first, second = published(once, one_pack), published(data.draw(st.permutations(again)), one_pack)
    assert second.content_sha256 == first.content_sha256
    assert second.snapshot_id == first.snapshot_id
    assert second.account == first.account


def test_the_manifest_tells_what_became_of_every_file(pack: CityPack) -> None:
    files = [file("kyiv/events.csv", EVENTS), file("kyiv/people.csv", SIGN_UPS), file("kyiv/x.csv", "a,b\n1,2\n")]
    account = published(files, pack).account
    assert account["total"] == {"read": 7, "loaded": 4, "duplicate": 1, "rejected": 2}
    assert len(account) == 1 + len(files)
    assert all(rows["read"] == rows["loaded"] + rows["duplicate"] + rows["rejected"] for rows in account.values())


def test_other_content_has_another_hash(pack: CityPack) -> None:
    one = published([file("kyiv/events.csv", EVENTS)], pack)
    assert one.content_sha256 != published([file("kyiv/events.csv", EVENTS.replace("A-2", "A-4"))], pack).content_sha256


MAPPING = 'confirmed = true\nlist = "events"\n[columns]\n"Що" = "title"\n"Коли" = "starts"\n'


def test_of_two_copies_the_one_with_a_mapping_is_read(pack: CityPack) -> None:
    unknown = "Що,Коли\nЛекція,14.02.2026\n"
    bundle = run(
        pack,
        file("kyiv/a.csv", unknown),
        file("kyiv/довга назва.csv", unknown),
        file("kyiv/довга назва.csv.mapping.toml", MAPPING),
    )
    assert account(bundle, "kyiv/довга назва.csv").loaded == 1
    assert account(bundle, "kyiv/a.csv").copy_of == "kyiv/довга назва.csv"
    assert {found.path for found in bundle.accounts} == {"kyiv/a.csv", "kyiv/довга назва.csv"}


def test_remarks_for_the_sender_have_letters_and_near_names(pack: CityPack) -> None:
    listed = "Назва події,Дата,Район\nЛекція,14.02.2026,Оболньський\n"
    found = run(pack, file("kyiv/events.csv", listed)).remarks
    assert found[["row", "column", "letter", "outcome", "code"]].to_numpy().tolist() == [
        [2, "Район", "C", "flagged", "unknown_district"]
    ]
    # The pack's districts are called by their codes.
    assert found["suggestion_uk"].tolist() == ["UA-WEST"]
    assert run(pack).remarks.empty
