from pathlib import Path

import pytest

from etl.sources import lists
from etl.sources.raw import Dataset
from etl.sources.reading import read_file

ROOT = Path(__file__).parents[4]
SHIPPED = ROOT / "data" / "lists" / "meetup_events_kyiv_lviv.csv"
OURS = (
    lists.SPACES,
    lists.EVENTS,
    lists.MONTHLY_RETURNS,
    lists.SESSIONS,
    lists.PROPOSALS,
    lists.MEETUPS,
    lists.ANNOTATIONS,
)


def test_spaces(table_of, cells_of):
    table = table_of(
        "Перелік просторів;;\nНазва простору;Інші назви;Вид;Район;Широта;Довгота;Місткість;Працює з;Контакт\n"
        "Dialog hub;Діалог хаб; хаб ;Печерський;50,43;30,51;80;2019;Н Н\n"
    )
    assert (table.dataset, table.format) == (Dataset.SPACES, "spaces")
    assert cells_of(table) == {
        "name": ["Dialog hub"],
        "aliases": ["Діалог хаб"],
        "kind": ["хаб"],
        "district": ["Печерський"],
        "lat": ["50,43"],
        "lon": ["30,51"],
        "capacity": ["80"],
        "opened_on": ["2019"],
    }
    assert table.unknown_columns == ("Контакт",)


def test_a_list_of_spaces_with_contacts_is_no_list_of_people(table_of):
    table = table_of("Назва простору,Район,Прізвище,Телефон,E-mail\nХаб,Подільський,Н,067,a@example.org\n")
    assert table.dataset is Dataset.SPACES
    assert table.unknown_columns == ("Прізвище", "Телефон", "E-mail")


def test_events(table_of, cells_of):
    table = table_of(
        "Код події,Назва події,Дата,Час,Простір,Теми,Кількість місць,Організатори,За підтримки,Телефон організатора\n"
        "KYV-1,Лекція,14 лютого 2026,10:00–11:30,Dialog hub,екологія; культура,40,ГО,GIZ,067\n"
        "KYV-2,Показ,15.02.2026,ввечері,Dialog hub,,,,,\n"
        "KYV-3,Толока,16.02.2026,9.00,Dialog hub,,,,,\n"
    )
    assert table.dataset is Dataset.EVENTS
    cells = cells_of(table)
    assert cells["starts_time"] == ["10:00", "ввечері", "9.00"]
    assert cells["ends_time"] == ["11:30", None, None]
    assert cells["funders"] == ["GIZ", None, None]
    assert table.headers["starts_time"] == "Час"
    assert table.unknown_columns == ("Телефон організатора",)


def test_english_events(table_of):
    table = table_of("Event title,Date,Start time,Space,Themes\nTalk,2026-02-14,18:00,Hub,ecology\n")
    assert table.dataset is Dataset.EVENTS
    assert set(table.headers) == {"title", "starts", "starts_time", "space", "themes"}


def test_monthly_return(table_of, cells_of):
    table = table_of(
        "Простір,Місяць,Кількість заходів,Кількість відвідувачів,Відповідальний,Телефон\nХаб,10.2025,3,120,Н,0\n"
    )
    assert table.dataset is Dataset.MONTHLY_RETURNS
    assert cells_of(table) == {
        "space": ["Хаб"],
        "month": ["10.2025"],
        "events_count": ["3"],
        "visitors_count": ["120"],
    }


def test_monthly_return_collected_by_a_form(table_of):
    table = table_of(
        "Позначка часу,Простір,Місяць,Кількість заходів,Електронна адреса\nt,Хаб,10.2025,3,a@example.org\n"
    )
    assert table.dataset is Dataset.MONTHLY_RETURNS


def test_programme(table_of, cells_of):
    table = table_of(
        "Подія: Майстерня міста Житомир,,,\nКод події:,ZT-2017,,\n\nЗахід,Дата,Час,Місце\n"
        "Виставка,12.06.2017,з 10:00 до 18:00,майданчик\n"
    )
    assert table.dataset is Dataset.SESSIONS
    assert table.context == {"event_title": "Майстерня міста Житомир", "event_code": "ZT-2017"}
    assert cells_of(table) == {
        "title": ["Виставка"],
        "date": ["12.06.2017"],
        "starts_time": ["10:00"],
        "ends_time": ["18:00"],
        "venue": ["майданчик"],
    }
    assert table.frame["row"].tolist() == [5]


def test_proposals_leave_their_author_out(table_of, cells_of):
    table = table_of(
        "Позначка часу,Назва проєкту,Тема,Стадія,Район,ПІБ автора,Телефон\n"
        "14.02.2026,Велодоріжка,велотранспорт,ідея,Богунський,Н Н,067\n"
    )
    assert table.dataset is Dataset.PROPOSALS
    assert cells_of(table) == {
        "title": ["Велодоріжка"],
        "theme": ["велотранспорт"],
        "stage": ["ідея"],
        "district": ["Богунський"],
        "submitted_on": ["14.02.2026"],
    }
    assert table.unknown_columns == ("ПІБ автора", "Телефон")


@pytest.mark.parametrize(
    "header", ["Подія,Дата,Простір,Роль,Менторство", "Назва події,Дата,Простір,Роль,Телефон", "Код події,Простір,Роль,"]
)
def test_meetups(table_of, header):
    assert table_of(f"{header}\nа,б,в,господар,\n".replace(",Роль,\n", ",Роль\n")).dataset is Dataset.MEETUPS


def test_shipped_meetup_events(cells_of):
    (table,) = read_file(SHIPPED.name, SHIPPED.read_bytes()).tables
    cells = cells_of(table)
    assert (table.dataset, table.format, len(table.frame)) == (Dataset.EVENTS, "meetup_events", 23)
    assert cells["event_code"][0] == "meetup-266895607"
    assert cells["starts"][0] == "2019-12-08T09:00:00+02:00"
    assert cells["duration"][0] == "PT9H"
    assert cells["stated_registrations"][0] == "6"
    assert {(group, hint) for group, hint in zip(cells["organisers"], cells["city_hint"], strict=True)} == {
        ("R-Ladies Kyiv", "kyiv"),
        ("R-Ladies L'viv", "lviv"),
    }
    assert cells["is_online"].count("yes") == 1
    assert set(cells["place_country"]) == {"ua", "us", "ch", None}
    assert set(cells["status"]) == {"held"}


@pytest.mark.parametrize("layout", OURS, ids=lambda layout: layout.format)
def test_every_column_of_our_lists_is_documented(layout):
    documented = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [field.headers[0] for field in layout.fields if field.headers[0] not in documented] == []
