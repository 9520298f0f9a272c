import pytest

from dashboard.reports.formats import FORMATS
from dashboard.settings import Role


@pytest.mark.parametrize("name", list(FORMATS))
def test_only_open_data_are_for_the_public_alone(name: str) -> None:
    assert FORMATS[name].serves(Role.PUBLIC)
    assert FORMATS[name].serves(Role.ANALYST) is (name != "data")


def test_every_format_has_its_renderer() -> None:
    assert list(FORMATS) == ["html", "pdf", "pptx", "docx", "xlsx", "data"]
