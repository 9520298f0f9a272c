from pathlib import Path

import pytest

from dashboard.settings import Settings
from dashboard.ui import runtime
from dashboard.ui.present import address, live_url

QUERY = {"city": ["kyiv"], "theme": ["ecology", "culture"]}


def configure(public_url: str | None = None) -> None:
    runtime.configure(Settings(store=Path("store"), public_url=public_url))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", None])
def test_an_address_that_only_this_machine_reaches_is_no_address_for_phones(host: str | None) -> None:
    configure()
    assert live_url("http://127.0.0.1:8501/", host, QUERY) is None


def test_phones_go_to_the_address_that_was_asked() -> None:
    configure()
    assert live_url("http://10.0.0.7:8501/", "10.0.0.7", QUERY) == (
        "http://10.0.0.7:8501/?city=kyiv&theme=ecology&theme=culture"
    )


def test_phones_go_to_the_public_address_where_there_is_one() -> None:
    configure("https://hubs.example.org/")
    for host in ("127.0.0.1", "10.0.0.7"):
        assert live_url(f"http://{host}/", host, {"city": ["kyiv"]}) == "https://hubs.example.org/?city=kyiv"


def test_a_presentations_address_holds_filters_language_and_views_in_order() -> None:
    assert address(QUERY, ["b", "a"], "en") == "/present?city=kyiv&theme=ecology&theme=culture&lang=en&view=b&view=a"
