"""The words about editions in files, in e-mails and on the command line, Ukrainian and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.words import Wordbook, Words

_WORDS: Final[Mapping[str, Words]] = {
    "why.reason": Words("Пояснення: {reason}.", "Stated reason: {reason}."),
    "why.files.changed": Words("Змінено файли: {list}.", "Files that changed: {list}."),
    "why.files.added": Words("Надійшли файли: {list}.", "Files that came: {list}."),
    "why.files.gone": Words("Вилучено файли: {list}.", "Files that went: {list}."),
    "why.more": Words(" і ще {count}", " and {count} more"),
    "why.definitions": Words("Змінено визначення показників: {list}.", "Figures defined otherwise: {list}."),
    "why.code": Words(
        "Інша версія програми: була {old}, тепер {new}.", "Another version of the program: {old}, now {new}."
    ),
    "why.finished": Words(
        "Місяць завершився: дані станом на {as_of}.", "The month is over: the data are as of {as_of}."
    ),
    "why.groups": Words(
        "Інший поріг малих груп: був {old}, тепер {new}.", "Another threshold for small groups: {old}, now {new}."
    ),
    "why.unknown": Words(
        "Файли, визначення й версія програми ті самі; причину не вказано.",
        "Files, definitions and program version are the same; no reason was stated.",
    ),
    "why.incomparable": Words(
        "Випуск {old} зроблено іншою версією програми: порівняти з ним числа вже не можна.",
        "Edition {old} was issued by another version of the program: its numbers can no longer be compared.",
    ),
    "why.parts": Words("Крім чисел, змінено: {list}.", "Besides numbers, changed: {list}."),
    "part.silent": Words("перелік просторів без подій", "the list of spaces without any event"),
    "part.gaps": Words("повноту даних", "how complete the data are"),
    "mail.subject": Words(
        "{city}, {month}: звіт про громадські простори, випуск {number}",
        "{city}, {month}: report on civic spaces, edition {number}",
    ),
    "mail.lead": Words(
        "Громадські простори: {city}, {month}. Звіт у вкладених файлах.",
        "Civic spaces: {city}, {month}. The report is attached.",
    ),
    "mail.edition": Words(
        "Випуск {number} від {day}; дані станом на {as_of}.", "Edition {number} of {day}; data as of {as_of}."
    ),
    "mail.changes": Words(
        "Чисел, змінених проти попереднього випуску: {count}. Чому:",
        "Numbers that changed since the edition before: {count}. Why:",
    ),
    "mail.files": Words(
        "Лист надіслано автоматично. Числа випуску не змінюються; виправлення виходять наступним випуском.",
        "This message was sent automatically. An edition never changes; corrections come as the next edition.",
    ),
    "cli.issued": Words("Випуск {reference}: новий.", "Edition {reference}: new."),
    "cli.same": Words(
        "Випуск {reference} від {day}: відтоді нічого не змінилося.",
        "Edition {reference} of {day}: nothing has changed since.",
    ),
    "cli.reason": Words("Пояснення не записано: нового випуску немає.", "The reason is not filed: no new edition."),
    "cli.changed": Words("Змінено чисел: {count}.", "Numbers that changed: {count}."),
    "cli.unfinished": Words(
        "Місяць ще триває: числа випуску неповні.", "The month is not over: the edition's numbers are incomplete."
    ),
    "cli.months": Words("Місяці", "Months"),
    "cli.sent": Words("Надіслано листів: {sent}.", "Messages sent: {sent}."),
    "cli.already": Words(
        "Цей випуск уже мають отримувачів: {count} (ще раз – з --again).",
        "Recipients who have this edition already: {count} (once more: --again).",
    ),
    "cli.none": Words("Випусків немає.", "There are no editions."),
    "cli.damaged": Words("Пошкоджено випуск {reference}.", "Edition {reference} is damaged."),
    "cli.no_changes": Words("Відмінностей немає.", "There are no differences."),
    "cli.now": Words("дані сьогодні", "the data today"),
    "list.reference": Words("Випуск", "Edition"),
    "list.issued_on": Words("Дата", "Date"),
    "list.as_of_on": Words("Дані станом на", "Data as of"),
    "list.changes_count": Words("Змінено чисел", "Numbers changed"),
    "list.why": Words("Чому", "Why"),
    "diff.place": Words("Де", "Where"),
    "diff.figure": Words("Показник", "Figure"),
    "diff.month": Words("Місяць", "Month"),
    "diff.before": Words("Було", "Before"),
    "diff.after": Words("Стало", "After"),
    "diff.none": Words("немає рядка", "no such row"),
    "schedule": Words(
        """\
Перевіряти щодня і надсилати, коли вийшов новий випуск; хто випуск уже має, вдруге його не отримає.

cron (crontab -e):

20 7 * * *  {environment}{command} report --out {out} --send

systemd: /etc/systemd/system/civicspace-report.service

[Unit]
Description=civicspace: випуск за останній завершений місяць

[Service]
Type=oneshot
Environment=CIVICSPACE_STORE={store}
EnvironmentFile=-/etc/civicspace/mail.env
ExecStart={command} report --out {out} --send

/etc/systemd/system/civicspace-report.timer

[Unit]
Description=civicspace: щодня о 7:20

[Timer]
OnCalendar=*-*-* 07:20:00
Persistent=true

[Install]
WantedBy=timers.target

Далі: systemctl enable --now civicspace-report.timer
Налаштування пошти: docs/reports.md
""",
        """\
Check every day and send when a new edition is out; who has an edition does not get it twice.

cron (crontab -e):

20 7 * * *  {environment}{command} report --out {out} --send

systemd: /etc/systemd/system/civicspace-report.service

[Unit]
Description=civicspace: edition of the last finished month

[Service]
Type=oneshot
Environment=CIVICSPACE_STORE={store}
EnvironmentFile=-/etc/civicspace/mail.env
ExecStart={command} report --out {out} --send

/etc/systemd/system/civicspace-report.timer

[Unit]
Description=civicspace: every day at 7:20

[Timer]
OnCalendar=*-*-* 07:20:00
Persistent=true

[Install]
WantedBy=timers.target

Then: systemctl enable --now civicspace-report.timer
Mail settings: docs/reports.md
""",
    ),
}

KEYS: Final = frozenset(_WORDS)

say: Final = Wordbook(_WORDS).say
