"""A first draft of a mapping: which column of an unknown list may be which of ours, how surely, and on what grounds.

Headers are compared with the names that our columns have in Ukrainian, in English and transliterated, then held against
the values below them. The draft tells shares and names of ours; no value of a cell is repeated but words that several
rows of a column of answers share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from etl import contacts
from etl.mapped import is_about_person
from etl.mapping import IGNORE, KINDS, words_of
from etl.sources.grids import read_grids
from etl.sources.layout import PERSON_FIELDS, Field, letter
from etl.sources.limits import DEFAULT_LIMITS, Limits
from etl.sources.raw import Dataset, SourceError
from etl.sources.reading import Recognised, recognise
from etl.sources.tabular import Grid, without_blank_end
from etl.transform import vocabulary
from etl.transform.dates import parse_instant, parse_month, parse_range, parse_time
from etl.transform.ids import slug
from etl.transform.numbers import parse_number
from etl.transform.text import fold

LEAST_CERTAIN: Final = 60
"""Least certainty (0–100) at which a column is proposed; others are proposed to be ignored."""

_ASKED: Final = 85
"""Likeness of a header that asks for what the column holds, as questions of forms do."""
_WEIGHT: Final[Mapping[str, float]] = {"number": 0.2, "answer": 0.3, "name": 0.2, "date": 0.4, "time": 0.4}
"""How much surer fitting values make a header, from 0 to 1: numbers fit many columns, e-mails fit one."""
_FIT: Final = 0.6
_BY_VALUES_ALONE: Final[Mapping[str, int]] = {"email": 80, "phone": 75}
_MOSTLY: Final = 0.6
_HARDLY: Final = 0.3
_SAMPLE: Final = 500
_FEWEST_ALIKE: Final = 2
_NEAR_WORD: Final = 80
_LONGEST_ANSWER: Final = 40
_PHONE: Final = re.compile(r"\+?[\d\s().-]{9,20}(?:\.0)?")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
_NAME: Final = re.compile(r"[^\W\d_][\w'’ʼ-]+(?: [^\W\d_][\w'’ʼ.-]*){0,3}")
_HOURS: Final = re.compile(r"\d{1,2}[:.]\d{2} ?[-–—] ?\d{1,2}[:.]\d{2}")
_DIGIT: Final = re.compile(r"\d")

_SHAPES: Final[Mapping[str, str]] = {
    "person_email": "email",
    "person_phone": "phone",
    "person_name": "name",
    **dict.fromkeys(
        ("registered_at", "event_starts", "starts", "ends", "date", "opened_on", "closed_on", "submitted_on"), "date"
    ),
    **dict.fromkeys(("starts_time", "ends_time", "hours"), "time"),
    **dict.fromkeys(
        ("lat", "lon", "capacity", "seats", "stated_registrations", "events_count", "visitors_count"), "number"
    ),
    **dict.fromkeys(("attended", "is_online"), "answer"),
    "month": "month",
    **dict.fromkeys(("district", "home_district"), "district"),
    **dict.fromkeys(("participant_group", "status", "kind", "format", "stage", "role", "mentoring"), "words"),
}
"""Column of ours → what its values look like; others hold any text."""
_MORE_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "person_name": (
        "Прізвище учасника",
        "Фамілія",
        "Учасник",
        "Учасниця",
        "Хто",
        "ФИО",
        "Фамилия",
        "Имя",
        "Participant",
        "Attendee",
    ),
    "person_email": ("Пошта", "Імейл", "Мейл", "Почта", "Mail"),
    "person_phone": ("Тел", "Моб", "Мобільний", "Контактний номер", "Mobile", "Cell"),
    "participant_group": ("Категорія", "Категорія учасника", "Статус учасника", "Рід занять", "Category", "Occupation"),
    "home_district": ("Район мешкання", "Де живете", "Место жительства", "Residence"),
    "attended": ("Чи були ви", "Чи прийшли", "Прийшов", "Був", "Була", "Явка", "Присутній", "Was present", "Came"),
    "event_title": ("Мероприятие", "Название мероприятия"),
    "title": ("Назва", "Захід", "Подія", "Тема заходу", "Название", "Мероприятие", "Event", "Name"),
    "starts": ("Коли", "Дата і час", "День", "When", "Day"),
    "space": ("Де", "Майданчик", "Площадка", "Where"),
    "name": ("Назва", "Хаб", "Простір", "Название", "Space", "Hub", "Name"),
    "address": ("Де знаходиться", "Вулиця", "Адрес", "Street"),
    "visitors_count": (
        "Number of visitors",
        "Number of people",
        "Відвідування",
        "Людей",
        "Учасників",
        "Посетителей",
        "People",
        "Attendance",
    ),
    "events_count": ("Проведено заходів", "Мероприятий", "Number of events"),
    "month": ("Період", "За місяць", "Месяц", "Period"),
}


@dataclass(frozen=True)
class Guess:
    """What one column may be."""

    header: str
    letter: str
    target: str
    """Column of ours, or `IGNORE`."""
    certainty_pct: int
    """Of the target; of the nearest one when the column is to be ignored."""
    nearest: str
    """Name of ours that the header is most like; empty for none."""
    likeness_pct: int
    shape: str
    """What the target's values look like; empty for any text."""
    shape_pct: int
    """Share of filled cells that look so."""


