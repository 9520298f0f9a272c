"""An edition as an e-mail: how it is written, and how it is handed to a mail server.

One message a recipient: nobody sees who else gets it. An error never repeats an address or what a server said, which
may hold one.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from dashboard.errors import Bilingual, MailError
from dashboard.reports.model import Edition
from dashboard.settings import MailSettings, Role, Security
from dashboard.text import dates
from dashboard.text.editions import say
from dashboard.text.report import say as say_in_report

WAITS_S: Final = (2.0, 8.0, 32.0)
"""How long to wait before each further try."""

_TIMEOUT_S: Final = 30.0
_MOST_FINDINGS: Final = 5

Post = Callable[[EmailMessage], None]
"""Hands one message to a mail server; raises what `smtplib` raises."""


@dataclass(frozen=True)
class Attachment:
    """One file of an edition."""

    name: str
    mime: str
    data: bytes


def message(
    edition: Edition, attachments: Sequence[Attachment], sender: str, recipient: str, written_at: datetime
) -> EmailMessage:
    """The edition as a message to one recipient.

    The same edition to the same recipient has the same Message-ID, so that a message that was handed over twice,
    because the answer got lost, is one message to most mail programs.
    """
    report, lang = edition.report, edition.report.lang
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = recipient
    demo = f"{say_in_report('demo', lang)}: " if report.is_demo else ""
    made["Subject"] = demo + say(
        "mail.subject", lang, city=report.city, month=dates.month_name(report.month, lang), number=edition.number
    )
    made["Date"] = format_datetime(written_at)
    made["Message-ID"] = f"<{fingerprint(edition, recipient)[:32]}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = lang
    made.set_content(_body(edition))
    for attachment in attachments:
        maintype, _, subtype = attachment.mime.partition("/")
        made.add_attachment(attachment.data, maintype=maintype, subtype=subtype, filename=attachment.name)
    return made


def fingerprint(edition: Edition, recipient: str) -> str:
    """Hash that is the same for the same edition, language and recipient, and tells nothing across editions."""
    return hashlib.sha256(f"{edition.stem}\n{recipient.casefold()}".encode()).hexdigest()


def post_by(settings: MailSettings, password: str | None) -> Post:
    """What hands messages to the mail server of the settings, each over a connection of its own."""

    def post(made: EmailMessage) -> None:
        context = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(settings.host, settings.port, timeout=_TIMEOUT_S, context=context)
            if settings.security is Security.TLS
            else smtplib.SMTP(settings.host, settings.port, timeout=_TIMEOUT_S)
        ) as server:
            if settings.security is Security.STARTTLS:
                server.starttls(context=context)
            if settings.user is not None and password is not None:
                server.login(settings.user, password)
            server.send_message(made)

    return post


def send(made: EmailMessage, post: Post, sleep: Callable[[float], None]) -> None:
    """Hand a message over; what may pass by itself is tried again after a while.

    Raises:
        MailError: the server refuses the message for good, or could not be reached in any of the tries.
    """
    for wait_s in (*WAITS_S, None):
        try:
            post(made)
        except OSError as error:  # smtplib's own errors are of this kind too
            if wait_s is None or not _may_pass(error):
                raise _told(error) from None  # the cause would hold addresses
            sleep(wait_s)
        else:
            return


def _body(edition: Edition) -> str:
    report, lang = edition.report, edition.report.lang
    day = dates.format_date(edition.issued_on or report.as_of_on, lang)
    lines = [
        say("mail.lead", lang, city=report.city, month=dates.month_name(report.month, lang)),
        say("mail.edition", lang, number=edition.number, day=day, as_of=dates.format_date(report.as_of_on, lang)),
        *([say_in_report("demo.text", lang)] if report.is_demo else []),
        *([say_in_report("analyst", lang)] if report.disclosure.role is Role.ANALYST else []),
        *(
            [say_in_report("unfinished", lang, as_of=dates.format_date(report.as_of_on, lang))]
            if report.is_unfinished
            else []
        ),
        "",
        *(f"• {finding.text}" for finding in report.findings[:_MOST_FINDINGS]),
    ]
    if edition.changes or edition.why:
        lines += ["", say("mail.changes", lang, count=len(edition.changes)), *(f"• {text}" for text in edition.why)]
    return "\n".join([*lines, "", say("mail.files", lang), ""])


def _code(error: OSError) -> int | None:
    """The server's answer; of several refused recipients the first one's."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), None)
    return None


def _may_pass(error: OSError) -> bool:
    code = _code(error)
    if code is not None:
        return 400 <= code < 500  # RFC 5321, 4.2.1: the command may be repeated later
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return not isinstance(error, ssl.SSLError)


def _told(error: OSError) -> MailError:
    code = _code(error)
    why = type(error).__name__ if code is None else str(code)
    return MailError(
        Bilingual(
            f"Поштовий сервер не прийняв листа ({why}).",
            f"The mail server did not take the message ({why}).",
        ),
        Bilingual("Перевірте налаштування CIVICSPACE_MAIL_*.", "Check the settings CIVICSPACE_MAIL_*."),
    )
