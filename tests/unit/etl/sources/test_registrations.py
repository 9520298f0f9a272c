"""Every tool that people sign up with."""

import pandas as pd
import pytest

from etl.sources.eventbrite import american_to_iso
from etl.sources.raw import Dataset, SourceError
from etl.sources.reading import read_file


class TestGoogleForms:
    def test_ukrainian_form(self, table_of, cells_of):
        table = table_of(
            "Позначка часу,Електронна адреса,На який захід ви реєструєтесь?,Ваше ПІБ,Номер телефону,"
            "Кого ви представляєте?,Район проживання,Відвідування,Коментар\n"
            '14.02.2026 09:05:01,a@example.org,"Зустріч, 20.02.2026",Н Н,0670000000,ГО,Подільський,+,дякую\n'
        )
        assert (table.dataset, table.format) == (Dataset.REGISTRATIONS, "google_forms")
        assert cells_of(table) == {
            "event_title": ["Зустріч"],
            "event_starts": ["20.02.2026"],
            "person_name": ["Н Н"],
            "person_email": ["a@example.org"],
            "person_phone": ["0670000000"],
            "registered_at": ["14.02.2026 09:05:01"],
            "status": ["registered"],
            "attended": ["yes"],
            "participant_group": ["ГО"],
            "home_district": ["Подільський"],
        }
        assert table.headers["event_title"] == "На який захід ви реєструєтесь?"
        assert table.unknown_columns == ("Коментар",)

    def test_english_form(self, table_of, cells_of):
        table = table_of(
            "Timestamp,Email Address,Which event will you attend?,First name,Last name,Attendance\n"
            "2024/05/14 6:07:29 PM GMT+3,a@example.org,KYV-1,N,M,no\n"
        )
        cells = cells_of(table)
        assert cells["event_code"] == ["KYV-1"]
        assert cells["person_name"] == ["N M"]
        assert cells["attended"] == ["no"]

    @pytest.mark.parametrize(
        ("name", "event"),
        [
            ("Зустріч (Відповіді) - Відповіді форми 1.csv", {"event_title": "Зустріч"}),
            ("Зустріч, 20.02.2026 (відповіді).csv", {"event_title": "Зустріч", "event_starts": "20.02.2026"}),
            ("KYV-1 (Responses) (2).csv", {"event_code": "KYV-1", "event_title": "KYV-1"}),
        ],
    )
    def test_a_form_that_does_not_ask_is_about_the_event_it_is_called(self, table_of, name, event):
        assert table_of("Позначка часу,Ваше ПІБ\n14.02.2026 09:05:01,Н Н\n", name).context == event

    def test_what_is_asked_is_not_overruled_by_the_name(self, table_of, cells_of):
        table = table_of("Позначка часу,Подія,Ваше ПІБ\n,Лекція,Н Н\n", "Зустріч (Відповіді).csv")
        assert (table.context, cells_of(table)["event_title"]) == ({}, ["Лекція"])

    def test_a_form_that_names_no_event_anywhere_is_refused(self, table_of):
        with pytest.raises(SourceError, match="which event"):
            table_of("Позначка часу,Ваше ПІБ\n14.02.2026 09:05:01,Н Н\n", "Відповіді форми.csv")

    @pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", ""])
    def test_any_apostrophe(self, table_of, cells_of, apostrophe):
        table = table_of(f"Позначка часу,Подія,Прізвище,Ім{apostrophe}я\n,Лекція,П,І\n")
        assert cells_of(table)["person_name"] == ["П І"]

    @pytest.mark.parametrize(
        "header", ["Email", "E-mail", "e-mail", "Ел.пошта", "Ел. пошта", "Ваш імейл", "Адреса електронної пошти"]
    )
    def test_any_word_for_email(self, table_of, header):
        assert table_of(f"Позначка часу,Подія,{header}\n,Лекція,a@example.org\n").headers["person_email"] == header

    @pytest.mark.parametrize(
        "question",
        [
            "Звідки ви дізналися про подію?",
            "Чи потрібна вам допомога на заході?",
            "Ваші очікування від події",
            "Чи згодні ви отримувати email-розсилку?",
            "Відділення Нової пошти",
            "Мета відвідування",
            "Телеграм-група",
            "Телефон організатора",
            "Ім'я дитини",
        ],
    )
    def test_questions_that_only_sound_alike_are_not_read(self, table_of, question):
        table = table_of(f"Позначка часу,{question},Подія,Пошта\n,секрет,Лекція,a@example.org\n")
        assert table.unknown_columns == (question,)
        assert table.headers["event_title"] == "Подія"
        assert not table.frame.isin(["секрет"]).any(axis=None)

    def test_words_for_came_and_came_not(self, table_of, cells_of):
        words = ["так", "Так", "+", "був", "була", "yes", "TRUE", "ні", "-", "no", "не була", ""]
        table = table_of("Позначка часу,Подія,Присутність\n" + "".join(f"t,Лекція,{word}\n" for word in words))
        assert cells_of(table)["attended"] == ["yes"] * 7 + ["no"] * 4 + [None]

    def test_unknown_words_are_remarked_without_their_text(self):
        file = read_file("x.csv", "Позначка часу,Подія,Присутність,Статус\nt,Лекція,мабуть,хтозна\n".encode())
        (table,) = file.tables
        assert [(issue.row, issue.code, issue.column, issue.outcome) for issue in file.issues] == [
            (2, "unknown_status", "Статус", "flagged"),
            (2, "unknown_attendance", "Присутність", "flagged"),
        ]
        assert table.frame["attended"].isna().all()
        assert table.frame["status"].tolist() == ["registered"]


