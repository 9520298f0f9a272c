"""What stands out in a month, as sentences: one for every kind of finding in `dashboard.metrics.findings`.

A sentence says the value and what it is compared with, and never why. Names stand where they need no case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from dashboard.text.numbers import format_count, format_number, format_percent
from dashboard.text.plurals import counted, plural
from dashboard.text.season import marked
from dashboard.text.words import Lang, Words

Finding = Mapping[str, Any]


class Names(Protocol):
    """Names of a city's districts, themes and spaces, by id."""

    def district(self, code: str | None) -> str: ...

    def theme(self, theme_id: str) -> str: ...

    def space(self, space_id: str) -> str: ...


@dataclass(frozen=True)
class _Head:
    """The first half of a sentence about a count, with the forms that go with its number."""

    uk: str
    uk_verbs: str
    uk_nouns: str
    en: str
    en_verbs: str
    en_nouns: str

    def say(self, value: int, lang: Lang) -> str:
        pattern, verbs, nouns = (
            (self.uk, self.uk_verbs, self.uk_nouns) if lang == "uk" else (self.en, self.en_verbs, self.en_nouns)
        )
        return pattern.format(verb=plural(value, verbs, lang), count=counted(value, nouns, lang))


COUNTS: Final[Mapping[str, _Head]] = {
    "events_count": _Head(
        "{verb} {count}", "Відбулася|Відбулися|Відбулося", "подія|події|подій",
        "{count} {verb} held", "was|were", "event|events",
    ),
    "participants_count": _Head(
        "У подіях {verb} участь {count}", "узяла|узяли|узяли", "особа|особи|осіб",
        "{count} {verb} part", "took|took", "person|people",
    ),
    "attendances_count": _Head(
        "{verb} {count}", "Зафіксовано|Зафіксовано|Зафіксовано", "відвідування|відвідування|відвідувань",
        "{count} {verb} recorded", "was|were", "attendance|attendances",
    ),
    "registrations_count": _Head(
        "На події {verb} {count}", "надійшла|надійшли|надійшло", "реєстрація|реєстрації|реєстрацій",
        "{count} {verb} made for the events", "was|were", "registration|registrations",
    ),
    "reported_visitors_count": _Head(
        "За звітами просторів {verb} {count}", "був|було|було", "відвідувач|відвідувачі|відвідувачів",
        "By the spaces’ own returns there {verb} {count}", "was|were", "visitor|visitors",
    ),
    "active_spaces_count": _Head(
        "Події {verb} {count}", "провів|провели|провели", "простір|простори|просторів",
        "{count} {verb} events", "held|held", "space|spaces",
    ),
}  # fmt: skip
"""The counts whose changes, records and unusual months are told."""

RATES: Final[Mapping[str, Words]] = {"attendance_rate_pct": Words("Частка відвідування", "The attendance rate")}
"""The percentages whose changes are told."""

COVERAGES: Final[Mapping[str, Words]] = {
    "attendance_rate_pct": Words(
        "Хто прийшов, відмічали лише на {pct} подій: частка відвідування спирається тільки на них.",
        "It was noted who came to only {pct} of the events: the attendance rate rests on these alone.",
    ),
    "participants_count": Words(
        "Контакт відомий лише для {pct} участей: решти серед учасників немає.",
        "A contact is known for only {pct} of the participations: the rest are not among the participants.",
    ),
    "district_evenness": Words(
        "Район відомий лише для {pct} подій: рівномірність між районами пораховано тільки за ними.",
        "The district is known for only {pct} of the events: the evenness between districts rests on these alone.",
    ),
}
"""The figures whose poor coverage is told."""

_UNCOVERED: Final[Mapping[str, Words]] = {
    "attendance_rate_pct": Words(
        "Хто прийшов, не відмічали на жодній події: частки відвідування немає.",
        "Who came was noted at no event: there is no attendance rate.",
    ),
    "participants_count": Words(
        "Контакт не відомий для жодної участі: учасників не порахувати.",
        "A contact is known for none of the participations: participants cannot be counted.",
    ),
    "district_evenness": Words(
        "Район не відомий для жодної події: рівномірності між районами немає.",
        "The district is known for none of the events: there is no evenness between districts.",
    ),
}
"""The same where it is 0."""

_AGAINST: Final[Mapping[str, Words]] = {
    "year_ago": Words("рік тому", "a year ago"),
    "previous": Words("місяць тому", "the month before"),
}


