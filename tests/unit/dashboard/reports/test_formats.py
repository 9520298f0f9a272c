import pytest

from dashboard.reports.formats import FORMATS, KNOWN
from dashboard.settings import Role


@pytest.mark.parametrize("name", list(KNOWN))
def test_only_open_data_are_for_the_public_alone(name: str) -> None:
    assert KNOWN[name].serves(Role.PUBLIC)
    assert KNOWN[name].serves(Role.ANALYST) is (name != "data")


def test_every_format_has_its_renderer() -> None:
    assert list(FORMATS) == ["html", "pdf", "pptx", "docx", "xlsx", "data"]
