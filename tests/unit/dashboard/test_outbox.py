import json
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from filelock import FileLock

from dashboard.errors import ArchiveBusy, MailError
from dashboard.metrics.disclosure import Disclosure
from dashboard.outbox import Sent, send_edition
from dashboard.reports import mail
from dashboard.reports.editions import Content
from dashboard.reports.mail import WAITS_S, Attachment
from dashboard.reports.model import Edition
from dashboard.settings import MailSettings, Role, Security

NOW = datetime(2026, 11, 15, 7, 20, tzinfo=UTC)
PDF = Attachment("civicspace-kyiv-2026-10-public-1-uk.pdf", "application/pdf", b"%PDF-")
SETTINGS = MailSettings(
    host="mail.example.org",
    port=587,
    security=Security.STARTTLS,
    sender="civicspace@example.org",
    recipients=("olena@example.org", "deputy@example.org"),
)


@pytest.fixture(scope="module")
def edition(frozen: Callable[[Role], Content]) -> Edition:
    return Edition(frozen(Role.PUBLIC).reports["uk"], 1, date(2026, 11, 15), (), ())


class Server:
    """Answers each message with the next of the given errors, and takes it when there are no more."""

    def __init__(self, *errors: OSError) -> None:
        self.errors = list(errors)
        self.taken: list[EmailMessage] = []
        self.slept: list[float] = []

    def post(self, made: EmailMessage) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(made)

    def send(self, store: Path, edition: Edition, settings: MailSettings = SETTINGS, *, again: bool = False) -> Sent:
        return send_edition(
            store, edition, [PDF], settings, post=self.post, sleep=self.slept.append, now=lambda: NOW, again=again
        )


# --- the message --------------------------------------------------------------------------------------


def test_a_message_says_which_edition_it_carries_and_to_one_alone(edition: Edition) -> None:
    made = mail.message(edition, [PDF], "civicspace@example.org", "olena@example.org", NOW)
    assert (made["From"], made["To"], made["Cc"], made["Bcc"]) == (
        "civicspace@example.org",
        "olena@example.org",
        None,
        None,
    )
    assert made["Subject"] == "Київ, жовтень\u00a02026: звіт про громадські простори, випуск 1"
    assert made["Date"] == "Sun, 15 Nov 2026 07:20:00 +0000"
    (attachment,) = made.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type(), attachment.get_content()) == (
        PDF.name,
        "application/pdf",
        PDF.data,
    )
    body = made.get_body(("plain",)).get_content()
    assert edition.report.findings[0].text in body
    assert "Для службового користування" not in body
    assert made.as_bytes()


def test_demonstration_unfinished_and_internal_editions_say_so(edition: Edition) -> None:
    report = replace(edition.report, is_demo=True, is_unfinished=True, disclosure=Disclosure(Role.ANALYST))
    second = replace(edition, report=report, number=2, why=("Пояснення: уточнено",))
    made = mail.message(second, [], "a@example.org", "b@example.org", NOW)
    assert made["Subject"].startswith("Демонстраційні дані: ")
    body = made.get_body(("plain",)).get_content()
    for said in ("Не для рішень", "Для службового користування", "Місяць ще тривав", "Пояснення: уточнено"):
        assert said in body


def test_the_same_edition_to_the_same_recipient_is_the_same_message(edition: Edition) -> None:
    def number(of: Edition, to: str) -> str:
        return str(mail.message(of, [], "a@example.org", to, NOW)["Message-ID"])

    assert number(edition, "b@example.org") == number(edition, "B@EXAMPLE.org")
    others = {number(edition, "c@example.org"), number(replace(edition, number=2), "b@example.org")}
    assert len(others | {number(edition, "b@example.org")}) == 3


# --- tries --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(111, "refused"),
        TimeoutError(),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPResponseException(400, b"later"),
        smtplib.SMTPDataError(499, b"later"),
        smtplib.SMTPRecipientsRefused({"olena@example.org": (451, b"grey list")}),
    ],
    ids=repr,
)
def test_what_may_pass_is_tried_again(tmp_path: Path, edition: Edition, error: OSError) -> None:
    server = Server(error, error)
    assert server.send(tmp_path, edition) == Sent(2, 0, ())
    assert server.slept == list(WAITS_S[:2])


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPAuthenticationError(535, b"no olena@example.org here"),
        smtplib.SMTPDataError(500, b"never"),
        smtplib.SMTPRecipientsRefused({"olena@example.org": (550, b"no olena@example.org here")}),
        smtplib.SMTPNotSupportedError("no STARTTLS"),
        ssl.SSLCertVerificationError("self-signed"),
    ],
    ids=repr,
)
def test_what_is_refused_for_good_is_told_once_and_without_the_address(
    tmp_path: Path, edition: Edition, error: OSError
) -> None:
    server = Server(error)
    sent = server.send(tmp_path, edition)
    assert (sent.sent_count, server.slept) == (1, [])
    (problem,) = sent.problems
    assert problem.uk.startswith("Отримувач 1 із 2: Поштовий сервер не прийняв листа (")
    assert "olena" not in problem.uk + problem.en
    assert [made["To"] for made in server.taken] == ["deputy@example.org"]


