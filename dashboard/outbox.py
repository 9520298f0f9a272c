"""What was sent to whom: a record beside the editions, so that nobody gets the same edition twice unasked.

``STORE/editions/sent.jsonl`` has one line a message: when, which edition and language, which formats, and a hash that
is the recipient's for this edition alone. Addresses stand in the settings only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from dashboard.archive import FOLDER
from dashboard.errors import ArchiveBusy, Bilingual, MailError
from dashboard.reports import mail
from dashboard.reports.editions import Reference
from dashboard.reports.mail import Attachment, Post
from dashboard.reports.model import Edition
from dashboard.settings import MailSettings

_SENT: Final = "sent.jsonl"


@dataclass(frozen=True)
class Sent:
    """What became of an edition's messages."""

    sent_count: int
    already_count: int
    """How many recipients had this edition before, and did not get it again."""
    problems: tuple[Bilingual, ...]


def send_edition(
    store: Path,
    edition: Edition,
    attachments: Sequence[Attachment],
    settings: MailSettings,
    *,
    post: Post,
    sleep: Callable[[float], None],
    now: Callable[[], datetime],
    again: bool = False,
) -> Sent:
    """Send an edition to every recipient of the settings who has not had it, and record each message once it is taken.

    Args:
        store: the store's folder.
        edition: an issued edition in the language that is sent.
        attachments: its files.
        settings: who sends, and to whom.
        post: hands one message over.
        sleep: waits between tries.
        now: the clock.
        again: also to those who have had it.

    Raises:
        ArchiveBusy: another process is sending.
    """
    sent, already, problems = 0, 0, []
    with _sending(store):
        had = {record["to"] for record in _records(store) if isinstance(record.get("to"), str)}
        for place, recipient in enumerate(settings.recipients, start=1):
            key = mail.fingerprint(edition, recipient)
            if key in had and not again:
                already += 1
                continue
            try:
                mail.send(mail.message(edition, attachments, settings.sender, recipient, now()), post, sleep)
            except MailError as error:
                problems.append(_of_recipient(error, place, len(settings.recipients)))
                continue
            _append(store, edition, attachments, key, now())
            sent += 1
    return Sent(sent, already, tuple(problems))


def _of_recipient(error: MailError, place: int, count: int) -> Bilingual:
    return Bilingual(
        f"Отримувач {place} із {count}: {error.text.uk} {error.remedy.uk}",
        f"Recipient {place} of {count}: {error.text.en} {error.remedy.en}",
    )


@contextmanager
def _sending(store: Path) -> Iterator[None]:
    archive = store / FOLDER
    archive.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(archive / ".sending.lock", timeout=0):
            yield
    except Timeout as error:
        raise ArchiveBusy(archive / _SENT) from error


def _records(store: Path) -> Iterator[dict[str, object]]:
    try:
        lines = (store / FOLDER / _SENT).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue  # a line that a power cut left short
        if isinstance(record, dict):
            yield record


def _append(store: Path, edition: Edition, attachments: Sequence[Attachment], key: str, at: datetime) -> None:
    report = edition.report
    reference = Reference(report.city_id, report.month, report.disclosure.role, edition.number or 0)
    record = {
        "sent_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "edition": str(reference),
        "lang": report.lang,
        "files": [attachment.name for attachment in attachments],
        "to": key,
    }
    with (store / FOLDER / _SENT).open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            # A line that was left short is closed, so that it spoils no other.
            file.write(b"" if file.read(1) == b"\n" else b"\n")
        file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
