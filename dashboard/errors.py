"""The error tree: every error says what is wrong and what to do, in Ukrainian and in English.

```
CivicspaceError
├── SettingsError        a setting is unknown, missing or out of range
├── StoreError           the store cannot be shown
│   ├── NothingPublished no snapshot has been published yet
│   ├── WrongContract    the snapshot was written for another version of the data contract
│   └── DamagedSnapshot  a file of the snapshot is missing, altered or unreadable
└── FilterError          a choice of filters contradicts itself
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


class FilterError(CivicspaceError):
    """A choice of filters contradicts itself."""