def sentence(finding: Finding, lang: Lang, names: Names) -> str:
    """One finding in words.

    Args:
        finding: one row of `dashboard.metrics.findings.month_findings`.
        lang: the language.
        names: names in that language.

    Raises:
        KeyError: the kind or the figure has no sentence.
    """
    return _SENTENCES[finding["kind"]](finding, lang, names)


def _unusual(finding: Finding, lang: Lang, _names: Names) -> str:
    head = COUNTS[finding["figure_id"]].say(_value(finding), lang)
    side = marked("high" if finding["change"] > 0 else "low", finding["reason"], lang)
    low, high, level = (format_count(finding[name], lang) for name in ("usual_low", "usual_high", "base_value"))
    if lang == "uk":
        return f"{head} — {side} (звично від {low} до {high}, звичний рівень — {level})."
    return f"{head} – {side} (usually {low} to {high}, the usual level is {level})."


def _change(finding: Finding, lang: Lang, _names: Names) -> str:
    figure_id = finding["figure_id"]
    against = _AGAINST[finding["compared_with"]].say(lang)
    if figure_id in RATES:
        return _moved(RATES[figure_id].say(lang), finding, lang)
    head = COUNTS[figure_id].say(_value(finding), lang)
    change = format_percent(abs(finding["change_pct"]), lang)
    base = format_count(finding["base_value"], lang)
    if lang == "uk":
        return f"{head} — на {change} {'більше' if finding['change'] > 0 else 'менше'}, ніж {against} ({base})."
    return f"{head}: {change} {'more' if finding['change'] > 0 else 'fewer'} than {against} ({base})."


def _moved(name: str, finding: Finding, lang: Lang) -> str:
    """A percentage beside the earlier one; their difference is left out: rounded, it may seem not to fit."""
    value = format_percent(finding["value"], lang, decimals=1)
    base = format_percent(finding["base_value"], lang, decimals=1)
    against = _AGAINST[finding["compared_with"]].say(lang)
    is_up = finding["change"] > 0
    if lang == "uk":
        return f"{name} {'зросла' if is_up else 'зменшилася'} до {value} ({against} — {base})."
    return f"{name} {'rose' if is_up else 'fell'} to {value} ({against}: {base})."


def _record(finding: Finding, lang: Lang, _names: Names) -> str:
    head = COUNTS[finding["figure_id"]].say(_value(finding), lang)
    base = format_count(finding["base_value"], lang)
    months = int(finding["months_count"])
    is_highest = finding["kind"] == "highest"
    if lang == "uk":
        than, extreme = ("більше", "найбільше") if is_highest else ("менше", "найменше")
        before = counted(months, "попереднього місяця|попередніх місяців|попередніх місяців", lang)
        return f"{head} — {than}, ніж у кожному з {before} (досі {extreme} — {base})."
    than, extreme = ("more", "most") if is_highest else ("fewer", "fewest")
    before = counted(months, "month|months", lang)
    return f"{head}: {than} than in each of the {before} before ({extreme} until then: {base})."


def _theme_share_change(finding: Finding, lang: Lang, names: Names) -> str:
    theme = names.theme(finding["subject_id"])
    name = f"Частка теми «{theme}» серед подій із темою" if lang == "uk" else f"The share of events about “{theme}”"
    return _moved(name, finding, lang)


def _leading_theme(finding: Finding, lang: Lang, names: Names) -> str:
    theme = names.theme(finding["subject_id"])
    share = format_percent(finding["value"], lang, decimals=1)
    if lang == "uk":
        events = counted(_base(finding), "подія|події|подій", lang)
        return f"Найчастіша тема — «{theme}»: {events}, {share} усіх подій із темою."
    events = counted(_base(finding), "event|events", lang)
    return f"The most frequent theme is “{theme}”: {events}, {share} of all events that have a theme."


def _leading_district(finding: Finding, lang: Lang, names: Names) -> str:
    district = names.district(finding["subject_id"])
    value = format_count(finding["value"], lang)
    if lang == "uk":
        return f"Серед подій із відомим районом найбільше — у районі {district}: {value} {_out_of(finding)}."
    base = format_count(finding["base_value"], lang)
    return f"Of the events whose district is known, most were in {district}: {value} of {base}."


def _leading_space(finding: Finding, lang: Lang, names: Names) -> str:
    space = names.space(finding["subject_id"])
    if lang == "uk":
        return f"Найбільше учасників: {space} ({counted(_value(finding), 'особа|особи|осіб', lang)})."
    return f"Most participants: {space} ({counted(_value(finding), 'person|people', lang)})."


