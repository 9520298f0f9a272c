"""What the one who runs the server decides: one frozen ``Settings``, built once from a mapping."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal, Self

from dashboard.errors import Bilingual, NoArchive, SettingsError
from dashboard.places import is_url

Language = Literal["uk", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("uk", "en")

PREFIX: Final = "CIVICSPACE_"
_OF_LOADS: Final = f"{PREFIX}MAX_"
"""Limits of files: a load reads them and says which it does not know."""
STORE: Final = "CIVICSPACE_STORE"
ARCHIVE: Final = "CIVICSPACE_ARCHIVE"
ROLE: Final = "CIVICSPACE_ROLE"
MIN_GROUP_SIZE: Final = "CIVICSPACE_MIN_GROUP_SIZE"
CITY: Final = "CIVICSPACE_CITY"
LANG: Final = "CIVICSPACE_LANG"
KEY: Final = "CIVICSPACE_KEY"
KEY_FILE: Final = "CIVICSPACE_KEY_FILE"
CHROMIUM: Final = "CIVICSPACE_CHROMIUM"
PUBLIC_URL: Final = "CIVICSPACE_PUBLIC_URL"
TILES_URL: Final = "CIVICSPACE_TILES_URL"
TILES_ATTRIBUTION: Final = "CIVICSPACE_TILES_ATTRIBUTION"
MAIL_HOST: Final = "CIVICSPACE_MAIL_HOST"
MAIL_PORT: Final = "CIVICSPACE_MAIL_PORT"
MAIL_SECURITY: Final = "CIVICSPACE_MAIL_SECURITY"
MAIL_USER: Final = "CIVICSPACE_MAIL_USER"
MAIL_PASSWORD: Final = "CIVICSPACE_MAIL_PASSWORD"  # noqa: S105 - the setting's name
MAIL_PASSWORD_FILE: Final = "CIVICSPACE_MAIL_PASSWORD_FILE"  # noqa: S105 - the setting's name
MAIL_FROM: Final = "CIVICSPACE_MAIL_FROM"
MAIL_TO: Final = "CIVICSPACE_MAIL_TO"
_MAIL: Final = (
    MAIL_HOST,
    MAIL_PORT,
    MAIL_SECURITY,
    MAIL_USER,
    MAIL_PASSWORD,
    MAIL_PASSWORD_FILE,
    MAIL_FROM,
    MAIL_TO,
)
KNOWN: Final = (
    STORE,
    ARCHIVE,
    ROLE,
    MIN_GROUP_SIZE,
    CITY,
    LANG,
    KEY,
    KEY_FILE,
    CHROMIUM,
    PUBLIC_URL,
    TILES_URL,
    TILES_ATTRIBUTION,
    *_MAIL,
)
"""Every name a setting may have. The key's two belong to the ETL and are not read here."""

DEFAULT_MIN_GROUP_SIZE: Final = 5
SMALLEST_MIN_GROUP_SIZE: Final = 2


_ADDRESS: Final = re.compile(r"[^\s@,;:<>\"()\[\]\\\x00-\x1f\x7f]{1,64}@[^\s@,;:<>\"()\[\]\\\x00-\x1f\x7f]{1,255}")
_URL: Final = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_TILES: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/{}?&=%-]*)")
_TILE_PLACES: Final = ("{z}", "{x}", "{y}")
_NOT_SHOWN: Final = "…"
_LAST_PORT: Final = 65_535


class Role(StrEnum):
    """What a visitor may see: ``public`` never sees small groups, ``analyst`` sees every count."""

    PUBLIC = "public"
    ANALYST = "analyst"


