from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.errors import CivicspaceError, SettingsError
from dashboard.settings import KNOWN, MailSettings, Role, Security, Settings


def test_without_a_word_the_role_is_public() -> None:
    settings = Settings.from_mapping({"CIVICSPACE_STORE": "/data"})
    assert settings == Settings(Path("/data"), Role.PUBLIC, 5, None, "uk")


def test_every_setting_is_read() -> None:
    settings = Settings.from_mapping(
        {
            "CIVICSPACE_STORE": "/data",
            "CIVICSPACE_ROLE": "analyst",
            "CIVICSPACE_MIN_GROUP_SIZE": "10",
            "CIVICSPACE_CITY": "lviv",
            "CIVICSPACE_LANG": "en",
            "CIVICSPACE_KEY_FILE": "/elsewhere",
            "HOME": "/root",
        }
    )
    assert settings == Settings(Path("/data"), Role.ANALYST, 10, "lviv", "en")


def test_the_key_is_not_kept() -> None:
    assert "secret" not in repr(Settings.from_mapping({"CIVICSPACE_STORE": "/data", "CIVICSPACE_KEY": "secret"}))


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="CIVICSPACE_ROL") as caught:
        Settings.from_mapping({"CIVICSPACE_STORE": "/data", "CIVICSPACE_ROL": "analyst"})
    assert all(name in caught.value.remedy.uk and name in caught.value.remedy.en for name in KNOWN)


def test_a_limit_of_loads_stops_no_page() -> None:
    """Whoever sets both in one place serves pages with it too."""
    assert Settings.from_mapping({"CIVICSPACE_STORE": "/data", "CIVICSPACE_MAX_ROWS": "5"}).store == Path("/data")


@pytest.mark.parametrize(
    ("size", "is_allowed"), [("1", False), ("2", True), ("3", True), ("-5", False), ("п’ять", False)]
)
def test_the_smallest_group_has_two(size: str, is_allowed: bool) -> None:
    mapping = {"CIVICSPACE_STORE": "/data", "CIVICSPACE_MIN_GROUP_SIZE": size}
    if is_allowed:
        assert Settings.from_mapping(mapping).min_group_size == int(size)
    else:
        with pytest.raises(SettingsError, match="CIVICSPACE_MIN_GROUP_SIZE"):
            Settings.from_mapping(mapping)


@pytest.mark.parametrize(("name", "value"), [("CIVICSPACE_ROLE", "admin"), ("CIVICSPACE_LANG", "ru")])
def test_a_value_that_is_not_allowed_is_named_with_those_that_are(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}.*{value}.*Allowed"):
        Settings.from_mapping({"CIVICSPACE_STORE": "/data", name: value})


def test_a_blank_is_the_same_as_none_and_the_store_may_have_a_default() -> None:
    settings = Settings.from_mapping({"CIVICSPACE_STORE": " ", "CIVICSPACE_ROLE": ""}, default_store=Path("/here"))
    assert (settings.store, settings.role) == (Path("/here"), Role.PUBLIC)


def test_no_store_is_an_error() -> None:
    with pytest.raises(CivicspaceError, match="CIVICSPACE_STORE"):
        Settings.from_mapping({})


# --- mail ---------------------------------------------------------------------------------------------

MAIL = {
    "CIVICSPACE_STORE": "/data",
    "CIVICSPACE_MAIL_HOST": "mail.example.org",
    "CIVICSPACE_MAIL_FROM": "civicspace@example.org",
    "CIVICSPACE_MAIL_TO": "olena@example.org, deputy@example.org ,, olena@example.org",
}


def mail(**values: str) -> MailSettings:
    found = Settings.from_mapping(MAIL | {f"CIVICSPACE_MAIL_{name}": value for name, value in values.items()}).mail
    assert found is not None
    return found


def test_mail_is_set_by_a_server_a_sender_and_recipients() -> None:
    assert Settings.from_mapping({"CIVICSPACE_STORE": "/data"}).mail is None
    assert mail() == MailSettings(
        "mail.example.org",
        587,
        Security.STARTTLS,
        "civicspace@example.org",
        ("olena@example.org", "deputy@example.org"),
    )


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_way_has_its_usual_port(security: str, port: int) -> None:
    assert mail(SECURITY=security).port == port
    assert mail(SECURITY=security, PORT="2525").port == 2525


@pytest.mark.parametrize("name", ["HOST", "FROM", "TO"])
def test_mail_that_is_set_up_in_part_names_what_is_missing(name: str) -> None:
    part = {key: value for key, value in MAIL.items() if key != f"CIVICSPACE_MAIL_{name}"}
    with pytest.raises(SettingsError, match=f"CIVICSPACE_MAIL_{name} is missing"):
        Settings.from_mapping(part)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECURITY", "ssl"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "smtp"),
        ("FROM", "olena"),
        ("FROM", "a@example.org,b@example.org"),
        ("TO", "olena@example.org\nBcc: other@example.org"),
        ("TO", "Олена <olena@example.org>"),
        ("TO", ","),
    ],
)
def test_what_mail_does_not_allow_is_told_without_addresses(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"CIVICSPACE_MAIL_{name}") as caught:
        mail(**{name: value})
    assert "olena" not in str(caught.value)


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_first_and_the_last_port_are_allowed(port: str) -> None:
    assert mail(PORT=port).port == int(port)


def test_a_password_comes_with_a_user_once_and_over_a_closed_way() -> None:
    user, word, kept = {"USER": "u"}, {"PASSWORD": "p"}, {"PASSWORD_FILE": "/etc/secret"}
    assert mail(**user, **word).password == word["PASSWORD"]
    assert mail(**user, **kept).password_file == Path(kept["PASSWORD_FILE"])
    assert mail(**user, **word, SECURITY="none", HOST="127.0.0.1").user == "u"
    for wrong in (user, word, {**user, **word, **kept}, {**user, **word, "SECURITY": "none"}):
        with pytest.raises(SettingsError):
            mail(**wrong)


def test_neither_addresses_nor_the_password_are_in_what_the_settings_say_of_themselves() -> None:
    said = repr(Settings.from_mapping(MAIL | {"CIVICSPACE_MAIL_USER": "olena", "CIVICSPACE_MAIL_PASSWORD": "hush"}))
    assert "mail.example.org" in said
    assert not [word for word in ("olena", "hush", "civicspace@") if word in said]


def test_without_a_word_no_other_host_is_asked_for_tiles() -> None:
    settings = Settings.from_mapping({"CIVICSPACE_STORE": "/data"})
    assert (settings.tiles_url, settings.tiles_origin) == (None, None)


def test_the_host_of_tiles_is_what_browsers_may_ask() -> None:
    url = "https://tiles.example.org:8443/streets/{z}/{x}/{y}.png?key=1"
    settings = Settings.from_mapping(
        {"CIVICSPACE_STORE": "/data", "CIVICSPACE_TILES_URL": url, "CIVICSPACE_TILES_ATTRIBUTION": "© Хтось"}
    )
    assert settings.tiles_origin == "https://tiles.example.org:8443"
    assert (settings.tiles_url, settings.tiles_attribution) == (url, "© Хтось")


@pytest.mark.parametrize(
    "url",
    [
        "tiles/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://{s}.tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
        "javascript:alert(1)/{z}/{x}/{y}",
    ],
)
def test_an_address_of_tiles_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="CIVICSPACE_TILES_URL"):
        Settings.from_mapping({"CIVICSPACE_STORE": "/data", "CIVICSPACE_TILES_URL": url})
