from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.errors import CivicspaceError, SettingsError
from dashboard.settings import KNOWN, Role, Settings


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