class Security(StrEnum):
    """How the way to the mail server is kept secret."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS: Final = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True)
class MailSettings:
    """How editions are sent. Addresses and the password are in no text that the object gives of itself.

    Raises:
        SettingsError: something is missing or out of range.
    """

    host: str
    port: int
    security: Security
    sender: str = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    password_file: Path | None = None
    """Where the password is read from when an edition is sent."""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> Self | None:
        """Build the settings from those that are there; None where no mail server is named."""
        if MAIL_HOST not in values:
            if any(name in values for name in _MAIL):
                raise _missing(MAIL_HOST)
            return None
        security = values.get(MAIL_SECURITY, Security.STARTTLS.value)
        if security not in tuple(Security):
            raise _wrong(MAIL_SECURITY, security, ", ".join(Security))
        port = values.get(MAIL_PORT, str(_PORTS[Security(security)]))
        if not (port.isascii() and port.isdigit() and 1 <= int(port) <= _LAST_PORT):
            raise _wrong(MAIL_PORT, port, f"1 … {_LAST_PORT}")
        _check_password(values, security)
        (sender,) = _addresses(MAIL_FROM, values, at_most=1)
        return cls(
            host=values[MAIL_HOST],
            port=int(port),
            security=Security(security),
            sender=sender,
            recipients=_addresses(MAIL_TO, values),
            user=values.get(MAIL_USER),
            password=values.get(MAIL_PASSWORD),
            password_file=Path(values[MAIL_PASSWORD_FILE]) if MAIL_PASSWORD_FILE in values else None,
        )


def _addresses(name: str, values: Mapping[str, str], *, at_most: int | None = None) -> tuple[str, ...]:
    """The addresses of a setting, each once. They are people's, so no error repeats them."""
    if name not in values:
        raise _missing(name)
    addresses = tuple(dict.fromkeys(each.strip() for each in values[name].split(",") if each.strip()))
    is_wrong = not addresses or not all(_ADDRESS.fullmatch(address) for address in addresses)
    if is_wrong or (at_most is not None and len(addresses) > at_most):
        raise _wrong(name, _NOT_SHOWN, "post@example.org" if at_most == 1 else "post@example.org, other@example.org")
    return addresses


def _check_password(values: Mapping[str, str], security: str) -> None:
    """A password comes once, with a user, and never over an open way to another machine."""
    given = [name for name in (MAIL_PASSWORD, MAIL_PASSWORD_FILE) if name in values]
    if len(given) > 1:
        raise _wrong(MAIL_PASSWORD, _NOT_SHOWN, f"{MAIL_PASSWORD} / {MAIL_PASSWORD_FILE}")
    if bool(given) != (MAIL_USER in values):
        raise _missing(MAIL_USER if given else MAIL_PASSWORD_FILE)
    if given and security == Security.NONE and not is_loopback(values[MAIL_HOST]):
        raise _wrong(MAIL_SECURITY, security, f"{Security.STARTTLS}, {Security.TLS}")


