import pandas as pd

from dashboard.charts.alt import alt_text, alt_trend


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def spaces(**columns: list) -> pd.DataFrame:
    return pd.DataFrame({"label": ["iHub", "Dialog hub", "Вона хаб"], "value": [3.0, 1200.0, 1.0], **columns})


def test_highest_and_lowest_are_said() -> None:
    said = alt_text("Події за хабами", spaces(), lang="uk")
    assert said == "Події за хабами. Найбільше: Dialog hub — 1\u202f200; найменше: Вона хаб — 1."


def test_a_hidden_value_is_counted_and_not_said() -> None:
    said = alt_text("Events", spaces(is_hidden=[False, False, True]), lang="en")
    assert said == "Events. Highest: Dialog hub — 1,200; lowest: iHub — 3; values hidden: 1."


def test_a_single_value_is_said_once_and_none_is_no_data() -> None:
    assert alt_text("Події", spaces().iloc[:1], lang="uk") == "Події. Найбільше: iHub — 3."
    assert alt_text("Події", spaces().iloc[:0], lang="uk") == "Події. Немає даних."


def months() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": pd.to_datetime(["2026-10-01", "2026-08-01", "2026-09-01"]),
            "key": "culture",
            "value": [20.0, 30.0, 10.0],
        }
    )


def test_a_trend_says_its_span_and_its_last_value() -> None:
    said = plain(alt_trend("Відвідування", months(), names={"culture": "Культура"}, lang="uk"))
    assert said == (
        "Відвідування, серпень – жовтень 2026. "
        "Найбільше 30 (серпень 2026), найменше 10 (вересень 2026), останнє 20 (жовтень 2026)."
    )


def test_several_lines_are_named() -> None:
    both = pd.concat([months(), months().assign(key="ecology", value=[1.0, 2.0, 3.0])])
    said = plain(alt_trend("Themes", both, names={"culture": "Culture", "ecology": "Ecology"}, lang="en"))
    assert "Culture: highest 30 (August 2026)" in said
    assert "Ecology: highest 3 (September 2026)" in said


def test_a_trend_without_a_value_that_may_be_shown_says_hidden() -> None:
    hidden = months().assign(is_hidden=True)
    said = alt_trend("Відвідування", hidden, names={"culture": "Культура"}, lang="uk")
    assert said.endswith("Приховано; приховано значень: 3.")
    assert alt_trend("Відвідування", months(), names={}, lang="uk") == "Відвідування. Немає даних."