def _districts_without_events(finding: Finding, lang: Lang, _names: Names) -> str:
    if lang == "uk":
        districts = counted(_value(finding), "районі|районах|районах", lang)
        return f"У {districts} {_out_of(finding, after=districts)} не зафіксовано жодної події."
    districts = plural(_base(finding), "district|districts", lang)
    return f"No event is recorded in {_of(finding)} {districts}."


def _silent_spaces(finding: Finding, lang: Lang, _names: Names) -> str:
    if lang == "uk":
        spaces = counted(_value(finding), "простору|просторів|просторів", lang)
        opened = plural(_base(finding), "відкритого|відкритих|відкритих", lang)
        return f"Немає відомостей про жодну подію {spaces} {_out_of(finding, after=spaces)} {opened}."
    return f"No event is known of {_of(finding)} open {plural(_base(finding), 'space|spaces', lang)}."


def _meetup(finding: Finding, lang: Lang, _names: Names) -> str:
    meetups, average = _base(finding), float(finding["value"])
    is_whole = average.is_integer()
    spaces = format_number(average, lang, decimals=0 if is_whole else 1)
    if lang == "uk":
        noun = plural(int(average), "простір|простори|просторів", lang) if is_whole else "простору"
        verb = plural(meetups, "Відбулася|Відбулися|Відбулося", lang)
        held = f"{verb} {counted(meetups, 'зустріч|зустрічі|зустрічей', lang)} хабів"
        where = "на ній" if meetups == 1 else "у середньому на кожній"
        return f"{held}; {where} — {spaces}\u00a0{noun}."
    noun = plural(average, "space|spaces", lang)
    held = f"{counted(meetups, 'meet-up|meet-ups', lang)} of hubs {plural(meetups, 'was|were', lang)} held"
    if meetups == 1:
        return f"{held}, with {spaces}\u00a0{noun}."
    return f"{held}, with {spaces}\u00a0{noun} each on average."


def _low_coverage(finding: Finding, lang: Lang, _names: Names) -> str:
    if finding["value"] == 0:
        return _UNCOVERED[finding["figure_id"]].say(lang)
    pct = format_percent(finding["value"], lang, decimals=1)
    return COVERAGES[finding["figure_id"]].say(lang).format(pct=pct)


def _missing_returns(finding: Finding, lang: Lang, _names: Names) -> str:
    value, base = _value(finding), _base(finding)
    if lang == "uk":
        verb = plural(value, "Не надійшов|Не надійшли|Не надійшло", lang)
        returns = counted(value, "місячний звіт|місячні звіти|місячних звітів", lang)
        expected = plural(base, "очікуваного|очікуваних|очікуваних", lang)
        return f"{verb} {returns} {_out_of(finding, after=returns)} {expected}."
    return f"{_of(finding)} expected monthly {plural(base, 'return|returns', lang)} did not come."


_SENTENCES: Final[Mapping[str, Callable[[Finding, Lang, Names], str]]] = {
    "unusual": _unusual,
    "change": _change,
    "highest": _record,
    "lowest": _record,
    "theme_share_change": _theme_share_change,
    "leading_theme": _leading_theme,
    "leading_district": _leading_district,
    "leading_space": _leading_space,
    "districts_without_events": _districts_without_events,
    "silent_spaces": _silent_spaces,
    "meetup": _meetup,
    "low_coverage": _low_coverage,
    "missing_returns": _missing_returns,
}


def _value(finding: Finding) -> int:
    return int(finding["value"])


def _base(finding: Finding) -> int:
    return int(finding["base_value"])


def _of(finding: Finding) -> str:
    return f"{format_count(finding['value'], 'en')} of {format_count(finding['base_value'], 'en')}"


def _out_of(finding: Finding, *, after: str = "") -> str:
    """The base with the preposition that it is said with: «з 10», «із 58», «зі 154».

    «зі» before «ста…»; «із» after a consonant and before «ч», «ш», «с» (4, 6, 7 and what begins like them);
    otherwise «з».
    """
    base = _base(finding)
    group = base
    while group >= 1000:
        group //= 1000
    said_first = group % 10 if 10 < group < 20 else int(str(group)[0])
    if 100 <= group < 200:
        preposition = "зі"
    elif said_first in (4, 6, 7) or not after.endswith(tuple("аеиіоуюяєї")):
        preposition = "із"
    else:
        preposition = "з"
    return f"{preposition}\u00a0{format_count(base, 'uk')}"