def test_after_the_last_try_it_is_told(tmp_path: Path, edition: Edition) -> None:
    tries = len(WAITS_S) + 1
    server = Server(*[TimeoutError()] * tries)
    sent = server.send(tmp_path, edition, replace(SETTINGS, recipients=("olena@example.org",)))
    assert (sent.sent_count, len(sent.problems)) == (0, 1)
    assert server.slept == list(WAITS_S)
    enough = Server(*[TimeoutError()] * (tries - 1))
    assert enough.send(tmp_path, edition, replace(SETTINGS, recipients=("olena@example.org",))).sent_count == 1


def test_an_error_keeps_no_cause_that_holds_an_address(edition: Edition) -> None:
    server = Server(smtplib.SMTPRecipientsRefused({"olena@example.org": (550, b"")}))
    with pytest.raises(MailError) as caught:
        mail.send(mail.message(edition, [], "a@example.org", "b@example.org", NOW), server.post, server.slept.append)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


# --- the record ---------------------------------------------------------------------------------------


def test_who_had_an_edition_does_not_get_it_again_unless_told(tmp_path: Path, edition: Edition) -> None:
    server = Server()
    assert server.send(tmp_path, edition) == Sent(2, 0, ())
    assert server.send(tmp_path, edition) == Sent(0, 2, ())
    assert server.send(tmp_path, edition, again=True) == Sent(2, 0, ())
    assert server.send(tmp_path, replace(edition, number=2)) == Sent(2, 0, ())
    english = replace(edition, report=replace(edition.report, lang="en"))
    assert server.send(tmp_path, english) == Sent(2, 0, ())


def test_a_recipient_who_was_added_gets_it_alone(tmp_path: Path, edition: Edition) -> None:
    server = Server()
    server.send(tmp_path, edition)
    more = replace(SETTINGS, recipients=("OLENA@example.org", *SETTINGS.recipients, "new@example.org"))
    assert server.send(tmp_path, edition, more) == Sent(1, 3, ())
    assert server.taken[-1]["To"] == "new@example.org"


def test_whoever_was_refused_gets_it_the_next_time(tmp_path: Path, edition: Edition) -> None:
    refused = Server(smtplib.SMTPDataError(550, b""))
    refused.send(tmp_path, edition)
    later = Server()
    assert later.send(tmp_path, edition) == Sent(1, 1, ())
    assert [made["To"] for made in later.taken] == ["olena@example.org"]


def test_the_record_names_edition_and_files_and_nobody(tmp_path: Path, edition: Edition) -> None:
    Server().send(tmp_path, edition)
    text = (tmp_path / "editions/sent.jsonl").read_text()
    records = [json.loads(line) for line in text.splitlines()]
    assert {(each["sent_at"], each["edition"], each["lang"], *each["files"]) for each in records} == {
        ("2026-11-15T07:20:00+00:00", "kyiv/2026-10/public/1", "uk", PDF.name)
    }
    assert "example.org" not in text
    Server().send(tmp_path, replace(edition, number=2))
    every = [json.loads(line)["to"] for line in (tmp_path / "editions/sent.jsonl").read_text().splitlines()]
    assert len(set(every)) == 4


def test_a_line_that_was_left_short_spoils_no_other(tmp_path: Path, edition: Edition) -> None:
    Server().send(tmp_path, edition)
    record = tmp_path / "editions/sent.jsonl"
    record.write_bytes(record.read_bytes()[:-20])
    assert Server().send(tmp_path, edition) == Sent(1, 1, ())
    assert Server().send(tmp_path, edition) == Sent(0, 2, ())


def test_two_do_not_send_at_once(tmp_path: Path, edition: Edition) -> None:
    (tmp_path / "editions").mkdir()
    with FileLock(tmp_path / "editions/.sending.lock"), pytest.raises(ArchiveBusy):
        Server().send(tmp_path, edition)