class TestPretix:
    def test_ukrainian_check_in_list_with_mixed_headers(self, table_of, cells_of):
        table = table_of(
            '"Код замовлення";"Ім\'я учасника";"Продукт";"Зареєстрований";"Ел.пошта";"Номер телефону";"Дата";'
            '"Дата початку";"Дата замовлення";"Час замовлення";"Check-in text"\r\n'
            '"AAA";"Н Н";"Квиток";"14.02.2026 09:05";"a@example.org";"+380670000000";"Лекція";"14.02.2026 09:00";'
            '"2026-02-01";"10:11:12";""\r\n'
            '"BBB";"М М";"Квиток";"";"b@example.org";"";"Лекція";"14.02.2026 09:00";"2026-02-01";"";""\r\n',
            "hub_checkin_all.csv",
        )
        assert table.format == "pretix_check_in"
        assert cells_of(table) == {
            "event_title": ["Лекція", "Лекція"],
            "event_starts": ["14.02.2026 09:00", "14.02.2026 09:00"],
            "person_name": ["Н Н", "М М"],
            "person_email": ["a@example.org", "b@example.org"],
            "person_phone": ["+380670000000", None],
            "registered_at": ["2026-02-01 10:11:12", "2026-02-01"],
            "status": ["registered", "registered"],
            "attended": ["yes", None],
        }
        assert table.context == {}

    def test_list_of_a_single_event_is_named_by_its_file(self, table_of):
        text = "Order code,Attendee name,Checked in,E-mail\nAAA,N,2026-02-14 09:05,a@example.org\n"
        assert table_of(text, "demo-7_checkin_all.csv").context == {"event_code": "demo-7"}
        assert table_of("Подія: Лекція\n" + text, "list.csv").context == {"event_title": "Лекція"}

    def test_positions_state_what_became_of_an_order(self, table_of, cells_of):
        statuses = {
            "оплачено": "registered",
            "в очікуванні": "registered",
            "скасовано": "cancelled",
            "термін придатності закінчився": "cancelled",
            "canceled": "cancelled",
        }
        table = table_of(
            "Коротка назва події,Назва події,Код замовлення,ID позиції,Статус,Ел.пошта,Attendee email\n"
            + "".join(f"hub,Лекція,AAA,1,{status},a@example.org,b@example.org\n" for status in statuses)
        )
        cells = cells_of(table)
        assert cells["status"] == list(statuses.values())
        assert cells["event_code"] == ["hub"] * 5
        assert cells["person_email"] == ["b@example.org"] * 5


class TestEventbrite:
    HEADER = "Order #,Order Date,First Name,Last Name,Email,Attendee Status,Checked In,Event Name,Event Date\n"

    def test_statuses_and_check_in(self, table_of, cells_of):
        rows = {
            "Attending,Yes": ("registered", "yes"),
            "Attending,No": ("registered", "no"),
            "Attending,": ("registered", None),
            "Checked In,": ("registered", "yes"),
            "Not Attending,": ("cancelled", None),
            "Refunded,": ("cancelled", None),
        }
        table = table_of(
            self.HEADER + "".join(f"1,11/29/24 22:28,N,M,a@example.org,{row},Talk,12/01/24 18:00\n" for row in rows)
        )
        cells = cells_of(table)
        assert list(zip(cells["status"], cells["attended"], strict=True)) == list(rows.values())
        assert set(cells["registered_at"]) == {"2024-11-29T22:28:00"}
        assert set(cells["event_starts"]) == {"2024-12-01T18:00:00"}
        assert set(cells["person_name"]) == {"N M"}

    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("11/29/24 22:28", "2024-11-29T22:28:00"),
            ("1/2/2024 3:04 PM", "2024-01-02T15:04:00"),
            ("1/2/24 12:00 AM", "2024-01-02T00:00:00"),
            ("02/29/24", "2024-02-29"),
            ("2024-11-29 22:28", "2024-11-29 22:28"),
            ("14.02.2026", "14.02.2026"),
        ],
    )
    def test_american_dates_become_iso(self, text, iso):
        assert american_to_iso(pd.Series([text], dtype="str")).tolist() == [iso]

    def test_a_column_with_days_first_is_left_alone(self):
        texts = pd.Series(["01/02/2024", "29/11/2024", None], dtype="str")
        assert american_to_iso(texts).equals(texts)


