import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics import findings as metric
from dashboard.text import findings
from dashboard.text.numbers import format_count, format_number, format_percent
from dashboard.text.words import LANGS, Lang


class Named:
    def district(self, code: str | None) -> str:
        return {"D1": "Подільський"}[code or ""]

    def theme(self, theme_id: str) -> str:
        return {"ecology": "Екологія"}[theme_id]

    def space(self, space_id: str) -> str:
        return {"a": "Хаб «А»"}[space_id]


def say(lang: Lang, kind: str, **finding: Any) -> str:
    text = findings.sentence({"kind": kind, **finding}, lang, Named())
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def counted(lang: Lang, figure_id: str, value: int, **finding: Any) -> str:
    change = {"compared_with": "year_ago", "base_value": 137.0, "change": 17.0, "change_pct": 12.4}
    return say(lang, "change", figure_id=figure_id, value=float(value), **{**change, **finding})


def test_every_kind_and_every_watched_figure_has_a_sentence() -> None:
    assert set(findings._SENTENCES) == set(metric.KINDS)
    assert set(findings.COUNTS) == set(metric._WATCHED)
    assert set(findings.RATES) == {metric._WATCHED_RATE}


def test_a_kind_that_does_not_exist_has_none() -> None:
    with pytest.raises(KeyError):
        say("uk", "weather", value=1.0)


@pytest.mark.parametrize(
    ("value", "head"),
    [
        (1, "Відбулася 1 подія"),
        (2, "Відбулися 2 події"),
        (5, "Відбулося 5 подій"),
        (11, "Відбулося 11 подій"),
        (21, "Відбулася 21 подія"),
        (154, "Відбулися 154 події"),
    ],
)
def test_events_agree_with_their_number(value: int, head: str) -> None:
    assert counted("uk", "events_count", value) == f"{head} — на 12 % більше, ніж рік тому (137)."


@pytest.mark.parametrize(
    ("figure_id", "one", "few", "many"),
    [
        (
            "participants_count",
            "У подіях узяла участь 1 особа",
            "У подіях узяли участь 2 особи",
            "У подіях узяли участь 5 осіб",
        ),
        ("attendances_count", "Зафіксовано 1 відвідування", "Зафіксовано 2 відвідування", "Зафіксовано 5 відвідувань"),
        (
            "registrations_count",
            "На події надійшла 1 реєстрація",
            "На події надійшли 2 реєстрації",
            "На події надійшло 5 реєстрацій",
        ),
        (
            "reported_visitors_count",
            "За звітами просторів був 1 відвідувач",
            "За звітами просторів було 2 відвідувачі",
            "За звітами просторів було 5 відвідувачів",
        ),
        ("active_spaces_count", "Події провів 1 простір", "Події провели 2 простори", "Події провели 5 просторів"),
    ],
)
def test_other_counts_agree_with_their_number(figure_id: str, one: str, few: str, many: str) -> None:
    for value, head in ((1, one), (21, one.replace("1 ", "21 ")), (2, few), (5, many), (11, many.replace("5 ", "11 "))):
        assert counted("uk", figure_id, value).startswith(f"{head} — ")


@pytest.mark.parametrize(
    ("figure_id", "one", "many"),
    [
        ("events_count", "1 event was held", "5 events were held"),
        ("participants_count", "1 person took part", "5 people took part"),
        ("attendances_count", "1 attendance was recorded", "5 attendances were recorded"),
        ("registrations_count", "1 registration was made for the events", "5 registrations were made for the events"),
        (
            "reported_visitors_count",
            "By the spaces’ own returns there was 1 visitor",
            "By the spaces’ own returns there were 5 visitors",
        ),
        ("active_spaces_count", "1 space held events", "5 spaces held events"),
    ],
)
def test_english_counts(figure_id: str, one: str, many: str) -> None:
    assert counted("en", figure_id, 1) == f"{one}: 12% more than a year ago (137)."
    assert counted("en", figure_id, 5) == f"{many}: 12% more than a year ago (137)."


def test_a_fall_against_the_month_before() -> None:
    fall = {"compared_with": "previous", "base_value": 200.0, "change": -46.0, "change_pct": -23.0}
    assert counted("uk", "events_count", 154, **fall) == "Відбулися 154 події — на 23 % менше, ніж місяць тому (200)."
    assert counted("en", "events_count", 154, **fall) == "154 events were held: 23% fewer than the month before (200)."


def test_an_unusual_month_is_told_with_its_range_and_level() -> None:
    month = {"figure_id": "events_count", "value": 31.0, "base_value": 52.0, "usual_low": 40.0, "usual_high": 65.0}
    few = {**month, "change": -21.0, "reason": "unusual"}
    assert (
        say("uk", "unusual", **few) == "Відбулася 31 подія — незвично мало (звично від 40 до 65, звичний рівень — 52)."
    )
    assert say("en", "unusual", **few) == (
        "31 events were held – unusually few (usually 40 to 65, the usual level is 52)."
    )
    many = {**month, "value": 1204.0, "change": 1152.0, "reason": "workshop"}
    assert say("uk", "unusual", **many) == (
        "Відбулися 1 204 події — незвично багато: того місяця була міська майстерня "
        "(звично від 40 до 65, звичний рівень — 52)."
    )
    assert say("en", "unusual", **many) == (
        "1,204 events were held – unusually many: a city workshop was held in that month "
        "(usually 40 to 65, the usual level is 52)."
    )