@dataclass(frozen=True)
class Word:
    """An answer that several rows share and our vocabulary lacks."""

    target: str
    text: str
    meant: str
    """Id that it is nearest to; empty for none."""
    certainty_pct: int


@dataclass(frozen=True)
class Proposal:
    """The draft for one list."""

    file_name: str
    kind: str
    sheet: str
    header_row: int | None
    """The sender's number; None where a file has no rows of its own."""
    guesses: tuple[Guess, ...]
    """One per column that is not recognised already."""
    recognised_as: str = ""
    """The format, where the list is of a known one; then the guesses are about columns that this does not know."""
    missing: tuple[str, ...] = ()
    """Columns of ours that such a list must have and no column seems to be."""
    words: tuple[Word, ...] = ()
    needs_event: bool = False
    """No column names the event that people signed up for."""


_Row = tuple[int | None, tuple[str, ...], Sequence[Sequence[str]]]
"""A row that may be a header: its number, its cells, and the rows below it."""


def propose(
    file_name: str,
    content: bytes,
    kind: str | None = None,
    district_aliases: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Proposal | None:
    """Draft a mapping for one list.

    Args:
        file_name: its name, written into the draft.
        content: its bytes.
        kind: what it lists (a key of `KINDS`), where that is known.
        district_aliases: folded names of the city's districts, to know a column of districts by.
        limits: how large the file may be.

    Returns:
        The draft for its most promising sheet; None for a list that is recognised and has no other column that looks
        like one of ours.

    Raises:
        SourceError: the file cannot be read, or no row in it looks like a header.
    """
    grids = read_grids(content, lambda cells: recognise(cells) is not None, limits)[0]
    reader = _Reader(file_name, frozenset(district_aliases or ()))
    unknown = [grid for grid in grids if _dataset(grid) is None or (kind and _dataset(grid) is not KINDS[kind].dataset)]
    drafts = [
        draft
        for grid in unknown
        for row in _candidates(grid)
        for each in ((kind,) if kind else tuple(KINDS))
        if (draft := reader.draft(each, grid.sheet, row))
    ]
    if drafts:
        best = max(drafts, key=_score)
        return _again(reader, content, best, limits)
    if unknown:
        raise SourceError(
            "жоден із перших рядків не схожий на заголовок; додайте над даними рядок із назвами стовпців",
            "none of the first rows looks like a header; put a row with the names of the columns above the data",
        )
    extended = [reader.extension(grid, known) for grid in grids if (known := recognise(grid.header))]
    return next((each for each in extended if each.words or any(one.target != IGNORE for one in each.guesses)), None)


def _dataset(grid: Grid) -> Dataset | None:
    known = recognise(grid.header)
    return known[0].dataset if known else None


def _candidates(grid: Grid) -> Iterator[_Row]:
    if grid.header:
        yield None, grid.header, [cells for _, cells in grid.rows]
    for index, (number, cells) in enumerate(grid.above):
        header = without_blank_end(cells)
        # A contact or a day stands in the data, and above the header only in the words that introduce the list.
        if not any(contacts.holds(cell) or _shape_of("date", cell) for cell in header):
            yield number, header, [row for _, row in grid.above[index + 1 :]]


def _again(reader: _Reader, content: bytes, draft: Proposal, limits: Limits) -> Proposal:
    """The draft by all rows of its sheet, and no more by its top alone."""
    header = tuple(guess.header for guess in draft.guesses)

    def is_header(cells: Sequence[str]) -> bool:
        return tuple(cell.strip() for cell in without_blank_end(cells)) == header

    grids = read_grids(content, is_header, limits)[0]
    whole = next((grid for grid in grids if grid.sheet == draft.sheet and grid.header), None)
    if whole is None:
        return draft
    row = (draft.header_row, whole.header, [cells for _, cells in whole.rows])
    return reader.draft(draft.kind, draft.sheet, row) or draft


def _score(draft: Proposal) -> float:
    """How well a draft explains a list: its columns, what it must have, and whether people are where they belong."""
    taken = [guess for guess in draft.guesses if guess.target != IGNORE]
    has_people = any(guess.shape in {"email", "phone"} and guess.shape_pct >= _MOSTLY * 100 for guess in taken)
    score = sum(guess.certainty_pct for guess in taken) - 100.0 * len(draft.missing)
    if draft.kind == "registrations":
        is_of_people = any(guess.target in PERSON_FIELDS for guess in taken)
        score += 100.0 * has_people - (0.0 if is_of_people else 150.0)
    return score


@dataclass(frozen=True)
class _Reader:
    """Guesses what columns are."""

    file_name: str
    districts: frozenset[str]
    """Folded names of the city's districts."""

    def draft(self, kind: str, sheet: str, row: _Row) -> Proposal | None:
        """The draft for one header; None when no column of it is called like one of ours."""
        number, header, below = row
        columns = [_Column(index, cell.strip(), self._texts(below, index)) for index, cell in enumerate(header)]
        guesses = self._assigned(kind, columns, frozenset())
        if not any(guess.target != IGNORE and guess.likeness_pct >= LEAST_CERTAIN for guess in guesses):
            return None
        given = {guess.target for guess in guesses}
        missing = tuple(" | ".join(sorted(need)) for need in KINDS[kind].needs if need.isdisjoint(given))
        return Proposal(
            file_name=self.file_name,
            kind=kind,
            sheet=sheet,
            header_row=number,
            guesses=guesses,
            missing=missing,
            words=tuple(_words(kind, zip(_targets(guesses), columns, strict=True))),
            needs_event=kind == "registrations" and given.isdisjoint({"event_code", "event_title"}),
        )

    def extension(self, grid: Grid, known: Recognised) -> Proposal:
        """The draft for those columns of a recognised list that its format does not know."""
        layout, taken = known
        kind = next(name for name, base in KINDS.items() if base.dataset is layout.dataset)
        used = {index for indexes in taken.values() for index in indexes}
        # The parts of a name may stand in more columns than the format knows.
        given = frozenset(one.raw_name for one in layout.fields if one.name in taken and not one.is_joined)
        rows = [cells for _, cells in grid.rows]
        columns = [
            _Column(index, cell.strip(), self._texts(rows, index))
            for index, cell in enumerate(grid.header)
            if index not in used and cell.strip()
        ]
        guesses = self._assigned(kind, columns, given)
        answered = [
            (one.raw_name, _Column(index, grid.header[index], self._texts(rows, index)))
            for one in layout.fields
            for index in taken.get(one.name, ())[:1]
        ]
        return Proposal(
            file_name=self.file_name,
            kind=kind,
            sheet=grid.sheet,
            header_row=None,
            guesses=guesses,
            recognised_as=layout.format,
            words=tuple(_words(kind, (*zip(_targets(guesses), columns, strict=True), *answered))),
        )

    @staticmethod
    def _texts(rows: Sequence[Sequence[str]], index: int) -> tuple[str, ...]:
        filled = (row[index].strip() for row in rows if index < len(row) and row[index].strip())
        return tuple(text for text, _ in zip(filled, range(_SAMPLE), strict=False))

    def _assigned(self, kind: str, columns: Sequence[_Column], given: frozenset[str]) -> tuple[Guess, ...]:
        """Each target to the column that is it most surely; the parts of a name to all of theirs."""
        fields = [column for column in KINDS[kind].fields if column.name not in given]
        joined = {column.name for column in fields if column.is_joined}
        guesses = {(column.index, one.name): self._guess(kind, one, column) for column in columns for one in fields}
        taken: dict[int, Guess] = {}
        for (index, name), guess in sorted(guesses.items(), key=lambda item: -item[1].certainty_pct):
            is_free = name in joined or all(name != other.target for other in taken.values())
            if index not in taken and is_free and guess.certainty_pct >= LEAST_CERTAIN:
                taken[index] = guess
        return tuple(taken.get(column.index) or self._ignored(column, guesses, fields) for column in columns)

    @staticmethod
    def _ignored(column: _Column, guesses: Mapping[tuple[int, str], Guess], fields: Sequence[Field]) -> Guess:
        near = [guesses[column.index, one.name] for one in fields]
        best = max(near, key=lambda guess: guess.certainty_pct, default=None)
        if best is None:
            return Guess(column.header, letter(column.index), IGNORE, 0, "", 0, "", 0)
        return Guess(
            column.header, letter(column.index), IGNORE, best.certainty_pct, best.nearest, best.likeness_pct, "", 0
        )

    def _guess(self, kind: str, one: Field, column: _Column) -> Guess:
        nearest, likeness = _likeness(column.header, one)
        if is_about_person(column.header) and one.name not in PERSON_FIELDS:
            likeness = 0
        shape = _SHAPES.get(one.name, "")
        share = self._share(kind, one.name, shape, column.texts)
        return Guess(
            header=column.header,
            letter=letter(column.index),
            target=one.name,
            certainty_pct=_certainty(likeness, shape, share),
            nearest=nearest,
            likeness_pct=likeness,
            shape="" if share is None else shape,
            shape_pct=round(100 * (share or 0)),
        )

    def _share(self, kind: str, name: str, shape: str, texts: Sequence[str]) -> float | None:
        """Share of texts that look like a column's values; None where nothing can be said."""
        if not texts or not shape or (shape == "district" and not self.districts):
            return None
        if shape == "words":
            words = words_of(kind, name) or {}
            return sum(fold(text) in words for text in texts) / len(texts)
        if shape == "district":
            return sum(not self.districts.isdisjoint((fold(text), *fold(text).split())) for text in texts) / len(texts)
        return sum(_shape_of(shape, text) for text in texts) / len(texts)


@dataclass(frozen=True)
class _Column:
    index: int
    header: str
    texts: tuple[str, ...]


def _certainty(likeness: int, shape: str, share: float | None) -> int:
    """Header and values together: values that fit make a likely header surer, values that do not make it unlikely."""
    if share is None:
        return min(likeness, 99)
    if share < _HARDLY and shape not in {"words", "district"}:
        return likeness // 2
    if share < _MOSTLY:
        return round(likeness * 0.9)
    sure = (
        round(likeness + (100 - likeness) * _WEIGHT.get(shape, _FIT) * share)
        if likeness >= LEAST_CERTAIN * 0.75
        else likeness
    )
    by_values = _BY_VALUES_ALONE.get(shape, 0) if share > 1 - _HARDLY else 0
    return min(max(sure, by_values), 99)


def _likeness(header: str, one: Field) -> tuple[str, int]:
    """The name of ours that a header is most like, and how like (0–100)."""
    folded = fold(header)
    if not folded:
        return "", 0
    names = _names(one.name, one.headers)
    best = ("", 0.0)
    for name, spelt in names:
        whole = fuzz.ratio(folded, spelt)
        score = 0.6 * whole + 0.4 * fuzz.token_set_ratio(folded, spelt) if len(spelt) > 2 else whole
        if score > best[1]:
            best = (name, score)
    if one.question and one.question.search(folded) and best[1] < _ASKED:
        return best[0], _ASKED
    return best[0], int(best[1])


@cache
def _names(target: str, headers: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """A column's names, each as it is shown and as it is compared: folded, and transliterated."""
    shown = (*headers, *_MORE_NAMES.get(target, ()), target.replace("_", " "))
    spelt = {(name, fold(name)) for name in shown} | {(name, slug(name).replace("-", " ")) for name in shown}
    return tuple(sorted(spelt))


def _is_phone(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None and len(_DIGIT.findall(text)) >= 9 and parse_range(text) is None


def _shape_of(shape: str, text: str) -> bool:
    return _LOOKS[shape](text)


_LOOKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "email": lambda text: _EMAIL.fullmatch(text) is not None,
    "phone": _is_phone,
    "name": lambda text: _NAME.fullmatch(text) is not None,
    "date": lambda text: parse_instant(text, UTC) is not None or parse_range(text) is not None,
    "time": lambda text: parse_time(text) is not None or _HOURS.fullmatch(text) is not None,
    "number": lambda text: parse_number(text) is not None,
    "answer": lambda text: fold(text) in vocabulary.ANSWERS or text in {"+", "-", "–"},
    "month": lambda text: parse_month(text) is not None,
}


def _targets(guesses: Sequence[Guess]) -> tuple[str, ...]:
    return tuple(guess.target for guess in guesses)


def _words(kind: str, columns: Iterable[tuple[str, _Column]]) -> Iterator[Word]:
    """Answers that several rows share, our vocabulary lacks, and that cannot be somebody's name."""
    for target, column in columns:
        known = words_of(kind, target)
        if known is None:
            continue
        said = Counter(column.texts)
        if 2 * sum(times for text, times in said.items() if fold(text) in known) < len(column.texts):
            continue  # mostly unknown words: the column may be about something else, even about people
        for text, times in sorted(said.items()):
            is_answer = len(text) <= _LONGEST_ANSWER and not _DIGIT.search(text) and not _is_name(text)
            if times < _FEWEST_ALIKE or fold(text) in known or not fold(text) or not is_answer or contacts.holds(text):
                continue
            near = process.extractOne(fold(text), list(known), scorer=fuzz.ratio, score_cutoff=_NEAR_WORD)
            yield Word(target, text, known[near[0]] if near else "", int(near[1]) if near else 0)


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)
