"""What the one who runs the server decides: one frozen ``Settings``, built once from a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal, Self

from dashboard.errors import Bilingual, SettingsError

Language = Literal["uk", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("uk", "en")

PREFIX: Final = "CIVICSPACE_"
STORE: Final = "CIVICSPACE_STORE"
ROLE: Final = "CIVICSPACE_ROLE"
MIN_GROUP_SIZE: Final = "CIVICSPACE_MIN_GROUP_SIZE"
CITY: Final = "CIVICSPACE_CITY"
LANG: Final = "CIVICSPACE_LANG"
KEY: Final = "CIVICSPACE_KEY"
KEY_FILE: Final = "CIVICSPACE_KEY_FILE"
KNOWN: Final = (STORE, ROLE, MIN_GROUP_SIZE, CITY, LANG, KEY, KEY_FILE)
"""Every name a setting may have. The key's two belong to the ETL and are not read here."""

DEFAULT_MIN_GROUP_SIZE: Final = 5
SMALLEST_MIN_GROUP_SIZE: Final = 2


class Role(StrEnum):
    """What a visitor may see: ``public`` never sees small groups, ``analyst`` sees every count."""

    PUBLIC = "public"
    ANALYST = "analyst"


@dataclass(frozen=True)
class Settings:
    """Settings of one server.

    Raises:
        SettingsError: ``min_group_size`` is below 2.
    """

    store: Path
    role: Role = Role.PUBLIC
    """Public unless it is said otherwise: a forgotten setting must not show small groups."""
    min_group_size: int = DEFAULT_MIN_GROUP_SIZE
    default_city: str | None = None
    default_lang: Language = "uk"

    def __post_init__(self) -> None:
        if self.min_group_size < SMALLEST_MIN_GROUP_SIZE:
            raise _wrong(MIN_GROUP_SIZE, str(self.min_group_size), f"≥ {SMALLEST_MIN_GROUP_SIZE}")

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, str], *, default_store: Path | None = None) -> Self:
        """Build the settings from an environment; names without the prefix ``CIVICSPACE_`` are passed over.

        A blank value is the same as none. ``default_store`` is the store where the mapping names none.

        Raises:
            SettingsError: a name is unknown, a value is not allowed, or there is no store.
        """
        unknown = sorted(name for name in mapping if name.startswith(PREFIX) and name not in KNOWN)
        if unknown:
            raise SettingsError(
                Bilingual(f"Невідомі налаштування: {', '.join(unknown)}.", f"Unknown settings: {', '.join(unknown)}."),
                Bilingual(f"Відомі: {', '.join(KNOWN)}.", f"Known ones: {', '.join(KNOWN)}."),
            )
        values = {name: mapping[name].strip() for name in KNOWN if mapping.get(name, "").strip()}
        store = Path(values[STORE]) if STORE in values else default_store
        if store is None:
            raise SettingsError(
                Bilingual("Не вказано, де сховище даних.", "The data store is not named."),
                Bilingual(f"Задайте {STORE}.", f"Set {STORE}."),
            )
        role = values.get(ROLE, Role.PUBLIC.value)
        if role not in tuple(Role):
            raise _wrong(ROLE, role, ", ".join(Role))
        lang = values.get(LANG, "uk")
        if lang not in LANGUAGES:
            raise _wrong(LANG, lang, ", ".join(LANGUAGES))
        return cls(
            store=store,
            role=Role(role),
            min_group_size=_whole_number(MIN_GROUP_SIZE, values.get(MIN_GROUP_SIZE, str(DEFAULT_MIN_GROUP_SIZE))),
            default_city=values.get(CITY),
            default_lang=lang,
        )


def _whole_number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise _wrong(name, value, f"≥ {SMALLEST_MIN_GROUP_SIZE}")
    return int(value)


def _wrong(name: str, value: str, allowed: str) -> SettingsError:
    return SettingsError(
        Bilingual(f"{name}: значення {value!r} не підходить.", f"{name}: the value {value!r} is not allowed."),
        Bilingual(f"Дозволено: {allowed}.", f"Allowed: {allowed}."),
    )
