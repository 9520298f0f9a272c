import pytest

from dashboard.reports import figures
from dashboard.reports.model import Cell


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_names_of_figures_and_of_what_they_rest_on() -> None:
    assert figures.name("events_count", "uk") == "Події"
    assert figures.name("events_count", "en") == "Events"
    assert figures.name("population_count", "uk") == "Населення"
    with pytest.raises(KeyError):
        figures.name("weather", "uk")


def test_values_are_written_as_their_figure_asks() -> None:
    assert figures.written("events_count", Cell(226.0), "uk") == "226"
    assert plain(figures.written("attendance_rate_pct", Cell(69.95), "uk")) == "70,0 %"
    assert figures.written("district_evenness", Cell(0.917), "en") == "0.92"
    assert figures.written("population_count", Cell(2_967_360.0), "en") == "2,967,360"


def test_hidden_is_not_unknown() -> None:
    assert figures.written("participants_count", Cell(None, is_hidden=True), "uk") == "приховано"
    assert figures.written("participants_count", Cell(None), "uk") == "немає даних"


def test_changes() -> None:
    assert plain(figures.change("events_count", 98.0, 76.6, "uk")) == "+98 (+77 %)"
    assert plain(figures.change("events_count", 4.0, None, "uk")) == "+4"
    assert plain(figures.change("attendance_rate_pct", -1.5, None, "uk")) == "−1,5 в. п."
    assert figures.change("theme_variety", -0.2, -2.0, "en") == "−0.2 (−2%)"


@pytest.mark.parametrize(("difference", "said"), [(0.04, "без змін"), (0.0, "без змін"), (0.05, "+0,1 (+1 %)")])
def test_a_change_that_rounds_to_nothing_is_none(difference: float, said: str) -> None:
    assert plain(figures.change("theme_variety", difference, 1.0, "uk")) == said