class TestLuma:
    HEADER = "\ufeffapi_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at\n"
    GUEST = "gst-1,,N,M,a@example.org,+380670000000,2025-07-20T06:58:05.842Z,approved,2025-07-21T15:00:00.000Z\n"

    def test_guest_list(self, table_of, cells_of):
        table = table_of(self.HEADER + self.GUEST, "KYV-2025-9 - Guests - 2025-07-25.csv")
        assert cells_of(table) == {
            "person_name": ["N M"],
            "person_email": ["a@example.org"],
            "person_phone": ["+380670000000"],
            "registered_at": ["2025-07-20T06:58:05.842Z"],
            "status": ["registered"],
            "attended": ["yes"],
        }
        assert table.context["event_code"] == "KYV-2025-9"

    def test_the_day_of_the_download_is_not_the_day_of_the_event(self, table_of):
        table = table_of(self.HEADER + self.GUEST, "Зустріч - хабів - Guests - 2025-07-25-10-11-12.csv")
        assert table.context == {"event_title": "Зустріч - хабів"}

    @pytest.mark.parametrize(
        ("approval", "status"),
        [
            ("approved", "registered"),
            ("session", "registered"),
            ("declined", "cancelled"),
            ("waitlist", "waitlisted"),
            ("pending_approval", "waitlisted"),
            ("invited", "waitlisted"),
        ],
    )
    def test_approval(self, table_of, approval, status):
        text = self.HEADER + self.GUEST.replace("approved", approval)
        assert table_of(text, "X - Guests.csv").frame["status"].tolist() == [status]


class TestListsByHand:
    def test_list_with_events(self, table_of, cells_of):
        table = table_of("№;Дата події;Подія;Прізвище;Ім’я;Телефон;Присутній\n1;14.02.2026;Лекція;П;І;067;так\n")
        assert table.format == "registration_list"
        assert cells_of(table) == {
            "event_title": ["Лекція"],
            "event_starts": ["14.02.2026"],
            "person_name": ["П І"],
            "person_phone": ["067"],
            "status": ["registered"],
            "attended": ["yes"],
        }

    def test_list_of_one_event_named_above(self, table_of, cells_of):
        table = table_of(
            "Подія:;Лекція, 14.02.2026;\nКод події: KYV-1;;\nПІБ;Ел. пошта;Статус\nП І;a@example.org;був\n"
        )
        assert table.format == "participant_list"
        assert table.context == {"event_code": "KYV-1", "event_title": "Лекція", "event_starts": "14.02.2026"}
        assert cells_of(table)["attended"] == ["yes"]
        assert cells_of(table)["status"] == ["registered"]

    def test_list_of_one_event_named_by_its_file(self, table_of):
        table = table_of("ПІБ;Ел. пошта\nП І;a@example.org\n", "Лекція 14.02.2026 - Учасники.csv")
        assert table.format == "participant_list"
        assert table.context == {"event_title": "Лекція", "event_starts": "14.02.2026"}

    def test_the_event_above_is_not_mixed_with_the_one_in_the_name(self, table_of):
        table = table_of("Подія: Лекція\nПІБ;Ел. пошта\nП І;a@example.org\n", "KYV-1 - Учасники.csv")
        assert table.context == {"event_title": "Лекція"}

    def test_a_day_above_belongs_to_the_event_in_the_name(self, table_of):
        table = table_of("Дата: 14.02.2026\nПІБ;Ел. пошта\nП І;a@example.org\n", "Лекція - Учасники.csv")
        assert table.context == {"event_title": "Лекція", "event_starts": "14.02.2026"}

    def test_sheets_of_orders_are_no_sign_ups(self, table_of):
        with pytest.raises(ValueError, match="headers are not recognised"):
            table_of("Event name,Order code,Order total,Email,Phone number\nTalk,AAA,0,a@example.org,\n")