def test_a_rate_beside_the_earlier_one() -> None:
    rate = {"figure_id": "attendance_rate_pct", "value": 69.76, "compared_with": "year_ago", "base_value": 75.0}
    assert say("uk", "change", **rate, change=-5.24) == "Частка відвідування зменшилася до 69,8 % (рік тому — 75,0 %)."
    assert say("uk", "change", **rate, change=5.24) == "Частка відвідування зросла до 69,8 % (рік тому — 75,0 %)."
    assert say("en", "change", **rate, change=-5.24) == "The attendance rate fell to 69.8% (a year ago: 75.0%)."


def test_records() -> None:
    record = {"figure_id": "events_count", "value": 226.0, "base_value": 196.0, "months_count": 12}
    assert say("uk", "highest", **record) == (
        "Відбулося 226 подій — більше, ніж у кожному з 12 попередніх місяців (досі найбільше — 196)."
    )
    assert say("uk", "lowest", **{**record, "months_count": 21}).endswith(
        "менше, ніж у кожному з 21 попереднього місяця (досі найменше — 196)."
    )
    assert say("en", "highest", **record) == (
        "226 events were held: more than in each of the 12 months before (most until then: 196)."
    )


def test_themes() -> None:
    share = {"subject_id": "ecology", "compared_with": "previous", "value": 20.35, "base_value": 9.45, "change": 10.9}
    assert say("uk", "theme_share_change", **share) == (
        "Частка теми «Екологія» серед подій із темою зросла до 20,4 % (місяць тому — 9,5 %)."
    )
    assert say("en", "theme_share_change", **{**share, "change": -1.0}) == (
        "The share of events about “Екологія” fell to 20.4% (the month before: 9.5%)."
    )
    leader = {"subject_id": "ecology", "value": 21.24, "base_value": 48.0}
    assert say("uk", "leading_theme", **leader) == "Найчастіша тема — «Екологія»: 48 подій, 21,2 % усіх подій із темою."
    assert say("en", "leading_theme", **leader) == (
        "The most frequent theme is “Екологія”: 48 events, 21.2% of all events that have a theme."
    )


@pytest.mark.parametrize(
    ("base", "said"),
    [(99, "із 99"), (100, "зі 100"), (154, "зі 154"), (199, "зі 199"), (200, "із 200"), (150_000, "зі 150 000")],
)
def test_the_leading_district_and_its_preposition(base: int, said: str) -> None:
    leader = {"subject_id": "D1", "value": 34.0, "base_value": float(base)}
    assert say("uk", "leading_district", **leader) == (
        f"Серед подій із відомим районом найбільше — у районі Подільський: 34 {said}."
    )
    assert say("en", "leading_district", **leader) == (
        f"Of the events whose district is known, most were in Подільський: 34 of {base:,}."
    )


def test_the_leading_space() -> None:
    assert say("uk", "leading_space", subject_id="a", value=435.0) == "Найбільше учасників: Хаб «А» (435 осіб)."
    assert say("en", "leading_space", subject_id="a", value=1.0) == "Most participants: Хаб «А» (1 person)."


@pytest.mark.parametrize(
    ("value", "base", "said"),
    [
        (1, 10, "У 1 районі з 10 не зафіксовано жодної події."),
        (2, 10, "У 2 районах із 10 не зафіксовано жодної події."),
        (1, 6, "У 1 районі із 6 не зафіксовано жодної події."),
        (1, 14, "У 1 районі із 14 не зафіксовано жодної події."),
        (21, 100, "У 21 районі зі 100 не зафіксовано жодної події."),
    ],
)
def test_districts_without_events(value: int, base: int, said: str) -> None:
    assert say("uk", "districts_without_events", value=float(value), base_value=float(base)) == said
    assert say("en", "districts_without_events", value=float(value), base_value=float(base)) == (
        f"No event is recorded in {value} of {base} districts."
    )


@pytest.mark.parametrize(
    ("value", "base", "said"),
    [
        (1, 8, "Немає відомостей про жодну подію 1 простору з 8 відкритих."),
        (5, 21, "Немає відомостей про жодну подію 5 просторів із 21 відкритого."),
        (23, 73, "Немає відомостей про жодну подію 23 просторів із 73 відкритих."),
    ],
)
def test_silent_spaces(value: int, base: int, said: str) -> None:
    assert say("uk", "silent_spaces", value=float(value), base_value=float(base)) == said


def test_silent_spaces_in_english() -> None:
    assert say("en", "silent_spaces", value=23.0, base_value=73.0) == "No event is known of 23 of 73 open spaces."
    assert say("en", "silent_spaces", value=1.0, base_value=1.0) == "No event is known of 1 of 1 open space."


