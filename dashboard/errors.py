"""The error tree: every error says what is wrong and what to do, in Ukrainian and in English.

```
CivicspaceError
├── SettingsError        a setting is unknown, missing or out of range
├── StoreError           the store cannot be shown
│   ├── NothingPublished no snapshot has been published yet
│   ├── WrongContract    the snapshot was written for another version of the data contract
│   ├── DamagedSnapshot  a file of the snapshot is missing, altered or unreadable
│   ├── NoObjectStore    nothing installed reads the kind of object store that the URL names
│   └── UnreachableStore the object store does not answer
├── PrintError           a report cannot be printed as PDF
│   ├── NoChromium       there is no browser that prints
│   └── ChromiumFailed   the browser printed nothing
├── FilterError          a choice of filters contradicts itself
├── EditionError         an edition cannot be issued, found or handed out
│   ├── DamagedEdition   a file of an edition is missing, altered or unreadable
│   ├── OutdatedEdition  this version of the program can no longer make a file of an edition
│   ├── NoArchive        the store is an object store, and no folder is named for editions
│   └── ArchiveBusy      another process has been writing editions for too long
└── MailError            an edition cannot be sent
```

They are raised where the fault is seen and caught only at an edge: the command line and the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Bilingual:
    """One sentence in both languages."""

    uk: str
    en: str

    def in_language(self, lang: Literal["uk", "en"]) -> str:
        return self.uk if lang == "uk" else self.en


class CivicspaceError(Exception):
    """Root of the tree: ``text`` says what is wrong, ``remedy`` what to do about it."""

    def __init__(self, text: Bilingual, remedy: Bilingual) -> None:
        super().__init__(f"{text.en} {remedy.en}")
        self.text = text
        self.remedy = remedy


class SettingsError(CivicspaceError):
    """A setting is unknown, missing or out of range."""


class StoreError(CivicspaceError):
    """The store cannot be shown."""


class NothingPublished(StoreError):  # noqa: N818 - it is a state of the store, and its base says that it is an error
    """No snapshot has been published yet."""

    def __init__(self, store: object) -> None:
        super().__init__(
            Bilingual(
                f"У сховищі {store} ще немає опублікованих даних.",
                f"Nothing has been published in the store {store} yet.",
            ),
            Bilingual(
                "Завантажте дані: civicspace load --inbox ТЕКА.",
                "Load some data: civicspace load --inbox FOLDER.",
            ),
        )


class WrongContract(StoreError):  # noqa: N818 - as above
    """The snapshot was written for another version of the data contract."""

    def __init__(self, snapshot_id: str, found: int, expected: int) -> None:
        self.snapshot_id = snapshot_id
        super().__init__(
            Bilingual(
                f"Знімок {snapshot_id} записано за версією {found} опису даних, а потрібна версія {expected}.",
                f"Snapshot {snapshot_id} follows version {found} of the data contract; version {expected} is needed.",
            ),
            Bilingual(
                "Завантажте дані ще раз: civicspace load.",
                "Load the data again: civicspace load.",
            ),
        )


class DamagedSnapshot(StoreError):  # noqa: N818 - as above
    """A file of the snapshot is missing, altered or unreadable."""

    def __init__(self, snapshot_id: str, part: str, detail: Bilingual) -> None:
        self.snapshot_id = snapshot_id
        self.part = part
        super().__init__(
            Bilingual(
                f"Знімок {snapshot_id} пошкоджено: {part}: {detail.uk}.",
                f"Snapshot {snapshot_id} is damaged: {part}: {detail.en}.",
            ),
            Bilingual(
                "Завантажте дані ще раз (civicspace load) або поверніться до попередніх (civicspace snapshots).",
                "Load the data again (civicspace load) or go back to an earlier snapshot (civicspace snapshots).",
            ),
        )


class NoObjectStore(StoreError):  # noqa: N818 - as above
    """Nothing installed reads the kind of object store that the URL names."""

    def __init__(self, url: str, detail: str) -> None:
        scheme = url.partition("://")[0]
        super().__init__(
            Bilingual(
                f"Сховище за адресою {scheme}://… немає чим прочитати ({detail}).",
                f"There is nothing to read the store at {scheme}://… with ({detail}).",
            ),
            Bilingual(
                "Встановіть civicspace[objects] і пакет fsspec для цього виду сховища (для s3:// – s3fs).",
                "Install civicspace[objects] and the fsspec package for this kind of store (for s3://: s3fs).",
            ),
        )


class UnreachableStore(StoreError):  # noqa: N818 - as above
    """The object store does not answer."""

    def __init__(self, url: object) -> None:
        scheme = str(url).partition("://")[0]
        super().__init__(
            Bilingual(f"Сховище {scheme}://… не відповідає.", f"The store {scheme}://… does not answer."),
            Bilingual(
                "Перевірте мережу, адресу в CIVICSPACE_STORE і права доступу.",
                "Check the network, the address in CIVICSPACE_STORE and the access rights.",
            ),
        )


class PrintError(CivicspaceError):
    """A report cannot be printed as PDF."""


class NoChromium(PrintError):  # noqa: N818 - as above
    """There is no browser that prints."""

    def __init__(self, named: str | None) -> None:
        looked_for = "Chromium, Chrome, Edge" if named is None else named
        super().__init__(
            Bilingual(
                f"PDF друкує браузер Chromium, а його тут не знайдено ({looked_for}).",
                f"The PDF is printed by the Chromium browser, and none was found here ({looked_for}).",
            ),
            Bilingual(
                "Встановіть його (Debian, Ubuntu: sudo apt install chromium) або вкажіть шлях у CIVICSPACE_CHROMIUM. "
                "Без нього візьміть HTML: це той самий звіт, і будь-який браузер надрукує його в PDF.",
                "Install it (Debian, Ubuntu: sudo apt install chromium) or put its path into CIVICSPACE_CHROMIUM. "
                "Without it take the HTML: it is the same report, and any browser prints it to PDF.",
            ),
        )


class ChromiumFailed(PrintError):  # noqa: N818 - as above
    """The browser printed nothing."""

    def __init__(self, program: object, said: str) -> None:
        super().__init__(
            Bilingual(
                f"{program} не надрукував звіту в PDF: {said or 'причини не названо'}.",
                f"{program} did not print the report as PDF: {said or 'it gave no reason'}.",
            ),
            Bilingual(
                "Спробуйте ще раз; якщо не допоможе, візьміть HTML: будь-який браузер надрукує його в PDF.",
                "Try again; if that does not help take the HTML: any browser prints it to PDF.",
            ),
        )


class FilterError(CivicspaceError):
    """A choice of filters contradicts itself."""


class EditionError(CivicspaceError):
    """An edition cannot be issued, found or handed out."""


class DamagedEdition(EditionError):  # noqa: N818 - as above
    """A file of an edition is missing, altered or unreadable."""

    def __init__(self, reference: object, part: str) -> None:
        super().__init__(
            Bilingual(
                f"Випуск {reference} пошкоджено: {part} немає або його змінено після випуску.",
                f"Edition {reference} is damaged: {part} is missing or was altered after it was issued.",
            ),
            Bilingual(
                "Відновіть теку editions сховища з резервної копії.",
                "Restore the store's folder editions from a backup.",
            ),
        )


class OutdatedEdition(EditionError):  # noqa: N818 - as above
    """This version of the program can no longer make a file of an edition."""

    def __init__(self, reference: object, version: str) -> None:
        super().__init__(
            Bilingual(
                f"Випуск {reference} зроблено версією програми {version}; ця має інші визначення показників або "
                f"інший опис звіту й нового файлу до нього вже не зробить.",
                f"Edition {reference} was issued by program version {version}; this one has other definitions or "
                f"another model of the report and makes no new file of it.",
            ),
            Bilingual(
                "Візьміть файл, що вже є, або випустіть наступний: civicspace report.",
                "Take a file that is there already, or issue the next edition: civicspace report.",
            ),
        )


class NoArchive(EditionError):  # noqa: N818 - as above
    """The store is an object store, which is only read, and no folder is named for editions."""

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                "Сховище об’єктів лише читають, тож випускам потрібна тека, а її не вказано.",
                "An object store is only read, so editions need a folder, and none is named.",
            ),
            Bilingual(
                "Задайте CIVICSPACE_ARCHIVE: теку, спільну для всіх, хто випускає звіти.",
                "Set CIVICSPACE_ARCHIVE: a folder shared by everybody who issues reports.",
            ),
        )


class ArchiveBusy(EditionError):  # noqa: N818 - as above
    """Another process has been writing editions for too long."""

    def __init__(self, archive: object) -> None:
        super().__init__(
            Bilingual(f"У {archive} пише інший процес.", f"Another process is writing to {archive}."),
            Bilingual("Спробуйте, коли він закінчить.", "Try again when it has finished."),
        )


class MailError(CivicspaceError):
    """An edition cannot be sent."""