@dataclass(frozen=True)
class Settings:
    """Settings of one server.

    Raises:
        SettingsError: ``min_group_size`` is below 2.
    """

    store: Path | str
    """Folder of the store, or the fsspec URL of an object store."""
    role: Role = Role.PUBLIC
    """Public unless it is said otherwise: a forgotten setting must not show small groups."""
    min_group_size: int = DEFAULT_MIN_GROUP_SIZE
    default_city: str | None = None
    default_lang: Language = "uk"
    chromium: str | None = None
    """Path or name of the browser that prints PDF; None looks for the usual names."""
    mail: MailSettings | None = None
    """None where no mail server is named: nothing can be sent."""
    public_url: str | None = None
    """Where everybody finds the pages: what a QR code leads to."""
    archive: Path | None = None
    """Folder that editions are kept in; None: the store's own, if that is a folder."""
    tiles_url: str | None = None
    """Street tiles for the map, with the places ``{z}``, ``{x}`` and ``{y}``; None asks no other host for anything."""
    tiles_attribution: str = "© OpenStreetMap"
    """Whom the map names for the tiles."""

    @property
    def tiles_origin(self) -> str | None:
        """The host that browsers may ask for tiles; None where no tiles are named."""
        return None if self.tiles_url is None else "/".join(self.tiles_url.split("/", 3)[:3])

    def __post_init__(self) -> None:
        if self.min_group_size < SMALLEST_MIN_GROUP_SIZE:
            raise _wrong(MIN_GROUP_SIZE, str(self.min_group_size), f"≥ {SMALLEST_MIN_GROUP_SIZE}")

    @property
    def editions_in(self) -> Path:
        """Folder below which editions are kept.

        Raises:
            NoArchive: the store is an object store and no folder was named.
        """
        return archive_of(self.store, self.archive)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, str], *, default_store: Path | None = None) -> Self:
        """Build the settings from an environment; names without the prefix ``CIVICSPACE_`` are passed over.

        A blank value is the same as none. ``default_store`` is the store where the mapping names none.

        Raises:
            SettingsError: a name is unknown, a value is not allowed, or there is no store.
        """
        unknown = sorted(
            name for name in mapping if name.startswith(PREFIX) and name not in KNOWN and not name.startswith(_OF_LOADS)
        )
        if unknown:
            raise SettingsError(
                Bilingual(f"Невідомі налаштування: {', '.join(unknown)}.", f"Unknown settings: {', '.join(unknown)}."),
                Bilingual(f"Відомі: {', '.join(KNOWN)}.", f"Known ones: {', '.join(KNOWN)}."),
            )
        values = {name: mapping[name].strip() for name in KNOWN if mapping.get(name, "").strip()}
        store = named_store(values[STORE]) if STORE in values else default_store
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
        public_url = values.get(PUBLIC_URL)
        if public_url is not None and not _URL.fullmatch(public_url):
            raise _wrong(PUBLIC_URL, public_url, "https://…, http://…")
        tiles_url = values.get(TILES_URL)
        if tiles_url is not None and not _are_tiles(tiles_url):
            raise _wrong(TILES_URL, tiles_url, "https://…/{z}/{x}/{y}.png")
        return cls(
            store=store,
            role=Role(role),
            min_group_size=_whole_number(MIN_GROUP_SIZE, values.get(MIN_GROUP_SIZE, str(DEFAULT_MIN_GROUP_SIZE))),
            default_city=values.get(CITY),
            default_lang=lang,
            chromium=values.get(CHROMIUM),
            mail=MailSettings.from_values(values),
            public_url=public_url,
            archive=Path(values[ARCHIVE]) if ARCHIVE in values else None,
            tiles_url=tiles_url,
            tiles_attribution=values.get(TILES_ATTRIBUTION, cls.tiles_attribution),
        )


def named_store(text: str) -> Path | str:
    """The store that a text names: an fsspec URL as it stands, or a folder."""
    return text if is_url(text) else Path(text)


def archive_of(store: Path | str, archive: Path | None) -> Path:
    """Folder below which the editions of a store are kept: the one that was named, else the store's own.

    Raises:
        NoArchive: the store is an object store and no folder was named.
    """
    if archive is not None:
        return archive
    if is_url(store):
        raise NoArchive
    return Path(store)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address; a name other than localhost counts as reachable."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _are_tiles(url: str) -> bool:
    places = all(url.count(place) == 1 for place in _TILE_PLACES)
    return places and _TILES.fullmatch(url) is not None and url.count("{") == len(_TILE_PLACES)


def _whole_number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise _wrong(name, value, f"≥ {SMALLEST_MIN_GROUP_SIZE}")
    return int(value)


def _missing(name: str) -> SettingsError:
    return SettingsError(
        Bilingual(f"Пошту налаштовано не до кінця: бракує {name}.", f"Mail is set up in part: {name} is missing."),
        Bilingual(f"Задайте {name}.", f"Set {name}."),
    )


def _wrong(name: str, value: str, allowed: str) -> SettingsError:
    return SettingsError(
        Bilingual(f"{name}: значення {value!r} не підходить.", f"{name}: the value {value!r} is not allowed."),
        Bilingual(f"Дозволено: {allowed}.", f"Allowed: {allowed}."),
    )