def test_meetups() -> None:
    assert say("uk", "meetup", value=12.0, base_value=1.0) == "Відбулася 1 зустріч хабів; на ній — 12 просторів."
    assert say("uk", "meetup", value=21.0, base_value=1.0) == "Відбулася 1 зустріч хабів; на ній — 21 простір."
    assert say("uk", "meetup", value=8.5, base_value=2.0) == (
        "Відбулися 2 зустрічі хабів; у середньому на кожній — 8,5 простору."
    )
    assert say("en", "meetup", value=12.0, base_value=1.0) == "1 meet-up of hubs was held, with 12 spaces."
    assert say("en", "meetup", value=8.5, base_value=2.0) == (
        "2 meet-ups of hubs were held, with 8.5 spaces each on average."
    )


@pytest.mark.parametrize(
    ("figure_id", "uk", "en"),
    [
        ("attendance_rate_pct", "Хто прийшов, не відмічали на жодній події", "Who came was noted at no event"),
        ("participants_count", "Контакт не відомий для жодної участі", "A contact is known for none"),
        ("district_evenness", "Район не відомий для жодної події", "The district is known for none"),
    ],
)
def test_no_coverage_at_all_is_said_in_words(figure_id: str, uk: str, en: str) -> None:
    for lang, beginning in (("uk", uk), ("en", en)):
        said = say(lang, "low_coverage", figure_id=figure_id, value=0.0)
        assert said.startswith(beginning)
        assert "0" not in said
        assert "0" in say(lang, "low_coverage", figure_id=figure_id, value=0.1)


def test_low_coverage_says_what_the_figure_rests_on() -> None:
    assert say("uk", "low_coverage", figure_id="participants_count", value=61.04) == (
        "Контакт відомий лише для 61,0 % участей: решти серед учасників немає."
    )
    for lang in LANGS:
        for figure_id in findings.COVERAGES:
            assert "61" in say(lang, "low_coverage", figure_id=figure_id, value=61.04)


@pytest.mark.parametrize(
    ("value", "base", "said"),
    [
        (1, 18, "Не надійшов 1 місячний звіт із 18 очікуваних."),
        (3, 58, "Не надійшли 3 місячні звіти з 58 очікуваних."),
        (5, 21, "Не надійшло 5 місячних звітів із 21 очікуваного."),
        (11, 70, "Не надійшло 11 місячних звітів із 70 очікуваних."),
    ],
)
def test_missing_returns(value: int, base: int, said: str) -> None:
    assert say("uk", "missing_returns", value=float(value), base_value=float(base)) == said
    assert say("en", "missing_returns", value=float(value), base_value=float(base)).startswith(f"{value} of {base} ")


COUNTS = st.integers(1, 999_999).map(float)
SHARES = st.floats(0, 100)


@st.composite
def a_finding(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(metric.KINDS))
    is_share = kind in ("theme_share_change", "low_coverage")
    of = {
        "unusual": list(findings.COUNTS),
        "change": [*findings.COUNTS, *findings.RATES],
        "highest": list(findings.COUNTS),
        "lowest": list(findings.COUNTS),
        "low_coverage": list(findings.COVERAGES),
    }
    figure_id = draw(st.sampled_from(of.get(kind, ["events_count"])))
    is_share |= figure_id in findings.RATES
    subject = {"leading_district": "D1", "leading_space": "a"}.get(kind, "ecology")
    return {
        "kind": kind,
        "figure_id": figure_id,
        "subject_id": subject,
        "value": draw(SHARES if is_share or kind == "leading_theme" else COUNTS),
        "compared_with": draw(st.sampled_from(["year_ago", "previous"])),
        "base_value": draw(SHARES if is_share else COUNTS),
        "change": draw(st.sampled_from([-5.0, 5.0])),
        "change_pct": draw(st.floats(-100, 900)),
        "months_count": draw(st.integers(1, 36)),
        "usual_low": draw(COUNTS),
        "usual_high": draw(COUNTS),
        "reason": draw(st.sampled_from(["unusual", "workshop"])),
    }


@given(finding=a_finding(), lang=st.sampled_from(LANGS))
def test_every_number_said_is_one_of_the_findings(finding: Mapping[str, Any], lang: Lang) -> None:
    value, base = finding["value"], finding["base_value"]
    allowed = {
        *(format_count(number, lang) for number in (value, base, finding["months_count"])),
        *(format_count(finding[bound], lang) for bound in ("usual_low", "usual_high")),
        *(format_number(number, lang) for number in (value, base)),
        format_percent(abs(finding["change_pct"]), lang).rstrip("%\u00a0"),
    }
    said = findings.sentence(finding, lang, Named())
    found = re.findall(r"[0-9](?:[0-9,.\u202f]*[0-9])?", said)
    assert found or (finding["kind"] == "low_coverage" and value == 0)
    assert set(found) <= allowed
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert not re.search(r"\s\s|[{}]|nan|None", said)
